"""Calls of every function, on success and on failure, for the checks that repeat them."""

import sys


class Cls:
    colour = "red"

    @property
    def fresh(self):
        return object()

    @property
    def broken(self):
        return 1 / 0


class Stubborn:
    def __setattr__(self, name, value):
        raise OSError

    def __delattr__(self, name):
        raise OSError


class Plain:
    pass


obj = Cls()
obj.name = object()
val = object()
default = object()
stubborn = Stubborn()
# What `PyObject_HasAttr` swallows goes here since CPython 3.13.
sys.unraisablehook = lambda unraisable: None


def attach(side):
    side.attach_attr(Cls(), "name", val)


def attach_again(side):
    side.attach_attr(obj, "other", val)


def attach_where_it_raises(side):
    side.attach_attr(stubborn, "name", val)


def attach_where_there_is_no_place(side):
    side.attach_attr(object(), "name", val)


def attach_by_a_number(side):
    side.attach_attr(obj, 1, val)


def retrieve(side):
    side.retrieve_attr(obj, "name")


def retrieve_from_a_property(side):
    side.retrieve_attr(obj, "fresh")


def retrieve_what_is_missing(side):
    side.retrieve_attr(obj, "missing")


def retrieve_what_raises(side):
    side.retrieve_attr(obj, "broken")


def retrieve_by_a_number(side):
    side.retrieve_attr(obj, 1)


def attach_by_string(side):
    side.attach_attr_by_string(Cls(), "name", val)


def attach_by_string_where_it_raises(side):
    side.attach_attr_by_string(stubborn, "name", val)


def attach_by_string_with_nul(side):
    side.attach_attr_by_string(Cls(), "a\0b", val)


def attach_by_a_surrogate(side):
    side.attach_attr_by_string(Cls(), "\udc80", val)


def retrieve_by_string(side):
    side.retrieve_attr_by_string(obj, "name")


def retrieve_by_string_what_is_missing(side):
    side.retrieve_attr_by_string(obj, "missing")


def retrieve_by_string_what_raises(side):
    side.retrieve_attr_by_string(obj, "broken")


def retrieve_by_string_with_nul(side):
    side.retrieve_attr_by_string(obj, "a\0b")


def retrieve_name(side):
    side.retrieve_name(obj)


def retrieve_no_name(side):
    side.retrieve_name(stubborn)


def delete(side):
    new = Cls()
    new.name = val
    side.del_attr(new, "name")


def delete_what_is_missing(side):
    side.del_attr(obj, "missing")


def delete_where_it_raises(side):
    side.del_attr(stubborn, "name")


def delete_by_a_number(side):
    side.del_attr(obj, 1)


def copy(side):
    side.copy_attr(obj, Cls(), "name")


def copy_from_a_property(side):
    side.copy_attr(obj, Plain(), "fresh")


def copy_what_is_missing(side):
    side.copy_attr(obj, Cls(), "missing")


def copy_what_raises(side):
    side.copy_attr(obj, Cls(), "broken")


def copy_to_where_it_raises(side):
    side.copy_attr(obj, stubborn, "name")


def has(side):
    side.has_attr(obj, "name")


def has_not(side):
    side.has_attr(obj, "missing")


def has_what_raises(side):
    side.has_attr(obj, "broken")


def has_a_number(side):
    side.has_attr(obj, 1)


def has_with_error(raw):
    if hasattr(raw, "has_attr_with_error"):
        raw.has_attr_with_error(obj, "name")


def has_not_with_error(raw):
    if hasattr(raw, "has_attr_with_error"):
        raw.has_attr_with_error(obj, "missing")


def has_what_raises_with_error(raw):
    if hasattr(raw, "has_attr_with_error"):
        raw.has_attr_with_error(obj, "broken")


def has_a_number_with_error(raw):
    if hasattr(raw, "has_attr_with_error"):
        raw.has_attr_with_error(obj, 1)


def optional(side):
    if hasattr(side, "get_optional_attr"):
        side.get_optional_attr(obj, "name", default)


def optional_from_a_property(side):
    if hasattr(side, "get_optional_attr"):
        side.get_optional_attr(obj, "fresh", default)


def optional_what_is_missing(side):
    if hasattr(side, "get_optional_attr"):
        side.get_optional_attr(obj, "missing", default)


def optional_what_raises(side):
    if hasattr(side, "get_optional_attr"):
        side.get_optional_attr(obj, "broken", default)


def optional_by_a_number(side):
    if hasattr(side, "get_optional_attr"):
        side.get_optional_attr(obj, 1, default)


def default_for(side):
    side.attr_or_default(obj, "name", default)


def default_for_what_is_missing(side):
    side.attr_or_default(obj, "missing", default)


def default_for_what_raises(side):
    side.attr_or_default(obj, "broken", default)


def default_for_a_number(side):
    side.attr_or_default(obj, 1, default)


def default_always(safe):
    safe.attr_or_default_always(obj, "name", default)


def default_always_for_what_raises(safe):
    safe.attr_or_default_always(obj, "broken", default)


def default_always_under_no_name(safe):
    safe.attr_or_default_always(obj, 1, default)


# PyO3 panics where there is no memory for an object that it makes itself.
ABORTS = {
    "raw.attach_attr_by_string": "the text of the exception about an argument",
    "raw.retrieve_attr_by_string": "the text of the exception about an argument",
    "safe.attach_attr": "the text of the exception about an argument",
    "safe.attach_attr_by_string": "the text of the exception about an argument",
    "safe.attr_or_default": "the text of the exception about an argument",
    "safe.attr_or_default_always": "the text of the exception about an argument",
    "safe.del_attr": "the text of the exception about an argument",
    "safe.get_optional_attr": "the text of the exception about an argument",
    "safe.has_attr": "the text of the exception about an argument",
    "safe.retrieve_attr": "the text of the exception about an argument",
}

# The C call is all there is: CPython 3.15 loses a block where it drops an exception
# without memory to report it.
KEEPS = {
    "raw.has_attr": "the C call drops an exception",
    "raw.retrieve_attr_by_string": "the C call drops an exception",
    "raw.retrieve_name": "the C call drops an exception",
    "safe.retrieve_attr_by_string": "the C call drops an exception",
}
