"""Finding the best script of a scenario: a bounded local search, hill climbing on training buyers.

It begins with orders that somebody could write by hand, and with what each school does: habitually, and on its best
days; in each case as a list, and as a cadence whose entries carry the days on which the school does them. Each is tried
on a few training buyers; the best are changed an entry or a few at a time, and a change is kept if it earns more from
the same buyers with the same luck. That goes in rounds: fewer lists in each, with more changes tried on more buyers
(successive halving; Jamieson & Talwalkar 2016). A change that does badly with the first few buyers is not tried on the
others.

What is said to one prospect, and what is done between conversations, are never on one menu. So only the order within
each of these tracks counts, and a changed entry goes somewhere else in its own.

Training buyers are drawn by keys that no seed can have, so that whoever is judged by a seed was never trained with.
Equal scenarios give equal scripts: the search has a keyed luck of its own, and its length is counted in moves, so that
a long sale takes no longer than a short one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Final

from engine.catalogue import Catalogue, catalogue
from engine.doctrines.script import Entry, Script, spoken
from engine.luck import Luck
from engine.outlook import outlook
from engine.playing import Chooser, play_out
from engine.rules import Move, Rules, start
from engine.scenario.vocabulary import ASKS
from engine.sight import Sight
from engine.units import DAY

Entries = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of the search."""

    lists: int
    """Scripts that are still in the running."""
    moves: int
    """Moves made to better each of them."""
    buyers: tuple[int, ...]
    """Training buyers with whom a change has to have done well to be tried on the next this many; the last are all."""


ROUNDS: Final = (
    Round(4, 150_000, (15, 45, 135, 270)),
    Round(2, 300_000, (20, 60, 180, 540)),
    Round(1, 2_000_000, (30, 90, 270, 810)),
)
_TRIALS: Final = 90
"""Training buyers by whom the scripts to begin with are ranked, and from whom is learned what the schools do when."""
_GLANCE: Final = 12
"""Training buyers by whom the worse ones are dropped before."""
_RANKED: Final = 12
"""Scripts that are left then."""
_DAYS: Final = 16
"""Buyers with each of whom what a school does is a script to begin with."""
_HABIT: Final = 20
"""A school does something habitually if it does so in one of this many runs."""

_TALK: Final = (
    "listen open-question closed-question small-talk implication bring-in proof story demonstrate present quote "
    "concede isolate handle confirm ask-for-decision propose-dated-step invite-no take-no leave",
    "open-question listen implication present demonstrate quote handle isolate ask-for-decision confirm invite-no "
    "propose-dated-step take-no leave",
    "open-question implication quote ask-for-decision isolate handle confirm propose-dated-step take-no leave",
)
"""Orders of kinds of lines that a trainer would write down."""
_BETWEEN: Final = "call wait.agreed wait.1h call wait.3h call wait.tomorrow call wait.agreed wait.tomorrow call finish"
"""What goes with each of them between conversations: everybody is called in turn."""


@dataclass(frozen=True, slots=True)
class Climb:
    """The work of bettering one script in one round."""

    entries: Entries
    round: Round
    key: str
    """Names the luck of the search."""


@dataclass(frozen=True, slots=True)
class Found:
    """A script, and what it earned from all training buyers of its round, in minor units."""

    entries: Entries
    earned: int


Climbers = Callable[[Sequence[Climb]], Sequence[Found]]
"""Does all of this work, in whichever process, and gives what was found in its order."""


def best_script(rules: Rules, schools: Sequence[Chooser], climbers: Climbers | None = None) -> Script:
    """The best script that the search finds, from what the `schools` do and others; the same every time, whoever the
    `climbers` are."""
    training = Training(rules)
    running = training.ranked(openings(training, schools))
    for number, one in enumerate(ROUNDS):
        work = [Climb(entries, one, f"{number}/{place}") for place, entries in enumerate(running[: one.lists])]
        found = climbers(work) if climbers is not None else [climb(training, each) for each in work]
        running = [each.entries for each in sorted(found, key=lambda each: -each.earned)]
    return Script(running[0])


class Training:
    """Where scripts are tried: the training buyers of a scenario, each with luck of their own."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._lucks: list[tuple[Luck, ...]] = []
        self.made = 0
        """Moves made so far by scripts."""

    def luck(self, buyer: int) -> tuple[Luck, ...]:
        """The luck of a training buyer, numbered from 0. Its key is not a whole number, so it is no seed's."""
        while len(self._lucks) <= buyer:
            self._lucks.append(self.rules.luck(f"script/{len(self._lucks)}"))
        return self._lucks[buyer]

    def earned(self, script: Script, buyers: range, used: set[int] | None = None) -> list[int]:
        """What a script earns from each of these buyers, in minor units. The places of entries that were made are
        added to `used`."""
        return [self._earned(script, buyer, used) for buyer in buyers]

    def _earned(self, script: Script, buyer: int, used: set[int] | None) -> int:
        rules, luck, reading = self.rules, self.luck(buyer), script.read_out(used)
        # the yes with its exact chance: nearly the same mean, and far less luck in it
        earned = outlook(rules, start(rules, luck), luck, reading)
        self.made += reading.made
        return earned

    def path(self, choose: Chooser, buyer: int) -> Entries:
        """The moves that somebody makes with one of the buyers, each with its day."""
        made: list[Entry] = []

        def watched(s: Sight) -> Move:
            made.append(Entry(choose(s), s.now // DAY - s.start // DAY))
            return made[-1].move

        luck = self.luck(buyer)
        play_out(self.rules, start(self.rules, luck), luck, watched)
        return tuple(made)

    def ranked(self, scripts: Sequence[Entries]) -> list[Entries]:
        """Scripts by what they earn from a few of the buyers, the best first; without those that do worst with very
        few."""
        for buyers, most in ((_GLANCE, _RANKED), (_TRIALS, _RANKED)):
            earned = {one: sum(self.earned(Script(one), range(buyers))) for one in dict.fromkeys(scripts)}
            scripts = sorted(earned, key=lambda one: -earned[one])[:most]
        return list(scripts)


# --- what to begin with ----------------------------------------------------------------------------------------------


def openings(training: Training, schools: Sequence[Chooser]) -> list[Entries]:
    """The scripts that the search begins with."""
    of = catalogue(training.rules)
    found = [tuple(map(Entry, (*_spoken(of, kinds), *_between(of)))) for kinds in _TALK]
    for school in schools:
        paths = [training.path(school, buyer) for buyer in range(_TRIALS)]
        for one in (_habits(paths), *paths[:_DAYS]):
            found += (tuple(Entry(move) for move, _ in one), _cadence(of, one))
    return found


def _spoken(of: Catalogue, kinds: str) -> list[Move]:
    """The lines of conversations in the order of their kinds; those of a kind as a player reads them."""
    lines = [move for move in sorted(range(len(of.lines)), key=of.rank.__getitem__) if spoken(of, move)]
    return [move for kind in kinds.split() for move in lines if of.kind[move] == kind]


def _between(of: Catalogue) -> list[Move]:
    due = [move for one in of.rules.prospects for move in (one.as_agreed.action, one.take_call.action)]
    calls = [move for move, kind in enumerate(of.kind) if kind == "call" and move not in due]
    return [move for name in _BETWEEN.split() for move in (calls if name == "call" else [of.named[name]])]


def _habits(paths: Sequence[Entries]) -> Entries:
    """What a player usually does, first to last: each move by its average place and day, a second time as another
    one."""
    found: dict[tuple[Move, int], list[tuple[int, int]]] = {}
    for path in paths:
        times: dict[Move, int] = {}
        for place, (move, day) in enumerate(path):
            times[move] = times.get(move, 0) + 1
            found.setdefault((move, times[move]), []).append((place, day))
    usual = [
        (sum(place for place, _ in at) * 1000 // len(at), Entry(move, sum(day for _, day in at) // len(at)))
        for (move, _), at in found.items()
        if len(at) * _HABIT >= len(paths)
    ]
    return tuple(entry for _, entry in sorted(usual))


def _cadence(of: Catalogue, path: Entries) -> Entries:
    """What was done with its days, and without waiting, which follows from them. The lines of a conversation are said
    whenever it comes, but for those that ask for a decision."""
    asks = frozenset(ASKS)
    return tuple(
        Entry(move, 0 if spoken(of, move) and of.kind[move] not in asks else day)
        for move, day in path
        if of.kind[move] not in ("wait", "finish")
    )


# --- bettering it ----------------------------------------------------------------------------------------------------


def climb(training: Training, work: Climb, told: Callable[[int], object] = lambda more: None) -> Found:
    """Better a script as far as the moves of a round allow. `told` hears how many more of them have been made."""
    change = _Changes(work.key, training.rules)
    everybody = range(work.round.buyers[-1])
    end = training.made + work.round.moves
    best, used = list(work.entries), set[int]()
    earned = training.earned(Script(best), everybody, used)
    heard = end - work.round.moves
    while training.made < end:
        told(training.made - heard)
        heard = training.made
        tried = change.made(best, sorted(used))
        got = _tried(training, Script(tried), earned, work.round.buyers)
        if got is not None:
            best, used, earned = tried, got[1], got[0]
    return Found(tuple(entry for place, entry in enumerate(best) if place in used), sum(earned))


def _tried(
    training: Training, script: Script, than: list[int], buyers: Sequence[int]
) -> tuple[list[int], set[int]] | None:
    """What a changed script earns from all buyers, and the entries it used; None if it does not earn more `than`
    before, or does not promise to with the first of them."""
    got: list[int] = []
    used: set[int] = set()
    for many in buyers:
        got += training.earned(script, range(len(got), many), used)
        gaps = [new - old for new, old in zip(got, than, strict=False)]
        # a change that does nothing, or loses by more than half a standard error, is dropped
        if 2 * sum(gaps) <= -isqrt(sum(gap * gap for gap in gaps)):
            return None
    return (got, used) if sum(got) > sum(than) else None


class _Changes:
    """Changes of a script, drawn by keyed luck."""

    def __init__(self, key: str, rules: Rules) -> None:
        self._luck = Luck(f"script/{key}", "change")
        self._drawn = 0
        of = catalogue(rules)
        self._days = rules.deadline // DAY - rules.start // DAY
        """The last day on which there is something to do."""
        self._track = [of.whose[move] if spoken(of, move) else -1 for move in range(len(rules.moves))]
        """Whom each move is said to; -1 between conversations."""
        self._moves: dict[int, list[Move]] = {}
        """The moves of each track."""
        for move, track in enumerate(self._track):
            self._moves.setdefault(track, []).append(move)

    def made(self, entries: Sequence[Entry], used: Sequence[int]) -> list[Entry]:
        """The script with a change, and in one of four cases with another one, and so on. Changed is what was
        `used`."""
        changed = self._change(list(entries), used)
        while self._below(4) == 0:
            changed = self._change(changed, used)
        return changed

    def _change(self, entries: list[Entry], used: Sequence[int]) -> list[Entry]:
        if not entries:
            return [Entry(self._below(len(self._track)))]
        place = min(used[self._below(len(used))], len(entries) - 1) if used else self._below(len(entries))
        move, day = entries[place]
        draw = self._below(24)
        if draw < 6:  # an entry goes to another place
            other = self._beside(entries, place)
            entries.insert(other, entries.pop(place))
        elif draw < 8:  # two change places
            other = min(self._beside(entries, place), len(entries) - 1)
            entries[place], entries[other] = entries[other], entries[place]
        elif draw < 11:
            del entries[place]
        elif draw < 15:
            entries.insert(self._beside(entries, place), Entry(self._another(move), day))
        elif draw < 17:
            entries[place] = Entry(self._another(move), day)
        elif draw < 19:  # once more, elsewhere
            entries.insert(self._beside(entries, place), Entry(move, self._day(day)))
        elif draw < 21:  # a few go together, or once more
            some = entries[place : place + 2 + self._below(6)]
            if draw == 19:
                del entries[place : place + len(some)]
            to = self._below(len(entries) + 1)
            entries[to:to] = some
        else:
            entries[place] = Entry(move, self._day(day))
        return entries

    def _beside(self, entries: Sequence[Entry], place: int) -> int:
        """A place beside some entry of the same track."""
        track = self._track[entries[place].move]
        same = [at for at, entry in enumerate(entries) if self._track[entry.move] == track]
        return same[self._below(len(same))] + self._below(2)

    def _another(self, move: Move) -> Move:
        moves = self._moves[self._track[move]]
        return moves[self._below(len(moves))]

    def _day(self, day: int) -> int:
        """Another day, mostly one nearby."""
        draw = self._below(4)
        if draw == 0:
            return 0
        if draw == 1:
            return self._below(self._days + 1)
        return max(0, min(self._days, day + self._below(15) - 7))

    def _below(self, many: int) -> int:
        self._drawn += 1
        return self._luck.between(0, max(many, 1) - 1, "change", self._drawn)
