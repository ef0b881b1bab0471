"""The rules as functions over a state: where it starts, what is legal, what may come back, and what follows.

`start`, `legal`, `chance` and `step` take a state as a value and leave it as it was. A simulation opens a `Turn` once
and plays on in it, with `begun`, `possible`, `odds` and `make`: the same rules, and nothing is copied.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine import world as at
from engine.events import LEVELS, Event
from engine.luck import Luck
from engine.rules import buyer, contact, conversation
from engine.rules.decision import CERTAINLY_NOTHING
from engine.rules.quick import carry_out, let_pass
from engine.rules.tables import Move, Odds, Rules
from engine.rules.turn import People, Turn
from engine.rules.waiting import this_minute
from engine.scenario.vocabulary import OUTCOMES
from engine.words import speaking
from engine.world import Core


def start(rules: Rules, luck: Sequence[Luck], trace: list[Event] | None = None) -> Core:
    """The state before the first move: the buyers drawn, and a conversation begun with the one who is there."""
    return begun(rules, luck, trace).close()


def begun(rules: Rules, luck: Sequence[Luck], trace: list[Event] | None = None) -> Turn:
    """The same, opened."""
    turn, quick = Turn(rules, (rules.start, -1, 0, rules.start), luck, trace), rules.quick
    if trace is None and 0 in quick.begun:
        quick.begun[0](turn)
        return turn
    if trace is None:
        _everybody(turn)
        quick.used(quick.begun, 0, rules, _everybody)
    else:
        with speaking(rules.scenario.language):
            _everybody(turn)
    return turn


def _everybody(turn: Turn) -> None:
    """Draw the buyers, and begin to talk with the one who is there."""
    for who, prospect in enumerate(turn.rules.prospects):
        p = buyer.draw(prospect, turn.luck[who])
        turn.people.append(p)
        if turn.trace is not None:
            for level, slot in zip(LEVELS, (at.EXCITEMENT, at.CONVICTION, at.TRUST, at.PRESSURE), strict=True):
                turn.tell(who, level, p[slot], "as they came")
        if prospect.prospect.buyer.arrives == "visit" and turn.active < 0:
            p[at.FIRST_TRY] = turn.clock
            conversation.begin(turn, who, prospect, p, buyer.VISIT)


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
    told: Callable[[str], int] | None = None,
) -> Core:
    """The state after a move. `think` is in seconds of patience; without `answer`, luck decides what comes back.

    `told` says how often a text has been heard before, so that people do not repeat themselves.
    """
    turn = Turn(rules, core, luck, trace) if told is None else Turn(rules, core, luck, trace, told)
    make(turn, move, think, answer)
    return turn.close()


def over(core: Core) -> bool:
    """Whether every prospect has ended."""
    return all(person[at.RESULT] for person in core[at.FIRST :])


def possible(turn: Turn) -> tuple[Move, ...]:
    """The moves that can be made now; see `legal`."""
    who = turn.active
    if who >= 0:
        offer = turn.quick.offers.get(turn.people[who][at.STAGE] * len(turn.people) + who)
        return offer(turn) if offer is not None else _offered(turn, who)
    ended, minute = True, this_minute(turn)
    moves: tuple[Move, ...] = ()
    for who, p in enumerate(turn.people):
        if not p[at.RESULT]:
            ended = False
            moves += _options(turn, who, p, minute.opened)
    return () if ended else moves + minute.moves


def _offered(turn: Turn, who: int) -> tuple[Move, ...]:
    """The lines on offer to the prospect in conversation."""
    number = turn.people[who][at.STAGE]
    stage, place = turn.rules.prospects[who].stages[number], number * len(turn.people) + who
    turn.quick.used(turn.quick.offers, place, turn.rules, conversation.legal, who=who, stage=stage)
    return conversation.legal(turn, who, stage)


def _options(turn: Turn, who: int, p: People, opened: bool) -> tuple[Move, ...]:
    """What can be done about one prospect between conversations."""
    quick = turn.quick
    if (options := quick.options.get(who)) is not None:
        return options(turn, p, opened)
    rules = turn.rules.prospects[who]
    quick.used(quick.options, who, turn.rules, contact.legal, rules=rules)
    return contact.legal(turn, rules, p, opened)


def odds(turn: Turn, move: Move) -> Odds:
    """What may come back from a move; see `chance`."""
    what = turn.rules.moves[move]
    if isinstance(what, str):
        return CERTAINLY_NOTHING
    who, line = what
    if line.odds is None:
        return CERTAINLY_NOTHING
    return line.odds(turn, who, turn.rules.prospects[who], turn.people[who], line)


def make(turn: Turn, move: Move, think: int = 0, answer: int | None = None) -> None:
    """Make a legal move; see `step`. Whoever listens hears it in the scenario's language."""
    quick = turn.quick
    if turn.trace is not None:
        with speaking(turn.rules.scenario.language):
            _carried_out(turn, move, think, answer)
        return
    if (play := quick.moves.get(move)) is not None:
        play(turn, think, answer)
        return
    _carried_out(turn, move, think, answer)
    what = turn.rules.moves[move]
    if isinstance(what, str):
        quick.used(quick.moves, move, turn.rules, let_pass, move=move)
    else:
        quick.used(quick.moves, move, turn.rules, carry_out, who=what[0], line=what[1])


def _carried_out(turn: Turn, move: Move, think: int, answer: int | None) -> None:
    what = turn.rules.moves[move]
    if isinstance(what, str):
        let_pass(turn, move, think, answer)
    else:
        carry_out(turn, *what, think, answer)


def outcome_name(answer: int) -> str:
    """The name of an answer in `vocabulary.OUTCOMES`; `nothing` for none in particular."""
    return _OUTCOME_NAMES[answer] if answer >= 0 else "nothing"


_OUTCOME_NAMES = tuple(OUTCOMES)
