"""Check that a real IPython kernel prints what the records have, and that Jupytext keeps sessions.

Run with Python 3.11 or newer:

    python3 ci/kernel/check.py [--python TAG|PATH] [LESSON …]

The kernel is ipykernel, from PyPI, in a venv of the Python that is named (or of the one that runs
this), under target/kernel. What the lessons are, and how a session is started, says
`cargo course describe`. Each session becomes a notebook by Jupytext. Its cells run in one kernel,
by nbclient, and what Python prints is compared with the record's column of that Python. A cell
that a kernel cannot agree on stands in differs.toml, with the reason. Then the notebook becomes
a session again, which must be the one it was.

Each session runs once, and that decides. A cell whose integers are not the same each time says so
for every Python, by varies="integers".
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import text
import venv

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DIFFERS = HERE / "differs.toml"


def main():
    parser = argparse.ArgumentParser(description="Run the sessions in a real IPython kernel.")
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="a topic; without any, all")
    parser.add_argument("--python", default=sys.executable, metavar="TAG|PATH", help="the kernel's")
    arguments = parser.parse_args()
    course = describe(arguments.python, arguments.lessons)
    if course is None:
        return 1  # cargo course has said why
    built = course["built"]
    try:
        folder = ROOT / "target" / "kernel" / "venv" / built["tag"]
        kernel = venv.make(folder, built["executable"], built["version"])
    except venv.NoVenv as why:
        print(f"no IPython kernel to compare with: {why}")
        return 1
    differs = tomllib.loads(DIFFERS.read_text(encoding="utf-8")).get("cell", [])
    problems = list(wrong_entries(differs, course, whole=not arguments.lessons))
    checks = [Check(lesson, course, differs) for lesson in course["lessons"]]
    for check in checks:
        check.run(kernel)
        problems += check.problems
    for problem in problems:
        print(problem)
    compared, listed = (sum(getattr(c, count) for c in checks) for count in ("compared", "listed"))
    print(
        f"IPython kernel on {built['tag']}: {len(checks)} sessions, {compared} cells compared, "
        f"{listed} known to differ, {len(problems)} problems"
    )
    return 1 if problems or not compared else 0


def describe(python, lessons):
    command = ["cargo", "course", "describe", "--json", "--build", python, *lessons]
    said = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return json.loads(said.stdout) if said.returncode == 0 else None


def wrong_entries(differs, course, whole):
    """What is wrong with the entries of differs.toml themselves; the `whole` course is described,
    or the lessons that it lacks are none of ours."""
    cells = {lesson["topic"]: [c["name"] for c in lesson["cells"]] for lesson in course["lessons"]}
    for entry in differs:
        topic, cell = entry.get("lesson"), entry.get("cell")
        if cell not in cells.get(topic, []) and (whole or topic in cells):
            yield f"ci/kernel/differs.toml: there is no cell `{cell}` in a lesson `{topic}`"
        elif not entry.get("reason"):
            yield f"ci/kernel/differs.toml: cell `{cell}` of `{topic}` has no reason"


class Check:
    """One session, run as a notebook."""

    def __init__(self, lesson, course, differs):
        self.lesson, self.launch = lesson, course["launch"]
        self.built, self.tag = course["built"], course["built"]["tag"]
        self.masks = [(re.compile(step["find"]), groups(step["write"])) for step in course["mask"]]
        self.cells = {cell["name"]: cell for cell in lesson["cells"]}
        self.known = {e.get("cell"): e for e in differs if e.get("lesson") == lesson["topic"]}
        self.problems = []
        self.compared = self.listed = 0

    def run(self, kernel):
        if why := self.built["failed"].get(self.lesson["topic"]):
            return self.wrong(1, "the lesson cannot be built", why)
        runs = [
            name
            for name, cell in self.cells.items()
            if self.tag in cell["runs"] and self.has_all(cell) and "crashes" not in cell["keys"]
        ]
        found = self.in_kernel(kernel, runs)
        if found is None:
            return
        self.compare_with_jupytext(found["cells"], found["written"])
        recorded = {name: self.recorded(cell) for name, cell in self.cells.items()}
        if missing := [name for name in runs if recorded[name] is None]:
            what = f"not recorded for {self.tag}: {', '.join(missing)}"
            help = f"help: cargo course regen {self.lesson['topic']}"
            self.wrong(self.cells[missing[0]]["line"], what, help)
        for name in runs:
            if recorded[name] is not None and name in found["printed"]:
                self.compare(name, recorded[name], **found["printed"][name])
        if found["stopped"]:
            lines = [self.cells[name]["line"] for name in runs if name not in found["printed"]]
            self.wrong((lines or [1])[0], "the kernel does not get this far", found["stopped"])

    def has_all(self, cell):
        """Whether this machine has what the cell needs; `cargo course check` says what it lacks."""
        packages = cell["keys"].get("packages", "").split()
        return not cell["missing"] and all(name in self.built["packages"] for name in packages)

    def recorded(self, cell):
        texts = (printed["text"] for printed in cell["printed"] if self.tag in printed["tags"])
        return next(texts, None)

    def in_kernel(self, kernel, runs):
        """What in_kernel.py finds, whose kernel is started as a session is."""
        job = {
            "session": self.lesson["session"],
            "run": runs,
            "raises": [name for name in runs if "raises" in self.cells[name]["keys"]],
            "options": self.launch["options"],
        }
        with tempfile.TemporaryDirectory() as folder:
            places = {"{work}": f"{folder}/work", "{temporary}": f"{folder}/tmp"}
            own = [f"{folder}/jupyter", f"{folder}/ipython"]
            for place in [*places.values(), *own]:
                os.mkdir(place)
            kept = self.launch["kept"]
            environment = {name: os.environ[name] for name in kept if name in os.environ}
            given = self.launch["environment"].items()
            environment |= {name: places.get(value, value) for name, value in given}
            extension = self.built["extensions"][self.lesson["topic"]]
            paths = [extension, *self.built["packages"].values()]
            environment["PYTHONPATH"] = os.pathsep.join(paths)
            # The user's own startup files and settings stay out.
            for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR", "PATH"):
                environment["JUPYTER_" + name] = own[0]
            environment["IPYTHONDIR"] = own[1]
            ran = subprocess.run(
                [kernel, *self.launch["options"], HERE / "in_kernel.py"],
                input=json.dumps(job),
                stdout=subprocess.PIPE,
                text=True,
                cwd=places["{work}"],
                env=environment,
            )
        if ran.returncode != 0:
            return self.wrong(1, "the session cannot be run as a notebook")
        return json.loads(ran.stdout)

    def compare_with_jupytext(self, cells, written):
        """The cells that Jupytext reads must be ours, and what it writes the session."""
        for name, *read in cells:
            if own := self.cells.get(name):
                pairs = (own["keys"], own["source"]), read
                ours, theirs = (f"{sorted(keys.items())}\n{code.rstrip()}" for keys, code in pairs)
                if ours != theirs:
                    what = f"Jupytext reads cell `{name}` otherwise"
                    self.wrong(own["line"], what, text.diff(ours, theirs))
        before, after = text.normal(self.lesson["session"]), text.normal(written)
        if before != after:
            self.wrong(1, "Jupytext changes the session", text.diff(before, after))
        names = [name for name, *_ in cells if name]
        if names != list(self.cells):
            self.wrong(1, f"Jupytext reads other cells: {', '.join(names)}")

    def compare(self, name, recorded, stdout, stderr, error, raised):
        cell = self.cells[name]
        if raised:  # IPython writes the class without its module
            recorded = re.sub(rf"(?m)^[\w.<>]+\.(?={re.escape(raised)}(:|$))", "", recorded)
        entry = self.known.get(name)
        varies = [(re.compile(r"\d+"), "…")] if "varies" in cell["keys"] else []
        for find, write in [*self.masks, *varies]:
            texts = (recorded, stdout, stderr, error)
            recorded, stdout, stderr, error = (find.sub(write, each) for each in texts)
        same = recorded.endswith(error) and text.interleaved(
            recorded.removesuffix(error).splitlines(), stdout.splitlines(), stderr.splitlines()
        )
        printed = stdout + stderr + error
        self.compared += 1
        self.listed += entry is not None
        if entry and same:
            what = f"cell `{name}` has come to print the same in an IPython kernel"
            self.wrong(cell["line"], what, "help: take it out of ci/kernel/differs.toml")
        elif not same and not (entry and excuses(entry, printed, recorded)):
            what = f"cell `{name}` prints something else in an IPython kernel"
            self.wrong(cell["line"], what, text.diff(recorded, printed))

    def wrong(self, line, what, more=""):
        self.problems.append(f"{self.lesson['folder']}/session.py:{line}: {what}\n{more}".rstrip())


def groups(write):
    """What a step of the mask writes, as Python's `re` has it: \\1 for its first group."""
    return re.sub(r"\$(\d)", r"\\\1", write)


def excuses(entry, printed, recorded):
    """Whether `entry` says why these differ: native output may be missing, and nothing else."""
    return not entry.get("native") or text.within(printed, recorded)


if __name__ == "__main__":
    sys.exit(main())
