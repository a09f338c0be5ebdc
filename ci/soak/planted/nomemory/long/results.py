"""A result with an exception set, and a panic that no list excuses."""

EXPECTED = {
    "read(wrong)": "ends in SystemError",
    "make(safe)": "ends in PanicException",
}


class Index:
    def __index__(self):
        return len(bytes(1000))


index = Index()


def read(wrong):
    wrong.as_long_ignores_the_exception(index)


def read_zero(raw):
    raw.as_long(0)


def make(safe):
    safe.from_long(1 << 40)
