"""How another thread can change a thing that a function looks at.

A change is made while a function looks: what was there may die. So each puts fresh objects in
place beforehand, of which nobody else has a reference.
"""

import collections.abc
import copy
import gc
import types
import weakref


class Specimen:
    """One object that is put in and out of places, and must have as many references afterwards."""


specimen = Specimen()


def like(value):
    """A fresh object that does as `value` does, if one can be made."""
    kind = type(value)
    if kind is int:
        return int(str(value)) if abs(value) < 1 << 64 else value
    if kind is str:
        return "".join(list(value))
    if kind is tuple:
        return tuple([like(item) for item in value])
    if kind is types.ModuleType:
        made = types.ModuleType(value.__name__)
        vars(made).update(vars(value))
        return made
    if kind is types.FunctionType:
        made = types.FunctionType(
            value.__code__, value.__globals__, value.__name__, value.__defaults__, value.__closure__
        )
        made.__kwdefaults__ = value.__kwdefaults__
        return made
    if kind is type and value.__module__ == "calls":
        return type(value.__name__, (value,), {})
    if kind is object:
        return object()
    try:
        return copy.copy(value)
    except Exception:
        return value


class List(list):
    pass


class Dict(dict):
    pass


class Tuple(tuple):
    pass


class Float(float):
    pass


class Int(int):
    pass


# CPython keeps some dead objects of these types for the next ones, and they look alive. Not of
# a subclass.
MORTAL = {list: List, dict: Dict, tuple: Tuple, float: Float, int: Int}


class Change:
    """Something that an argument reaches, changed in one way.

    `prepare` gives the arguments to call with, `change` is what happens meanwhile, and `undo`
    makes everything as it was. All three run in the thread that changes: it owns what it makes,
    so what it lets go of dies at once.
    """

    def __init__(self, what, arguments):
        self.what, self.arguments = what, arguments

    def prepare(self):
        return self.arguments

    def change(self):
        raise NotImplementedError

    def undo(self):
        pass


class Place(Change):
    """A place that holds an object: it is filled with `fill`, then with something else."""

    def __init__(self, what, arguments, get, put, remove, empty=lambda: List([object()])):
        super().__init__(what, arguments)
        self.get, self.put, self.remove, self.empty = get, put, remove, empty

    def prepare(self):
        self.kept = self.get()
        self.fill()
        return self.arguments

    def undo(self):
        # An empty place holds NONE; what the call itself put there goes as well.
        if self.kept is NONE:
            self.quietly(self.remove)
        else:
            self.quietly(lambda: self.put(self.kept))
        del self.kept

    def quietly(self, act):
        try:
            act()
        except (KeyError, IndexError, AttributeError, TypeError):
            pass  # the call has taken the place itself away

    def fill(self):
        self.quietly(lambda: self.put(self.fresh()))

    def fresh(self):
        return self.empty() if self.kept is NONE else like(self.kept)

    def change(self):
        self.fill()


class Mortal(Place):
    """What is in the place is of a subclass, and dies when it is let go."""

    def fresh(self):
        made = super().fresh()
        return MORTAL[type(made)](made) if type(made) in MORTAL else made


class Collected(Place):
    """Some objects die only when the collector runs, which waits until each thread may stop."""

    def change(self):
        super().change()
        gc.collect()


class Taken(Mortal):
    """The place becomes empty."""

    def change(self):
        self.quietly(self.remove)


class Other(Mortal):
    """Something of another kind comes into the place."""

    def change(self):
        self.quietly(lambda: self.put([object()]))


class Exchanged(Place):
    """The specimen is put into the place, and out of it."""

    def fresh(self):
        return specimen

    def change(self):
        there = self.get() is specimen
        self.quietly(lambda: self.put(None if there else specimen))


NONE = object()  # what an empty place holds


class Whole(Change):
    """A container: its copy is kept, and it is filled with fresh items."""

    def __init__(self, what, arguments, value):
        super().__init__(what, arguments)
        self.value = value

    def prepare(self):
        self.kept = copy.copy(self.value)
        self.set(self.fresh())
        return self.arguments

    def fresh(self):
        if isinstance(self.value, (dict, collections.abc.MutableMapping)):
            return {key: like(value) for key, value in self.kept.items()}
        if isinstance(self.value, bytearray):
            return self.kept
        return [like(item) for item in self.kept]

    def set(self, items):
        if isinstance(self.value, (list, bytearray)):
            self.value[:] = items
        else:
            self.value.clear()
            (getattr(self.value, "update", None) or self.value.extend)(items)

    def change(self):
        self.set(self.fresh())

    def undo(self):
        self.set(self.kept)
        del self.kept


class Emptied(Whole):
    def change(self):
        self.value.clear()


class Grown(Whole):
    """It becomes so long that it moves."""

    def change(self):
        if isinstance(self.value, dict):
            self.value.update({object(): object() for _ in range(20)})
        elif isinstance(self.value, set):
            self.value.update([object() for _ in range(20)])
        else:
            self.value.extend(bytes(40) if type(self.value) is bytearray else [object()] * 40)


class Turned(Whole):
    """The first item comes to the end: as many as before, and others."""

    def change(self):
        if isinstance(self.value, dict):
            for key in list(self.value)[:1]:
                self.value[key] = like(self.value.pop(key))
        elif isinstance(self.value, list):
            self.value[:] = [like(item) for item in self.value[1:] + self.value[:1]]
        else:
            self.set(self.fresh())


class Class(Change):
    """An instance gets another class, and its own again."""

    def __init__(self, what, arguments, value):
        super().__init__(what, arguments)
        self.value, self.own = value, type(value)
        self.twin = type(self.own.__name__, (self.own,), {"__slots__": ()})

    def change(self):
        self.value.__class__ = self.own if type(self.value) is self.twin else self.twin

    def undo(self):
        self.value.__class__ = self.own


class Died(Change):
    """What a weak reference refers to dies."""

    def __init__(self, what, arguments, position):
        super().__init__(what, arguments)
        self.position = position

    def prepare(self):
        old = self.arguments[self.position]()
        self.alive = like(old)
        weak = weakref.ref(self.alive)
        return (*self.arguments[: self.position], weak, *self.arguments[self.position + 1 :])

    def change(self):
        self.alive = None


class Advanced(Change):
    """An iterator is moved on."""

    def __init__(self, what, arguments, value):
        super().__init__(what, arguments)
        self.value = value

    def change(self):
        try:
            next(self.value, None)
        except Exception:
            pass


class Called(Change):
    """Somebody else calls a function: of its calls, the next one each time."""

    turn = 0

    def __init__(self, what, arguments, calls):
        super().__init__(what, arguments)
        self.calls = calls

    def change(self):
        Called.turn += 1
        try:
            self.calls[Called.turn % len(self.calls)]()
        except BaseException:
            pass  # what it ends in is its own affair
