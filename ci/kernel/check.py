"""Check that a real IPython kernel prints what the records have, and that Jupytext keeps sessions.

Run from the course's folder, with Python 3.11 or newer:

    python3 ci/kernel/check.py [--python PATH] [--require] [LESSON …]

The kernel is ipykernel, from PyPI, in a venv of the Python that PATH names (or of the one that
runs this), under target/kernel. Where no such venv can be made the check says so and succeeds;
with --require it fails. Each session becomes a notebook by Jupytext. Its cells run in one kernel,
by nbclient, and what Python prints is compared with the record's column of that Python. A cell
that a kernel cannot agree on stands in differs.toml, with the reason. Then the notebook becomes
a session again, which must be the one it was.
"""

import argparse
import difflib
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = ROOT / "target" / "kernel"

# What ci/verify/src/mask.rs hides of a record's text, it must hide of a kernel's.
MASKS = [
    (r"\bat 0x[0-9a-fA-F]+", "at 0x…"),
    (r"(?:[^\s:]*/)?\b((?:Modules|Objects|Parser|Python)/[\w/]+\.[ch]):\d+", r"\1:…"),
    (r"thread '([^']*)' \(\d+\) panicked", r"thread '\1' panicked"),
]

PROBE = """
import json, sys, sysconfig
build = "free-threaded" if sysconfig.get_config_var("Py_GIL_DISABLED") else "gil"
print(json.dumps({"minor": sys.version_info[1], "build": build, "version": sys.version,
                  "executable": sys.executable, "debug": hasattr(sys, "gettotalrefcount")}))
"""


class Skipped(Exception):
    """The venv cannot be made here."""


def main():
    parser = argparse.ArgumentParser(description="Run the sessions in a real IPython kernel.")
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="a topic; without any, all")
    parser.add_argument("--python", default=sys.executable, metavar="PATH", help="the kernel's")
    parser.add_argument("--require", action="store_true", help="fail where no venv can be made")
    arguments = parser.parse_args()
    sessions = {path.parent.name: Session(path) for path in sorted(ROOT.glob("lessons/*/session.py"))}
    unknown = [topic for topic in arguments.lessons if topic not in sessions]
    if unknown:
        parser.error(f"no lesson `{unknown[0]}`; there are {', '.join(sessions)}")
    try:
        python = probe(arguments.python)
        venv = make_venv(python)
    except Skipped as why:
        print(f"skipped: {why}")
        return 1 if arguments.require else 0
    differs = tomllib.loads((HERE / "differs.toml").read_text(encoding="utf-8")).get("cell", [])
    problems = [problem for entry in differs for problem in wrong_entry(entry, sessions)]
    compared = listed = 0
    for topic in arguments.lessons or sessions:
        check = Check(topic, sessions[topic], python, differs)
        check.run(venv)
        problems += check.problems
        compared += check.compared
        listed += check.listed
    for problem in problems:
        print(problem)
    print(
        f"kernel {python['tag']}: {compared} cells compared, {listed} of them known to differ, "
        f"{len(problems)} problems"
    )
    return 1 if problems or not compared else 0


def probe(path):
    try:
        asked = subprocess.run([path, "-c", PROBE], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Skipped(f"{path} is no Python that runs: {error}")
    python = json.loads(asked.stdout)
    suffix = {"gil": "", "free-threaded": "t"}[python["build"]]
    python["tag"] = f"3.{python['minor']}{suffix}"
    if python["debug"]:
        raise Skipped(f"{path} is a debug build, which no record has a column for")
    return python


def make_venv(python):
    """The venv's Python: the one that is there, if it was made of the same parts."""
    folder = TARGET / "venv" / python["tag"]
    requirements = HERE / "requirements.txt"
    parts = [python["executable"], python["version"], requirements.read_text(encoding="utf-8")]
    made_of = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    executable, stamp = folder / "bin" / "python", folder / "made-of"
    if stamp.is_file() and stamp.read_text() == made_of and executable.exists():
        return executable
    # A Python without ensurepip (Debian packs it apart) still makes a venv: the pip of the Python
    # that runs this can fill it.
    make = [python["executable"], "-m", "venv", "--clear", "--without-pip", folder]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    install = [sys.executable, "-m", "pip", "--python", executable, "install", *quiet]
    for command in (make, [*install, "--requirement", requirements]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            said = (done.stderr + done.stdout).strip().splitlines() or ["it failed"]
            raise Skipped(f"{' '.join(map(str, command[:4]))} …: {said[-1]}")
    stamp.write_text(made_of)
    return executable


class Session:
    """A session.py, cut as ci/verify cuts it, and the text its record has for each cell."""

    def __init__(self, path):
        self.path = path
        self.shown = path.relative_to(ROOT).as_posix()
        self.text = path.read_text(encoding="utf-8-sig")
        self.cells = {}
        cell = None
        for number, line in enumerate(self.text.split("\n"), 1):
            if marker := re.match(r"# ?%% +(\S+)(.*)", line):
                keys = dict(re.findall(r'(\w+)="([^"]*)"', marker[2]))
                cell = {"line": number, "keys": keys, "source": ""}
                self.cells[marker[1]] = cell
            elif cell:
                cell["source"] += line + "\n"

    def recorded(self, tag):
        path = self.path.with_name("record.toml")
        record = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return {
            cell["name"]: printed["text"]
            for cell in record.get("cell", [])
            for printed in cell["printed"]
            if tag in printed["tags"]
        }


def runs_on(keys, python):
    def minor(version):
        return int(version.removeprefix("3."))

    return (
        minor(keys.get("since", "3.0")) <= python["minor"] <= minor(keys.get("until", "3.99"))
        and python["build"] in keys.get("on", python["build"]).split()
        and python["build"] not in keys.get("not_on", "").split()
    )


def wrong_entry(entry, sessions):
    """What is wrong with an entry of differs.toml itself."""
    topic, cell = entry.get("lesson"), entry.get("cell")
    if topic not in sessions or cell not in sessions[topic].cells:
        yield f"ci/kernel/differs.toml: no cell `{cell}` in a lesson `{topic}`"
    elif not entry.get("reason"):
        yield f"ci/kernel/differs.toml: the cell `{cell}` of `{topic}` has no reason"


class Check:
    """One session, run as a notebook."""

    def __init__(self, topic, session, python, differs):
        self.topic, self.session, self.python = topic, session, python
        here = [e for e in differs if e["lesson"] == topic and runs_on(e, python)]
        self.differs = {entry["cell"]: entry["reason"] for entry in here}
        self.problems = []
        self.compared = self.listed = 0

    def run(self, venv):
        recorded = self.session.recorded(self.python["tag"])
        if not recorded:
            self.wrong(1, f"nothing is recorded for {self.python['tag']}", f"help: cargo course regen {self.topic}")
            return
        names = [
            name
            for name, cell in self.session.cells.items()
            if "crashes" not in cell["keys"] and runs_on(cell["keys"], self.python)
        ]
        found = self.in_a_kernel(venv, names)
        if found is None:
            return
        self.compare_with_jupytext(found)
        for name in names:
            if name in found["printed"]:
                self.compare(name, recorded.get(name), **found["printed"][name])
        if found["stopped"]:
            missing = [name for name in names if name not in found["printed"]]
            line = self.session.cells[missing[0]]["line"] if missing else 1
            self.wrong(line, "the kernel stopped before the session's end", found["stopped"])

    def in_a_kernel(self, venv, names):
        shell = ["cargo", "course", "shell", self.topic, "--print-path", "--python"]
        built = subprocess.run(
            [*shell, self.python["executable"]], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        if built.returncode != 0:
            self.wrong(1, "the lesson cannot be built")
            return None
        raises = [name for name in names if "raises" in self.session.cells[name]["keys"]]
        job = {"session": str(self.session.path), "run": names, "raises": raises}
        with tempfile.TemporaryDirectory() as home:
            # As ci/verify/src/run.rs has it; the options -s -B -u -X utf8 are variables here,
            # which a kernel inherits. An empty HOME keeps a user's IPython startup files out.
            kept = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
            environment = {name: os.environ[name] for name in kept if name in os.environ}
            environment |= {"HOME": home, "TMPDIR": home, "RUST_BACKTRACE": "0"}
            environment |= {"PYTHONHASHSEED": "0", "PYTHONPATH": built.stdout.strip()}
            for option in ("NOUSERSITE", "DONTWRITEBYTECODE", "UNBUFFERED", "UTF8"):
                environment["PYTHON" + option] = "1"
            ran = subprocess.run(
                [venv, HERE / "in_kernel.py"],
                input=json.dumps(job),
                stdout=subprocess.PIPE,
                text=True,
                cwd=home,
                env=environment,
            )
        if ran.returncode != 0:
            self.wrong(1, "the session cannot be run as a notebook")
            return None
        return json.loads(ran.stdout)

    def compare_with_jupytext(self, found):
        """The cells that Jupytext reads are ours, and what it writes is the session."""
        own = {name: [cell["keys"], cell["source"]] for name, cell in self.session.cells.items()}
        for title, keys, source in found["cells"]:
            cell = self.session.cells.get(title)
            if cell is None:
                self.wrong(1, "Jupytext reads a cell without a name here", source)
            elif (keys, source.rstrip()) != (cell["keys"], cell["source"].rstrip()):
                ours, theirs = f"{cell['keys']}\n{cell['source']}", f"{keys}\n{source}"
                self.wrong(
                    cell["line"], f"Jupytext reads the cell `{title}` otherwise", diff(ours, theirs)
                )
        if len(found["cells"]) != len(own):
            self.wrong(1, f"Jupytext reads {len(found['cells'])} cells where there are {len(own)}")
        if found["again"] != found["cells"]:
            self.wrong(1, "Jupytext reads other cells from what it wrote itself")
        before, after = in_key_order(self.session.text), in_key_order(found["written"])
        if before != after:
            self.wrong(1, "Jupytext changes the session", diff(before, after))

    def compare(self, name, recorded, text, raised):
        cell = self.session.cells[name]
        self.compared += 1
        if recorded is None:
            self.wrong(cell["line"], f"cell `{name}` is not recorded for {self.python['tag']}")
            return
        if raised:  # IPython names the class alone, traceback.py with its module
            recorded = re.sub(rf"(?m)^[\w.<>]+\.(?={re.escape(raised)}(:|$))", "", recorded)
        for find, write in MASKS:
            text = re.sub(find, write, text)
        one, other = recorded, text
        if "varies" in cell["keys"]:
            one, other = re.sub(r"\d+", "…", one), re.sub(r"\d+", "…", other)
        if name in self.differs:
            self.listed += 1
            if one == other:
                why = f"cell `{name}` prints the same in an IPython kernel by now"
                self.wrong(cell["line"], why, "help: take it out of ci/kernel/differs.toml")
        elif one != other:
            why = f"cell `{name}` prints something else in an IPython kernel"
            self.wrong(cell["line"], why, diff(recorded, text))

    def wrong(self, line, what, more=""):
        self.problems.append(f"{self.session.shown}:{line}: {what}\n{more}".rstrip("\n"))


def in_key_order(text):
    """`text` without a YAML header, every cell's keys in one order: neither says anything."""

    def ordered(marker):
        return " ".join(["# %%", marker[1], *sorted(re.findall(r'\w+="[^"]*"', marker[2]))])

    text = re.sub(r"\A# ---\n(?:#.*\n)*?# ---\n\n?", "", text)
    return re.sub(r"(?m)^# ?%% +(\S+)(.*)$", ordered, text)


def diff(before, after):
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return "\n".join("    " + line for line in list(lines)[2:])


if __name__ == "__main__":
    sys.exit(main())
