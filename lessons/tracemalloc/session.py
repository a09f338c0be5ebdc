"""tracemalloc: which line asked for the memory that is still there."""

# %% hooks
import tracemalloc

from lesson_tracemalloc import raw, safe, wrong

domains = "raw", "mem", "object"


def serving():
    return [raw.get_allocator(domain) for domain in domains]


at_first = serving()
tracemalloc.start()
while_tracing = serving()
tracemalloc.stop()
at_last = serving()
for domain, first, during, last in zip(domains, at_first, while_tracing, at_last):
    print(f"{domain:6}  same while tracing: {during == first}, after: {last == first}")

# %% snapshot
from linecache import getline


def work():
    labels = [f"label {n}" for n in range(1000)]
    things = [object() for _ in range(500)]
    text = "a" * 5000
    return labels, things, text


work()  # the first call warms up
tracemalloc.start()
result = work()
snapshot = tracemalloc.take_snapshot()
tracemalloc.stop()

file = work.__code__.co_filename
ours = snapshot.filter_traces([tracemalloc.Filter(True, file)])
for line in ours.statistics("lineno")[:3]:
    source = getline(file, line.traceback[0].lineno).strip()
    print(f"{line.count:5} blocks {line.size:6} bytes  {source}")

# %% blind
from dis import findlinestarts

older = bytes(1000)


def by_python():
    return bytes(1000)


def by_rust():
    safe.forget(1000)


def before_the_start():
    return older


def floats():
    return [float(n) for n in range(1000)]


def dead_floats():
    kept = [float(n) for n in range(1000)]
    del kept


def left(profile, *functions):
    """The blocks that the first function leaves, by lines of all of them."""
    for _ in range(3):  # the first rounds warm up
        lines, types = profile(functions[0])
    starts = [findlinestarts(function.__code__) for function in functions]
    numbers = sorted({number for each in starts for _, number in each if number})
    name = functions[0].__code__.co_filename
    return {n: lines[name, n] for n in numbers if (name, n) in lines}


seen = {}
for function in by_python, by_rust, before_the_start, floats, dead_floats:
    seen[function.__name__] = sum(left(safe.profile, function).values())
    print(f"{function.__name__:17}", seen[function.__name__])

# %% tracked
size = 1_000_000


def bytes_in(domain):
    """The bytes of the large blocks in a domain."""
    snapshot = tracemalloc.take_snapshot()
    inside = snapshot.filter_traces([tracemalloc.DomainFilter(True, domain)])
    return sum(trace.size for trace in inside.traces if trace.size >= size)


def look():
    return bytes_in(0), bytes_in(raw.DOMAIN)


tracemalloc.start()
in_python, in_rust = {}, {}
for name, side in ("safe", safe), ("raw", raw):
    in_python[name], in_rust[name] = side.while_tracked(look, size)
    print(f"{name:5} Python's domain: {in_python[name]:7}, ours: {in_rust[name]:7}")
print("afterwards", look())
tracemalloc.stop()

# %% ghost
tracemalloc.start()
ghosts = {}
for name, while_tracked in (
    ("safe", safe.while_tracked),
    ("raw", raw.while_tracked),
    ("wrong", wrong.while_tracked_leaves_a_ghost),
):
    while_tracked(look, size)
    ghosts[name] = sum(look())
    print(f"{name:5}", ghosts[name])
tracemalloc.stop()

# %% for_python
tracemalloc.start()
blamed, missed = wrong.while_tracked_for_python(look, size)
print(f"Python's domain: {blamed}, ours: {missed}")
tracemalloc.stop()

# %% twice
tracemalloc.start()
during_twice = wrong.while_tracked_untracks_twice(look, size)
after_twice = look()
safe.while_tracked(look, size)
after_safe = sum(look())
print(during_twice, after_twice)
tracemalloc.stop()

# %% buffer
import sys
from sys import getrefcount

tracemalloc.start()
buffer = raw.Buffer(size)
counted = getrefcount(buffer)
print("noted:     count", counted, " bytes", bytes_in(raw.DOMAIN))
raw.untrack(buffer)
print("untracked: count", getrefcount(buffer), " bytes", bytes_in(raw.DOMAIN))
raw.track(buffer)
del buffer
print("dropped:           bytes", bytes_in(raw.DOMAIN))
tracemalloc.stop()

# %% older_buffer
early = raw.Buffer(size)
print("not tracing:", raw.track(early), raw.untrack(early))
tracemalloc.start()
print("unknown:", bytes_in(raw.DOMAIN))
print("track:", raw.track(early), bytes_in(raw.DOMAIN))
print("again:", raw.track(early), bytes_in(raw.DOMAIN))
print("untrack:", raw.untrack(early), bytes_in(raw.DOMAIN))
tracemalloc.stop()

# %% elsewhere not_on="wasm" why="needs threads"
quiet = raw.allocates_elsewhere(), safe.allocates_elsewhere()
tracemalloc.start()
traced = raw.allocates_elsewhere(), safe.allocates_elsewhere()
tracemalloc.stop()
print("not tracing: raw", quiet[0], " safe", quiet[1])
print("tracing:     raw", traced[0], " safe", traced[1])

# %% profile
def bars(counts, each):
    for name, count in sorted(counts.items(), key=lambda item: -item[1]):
        print(f"{count:5} {'#' * (count // each):20}  {name}")


def sources(counts):
    return {getline(file, number).strip(): counts[number] for number in counts}


by_hook = left(raw.profile, work)
bars(sources(by_hook), 50)

# %% agree
by_tracemalloc = left(safe.profile, work)
print(by_tracemalloc == by_hook)
difference = sum(by_hook.values()) - sum(by_tracemalloc.values())
print("difference:", difference)

# %% first_time
def fresh():
    return object()


for _ in range(3):
    fresh()  # what a first call leaves is there already
profiles = [raw.profile(fresh)[0] for _ in range(3)]
at_each = [sum(lines.values()) for lines in profiles]
print(at_each)

# %% types
class Card:
    def __init__(self, number):
        self.number = number


def deal():
    return [Card(n) for n in range(52)]


def named(types):
    """How many objects of each type, on all lines."""
    names = {name for file, number, name in types}
    return {n: sum(types[key] for key in types if key[2] == n) for n in names}


dealt = left(raw.profile, deal, Card.__init__)
bars({getline(deal.__code__.co_filename, n).strip(): dealt[n] for n in dealt}, 5)
kinds = named(raw.profile(deal)[1])
bars(kinds, 5)
print(kinds == named(safe.profile(deal)[1]))

# %% while_tracked kind="edge"
print(raw.while_tracked(lambda: "seen", size), safe.while_tracked(lambda: "seen", size))

# %% buffer_length kind="edge"
print(len(raw.Buffer(10)), len(safe.Buffer(10)))

# %% empty kind="edge"
tracemalloc.start()
empty = raw.Buffer(0)
print(len(empty), raw.track(empty), bytes_in(raw.DOMAIN))
print(raw.while_tracked(look, 0), safe.while_tracked(look, 0))
tracemalloc.stop()

# %% nothing_left kind="edge"
def nothing():
    return None


print(left(raw.profile, nothing), left(safe.profile, nothing))

# %% no_python_function kind="edge"
print(named(raw.profile(dict)[1]), named(safe.profile(dict)[1]))

# %% too_large kind="edge" not_on="wasm" why="sizes have 32 bits there"
for side in raw, safe:
    try:
        side.Buffer(2**62)
    except MemoryError as error:
        print(repr(error))

# %% negative kind="edge" raises="OverflowError"
raw.while_tracked(look, -1)

# %% unknown_domain kind="edge" raises="ValueError"
raw.get_allocator("rust")

# %% no_buffer kind="edge" raises="TypeError"
raw.track(bytearray(10))

# %% not_callable kind="edge" raises="TypeError"
raw.profile(None)

# %% fails kind="edge"
def fails():
    kept = object()
    raise ValueError("work")


for profile in safe.profile, raw.profile:
    try:
        profile(fails)
    except ValueError as error:
        print(error, tracemalloc.is_tracing(), sys.gettrace())

# %% look_fails kind="edge"
tracemalloc.start()
for while_tracked in safe.while_tracked, raw.while_tracked:
    try:
        while_tracked(fails, size)
    except ValueError as error:
        print(error, look())
tracemalloc.stop()

# %% nested kind="edge" raises="RuntimeError"
raw.profile(lambda: raw.profile(nothing))

# %% already_tracing kind="edge"
tracemalloc.start()
print("raw", len(raw.profile(fresh)[0]))
try:
    safe.profile(fresh)
except RuntimeError as error:
    print("safe", error)
tracemalloc.stop()

# %% another_tracer kind="edge"
sys.settrace(lambda *event: None)
try:
    raw.profile(nothing)
except RuntimeError as error:
    print(error)
sys.settrace(None)

# %% starts_inside kind="edge"
def starts_tracemalloc():
    tracemalloc.start()
    return object()


left_in_front = []
for _ in range(3):
    lines, types = raw.profile(starts_tracemalloc)
    tracemalloc.stop()
    left_in_front.append(serving())
print(left_in_front[0] == serving(), left_in_front[0] == left_in_front[2])
print(left(raw.profile, work) == by_hook)
