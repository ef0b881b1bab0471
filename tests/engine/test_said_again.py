"""Nobody says the same thing twice in the same words: a line has several texts, which are said in turn."""

from __future__ import annotations

from engine.play import State
from tests.engine.sales import play, written

PATIENT = """
buyer: {name: Ada, trust: 30, patience: 60m}
needs:
  quiet: {says: It has to be quiet.}
  shame: {says: I cannot read the display., guarded: 60, deflects: Nothing else.}
lines:
  matters: {kind: open-question, say: What matters to you?, reveals: quiet}
  else: {kind: open-question, say: [And what else?, "Quiet, you said. And beside that?"], reveals: shame}
  ask: {kind: ask-for-decision, say: [Shall we?, So shall we?, And now?], replies: She waits.}
"""


def offered(state: State, name: str) -> str:
    return next(option.text for option in state.player_view().options if option.name == name)


def sold(state: State) -> list[str]:
    return [said.text for said in state.player_view().transcript if said.who == "seller"]


def test_a_line_is_said_in_its_texts_in_turn_and_then_in_the_last_one() -> None:
    state = written(PATIENT).new_initial_state(1)
    heard = []
    for _ in range(4):
        heard.append(offered(state, "ask"))
        state = state.apply_outcome(state.game.move_named("ask"), "stall")
    assert heard == ["Shall we?", "So shall we?", "And now?", "And now?"]
    assert sold(state) == heard


def test_a_question_that_was_deflected_is_asked_again_in_other_words() -> None:
    state = play(written(PATIENT).new_initial_state(1), "else", "matters")
    assert offered(state, "else") == "Quiet, you said. And beside that?"
    assert sold(play(state, "else"))[-1] == "Quiet, you said. And beside that?"
    assert sold(state)[0] == "And what else?"


def test_what_was_said_to_one_prospect_was_not_said_to_another() -> None:
    both = """
lines:
  again: {say: [Good day., Good day once more.], repeat: yes}
  bye: {kind: leave, say: Bye.}
  ring: {kind: call, say: [Ring., Ring once more.]}
prospects:
  ada: {briefing: Ada., buyer: {name: Ada, arrives: known, reach: 90%}}
  bo: {briefing: Bo., buyer: {name: Bo, arrives: known, reach: 90%}}
"""
    state = written(both).new_initial_state(1)
    for who in ("ada", "bo"):
        assert offered(state, f"ring@{who}") == "Ring."
        state = state.apply_outcome(state.game.move_named(f"ring@{who}"), "reached")
        assert offered(state, f"again@{who}") == "Good day."
        state = play(state, f"again@{who}", f"bye@{who}")
    assert offered(state, "ring@ada") == offered(state, "ring@bo") == "Ring once more."
    assert sold(state) == ["Ring.", "Good day.", "Bye."] * 2
