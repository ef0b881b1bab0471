"""The ways to let time pass. What the calendar says about a minute is worked out once."""

from __future__ import annotations

from engine import world as at
from engine.calendar import closing, is_open, next_opening, opening_after
from engine.remembered import Remembered
from engine.rules.passing import advance
from engine.rules.tables import DATED, WAITS, Minute, Move
from engine.rules.turn import Turn
from engine.scenario.compiled import Scenario
from engine.units import DAY, HOUR
from engine.world import FAR


def minutes(scenario: Scenario, first: Move) -> Remembered[int, Minute]:
    """The minutes of a run, where nothing is agreed for later. `first` is the number of the first wait."""

    def minute(now: int) -> Minute:
        opened, closes = is_open(scenario.calendar, now), closing(scenario.calendar, now)
        waits = {first + WAITS.index(name): to for name, to in _waits(scenario, now, opened, closes)}
        return Minute(opened, closes, waits, tuple(waits))

    return Remembered(minute)


def agreed_minutes(plain: Remembered[int, Minute], first: Move) -> Remembered[tuple[int, int], Minute]:
    """The minutes from which one can wait for an agreed time, and for nothing later but the end."""

    def minute(both: tuple[int, int]) -> Minute:
        now, agreed = both
        free = plain[now]
        finish = first + WAITS.index("finish")
        left = {move: to for move, to in free.waits.items() if to <= agreed or move == finish}
        waits = {first + WAITS.index("wait.agreed"): agreed, **left}
        return Minute(free.opened, free.closes, waits, tuple(waits))

    return Remembered(minute)


def this_minute(turn: Turn) -> Minute:
    """This minute, with the wait for the next time that is agreed with anybody."""
    now, agreed = turn.clock, FAR
    for p in turn.people:
        if p[at.PROMISE] >= DATED and now < p[at.PROMISE_AT] < agreed and not p[at.RESULT]:
            agreed = p[at.PROMISE_AT]
    return turn.rules.minutes[now] if agreed >= turn.rules.deadline else turn.rules.agreed[now, agreed]


def _waits(scenario: Scenario, now: int, opened: bool, closes: int | None) -> list[tuple[str, int]]:
    calendar = scenario.calendar
    deadline = calendar.start + calendar.deadline
    found: list[tuple[str, int]] = []
    if opened and closes is not None:
        short = (("wait.15m", 15),) if _quarters_matter(scenario) else ()
        spans = (*short, ("wait.1h", HOUR), ("wait.3h", 3 * HOUR))
        found += [(name, now + minutes) for name, minutes in spans if now + minutes < closes]
        if closes - 30 > now + HOUR:
            found.append(("wait.evening", closes - 30))
    for name, ahead in (("wait.tomorrow", 1), ("wait.3d", 3), ("wait.1w", 7)):
        found.append((name, opening_after(calendar, now, ahead)))
    found = [(name, to) for name, to in found if to < deadline]
    if not opened and now < (opening := next_opening(calendar, now)) < deadline:
        found = [("wait.tomorrow", opening), *((n, t) for n, t in found if n != "wait.tomorrow")]
    each = {to: name for name, to in reversed(found)}
    return [*((name, to) for to, name in sorted(each.items())), ("finish", deadline)]


def _quarters_matter(scenario: Scenario) -> bool:
    """Whether a quarter of an hour is a wait worth offering: with enquiries, and in a sale of few days."""
    leads = any(prospect.buyer.arrives == "lead" for prospect in scenario.prospects)
    return leads or scenario.calendar.deadline <= 4 * DAY


def wait(turn: Turn, move: Move) -> None:
    """Let time pass, until the moment the wait leads to, an agreed time, or a buyer who gets in touch."""
    before = turn.clock
    advance(turn, this_minute(turn).waits[move])
    turn.tell(-1, "waits", turn.clock - before, "time passed")
