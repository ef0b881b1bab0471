"""What generated functions share: what happens seldom in a conversation, and what depends on no line in particular.

The rules are those of `engine.rules.conversation`, without the telling.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.calendar import next_opening, step_time
from engine.generated.open_turn import OpenTurn, elapse, end
from engine.luck import Luck
from engine.rules import constants as c
from engine.rules import tables
from engine.rules.decision import Odds
from engine.rules.replies import choose
from engine.rules.tables import LineRule, ProspectRules
from engine.rules.turn import People
from engine.units import CERTAIN, LEVEL
from engine.world import (
    ADVANCES,
    ANSWERED,
    CANCELLED,
    FIRST_CLOSE,
    INVITED,
    OBJECTS,
    OFF,
    OPEN,
    PATIENCE,
    PROMISE,
    PROMISE_AT,
    PROMISE_BY,
    RAISED,
    RESULT,
    SETTLED,
    TALKS,
    WORKED,
)

_DATED = tables.PROMISE["dated"]

Finish = Callable[[OpenTurn, People, bool, bool], None]
"""Ends a conversation: whether it was decided, and whether a date was agreed."""


def spend(t: OpenTurn, p: People, minutes: int, think: int) -> bool:
    """Let the minutes of a line pass when something may happen meanwhile; True when that ended the sale."""
    minutes = min(minutes, t.rules.deadline - t.clock)
    p[PATIENCE] -= minutes * 60 + think
    p[WORKED] += minutes
    elapse(t, t.clock + minutes, False)
    if p[RESULT]:
        return True
    t.look_ahead()
    return False


def order(t: OpenTurn, who: int, rules: ProspectRules, p: People) -> None:
    """The buyer orders. Whether the order is cancelled afterwards is drawn now."""
    price = rules.prospect.offer.price - p[OFF]
    band = sum(price >= limit for limit in c.CANCEL_PRICES)
    chance = c.CANCEL[band] * (100 * LEVEL + c.CANCEL_PRESSURE * t.pressure(rules, p)) // (100 * LEVEL)
    if rules.multi_call:
        chance = chance * c.CANCEL_MULTI_CALL // 100
    p[FIRST_CLOSE] = int(p[TALKS] == 1)
    p[CANCELLED] = int(t.luck[who].chance("cancels") < min(CERTAIN, chance))
    end(t, p, tables.RESULT["order"])


def agree(t: OpenTurn, p: People, finish: Finish, line: LineRule) -> None:
    """The buyer agrees to the dated step that a line proposes."""
    step = line.line.step
    if step is None:
        raise ValueError("a line without a step cannot be agreed to")
    fresh = p[PROMISE] < _DATED or p[PROMISE_AT] <= t.clock + c.GRACE
    p[ADVANCES] += fresh
    finish(t, p, fresh, True)
    when = step_time(step, t.clock)
    p[PROMISE] = tables.PROMISE["timed"] if step.timed else _DATED
    p[PROMISE_AT] = when if step.timed else next_opening(t.rules.scenario.calendar, when)
    p[PROMISE_BY] = step.channel
    p[INVITED] = 1 << line.line.brings if line.line.brings is not None else 0


def answered(t: OpenTurn, rules: ProspectRules, p: People, answer: int) -> bool:
    """Whether the author has a text for this answer that goes before a line's general reply."""
    return choose(t, rules, p, rules.answers[answer]) is not None


def raise_next(p: People) -> None:
    """Raise the next hidden objection, if there is one."""
    waiting = p[OBJECTS] & ~p[SETTLED] & ~p[OPEN]
    bit = waiting & -waiting
    p[RAISED] |= bit
    p[OPEN] |= bit
    p[ANSWERED] &= ~bit


def drawn(odds: Odds, luck: Luck, event: str, occurrence: int) -> int:
    """The answer that luck picks from the odds."""
    answer = odds[0][0]
    if len(odds) > 1:
        left = luck.chance(event, occurrence)
        for answer, share in odds:
            if left < share:
                return answer
            left -= share
    return answer
