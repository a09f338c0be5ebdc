"""Calls of every function, on success and on failure, for the checks that repeat them."""

import sys
import tracemalloc

huge = 2**63 - 1
answer = object()


def _look():
    return answer


def _fail():
    raise RuntimeError("look")


def _make():
    return [object(), (object(),), {"a": object()}]


def _tracing(call, *arguments):
    """A call while tracemalloc is tracing."""
    tracemalloc.start()
    try:
        return call(*arguments)
    finally:
        tracemalloc.stop()


def _make_hostile():
    """A function that returns an object which answers no question, nor does its class."""

    class Unnamed(type):
        def __getattribute__(cls, name):
            raise RuntimeError(name)

    class Hostile(metaclass=Unnamed):
        def __eq__(self, other):
            raise RuntimeError("eq")

        def __hash__(self):
            raise RuntimeError("hash")

        def __getattribute__(self, name):
            raise RuntimeError(name)

    return lambda: Hostile()


_hostile = _make_hostile()


def get_allocator(raw):
    assert raw.get_allocator("mem") == raw.get_allocator("mem")


def get_allocator_unknown(raw):
    raw.get_allocator("rust")


def while_tracked(side):
    side.while_tracked(_look, 100)


def while_tracked_while_tracing(side):
    _tracing(side.while_tracked, _look, 100)


def while_tracked_fails(side):
    _tracing(side.while_tracked, _fail, 100)


def while_tracked_not_callable(side):
    side.while_tracked(answer, 100)


def while_tracked_nothing(side):
    side.while_tracked(_look, 0)


def while_tracked_too_large(side):
    side.while_tracked(_look, huge)


def while_tracked_negative(side):
    side.while_tracked(_look, -1)


def while_tracked_stops(side):
    tracemalloc.start()
    side.while_tracked(tracemalloc.stop, 100)


def buffer(side):
    len(side.Buffer(100))


def buffer_while_tracing(side):
    _tracing(side.Buffer, 100)


def buffer_of_nothing(side):
    side.Buffer(0)


def buffer_too_large(side):
    side.Buffer(huge)


def track(raw):
    buffer = raw.Buffer(100)
    raw.track(buffer)
    raw.untrack(buffer)


def track_while_tracing(raw):
    buffer = raw.Buffer(100)
    _tracing(raw.track, buffer)
    _tracing(raw.untrack, buffer)


def track_something_else(raw):
    raw.track(answer)


def untrack_something_else(raw):
    raw.untrack(answer)


def allocates_elsewhere(side):
    side.allocates_elsewhere()


def forget(safe):
    safe.forget(24)


def forget_too_large(safe):
    safe.forget(huge)


def profile(side):
    side.profile(_make)


def profile_a_type(side):
    side.profile(list)


def profile_fails(side):
    side.profile(_fail)


# What follows is called on one side only: while tracemalloc is tracing, CPython ends the process
# where there is no memory to note a block that was resized, and some exceptions resize a text.
def profile_not_callable(raw):
    raw.profile(answer)


def profile_nested(raw):
    raw.profile(lambda: raw.profile(_make))


def profile_hostile(raw):
    raw.profile(_hostile)


def profile_hostile_callable(raw):
    raw.profile(_hostile())


def profile_stops_tracing(side):
    side.profile(tracemalloc.stop)


def profile_starts_tracing(raw):
    try:
        raw.profile(tracemalloc.start)
    finally:
        tracemalloc.stop()


def profile_while_tracing(safe):
    _tracing(safe.profile, _make)


def profile_untraces(side):
    side.profile(lambda: sys.settrace(None))


def profile_while_traced(raw):
    sys.settrace(_look_at_events)
    try:
        raw.profile(_make)
    finally:
        sys.settrace(None)


def _look_at_events(*event):
    return None


# What PyO3 makes only by panicking where there is no memory.
ABORTS = {
    "raw.get_allocator": "the text of the ValueError",
    "raw.track": "the text of the TypeError",
    "raw.untrack": "the text of the TypeError",
    "raw.while_tracked": "the text of the OverflowError",
    "safe.while_tracked": "the text of the OverflowError",
    "raw.profile": "the dicts, and the text of the RuntimeError",
    "safe.profile": "the dicts, and the text of the RuntimeError",
}

LOST = {"safe.forget": "shows memory of Rust's that nobody frees, and no Python counts"}
