"""What a balance says in words, from figures made up for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.authoring.changes import changes
from engine.authoring.following import BuyerKind, BuyerTally, Course
from engine.authoring.without import Worth
from engine.doctrines import BY_SCHOOL, FOILS, SCHOOLS
from engine.intervals import Mean
from engine.scenario.compiled import AnyOf, Clause, Scenario
from game.report.balance import Balance, advice, as_data
from tests.engine.sales import bundled

RUNS = 40


def course(income: int, **counts: int) -> Course:
    """Runs that earned about so much; of counts `_` stands for a space."""
    named = {name.replace("_", " ").replace("  ", "_"): times for name, times in counts.items()}
    earned = tuple((seed, income + 100 * (seed % 3)) for seed in range(RUNS))
    orders = named.get("end order", 0)
    ordered = tuple((seed, 0, int(seed < orders)) for seed in range(RUNS))
    filled = {"prospects": RUNS, "buyers": RUNS, "first": RUNS, "moves": 12 * RUNS, "minutes": 30 * RUNS, **named}
    filled["end order-later"] = orders
    return Course(earned, ordered, filled)


def balance(courses: Mapping[str, Course], scenario: Scenario | None = None) -> Balance:
    game = bundled("saturday-showroom")
    return Balance(scenario or game.scenario, game.rules, 1, RUNS, False, False, courses, (), (), (), (), 0)


def everybody(income: int = 1_000, orders: int = 20, **counts: int) -> dict[str, Course]:
    return {name: course(income, end_order=orders, **counts) for name in (*SCHOOLS, *FOILS)}


def told(courses: Mapping[str, Course]) -> str:
    found = balance(courses)
    as_data(found)  # the same figures for programs
    return "\n".join(advice(found))


def test_nobody_orders() -> None:
    text = told(everybody(orders=0, why_patience=30, why_no=10))
    assert "Nobody orders: no school got an order from any of 200 buyers." in text
    assert "Most of those who did not: patience ended before an ask (75%); said a clear no (25%)." in text


def test_nearly_everybody_orders() -> None:
    assert "Nearly everybody orders, whatever the school" in told(everybody(orders=38))


def test_what_one_school_sells_to_nearly_everybody_is_said_though_others_sell_nothing() -> None:
    others = {name: course(0) for name in SCHOOLS}
    easy = told(everybody() | others | {"plan-a": course(9_000, end_order=38)})
    assert "With plan-a, 95% of those who buy from anybody order." in easy
    assert "of those who buy from anybody order" not in told(everybody() | {"plan-a": course(9_000, end_order=30)})


def test_where_no_number_helps_it_is_said_what_the_school_that_is_taught_needs() -> None:
    scenario = bundled("saturday-showroom").scenario
    courses = everybody() | {"speed-first": course(9_000, end_order=20)}
    found = replace(balance(courses), changed=tuple((each, courses) for each in changes(scenario)[:2]))
    text = "\n".join(advice(found))
    assert "No single change that was tried puts a school surely ahead that it is to teach" in text
    assert "same-day: It leaves, and calls before the day is over." in text


def test_a_habit_that_earns_more_than_every_school_is_called_what_it_is() -> None:
    text = told(everybody() | {"talker": course(9_000, end_order=20)})
    assert "A bad habit (talker) earns more than every school: the scenario rewards what it should not." in text


def test_a_habit_that_earns_as_much_is_no_better_and_no_worse() -> None:
    assert "earns about as much as the best school" in told(everybody())


def test_the_school_that_is_taught_and_is_behind() -> None:
    ahead = next(
        name for school, name in BY_SCHOOL.items() if school not in bundled("saturday-showroom").scenario.teaches
    )
    text = told(everybody() | {ahead: course(9_000, end_order=20)})
    assert f"{ahead} is ahead of" in text
    assert "It is to teach" in text


def test_schools_that_are_equal_are_not_told_apart() -> None:
    assert "No school is surely ahead" in told(everybody())


@pytest.mark.parametrize(("moves", "long"), [(12, False), (60, True)])
def test_a_run_that_is_long(moves: int, long: bool) -> None:
    text = told(everybody(moves=moves * RUNS))
    assert f"A school's run takes {moves} moves" in text
    assert ("That is long" in text) is long


def test_who_decides_is_named_where_it_matters() -> None:
    alone, both = BuyerKind("decides", 0, 0), BuyerKind("decides", 0, 1)
    courses = everybody(orders=20)
    for name in SCHOOLS:
        courses[name] = replace(courses[name], kinds={alone: BuyerTally(20, 0, 18), both: BuyerTally(20, 0, 2)})
    text = told(courses)
    assert "Who decides matters: with" in text
    assert "90% order where the buyer decides alone, and 10% where the buyer decides with" in text


def test_who_decides_is_not_named_where_it_may_be_luck() -> None:
    alone, both = BuyerKind("decides", 0, 0), BuyerKind("decides", 0, 1)
    courses = everybody(orders=20)
    for name in SCHOOLS:
        courses[name] = replace(courses[name], kinds={alone: BuyerTally(20, 0, 10), both: BuyerTally(20, 0, 9)})
    assert "Who decides matters" not in told(courses)


def test_hanging_up_and_ringing_again_is_told_where_it_pays() -> None:
    pays = everybody() | {"expert": course(2_000, end_order=20, soon=30, soon_orders=10)}
    assert "expert does so with 75% of its prospects after nothing was agreed, and 50% of its orders" in told(pays)
    hardly = everybody() | {"expert": course(2_000, end_order=20, soon=30, soon_orders=2)}
    assert "Hanging up" not in told(hardly)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (Mean(-300, 50), "earn less in the runs"),
        (Mean(-3, 1), "makes no difference"),
        (Mean(0, 1), "makes no difference"),
        (Mean(300, 50), ""),
    ],
)
def test_a_line_that_does_harm_or_nothing_is_named(by: Mean, said: str) -> None:
    found = replace(balance(everybody()), worth=(Worth("line", "chat", 40, by, 40),))
    text = "\n".join(advice(found))
    assert said in text
    assert text.count("chat") == bool(said)


@pytest.mark.parametrize(("by", "said"), [(Mean(-3, 1), True), (Mean(300, 50), False), (Mean(-300, 50), False)])
def test_a_reply_whose_doing_makes_no_difference_is_named(by: Mean, said: bool) -> None:
    found = replace(balance(everybody()), worth=(Worth("reply", "chat: Nice day ...", 40, by, 3),))
    assert ("of the best: chat: Nice day ..." in "\n".join(advice(found))) is said


def test_a_need_that_changes_nobodys_choice_is_named_unless_a_line_waits_for_it() -> None:
    scenario = bundled("first-five-minutes").scenario
    free, awaited = "test-free", "test-awaited"
    prospect = scenario.prospects[0]
    facts = (replace(prospect.facts[0], id=free), replace(prospect.facts[1], id=awaited), *prospect.facts[2:])
    lines = tuple(replace(line, when=()) for line in prospect.lines[1:])
    waiting = replace(prospect.lines[0], when=(AnyOf(((Clause("knows", (1,)),),)),))
    scenario = replace(scenario, prospects=(replace(prospect, facts=facts, lines=(waiting, *lines)),))

    def told(otherwise: int) -> str:
        worth = [Worth("need", name, 40, Mean(0, 1), otherwise) for name in (free, awaited)]
        return "\n".join(advice(replace(balance(everybody(), scenario), worth=worth)))

    assert "whether anything meets it changes nobody's choice: test-free." in told(0)
    assert "nobody's choice" not in told(1)


def test_changes_that_put_the_right_school_ahead_are_named() -> None:
    own = BY_SCHOOL[bundled("saturday-showroom").scenario.teaches[0]]
    courses = everybody()
    change = next(iter(changes(bundled("saturday-showroom").scenario)))
    ahead = {name: courses[name] for name in SCHOOLS} | {own: course(9_000, end_order=20)}
    helps = replace(balance(courses), changed=((change, ahead),))
    assert f"Surely ahead is a school that it is to teach with {change.what} ({own} by" in "\n".join(advice(helps))
    idle = replace(balance(courses), changed=((change, {name: courses[name] for name in SCHOOLS}),))
    assert "No single change that was tried" in "\n".join(advice(idle))


def test_a_change_by_less_than_a_point_is_not_told_however_sure_it_is() -> None:
    now = everybody(orders=20)
    then = {name: replace(one, ordered=course(1_000, end_order=26).ordered) for name, one in now.items()}
    found = balance(now)
    change = next(iter(changes(found.scenario)))
    assert f"With {change.what}" not in "\n".join(advice(replace(found, changed=((change, then),))))


def test_a_script_that_may_have_all_is_not_said_to_have_less() -> None:
    script = Course(tuple((seed, 900 + 400 * (seed % 3)) for seed in range(12)), (), {})
    expert = Course(tuple((seed, 1_000 + 700 * (seed % 2)) for seed in range(12)), (), {"prospects": 12})
    text = "\n".join(line for line in advice(balance(everybody() | {"script": script, "expert": expert})))
    assert "It is not shown that listening is worth anything: a fixed script has 96% of what the expert earns" in text
