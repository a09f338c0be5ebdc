"""Faults that show only when another thread changes things, and twins in which nothing is wrong."""

import ctypes
import os

import lesson_list

EXPECTED = {
    "wrong.borrows_from_list": "dies of SIGSEGV, when another thread replaces the items of argument 1",
    "wrong.borrows_from_dict": "dies of SIGSEGV, when another thread replaces the items of argument 1",
    "wrong.borrows_from_attribute": "dies of SIGSEGV, when another thread replaces attribute `pair`",
    "wrong.borrows_from_sys": "when another thread replaces `sys.argv`",
    "wrong.walks_unlocked": "when another thread",
    "wrong.keeps_in_two_steps": "when another thread calls wrong.keeps_in_two_steps",
}

_faults = ctypes.PyDLL(os.environ["FAULTS"])
HOOKED = [_faults._name]


def _plant(name, arguments):
    function = getattr(_faults, name)
    function.argtypes, function.restype = [ctypes.py_object] * arguments, ctypes.py_object
    setattr(lesson_list.wrong, name, lambda *given: function(*given))


for _name, _arguments in {
    "borrows_from_list": 1,
    "takes_from_list": 1,
    "borrows_from_dict": 2,
    "borrows_from_attribute": 1,
    "borrows_from_sys": 1,
    "walks_unlocked": 1,
    "keeps_in_two_steps": 1,
    "keeps_in_one_step": 1,
}.items():
    _plant(_name, _arguments)


class Thing:
    pass


thing = Thing()
thing.pair = (object(), object())
items = [object(), object()]
shelf = {"a": object(), "b": object()}


def borrows_from_list(wrong):
    wrong.borrows_from_list(items)


def takes_from_list(wrong):
    wrong.takes_from_list(items)


def borrows_from_dict(wrong):
    wrong.borrows_from_dict(shelf, "a")


def borrows_from_attribute(wrong):
    wrong.borrows_from_attribute(thing)


def borrows_from_sys(wrong):
    wrong.borrows_from_sys("argv")


def walks_unlocked(wrong):
    wrong.walks_unlocked(shelf)


def keeps_in_two_steps(wrong):
    wrong.keeps_in_two_steps(thing)


def keeps_in_one_step(wrong):
    wrong.keeps_in_one_step(thing)
