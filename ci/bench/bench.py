#!/usr/bin/env python3
"""Measures what the course claims about its own speed.

    python3 ci/bench/bench.py [--runs N]

Run it in the course's folder. It prints medians of N runs with the smallest and
largest, wall and CPU seconds, and how far each figure is from its goal. Machines are
shared and noisy: quote the ratio, which comes from runs that take turns, before the
seconds. Nothing here is a test; CI runs it once, so that it goes on working.
"""

import argparse
import json
import os
import pathlib
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


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


def describe(*arguments):
    command = ["cargo", "course", "describe", "--json", *arguments]
    return json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)


def check(course, runs):
    for name, arguments, goal in (
        ("warm check, every lesson and CPython", ["check"], 10.0),
        ("warm check, one lesson and one CPython", ["check", "tuple", "--python", "3.14"], 1.0),
    ):
        measure([course, *arguments], 1)
        wall, cpu = measure([course, *arguments], runs)
        show(f"{name}, wall", wall, "s", goal)
        show("  its CPU", cpu, "s")


def book(course, runs):
    _, cpu = measure([course, "build"], runs)
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
    course = describe("--build", sys.executable, "tuple")
    job = course["built"]["jobs"]["tuple"]
    lines = [f"print({number} + 1)\n" for number in range(cells)]
    job["source"] = "".join(f"# %% cell{number}\n{line}" for number, line in enumerate(lines))
    # Like the first cell in all but what is known of these.
    job["cells"] = [
        {**job["cells"][0], "name": f"cell{number}", "line": 2 * number + 1, "source": line}
        for number, line in enumerate(lines)
    ]
    job["values"] = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        document, driver, events = (folder / name for name in ("cells.txt", "driver.py", "events"))
        examples = (f">>> {line}{number + 1}\n\n" for number, line in enumerate(lines))
        document.write_text("".join(examples))
        driver.write_text(course["driver"], encoding="utf-8")
        (folder / "job.json").write_text(json.dumps(job))
        options = course["launch"]["options"]
        command = [sys.executable, *options, driver, folder / "job.json", events]
        ours, theirs = [], []
        for _ in range(runs):
            ours += measure(command, 1, before=lambda: events.write_text(""))[1]
            theirs += measure([sys.executable, "-m", "doctest", document], 1)[1]
        ended = [json.loads(line)["event"] for line in events.read_text().splitlines()]
        if ended.count("end") != cells or ended[-1] != "done":
            sys.exit("the driver did not run every cell")
    show(f"{cells} printing cells, our driver, CPU", ours, "s")
    show(f"{cells} printing cells, python -m doctest, CPU", theirs, "s")
    show("  ours over doctest", [a / b for a, b in zip(ours, theirs)], " ", 1.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="1 to see that it works")
    runs = parser.parse_args().runs
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that an edit is taken back
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")
    course = pathlib.Path(describe("tuple")["command"])
    check(course, runs)
    session(runs)
    book(course, runs)
    lesson_test(runs)


if __name__ == "__main__":
    main()
