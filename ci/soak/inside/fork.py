"""What is done in a fork, so that it may die."""

import faulthandler
import json
import os
import signal
import sys
import tempfile


def forked(attempt, hear):
    """Hear all that `attempt` yields in a fork; how the fork died, if it did, and what it printed."""
    reads, writes = os.pipe()
    with tempfile.TemporaryFile() as printed:
        child = os.fork()
        if child == 0:
            try:
                faulthandler.disable()  # how it dies, the signal tells
                os.dup2(printed.fileno(), 2)
                for event in attempt():
                    os.write(writes, (json.dumps(event) + "\n").encode())
                os._exit(0)
            except BaseException:
                sys.excepthook(*sys.exc_info())
                os._exit(1)
        os.close(writes)
        with open(reads) as lines:
            for line in lines:
                hear(json.loads(line))
        status = os.waitpid(child, 0)[1]
        printed.seek(0)
        text = printed.read().decode(errors="replace")
    if status & 127:
        return signal.Signals(status & 127).name, text
    return status and f"exit status {status >> 8}", text
