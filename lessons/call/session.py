"""Calls: who owns the arguments while the callee runs, and whose exception it is."""

# %% notebook
from sys import getrefcount

from lesson_call import raw, safe, wrong


def my_func(arg1, kw1="default"):
    return f"results: {arg1}, {kw1}"


for side in raw, safe:
    print(side.function_call(my_func, ("first argument",), {}))
    print(side.function_call(my_func, ("first argument",), {"kw1": "non default"}))
by_default = raw.function_call(my_func, ("first argument",), {})
by_keyword = raw.function_call(my_func, ("first argument",), {"kw1": "non default"})

# %% raised
def divide():
    return 1 / 0


def last_function(error):
    trace = error.__traceback__
    while trace.tb_next:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_name


def attempt(function_call):
    try:
        function_call(divide, ())
    except Exception as error:
        print(type(error).__name__, "from", last_function(error))
        print("    cause:", error.__cause__, "  context:", error.__context__)
        return type(error).__name__


from_safe = attempt(safe.function_call)
from_raw = attempt(raw.function_call)
from_wrong = attempt(wrong.function_call_hides_the_error)

# %% other_ways kind="edge"
for side in raw, safe:
    print(side.call_no_args(dict))
    print(side.call_one_arg(my_func, "one"))
    print(side.pack_and_call(my_func, "one"))
    print(side.call_object(my_func, ("one", "two")))
    print(side.vectorcall(my_func, "one", "two"))
    print(side.vectorcall_keyword(my_func, "one", "kw1", "two"))

# %% lent
thing = object()
outside = getrefcount(thing)
by_array = raw.call_one_arg(getrefcount, thing)
by_tuple = raw.pack_and_call(getrefcount, thing)
print("raw ", by_array, by_tuple)
by_rust_tuple = safe.call_one_arg(getrefcount, thing)
by_python_tuple = safe.pack_and_call(getrefcount, thing)
print("safe", by_rust_tuple, by_python_tuple)

# %% inside
def look(argument):
    return getrefcount(argument)


class Look:
    def __new__(cls, argument):
        return getrefcount(argument)


added = {}
for callee, function in (
    ("C function", getrefcount),
    ("Python function", look),
    ("class", Look),
):
    array = raw.call_one_arg(function, thing) - outside
    packed = raw.pack_and_call(function, thing) - outside
    added[callee] = array, packed
    print(f"{callee:16} array {array:+}  tuple {packed:+}")

# %% method
class Meter:
    def look(self, argument):
        return getrefcount(self)


meter = Meter()
for side in raw, safe:
    at_once = side.call_method_one_arg(meter, "look", None)
    in_steps = side.get_and_call(meter, "look", None)
    print(f"in two steps {in_steps - at_once:+}")

# %% bound
import weakref

print(meter.look is meter.look, meter.look == meter.look)
print(weakref.ref(meter.look)())
print(weakref.WeakMethod(meter.look)() == meter.look)

# %% by_hand
last = raw.make_last()
for function in safe.last, last:
    print(function("one", "two"), raw.vectorcall(function, "one", "two"))
try:
    last()
except TypeError as error:
    print(error)
try:
    last(kw="one")
except TypeError as error:
    print(error)

# %% lends
calls = 1000
given = object()
spare = [given] * calls
fell = {}
for name, function in (
    ("safe", safe.last),
    ("raw", raw.make_last()),
    ("wrong", wrong.make_last_lends()),
):
    count = getrefcount(given)
    for _ in range(calls):
        function(given)
    fell[name] = count - getrefcount(given)
    print(f"{name:5}  fell by {fell[name]}")

# %% forward
for side in raw, safe:
    print(side.forward(my_func, "one", kw1="two"))
    forwarded = side.forward(getrefcount, thing) - outside
    print(f"added {forwarded:+}")

# %% leaks_tuple
arg = object()
rose_arg = {}
for name, pack_and_call in (
    ("safe", safe.pack_and_call),
    ("raw", raw.pack_and_call),
    ("wrong", wrong.pack_and_call_leaks_tuple),
):
    count = getrefcount(arg)
    for _ in range(calls):
        pack_and_call(id, arg)
    rose_arg[name] = getrefcount(arg) - count
    print(f"{name:5}  rose by {rose_arg[name]}")

# %% drops_keywords
dropped = wrong.forward_drops_keywords(my_func, "one", kw1="two")
print(dropped)

# %% call_or_none
import sys

print(safe.call_or_none(dict))
print(safe.call_or_none(divide))
print(safe.call_or_none(sys.exit))

# %% words kind="edge"
class Words(dict):
    pass


words = Words(kw1="two")
for side in raw, safe:
    print(side.function_call(my_func, ("one",), words))

# %% words_to_slice kind="edge" raises="SystemError"
safe.function_call(slice, (1,), words)

# %% words_from_python kind="edge" raises="TypeError"
slice(1, **words)

# %% words_to_slice_raw kind="edge" raises="SystemError"
raw.function_call(slice, (1,), words)

# %% dict_to_slice kind="edge"
for side in raw, safe:
    try:
        side.function_call(slice, (1,), dict(words))
    except TypeError as error:
        print(error)

# %% inside_safe kind="edge"
for function in getrefcount, look, Look:
    by_array_safe = safe.call_one_arg(function, thing) - outside
    by_tuple_safe = safe.pack_and_call(function, thing) - outside
    print(f"array {by_array_safe:+}  tuple {by_tuple_safe:+}")

# %% empty_dict kind="edge"
for side in raw, safe:
    print(side.function_call(my_func, ("one",)))
    print(side.function_call(my_func, ("one",), None))
    print(side.function_call(my_func, ("one",), {}))

# %% no_arguments kind="edge"
for side in raw, safe:
    print(side.function_call(dict, ()), side.call_object(dict), side.forward(dict))

# %% subclasses kind="edge"
class Pair(tuple):
    def __iter__(self):
        raise RuntimeError("nobody asks me")


class Options(dict):
    def __getitem__(self, key):
        return "never seen"

    keys = items = None


for side in raw, safe:
    print(side.function_call(my_func, Pair(("one",)), Options(kw1="two")))

# %% keyword_callable kind="edge"
for side in raw, safe:
    print(side.forward(dict, callable=1, args=2, kw=3))

# %% too_few kind="edge" raises="TypeError"
raw.function_call(my_func, (), {"kw1": "two"})

# %% given_twice kind="edge" raises="TypeError"
raw.vectorcall_keyword(my_func, "one", "arg1", "again")

# %% unknown_name kind="edge"
for side in raw, safe:
    try:
        side.vectorcall_keyword(my_func, "one", "kw2", "two")
    except TypeError as error:
        print(error)

# %% key_not_str kind="edge"
for side in raw, safe:
    try:
        side.function_call(my_func, ("one",), {1: "two"})
    except TypeError as error:
        print(error)

# %% not_callable kind="edge"
for side in raw, safe:
    try:
        side.call_no_args(1)
    except TypeError as error:
        print(error)

# %% not_a_tuple_raw kind="edge" raises="TypeError"
raw.function_call(my_func, ["one"])

# %% object_not_a_tuple_raw kind="edge" raises="TypeError"
raw.call_object(my_func, ["one"])

# %% object_not_a_tuple_safe kind="edge" raises="TypeError"
safe.call_object(my_func, ["one"])

# %% no_such_method kind="edge"
for side in raw, safe:
    try:
        side.call_method_one_arg(meter, "missing", None)
    except AttributeError as error:
        print(error)

# %% same_error kind="edge"
planned = ValueError("planned")


def fail(argument):
    raise planned


for call in raw.call_one_arg, raw.forward, safe.call_one_arg, safe.forward:
    try:
        call(fail, thing)
    except ValueError as error:
        print(error is planned)

# %% not_an_exception kind="edge"
class Stop(BaseException):
    pass


def stop():
    raise Stop


for side in raw, safe:
    try:
        side.call_no_args(stop)
    except Stop:
        print("Stop")

# %% recursion kind="edge" not_on="wasm" why="needs a deep stack"
def again():
    return call_again(again)


for call_again in raw.call_no_args, safe.call_no_args:
    try:
        again()
    except RecursionError as error:
        print(type(error).__name__)

# %% failing kind="edge"
for side in raw, safe:
    count = getrefcount(arg)
    for call in side.call_one_arg, side.pack_and_call, side.forward:
        for _ in range(calls):
            try:
                call(int, arg)
            except TypeError:
                pass
    print(getrefcount(arg) - count)
