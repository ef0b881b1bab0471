"""A scenario's rules as a program of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from engine.generated import program
from engine.generated.open_turn import OpenTurn
from engine.generated.run import Carry, Legal, OddsOf, Run
from engine.luck import Luck
from engine.rules import Move, Rules
from engine.rules.buyer import VISIT
from engine.rules.decision import CERTAINLY_NOTHING, Odds
from engine.rules.turn import People
from engine.world import FIRST_TRY, Core

Choice = Callable[[int, int, Sequence[Sequence[int]], tuple[Move, ...]], Move]
"""Picks a move, from the clock, the prospect in conversation or -1, the prospects' numbers, and the legal moves. The
numbers are the state itself, and to be read only."""


class Machine:
    """The rules of one scenario as generated functions: the same moves, odds and states as those of `engine.rules`,
    several times faster, and without the events. The constants of the rules are read when it is made."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._program = program.write(rules)
        self._space = program.names(rules)
        self._name = f"<scenario {rules.digest}>"
        exec(self._program.shared.compiled(self._name), self._space)
        self._legal: Legal = self._space["legal"]
        moves = range(len(rules.moves))
        self._moves: list[Carry] = [partial(self._first_time, move) for move in moves]
        self._odds: list[OddsOf] = [partial(self._first_odds, move) for move in moves]
        prospects = range(len(rules.prospects))
        self._draw: list[Callable[[Luck], list[int]]] = [self._space[f"draw_{who}"] for who in prospects]
        self._visitor = next((who for who in prospects if rules.prospects[who].prospect.buyer.arrives == "visit"), -1)
        """The prospect who is there when the run begins, or -1."""
        self._begin: Callable[[OpenTurn, People, int, int, bool], None] | None = self._space.get(
            f"begin_{self._visitor}"
        )

    @property
    def source(self) -> str:
        """The program, with slots by the names they have in `engine.world`."""
        return self._program.text

    def _first_time(self, move: Move, t: OpenTurn, think: int, answer: int | None) -> None:
        self._define(move)
        self._moves[move](t, think, answer)

    def _first_odds(self, move: Move, t: OpenTurn) -> Odds:
        self._define(move)
        return self._odds[move](t)

    def _define(self, move: Move) -> None:
        """Compile a move's functions. Most of a program's time to start would go into moves that nobody makes."""
        exec(self._program.moves[move].compiled(self._name), self._space)
        self._moves[move] = self._space[f"move_{move}"]
        self._odds[move] = self._space.get(f"odds_{move}", _nothing)

    def start(self, luck: Sequence[Luck]) -> Core:
        """The state before the first move; see `rules.start`."""
        rules = self.rules
        t = OpenTurn(rules, (rules.start, -1, 0, rules.start), luck)
        t.people = [draw(own) for draw, own in zip(self._draw, luck, strict=True)]
        if self._begin is not None:
            visitor = t.people[self._visitor]
            visitor[FIRST_TRY] = rules.start
            self._begin(t, visitor, VISIT, 0, False)
        return t.close()

    def legal(self, core: Core, luck: Sequence[Luck]) -> tuple[Move, ...]:
        """The moves that can be made; see `rules.legal`."""
        return self._legal(OpenTurn(self.rules, core, luck))

    def chance(self, core: Core, luck: Sequence[Luck], move: Move) -> Odds:
        """What may come back from a legal move; see `rules.chance`."""
        return self._odds[move](OpenTurn(self.rules, core, luck))

    def step(self, core: Core, luck: Sequence[Luck], move: Move, think: int = 0, answer: int | None = None) -> Core:
        """The state after a legal move; see `rules.step`. An `answer` must be one that `chance` names."""
        t = OpenTurn(self.rules, core, luck)
        self._moves[move](t, think, answer)
        return t.close()

    def open(self, core: Core, luck: Sequence[Luck]) -> Run:
        """A run from `core` on, to be played move by move in place."""
        return Run(OpenTurn(self.rules, core, luck), self._legal, self._odds, self._moves)

    def play(self, core: Core, luck: Sequence[Luck], choose: Choice) -> Core:
        """The last state of a run that `choose` plays on from `core`. It must choose one of the legal moves."""
        t = OpenTurn(self.rules, core, luck)
        legal, moves = self._legal, self._moves
        while possible := legal(t):
            moves[choose(t.clock, t.active, t.people, possible)](t, 0, None)
        return t.close()


def _nothing(t: OpenTurn) -> Odds:
    return CERTAINLY_NOTHING


@lru_cache(maxsize=16)
def machine(rules: Rules) -> Machine:
    """The machine of a scenario, made once and remembered."""
    return Machine(rules)
