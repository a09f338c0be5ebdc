"""A reference released too often, and a crash that only one kind of argument brings about."""

import ctypes

import lesson_refcount

EXPECTED = {
    # Seen by the count where the memory still reads as an object, else by a crash.
    "wrong.show_ref_count_with_handle_releases_borrowed": "releases_borrowed(",
    "wrong.reads_nothing": "wrong.reads_nothing([]) dies: signal 11",
}


def reads_nothing(thing):
    if type(thing) is list:
        ctypes.string_at(0)
    if thing == 1:
        raise ValueError("so that there is a failure")


lesson_refcount.wrong.reads_nothing = reads_nothing
del reads_nothing


def count(wrong):
    wrong.show_ref_count_with_handle_releases_borrowed(None)
    wrong.take_and_release_leaks(None)
    wrong.show_string_value_ref_count()
    wrong.reads_nothing(None)


def fail(wrong):
    wrong.reads_nothing(1)
