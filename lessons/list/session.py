"""Lists: who owns the items, and what a NULL from an iterator means."""

# %% notebook
from sys import getrefcount

from lesson_list import raw, safe, wrong

v0 = "first value"
v1 = object()
tup = (v0, v1)
with_tuple = getrefcount(v1)
print(with_tuple)
lst = raw.make_list_from_iterator(tup)
with_list = getrefcount(v1)
print(with_list)
print(lst == list(tup), safe.make_list_from_iterator(tup) == lst)

# %% shared
thing = object()
for side in raw, safe:
    before_append, after_append = side.append([], thing)
    before_set, after_set = side.set_item([None], 0, thing)
    print(
        f"append {after_append - before_append:+}"
        f"  set_item {after_set - before_set:+}"
    )

# %% leaks
calls = 1000
item = object()
pair = (item, item)
whole = getrefcount(item)
leaked = {}
for side, make_list in (
    ("safe", safe.make_list_from_iterator),
    ("raw", raw.make_list_from_iterator),
    ("wrong", wrong.make_list_from_iterator_leaks_items),
):
    count = getrefcount(item)
    for _ in range(calls):
        make_list(pair)
    leaked[side] = getrefcount(item) - count
    print(f"{side:5}  rose by {leaked[side]}")

# %% released
class Loud:
    def __del__(self):
        print("released, and the new item is in its place:", place[0] is thing)


for side in raw, safe:
    place = [Loud()]
    print("before")
    side.set_item(place, 0, thing)
    print("after")

# %% consumed
in_place = [item]
fell = {}
for side, set_item in (
    ("safe", safe.set_item),
    ("raw", raw.set_item),
    ("wrong", wrong.set_item_releases_item),
):
    for index in 0, 1:
        count = getrefcount(item)
        for _ in range(calls):
            try:
                set_item(in_place, index, item)
            except IndexError:
                pass
        fell[side, index] = count - getrefcount(item)
        print(f"{side:5}  index {index}  fell by {fell[side, index]}")
balance = getrefcount(item) - whole
print("left over", balance)

# %% steps raises="ValueError"
def half_way(*items):
    yield from items
    raise ValueError("half-way")


letters = iter("a")
print(raw.next(letters, "the end"))
print(raw.next(letters, "the end"))
letters = half_way("a")
print(raw.next(letters, "the end"))
print(raw.next(letters, "the end"))

# %% next_item since="3.14" raises="ValueError"
print(raw.next_item(iter("a"), "the end"), raw.next_item(iter(""), "the end"))
raw.next_item(half_way(), "the end")

# %% half_way_taken_for_end
try:
    wrong.make_list_from_iterator_takes_error_for_end(half_way("a", "b"))
except Exception as error:
    answered = type(error).__name__
    print(repr(error))
    print("cause", repr(error.__cause__))

# %% held_on_the_way
def counted(thing):
    at_start = getrefcount(thing)
    yield thing
    held.append(getrefcount(thing) - at_start)
    yield thing
    held.append(getrefcount(thing) - at_start)
    raise ValueError("half-way")


held = []
count = getrefcount(item)
try:
    raw.make_list_from_iterator(counted(item))
except ValueError:
    pass
held.append(getrefcount(item) - count)
print(held)

# %% survived
survived = {}
for side, make_list in (
    ("safe", safe.make_list_from_iterator),
    ("raw", raw.make_list_from_iterator),
):
    count = getrefcount(item)
    for _ in range(calls):
        try:
            make_list(half_way(item, item))
        except ValueError:
            pass
    survived[side] = getrefcount(item) - count
    print(f"{side:5}  rose by {survived[side]}")

# %% not_iterable raises="TypeError"
raw.make_list_from_iterator(1)

# %% not_iterable_unchecked crashes="SIGSEGV"
wrong.make_list_from_iterator_ignores_null(1)

# %% filled
from sys import maxsize

print(raw.fill("x", "abc"), safe.fill("x", "abc"))
too_long = range(maxsize)
kept = {}
for side, fill in ("safe", safe.fill), ("raw", raw.fill):
    count = getrefcount(item)
    try:
        fill(item, too_long)
    except MemoryError as error:
        kept[side] = getrefcount(item) - count
        print(f"{side:5}  {error!r}  rose by {kept[side]}")

# %% filled_unchecked kind="edge" crashes="SIGSEGV"
wrong.fill_ignores_null(item, too_long)

# %% hole not_on="wasm" why="it ends Python there"
holes = {}
for side, fill in (
    ("safe", safe.fill),
    ("raw", raw.fill),
    ("wrong", wrong.fill_leaves_a_hole),
):
    holed = fill("x", "abc")
    holes[side] = str(holed).count("NULL")
    print(f"{side:5}  {len(holed)} places  {holed}")
raw.set_item(holed, 0, "y")
print(holed)

# %% hole_walked crashes="SIGSEGV"
for letter in wrong.fill_leaves_a_hole("x", "abc"):
    pass

# %% hole_read_by_ref kind="edge" since="3.13" crashes="SIGSEGV"
raw.get_item_ref(wrong.fill_leaves_a_hole("x", "abc"), 0)

# %% got_ref kind="edge" since="3.13"
pair_of_letters = ["a", "b"]
for get_item in raw.get_item, raw.get_item_ref, safe.get_item:
    print(get_item(pair_of_letters, 1))

# %% panics not_on="wasm" why="redirects descriptor 2"
import os
from contextlib import redirect_stderr

messages = os.dup(2)
with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
    os.dup2(nowhere.fileno(), 2)
    try:
        safe.fill_or_panic(item, too_long)
    except BaseException as error:
        print(repr(error))
    finally:
        os.dup2(messages, 2)

# %% removed
names = ["x", "a", "x", "x", "b"]
safe.remove_all(names, "x")
print(names)

# %% notebook_literals kind="edge"
w0 = "first value"
w1 = "second value"
literals = (w0, w1)
count_before = getrefcount(w1)
literal_list = raw.make_list_from_iterator(literals)
count_after = getrefcount(w1)
print(count_before, count_after, literal_list)

# %% all_kinds kind="edge"
class Spells:
    def __getitem__(self, index):
        return "abc"[index]


for iterable in (), "a", {"key": 1}, range(2), {7}, Spells():
    for side in raw, safe:
        print(side.make_list_from_iterator(iterable), end="  ")
    print()

# %% fill_nothing kind="edge"
print(raw.fill(item, ()), safe.fill(item, ()), safe.fill_or_panic(item, ()))

# %% got_first kind="edge"
for side in raw, safe:
    print(side.get_item(["a", "b"], 0), side.next(iter("ab"), None))

# %% raises_at_once kind="edge"
class Refuses:
    def __iter__(self):
        raise LookupError("no iterator")


for side in raw, safe:
    for iterable in Refuses(), half_way():
        try:
            side.make_list_from_iterator(iterable)
        except Exception as error:
            print(repr(error))

# %% stop_iteration kind="edge"
class Countdown:
    def __init__(self, left):
        self.left = left

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration("done")
        self.left -= 1
        return self.left


for side in raw, safe:
    print(side.make_list_from_iterator(Countdown(3)), side.next(Countdown(0), "end"))

# %% after_the_end kind="edge"
spent = iter("")
for side in raw, safe:
    print(side.next(spent, "end"), side.next(spent, "end"))

# %% no_iterator_any_more kind="edge"
class Plain:
    pass


class Turns(Countdown):
    def __next__(self):
        self.__class__ = Plain
        return "one"


for side in raw, safe:
    try:
        side.make_list_from_iterator(Turns(0))
    except TypeError as error:
        print(error)

# %% half_built kind="edge"
import gc


def intrudes():
    first = object()
    yield first
    for found in gc.get_referrers(first):
        if type(found) is list:
            found.append("found it")
    yield "second"


for side in raw, safe:
    print(side.make_list_from_iterator(intrudes())[1:])

# %% set_negative_raw kind="edge" raises="IndexError"
raw.set_item([None], -1, item)

# %% set_negative_safe kind="edge" raises="OverflowError"
safe.set_item([None], -1, item)

# %% set_past_end_safe kind="edge" raises="IndexError"
safe.set_item([None], 1, item)

# %% get_past_end_raw kind="edge" raises="IndexError"
raw.get_item(["a", "b"], 2)

# %% get_past_end_ref kind="edge" since="3.13" raises="IndexError"
raw.get_item_ref(["a", "b"], 2)

# %% get_past_end_safe kind="edge" raises="IndexError"
safe.get_item(["a", "b"], 2)

# %% get_negative_raw kind="edge" raises="IndexError"
raw.get_item(["a", "b"], -1)

# %% get_negative_safe kind="edge" raises="OverflowError"
safe.get_item(["a", "b"], -1)

# %% fill_without_len kind="edge"
class Length:
    def __init__(self, length):
        self.length = length

    def __len__(self):
        return self.length


for like in 1, Length(-1), Length(2**64), Length("2"):
    for side in raw, safe:
        try:
            side.fill(item, like)
        except Exception as error:
            print(repr(error))

# %% append_to_tuple_raw kind="edge" raises="SystemError"
raw.append((), item)

# %% append_to_tuple_safe kind="edge" raises="TypeError"
safe.append((), item)

# %% set_in_tuple_raw kind="edge" raises="SystemError"
raw.set_item((None,), 0, item)

# %% set_in_tuple_safe kind="edge" raises="TypeError"
safe.set_item((None,), 0, item)

# %% get_from_tuple_raw kind="edge" raises="SystemError"
raw.get_item(("a", "b"), 0)

# %% get_from_tuple_ref kind="edge" since="3.13" raises="TypeError"
raw.get_item_ref(("a", "b"), 0)

# %% get_from_tuple_safe kind="edge" raises="TypeError"
safe.get_item(("a", "b"), 0)

# %% next_of_list_raw kind="edge" raises="TypeError"
raw.next(["a"], None)

# %% next_of_list_next_item kind="edge" since="3.14" raises="TypeError"
raw.next_item(["a"], None)

# %% next_of_list_safe kind="edge" raises="TypeError"
safe.next(["a"], None)

# %% in_itself kind="edge"
for side in raw, safe:
    loop = []
    side.append(loop, loop)
    print(loop)
    loop.clear()

# %% subclass kind="edge"
class Counted(list):
    def append(self, item):
        print("never called")

    __setitem__ = __getitem__ = append


for side in raw, safe:
    counted = Counted(["a"])
    side.append(counted, "b")
    side.set_item(counted, 0, "c")
    print(side.get_item(counted, 0), list.__repr__(counted))

# %% immortal kind="edge"
before_none, after_none = raw.append([], None)
print(after_none - before_none)

# %% counts kind="edge"
def count_item(what, call):
    count = getrefcount(item)
    for _ in range(calls):
        try:
            call()
        except Exception:
            pass
    print(f"{what:8}  {getrefcount(item) - count}")


for side in raw, safe:
    count_item("append", lambda: side.append([], item))
    count_item("no list", lambda: side.append((), item))
    count_item("set_item", lambda: side.set_item([None], 0, item))
    count_item("past end", lambda: side.set_item([], 0, item))
    count_item("no list", lambda: side.set_item((), 0, item))
    count_item("get_item", lambda: side.get_item([item], 0))
    count_item("next", lambda: side.next(iter([item]), item))
    count_item("the end", lambda: side.next(iter([]), item))
    count_item("fill", lambda: side.fill(item, "abc"))
