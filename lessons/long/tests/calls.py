"""Calls of every function, on success and on failure, for the checks that repeat them."""

number = 1 << 40
text = "forty"

# PyO3 panics where there is no memory for an object that it makes. On both sides it does:
# arguments, results and the text of an exception are its own work.
ABORTS = {
    "raw.as_int64": "the int",
    "raw.as_long": "the int",
    "raw.attach_number": "the text of the exception about an argument",
    "raw.from_long": "the text of the OverflowError",
    "safe.as_i128": "the int",
    "safe.as_long": "the int",
    "safe.as_long_or_minus_one": "the int",
    "safe.attach_number": "an object that PyO3 makes",
    "safe.from_long": "the int",
}


class Index:
    def __init__(self, index):
        self.index = index

    def __index__(self):
        return self.index


class Refuses:
    def __index__(self):
        raise LookupError("no number")


index = Index(number)
no_index = Index(text)
refuses = Refuses()


def make(side):
    side.from_long(1 << 40)


def make_a_small_one(side):
    side.from_long(-1)


def make_too_much(side):
    side.from_long(1 << 64)


def make_of_text(side):
    side.from_long(text)


def read(side):
    side.as_long(number)


def read_minus_one(side):
    side.as_long(-1)


def read_an_index(side):
    side.as_long(index)


def read_no_index(side):
    side.as_long(no_index)


def read_what_refuses(side):
    side.as_long(refuses)


def read_too_much(side):
    side.as_long(1 << 64)


def read_text(side):
    side.as_long(text)


def read_by_hand(raw):
    raw.as_long_by_hand(number)


def read_minus_one_by_hand(raw):
    raw.as_long_by_hand(-1)


def read_text_by_hand(raw):
    raw.as_long_by_hand(text)


def read_what_refuses_by_hand(raw):
    raw.as_long_by_hand(refuses)


def read_or_minus_one(safe):
    safe.as_long_or_minus_one(number)


def read_text_or_minus_one(safe):
    safe.as_long_or_minus_one(text)


def read_what_refuses_or_minus_one(safe):
    safe.as_long_or_minus_one(refuses)


def read_128_bits(safe):
    safe.as_i128(1 << 100)


def read_too_much_for_128_bits(safe):
    safe.as_i128(1 << 127)


def read_128_bits_of_what_refuses(safe):
    safe.as_i128(refuses)


def read_64_bits(raw):
    raw.as_int64(number)


def read_too_much_for_64_bits(raw):
    raw.as_int64(1 << 64)


def read_64_bits_of_what_refuses(raw):
    raw.as_int64(refuses)


def attach(side):
    side.attach_number({}, number)


def attach_what_refuses(side):
    side.attach_number({}, refuses)


def attach_to_a_list(side):
    side.attach_number([], number)
