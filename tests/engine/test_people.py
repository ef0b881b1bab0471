"""Names, pronouns and figures that vary from buyer to buyer."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.debrief import debrief
from engine.events import cause_text
from engine.play import Game, State
from engine.record import read_record
from engine.replay import replay
from engine.scenario import check_scenario, read_scenario
from engine.scenario.placeholders import PLACEHOLDER, drawn, filled, named
from tests.engine.test_replay import written

BASE = """\
format: 1
id: two-people
title: At the stall
situation: Somebody stops.
briefing: "{name} stops, with {child} by the hand."
offer: {price: 100, floor: 60}
calendar: {start: Mon 10:00}
buyer:
  name: "{name}"
  varies:
    - {name: Ada Lund, child: Tim, her: her}
    - {name: Ola Berg, child: Mia, her: his}
    - {name: Kim Vo, child: Lou, her: their}
ceiling: 100%
needs:
  warm: {says: "{child} is always cold.", deflects: "Ask {name}.", guarded: 90}
objections:
  dear: {says: "That is what {child} costs in a month.", chance: 100%}
lines:
  ask-child: {kind: open-question, say: "How old is {child}?", reveals: warm, repeat: yes}
  price: {kind: quote, say: A hundred.}
  order: {kind: ask-for-decision, say: "One for {child}?", principle: "{name} was never asked."}
  wait: {kind: vague-follow-up, say: I'm here every week., replies: "{name} nods and takes {her} bag."}
  bye: {kind: leave, say: "Goodbye, {name}."}
interrupts:
  - {when: {patience: ..99}, says: "{child} pulls at {her} sleeve."}
"""
DOUBTS = {each.message for each in check_scenario(BASE.encode(), "people.yaml")[1]}
"""What is doubted about the stall as it is: nobody meets a need or answers an objection there."""
EVERYBODY = {"Ada Lund", "Ola Berg", "Kim Vo"}


def game(text: str = BASE) -> Game:
    return Game(read_scenario(text.encode(), "people.yaml"))


def whole(state: State) -> str:
    """Everything that a player sees of a state."""
    return repr(state.player_view()) + repr([(event.text, cause_text(event)) for event in state.log])


def end(seed: int, choose: int = 0) -> State:
    state = game().new_initial_state(seed)
    while not state.is_terminal():
        moves = state.legal_actions()
        state = state.apply_action(moves[(choose + state.moves) % len(moves)])
    return state


def test_each_buyer_has_a_name_of_their_own_and_keeps_it() -> None:
    names = [game().new_initial_state(seed).player_view().prospects[0].name for seed in range(60)]
    assert set(names) == EVERYBODY
    assert names == [game().new_initial_state(seed).player_view().prospects[0].name for seed in range(60)]


@given(seed=st.integers(0, 2**53 - 1), choose=st.integers(0, 9))
def test_nobody_ever_reads_a_placeholder_or_somebody_elses_name(seed: int, choose: int) -> None:
    state = end(seed, choose)
    (name,) = {each for each in EVERYBODY if each in whole(state)}
    shown = whole(state) + repr(debrief(state)) + repr(state.game.scenario.briefing)
    assert not PLACEHOLDER.search(shown)
    assert not any(other in shown for other in EVERYBODY - {name})


def test_who_it_is_changes_nothing_but_the_words() -> None:
    plain = BASE.partition("  varies:")[0] + BASE[BASE.index("ceiling:") :]
    alone = game(plain)
    assert alone.digest == game().digest
    for seed in range(20):
        one, other = game().new_initial_state(seed), alone.new_initial_state(seed)
        assert one.core == other.core
        assert one.legal_actions() == other.legal_actions()


def test_a_record_of_one_is_replayed_to_the_same_words() -> None:
    state = end(7, 1)
    again = replay(read_record(written(state)), game())
    assert again == state
    assert whole(again) == whole(state)


def test_a_run_that_was_handed_to_another_process_keeps_the_name() -> None:
    state = end(7, 1)
    assert whole(pickle.loads(pickle.dumps(state))) == whole(state)


def test_filling_in_is_done_once() -> None:
    scenario = game().scenario
    people = drawn(scenario, 3)
    assert filled(filled(scenario, people), people) == filled(scenario, people)
    assert game().new_initial_state(3).game.scenario == filled(scenario, people)


def test_words_are_text_and_never_placeholders_themselves() -> None:
    text = BASE.replace("child: Tim", 'child: "{name}"')
    scenario = read_scenario(text.encode(), "people.yaml")
    assert "{name}" in filled(scenario, (0,)).briefing, "what stands for a word is not looked into again"


@pytest.mark.parametrize(
    ("old", "new", "code", "level", "says"),
    [
        ("How old is {child}?", "How old is {chlid}?", "FV320", "error", "nothing stands for `{chlid}`"),
        ("child: Mia, ", "", "FV320", "error", "this one has no `child`"),
        ("child: Mia, ", "child: Mia, dog: Rex, ", "FV320", "error", "the first one has no `dog`"),
        ("situation: Somebody", "situation: Not {name} but somebody", "FV320", "error", "before anybody is drawn"),
        ("her: her}", "her: her, dog: Rex}", "FV320", "error", "this one has no `dog`"),
    ],
)
def test_what_nobody_fills_is_an_error_where_it_stands(old: str, new: str, code: str, level: str, says: str) -> None:
    _, problems = check_scenario(BASE.replace(old, new, 1).encode(), "people.yaml")
    assert any((each.code, each.level) == (code, level) and says in each.message for each in problems), problems


def test_a_slip_in_a_placeholder_is_guessed_and_underlined() -> None:
    text = BASE.replace("How old is {child}?", "How old is {chlid}?")
    (problem,) = check_scenario(text.encode(), "people.yaml")[1]
    assert problem.help.startswith("did you mean `child`?")
    line = text.splitlines()[problem.spot.line - 1]
    assert line[problem.spot.column - 1 :][: problem.spot.length] == "{chlid}"


def test_braces_in_a_file_in_which_nobody_varies_are_shown_as_they_are_and_doubted() -> None:
    text = BASE.partition("  varies:")[0] + BASE[BASE.index("ceiling:") :]
    scenario, problems = check_scenario(text.encode(), "people.yaml")
    assert scenario is not None
    assert {each.code for each in problems if each.message not in DOUBTS} == {"FV321"}


def test_a_word_that_stands_nowhere_is_told() -> None:
    text = (
        BASE.replace("her: her}", "her: her, dog: Rex}")
        .replace("her: his}", "her: his, dog: Bo}")
        .replace("her: their}", "her: their, dog: Ib}")
    )
    (problem,) = [each for each in check_scenario(text.encode(), "people.yaml")[1] if each.message not in DOUBTS]
    assert (problem.code, problem.level) == ("FV405", "warning")


def test_of_several_prospects_each_has_names_of_its_own() -> None:
    text = """\
format: 1
id: two-doors
title: Two doors
situation: Two doors.
briefing: Two doors.
offer: {price: 100, floor: 60}
lines: {ask: {kind: ask-for-decision, say: "Well, {name}?"}}
prospects:
  left: {briefing: "{name} opens.", buyer: {name: "{name}", varies: [{name: Ann}, {name: Ben}]}}
  right: {briefing: "{name} waits.", buyer: {name: "{name}", varies: [{name: Cat}, {name: Dan}]}}
"""
    _, problems = check_scenario(text.encode(), "doors.yaml")
    assert [each.message for each in problems if each.level == "error"] == []
    views = [game(text).new_initial_state(seed).player_view() for seed in range(40)]
    assert {tuple(one.name for one in view.prospects) for view in views} == {
        ("Ann", "Cat"), ("Ann", "Dan"), ("Ben", "Cat"), ("Ben", "Dan"),
    }  # fmt: skip


def test_only_words_in_braces_are_placeholders() -> None:
    assert named("{a} {B} {a b} { a } {} {{a-b}} {a}") == ("a", "a-b")


def test_those_who_decide_with_the_buyer_may_be_other_people_too() -> None:
    changed = BASE.replace("format: 1", "format: 2").replace(
        "buyer:\n", 'buyer:\n  decides: partner\n  people: {partner: "the parent of {child}"}\n'
    )
    assert [each for each in check_scenario(changed.encode(), "x")[1] if each.level == "error"] == []
    game = Game(read_scenario(changed.encode(), "x"))
    names = {game.new_initial_state(seed).game.scenario.prospects[0].names for seed in range(20)}
    assert names == {(f"the parent of {child}",) for child in ("Tim", "Mia", "Lou")}
    unfilled = check_scenario(changed.replace('{child}"}', '{dog}"}').encode(), "x")[1]
    assert "FV320" in [each.code for each in unfilled]
