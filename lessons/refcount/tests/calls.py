"""Calls of every function, on success and on failure, for the checks that repeat them."""

thing = object()
text = "".join(["a", "text"])
many = (thing, text)

LEAKS = {"safe.forget": "shows that forgetting a reference is safe, and a leak"}

# PyO3 panics where there is no memory for an object that it makes. On both sides it does:
# arguments, results and the text of an exception are its own work.
ABORTS = {
    "raw.take_and_release": "the ints",
    "safe.take_and_release": "the ints",
    "raw.show_ref_count_of_str": "the text of the TypeError",
    "safe.show_ref_count_of_str": "the text of the TypeError",
    "safe.show_ref_count_with_args": "the tuple of arguments",
}


def count_string(side):
    side.show_string_value_ref_count()


def take(side):
    side.take_and_release(thing)


def take_what_nobody_else_has(side):
    side.take_and_release(object())


def new(side):
    side.new_ref(thing)


def new_to_what_nobody_else_has(side):
    side.new_ref(object())


def type_of_a_thing(side):
    side.object_type(thing)


def borrowed_type(raw):
    raw.type_of(thing)


def count_with_handle(side):
    side.show_ref_count_with_handle(thing)


def count_with_object(side):
    side.show_ref_count_with_object(thing)


def count_with_object_of_our_own(side):
    side.show_ref_count_with_object(object())


def count_of_str(side):
    side.show_ref_count_of_str(text)


def count_of_no_str(side):
    side.show_ref_count_of_str(thing)


def count_with_py(safe):
    safe.show_ref_count_with_py(object())


def count_with_clone(safe):
    safe.show_ref_count_with_clone(thing)


def count_with_option(safe):
    safe.show_ref_count_with_option(thing)


def count_of_none(safe):
    safe.show_ref_count_with_option()
    safe.show_ref_count_with_option(None)


def count_of_the_first(safe):
    safe.show_ref_count_with_args(*many)


def count_of_nothing(safe):
    safe.show_ref_count_with_args()


def drop_while_detached(safe):
    safe.drop_detached(thing)
    safe.drop_detached(object())


def drop_in_another_thread(safe):
    safe.drop_in_thread(thing)
    safe.drop_in_thread(object())


def forget(safe):
    safe.forget(object())
