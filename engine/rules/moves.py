"""The rules as functions over a state: where it starts, what is legal, what may come back, and what follows.

`start`, `legal`, `chance` and `step` take a state as a value and leave it as it was. A simulation opens a `Turn` once
and plays on in it, with `possible`, `odds` and `make`: the same rules, and nothing is copied.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine import world as at
from engine.events import LEVELS, Event
from engine.luck import Luck
from engine.rules import buyer, contact, conversation
from engine.rules.decision import CERTAINLY_NOTHING, NOTHING
from engine.rules.tables import LineRule, Move, Odds, Rules
from engine.rules.turn import People, Turn
from engine.rules.waiting import this_minute, wait
from engine.scenario.vocabulary import ANSWERS
from engine.world import Core


def start(rules: Rules, luck: Sequence[Luck], trace: list[Event] | None = None) -> Core:
    """The state before the first move: the buyers drawn, and a conversation begun with the one who is there."""
    turn = Turn(rules, (rules.start, -1, 0, rules.start), luck, trace)
    turn.people = [buyer.draw(prospect, own) for prospect, own in zip(rules.prospects, luck, strict=True)]
    for who, (prospect, p) in enumerate(zip(rules.prospects, turn.people, strict=True)):
        if trace is not None:
            for level, slot in zip(LEVELS, (at.EXCITEMENT, at.CONVICTION, at.TRUST, at.PRESSURE), strict=True):
                turn.tell(who, level, p[slot], "as they came")
        if prospect.prospect.buyer.arrives == "visit" and turn.active < 0:
            p[at.FIRST_TRY] = turn.clock
            conversation.begin(turn, who, prospect, p, buyer.VISIT)
    return turn.close()


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
    if turn.active >= 0:
        return conversation.legal(turn)
    ended, minute = True, this_minute(turn)
    moves: tuple[Move, ...] = ()
    for prospect, p in zip(turn.rules.prospects, turn.people, strict=True):
        if not p[at.RESULT]:
            ended = False
            moves += contact.legal(turn, prospect, p, minute.opened)
    return () if ended else moves + minute.moves


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
    """Make a legal move; see `step`."""
    what = turn.rules.moves[move]
    if isinstance(what, str):
        wait(turn, move)
        return
    who, line = what
    rules, p = turn.rules.prospects[who], turn.people[who]
    if answer is None:
        answer = NOTHING if line.odds is None else _drawn(turn, who, p, line, line.odds(turn, who, rules, p, line))
    line.acts(turn, who, rules, p, line, answer, think)


def _drawn(turn: Turn, who: int, p: People, line: LineRule, odds: Odds) -> int:
    """The answer that luck picks from the odds."""
    if len(odds) > 1:
        left = turn.luck[who].chance(line.event, p[line.counter] if line.counter >= 0 else 0)
        for answer, share in odds:
            if left < share:
                return answer
            left -= share
    return odds[-1][0]


def answer_name(answer: int) -> str:
    """The name of an answer in `vocabulary.ANSWERS`; `nothing` for none in particular."""
    return _ANSWER_NAMES[answer] if answer >= 0 else "nothing"


_ANSWER_NAMES = tuple(ANSWERS)
