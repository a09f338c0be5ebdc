"""What the Worker calls: a namespace for each lesson, and a call of the driver for each cell."""

import builtins
import importlib
import json
import linecache
import os
import sys
import traceback

os.chdir("/work")
sys.path.insert(0, "/extension")
driver = type(sys)("driver")
exec(compile(driver_source, "driver.py", "exec"), driver.__dict__)

FILE = "session.py"
FRAMES = 6  # of a traceback; a deep recursion has a thousand
lessons = {}
frames = []


def failing_line(error, file):
    """As the driver's own, but what a reader wants to know of a traceback is kept."""
    walked = traceback.walk_tb(error.__traceback__)
    found = [(line, frame.f_code.co_name) for frame, line in walked if frame.f_code.co_filename == file]
    if isinstance(error, SyntaxError) and error.filename == file:
        found.append((error.lineno, "<module>"))
    frames.extend(found if len(found) <= FRAMES else found[: FRAMES // 2] + found[-FRAMES // 2 :])
    return found[-1][0] if found else None


driver.failing_line = failing_line


class Lesson:
    def __init__(self, source):
        self.main = type(sys)("__main__")
        self.main.__builtins__ = builtins
        self.lines = [line + "\n" for line in source.split("\n")]
        self.size = len(source)
        self.flags = 0
        self.before = driver.surroundings()


def open_lesson(topic, source):
    importlib.invalidate_caches()
    lessons[topic] = Lesson(source)


def run_cell(topic, text):
    """Run one cell as `driver.run` does, and return the report as JSON."""
    lesson, cell = lessons[topic], json.loads(text)
    sys.modules["__main__"] = lesson.main
    sys.argv = [FILE]
    linecache.cache[FILE] = (lesson.size, None, lesson.lines, FILE)
    frames.clear()
    report = driver.run_cell(cell, FILE, lesson.main.__dict__, lesson.flags)
    lesson.flags = report.pop("flags")
    report["frames"] = frames
    report["left"] = driver.left_behind(lesson.before)
    return json.dumps(report)
