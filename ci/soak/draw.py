"""Draws arguments as Python expressions, by Hypothesis.

    draw.py HYPOTHESIS COUNT SEED ARITY
        prints a list of COUNT lists of ARITY expressions.
    draw.py HYPOTHESIS COUNT SEED ARITY --ask
        prints the same lists, one a line, and reads of each whether it goes wrong. Behind the
        first that does come shorter ones.

HYPOTHESIS is the folder where it is installed. No lesson is loaded here: what is drawn once is
thrown in every CPython.
"""

import json
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent / "inside"), sys.argv[1]]
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(Path(sys.argv[1]) / "storage")

import hypothesis
from hypothesis import strategies as st

from objects import ACTS, BASES, USE, VALUES

EDGES = [2**n + k for n in (0, 7, 8, 15, 16, 30, 31, 32, 60, 62, 63, 64, 100) for k in (-1, 0, 1)]
SIMPLE = """None True False ... NotImplemented object() int type str len print (lambda*a:0) iter([])
    range(3) memoryview(b'ab') bytearray(b'ab') 1j slice(1) ValueError('x') KeyError ''.join
    type('T',(),{}) frozenset() zip() generator() float('1e300') Ellipsis.__class__""".split()
RECORDED = 100  # calls of one function in calls.py, at most


class Wrong(Exception):
    """What Hypothesis hears of arguments that go wrong."""


def main():
    count, seed, arity = map(int, sys.argv[2:5])
    drawn = []
    settings = hypothesis.settings(
        max_examples=count,
        deadline=None,
        database=None,
        verbosity=hypothesis.Verbosity.quiet,
        report_multiple_bugs=False,
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    test = ask if "--ask" in sys.argv else drawn.append
    given = hypothesis.given(arguments(arity))(lambda expressions: test([*expressions]))
    try:
        hypothesis.seed(seed)(settings(given))()
    except (Wrong, hypothesis.errors.Flaky):
        return  # whoever answers knows which was the last
    if drawn:
        print(json.dumps(drawn))


def ask(expressions):
    print(json.dumps(expressions), flush=True)
    if json.loads(sys.stdin.readline()):
        raise Wrong


def arguments(arity):
    """Expressions for the arguments; some of them what calls.py has in that place."""

    def argument(position):
        recorded = st.integers(0, RECORDED).map(lambda call: f"recorded({call}, {position})")
        return st.one_of(recorded, expressions(), st.integers(-2, 2).map(repr))

    return st.tuples(*map(argument, range(arity)))


def expressions():
    """Any Python object, as the text that makes it."""
    acts = st.dictionaries(
        st.sampled_from(list(USE)),
        st.sampled_from([*ACTS, *VALUES, "recurses"]),
        max_size=4,
    )
    dies = st.sampled_from([{}, {}, {}] + [{"__del__": act} for act in ("raises", "mutates", "turns")])
    text = st.text(st.characters() | st.sampled_from("\0\ud800\udfff\U0010ffff"))
    leaves = st.one_of(
        st.sampled_from(SIMPLE),
        st.builds(hostile_text, st.sampled_from(BASES), acts, dies),
        st.integers().map(repr),
        st.sampled_from([*EDGES, *(-edge for edge in EDGES)]).map(repr),
        st.floats().map(repr),
        text.map(ascii),
        st.binary(max_size=40).map(repr),
    )
    return st.recursive(leaves, nested, max_leaves=6)


def nested(inner):
    items = st.lists(inner, max_size=4)
    generates = st.tuples(items, st.sampled_from([*ACTS, "nothing"]))
    hashable = st.integers().map(repr) | st.sampled_from(["'key'", "None", "1.5"])
    return st.one_of(
        items.map(lambda parts: f"[{', '.join(parts)}]"),
        items.map(lambda parts: f"({''.join(part + ', ' for part in parts)})"),
        st.lists(st.tuples(hashable, inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
        st.lists(hashable, min_size=1, max_size=3).map(lambda parts: "{" + ", ".join(parts) + "}"),
        generates.map(lambda made: f"generator({', '.join([*made[0], f'act={made[1]!r}'])})"),
    )


def hostile_text(base, acts, dies):
    told = [f"{name}={act!r}" for name, act in {**acts, **dies}.items()]
    return f"hostile({', '.join([base.__name__, *told])})"


if __name__ == "__main__":
    main()
