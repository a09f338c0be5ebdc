"""An object that Python made and a function lost: no stack of valgrind's names the function."""

EXPECTED = {
    "": "are definitely lost",
}


def loses(wrong):
    wrong.take_and_release_leaks(object())
