#!/usr/bin/env bash
# Builds the wheel of all lessons, installs it as anyone would, and runs every session against
# it: nothing is compiled for that, and each cell must print what the record says.
#
#     ci/bundle/check.sh [PYTHON]
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=$PWD/target/wheel
rm -rf "$folder/venv" "$folder"/*.whl
"${1:-python3}" -m venv "$folder/venv"
python=$folder/venv/bin/python
"$python" -m pip install --quiet --disable-pip-version-check --requirement ci/bundle/requirements.txt

"$folder/venv/bin/maturin" build --quiet --release --manifest-path ci/bundle/Cargo.toml \
    --interpreter "$python" --target-dir "$folder/build" --out "$folder"
"$python" -m pip install --quiet --disable-pip-version-check --no-index "$folder"/*.whl
cargo course check --installed --python "$python"

# A kernel is another process, which finds the lesson where pip put it.
"$python" - <<'PYTHON'
from jupyter_client.manager import run_kernel

said = []
with run_kernel() as kernel:
    kernel.execute_interactive(
        "from lesson_tuple import raw; print(raw.reverse_tuple((1, 2)))",
        output_hook=lambda message: said.append(message["content"].get("text", "")),
        timeout=60,
    )
assert "".join(said) == "(2, 1)\n", said
print("a Jupyter kernel imports lesson_tuple, and reverses (1, 2)")
PYTHON
