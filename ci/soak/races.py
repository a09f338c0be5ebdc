"""Let another thread change what a function looks at, between any two steps of the function."""

import platform
import sys

import child
from compiled import library
from course import lists

TAGS = ["3.14t"]
WEIGHT = 4
# Memory that was freed is filled: what touches it is seen at once.
DEBUG = {"PYTHONMALLOC": "debug"}
SOURCES = ["between.rs", "planted/races/faults.rs"]


def options(_parser):
    pass


def prepare(_python, _arguments):
    for source in SOURCES:
        library(source)


def fits(_course, _python):
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return "it needs Linux on x86-64"
    return None


def run(task, progress, _arguments):
    between, faults = (str(library(source)) for source in SOURCES)
    job = {**task.job, "library": between}
    return child.run(task, "races.py", job, progress, variables={**DEBUG, "FAULTS": faults})


def judge(lesson, ended):
    for problem in ended.problems:
        side = (problem.call or "").partition(".")[0]
        if side in ("raw", "safe", "wrong") and "(" not in problem.call:
            problem.file, problem.line = f"lessons/{lesson.topic}/src/{side}.rs", None
    return ended.problems


def afterwards(calls, told):
    """An entry of RACES that never goes wrong is wrong."""
    seen = {name for each in told for name in each["races"]}
    return [
        child.Problem(f"{name} stands in RACES, and nothing goes wrong", help="take it out")
        for name in sorted(set(lists(calls).get("RACES", {})) - seen)
    ]


def summary(told):
    return "{functions} functions, {changes} changes, {made:,} calls".format(**told)
