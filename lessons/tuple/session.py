"""Tuples: who owns the items, and who may fill one."""

# %% first
import sys, lesson_tuple as lesson
reverse = lesson.wrong.reverse_tuple_leaks_result
thing = object()
for _ in range(1000):
    assert reverse((1, thing)) == (thing, 1)
print(sys.getrefcount(thing) - 2)

# %% three
from sys import getrefcount

from lesson_tuple import raw, safe, wrong

calls = 1000
rose = {}
for specimen in (object(), 2):
    kind = type(specimen).__name__
    pair = ("value0", specimen)
    for side, reverse_tuple in (
        ("safe", safe.reverse_tuple),
        ("raw", raw.reverse_tuple),
        ("wrong", wrong.reverse_tuple_leaks_result),
    ):
        equal = reverse_tuple(pair) == (specimen, "value0")
        before = getrefcount(specimen)
        for _ in range(calls):
            reverse_tuple(pair)
        rose[kind, side] = getrefcount(specimen) - before
        print(f"{kind:6}  {side:5}  equal: {equal}  rose by {rose[kind, side]}")

# %% twice
both = object()
at_first = getrefcount(both)
wrong.reverse_tuple_leaks_result((both, both))
twice = getrefcount(both) - at_first
print(twice)

# %% notebook
tv0 = "value0"
tv1 = object()
tup = (tv0, tv1)
with_tuple = getrefcount(tv1)
print(with_tuple)
rtup = raw.reverse_tuple(tup)
with_both = getrefcount(tv1)
print(with_both)

# %% reverses
print(safe.reverse_tuple(("a", "b", "c")))
print(raw.reverse_tuple(("a", "b", "c")))
print(wrong.reverse_tuple_keeps_order(("a", "b", "c")))

# %% from_array since="3.15"
from_array = raw.reverse_tuple_from_array
before_array = getrefcount(tv1)
print(from_array(tup) == rtup)
for _ in range(calls):
    from_array(tup)
after_array = getrefcount(tv1)
print("rose by", after_array - before_array)

# %% sole_owner raises="SystemError"
shared = tuple("ab")
raw.set_item(shared, 0, "c")

# %% borrowed_argument
def fill(item):
    pair = tuple("ab")
    try:
        raw.set_item(pair, 0, item)
    except SystemError:
        return "refused", pair
    return "changed", pair


print(*fill("c"))

# %% consumed
item = object()
spare = [item] * (2 * calls)
full = (None, None)
fell = {}
for side, set_item in (
    ("safe", safe.set_item),
    ("raw", raw.set_item),
    ("wrong", wrong.set_item_releases_twice),
):
    count = getrefcount(item)
    for _ in range(calls):
        try:
            set_item(full, 0, item)
        except (SystemError, TypeError):
            pass
    fell[side] = count - getrefcount(item)
    print(f"{side:5}  fell by {fell[side]}")

# %% repaired
for _ in range(calls):
    wrong.reverse_tuple_leaks_result((item,))
repaired = getrefcount(item) - count
print(repaired)

# %% safe_set_item raises="TypeError"
safe.set_item(("a", "b"), 0, "c")

# %% half_built
import gc

row = ["a"], ["b"], ["c"]


def watch(item):
    for holder in gc.get_referrers(row[2]):
        if type(holder) is tuple and holder is not row:
            print("half-built:", holder)


print(safe.reverse_tuple_watched(row, watch))

# %% empty kind="edge"
nothing = ()
print(raw.reverse_tuple(nothing) is nothing, safe.reverse_tuple(nothing) is nothing)

# %% single kind="edge"
print(raw.reverse_tuple((None,)), safe.reverse_tuple((None,)))

# %% subclass kind="edge"
from collections import namedtuple

Point = namedtuple("Point", "x y")
for reverse_tuple in raw.reverse_tuple, safe.reverse_tuple:
    print(type(reverse_tuple(Point(1, 2))).__name__, reverse_tuple(Point(1, 2)))

# %% not_a_tuple kind="edge" raises="TypeError"
raw.reverse_tuple([1, 2])

# %% get_first kind="edge"
print(raw.get_item(("a", "b"), 0), safe.get_item(("a", "b"), 0))

# %% get_outside kind="edge"
for items, index in (("a", "b"), 2), (("a", "b"), -1), (["a", "b"], 0):
    for side in raw, safe:
        try:
            side.get_item(items, index)
        except Exception as error:
            print(f"{type(error).__name__}: {error}")
