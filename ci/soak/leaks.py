"""Make every call 100,000 times: nothing may stay behind."""

import child

# The debug build counts all references; the free-threaded one counts in another way.
TAGS = ["3.14d", "3.14t"]
TIMES = 100_000


def options(_parser):
    pass


def run(python, job, progress, _arguments):
    return child.run(python, "leaks.py", {**job, "times": TIMES}, progress)


def judge(_lesson, ended):
    return ended.problems


def afterwards(_calls, _told):
    return []


def summary(told):
    return "{functions} functions, {calls} calls, {made:,} times".format(**told)
