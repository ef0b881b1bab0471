"""Claims about the price as a sales manager puts them: one that comes down for nothing teaches the buyer to wait."""

from __future__ import annotations

import pytest

from engine import world as at
from engine.play import State
from engine.reasons import answers
from engine.rules import Turn
from engine.rules.why import why
from engine.units import CERTAIN
from tests.engine.sales import ABLE, play, written

SALE = (
    ABLE
    + """\
lines:
  figure: {kind: quote, say: It is a thousand.}
  fifty: {kind: discount, say: I can take fifty off., discount: 50}
  twenty-five: {kind: discount, say: I can take twenty-five off., discount: 25}
  and-more: {kind: discount, say: And another twenty-five., discount: 25}
  in-return: {kind: discount, say: "If you fetch it yourself, fifty comes off.", discount: 50, traded: yes}
  no-more: {kind: handle, say: It is worth a thousand., handles: dear}
  ask: {kind: ask-for-decision, say: Shall we?}
  ask-cheaper: {kind: ask-for-decision, say: Fifty off and we shake hands?, discount: 50}
  later: {kind: vague-follow-up, say: I will be in touch.}
objections:
  dear: {says: That is a lot., chance: 0%}
"""
)


@pytest.fixture(scope="module")
def priced() -> State:
    return play(written(SALE).new_initial_state(1), "figure")


def yes(state: State) -> int:
    return dict(state.chance_outcomes(state.game.move_named("ask")))["order"]


def waits(state: State) -> int:
    """What waiting for a lower price adds to the log-odds of an order."""
    told = why(Turn(state.game.rules, state.core, state.luck), state.game.move_named("ask"))
    assert told is not None
    return dict(told.terms)["waits"]


def said(state: State) -> list[str]:
    return [each.text for each in state.player_view().transcript if each.who == "buyer"]


def test_giving_way_twice_costs_more_than_twice_as_much_as_once(priced: State) -> None:
    once, twice = play(priced, "fifty"), play(priced, "twenty-five", "and-more")
    assert once.player_view().prospects[0].price == twice.player_view().prospects[0].price
    assert waits(twice) < 2 * waits(once) < 0
    assert yes(twice) < yes(once) - CERTAIN // 20


def test_a_price_that_is_held_costs_nothing(priced: State) -> None:
    assert waits(play(priced, "no-more")) == 0


def test_a_price_that_is_traded_for_something_costs_nothing_and_sells_better(priced: State) -> None:
    traded = play(priced, "in-return")
    assert waits(traded) == 0
    assert yes(traded) > yes(play(priced, "fifty"))


def test_a_buyer_who_has_learnt_to_wait_says_so_each_time(priced: State) -> None:
    assert "if I wait" in said(play(priced, "fifty"))[-1]
    assert not any("if I wait" in text for text in said(play(priced, "in-return")))
    own = written(SALE + "outcomes: {waits: [{says: [What is it tomorrow?, And the day after?]}]}\n")
    twice = play(own.new_initial_state(1), "figure", "twenty-five", "and-more")
    assert [text for text in said(twice) if text.endswith(("tomorrow?", "after?"))] == [
        "What is it tomorrow?",
        "And the day after?",
    ]


def test_a_buyer_who_takes_the_lower_price_does_not_ask_for_the_next(priced: State) -> None:
    ordered = priced.apply_outcome(priced.game.move_named("ask-cheaper"), "order")
    assert not any("if I wait" in text for text in said(ordered))
    assert any(
        "if I wait" in text for text in said(priced.apply_outcome(priced.game.move_named("ask-cheaper"), "stall"))
    )


def test_the_reasons_for_a_no_say_that_they_were_waiting_for_the_next_discount(priced: State) -> None:
    state = play(priced, "twenty-five", "and-more")
    refused = state.apply_outcome(state.game.move_named("ask"), "stall")
    assert [each.points < 0 for each in answers(refused)[-1].reasons if each.what == "waits"] == [True]


def test_what_was_given_away_is_remembered_in_the_next_conversation(priced: State) -> None:
    state = play(priced, "twenty-five", "and-more", "later", "wait.tomorrow")
    assert state.people[0][at.GIVEN_WAY] == 2
    assert waits(state.apply_outcome(state.game.move_named("call"), "reached")) < 0
