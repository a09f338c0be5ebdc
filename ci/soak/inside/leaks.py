"""Repeats every call, and measures what stays behind."""

import gc
import itertools
import sys
from array import array

from calls import Calls
from events import Events

WARM_UP = 500
# What the interpreter keeps for itself (free lists, caches) and the measure itself costs is a
# dozen objects however often a call is made. One leak in a thousand calls is twice this.
NOISE = 2000
BLOCKS = "blocks of memory"
# Without the lock some blocks are freed late: what is in WOBBLES is judged by counts alone.
GIL = getattr(sys, "_is_gil_enabled", lambda: True)()


def main():
    events = Events()
    calls = Calls(events)
    calls.record()
    measure = Measure(calls.arguments())
    ignored = []
    if sys.unraisablehook is sys.__unraisablehook__:  # else the file expects some, and says so
        sys.unraisablehook = lambda unraisable: ignored.append(repr(unraisable.exc_value))
    times, made = events.job["times"], 0
    for call in calls.calls:
        events.at(call.name)
        del ignored[:]
        escaped = repeat(call, WARM_UP)
        before = measure()
        escaped = escaped or repeat(call, times)
        rose = measure.since(before, times // NOISE)
        if rose:
            # A leak goes on; what the free-threaded build had not freed yet does not.
            before = measure()
            repeat(call, times)
            again = dict(measure.since(before, times // NOISE))
            rose = [(name, change) for name, change in rose if again.get(name, 0) * change > 0]
        if not GIL and call.reached & set(calls.wobbles):
            rose = [(name, change) for name, change in rose if name != BLOCKS]
        made += times
        judge(events, call, calls.leaks, rose, times)
        if escaped:
            what = f"{call.name} ends in {escaped}, which is no Exception: let the call catch it"
            events.problem(what, line=call.line, call=call.name)
        if ignored:
            what = f"{call.name} makes Python ignore an exception: {ignored[0]}"
            events.problem(what, line=call.line, call=call.name)
    events.end(calls=len(calls.calls), made=made, functions=len(calls.seen))


def repeat(call, times):
    """Make the call again and again; the name of what escaped, if it is no Exception."""
    function, module = call.function, call.module
    try:
        for _ in itertools.repeat(None, times):
            try:
                function(module)
            except Exception:
                pass
    except BaseException as escaped:
        if isinstance(escaped, KeyboardInterrupt):
            raise
        return type(escaped).__name__
    return None


class Measure:
    """All references of the interpreter, its blocks of memory, and each argument's references."""

    def __init__(self, arguments):
        self.arguments = arguments

    def __call__(self):
        gc.collect()
        counts = array("q", [0, 0])  # an array, because it costs one block whatever is in it
        counts.extend(sys.getrefcount(value) for _, value in self.arguments)
        counts[0] = getattr(sys, "gettotalrefcount", int)()
        counts[1] = sys.getallocatedblocks()
        return counts

    def since(self, before, noise):
        """What changed by more than the noise, as pairs of a name and a difference."""
        after = self()  # before anything else is made
        names = ["all references", BLOCKS, *(f"`{n}`" for n, _ in self.arguments)]
        changed = zip(names, before, after)
        return [(name, now - then) for name, then, now in changed if abs(now - then) > noise]


def judge(events, call, leaks, rose, times):
    listed = sorted(call.reached & set(leaks))
    if listed and not rose:
        what = f"{' and '.join(listed)} stands in LEAKS, and {call.name} leaks nothing"
        events.problem(what, line=call.line, call=call.name, help="take it out of LEAKS")
    if rose and not listed:
        how = ", ".join(f"{name} {change:+,}" for name, change in rose)
        fault = "leaks" if rose[0][1] > 0 else "releases what it does not own"
        what = f"{call.name} {fault}: after {times:,} calls {how}"
        events.problem(what, line=call.line, call=call.name)


if __name__ == "__main__":
    main()
