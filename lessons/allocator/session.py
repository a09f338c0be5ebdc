"""The allocator: a hook in front of it, and what the hook sees."""

# %% first
from lesson_allocator import raw, safe, wrong

for side in raw, safe:
    asked = side.count(object)
    print(asked.new, "block of", asked.bytes, "bytes")

# %% domains
items = (object(), object(), object())
arrived = {}
for name, call in (
    ("object()", (object,)),
    ("list", (list, items)),
    ("large bytes", (bytes, 10000)),
):
    for domain in "object", "mem", "raw":
        raw.count(*call, domain=domain)  # warms up
        arrived[name, domain] = raw.count(*call, domain=domain).new
    print(f"{name:12}", *(arrived[name, domain] for domain in ("object", "mem", "raw")))

# %% twice
once = raw.count_all(bytes, 10000)
each = wrong.count_all_counts_twice(bytes, 10000)
also = safe.count_all(bytes, 10000)
for side, asked in ("raw", once), ("safe", also), ("wrong", each):
    print(f"{side:5} {asked.new} new, {asked.bytes} bytes")

# %% unseen
unseen = {}
for name, call in (
    ("a tuple", (tuple, [1, 2, 3])),
    ("a Vec", (safe.ask_detached, 10000)),
    ("the same of raw", (raw.ask_detached, 10000)),
):
    raw.count_all(*call)  # warms up
    unseen[name] = raw.count_all(*call).new
    print(f"{name:15}", unseen[name])

# %% grow kind="edge"
def grow(times):
    items = []
    for _ in range(times):
        items.append(None)
    return items


grown = raw.count(grow, 1000, domain="mem")
print(grown.new, "new,", grown.resized, "resized,", grown.freed, "freed")
behind = raw.count(grow, 1000, domain="raw")
print(behind.new, "new,", behind.resized, "resized in raw")

# %% integers kind="edge"
for _ in "warm", "measured":
    integers = raw.count(list, range(2000, 3000)).new
fewer = integers < 1000
print("fewer than 1000:", fewer)

# %% costs kind="edge"
hook = raw.install("object")
for _ in "warm", "measured":
    before = raw.counts(hook)
    after = raw.counts(hook)
raw.uninstall(hook)
cost = after.new - before.new
print(cost)

# %% in_front raises="RuntimeError"
first = raw.install("object")
second = raw.install("object")
raw.uninstall(first)

# %% last_first kind="edge"
seen_by_second = raw.uninstall(second)
seen_by_first = raw.uninstall(first)
print(seen_by_first.new > seen_by_second.new > 0)

# %% out_of_order
from itertools import repeat


def make(times):
    for _ in repeat(None, times):
        object()


def seen(counts, times):
    before = counts()
    make(times)
    after = counts()
    return after.new - before.new


def seen_of(counts):
    """What a hook sees of 1000 objects, less what it sees of looking."""
    seen(counts, 0)  # warms up
    return seen(counts, 1000) - seen(counts, 0)


first = raw.install("object")
second = raw.install("object")
wrong.uninstall_out_of_order(first)
wrong.uninstall_out_of_order(second)
still = seen_of(lambda: raw.counts(first))
print(still)

# %% repaired kind="edge"
raw.uninstall(first)
after_repair = seen_of(lambda: raw.counts(first))
print(after_repair)

# %% tracemalloc_in_front kind="edge" raises="RuntimeError"
import tracemalloc

hook = raw.install("object")
tracemalloc.start()
raw.uninstall(hook)

# %% tracemalloc_gone kind="edge"
tracemalloc.stop()
print(raw.uninstall(hook).new > 0)

# %% with kind="edge"
for _ in "warm", "measured":
    with safe.Hook("raw") as in_raw:
        large = bytes(10000)
print(in_raw.counts().new)

# %% safe_order kind="edge"
first, second = safe.Hook("object"), safe.Hook("object")
first.__enter__()
second.__enter__()
try:
    first.__exit__()
except RuntimeError as error:
    print(repr(error))
second.__exit__()
first.__exit__()
after_safe = seen_of(first.counts)
print(after_safe)

# %% fails
for n in 1, 2, 3, 4:
    try:
        print(n, raw.fail_nth(n, raw.swap_halves, b"hello world"))
    except MemoryError as error:
        print(n, repr(error))

# %% leaks not_on="wasm" why="counts blocks of pymalloc"
from sys import getallocatedblocks

calls = 1000


def growth(swap_halves, n):
    """How many blocks more CPython counts after these calls."""
    before = 0
    for _ in "warm", "measured":
        before = getallocatedblocks()
        for _ in range(calls):
            try:
                raw.fail_nth(n, swap_halves, b"hello world")
            except MemoryError:
                pass
    return getallocatedblocks() - before


left = {}
for name, swap_halves in (
    ("safe", safe.swap_halves),
    ("raw", raw.swap_halves),
    ("wrong", wrong.swap_halves_leaks_when_memory_ends),
):
    left[name] = [growth(swap_halves, n) for n in (1, 2, 3)]
    print(f"{name:5}", left[name])

# %% calls_python crashes="SIGSEGV"
wrong.malloc_calls_python(object)

# %% panics not_on="wasm" why="redirects descriptor 2"
import os


def attempt(call):
    try:
        return call(b"hello")
    except BaseException as error:
        return type(error).__name__


print(attempt(safe.copy))
stderr = os.dup(2)
with open(os.devnull, "w") as nowhere:
    os.dup2(nowhere.fileno(), 2)  # there the panic says where it was
ended = raw.fail_nth(1, attempt, safe.copy)
also_ended = safe.fail_nth(1, attempt, safe.copy)
os.dup2(stderr, 2)
os.close(stderr)
print(ended, also_ended)

# %% dropped kind="edge"
def room():
    """How many hooks more can be installed; then none of them is left."""
    hooks = []
    try:
        while True:
            hooks.append(raw.install("object"))
    except RuntimeError:
        return len(hooks)
    finally:
        while hooks:
            raw.uninstall(hooks.pop())


room_before = room()
behind = safe.Hook("object")
behind.__enter__()
tracemalloc.start()
del behind
tracemalloc.stop()
room_after = room()
print(room_before, room_after)

# %% any_size kind="edge"
for size in 1, 512, 513, 0:
    for side in raw, safe:
        print(size, side.count(side.ask_detached, size, domain="raw").new, end="  ")
    print()

# %% nothing kind="edge"
for side in raw, safe:
    print(side.count(id, side).new, side.count(id, side, domain="mem").new)
    print(side.swap_halves(b""), side.swap_halves(b"a"), side.swap_halves(b"ab"))

# %% never_reached kind="edge"
for side in raw, safe:
    print(side.fail_nth(2**32 - 1, int, "7"))

# %% other_domains kind="edge"
for side in raw, safe:
    for domain, call in ("mem", (list, items)), ("raw", (bytes, 10000)):
        try:
            print(domain, len(side.fail_nth(1, *call, domain=domain)))
        except MemoryError as error:
            print(domain, repr(error))

# %% raising kind="edge"
def fail():
    raise ValueError("planned")


for side in raw, safe:
    for call in (side.count, fail), (side.count_all, fail), (side.fail_nth, 9, fail):
        try:
            call[0](*call[1:])
        except ValueError as error:
            print(repr(error), raw.count(object).new)

# %% nested kind="edge"
for side in raw, safe:
    print(side.count(side.count, side.count, object).new > 0)

# %% too_many kind="edge"
def deeper(count, times):
    return times and count(deeper, count, times - 1)


for side in raw, safe:
    try:
        deeper(side.count, 100)
    except RuntimeError as error:
        print(repr(error))

# %% left_behind_raw kind="edge" raises="RuntimeError"
left_behind = []
raw.count(lambda: left_behind.append(raw.install("object")))

# %% left_behind_taken kind="edge"
print(raw.uninstall(left_behind.pop()).new > 0)

# %% side_by_side kind="edge" on="free-threaded"
from threading import Thread


def busy():
    while not done:
        make(50), bytes(10000)


done = []
others = [Thread(target=busy) for _ in range(2)]
for other in others:
    other.start()
for _ in range(20_000):
    raw.count_all(bytes, 10000)
    raw.count(list, items, domain="mem")
done.append(True)
for other in others:
    other.join()
print("still here")

# %% uninstall_twice kind="edge" raises="RuntimeError"
raw.uninstall(hook)

# %% enter_twice kind="edge" raises="RuntimeError"
with safe.Hook("mem") as entered:
    entered.__enter__()

# %% exit_without_enter kind="edge" raises="RuntimeError"
safe.Hook("mem").__exit__()

# %% removed_by_tracemalloc kind="edge" raises="RuntimeError"
tracemalloc.start()
lost = raw.install("mem")
tracemalloc.stop()
raw.uninstall(lost)

# %% refusals kind="edge"
def refusal(call, *arguments):
    try:
        return call(*arguments)
    except Exception as error:
        return repr(error)


print(refusal(raw.install, "malloc"))
print(refusal(safe.Hook, "malloc"))
print(refusal(raw.uninstall, "object"))
for side in raw, safe:
    print(refusal(side.count_all, side.count_all, object))
    print(refusal(side.fail_nth, 0, object))
    print(refusal(side.count, 1))

# %% too_large kind="edge" not_on="wasm" why="sizes have 32 bits there"
for side in raw, safe:
    print(refusal(side.ask_detached, 2**63))
