"""Writing how a conversation with one buyer begins and ends; see `engine.rules.conversation`."""

from __future__ import annotations

from engine.generated.parts import Part, in_contact
from engine.generated.source import Source
from engine.rules import constants as c
from engine.rules.tables import PROMISE
from engine.units import DAY, HOUR
from engine.world import FAR


def write(s: Source, part: Part) -> None:
    """How a conversation begins and ends."""
    _begin(s, part)
    _finish(s, part)


def _begin(s: Source, part: Part) -> None:
    """Fresh patience, a stage to begin in, and at an agreed time whoever was invited."""
    who, span = part.who, part.rules.prospect.buyer.patience
    with s.block(f"def begin_{who}(t, p, channel, stage, agreed):"):
        s("now, talks = t.clock, p[TALKS]", f"t.active, t.started = {who}, now")
        patience = f"t.luck[{who}].between({span.low}, {span.high}, PATIENCE, talks)"
        s(f"p[PATIENCE] = p[PATIENCE_FULL] = min({part.world.scenario.calendar.visit * 60}, {patience})")
        s("p[CHANNEL], p[STAGE], p[TALKS] = channel, stage, talks + 1")
        s("p[TURNS] = p[IN_A_ROW] = p[ASKED_NOW] = p[ASKED_WITH] = p[REFUSED_NOW] = 0")
        with s.block("if agreed:"):
            s("p[PRESENT], p[INVITED] = p[INVITED], 0")
        with s.block(f"elif p[PROMISE] == {PROMISE['vague']}:"):
            s("p[PROMISE] = 0")
        s("p[ATTEMPTS] = p[HERE_UNTIL] = p[WRITES_BACK] = 0", f"p[INBOUND_AT] = {FAR}")
        with s.block("if p[FIRST_TALK] < 0:"):
            s("p[FIRST_TALK] = now")
        s(f"tidy_{who}(now, p)")
        part.note_able(s)


def _finish(s: Source, part: Part) -> None:
    """Decided, with a date agreed, or as a continuation."""
    who = part.who
    with s.block(f"def finish_{who}(t, p, decided, agreed):"):
        s("now, t.active = t.clock, -1")
        in_contact(s, part, "t.started")
        s("p[TALKED_AT] = now", "p[PRESENT] = 0")
        with s.block(f"if p[PROMISE] >= {PROMISE['dated']} and p[PROMISE_AT] <= now + {c.GRACE}:"):
            s("p[PROMISE] = p[INVITED] = 0", "p[KEPT] += 1")
        with s.block("if decided:"):
            s("p[DECISIONS] += 1")
        with s.block("elif not agreed:"):
            _leave_open(s)
        with s.block(f"if p[REAL] and p[INBOUND_AT] >= {FAR} and not p[RESULT]:"):
            s(f"luck, talk = t.luck[{who}], p[TALKS]")
            with s.block(f"if luck.chance(RETURNS, talk) < {part.rules.prospect.buyer.returns}:"):
                s(f"p[INBOUND_AT] = now + luck.between({DAY // 2}, {c.RETURN_DAYS * DAY}, RETURNS_AFTER, talk)")


def _leave_open(s: Source) -> None:
    """Nothing was agreed: answers that nobody confirmed come back, and something may be due the same day."""
    s("p[CONTINUATIONS] += 1", "shaky = p[ANSWERED] & ~p[CONFIRMED]")
    with s.block("if shaky:"):
        s("p[SETTLED] &= ~shaky", "p[ANSWERED] &= ~shaky", "p[OPEN] |= shaky")
    with s.block(f"if p[PROMISE] < {PROMISE['dated']}:"):
        s("closes = closes_at[now]")
        with s.block(f"if closes is not None and closes - now >= {HOUR}:"):
            s("p[DUE] += 1", f"p[DUE_DAY] = now // {DAY}")
