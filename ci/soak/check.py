"""Repeat, starve, confuse and race every function of every lesson.

Run with Python 3.11 or newer:

    python3 ci/soak/check.py all [LESSON …] [--require]
    python3 ci/soak/check.py leaks [LESSON …] [--python TAG|PATH] [--require]

`leaks`     makes every call of lessons/*/tests/calls.py 100,000 times: nothing may stay behind.
`hostile`   throws arbitrary objects at every function, with Hypothesis, from PyPI.
`nomemory`  lets each allocation of each call fail: an ordinary exception, and nothing behind.
`valgrind`  makes each call 1,000 times under valgrind.
`races`     lets another thread change what a function looks at, between any two steps of it.

Every check also runs over the faults in planted/, and fails if it does not find them. Where
there is no CPython that a check needs, it says so and succeeds; with --require it fails. As many
processes run at a time as there are cores: the longest first, whatever kind they are.
"""

import argparse
import collections
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed

if sys.version_info < (3, 11):
    print("*** NOT RUN: ci/soak/check.py: Python 3.11 or newer must run this ***")
    sys.exit("--require" in sys.argv)

import child
import hostile
import leaks
import nomemory
import races
import valgrind
from course import ROOT, Course, NoPython, Undescribed
from task import Task

KINDS = {kind.__name__: kind for kind in (leaks, hostile, nomemory, valgrind, races)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    chosen = parser.add_subparsers(dest="kind", required=True)
    for name in [*KINDS, "all"]:
        kinds = KINDS.values() if name == "all" else [KINDS[name]]
        says = "All of them." if name == "all" else KINDS[name].__doc__.splitlines()[0]
        own = chosen.add_parser(name, help=says)
        own.add_argument("lessons", nargs="*", metavar="LESSON", help="a topic; without any, all")
        own.add_argument("--python", metavar="TAG|PATH", help="instead of those the check is for")
        own.add_argument("--require", action="store_true", help="fail where it cannot run")
        own.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes at a time")
        own.set_defaults(kinds=list(kinds))
        for kind in kinds:
            kind.options(own)
    arguments = parser.parse_args()
    # So that `finally` ends the children.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return Check(Course(arguments.lessons), arguments).run()
    except Undescribed:
        return 1


class Check:
    """Some kinds of check, of some lessons."""

    def __init__(self, course, arguments):
        self.course, self.arguments = course, arguments
        self.problems = 0
        self.missing = collections.Counter()  # by kind
        self.ran = collections.Counter()
        self.faults = collections.Counter()
        self.seconds = collections.Counter()
        self.told = collections.defaultdict(list)  # what the children told of each kind and topic

    def run(self):
        tasks = sorted(self.tasks(), key=Task.weight, reverse=True)
        pool = ThreadPoolExecutor(self.arguments.jobs)
        try:
            for done in as_completed([pool.submit(task.run, self.arguments) for task in tasks]):
                self.hear(done.result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            child.end_all()
        for kind in self.arguments.kinds:
            self.conclude(kind)
        wanting = self.missing.total() and self.arguments.require
        return 1 if self.problems or wanting else 0

    def tasks(self):
        """All there is to do; everything is built before the first of it begins."""
        wanted = collections.defaultdict(list)  # the kinds, by the executable
        for kind in self.arguments.kinds:
            for executable in self.executables(kind):
                wanted[executable].append(kind)
        for executable, kinds in wanted.items():
            python, extensions, failed = self.course.build(executable)
            for topic, words in failed.items():
                self.report(f"lesson {topic} cannot be built for {python.tag}: {words}")
            for kind in kinds:
                try:
                    kind.prepare(python, self.arguments)
                except child.Skipped as why:
                    self.lacks(kind, f"on {python.tag}: {why}")
                    continue
                for lesson in self.course.lessons:
                    if lesson.topic in extensions:
                        extension = extensions[lesson.topic]
                        yield from self.of(kind, lesson, python, extension)

    def executables(self, kind):
        if self.arguments.python:
            return [self.arguments.python]
        found = []
        for tag in kind.TAGS:
            try:
                found.append(self.course.find(tag, kind.fits).executable)
            except NoPython as why:
                self.lacks(kind, f"on {tag}: {why}")
        return found

    def of(self, kind, lesson, python, extension):
        if not lesson.calls.is_file():
            path = lesson.calls.relative_to(ROOT)
            self.report(f"{path}: there is no such file", "help: CONTRIBUTING says what is in it")
            return
        yield Task(kind, self.course, lesson, python, extension, lesson.calls)
        for file in lesson.planted(kind.__name__):
            yield Task(kind, self.course, lesson, python, extension, file, planted=True)

    def hear(self, task):
        for lines in task.problems():
            self.report(*lines)
        name = task.kind.__name__
        self.seconds[name] += task.ended.seconds
        self.faults[name] += task.found
        if not task.planted:
            self.ran[name] += 1
            if task.ended.told:
                self.told[name, task.lesson.topic].append(task.ended.told)
        child.show("")
        print(task.summary(), flush=True)

    def conclude(self, kind):
        name = kind.__name__
        if not self.arguments.python and not self.missing[name]:
            for lesson in self.course.lessons:
                if lesson.calls.is_file():
                    for problem in kind.afterwards(lesson.calls, self.told[name, lesson.topic]):
                        self.report(problem.text(lesson.calls.relative_to(ROOT)))
        if not self.missing[name] and not self.arguments.lessons and not self.faults[name]:
            self.report(f"{name}: no fault is planted, so nothing shows that it finds one")
        if not self.ran[name] and not self.missing[name]:
            self.report(f"{name}: nothing was checked")
        print(
            f"{name}: {self.ran[name]} runs, {self.faults[name]} planted faults found, "
            f"{self.seconds[name]:.0f} s of CPU"
        )

    def lacks(self, kind, what):
        self.missing[kind.__name__] += 1
        print(f"*** NOT RUN: {kind.__name__} {what} ***")

    def report(self, *lines):
        child.show("")
        self.problems += 1
        print("\n".join(lines), flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
