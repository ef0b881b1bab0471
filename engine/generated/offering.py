"""Writing what can be done: masks of the lines on offer, and how stages give way to one another.

Each line has a bit, so that one number says what is on offer. Lines that need the same thing are struck out together:
there are fewer different tests than lines.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from engine.calendar import step_time
from engine.generated.parts import Part, trust
from engine.generated.source import Source
from engine.rules import constants as c
from engine.rules.buyer import VISIT
from engine.rules.tables import PROMISE, LineRule


def write(s: Source, part: Part) -> None:
    """What is on offer in each stage and between conversations, and what follows a line."""
    who, stages = part.who, part.rules.stages
    for number, stage in enumerate(stages):
        with s.block(f"def offered_{who}_{number}(now, p):"):
            _offered(s, part, stage.lines, number)
    with s.block(f"def between_{who}(now, p):"):
        _offered(s, part, part.rules.between, None)
    s(f"offered_{who} = ({', '.join(f'offered_{who}_{number}' for number in range(len(stages)))},)")
    s(f"carrying_{who} = {tuple(_bits(line for line in stage.lines if line.carries) for stage in stages)}")
    _contacts(s, part)
    _tidy(s, part)
    s(f"plain_{who} = {_plain(part)}")
    _onward(s, part)
    with s.block(f"def after_{who}(t, now, p):"):
        _after(s, part)


def write_legal(s: Source, parts: list[Part]) -> None:
    """The moves that can be made: lines first, then ways to let time pass; none once everything has ended."""
    if len(parts) == 1:
        _legal_alone(s)
        return
    s(f"offered = ({', '.join(f'offered_{part.who}' for part in parts)})")
    s(f"said = ({', '.join(f'said_{part.who}' for part in parts)})")
    with s.block("def legal(t):"):
        with s.block("if t.active >= 0:"):
            s("p = t.people[t.active]", "return said[t.active][offered[t.active][p[STAGE]](t.clock, p)]")
        s("moves, over, minute = (), True, minutes.seen_from(t)")
        for part in parts:
            s(f"p = t.people[{part.who}]")
            with s.block("if not p[RESULT]:"):
                s("over = False", f"moves += contacts_{part.who}(t, p, minute.opened)")
        s("return () if over else moves + minute.waits")


def _legal_alone(s: Source) -> None:
    """The same for the only prospect there is, with whom mostly nothing is agreed."""
    with s.block("def legal(t):"):
        s("p, now = t.people[0], t.clock")
        with s.block("if t.active >= 0:"):
            s("return said_0[offered_0[p[STAGE]](now, p)]")
        with s.block("if p[RESULT]:"):
            s("return ()")
        with s.block(f"if p[PROMISE] < {PROMISE['dated']} and not p[HERE_UNTIL]:"):
            s("opened, waits, to = minutes[now]")
            s("return free_0[between_0(now, p)] + waits if opened else waits")
        s("minute = minutes.seen_from(t)", "return contacts_0(t, p, minute.opened) + minute.waits")


def _contacts(s: Source, part: Part) -> None:
    """What can be done between conversations: when the business is open, at an agreed time, or for somebody who waits
    for it."""
    who, rules = part.who, part.rules
    calls = [line for line in rules.between if line.kind == "call"]
    visits = _bits(line for line in calls if line.line.channel == VISIT)
    with s.block(f"def contacts_{who}(t, p, opened):"):
        s("now = t.clock")
        with s.block("if p[HERE_UNTIL]:"):
            s(f"return free_{who}[between_{who}(now, p) & {~_bits(calls)} | {rules.take_call.bit}]")
        with s.block(f"if p[PROMISE] >= {PROMISE['dated']} and on_time(t, p):"):
            s(f"m = between_{who}(now, p)")
            with s.block(f"if p[PROMISE_BY] == {VISIT}:"):
                s(f"m &= {~_bits(calls) | visits}")
            s(f"return free_{who}[m if m & {_bits(calls)} else m | {rules.as_agreed.bit}]")
        s(f"return free_{who}[between_{who}(now, p)] if opened else ()")


def _bits(lines: Iterable[LineRule]) -> int:
    return sum(line.bit for line in lines)


def _offered(s: Source, part: Part, lines: tuple[LineRule, ...], stage: int | None) -> None:
    tests: dict[str, int] = {}
    bits = 0
    for line in lines:
        needed = part.tests(line.when, stage)
        if (before := _last_minute(part, line)) is not None:
            needed.append(f"now < {before}")
        if "False" in needed:
            continue
        bits |= line.bit
        for test in needed:
            tests[test] = tests.get(test, 0) | line.bit
    if not tests:
        s(f"return {bits} & ~p[SPENT]")
        return
    s(f"m = {bits} & ~p[SPENT]")
    for test, needing in tests.items():
        with s.block(f"if not ({test}):"):
            s(f"m &= {bits & ~needing}")
    s("return m")


def _last_minute(part: Part, line: LineRule) -> int | None:
    """The first minute at which the line's dated step would fall on the deadline or later; None for other lines.

    The later a step is proposed the later it takes place, so that one comparison tells.
    """
    step = line.line.step
    if line.kind != "propose-dated-step" or step is None:
        return None
    minutes = range(part.world.start, part.world.deadline + 1)
    return minutes[0] + bisect_left(minutes, part.world.deadline, key=lambda minute: step_time(step, minute))


def _tidy(s: Source, part: Part) -> None:
    """Go on to the next stage while this one has nothing left that carries the conversation on."""
    who = part.who
    with s.block(f"def tidy_{who}(now, p):"):
        s("stage = p[STAGE]")
        dry = f"not plain_{who}[stage] & ~p[SPENT] and not offered_{who}[stage](now, p) & carrying_{who}[stage]"
        with s.block(f"while {dry}:  # the last stage never is"):
            s("stage += 1", "p[STAGE], p[TURNS] = stage, 0")


def _onward(s: Source, part: Part) -> None:
    """Count a line, and move on when the stage is done."""
    who, stages = part.who, part.rules.stages
    s(f"turns_{who} = {tuple(stage.turns for stage in stages)}")
    done = [f"p[TURNS] >= turns_{who}[stage]"]
    for number, stage in enumerate(stages):
        if stage.until is not None:
            done.append(f"stage == {number} and {part.test(stage.until)}")
    with s.block(f"def onward_{who}(t, now, p):"):
        s("p[TURNS] += 1", "stage = p[STAGE]")
        with s.block(f"if {' or '.join(done)}:"):
            s("p[TURNS] = 0")
            with s.block(f"if stage < {len(stages) - 1}:"):
                s("p[STAGE] = stage + 1")
        _after(s, part)


def _after(s: Source, part: Part) -> None:
    """What the seller did not choose: stages that have run dry, the author's interrupts, patience running out."""
    who = part.who
    with s.block(f"if not plain_{who}[p[STAGE]] & ~p[SPENT]:"):
        s(f"tidy_{who}(now, p)")
    for number, (when, reply) in enumerate(part.rules.interrupts):
        with s.block(f"if not p[STRUCK] & {1 << number} and {part.test(when)}:"):
            s(f"p[STRUCK] |= {1 << number}")
            part.aftermath(s, reply)
            with s.block("if p[TURNS] < 0:"):
                s("p[TURNS] = 0")
            if reply.reply.ends:
                s(f"finish_{who}(t, p, False, False)", "return")
    with s.block("if p[PATIENCE] <= 0:"):
        trust(s, c.WALKED_OUT_TRUST)
        s(f"finish_{who}(t, p, False, False)")


def _plain(part: Part) -> tuple[int, ...]:
    """A mask a stage of the lines that carry it on whatever the state; in the last stage nothing has to."""
    plain = [
        _bits(line for line in stage.lines if line.carries and line.when is None and _last_minute(part, line) is None)
        for stage in part.rules.stages
    ]
    return (*plain[:-1], -1)
