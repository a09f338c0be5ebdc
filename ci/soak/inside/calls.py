"""A lesson's calls.py, or a planted one, read in the interpreter that is going to run it.

Whatever is in inside/ runs in every CPython of the course, so it is written for the oldest.
"""

import importlib
import inspect
import itertools
import re
import sys
import types
from pathlib import Path

LISTS = ("LEAKS", "LOST", "WOBBLES", "ABORTS", "KEEPS", "RACES", "HOOKED", "EXPECTED")


class Missing(BaseException):
    """The module has no such function. No Exception, so that no call takes it for a failure."""


class Call:
    """A function of calls.py, for one side."""

    def __init__(self, function, side, module):
        self.function, self.side, self.module = function, side, module
        self.line = function.__code__.co_firstlineno
        self.name = f"{function.__name__}({side})"
        self.reached = set()


class Seen:
    """What calls.py does with one function: the arguments, and how the calls ended."""

    def __init__(self):
        self.arguments = []
        self.succeeded = self.failed = False


class Recorder:
    """A module whose functions are noted when they are called.

    The arguments go through a tuple, so a function that asks whether it has the only reference
    may answer otherwise than without a recorder: nothing is measured through one.
    """

    def __init__(self, call, seen):
        self._call, self._seen = call, seen

    def __getattr__(self, attribute):
        name = f"{self._call.side}.{attribute}"
        try:
            value = getattr(self._call.module, attribute)
        except AttributeError:
            raise Missing(name) from None
        return self._noted(name, value) if callable(value) else value

    def _noted(self, name, function):
        seen = self._seen.setdefault(name, Seen())
        self._call.reached.add(name)

        def noted(*arguments, **named):
            if not named:
                seen.arguments.append(arguments)
            try:
                result = function(*arguments, **named)
            except BaseException:
                seen.failed = True
                raise
            seen.succeeded = True
            return result

        return noted


class Calls:
    """What the file says: its calls, the arguments to watch, and its lists of exceptions."""

    def __init__(self, events):
        job, self.events = events.job, events
        sys.path.insert(0, job["extension"])
        lesson = importlib.import_module(job["module"])
        self.modules = {side: getattr(lesson, side) for side in job["sides"]}
        sources = sorted(Path(job["source"]).glob("**/*.rs"))
        self.rust = "\n".join(path.read_text(encoding="utf-8") for path in sources)
        self.path = job["calls"]
        module = types.ModuleType("calls")
        module.__file__ = self.path
        sys.modules["calls"] = module
        code = compile(Path(self.path).read_text(encoding="utf-8"), self.path, "exec")
        exec(code, vars(module))
        self.space = vars(module)
        self.leaks = self.space.get("LEAKS", {})
        self.lost = self.space.get("LOST", {})
        self.wobbles = self.space.get("WOBBLES", {})
        self.aborts = self.space.get("ABORTS", {})
        self.keeps = self.space.get("KEEPS", {})
        self.races = self.space.get("RACES", {})
        self.calls = [call for function in self._functions() for call in self._of(function)]
        self.seen = {}

    def _functions(self):
        for name, value in list(self.space.items()):
            own = isinstance(value, types.FunctionType) and value.__code__.co_filename == self.path
            if own and not name.startswith("_"):
                yield value

    def _of(self, function):
        """`function`, once for each side that it wants."""
        names = list(inspect.signature(function).parameters)
        sides = ["raw", "safe"] if names == ["side"] else names
        if len(names) == 1 and set(sides) <= set(self.modules):
            return [Call(function, side, self.modules[side]) for side in sides]
        self.events.problem(
            f"{function.__name__} takes one parameter, named `raw`, `safe` or `side`",
            line=function.__code__.co_firstlineno,
            help="what only helps the others gets a name with an underscore in front",
        )
        return []

    def functions(self):
        """Every public function, as pairs of a name, such as raw.f, and the function."""
        for side, module in self.modules.items():
            for name, value in sorted(vars(module).items()):
                if callable(value) and not name.startswith("_"):
                    yield f"{side}.{name}", value

    def arguments(self):
        """The objects of the file and what is in them, as pairs of a name and an object."""
        seen, found = set(), []

        def walk(name, value):
            kinds = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType)
            if isinstance(value, kinds) or id(value) in seen:
                return
            seen.add(id(value))
            found.append((name, value))
            for inner, item in parts(value):
                walk(name + inner, item)

        def parts(value):
            if type(value) in (tuple, list):
                return [(f"[{index}]", item) for index, item in enumerate(value)]
            if type(value) is dict:
                return [(f"[{key!r}]", item) for key, item in value.items()] + [
                    (f"'s key {key!r}", key) for key in value
                ]
            if type(value) in (set, frozenset):
                return [("'s item", item) for item in value]
            if type(value).__module__ == "calls":
                return [(f".{key}", item) for key, item in getattr(value, "__dict__", {}).items()]
            return []

        for name, value in self.space.items():
            if not name.startswith("__") and name not in LISTS:
                walk(name, value)
        return found

    def record(self, recorder=None):
        """Make each call once, and tell what is never called, here or by any of the lists."""
        for call in self.calls:
            self.events.at(call.name)
            try:
                call.function(recorder(call) if recorder else Recorder(call, self.seen))
            except Missing as missing:
                self._missing(call, str(missing))
            except KeyboardInterrupt:
                raise
            except BaseException:
                pass  # what is no Exception is told by the check that repeats the call
        self.calls = [call for call in self.calls if call.reached]
        for name, _ in self.functions():
            if name not in self.seen:
                self.events.problem(f"{name} is never called")
        lists = self.leaks, self.lost, self.wobbles, self.aborts, self.keeps, self.races
        for entry in itertools.chain(*lists):
            side, _, name = entry.partition(".")
            if not (side in self.modules and self._is_in_rust(name)):
                self.events.problem(f"there is no {entry}, which a list of this file names")

    def _missing(self, call, name):
        """`name` is not there: fine where another version has it, since the source does."""
        call.reached.clear()
        if not self._is_in_rust(name.partition(".")[2]):
            self.events.problem(f"there is no {name}", line=call.line)

    def _is_in_rust(self, name):
        return re.search(rf'(fn |struct |c"){re.escape(name)}\b', self.rust) is not None
