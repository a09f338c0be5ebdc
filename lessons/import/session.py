"""Importing: a look-up in a dictionary, and code that may run before it."""

# %% notebook varies="integers"
from lesson_import import raw, safe, wrong

modules = raw.get_modules()
print(type(modules), len(modules))

# %% same
import sys

print(modules is sys.modules)
print(safe.get_modules() is modules, raw.get_module_dict() is modules)
print(modules["lesson_import"].raw is raw)

# %% shelf
from importlib.util import spec_from_loader


class Shelf(dict):
    """A dictionary from which modules can be imported: name to source."""

    def find_spec(self, name, path=None, target=None):
        if name in self:
            return spec_from_loader(name, self)

    def create_module(self, spec):
        return None  # an ordinary one

    def exec_module(self, module):
        exec(self[module.__name__], vars(module))


shelf = Shelf()
sys.meta_path.append(shelf)

# %% once
shelf["noisy"] = """
print("noisy runs")
answer = 42
"""
length = len(modules)
first = raw.import_module("noisy")
second = safe.import_module("noisy")
added = len(modules) - length
print(first is second, first is modules["noisy"], added)

# %% looked_up
from sys import getrefcount

modules["thing"] = object()
one = raw.import_module("thing")
two = safe.import_module("thing")
holders = getrefcount(one)
print(type(two), two is one, holders)

# %% again
del modules["noisy"]
again = raw.import_module("noisy")
print(again is first)

# %% hooked
import builtins

asked = []
original = builtins.__import__


def ask(name, *rest):
    if name in ("noisy", "sys"):
        asked.append(name)
    return original(name, *rest)


builtins.__import__ = ask
try:
    for side, look in (
        ("raw ", raw.import_module),
        ("raw ", raw.import_by_object),
        ("safe", safe.import_module),
        ("raw ", raw.get_module),
        ("safe", safe.get_module),
    ):
        look("noisy")
        print(f"{side}  {look.__name__:16}  {asked}")
        asked.clear()
finally:
    builtins.__import__ = original

# %% get_module kind="edge"
for side in raw, safe:
    print(side.get_module("noisy") is again, side.get_module("unread"))

# %% releases kind="edge"
calls = 1000
spare = [modules] * calls
fell = {}
for side, get_modules in (
    ("safe", safe.get_modules),
    ("raw", raw.get_module_dict),
    ("wrong", wrong.get_module_dict_releases),
):
    count = getrefcount(modules)
    for _ in range(calls):
        get_modules()
    fell[side] = count - getrefcount(modules)
    print(f"{side:5}  fell by {fell[side]}")

# %% halted
modules["sys"] = None
try:
    raw.get_modules()
except ModuleNotFoundError as error:
    print(error)
finally:
    modules["sys"] = sys

# %% trusts kind="edge" crashes="SIGSEGV"
modules["sys"] = None
wrong.get_modules_trusts()

# %% add_module
shelf["quiet"] = """
print("quiet runs")
answer = 42
"""
quiet = raw.add_module("quiet")
print(raw.import_module("quiet") is quiet, hasattr(quiet, "answer"))

# %% circular
shelf["chicken"] = """
from lesson_import import raw

egg = raw.import_module("egg")
laid = True
"""
shelf["egg"] = """
from lesson_import import raw

chicken = raw.import_module("chicken")
print("egg sees", hasattr(chicken, "egg"), hasattr(chicken, "laid"))
"""
chicken = raw.import_module("chicken")
egg = chicken.egg
print("we see  ", hasattr(chicken, "egg"), hasattr(chicken, "laid"))
print(egg.chicken is chicken)

# %% half_way
shelf["broken"] = """
import part

unreachable = 1 / 0
"""
shelf["part"] = """
import sys

broken = sys.modules["broken"]
print("part finds", "broken" in sys.modules)
"""
for side in raw, safe:
    try:
        side.import_module("broken")
    except ZeroDivisionError as error:
        print(repr(error))
    print("broken" in modules, "part" in modules)

# %% mended
shelf["broken"] = "import part"
mended = safe.import_module("broken")
old = mended.part.broken
print(old is mended, hasattr(old, "part"), hasattr(old, "unreachable"))

# %% deadlock crashes="SIGABRT"
import os
from threading import Timer

shelf["settings"] = """
from lesson_import import safe

limit = safe.load_limit()
"""
Timer(0.2, os.abort).start()
safe.load_limit()

# %% reenters
shelf["settings"] = """
from lesson_import import raw

limit = raw.load_limit()
"""
try:
    raw.load_limit()
except AttributeError as error:
    print(error)
del shelf["settings"]

# %% lazy
for side in raw, safe:
    try:
        side.load_limit()
    except ModuleNotFoundError as error:
        print(error)
shelf["settings"] = """
print("settings runs")


class Limit:
    pass
"""
Limit = raw.load_limit()
print(Limit, safe.load_limit() is Limit)

# %% stale
del modules["settings"]
Fresh = raw.import_module("settings").Limit
print(safe.load_limit() is Limit, raw.load_limit() is Limit, Limit is Fresh)
print(isinstance(Fresh(), safe.load_limit()))

# %% sys_attr kind="edge"
for side in raw, safe:
    print(side.sys_attr("modules") is modules)
    try:
        side.sys_attr("no")
    except AttributeError as error:
        print(error)

# %% lent on="free-threaded"
from threading import Thread
from time import sleep


class Value:
    """Says when its last reference is released, and stays in memory."""

    def __del__(self):
        released.append(self)


def change():
    while changing:
        sys.probe = Value()
        sleep(0.001)


def pausing(name):
    return wrong.sys_attr_borrowed(name, pause=20)


released = []
changing = True
sys.probe = Value()
other = Thread(target=change)
other.start()
late = {}
for side, sys_attr in (
    ("safe", safe.sys_attr),
    ("raw", raw.sys_attr),
    ("wrong", pausing),
):
    late[side] = int(any(sys_attr("probe") in released for _ in range(50)))
    print(f"{side:5}  given after its release: {late[side]}")
changing = False
other.join()
del sys.probe
released.clear()

# %% import_module_attr kind="edge" since="3.14"
print(raw.import_module_attr("sys", "modules") is modules)

# %% sys_get_attr kind="edge" since="3.15"
print(raw.sys_get_attr("modules") is modules)

# %% added
value = object()
rose = {}
for side, add_object in (
    ("safe", safe.add_object),
    ("raw", raw.add_object),
    ("wrong", wrong.add_object_leaks_on_failure),
):
    count = getrefcount(value)
    for _ in range(calls):
        try:
            add_object("no module", "name", value)
        except TypeError:
            pass
    rose[side] = getrefcount(value) - count
    print(f"{side:5}  rose by {rose[side]}")

# %% by_hand not_on="wasm" why="needs an extension's own file"
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec

import lesson_import


def load(name):
    loader = ExtensionFileLoader(name, lesson_import.__file__)
    module = module_from_spec(spec_from_loader(name, loader))
    print(module.__name__, "made, with an answer:", hasattr(module, "answer"))
    loader.exec_module(module)
    return module


by_hand, another = load("by_hand"), load("by_hand")
print(by_hand.answer, by_hand is another)

# %% gil on="free-threaded"
import subprocess

# `by_hand` is in raw.rs, and `by_hand_is_silent` in wrong.rs.
program = """
import sys
import warnings
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader

warnings.showwarning = lambda message, *rest: print(message)
for name in "lesson_import", "by_hand", "by_hand_is_silent":
    loader = ExtensionFileLoader(name, sys.argv[1])
    module_from_spec(spec_from_loader(name, loader))
    print(name, sys._is_gil_enabled())
"""


def run(*flags):
    command = [sys.executable, *flags, "-c", program, lesson_import.__file__]
    ran = subprocess.run(command, capture_output=True, text=True)
    print(ran.stdout + ran.stderr, end="")
    return ran.stdout.count("True")


switched = run()
print("with -X gil=0")
kept_off = run("-X", "gil=0")

# %% dotted kind="edge"
shelf["shelf_of_books"] = "__path__ = []"
shelf["shelf_of_books.novel"] = ""
novel = raw.import_module("shelf_of_books.novel")
print(novel.__name__, safe.import_module("shelf_of_books.novel") is novel)
print(__import__("shelf_of_books.novel").__name__)

# %% not_a_module kind="edge"
for side in raw, safe:
    modules["thing"] = one
    print(side.add_module("thing"), modules["thing"] is one)

# %% not_a_dictionary kind="edge"
class Catalogue(dict):
    pass


try:
    sys.modules = catalogue = Catalogue(modules)
    print(raw.get_modules() is catalogue, safe.get_modules() is catalogue)
    print(raw.get_module_dict() is catalogue, raw.get_module_dict() is modules)
finally:
    sys.modules = modules

# %% empty_name kind="edge"
for side in raw, safe:
    try:
        side.import_module("")
    except Exception as error:
        print(type(error).__name__, error)

# %% nul_in_name kind="edge"
for function in raw.import_module, safe.import_module, raw.sys_attr:
    try:
        function("no\0name")
    except Exception as error:
        print(type(error).__name__, error)

# %% surrogate kind="edge"
for side in raw, safe:
    try:
        side.import_module("\udc80")
    except Exception as error:
        print(type(error).__name__, error)

# %% not_a_name kind="edge"
for function in raw.import_module, raw.import_by_object, safe.import_module:
    try:
        function(1)
    except Exception as error:
        print(type(error).__name__, error)

# %% any_key kind="edge"
print(raw.get_module(1), safe.get_module(1))

# %% unhashable kind="edge"
for side in raw, safe:
    try:
        side.get_module([])
    except TypeError as error:
        print(error)

# %% attr_missing_raw kind="edge" since="3.14" raises="AttributeError"
raw.import_module_attr("noisy", "question")

# %% attr_missing_safe kind="edge" raises="AttributeError"
safe.import_module_attr("noisy", "question")

# %% sys_attr_missing kind="edge" since="3.15" raises="RuntimeError"
raw.sys_get_attr("no")

# %% sys_attr_wrong_type kind="edge" since="3.15" raises="TypeError"
raw.sys_get_attr(1)

# %% subinterpreter kind="edge" since="3.14" not_on="wasm" why="needs another interpreter"
from concurrent import interpreters

load_by_hand = """
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader

loader = ExtensionFileLoader("by_hand", file)
module = module_from_spec(spec_from_loader("by_hand", loader))
loader.exec_module(module)
print(module.answer)
"""
interpreter = interpreters.create()
try:
    interpreter.exec(f"file = {lesson_import.__file__!r}" + load_by_hand)
    interpreter.exec(f"import sys; sys.path = {sys.path}; import lesson_import")
except interpreters.ExecutionFailed as error:
    print(error.excinfo.type.__name__, error.excinfo.msg)
finally:
    interpreter.close()

# %% first_elsewhere kind="edge" since="3.13" not_on="wasm" why="starts another process"
from subprocess import check_output

elsewhere = """
import sys

import _interpreters

path = f"import sys; sys.path = {sys.path}"
other = _interpreters.create("legacy")
print(_interpreters.exec(other, path + "; import lesson_import"))
try:
    import lesson_import
except ImportError as error:
    print(error)
_interpreters.destroy(other)
"""
paths = f"import sys; sys.path = {sys.path}"
print(check_output([sys.executable, "-c", paths + elsewhere], text=True), end="")

# %% counts kind="edge"
for side in raw, safe:
    for path, function, name in (
        ("the dictionary", lambda name: side.get_modules(), "modules"),
        ("found", side.import_module, "noisy"),
        ("not found", side.import_module, "unread"),
        ("in the dictionary", side.get_module, "noisy"),
        ("added before", side.add_module, "quiet"),
        ("in sys", side.sys_attr, "modules"),
        ("not in sys", side.sys_attr, "no"),
    ):
        watched = again, quiet, sys, modules
        before = [getrefcount(each) for each in watched]
        for _ in range(100):
            try:
                function(name)
            except (ImportError, AttributeError):
                pass
        after = [getrefcount(each) for each in watched]
        print(f"{path:17}  {before == after}")
