"""Chances of losing a buyer who is out of contact: what they come to in a day, and over the time the sale is open.

One law adds them up, the one by which the rules draw the day: as long as nobody is in touch, each hour is as dangerous
as any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from engine.curves import compounded
from engine.scenario.notation import NotationError
from engine.scenario.times import duration, rate
from engine.units import CERTAIN, DAY, WEEK

if TYPE_CHECKING:
    from engine.scenario.compiled import Scenario
    from engine.scenario.reading import Node


def default_deadline(*, multi: bool) -> int:
    """How long the sale is open, in minutes: longer than the last buyers take to be ready."""
    return 10 * WEEK if multi else 14 * DAY


def rate_text(per_day: int, deadline: int) -> str:
    """A chance a day, in millionths, with what it comes to by the deadline: `1.5% a day: 61% by the deadline`."""
    daily = f"{per_day / 10_000:.2f}".rstrip("0").rstrip(".")
    whole = compounded(per_day, DAY, deadline)
    points = (whole + CERTAIN // 200) * 100 // CERTAIN
    if whole and not points:
        said = "less than 1%"
    elif points == 100 and whole < CERTAIN:
        said = "over 99%"
    else:
        said = f"{points}%"
    return f"{daily}% a day: {said} by the deadline"


def losses(scenario: Scenario, who: int) -> Iterator[str]:
    """How a prospect may be lost who is out of contact, each with its rate."""
    buyer, deadline = scenario.prospects[who].buyer, scenario.calendar.deadline
    if buyer.drifts:
        yield f"settles for nothing, {rate_text(buyer.drifts, deadline)}"
    if buyer.rival is not None:
        yield f"buys from the rival, {rate_text(buyer.rival.per_day, deadline)}"


def written(root: Node, text: str) -> str:
    """The same of a rate as it stands in a file, of which this is the root; empty if it is none."""
    with suppress(NotationError):
        open_for = _open_for(root)
        return rate_text(rate(text.strip()).per_day(open_for), open_for)
    return ""


def _open_for(root: Node) -> int:
    """How long the sale in a file is open. Raises NotationError if what it says cannot be read."""
    calendar, prospects = root.data.get("calendar"), root.data.get("prospects")
    if isinstance(calendar, dict) and isinstance(calendar.get("deadline"), str):
        return duration(calendar["deadline"].strip())
    sellings: list[Any] = list(prospects.values()) if isinstance(prospects, dict) else [{}]
    sales = [one.get("sale", root.data.get("sale")) for one in sellings if isinstance(one, dict)]
    return default_deadline(multi="multi-call" in sales)
