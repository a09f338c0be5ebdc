"""Calls of every function, on success and on failure, for the checks that repeat them."""

data = bytes(range(32))
huge = 2**63


def _nothing():
    return None


def _fail():
    raise RuntimeError("look")


def duplicate(side):
    side.duplicate(data)


def duplicate_nothing(side):
    side.duplicate(b"")


def duplicate_a_str(side):
    side.duplicate("hello")


def distinct(side):
    side.distinct(24)


def distinct_of_nothing(side):
    side.distinct(0)


def distinct_too_large(side):
    side.distinct(huge)


def distinct_raw(raw):
    raw.distinct(24, "raw")


def distinct_object(raw):
    raw.distinct(24, "object")


def distinct_unknown(raw):
    raw.distinct(24, "unknown")


def calloc(side):
    side.calloc(4, 8)


def calloc_overflows(side):
    side.calloc(2**62, 4)


def calloc_raw(raw):
    raw.calloc(4, 8, "raw")


def calloc_object(raw):
    raw.calloc(4, 8, "object")


def calloc_unknown(raw):
    raw.calloc(4, 8, "unknown")


def realloc_grows(side):
    side.realloc(data, 600)


def realloc_shrinks(side):
    side.realloc(data, 3)


def realloc_to_nothing(side):
    side.realloc(data, 0)


def realloc_too_large(side):
    side.realloc(data, huge)


def realloc_raw(raw):
    raw.realloc(data, 600, "raw")


def realloc_raw_too_large(raw):
    raw.realloc(data, huge, "raw")


def realloc_object(raw):
    raw.realloc(data, 600, "object")


def realloc_unknown(raw):
    raw.realloc(data, 600, "unknown")


def is_palindrome_detached(side):
    side.is_palindrome_detached(data)


def is_palindrome_detached_of_a_str(side):
    side.is_palindrome_detached("rotor")


def while_held(side):
    side.while_held(_nothing, 24)


def while_held_fails(side):
    side.while_held(_fail, 24)


def while_held_not_callable(side):
    side.while_held(None, 24)


def while_held_too_large(side):
    side.while_held(_nothing, huge)


def while_held_unknown(raw):
    raw.while_held(_nothing, 24, "unknown")


def leak(safe):
    safe.leak(24)


def leak_too_large(safe):
    safe.leak(huge)


LOST = {"safe.leak": "shows a leak of Rust's memory, which CPython does not count"}


# PyO3 panics where there is no memory for an object that it makes itself.
ABORTS = {
    "raw.calloc": "the text of the exception about an argument",
    "raw.distinct": "the text of the exception about an argument",
    "raw.duplicate": "the text of the exception about an argument",
    "raw.is_palindrome_detached": "the text of the exception about an argument",
    "raw.realloc": "the text of the exception about an argument",
    "raw.while_held": "the text of the exception about an argument",
    "safe.duplicate": "the text of the exception about an argument",
    "safe.is_palindrome_detached": "the text of the exception about an argument",
}
