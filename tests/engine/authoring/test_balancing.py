"""What came of a scenario that everybody has played, why, and what a change to it did."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from engine.authoring.balancing import changed_orders, lead, school_lead, sigmas
from engine.authoring.changes import Change, changes
from engine.authoring.following import WHYS, BuyerKind, Course, follow, together
from engine.authoring.parts import marked
from engine.authoring.without import need_name, needs, without, worth
from engine.doctrines import DOCTRINES, SCHOOLS
from engine.rules import prepare
from engine.scenario import read_scenario
from engine.scenario.compiled import Scenario
from engine.simulate import simulate
from engine.units import POINT, Span
from tests.engine.sales import BUNDLED, bundled

PAGE = Path(__file__).parents[3] / "scenarios" / "problems" / "FV605.md"
RUNS = 40


@cache
def hurried() -> Scenario:
    """Patience of 20 to 25 minutes, and a question that comes after 27."""
    text = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    return read_scenario(text.encode(), "hurried.yaml")


def courses(scenario: Scenario, runs: int = RUNS) -> dict[str, Course]:
    rules = prepare(scenario)
    return {name: follow(rules, SCHOOLS[name], range(runs)) for name in SCHOOLS}


def change(scenario: Scenario, field: str, nth: int = 0) -> Change:
    return [each for each in changes(scenario) if each.field == field][nth]


@pytest.mark.parametrize("name", ["first-five-minutes", "friday-pipeline"])
def test_a_course_says_of_runs_what_a_tally_says(name: str) -> None:
    rules = bundled(name).rules
    course = follow(rules, DOCTRINES["collector"], range(20))
    tally = simulate(rules, DOCTRINES["collector"], range(20), each=True)
    ends = course.count("end order-first-visit"), course.count("end order-later"), course.count("end no-sale")
    assert ends == (tally.ends[0], tally.ends[1], tally.ends[3])
    assert course.earned == tally.earned
    assert (course.count("moves"), course.count("minutes")) == (tally.moves.total, tally.minutes.total)


def test_courses_add_up_in_any_order() -> None:
    rules = bundled("first-five-minutes").rules
    one, other = (follow(rules, SCHOOLS["plan-a"], seeds) for seeds in (range(12), range(12, 20)))
    assert one + other == other + one == follow(rules, SCHOOLS["plan-a"], range(20))


@pytest.mark.parametrize("name", BUNDLED)
def test_every_buyer_without_an_order_is_lost_for_one_reason(name: str) -> None:
    course = follow(bundled(name).rules, SCHOOLS["collector"], range(10))
    ordered = course.count("end order-first-visit") + course.count("end order-later")
    assert sum(course.count(f"why {why}") for why in WHYS) == course.count("buyers") - ordered


def test_patience_that_ends_too_soon_is_the_reason_and_more_of_it_the_remedy() -> None:
    now = courses(hurried())
    assert together(now.values()).count("first could-ask") == 0
    assert now["plan-a"].share("why patience", "buyers") > 0.5
    longer = change(hurried(), "buyer.patience", 2)
    assert (longer.what, longer.was) == ("patience of 50..62 minutes", "20..25 minutes")
    then = courses(longer.scenario)
    assert together(then.values()).share("first could-ask", "first") > 0.5
    first, every = changed_orders(now, then)
    assert sigmas(first) > 2
    assert sigmas(every) > 2


def test_a_price_that_is_never_named_is_the_reason() -> None:
    patient = change(hurried(), "buyer.patience", 2).scenario
    (one,) = patient.prospects
    nowhere = tuple(replace(line, first=2, last=2) if line.id == "price" else line for line in one.lines)
    course = follow(
        prepare(replace(patient, prospects=(replace(one, lines=nowhere),))), DOCTRINES["always-close"], range(RUNS)
    )
    assert course.orders == 0
    assert course.count("first could-ask") == 0
    assert course.count("why unpriced") + course.count("why no-way") > course.count("buyers") / 2


def test_a_change_that_changes_nothing_leaves_every_order_as_it_was() -> None:
    now = courses(hurried(), 20)
    first, every = changed_orders(now, courses(hurried(), 20))
    assert (sigmas(first), sigmas(every)) == (0, 0)


def test_each_change_can_be_played_and_is_one_change() -> None:
    for each in changes(bundled("saturday-showroom").scenario):
        assert each.scenario.digest() != bundled("saturday-showroom").scenario.digest()
        follow(prepare(each.scenario), SCHOOLS["plan-a"], range(2))


def test_what_an_author_turns_is_tried_up_and_down() -> None:
    tried = [each.what for each in changes(bundled("saturday-showroom").scenario)]
    for pair in ({"rivals twice as quick", "rivals half as quick"}, {"a ceiling of 40%", "a ceiling of 0%"}):
        assert pair <= set(tried)
    for field in ("buyer.trust", "buyer.interest", "buyer.ready"):
        assert len([each for each in changes(bundled("saturday-showroom").scenario) if each.field == field]) == 2
    patience = [each for each in changes(hurried()) if each.field == "buyer.patience"]
    assert [each.what for each in patience] == [
        f"patience of {span} minutes" for span in ("13..16", "30..37", "50..62")
    ]


def test_levels_far_from_the_usual_are_tried_as_buyers_usually_begin() -> None:
    cold = replace(hurried().prospects[0].buyer, interest=Span(5 * POINT, 10 * POINT), trust=Span(0, 5 * POINT))
    scenario = replace(hurried(), prospects=(replace(hurried().prospects[0], buyer=cold),))
    tried = {each.what for each in changes(scenario)}
    assert {"interest of 50..60 at the start", "trust of 30..40 at the start"} <= tried
    assert not any(each.what in tried for each in changes(hurried()) if each.field in ("buyer.interest", "buyer.trust"))


def test_wrong_answers_can_be_made_to_cost_more() -> None:
    scenario = bundled("pricing-form").scenario
    dearer = change(scenario, "replies (trust)").scenario
    replies = [
        [(line.id, reply.effects.trust or 0) for line in one.prospects[0].lines for reply in line.replies]
        for one in (scenario, dearer)
    ]
    cost = {id: before - after for (id, before), (_, after) in zip(*replies, strict=True) if before != after}
    assert set(cost.values()) == {500}


def test_changes_that_are_no_changes_are_not_offered() -> None:
    fields = [each.field for each in changes(hurried())]
    assert "buyer.decides" not in fields
    assert "objections (chance)" not in fields
    assert "buyer.rival" not in fields


def test_the_lead_of_a_school_says_how_many_runs_would_make_it_sure() -> None:
    rules = bundled("first-five-minutes").rules
    found = {name: follow(rules, SCHOOLS[name], range(30)) for name in SCHOOLS}
    ahead = school_lead(found)
    assert ahead.by.value >= 0
    assert lead(found, ahead.second, ahead.first).by.value == -ahead.by.value
    assert ahead.needed(30) is None or (ahead.needed(30) or 0) >= 30


def test_each_buyer_is_of_one_kind_in_each_way_and_all_of_them_earn_what_was_earned() -> None:
    course = follow(bundled("saturday-showroom").rules, SCHOOLS["plan-a"], range(RUNS))
    for by in ("prospect", "decides", "real", "need"):
        tallies = [tally for kind, tally in course.kinds.items() if kind.by == by]
        assert sum(tally.met for tally in tallies) == RUNS
        assert sum(tally.earned for tally in tallies) == sum(value for _, value in course.earned)
        assert sum(tally.orders for tally in tallies) == sum(every for _, _, every in course.ordered)


def test_nobody_orders_who_buys_from_nobody() -> None:
    course = follow(bundled("saturday-showroom").rules, SCHOOLS["collector"], range(RUNS))
    assert course.kinds[BuyerKind("real", 0, 0)].orders == 0 < course.kinds[BuyerKind("real", 0, 1)].orders


def test_a_run_is_as_long_as_its_moves() -> None:
    course = follow(bundled("pricing-form").rules, SCHOOLS["plan-a"], range(RUNS))
    assert sum(course.lengths.values()) == RUNS
    assert sum(moves * runs for moves, runs in course.lengths.items()) == course.count("moves")


def test_ringing_again_at_once_is_counted_and_ringing_once_patience_is_back_is_not() -> None:
    rules = bundled("pricing-form").rules
    talker = follow(rules, DOCTRINES["talker"], range(RUNS))
    assert 0 < talker.count("soon") < talker.count("prospects")
    assert talker.count("soon orders") <= talker.count("soon")
    waits = follow(rules, SCHOOLS["speed-first"], range(RUNS))
    assert waits.count("soon") == 0


@pytest.mark.parametrize("name", ["first-five-minutes", "pricing-form"])
def test_a_run_that_is_listened_to_is_the_run_that_it_was(name: str) -> None:
    whole, marks = marked(bundled(name).scenario)
    now = follow(bundled(name).rules, SCHOOLS["same-day"], range(8))
    heard = follow(prepare(whole), SCHOOLS["same-day"], range(8), marks)
    assert now.heard == {}
    assert heard.heard
    assert replace(heard, heard={}) == now


@pytest.mark.parametrize("name", ["first-five-minutes", "friday-pipeline"])
def test_a_run_that_never_said_a_line_or_heard_a_reply_is_the_same_without_it(name: str) -> None:
    rules, (whole, marks) = bundled(name).rules, marked(bundled(name).scenario)
    now = {"plan-a": follow(prepare(whole), SCHOOLS["plan-a"], range(12), marks)}
    left_out = without(rules, now, 12)
    assert {each.what for each in left_out} == {"line", "need"} | ({"reply"} if name == "friday-pipeline" else set())
    for each in [*left_out[::7], *(each for each in left_out if each.what == "reply")][:20]:
        other = set(range(12)) - set(each.seeds["plan-a"])
        earned = dict(now["plan-a"].earned)
        again = follow(prepare(each.scenario), SCHOOLS["plan-a"], sorted(other))
        assert again.earned == tuple((seed, earned[seed]) for seed in sorted(other)), each.name


def test_the_only_question_is_worth_what_is_earned_and_an_idle_line_is_worth_nothing() -> None:
    patient = change(hurried(), "buyer.patience", 2).scenario
    rules = prepare(patient)
    now = {"plan-a": follow(rules, SCHOOLS["plan-a"], range(RUNS))}
    (ask,) = [each for each in without(rules, now, RUNS) if each.name == "ask"]
    found = worth(now, ask, {"plan-a": follow(prepare(ask.scenario), SCHOOLS["plan-a"], ask.seeds["plan-a"])})
    assert found.runs == len(now["plan-a"].said[rules.names.index("ask")])
    assert sigmas(found.by) > 2


def test_a_need_that_is_left_out_is_told_and_never_met() -> None:
    scenario = bundled("first-five-minutes").scenario
    now = {"plan-a": follow(bundled("first-five-minutes").rules, SCHOOLS["plan-a"], range(20))}
    places = {need_name(scenario, who, fact): place for who, fact, place in needs(scenario)}
    left_out = without(bundled("first-five-minutes").rules, now, 10)
    assert all(len(each.seeds["plan-a"]) <= 10 for each in left_out)
    assert {each.name for each in left_out if each.what == "need"} == places.keys()
    for each in left_out:
        if each.what == "need":
            then = follow(prepare(each.scenario), SCHOOLS["plan-a"], each.seeds["plan-a"])
            place = places[each.name]
            assert then.count(f"told {place}") == len(each.seeds["plan-a"])
            assert then.count(f"met {place}") == 0 < now["plan-a"].count(f"met {place}")
