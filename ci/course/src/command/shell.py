"""An interactive Python with a session's cells loaded. Usage: shell.py FOLDER CELLS.

A cell that raises, as some must, says so, and the next one runs.
"""

import json
import sys
import traceback

folder, cells = sys.argv[1:3]
sys.path[0] = folder
sys.argv = [""]
namespace = {"__name__": "__main__", "__builtins__": __builtins__}
with open(cells, encoding="utf-8") as file:
    cells = json.load(file)
for cell in cells:
    print("# %%", cell["name"])
    if cell["crashes"]:
        print("# left out: it ends the process")
        continue
    try:
        source = "\n" * cell["line"] + cell["source"]
        exec(compile(source, "session.py", "exec", dont_inherit=True), namespace)
    except BaseException as error:
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
