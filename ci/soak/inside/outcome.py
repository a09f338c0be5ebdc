"""How the calls of a function end."""

import re

from calls import Recorder

# What Python's own code raises when somebody changes what it works on.
RACING = {"AttributeError", "BufferError", "IndexError", "KeyError"}
CHANGED = re.compile("changed|mutated")
HUGE = 1 << 31


class Outcome:
    """All ways in which the calls of one function have ended."""

    def __init__(self, errors=(), types=(), least=0, most=HUGE):
        self.errors, self.types = set(errors), set(types)
        self.least, self.most = least, most

    def as_json(self):
        errors, types = sorted(self.errors), sorted(self.types)
        return {"errors": errors, "types": types, "least": self.least, "most": self.most}

    def note(self, result, error):
        if error is not None:
            self.errors.add(type(error).__name__)
            return
        self.types.add(type(result).__name__)
        if type(result) is int:
            self.least, self.most = min(self.least, result), max(self.most, result)

    def wrong(self, result, error):
        """What one thread alone never gets, if this is it."""
        if error is not None:
            name = type(error).__name__
            if name in self.errors | RACING or (
                name == "RuntimeError" and CHANGED.search(str(error))
            ):
                return None
            return f"ends in {name}: {error}"
        kind = type(result)
        if kind.__name__ not in self.types:
            return f"gives an object of type {kind.__name__}"
        if kind is int and not self.least <= result <= self.most:
            return f"gives {result}"
        return None


class Observed(Recorder):
    """Notes how each call of a function ends."""

    def __init__(self, call, seen, outcomes):
        super().__init__(call, seen)
        self._outcomes = outcomes

    def _noted(self, name, function):
        noted = super()._noted(name, function)
        outcome = self._outcomes.setdefault(name, Outcome())

        def observed(*arguments, **named):
            try:
                result = noted(*arguments, **named)
            except BaseException as error:
                outcome.note(None, error)
                raise
            outcome.note(result, None)
            return result

        return observed
