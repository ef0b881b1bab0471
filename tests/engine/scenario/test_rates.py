"""Chances of losing a buyer are written by the day or by what they come to, and are told both ways."""

from __future__ import annotations

import pytest

from engine.authoring.insight import drawn
from engine.authoring.reviewing import pages
from engine.play import Game
from engine.scenario import check_scenario, read_scenario
from engine.scenario.editing import meaning
from engine.scenario.rates import losses, rate_text
from engine.scenario.renames import scenario_tree
from engine.units import CERTAIN, DAY, WEEK

SALE = """\
format: 2
id: nine-weeks
title: Nine weeks
situation: Somebody thinks about it.
briefing: Somebody thinks about it.
offer: {price: 9000}
calendar: {deadline: 9w}
buyer: {name: Rui, drifts: DRIFTS, rival: {name: Bo, wins: WINS}}
lines:
  hello: {kind: open-question, say: What brings you?}
  price: {kind: quote, say: Nine thousand.}
  ask: {kind: ask-for-decision, say: Shall we?}
"""


def sale(drifts: str = "1.5% a day", wins: str = "10% a day") -> str:
    return SALE.replace("DRIFTS", drifts).replace("WINS", wins)


def per_day(drifts: str) -> int:
    return read_scenario(sale(drifts).encode(), "x").prospects[0].buyer.drifts


@pytest.mark.parametrize(
    ("drifts", "chance"),
    [
        ("17% a day", 170_000),
        ("17% in 1d", 170_000),
        ("19% in 2d", 100_000),
        ("0% in 9w", 0),
        ("61.4% by the deadline", 14_996),
        ("61.4% in 9w", 14_996),
        ("100% a day", CERTAIN),
    ],
)
def test_a_rate_is_brought_to_a_day_by_the_law_that_adds_it_up(drifts: str, chance: int) -> None:
    assert per_day(drifts) == chance


@pytest.mark.parametrize("whole", ["1%", "20%", "50%", "99%"])
@pytest.mark.parametrize("over", ["in 9w", "by the deadline"])
def test_what_is_written_as_a_sum_comes_to_that_sum(whole: str, over: str) -> None:
    assert rate_text(per_day(f"{whole} {over}"), 9 * WEEK).endswith(f"a day: {whole} by the deadline")


def test_a_buyer_is_lost_as_often_as_is_written() -> None:
    from engine import world as at

    text = sale("30% by the deadline", "0% a day").replace("name: Rui", "name: Rui, real: 100%")
    game = Game(read_scenario(text.encode(), "x"))
    end = game.rules.deadline
    seeds = range(1_500)
    # at moderate indecision the rate is the one that is written
    people = [game.new_initial_state(seed).people[0] for seed in seeds]
    moderate = [each for each in people if each[at.INDECISION] == 1]
    lost = sum(each[at.DRIFT_AT] < end for each in moderate)
    assert 0.25 < lost / len(moderate) < 0.35


@pytest.mark.parametrize(
    ("per_day", "minutes", "said"),
    [
        (15_000, 63 * DAY, "1.5% a day: 61% by the deadline"),
        (170_000, 14 * DAY, "17% a day: 93% by the deadline"),
        (3_500, 63 * DAY, "0.35% a day: 20% by the deadline"),
        (0, DAY, "0% a day: 0% by the deadline"),
        (10, DAY, "0% a day: less than 1% by the deadline"),
        (200_000, 40 * DAY, "20% a day: over 99% by the deadline"),
        (CERTAIN, DAY, "100% a day: 100% by the deadline"),
    ],
)
def test_a_rate_is_told_with_what_it_comes_to(per_day: int, minutes: int, said: str) -> None:
    assert rate_text(per_day, minutes) == said


@pytest.mark.parametrize(
    ("drifts", "help"),
    [
        ("20%", "write `20% a day`"),
        ("20% by deadline", "write `20% by the deadline`"),
        ("20% a week", "write `20% in 1w`"),
        ("20% daily", "write `20% a day`"),
        ("20% in 9 weeks", "write it like"),
        ("20% in many", "write"),
        ("100% in 9w", "write a smaller share"),
        ("100% by the deadline", "write a smaller share"),
        ("often", "`20% in 9w`"),
    ],
)
def test_what_is_no_rate_is_told_how_to_write_one(drifts: str, help: str) -> None:
    (wrong,) = check_scenario(sale(drifts).encode(), "x")[1]
    assert wrong.level == "error"
    assert help in wrong.help


def test_a_rate_that_looks_small_and_is_not_is_a_hint_and_its_sum_is_not() -> None:
    told = [each for each in check_scenario(sale().encode(), "x")[1] if each.code == "FV426"]
    assert [(each.level, "1.5% a day: 61% by the deadline" in each.message) for each in told] == [("hint", True)]
    for fine in ("0.5% a day", "61% by the deadline", "61% in 9w"):
        assert not [each for each in check_scenario(sale(fine).encode(), "x")[1] if each.code == "FV426"]


def test_the_sum_stands_wherever_the_rate_is_shown() -> None:
    drifts, wins = "1.5% a day: 61% by the deadline", "10% a day: over 99% by the deadline"
    scenario, tree = read_scenario(sale().encode(), "x"), scenario_tree(sale().encode(), "x")
    assert [told.partition(", ")[2] for told in losses(scenario, 0)] == [drifts, wins]
    facts = " ".join(fact for page in pages(tree) for entry in page.entries for fact in entry.facts)
    assert drifts in facts
    assert wins in facts
    preview = " ".join(drawn(Game(scenario).new_initial_state(1), 0))
    assert drifts in preview
    assert wins in preview
    line = sale().splitlines().index(next(each for each in sale().splitlines() if each.startswith("buyer:")))
    text = sale().splitlines()[line]
    for word, said in (("drifts", drifts), ("1.5", drifts), ("wins", wins), ("10%", wins)):
        assert said in meaning(sale().splitlines(), line, text.index(word) + 1, tree)


def test_the_deadline_of_a_sale_that_names_none_is_the_one_it_is_played_with() -> None:
    text = sale().replace("calendar: {deadline: 9w}", "sale: multi-call")
    hover = meaning(text.splitlines(), 7, text.splitlines()[7].index("drifts") + 1, scenario_tree(text.encode(), "x"))
    rate = next(losses(read_scenario(text.encode(), "x"), 0)).partition(", ")[2]
    assert rate in hover
    assert "65% by the deadline" in rate
