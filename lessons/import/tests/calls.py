"""Calls of every function, on success and on failure, for the checks that repeat them."""

import sys
import types


class Limit:
    pass


settings = types.ModuleType("settings")
settings.Limit = Limit
sys.modules["settings"] = settings
thing = object()
sys.modules["thing"] = thing
modules = sys.modules


class Unhashable(str):
    def __hash__(self):
        raise ValueError("no hash")


def get_modules(side):
    side.get_modules()


def get_modules_halted(side):
    modules["sys"] = None
    try:
        side.get_modules()
    finally:
        modules["sys"] = sys


def get_module_dict(raw):
    raw.get_module_dict()


def import_module(side):
    side.import_module("settings")


def import_a_thing(side):
    side.import_module("thing")


def import_the_missing(side):
    side.import_module("no_such_module")


def import_nothing(side):
    side.import_module("")


def import_a_nul(side):
    side.import_module("no\0name")


def import_a_surrogate(side):
    side.import_module("\udc80")


def import_a_number(side):
    side.import_module(1)


def import_by_object(raw):
    raw.import_by_object("settings")


def import_by_a_list(raw):
    raw.import_by_object([])


def import_by_an_unhashable(raw):
    raw.import_by_object(Unhashable("settings"))


def add_object(side):
    side.add_object(settings, "other", thing)
    vars(settings).pop("__all__", None)  # where PyO3 adds the name, each time


def add_object_to_no_module(side):
    side.add_object(thing, "other", thing)


def add_object_by_a_nul(side):
    side.add_object(settings, "a\0b", thing)
    vars(settings).pop("__all__", None)


def add_object_by_a_surrogate(side):
    side.add_object(settings, "\udc80", thing)


def get_module(side):
    side.get_module("settings")


def get_module_missing(side):
    side.get_module("no_such_module")


def get_module_by_a_list(side):
    side.get_module([])


def get_module_by_an_unhashable(side):
    side.get_module(Unhashable("settings"))


def add_module(side):
    side.add_module("settings")


def add_a_new_module(side):
    side.add_module("added")
    del modules["added"]


def add_over_a_thing(side):
    modules["thing"] = thing
    side.add_module("thing")
    modules["thing"] = thing


def add_a_nul(side):
    side.add_module("no\0name")
    modules.pop("no\0name", None)


def add_a_number(side):
    side.add_module(1)


def import_module_attr(side):
    if hasattr(side, "import_module_attr"):
        side.import_module_attr("settings", "Limit")


def import_module_attr_missing(side):
    if hasattr(side, "import_module_attr"):
        side.import_module_attr("settings", "no")


def import_module_attr_of_the_missing(side):
    if hasattr(side, "import_module_attr"):
        side.import_module_attr("no_such_module", "no")


def import_module_attr_by_numbers(side):
    if hasattr(side, "import_module_attr"):
        side.import_module_attr("settings", 1)


def sys_attr(side):
    side.sys_attr("modules")


def sys_attr_missing(side):
    side.sys_attr("no")


def sys_attr_nul(side):
    side.sys_attr("no\0name")


def sys_attr_surrogate(side):
    side.sys_attr("\udc80")


def sys_get_attr(raw):
    if hasattr(raw, "sys_get_attr"):
        raw.sys_get_attr("modules")


def sys_get_attr_missing(raw):
    if hasattr(raw, "sys_get_attr"):
        raw.sys_get_attr("no")


def sys_get_attr_by_number(raw):
    if hasattr(raw, "sys_get_attr"):
        raw.sys_get_attr(1)


def load_limit(side):
    side.load_limit()


def sys_attr_of_none(side):
    side.sys_attr(None)


# PyO3 panics where there is no memory for an object that it makes itself.
ABORTS = {
    "raw.add_module": "the text of the exception about an argument",
    "raw.import_module": "the text of the exception about an argument",
    "raw.sys_attr": "the text of the exception about an argument",
    "raw.add_object": "the text of the exception about an argument",
    "safe.add_object": "the text of the exception about an argument",
    "safe.add_module": "the text of the exception about an argument",
    "safe.import_module": "the text of the exception about an argument",
    "safe.import_module_attr": "the text of the exception about an argument",
    "safe.sys_attr": "the text of the exception about an argument",
}

# The C call is all there is: CPython 3.15 loses a block where it drops an exception
# without memory to report it.
KEEPS = {
    "raw.sys_attr": "the C call drops an exception",
}


# On the free-threaded build `types.ModuleType("x")` alone, 100,000 times, leaves as many blocks.
WOBBLES = {
    "raw.add_module": "a module is made",
    "safe.add_module": "a module is made",
}
