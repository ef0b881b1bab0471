"""Writing what is done between conversations: calls, messages and other work, one function a line.

The order of what happens is that of `engine.rules.contact`. What cannot happen with a line is not written, and what
happens seldom is left to shared functions.
"""

from __future__ import annotations

from engine.generated.parts import Part, draw, in_contact, press, trust
from engine.generated.source import Source
from engine.rules import Move
from engine.rules import constants as c
from engine.rules.contact import CALL, COMES_BACK, EMAIL, KEPT, MISSED, NOT_THERE, REACHED, REPLIES, visitor_reach
from engine.rules.tables import PROMISE, LineRule
from engine.units import CERTAIN, DAY, LEVEL
from engine.world import FAR, NEVER

_DATED, _TIMED = PROMISE["dated"], PROMISE["timed"]


def write_shared(s: Source, part: Part) -> None:
    """How likely this buyer is to be reached, and to write back."""
    _reach(s, part)
    _answered(s, part)


def write(s: Source, part: Part, line: LineRule) -> None:
    """Everything that follows from one line between conversations."""
    match line.kind:
        case "call":
            _call(s, part, line)
        case "task":
            with s.block(f"def move_{line.action}(t, think, answer):  # task"):
                s(f"p = t.people[{part.who}]")
                _said(s, line)
                s(f"t.tasked += {line.minutes}", f"{_passes(part)}, t.clock + {line.minutes}, False)")
        case _:
            _message(s, part, line)


def write_wait(s: Source, parts: list[Part], move: Move) -> None:
    """Letting time pass, until the moment the wait leads to, an agreed time, or a buyer who gets in touch."""
    with s.block(f"def move_{move}(t, think, answer):  # wait"):
        if len(parts) > 1:
            s(f"elapse(t, minutes.seen_from(t).to[{move}], True)")
            return
        s("p = t.people[0]", f"plain = p[PROMISE] < {_DATED}")
        s(f"elapse_0(t, p, (minutes[t.clock] if plain else minutes.seen_from(t)).to[{move}], True)")


def _passes(part: Part) -> str:
    """The beginning of a call that lets time pass, in the way that is quickest for so many prospects."""
    return "elapse(t" if len(part.world.prospects) > 1 else "elapse_0(t, p"


def write_elapse(s: Source, part: Part) -> None:
    """Let time pass for the only prospect there is: at once, if nothing happens meanwhile."""
    with s.block("def elapse_0(t, p, to, stop_for_buyers):"):
        quiet = [f"to < p[{slot}]" for slot in ("INBOUND_AT", "RIVAL_AT", "DRIFT_AT", "SILENT_AT")]
        quiet += [f"to < {part.world.deadline}", f"p[PROMISE] < {_DATED}", "not p[HERE_UNTIL]"]
        with s.block(f"if {' and '.join(quiet)}:"):
            s("t.clock = to", "return")
        s("elapse(t, to, stop_for_buyers)")


def _reach(s: Source, part: Part) -> None:
    """Chance, in millionths, that one attempt becomes a conversation; see `contact.reach`."""
    who, rules, buyer = part.who, part.rules, part.rules.prospect.buyer
    since = f"max(0, now - (p[TALKED_AT] if p[TALKED_AT] > {NEVER} else {rules.start}))"
    with s.block(f"def reach_{who}(now, p, agreed):"):
        if isinstance(buyer.reach, int):
            s(f"base = {buyer.reach}")
            if not rules.multi_call:
                with s.block("if p[TALKS]:"):
                    s(f"base = base * visitor_reach({since}) // {visitor_reach(0)}")
        elif buyer.arrives == "lead":
            with s.block("if p[FIRST_TALK] < 0:"):
                s(f"base = lead_reach(preset_{who}, now - {rules.start})")
            with s.block("else:"):
                s(f"base = visitor_reach({since})")
        else:
            s(f"base = visitor_reach({since})")
        s(f"connect = {c.CONNECT}[min(p[ATTEMPTS], {len(c.CONNECT) - 1})]")
        s(f"base = min({c.REACH_MOST}, base * connect // {c.CONNECT[0]})")
        with s.block("if not agreed:"):
            s("return base")
        with s.block(f"if p[PROMISE] == {_DATED}:"):
            s(f"return logistic(log_odds(max(1, base)) + {c.DATED_ODDS})")
        s(f"z = {c.KEPT_BASE} + {c.KEPT_TRUST_ODDS} * (p[TRUST] - {45 * LEVEL // 100}) // {LEVEL}")
        s(f"z += {c.KEPT_INTEREST_ODDS} * (interest_{who}(now, p) - {LEVEL // 2}) // {LEVEL}")
        with s.block("if not p[REAL]:"):
            s(f"z += {c.KEPT_FALSE}")
        s(f"return max(base, min({c.REACH_MOST}, logistic(z)))")


def _answered(s: Source, part: Part) -> None:
    """What may come back from a message, or with a share of its chance from an empty one; see `contact.odds`."""
    who = part.who
    with s.block(f"def answered_{who}(t, p, share):"):
        with s.block(f"if p[INBOUND_AT] < {FAR} or p[HERE_UNTIL]:"):
            s("return NOTHING")
        s("now = t.clock")
        s(f"chance = ({c.MESSAGE_REPLY} + {c.MESSAGE_REPLY_INTEREST} * interest_{who}(now, p) // {LEVEL}) // share")
        if part.rules.prospect.buyer.arrives == "lead":
            with s.block("if p[FIRST_TALK] < 0:"):
                s(f"chance = min(chance, 2 * reach_{who}(now, p, p[PROMISE] >= {_DATED} and on_time(t, p)))")
        with s.block("if not p[REAL]:"):
            s("chance //= 2")
        s(f"return (({REPLIES}, chance), (-1, {CERTAIN} - chance))")


def _said(s: Source, line: LineRule) -> None:
    s(f"p[SAID] |= {line.bit}")
    if line.once:
        s(f"p[SPENT] |= {line.once}")


def _moving(line: LineRule) -> bool:
    """Whether a reply of the line may change anything."""
    return any(not reply.plain or reply.reply.ends for reply in line.replies)


def _greet(s: Source, part: Part, line: LineRule, answer: str = "answer") -> None:
    """Let what comes back have its effects; a reply without any still counts as a turn."""
    greet = f"greet(t, {part.who}, rules_{part.who}, p, line_{line.action}, {answer})"
    if _moving(line):
        s(greet)
    elif line.replies:
        with s.block("if p[TURNS] < 0:"):
            s(greet)


def _offer(s: Source, part: Part, line: LineRule) -> None:
    if line.meets or line.answers_objections or line.answers_reasons:
        s(f"offer(t, {part.who}, rules_{part.who}, p, line_{line.action})")


def _attempted(s: Source, earned: str) -> None:
    """Count a contact attempt; `earned` is an expression for one that was agreed."""
    with s.block("if p[FIRST_TRY] < 0:"):
        s("p[FIRST_TRY] = now")
    with s.block(f"if p[TALKS] and not p[HERE_UNTIL]{earned and f' and not {earned}'}:"):
        s("p[UNDATED] += 1")
    with s.block("if p[DUE_DAY] >= 0:"):
        with s.block(f"if p[DUE_DAY] == now // {DAY}:"):
            s("p[DONE] += 1")
        s("p[DUE_DAY] = -1")


def _call(s: Source, part: Part, line: LineRule) -> None:
    """Try to reach somebody."""
    who, move = part.who, line.action
    channel = line.line.channel if line.line.channel is not None else CALL
    with s.block(f"def odds_{move}(t):"):
        s(f"p = t.people[{who}]")
        with s.block("if p[HERE_UNTIL]:"):
            s(f"return (({REPLIES} if p[WRITES_BACK] else {COMES_BACK}, {CERTAIN}),)")
        s(f"agreed = p[PROMISE] >= {_DATED} and on_time(t, p)", f"chance = reach_{who}(t.clock, p, agreed)")
        with s.block(f"if agreed and p[PROMISE] == {_TIMED}:"):
            s(f"return (({KEPT}, chance), ({NOT_THERE}, {CERTAIN} - chance))")
        s(f"return (({REACHED}, chance), ({MISSED}, {CERTAIN} - chance))")
    with s.block(f"def move_{move}(t, think, answer):  # call"):
        s(f"p, now = t.people[{who}], t.clock")
        draw(s, part, line)
        s(f"agreed = p[PROMISE] >= {_DATED} and on_time(t, p)")
        _attempted(s, "agreed")
        s("p[TRIED] += 1", f"p[WORKED] += {line.minutes}", "p[LAST] = answer + 1", f"channel = {channel}")
        with s.block("if agreed:"):
            if line is part.rules.as_agreed:
                s("channel = p[PROMISE_BY]")
            else:
                with s.block(f"if p[PROMISE] == {_TIMED}:"):
                    s("channel = p[PROMISE_BY]")
            _keep(s)
        with s.block(f"if answer == {MISSED} or answer == {NOT_THERE}:"):
            s("p[ATTEMPTS] += 1")
            with s.block("if agreed:"):
                s("p[INVITED] = 0")
            _greet(s, part, line)
            lucky = f"t.luck[{who}].chance(CALLBACK, p[TRIED]) < {c.CALLBACK}"
            with s.block(f"if p[REAL] and p[INBOUND_AT] >= {FAR} and {lucky}:"):
                later = f"t.luck[{who}].between(0, {len(c.CALLBACK_MINUTES) - 1}, CALLBACK_AFTER, p[TRIED])"
                s(f"p[INBOUND_AT] = now + {line.minutes} + {c.CALLBACK_MINUTES}[{later}]")
            s(f"{_passes(part)}, now + {line.minutes}, False)", "return")
        _said(s, line)
        stage = line.line.opens if line.line.opens is not None else "p[RESUME] if p[TALKS] else 0"
        s(f"begin_{who}(t, p, channel, {stage}, agreed)", "p[LAST] = answer + 1")
        part.stir(s, line.excitement, line.conviction)
        trust(s, line.trust)
        _offer(s, part, line)
        s("p[PATIENCE] -= think", f"elapse(t, now + {line.minutes}, False)")
        with s.block("if not p[RESULT]:"):
            s("t.look_ahead()")
            _greet(s, part, line)


def _keep(s: Source) -> None:
    s("p[PROMISE] = 0", "p[KEPT] += 1")
    trust(s, c.KEPT_TRUST)


def _message(s: Source, part: Part, line: LineRule) -> None:
    """Send something: useful, or with nothing new in it."""
    who, move, useful = part.who, line.action, line.kind == "touch"
    with s.block(f"def odds_{move}(t):"):
        s(f"return answered_{who}(t, t.people[{who}], {1 if useful else 2})")
    with s.block(f"def move_{move}(t, think, answer):  # {line.kind}"):
        s(f"p, now = t.people[{who}], t.clock")
        draw(s, part, line)
        if useful:
            channel = line.line.channel if line.line.channel is not None else EMAIL
            s(f"dated = p[PROMISE] >= {_DATED}")
            _attempted(s, "dated")
            with s.block(f"if dated and p[PROMISE_BY] == {channel} and on_time(t, p):"):
                _keep(s)
        else:
            _attempted(s, "")
        _said(s, line)
        s("p[HERE_UNTIL] = 0", f"gain = {_gain(line)}", "p[TOUCHES] += 1", f"p[WORKED] += {line.minutes}")
        if not useful:
            s("p[EMPTY] += 1")
        with s.block("if gain > 0:"):
            s(f"p[TRUST] += gain * ({LEVEL} - p[TRUST]) // {LEVEL}")
        with s.block("elif gain:"):
            s("p[TRUST] = max(0, p[TRUST] + gain)")
        if useful:
            trust(s, line.trust)
            part.stir(s, line.excitement, line.conviction)
            _offer(s, part, line)
        else:
            press(s, line.pressure)
        in_contact(s, part, "now", empty=not useful)
        _greet(s, part, line, "-1")
        with s.block(f"if answer == {REPLIES}:"):
            later = f"t.luck[{who}].between(0, {len(c.MESSAGE_MINUTES) - 1}, REPLY_AFTER, p[TOUCHES])"
            s(f"p[INBOUND_AT] = now + {line.minutes} + {c.MESSAGE_MINUTES}[{later}]", "p[WRITES_BACK] = 1")
        s(f"{_passes(part)}, now + {line.minutes}, False)")


def _gain(line: LineRule) -> str:
    """Trust for the nth message of a run, before it is counted. Empty ones count for more, and gain nothing."""
    gains = c.TOUCH_TRUST
    if line.kind != "touch":
        gains = tuple(min(0, line.trust * c.EMPTY_COUNTS if gain > 0 else gain) for gain in gains)
    return f"{gains}[min(p[TOUCHES] + p[EMPTY] * {c.EMPTY_COUNTS - 1}, {len(gains) - 1})]"
