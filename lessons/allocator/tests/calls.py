"""Calls of every function, on success and on failure, for the checks that repeat them."""

data = bytes(range(32))
items = (object(), object())


def _fail():
    raise ValueError("planned")


def _take_off(raw, hooks):
    """Takes all of them away, the last one first, also when memory ends."""
    while hooks:
        try:
            raw.uninstall(hooks.pop())
        except MemoryError:
            pass


def install(raw):
    hooks = [raw.install("object")]
    try:
        raw.counts(hooks[0])
    finally:
        _take_off(raw, hooks)


def install_each(raw):
    hooks = []
    try:
        for domain in "raw", "mem", "object", "object":
            hooks.append(raw.install(domain))
    finally:
        _take_off(raw, hooks)


def install_unknown(raw):
    raw.install("unknown")


def uninstall_twice(raw):
    hook = raw.install("mem")
    try:
        raw.uninstall(hook)
    finally:
        raw.uninstall(hook)


def uninstall_from_behind(raw):
    hooks = []
    try:
        hooks.append(raw.install("mem"))
        hooks.append(raw.install("mem"))
        raw.uninstall(hooks[0])
    finally:
        _take_off(raw, hooks)


def uninstall_no_hook(raw):
    raw.uninstall(data)


def counts_of_no_hook(raw):
    raw.counts(data)


def hook(safe):
    with safe.Hook("object") as inside:
        inside.counts()


def hook_not_entered(safe):
    safe.Hook("raw").__exit__()


def hook_entered_twice(safe):
    with safe.Hook("mem") as entered:
        entered.__enter__()


def hook_dropped(safe):
    safe.Hook("mem").__enter__()


def hook_from_behind(safe):
    first, second = safe.Hook("mem"), safe.Hook("mem")
    with first, second:
        first.__exit__()


def hook_unknown(safe):
    safe.Hook("unknown")


def hook_that_fails(safe):
    with safe.Hook("raw"):
        _fail()


def count(side):
    side.count(object)


def count_raw(side):
    side.count(side.ask_detached, 24, domain="raw")


def count_mem(side):
    side.count(list, items, domain="mem")


def count_that_fails(side):
    side.count(_fail)


def count_of_no_callable(side):
    side.count(data)


def count_unknown(side):
    side.count(object, domain="unknown")


def count_all(side):
    side.count_all(bytes, 10000)


def count_all_that_fails(side):
    side.count_all(_fail)


def count_all_inside(side):
    side.count_all(side.count_all, object)


def fail_first(side):
    side.fail_nth(1, bytes, 100)


def fail_second(side):
    side.fail_nth(2, side.swap_halves, data)


def fail_third(side):
    side.fail_nth(3, side.swap_halves, data)


def fail_none(side):
    side.fail_nth(1000, side.swap_halves, data)


def fail_zeroth(side):
    side.fail_nth(0, object)


def fail_that_fails(side):
    side.fail_nth(9, _fail)


def fail_unknown(side):
    side.fail_nth(1, object, domain="unknown")


def swap_halves(side):
    side.swap_halves(data)


def swap_halves_of_nothing(side):
    side.swap_halves(b"")


def swap_halves_of_a_str(side):
    side.swap_halves("hello")


def copy(safe):
    safe.copy(data)


def copy_of_a_str(safe):
    safe.copy("hello")


def ask_detached(side):
    side.ask_detached(24)


def ask_detached_too_much(side):
    side.ask_detached(2**63)


# PyO3 panics where there is no memory for an object that it makes: the tuple of `*args`, or
# the text of an exception for an argument.
ABORTS = {
    "safe.copy": "shows that `PyBytes::new` panics",
    "raw.count": "the tuple of the arguments",
    "safe.count": "the tuple of the arguments",
    "raw.count_all": "the tuple of the arguments",
    "safe.count_all": "the tuple of the arguments",
    "raw.fail_nth": "the tuple of the arguments, and the text of the ValueError",
    "safe.fail_nth": "the tuple of the arguments, and the text of the ValueError",
    "raw.swap_halves": "the text of the TypeError",
    "safe.swap_halves": "the text of the TypeError",
    "raw.uninstall": "the text of the TypeError",
    "raw.counts": "the text of the TypeError",
}

# What goes wrong where another thread may come between any two steps.
RACES = {
    "raw.fail_nth": "it refuses memory to the Python code that this check puts around its callable",
    "safe.fail_nth": "it refuses memory to the Python code that this check puts around its callable",
}
