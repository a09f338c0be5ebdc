"""Say what this Python is, in one line of JSON.

Imports what driver.py imports, so that a CPython that may write its bytecode has
done so before the first session runs with -B.
"""

import ast, builtins, json, linecache, os, sys, time, traceback

print(json.dumps({
    "implementation": sys.implementation.name,
    "version": "%d.%d.%d" % sys.version_info[:3],
    "level": "" if sys.version_info[3] == "final" else "%s%d" % sys.version_info[3:],
    "minor": list(sys.version_info[:2]),
    "free_threaded": "t" in getattr(sys, "abiflags", ""),
    "debug": hasattr(sys, "gettotalrefcount"),
    "executable": sys.executable,
}))
