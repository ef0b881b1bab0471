"""The rules as four functions over a state: where it starts, what is legal, what may come back, and what follows."""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.events import LEVELS, Event
from engine.luck import Luck
from engine.rules import buyer, contact, conversation, decision
from engine.rules.decision import Odds
from engine.rules.tables import WAITS, LineRule, Rules
from engine.rules.turn import Turn
from engine.scenario.vocabulary import ANSWERS
from engine.world import Core

Move = int
"""The number of a move in `Rules.moves`."""

_WAITS = {name: place for place, name in enumerate(WAITS)}

EVENT = {
    "ask-for-decision": ("ask", at.ASKS),
    "press": ("ask", at.ASKS),
    "propose-dated-step": ("step", at.STEPS),
    "invite-no": ("invite", at.INVITES),
    "bring-in": ("join", at.JOINS_ASKED),
    "call": ("reach", at.TRIED),
    "touch": ("message", at.TOUCHES),
    "check-in": ("message", at.TOUCHES),
}
"""The luck of a kind of move: the name of its event, and the slot that counts its occurrences."""


def start(rules: Rules, luck: Sequence[Luck], trace: list[Event] | None = None) -> Core:
    """The state before the first move: the buyers drawn, and a conversation begun with the one who is there."""
    people = tuple(buyer.draw(prospect, own) for prospect, own in zip(rules.prospects, luck, strict=True))
    core: Core = (rules.start, -1, 0, rules.start, *people)
    turn = Turn(rules, core, luck, trace)
    for who, (prospect, person) in enumerate(zip(rules.prospects, people, strict=True)):
        for level, slot in zip(LEVELS, (at.EXCITEMENT, at.CONVICTION, at.TRUST, at.PRESSURE), strict=True):
            turn.tell(who, level, person[slot], "as they came")
        if prospect.prospect.buyer.arrives == "visit" and turn.active < 0:
            opened = turn.open(who)
            opened[at.FIRST_TRY] = turn.clock
            conversation.begin(turn, who, prospect, opened, buyer.VISIT)
    return turn.close()


def legal(rules: Rules, core: Core, luck: Sequence[Luck]) -> tuple[Move, ...]:
    """The moves that can be made: lines first, then ways to let time pass; none once everything has ended."""
    turn = Turn(rules, core, luck)
    if turn.active >= 0:
        return conversation.legal(turn, rules.prospects[turn.active], turn.people[turn.active])
    if over(core):
        return ()
    moves: list[Move] = []
    for prospect, p in zip(rules.prospects, turn.people, strict=True):
        moves += contact.legal(turn, prospect, p)
    first_wait = len(rules.moves) - len(_WAITS)
    moves += [first_wait + _WAITS[name] for name, _ in contact.waits(turn)]
    return tuple(moves)


def chance(rules: Rules, core: Core, luck: Sequence[Luck], move: Move) -> Odds:
    """What may come back from a move, with chances in millionths that add up to 1,000,000."""
    what = rules.moves[move]
    if isinstance(what, str):
        return decision.CERTAINLY_NOTHING
    who, line = what
    return _odds(Turn(rules, core, luck), who, line)


def step(
    rules: Rules,
    core: Core,
    luck: Sequence[Luck],
    move: Move,
    think: int = 0,
    answer: int | None = None,
    trace: list[Event] | None = None,
) -> Core:
    """The state after a move. `think` is in seconds of patience; without `answer`, luck decides what comes back."""
    turn = Turn(rules, core, luck, trace)
    what = rules.moves[move]
    if isinstance(what, str):
        contact.wait(turn, what)
        return turn.close()
    who, line = what
    if answer is None:
        answer = _draw(turn, who, line)
    prospect = rules.prospects[who]
    if turn.active >= 0:
        conversation.say(turn, who, prospect, line, answer, think)
    else:
        contact.act(turn, who, prospect, line, answer, think)
    return turn.close()


def over(core: Core) -> bool:
    """Whether every prospect has ended."""
    return all(person[at.RESULT] for person in core[at.FIRST :])


def _odds(turn: Turn, who: int, line: LineRule) -> Odds:
    rules, p = turn.rules.prospects[who], turn.people[who]
    if turn.active >= 0:
        return decision.odds(turn, rules, p, line)
    return contact.odds(turn, rules, p, line)


def _draw(turn: Turn, who: int, line: LineRule) -> int:
    odds = _odds(turn, who, line)
    if len(odds) == 1:
        return odds[0][0]
    p = turn.people[who]
    event, slot = EVENT.get(line.kind, (f"line.{line.line.id}", -1))
    left = turn.luck[who].chance(event, p[slot] if slot >= 0 else 0)
    for answer, share in odds:
        if left < share:
            return answer
        left -= share
    return odds[-1][0]


def answer_name(answer: int) -> str:
    """The name of an answer in `vocabulary.ANSWERS`; `nothing` for none in particular."""
    return _ANSWER_NAMES[answer] if answer >= 0 else "nothing"


_ANSWER_NAMES = tuple(ANSWERS)
