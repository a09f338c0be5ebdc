"""Lets another thread change what a function looks at, between any two steps of the function.

Each call of calls.py is made again and again in a fork. Each time one thing that its arguments
reach is changed in one way: at every moment, or at one. A moment is before or behind a call of
the C API. What a function gives then must be what it can give to one thread alone.
"""

import functools
import gc
import re
import signal
import sys

from calls import Calls, Recorder
from changer import EVERYWHERE, Changer, load
from changes import Called, like, specimen
from events import Events
from fork import forked
from outcome import Observed, Outcome
from reach import changes

APART = 40  # moments of one call that are tried each by itself
GOES_ON = 3  # times that a count must move, in one direction
SECONDS = 60  # for one change of one call


def main():
    events = Events()
    calls = Calls(events)
    extensions = [sys.modules[events.job["module"]].__file__, *calls.space.get("HOOKED", [])]
    library = load(events.job["library"], extensions)
    alone = {}
    died, printed = forked(lambda: record(calls), alone.update)
    if died:
        sys.exit(f"with one thread a call dies of {died}\n{printed}")
    calls.calls = [call for call in calls.calls if call.name in alone["reached"]]
    for call in calls.calls:
        call.reached = set(alone["reached"][call.name])
    races = Races(events, calls, library, alone["outcomes"])
    for call in calls.calls:
        races.race(call)
    events.end(**races.told, functions=len(alone["outcomes"]))


def record(calls):
    """What each function gives to one thread alone, and what each call reaches.

    In a fork, so that no function has been called before it is raced.
    """
    outcomes = {}
    calls.record(lambda call: Observed(call, calls.seen, outcomes))
    yield {
        "reached": {call.name: sorted(call.reached) for call in calls.calls},
        "outcomes": {name: outcome.as_json() for name, outcome in outcomes.items()},
    }


class Races:
    """All calls, one after the other, each in a fork, and what is told of them."""

    def __init__(self, events, calls, library, outcomes):
        self.events, self.calls, self.library, self.outcomes = events, calls, library, outcomes
        self.names = set(re.findall(r'"([A-Za-z]\w*)"', calls.rust))
        self.told = {"changes": 0, "made": 0, "races": []}
        self.done = set()  # functions of which something is wrong

    def race(self, call):
        first = 0
        while first is not None:
            now = {}

            def hear(event):
                now.update(event)
                if "at" in event:
                    self.events.at(event["at"])
                if "wrong" in event:
                    self.judge(call, now)

            died, printed = forked(lambda: self.pairs(call, first), hear)
            for key in "changes", "made":
                self.told[key] += now.get(key, 0)
            if died:
                said = "".join(f"\n    {line}" for line in printed.splitlines() if "panic" in line)
                self.judge(call, {**now, "wrong": f"dies of {died}{said}"})
            # Go on behind what it died of.
            first = now["number"] + 1 if died and "number" in now else None

    def judge(self, call, now):
        name = now.get("name", call.name)
        if name in self.calls.races:
            self.told["races"].append(name)
        elif name not in self.done:
            what = f"{name} {now['wrong']}, when another thread {now.get('what')} meanwhile"
            self.events.problem(what, line=call.line, call=name)
        self.done.add(name)

    def pairs(self, call, first):
        """Race each function of the call with each change, from the `first` on."""
        signal.alarm(SECONDS)
        changer, number, made = Changer(self.library), 0, 0
        outcomes = {name: Outcome(**told) for name, told in self.outcomes.items()}
        plain = Racer(call, None, None)
        plain.run()
        for index in range(plain.index):
            found = []
            Racer(call, index, lambda name, _function, given, _named: found.append(
                (name, len(self.changes(call, name, given)))
            )).run()
            for name, count in found:
                for which in range(count):
                    if number >= first and name not in self.done:
                        pair = Pair(self, call, index, which, changer, outcomes[name])
                        yield from pair.race(number)
                        made += pair.made
                        yield {"changes": number + 1 - first, "made": made}
                        if pair.wrong:
                            self.done.add(name)
                    number += 1

    def changes(self, call, name, arguments):
        """All that another thread can do meanwhile."""
        others = self.others(call, name)
        called = [Called(f"calls {each}", arguments, others[each]) for each in others]
        return changes(arguments, self.names) + called

    @functools.cache
    def others(self, call, name):
        """The calls of each function of this side; once for each function is enough."""
        side = [other for other in self.calls.calls if other.side == call.side]
        if call is not next((other for other in side if name in other.reached), None):
            return {}
        calls = {}
        for other in side:
            for reached in sorted(other.reached):
                calls.setdefault(reached, []).append(Alike(other, {}).call)
        return calls


class Alike(Recorder):
    """Calls each function with fresh objects that are like the arguments."""

    def call(self):
        self._call.function(self)

    def _noted(self, name, function):
        return lambda *arguments, **named: function(*map(like, arguments), **named)


class Racer(Recorder):
    """A module of which one call of a function, the `only`-th of a run, is made by `act`."""

    def __init__(self, call, only, act):
        super().__init__(call, {})
        self.only, self.act, self.index = only, act, 0

    def run(self):
        try:
            self._call.function(self)
        except KeyboardInterrupt:
            raise
        except BaseException:
            pass

    def _noted(self, name, function):
        def raced(*arguments, **named):
            self.index += 1
            if self.index - 1 != self.only:
                return function(*arguments, **named)
            return self.act(name, function, arguments, named)

        return raced


class Pair:
    """One call of a function, and one change."""

    def __init__(self, races, call, index, which, changer, outcome):
        self.races, self.call, self.index, self.which = races, call, index, which
        self.changer, self.outcome = changer, outcome
        self.name = self.what = self.wrong = None
        self.made = 0

    def race(self, number):
        signal.alarm(SECONDS)
        self.run()
        at = f"{self.call.name}: {self.name} while another thread {self.what}"
        yield {"number": number, "name": self.name, "what": self.what, "at": at}
        watched = [("the specimen", specimen), *self.races.calls.arguments()]
        self.alone()
        told = [counts(watched)]
        self.everywhere()
        told.append(counts(watched))
        if told[0] != told[1] and not self.wrong:
            self.everywhere()
            told.append(counts(watched))
            if any(map(goes_on, differences(told))):
                self.wrong = self.left_behind(watched)
        if self.wrong:
            yield {"wrong": self.wrong}

    def alone(self):
        for changes in 0, 1, 9:
            self.run(changes=changes)

    def everywhere(self):
        moments = self.run(EVERYWHERE)
        for only in range(0, moments, max(1, moments // APART)):
            self.run(only)

    def left_behind(self, watched):
        """What is left with ever more or ever fewer references, though not by one thread alone."""
        raced = self.steps(self.everywhere, watched)
        if any(map(goes_on, raced)):
            for (name, _), steps, alone in zip(watched, raced, self.steps(self.alone, watched)):
                if goes_on(steps) and not goes_on(alone):
                    return f"leaves {name} with {sum(steps):+} references"
        return None

    def steps(self, act, watched):
        """By how much each count changes, each time."""
        told = [self.settled(watched)]
        while len(told) <= GOES_ON and told[-1] not in told[:-1]:
            act()
            told.append(self.settled(watched))
        return differences(told)

    def settled(self, watched):
        """The counts when nothing waits for a thread or for the collector."""
        self.changer.ask(gc.collect)
        gc.collect()
        return counts(watched)

    def run(self, only=None, changes=0):
        """Make the call, after so many changes; with changes at its moments, unless `only` is None."""
        moments = 0

        def act(name, function, arguments, named):
            nonlocal moments
            change = self.races.changes(self.call, name, arguments)[self.which]
            self.name, self.what = name, change.what
            arguments = self.changer.ask(change.prepare)
            for _ in range(changes):
                self.changer.ask(change.change)
            try:
                moments, result, error = self.made_with(change, only, function, arguments, named)
                self.changer.ask(change.undo)
                if error is not None:
                    raise error
                return result
            finally:
                error = None  # it holds this frame

        Racer(self.call, self.index, act).run()
        return moments

    def made_with(self, change, only, function, arguments, named):
        def call():
            result = function(*arguments, **named)
            touch(result)
            return result

        self.made += 1
        if only is None:
            result = error = None
            try:
                result = call()
            except BaseException as ended:
                error = ended
            self.outcome.note(result, error)
            return 0, result, error
        moments, result, error = self.changer.meanwhile(change.change, only, call)
        if not any(result is argument for argument in arguments):
            self.wrong = self.wrong or self.outcome.wrong(result, error)
        return moments, result, error


def touch(result, deep=True):
    """What is no object any more shows here."""
    type(result).__mro__
    if deep and type(result) in (list, tuple):
        for item in result:
            touch(item, False)
    elif deep and type(result) is dict:
        for key, item in list(result.items()):
            touch(key, False)
            touch(item, False)


def differences(told):
    """By how much each count has changed from one time to the next."""
    return [[now - then for then, now in zip(series, series[1:])] for series in zip(*told)]


def goes_on(steps):
    return min(steps) > 0 or max(steps) < 0


def counts(watched):
    return [sys.getrefcount(value) for _, value in watched]


if __name__ == "__main__":
    main()
