"""Claims about the experiments, in few runs: the direction of the main effects, and that a miss is called one."""

from __future__ import annotations

import pickle

import pytest

from engine import world as at
from engine.evidence import experiments_follow_up as follow_up
from engine.evidence import experiments_speed as speed
from engine.evidence import experiments_talk as talk
from engine.evidence import experiments_visits as visits
from engine.evidence.findings import finding, measure, modelled
from engine.evidence.lab import lab
from engine.evidence.measurement import Estimate, Measurement, mean, share
from engine.evidence.populations import Run, played
from engine.evidence.routines import Routine, Talk, discovery
from engine.evidence.targets import targets
from engine.units import DAY, HOUR

FEW = 400


def test_pressing_helps_in_a_small_sale_and_hurts_in_a_large_one() -> None:
    small, large = talk.closing(FEW, sale="small_retail"), talk.closing(FEW, sale="large_retail")
    assert small.values[1] > small.values[0]
    assert large.values[1] < large.values[0] - 0.05


def test_fewer_objections_come_up_where_needs_come_before_features() -> None:
    assert talk.objections(FEW, sale="large_retail").value < 0.7


@pytest.mark.parametrize("reach", ["telfer", "hbr", "classic"])
def test_contact_falls_with_every_wait(reach: str) -> None:
    shares = [speed.reached(reach, speed.exactly(minute), FEW).value for minute in (1, 10, 120)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1] + 0.3


def test_orders_fall_with_every_wait() -> None:
    assert speed.sold(speed.exactly(1), FEW).value > speed.sold(speed.exactly(240), FEW).value


def test_a_day_and_hour_beat_a_vague_promise_and_a_day_alone_hardly_does() -> None:
    timed, dated = (talk.date_gain(FEW, asked=asked, sale="auto").value for asked in ("day and hour", "day"))
    assert timed > 0.1
    assert -0.05 < dated < timed / 2


def test_the_second_call_connects_more_often_than_the_first() -> None:
    first, second = follow_up.reached_by_call(FEW, calls=(1, 2)).values
    assert (second - first) / (1 - first) > first


def test_few_come_back_unasked_and_coming_back_gives_nobody_away() -> None:
    unsold = [run for run in played(lab("auto"), visits.UNCALLED, "who comes back", 5 * FEW) if not run.on_first_visit]
    again = [run for run in unsold if run.talked_again]
    assert len(again) < 0.12 * len(unsold)
    assert 0.5 < real(again) < real(unsold)  # rivals take buyers only


def real(runs: list[Run]) -> float:
    return sum(run.p[at.REAL] for run in runs) / len(runs)


def test_buyers_who_get_in_touch_are_answered_whatever_the_experiment() -> None:
    """Who is called once in vain and rings back is in conversation, and was not reached by the call."""
    runs = list(played(lab("lead", rival=None, drifts=0), Routine(calls=(10 * HOUR,)), "in touch", FEW))
    came = [run for run in runs if run.came]
    assert len(came) > 0.1 * FEW
    assert all(run.talked and not run.reached for run in came)
    assert speed.reached("telfer", speed.exactly(10 * HOUR), FEW).value < sum(run.talked for run in runs) / FEW / 2


def test_more_return_where_one_call_was_made_than_the_call_reaches() -> None:
    left_alone = visits.second_conversation(FEW, sale="auto").value
    assert visits.return_called(FEW, sale="auto", when=(4 * HOUR, DAY)).value > left_alone + 0.1


def test_most_sellers_get_a_date_from_about_half_of_those_they_ask_and_about_half_are_kept() -> None:
    agreed, kept = visits.date_agreed(FEW, sale="auto").value, visits.date_kept(FEW, sale="auto").value
    assert 0.4 < agreed < 0.67
    assert 0.4 < kept < 0.72


def test_a_good_conversation_gets_a_date_far_oftener_than_features_do() -> None:
    def agreed(*talk: str | Talk) -> float:
        asked = Routine(first=(*talk, "tomorrow-this-hour"))
        unsold = [run for run in played(lab("auto"), asked, "dates", FEW) if not run.on_first_visit]
        return sum(run.p[at.ADVANCES] for run in unsold) / len(unsold)

    assert agreed(discovery) > 1.5 * agreed("feature-one", "feature-two", "the-price", "will-you-buy")


def test_those_who_need_many_calls_order_less_often() -> None:
    assert follow_up.orders_of_many_calls(2 * FEW, calls=7).value < 0.9


def test_too_many_cold_messages_and_more_ask_to_be_left_alone() -> None:
    assert follow_up.opt_outs(5 * FEW, emails=4).value > 1.5


def test_a_meeting_agreed_is_kept_and_no_other_call_is_made_before_it() -> None:
    runs = list(played(lab("b2b"), talk.in_meetings(dated=True), "kept", 40))
    assert sum(run.p[at.KEPT] for run in runs) > 40
    assert sum(run.p[at.BROKEN] for run in runs) == 0


def test_the_more_undecided_the_fewer_buy() -> None:
    low, moderate, high = talk.win_by_level(FEW).values
    assert low > moderate > high


def test_dearer_orders_are_cancelled_more_often() -> None:
    cheap, middle, dear = visits.cancelled(FEW, prices=(4_000, 10_000, 30_000)).values
    assert cheap < middle < dear


def test_excitement_lasts_six_hours_on_the_mean() -> None:
    assert visits.excitement(20).value == pytest.approx(6, abs=0.1)


def test_rivals_take_as_long_to_answer_as_the_table_of_constants_says() -> None:
    assert speed.rivals_mean(FEW).value == pytest.approx(42, rel=0.2)
    parts = [
        speed.rivals_answer(FEW, within=HOUR).value,
        speed.rivals_answer(FEW, after=HOUR, within=DAY).value,
        speed.rivals_answer(FEW, after=DAY).value,
        speed.rivals_silent(FEW).value,
    ]
    assert sum(parts) == pytest.approx(1)


def test_equal_runs_give_equal_numbers() -> None:
    assert measure("auto.first_visit", 100) == measure("auto.first_visit", 100)


def test_a_measurement_can_be_handed_to_another_process() -> None:
    found = measure("market.real_buyers", 100)
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_miss_is_called_a_miss_and_explained() -> None:
    found = finding("plan.date_time", talk.date_gain(FEW, asked="day and hour", sale="auto"))
    assert found.verdict == "outside"
    assert not found.doubtful
    assert found.target.explains


def test_a_share_has_an_error_even_where_nothing_or_everything_was_counted() -> None:
    assert share(0, 100).error > 0
    assert share(100, 100).error > 0
    assert share(0, 0).error == float("inf")


def test_a_ratio_has_the_errors_of_both_of_its_parts() -> None:
    ratio = Estimate(4.0, 0.4).over(Estimate(2.0, 0.2))
    assert ratio.value == 2.0
    assert ratio.error == pytest.approx(2.0 * (2 * 0.1**2) ** 0.5)
    assert Estimate(1.0).over(Estimate(0.0)).value == float("inf")


def test_a_mean_needs_two_numbers() -> None:
    assert mean([1.0, 3.0]) == Estimate(2.0, 1.0)
    with pytest.raises(ValueError, match="at least two"):
        mean([1.0])


def test_every_experiment_runs_and_says_what_it_measured() -> None:
    for asked in dict.fromkeys(targets().named(id).asked for id in modelled()):
        assert asked is not None
        found = asked.measure(20)
        assert isinstance(found, Measurement)
        assert len(found.values) == len(found.errors) == asked.numbers, asked
        assert found.runs >= 20
        assert found.what


def test_nine_in_ten_of_the_figures_the_model_is_held_to_are_not_missed_by_more_than_luck() -> None:
    held = [id for id in modelled() if targets().named(id).held]
    found = [finding(id, measure(id, 300)) for id in held]
    assert sum(one.verdict == "inside" or one.doubtful for one in found) >= 0.9 * len(held)
