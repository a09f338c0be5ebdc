"""Leaks on one path only: when the iterator fails, and when Rust panics."""

EXPECTED = {
    "walk_half_way(wrong)": "leaks: after",
    "panic(wrong)": "leaks: after",
}

item = object()
items = (item,)


class Walk:
    def __iter__(self):
        yield item
        raise ValueError("half-way")


walk = Walk()


def walk_to_the_end(wrong):
    wrong.function_with_exception_leaks_on_error(items)


def walk_half_way(wrong):
    wrong.function_with_exception_leaks_on_error(walk)


def pick(wrong):
    wrong.pick_leaks_on_panic(items, 0)


def panic(wrong):
    try:
        wrong.pick_leaks_on_panic(items, 9)
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
