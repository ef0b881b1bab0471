"""What can be done is shown by what it is for."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from engine.changes import changes
from engine.scenario.vocabulary import KINDS, PURPOSES
from engine.view import Option
from game.runs.choosing import AGREED, cost, grouped, in_order
from tests.engine.sales import bundled
from tests.game.screens.scripted import FIRST, LATER, SAM, third


def test_every_kind_of_line_has_one_purpose() -> None:
    kinds = [kind for kinds in PURPOSES.values() for kind in kinds]
    assert sorted(kinds) == sorted([*KINDS, "wait", "finish"])


def test_a_conversation_s_lines_stand_by_purpose_in_one_order() -> None:
    assert [group.heading for group in grouped(FIRST)] == ["Ask", "Show", "Decide", "Leave"]
    fewer = replace(FIRST, options=FIRST.options[1:])
    assert [each.name for each in in_order(fewer)] == [each.name for each in in_order(FIRST)][1:]


def test_what_keeps_an_agreed_time_comes_first_under_a_heading_of_its_own() -> None:
    keeps = Option(8, "as-agreed", "Be there for Sam now, as agreed.", "call", 1, "buyer", keeps=True)
    groups = grouped(replace(third(), options=(*LATER, keeps)))
    assert groups[0].heading == AGREED
    assert groups[0].options == (keeps,)


def test_whoever_is_in_touch_comes_before_everything() -> None:
    keeps = Option(8, "as-agreed", "Be there for Sam now, as agreed.", "call", 1, "buyer", keeps=True)
    answer = Option(9, "take-call", "Answer Ines by phone: they are in touch now.", "call", 1, "ines", picks_up=True)
    assert in_order(replace(third(), options=(*LATER, keeps, answer)))[0] is answer


def test_a_date_in_place_of_the_one_agreed_says_so() -> None:
    date = Option(8, "monday", "On Monday at ten?", "propose-dated-step", 1, "buyer", replaces=True)
    assert cost(date, third()) == "1 min, in place of what is agreed"


@pytest.mark.parametrize("seed", range(20))
def test_what_uses_up_the_buyer_s_patience_says_so_and_ends_the_conversation(seed: int) -> None:
    state, chance = bundled("first-five-minutes").new_initial_state(seed), Random(seed)
    while (view := state.player_view("novice")).place == "conversation":
        option = chance.choice([each for each in view.options if each.kind not in PURPOSES["Leave"]])
        said = "uses up their patience" in cost(option, view)
        before, state = state, state.apply_action(option.action)
        assert not said or state.player_view("novice").place != "conversation"
        assert said or all("more time than they had" not in each.text for each in changes(before, state))


def test_with_several_prospects_contacts_stand_by_name() -> None:
    ines = replace(SAM, id="ines", name="Ines")
    call = Option(8, "call@ines", "Ring her.", "call", 1, "ines")
    view = replace(third(), prospects=(*third().prospects, ines), options=(*LATER, call))
    assert [group.heading for group in grouped(view)] == ["Sam", "Ines", "Wait"]
