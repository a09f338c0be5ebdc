"""Calls of every function, on success and on failure, for the checks that repeat them."""

item = object()
items = ("value0", item)
number = 1 << 40

# PyO3 panics where there is no memory for an object that it makes. On both sides it does:
# arguments, results and the text of an exception are its own work.
ABORTS = {
    "safe.function_with_exception": "the list, and the text of the RuntimeError",
    "safe.replace": "the text of the RuntimeError",
    "safe.chain": "the text of the RuntimeError",
    "raw.pick": "the text of the panic",
    "safe.pick": "the text of the panic",
}


class Walk:
    """Yields its items, then raises `last`."""

    def __init__(self, items, last):
        self.items, self.last = items, last

    def __iter__(self):
        yield from self.items
        raise self.last("half-way")


class Refuses:
    def __iter__(self):
        raise LookupError("not to be walked")


class Interrupted:
    """Interrupts a call that expects it, and no other."""

    expected = False

    def __iter__(self):
        raise KeyboardInterrupt if self.expected else LookupError("not to be walked")


half_way = Walk(items, ValueError)
at_once = Walk((), ValueError)
refuses = Refuses()
interrupted = Interrupted()


def walk(side):
    side.function_with_exception(items)


def walk_nothing(side):
    side.function_with_exception(())


def walk_half_way(side):
    side.function_with_exception(half_way)


def walk_what_fails_at_once(side):
    side.function_with_exception(at_once)


def walk_what_refuses(side):
    side.function_with_exception(refuses)


def walk_a_number(side):
    side.function_with_exception(number)


def replace_nothing(side):
    side.replace(items)


def replace(side):
    side.replace(number)


def replace_what_was_raised(side):
    side.replace(refuses)


def chain_nothing(side):
    side.chain(items)


def chain(side):
    side.chain(number)


def chain_what_was_raised(side):
    side.chain(refuses)


def chain_while_another_is_handled(side):
    try:
        raise KeyError(item)
    except KeyError:
        side.chain(number)


def leave_an_interrupt_alone(side):
    interrupted.expected = True
    try:
        for function in side.replace, side.chain:
            try:
                function(interrupted)
            except KeyboardInterrupt:
                pass
    finally:
        interrupted.expected = False


def pick(side):
    side.pick(items, 1)


def pick_from_a_number(side):
    side.pick(number, 0)


def pick_half_way(side):
    side.pick(half_way, 0)


def pick_at_no_index(side):
    side.pick(items, -1)


def pick_past_the_end(side):
    try:
        side.pick(items, 2)
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise


def make_a_panic(safe):
    safe.PanicException("made by hand")


def list_what_comes(safe):
    safe.list_what_comes(items)


def list_what_comes_half_way(safe):
    safe.list_what_comes(half_way)


def list_what_comes_of_a_number(safe):
    safe.list_what_comes(number)
