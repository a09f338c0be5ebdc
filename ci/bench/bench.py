#!/usr/bin/env python3
"""Measures what the course claims about its own speed.

    python3 ci/bench/bench.py [--runs N]

Run it in the course's folder. It prints medians of N runs with the smallest and
largest, wall and CPU seconds, and how far each figure is from its goal. Machines are
shared and noisy: quote the ratio, which comes from runs that take turns, before the
seconds. Nothing here is a test.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
COURSE = ROOT / "target/debug/course"


def measure(command, runs, before=lambda: None, **options):
    """Wall and CPU seconds of `command`, children included, `runs` times."""
    wall, cpu = [], []
    for _ in range(runs):
        before()
        usage, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, **options)
        wall.append(time.perf_counter() - clock)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu.append(after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime)
        if done.returncode != 0:
            sys.exit(f"{command} failed:\n{done.stdout}{done.stderr}")
    return wall, cpu


def show(name, seconds, unit, goal=None):
    middle = statistics.median(seconds)
    line = f"{name:<48} {middle:7.3f} {unit} ({min(seconds):.3f} to {max(seconds):.3f})"
    if goal is not None:
        met = "met" if middle <= goal else f"missed by {middle - goal:.3f}"
        line += f"   goal {goal}: {met}"
    print(line, flush=True)


def check(runs):
    measure([COURSE, "check"], 1)
    wall, cpu = measure([COURSE, "check"], runs)
    show("warm check, every lesson and CPython, wall", wall, "s", 3.0)
    show("  its CPU", cpu, "s")


def book(runs):
    _, cpu = measure([COURSE, "build"], runs)
    show("building the book, CPU", cpu, "s", 1.0)


def lesson_test(runs):
    """`cargo test -p lesson-tuple` after an edit, which is taken back."""
    file = ROOT / "lessons/tuple/src/raw.rs"
    text = file.read_text()
    count = iter(range(10**6))

    def edit():
        file.write_text(text + f"// an edit, number {next(count)}\n")

    try:
        edit()
        measure(["cargo", "test", "-q", "-p", "lesson-tuple"], 1)
        wall, cpu = measure(["cargo", "test", "-q", "-p", "lesson-tuple"], runs, before=edit)
    finally:
        file.write_text(text)
    show("cargo test -p lesson-tuple after an edit, wall", wall, "s", 1.5)
    show("  its CPU", cpu, "s")


def session(runs, cells=200):
    """A session of printing cells against doctest on the same lines, taking turns."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        lines = [f"print({number} + 1)" for number in range(cells)]
        document = folder / "cells.txt"
        document.write_text("".join(f">>> {line}\n{number + 1}\n\n" for number, line in enumerate(lines)))
        job = {
            "file": "session.py",
            "source": "".join(f"# %% cell{number}\n{line}\n" for number, line in enumerate(lines)),
            "path": str(folder),
            "values": [],
            "cells": [
                {"name": f"cell{number}", "line": 2 * number + 1, "source": line + "\n",
                 "runs": True, "raises": False, "crashes": False}
                for number, line in enumerate(lines)
            ],
        }
        (folder / "job.json").write_text(json.dumps(job))
        events = folder / "events"
        driver = [sys.executable, "-s", "-B", "-u", "-X", "utf8", ROOT / "ci/verify/src/run/driver.py",
                  folder / "job.json", events]
        ours, theirs = [], []
        for _ in range(runs):
            ours += measure(driver, 1, before=lambda: events.write_text(""))[1]
            theirs += measure([sys.executable, "-m", "doctest", document], 1)[1]
        if events.read_text().count('"event": "end"') != cells:
            sys.exit("the driver did not run every cell")
    show(f"{cells} printing cells, our driver, CPU", ours, "s")
    show(f"{cells} printing cells, python -m doctest, CPU", theirs, "s")
    show("  ours over doctest", [a / b for a, b in zip(ours, theirs)], " ", 1.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")
    subprocess.run(["cargo", "build", "-q", "-p", "course"], cwd=ROOT, check=True)
    check(runs)
    session(runs)
    book(runs)
    lesson_test(runs)


if __name__ == "__main__":
    main()
