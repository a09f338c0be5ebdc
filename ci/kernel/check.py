"""Check that a real IPython kernel prints what the records have, and that Jupytext keeps sessions.

Run with Python 3.11 or newer:

    python3 ci/kernel/check.py [--python PATH] [--require] [LESSON …]

The kernel is ipykernel, from PyPI, in a venv of the Python that PATH names (or of the one that
runs this), under target/kernel. Where no such venv can be made the check says so and succeeds;
with --require it fails. Each session becomes a notebook by Jupytext. Its cells run in one kernel,
by nbclient, and what Python prints is compared with the record's column of that Python. A cell
that a kernel cannot agree on stands in differs.toml, with the reason. Then the notebook becomes
a session again, which must be the one it was.

A kernel's own threads make objects too, and may do so while a cell counts. So a session that
disagrees runs again, in a fresh kernel: what is the session's own differs every time.
"""

import argparse
import difflib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import tomllib
except ImportError:
    print("skipped: no IPython kernel to compare with: Python 3.11 or newer must run this")
    sys.exit("--require" in sys.argv)

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

TIMES = 3  # how often a session may run until all of it agrees

# What ci/verify/src/run/mask.rs hides in a record, to hide it in what a kernel prints.
MASKS = [
    (r"\bat 0x[0-9a-fA-F]+", "at 0x…"),
    (r"(?:[^\s:]*/)?\b((?:Modules|Objects|Parser|Python)/[\w/]+\.[ch]):\d+", r"\1:…"),
    (r"/rustc/[0-9a-f]+/(library/[^\s:]+):\d+:\d+", r"\1:…"),
    (r"\S*/registry/src/[^/\s]+/(\S+\.rs:\d+:\d+)", r"\1"),
    (r"thread '([^']*)' \(\d+\) panicked", r"thread '\1' panicked"),
]

PROBE = """
import json, sys, sysconfig
free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
print(json.dumps({"minor": sys.version_info[1], "version": sys.version,
                  "executable": sys.executable, "in_venv": sys.prefix != sys.base_prefix,
                  "build": "free-threaded" if free_threaded else "gil",
                  "tag": "3.%d%s" % (sys.version_info[1], "t" if free_threaded else "")}))
"""


class Skipped(Exception):
    """The venv cannot be made here."""


def main():
    parser = argparse.ArgumentParser(description="Run the sessions in a real IPython kernel.")
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="a topic; without any, all")
    parser.add_argument("--python", default=sys.executable, metavar="PATH", help="the kernel's")
    parser.add_argument("--require", action="store_true", help="fail where no venv can be made")
    arguments = parser.parse_args()
    paths = sorted(ROOT.glob("lessons/*/session.py"))
    sessions = {path.parent.name: Session(path) for path in paths}
    for topic in arguments.lessons:
        if topic not in sessions:
            parser.error(f"no lesson `{topic}`; there are {', '.join(sessions)}")
    try:
        python = probe(arguments.python)
        venv = make_venv(python)
    except Skipped as why:
        print(f"skipped: no IPython kernel to compare with: {why}")
        return 1 if arguments.require else 0
    differs = tomllib.loads((HERE / "differs.toml").read_text(encoding="utf-8")).get("cell", [])
    problems = [problem for entry in differs for problem in wrong_entry(entry, sessions)]
    checks, again = [], 0
    for topic in arguments.lessons or sessions:
        known = [entry for entry in differs if entry.get("lesson") == topic]
        for time in range(TIMES):
            check = Check(topic, sessions[topic], python, known)
            check.run(venv)
            if not check.problems:
                break
        again += time > 0
        checks.append(check)
        problems += check.problems
    for problem in problems:
        print(problem)
    compared, listed = (sum(getattr(c, count) for c in checks) for count in ("compared", "listed"))
    print(
        f"IPython kernel on {python['tag']}: {len(checks)} sessions, {compared} cells compared, "
        f"{listed} known to differ, {again} sessions run again, {len(problems)} problems"
    )
    return 1 if problems or not compared else 0


def probe(path):
    try:
        asked = subprocess.run([path, "-c", PROBE], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Skipped(f"{path} is no Python that runs: {error}")
    return json.loads(asked.stdout)


def make_venv(python):
    """The venv's Python: the one that is there, if it was made of the same parts."""
    folder = ROOT / "target" / "kernel" / "venv" / python["tag"]
    requirements = HERE / "requirements.txt"
    parts = [python["executable"], python["version"], requirements.read_text(encoding="utf-8")]
    made_of = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    executable, stamp = folder / "bin" / "python", folder / "made-of"
    if stamp.is_file() and stamp.read_text() == made_of and executable.exists():
        return executable
    base = os.path.realpath(python["executable"])
    make = [base, "-m", "venv", "--clear", folder]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    try:
        ask(make)
    except Skipped:
        # Without ensurepip, which Debian packs apart: the pip of the Python that runs this helps.
        ask([*make, "--without-pip"])
        ask([sys.executable, "-m", "pip", "--python", executable, "install", *quiet, "pip"])
    if not probe(executable)["in_venv"]:
        raise Skipped(f"{base} makes a venv that is none")
    ask([executable, "-m", "pip", "install", *quiet, "--requirement", requirements])
    stamp.write_text(made_of)
    return executable


def ask(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip().splitlines() or ["it failed"]
        why = next((line for line in reversed(said) if "error" in line.lower()), said[-1])
        raise Skipped(f"{' '.join(map(str, command[:4]))} …: {why.strip()}")


class Session:
    """A session.py, cut as ci/verify cuts it, and the text its record has for each cell."""

    def __init__(self, path):
        self.path = path
        self.text = path.read_text(encoding="utf-8-sig")
        self.cells = {}
        cell = None
        for number, line in enumerate(self.text.split("\n"), 1):
            if marker := re.match(r"# ?%% +(\S+)(.*)", line):
                keys = dict(re.findall(r'(\w+)="([^"]*)"', marker[2]))
                cell = self.cells[marker[1]] = {"line": number, "keys": keys, "source": ""}
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
    """Whether a cell, or an entry of differs.toml, with these keys counts on this Python."""

    def minor(version):
        return int(version.removeprefix("3."))

    return (
        minor(keys.get("since", "3.0")) <= python["minor"] <= minor(keys.get("until", "3.99"))
        and python["build"] in keys.get("on", python["build"]).split()
        and python["build"] not in keys.get("not_on", "").split()
        and all(shutil.which(command) for command in keys.get("needs", "").split())
    )


def wrong_entry(entry, sessions):
    """What is wrong with an entry of differs.toml itself."""
    topic, cell = entry.get("lesson"), entry.get("cell")
    if topic not in sessions or cell not in sessions[topic].cells:
        yield f"ci/kernel/differs.toml: there is no cell `{cell}` in a lesson `{topic}`"
    elif not entry.get("reason"):
        yield f"ci/kernel/differs.toml: cell `{cell}` of `{topic}` stands there without a reason"


class Check:
    """One session, run as a notebook."""

    def __init__(self, topic, session, python, known):
        self.topic, self.session, self.python = topic, session, python
        self.known = {entry.get("cell"): entry for entry in known if runs_on(entry, python)}
        self.problems = []
        self.compared = self.listed = 0

    def run(self, venv):
        tag, cells = self.python["tag"], self.session.cells
        recorded = self.session.recorded(tag)
        runs = [
            name
            for name, cell in cells.items()
            if "crashes" not in cell["keys"] and runs_on(cell["keys"], self.python)
        ]
        found = self.in_kernel(venv, runs)
        if found is None:
            return
        self.compare_with_jupytext(found["cells"], found["written"])
        if missing := [name for name in runs if name not in recorded]:
            what = f"not recorded for {tag}: {', '.join(missing)}"
            self.wrong(cells[missing[0]]["line"], what, f"help: cargo course regen {self.topic}")
        for name in runs:
            if name in recorded and name in found["printed"]:
                self.compare(name, recorded[name], **found["printed"][name])
        if found["stopped"]:
            lines = [cells[name]["line"] for name in runs if name not in found["printed"]]
            self.wrong((lines or [1])[0], "the kernel does not get this far", found["stopped"])

    def in_kernel(self, venv, runs):
        """What in_kernel.py finds, started as ci/verify/src/run/start.rs starts a session."""
        shell = ["cargo", "course", "shell", self.topic, "--print-path", "--python"]
        command = [*shell, self.python["executable"]]
        built = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        if built.returncode != 0:
            return self.wrong(1, "the lesson cannot be built")
        raises = [name for name in runs if "raises" in self.session.cells[name]["keys"]]
        job = {"session": str(self.session.path), "run": runs, "raises": raises}
        kept = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        environment |= {"PYTHONHASHSEED": "0", "RUST_BACKTRACE": "0"}
        environment["PYTHONPATH"] = built.stdout.strip()
        # The options -s -B -u -X utf8, as a kernel inherits them.
        for option in ("NOUSERSITE", "DONTWRITEBYTECODE", "UNBUFFERED", "UTF8"):
            environment["PYTHON" + option] = "1"
        with tempfile.TemporaryDirectory() as folder:
            # An empty HOME also keeps the user's own IPython startup files out.
            for name in ("HOME", "TMPDIR", "work"):
                environment[name] = os.path.join(folder, name.lower())
                os.mkdir(environment[name])
            ran = subprocess.run(
                [venv, HERE / "in_kernel.py"],
                input=json.dumps(job),
                stdout=subprocess.PIPE,
                text=True,
                cwd=environment.pop("work"),
                env=environment,
            )
        if ran.returncode != 0:
            return self.wrong(1, "the session cannot be run as a notebook")
        return json.loads(ran.stdout)

    def compare_with_jupytext(self, cells, written):
        """The cells that Jupytext reads must be ours, and what it writes the session."""
        for name, *read in cells:
            if own := self.session.cells.get(name):
                pairs = (own["keys"], own["source"]), read
                ours, theirs = (f"{sorted(keys.items())}\n{text.rstrip()}" for keys, text in pairs)
                if ours != theirs:
                    what = f"Jupytext reads cell `{name}` otherwise"
                    self.wrong(own["line"], what, diff(ours, theirs))
        before, after = normal(self.session.text), normal(written)
        if before != after:
            self.wrong(1, "Jupytext changes the session", diff(before, after))
        names = [name for name, *_ in cells if name]
        if names != list(self.session.cells):
            self.wrong(1, f"Jupytext reads other cells: {', '.join(names)}")

    def compare(self, name, recorded, stdout, stderr, error, raised):
        cell = self.session.cells[name]
        if raised:  # IPython writes the class without its module
            recorded = re.sub(rf"(?m)^[\w.<>]+\.(?={re.escape(raised)}(:|$))", "", recorded)
        masks = MASKS + [(r"\d+", "…")] if "varies" in cell["keys"] else MASKS
        for find, write in masks:
            texts = (recorded, stdout, stderr, error)
            recorded, stdout, stderr, error = (re.sub(find, write, text) for text in texts)
        same = recorded.endswith(error) and interleaved(
            recorded.removesuffix(error).splitlines(), stdout.splitlines(), stderr.splitlines()
        )
        text = stdout + stderr + error
        entry = self.known.get(name)
        self.compared += 1
        self.listed += entry is not None
        if entry and same:
            what = f"cell `{name}` has come to print the same in an IPython kernel"
            self.wrong(cell["line"], what, "help: take it out of ci/kernel/differs.toml")
        elif not same and not (entry and (not entry.get("native") or within(text, recorded))):
            what = f"cell `{name}` prints something else in an IPython kernel"
            self.wrong(cell["line"], what, diff(recorded, text))

    def wrong(self, line, what, more=""):
        path = self.session.path.relative_to(ROOT).as_posix()
        self.problems.append(f"{path}:{line}: {what}\n{more}".rstrip("\n"))


def interleaved(lines, one, other):
    """Whether `lines` are those of `one` and of `other`, each in its own order.

    A kernel keeps no order between standard output and standard error.
    """
    taken = {0}  # how many lines of `one` may be used up by now
    for index, line in enumerate(lines):
        from_one = {n + 1 for n in taken if one[n : n + 1] == [line]}
        taken = from_one | {n for n in taken if other[index - n : index - n + 1] == [line]}
    return len(lines) == len(one) + len(other) and len(one) in taken


def within(text, recorded):
    """Whether `text` is `recorded` without some of its lines: those that C and Rust wrote."""
    rest = iter(recorded.splitlines())
    return all(line in rest for line in text.splitlines())


def normal(text):
    """`text` without what ci/verify reads alike: the order of a cell's keys, which a notebook's
    file sorts, and the bare marker that Jupytext writes above a docstring before the first cell.
    """

    def ordered(marker):
        return " ".join(["# %%", marker[1], *sorted(re.findall(r'\w+="[^"]*"', marker[2]))])

    return re.sub(r"(?m)^# ?%% +(\S+)(.*)$", ordered, text).removeprefix("# %%\n")


def diff(before, after):
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return "\n".join("    " + line for line in list(lines)[2:])


if __name__ == "__main__":
    sys.exit(main())
