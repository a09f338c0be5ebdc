"""A crash, which must be told with the call that did it."""

import ctypes

EXPECTED = {"reads_nothing(wrong)": "dies: SIGSEGV"}


def reads_nothing(wrong):
    wrong.reverse_tuple_keeps_order(())
    ctypes.string_at(0)
