"""Writing what all moves share for one prospect: conditions as expressions, and changes of levels as statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine import world
from engine.curves import ONE
from engine.generated.source import NAMES, Source
from engine.rules import Rules
from engine.rules import conditions as reading
from engine.rules import constants as c
from engine.rules.conditions import Condition
from engine.rules.moves import EVENT
from engine.rules.tables import LineRule, ProspectRules, ReplyRule
from engine.units import DAY, LEVEL

_SHIFT = ONE.bit_length() - 1
"""Dividing by `curves.ONE`, which is a power of two, is a shift, and twice as quick."""


@dataclass(frozen=True, slots=True)
class Part:
    """One prospect of a scenario, for whom a part of the program is written."""

    who: int
    rules: ProspectRules
    world: Rules

    @property
    def able(self) -> str:
        """Whether the buyer could decide now; see `Turn.able`."""
        text = "p[REAL] and now >= p[READY_AT]"
        if self.rules.prospect.roles:
            text += " and (not p[DECIDER] or p[PRESENT] >> p[DECIDER] - 1 & 1)"
        return text

    def note_able(self, s: Source) -> None:
        """Note that there was a moment at which the buyer could have decided."""
        with s.block(f"if not p[ASKABLE] and {self.able}:"):
            s("p[ASKABLE] = 1")

    @property
    def pressure(self) -> str:
        """The pressure the buyer feels now."""
        return f"(p[PRESSURE] and p[PRESSURE] * fade_pressure(now - p[PRESSED_AT]) >> {_SHIFT})"

    def tests(self, condition: Condition | None, stage: int | None = None) -> list[str]:
        """A condition as expressions that must all be true. `stage` is the stage, where it is known beforehand."""
        return list(self._tests(condition, stage)) if condition else []

    def test(self, condition: Condition | None) -> str:
        """A condition as one expression."""
        return " and ".join(self.tests(condition)) or "True"

    def _tests(self, condition: Condition, stage: int | None) -> Iterator[str]:
        for slot, mask, wanted in condition.masks:
            place = f"p[{NAMES[slot]}]"
            if not wanted:
                yield f"not {place} & {mask}"
            elif mask == wanted and mask.bit_count() == 1:
                yield f"{place} & {mask}"
            else:
                yield f"{place} & {mask} == {wanted}"
        for slot, allowed in condition.picks:
            if slot == world.STAGE and stage is not None:
                if not allowed >> stage & 1:
                    yield "False"
            elif allowed.bit_count() == 1:
                yield f"p[{NAMES[slot]}] == {allowed.bit_length() - 1}"
            else:
                yield f"{allowed} >> p[{NAMES[slot]}] & 1"
        for slot, mask in condition.any_of:
            yield f"p[{NAMES[slot]}] & {mask}"
        for what, low, high in condition.ranges:
            yield self._range(what, low, high)

    def _range(self, what: int, low: int, high: int) -> str:
        if what == reading.DAYS:
            first = self.rules.start // DAY
            return f"{(first + low) * DAY} <= now < {(first + high + 1) * DAY}"
        if what == reading.PATIENCE:
            return self._patience(low, high)
        text = self._reading(what)
        if high >= world.FAR:
            return text if low == 1 else f"{text} >= {low}"
        if low == high:
            return f"{text} == {low}"
        return f"{text} <= {high}" if low <= 0 else f"{low} <= {text} <= {high}"

    def _patience(self, low: int, high: int) -> str:
        """Whether the share of patience that is left, rounded down, lies in a range; without a division."""
        left, full = f"p[PATIENCE] * {LEVEL}", "(p[PATIENCE_FULL] or 1)"
        above = f"{left} >= {low} * {full}" if low > 0 else ""
        below = f"{left} < {high + 1} * {full}" if high < LEVEL else ""
        return " and ".join(filter(None, (above, below))) or "True"

    def _reading(self, what: int) -> str:
        """A number that is never below 0: a slot, or what `Turn` computes from several."""
        if what >= 0:
            return f"p[{NAMES[what]}]"
        match what:
            case reading.INTEREST:
                return f"interest_{self.who}(now, p)"
            case reading.EXCITEMENT:
                return f"(p[EXCITEMENT] * fade_excitement_{self.who}(now - p[SINCE]) >> {_SHIFT})"
            case reading.CONVICTION:
                return f"(p[CONVICTION] * fade_conviction_{self.who}(now - p[SINCE]) >> {_SHIFT})"
            case reading.PRESSURE:
                return self.pressure
            case reading.READY:
                return f"(1 if {self.able} else 0)"
            case reading.PUZZLING:
                return "p[OPEN] & ~p[OPENED_UP]"
            case reading.UNSURE:
                return "p[ANSWERED] & ~p[CONFIRMED]"
            case reading.QUESTIONED:
                return "p[ASKS] + p[INVITES] + p[STEPS]"
        raise ValueError(f"no reading {what}")

    # changes

    def readings(self, s: Source) -> None:
        """Interest, what moves it, and pressure, with this buyer's laws of fading."""
        who = self.who
        with s.block(f"def interest_{who}(now, p):"):
            s("passed = now - p[SINCE]")
            with s.block("if not passed:"):
                s("return p[FLOOR] + p[EXCITEMENT] + p[CONVICTION]")
            s(f"fast = p[EXCITEMENT] * fade_excitement_{who}(passed) >> {_SHIFT}")
            s(f"return p[FLOOR] + fast + (p[CONVICTION] * fade_conviction_{who}(passed) >> {_SHIFT})")
        with s.block(f"def stir_{who}(now, p, excitement, conviction):  # not for two zeroes"):
            self._settle(s)
            with s.block("if excitement > 0:"):
                s(f"excitement = excitement * ({LEVEL} - p[FLOOR] - fast - slow) // {LEVEL}")
            with s.block("elif excitement < -fast:"):
                s("excitement = -fast")
            s("p[EXCITEMENT] = fast = fast + excitement")
            with s.block("if conviction > 0:"):
                s(f"conviction = conviction * ({LEVEL} - p[FLOOR] - fast - slow) // {LEVEL}")
            with s.block("elif conviction < -slow:"):
                s("conviction = -slow")
            s("p[CONVICTION] = slow + conviction")

    def _settle(self, s: Source) -> None:
        """What is left of excitement (`fast`) and conviction (`slow`), with their anchor moved to now."""
        s("fast, slow, passed = p[EXCITEMENT], p[CONVICTION], now - p[SINCE]")
        with s.block("if passed:"):
            s(f"fast = fast * fade_excitement_{self.who}(passed) >> {_SHIFT}")
            s(f"slow = slow * fade_conviction_{self.who}(passed) >> {_SHIFT}")
            s("p[SINCE] = now")

    def stir(self, s: Source, excitement: int, conviction: int) -> None:
        """Change the stores of interest by so many level units; see `Turn.stir`."""
        if not excitement and not conviction:
            return
        self._settle(s)
        room = f"({LEVEL} - p[FLOOR] - fast - slow)"
        if excitement > 0:
            s(f"fast += {excitement} * {room} // {LEVEL}")
        elif excitement:
            s(f"fast = max(0, fast - {-excitement})")
        s("p[EXCITEMENT] = fast")
        if conviction > 0:
            s(f"slow += {conviction} * {room} // {LEVEL}")
        elif conviction:
            s(f"slow = max(0, slow - {-conviction})")
        s("p[CONVICTION] = slow")

    def aftermath(self, s: Source, reply: ReplyRule) -> None:
        """What a reply changes beyond the line's own effects."""
        excitement, conviction, change, pressure = reply.effects
        self.stir(s, excitement, conviction)
        trust(s, change)
        press(s, pressure)
        if reply.reveals:
            s(f"new = {reply.reveals} & p[HAS] & ~p[KNOWN]")
            self.learn(s, reply.reveals)
        for index in reply.reply.raises:
            with s.block(f"if not (p[OPEN] | p[SETTLED]) & {1 << index}:"):
                s(f"p[RAISED] |= {1 << index}", f"p[OPEN] |= {1 << index}", f"p[ANSWERED] &= {~(1 << index)}")
        if reply.reply.opens is not None:
            s(f"p[STAGE] = {reply.reply.opens}", "p[TURNS] = -1")

    def learn(self, s: Source, possible: int) -> None:
        """Note that the facts in the mask `new`, not known before, have been told; `possible` are those it may hold."""
        if possible >> self.rules.decider & 1:
            with s.block(f"if new & {1 << self.rules.decider}:"):
                s("p[TOLD_DECIDER] = p[DECIDER] + 1")
        s("p[KNOWN] |= new")


def trust(s: Source, change: int) -> None:
    """Change trust; gains shrink with the room left."""
    if change > 0:
        s(f"p[TRUST] += {change} * ({LEVEL} - p[TRUST]) // {LEVEL}")
    elif change < 0:
        s(f"p[TRUST] = max(0, p[TRUST] - {-change})")


def in_contact(s: Source, part: Part, since: str, empty: bool = False) -> None:
    """Note contact since a minute; what brought something holds rivals and the status quo off. See
    `passing.in_contact`."""
    s("p[LAST_CONTACT] = now")
    with s.block(f"if p[SILENT_AT] < {world.FAR}:"):
        s(f"p[SILENT_AT] = now + {c.SILENCE_PERIOD}")
    if empty and since == "now":
        return
    hold = c.HOLDS_MULTI_CALL if part.rules.multi_call else c.HOLDS_ONE_CALL
    s(f"until, since = now + {hold}, max({since}, p[HELD_UNTIL])")
    with s.block("if until > since:"):
        s("p[HELD_UNTIL] = until")
        for slot in ("RIVAL_AT", "DRIFT_AT"):
            with s.block(f"if p[{slot}] < {world.FAR}:"):
                s(f"p[{slot}] += until - since")


def press(s: Source, change: int, times: str = "") -> None:
    """Change pressure, from what is left of it now; `times` is an expression to multiply with, never 0."""
    if change:
        s(f"press(now, p, {change}{times})")


def shared(s: Source) -> None:
    """What does not depend on the prospect."""
    with s.block("def press(now, p, change):"):
        s("held = p[PRESSURE]")
        with s.block("if held and now != p[PRESSED_AT]:"):
            s(f"held = held * fade_pressure(now - p[PRESSED_AT]) >> {_SHIFT}")
        s("held += change")
        with s.block("if held < 0:"):
            s("held = 0")
        with s.block(f"elif held > {LEVEL}:"):
            s(f"held = {LEVEL}")
        s("p[PRESSURE] = held", "p[PRESSED_AT] = now")
        with s.block("if held > p[MOST_PRESSURE]:"):
            s("p[MOST_PRESSURE] = held")


def draw(s: Source, part: Part, line: LineRule) -> None:
    """Let luck say what comes back from a line with a chance in it, unless that is given."""
    event, slot = EVENT.get(line.kind, ("", -1))
    key, occurrence = (event.upper(), f"p[{NAMES[slot]}]") if event else (f"LINE_{line.action}", "0")
    with s.block("if answer is None:"):
        s(f"answer = drawn(odds_{line.action}(t), t.luck[{part.who}], {key}, {occurrence})")
