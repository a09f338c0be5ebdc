"""Run the cells of a session as a Jupyter kernel runs them, and report each one.

The same file runs in a native CPython (`main`, below) and in Pyodide, whose host
calls `run` with an `emit` of its own. Counts depend on every line here: a change
that can move one raises MODE, which makes every recorded column stale.
"""

import _signal
import ast
import builtins
import json
import linecache
import os
import sys
import time
import traceback

MODE = 1

FUTURES = 0
for _name in ("annotations", "barry_as_FLUFL", "generator_stop"):
    FUTURES |= getattr(__import__("__future__"), _name).compiler_flag


def run(job, emit):
    """Run `job["cells"]` in one fresh `__main__`, then evaluate `job["values"]`.

    `emit` receives a dictionary per event: a cell begins, a cell ended, a value,
    done. Nothing made by a cell is held between two cells.
    """
    main = type(sys)("__main__")
    main.__builtins__ = builtins
    sys.modules["__main__"] = main
    sys.argv = [job["file"]]
    lines = [line + "\n" for line in job["source"].split("\n")]
    linecache.cache[job["file"]] = (len(job["source"]), None, lines, job["file"])
    before = surroundings()
    flags = 0
    for cell in job["cells"]:
        if not cell["runs"]:
            emit({"event": "skipped", "cell": cell["name"], "binds": bound_later(cell, job)})
            continue
        emit({"event": "begin", "cell": cell["name"]})
        if cell["crashes"]:
            report = in_a_fork(cell, job["file"], main.__dict__, flags)
        else:
            report = run_cell(cell, job["file"], main.__dict__, flags, bool(job["values"]))
            flags = report.pop("flags")
        report["left"] = left_behind(before)
        emit(dict(report, event="end", cell=cell["name"]))
        if report["left"] or (report["raised"] is not None) != cell["raises"]:
            return  # the rest would only repeat what went wrong here
    for index, expression in enumerate(job["values"]):
        emit({"event": "evaluate", "index": index})
        emit(dict(evaluate(expression, main.__dict__, flags), event="value", index=index))
    emit({"event": "done"})


def run_cell(cell, file, namespace, flags, name_bound=False):
    """Parse the cell once, then compile and run one statement after the other.

    The parsed tree lives until the cell ends, as it does in a kernel, and not longer:
    a frame that the cell kept would otherwise keep every literal of the cell.
    """
    report = {"raised": None, "line": None, "shows": None, "binds": [], "flags": flags}
    tree = node = code = value = None
    try:
        tree = parse(cell, file, flags)
        for node in tree.body:
            if node is tree.body[-1] and isinstance(node, ast.Expr):
                code = compile(ast.Expression(node.value), file, "eval", flags, True)
                value = eval(code, namespace)
                if value is not None:
                    report["shows"] = type(value).__name__
            else:
                code = compile(ast.Module([node], []), file, "exec", flags, True)
                exec(code, namespace)
            flags |= code.co_flags & FUTURES
    except BaseException as error:
        report["raised"] = raised_names(error)
        report["line"] = failing_line(error, file)
        sys.__stdout__.write(in_words(error))
    finally:
        report["flags"] = flags
        if name_bound and tree is not None:
            report["binds"] = sorted(bound_names(tree))
        del tree, node, code, value
        for stream in ("stdout", "stderr", "__stdout__"):
            try:
                getattr(sys, stream).flush()
            except Exception:
                pass  # what became of it, left_behind says
    return report


def in_words(error):
    """An exception as Python prints it; where that raises another one, its class."""
    try:
        words = "".join(traceback.format_exception_only(type(error), error))
        words.encode()  # a lone surrogate is no text
        return words
    except Exception:
        return type(error).__name__ + ", which cannot be printed\n"


def parse(cell, file, flags):
    # The empty lines give every node, and every error, its line in the session.
    source = "\n" * cell["line"] + cell["source"]
    return compile(source, file, "exec", flags | ast.PyCF_ONLY_AST, True)


def raised_names(error):
    """The names by which a session may call this exception's class."""
    kind = type(error)
    return [kind.__name__, kind.__qualname__, kind.__module__ + "." + kind.__qualname__]


def failing_line(error, file):
    """The line of the session at which the cell failed, where one is known."""
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno
    frames = error.__traceback__
    while frames is not None:
        if frames.tb_frame.f_code.co_filename == file:
            return frames.tb_lineno
        frames = frames.tb_next
    return None


def in_a_fork(cell, file, namespace, flags):
    """Run a cell that must crash in a fork: the session goes on as if it had not run."""
    import resource

    pid = os.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        run_cell(cell, file, namespace, flags)
        os._exit(0)
    status = os.waitpid(pid, 0)[1]
    signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
    return {"raised": None, "line": None, "shows": None, "binds": [], "signal": signal}


def evaluate(expression, namespace, flags):
    """A bound expression's text, or why it has none, and the names it needs."""
    report = {"text": None, "error": None, "names": [], "builtins": []}
    try:
        tree = compile(expression, "<value>", "eval", flags | ast.PyCF_ONLY_AST, True)
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        own = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
        needed = {node.id for node in names} - own
        report["names"] = sorted(needed)
        report["builtins"] = sorted(needed & set(dir(builtins)))
        text = str(eval(compile(tree, "<value>", "eval", flags, True), namespace))
        text.encode()  # a lone surrogate is no text
        report["text"] = text
    except BaseException as error:
        report["error"] = in_words(error).strip().splitlines()[-1]
    return report


def bound_later(cell, job):
    """What a cell that does not run here would bind; None where it cannot be parsed."""
    try:
        return sorted(bound_names(parse(cell, job["file"], 0)))
    except SyntaxError:
        return None


def bound_names(tree):
    """The names that running `tree` binds in the session's namespace."""
    names, waiting = set(), list(tree.body)
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    comprehensions = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    while waiting:
        node = waiting.pop()
        if isinstance(node, inner):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.split(".")[0])
        elif isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Store):
                names.add(node.id)
        elif isinstance(node, comprehensions):
            # Its own variables stay inside; what it assigns by := does not.
            walrus = (part for part in ast.walk(node) if isinstance(part, ast.NamedExpr))
            names.update(part.target.id for part in walrus)
        elif not isinstance(node, ast.Lambda):
            if type(node).__name__.startswith("Match"):
                # A pattern binds by these fields. Python 3.9 has no such nodes.
                bound = (getattr(node, field, None) for field in ("name", "rest"))
                names.update(name for name in bound if name)
            waiting.extend(ast.iter_child_nodes(node))
    return names


def surroundings():
    """What a cell must leave as it was: where output goes, and the threads."""
    streams = (sys.stdout, sys.stderr, sys.__stdout__)
    return [os.fstat(1)[:3], os.fstat(2)[:3]], streams, thread_count()


def left_behind(before):
    """What the cell left for the next ones: "a child process", "a thread" or None."""
    files, streams, threads = before
    now = tuple(getattr(sys, name, None) for name in ("stdout", "stderr", "__stdout__"))
    if any(one is not other for one, other in zip(now, streams)):
        sys.stdout, sys.stderr, sys.__stdout__ = streams
        return "another `sys.stdout` or `sys.stderr`"
    try:
        if [os.fstat(1)[:3], os.fstat(2)[:3]] != files:
            return "a redirected standard output or error"
    except OSError:
        return "a closed standard output or error"
    if hasattr(os, "waitid"):
        try:
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            return "a child process"
        except ChildProcessError:
            pass
    # A thread that was joined leaves the kernel's list a moment later.
    for _ in range(500):
        if thread_count() <= threads:
            return None
        time.sleep(0.002)
    return "a thread"


def thread_count():
    try:
        return os.stat("/proc/self/task").st_nlink  # a folder for each, and two more
    except OSError:
        return len(sys._current_frames())


def main(job_path, events_path):
    with open(job_path, encoding="utf-8") as file:
        job = json.load(file)
    sys.path[0] = job["path"]
    sys.path += job["packages"]
    printed = os.dup(1)
    events = os.open(events_path, os.O_WRONLY | os.O_APPEND)
    session = os.getpid()

    def emit(event):
        if event["event"] in ("begin", "evaluate"):
            # Whoever watches ends a late session; this ends one that nobody watches any more.
            _signal.alarm(job["seconds"])
        if os.getpid() != session:
            os._exit(1)  # a cell forked, and its child came back from the cell
        event["at"] = os.fstat(printed).st_size
        os.write(events, json.dumps(event).encode() + b"\n")

    run(job, emit)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
