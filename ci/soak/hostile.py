"""Throw arbitrary objects, hostile ones included, at every function, as Hypothesis draws them."""

import re

import child
import drawn
from course import lists

# Memory that was freed is filled, and checked: what touches it is seen at once.
DEBUG = {"PYTHONMALLOC": "debug"}
TAGS = ["3.9", "3.15", "3.14t"]
EXAMPLES = 500
FUNCTION = r"(?:raw|safe|wrong)\.\w+"
WEIGHT = 3


def options(parser):
    parser.add_argument("--examples", type=int, default=EXAMPLES, metavar="N", help="a function")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="other examples")
    parser.add_argument("--only", metavar="FUNCTION", help="such as raw.get_item")


def prepare(_python, arguments):
    drawn.draw(arguments.examples, arguments.seed)


def fits(_course, _python):
    return None


def run(task, progress, arguments):
    """Run the functions one after the other; go on behind one that goes wrong."""
    planted = task.planted
    job = {
        **task.job,
        "allowed": allowed(task.lesson.cells),
        "tested": ["wrong"] if planted else task.job["sides"],
        "examples": arguments.examples,
        "drawn": str(drawn.draw(arguments.examples, arguments.seed)),
        "only": None if planted else arguments.only,
        "alone": None,
        "done": [],
        "after": {},
    }
    aborts = lists(task.calls).get("ABORTS", {})
    problems, functions, made, seconds = [], set(), 0, 0
    while True:
        ended = child.run(task, "hostile.py", job, progress, variables=DEBUG)
        seconds += ended.seconds
        problems += ended.problems
        tested = [place for place in ended.places if re.fullmatch(FUNCTION, place)]
        functions.update(tested)
        made += sum(re.match(FUNCTION + r"\(", place) is not None for place in ended.places)
        name, what = (ended.told["wrong"] or (None, None)) if ended.told else died(ended)
        if not name or name in job["done"]:
            break
        if name in aborts and "non-unwinding panic" in ended.printed and ended.at != name:
            # As nomemory allows; go on behind the call.
            job["done"] = [*job["done"], *tested[:-1]]
            thrown = len(ended.places) - 1 - ended.places.index(name)
            job["after"][name] = job["after"].get(name, 0) + thrown
            continue
        alone = shortest(task, job, progress, name, arguments)
        seconds += alone.seconds
        of_it = [problem for problem in alone.problems if problem.call == name]
        problems += of_it or [child.Problem(what, call=name)]
        job["done"] = [*job["done"], *tested]
    if ended.told:
        ended.told.update(functions=len(functions), made=made)
    ended.problems, ended.seconds = unique(problems), seconds
    return ended


def died(ended):
    """The function in whose call the child died, if it was in one, and what is to be told."""
    called = re.match(rf"({FUNCTION})(?:\(|$)", ended.at or "")
    said = "".join(f"\n    {line}" for line in ended.printed.splitlines()[-12:])
    return called and called[1], f"{ended.at} dies: {ended.how}, though not alone{said}"


def shortest(task, job, progress, name, arguments):
    """The function by itself, with each call in a fork: tells the shortest call that goes wrong."""
    draws = drawn.commands(arguments.examples, arguments.seed)
    job = {**job, "only": name, "alone": draws, "done": []}
    return child.run(task, "hostile.py", job, progress, variables=DEBUG)


def unique(problems):
    seen = {}
    for problem in problems:
        seen.setdefault((problem.call, problem.what), problem)
    return list(seen.values())


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
