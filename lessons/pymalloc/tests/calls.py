"""Calls of every function, on success and on failure, for the checks that repeat them."""

data = bytes(range(256)) * 5

# PyO3 panics where there is no memory for an object that it makes.
ABORTS = {
    "safe.gaps": "the ints",
    "raw.gaps": "the text of the TypeError",
    "raw.while_cut": "the text of the TypeError",
    "safe.while_cut": "the text of the TypeError",
}


def _nothing():
    return None


def _fail():
    raise RuntimeError("look")


class _FailsLater:
    """Fails at the second call."""

    def __init__(self):
        self.called = False

    def __call__(self):
        if self.called:
            raise RuntimeError("look")
        self.called = True


def gaps(side):
    side.gaps(24, 20)


def gaps_of_large_blocks(side):
    side.gaps(600, 3)


def gaps_of_nothing(side):
    side.gaps(24, 0)
    side.gaps(0, 3)


def gaps_of_too_much(side):
    side.gaps(512, 1_000_000)


def gaps_beyond_any_size(side):
    side.gaps(2**63, 2**63)


def gaps_negative(side):
    side.gaps(-1, 3)


def gaps_of_a_str(side):
    side.gaps("24", 3)


def while_held(side):
    side.while_held(_nothing, 24, 10)


def while_held_within(side):
    side.while_held(lambda: side.while_held(_nothing, 24, 3), 24, 3)


def while_held_fails(side):
    side.while_held(_fail, 24, 10)


def while_held_not_callable(side):
    side.while_held(None, 24, 10)


def while_held_too_much(side):
    side.while_held(_nothing, 512, 1_000_000)


def keep_samples(side):
    side.keep_samples(_nothing, 24, 20, 7)


def keep_no_samples(side):
    side.keep_samples(_nothing, 24, 0, 7)


def keep_samples_of_nothing(side):
    side.keep_samples(_nothing, 0, 3, 1)


def keep_samples_fails(side):
    side.keep_samples(_fail, 24, 20, 7)


def keep_samples_fails_later(side):
    side.keep_samples(_FailsLater(), 24, 20, 7)


def keep_samples_one_in_zero(side):
    side.keep_samples(_nothing, 24, 20, 0)


def keep_samples_too_many(side):
    side.keep_samples(_nothing, 512, 1_000_000, 7)


def while_cut(side):
    side.while_cut(_nothing, data)


def while_cut_nothing(side):
    side.while_cut(_nothing, b"")


def while_cut_fails(side):
    side.while_cut(_fail, data)


def while_cut_of_a_str(side):
    side.while_cut(_nothing, "text")


def arenas(raw):
    raw.arenas()


def arenas_with_an_argument(raw):
    raw.arenas(1)
