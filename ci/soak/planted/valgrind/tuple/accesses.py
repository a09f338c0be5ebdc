"""A block that is lost at each call, and memory that is used after it was freed."""

EXPECTED = {
    "wrong.reverse_tuple_leaks_result": "are definitely lost",
    "wrong.set_item_releases_twice": "Invalid",
}

full = (None, None)


def leaks_the_result(wrong):
    wrong.reverse_tuple_leaks_result(("a", 1))


def releases_twice(wrong):
    wrong.set_item_releases_twice(full, 0, object())


def keeps_the_order(wrong):
    wrong.reverse_tuple_keeps_order(("a", 1))
