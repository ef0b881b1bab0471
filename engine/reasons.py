"""Why the buyer said yes or no to each question of a run, in points of chance, and when a yes was to be had.

A term of the rules' log-odds is told as what it was worth: the chance as it was, less the chance with a middling value
of that term in its place (half of interest, of trust and of needs met in a question, and nothing of anything else). So
the points of several terms need not add up: each says what it alone has given or cost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from engine import world as at
from engine.curves import log_odds, logistic
from engine.play import State
from engine.rules import Turn
from engine.rules import constants as c
from engine.rules.decision import Terms
from engine.rules.endings import regret
from engine.rules.moves import outcome_name
from engine.rules.value import ORDERED
from engine.rules.why import YES, Why, why
from engine.scenario.vocabulary import ASKS
from engine.units import CERTAIN, percent

_MIDDLING: Final[Mapping[str, Mapping[str, int]]] = {
    **{
        kind: {"interest": c.DECIDE_INTEREST // 2, "trust": c.DECIDE_TRUST // 2, "needs": c.DECIDE_NEEDS // 2}
        for kind in ASKS
    },
    "propose-dated-step": {"interest": c.AGREE_INTEREST // 2, "trust": c.AGREE_TRUST // 2},
}
"""Middling values of terms, by the kind of the line; 0 where not named."""
THERE: Final = CERTAIN // 2
"""The chance of a yes from which on a sale was there to be had."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that made a yes likelier, or less likely."""

    what: str
    """A term of `rules.decision`: `interest`, `objections`, `signal` ..."""
    points: int
    """What it gave, or cost if below 0, in points of chance (hundredths)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from a question that could be answered with yes or no."""

    move: int
    """Index into the run's moves."""
    prospect: int
    kind: str
    """Of the line."""
    yes: bool
    chance: int
    """Of a yes, in percent; of a no, where somebody was invited to say one."""
    reasons: tuple[Reason, ...]
    """The largest first; none below a point."""
    bars: tuple[str, ...]
    """What ruled a yes out, see `rules.why`."""
    missing: tuple[str, ...] = ()
    """The names of those who decide and were not there."""
    came: str = ""
    """What came of it, in the words of `vocabulary.OUTCOMES`; nothing in a debrief that was kept before it was told."""


def answers(end: State) -> tuple[Answer, ...]:
    """Every question of a run that could be answered with yes or no, with its reasons."""
    found = (answer(before, after) for before, after in pairwise(end.states()))
    return tuple(each for each in found if each is not None)


def answer(before: State, after: State) -> Answer | None:
    """What came of one move, if it was such a question, with the reasons; None otherwise."""
    what = before.game.rules.moves[after.action]
    if isinstance(what, str) or not _came_to_it(after, what[0]):
        return None
    told = why(Turn(before.game.rules, before.core, before.luck), after.action)
    if told is None:
        return None
    who, line = what
    came = after.people[who][at.LAST] - 1
    return Answer(
        before.moves,
        who,
        line.kind,
        came in YES,
        percent(told.chance),
        reasons(told),
        told.bars,
        told.missing,
        outcome_name(came),
    )


def _came_to_it(after: State, who: int) -> bool:
    """Whether anything came back from a move, or the time was over before it."""
    return any(event.prospect == who and event.what in ("reply", "narration", "contact") for event in after.events)


def reasons(told: Why) -> tuple[Reason, ...]:
    """The terms of a chance as points, the largest first."""
    if not told.terms or not told.chance:
        return ()
    z, middling = log_odds(max(1, min(told.chance, CERTAIN - 1))), _MIDDLING.get(told.kind, {})
    found = [
        Reason(what, percent(told.chance - logistic(z - (value - middling.get(what, 0))))) for what, value in told.terms
    ]
    return tuple(sorted((each for each in found if each.points), key=lambda each: (-abs(each.points), each.what)))


@dataclass(frozen=True, slots=True)
class Chance:
    """A moment at which the decision could have been asked for."""

    move: int
    """Index of the move that was made instead."""
    prospect: int
    action: int
    """The ask that was on the menu."""
    percent: int
    """How likely a yes was."""


def missed(end: State) -> tuple[Chance, ...]:
    """For each prospect who did not order, the moment at which an order was most likely and was not asked for; only
    where it was at least as likely as not."""
    best: dict[int, Chance] = {}
    for before, after in pairwise(end.states()):
        turn = Turn(before.game.rules, before.core, before.luck)
        for action in before.legal_actions():
            what = before.game.rules.moves[action]
            if isinstance(what, str) or what[1].kind not in ASKS or after.action == action:
                continue
            told = why(turn, action)
            if told is not None and told.chance >= THERE:
                found = Chance(before.moves, what[0], action, percent(told.chance))
                if what[0] not in best or found.percent > best[what[0]].percent:
                    best[what[0]] = found
    return tuple(each for who, each in sorted(best.items()) if not _ordered(end, who))


def cancelling(end: State, who: int) -> tuple[int, int] | None:
    """How likely it was, in percent, that this order would be cancelled, and how much of that the pressure had added;
    None for a prospect who did not order."""
    if not _ordered(end, who):
        return None
    p = end.people[who]
    turn = Turn(end.game.rules, end.core, end.luck)
    turn.clock = p[at.ENDED_AT]
    told: Terms = []
    chance = percent(regret(turn, end.game.rules.prospects[who], p, told))
    return chance, chance - percent(dict(told)["price"])


def _ordered(end: State, who: int) -> bool:
    return end.people[who][at.RESULT] == ORDERED


__all__ = ["Answer", "Chance", "Reason", "answers", "cancelling", "missed", "reasons"]
