"""Repeats every call, for valgrind to watch."""

from calls import Calls
from events import Events
from leaks import repeat


def main():
    events = Events()
    calls = Calls(events)
    calls.record()
    times, made = events.job["times"], 0
    for call in calls.calls:
        if not call.reached & set(calls.leaks):  # that those leak, the other check has seen
            events.at(call.name)
            repeat(call, times)
            made += times
    events.end(functions=len(calls.seen), made=made)


if __name__ == "__main__":
    main()
