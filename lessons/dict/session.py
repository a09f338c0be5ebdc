"""Dicts: a borrowed reference is valid while its container is left alone."""

# %% notebook
from lesson_dict import raw, safe, wrong

d0 = {}
d1 = raw.make_dict()
print(d0 is d1)
print(d0 == d1)
d0["k1"] = "value1"
print(d0)
raw.add_dict_item(d1, "k1", "value1")
print(d1)
print(d0 == d1)

# %% refused_key
for side, add_dict_item in ("safe", safe.add_dict_item), ("raw", raw.add_dict_item):
    try:
        add_dict_item(d1, ["k2"], "value2")
    except TypeError as error:
        print(f"{side:5}  {error}")

# %% cause
try:
    wrong.add_dict_item_ignores_status(d1, ["k2"], "value2")
except Exception as error:
    got = type(error).__name__
    print(got, "caused by", type(error.__cause__).__name__)

# %% shared
from sys import getrefcount

key, value = object(), object()
at_first = getrefcount(key), getrefcount(value)
for side in raw, safe:
    d2 = {}
    side.add_dict_item(d2, key, value)
    added = getrefcount(key) - at_first[0], getrefcount(value) - at_first[1]
    side.del_item(d2, key)
    deleted = getrefcount(key) - at_first[0], getrefcount(value) - at_first[1]
    side.add_dict_item(d2, key, value)
    del d2
    dead = getrefcount(key) - at_first[0], getrefcount(value) - at_first[1]
    print(added, deleted, dead)

# %% absent
for get_item in raw.get_item, raw.get_item_with_error, safe.get_item:
    print(get_item(d0, "k1"), get_item(d0, "k2"))

# %% swallowed
import sys

heard = []


def hear(unraisable):
    heard.append(f"{unraisable.err_msg}: {unraisable.exc_value!r}")


class Moody:
    def __hash__(self):
        return hash("k1")

    def __eq__(self, other):
        raise ZeroDivisionError("not today")


usual_hook, sys.unraisablehook = sys.unraisablehook, hear
for name, get_item in (
    ("raw, GetItem", raw.get_item),
    ("raw, GetItemWithError", raw.get_item_with_error),
    ("safe", safe.get_item),
):
    try:
        answer = get_item(d0, Moody())
    except Exception as error:
        answer = repr(error)
    print(f"{name:21}  {answer}")
sys.unraisablehook = usual_hook
for words in heard:
    print(words)

# %% get_item_ref since="3.13"
print(raw.get_item_ref(d0, "k1"), raw.get_item_ref(d0, "k2"))
try:
    raw.get_item_ref(d0, Moody())
except ZeroDivisionError as error:
    print(repr(error))

# %% evil
class Value:
    """Says when its last reference is released, and stays in memory."""

    def __del__(self):
        released.append(self)


class Key:
    """Equal to "second"; whoever asks makes it take "first" out."""

    def __hash__(self):
        return hash("second")

    def __eq__(self, other):
        seen[side] = getrefcount(shelf["first"])
        del shelf["first"]
        return other == "second"


calls = 1000
released = []
seen = {}
early = {}
for side, get_both in (
    ("safe", safe.get_both),
    ("raw", raw.get_both),
    ("wrong", wrong.get_both_borrows_too_long),
):
    early[side] = 0
    for _ in range(calls):
        shelf = {"first": Value(), "second": "2"}
        both = get_both(shelf, "first", Key())
        early[side] += both[0] in released
        both = None
        released.clear()
    print(f"{side:5}  count {seen[side]}  released early: {early[side]}")

# %% walked
visits = {}


def exchange(key, value):
    visits[side].append(key)
    if key < 100:
        del five[key]
        five[key + 100] = value


for side, for_each in (
    ("safe", safe.for_each),
    ("raw", raw.for_each),
    ("wrong", wrong.for_each_ignores_changes),
):
    visits[side] = []
    five = dict.fromkeys(range(5))
    try:
        for_each(five, exchange)
    except RuntimeError as error:
        print(repr(error))
    print(f"{side:5}  {visits[side]}")
skipped = {name: len(set(range(5)) - set(keys)) for name, keys in visits.items()}

# %% walked_in_python raises="RuntimeError"
side = "python"
visits[side] = []
five = dict.fromkeys(range(5))
for key1, value1 in five.items():
    exchange(key1, value1)

# %% grown kind="edge"
def add_another(key, value):
    growing[len(growing)] = value


for for_each in raw.for_each, safe.for_each:
    growing = {"k1": "value1", "k2": "value2"}
    try:
        for_each(growing, add_another)
    except RuntimeError as error:
        print(repr(error))
    print(growing)

# %% suspended not_on="wasm" why="needs threads"
from threading import Event, Thread


def intrude():
    inside.wait()
    guarded["intruder"] = True
    changed.set()


def wait():
    inside.set()
    return changed.wait()


guarded = {}
inside, changed = Event(), Event()
Thread(target=intrude).start()
print(safe.locked(guarded, wait), guarded)

# %% stale
side = "safe"
shelf = {"first": Value(), "second": "2"}
both = safe.get_both(shelf, "first", Key())
print(type(both[0]).__name__, both[1], shelf)

# %% empty kind="edge"
for side in raw, safe:
    print(side.get_item({}, "k1"), side.get_both({}, "k1", "k2"))
    side.for_each({}, print)

# %% value_is_none kind="edge"
for side in raw, safe:
    print(side.get_item({"k1": None}, "k1"), side.get_item({}, "k1"))

# %% both_present kind="edge"
for side in raw, safe:
    print(side.get_both(d0, "k1", "k1"), side.get_both(d0, "k1", "k2"))

# %% equal_key kind="edge"
for side in raw, safe:
    d3 = {True: "old"}
    side.add_dict_item(d3, 1, "new")
    print(d3)

# %% replaced_value kind="edge"
old = object()
count = getrefcount(old)
for side in raw, safe:
    d3 = {"k1": old}
    side.add_dict_item(d3, "k1", None)
    print(getrefcount(old) - count)

# %% put_back kind="edge"
def move_to_the_end(key, value):
    single[key] = single.pop(key)


for for_each in raw.for_each, safe.for_each:
    single = {"k1": "value1"}
    try:
        for_each(single, move_to_the_end)
    except RuntimeError as error:
        print(repr(error))
    print(single)

# %% later_keys kind="edge"
def exchange_the_last(key, value):
    seen_keys.append(key)
    if "k3" in three:
        three["k4"] = three.pop("k3")


for for_each in raw.for_each, safe.for_each:
    three, seen_keys = {"k1": 1, "k2": 2, "k3": 3}, []
    try:
        for_each(three, exchange_the_last)
    except RuntimeError as error:
        print(repr(error))
    print(seen_keys)

# %% for_each_replaces_values kind="edge"
for side in raw, safe:
    d3 = {"k1": 1, "k2": 2}
    side.for_each(d3, lambda key, value: side.add_dict_item(d3, key, -value))
    print(d3)

# %% set_default kind="edge" since="3.13"
for side in raw, safe:
    d3 = {}
    print(side.set_default(d3, "k1", 1), side.set_default(d3, "k1", 2), d3)

# %% pop kind="edge" since="3.13"
for side in raw, safe:
    d3 = {"k1": old}
    print(side.pop(d3, "k1") is old, side.pop(d3, "k1"), getrefcount(old) - count)

# %% subclass kind="edge"
from collections import defaultdict

for side in raw, safe:
    print(side.get_item(defaultdict(list), "k1"))

# %% del_absent kind="edge"
for side in raw, safe:
    try:
        side.del_item({}, "k1")
    except KeyError as error:
        print(error)

# %% unhashable_raw kind="edge"
sys.unraisablehook = hear
heard.clear()
print(raw.get_item(d0, ["k1"]), heard)
sys.unraisablehook = usual_hook

# %% unhashable_with_error kind="edge" raises="TypeError"
raw.get_item_with_error(d0, ["k1"])

# %% unhashable_safe kind="edge" raises="TypeError"
safe.get_item(d0, ["k1"])

# %% key_error kind="edge"
class Lost(Moody):
    def __eq__(self, other):
        raise KeyError("lost")

    __hash__ = Moody.__hash__


sys.unraisablehook = hear
heard.clear()
print(raw.get_item(d0, Lost()), heard)
sys.unraisablehook = usual_hook

# %% not_a_dict kind="edge"
for side in raw, safe:
    try:
        side.get_item([], 0)
    except TypeError as error:
        print(error)

# %% function_raises kind="edge"
for side in raw, safe:
    count = getrefcount(old)
    for _ in range(calls):
        try:
            side.for_each({"k1": old, "k2": old}, hash)
        except TypeError:
            pass
    print(getrefcount(old) - count)

# %% failing kind="edge"
for side in raw, safe:
    count = getrefcount(old)
    for _ in range(calls):
        try:
            side.add_dict_item({}, [old], old)
        except TypeError:
            pass
    print(getrefcount(old) - count)
