"""Faults that must be found, and calls in which nothing is wrong."""

EXPECTED = {
    "leaks_the_result(wrong)": "leaks: after",
    "releases_twice(wrong)": "releases what it does not own: after",
    "leaks_once_in_a_thousand(wrong)": "leaks: after",
    "keeps_its_word(safe)": "stands in LEAKS, and keeps_its_word(safe) leaks nothing",
    "interrupts(wrong)": "ends in GeneratorExit, which is no Exception",
    "ignores(wrong)": "makes Python ignore an exception: ValueError()",
}

LEAKS = {"safe.get_item": "it does not, and that must be said"}

pair = ("a", object())
item = object()
stock = [item] * 300_000
full = (None, None)
kept = []
made = [0]


def leaks_the_result(wrong):
    wrong.reverse_tuple_leaks_result(pair)


def releases_twice(wrong):
    wrong.set_item_releases_twice(full, 0, item)


def leaks_once_in_a_thousand(wrong):
    wrong.reverse_tuple_keeps_order(pair)
    made[0] = (made[0] + 1) % 1000
    if made[0] == 0:
        kept.append(object())


def leaks_nothing(wrong):
    wrong.reverse_tuple_keeps_order(pair)


def fails_and_leaks_nothing(wrong):
    wrong.reverse_tuple_leaks_result(1)


def keeps_its_word(safe):
    safe.get_item(pair, 1)


def interrupts(wrong):
    wrong.reverse_tuple_keeps_order(pair)
    raise GeneratorExit


class Raises:
    def __del__(self):
        raise ValueError


def ignores(wrong):
    wrong.reverse_tuple_keeps_order((Raises(), 1))
