"""Calls of every function, on success and on failure, for the checks that repeat them."""

import sys

item = object()
pair = (item, object())
full = [item, object()]
too_long = range(sys.maxsize)


class Refuses:
    def __iter__(self):
        raise LookupError


class Steps:
    """Yields `item`, and raises at the last step."""

    def __init__(self, left, last):
        self.left, self.last = left, last

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise self.last
        self.left -= 1
        return item


class Releases:
    """Runs Python code while it is released."""

    def __del__(self):
        full[0] = item


refuses = Refuses()


def make_list(side):
    side.make_list_from_iterator(pair)


def make_list_of_nothing(side):
    side.make_list_from_iterator(())


def make_list_of_many(side):
    side.make_list_from_iterator(range(20))


def make_list_by_python_steps(side):
    side.make_list_from_iterator(Steps(3, StopIteration))


def make_list_of_no_iterable(side):
    side.make_list_from_iterator(item)


def make_list_refused(side):
    side.make_list_from_iterator(refuses)


def make_list_failing_at_once(side):
    side.make_list_from_iterator(Steps(0, ValueError))


def make_list_failing_half_way(side):
    side.make_list_from_iterator(Steps(2, ValueError))


def append(side):
    side.append([], item)


def append_to_no_list(side):
    side.append(pair, item)


def set_item(side):
    side.set_item(full, 0, item)


def set_new_item(side):
    side.set_item([None], 0, object())


def set_over_an_item_that_runs_code(side):
    side.set_item([Releases()], 0, item)


def set_past_the_end(side):
    side.set_item(full, 9, item)


def set_before_the_start(side):
    side.set_item(full, -1, item)


def set_in_no_list(side):
    side.set_item(pair, 0, item)


def get(side):
    side.get_item(full, 1)


def get_past_the_end(side):
    side.get_item(full, 9)


def get_before_the_start(side):
    side.get_item(full, -1)


def get_from_no_list(side):
    side.get_item(pair, 0)


def get_ref(raw):
    if hasattr(raw, "get_item_ref"):
        raw.get_item_ref(full, 1)


def get_ref_past_the_end(raw):
    if hasattr(raw, "get_item_ref"):
        raw.get_item_ref(full, 9)


def get_ref_from_no_list(raw):
    if hasattr(raw, "get_item_ref"):
        raw.get_item_ref(pair, 0)


def next_one(side):
    side.next(iter(pair), None)


def next_at_the_end(side):
    side.next(iter(()), item)


def next_fails(side):
    side.next(Steps(0, ValueError), item)


def next_of_no_iterator(side):
    side.next(pair, item)


def next_item(raw):
    if hasattr(raw, "next_item"):
        raw.next_item(iter(pair), None)


def next_item_at_the_end(raw):
    if hasattr(raw, "next_item"):
        raw.next_item(iter(()), item)


def next_item_fails(raw):
    if hasattr(raw, "next_item"):
        raw.next_item(Steps(0, ValueError), item)


def next_item_of_no_iterator(raw):
    if hasattr(raw, "next_item"):
        raw.next_item(pair, item)


def fill(side):
    side.fill(item, pair)


def fill_nothing(side):
    side.fill(item, ())


def fill_without_len(side):
    side.fill(item, 1)


def fill_too_long(side):
    # Where 3.14t's PyList_New gets no memory, it frees an array that it has not set.
    if getattr(sys, "_is_gil_enabled", lambda: True)():
        side.fill(item, too_long)


def fill_or_panic(safe):
    safe.fill_or_panic(item, pair)


def fill_or_panic_without_len(safe):
    safe.fill_or_panic(item, 1)


def remove_all(safe):
    safe.remove_all([item, None, item], item)


def remove_all_from_no_list(safe):
    safe.remove_all(pair, item)


# PyO3 panics where there is no memory for an object that it makes itself.
ABORTS = {
    "raw.append": "what PyO3 makes of the arguments or the result",
    "safe.append": "an object that PyO3 makes",
    "safe.fill_or_panic": "an object that PyO3 makes",
    "safe.get_item": "an object that PyO3 makes",
    "safe.next": "the text of the exception about an argument",
    "safe.remove_all": "the text of the exception about an argument",
    "safe.set_item": "an object that PyO3 makes",
}
