"""What the child tells check.py: one JSON object a line, on a descriptor of its own."""

import json
import os
import sys


class Events:
    def __init__(self):
        self.job = json.loads(sys.argv[1])
        self.descriptor = self.job["events"]

    def tell(self, **event):
        data = (json.dumps(event) + "\n").encode()
        while data:
            data = data[os.write(self.descriptor, data) :]

    def at(self, place):
        """What is being done now: if the process dies, this is where."""
        self.tell(at=place)

    def problem(self, what, line=None, call=None, help=None):
        self.tell(problem=what, line=line, call=call, help=help)

    def end(self, **told):
        """Everything was done. A child that ends without this has died."""
        self.tell(end=told)
