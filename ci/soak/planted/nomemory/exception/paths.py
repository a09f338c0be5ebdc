"""Functions that go wrong only when an allocation fails."""

import os

EXPECTED = {
    "": "safe.pick stands in ABORTS, and never panics",
    "walk(wrong)": "leaves something behind: after",
    "walk_to_death(wrong)": "dies: signal 6",
    "panics(safe)": "dies: signal 6, of a panic",
}

ABORTS = {"safe.pick": "nothing is picked here"}

item = object()


class Dies:
    def __iter__(self):
        try:
            return iter([str(item)])
        except MemoryError:
            os.abort()


dies = Dies()


def walk(wrong):
    wrong.function_with_exception_leaks_on_error(map(bytes, (100,)))


def walk_to_death(wrong):
    wrong.function_with_exception_hides_the_error(dies)


def hide(wrong):
    wrong.function_with_exception_hides_the_error(())


def panics(safe):
    safe.replace(item)
