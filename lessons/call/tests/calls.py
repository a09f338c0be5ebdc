"""Calls of every function, on success and on failure, for the checks that repeat them."""

thing = object()
pair = (thing, object())
words = {"argument": thing}
empty = {}


def _take(*args, **kw):
    return args


def _give(argument=None):
    return thing


def _fail(*args, **kw):
    raise ValueError("planned")


class Kind:
    def __init__(self, *args, **kw):
        pass

    def take(self, argument):
        return argument

    def fail(self, argument):
        raise ValueError("planned")


class Bad:
    def __call__(self, *args, **kw):
        raise ValueError("planned")

    def __getattr__(self, name):
        raise AttributeError("planned")


kind = Kind()
bad = Bad()


def function_call(side):
    side.function_call(_take, pair)


def function_call_with_words(side):
    side.function_call(_take, pair, words)


def function_call_with_empty(side):
    side.function_call(_take, (), empty)


def function_call_class(side):
    side.function_call(Kind, pair, words)


def function_call_that_fails(side):
    side.function_call(_fail, pair, words)


def function_call_of_no_callable(side):
    side.function_call(thing, pair, words)


def function_call_with_a_list(side):
    side.function_call(_take, [thing])


def function_call_with_a_list_of_words(side):
    side.function_call(_take, pair, [thing])


def function_call_with_no_names(side):
    side.function_call(_take, pair, {thing: thing})


def call_object(side):
    side.call_object(_take, pair)


def call_object_without(side):
    side.call_object(_take)


def call_object_that_fails(side):
    side.call_object(_fail, pair)


def call_object_with_a_list(side):
    side.call_object(_take, [thing])


def call_no_args(side):
    side.call_no_args(_give)


def call_no_args_that_fails(side):
    side.call_no_args(bad)


def call_no_args_of_no_callable(side):
    side.call_no_args(thing)


def call_one_arg(side):
    side.call_one_arg(_take, thing)


def call_one_arg_of_a_class(side):
    side.call_one_arg(Kind, thing)


def call_one_arg_of_a_method(side):
    side.call_one_arg(kind.take, thing)


def call_one_arg_that_fails(side):
    side.call_one_arg(bad, thing)


def call_one_arg_of_no_callable(side):
    side.call_one_arg(thing, thing)


def pack_and_call(side):
    side.pack_and_call(_take, thing)


def pack_and_call_that_fails(side):
    side.pack_and_call(_fail, thing)


def pack_and_call_of_no_callable(side):
    side.pack_and_call(thing, thing)


def vectorcall(side):
    side.vectorcall(_take, thing, thing)


def vectorcall_of_a_class(side):
    side.vectorcall(Kind, thing, thing)


def vectorcall_that_fails(side):
    side.vectorcall(kind.fail, thing, thing)


def vectorcall_of_no_callable(side):
    side.vectorcall(thing, thing, thing)


def vectorcall_keyword(side):
    side.vectorcall_keyword(_take, thing, "argument", thing)


def vectorcall_keyword_of_a_class(side):
    side.vectorcall_keyword(Kind, thing, "argument", thing)


def vectorcall_keyword_that_fails(side):
    side.vectorcall_keyword(_fail, thing, "argument", thing)


def vectorcall_keyword_that_nobody_takes(side):
    side.vectorcall_keyword(_give, thing, "argument", thing)


def vectorcall_keyword_with_no_name(side):
    side.vectorcall_keyword(_take, thing, thing, thing)


def call_method_one_arg(side):
    side.call_method_one_arg(kind, "take", thing)


def call_method_one_arg_that_fails(side):
    side.call_method_one_arg(kind, "fail", thing)


def call_method_one_arg_without_method(side):
    side.call_method_one_arg(bad, "take", thing)


def call_method_one_arg_with_no_name(side):
    side.call_method_one_arg(kind, thing, thing)


def get_and_call(side):
    side.get_and_call(kind, "take", thing)


def get_and_call_that_fails(side):
    side.get_and_call(kind, "fail", thing)


def get_and_call_without_method(side):
    side.get_and_call(bad, "take", thing)


def forward(side):
    side.forward(_take, *pair)


def forward_with_words(side):
    side.forward(_take, thing, argument=thing)


def forward_that_fails(side):
    side.forward(_fail, thing, argument=thing)


def forward_of_no_callable(side):
    side.forward(thing, thing)


def call_or_none(safe):
    safe.call_or_none(_give)


def call_or_none_that_fails(safe):
    safe.call_or_none(_fail)


def make_last(raw):
    raw.make_last()(thing, pair)


def make_last_and_give_it_nothing(raw):
    raw.make_last()()


def last(safe):
    safe.last(thing, pair)


def last_of_nothing(safe):
    safe.last()


# PyO3 panics where there is no memory for an object that it makes itself.
ABORTS = {
    "raw.call_method_one_arg": "the text of the exception about an argument",
    "raw.forward": "what PyO3 makes of the arguments or the result",
    "raw.function_call": "the text of the exception about an argument",
    "raw.vectorcall_keyword": "the text of the exception about an argument",
    "safe.call_method_one_arg": "the text of the exception about an argument",
    "safe.call_object": "the text of the exception about an argument",
    "safe.forward": "an object that PyO3 makes",
    "safe.function_call": "the text of the exception about an argument",
    "safe.last": "what PyO3 makes of the arguments or the result",
    "safe.pack_and_call": "an object that PyO3 makes",
    "safe.vectorcall_keyword": "an object that PyO3 makes",
}
