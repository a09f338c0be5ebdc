"""Throws arbitrary objects at every function, and judges how the call ends."""

import faulthandler
import functools
import gc
import inspect
import os
import resource
import signal
import sys

from calls import Calls
from events import Events

MEMORY = 8 << 30
SECONDS = 120  # of one function
ALONE = 3  # seconds of one call in a fork
FREED = 1_000_000
LOST = []
AGAIN = 20  # times that a fork makes it


class Wrong(Exception):
    """A call ended as it must not; Hypothesis looks for the shortest such call."""


def main():
    events = Events()
    job = events.job
    sys.path.insert(1, job["hypothesis"])
    import hypothesis
    import objects

    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (OSError, ValueError):
        pass  # it only guards the machine
    sys.unraisablehook = lambda unraisable: None  # a __del__ that raises is ours
    calls = Calls(events)
    calls.record()
    settings = hypothesis.settings(
        max_examples=job["examples"],
        derandomize=job["seed"] is None,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    thrown, made, again = 0, 0, False
    for name, function in calls.functions():
        wanted = name.partition(".")[0] in job["tested"] and job["only"] in (None, name)
        if not wanted or name in job["done"]:
            continue
        test = Test(name, function, calls, objects, job, events)
        given = hypothesis.given(expressions=test.arguments(hypothesis.strategies))
        check = settings(given(lambda expressions: test.throw(expressions)))
        if job["seed"] is not None:
            check = hypothesis.seed(job["seed"])(check)
        faulthandler.dump_traceback_later(SECONDS, exit=True)
        events.at(name)
        try:
            check()
        except Wrong as wrong:
            events.problem(str(wrong), call=name)
            again = True
        except hypothesis.errors.HypothesisException as error:
            events.problem(f"{name}: Hypothesis gives up: {error}", call=name)
        faulthandler.cancel_dump_traceback_later()
        test.compare_with_calls()
        thrown, made = thrown + 1, made + test.made
        if again:
            break  # memory may be in any state now: the next function gets a new process
    if job["only"] and not thrown and not job["done"]:
        events.problem(f"there is no function {job['only']}")
    events.end(functions=thrown, made=made, again=again)


class Test:
    """One function under test: what Hypothesis calls with an expression for each argument."""

    def __init__(self, name, function, calls, objects, job, events):
        self.name, self.function, self.objects = name, function, objects
        self.job, self.events = job, events
        self.seen = calls.seen.get(name)
        self.recorded = list(self.seen.arguments) if self.seen else []
        self.allowed = job["allowed"].get(name, [])
        self.made = 0
        self.succeeded = self.failed = None

    def arities(self):
        """How many arguments the function takes: as it says, or as calls.py gives it."""
        try:
            parameters = inspect.signature(self.function).parameters.values()
        except (ValueError, TypeError):
            return sorted({len(arguments) for arguments in self.recorded}) or [1]
        single = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
        least = sum(parameter.default is parameter.empty for parameter in single)
        more = 3 if any(p.kind == p.VAR_POSITIONAL for p in parameters) else 0
        return range(least, len(single) + more + 1)

    def arguments(self, st):
        """Expressions for the arguments; half of them what calls.py has in that place."""
        anything = self.objects.expressions()

        def argument(position):
            there = [
                f"recorded({index}, {position})"
                for index, arguments in enumerate(self.recorded)
                if position < len(arguments)
            ]
            likely = [st.sampled_from(there)] if there else []
            return st.one_of(*likely, anything, st.integers(-2, 2).map(repr))

        return st.one_of(
            [st.tuples(*map(argument, range(arity))) for arity in self.arities()]
        )

    def throw(self, expressions):
        shown = f"{self.name}({', '.join(map(self.show, expressions))})"
        self.made += 1
        self.events.at(shown)
        if not self.job["fork"]:
            wrong = self.once(expressions, shown)
        else:
            wrong = forked(lambda: self.once(expressions, shown))
        if wrong:
            raise Wrong(f"{shown} {wrong}")

    def show(self, expression):
        """What calls.py has in this place is shown as it prints itself."""
        if not expression.startswith("recorded("):
            return expression
        try:
            return ascii(self.recorded_at(expression))[:200]
        except Exception:
            return expression

    def recorded_at(self, expression):
        self.objects.State.recorded = self.recorded
        return self.objects.make(expression)

    def once(self, expressions, shown):
        """What is wrong with how the call ends, if anything is."""
        state = self.objects.State
        state.function, state.recorded, state.deep = self.function, self.recorded, 0
        try:
            arguments = [self.objects.make(expression) for expression in expressions]
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
        except self.objects.Stop:
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


def forked(judge):
    """What `judge` says in a fork, or how it died."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(ALONE)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            wrong = ""
            for _ in range(AGAIN):  # freed memory does harm only when it is used again
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
