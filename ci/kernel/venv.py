"""A venv with a Jupyter kernel in it."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
QUIET = ["--quiet", "--disable-pip-version-check", "--no-input"]
# Nothing that makes a Python, or where pip installs, another one than it is.
MISLEADING = ("CONDA", "PYTHON", "VIRTUAL_ENV", "_PYTHON", "__PYVENV", "PIP_PREFIX", "PIP_PYTHON",
              "PIP_ROOT", "PIP_TARGET", "PIP_USER")
KEPT = {name: os.environ[name] for name in os.environ if not name.startswith(MISLEADING)}
# Should this Python make a venv that is none, pip must not install into the Python itself.
PIP = {**KEPT, "PIP_REQUIRE_VIRTUALENV": "1"}


class NoVenv(Exception):
    """It cannot be made here."""


def make(folder, python, version):
    """The Python of the venv in `folder`, which is kept while it is made of the same parts."""
    parts = [python, version, REQUIREMENTS.read_text(encoding="utf-8")]
    made_of = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    executable, stamp = folder / "bin" / "python", folder / "made-of"
    if stamp.is_file() and stamp.read_text() == made_of and executable.exists():
        return executable
    make = [os.path.realpath(python), "-m", "venv", "--clear", folder]
    try:
        run(make)
    except NoVenv:
        # Without ensurepip, which Debian packs apart: the pip of the Python that runs this helps.
        run([*make, "--without-pip"])
        run([sys.executable, "-m", "pip", "--python", executable, "install", *QUIET, "pip"])
    run([executable, "-m", "pip", "install", *QUIET, "--requirement", REQUIREMENTS])
    stamp.write_text(made_of)
    return executable


def run(command):
    done = subprocess.run(command, env=PIP, capture_output=True, text=True)
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip().splitlines() or ["it failed"]
        why = next((line for line in reversed(said) if "error" in line.lower()), said[-1])
        raise NoVenv(f"{' '.join(map(str, command[:4]))} …: {why.strip()}")
