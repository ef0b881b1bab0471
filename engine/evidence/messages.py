"""Messages and calls without a visit's luck in them: what contact does to trust and pressure, by kind, number and hour.

All in the laboratory, whose seller can do one thing after another at any hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine import world as at
from engine.evidence.lab import lab, opening
from engine.evidence.trials import Block, Load
from engine.luck import Luck
from engine.play import Game
from engine.rules import legal, step
from engine.rules.turn import Turn
from engine.units import DAY, HOUR, WEEK
from engine.world import Core

QUARTER = 13 * WEEK

_TASKS = (("a-day", DAY), ("six-hours", 6 * HOUR), ("an-hour", HOUR), ("ten-minutes", 10), ("a-minute", 1))


@dataclass(frozen=True, slots=True)
class Messages:
    """This many messages, spread evenly over a quarter, to somebody known from before, in a sale of many calls."""

    line: Literal["write", "anything-new"]
    number: int
    share: int = 10

    def play(self, first: int, runs: int, load: Load) -> Block:
        """Counts trust at the end, and the pressure felt with each message, in level units."""
        game = lab("b2b", rival=None, drifts=0, arrives="known", deadline=QUARTER + WEEK)
        counts = dict.fromkeys(("runs", "trust", "pressure"), 0)
        for seed in range(first, first + runs):
            core, luck = opening(game, seed)
            for nth in range(self.number):
                core = _pass(game, core, luck, game.rules.start + QUARTER * (nth + 1) // (self.number + 1))
                core = _do(game, core, luck, self.line)
                counts["pressure"] += _pressure(game, core, luck)
            core = _pass(game, core, luck, game.rules.start + QUARTER)
            counts["trust"] += core[at.FIRST][at.TRUST]
            counts["runs"] += 1
        return Block(counts)


@dataclass(frozen=True, slots=True)
class CallAfterVisit:
    """A visit in which the decision is asked for twice, then one call this many minutes later in which it is again."""

    minutes: int
    share: int = 25

    def play(self, first: int, runs: int, load: Load) -> Block:
        """Counts the pressure that the call leaves, in level units, and its `talks`: calls that reached somebody."""
        game = lab("auto", rival=None, drifts=0, returns=0)
        counts = dict.fromkeys(("runs", "talks", "pressure"), 0)
        for seed in range(first, first + runs):
            counts["runs"] += 1
            core, luck = opening(game, seed)
            for line in ("what-for", "the-price", "will-you-buy", "will-you-buy", "some-time"):
                core = _do(game, core, luck, line)
            if core[at.FIRST][at.RESULT] or core[at.ACTIVE] >= 0:
                continue
            core = _pass(game, core, luck, core[at.CLOCK] + self.minutes)
            core = _do(game, core, luck, "ring")
            if core[at.ACTIVE] < 0:
                continue
            core = _do(game, core, luck, "will-you-buy")
            counts["talks"] += 1
            counts["pressure"] += _pressure(game, core, luck)
        return Block(counts)


def _do(game: Game, core: Core, luck: tuple[Luck, ...], line: str) -> Core:
    """What follows from a line; nothing does where it is not on offer."""
    move = game.move_named(line)
    return step(game.rules, core, luck, move) if move in legal(game.rules, core, luck) else core


def _pass(game: Game, core: Core, luck: tuple[Luck, ...], to: int) -> Core:
    """Let time pass until minute `to`."""
    for task, minutes in _TASKS:
        while core[at.CLOCK] + minutes <= to and not core[at.FIRST][at.RESULT]:
            before = core[at.CLOCK]
            core = _do(game, core, luck, task)
            if core[at.CLOCK] == before:
                return core
    return core


def _pressure(game: Game, core: Core, luck: tuple[Luck, ...]) -> int:
    return Turn(game.rules, core, luck).pressure(game.rules.prospects[0], core[at.FIRST])
