"""Makes every call again and again, each time with another allocation failing.

Each allocation fails in a fork, which makes the call several times: what is lost once may be a
cache that is filled again, what is lost each time is a leak.
"""

import ctypes
import gc
import json
import os
import signal
import sys
import tempfile

from calls import Calls, Recorder
from events import Events
from leaks import Measure

WARM_UP = 30  # 3.9 to 3.11 keep up to sixteen dead MemoryErrors for the next ones
TIMES = 20
PANIC = "ends in PanicException"
BEHIND = "leaves something behind"
SECONDS = 30  # of one fork
MOST = 1000  # allocations of one call
NEVER = ctypes.c_size_t(-1).value


def main():
    events = Events()
    calls = Calls(events)
    calls.record()
    library = ctypes.PyDLL(events.job["library"])
    library.call.argtypes = [ctypes.c_size_t] + [ctypes.py_object] * 3
    library.call.restype = ctypes.py_object
    library.allocations.restype = ctypes.c_size_t
    library.install()
    gc.freeze()  # so that the collector, in a fork, looks at what the fork has made
    told = {"calls": 0, "failed": 0, "aborts": [], "keeps": []}
    for call in calls.calls:
        told["calls"] += 1
        for index in range(count(call, library)):
            starve(events, calls, call, index, library, told)
    events.end(**told)


def count(call, library):
    """How many functions the call calls, one after the other."""
    starved = Starved(call, library, None, NEVER)
    starved.run()
    return starved.index


def starve(events, calls, call, index, library, told):
    """Fail each allocation of the `index`-th function that `call` calls."""
    for nth in range(MOST):
        events.at(f"{call.name}, allocation {nth}")
        found, died, printed = forked(lambda: attempt(calls, call, index, nth, library))
        name, wrong = found.get("name"), found.get("wrong")
        if died:
            last = "".join(f"\n    {line}" for line in printed.splitlines()[-12:])
            wrong = f"dies: {died}{', of a panic' if panicked(printed) else last}"
        if not died and not found["failed"]:
            break  # it makes no more than `nth` allocations
        told["failed"] += 1
        panics = PANIC in (wrong or "") or (died and panicked(printed))
        keeps = (wrong or "").startswith(BEHIND)
        if (panics and name in calls.aborts) or (keeps and name in calls.keeps):
            told["aborts" if panics else "keeps"].append(name)
        elif wrong:
            what = f"{call.name}: when allocation {nth} of {name} fails, it {wrong}"
            events.problem(what, line=call.line, call=call.name)
            break
    else:
        what = f"{call.name} allocates more than {MOST} times: let it work on less"
        events.problem(what, line=call.line, call=call.name)


def panicked(printed):
    return "panicked at" in printed and "non-unwinding panic" in printed


def forked(attempt):
    """What `attempt` tells in a fork, how the fork died if it did, and what it printed."""
    reads, writes = os.pipe()
    with tempfile.TemporaryFile() as printed:
        child = os.fork()
        if child == 0:
            try:
                signal.alarm(SECONDS)
                os.dup2(printed.fileno(), 2)
                for event in attempt():
                    os.write(writes, (json.dumps(event) + "\n").encode())
                os._exit(0)
            except BaseException:
                sys.excepthook(*sys.exc_info())
                os._exit(1)
        os.close(writes)
        found = {}
        with open(reads) as lines:
            for line in lines:
                found.update(json.loads(line))
        status = os.waitpid(child, 0)[1]
        printed.seek(0)
        text = printed.read().decode(errors="replace")
    if status & 127 == signal.SIGALRM:
        return found, f"nothing came of it in {SECONDS} s", text
    died = f"signal {status & 127}" if status & 127 else status and "exit status 1"
    return found, died, text


def attempt(calls, call, index, nth, library):
    usual = Starved(call, library, index, NEVER)
    for _ in range(3):
        usual.run()
    yield {"name": usual.name}
    measure = Measure(calls.arguments())
    starved = Starved(call, library, index, nth)
    for _ in range(WARM_UP):
        starved.run()
    before = measure()
    for _ in range(TIMES):
        starved.run()
    rose = measure.since(before, TIMES // 2)
    wrong = [
        f"ends in {ended.__name__}"
        for ended in starved.ended - usual.ended
        if ended is not None and (ended is SystemError or not issubclass(ended, Exception))
    ]
    if rose and not set(calls.leaks) & call.reached:
        how = ", ".join(f"{name} {change:+,}" for name, change in rose)
        wrong.append(f"{BEHIND}: after {TIMES} times {how}")
    after = Starved(call, library, index, NEVER)
    after.run()
    if after.ended != usual.ended:
        wrong.append("makes the next call end otherwise")
    yield {"failed": starved.failed, "wrong": " and ".join(wrong)}


class Starved(Recorder):
    """A module of which one call to a function, the `only`-th of a run, is starved."""

    def __init__(self, call, library, only, nth):
        super().__init__(call, {})
        self.library, self.only, self.nth = library, only, nth
        self.index, self.name, self.failed, self.ended = 0, None, False, set()

    def run(self):
        self.index = 0
        try:
            self._call.function(self)
        except KeyboardInterrupt:
            raise
        except BaseException:
            pass

    def _noted(self, name, function):
        def noted(*arguments, **named):
            self.index += 1
            if self.index - 1 != self.only:
                return function(*arguments, **named)
            self.name = name
            try:
                result = self.library.call(self.nth, function, arguments, named or arguments)
                self.ended.add(None)
                return result
            except BaseException as error:
                self.ended.add(type(error))
                raise
            finally:
                self.failed |= self.library.allocations() > self.nth
                if self.library.broken():
                    self.ended.add(SystemError)

        return noted


if __name__ == "__main__":
    main()
