"""A result with an exception set, and NULL without one: CPython makes each a SystemError."""

EXPECTED = {
    "wrong.as_long_ignores_the_exception": "ends in SystemError",
    "wrong.as_long_by_hand_trusts_minus_one": "ends in SystemError",
    "wrong.attach_number_unchecked": "dies: signal 11",
}


def read(wrong):
    wrong.as_long_ignores_the_exception(1)
    wrong.as_long_by_hand_trusts_minus_one(1)
    wrong.attach_number_unchecked({}, 1)
