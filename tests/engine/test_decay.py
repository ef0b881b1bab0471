"""Claims about how interest fades."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import curves
from engine import world as at
from engine.curves import ONE, QUANTILES, exponential_quantile, logistic
from engine.decay import PRESETS, Fade, Fading, exponential, half_life, laws, power
from engine.rules.passing import advance
from engine.rules.turn import Turn
from engine.units import DAY, HOUR
from tests.engine.sales import BUNDLED, bundled, play, written

MINUTES = st.integers(0, 120 * DAY)
PRESET = st.sampled_from(sorted(PRESETS))


@given(PRESET, MINUTES, MINUTES)
def test_a_fading_level_never_rises(preset: str, one: int, other: int) -> None:
    early, late = sorted((one, other))
    for law in laws(PRESETS[preset]):
        assert law(early) >= law(late)


@given(PRESET)
def test_nothing_has_faded_before_time_passes(preset: str) -> None:
    assert [law(0) for law in laws(PRESETS[preset])] == [ONE, ONE]


def test_excitement_is_down_to_a_third_after_six_hours_and_nearly_gone_after_a_day() -> None:
    law = exponential(6 * HOUR)
    assert round(100 * law(6 * HOUR) / ONE) == 37
    assert law(DAY) < ONE // 50


def test_conviction_has_a_heavy_tail() -> None:
    law = power(DAY, 350)
    assert round(100 * law(DAY) / ONE) == 78
    assert law(42 * DAY) > ONE // 4


@given(st.integers(1, 30 * DAY), MINUTES, st.integers(1, 3_000))
def test_what_is_left_is_rounded_from_far_more_digits_than_are_kept(time: int, passed: int, tail: int) -> None:
    fine = Context(prec=60)

    def rounded(share: Decimal) -> int:
        return int(fine.multiply(share, ONE).to_integral_value(ROUND_HALF_EVEN))

    gone = fine.divide(Decimal(passed), Decimal(time))
    grown = fine.add(1, gone)
    assert exponential(time)(passed) == rounded(fine.exp(-gone))
    assert half_life(time)(passed) == rounded(fine.power(2, -gone))
    assert power(time, tail)(passed) == rounded(fine.power(grown, fine.divide(Decimal(-tail), 1000)))


@pytest.mark.parametrize("error", [2.0**-42, -(2.0**-42)])
def test_a_machine_whose_last_digits_differ_comes_to_the_same_numbers(
    error: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    def numbers() -> list[int]:
        exponential_quantile.cache_clear()
        curves._logistic.cache_clear()
        fading = (exponential(6 * HOUR), half_life(2 * DAY), power(DAY, 350))
        left = [law(minutes) for law in fading for minutes in range(0, 14 * DAY, 2)]
        chances = [logistic(z) for z in range(-12_000, 12_001)]
        waits = [exponential_quantile(draw, share) for draw in range(QUANTILES) for share in (1, 80_000, 999_999)]
        return left + chances + waits

    def off(function: Callable[..., float]) -> Callable[..., float]:
        return lambda x, *more: function(x, *more) * (1 + error * (int(1000 * x) & 1))

    here = numbers()
    elsewhere = SimpleNamespace(exp=off(math.exp), pow=off(math.pow), log1p=off(math.log1p))
    monkeypatch.setattr(curves, "math", elsewhere)
    assert numbers() == here


@given(
    st.sampled_from(BUNDLED),
    st.integers(0, 2**32),
    st.lists(st.integers(0, 9 * DAY), min_size=1, max_size=5),
    st.booleans(),
)
def test_letting_time_pass_in_parts_is_letting_it_pass_at_once(
    name: str, seed: int, parts: list[int], left: bool
) -> None:
    """However a stretch of time is cut up, every number of the state ends up the same."""
    state = bundled(name).new_initial_state(seed)
    if left and state.player_view().place == "conversation":
        exits = [o for o in state.player_view().options if o.kind in ("vague-follow-up", "leave")]
        state = play(state, exits[0].name) if exits else state
    cut, whole = (Turn(state.game.rules, state.core, state.luck) for _ in range(2))
    cut.active = whole.active = -1
    for part in parts:
        advance(cut, cut.clock + part, stop_for_buyers=False)
    advance(whole, whole.clock + sum(parts), stop_for_buyers=False)
    assert cut.close() == whole.close()


@given(st.integers(0, 2**32))
def test_waiting_writes_nothing_but_the_clock(seed: int) -> None:
    start = bundled("pricing-form").new_initial_state(seed)
    later = play(start, "wait.15m")
    if not any(event.what != "waits" for event in later.events):
        assert later.core[at.FIRST :] == start.core[at.FIRST :]


@given(MINUTES, st.integers(1, 30 * DAY))
def test_a_half_life_halves(minutes: int, half: int) -> None:
    law = half_life(half)
    assert law(half) == ONE // 2
    assert abs(2 * law(minutes + half) - law(minutes)) <= 2


def test_an_author_can_name_a_law_for_each_store() -> None:
    own = "{excitement: half-life 4h, conviction: power 2d 0.5}"
    game = written(f"buyer: {{name: Ada, fades: {own}}}\nlines: {{a: {{say: Hi.}}}}")
    fades = game.scenario.prospects[0].buyer.fades
    assert fades == Fade(Fading("half-life", 4 * HOUR), Fading("power", 2 * DAY, 500))
