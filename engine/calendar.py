"""The business calendar: whole minutes, counted from Monday 00:00 of the run's first week."""

from __future__ import annotations

from dataclasses import dataclass

from engine.units import DAY, HOUR, WEEK, Span
from engine.words import gettext, marked, ngettext

WEEKDAYS = (
    *(marked("Mon"), marked("Tue"), marked("Wed"), marked("Thu"), marked("Fri")),
    *(marked("Sat"), marked("Sun")),
)
"""To be translated where they are shown."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The business week. `start` counts from Monday 00:00; `open` has the hours of each weekday, Monday first."""

    start: int
    open: tuple[tuple[Span, ...], ...]
    visit: int
    """Most minutes of one conversation."""
    deadline: int
    """Minutes from the start until the sale is over, one way or another."""


@dataclass(frozen=True, slots=True)
class Step:
    """When a dated step is to take place, and how."""

    after: int | None = None
    """Minutes from now, or None when `minute` says."""
    weekday: int | None = None
    """0 is Monday; None is the next day on which `minute` is still to come, unless `days` says."""
    minute: int | None = None
    """Minute of the day; None when only the day is named."""
    channel: int = 1
    timed: bool = True
    """Whether the time of day is part of what is agreed."""
    days: int | None = None
    """So many days after the day on which it is proposed; 1 is tomorrow."""


def is_open(calendar: Calendar, minute: int) -> bool:
    """Whether the seller's business is open at this minute."""
    of_day = minute % DAY
    return any(span.low <= of_day < span.high for span in calendar.open[minute // DAY % 7])


def next_opening(calendar: Calendar, minute: int) -> int:
    """The first minute from this one on at which the business is open; this one itself if it is open now.

    A calendar that never opens is refused when the scenario is read; for such a calendar it is the minute itself.
    """
    day = minute // DAY
    for later in range(day, day + 8):
        for span in calendar.open[later % 7]:
            if minute < later * DAY + span.high:
                return max(minute, later * DAY + span.low)
    return minute


def opening_after(calendar: Calendar, minute: int, days: int) -> int:
    """The first opening on the calendar day that is `days` (1 or more) days after this one, or on a later day."""
    return next_opening(calendar, (minute // DAY + days) * DAY)


def closing(calendar: Calendar, minute: int) -> int | None:
    """The minute at which the business closes today, or None on a day without opening hours."""
    spans = calendar.open[minute // DAY % 7]
    return minute // DAY * DAY + max(span.high for span in spans) if spans else None


def step_time(step: Step, minute: int) -> int:
    """When a step proposed now takes place. A day without a time stands for the start of that day."""
    if step.after is not None:
        return minute + step.after
    of_day = step.minute if step.minute is not None else 0
    if step.days is not None:
        return (minute // DAY + step.days) * DAY + of_day
    if step.weekday is None:
        at = minute // DAY * DAY + of_day
        return at if at > minute else at + DAY
    at = minute // WEEK * WEEK + step.weekday * DAY + of_day
    return at if at > minute else at + WEEK


def clock_text(minute: int) -> str:
    """Weekday and time: `Sat 10:40`."""
    return f"{weekday_text(minute)} {time_text(minute)}"


def weekday_text(minute: int) -> str:
    """The weekday: `Sat`."""
    return gettext(WEEKDAYS[minute // DAY % 7])


def time_text(minute: int) -> str:
    """The time of day: `10:40`."""
    return f"{minute % DAY // HOUR:02}:{minute % HOUR:02}"


def day_text(minute: int, start: int) -> str:
    """The day of the run, weekday and time: `day 1, Sat 10:40`."""
    return gettext("day {number}, {when}").format(number=minute // DAY - start // DAY + 1, when=clock_text(minute))


def run_clock_text(minute: int, start: int, end: int) -> str:
    """A moment of a run from `start` to `end`: `Sat 10:40`; `day 9, Sat 10:40` where a weekday may come twice."""
    return clock_text(minute) if end // DAY - start // DAY < WEEK // DAY else day_text(minute, start)


def whole_day_text(minute: int, start: int) -> str:
    """The day of the run and its weekday: `day 1, Sat`."""
    return gettext("day {number}, {when}").format(number=minute // DAY - start // DAY + 1, when=weekday_text(minute))


def when_text(minute: int, now: int) -> str:
    """A moment as people near it say it: `today 10:40`, `tomorrow, Sun 09:00`, `Thu 09:00`, `Sat 10:40 in 7 days`."""
    days = minute // DAY - now // DAY
    if days == 0:
        return gettext("today {time}").format(time=time_text(minute))
    return _on(days, clock_text(minute))


def date_text(minute: int, now: int) -> str:
    """The day of a moment, as people near it say it: `today`, `tomorrow, Sun`, `Thu`, `Sat in 7 days`."""
    days = minute // DAY - now // DAY
    return gettext("today") if days == 0 else _on(days, weekday_text(minute))


def _on(days: int, when: str) -> str:
    """A day that is not today, so many days away, with its name or the moment on it."""
    if days == 1:
        return gettext("tomorrow, {when}").format(when=when)
    if days == -1:
        return gettext("{when}, yesterday").format(when=when)
    if 0 < days < 7:
        return when
    told = gettext("{when} in {days} days") if days > 0 else gettext("{when}, {days} days ago")
    return told.format(when=when, days=abs(days))


def about_text(minutes: int) -> str:
    """A length of time to the nearest hour above a day, and to the nearest day above three: `13 days`."""
    step = DAY if minutes > 3 * DAY else HOUR if minutes > DAY else 1
    return span_text((minutes + step // 2) // step * step)


def span_text(minutes: int) -> str:
    """A length of time as people say it: `15 min`, `3 h 20 min`, `2 days`, `2 days 4 h`."""
    if minutes < HOUR:
        return gettext("{minutes} min").format(minutes=minutes)
    if minutes < DAY:
        hours, rest = divmod(minutes, HOUR)
        told = gettext("{hours} h {minutes} min") if rest else gettext("{hours} h")
        return told.format(hours=hours, minutes=rest)
    days, rest = divmod(minutes, DAY)
    hours = rest // HOUR
    told = ngettext("{days} day", "{days} days", days)
    if hours and days < 3:
        told = ngettext("{days} day {hours} h", "{days} days {hours} h", days)
    return told.format(days=days, hours=hours)
