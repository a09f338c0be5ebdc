"""pymalloc: small blocks come from pools, and pools from arenas."""

# %% distances not_on="wasm" why="there is no pymalloc"
from sys import getsizeof


def distance(make):
    """The smallest distance between two of a thousand new objects."""
    things = [make() for _ in range(1000)]
    places = sorted(id(thing) for thing in things)
    return min(b - a for a, b in zip(places, places[1:]))


size_of, apart = {}, {}
for kind in object, float, list:
    size_of[kind], apart[kind] = getsizeof(kind()), distance(kind)
    print(f"{kind.__name__:6}  size {size_of[kind]}  distance {apart[kind]}")

# %% strides not_on="wasm" why="there is no pymalloc"
from lesson_pymalloc import raw, safe, wrong

stride = {}
for size in 1, 16, 17, 32, 33, 400, 512:
    stride["raw", size] = min(raw.gaps(size, 1000))
    stride["safe", size] = min(safe.gaps(size, 1000))
    print(f"{size:3}  raw {stride['raw', size]:3}  safe {stride['safe', size]:3}")

# %% past_the_limit on="gil"
print("raw", min(raw.gaps(513, 1000)), " safe", min(safe.gaps(513, 1000)))

# %% pools on="gil"
def pool(size):
    """How many blocks lie in a row at most, and where the next row begins."""
    gaps = raw.gaps(size, 5000)
    stride = min(gaps)
    rows = []
    row = 1
    for gap in gaps:
        if gap == stride:
            row += 1
        else:
            rows.append((row, (row - 1) * stride + gap))
            row = 1
    longest = max(row for row, _ in rows)
    return longest, min(step for row, step in rows if row == longest)


rest_of = {}
for size in 16, 48, 400, 512:
    count, pool_size = pool(size)
    rest_of[size] = pool_size - count * size
    print(f"{size:3}  {count:4} in a row, next after {pool_size}, rest {rest_of[size]}")

# %% stats not_on="wasm" why="there is no pymalloc"
import os
import re
from sys import _debugmallocstats
from tempfile import TemporaryFile


def stats():
    """What CPython writes about its allocator, which goes to descriptor 2."""
    with TemporaryFile() as file:
        saved = os.dup(2)
        os.dup2(file.fileno(), 2)
        _debugmallocstats()
        os.dup2(saved, 2)
        os.close(saved)
        file.seek(0)
        return file.read().decode()


for words in re.findall("Small block.*|[0-9]+ bytes/arena", stats()):
    print(words)

# %% limit on="gil" not_on="wasm" why="counts blocks of pymalloc"
def small_blocks():
    """How many blocks pymalloc has given out from its pools."""
    classes = re.findall(r"^ *\d+ +\d+ +\d+ +(\d+) +\d+$", stats(), re.M)
    return sum(map(int, classes))


def in_pools(call, *arguments):
    """How many more of them there are while `call` holds its own."""
    rounds = []
    for _ in range(9):
        before = small_blocks()
        rounds.append(call(small_blocks, *arguments) - before)
    # The first rounds warm up, and in another a thread may run while we write and read the file.
    return sorted(rounds)[4]


small = {}
for size in 479, 480, 512, 513:
    small["raw", size] = in_pools(raw.while_held, size, 1000)
    small["safe", size] = in_pools(safe.while_held, size, 1000)
    print(f"{size}  raw {small['raw', size]:4}  safe {small['safe', size]:4}")
limit = dict(sorted(key for key in small if small[key]))

# %% cut on="gil" not_on="wasm" why="counts blocks of pymalloc"
data = bytes(504 * 512)
pieces = {
    "safe": in_pools(safe.while_cut, data),
    "raw": in_pools(raw.while_cut, data),
    "wrong": in_pools(wrong.while_cut_forgets_header, data),
}
for side in pieces:
    print(f"{side:5}  {pieces[side]} pieces in pools")

# %% arenas on="gil"
raw.arenas()
size_by = {}
for side, look in ("raw", raw.arenas), ("wrong", wrong.arenas_of_256_kib):
    taken, total = raw.while_held(look, 512, 20_000)
    size_by[side] = total // taken
    print(f"{side:5}  bytes of an arena: {size_by[side]}")

# %% samples on="gil"
blocks, one_in = 20_000, 400
sample_bytes = blocks // one_in * 400
watched = []


def look():
    watched.append(raw.arenas())


went = {}
for side, keep_samples in (
    ("safe", safe.keep_samples),
    ("raw", raw.keep_samples),
    ("wrong", wrong.keep_samples_pins_arenas),
):
    look()
    keep_samples(look, 400, blocks, one_in)
    before, full, thin = (arenas for arenas, _ in watched[-3:])
    went[side] = full - thin
    if went[side] >= full - before - 1:
        print(f"{side:5}  all went back, but at most one")
    else:
        print(f"{side:5}  {went[side]} went back")

# %% pinned on="gil"
factor = 200
pinned = watched[-1][1]
print(pinned > factor * sample_bytes)

# %% kept_objects on="gil"
objects = [bytes(400) for _ in range(blocks)]
while_all = raw.arenas()[0]
objects = objects[::-one_in]
print(len(objects), "objects left,", while_all - raw.arenas()[0], "arenas went back")

# %% free_lists not_on="wasm" why="counts blocks of pymalloc"
from array import array
from sys import getallocatedblocks

places = list(range(3000))
nothing = [None] * len(places)
things = nothing[:]
counts = array("q", [0, 0])
number = 2**20


def kept(make):
    """How many of three thousand dead objects keep their blocks."""
    for _ in range(3):  # the first rounds warm up
        for place in places:
            things[place] = make()
        counts[0] = getallocatedblocks()
        things[:] = nothing
        counts[1] = getallocatedblocks()
    return len(nothing) - (counts[0] - counts[1])


kept_of = {
    "object": kept(object),
    "float": kept(float),
    "list": kept(lambda: []),
    "dict": kept(lambda: {}),
    "tuple of 2": kept(lambda: (None, nothing)),
    "int": kept(lambda: -number),
}
for kind in kept_of:
    print(f"{kind:10}  {kept_of[kind]}")

# %% without_pools on="gil" not_on="wasm" why="starts another process"
import subprocess
import sys

code = """
from lesson_pymalloc import raw
for size in 1, 17, 33, 512:
    print(size, min(raw.gaps(size, 1000)))
raw.arenas()
print(raw.while_held(raw.arenas, 512, 20_000))
"""
path = os.pathsep.join(sys.path)
ran = subprocess.run(
    [sys.executable, "-S", "-c", code],
    env={**os.environ, "PYTHONPATH": path, "PYTHONMALLOC": "malloc"},
    capture_output=True,
    text=True,
)
print(ran.stdout + ran.stderr)

# %% no_arenas kind="edge" on="free-threaded"
raw.arenas()
print(raw.while_held(raw.arenas, 512, 20_000))
print(raw.while_held(wrong.arenas_of_256_kib, 512, 20_000))

# %% deep_calls kind="edge" since="3.11" not_on="wasm" why="there is no pymalloc"
def deep(depth):
    return deep(depth - 1) if depth else raw.arenas()[1]


at_top = deep(0)
print(deep(900) > at_top)

# %% aligned kind="edge" not_on="wasm" why="there is no pymalloc"
print({id(thing) % 16 for thing in [object() for _ in range(1000)]})

# %% zero_bytes kind="edge" not_on="wasm" why="there is no pymalloc"
print(min(raw.gaps(0, 1000)), min(safe.gaps(0, 1000)))

# %% few_blocks kind="edge"
from lesson_pymalloc import raw, safe

print(raw.gaps(16, 0), safe.gaps(16, 0))
print(raw.gaps(16, 1), safe.gaps(16, 1))

# %% hold_nothing kind="edge"
def looked():
    return "looked"


print(raw.while_held(looked, 16, 0), safe.while_held(looked, 16, 0))
print(raw.while_cut(looked, b""), safe.while_cut(looked, b""))

# %% one_sample kind="edge"
for side in raw, safe:
    side.keep_samples(looked, 16, 0, 1)
    side.keep_samples(looked, 16, 3, 1000)
    print(side.keep_samples(looked, 16, 3, 1))

# %% refusals kind="edge"
def refusal(call, *arguments):
    try:
        return call(*arguments)
    except Exception as error:
        return repr(error)


for side in raw, safe:
    print(refusal(side.gaps, 512, 1_000_000))
    print(refusal(side.gaps, -1, 10))
    print(refusal(side.keep_samples, looked, 16, 10, 0))
    print(refusal(side.while_held, None, 16, 10))
    print(refusal(side.while_cut, looked, "text"))

# %% left_behind kind="edge" not_on="wasm" why="counts blocks of pymalloc"
def fail():
    raise RuntimeError("look")


def growth(call, *arguments):
    """How many blocks more CPython counts after a hundred calls that fail."""
    for _ in "warm", "measured":
        counts[0] = getallocatedblocks()
        for _ in range(100):
            try:
                call(fail, *arguments)
            except RuntimeError:
                pass
        counts[1] = getallocatedblocks()
    return counts[1] - counts[0]


for side in raw, safe:
    print(growth(side.while_held, 16, 10), growth(side.keep_samples, 16, 10, 2))
    print(growth(side.while_cut, b"hello"))
