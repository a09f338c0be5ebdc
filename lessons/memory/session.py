"""Memory: three families of functions, and which may free what."""

# %% duplicate
from lesson_memory import raw, safe, wrong

print(raw.duplicate(b"hello"))
print(safe.duplicate(b"hello"))

# %% families not_on="wasm" why="counts blocks of pymalloc"
from sys import getallocatedblocks


def counted(while_held, *block):
    """How many of a hundred blocks CPython counts."""
    before = held = 0
    for _ in range(3):  # the first rounds warm up
        before = getallocatedblocks()
        held = while_held(getallocatedblocks, *block)
    return held - before


seen = {
    "raw": counted(raw.while_held, 24, "raw"),
    "mem": counted(raw.while_held, 24, "mem"),
    "safe": counted(safe.while_held, 24),
}
for family in seen:
    print(f"{family:6} {seen[family]}")

# %% object_family on="gil"
seen_object = counted(raw.while_held, 24, "object")
print("object", seen_object)

# %% name not_on="wasm" why="the allocator is malloc there"
import ctypes

ask = ctypes.pythonapi._PyMem_GetCurrentAllocatorName
ask.restype = ctypes.c_char_p
print(ask().decode())

# %% zero_bytes
for family in "raw", "mem":
    print(f"{family:4}  {raw.distinct(0, family)}")
print(f"safe  {safe.distinct(0)}")

# %% too_large raises="MemoryError"
from sys import maxsize

raw.distinct(maxsize + 1)

# %% product not_on="wasm" why="sizes have 32 bits there"
wraps = (2**62 * 4) % 2**64
print("product in 64 bits:", wraps)
for calloc in raw.calloc, safe.calloc:
    try:
        print(calloc(2**62, 4))
    except MemoryError:
        print("MemoryError")

# %% aborts crashes="SIGABRT"
wrong.calloc_aborts(2**62, 1)

# %% leaks not_on="wasm" why="counts blocks of pymalloc"
calls = 1000


def growth(call, *arguments):
    """How many blocks more CPython counts after these calls."""
    before = 0
    for _ in "warm", "measured":
        before = getallocatedblocks()
        for _ in range(calls):
            try:
                call(*arguments)
            except MemoryError:
                pass
    return getallocatedblocks() - before


grown = {}
for side, realloc in (
    ("safe", safe.realloc),
    ("raw", raw.realloc),
    ("wrong", wrong.realloc_leaks_on_failure),
):
    grown[side] = growth(realloc, b"hello", maxsize + 1)
    print(f"{side:5}  grown by {grown[side]}")

# %% unnoticed
print(wrong.duplicate_overruns(b"hello"))
print(wrong.duplicate_frees_by_wrong_family(b"hello"))

# %% overrun not_on="wasm" why="starts another process"
import os
import re
import subprocess
import sys


def with_hooks(*calls):
    """What these calls print, and CPython's report, with the debug hooks."""
    code = "from lesson_memory import safe, wrong"
    code += "".join(f"; print({call})" for call in calls)
    path = os.pathsep.join(sys.path)
    ran = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={**os.environ, "PYTHONPATH": path, "PYTHONMALLOC": "debug"},
        capture_output=True,
        text=True,
    )
    report = re.sub("=0x[0-9a-f]+", "=0x…", ran.stderr).splitlines()
    kept = "Debug memory", "    ", "Fatal"
    return ran.stdout.splitlines(), [line for line in report if line.startswith(kept)]


printed, report = with_hooks("wrong.duplicate_overruns(b'hello')")
print(*report, sep="\n")
overrun = "".join(report[-1:])

# %% wrong_family not_on="wasm" why="starts another process"
printed, report = with_hooks("wrong.duplicate_frees_by_wrong_family(b'hello')")
print(*report, sep="\n")
wrong_family = "".join(report[-1:])

# %% patterns not_on="wasm" why="starts another process"
printed, report = with_hooks(
    "wrong.calloc_without_zeros(2, 4)",
    "wrong.duplicate_reads_after_free(b'hello')",
    "safe.calloc(2, 4)",
    "safe.duplicate(b'hello')",
)
print(*printed, sep="\n")
fresh, freed = printed[:2]
complaints = len(report)
print("lines of report:", complaints)

# %% detached not_on="wasm" why="starts another process"
printed, report = with_hooks("wrong.is_palindrome_detached_uses_mem(b'rotor')")
print(*report, sep="\n")
detached = "".join(report[-1:])

# %% answers_detached until="3.11"
print(wrong.is_palindrome_detached_uses_mem(b"rotor"))

# %% crashes_detached since="3.12" crashes="SIGSEGV"
print(wrong.is_palindrome_detached_uses_mem(b"rotor"))

# %% leak not_on="wasm" why="counts blocks of pymalloc"
unseen = growth(safe.leak, 1000)
print(unseen)

# %% calloc kind="edge"
print(raw.calloc(2, 4))
print(safe.calloc(2, 4))

# %% realloc kind="edge"
for new_size in 8, 2, 0:
    print(raw.realloc(b"hello", new_size), safe.realloc(b"hello", new_size))

# %% is_palindrome_detached kind="edge"
print(raw.is_palindrome_detached(b"rotor"), safe.is_palindrome_detached(b"rotor"))
print(raw.is_palindrome_detached(b"hello"), safe.is_palindrome_detached(b"hello"))

# %% objects_only kind="edge" on="free-threaded" raises="ValueError"
counted(raw.while_held, 24, "object")

# %% nothing kind="edge"
print(raw.duplicate(b""), safe.duplicate(b""))
print(raw.calloc(0, 8), safe.calloc(0, 8))
print(raw.is_palindrome_detached(b""), safe.is_palindrome_detached(b""))

# %% with_nul kind="edge"
print(raw.duplicate(b"a\0b"), safe.duplicate(b"a\0b"))

# %% many_of_nothing kind="edge" not_on="wasm" why="sizes have 32 bits there"
print(raw.calloc(2**63, 0), safe.calloc(2**63, 0))

# %% other_families kind="edge"
print(raw.calloc(2, 4, "raw") == raw.calloc(2, 4, "mem"))
print(raw.realloc(b"hello", 3, "raw"), raw.realloc(b"hello", 3, "mem"))

# %% object_calloc kind="edge" on="gil"
print(raw.calloc(2, 4, "object"), raw.realloc(b"hello", 3, "object"))
print(raw.distinct(0, "object"))

# %% refusals kind="edge"
def refusal(call, *arguments):
    try:
        return call(*arguments)
    except Exception as error:
        return repr(error)


for side in raw, safe:
    print(refusal(side.distinct, maxsize + 1))
    print(refusal(side.realloc, b"hello", maxsize + 1))
    print(refusal(side.duplicate, "hello"))

# %% negative kind="edge" raises="OverflowError"
raw.distinct(-1)

# %% unknown_family kind="edge" raises="ValueError"
raw.distinct(1, "malloc")

# %% look_fails kind="edge" not_on="wasm" why="counts blocks of pymalloc"
def look():
    raise RuntimeError("look")


def held_while_failing(while_held):
    try:
        while_held(look, 24)
    except RuntimeError:
        pass


for side in raw, safe:
    print("leaks:", growth(held_while_failing, side.while_held) >= calls)

# %% large kind="edge" not_on="wasm" why="counts blocks of pymalloc"
print(counted(raw.while_held, 4096, "raw"), counted(raw.while_held, 4096, "mem"))
