"""The whole program of one scenario: its text, and the names that it uses but does not define."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from engine.calendar import closing
from engine.curves import exponential_quantile, log_odds, logistic
from engine.generated import chances, conversing, drawing, offering, open_turn, reaching, saying, talking
from engine.generated.parts import Part, shared
from engine.generated.remembered import Remembered
from engine.generated.source import Source
from engine.generated.waiting import Minutes
from engine.rules import Move, Rules, contact, conversation, objections
from engine.rules import constants as c
from engine.rules.decision import CERTAINLY_NOTHING, NOTHING, OBJECTION, Odds
from engine.rules.tables import LineRule
from engine.units import CERTAIN


@dataclass(frozen=True, slots=True)
class Program:
    """The text of a scenario's rules."""

    shared: Source
    """What is on offer, what may come back, how buyers are drawn, how conversations begin and end."""
    moves: tuple[Source, ...]
    """For each move its function, `move_0`, `move_1` and so on, and `odds_0` where it has a chance in it."""

    @property
    def text(self) -> str:
        """All of it, with slots by the names they have in `engine.world`."""
        return "".join(part.text for part in (self.shared, *self.moves))


def write(rules: Rules) -> Program:
    """The program of a scenario."""
    s = Source()
    shared(s)
    parts = [Part(who, prospect, rules) for who, prospect in enumerate(rules.prospects)]
    for part in parts:
        part.readings(s)
        chances.write(s, part)
        offering.write(s, part)
        drawing.write(s, part)
        conversing.write(s, part)
        reaching.write_shared(s, part)
    if len(parts) == 1:
        reaching.write_elapse(s, parts[0])
    offering.write_legal(s, parts)
    return Program(s, tuple(_move(parts, move, what) for move, what in enumerate(rules.moves)))


def _move(parts: list[Part], move: Move, what: tuple[int, LineRule] | str) -> Source:
    s = Source()
    if isinstance(what, str):
        reaching.write_wait(s, parts, move)
    else:
        who, line = what
        (saying if line.line.first >= 0 else reaching).write(s, parts[who], line)
    return s


def names(rules: Rules) -> dict[str, Any]:
    """What a program refers to: shared rules, and an author's own things under names that are numbers."""
    found: dict[str, Any] = {
        "agree": talking.agree,
        "answer_objections": objections.answer,
        "answered": talking.answered,
        "closes_at": Remembered(partial(closing, rules.scenario.calendar)),
        "confirm": objections.confirm,
        "drawn": talking.drawn,
        "elapse": open_turn.elapse,
        "exponential_quantile": exponential_quantile,
        "end": open_turn.end,
        "greet": conversation.greet,
        "isolate": objections.isolate,
        "lead_reach": contact.lead_reach,
        "log_odds": log_odds,
        "logistic": logistic,
        "minutes": Minutes(rules),
        "offer": conversation.offer,
        "on_time": contact.on_time,
        "order": talking.order,
        "raise_next": talking.raise_next,
        "spend": talking.spend,
        "visitor_reach": contact.visitor_reach,
        "fade_pressure": rules.prospects[0].pressure_law,
        "NOTHING": CERTAINLY_NOTHING,
        "TIED": _either(c.TIED_OBJECTION),
        "PITCHED": _either(c.PITCH_OBJECTION),
        **_EVENTS,
    }
    for who, prospect in enumerate(rules.prospects):
        leave = prospect.leave
        first = leave.action - leave.bit.bit_length() + 1
        lines = {line for stage in prospect.stages for line in stage.lines}
        exits = sum(line.bit for line in lines if line.ends)
        found[f"rules_{who}"] = prospect
        found[f"preset_{who}"] = prospect.prospect.buyer.reach
        found[f"blank_{who}"] = drawing.blank(Part(who, prospect, rules))
        found[f"fade_excitement_{who}"] = prospect.excitement_law
        found[f"fade_conviction_{who}"] = prospect.conviction_law
        found[f"said_{who}"] = Remembered(partial(_moves, first, leave.bit, exits))
        found[f"free_{who}"] = Remembered(partial(_moves, first, 0, 0))
    for what in rules.moves:
        if not isinstance(what, str):
            _, line = what
            found[f"line_{line.action}"] = line
            found[f"LINE_{line.action}"] = f"line.{line.line.id}"
    return found


def _moves(first: Move, leave: int, exits: int, mask: int) -> tuple[Move, ...]:
    """The moves that a mask of lines stands for, in order. `leave` is the bit of the way out that comes last where
    none of the `exits` is on offer."""
    bits = mask if mask & exits else mask | leave
    return tuple(first + bit for bit in range(bits.bit_length()) if bits >> bit & 1)


def _either(chance: int) -> Odds:
    chance = min(CERTAIN, chance)
    return ((OBJECTION, chance), (NOTHING, CERTAIN - chance))


_EVENTS = {
    "ASK": "ask",
    "BUYER": "buyer",
    "CALLBACK": "callback",
    "CALLBACK_AFTER": "callback.after",
    "FACT": "fact",
    "INVITE": "invite",
    "JOIN": "join",
    "MESSAGE": "message",
    "OBJECTION": "objection",
    "PATIENCE": "patience",
    "REACH": "reach",
    "REALLY": "really",
    "REPLY_AFTER": "reply.after",
    "RETURNS": "returns",
    "RETURNS_AFTER": "returns.after",
    "STEP": "step",
}
"""The keys of luck, by their names in a program."""
