"""Each notation reads what it should, in the rules' units, and nothing else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scenario import notation, times
from engine.scenario.notation import Discount, Ends, NotationError
from engine.scenario.times import Moment


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        (times.duration, "20m", 20),
        (times.duration, "3h", 180),
        (times.duration, "2d", 2880),
        (times.duration, "1w", 10080),
        (times.duration, "1h30m", 90),
        (times.duration, "0m", 0),
        (notation.chance, "35%", 350_000),
        (notation.chance, "2.5%", 25_000),
        (notation.chance, "100%", 1_000_000),
        (times.rate, "17% a day", times.Rate(170_000, 1_440)),
        (notation.money, "38900", 3_890_000),
        (notation.money, "4.50", 450),
        (notation.money, "4.5", 450),
        (notation.discount, "500", Discount(money=50_000)),
        (notation.discount, "3%", Discount(share=30_000)),
        (times.clock, "18:15", 1095),
        (times.clock, "9:05", 545),
        (times.clock, "24:00", 1440),
        (times.moment, "18:15", Moment(None, 1095)),
        (times.moment, "Mon 10:00", Moment(0, 600)),
        (times.weekday, "Sun", 6),
        (notation.change, "+5", 500),
        (notation.change, "-3", -300),
        (notation.flag, "yes", True),
        (notation.flag, "no", False),
        (notation.flag, "true", True),
    ],
)
def test_a_notation_reads(reader: Callable[[str], object], text: str, value: object) -> None:
    assert reader(text) == value


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (times.duration, "20"),
        (times.duration, "30m1h"),
        (times.duration, "-5m"),
        (times.duration, "1.5h"),
        (times.duration, ""),
        (times.duration, "200w"),
        (notation.chance, "35"),
        (notation.chance, "0.35"),
        (notation.chance, "101%"),
        (notation.chance, "2.55%"),
        (notation.chance, "٣٥%"),
        (times.rate, "17%"),
        (times.rate, "17% a week"),
        (notation.money, "-5"),
        (notation.money, "1,000"),
        (notation.money, "4.505"),
        (notation.money, "1e3"),
        (times.clock, "24:01"),
        (times.clock, "9"),
        (times.clock, "12:60"),
        (times.weekday, "Monday"),
        (times.moment, "next Mon 10:00"),
        (notation.change, "five"),
        (notation.change, "+500"),
        (notation.flag, "maybe"),
        (notation.ident, "Ada"),
        (notation.ident, "-a"),
        (notation.ident, "a" * 41),
        (times.opening_hours, "Mon 09:00"),
        (times.opening_hours, "Mon 09:00-12:00, Mon 11:00-18:00"),
    ],
)
def test_a_notation_refuses(reader: Callable[[str], object], text: str) -> None:
    with pytest.raises(NotationError):
        reader(text)


@pytest.mark.parametrize(
    ("reader", "text", "says"),
    [
        (lambda text: notation.whole(text, 1, 1440), "99999999999", "is outside 1 to 1440"),
        (lambda text: notation.whole(text, 1, 1440), "-" + "9" * 5000, "is outside 1 to 1440"),
        (notation.change, "+1000000000", "is outside -100 to 100"),
        (times.duration, "999999h", "is longer than two years"),
        (times.duration, "1w99999999999m", "is longer than two years"),
        (notation.chance, "1000%", "is more than 100%"),
        (notation.money, "99999999999.50", "is more than a price can be"),
        (times.day, "in 5000 days", "is outside 1 to 365"),
    ],
)
def test_what_is_well_written_and_far_too_much_is_told_that_it_is(
    reader: Callable[[str], object], text: str, says: str
) -> None:
    with pytest.raises(NotationError, match=says) as refused:
        reader(text)
    assert refused.value.code == "FV206"


def test_a_time_without_a_unit_is_offered_as_it_is_or_not_at_all() -> None:
    with pytest.raises(NotationError) as refused:
        times.duration("2000")
    assert "`2000m` minutes" in refused.value.help
    with pytest.raises(NotationError) as refused:
        times.duration("99999999999")
    assert "9999" not in refused.value.help


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("55..70", Ends(55, 70)),
        ("55 .. 70", Ends(55, 70)),
        ("55..", Ends(55, None)),
        ("..70", Ends(None, 70)),
        ("55", Ends(55, 55)),
    ],
)
def test_one_notation_for_ranges(text: str, found: Ends) -> None:
    assert notation.span(text, int) == found


def test_ranges_of_times_and_chances_are_written_the_same_way() -> None:
    assert notation.span("40m..1h", times.duration) == Ends(40, 60)
    assert notation.span("14%..20%", notation.chance) == Ends(140_000, 200_000)


def test_opening_hours_are_read_by_the_day() -> None:
    assert times.opening_hours("Mon-Tue 09:00-19:00, Sat 09:00-17:00") == [
        (0, 540, 1140),
        (1, 540, 1140),
        (5, 540, 1020),
    ]


def test_opening_hours_may_run_over_the_weekend() -> None:
    assert [day for day, _, _ in times.opening_hours("Fri-Mon 10:00-12:00")] == [0, 4, 5, 6]


READERS: list[Callable[[str], object]] = [
    times.duration,
    notation.chance,
    times.rate,
    notation.money,
    notation.discount,
    times.clock,
    times.moment,
    times.weekday,
    notation.change,
    notation.flag,
    notation.ident,
    times.opening_hours,
    lambda text: notation.span(text, times.duration),
    lambda text: notation.whole(text, 0, 100),
]


@given(st.text(alphabet=st.sampled_from("0123456789.:%-+ ,amdhwMonyes…–²٣\n\t"), max_size=30) | st.text(max_size=30))
def test_no_text_makes_a_notation_fail_in_another_way(text: str) -> None:
    for reader in READERS:
        with contextlib.suppress(NotationError):
            reader(text)


def test_what_is_too_long_for_a_range_is_not_searched_for_one() -> None:
    """Help that tries every place to cut a text takes the square of its length: a minute and more for this one."""
    for text in ("1" + "." * 1_000_000, "1" + ".to" * 300_000 + "!", "1" + " " * 1_000_000 + "."):
        with pytest.raises(NotationError) as caught:
            notation.span(text, times.duration)
        assert len(caught.value.message) < 200


def test_a_range_written_as_elsewhere_is_told_how_it_is_written_here() -> None:
    for text in ("3h-5h", "3h to 5h", "3h – 5h", "3h...5h", "3h…5h"):
        with pytest.raises(NotationError) as caught:
            notation.span(text, times.duration)
        assert caught.value.instead is not None
        assert caught.value.instead.text == "3h..5h"
