"""Name the files that this Python runs at its start, in one line of JSON. Run with -S: without them."""

import json, os, site, sys

# Of a virtual environment, whose own folders -S leaves out.
prefix = os.path.dirname(os.path.dirname(sys.executable))
try:
    with open(os.path.join(prefix, "pyvenv.cfg"), encoding="utf-8") as file:
        shares = "include-system-site-packages = true" in file.read()
    prefixes = [prefix, sys.prefix] if shares else [prefix]
except OSError:
    prefixes = [sys.prefix]
folders = sys.path[1:] + site.getsitepackages(prefixes)
found = []
for folder in dict.fromkeys(folders):
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    for name in names:
        path = os.path.join(folder, name)
        if name in ("sitecustomize.py", "usercustomize.py"):
            found.append(path)
        elif name.endswith(".pth"):
            with open(path, errors="replace") as file:
                if any(line.startswith(("import ", "import\t")) for line in file):
                    found.append(path)
print(json.dumps(found))
