"""References: who has to release the object, and what a count tells of it."""

# %% types
from sys import getrefcount

from lesson_refcount import raw, safe, wrong


class Cls:
    pass


obj = Cls()
calls = 1000
for name, ask in (
    ("new", raw.object_type),
    ("borrowed", raw.type_of),
    ("safe", safe.object_type),
):
    count = getrefcount(Cls)
    for _ in range(calls):
        ask(obj)
    print(f"{name:8}  {ask(obj) is Cls}  rose by {getrefcount(Cls) - count}")

# %% instances
for kind in Cls, object:
    before_instances = getrefcount(kind)
    instances = [kind() for _ in range(10)]
    print(kind.__name__, getrefcount(kind) - before_instances)

# %% string_value
print(type(raw.string_value), raw.string_value)
from_raw = raw.show_string_value_ref_count()
from_safe = safe.show_string_value_ref_count()
print("raw ", from_raw)
print("safe", from_safe)

# %% borrowed_static
from_wrong = wrong.show_string_value_ref_count()
print(from_wrong)

# %% deleted
del safe.string_value
after_deletion = safe.show_string_value_ref_count()
print(after_deletion)

# %% take_and_release
thing = object()
before, held, after = raw.take_and_release(thing)
print("raw ", held - before, after - before)
before_clone, cloned, after_clone = safe.take_and_release(thing)
print("safe", cloned - before_clone, after_clone - before_clone)

# %% new_ref since="3.10"
before_list = getrefcount(thing)
kept = [raw.new_ref(thing) for _ in range(10)]
with_list = getrefcount(thing)
kept.clear()
after_list = getrefcount(thing)
print(with_list - before_list, after_list - before_list)

# %% six
start = getrefcount(thing)
higher = []
alias = thing
higher.append(getrefcount(thing) - start)
pair = [thing, alias]
higher.append(getrefcount(thing) - start)
pair.append(pair[0])
higher.append(getrefcount(thing) - start)
del alias
higher.append(getrefcount(thing) - start)
raw.take_and_release(thing)
higher.append(getrefcount(thing) - start)
pair.clear()
higher.append(getrefcount(thing) - start)
print(higher)

# %% holders
def with_local():
    local = object()
    return getrefcount(local)


as_temporary = getrefcount(object())
as_local = with_local()
as_global = getrefcount(thing)
print("temporary", as_temporary)
print("local    ", as_local)
print("global   ", as_global)

# %% arguments
cost = {}
for argument, show in (
    ("&Bound", safe.show_ref_count_with_handle),
    ("Bound", safe.show_ref_count_with_object),
    ("Py", safe.show_ref_count_with_py),
    ("clone", safe.show_ref_count_with_clone),
):
    cost[argument] = show(thing) - getrefcount(thing)
    print(f"{argument:6} {cost[argument]:+}")

# %% notebook
string_value = raw.string_value
seen = {}


def check_string_value():
    print(type(string_value), string_value)
    for when in "before", "after":
        if when == "after":
            string_value_aliasing = string_value
        seen[when] = (
            raw.show_ref_count_with_object(string_value),
            raw.show_ref_count_with_handle(string_value),
            getrefcount(string_value),
            raw.show_string_value_ref_count(),
        )
        print(when, "aliasing", *seen[when])


check_string_value()

# %% leaks
item = object()
spare = [item] * (2 * calls)
full = getrefcount(item)
rose = {}
for side, take_and_release in (
    ("safe", safe.take_and_release),
    ("raw", raw.take_and_release),
    ("wrong", wrong.take_and_release_leaks),
):
    count = getrefcount(item)
    for _ in range(calls):
        take_and_release(item)
    rose[side] = getrefcount(item) - count
    print(f"{side:5}  rose by {rose[side]}")

# %% releases_borrowed
fell = {}
for side, show in (
    ("safe", safe.show_ref_count_with_handle),
    ("raw", raw.show_ref_count_with_handle),
    ("wrong", wrong.show_ref_count_with_handle_releases_borrowed),
):
    count = getrefcount(item)
    for _ in range(calls):
        show(item)
    fell[side] = count - getrefcount(item)
    print(f"{side:5}  fell by {fell[side]}")
balance = getrefcount(item) - full
print("left over", balance)

# %% immortal
added = {}
for specimen in object(), None:
    count = getrefcount(specimen)
    owners = [specimen] * calls
    kind = type(specimen).__name__
    added[kind] = getrefcount(specimen) - count
    print(kind, added[kind])

# %% half_way
before_all = getrefcount(thing)
everything = [thing, {"key": thing}, (thing, thing)]
raw.object_type(thing)
safe.show_ref_count_with_object(thing)
by_all = getrefcount(thing) - before_all
print(by_all)
everything.clear()

# %% drop_detached
count_before = getrefcount(thing)
safe.drop_detached(thing)
detached = getrefcount(thing) - count_before
print(detached)

# %% drop_in_thread not_on="wasm" why="needs threads"
ended = safe.drop_in_thread(thing)
by_sys = getrefcount(thing) - count_before
by_handle = safe.show_ref_count_with_handle(thing) - count_before
by_sys_again = getrefcount(thing) - count_before
print(by_sys, by_handle, by_sys_again)

# %% last_release not_on="wasm" why="needs threads"
from threading import Thread, current_thread


class Last:
    def __del__(self):
        print("freed in", current_thread().name)


last = [Last()]
other = Thread(target=last.clear, name="the other thread")
other.start()
other.join()

# %% forget
safe.forget(thing)
forgotten = getrefcount(thing) - count_before
print(forgotten)

# %% local kind="edge"
def with_local_arguments():
    local = object()
    print(safe.show_ref_count_with_handle(local) - getrefcount(local))
    print(safe.show_ref_count_with_object(local) - getrefcount(local))


with_local_arguments()

# %% keyword kind="edge"
print(safe.show_ref_count_with_handle(h=thing) - getrefcount(thing))
print(safe.show_ref_count_with_object(o=thing) - getrefcount(thing))

# %% option kind="edge"
print(safe.show_ref_count_with_option(thing) - getrefcount(thing))
print(safe.show_ref_count_with_option(None), safe.show_ref_count_with_option())

# %% args kind="edge"
in_args = safe.show_ref_count_with_args(thing) - getrefcount(thing)
print(in_args)

# %% no_args kind="edge" raises="IndexError"
safe.show_ref_count_with_args()

# %% none kind="edge"
for side in raw, safe:
    before_none, with_none, after_none = side.take_and_release(None)
    print(with_none - before_none, after_none - before_none)

# %% is_immortal kind="edge" since="3.14"
from sys import _is_immortal

print(_is_immortal(object()), _is_immortal(None))

# %% subclass kind="edge"
class Text(str):
    pass


text = Text("abc")
for side in raw, safe:
    print(side.show_ref_count_of_str(text) - getrefcount(text))

# %% not_a_str kind="edge"
for side in raw, safe:
    try:
        side.show_ref_count_of_str(thing)
    except TypeError as error:
        print(error)

# %% failing kind="edge"
for side in raw, safe:
    count = getrefcount(thing)
    for _ in range(calls):
        try:
            side.show_ref_count_of_str(thing)
        except TypeError:
            pass
    print(getrefcount(thing) - count)
