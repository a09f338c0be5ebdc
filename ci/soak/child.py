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
KEPT = 100  # lines of what a child prints: how it died comes before the stacks
PATIENCE = 300  # seconds without a word from a child
LIVE = set()  # the children, each of which leads a group


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
    seconds: float = 0  # of CPU


def run(task, script, job, progress, before=(), variables=None):
    """Run inside/`script` in the task's Python and hear it out; `before` goes before the command."""
    launch = task.course.launch
    reads, writes = os.pipe()
    command = [*before, task.python.executable, *launch["options"], "-X", "faulthandler"]
    command += [HERE / "inside" / script, json.dumps({**job, "events": writes})]
    with tempfile.TemporaryDirectory() as work, tempfile.TemporaryDirectory() as temporary:
        environment = {name: os.environ[name] for name in launch["kept"] if name in os.environ}
        for name, value in launch["environment"].items():
            environment[name] = value.format(work=work, temporary=temporary)
        child = subprocess.Popen(
            command,
            env=environment | (variables or {}),
            cwd=work,
            pass_fds=[writes],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        LIVE.add(child.pid)
        os.close(writes)
        tail = collections.deque(maxlen=KEPT)
        listener = threading.Thread(target=tail.extend, args=[child.stdout], daemon=True)
        listener.start()
        try:
            ended = listen(reads, progress)
        finally:
            LIVE.discard(child.pid)
            usage = end(child, kill=sys.exc_info()[0] or ended.stalled)
        listener.join(timeout=5)
    ended.seconds = usage.ru_utime + usage.ru_stime
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


def end(child, kill):
    """Wait for the child, and kill what is left of its group: it is a session of its own."""
    if kill:
        end_group(child.pid)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    end_group(child.pid)
    return usage


def end_group(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass


def end_all():
    """When this process ends, nothing goes on."""
    for group in list(LIVE):
        end_group(group)


def how(code):
    return signal.Signals(-code).name if code < 0 else f"exit status {code}"


def show(text):
    """A line of progress, which the next one replaces where a person is watching."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
