"""Throws arbitrary objects at every function, and judges how the call ends."""

import faulthandler
import functools
import gc
import inspect
import itertools
import json
import os
import random
import resource
import signal
import sys

import objects
from calls import Calls
from events import Events
from shortest import shortest

MEMORY = 8 << 30
SECONDS = 120  # of one function
ALONE = 3  # seconds of one call in a fork
FREED = 1_000_000
LOST = []
AGAIN = 20  # times that a fork makes it
SIMPLEST = 20  # examples that every function gets


def main():
    events = Events()
    job = events.job
    with open(job["drawn"]) as file:
        drawn = json.load(file)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (OSError, ValueError):
        pass  # it only guards the machine
    sys.unraisablehook = lambda unraisable: None  # a __del__ that raises is ours
    calls = Calls(events)
    calls.record()
    found, wrong = False, None
    for name, function in calls.functions():
        wanted = name.partition(".")[0] in job["tested"] and job["only"] in (None, name)
        if not wanted or name in job["done"]:
            continue
        found = True
        test = Test(name, function, calls, drawn, events)
        faulthandler.dump_traceback_later(SECONDS, exit=True)
        events.at(name)
        if job["alone"]:
            test.alone()
        else:
            wrong = test.together()
            test.compare_with_calls()
        faulthandler.cancel_dump_traceback_later()
        if wrong:
            break  # memory may be in any state now: the next function gets a new process
    if job["only"] and not found and not job["done"]:
        events.problem(f"there is no function {job['only']}")
    events.end(wrong=wrong and [name, wrong])


class Test:
    """One function under test, and what is thrown at it: an expression for each argument."""

    def __init__(self, name, function, calls, drawn, events):
        self.name, self.function, self.drawn = name, function, drawn
        self.job, self.events = events.job, events
        self.seen = calls.seen.get(name)
        self.recorded = [each for each in self.seen.arguments if each] if self.seen else []
        self.allowed = self.job["allowed"].get(name, [])
        self.arities = [arity for arity in self.takes() if arity < len(drawn)]
        self.succeeded = self.failed = None

    def takes(self):
        """How many arguments the function takes: as it says, or as calls.py gives it."""
        try:
            parameters = inspect.signature(self.function).parameters.values()
        except (ValueError, TypeError):
            given = self.seen.arguments if self.seen else []
            return sorted({len(arguments) for arguments in given}) or [1]
        single = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
        least = sum(parameter.default is parameter.empty for parameter in single)
        more = 3 if any(p.kind == p.VAR_POSITIONAL for p in parameters) else 0
        return range(least, len(single) + more + 1)

    def can_throw(self, expressions):
        """Whether calls.py has what they ask for."""
        return self.recorded or not any(map(recorded, expressions))

    def examples(self):
        """Its own part of what is drawn for as many arguments as it takes, the simplest first."""
        count = self.job["examples"]
        for index, arity in enumerate(self.arities):
            pool = [*filter(self.can_throw, self.drawn[arity])]
            share = min(len(pool), count // (len(self.arities) - index))
            simplest, others = pool[: min(SIMPLEST, share)], pool[min(SIMPLEST, share) :]
            yield from simplest
            yield from random.Random(self.name).sample(others, share - len(simplest))
            count -= share

    def together(self):
        """What is wrong with the first call that goes wrong, if one does."""
        if not self.arities:
            most = len(self.drawn) - 1
            self.events.problem(f"{self.name} takes more than {most} arguments", call=self.name)
        after = self.job["after"].get(self.name, 0)
        for expressions in itertools.islice(self.examples(), after, None):
            shown = self.at(expressions)
            wrong = self.throw(expressions, shown)
            if wrong:
                return f"{shown} {wrong}"
        return None

    def alone(self):
        """Make each call in a fork, and tell the shortest that goes wrong."""

        def goes_wrong(expressions):
            if not self.can_throw(expressions):
                return None
            shown = self.at(expressions)
            return forked(lambda: self.throw(expressions, shown))

        for arity in self.arities:
            found = shortest(self.job["alone"][arity], goes_wrong)
            if found:
                expressions, wrong = found
                self.events.problem(f"{self.shown(expressions)} {wrong}", call=self.name)
                break

    def at(self, expressions):
        """The call as it is shown; it is told before it is made."""
        shown = self.shown(expressions)
        self.events.at(shown)
        return shown

    def shown(self, expressions):
        return f"{self.name}({', '.join(map(self.show, expressions))})"

    def show(self, expression):
        """What calls.py has in this place is shown as it prints itself."""
        if not recorded(expression):
            return expression
        try:
            objects.State.recorded = self.recorded
            return ascii(objects.make(expression))[:200]
        except Exception:
            return expression

    def throw(self, expressions, shown):
        """What is wrong with how the call ends, if anything is."""
        state = objects.State
        state.function, state.recorded, state.deep = self.function, self.recorded, 0
        try:
            arguments = [objects.make(expression) for expression in expressions]
        except (TypeError, ValueError, OverflowError):
            return None  # an object that cannot be made
        state.arguments = arguments[:]
        before = list(map(sys.getrefcount, arguments))
        try:
            # Not `function(*arguments)`: that lets a result with an exception set pass.
            result = functools.partial(self.function, *arguments)()
            type(result).__mro__  # it must be alive
            self.succeeded = self.succeeded or shown
            del result
        except objects.Stop:
            pass
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return self.judge(error, shown)
        finally:
            state.arguments = []
        for argument, count in zip(arguments, before):
            # We own one reference, and getrefcount has one more; freed memory has any number.
            if sys.getrefcount(argument) < min(count, 2) or sys.getrefcount(argument) > count + FREED:
                LOST.append(arguments)  # or it would be freed once more
                return "releases an argument that it does not own"
        return None

    def judge(self, error, shown):
        name = type(error).__name__
        if not isinstance(error, Exception) or isinstance(error, SystemError):
            return None if name in self.allowed else f"ends in {name}: {error}"
        if not isinstance(error, (RecursionError, MemoryError)):
            self.failed = self.failed or f"{shown} ends in {name}"
        return None

    def compare_with_calls(self):
        """calls.py must have the paths that are so easily found."""
        if self.seen is None:
            return
        if self.failed and not self.seen.failed:
            what = f"{self.name} never fails here, though {self.failed}"
            self.events.problem(what, line=1, call=self.name, help="add such a call")
        if self.succeeded and not self.seen.succeeded:
            what = f"{self.name} never succeeds here, though {self.succeeded} does"
            self.events.problem(what, line=1, call=self.name, help="add such a call")


def recorded(expression):
    """Whether it stands for what calls.py has in its place."""
    return expression.startswith("recorded(")


def forked(judge):
    """What `judge` says in a fork, or how it died."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            wrong = ""
            for _ in range(AGAIN):  # freed memory does harm only when it is used again
                signal.alarm(ALONE)
                wrong = wrong or judge() or ""
            gc.collect()
            os.write(writes, wrong.encode())
        finally:
            os._exit(0)
    os.close(writes)
    with open(reads, encoding="utf-8", errors="replace") as said:
        wrong = said.read()
    status = os.waitpid(child, 0)[1]
    return f"dies: signal {status & 127}" if status & 127 else wrong


if __name__ == "__main__":
    main()
