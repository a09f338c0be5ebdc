"""What a calls.py may do wrong, and a count that falls."""

EXPECTED = {
    "": [
        "raw.take_and_release is never called",
        "there is no raw.take_and_give",
        "no_side takes one parameter, named `raw`, `safe` or `side`",
        "there is no safe.keep, which a list of this file names",
    ],
    "releases_borrowed(wrong)": "releases what it does not own: after",
}

LEAKS = {"safe.keep": "there is no such function"}

thing = object()
stock = [thing] * 300_000


def misspelt(raw):
    raw.take_and_give(thing)


def no_side(other):
    other.take_and_release(thing)


def releases_borrowed(wrong):
    wrong.show_ref_count_with_handle_releases_borrowed(thing)
