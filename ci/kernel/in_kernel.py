"""Run a session as a notebook in a real IPython kernel, and turn the notebook into a session.

check.py starts this under the venv's Python, in an empty folder and with the kernel's
environment: {"session": text, "run": [names], "raises": [names], "options": [Python's own]} comes
on standard input, what was found goes to standard output. Not named notebook.py: Jupytext would
import it.
"""

import json
import os
import re
import sys
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

FORMAT = "py:percent"
# What C and Rust write to descriptors 1 and 2, a kernel copies into the notebook at a moment
# left to chance. Without it, the notebook has what Python writes, every time.
OPTIONS = ["--IPKernelApp.capture_fd_output=False"]
# A kernel has threads of its own, which make and free objects. Python hands them the lock every
# five milliseconds, in the middle of a cell that counts blocks; with this, only where a cell waits.
OPTIONS += ["--IPKernelApp.exec_lines=__import__('sys').setswitchinterval(1000)"]
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def main():
    job = json.load(sys.stdin)
    notebook = jupytext.reads(job["session"], fmt=FORMAT)
    # As a notebook's file has it.
    notebook = nbformat.reads(nbformat.writes(notebook), as_version=4)
    found = {
        "cells": [[name(cell), keys(cell), cell.source] for cell in notebook.cells],
        "written": jupytext.writes(notebook, fmt=FORMAT),
    }
    json.dump(found | run(notebook, job), sys.stdout)


def name(cell):
    return cell.metadata.get("title")


def keys(cell):
    own = ("title", "lines_to_next_cell")
    return {key: value for key, value in cell.metadata.items() if key not in own}


def run(notebook, job):
    """What each cell printed, and why the run stopped early, if it did."""
    notebook.cells = [cell for cell in notebook.cells if name(cell) in job["run"]]
    for cell in notebook.cells:
        if name(cell) in job["raises"]:
            cell.metadata.tags = ["raises-exception"]
    client = NotebookClient(
        notebook,
        kernel_name=install(job["options"]),
        timeout=120,
        startup_timeout=120,
        extra_arguments=OPTIONS,
    )
    stopped = None
    log = Path(os.environ["JUPYTER_PATH"]) / "kernel.log"
    try:
        with log.open("wb") as file:
            client.execute(stdout=file, stderr=file)
    except CellExecutionError as error:
        stopped = f"{error.ename}: {error.evalue}"
    except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
        stopped = f"{error}\n{log.read_text(encoding='utf-8', errors='replace')}"
    ran = [cell for cell in notebook.cells if cell.execution_count is not None]
    return {"printed": {name(cell): printed(cell) for cell in ran}, "stopped": stopped}


def install(options):
    """The name of a kernel that is started with these options of Python."""
    folder = Path(os.environ["JUPYTER_PATH"]) / "kernels" / "session"
    folder.mkdir(parents=True)
    argv = [sys.executable, *options, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "A session", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return folder.name


def printed(cell):
    """A cell's text by stream, and the exception that ended it."""
    texts = {"stdout": "", "stderr": "", "error": "", "raised": None}
    for output in cell.outputs:
        if output.output_type == "stream":
            texts[output.name] += output.text
        elif output.output_type == "error":
            texts |= {"raised": output.ename, "error": last_lines(output)}
        else:
            texts["stdout"] += output.data.get("text/plain", "")
    return texts


def last_lines(error):
    """`Name: message` and its notes, out of the traceback that IPython shows."""
    shown = "\n" + COLOURS.sub("", "\n".join(error.traceback)).rstrip("\n") + "\n"
    shown = shown[shown.rfind(f"\n{error.ename}:") + 1 :]
    return shown if error.evalue else shown.replace(": ", "", 1)


if __name__ == "__main__":
    main()
