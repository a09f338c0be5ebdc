#!/usr/bin/env bash
# Every check of the course. What a part needs must be there, or the run fails: ci/parts.sh says
# how a machine that cannot run one leaves it out by name.
set -euo pipefail
cd "$(dirname "$0")/.."
. ci/parts.sh
without_is_known

say() { printf '\n== %s (%s s)\n' "$*" "$SECONDS"; }

# CPythons that a distribution of this age does not ship.
if [ -x ../shared/interpreters/unpack ]; then
    interpreters=$(../shared/interpreters/unpack)
    export COURSE_PYTHONS=$interpreters${COURSE_PYTHONS:+:$COURSE_PYTHONS}
    # A cell of the lesson on crashes starts the debug build by its name, as it does gdb.
    export PATH=$PATH:$interpreters
fi

# What is repeated by the thousand takes longest, and waits for nobody: it goes beside all else, and
# is told of at the end.
soak= soak_log=$(mktemp)
trap '[ -z "$soak" ] || kill "$soak" 2>/dev/null || true; rm -f "$soak_log"' EXIT
if with soak; then
    python3 ci/soak/check.py all --require >"$soak_log" 2>&1 &
    soak=$!
fi

if with tests; then
    say tests
    cargo test --workspace
fi

if with format; then
    say format
    cargo fmt --all --check
fi

if with lints; then
    say lints
    cargo clippy --workspace --all-targets -- -D warnings
fi

# What cannot be run here can be compiled, without a linker: for Windows, and for macOS. There is
# no assembler for the latter, so the one file of assembly among mdBook's crates is left out.
if with platforms; then
    for target in x86_64-pc-windows-gnu aarch64-apple-darwin; do
        say "compiles for $target"
        PYO3_CROSS_PYTHON_VERSION=3.13 CC_aarch64_apple_darwin=true AR_aarch64_apple_darwin=true \
            cargo check --workspace --target "$target"
    done
fi

if with lessons; then
    say lessons
    cargo course check --require "$(required_tags)"
fi

# Two builds of one version must agree: the distribution's own, and another's.
if with builds; then
    builds=0
    for python in /usr/bin/python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.11.*/bin/python3; do
        if [ -x "$python" ]; then
            builds=$((builds + 1))
            say "lessons on $("$python" --version) of $(basename "$(dirname "$(dirname "$python")")")"
            cargo course check --python "$python"
        fi
    done
    [ "$builds" -ge 2 ] || { echo "error: builds: expected two builds of one CPython, found $builds"; exit 1; }
fi

if with wheel; then
    say wheel
    ci/bundle/check.sh
fi

if with book; then
    say book
    cargo course build --strict
fi

if with browser; then
    say live cells in a browser
    npm run --silent --prefix ci/web types
    npm test --silent --prefix ci/web
    node ci/bench/live.mjs 1
fi

if with kernel; then
    say kernel
    python3 ci/kernel/check.py
fi

# Once each: what they measure here says nothing, and that they work is all that is asked.
if with bench; then
    say bench
    python3 ci/bench/bench.py --runs 1
fi

if with soak; then
    say soak: leaks, hostile, nomemory, valgrind, races
    failed=0
    wait "$soak" || failed=$?
    soak=
    cat "$soak_log"
    [ "$failed" = 0 ] || exit "$failed"
fi

say done
say_what_was_left_out
