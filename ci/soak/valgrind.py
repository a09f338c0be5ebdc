"""Make every call under valgrind: no wrong access, and no memory lost."""

import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as xml

import child
from course import lists

# Debian's, which runs clean by itself; builds with profile-guided optimisation often do not.
TAGS = ["3.11"]
# Valgrind is some fifty times slower. It sees a wrong access the first time, and a lost block
# even if it is one: 1000 calls tell what each call loses from what is lost once.
TIMES = 1000
WEIGHT = 3
COMMAND = ["valgrind", "--quiet", "--leak-check=full", "--show-leak-kinds=definite"]
COMMAND += ["--errors-for-leak-kinds=definite", "--num-callers=40", "--xml=yes"]
MALLOC = {"PYTHONMALLOC": "malloc"}
# Up to 3.12, `tracemalloc.stop` loses the traceback of each note: tracemalloc_clear_traces clears a
# table whose keys they are, and which frees values only. One with one frame has so many bytes.
TRACEBACK = 24


def options(_parser):
    pass


def prepare(_python, _arguments):
    pass


def fits(_course, python):
    """Whether valgrind has nothing to say of this Python itself: else why not."""
    if not shutil.which("valgrind"):
        return "there is no valgrind (Debian: apt-get install valgrind)"
    with tempfile.NamedTemporaryFile() as file:
        command = [*COMMAND, f"--xml-file={file.name}", python.executable, "-c", "import ctypes, json"]
        subprocess.run(command, env={**MALLOC, "PYTHONHASHSEED": "0"}, capture_output=True)
        try:
            found = len(errors(file.name))
        except xml.ParseError:
            return f"valgrind cannot run {python.executable}"
    return f"{found} errors of {python.executable} itself" if found else None


def run(task, progress, _arguments):
    with tempfile.NamedTemporaryFile() as file:
        before = [*COMMAND, f"--xml-file={file.name}"]
        job = {**task.job, "times": TIMES}
        ended = child.run(task, "repeat.py", job, progress, before, MALLOC)
        traces = "import tracemalloc" in task.calls.read_text(encoding="utf-8")
        try:
            told = [told_of(e) for e in errors(file.name) if not (traces and is_traceback(e))]
        except xml.ParseError:
            told = []  # it was killed
    # What a function loses on purpose, where no Python counts it, stands in LOST.
    lost = lists(task.calls).get("LOST", {})
    told = [problem for problem in told if problem]
    ended.problems += [problem for problem in told if problem.call not in lost]
    for name in sorted(set(lost) - {problem.call for problem in told}):
        what = f"{name} stands in LOST, and valgrind sees no block lost"
        ended.problems.append(child.Problem(what, help="take it out"))
    return ended


def errors(file):
    return xml.parse(file).getroot().findall("error")


def is_traceback(error):
    """Whether these can be tracebacks that tracemalloc lost: their size, and who asked for them."""
    size, blocks = (int(error.findtext(f"xwhat/leaked{of}") or 0) for of in ("bytes", "blocks"))
    # Below valgrind's own malloc, and a lesson's hook where one stands in front of it.
    below = [
        frame.findtext("obj") or ""
        for frame in error.findall("stack/frame")[1:]
        if "hook::" not in (frame.findtext("fn") or "")
    ]
    return blocks > 0 and size == TRACEBACK * blocks and below and "/lesson_" not in below[0]


def told_of(error):
    """The problem that valgrind tells of, with the lesson's function in whose call it is."""
    what = error.findtext("what") or error.findtext("xwhat/text")
    frames = error.findall("stack/frame")
    extension = any("/lesson_" in (frame.findtext("obj") or "") for frame in frames)
    blocks = int(error.findtext("xwhat/leakedblocks") or 0)
    if error.findtext("kind").startswith("Leak_") and not extension and blocks < TIMES // 2:
        return None  # what the interpreter loses once is its own
    names = [frame.findtext("fn") or frame.findtext("obj") or "?" for frame in frames]
    # The function that Python called, rather than what it calls itself.
    own = re.search(r"lesson_\w+::(raw|safe|wrong)::__pyfunction_(\w+)", "\n".join(names))
    stack = "".join(f"\n    {name}" for name in names[:12])
    return child.Problem(f"valgrind: {what}{stack}", call=own and f"{own[1]}.{own[2]}")


def judge(lesson, ended):
    for problem in ended.problems:
        if problem.call and not problem.line:
            problem.file = f"lessons/{lesson.topic}/src/{problem.call.partition('.')[0]}.rs"
    return ended.problems


def afterwards(_calls, _told):
    return []


def summary(told):
    return "{functions} functions, {made:,} calls".format(**told)
