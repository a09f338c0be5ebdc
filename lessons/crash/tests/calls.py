"""Calls of every function, on success and on failure, for the checks that repeat them."""

LEAKS = {
    "safe.forget": "it forgets the reference it was given",
    "safe.append_size": "the list and the function in it own each other",
}

# PyO3 panics where there is no memory for an object that it makes. On both sides it does:
# the text of an exception about an argument is its own work.
ABORTS = {
    "raw.append_repr": "the text of the TypeError",
    "raw.reverse_bytes": "the text of the TypeError",
    "safe.append_repr": "the text of the TypeError",
    "safe.append_size": "the text of the TypeError",
    "safe.reverse_bytes": "the text of the TypeError",
}

text = "".join(("be", "gin"))
data = bytes(range(32))


class Told:
    def __repr__(self):
        return text


class Fails:
    def __repr__(self):
        raise ValueError("planned")


class NoText:
    def __repr__(self):
        return None


class Clears:
    def __init__(self, log):
        self.log = log

    def __repr__(self):
        self.log.clear()
        return text


told, fails, no_text = Told(), Fails(), NoText()
log = []


def append_repr(side):
    side.append_repr([], told)


def append_repr_of_a_new_string(side):
    side.append_repr([], data)


def append_repr_that_fails(side):
    side.append_repr(log, fails)


def append_repr_that_is_no_text(side):
    side.append_repr(log, no_text)


def append_repr_that_clears(side):
    mine = [told]
    side.append_repr(mine, Clears(mine))


def append_repr_of_itself(side):
    mine = []
    side.append_repr(mine, mine)


def append_repr_to_a_tuple(side):
    side.append_repr((), told)


def repr_length(side):
    side.repr_length(told)
    side.repr_length(data)


def repr_length_that_fails(side):
    side.repr_length(fails)


def repr_length_that_is_no_text(side):
    side.repr_length(no_text)


def reverse_bytes(side):
    side.reverse_bytes(data)


def reverse_nothing(side):
    side.reverse_bytes(b"")


def reverse_a_str(side):
    side.reverse_bytes(text)


def forget(safe):
    safe.forget(told)


def append_size(safe):
    try:
        safe.append_size(())
    except TypeError:
        pass
    mine = []
    safe.append_size(mine)
    mine[0]()
