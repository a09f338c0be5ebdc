"""Attributes: whose is the answer, and what may go wrong on the way to it."""

# %% notebook
from sys import getrefcount

from lesson_attribute import raw, safe, wrong


class Cls:
    pass


obj = Cls()
val = object()
start = getrefcount(val)
print(start)

raw.attach_attr(obj, "name", val)
attached = getrefcount(val)
print(attached)

print(obj.name is val)
print(getrefcount(val))

val2 = raw.retrieve_attr(obj, "name")
retrieved = getrefcount(val)
print(retrieved)
print(val2 is val)

# %% lecture
lost = object()
print(getrefcount(lost))

raw.attach_attr(obj, "name", lost)
print(getrefcount(lost))

print(obj.name is lost)
print(getrefcount(lost))

val3 = wrong.retrieve_attr_leaks(obj, "name")
with_leak = getrefcount(lost)
print(with_leak)
print(val3)

# %% leaks
calls = 1000
rose = {}
for side, retrieve_attr in (
    ("safe", safe.retrieve_attr),
    ("raw", raw.retrieve_attr),
    ("wrong", wrong.retrieve_attr_leaks),
):
    count = getrefcount(lost)
    for _ in range(calls):
        retrieve_attr(obj, "name")
    rose[side] = getrefcount(lost) - count
    print(f"{side:5}  rose by {rose[side]}")

# %% runs
class Sensor:
    unit = "K"

    @property
    def fresh(self):
        ran.append("fresh")
        print("  a property runs")
        return object()

    def __getattr__(self, name):
        ran.append(name)
        print("  __getattr__ runs for", name)
        return object()


ran = []
sensor = Sensor()
sensor.place = "roof"
for side in safe, raw:
    for name in "place", "unit", "fresh", "colour":
        print(name)
        side.retrieve_attr(sensor, name)

# %% nobody_else
of_temporary = getrefcount(object())
of_property = getrefcount(raw.retrieve_attr(sensor, "fresh"))
print(of_property - of_temporary)

# %% any_exception
class Broken:
    @property
    def value(self):
        return 1 / 0

    def __setattr__(self, name, value):
        raise OSError("read-only today")


broken = Broken()


def failure(call, *args):
    try:
        call(*args)
    except Exception as error:
        return error


for side in safe, raw:
    print(repr(failure(side.retrieve_attr, broken, "value")))
    print(repr(failure(side.attach_attr, broken, "value", 1)))

# %% status
for side in safe, raw:
    error = failure(side.attach_attr, broken, "value", 1)
    print(repr(error), error.__cause__)
try:
    wrong.attach_attr_ignores_status(broken, "value", 1)
except Exception as error:
    hidden = int(not isinstance(error, OSError))
    print(repr(error))
    print("caused by", repr(error.__cause__))

# %% null kind="edge"
for side in safe, raw:
    print(repr(failure(side.retrieve_attr, obj, "missing")))
try:
    wrong.retrieve_attr_ignores_null(obj, "missing")
except Exception as error:
    replaced = int(not isinstance(error, AttributeError))
    print(repr(error))
    print("caused by", repr(error.__cause__))

# %% copied
source, target = Cls(), Cls()
source.name = object()
before_copy = getrefcount(source.name)
for side in safe, raw:
    side.copy_attr(source, target, "name")
    print(target.name is source.name, getrefcount(source.name) - before_copy)

# %% copied_null
for side in safe, raw:
    target.colour = "red"
    print(repr(failure(side.copy_attr, source, target, "colour")))
    kept_by_right = hasattr(target, "colour")
    print(kept_by_right)
try:
    wrong.copy_attr_ignores_null(source, target, "colour")
except SystemError as error:
    print(error)
kept_by_wrong = hasattr(target, "colour")
colour_left = getattr(target, "colour", "(no colour)")
print(colour_left)

# %% deleted kind="edge"
for side in safe, raw:
    target.colour = "red"
    side.del_attr(target, "colour")
    print(hasattr(target, "colour"))

# %% has_attr
import sys


def report(unraisable):
    print("  reported:", repr(unraisable.exc_value))
    print(" ", unraisable.err_msg)


sys.unraisablehook = report
for name in "__class__", "missing", "value":
    print(name)
    print(" ", raw.has_attr(broken, name))
sys.unraisablehook = sys.__unraisablehook__

# %% has_attr_with_error since="3.13"
print(raw.has_attr_with_error(broken, "missing"))
print(repr(failure(raw.has_attr_with_error, broken, "value")))

# %% safe_has_attr
print(safe.has_attr(broken, "missing"))
print(repr(failure(safe.has_attr, broken, "value")))

# %% optional
def outcome(ask, o, name):
    try:
        return ask(o, name, "default")
    except Exception as error:
        return repr(error)


class Lamp:
    colour = "red"

    @property
    def watts(self):
        return 1 / 0


lamp = Lamp()
swallowed = {}
for side, attr_or_default in (
    ("safe", safe.attr_or_default),
    ("raw", raw.attr_or_default),
    ("wrong", wrong.attr_or_default_clears_any),
):
    print(side)
    for name in "colour", "missing", "watts":
        print(f"  {name:8}", outcome(attr_or_default, lamp, name))
    swallowed[side] = int(outcome(attr_or_default, lamp, "watts") == "default")

# %% get_optional_attr since="3.13"
for side in safe, raw:
    for name in "colour", "missing", "watts":
        print(f"{name:8}", outcome(side.get_optional_attr, lamp, name))

# %% by_string kind="edge"
class Tag:
    pass


tag = Tag()
paint = object()
before_paint = getrefcount(paint)
for side in safe, raw:
    side.attach_attr_by_string(tag, "colour", paint)
    print(getrefcount(paint) - before_paint)
    print(side.retrieve_attr_by_string(tag, "colour") is paint)

# %% nul
cut = {}
for side, attach_attr_by_string in (
    ("safe", safe.attach_attr_by_string),
    ("raw", raw.attach_attr_by_string),
    ("wrong", wrong.attach_attr_by_string_cuts_at_nul),
):
    tag = Cls()
    error = failure(attach_attr_by_string, tag, "a\0b", 5)
    cut[side] = int("a" in tag.__dict__)
    print(f"{side:5} ", tag.__dict__, type(error).__name__)

# %% names
class Names:
    def __getattr__(self, name):
        seen.append(name)


names = Names()
made = {}
for side in raw, safe:
    seen = []
    for _ in range(calls):
        side.retrieve_name(names)
    made[side] = len(set(map(id, seen)))
    print(made[side], "str objects")

# %% always
print(outcome(safe.attr_or_default_always, lamp, "watts"))

# %% typo
class Typo:
    @property
    def value(self):
        return self.vlaue


typo = Typo()
print(safe.has_attr(typo, "value"))
print(outcome(safe.get_optional_attr, typo, "value"))

# %% literal kind="edge" not_on="free-threaded"
text = "attached value"
text_at_first = getrefcount(text)
print(text_at_first)
raw.attach_attr(obj, "name", text)
text_attached = getrefcount(text)
print(text_attached)
print(obj.name is text)
text_looked_up = getrefcount(text)
print(text_looked_up)
text2 = raw.retrieve_attr(obj, "name")
text_retrieved = getrefcount(text)
print(text_retrieved)

# %% literal_later kind="edge" not_on="free-threaded"
print(getrefcount(text))

# %% inherited kind="edge"
for side in raw, safe:
    print(side.retrieve_attr(Lamp, "colour"), side.retrieve_attr(3, "real"))

# %% none_is_found kind="edge"
lamp.nothing = None
for side in raw, safe:
    print(side.attr_or_default(lamp, "nothing", "default"))

# %% keyword kind="edge"
for side in raw, safe:
    side.attach_attr(o=obj, name="size", attr=3)
    print(side.retrieve_attr(name="size", o=obj))

# %% empty_name kind="edge"
for side in raw, safe:
    side.attach_attr(obj, "", 1)
    side.attach_attr_by_string(obj, "", 2)
    print(side.retrieve_attr(obj, ""), side.retrieve_attr_by_string(obj, ""))

# %% not_ascii kind="edge"
for side in raw, safe:
    side.attach_attr_by_string(obj, "größe", 3)
    print(obj.größe, side.retrieve_attr_by_string(obj, "größe"))

# %% surrogate kind="edge"
odd = Cls()
for side in raw, safe:
    side.attach_attr(odd, "\udc80", 4)
    print(side.retrieve_attr(odd, "\udc80"))

# %% surrogate_by_string kind="edge"
for side in raw, safe:
    try:
        side.retrieve_attr_by_string(odd, "\udc80")
    except UnicodeEncodeError as error:
        print(error)

# %% nul_by_object kind="edge"
for side in raw, safe:
    side.attach_attr(odd, "a\0b", 5)
    print(side.retrieve_attr(odd, "a\0b"), hasattr(odd, "a"))

# %% nul_retrieved kind="edge"
for side in raw, safe:
    error = failure(side.retrieve_attr_by_string, tag, "a\0b")
    print(type(error).__name__)

# %% subclass_of_str kind="edge"
class Text(str):
    pass


for side in raw, safe:
    side.attach_attr(obj, Text("text"), 6)
    print(side.retrieve_attr(obj, Text("text")), obj.text)

# %% missing kind="edge"
for side in raw, safe:
    try:
        side.retrieve_attr_by_string(obj, "missing")
    except AttributeError as error:
        print(error)

# %% delete_missing kind="edge"
for side in raw, safe:
    try:
        side.del_attr(obj, "missing")
    except AttributeError as error:
        print(error)

# %% no_place kind="edge"
for side in raw, safe:
    try:
        side.attach_attr(object(), "name", 1)
    except AttributeError as error:
        print(error)

# %% builtin_class kind="edge"
for side in raw, safe:
    try:
        side.attach_attr(int, "name", 1)
    except TypeError as error:
        print(error)

# %% name_is_no_str_raw kind="edge" raises="TypeError"
raw.retrieve_attr(obj, 1)

# %% name_is_no_str_safe kind="edge" raises="TypeError"
safe.retrieve_attr(obj, 1)

# %% by_string_is_no_str kind="edge"
for side in raw, safe:
    try:
        side.attach_attr_by_string(obj, b"name", 1)
    except TypeError as error:
        print(error)

# %% has_no_str kind="edge"
sys.unraisablehook = report
print(raw.has_attr(obj, 1))
sys.unraisablehook = sys.__unraisablehook__

# %% interrupted kind="edge"
class Interrupted:
    @property
    def value(self):
        raise KeyboardInterrupt


sys.unraisablehook = lambda unraisable: None
print(raw.has_attr(Interrupted(), "value"))
sys.unraisablehook = sys.__unraisablehook__
try:
    safe.has_attr(Interrupted(), "value")
except KeyboardInterrupt as error:
    print(repr(error))

# %% recursion kind="edge" not_on="wasm" why="needs a deep stack"
class Endless:
    def __getattr__(self, name):
        return side.retrieve_attr(self, name)


for side in raw, safe:
    print(type(failure(side.retrieve_attr, Endless(), "name")).__name__)

# %% counts_of_set kind="edge"
thing = object()
for side in raw, safe:
    holder = Cls()
    count = getrefcount(thing)
    for _ in range(calls):
        side.attach_attr(holder, "name", thing)
        side.attach_attr_by_string(holder, "name", thing)
        side.retrieve_name(holder)
        side.retrieve_attr_by_string(holder, "name")
    print(getrefcount(thing) - count)
    side.del_attr(holder, "name")
    print(getrefcount(thing) - count)

# %% counts kind="edge"
default = object()


def counts():
    return getrefcount(obj), getrefcount(default), getrefcount(Lamp)


for side in raw, safe:
    count = counts()
    for _ in range(calls):
        failure(side.retrieve_attr, obj, "missing")
        failure(side.retrieve_attr_by_string, obj, "missing")
        failure(side.del_attr, obj, "missing")
        failure(side.attach_attr, object(), "name", default)
        failure(side.attach_attr_by_string, object(), "name", default)
        failure(side.copy_attr, obj, object(), "name")
        failure(side.attr_or_default, lamp, "missing", default)
        failure(side.attr_or_default, lamp, "watts", default)
        failure(side.has_attr, obj, "missing")
    print(*(after - before for before, after in zip(count, counts())))

# %% optional_counts kind="edge" since="3.13"
for side in raw, safe:
    count = getrefcount(default)
    for _ in range(calls):
        failure(side.get_optional_attr, lamp, "missing", default)
        failure(side.get_optional_attr, lamp, "colour", default)
        failure(side.get_optional_attr, lamp, "watts", default)
    print(getrefcount(default) - count)
