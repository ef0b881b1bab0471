"""Blessed runs: runs of a scenario that its author has read and found good, as text that shows in a diff what changed.

    first-visit blessed 1
    # Runs of kiosk.yaml that somebody has read and found good.
    rules: 3

    run: plan-a, seed 1
       * decides alone
    1. where-to (day 1, Mon 09:00)
       > Where are you off to?
       < Sam (open): I have to get to the station dry.
       ^ trust +2: a question that was listened to
    end (day 1, Mon 09:12)
       = Sam: order, day 1, Mon 09:12: placed the order.

A move is its number, its name, and the seconds of thinking that cost patience, if any. What is told of it stands below
it, each line with its sign (`retelling.SIGNS`). So the choices can be made again in a later version of the scenario,
and what comes of them be compared line by line. Lines that begin with # are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from engine.authoring.retelling import SIGNS, Choice, Difference, Retold, Step, Told, choices, difference, retell, tell
from engine.comparison import played_on
from engine.doctrines import DOCTRINES
from engine.luck import SEEDS
from engine.play import Game, State
from engine.rules import RULES_VERSION

LARGEST: Final = 16_777_216
"""Bytes of the largest file of blessed runs that is read."""
_FIRST: Final = "first-visit blessed 1"
_INDENT: Final = "   "
_RUN: Final = re.compile(r"run: (\S.{0,200}), seed (\d{1,16})")
_MOVE: Final = re.compile(r"\d{1,6}\. ([a-z0-9][a-z0-9@._:-]{0,149})(?: (\d{1,6})s)? \((.{1,60})\)")
_END: Final = re.compile(r"end \((.{1,60})\)")


class BlessedError(ValueError):
    """Text that does not hold blessed runs. `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line

    def __reduce__(self) -> tuple[type[BlessedError], tuple[int, str]]:
        return BlessedError, (self.line, str(self).partition(": ")[2])


@dataclass(frozen=True, slots=True)
class Blessed:
    """One run that somebody has found good."""

    who: str
    """Who played it: a computer player, or the name of a record."""
    seed: int
    made: tuple[Choice, ...]
    steps: tuple[Step, ...]
    lines: tuple[int, ...] = ()
    """Where each step begins in the text it was read from."""

    @property
    def name(self) -> str:
        return f"{self.who}, seed {self.seed}"

    @property
    def ending(self) -> tuple[str, ...]:
        """How it ended, a sentence for each prospect."""
        return tuple(told.text for told in self.steps[-1].told)


@dataclass(frozen=True, slots=True)
class Compared:
    """A blessed run beside what its choices come to now."""

    blessed: Blessed
    now: Retold
    difference: Difference | None

    @property
    def line(self) -> int | None:
        """Where the first difference stands in the text that the blessed run was read from."""
        if self.difference is None or not self.blessed.lines:
            return None
        return self.blessed.lines[self.difference.step] + self.difference.line

    @property
    def ending(self) -> tuple[str, ...]:
        """How it ends now."""
        return tuple(told.text for told in tell(self.now.state)[-1].told)


def blessed(who: str, end: State) -> Blessed:
    """A run as it is kept."""
    return Blessed(who, end.seed, choices(end), tell(end))


def compare(one: Blessed, game: Game) -> Compared:
    """Make a run's choices again in another version of its scenario, and compare what comes of them."""
    now = retell(game, one.seed, one.made)
    return Compared(one, now, difference(one.steps, now))


def accepted(found: Compared) -> Blessed:
    """The run as it is now: with the same choices as far as they go, and from there on as its computer player plays."""
    state, who = found.now.state, found.blessed.who
    if not state.is_terminal() and who in DOCTRINES:
        state = played_on(state, who, found.blessed.seed)
    return blessed(who, state)


# --- as text ---------------------------------------------------------------------------------------------------------


def as_text(runs: Sequence[Blessed], file: str) -> str:
    """Blessed runs as text; `file` names the scenario's in it."""
    legend = "; ".join(f"{sign} {meaning}" for sign, meaning in SIGNS.items())
    head = [
        _FIRST,
        f"# Runs of {file} that somebody has read and found good. What comes out differently now:",
        f"# firstvisit bless --check {file}",
        f"# Signs: {legend}.",
        f"rules: {RULES_VERSION}",
    ]
    return "\n".join([*head, *(line for run in runs for line in _run_lines(run))]) + "\n"


def _run_lines(run: Blessed) -> Iterator[str]:
    yield from ("", f"run: {run.name}")
    for number, step in enumerate(run.steps):
        if number == len(run.steps) - 1:
            yield f"end ({step.when})"
        elif number:
            think = run.made[number - 1].think
            yield f"{number}. {step.move}{f' {think}s' if think else ''} ({step.when})"
        else:
            yield f"beginning ({step.when})"
        yield from (f"{_INDENT}{told.sign} {told.text}" for told in step.told)


def read(text: str) -> tuple[int, tuple[Blessed, ...]]:
    """The version of the rules under which runs were kept, and the runs. Raises `BlessedError`."""
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]
    if lines[0] != _FIRST:
        raise BlessedError(1, f"the first line of blessed runs is '{_FIRST}'")
    rules, runs = 0, list[_Reading]()
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        if match := _RUN.fullmatch(line):
            if int(match[2]) >= SEEDS:
                raise BlessedError(number, f"a seed is at most {SEEDS - 1}")
            runs.append(_Reading(match[1], int(match[2])))
        elif not runs and (version := re.fullmatch(r"rules: (\d{1,6})", line)):
            rules = int(version[1])
        elif not runs:
            raise BlessedError(number, "a run begins with 'run: PLAYER, seed N'")
        else:
            runs[-1].take(number, line)
    return rules, tuple(run.done(len(lines)) for run in runs)


class _Reading:
    """A run that is being read."""

    def __init__(self, who: str, seed: int) -> None:
        self._who, self._seed = who, seed
        self._made: list[Choice] = []
        self._steps: list[tuple[str, str, list[Told]]] = []
        self._lines: list[int] = []
        self._ended = False

    def take(self, number: int, line: str) -> None:
        if line.startswith(_INDENT):
            sign, _, text = line.removeprefix(_INDENT).partition(" ")
            if sign not in SIGNS or not self._steps:
                raise BlessedError(number, f"what is told of a move begins with one of {' '.join(SIGNS)}")
            self._steps[-1][2].append(Told(sign, text))
        elif self._ended:
            raise BlessedError(number, "nothing comes after the end of a run but another run")
        elif (match := re.fullmatch(r"beginning \((.{1,60})\)", line)) and not self._steps:
            self._step(number, "", match[1])
        elif (match := _MOVE.fullmatch(line)) and self._steps:
            self._made.append(Choice(match[1], int(match[2] or 0)))
            self._step(number, match[1], match[3])
        elif (match := _END.fullmatch(line)) and self._steps:
            self._ended = True
            self._step(number, "", match[1])
        else:
            raise BlessedError(number, "this is no move, and nothing that is told of one")

    def _step(self, number: int, move: str, when: str) -> None:
        self._steps.append((move, when, []))
        self._lines.append(number)

    def done(self, last: int) -> Blessed:
        if not self._ended:
            raise BlessedError(last, f"the run '{self._who}, seed {self._seed}' has no end")
        steps = tuple(Step(move, when, tuple(told)) for move, when, told in self._steps)
        return Blessed(self._who, self._seed, tuple(self._made), steps, tuple(self._lines))


__all__ = ["LARGEST", "Blessed", "BlessedError", "Compared", "accepted", "as_text", "blessed", "compare", "read"]
