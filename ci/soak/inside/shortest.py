"""The shortest arguments that make a call go wrong, as Hypothesis finds them."""

import json
import subprocess
import time

SECONDS = 60


def shortest(command, goes_wrong):
    """The shortest list of expressions that is found, and what is wrong with it; or None.

    `command` is draw.py's: it asks of one list after the other whether it goes wrong.
    """
    found, until = None, time.monotonic() + SECONDS
    pipe = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([*command, "--ask"], **pipe) as draws:
        for line in draws.stdout:
            expressions = json.loads(line)
            wrong = goes_wrong(expressions)
            if wrong:
                found = expressions, wrong  # from there on they are shorter
            if time.monotonic() > until:
                draws.kill()
                break
            draws.stdin.write(json.dumps(bool(wrong)) + "\n")
            draws.stdin.flush()
    return found
