"""Calls of every function, on success and on failure, for the checks that repeat them."""

item = object()
items = ["a", item]


class Strange(list):
    def __iter__(self):
        raise ValueError("no items")


strange = Strange()


def count(raw):
    raw.count(item)


def count_a_temporary(raw):
    raw.count(object())


def hold(side):
    side.hold(item)


def hold_a_temporary(side):
    side.hold([item])


def hold_in_a_ring(safe):
    ring = []
    ring.append(safe.hold(ring))


def appended(side):
    side.appended(items, item)


def appended_to_a_temporary(side):
    side.appended([item], item)


def appended_to_itself(side):
    side.appended(items, items)


def appended_to_a_subclass(side):
    side.appended(Strange(), item)


def appended_to_a_tuple(side):
    side.appended((item,), item)


def append(safe):
    safe.append([], item)


def append_to_a_tuple(safe):
    safe.append((), item)


def unique(raw):
    if hasattr(raw, "is_uniquely_referenced"):
        raw.is_uniquely_referenced(item)
        raw.is_uniquely_referenced([])


def temporary(raw):
    if hasattr(raw, "is_unique_temporary"):
        raw.is_unique_temporary(item)
        raw.is_unique_temporary([])


def too_few_arguments(side):
    side.appended(items)


def holder_without_object(safe):
    safe.Holder()


# PyO3 panics where there is no memory for an object that it makes itself.
ABORTS = {
    "raw.appended": "the text of the exception about an argument",
    "safe.Holder": "the text of the exception about an argument",
    "safe.append": "the text of the exception about an argument",
    "safe.appended": "the text of the exception about an argument",
}
