"""Fail every allocation of every call, one at a time: each must end in an ordinary exception."""

import child
from compiled import library
from lesson import lists

# The oldest, the newest, and the debug build, which counts all references.
TAGS = ["3.9", "3.15", "3.14d"]


def options(_parser):
    pass


def run(python, job, progress, _arguments):
    return child.run(python, "nomemory.py", {**job, "library": str(library("nth.rs"))}, progress)


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
