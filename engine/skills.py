"""What a run shows of the seller's skills, as counts that can be added up over runs.

Each skill is a part of a whole: of the buyers who could have decided, those who were asked to. What a run gave no
occasion for has a whole of 0 and is left out. The scorecard prints most of them as terms; two stand here alone, since
they are no matter of conduct: whether the real reason behind an objection was found, and how the steps were dated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine import world as at
from engine.rules.contact import lead_reach
from engine.rules.tables import ProspectRules
from engine.units import points
from engine.words import marked
from engine.world import Prospect

People = Sequence[tuple[ProspectRules, Prospect]]
"""The prospects of a run, each with its rules."""

CLOSED: Final = marked("first-visit close")
LEANING: Final = marked("follow-up dependence")
NEEDS: Final = marked("needs found")
REASONS: Final = marked("real reason found")
ASKED: Final = marked("asked when it could be answered")
DATED: Final = marked("steps dated")
PROMISES: Final = marked("promises kept")
SAME_DAY: Final = marked("same-day follow-up")
SPEED: Final = marked("time to first contact")
WAITED: Final = marked("minutes to first contact")
PRESSURE: Final = marked("pressure")


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill in one run."""

    name: str
    """One of those above, which are keys of what is said: what is shown is looked up."""
    part: int
    whole: int
    """Above 0, but for dependence: follow-ups without one decision are told too."""


def skills(people: People) -> tuple[Skill, ...]:
    """The skills that a run called for."""
    leads = [first_contact(rules, p) for rules, p in people if rules.prospect.buyer.arrives == "lead"]
    waits = [waited for waited, _ in leads if waited is not None]
    felt = [points(p[at.MOST_PRESSURE]) for _, p in people if p[at.TALKS]]
    counts = {
        CLOSED: first_visit(people),
        LEANING: dependence(people),
        NEEDS: needs(people),
        REASONS: reasons(people),
        ASKED: asked(people),
        DATED: dated(people),
        PROMISES: promises(people),
        SAME_DAY: same_day(people),
        SPEED: (sum(reach for _, reach in leads), 100 * len(leads)),
        WAITED: (sum(waits), len(waits)),
        PRESSURE: (sum(felt), 100 * len(felt)),
    }
    return tuple(
        Skill(name, part, whole) for name, (part, whole) in counts.items() if whole or (name == LEANING and part)
    )


def first_visit(people: People) -> tuple[int, int]:
    """How many ordered in their first conversation, and how many could have."""
    closed = sum(p[at.FIRST_CLOSE] for _, p in people)
    could = sum(
        1
        for rules, p in people
        if p[at.FIRST_CLOSE] or (p[at.REAL] and p[at.READY_AT] <= max(p[at.FIRST_TALK], rules.start))
    )
    return closed, could


def dependence(people: People) -> tuple[int, int]:
    """Continuations and follow-ups that were not agreed to a date, and the decisions collected."""
    leaning = sum(p[at.CONTINUATIONS] + p[at.UNDATED] for _, p in people)
    return leaning, sum(p[at.DECISIONS] for _, p in people)


def needs(people: People) -> tuple[int, int]:
    """The points of need that were told to the seller, and those that the buyers they talked to had."""
    found = there = 0
    for rules, p in people:
        has = p[at.HAS] & rules.needs if p[at.TALKS] else 0
        for index, weight in enumerate(rules.weights):
            if has >> index & 1:
                there += weight
                found += weight if p[at.KNOWN] >> index & 1 else 0
    return found, there


def reasons(people: People) -> tuple[int, int]:
    """The objections of which what lay behind them was told or settled, and those that were raised."""
    raised = [(p[at.RAISED], p[at.OPENED_UP] | p[at.SETTLED]) for _, p in people]
    return sum((all & found).bit_count() for all, found in raised), sum(all.bit_count() for all, _ in raised)


def asked(people: People) -> tuple[int, int]:
    """The buyers who were asked to decide when they could have, and those of whom there was such a moment."""
    could = [p for _, p in people if p[at.TALKS] and p[at.ASKABLE]]
    return sum(p[at.ASKED_ABLE] > 0 for p in could), len(could)


def dated(people: People) -> tuple[int, int]:
    """The conversations that ended in a dated step, and those that ended with the sale still open. A date that the
    seller let pass was none."""
    steps = sum(p[at.ADVANCES] for _, p in people)
    return steps, steps + sum(p[at.CONTINUATIONS] for _, p in people)


def promises(people: People) -> tuple[int, int]:
    """The agreed times that the seller kept, and all that came."""
    kept = sum(p[at.KEPT] for _, p in people)
    return kept, kept + sum(p[at.BROKEN] for _, p in people)


def same_day(people: People) -> tuple[int, int]:
    """The follow-ups made on the day on which they were due, and those that were due; in one-call sales."""
    one_call = [p for rules, p in people if not rules.multi_call]
    return sum(p[at.DONE] for p in one_call), sum(p[at.DUE] for p in one_call)


def first_contact(rules: ProspectRules, p: Prospect) -> tuple[int | None, int]:
    """The minutes from an enquiry to the first attempt, None without one; and how much of the chance to reach somebody
    after five minutes was left by then, in percent."""
    if p[at.FIRST_TRY] < 0:
        return None, 0
    waited = p[at.FIRST_TRY] - rules.start
    return waited, min(100, 100 * lead_reach("telfer", waited) // lead_reach("telfer", 5))
