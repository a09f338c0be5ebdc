"""An interactive Python with a session's cells loaded. Usage: shell.py FOLDER SESSION.

A cell that raises, as some must, says so and the next one runs.
"""

import re
import sys
import traceback

folder, session = sys.argv[1:3]
sys.path[0] = folder
sys.argv = [""]
namespace = {"__name__": "__main__", "__builtins__": __builtins__}
with open(session, encoding="utf-8") as file:
    cells = re.split(r"(?m)^# ?%%(.*)$", file.read())
for marker, source in zip(cells[1::2], cells[2::2]):
    print("# %%" + marker)
    if "crashes=" in marker:
        print("# left out: it ends the process")
        continue
    try:
        exec(compile(source, session, "exec"), namespace)
    except Exception as error:
        print("".join(traceback.format_exception_only(type(error), error)), end="")
try:
    from IPython import start_ipython
except ImportError:
    import code

    try:
        import readline, rlcompleter

        readline.set_completer(rlcompleter.Completer(namespace).complete)
        readline.parse_and_bind("tab: complete")
    except ImportError:
        pass
    code.interact(banner="Python " + sys.version, local=namespace, exitmsg="")
else:
    start_ipython(argv=["--no-confirm-exit"], user_ns=namespace)
