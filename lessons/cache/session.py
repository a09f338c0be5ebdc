"""Caches: which equal objects are one object, and which counts count nothing."""

# %% small
from sys import getrefcount, intern

from lesson_cache import raw, safe, wrong

for n in -6, -5, 0, 256, 257, 1024, 1025:
    by_raw = raw.from_long(n) is raw.from_long(n)
    by_safe = safe.from_long(n) is safe.from_long(n)
    print(f"{n:5} {by_raw} {by_safe}")
smallest, largest = 0, 0
while raw.from_long(smallest - 1) is raw.from_long(smallest - 1):
    smallest -= 1
while raw.from_long(largest + 1) is raw.from_long(largest + 1):
    largest += 1
print(smallest, "to", largest)

# %% compares_pointers
same_pointer = wrong.equal_compares_pointers
first_wrong = 0
while same_pointer(raw.from_long(first_wrong), raw.from_long(first_wrong)):
    first_wrong += 1
for n in 2, 10**6:
    one, other = raw.from_long(n), raw.from_long(n)
    print(f"{n:7}", end="")
    print("  safe", safe.equal(one, other), end="")
    print("  raw", raw.equal(one, other), end="")
    print("  wrong", same_pointer(one, other))
print("wrong from", first_wrong)

# %% users until="3.10" varies="integers"
print("ref counts of 0:", getrefcount(0))
print("ref counts of '':", getrefcount(""))

# %% constant since="3.12"
of_zero = getrefcount(0)
of_empty = getrefcount("")
print("ref counts of 0:", of_zero)
print("ref counts of '':", of_empty)

# %% above
of_257 = getrefcount(257)
print("ref counts of 257:", of_257)
of_1025 = getrefcount(1025)
print("ref counts of 1025:", of_1025)

# %% padded
padded = {}
for specimen in 0, "", (), None:
    padded[specimen] = getrefcount(specimen) > 10**8
    print(f"{specimen!r:4} {padded[specimen]}")

# %% floats
of_float = getrefcount(0.0)
print(of_float)
for side in raw, safe:
    print(side.from_double(0.0) is side.from_double(0.0))

# %% free_list
half = raw.from_double(0.5)
place = id(half)
del half
quarter = raw.from_double(0.25)
reused = id(quarter) == place
print(reused)

# %% literals
same = {}
one = 257
other = 257
same["257"] = one is other
one = 0.5
other = 0.5
same["0.5"] = one is other
one = "numerical"
other = "numerical"
same["numerical"] = one is other
one = "not numerical"
other = "not numerical"
same["not numerical"] = one is other
for literal, answer in same.items():
    print(f"{literal:13}  {answer}")

# %% one_unit
def in_one_function():
    one = 0.5
    other = 0.5
    print(one is other)
    one = "not numerical"
    other = "not numerical"
    print(one is other)


in_one_function()

# %% warned
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    answer = eval("'' is ''")
print(answer)
print(caught[0].category.__name__, caught[0].message)

# %% characters
for text in "", "a", "é", "Ā", "ab":
    by_raw = raw.from_string(text) is raw.from_string(text)
    by_safe = safe.from_string(text) is safe.from_string(text)
    print(f"{text!r:4} {by_raw} {by_safe}")
print("by lower:", "A".lower() is "A".lower())

# %% notebook_string
def check_string_intern():
    s1 = "numerical"
    before = getrefcount("numerical")
    print(before)
    print(id(s1) == id("numerical"))
    s2 = "num" + "erical"
    print(s1 is s2)
    after = getrefcount("numerical")
    print(after)
    return before, after


before_s2, after_s2 = check_string_intern()

# %% run_time
word = "numerical"
joined = "".join(["num", "erical"])
print(joined == word, joined is word)
print(intern(joined) is word, intern(joined) is joined)

# %% by_call
for side in raw, safe:
    joined = "".join(["num", "erical"])
    print("from_string       ", side.from_string("numerical") is word)
    print("intern_from_string", side.intern_from_string("numerical") is word)
    print("intern_in_place   ", side.intern_in_place(joined) is word)

# %% table
name = "".join(["nu", "meral"])
before_intern = getrefcount(name)
same_name = raw.intern_in_place(name)
interned_count = getrefcount(name)
print(same_name is name)
print(before_intern, interned_count)

# %% leaks
calls = 1000
rose = {}
for side, intern_in_place in (
    ("safe", safe.intern_in_place),
    ("raw", raw.intern_in_place),
    ("wrong", wrong.intern_in_place_leaks),
):
    count = getrefcount(name)
    for _ in range(calls):
        intern_in_place(name)
    rose[side] = getrefcount(name) - count
    print(f"{side:5}  rose by {rose[side]}")

# %% borrows
copy = "".join(["nu", "meral"])
spare = [copy] * (2 * calls)
fell = {}
for side, intern_in_place in (
    ("safe", safe.intern_in_place),
    ("raw", raw.intern_in_place),
    ("wrong", wrong.intern_in_place_borrows),
):
    count = getrefcount(copy)
    right = True
    for _ in range(calls):
        right &= intern_in_place(copy) is name
    fell[side] = count - getrefcount(copy)
    print(f"{side:5}  right: {right}  fell by {fell[side]}")
for _ in range(fell["wrong"]):
    wrong.echo_leaks(copy)
print("missing now:", count - getrefcount(copy))

# %% key
print(safe.key() is safe.key(), safe.key() is intern("key_from_rust"))

# %% counted
class Cls:
    pass


specimens = {
    "object()": object(),
    "float('0.5')": float("0.5"),
    "int('1025')": int("1025"),
    "Cls": Cls,
    "int('257')": int("257"),
    "2": 2,
    "None": None,
    "()": (),
    "int": int,
    "'a'": "a",
    "interned": name,
    "0.5": 0.5,
}
counted = {}
for kind, specimen in specimens.items():
    counted[kind] = raw.counts(specimen)
    print(f"{kind:12}  {counted[kind]}")

# %% fooled
missed = {}
for kind in "object()", "2":
    specimen = specimens[kind]
    for side, echo in (
        ("safe", safe.echo),
        ("raw", raw.echo),
        ("wrong", wrong.echo_leaks),
    ):
        missed[kind, side] = wrong.rise_takes_any_specimen(echo, specimen, calls)
        print(f"{kind:8}  {side:5}  rose by {missed[kind, side]}")

# %% refused_specimen
found = {}
for kind in "object()", "2":
    specimen = specimens[kind]
    for side, rise in ("safe", safe.rise), ("raw", raw.rise):
        try:
            found[kind, side] = rise(wrong.echo_leaks, specimen, calls)
        except ValueError as error:
            found[kind, side] = error.args[0]
        print(f"{kind:8}  {side:4}  {found[kind, side]}")

# %% suite not_on="wasm" why="counts blocks of pymalloc"
from sys import getallocatedblocks


def left_by(suite, rounds=100):
    """How many blocks each test leaves behind whenever it runs."""
    left = {}
    for test in suite:
        for _ in "warm", "measured":
            before = getallocatedblocks()
            for _ in range(rounds):
                test()
        left[test.__name__] = round((getallocatedblocks() - before) / rounds)
    return left


def test_echo():
    assert raw.echo(object())


def test_echo_leaks():
    assert wrong.echo_leaks(object())


def test_echo_leaks_with_2():
    assert wrong.echo_leaks(2) == 2


left_in_suite = left_by([test_echo, test_echo_leaks, test_echo_leaks_with_2])
for name, blocks in left_in_suite.items():
    print(f"{name:23} {blocks}")

# %% interned_data since="3.12"
from sys import getunicodeinternedsize

stayed = {}
for way, intern_text in (
    ("raw.intern_from_string", raw.intern_from_string),
    ("raw.intern_in_place", raw.intern_in_place),
    ("safe.intern_from_string", safe.intern_from_string),
    ("sys.intern", intern),
):
    size = getunicodeinternedsize()
    kept = [intern_text(f"{way} {n}") for n in range(calls)]
    added = getunicodeinternedsize() - size
    kept.clear()
    stayed[way] = getunicodeinternedsize() - size
    print(f"{way:24} added {added:4}  stayed {stayed[way]:4}")

# %% nan kind="edge"
nan = raw.from_double(float("nan"))
print(nan == nan, raw.equal(nan, nan), safe.equal(nan, nan))

# %% long_limits kind="edge" not_on="wasm" why="a long has 32 bits"
for n in 2**63 - 1, -(2**63):
    print(raw.from_long(n) == n, safe.from_long(n) == n)

# %% long_from_bool kind="edge"
for side in raw, safe:
    print(side.from_long(True), side.from_long(True) is side.from_long(1))

# %% refusals kind="edge"
def refusal(call, *arguments):
    try:
        return call(*arguments)
    except Exception as error:
        return repr(error)


for side in raw, safe:
    print(refusal(side.from_long, 2**63))
    print(refusal(side.from_long, "2"))
    print(refusal(side.intern_in_place, b"numerical"))

# %% text_with_nul_safe kind="edge"
for from_text in (
    safe.from_string,
    safe.intern_from_string,
    raw.intern_in_place,
    safe.intern_in_place,
):
    print(from_text("a\0b") == "a\0b")

# %% text_with_nul_raw kind="edge" raises="ValueError"
raw.from_string("a\0b")

# %% surrogate_raw kind="edge"
lone = "\udc80"
print(raw.intern_in_place(lone) == lone)

# %% surrogate_safe kind="edge" raises="UnicodeEncodeError"
safe.intern_in_place(lone)

# %% subclass kind="edge"
class Text(str):
    pass


for side in raw, safe:
    text = Text("numerical")
    print(type(side.intern_in_place(text)).__name__, side.intern_in_place(text) is word)

# %% subclass_by_python kind="edge" raises="TypeError"
intern(Text("numerical"))

# %% unequal kind="edge"
class Unequal:
    def __eq__(self, other):
        raise ValueError("no comparison today")


unequal = Unequal()
for side in raw, safe:
    try:
        print(side.equal(unequal, unequal))
    except ValueError as error:
        print(error)

# %% raising kind="edge"
def fail(argument):
    raise ValueError("planned")


thing = object()
for side in raw, safe:
    count = getrefcount(thing)
    for _ in range(calls):
        try:
            side.rise(fail, thing, calls)
        except ValueError:
            pass
    print(getrefcount(thing) - count)

# %% asked kind="edge" since="3.14"
import sys

for kind, specimen in specimens.items():
    if raw.is_immortal(specimen) == counted[kind]:
        print(kind, "does not agree")
    if raw.is_immortal(specimen) != sys._is_immortal(specimen):
        print(kind, "does not agree")
print("all agree")

# %% digits kind="edge"
print(raw.ref_count(object()) == getrefcount(object()))
agree = raw.ref_count(None) == getrefcount(None)
print(agree)
