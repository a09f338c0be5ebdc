"""Exceptions: everything owned here is released on every exit."""

# %% not_iterable raises="TypeError"
from lesson_exception import raw, safe, wrong

raw.function_with_exception(1)

# %% intentional raises="RuntimeError"
tup = ("value0", "value1")
raw.function_with_exception(tup)

# %% exits kind="edge"
class Told:
    """Writes down its name when it is released."""

    def __init__(self, name, last=None):
        self.name, self.last = name, last

    def __del__(self):
        released.append(self.name)


class Steps(Told):
    """An iterator with one item, which nobody but the list will hold."""

    item = "list"

    def __next__(self):
        if self.item is None:
            raise self.last
        name, self.item = self.item, None
        return Told(name)


class Makes:
    """Its iterator is new, and nobody else holds it."""

    def __init__(self, last):
        self.last = last

    def __iter__(self):
        return Steps("iterator", self.last)


owned, reaches = {}, {}
for path, iterable in (
    ("no iterator", 1),
    ("half-way", Makes(ValueError)),
    ("the end", Makes(StopIteration)),
):
    released = []
    try:
        raw.function_with_exception(iterable)
    except Exception as error:
        reaches[path] = type(error).__name__
    owned[path] = released
    print(f"{path:11}  {reaches[path]:12}  {owned[path]}")

# %% leaks
from sys import getrefcount


class Walk:
    """Its own iterator: yields its items, then raises `last`."""

    def __init__(self, items, last):
        self.items, self.last = items, last

    def __iter__(self):
        self.left = list(self.items)
        return self

    def __next__(self):
        if self.left:
            return self.left.pop(0)
        raise self.last("half-way")


calls = 1000
item = object()
walk = Walk([item], ValueError)
rose = {}
for side, function_with_exception in (
    ("safe", safe.function_with_exception),
    ("raw", raw.function_with_exception),
    ("wrong", wrong.function_with_exception_leaks_on_error),
):
    before = getrefcount(item), getrefcount(walk)
    for _ in range(calls):
        try:
            function_with_exception(walk)
        except ValueError:
            pass
    rose[side, "item"] = getrefcount(item) - before[0]
    rose[side, "walk"] = getrefcount(walk) - before[1]
    print(
        f"{side:5}  item rose by {rose[side, 'item']:4}"
        f"  iterator rose by {rose[side, 'walk']:4}"
    )

# %% half_way
def half_way():
    yield "value0"
    yield "value1"
    raise ValueError("half-way")


caught = {}
for side, function_with_exception in (
    ("safe", safe.function_with_exception),
    ("raw", raw.function_with_exception),
    ("wrong", wrong.function_with_exception_hides_the_error),
):
    try:
        function_with_exception(half_way())
    except Exception as error:
        caught[side] = repr(error)
        print(f"{side:5}  {caught[side]}")
        print(f"       cause {error.__cause__}, context {error.__context__}")

# %% another_exit
ends = Walk([item], StopIteration)
before_end = getrefcount(item)
for _ in range(calls):
    try:
        wrong.function_with_exception_leaks_on_error(ends)
    except RuntimeError:
        pass
print(getrefcount(item) - before_end)

# %% replaced
try:
    raw.replace(1)
except RuntimeError as error:
    print(repr(error))
    print("cause  ", repr(error.__cause__))
    print("context", repr(error.__context__))

# %% interrupted
class Interrupted:
    def __iter__(self):
        raise KeyboardInterrupt


for side in raw, safe:
    for function in side.replace, side.chain:
        try:
            function(Interrupted())
        except BaseException as error:
            print(repr(error))

# %% handled
try:
    {}["key"]
except KeyError:
    for side, replace in ("safe", safe.replace), ("raw", raw.replace):
        try:
            replace(1)
        except RuntimeError as error:
            print(f"{side:5}  context {error.__context__!r}")

# %% chained
for side, chain in ("safe", safe.chain), ("raw", raw.chain):
    try:
        chain(1)
    except RuntimeError as error:
        print(f"{side:5}  cause {error.__cause__!r}")
        print(f"       context {error.__context__!r}")

# %% released
class Refusal(Exception):
    def __del__(self):
        print("  the refusal is released")


class Refuses:
    def __iter__(self):
        raise Refusal


for name, function in ("replace", raw.replace), ("chain", raw.chain):
    print(name)
    try:
        function(Refuses())
    except RuntimeError as error:
        print("  caught", repr(error))

# %% keeps
class Local:
    def __del__(self):
        print("the local is released")


def fails():
    local = Local()
    yield "value0"
    raise ValueError("half-way")


try:
    safe.function_with_exception(fails())
except ValueError as error:
    kept_error = error
traceback = kept_error.__traceback__.tb_next
frame = traceback.tb_frame
for owner in kept_error, traceback, frame:
    print(type(owner).__name__)
print(*frame.f_locals)
del traceback, frame, owner
print("only the exception is kept")
kept_error.__traceback__ = None
print("without its traceback")

# %% panics raises="PanicException"
safe.pick("ab", 5)

# %% panic_class kind="edge"
try:
    safe.pick("ab", 5)
except safe.PanicException as error:
    print(*(kind.__name__ for kind in type(error).__mro__))

# %% panic_counts
kept = {}
for side, pick in (
    ("safe", safe.pick),
    ("raw", raw.pick),
    ("wrong", wrong.pick_leaks_on_panic),
):
    count = getrefcount(item)
    try:
        pick([item], 5)
    except BaseException:
        pass
    kept[side] = getrefcount(item) - count
    print(f"{side:5}  item rose by {kept[side]}")

# %% flattened
print(safe.list_what_comes(half_way()))

# %% lecture kind="edge"
lecture = []
for side in raw, safe:
    for argument in 1, ("first value", "second value"):
        try:
            side.function_with_exception(argument)
        except Exception as error:
            lecture.append(f"{type(error).__name__}: {error}")
print(*lecture, sep="\n")

# %% empty_and_single kind="edge"
for iterable in (), [], iter(()), {"one"}:
    for side in raw, safe:
        try:
            side.function_with_exception(iterable)
        except RuntimeError as error:
            print(error)

# %% raises_at_once kind="edge"
for side in raw, safe:
    try:
        side.function_with_exception(Walk([], ValueError))
    except Exception as error:
        print(repr(error))

# %% iter_raises kind="edge"
for side in raw, safe:
    try:
        side.function_with_exception(Refuses())
    except Refusal as error:
        print(repr(error))

# %% no_iterator kind="edge" raises="TypeError"
class Pretends:
    def __iter__(self):
        return 1


raw.function_with_exception(Pretends())

# %% passes_through kind="edge"
for last in KeyboardInterrupt, SystemExit:
    for side in raw, safe:
        try:
            side.function_with_exception(Walk([item], last))
        except BaseException as error:
            print(repr(error))

# %% finalizer kind="edge"
class Busy:
    """Raises and catches an exception of its own while it is released."""

    def __del__(self):
        try:
            1 / 0
        except ZeroDivisionError:
            print("released")


def busy():
    yield Busy()
    raise ValueError("half-way")


for side in raw, safe:
    try:
        side.function_with_exception(busy())
    except Exception as error:
        print(repr(error), repr(error.__context__))

# %% hidden kind="edge"
unhidden = getrefcount(item), getrefcount(walk)
for _ in range(calls):
    try:
        wrong.function_with_exception_hides_the_error(walk)
    except RuntimeError:
        pass
print(getrefcount(item) - unhidden[0], getrefcount(walk) - unhidden[1])

# %% replace_and_chain_succeed kind="edge"
for side in raw, safe:
    print(list(side.replace("ab")), list(side.chain("ab")))

# %% chained_while_handling kind="edge"
try:
    {}["key"]
except KeyError:
    for side in raw, safe:
        try:
            side.chain(1)
        except RuntimeError as error:
            print(repr(error.__cause__), repr(error.__context__))

# %% picked kind="edge"
print(raw.pick("ab", 1), safe.pick("ab", 1))

# %% counts kind="edge"
class NotIterable:
    pass


for path, argument in (
    ("not iterable", NotIterable()),
    ("raises at once", Walk([], ValueError)),
    ("raises half-way", Walk([item], ValueError)),
    ("intentional", Walk([item], StopIteration)),
):
    for side in raw, safe:
        before_path = getrefcount(item), getrefcount(argument)
        for _ in range(calls):
            try:
                side.function_with_exception(argument)
            except Exception as error:
                kind = type(error).__name__
        after_path = getrefcount(item), getrefcount(argument)
        print(f"{path:15}  {kind:12}  {after_path == before_path}")
