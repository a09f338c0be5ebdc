"""Make every call 100,000 times: nothing may stay behind."""

import child

# The debug build counts all references; the free-threaded one counts in another way.
TAGS = ["3.14d", "3.14t"]
TIMES = 100_000
WEIGHT = 1


def prepare(_python, _arguments):
    pass


def fits(_course, _python):
    return None


def options(_parser):
    pass


def run(task, progress, _arguments):
    return child.run(task, "leaks.py", {**task.job, "times": TIMES}, progress)


def judge(_lesson, ended):
    return ended.problems


def afterwards(_calls, _told):
    return []


def summary(told):
    return "{functions} functions, {calls} calls, {made:,} times".format(**told)
