"""The rules as functions over a state: where it starts, what is legal, what may come back, and what follows.

`start`, `legal`, `chance` and `step` take a state as a value and leave it as it was. A simulation opens a `Turn` once
and plays on in it, with `begun`, `possible`, `odds` and `make`, or `play` for a whole run: the same rules, and nothing
is copied.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine import world as at
from engine.events import Event
from engine.luck import Luck
from engine.rules.quick import done, everybody
from engine.rules.tables import Move, Odds, Rules
from engine.rules.turn import Turn, nothing_yet
from engine.scenario.vocabulary import OUTCOMES
from engine.words import speaking
from engine.world import STAGE, Core


def start(rules: Rules, luck: Sequence[Luck], trace: list[Event] | None = None) -> Core:
    """The state before the first move: the buyers drawn, and a conversation begun with the one who is there."""
    return begun(rules, luck, trace).close()


def begun(rules: Rules, luck: Sequence[Luck], trace: list[Event] | None = None) -> Turn:
    """The same, opened."""
    turn = Turn(rules, rules.opening, luck, trace)
    arrive(turn)
    return turn


def arrive(turn: Turn) -> None:
    """Let everybody come, before the first move."""
    if turn.trace is None:
        turn.quick.begun[0](turn)
    else:
        with speaking(turn.rules.scenario.language):
            everybody(turn, turn.rules)


def legal(rules: Rules, core: Core, luck: Sequence[Luck]) -> tuple[Move, ...]:
    """The moves that can be made: lines first, then ways to let time pass; none once everything has ended."""
    return possible(Turn(rules, core, luck))


def chance(rules: Rules, core: Core, luck: Sequence[Luck], move: Move) -> Odds:
    """What may come back from a move, with chances in millionths that add up to 1,000,000."""
    return odds(Turn(rules, core, luck), move)


def step(
    rules: Rules,
    core: Core,
    luck: Sequence[Luck],
    move: Move,
    think: int = 0,
    answer: int | None = None,
    trace: list[Event] | None = None,
    told: Callable[[str], int] = nothing_yet,
    made: Callable[[Move], int] = nothing_yet,
) -> Core:
    """The state after a move. `think` is in seconds of patience; without `answer`, luck decides what comes back.

    `told` says how often a text has been heard before, and `made` how often a move has been made, so that people do not
    repeat themselves.
    """
    turn = Turn(rules, core, luck, trace, told, made)
    make(turn, move, think, answer)
    return turn.close()


def over(core: Core) -> bool:
    """Whether every prospect has ended."""
    return all(person[at.RESULT] for person in core[at.FIRST :])


def possible(turn: Turn) -> tuple[Move, ...]:
    """The moves that can be made now; see `legal`."""
    who = turn.active
    if who < 0:
        return turn.quick.between[0](turn)  # type: ignore[no-any-return]
    return turn.quick.offers[who][turn.people[who][STAGE]](turn)  # type: ignore[no-any-return]


def odds(turn: Turn, move: Move) -> Odds:
    """What may come back from a move; see `chance`."""
    return turn.quick.odds[move](turn)  # type: ignore[no-any-return]


def make(turn: Turn, move: Move, think: int = 0, answer: int | None = None) -> None:
    """Make a legal move; see `step`. Whoever listens hears it in the scenario's language."""
    if turn.trace is None:
        turn.quick.moves[move](turn, think, answer)
    else:
        function, known = done(turn.rules, move)
        with speaking(turn.rules.scenario.language):
            function(turn, think, answer, **known)


def play(turn: Turn, choose: Callable[[tuple[Move, ...]], Move]) -> Core:
    """The state once nothing is left to be done, if `choose` picks from what can be. Nobody may listen."""
    assert turn.trace is None
    quick, people = turn.quick, turn.people
    between, offers, made = quick.between, quick.offers, quick.moves
    while moves := between[0](turn) if (who := turn.active) < 0 else offers[who][people[who][STAGE]](turn):
        made[choose(moves)](turn, 0, None)
    return turn.close()


def outcome_name(answer: int) -> str:
    """The name of an answer in `vocabulary.OUTCOMES`; `nothing` for none in particular."""
    return _OUTCOME_NAMES[answer] if answer >= 0 else "nothing"


_OUTCOME_NAMES = tuple(OUTCOMES)
