"""The other thread, and the moments at which it makes its changes; see between.rs."""

import ctypes
import sys
import threading

import table

EVERYWHERE = -1
MOST = 100  # moments of one call at which there is a change


class Changer(threading.Thread):
    """Does what it is asked for, while the thread that asks waits."""

    def __init__(self, library):
        super().__init__(daemon=True)
        self.library, self.todo, self.result = library, None, None
        self.start()

    def run(self):
        while True:
            self.library.wait()
            try:
                self.result = self.todo()
            except Exception as error:
                print(f"the change itself fails: {error!r}", file=sys.stderr)

    def ask(self, todo):
        self.todo, self.result = todo, None
        self.library.ask()
        return self.result

    def meanwhile(self, todo, only, call):
        """`call`, with `todo` at its moments; how many moments there were, result and error."""
        self.todo = todo
        result = error = None
        self.library.arm(only, MOST)
        try:
            result = call()
        except BaseException as ended:
            error = ended
        return self.library.disarm(), result, error


def load(path, extensions):
    """The library, which has put its stubs into these extensions."""
    library = ctypes.CDLL(path)
    library.hook.argtypes = [ctypes.c_size_t]
    library.arm.argtypes = [ctypes.c_int64, ctypes.c_int64]
    library.arm.restype = None
    library.disarm.restype = ctypes.c_int64
    for extension in extensions:
        for slot in table.slots(extension):
            if library.hook(slot) != 0:
                raise OSError(f"{extension}: there is no stub for a slot")
    return library
