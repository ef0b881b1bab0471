"""Between conversations: trying to reach somebody, sending something, and other work."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from engine import world as at
from engine.curves import log_odds, logistic, scaled_power
from engine.events import NOBODY, SENT, TALKING
from engine.rules import constants as c
from engine.rules.conversation import begin, greet, offer, talks_past
from engine.rules.decision import CERTAINLY_NOTHING, NOTHING, Terms
from engine.rules.guards import holding
from engine.rules.nuisance import bother, harass, worn
from engine.rules.passing import advance, in_contact
from engine.rules.tables import (
    CALL,
    DATED,
    EMAIL,
    NO_PROMISE,
    OUTCOME,
    TIMED,
    VISIT,
    LineRule,
    Move,
    Odds,
    ProspectRules,
)
from engine.rules.turn import People, Turn
from engine.units import CERTAIN, DAY, LEVEL
from engine.world import FAR, NEVER

REACHED, MISSED, KEPT, NOT_THERE = OUTCOME["reached"], OUTCOME["missed"], OUTCOME["kept"], OUTCOME["not-there"]
COMES_BACK, REPLIES = OUTCOME["comes-back"], OUTCOME["replies"]


def legal(turn: Turn, rules: ProspectRules, p: Sequence[int], opened: bool) -> tuple[Move, ...]:
    """What can be done about one prospect now: within opening hours, or at an agreed time."""
    agreed = on_time(turn, p)
    if not (opened or agreed):
        return ()
    held = holding(turn, rules.between, rules, p, ~p[at.SPENT])
    if p[at.HERE_UNTIL]:
        held = held & ~rules.calls | rules.take_call.bit
    elif agreed:
        if p[at.PROMISE_BY] == VISIT:
            held &= ~rules.calls | rules.visits
        if not held & rules.calls:
            held |= rules.as_agreed.bit
    return rules.done[held]


def on_time(turn: Turn, p: Sequence[int]) -> bool:
    """Whether now is a time agreed with this buyer; never where nothing is."""
    if p[at.PROMISE] < DATED:
        return False
    if p[at.PROMISE] == TIMED:
        early = min(c.GRACE, (p[at.PROMISE_AT] - p[at.TALKED_AT]) // 2)
        return -early <= turn.clock - p[at.PROMISE_AT] <= c.GRACE
    return turn.clock // DAY == p[at.PROMISE_AT] // DAY


def delivers(p: Sequence[int], line: LineRule) -> bool:
    """Whether what is sent is what was agreed. A call or a meeting that was agreed is kept by nothing that is sent."""
    return p[at.PROMISE_BY] == channel_of(line) and p[at.PROMISE_BY] not in (VISIT, CALL)


def calling(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """What may come of a call or a visit."""
    if p[at.HERE_UNTIL]:
        return ((REPLIES if p[at.WRITES_BACK] else COMES_BACK, CERTAIN),)
    chance = 0 if same_attempt(turn, p, line) else reach(turn, rules, p)
    if p[at.PROMISE] == TIMED and on_time(turn, p):
        return ((KEPT, chance), (NOT_THERE, CERTAIN - chance))
    return ((REACHED, chance), (MISSED, CERTAIN - chance))


def writing(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """What may come of a message."""
    return _written(turn, rules, p, line, 100)


def writing_nothing(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> Odds:
    """What may come of a message with nothing in it."""
    return _written(turn, rules, p, line, c.MESSAGE_EMPTY)


def _written(turn: Turn, rules: ProspectRules, p: People, line: LineRule, percent: int) -> Odds:
    """What may come of a message, by when it is out: to write it takes its minutes first."""
    if p[at.INBOUND_AT] < FAR or p[at.HERE_UNTIL]:
        return CERTAINLY_NOTHING
    chance = c.MESSAGE_REPLY + c.MESSAGE_REPLY_INTEREST * turn.interest(rules, p, line.minutes) // LEVEL
    chance = chance * percent // 100
    if p[at.FIRST_TALK] < 0 and rules.prospect.buyer.arrives == "lead":
        chance = min(chance, _unagreed(turn, rules, p, None, line.minutes) * c.MESSAGE_LEAD // 100)
    if not p[at.REAL]:
        chance = chance * c.MESSAGE_FALSE // 100
    chance = worn(p, chance)
    return ((REPLIES, chance), (NOTHING, CERTAIN - chance))


def just_tried(clock: int, p: Sequence[int]) -> bool:
    """Whether nobody answered a few minutes before this one: who rings again makes the same attempt."""
    return clock - p[at.LAST_TRY] < c.SAME_ATTEMPT


def just_talked(clock: int, p: Sequence[int]) -> bool:
    """Whether the last conversation was over so short a time before this minute that a call would be soon."""
    return clock - p[at.TALKED_AT] < c.SOON


def same_attempt(turn: Turn, p: Sequence[int], line: LineRule) -> bool:
    """Whether a call or a visit now is one with the last one, which nobody answered, and no agreed time has come since.
    A visit begins when one is there."""
    way = line.minutes if line.line.channel == VISIT else 0
    return just_tried(turn.clock + way, p) and not on_time(turn, p)


def reach(turn: Turn, rules: ProspectRules, p: Sequence[int], told: Terms | None = None) -> int:
    """Chance, in millionths, that one attempt becomes a conversation. An agreement never makes it smaller. What it is
    made of is added to `told`."""
    if p[at.OPTED_OUT]:
        return 0
    base = _unagreed(turn, rules, p, told)
    if not on_time(turn, p):
        return base
    if p[at.PROMISE] == DATED:
        if told is not None:
            told.append(("agreed", c.DATED_ODDS))
        return logistic(log_odds(max(1, base)) + c.DATED_ODDS)
    trust = c.KEPT_TRUST_ODDS * (p[at.TRUST] - 45 * LEVEL // 100) // LEVEL
    interest = c.KEPT_INTEREST_ODDS * (turn.interest(rules, p) - LEVEL // 2) // LEVEL
    false = 0 if p[at.REAL] else c.KEPT_FALSE
    kept = min(c.REACH_MOST, logistic(c.KEPT_BASE + trust + interest + false))
    if told is not None and kept > base:
        told[:] = [("agreed", _shift(base, kept)), ("trust", trust), ("interest", interest), ("no-buyer", false)]
    return max(base, kept)


def _shift(before: int, after: int) -> int:
    """What takes one chance to another, in thousandths of log-odds."""
    return log_odds(max(1, min(after, CERTAIN - 1))) - log_odds(max(1, min(before, CERTAIN - 1)))


def _unagreed(turn: Turn, rules: ProspectRules, p: Sequence[int], told: Terms | None, later: int = 0) -> int:
    """Reach so many minutes `later`, with nothing agreed. Messages sent meanwhile do not count: only talking does."""
    buyer, talked, now = rules.prospect.buyer, p[at.TALKED_AT], turn.clock + later
    passed = max(0, now - (talked if talked > NEVER else rules.start))
    if isinstance(buyer.reach, int):
        base = at_once = buyer.reach
        if p[at.TALKS] and not rules.multi_call:
            base = base * visitor_reach(passed) // visitor_reach(0)
    elif p[at.FIRST_TALK] < 0 and buyer.arrives == "lead":
        base, at_once = lead_reach(buyer.reach, now - rules.start), CERTAIN
    else:
        base, at_once = visitor_reach(passed), visitor_reach(0)
    attempts = min(p[at.ATTEMPTS], len(c.CONNECT) - 1)
    tried = min(c.REACH_MOST, base * c.CONNECT[attempts] // c.CONNECT[0])
    left = worn(p, tried)
    if told is not None:
        answered = min(c.REACH_MOST, base)
        told += [("delay", _shift(min(c.REACH_MOST, at_once), answered))]
        told += [("tries", _shift(answered, tried)), ("nuisance", _shift(tried, left))]
    return left


@cache
def visitor_reach(minutes: int) -> int:
    """Reach of somebody who was here, this many minutes after the last contact, with nothing agreed: a power law."""
    floor, start, scale, tail = c.REACH_AFTER
    return floor + scaled_power(scale + minutes, scale, -tail, start)


@cache
def lead_reach(preset: str, minutes: int) -> int:
    """Reach of an enquiry answered after this many minutes, by one of the published curves, which disagree.

    telfer, hbr: c + (1 - c)(1 + t/tau)**-k. classic: c + (1 - c)/(1 + (t/tau)**k).
    """
    floor, scale, tail = c.REACH_LEAD[preset]
    if preset == "classic":
        grown = scaled_power(100 * minutes, scale, tail, CERTAIN) if minutes else 0
        return floor + (CERTAIN - floor) * CERTAIN // (CERTAIN + grown)
    return floor + scaled_power(scale + 100 * minutes, scale, -tail, CERTAIN - floor)


def work(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int, think: int) -> None:
    """Do other work."""
    turn.say(who, line)
    p[at.SAID] |= line.bit
    p[at.SPENT] |= line.once
    turn.tasked += line.minutes
    advance(turn, turn.clock + line.minutes, stop_for_buyers=False)


def _attempted(turn: Turn, who: int, p: People, earned: bool, empty: bool = False) -> None:
    """Count a contact attempt. `earned`: it was agreed, or brings something while a date stands. An `empty` message is
    neither a first contact nor the follow-up that was due that day."""
    harass(turn, who, p)
    if p[at.FIRST_TRY] < 0 and not empty:
        p[at.FIRST_TRY] = turn.clock
    if p[at.TALKS] and not earned and not p[at.HERE_UNTIL]:
        p[at.UNDATED] += 1
    if p[at.DUE_DAY] >= 0 and not empty:
        p[at.DONE] += p[at.DUE_DAY] == turn.clock // DAY
        p[at.DUE_DAY] = -1


def _keep(turn: Turn, who: int, p: People, cause: str) -> None:
    p[at.PROMISE] = NO_PROMISE
    p[at.KEPT] += 1
    turn.trust(who, p, c.KEPT_TRUST, cause)


def call(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int, think: int) -> None:
    """Try to reach somebody, with the outcome already drawn."""
    turn.say(who, line)
    agreed = on_time(turn, p)
    if agreed and p[at.PROMISE] == TIMED and turn.clock < p[at.PROMISE_AT]:  # who is early waits until it is time
        advance(turn, p[at.PROMISE_AT], stop_for_buyers=False)
        if p[at.RESULT]:
            return
    invited, again = p[at.HERE_UNTIL] > 0, same_attempt(turn, p, line)
    soon = not (agreed or invited) and just_talked(turn.clock, p)
    _attempted(turn, who, p, agreed)
    p[at.TRIED] += not again
    channel = line.line.channel if line.line.channel is not None else CALL
    if agreed:
        channel = p[at.PROMISE_BY] if p[at.PROMISE] == TIMED or line is rules.as_agreed else channel
        _keep(turn, who, p, "you were there when you said you would be")
    p[at.CHANNEL] = channel
    p[at.WORKED] += line.minutes
    p[at.LAST] = answer + 1
    if answer in (MISSED, NOT_THERE):
        _missed(turn, who, rules, p, line, answer, agreed, again, soon)
        return
    turn.tell(who, "contact", TALKING, "you are talking")
    p[at.LAST_TRY] = NEVER
    if invited:
        p[at.NUISANCE] //= 2
    elif soon:
        _too_soon(turn, who, rules, p)
    if line.prices:
        p[at.PRICED] = 1
    p[at.SAID] |= line.bit
    p[at.SPENT] |= line.once
    begin(turn, who, rules, p, channel, line.line.opens, agreed, soon)
    p[at.LAST] = answer + 1
    excitement, conviction, trust = line.gains
    turn.stir(who, rules, p, excitement, conviction, line.cause)
    turn.trust(who, p, trust, line.cause)
    offer(turn, who, rules, p, line)
    p[at.PATIENCE] -= think
    advance(turn, turn.clock + line.minutes, stop_for_buyers=False)
    if not p[at.RESULT]:
        greet(turn, who, rules, p, line, answer)


def _too_soon(turn: Turn, who: int, rules: ProspectRules, p: People) -> None:
    """A call so soon after a conversation wears, whether they pick up or see who it was."""
    turn.trust(who, p, c.SOON_TRUST, "too soon after you had talked")
    bother(turn, who, rules, p, c.NUISANCE_SOON)


def _missed(
    turn: Turn,
    who: int,
    rules: ProspectRules,
    p: People,
    line: LineRule,
    answer: int,
    agreed: bool,
    again: bool,
    soon: bool,
) -> None:
    """Nobody answered; they may ring back, once an attempt. Ringing `again` within minutes is the same attempt."""
    attempt = p[at.TRIED]
    p[at.LAST_TRY] = turn.clock
    p[at.ATTEMPTS] += not again
    if agreed:
        p[at.INVITED] = 0
        p[at.ABSENT] += answer == NOT_THERE
    turn.tell(who, "contact", NOBODY, "nobody answered")
    greet(turn, who, rules, p, line, answer)
    if again:
        turn.trust(who, p, c.SOON_TRUST, "you tried again within minutes")
        bother(turn, who, rules, p, c.NUISANCE_RINGING)
    elif soon:
        _too_soon(turn, who, rules, p)
    else:
        bother(turn, who, rules, p, c.NUISANCE_MISSED[min(p[at.ATTEMPTS], len(c.NUISANCE_MISSED)) - 1])
    luck, may = turn.luck[who], not again and not p[at.OPTED_OUT] and p[at.INBOUND_AT] >= FAR
    if may and luck.chance("callback", attempt) < c.CALLBACK:
        later = c.CALLBACK_MINUTES[luck.between(0, len(c.CALLBACK_MINUTES) - 1, "callback.after", attempt)]
        p[at.INBOUND_AT] = turn.rules.opens[turn.clock + line.minutes + later]
        turn.calm = at.NEVER
        p[at.WRITES_BACK] = 0
    advance(turn, turn.clock + line.minutes, stop_for_buyers=False)


def channel_of(line: LineRule) -> int:
    """The channel a message goes out by."""
    return line.line.channel if line.line.channel is not None else EMAIL


def write(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int, think: int) -> None:
    """Send something useful. What answers nothing that this buyer has told is a message with nothing in it, and so is
    everything to somebody who has asked to be left alone."""
    if p[at.OPTED_OUT] or (line.ties and talks_past(rules, p, line)):
        write_nothing(turn, who, rules, p, line, answer, think)
        return
    dated, invited = p[at.PROMISE] >= DATED, p[at.HERE_UNTIL] > 0
    if dated and delivers(p, line) and on_time(turn, p):
        _keep(turn, who, p, "it came when you had said it would")
    if not _written_out(turn, who, p, line):
        return
    gain = _sent(turn, who, p, line, earned=dated or invited)
    excitement, conviction, trust = line.gains
    turn.trust(who, p, gain, line.cause if gain > 0 else "one message too many")
    turn.trust(who, p, trust, line.cause)
    turn.stir(who, rules, p, excitement, conviction, line.cause)
    offer(turn, who, rules, p, line)
    in_contact(turn, rules, p, turn.clock)
    _arrived(turn, who, rules, p, line, answer, 0)


def write_nothing(
    turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int, think: int
) -> None:
    """Send a message with nothing in it."""
    invited = p[at.HERE_UNTIL] > 0
    if not _written_out(turn, who, p, line):
        return
    gain = _sent(turn, who, p, line, earned=invited, empty=True)
    p[at.EMPTY] += 1
    change = min(0, line.gains[2] * c.EMPTY_COUNTS if gain > 0 else gain)
    turn.trust(who, p, change, line.cause if gain > 0 or line.acts is write_nothing else "one message too many")
    turn.press(who, rules, p, line.pressure, line.cause)
    in_contact(turn, rules, p, turn.clock, empty=True)
    _arrived(turn, who, rules, p, line, answer, c.NUISANCE_EMPTY)


def _written_out(turn: Turn, who: int, p: People, line: LineRule) -> bool:
    """Let the minutes pass that a message takes, before it can be felt; whether anybody is left whom it could reach.
    Whoever waited for an answer knows that one is on its way. Who gets in touch meanwhile waits for another."""
    turn.say(who, line)
    p[at.WORKED] += line.minutes
    p[at.HERE_UNTIL] = 0
    advance(turn, turn.clock + line.minutes, stop_for_buyers=False)
    return not p[at.RESULT]


def _sent(turn: Turn, who: int, p: People, line: LineRule, earned: bool, empty: bool = False) -> int:
    """Count a message; returns the trust that the nth of a run is worth."""
    _attempted(turn, who, p, earned, empty)
    if line.prices:
        p[at.PRICED] = 1
    p[at.SAID] |= line.bit
    p[at.SPENT] |= line.once
    p[at.CHANNEL] = channel_of(line)
    nth = min(p[at.TOUCHES] + p[at.EMPTY] * (c.EMPTY_COUNTS - 1), len(c.TOUCH_TRUST) - 1)
    p[at.TOUCHES] += 1
    return c.TOUCH_TRUST[nth]


def _arrived(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int, nuisance: int) -> None:
    """What comes back from a message, and when; and how it was felt, beside the `nuisance` of what was in it."""
    turn.tell(who, "contact", SENT, "your message went out")
    today = turn.clock // DAY
    nuisance += c.NUISANCE_AGAIN * (p[at.WRITTEN_DAY] == today) + c.NUISANCE_MANY * (p[at.TOUCHES] > c.MANY)
    p[at.WRITTEN_DAY] = today
    if line.replies.rules and (not p[at.OPTED_OUT] or line.acts is write_nothing):
        greet(turn, who, rules, p, line, NOTHING)
    bother(turn, who, rules, p, nuisance)
    if answer == REPLIES and not p[at.OPTED_OUT]:
        later = c.MESSAGE_MINUTES[turn.luck[who].between(0, len(c.MESSAGE_MINUTES) - 1, "reply.after", p[at.TOUCHES])]
        p[at.INBOUND_AT] = turn.rules.opens[turn.clock + later]
        turn.calm = at.NEVER
        p[at.WRITES_BACK] = 1
