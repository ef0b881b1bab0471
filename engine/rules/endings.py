"""How a conversation ends, and perhaps the sale with it."""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.calendar import date_text, step_time, when_text
from engine.rules import constants as c
from engine.rules import decision, replies
from engine.rules.passing import end, in_contact
from engine.rules.tables import DATED, NO_PROMISE, OUTCOME, TIMED, VAGUE, LineRule, ProspectRules
from engine.rules.turn import People, Turn
from engine.units import CERTAIN, DAY, HOUR, LEVEL
from engine.world import FAR, INBOUND_AT

_WALKS_OUT = OUTCOME["walks-out"]


def date_stands(turn: Turn, p: Sequence[int]) -> bool:
    """Whether a date is agreed with this buyer that is still to come."""
    return p[at.PROMISE] >= DATED and p[at.PROMISE_AT] > turn.clock + c.GRACE


def finish(turn: Turn, who: int, rules: ProspectRules, p: People, decided: bool = False, agreed: bool = False) -> None:
    """End the running conversation: decided, with a date `agreed`, or as a continuation, unless a date stands already.

    After a continuation, answers that nobody confirmed come back, the true ones with the others. An agreed time that
    fell into the conversation has been kept.
    """
    turn.active, turn.calm = -1, at.NEVER
    in_contact(turn, rules, p, turn.started)
    p[at.TALKED_AT] = turn.clock
    p[at.PRESENT] = p[at.LET_PASS] = p[at.ABSENT] = 0
    if p[at.PROMISE] >= DATED and p[at.PROMISE_AT] <= turn.clock + c.GRACE:
        p[at.PROMISE] = NO_PROMISE
        p[at.INVITED] = 0
        p[at.KEPT] += 1
    if decided:
        p[at.DECISIONS] += 1
    elif not agreed and p[at.PROMISE] < DATED:
        _leave_open(turn, who, p)
    if not p[at.RESULT]:
        _may_return(turn, who, rules, p)


def _leave_open(turn: Turn, who: int, p: People) -> None:
    """Count a conversation that ended with nothing agreed, and what that leaves behind. A word on the same day is due,
    unless they had just declined to fix anything, or have asked to be left alone."""
    p[at.CONTINUATIONS] += 1
    turn.tell(who, "continuation", p[at.TALKS], "the conversation ended and nothing was agreed")
    shaky = p[at.HANDLED] & ~p[at.CONFIRMED]
    if shaky:
        p[at.SETTLED] &= ~shaky
        p[at.HANDLED] &= ~shaky
        p[at.OPEN] |= shaky
        turn.tell(who, "reopened", shaky, "answers that nobody confirmed come back")
    closes = turn.rules.minutes[turn.clock].closes
    welcome = not (p[at.REFUSED_NOW] or p[at.OPTED_OUT])
    if welcome and closes is not None and closes - turn.clock >= HOUR:
        p[at.DUE] += 1
        p[at.DUE_DAY] = turn.clock // DAY


def _may_return(turn: Turn, who: int, rules: ProspectRules, p: People) -> None:
    if p[at.OPTED_OUT] or p[INBOUND_AT] < FAR:
        return
    luck, talk = turn.luck[who], p[at.TALKS]
    if luck.chance("returns", talk) < rules.prospect.buyer.returns:
        later = luck.between(DAY // 2, c.RETURN_DAYS * DAY, "returns.after", talk)
        p[INBOUND_AT] = turn.rules.opens[turn.clock + later]


# what kinds of lines end, and how; see `engine.rules.kinds`


def decided(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int) -> bool:
    """An order, or a clear no."""
    if answer == decision.ORDER:
        _order(turn, who, rules, p)
    elif answer == decision.NO_SALE:
        turn.tell(who, "decision", answer, "a clear no")
        end(turn, who, p, "no-sale", "said no, clearly")
        finish(turn, who, rules, p, decided=True)
    else:
        return False
    return True


def taken(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int) -> bool:
    """A no that the seller takes, whatever the buyer would have said."""
    turn.tell(who, "decision", decision.NO_SALE, "you took it for a no")
    p[at.GIVEN_UP] = 1
    end(turn, who, p, "no-sale", "you took it for a no, and left it there")
    finish(turn, who, rules, p, decided=True)
    return True


def agreed(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int) -> bool:
    """A dated step that the buyer agrees to."""
    step = line.line.step
    if answer != decision.AGREES or step is None:
        return False
    fresh = not date_stands(turn, p)
    p[at.ADVANCES] += fresh
    if not fresh:
        p[at.BROKEN] += 1
        turn.trust(who, p, c.BROKEN_TRUST, "you put another date in place of the one agreed")
    finish(turn, who, rules, p, decided=fresh, agreed=True)
    when = step_time(step, turn.clock)
    p[at.PROMISE] = TIMED if step.timed else DATED
    p[at.PROMISE_AT] = when if step.timed else turn.rules.opens[when]
    p[at.PROMISE_BY] = step.channel
    p[at.INVITED] = line.line.brought
    turn.tell(
        who,
        "promise",
        p[at.PROMISE],
        "agreed: {what}",
        of=(when_text if step.timed else date_text)(p[at.PROMISE_AT], turn.clock) if turn.trace is not None else "",
    )
    return True


def put_off(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int) -> bool:
    """A promise to be in touch some time."""
    finish(turn, who, rules, p)
    if p[at.PROMISE] < DATED:
        p[at.PROMISE] = VAGUE
        turn.tell(who, "promise", VAGUE, "you will be in touch, some time")
    return True


def left(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int) -> bool:
    """Nothing but the end of the conversation."""
    finish(turn, who, rules, p)
    return True


def walk_out(turn: Turn, who: int, rules: ProspectRules, p: People) -> None:
    """The buyer's patience is used up."""
    turn.trust(who, p, c.WALKED_OUT_TRUST, "you took more time than they had")
    replies.say_outcome(turn, who, rules, p, _WALKS_OUT)
    finish(turn, who, rules, p)


def regret(turn: Turn, rules: ProspectRules, p: Sequence[int], told: decision.Terms | None = None) -> int:
    """Chance, in millionths, that an order placed now is cancelled afterwards: by its price, unless the scenario says
    how many are, and by pressure. What each adds to it is added to `told`, in millionths too."""
    chance = rules.prospect.offer.cancels
    if chance is None:
        price = rules.prospect.offer.price - p[at.OFF]
        chance = c.CANCEL[sum(price >= limit for limit in c.CANCEL_PRICES)]
        if rules.multi_call:
            chance = chance * c.CANCEL_MULTI_CALL // 100
    all_of_it = min(CERTAIN, chance * (100 * LEVEL + c.CANCEL_PRESSURE * turn.pressure(rules, p)) // (100 * LEVEL))
    if told is not None:
        told += [("price", chance), ("pressure", all_of_it - chance)]
    return int(all_of_it)


def _order(turn: Turn, who: int, rules: ProspectRules, p: People) -> None:
    """The buyer orders. Whether the order is cancelled afterwards is drawn now."""
    p[at.FIRST_CLOSE] = int(p[at.TALKS] == 1)
    p[at.CANCELLED] = int(turn.luck[who].chance("cancels") < regret(turn, rules, p))
    turn.tell(who, "decision", decision.ORDER, "an order")
    turn.tell(who, "order", rules.prospect.offer.price - p[at.OFF], "placed the order")
    end(turn, who, p, "order", "placed the order")
    finish(turn, who, rules, p, decided=True)
