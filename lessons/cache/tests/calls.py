"""Calls of every function, on success and on failure, for the checks that repeat them."""

from sys import intern

thing = object()
joined = "".join(["joi", "ned"])
copy = "".join(["joi", "ned"])
interned = intern(joined)


class Text(str):
    pass


class Unequal:
    def __eq__(self, other):
        raise ValueError("no comparison today")


text = Text("joined")
unequal = Unequal()


def _attempt(function, *arguments):
    try:
        function(*arguments)
    except (OverflowError, TypeError, ValueError):
        pass


def small(side):
    side.from_long(2)


def large(side):
    side.from_long(10**12)


def too_large(side):
    _attempt(side.from_long, 2**63)


def no_number(side):
    _attempt(side.from_long, "2")
    _attempt(side.from_double, "0.5")


def number(side):
    side.from_double(0.5)


def compare(side):
    side.equal(thing, joined)
    side.equal(joined, copy)
    side.equal(thing, thing)


def compare_in_vain(side):
    _attempt(side.equal, unequal, thing)


def string(side):
    side.from_string("")
    side.from_string("é")
    side.from_string("joined")


def string_with_nul(side):
    _attempt(side.from_string, "a\0b")
    _attempt(side.intern_from_string, "a\0b")


def lone_surrogate(side):
    _attempt(side.from_string, "\udc80")
    _attempt(side.intern_from_string, "\udc80")
    _attempt(side.intern_in_place, "\udc80")


def no_string(side):
    _attempt(side.from_string, thing)
    _attempt(side.intern_from_string, thing)
    _attempt(side.intern_in_place, thing)


def interned_from_string(side):
    side.intern_from_string("joined")
    side.intern_from_string("seldom")


def interned_in_place(side):
    side.intern_in_place(interned)
    side.intern_in_place(copy)
    side.intern_in_place(text)
    side.intern_in_place("".join(["sel", "dom"]))


def key(safe):
    safe.key()


def echo(side):
    side.echo(thing)
    side.echo(None)


def counts(side):
    side.counts(thing)
    side.counts(None)
    side.counts(interned)


def ref_count(raw):
    raw.ref_count(thing)


def is_immortal(raw):
    if hasattr(raw, "is_immortal"):
        raw.is_immortal(thing)
        raw.is_immortal(None)


def _fail(argument):
    raise ValueError("planned")


def rise(side):
    side.rise(side.echo, thing, 3)
    side.rise(_fail, thing, 0)


def rise_with_none(side):
    _attempt(side.rise, _fail, None, 1)


def rise_of_a_failure(side):
    _attempt(side.rise, _fail, thing, 1)


def rise_of_no_function(side):
    _attempt(side.rise, thing, thing, 1)


def rise_too_often(side):
    _attempt(side.rise, _fail, thing, 2**16)
    _attempt(side.rise, _fail, thing, -1)


# PyO3 panics where there is no memory for an object that it makes itself.
ABORTS = {
    "raw.from_double": "the text of the exception about an argument",
    "raw.from_long": "the text of the exception about an argument",
    "raw.from_string": "the text of the exception about an argument",
    "raw.intern_from_string": "the text of the exception about an argument",
    "raw.intern_in_place": "the text of the exception about an argument",
    "raw.rise": "the text of the exception about an argument",
    "safe.from_double": "the text of the exception about an argument",
    "safe.from_long": "an object that PyO3 makes",
    "safe.from_string": "the text of the exception about an argument",
    "safe.intern_from_string": "the text of the exception about an argument",
    "safe.intern_in_place": "an object that PyO3 makes",
    "safe.rise": "the text of the exception about an argument",
}
