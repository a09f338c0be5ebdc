"""What Python expressions make: the arguments that draw.py draws can be read, and typed again.

An expression makes its object afresh for each call, so nothing else holds it.
"""

import copy
import gc
import operator

ENDLESS = 50  # how many items come out of what would never end


class Stop(BaseException):
    """What an argument raises to pass through everything that catches Exception."""


class State:
    """What a hostile object can reach: the call it is an argument of."""

    function, arguments, deep, recorded = None, [], 0, []


USE = {
    "__bool__": bool,
    "__call__": lambda self: self(),
    "__contains__": lambda self: 0 in self,
    "__eq__": lambda self: self == 0,
    "__float__": float,
    "__getattr__": lambda self: self.anything,
    "__getitem__": lambda self: self[0],
    "__hash__": hash,
    "__index__": operator.index,
    "__int__": int,
    "__iter__": iter,
    "__len__": len,
    "__lt__": lambda self: self < 0,
    "__next__": next,
    "__setattr__": lambda self: setattr(self, "anything", 0),
    "__str__": str,
}


def raises(self):
    raise ValueError("hostile")


def stops(self):
    raise Stop


def ends(self):
    raise StopIteration


def mutates(self):
    """Empties whatever the function was called with, and lets go of it."""
    arguments, State.arguments = State.arguments, []
    for argument in arguments:
        if isinstance(argument, (list, dict, set, bytearray)):
            argument.clear()
    del arguments, argument
    gc.collect()
    return self


def reenters(self):
    """Calls the function again, with itself."""
    State.deep += 1
    try:
        return State.function(*[self] * len(State.arguments)) if State.deep < 3 else None
    finally:
        State.deep -= 1


def turns(self):
    """Becomes something else."""
    self.__class__ = Other
    return 1


class Other:
    pass


VALUES = {
    "itself": lambda self: self,
    "nothing": lambda self: None,
    "zero": lambda self: 0,
    "less": lambda self: -1,
    "more": lambda self: 1 << 100,
    "text": lambda self: "text",
    "items": lambda self: iter([self, self]),
    "notimplemented": lambda self: NotImplemented,
}
ACTS = {f.__name__: f for f in (raises, stops, ends, mutates, reenters, turns)}
BASES = [object, int, float, str, bytes, tuple, list, dict, set, ValueError]


def hostile(base, **acts):
    """An object of a subclass of `base`, of which each method named does as it is told."""
    body = {name: method(name, act) for name, act in acts.items()}
    shown = ", ".join([base.__name__, *(f"{name}={act!r}" for name, act in acts.items())])
    body["__repr__"] = lambda self: f"hostile({shown})"
    return type("Hostile", (base,), body)()


def method(name, act):
    left = [ENDLESS]

    def does(self, *arguments, **named):
        left[0] -= 1
        if left[0] < 0 and act != "recurses":
            raise StopIteration if name == "__next__" else ValueError("enough")
        if act == "recurses":
            return USE[name](self)
        return (ACTS.get(act) or VALUES[act])(self)

    return does


def generator(*items, act="nothing"):
    yield from items
    (ACTS.get(act) or VALUES[act])(None)


def recorded(call, position):
    """An argument that calls.py uses in some call; a copy of what can be changed."""
    calls = [each for each in State.recorded if position < len(each)] or State.recorded
    arguments = calls[call % len(calls)]
    argument = arguments[min(position, len(arguments) - 1)]
    return copy.copy(argument) if type(argument) in (list, dict, set, bytearray) else argument


SPACE = {
    "generator": generator,
    "hostile": hostile,
    "nan": float("nan"),
    "inf": float("inf"),
    "recorded": recorded,
}


def make(expression):
    return eval(expression, dict(SPACE))
