#!/usr/bin/env bash
# Format, lints, every lesson on every CPython of this machine, and the whole book.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

say format
cargo fmt --all --check

say lints
cargo clippy --workspace --all-targets -- -D warnings

# Where the course's own interpreters are at hand, all tags are required; elsewhere
# whatever is installed is checked, and the table says what is not.
required=()
if [ -x ../shared/interpreters/unpack ]; then
    interpreters=$(../shared/interpreters/unpack)
    export COURSE_PYTHONS=$interpreters${COURSE_PYTHONS:+:$COURSE_PYTHONS}
    required=(--require 3.9,3.10,3.11,3.12,3.13,3.14,3.15,3.14t)
fi

# Sessions run in Pyodide only where the Rust target, Node.js and Pyodide are at hand.
live=yes
cargo course doctor | grep "^live pages" && live=no
if [ "$live" = yes ] && [ -n "${required[0]-}" ]; then
    required+=(--require 3.14-wasm)
fi

say lessons
cargo course check ${required[@]+"${required[@]}"}

# Two builds of one version must agree: the distribution's own, and another's.
for python in /usr/bin/python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.11.*/bin/python3; do
    if [ -x "$python" ]; then
        say "lessons on $("$python" --version) of $(dirname "$(dirname "$python")" | xargs basename)"
        cargo course check --python "$python"
    fi
done

say wheel
ci/bundle/check.sh

say book
cargo course build --strict

# Live cells need node, npm's packages, the wasm target and a browser; none is needed to read.
say live cells
browser=yes
if [ -d target/book/live ] && [ -x "${COURSE_CHROMIUM:-/usr/bin/chromium}" ]; then
    npm run --silent --prefix ci/web types
    npm test --silent --prefix ci/web
else
    browser=no
fi

say kernel
python3 ci/kernel/check.py

# Where the course's own interpreters are at hand, these must run; elsewhere they say if not.
soak() { # soak KIND…: these of ci/soak's checks, one after the other, over every lesson
    local status=0
    for kind in "$@"; do
        python3 ci/soak/check.py "$kind" ${required[0]+--require} || status=1
    done
    return $status
}

# Each of them keeps one core busy, so they run side by side.
say leaks, nomemory, hostile, valgrind
soak leaks valgrind &
side=$!
trap 'kill "$side" 2>/dev/null || true' EXIT
soak nomemory hostile
wait "$side"

if [ "$browser" = no ]; then
    printf '\n%s\n' "!!! NOT RUN: no live cell was tried in a browser; it needs what \`cargo course doctor\` says under live pages, and a browser: \`apt-get install chromium\`, or set COURSE_CHROMIUM !!!"
fi
if [ "$live" = no ]; then
    printf '\n%s\n' "!!! NOT RUN: no session ran as 3.14-wasm; \`cargo course doctor\` says what is missing !!!"
fi
