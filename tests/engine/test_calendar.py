"""Claims about the business calendar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import (
    Calendar,
    Step,
    about_text,
    clock_text,
    closing,
    date_text,
    is_open,
    next_opening,
    opening_after,
    span_text,
    step_time,
    when_text,
)
from engine.units import DAY, HOUR, WEEK, Span

WORKDAY = (Span(9 * HOUR, 18 * HOUR),)
SHOP = Calendar(start=0, open=(WORKDAY,) * 5 + ((Span(9 * HOUR, 13 * HOUR),), ()), visit=60, deadline=WEEK)
SATURDAY_NOON = 5 * DAY + 12 * HOUR
MINUTES = st.integers(0, 12 * WEEK)


@given(MINUTES)
def test_the_next_opening_is_open_and_not_before_now(minute: int) -> None:
    opening = next_opening(SHOP, minute)
    assert opening >= minute
    assert is_open(SHOP, opening)


@given(MINUTES)
def test_an_open_minute_is_its_own_next_opening(minute: int) -> None:
    assert (next_opening(SHOP, minute) == minute) == is_open(SHOP, minute)


@given(MINUTES, st.integers(1, 7))
def test_an_opening_days_ahead_is_on_a_later_day(minute: int, days: int) -> None:
    assert opening_after(SHOP, minute, days) // DAY >= minute // DAY + days


def test_after_saturday_comes_monday() -> None:
    assert clock_text(opening_after(SHOP, SATURDAY_NOON, 1)) == "Mon 09:00"
    assert closing(SHOP, SATURDAY_NOON) == 5 * DAY + 13 * HOUR
    assert closing(SHOP, 6 * DAY) is None


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step(after=6 * HOUR), "Sat 18:00"),
        (Step(minute=18 * HOUR + 15), "Sat 18:15"),
        (Step(minute=10 * HOUR), "Sun 10:00"),
        (Step(weekday=0, minute=10 * HOUR), "Mon 10:00"),
        (Step(weekday=5, minute=10 * HOUR), "Sat 10:00"),
        (Step(weekday=2), "Wed 00:00"),
    ],
)
def test_a_step_takes_place_at_the_next_such_time(step: Step, expected: str) -> None:
    at = step_time(step, SATURDAY_NOON)
    assert clock_text(at) == expected
    assert at > SATURDAY_NOON


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 min"),
        (45, "45 min"),
        (60, "1 h"),
        (200, "3 h 20 min"),
        (DAY, "1 day"),
        (2 * DAY + 4 * HOUR, "2 days 4 h"),
    ],
)
def test_a_span_reads_as_people_say_it(minutes: int, text: str) -> None:
    assert span_text(minutes) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(50, "50 min"), (DAY + 40, "1 day 1 h"), (13 * DAY + 9 * HOUR, "13 days"), (14 * DAY - 5, "14 days")],
)
def test_a_time_that_is_left_is_told_as_what_it_is_nearest_to(minutes: int, text: str) -> None:
    assert about_text(minutes) == text


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (SATURDAY_NOON + 150, "today 14:30"),
        (SATURDAY_NOON + DAY, "tomorrow, Sun 12:00"),
        (SATURDAY_NOON + 2 * DAY, "Mon 12:00"),
        (SATURDAY_NOON + 6 * DAY, "Fri 12:00"),
        (SATURDAY_NOON + 7 * DAY, "Sat 12:00 in 7 days"),
        (SATURDAY_NOON - DAY, "Fri 12:00, yesterday"),
    ],
)
def test_a_moment_is_said_as_seen_from_now(at: int, said: str) -> None:
    assert when_text(at, SATURDAY_NOON) == said


def test_a_day_without_a_time_is_said_as_seen_from_now() -> None:
    days = [date_text(SATURDAY_NOON + n * DAY, SATURDAY_NOON) for n in (0, 1, 2, 7)]
    assert days == ["today", "tomorrow, Sun", "Mon", "Sat in 7 days"]
