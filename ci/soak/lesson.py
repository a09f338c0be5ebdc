"""A lesson, as the checks need it: its calls, its sources, and its extension."""

import ast
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class NotBuilt(Exception):
    """cargo has said why."""


@dataclass(frozen=True)
class Lesson:
    topic: str

    @property
    def folder(self):
        return ROOT / "lessons" / self.topic

    @property
    def calls(self):
        return self.folder / "tests" / "calls.py"

    def planted(self, kind):
        """The faults planted in this lesson, which the check must find, if there are any."""
        return HERE / "planted" / kind / self.topic

    def extension(self, python):
        """The folder from which `python` can import the lesson, built when need be."""
        command = ["cargo", "course", "shell", self.topic, "--print-path"]
        command += ["--python", python.executable]
        built = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        if built.returncode != 0:
            raise NotBuilt
        return built.stdout.strip()


def every():
    return [Lesson(path.parent.name) for path in sorted(ROOT.glob("lessons/*/Cargo.toml"))]


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
