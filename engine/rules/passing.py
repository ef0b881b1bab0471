"""What happens while time passes: rivals, the status quo, silence, agreed times, and buyers who get in touch."""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.calendar import span_text
from engine.events import CAME_BACK, GAVE_UP, LET_PASS, WROTE_BACK
from engine.rules import constants as c
from engine.rules.tables import DATED, NO_PROMISE, RESULT, TIMED, ProspectRules
from engine.rules.turn import People, Turn
from engine.units import DAY
from engine.world import DRIFT_AT, FAR, HERE_UNTIL, INBOUND_AT, NEVER, RIVAL_AT, SILENT_AT


def due(p: Sequence[int]) -> int:
    """The minute at which the next thing is due for an open prospect who is not in conversation."""
    soonest = p[INBOUND_AT]
    if p[SILENT_AT] < soonest:
        soonest = p[SILENT_AT]
    if p[RIVAL_AT] < soonest:
        soonest = p[RIVAL_AT]
    if p[DRIFT_AT] < soonest:
        soonest = p[DRIFT_AT]
    if p[at.PROMISE] >= DATED:
        soonest = min(soonest, missed_at(p))
    if p[HERE_UNTIL]:
        soonest = min(soonest, p[HERE_UNTIL])
    return soonest


def missed_at(p: Sequence[int]) -> int:
    """The minute from which an agreed contact counts as missed by the seller."""
    if p[at.PROMISE] == TIMED:
        return p[at.PROMISE_AT] + c.GRACE + 1
    return (p[at.PROMISE_AT] // DAY + 1) * DAY


def advance(turn: Turn, to: int, stop_for_buyers: bool = True) -> None:
    """Let the calendar run to minute `to`, or to the moment before it at which a buyer gets in touch.

    Things happen in the order of (minute, prospect). At the deadline every prospect that is still open ends.
    """
    deadline = turn.rules.deadline
    if to > deadline:
        to = deadline
    while to >= turn.calm:
        when, who = _next(turn)
        if when > to:
            turn.calm = min(when, deadline)
            break
        if when > turn.clock:
            turn.clock = when
        if _happen(turn, who) and stop_for_buyers:
            return
    turn.clock = to
    if to >= deadline:
        _deadline(turn)


def _next(turn: Turn) -> tuple[int, int]:
    """The minute at which the next thing happens by itself, and to whom; `FAR` if nothing ever does."""
    when, who = FAR, -1
    for i, p in enumerate(turn.people):
        if not p[at.RESULT]:
            soonest = min(p[INBOUND_AT], p[SILENT_AT]) if i == turn.active else due(p)
            if soonest < when:
                when, who = soonest, i
    return when, who


def _happen(turn: Turn, who: int) -> bool:
    """Carry out what is due for one prospect; True when the buyer gets in touch."""
    p, now = turn.people[who], turn.clock
    if who != turn.active:
        if min(p[at.RIVAL_AT], p[at.DRIFT_AT]) <= now < (awake := turn.rules.opens[now]):  # nobody decides at night
            p[at.RIVAL_AT] = max(p[at.RIVAL_AT], awake)
            p[at.DRIFT_AT] = max(p[at.DRIFT_AT], awake)
            return False
        if p[at.RIVAL_AT] <= now:
            rival = turn.rules.prospects[who].prospect.buyer.rival
            if rival is None:
                end(turn, who, p, "lost-to-rival", "bought from somebody else")
            else:
                end(turn, who, p, "lost-to-rival", "bought from {what}", rival.name)
            return False
        if p[at.DRIFT_AT] <= now:
            end(turn, who, p, "lost-to-no-decision", "settled for leaving things as they are")
            return False
        if p[at.PROMISE] >= DATED and missed_at(p) <= now:
            p[at.PROMISE] = NO_PROMISE
            p[at.INVITED] = 0
            p[at.BROKEN] += 1
            p[at.LET_PASS] += 1
            p[at.ADVANCES] -= 1  # a date that the seller lets pass was no decision after all
            p[at.DECISIONS] -= 1
            p[at.CONTINUATIONS] += 1
            turn.tell(who, "promise", LET_PASS, "the agreed time passed without a word from you")
            turn.trust(who, p, c.BROKEN_TRUST, "the agreed time passed without a word from you")
            return False
        if p[at.HERE_UNTIL] and p[at.HERE_UNTIL] <= now:
            p[at.HERE_UNTIL] = 0
            turn.tell(who, "contact", GAVE_UP, "got no answer from you, and stopped waiting")
            return False
    if p[at.SILENT_AT] <= now:
        p[at.SILENT_AT] += c.SILENCE_PERIOD
        if p[at.PROMISE] >= DATED:  # until then nobody expects to hear anything
            return False
        since = p[at.LAST_CONTACT] if p[at.LAST_CONTACT] > NEVER else turn.rules.start
        turn.trust(
            who, p, c.SILENCE_TRUST, "silence for {what}", span_text(now - since) if turn.trace is not None else ""
        )
        return False
    if p[at.INBOUND_AT] <= now:
        p[at.INBOUND_AT] = FAR
        if who == turn.active:
            return False
        p[at.HERE_UNTIL] = turn.rules.opens[now + c.HERE_FOR]
        turn.tell(who, "contact", WROTE_BACK if p[at.WRITES_BACK] else CAME_BACK, "got in touch")
        return True
    return False


def _deadline(turn: Turn) -> None:
    if turn.active >= 0:
        turn.people[turn.active][at.CONTINUATIONS] += 1
        turn.tell(turn.active, "continuation", 0, "time ran out in the middle of the conversation")
        turn.active = -1
    for who, p in enumerate(turn.people):
        if p[at.RESULT]:
            continue
        if p[at.FIRST_TALK] < 0 and not p[at.TOUCHES]:
            end(turn, who, p, "never-contacted", "nobody ever spoke to them")
        elif p[at.INDECISION] == 2 and p[at.REAL]:
            end(turn, who, p, "lost-to-no-decision", "never came to a decision")
        else:
            end(turn, who, p, "expired", "time ran out, and nothing had been decided")


def end(turn: Turn, who: int, p: People, result: str, cause: str, of: str = "") -> None:
    """Close the file of a prospect, for a cause as `Turn.tell` takes it."""
    p[at.RESULT] = RESULT[result]
    p[at.ENDED_AT] = turn.clock
    p[at.PROMISE] = NO_PROMISE
    p[at.HERE_UNTIL] = 0
    turn.tell(who, "ends", p[at.RESULT], cause, "", of)


def in_contact(turn: Turn, rules: ProspectRules, p: People, since: int, empty: bool = False) -> None:
    """Note that seller and buyer have been in contact from minute `since` until now.

    Rivals and the status quo only gain on a buyer who is out of contact: their clocks stand still meanwhile, and after
    contact that brought something for as long as it is remembered.
    """
    p[at.LAST_CONTACT] = turn.clock
    if p[at.SILENT_AT] < FAR:
        p[at.SILENT_AT] = turn.clock + c.SILENCE_PERIOD
    since = max(since, p[at.HELD_UNTIL])
    until = turn.clock if empty else turn.clock + (c.HOLDS_MULTI_CALL if rules.multi_call else c.HOLDS_ONE_CALL)
    if until > since:
        p[at.HELD_UNTIL] = until
        for slot in (at.RIVAL_AT, at.DRIFT_AT):
            if p[slot] < FAR:
                p[slot] += until - since
