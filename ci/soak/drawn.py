"""The arguments that Hypothesis draws, once for every CPython that they are thrown in."""

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import child
from course import HERE, ROOT

REQUIREMENTS = HERE / "requirements.txt"
# Each function gets its own part of what is drawn for as many arguments as it takes.
PARTS = 4
ARITIES = range(7)
SOURCES = [REQUIREMENTS, HERE / "draw.py", HERE / "inside" / "objects.py"]


def commands(examples, seed):
    """For each number of arguments what draws for it; with --shorten behind it, it shortens."""
    folder = install()
    draw = [sys.executable, "-E", "-s", HERE / "draw.py", folder, PARTS * examples, seed]
    return [[*map(str, draw), str(arity)] for arity in ARITIES]


def draw(examples, seed):
    """The file that holds, for each number of arguments, what `examples` a function are taken of."""
    folder = install()
    made_of = hashlib.sha256(b"".join(path.read_bytes() for path in SOURCES)).hexdigest()
    file = folder.parent / f"drawn-{examples}-{seed}-{made_of[:16]}.json"
    if not file.is_file():
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            drawn = [*pool.map(output, commands(examples, seed)[::-1])][::-1]
        file.write_text(f"[{', '.join(drawn)}]")
    return file


def output(command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def install():
    """Hypothesis for the Python that runs this, under target/."""
    made_of = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()
    folder = ROOT / "target" / "soak" / "hypothesis"
    if (folder / "made-of").is_file() and (folder / "made-of").read_text() == made_of:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-input", "--only-binary", ":all:", "--no-deps", "--target", folder]
    done = subprocess.run([*pip, "--requirement", REQUIREMENTS], capture_output=True, text=True)
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip().splitlines() or ["pip failed"]
        raise child.Skipped(f"no Hypothesis to run: {said[-1]}")
    (folder / "made-of").write_text(made_of)
    return folder
