"""Arguments as Python expressions: what Hypothesis finds can be read, and typed again.

An expression makes its object afresh for each call, so nothing else holds it.
"""

import copy
import gc
import operator

from hypothesis import strategies as st

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
METHODS = [*USE, "__del__"]


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


def recorded(index, position):
    """An argument that calls.py uses; a copy of what can be changed."""
    argument = State.recorded[index][position]
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


EDGES = [2**n + k for n in (0, 7, 8, 15, 16, 30, 31, 32, 60, 62, 63, 64, 100) for k in (-1, 0, 1)]
SIMPLE = """None True False ... NotImplemented object() int type str len print (lambda*a:0) iter([])
    range(3) memoryview(b'ab') bytearray(b'ab') 1j slice(1) ValueError('x') KeyError ''.join
    type('T',(),{}) frozenset() zip() generator() float('1e300') Ellipsis.__class__""".split()


def expressions():
    """Any Python object, as the text that makes it."""
    acts = st.dictionaries(
        st.sampled_from(list(USE)),
        st.sampled_from([*ACTS, *VALUES, "recurses"]),
        max_size=4,
    )
    dies = st.sampled_from([{}, {}, {}] + [{"__del__": act} for act in ("raises", "mutates", "turns")])
    text = st.text(st.characters() | st.sampled_from("\0\ud800\udfff\U0010ffff"))
    leaves = st.one_of(
        st.sampled_from(SIMPLE),
        st.builds(hostile_text, st.sampled_from(BASES), acts, dies),
        st.integers().map(repr),
        st.sampled_from([*EDGES, *(-edge for edge in EDGES)]).map(repr),
        st.floats().map(repr),
        text.map(ascii),
        st.binary(max_size=40).map(repr),
    )
    return st.recursive(leaves, nested, max_leaves=6)


def nested(inner):
    items = st.lists(inner, max_size=4)
    generates = st.tuples(items, st.sampled_from([*ACTS, "nothing"]))
    hashable = st.integers().map(repr) | st.sampled_from(["'key'", "None", "1.5"])
    return st.one_of(
        items.map(lambda parts: f"[{', '.join(parts)}]"),
        items.map(lambda parts: f"({''.join(part + ', ' for part in parts)})"),
        st.lists(st.tuples(hashable, inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
        st.lists(hashable, min_size=1, max_size=3).map(lambda parts: "{" + ", ".join(parts) + "}"),
        generates.map(lambda made: f"generator({', '.join([*made[0], f'act={made[1]!r}'])})"),
    )


def hostile_text(base, acts, dies):
    told = [f"{name}={act!r}" for name, act in {**acts, **dies}.items()]
    return f"hostile({', '.join([base.__name__, *told])})"
