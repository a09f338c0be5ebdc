"""A library of Rust's, of one file, for ctypes to load."""

import subprocess
import sys

from course import HERE, ROOT


def library(source):
    """The file, compiled if it has changed."""
    source = HERE / source
    built = ROOT / "target" / "soak" / f"lib{source.stem}.so"
    if not built.exists() or built.stat().st_mtime < source.stat().st_mtime:
        built.parent.mkdir(parents=True, exist_ok=True)
        command = ["rustc", "--edition=2024", "--crate-type=cdylib", "-O", "-D", "warnings"]
        if sys.platform == "darwin":
            command += ["-C", "link-arg=-undefined", "-C", "link-arg=dynamic_lookup"]
        subprocess.run([*command, "-o", built, source], check=True)
    return built
