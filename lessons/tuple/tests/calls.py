"""Calls of every function, on success and on failure, for the checks that repeat them."""

pair = ("a", object())
shared = tuple([object(), object()])

# PyO3 panics where there is no memory for an object that it makes. On both sides it does:
# arguments, results and the text of an exception are its own work.
ABORTS = {
    "raw.reverse_tuple": "the text of the TypeError",
    "raw.reverse_tuple_from_array": "the text of the exception about an argument",
    "safe.get_item": "the text of the TypeError",
    "safe.reverse_tuple": "the text of the TypeError",
    "safe.reverse_tuple_watched": "the tuple, and the text of the TypeError",
}


KEEPS = {
    "safe.reverse_tuple_watched": "what `watch` raises goes to sys.unraisablehook, which imports",
}


def reverse(side):
    side.reverse_tuple(pair)


def reverse_nothing(side):
    side.reverse_tuple(())


def reverse_a_list(side):
    side.reverse_tuple([1, 2])


def get(side):
    side.get_item(pair, 1)


def get_past_the_end(side):
    side.get_item(pair, 2)


def get_from_a_list(side):
    side.get_item([1], 0)


def set_in_a_new_tuple(raw):
    raw.set_item(tuple("ab"), 0, object())


def set_in_a_shared_tuple(side):
    side.set_item(shared, 0, object())


def set_past_the_end(side):
    side.set_item(shared, 9, object())


def reverse_from_array(raw):
    if hasattr(raw, "reverse_tuple_from_array"):
        raw.reverse_tuple_from_array(pair)
        raw.reverse_tuple_from_array(())


def reverse_a_list_from_array(raw):
    if hasattr(raw, "reverse_tuple_from_array"):
        raw.reverse_tuple_from_array([1, 2])


def reverse_and_watch(safe):
    safe.reverse_tuple_watched(pair, id)


def reverse_a_list_and_watch(safe):
    safe.reverse_tuple_watched([1, 2], id)
