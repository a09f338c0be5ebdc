"""Crashes: where a mistake shows, and what each tool says of it."""

# %% right
from lesson_crash import raw, safe, wrong

for side in raw, safe:
    log = []
    side.append_repr(log, "begin")
    print(side.repr_length("begin"), log, side.reverse_bytes(b"begin"))

# %% plain not_on="wasm" why="starts another process"
import os
import signal
import subprocess
import sys


def run(program, *options, under=(), **variables):
    variables["PYTHONPATH"] = os.pathsep.join(sys.path)
    return subprocess.run(
        [*under, sys.executable, "-S", *options, "-c", program],
        env=dict(os.environ, **variables),
        capture_output=True,
        text=True,
    )


def ending(process):
    if process.returncode < 0:
        return signal.Signals(-process.returncode).name
    return process.stdout.strip()


length = """
from lesson_crash import wrong

print(wrong.repr_length_uses_after_release("begin"))
"""
plain = ending(run(length))
print(plain)

# %% nets not_on="wasm" why="starts another process"
nets = {}
for name, options, variables in (
    ("no tool", [], {}),
    ("-X faulthandler", ["-X", "faulthandler"], {}),
    ("PYTHONMALLOC=debug", [], {"PYTHONMALLOC": "debug"}),
    ("-X dev", ["-X", "dev"], {}),
):
    process = run(length, *options, **variables)
    nets[name] = ending(process)
    print(f"{name:18}  {nets[name]:7}  a report: {process.stderr != ''}")

# %% report not_on="wasm" why="starts another process"
import re


def show(report, program):
    print(*re.findall("^Fatal.*", report, re.M))
    lines = program.splitlines()
    for number, function in re.findall(r'"<string>", line (\d+) in (\S+)', report):
        print(f"line {number} in {function}: {lines[int(number) - 1].strip()}")


report = process.stderr  # of the last run, under -X dev
show(report, length)

# %% c_stack since="3.14" not_on="wasm" why="starts another process"
frames = re.findall(r'Binary file ".*?([^/"]+)"(?:, at (\w*))?', report)
caller = [file for file, function in frames].index("lesson_crash.so")
print(frames[caller - 1][1], "called by", frames[caller][0])

# %% not_freed not_on="wasm" why="starts another process"
unnoticed = ending(run(length.replace('"begin"', "True"), "-X", "dev"))
print(unnoticed)

# %% owners
from sys import getrefcount

text = "".join(("be", "gin"))


class Told:
    def __repr__(self):
        return text


told = Told()
calls = 1000
rose = {}
for name, append_repr in (
    ("safe", safe.append_repr),
    ("raw", raw.append_repr),
    ("wrong", wrong.append_repr_releases_twice),
):
    log = []
    before = getrefcount(text)
    for _ in range(calls):
        append_repr(log, told)
    rose[name] = getrefcount(text) - before
    print(f"{name:5}  entries: {len(log)}  count rose by {rose[name]}")

# %% repaired
for _ in range(calls):
    safe.forget(text)
log.clear()
repaired = getrefcount(text) - before
print(repaired)

# %% one_call
entries = []
wrong.append_repr_releases_twice(entries, told)
counted = getrefcount(text)
print(entries, counted)
safe.forget(text)

# %% far not_on="wasm" why="starts another process"
program = """
import os
from lesson_crash import raw, wrong

log = []

def begin():
    wrong.append_repr_releases_twice(log, "begin")

def work():
    for _ in range(5000):
        raw.append_repr(log, "work")

def end():
    length = len(log[0])
    places = sum(entry is log[0] for entry in log)
    print(length, places, flush=True)

begin()
work()
end()
os._exit(0)
"""
far = ending(run(program))
print(far)
length_at_end, places = far.split()

# %% innocent not_on="wasm" why="starts another process"
idle = program.replace("\nwork()", "\n")
process = run(idle, "-X", "dev")
innocent = ending(process)
print(innocent)
show(process.stderr, idle)

# %% hidden not_on="wasm" why="starts another process"
hidden = ending(run(program, "-X", "dev"))
print(hidden)

# %% wrong_family not_on="wasm" why="starts another process"
family = """
from lesson_crash import wrong

data = b"begin"
print(wrong.reverse_bytes_frees_with_wrong_family(data))
"""
plain_family = ending(run(family))
print(plain_family)
process = run(family, "-X", "dev")
dev_family = ending(process)
print(dev_family)
show(process.stderr, family)

# %% gdb since="3.13" until="3.13" not_on="wasm" needs="gdb"
gdb = ["gdb", "-nx", "-batch", "-ex", "run", "-ex", "backtrace 2", "--args"]
for crashing in length, idle:
    said = run(crashing, under=gdb, PYTHONMALLOC="debug").stdout
    print(*re.findall("received signal (SIG.*),", said))
    for number, function in re.findall(r"^#(\d) +(?:0x\w+ in )?(\w+)", said, re.M):
        print(f"  #{number} {function}")

# %% valgrind since="3.13" until="3.13" not_on="wasm" needs="valgrind"
valgrind = ["valgrind", "-q", "--undef-value-errors=no"]
said = run(program, under=valgrind, PYTHONMALLOC="malloc").stderr
said = re.sub(r"==\d+== *", "", said)
complaint = said[: said.index("\n\n")]
for line in complaint.splitlines():
    if re.match("Invalid|Address|Block", line):
        print(re.sub(r"0x\w+ ", "", line))
    elif "lesson_crash::wrong::append" in line:
        print("  ", line.split(": ", 1)[1])
freed_at, made_at = re.findall(r"wrong::append\w+ \(wrong.rs:(\d+)\)", complaint)

# %% debug_build since="3.14" until="3.14" on="gil" needs="python3.14d"
import lesson_crash

cleared = idle.replace("length = len(log[0])", "length = log.clear()")
print("-X dev:", ending(run(cleared, "-X", "dev")))
process = subprocess.run(
    ["python3.14d", "-S", "-c", cleared],
    env=dict(os.environ, PYTHONPATH=os.path.dirname(lesson_crash.__file__)),
    capture_output=True,
    text=True,
)
print("debug build:", ending(process))
print(*re.findall("Assertion failed.*|<object.*>", process.stderr), sep="\n")
show(process.stderr, cleared)

# %% total
import sys

if hasattr(sys, "gettotalrefcount"):
    for append_repr in raw.append_repr, wrong.append_repr_releases_twice:
        log = []
        before = sys.gettotalrefcount()
        for _ in range(calls):
            append_repr(log, told)
        print(sys.gettotalrefcount() - before)
    for _ in range(calls):
        safe.forget(text)
else:
    print("this build keeps no total")

# %% ring
import gc

item = object()
before_rings = getrefcount(item)
ring = [item]
ring.append(ring)
del ring
gc.collect()
left_by_python = getrefcount(item) - before_rings
ring = [item]
safe.append_size(ring)
print("size:", ring[1]())
del ring
gc.collect()
left_by_rust = getrefcount(item) - before_rings
print("left by Python:", left_by_python, " left by Rust:", left_by_rust)

# %% empty kind="edge"
for side in raw, safe:
    print(side.repr_length(""), side.reverse_bytes(b""))

# %% in_itself kind="edge"
for side in raw, safe:
    log = []
    side.append_repr(log, log)
    side.append_repr(log, log)
    print(log)

# %% clears_the_log kind="edge"
class Clears:
    def __repr__(self):
        log.clear()
        return "cleared"


for side in raw, safe:
    log = ["before"]
    side.append_repr(log, Clears())
    print(log)

# %% longer_than_it_is kind="edge"
class Long(str):
    def __len__(self):
        return 1000


text_of = type("Text", (), {"__repr__": lambda self: Long("short")})
print(raw.repr_length(text_of()), safe.repr_length(text_of()))

# %% refusals kind="edge"
class NoText:
    def __repr__(self):
        return None


def refusal(call, *arguments):
    try:
        return call(*arguments)
    except Exception as error:
        return repr(error)


for side in raw, safe:
    print(refusal(side.append_repr, (), "begin"))
    print(refusal(side.append_repr, [], NoText()))
    print(refusal(side.reverse_bytes, "begin"))

# %% counts kind="edge"
class Fails:
    def __repr__(self):
        raise ValueError("planned")


fails = Fails()
watched = []
for side in raw, safe:
    before_fails = getrefcount(fails), getrefcount(watched), getrefcount(text)
    for _ in range(calls):
        side.repr_length(told)
        for use in lambda: side.append_repr(watched, fails), lambda: side.repr_length(fails):
            try:
                use()
            except ValueError:
                pass
    after_fails = getrefcount(fails), getrefcount(watched), getrefcount(text)
    print([after - before for after, before in zip(after_fails, before_fails)], watched)
