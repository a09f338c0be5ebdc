"""The CPythons that the checks run in."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROBE = """
import json, sys, sysconfig
free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
debug = hasattr(sys, "gettotalrefcount")
print(json.dumps({"executable": sys.executable, "version": sys.version.split()[0],
                  "tag": "3.%d%s%s" % (sys.version_info[1], "t" * free_threaded, "d" * debug)}))
"""


@dataclass(frozen=True)
class Python:
    executable: str
    version: str
    tag: str


class NoPython(Exception):
    """There is none such here."""


def probe(path):
    try:
        asked = subprocess.run([path, "-c", PROBE], capture_output=True, text=True, check=True)
        return Python(**json.loads(asked.stdout))
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        raise NoPython(f"{path} is no Python that runs: {error}")


def any_fits(_python):
    return None


def find(tag, fits=any_fits):
    """The first Python of `tag`, where `cargo course` looks too, that `fits` objects not to."""
    why = f"no CPython {tag} on this machine"
    for path in candidates(f"python{tag}"):
        if path.is_file() and os.access(path, os.X_OK):
            try:
                python = probe(path)
            except NoPython:
                continue
            if python.tag == tag:
                unfit = fits(python)
                if not unfit:
                    return python
                why = unfit
    raise NoPython(why)


def candidates(name):
    for entry in os.environ.get("COURSE_PYTHONS", "").split(os.pathsep):
        if entry:
            yield Path(entry) if Path(entry).name == name else Path(entry) / name
    for entry in os.environ.get("PATH", "").split(os.pathsep):
        if entry and not entry.endswith("shims"):
            yield Path(entry) / name
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/*/bin/{name}"), reverse=True)
