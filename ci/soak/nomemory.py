"""Fail every allocation of every call, one at a time: each must end in an ordinary exception."""

import child
from compiled import library
from course import lists

# The oldest, the newest, and the debug build, which counts all references.
TAGS = ["3.9", "3.15", "3.14d"]
WEIGHT = 2


def prepare(_python, _arguments):
    library("failing_allocator.rs")


def fits(_course, _python):
    return None


def options(_parser):
    pass


def run(task, progress, _arguments):
    job = {**task.job, "library": str(library("failing_allocator.rs"))}
    return child.run(task, "nomemory.py", job, progress)


def judge(_lesson, ended):
    return ended.problems


def afterwards(calls, told):
    """An entry of ABORTS or KEEPS that no Python needs any more is wrong."""
    problems = []
    for kind, does in ("aborts", "panics"), ("keeps", "leaves anything behind"):
        seen = {name for each in told for name in each[kind]}
        for name in sorted(set(lists(calls).get(kind.upper(), {})) - seen):
            what = f"{name} stands in {kind.upper()}, and never {does}"
            problems.append(child.Problem(what, help="take it out"))
    return problems


def summary(told):
    return "{calls} calls, {failed} allocations failed, {panics} of them in a panic".format(
        panics=len(told["aborts"]), **told
    )
