"""Calls of every function, on success and on failure, for the checks that repeat them."""

import sys

# From 3.13 on `PyDict_GetItem` reports what it drops; a hundred thousand times is enough.
sys.unraisablehook = lambda unraisable: None

key = object()
value = object()
other = object()
full = {key: value, "k1": value, "k2": other}


class Moody:
    def __hash__(self):
        return hash("k1")

    def __eq__(self, other):
        raise ValueError


class Unhashable:
    def __hash__(self):
        raise ValueError


class Deletes:
    """Equal to "k2"; whoever asks makes it take "k1" out."""

    def __init__(self, shelf):
        self.shelf = shelf

    def __hash__(self):
        return hash("k2")

    def __eq__(self, other):
        self.shelf.pop("k1", None)
        return other == "k2"


moody = Moody()
unhashable = Unhashable()


def make(side):
    side.make_dict()


def add(side):
    side.add_dict_item({}, key, value)


def add_over_a_value(side):
    side.add_dict_item({key: other}, key, value)


def add_to_a_list(side):
    side.add_dict_item([], key, value)


def add_unhashable(side):
    side.add_dict_item({}, unhashable, value)


def add_moody(side):
    side.add_dict_item(full, moody, value)


def delete(side):
    side.del_item({key: value}, key)


def delete_absent(side):
    side.del_item({}, key)


def delete_moody(side):
    side.del_item(full, moody)


def delete_unhashable(side):
    side.del_item(full, unhashable)


def get(side):
    side.get_item(full, key)


def get_absent(side):
    side.get_item({}, key)


def get_from_a_list(side):
    side.get_item([], key)


def get_moody(side):
    side.get_item(full, moody)


def get_unhashable(side):
    side.get_item(full, unhashable)


def get_with_error(raw):
    raw.get_item_with_error(full, key)


def get_absent_with_error(raw):
    raw.get_item_with_error({}, key)


def get_moody_with_error(raw):
    raw.get_item_with_error(full, moody)


def get_unhashable_with_error(raw):
    raw.get_item_with_error(full, unhashable)


def get_ref(raw):
    if hasattr(raw, "get_item_ref"):
        raw.get_item_ref(full, key)


def get_absent_ref(raw):
    if hasattr(raw, "get_item_ref"):
        raw.get_item_ref({}, key)


def get_moody_ref(raw):
    if hasattr(raw, "get_item_ref"):
        raw.get_item_ref(full, moody)


def both(side):
    side.get_both(full, "k1", "k2")


def both_first_absent(side):
    side.get_both(full, "k3", "k2")


def both_second_absent(side):
    side.get_both(full, "k1", "k3")


def both_first_moody(side):
    side.get_both(full, moody, "k2")


def both_second_moody(side):
    side.get_both(full, "k2", moody)


def both_and_one_goes(side):
    shelf = dict(full)
    side.get_both(shelf, "k1", Deletes(shelf))


class Walks:
    """Called for each item; a method."""

    def __init__(self, shelf):
        self.shelf = shelf

    def grow(self, key, value):
        self.shelf[other] = key

    def clear(self, key, value):
        self.shelf.clear()

    def exchange(self, key, value):
        del self.shelf[key]
        self.shelf[key + 100] = value

    def move(self, key, value):
        self.shelf[key] = self.shelf.pop(key)


def walk(side):
    side.for_each({"k1": "v1", "k2": "v2"}, max)


def walk_nothing(side):
    side.for_each({}, None)


def walk_and_raise(side):
    side.for_each(full, moody)


def walk_and_grow(side):
    shelf = dict(full)
    side.for_each(shelf, Walks(shelf).grow)


def walk_and_clear(side):
    shelf = dict(full)
    side.for_each(shelf, Walks(shelf).clear)


def walk_and_move(side):
    shelf = dict(full)
    side.for_each(shelf, Walks(shelf).move)


def walk_and_exchange(side):
    shelf = dict.fromkeys(range(5))
    side.for_each(shelf, Walks(shelf).exchange)


def locked(safe):
    safe.locked(full, list)


def locked_and_raise(safe):
    safe.locked(full, moody)


def locked_no_dict(safe):
    safe.locked([], list)


def default(side):
    if hasattr(side, "set_default"):
        side.set_default({}, key, value)


def default_there(side):
    if hasattr(side, "set_default"):
        side.set_default({key: other}, key, value)


def default_moody(side):
    if hasattr(side, "set_default"):
        side.set_default(full, moody, value)


def default_unhashable(side):
    if hasattr(side, "set_default"):
        side.set_default(full, unhashable, value)


def pop(side):
    if hasattr(side, "pop"):
        side.pop({key: value}, key)


def pop_absent(side):
    if hasattr(side, "pop"):
        side.pop({}, key)


def pop_moody(side):
    if hasattr(side, "pop"):
        side.pop(full, moody)


def pop_unhashable(side):
    if hasattr(side, "pop"):
        side.pop(full, unhashable)


# PyO3 panics where there is no memory for an object that it makes itself.
ABORTS = {
    "raw.add_dict_item": "the text of the exception about an argument",
    "raw.get_item": "the text of the exception about an argument",
    "safe.add_dict_item": "the text of the exception about an argument",
    "safe.locked": "the text of the exception about an argument",
    "safe.get_item": "the text of the exception about an argument",
    "safe.make_dict": "an object that PyO3 makes",
}

# The C call is all there is: CPython 3.15 loses a block where it drops an exception
# without memory to report it.
KEEPS = {
    "raw.get_item": "the C call drops an exception",
}
