"""Finding the best script of a scenario: a bounded local search on training buyers.

It begins with orders that somebody could write by hand, and with what each school says, in its usual order. Each is
tried on a few training buyers; the best are changed an entry at a time, and a change is kept if it earns more from the
same buyers with the same luck. That goes in rounds: fewer lists in each, with more changes tried on more buyers
(successive halving; Jamieson & Talwalkar 2016). A change that does badly with the first few buyers is not tried on the
others.

Training buyers are drawn by keys that no seed can have, so that whoever is judged by a seed was never trained with.
Equal scenarios give equal scripts: the search has a keyed luck of its own, and its length is counted in runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Final

from engine.doctrines.catalogue import Catalogue, catalogue
from engine.doctrines.outlook import outlook
from engine.doctrines.playing import Chooser, play_out
from engine.doctrines.script import Script
from engine.doctrines.sight import Sight
from engine.luck import Luck
from engine.rules import Move, Rules, start
from engine.rules.value import value

Moves = tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of the search."""

    lists: int
    """Scripts that are still in the running."""
    runs: int
    """Runs played to better each of them."""
    buyers: tuple[int, ...]
    """Training buyers with whom a change has to have done well to be tried on the next so many; the last are all."""


ROUNDS: Final = (Round(4, 6_000, (15, 45, 135)), Round(2, 12_000, (20, 60, 180)), Round(1, 36_000, (30, 90, 270)))
_TRIALS: Final = 90
"""Training buyers by whom the scripts to begin with are ranked, and from whom the habits of the schools are learned."""
_HABIT: Final = 20
"""A school does something habitually if it does so in one of this many runs."""

_TALK: Final = (
    "listen open-question closed-question small-talk implication bring-in proof story demonstrate present quote "
    "concede isolate answer confirm ask-for-decision propose-dated-step invite-no take-no leave",
    "open-question listen implication present demonstrate quote answer isolate ask-for-decision confirm invite-no "
    "propose-dated-step take-no leave",
    "open-question implication quote ask-for-decision isolate answer confirm propose-dated-step take-no leave",
)
"""Orders of kinds of lines that a trainer would write down."""
_BETWEEN: Final = (
    "due due due call wait.agreed wait.1h call wait.3h call wait.tomorrow call wait.agreed wait.tomorrow call finish"
)
"""What goes with each of them between conversations: everybody is called in turn, whoever is due comes first."""


@dataclass(frozen=True, slots=True)
class Climb:
    """The work of bettering one script in one round."""

    moves: Moves
    round: Round
    key: str
    """Names the luck of the search."""


@dataclass(frozen=True, slots=True)
class Found:
    """A script, and what it earned from all training buyers of its round, in minor units."""

    moves: Moves
    earned: int


Climbers = Callable[[Sequence[Climb]], Sequence[Found]]
"""Does all of this work, in whichever process, and gives what was found in its order."""


def best_script(rules: Rules, schools: Sequence[Chooser], climbers: Climbers | None = None) -> Script:
    """The best script that the search finds, from what the `schools` say and others; the same every time, whoever the
    `climbers` are."""
    stage = Stage(rules)
    running = stage.ranked(openings(stage, schools))
    for number, one in enumerate(ROUNDS):
        work = [Climb(moves, one, f"{number}/{place}") for place, moves in enumerate(running[: one.lists])]
        found = climbers(work) if climbers is not None else [climb(stage, each) for each in work]
        running = [each.moves for each in sorted(found, key=lambda each: -each.earned)]
    return Script(running[0])


class Stage:
    """Where scripts are tried: the training buyers of a scenario, each with luck of their own."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._lucks: list[tuple[Luck, ...]] = []
        self.played = 0
        """Runs played so far."""

    def luck(self, buyer: int) -> tuple[Luck, ...]:
        """The luck of a training buyer, numbered from 0. Its key is no whole number, and so no seed's."""
        while len(self._lucks) <= buyer:
            self._lucks.append(self.rules.luck(f"script/{len(self._lucks)}"))
        return self._lucks[buyer]

    def earned(self, script: Script, buyers: range, used: set[int] | None = None) -> list[int]:
        """What a script earns from each of these buyers, in minor units. The places of entries that were made are
        added to `used`."""
        return [self._earned(script.read_out(used), buyer) for buyer in buyers]

    def _earned(self, choose: Chooser, buyer: int) -> int:
        rules, luck = self.rules, self.luck(buyer)
        self.played += 1
        if len(luck) == 1:  # the yes with its exact chance: the same mean, and less luck in it
            return outlook(rules, start(rules, luck), luck, choose)
        return value(rules, play_out(rules, start(rules, luck), luck, choose))

    def path(self, choose: Chooser, buyer: int) -> list[Move]:
        """The moves that somebody makes with one of the buyers."""
        made: list[Move] = []

        def watched(s: Sight) -> Move:
            made.append(choose(s))
            return made[-1]

        luck = self.luck(buyer)
        play_out(self.rules, start(self.rules, luck), luck, watched)
        return made

    def ranked(self, scripts: Sequence[Moves]) -> list[Moves]:
        """Scripts by what they earn from a few of the buyers, the best first."""
        return sorted(scripts, key=lambda moves: -sum(self.earned(Script(moves), range(_TRIALS))))


# --- what to begin with ----------------------------------------------------------------------------------------------


def openings(stage: Stage, schools: Sequence[Chooser]) -> list[Moves]:
    """The scripts that the search begins with."""
    of = catalogue(stage.rules)
    written = [(*_spoken(of, kinds), *_between(of)) for kinds in _TALK]
    return written + [_habits(stage, school) for school in schools]


def _spoken(of: Catalogue, kinds: str) -> list[Move]:
    """The lines of conversations in the order of their kinds; those of a kind as a player reads them."""
    lines = sorted((move for move, line in enumerate(of.lines) if line is not None), key=of.rank.__getitem__)
    spoken = [move for move in lines if (line := of.lines[move]) is not None and line.line.first >= 0]
    return [move for kind in kinds.split() for move in spoken if of.kind[move] == kind]


def _between(of: Catalogue) -> list[Move]:
    due = [move for one in of.rules.prospects for move in (one.as_agreed.action, one.take_call.action)]
    calls = [move for move, kind in enumerate(of.kind) if kind == "call" and move not in due]
    steps = {"due": due, "call": calls}
    return [move for name in _BETWEEN.split() for move in steps.get(name) or [of.named[name]]]


def _habits(stage: Stage, choose: Chooser) -> Moves:
    """What a player usually does, first to last: each move by its average place, a second time as another one."""
    places: dict[tuple[Move, int], list[int]] = {}
    for buyer in range(_TRIALS):
        times: dict[Move, int] = {}
        for place, move in enumerate(stage.path(choose, buyer)):
            times[move] = times.get(move, 0) + 1
            places.setdefault((move, times[move]), []).append(place)
    usual = [(sum(at) * 1000 // len(at), what) for what, at in places.items() if len(at) * _HABIT >= _TRIALS]
    return tuple(move for _, (move, _) in sorted(usual))


# --- bettering it ----------------------------------------------------------------------------------------------------


def climb(stage: Stage, work: Climb) -> Found:
    """Better a script as far as the runs of a round allow."""
    change = _Changes(work.key, len(stage.rules.moves))
    everybody = range(work.round.buyers[-1])
    end = stage.played + work.round.runs
    best, used = list(work.moves), set[int]()
    earned = stage.earned(Script(best), everybody, used)
    while stage.played < end:
        tried = change.made(best, sorted(used))
        got = _tried(stage, Script(tried), earned, work.round.buyers)
        if got is not None:
            best, used, earned = tried, got[1], got[0]
    return Found(tuple(move for place, move in enumerate(best) if place in used), sum(earned))


def _tried(stage: Stage, script: Script, than: list[int], buyers: Sequence[int]) -> tuple[list[int], set[int]] | None:
    """What a changed script earns from all buyers, and the entries it used; None if it does not earn more `than`
    before, or does not promise to with the first of them."""
    got: list[int] = []
    used: set[int] = set()
    for many in buyers:
        got += stage.earned(script, range(len(got), many), used)
        gaps = [new - old for new, old in zip(got, than, strict=False)]
        # a change that does nothing, or loses by more than half a standard error, is dropped
        if 2 * sum(gaps) <= -isqrt(sum(gap * gap for gap in gaps)):
            return None
    return (got, used) if sum(got) > sum(than) else None


class _Changes:
    """Changes of a script, drawn by keyed luck."""

    def __init__(self, key: str, moves: int) -> None:
        self._luck = Luck(f"script/{key}", "change")
        self._drawn = 0
        self._moves = moves

    def made(self, moves: Sequence[Move], used: Sequence[int]) -> list[Move]:
        """The script with a change, and in one of four cases a second one. Changed is what was `used`."""
        changed = self._change(list(moves), used)
        return self._change(changed, used) if self._below(4) == 0 else changed

    def _change(self, moves: list[Move], used: Sequence[int]) -> list[Move]:
        place = self._place(used, moves)
        draw = self._below(20)
        if draw < 7:  # an entry goes to another place
            move = moves.pop(place)
            moves.insert(self._place(used, moves) + self._below(2) if draw < 5 else self._below(len(moves) + 1), move)
        elif draw < 10:  # two change places
            other = self._place(used, moves)
            moves[place], moves[other] = moves[other], moves[place]
        elif draw < 13:
            del moves[place]
        elif draw < 18:
            moves.insert(place + self._below(2), self._below(self._moves))
        else:
            moves[place] = self._below(self._moves)
        return moves or [self._below(self._moves)]

    def _place(self, used: Sequence[int], moves: Sequence[Move]) -> int:
        return min(used[self._below(len(used))], len(moves) - 1) if used else self._below(len(moves))

    def _below(self, many: int) -> int:
        self._drawn += 1
        return self._luck.between(0, max(many, 1) - 1, "change", self._drawn)
