"""The course, as `cargo course describe` tells it: lessons, interpreters, how a Python is started."""

import ast
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class Undescribed(Exception):
    """cargo has said why."""


class NoPython(Exception):
    """There is none such here."""


@dataclass(frozen=True)
class Python:
    executable: str
    version: str
    tag: str


@dataclass(frozen=True)
class Lesson:
    topic: str
    module: str
    folder: Path
    cells: list

    @property
    def calls(self):
        return self.folder / "tests" / "calls.py"

    def planted(self, kind):
        """The faults planted in this lesson, which the check must find, if there are any."""
        return sorted((HERE / "planted" / kind / self.topic).glob("*.py"))


class Course:
    def __init__(self, topics):
        described = describe(*topics)
        self.launch = described["launch"]
        self.interpreters = described["interpreters"]
        self.lessons = [
            Lesson(each["topic"], each["module"], ROOT / each["folder"], each["cells"])
            for each in described["lessons"]
        ]

    def find(self, tag, fits):
        """The first Python of `tag`, the chosen one before others, that `fits` objects not to."""
        why = f"no CPython {tag} on this machine"
        found = [each for each in self.interpreters if each["tag"] == tag]
        for each in sorted(found, key=lambda each: not each["chosen"]):
            python = Python(each["executable"], each["version"], tag)
            why = fits(self, python)
            if not why:
                return python
        raise NoPython(why)

    def build(self, executable):
        """The Python, and by topic the folder from which it imports the lesson, or what failed."""
        built = describe(*(each.topic for each in self.lessons), "--build", executable)["built"]
        python = Python(built["executable"], "", built["tag"])
        return python, built["extensions"], built["failed"]


def describe(*arguments):
    command = ["cargo", "course", "describe", "--json", *arguments]
    said = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if said.returncode != 0:
        raise Undescribed
    return json.loads(said.stdout)


def lists(file):
    """What a calls.py gives a name at its top, where that can be read without running it."""
    found = {}
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                pass
    return found
