"""What the arguments of a call reach, and every change of it."""

import collections.abc
import functools
import sys
import types
import weakref

from changes import (
    NONE,
    Advanced,
    Class,
    Collected,
    Died,
    Emptied,
    Exchanged,
    Grown,
    Mortal,
    Other,
    Place,
    Taken,
    Turned,
    Whole,
)

DEPTH = 3  # how far from an argument
KEYS = 3  # of one container
SPECIAL = {"__bool__", "__call__", "__eq__", "__getattr__", "__hash__", "__index__", "__iter__"}
SPECIAL |= {"__len__", "__next__", "__repr__"}
WAYS = (
    (Place, "replaces {}"),
    (Mortal, "replaces {} by one of a subclass"),
    (Taken, "takes away {}"),
    (Other, "puts something else in the place of {}"),
    (Exchanged, "exchanges {} for another and back"),
)


def changes(arguments, names):
    """All changes of what these arguments reach, and of what has one of these names."""
    reach = Reach(arguments)
    for index, value in enumerate(arguments):
        reach.walk(f"argument {index + 1}", value)
        if type(value) is weakref.ref and value() is not None:
            what = f"lets the referent of argument {index + 1} die"
            reach.found.append(Died(what, arguments, index))
    for name in sorted({*names, *reach.texts}):
        if hasattr(sys, name) or name in reach.texts:
            reach.places(f"`sys.{name}`", *attribute(sys, name))
        if name in sys.modules or name in reach.texts:
            module = functools.partial(types.ModuleType, name)
            reach.places(f"`sys.modules[{name!r}]`", *item(sys.modules, name), module)
    return reach.found


class Reach:
    """What arguments reach: no nested functions, which would hold each other and the arguments."""

    def __init__(self, arguments):
        self.arguments, self.found, self.seen = arguments, [], set()
        self.texts = {text for text in arguments if type(text) is str and text.isidentifier()}

    def add(self, way, what, *more):
        self.found.append(way(what, self.arguments, *more))

    def places(self, what, *place):
        deferred = isinstance(place[0](), (type, types.ModuleType, types.FunctionType))
        for way, does in [*WAYS, (Collected, "replaces and collects {}")][: len(WAYS) + deferred]:
            self.add(way, does.format(what), *place)

    def walk(self, what, value, depth=0):
        if id(value) in self.seen or depth > DEPTH:
            return
        self.seen.add(id(value))
        if value is sys.modules:
            return
        if isinstance(value, (list, dict, set, bytearray, collections.deque)):
            self.container(what, value)
        for inner, item in parts(value):
            self.walk(f"{inner} of {what}", item, depth + 1)
        if isinstance(value, collections.abc.Iterator):
            self.add(Advanced, f"advances {what}", value)
        self.attributes(what, value, depth)

    def container(self, what, value):
        self.add(Whole, f"replaces the items of {what}", value)
        self.add(Emptied, f"empties {what}", value)
        self.add(Grown, f"appends to {what}", value)
        self.add(Turned, f"moves the items of {what}", value)
        keys = []
        if isinstance(value, list) and value:
            keys = sorted({0, len(value) - 1})
        elif isinstance(value, dict):
            keys = [*value][:KEYS] + [key for key in self.arguments if hashable(key)]
        for key in keys:
            self.places(f"item {key!r:.20} of {what}", *item(value, key))

    def attributes(self, what, value, depth):
        """Only what calls.py has made has attributes that can be changed without harm."""
        mine = isinstance(value, type) and value.__module__ == "calls"
        instance = type(type(value)) is type and type(value).__module__ == "calls"
        module = type(value) is types.ModuleType
        if mine or instance or module:
            own = vars(value) if hasattr(value, "__dict__") else {}
            for name in sorted({*own, *self.texts}):
                if not name.startswith("__") or name in SPECIAL:
                    self.places(f"attribute `{name}` of {what}", *attribute(value, name))
                    self.walk(f"attribute `{name}` of {what}", own.get(name), depth + 1)
        if isinstance(value, types.FunctionType) and value.__module__ == "calls":
            self.places(f"the code of {what}", *code(value))
        if instance:
            if hasattr(value, "__dict__"):
                self.add(Class, f"changes the class of {what}", value)
            self.walk(f"class `{type(value).__name__}`", type(value), depth + 1)


def parts(value):
    """What can be reached from a value in one step, apart from attributes."""
    if isinstance(value, (list, tuple)):
        return [(f"item {index}", item) for index, item in enumerate(value[:KEYS])]
    if isinstance(value, dict):
        return [(f"item {key!r:.20}", item) for key, item in [*value.items()][:KEYS]]
    if isinstance(value, types.MethodType):
        return [("the object", value.__self__), ("the function", value.__func__)]
    if isinstance(value, weakref.ref):
        return [("the referent", value())]
    return []


def hashable(value):
    try:
        return hash(value) is not None
    except Exception:
        return False


def item(container, key):
    def get():
        try:
            return container[key]
        except Exception:
            return NONE

    return (
        get,
        functools.partial(container.__setitem__, key),
        functools.partial(container.__delitem__, key),
    )


def attribute(value, name):
    own = vars(value) if hasattr(value, "__dict__") else {}
    base = type if isinstance(value, type) else object  # not what the class makes of it
    return (
        lambda: own.get(name, NONE),
        functools.partial(base.__setattr__, value, name),
        functools.partial(base.__delattr__, value, name),
    )


def code(function):
    def put(code):
        if not isinstance(code, types.CodeType):
            raise TypeError
        function.__code__ = code.replace(co_name="replaced")

    def remove():
        raise TypeError

    return lambda: function.__code__, put, remove
