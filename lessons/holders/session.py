"""Holders: why a count is exactly this number."""

# %% four_places
from sys import getrefcount

from lesson_holders import raw, safe, wrong

thing = object()


def with_local():
    local = object()
    return getrefcount(local), raw.count(local)


def with_closure():
    closed_over = object()

    def inner():
        return getrefcount(closed_over), raw.count(closed_over)

    return inner()


of_temporary = getrefcount(object()), raw.count(object())
of_local = with_local()
of_closure = with_closure()
of_global = getrefcount(thing), raw.count(thing)
print("temporary", *of_temporary)
print("local    ", *of_local)
print("closure  ", *of_closure)
print("global   ", *of_global)

# %% through_a_function
def show(parameter):
    return getrefcount(parameter)


passed_temporary = show(object())
passed_global = show(thing)
print("temporary", passed_temporary)
print("global   ", passed_global)

# %% one_by_one on="gil"
import ast

tree = ast.parse("0.5", mode="eval")
literal = tree.body.value
from_tree = getrefcount(literal)
code = compile(tree, "a cell", "eval")
from_both = getrefcount(literal)
del tree
from_code = getrefcount(literal)
del code
from_name = getrefcount(literal)
print(from_tree, from_both, from_code, from_name)

# %% lines
import ast

lines = """
from sys import getrefcount

counts = {}
counts["literal"] = getrefcount(0.5)
text = "attached value"
counts["named literal"] = getrefcount(text)
thing = object()
counts["object"] = getrefcount(thing)
counts["temporary"] = getrefcount(object())
"""


def as_cell(source):
    tree, names = ast.parse(source), {}
    for statement in tree.body:
        code = compile(ast.Module([statement], []), "a cell", "exec")
        exec(code, names)
    return names["counts"]


# %% modes not_on="wasm" why="starts another process"
import subprocess
import sys
from ast import literal_eval
from textwrap import indent

with open("lines.py", "w") as file:
    file.write(lines + "print(counts)\n")


def started(*arguments, typed=None):
    command = [sys.executable, "-S", "-B", *arguments]
    ended = subprocess.run(command, input=typed, capture_output=True, text=True)
    return literal_eval(ended.stdout)


in_function = "def f():" + indent(lines, "    ") + "    return counts\ncounts = f()"
modes = {
    "cell": as_cell(lines),
    "function": as_cell(in_function),
    "REPL": started("-i", typed=lines + "print(counts)\n"),
    "script": started("lines.py"),
    "python -m": started("-m", "lines"),
    "import": started("-c", "import lines"),
}
print(f"{'':13}", *(f"{mode:>9}" for mode in modes))
for line in modes["cell"]:
    counts = (modes[mode][line] for mode in modes)
    shown = ("immortal" if count > 2**30 else count for count in counts)
    print(f"{line:13}", *(f"{count:>9}" for count in shown))

# %% notebook_literals
in_7 = getrefcount(0.0)
print(in_7)


def check_string_intern():
    s1 = "numerical"
    with_s1 = getrefcount("numerical")
    s2 = "num" + "erical"
    return with_s1, getrefcount("numerical")


in_9 = check_string_intern()
print(*in_9)

# %% notebook_names
class Cls:
    pass


obj = Cls()
val = "attached value"
in_11 = [getrefcount(val)]
obj.name = val
in_11.append(getrefcount(val))
print(*in_11)

v0 = "first value"
v1 = "second value"
tup = (v0, v1)
in_21 = [getrefcount(v1)]
lst = list(tup)
in_21.append(getrefcount(v1))
print(*in_21)

# %% deferred kind="edge"
from sys import maxsize

added = maxsize // 8
of_function = getrefcount(with_local)
if of_function > added:
    print(added, "+", of_function - added)
else:
    print(of_function)

# %% unseen
import gc

seen = object()
listed = [seen]
capsule = raw.hold(seen)
holder = safe.hold(seen)
with_all = getrefcount(seen)
found = sorted(type(owner).__name__ for owner in gc.get_referrers(seen))
print(with_all, found)

# %% local_unseen
def look():
    local = object()
    return getrefcount(local), gc.get_referrers(local)


in_frame = look()
print(*in_frame)

# %% held
calls = 1000
item = object()
rose = {}
for side, hold in (
    ("safe", safe.hold),
    ("raw", raw.hold),
    ("wrong", wrong.hold_borrows),
):
    before = getrefcount(item)
    kept = [hold(item) for _ in range(calls)]
    with_kept = getrefcount(item) - before
    kept.clear()
    rose[side] = with_kept, getrefcount(item) - before
    print(f"{side:5} rose by {rose[side][0]:4}, then by {rose[side][1]}")

# %% rings
left_in_rings = {}
for side, hold in ("safe", safe.hold), ("raw", raw.hold):
    before = getrefcount(item)
    for _ in range(calls):
        ring = [item]
        ring.append(hold(ring))
    del ring
    gc.collect()
    left_in_rings[side] = getrefcount(item) - before
    print(f"{side:5} left {left_in_rings[side]}")

# %% ring_through_array packages="numpy"
import numpy

before = getrefcount(item)
array = numpy.full(calls, item, dtype=object)
in_array = getrefcount(item) - before
print("array: rose by", in_array, "tracked:", gc.is_tracked(array))
del array
for _ in range(calls):
    ring = [item]
    ring.append(numpy.full(1, None, dtype=object))
    ring[1][0] = ring
del ring
gc.collect()
left_in_arrays = getrefcount(item) - before
print("rings: left", left_in_arrays)

# %% of_the_class kind="edge" not_on="free-threaded"
before = getrefcount(safe.Holder)
kept = [safe.hold(item) for _ in range(calls)]
of_class = getrefcount(safe.Holder) - before
kept.clear()
print("rose by", of_class, "then by", getrefcount(safe.Holder) - before)

# %% unique since="3.14"
def with_variable():
    variable = []
    return (
        raw.count(variable),
        raw.is_uniquely_referenced(variable),
        raw.is_unique_temporary(variable),
    )


rows = {
    "temporary": (
        raw.count([]),
        raw.is_uniquely_referenced([]),
        raw.is_unique_temporary([]),
    ),
    "variable": with_variable(),
    "global": (
        raw.count(listed),
        raw.is_uniquely_referenced(listed),
        raw.is_unique_temporary(listed),
    ),
}
for name in rows:
    print(f"{name:9}", *rows[name])

# %% shown_by_a_variable
def still_shows(appended):
    items = ["a"]
    longer = appended(items, "b")
    return items, longer


changed = {}
for side, appended in (
    ("safe", safe.appended),
    ("raw", raw.appended),
    ("wrong", wrong.appended_trusts_count),
):
    items, longer = still_shows(appended)
    changed[side] = len(items) - 1
    print(f"{side:5}", items, longer)

# %% reused since="3.14"
def made():
    items = ["a"]
    addresses.append(id(items))
    return items


addresses = []
for appended in safe.appended, raw.appended:
    longer = appended(made(), "b")
    print(longer, id(longer) == addresses[-1])

# %% safe_append
shared = ["a"]
other = shared
safe.append(shared, "b")
print(other)

# %% empty kind="edge"
for side in raw, safe:
    print(side.appended([], "a"))

# %% itself kind="edge"
around = []
for side in raw, safe:
    longer = side.appended(around, around)
    print(around, longer, longer[0] is around)

# %% subclass kind="edge"
class Letters(list):
    pass


for side in raw, safe:
    longer = side.appended(Letters("a"), "b")
    print(type(longer).__name__, longer)

# %% refusals kind="edge"
def refusal(call, *arguments):
    try:
        return call(*arguments)
    except Exception as error:
        return repr(error)


for side in raw, safe:
    print(refusal(side.appended, ("a",), "b"))

# %% failing kind="edge"
before = getrefcount(item)
for side in raw, safe:
    for _ in range(calls):
        try:
            side.appended(item, item)
        except TypeError:
            pass
    print(getrefcount(item) - before)

# %% hold_none kind="edge"
print(type(raw.hold(None)).__name__, type(safe.hold(None)).__name__)

# %% keyword kind="edge"
print(raw.count(object=thing), raw.count(object=object()))

# %% by_map kind="edge"
print(*map(raw.count, [object()]), *map(getrefcount, [object()]))

# %% generator kind="edge"
def generate():
    inside = object()
    yield inside


waiting = generate()
yielded = next(waiting)
print(sorted(type(owner).__name__ for owner in gc.get_referrers(yielded)))

# %% untracked kind="edge"
in_tuple = object()
single = (in_tuple,)
gc.collect()
print(getrefcount(in_tuple), len(gc.get_referrers(in_tuple)))

# %% traceback kind="edge"
def fails():
    local = thing
    raise ValueError


before = getrefcount(thing)
try:
    fails()
except ValueError as error:
    kept_error = error
print(getrefcount(thing) - before)
kept_error = None
print(getrefcount(thing) - before)
