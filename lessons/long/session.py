"""Integers: a value or an exception, never both, never neither."""

# %% integer_value
from lesson_long import raw, safe, wrong

for side in raw, safe:
    print(type(side.integer_value), side.integer_value)

# %% attach_number
namespace = {}
for side in raw, safe:
    side.attach_number(namespace, "42")
    print(namespace)
    try:
        side.attach_number(namespace, "no number")
    except ValueError as error:
        print(error)

# %% unchecked crashes="SIGSEGV"
wrong.attach_number_unchecked(namespace, "no number")

# %% as_long
from struct import calcsize

bits = 8 * calcsize("l")
largest = 2 ** (bits - 1) - 1


def ask(specimen):
    for name, as_long in ("raw", raw.as_long), ("safe", safe.as_long):
        try:
            answer = as_long(specimen)
        except Exception as error:
            answer = repr(error)
        print(f"{name:4}  {answer}")


ask(-1)
ask(largest + 1)
ask("42")

# %% wider raises="OverflowError"
print(safe.as_i128(2**100))
safe.as_i128(2**127)

# %% by_hand raises="TypeError"
print(raw.as_long_by_hand(-1))
raw.as_long_by_hand("42")

# %% by_keyword raises="TypeError"
print(raw.as_long(object=7))
raw.as_long_by_hand(object=7)

# %% neither
print(wrong.as_long_by_hand_trusts_minus_one(-2))
try:
    print(wrong.as_long_by_hand_trusts_minus_one(-1))
except Exception as error:
    promised = type(error).__name__
    print(f"{promised}: {error}")

# %% both
try:
    wrong.as_long_ignores_the_exception("42")
except SystemError as error:
    lost = repr(error.__cause__)
    print(error)
    print("cause:", lost)

# %% late
calls = 1000


def read(specimen, as_long):
    try:
        wrong.as_long_ignores_the_exception(specimen)
    except SystemError:
        return "noticed at once"
    return as_long(-1)


for _ in range(calls):
    read(0, raw.as_long)
for name, as_long in ("raw", raw.as_long), ("safe", safe.as_long):
    try:
        print(name, read("42", as_long))
    except TypeError as error:
        print(f"{name}.as_long(-1): {error}")

# %% index
class Meter:
    asked = 0

    def __index__(self):
        self.asked += 1
        return -1


meter = Meter()
ask(meter)
print("asked:", meter.asked)

# %% as_int64 since="3.14" raises="TypeError"
print(raw.as_int64(-1))
raw.as_int64("42")

# %% or_minus_one
print(safe.as_long_or_minus_one(-1), safe.as_long_or_minus_one("42"))

# %% from_long kind="edge"
print(raw.from_long(2000000), safe.from_long(2000000))

# %% zero kind="edge"
ask(0)

# %% at_the_upper_end kind="edge"
ask(largest)

# %% at_the_lower_end kind="edge"
ask(-largest - 1)

# %% past_the_lower_end kind="edge"
ask(-largest - 2)

# %% from_long_past_the_end kind="edge"
for side in raw, safe:
    try:
        side.from_long(largest + 1)
    except OverflowError as error:
        print(repr(error))

# %% true kind="edge"
ask(True)

# %% float kind="edge"
import warnings


def ask_and_listen(specimen):
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        ask(specimen)
    for warning in heard:
        print(f"{warning.category.__name__}: {warning.message}")


ask_and_listen(2.5)

# %% none kind="edge"
ask(None)

# %% index_past_the_end kind="edge"
class Index:
    def __init__(self, answer):
        self.answer = answer

    def __index__(self):
        return self.answer


ask(Index(largest + 1))

# %% index_is_no_integer kind="edge"
ask(Index("42"))

# %% index_is_a_bool kind="edge"
ask_and_listen(Index(True))

# %% index_raises kind="edge"
class Refuses:
    def __index__(self):
        raise ValueError("not today")


ask(Refuses())

# %% counts kind="edge"
from sys import getrefcount

print(getrefcount(raw.integer_value) - getrefcount(safe.integer_value))
print(getrefcount(raw.from_long(2000000)) - getrefcount(safe.from_long(2000000)))
