"""A script of inside/, run in one CPython, and what it tells."""

import collections
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
KEPT = 25  # lines of what a child prints, to show if it dies: panics print a line or two a call
PATIENCE = 300  # seconds without a word from a child


class Skipped(Exception):
    """What the check needs cannot be had here."""


@dataclass
class Problem:
    """Something wrong, with the line and the call of calls.py it belongs to, if it has one."""

    what: str
    line: int | None = None
    call: str | None = None
    help: str | None = None
    file: str | None = None  # where it is wrong, if that is not calls.py

    def text(self, path):
        path = self.file or path
        place = f"{path}:{self.line}" if self.line else f"{path}"
        return f"{place}: {self.what}" + (f"\nhelp: {self.help}" if self.help else "")


@dataclass
class Ended:
    problems: list = field(default_factory=list)
    told: dict | None = None  # what the child counted; None: it died
    at: str | None = None  # what it did last
    places: list = field(default_factory=list)  # and all that it did before
    how: str = ""
    printed: str = ""
    stalled: bool = False


def run(python, script, job, progress, before=(), variables=None):
    """Run inside/`script` in `python` and hear it out; `before` goes in front of the command."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that `finally` ends the child
    environment = {
        name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ
    }
    environment |= {"PYTHONHASHSEED": "0", "RUST_BACKTRACE": "0", **(variables or {})}
    reads, writes = os.pipe()
    command = [*before, python.executable, "-s", "-B", "-u", "-X", "utf8", "-X", "faulthandler"]
    command += [HERE / "inside" / script, json.dumps({**job, "events": writes})]
    with tempfile.TemporaryDirectory() as folder:
        environment["HOME"] = environment["TMPDIR"] = folder
        child = subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            pass_fds=[writes],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        os.close(writes)
        tail = collections.deque(maxlen=KEPT)
        listener = threading.Thread(target=tail.extend, args=[child.stdout], daemon=True)
        listener.start()
        try:
            ended = listen(reads, progress)
            if not ended.stalled:
                child.wait()
        finally:
            end(child)
        listener.join(timeout=5)
    ended.how = f"nothing came in {PATIENCE} s" if ended.stalled else how(child.returncode)
    ended.printed = b"".join(tail).decode(errors="replace")
    return ended


def listen(reads, progress):
    ended = Ended()
    rest = b""
    with open(reads, "rb", buffering=0) as events:
        while select.select([events], [], [], PATIENCE)[0]:
            data = events.read(1 << 16)
            if not data:
                return ended
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                hear(ended, json.loads(line), progress)
    ended.stalled = True
    return ended


def hear(ended, event, progress):
    if "at" in event:
        ended.at = event["at"]
        ended.places.append(ended.at)
        progress(ended.at)
    elif "problem" in event:
        ended.problems.append(Problem(event.pop("problem"), **event))
    else:
        ended.told = event["end"]


def end(child):
    """Kill what is left of the child's group: it is a session of its own."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.wait()


def how(code):
    return signal.Signals(-code).name if code < 0 else f"exit status {code}"


def show(text):
    """A line of progress, which the next one replaces where a person is watching."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
