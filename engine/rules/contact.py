"""Between conversations: trying to reach somebody, sending something, other work, and letting time pass."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from engine import world as at
from engine.calendar import closing, is_open, next_opening, opening_after
from engine.curves import log_odds, logistic, scaled_power
from engine.rules import constants as c
from engine.rules.causes import CAUSES
from engine.rules.conversation import begin, greet, offer
from engine.rules.decision import CERTAINLY_NOTHING, NOTHING, Odds
from engine.rules.passing import advance, in_contact
from engine.rules.tables import ANSWER, PROMISE, LineRule, ProspectRules, Rules
from engine.rules.turn import People, Turn
from engine.scenario.vocabulary import CHANNELS
from engine.units import CERTAIN, DAY, HOUR, LEVEL
from engine.world import FAR, NEVER

REACHED, MISSED, KEPT, NOT_THERE = ANSWER["reached"], ANSWER["missed"], ANSWER["kept"], ANSWER["not-there"]
COMES_BACK, REPLIES = ANSWER["comes-back"], ANSWER["replies"]
_TIMED, _DATED = PROMISE["timed"], PROMISE["dated"]
VISIT, CALL, EMAIL = CHANNELS.index("visit"), CHANNELS.index("call"), CHANNELS.index("email")


def legal(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> list[int]:
    """What can be done about one prospect now: within opening hours, at an agreed time, or when they wait for you."""
    if p[at.RESULT]:
        return []
    opened = turn.rules.opened.get(turn.clock)
    if opened is None:
        opened = turn.rules.opened[turn.clock] = is_open(turn.rules.scenario.calendar, turn.clock)
    if not (opened or p[at.HERE_UNTIL] or on_time(turn, p)):
        return []
    spent = p[at.SPENT]
    lines = [
        line
        for line in rules.between
        if not spent & line.once and (line.when is None or turn.holds(line.when, rules, p))
    ]
    if p[at.HERE_UNTIL]:
        lines = [*(line for line in lines if line.kind != "call"), rules.take_call]
    elif on_time(turn, p):
        if p[at.PROMISE_BY] == VISIT:
            lines = [line for line in lines if line.kind != "call" or line.line.channel == VISIT]
        if not any(line.kind == "call" for line in lines):
            lines.append(rules.as_agreed)
    return [line.action for line in lines]


def on_time(turn: Turn, p: Sequence[int]) -> bool:
    """Whether now is a time agreed with this buyer; never where nothing is."""
    if p[at.PROMISE] == _TIMED:
        early = min(c.GRACE, (p[at.PROMISE_AT] - p[at.TALKED_AT]) // 2)
        return -early <= turn.clock - p[at.PROMISE_AT] <= c.GRACE
    return p[at.PROMISE] == _DATED and turn.clock // DAY == p[at.PROMISE_AT] // DAY


def odds(turn: Turn, rules: ProspectRules, p: Sequence[int], line: LineRule) -> Odds:
    """The possible outcomes of doing something about a prospect between conversations."""
    if line.kind == "call":
        if p[at.HERE_UNTIL]:
            return ((REPLIES if p[at.WRITES_BACK] else COMES_BACK, CERTAIN),)
        chance = reach(turn, rules, p)
        timed = p[at.PROMISE] == _TIMED and on_time(turn, p)
        return ((KEPT if timed else REACHED, chance), (NOT_THERE if timed else MISSED, CERTAIN - chance))
    if line.kind in ("touch", "check-in") and p[at.INBOUND_AT] >= FAR and not p[at.HERE_UNTIL]:
        chance = c.MESSAGE_REPLY + c.MESSAGE_REPLY_INTEREST * turn.interest(rules, p) // LEVEL
        if line.kind == "check-in":
            chance //= 2
        if p[at.FIRST_TALK] < 0 and rules.prospect.buyer.arrives == "lead":
            chance = min(chance, 2 * reach(turn, rules, p))
        if not p[at.REAL]:
            chance //= 2
        return ((REPLIES, chance), (NOTHING, CERTAIN - chance))
    return CERTAINLY_NOTHING


def reach(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """Chance, in millionths, that one attempt becomes a conversation. An agreement never makes it smaller."""
    base = _unpromised(turn, rules, p)
    if not on_time(turn, p):
        return base
    if p[at.PROMISE] == _DATED:
        return logistic(log_odds(max(1, base)) + c.DATED_ODDS)
    z = c.KEPT_BASE
    z += c.KEPT_TRUST_ODDS * (p[at.TRUST] - 45 * LEVEL // 100) // LEVEL
    z += c.KEPT_INTEREST_ODDS * (turn.interest(rules, p) - LEVEL // 2) // LEVEL
    if not p[at.REAL]:
        z += c.KEPT_FALSE
    return max(base, min(c.REACH_MOST, logistic(z)))


def _unpromised(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """Reach with nothing agreed. Messages sent meanwhile do not count: only talking does."""
    buyer, talked = rules.prospect.buyer, p[at.TALKED_AT]
    passed = max(0, turn.clock - (talked if talked > NEVER else rules.start))
    if isinstance(buyer.reach, int):
        base = buyer.reach
        if p[at.TALKS] and not rules.multi_call:
            base = base * visitor_reach(passed) // visitor_reach(0)
    elif p[at.FIRST_TALK] < 0 and buyer.arrives == "lead":
        base = lead_reach(buyer.reach, turn.clock - rules.start)
    else:
        base = visitor_reach(passed)
    attempts = min(p[at.ATTEMPTS], len(c.CONNECT) - 1)
    return min(c.REACH_MOST, base * c.CONNECT[attempts] // c.CONNECT[0])


@cache
def visitor_reach(minutes: int) -> int:
    """Reach of somebody who was here, so many minutes after the last contact, with nothing agreed: a power law."""
    floor, start, scale, tail = c.REACH_AFTER
    return floor + scaled_power(scale + minutes, scale, -tail, start)


@cache
def lead_reach(preset: str, minutes: int) -> int:
    """Reach of an enquiry answered after so many minutes, by one of the published curves, which disagree.

    telfer, hbr: c + (1 - c)(1 + t/tau)**-k. classic: c + (1 - c)/(1 + (t/tau)**k).
    """
    floor, scale, tail = c.REACH_LEAD[preset]
    if preset == "classic":
        grown = scaled_power(100 * minutes, scale, tail, CERTAIN) if minutes else 0
        return floor + (CERTAIN - floor) * CERTAIN // (CERTAIN + grown)
    return floor + scaled_power(scale + 100 * minutes, scale, -tail, CERTAIN - floor)


def act(turn: Turn, who: int, rules: ProspectRules, line: LineRule, answer: int, think: int) -> None:
    """Do something about a prospect between conversations, with its outcome already drawn."""
    p = turn.open(who)
    turn.tell(who, "said", line.action, line.kind, line.line.say)
    if line.kind == "task":
        _task(turn, who, p, line)
    elif line.kind == "call":
        _call(turn, who, rules, p, line, answer, think)
    else:
        _touch(turn, who, rules, p, line, answer)


def _task(turn: Turn, who: int, p: People, line: LineRule) -> None:
    p[at.SAID] |= line.bit
    p[at.SPENT] |= line.once
    turn.tasked += line.minutes
    advance(turn, turn.clock + line.minutes, stop_for_buyers=False)


def _attempted(turn: Turn, p: People, earned: bool) -> None:
    """Count a contact attempt. `earned`: it was agreed, or brings something while a date stands."""
    if p[at.FIRST_TRY] < 0:
        p[at.FIRST_TRY] = turn.clock
    if p[at.TALKS] and not earned and not p[at.HERE_UNTIL]:
        p[at.UNDATED] += 1
    if p[at.DUE_DAY] >= 0:
        p[at.DONE] += p[at.DUE_DAY] == turn.clock // DAY
        p[at.DUE_DAY] = -1


def _keep(turn: Turn, who: int, p: People, cause: str) -> None:
    p[at.PROMISE] = PROMISE["none"]
    p[at.KEPT] += 1
    turn.trust(who, p, c.KEPT_TRUST, cause)


def _call(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int, think: int) -> None:
    agreed = on_time(turn, p)
    _attempted(turn, p, agreed)
    p[at.TRIED] += 1
    channel = line.line.channel if line.line.channel is not None else CALL
    spent = line.minutes
    if agreed:
        channel = p[at.PROMISE_BY] if p[at.PROMISE] == _TIMED or line is rules.as_agreed else channel
        _keep(turn, who, p, "you were there when you said you would be")
    p[at.WORKED] += spent
    p[at.LAST] = answer + 1
    if answer in (MISSED, NOT_THERE):
        attempt = p[at.TRIED]
        p[at.ATTEMPTS] += 1
        if agreed:
            p[at.INVITED] = 0
        turn.tell(who, "contact", 0, "nobody answered")
        greet(turn, who, rules, p, line, answer)
        if p[at.REAL] and p[at.INBOUND_AT] >= FAR and turn.luck[who].chance("callback", attempt) < c.CALLBACK:
            later = c.CALLBACK_MINUTES[
                turn.luck[who].between(0, len(c.CALLBACK_MINUTES) - 1, "callback.after", attempt)
            ]
            p[at.INBOUND_AT] = turn.clock + spent + later
        advance(turn, turn.clock + spent, stop_for_buyers=False)
        return
    turn.tell(who, "contact", 1, "you are talking")
    p[at.SAID] |= line.bit
    p[at.SPENT] |= line.once
    begin(turn, who, rules, p, channel, line.line.opens, agreed)
    p[at.LAST] = answer + 1
    turn.stir(who, rules, p, line.excitement, line.conviction, CAUSES["call"])
    turn.trust(who, p, line.trust, CAUSES["call"])
    offer(turn, who, rules, p, line)
    p[at.PATIENCE] -= think
    advance(turn, turn.clock + spent, stop_for_buyers=False)
    if not p[at.RESULT]:
        greet(turn, who, rules, p, line, answer)


def _touch(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int) -> None:
    useful = line.kind == "touch"
    channel = line.line.channel if line.line.channel is not None else EMAIL
    agreed = useful and on_time(turn, p) and p[at.PROMISE_BY] == channel
    _attempted(turn, p, useful and p[at.PROMISE] >= _DATED)
    if agreed:
        _keep(turn, who, p, "it came when you had said it would")
    p[at.SAID] |= line.bit
    p[at.SPENT] |= line.once
    p[at.HERE_UNTIL] = 0
    weight = 1 if useful else c.EMPTY_COUNTS
    nth = min(p[at.TOUCHES] + p[at.EMPTY] * (c.EMPTY_COUNTS - 1), len(c.TOUCH_TRUST) - 1)
    gain = c.TOUCH_TRUST[nth]
    p[at.TOUCHES] += 1
    p[at.EMPTY] += not useful
    p[at.WORKED] += line.minutes
    cause = CAUSES[line.kind]
    if useful:
        turn.trust(who, p, gain, cause if gain > 0 else "one message too many")
        turn.trust(who, p, line.trust, cause)
        turn.stir(who, rules, p, line.excitement, line.conviction, cause)
        offer(turn, who, rules, p, line)
        in_contact(turn, rules, p, turn.clock)
    else:
        turn.trust(who, p, min(0, line.trust * weight if gain > 0 else gain), cause)
        turn.press(who, rules, p, line.pressure, cause)
        in_contact(turn, rules, p, turn.clock, empty=True)
    turn.tell(who, "contact", 1, "your message went out")
    if line.replies:
        greet(turn, who, rules, p, line, NOTHING)
    if answer == REPLIES:
        later = c.MESSAGE_MINUTES[turn.luck[who].between(0, len(c.MESSAGE_MINUTES) - 1, "reply.after", p[at.TOUCHES])]
        p[at.INBOUND_AT] = turn.clock + line.minutes + later
        p[at.WRITES_BACK] = 1
    advance(turn, turn.clock + line.minutes, stop_for_buyers=False)


def waits(turn: Turn) -> list[tuple[str, int]]:
    """The ways to let time pass that make sense now, with the minute each leads to."""
    found = turn.rules.waits.get(turn.clock)
    if found is None:
        found = turn.rules.waits[turn.clock] = _waits(turn.rules, turn.clock)
    agreed = agreed_time(turn)
    if agreed is None:
        return found
    return [("wait.agreed", agreed), *((name, to) for name, to in found if to <= agreed or name == "finish")]


def _waits(rules: Rules, now: int) -> list[tuple[str, int]]:
    calendar, deadline = rules.scenario.calendar, rules.deadline
    found: list[tuple[str, int]] = []
    closes = closing(calendar, now)
    short = (("wait.15m", 15),) if _quarters_matter(rules) else ()
    for name, minutes in (*short, ("wait.1h", HOUR), ("wait.3h", 3 * HOUR)):
        if is_open(calendar, now) and closes is not None and now + minutes < closes:
            found.append((name, now + minutes))
    if closes is not None and is_open(calendar, now) and closes - 30 > now + HOUR:
        found.append(("wait.evening", closes - 30))
    for name, ahead in (("wait.tomorrow", 1), ("wait.3d", 3), ("wait.1w", 7)):
        found.append((name, opening_after(calendar, now, ahead)))
    found = [(name, to) for name, to in found if to < deadline]
    if not is_open(calendar, now) and (opening := next_opening(calendar, now)) < deadline and opening > now:
        found = [("wait.tomorrow", opening), *((n, t) for n, t in found if n != "wait.tomorrow")]
    each = {to: name for name, to in reversed(found)}
    return [*((name, to) for to, name in sorted(each.items())), ("finish", deadline)]


def _quarters_matter(rules: Rules) -> bool:
    """Whether a quarter of an hour is a wait worth offering: with enquiries, and in a sale of few days."""
    leads = any(prospect.prospect.buyer.arrives == "lead" for prospect in rules.prospects)
    return leads or rules.deadline - rules.start <= 4 * DAY


def agreed_time(turn: Turn) -> int | None:
    """The next time that is agreed with anybody and still to come."""
    times = (p[at.PROMISE_AT] for p in turn.people if not p[at.RESULT] and p[at.PROMISE] >= _DATED)
    return min((when for when in times if turn.clock < when < turn.rules.deadline), default=None)


def wait(turn: Turn, name: str) -> None:
    """Let time pass, until the moment the wait leads to, an agreed time, or a buyer who gets in touch."""
    to = dict(waits(turn))[name]
    before = turn.clock
    advance(turn, to)
    turn.tell(-1, "waits", turn.clock - before, "time passed")
