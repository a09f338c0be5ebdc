# %% three
from sys import getrefcount
from lesson_tuple import raw, safe, wrong

sides = (safe.reverse_tuple, raw.reverse_tuple, wrong.reverse_tuple_leaks_result)
rose = {}
for specimen in (object(), 2):
    pair = ("value0", specimen)
    for reverse_tuple in sides:
        right = reverse_tuple(pair) == (specimen, "value0")
        before = getrefcount(specimen)
        for _ in range(1000):
            reverse_tuple(pair)
        rose[type(specimen), reverse_tuple] = getrefcount(specimen) - before
        print(type(specimen).__name__, reverse_tuple.__name__, right, getrefcount(specimen) - before)

# %% notebook
tv0 = "value0"
tv1 = object()
tup = (tv0, tv1)
print(getrefcount(tv1))
rtup = raw.reverse_tuple(tup)
print(getrefcount(tv1))
