"""Repeat, starve, confuse and race every function of every lesson.

Run with Python 3.11 or newer:

    python3 ci/soak/check.py leaks [LESSON …] [--python PATH] [--require]

`leaks`     makes every call of lessons/*/tests/calls.py 100,000 times: nothing may stay behind.
`hostile`   throws arbitrary objects at every function, with Hypothesis, from PyPI.
`nomemory`  lets each allocation of each call fail: an ordinary exception, and nothing behind.
`valgrind`  makes each call 1,000 times under valgrind.
`races`     lets another thread change what a function looks at, between any two steps of it.

Every check also runs over the faults in planted/, and fails if it does not find them. Where
there is no CPython that a check needs, it says so and succeeds; with --require it fails.
"""

import argparse
import sys
import time

if sys.version_info < (3, 11):
    print("*** NOT RUN: ci/soak/check.py: Python 3.11 or newer must run this ***")
    sys.exit("--require" in sys.argv)

import child
import hostile
import leaks
import lesson
import nomemory
import pythons
import races
import valgrind

KINDS = {"leaks": leaks, "nomemory": nomemory, "hostile": hostile, "valgrind": valgrind, "races": races}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    kinds = parser.add_subparsers(dest="kind", required=True)
    for name, kind in KINDS.items():
        own = kinds.add_parser(name, help=kind.__doc__.splitlines()[0])
        own.add_argument("lessons", nargs="*", metavar="LESSON", help="a topic; without any, all")
        own.add_argument("--python", metavar="PATH", help=f"instead of {', '.join(kind.TAGS)}")
        own.add_argument("--require", action="store_true", help="fail where it cannot run")
        kind.options(own)
    arguments = parser.parse_args()
    every = {each.topic: each for each in lesson.every()}
    for topic in arguments.lessons:
        if topic not in every:
            parser.error(f"no lesson `{topic}`; there are {', '.join(every)}")
    lessons = [every[topic] for topic in arguments.lessons or every]
    return Check(KINDS[arguments.kind], arguments).run(lessons)


class Check:
    """One kind of check, of some lessons."""

    def __init__(self, kind, arguments):
        self.kind, self.arguments = kind, arguments
        self.name = arguments.kind
        self.problems = self.missing = self.ran = self.faults = 0
        self.told = {}  # what the children told of each lesson, one after the other

    def run(self, lessons):
        found = self.pythons()
        for python in found:
            for each in lessons:
                try:
                    self.check(each, python, each.extension(python))
                except lesson.NotBuilt:
                    self.report(f"{self.name}: lesson {each.topic} cannot be built")
                except child.Skipped as why:
                    self.missing += 1
                    print(f"*** NOT RUN: {self.name} of {each.topic} on {python.tag}: {why} ***")
        if [python.tag for python in found] == self.kind.TAGS:
            for each in lessons:
                for problem in self.kind.afterwards(each.calls, self.told.get(each.topic, [])):
                    self.report(problem.text(each.calls.relative_to(lesson.ROOT)))
        if not self.faults and not self.missing and len(lessons) == len(lesson.every()):
            self.report(f"{self.name}: no fault is planted, so nothing shows that it finds one")
        if not self.ran and not self.missing:
            self.report(f"{self.name}: nothing was checked")
        return 1 if self.problems or (self.missing and self.arguments.require) else 0

    def pythons(self):
        try:
            found = [self.arguments.python and pythons.probe(self.arguments.python)]
        except pythons.NoPython as why:
            return self.report(f"{self.name}: {why}") or []
        if found != [None]:
            return found
        found = []
        for tag in self.kind.TAGS:
            try:
                found.append(pythons.find(tag, getattr(self.kind, "fits", pythons.any_fits)))
            except pythons.NoPython as why:
                self.missing += 1
                print(f"*** NOT RUN: {self.name} on {tag}: {why} ***")
        return found

    def check(self, each, python, extension):
        path = each.calls.relative_to(lesson.ROOT)
        if not each.calls.is_file():
            self.report(f"{path}: there is no such file", "help: CONTRIBUTING says what is in it")
            return
        started = time.perf_counter()
        ended = self.child(each, python, extension, each.calls, ["raw", "safe"])
        for problem in self.kind.judge(each, ended) + died(ended):
            self.report(problem.text(path))
        planted = sorted(each.planted(self.name).glob("*.py"))
        found = sum(self.planted(each, python, extension, file) for file in planted)
        self.ran += 1
        self.faults += found
        child.show("")
        if ended.told:
            self.told.setdefault(each.topic, []).append(ended.told)
        said = self.kind.summary(ended.told) if ended.told else "stopped"
        seconds = time.perf_counter() - started
        faults = f", {found} planted faults found" if planted else ""
        print(f"{self.name} {python.tag:6} {each.topic:12} {said}{faults} ({seconds:.1f} s)")

    def child(self, each, python, extension, calls, sides):
        job = {
            "calls": str(calls),
            "extension": extension,
            "module": f"lesson_{each.topic}",
            "sides": sides,
            "source": str(each.folder / "src"),
        }

        def progress(place):
            child.show(f"{self.name} {python.tag} {each.topic}: {place}")

        return self.kind.run(python, job, progress, self.arguments)

    def planted(self, each, python, extension, file):
        """How many faults of `file` were found; what else was found is a problem."""
        expected = lesson.lists(file)["EXPECTED"]
        ended = self.child(each, python, extension, file, ["raw", "safe", "wrong"])
        problems = self.kind.judge(each, ended) + died(ended)
        problems += self.kind.afterwards(file, [ended.told] if ended.told else [])
        path = file.relative_to(lesson.ROOT)
        faults = 0
        for call, piece in pairs(expected):
            found = [problem.what for problem in problems if (problem.call or "") == call]
            if any(piece in what for what in found):
                faults += 1
            else:
                said = "".join(f"\n    found: {what}" for what in found)
                self.report(f"{path}: not found: {call or 'in the file'}: {piece}{said}")
        for problem in problems:
            if problem.call and problem.call not in expected:
                self.report(problem.text(path), "help: no fault was planted there")
        return faults

    def report(self, *lines):
        child.show("")
        self.problems += 1
        print("\n".join(lines), flush=True)


def pairs(expected):
    """Each fault of EXPECTED, as a pair of a call and a piece of what must be said of it."""
    lists = ((call, [said] if isinstance(said, str) else said) for call, said in expected.items())
    return [(call, piece) for call, pieces in lists for piece in pieces]


def died(ended):
    if ended.told is not None:
        return []
    said = "".join(f"\n    {line}" for line in ended.printed.splitlines())
    return [child.Problem(f"{ended.at} dies: {ended.how}{said}", call=ended.at)]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
