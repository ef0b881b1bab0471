"""Why a buyer answers as they do: the chance of a yes as the rules work it out, and what it is made of.

Nothing is worked out here. Chances are those of `moves.odds`, and terms those that `decision` adds up to get there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine import world as at
from engine.rules import contact, decision
from engine.rules.deciders import missing, named
from engine.rules.moves import odds
from engine.rules.tables import LineRule, Move, ProspectRules
from engine.rules.turn import Turn
from engine.scenario.vocabulary import ASKS

YES: Final = (decision.ORDER, decision.AGREES, decision.JOINS, contact.REACHED, contact.KEPT)
"""The answers that are a yes: an order, a step, somebody who joins, a conversation."""
INVITES: Final = "invite-no"
"""The kind of line that is answered with a no, or with none."""
NO_BUYER, NOT_READY, SOMEBODY_MISSING, UNPRICED, DISTRUST, LEFT_ALONE, JUST_TRIED = (
    "no-buyer",
    "not-ready",
    "somebody-missing",
    "unpriced",
    "distrust",
    "left-alone",
    "just-tried",
)
"""What makes a yes impossible, or, distrust, unlikely whatever else is so."""


@dataclass(frozen=True, slots=True)
class Why:
    """The chance of a yes to one question, and where it came from."""

    kind: str
    """Of the line."""
    chance: int
    """Of a yes, in millionths; of a no, where somebody was invited to say one."""
    terms: tuple[tuple[str, int], ...]
    """What the log-odds of a yes are made of, in thousandths, but for their base; none where nothing adds up."""
    bars: tuple[str, ...]
    """What made it impossible, or near to it, whatever else was so."""
    missing: tuple[str, ...] = ()
    """The names of those who decide and were not there; see `deciders.missing`."""


def why(turn: Turn, move: Move) -> Why | None:
    """Why the answer to a move is what it may be; None for a move to which nobody says yes or no."""
    what = turn.rules.moves[move]
    if isinstance(what, str):
        return None
    who, line = what
    shares = odds(turn, move)
    sought = (decision.NO_SALE,) if line.kind == INVITES else YES
    if not any(answer in sought for answer, _ in shares):
        return None
    rules, p = turn.rules.prospects[who], turn.people[who]
    terms: decision.Terms = []
    bars: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    if line.kind in ASKS:
        decision.readiness(turn, rules, p, terms)
        terms.append(("signal", decision.timing(p)))
        bars, away = _bars(turn, rules, p, line), named(rules, missing(rules, p))
    elif line.kind == "propose-dated-step":
        decision.willingness(turn, rules, p, line, terms)
        bars = (DISTRUST,) if not p[at.TRUST] else ()
    elif line.kind == "call":
        bars = (LEFT_ALONE,) if p[at.OPTED_OUT] else (JUST_TRIED,) if contact.same_attempt(turn, p, line) else ()
        if not bars:
            contact.reach(turn, rules, p, terms)
    elif line.kind == INVITES:
        bars = (NO_BUYER,) if not p[at.REAL] else ()
    return Why(line.kind, sum(share for answer, share in shares if answer in sought), tuple(terms), bars, away)


def _bars(turn: Turn, rules: ProspectRules, p: Sequence[int], line: LineRule) -> tuple[str, ...]:
    """What keeps a buyer from ordering now."""
    found = {
        NO_BUYER: not p[at.REAL],
        NOT_READY: bool(p[at.REAL]) and turn.clock < p[at.READY_AT],
        SOMEBODY_MISSING: bool(missing(rules, p)),
        UNPRICED: not (p[at.PRICED] or line.prices),
    }
    return tuple(bar for bar, holds in found.items() if holds)
