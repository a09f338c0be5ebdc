"""Run a session as a notebook, in a real IPython kernel, and turn it back into a session.

check.py starts this under the venv's Python, in an empty folder and with the kernel's
environment: {"session": path, "run": [names], "raises": [names]} comes on standard input,
what was found goes to standard output.
"""

import json
import re
import sys
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

FORMAT = "py:percent"
# Only what Python writes reaches a notebook in an order of its own; what C and Rust write to
# descriptors 1 and 2 the kernel would copy into a cell, at a moment left to chance.
OPTIONS = ["--IPKernelApp.capture_fd_output=False"]
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def main():
    job = json.load(sys.stdin)
    notebook = read(Path(job["session"]).read_text(encoding="utf-8"))
    written = jupytext.writes(notebook, fmt=FORMAT)
    found = {"cells": described(notebook), "written": written, "again": described(read(written))}
    found.update(run(notebook, job))
    json.dump(found, sys.stdout)


def read(text):
    """The notebook that Jupytext makes of a session, as a notebook's file would have it."""
    return nbformat.reads(nbformat.writes(jupytext.reads(text, fmt=FORMAT)), as_version=4)


def described(notebook):
    def keys(cell):
        own = ("title", "lines_to_next_cell")
        return {key: value for key, value in cell.metadata.items() if key not in own}

    return [[cell.metadata.get("title"), keys(cell), cell.source] for cell in notebook.cells]


def run(notebook, job):
    """What each cell printed, and why the run stopped early, if it did."""
    notebook.cells = [cell for cell in notebook.cells if cell.metadata.get("title") in job["run"]]
    for cell in notebook.cells:
        if cell.metadata.title in job["raises"]:
            cell.metadata.tags = ["raises-exception"]
    client = NotebookClient(notebook, timeout=120, startup_timeout=120, extra_arguments=OPTIONS)
    stopped = None
    with open("kernel.log", "w") as log:
        try:
            client.execute(stdout=log, stderr=log)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            stopped = ESCAPES.sub("", str(error))
    ran = [cell for cell in notebook.cells if cell.execution_count is not None]
    return {"printed": {cell.metadata.title: printed(cell) for cell in ran}, "stopped": stopped}


def printed(cell):
    """The cell's text, and the name of the exception that ended it."""
    text, raised = "", None
    for output in cell.outputs:
        if output.output_type == "stream":
            text += output.text
        elif output.output_type == "error":
            raised = output.ename
            text += last_lines(output)
        else:
            text += output.data.get("text/plain", "")
    return {"text": text, "raised": raised}


def last_lines(error):
    """`Name: message` and its notes, out of the traceback that IPython shows."""
    shown = "\n" + ESCAPES.sub("", "\n".join(error.traceback)).rstrip("\n") + "\n"
    shown = shown[shown.rfind("\n" + error.ename + ":") + 1 :]
    return shown if error.evalue else shown.replace(": ", "", 1)


if __name__ == "__main__":
    main()
