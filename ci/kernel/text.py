"""Texts: which count as the same, and how two that do not are shown."""

import difflib
import re


def interleaved(lines, one, other):
    """Whether `lines` are those of `one` and of `other`, each in its own order.

    A kernel keeps no order between standard output and standard error.
    """
    taken = {0}  # how many lines of `one` may be used up by now
    for index, line in enumerate(lines):
        from_one = {n + 1 for n in taken if one[n : n + 1] == [line]}
        taken = from_one | {n for n in taken if other[index - n : index - n + 1] == [line]}
    return len(lines) == len(one) + len(other) and len(one) in taken


def within(text, recorded):
    """Whether `text` is `recorded` without some of its lines: those that C and Rust wrote."""
    rest = iter(recorded.splitlines())
    return all(line in rest for line in text.splitlines())


def normal(text):
    """`text` without what ci/verify reads alike: the order of a cell's keys, which a notebook's
    file sorts, and the bare marker that Jupytext writes above a docstring before the first cell.
    """

    def ordered(marker):
        return " ".join(["# %%", marker[1], *sorted(re.findall(r'\w+="[^"]*"', marker[2]))])

    return re.sub(r"(?m)^# ?%% +(\S+)(.*)$", ordered, text).removeprefix("# %%\n")


def diff(before, after):
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return "\n".join("    " + line for line in list(lines)[2:])
