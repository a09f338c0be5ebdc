"""One kind of check, of one calls.py, in one CPython."""

import child
from course import ROOT, lists

SHOWN = 25  # lines of what a child printed before it died

class Task:
    def __init__(self, kind, course, lesson, python, extension, calls, planted=False):
        self.kind, self.course, self.lesson, self.python = kind, course, lesson, python
        self.calls, self.planted, self.found = calls, planted, 0
        self.job = {
            "calls": str(calls),
            "extension": extension,
            "module": lesson.module,
            "sides": ["raw", "safe", "wrong"] if planted else ["raw", "safe"],
            "source": str(lesson.folder / "src"),
        }

    def weight(self):
        """About how long it takes, compared with others."""
        return self.kind.WEIGHT * self.calls.stat().st_size * (not self.planted)

    def run(self, arguments):
        def progress(place):
            child.show(f"{self.name()}: {place}")

        self.ended = self.kind.run(self, progress, arguments)
        return self

    def name(self):
        return f"{self.kind.__name__} {self.python.tag:6} {self.lesson.topic:12}"

    def problems(self):
        """What is to be told, as lists of lines."""
        problems = self.kind.judge(self.lesson, self.ended) + died(self.ended)
        path = self.calls.relative_to(ROOT)
        if not self.planted:
            return [[problem.text(path)] for problem in problems]
        told = [self.ended.told] if self.ended.told else []
        problems += self.kind.afterwards(self.calls, told)
        expected = lists(self.calls)["EXPECTED"]
        lines = []
        for call, piece in pairs(expected):
            found = [problem.what for problem in problems if (problem.call or "") == call]
            if any(piece in what for what in found):
                self.found += 1
            else:
                said = "".join(f"\n    found: {what}" for what in found)
                lines.append([f"{path}: not found: {call or 'in the file'}: {piece}{said}"])
        for problem in problems:
            if problem.call and problem.call not in expected:
                lines.append([problem.text(path), "help: no fault was planted there"])
        return lines

    def summary(self):
        said = self.kind.summary(self.ended.told) if self.ended.told else "stopped"
        if self.planted:
            said = f"{self.found} planted faults found"
        return f"{self.name()} {said} ({self.ended.seconds:.1f} s of CPU)"


def pairs(expected):
    """Each fault of EXPECTED, as a pair of a call and a piece of what must be said of it."""
    lists = ((call, [said] if isinstance(said, str) else said) for call, said in expected.items())
    return [(call, piece) for call, pieces in lists for piece in pieces]


def died(ended):
    if ended.told is not None:
        return []
    said = "".join(f"\n    {line}" for line in ended.printed.splitlines()[-SHOWN:])
    return [child.Problem(f"{ended.at} dies: {ended.how}{said}", call=ended.at)]
