"""Throw arbitrary objects, hostile ones included, at every function, by Hypothesis."""

import hashlib
import re
import shutil
import subprocess
import sys

import child
from course import HERE, ROOT

# Memory that was freed is filled, and checked: what touches it is seen at once.
DEBUG = {"PYTHONMALLOC": "debug"}
TAGS = ["3.9", "3.15", "3.14t"]
EXAMPLES = 200
WEIGHT = 3


def options(parser):
    parser.add_argument("--examples", type=int, default=EXAMPLES, metavar="N", help="a function")
    parser.add_argument("--seed", type=int, metavar="N", help="other examples; else always the same")
    parser.add_argument("--only", metavar="FUNCTION", help="such as raw.get_item")


def prepare(python):
    """Do once what each of a hundred processes would do: compile Hypothesis, and sort Unicode."""
    folder = install(python)
    environment = {"PYTHONPATH": str(folder), **storage(folder)}
    sort = "from hypothesis.internal.charmap import charmap; charmap()"
    for does in ["-m", "compileall", "-q", folder], ["-c", sort]:
        subprocess.run([python.executable, *does], env=environment, check=True)


def storage(folder):
    return {"HYPOTHESIS_STORAGE_DIRECTORY": str(folder / "storage")}


def fits(_course, _python):
    return None


def run(task, progress, arguments):
    """Run the functions one after the other; go on behind one that crashes."""
    planted, folder = task.planted, install(task.python)
    job = {
        **task.job,
        "hypothesis": str(folder),
        "allowed": allowed(task.lesson.cells),
        "tested": ["wrong"] if planted else task.job["sides"],
        "examples": arguments.examples,
        "seed": arguments.seed,
        "only": None if planted else arguments.only,
        "fork": False,
        "done": [],
    }
    variables = DEBUG | storage(folder)
    problems, functions, made, seconds = [], 0, 0, 0
    while True:
        ended = child.run(task, "hostile.py", job, progress, variables=variables)
        seconds += ended.seconds
        problems += ended.problems
        called = re.match(r"((?:raw|safe|wrong)\.\w+)(?:\(|$)", ended.at or "")
        if ended.told:
            functions, made = functions + ended.told["functions"], made + ended.told["made"]
            if not ended.told["again"]:
                ended.told.update(functions=functions, made=made)
                break
        elif not called or called[1] in job["done"]:
            break
        else:
            problems.append(crash(task, job, progress, variables, called[1], ended))
        tested = [place for place in ended.places if re.fullmatch(r"(raw|safe|wrong)\.\w+", place)]
        job["done"] = [*job["done"], *tested]
    ended.problems, ended.seconds = unique(problems), seconds
    return ended


def crash(task, job, progress, variables, name, ended):
    """The shortest call that crashes alone, each tried in a fork; or at least the last call."""
    job = {**job, "only": name, "fork": True}
    alone = child.run(task, "hostile.py", job, progress, variables=variables)
    for problem in alone.problems:
        if problem.call == name and "dies" in problem.what:
            return problem
    said = "".join(f"\n    {line}" for line in ended.printed.splitlines()[-12:])
    return child.Problem(f"{ended.at} dies: {ended.how}, though not alone{said}", call=name)


def unique(problems):
    seen = {}
    for problem in problems:
        seen.setdefault((problem.call, problem.what), problem)
    return list(seen.values())


def install(python):
    """Hypothesis for `python`, by the pip of the Python that runs this, under target/."""
    minor = python.tag.rstrip("td")
    exact = HERE / f"requirements-{minor}.txt"
    requirements = exact if exact.is_file() else HERE / "requirements.txt"
    made_of = hashlib.sha256(requirements.read_bytes()).hexdigest()
    folder = ROOT / "target" / "soak" / requirements.stem
    if (folder / "made-of").is_file() and (folder / "made-of").read_text() == made_of:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    pure = ["--python-version", minor, "--implementation", "py", "--abi", "none"]
    pure += ["--platform", "any", "--only-binary", ":all:", "--no-deps"]
    command = [sys.executable, "-m", "pip", "install", *quiet, *pure, "--target", folder]
    done = subprocess.run(
        [*command, "--requirement", requirements], capture_output=True, text=True
    )
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip().splitlines() or ["pip failed"]
        raise child.Skipped(f"no Hypothesis to run: {said[-1]}")
    (folder / "made-of").write_text(made_of)
    return folder


def allowed(cells):
    """For each function, the exceptions beyond the ordinary that the lesson itself shows.

    A cell shows one when it names the function and prints the exception, or catches every
    BaseException around it.
    """
    shown = {}
    for cell in cells:
        source, text = cell["source"], "\n".join(printed["text"] for printed in cell["printed"])
        found = [kind for kind in ("SystemError", "PanicException") if kind in text]
        if "except BaseException" in source and "PanicException" not in found:
            found.append("PanicException")
        for side, function in re.findall(r"\b(raw|safe|wrong|side)\.(\w+)", source):
            both = [each for each in ("raw", "safe") if re.search(rf"\b{each}\b", source)]
            for each in both if side == "side" else [side]:
                shown.setdefault(f"{each}.{function}", set()).update(found)
    return {name: sorted(kinds) for name, kinds in shown.items() if name.partition(".")[0] != "wrong"}


def judge(lesson, ended):
    for problem in ended.problems:
        if problem.call and not problem.line:
            side = problem.call.partition(".")[0]
            problem.file = f"lessons/{lesson.topic}/src/{side}.rs"
            problem.help = f"python3 ci/soak/check.py hostile {lesson.topic} --only {problem.call}"
    return ended.problems


def afterwards(_calls, _told):
    return []


def summary(told):
    return "{functions} functions, {made:,} calls".format(**told)
