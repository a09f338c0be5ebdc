"""A panic, and a calls.py in which a function never fails."""

EXPECTED = {
    "wrong.pick_leaks_on_panic": ["ends in PanicException", "never fails here, though"],
}


def pick(wrong):
    wrong.pick_leaks_on_panic("ab", 0)


def walk(wrong):
    wrong.function_with_exception_hides_the_error(())
    wrong.function_with_exception_leaks_on_error(())
