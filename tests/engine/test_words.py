"""Claims about the words of a buyer: nobody repeats themselves, and nobody tells what they keep to themselves."""

from __future__ import annotations

from engine.play import State
from tests.engine.sales import play, written

SALE = """
buyer: {name: Ada, real: 100%, trust: 30, interest: 50, patience: 59m, indecision: {low: 100%}}
needs:
  quiet: {says: It has to be quiet.}
  light: {says: It has to be light.}
  shame: {says: Never., guarded: 90, deflects: [This and that., What one always wants.]}
objections:
  dear:
    says: It is dear.
    again: [It is still dear., Dear it is.]
    chance: 100%
    really: {boss: {chance: 100%, says: My boss laughs at me.}}
lines:
  ask-quiet: {kind: open-question, say: Is it the noise?, reveals: quiet}
  ask-both: {kind: open-question, say: What else?, reveals: [quiet, light]}
  ask-again: {kind: open-question, say: And then?, reveals: [quiet, light]}
  ask-shame: {kind: open-question, say: Anything else?, reveals: shame, repeat: yes}
  ask-why: {kind: isolate, say: Dear beside what?, replies: [{when: {really: boss}, says: Beside what my boss thinks.}]}
  weather: {say: Nice day., repeat: yes, replies: {says: [It is., So they say., It will pass.]}}
  insult: {kind: claim, say: You cannot tell anyway., trust: -29}
  price: {kind: quote, say: It is a thousand.}
  terms: {kind: handle, say: Pay in parts., handles: dear}
  ask: {kind: ask-for-decision, say: Shall we?}
"""


def heard(state: State) -> list[str]:
    """What the buyer said to the last move."""
    return [event.text for event in state.events if event.what == "reply"]


def start() -> State:
    return written(SALE).new_initial_state(3)


def objected(state: State) -> State:
    """The state after an ask that the buyer answered with the objection."""
    return state.apply_outcome(state.game.move_named("ask"), "objection")


def test_of_several_texts_none_is_said_twice_before_all_were() -> None:
    state, texts = start(), []
    for _ in range(4):
        state = play(state, "weather")
        texts += heard(state)
    assert texts == ["It is.", "So they say.", "It will pass.", "It is."]


def test_what_was_told_is_not_told_again() -> None:
    assert heard(play(start(), "ask-both")) == ["It has to be quiet.", "It has to be light."]
    assert heard(play(start(), "ask-quiet", "ask-both")) == ["It has to be light."]
    assert heard(play(start(), "ask-both", "ask-again")) == ["I think I've told you all of that."]


def test_a_buyer_who_keeps_something_back_does_so_in_other_words() -> None:
    once = play(start(), "ask-shame")
    assert heard(once) + heard(play(once, "ask-shame")) == ["This and that.", "What one always wants."]


def test_an_objection_that_comes_back_is_worded_anew() -> None:
    state = objected(play(start(), "price"))
    assert heard(state) == ["It is dear."]
    assert heard(objected(play(state, "terms"))) == ["It is still dear."]


def test_what_lies_behind_an_objection_is_not_given_away_without_trust() -> None:
    trusting = objected(play(start(), "price"))
    assert heard(play(trusting, "ask-why")) == ["Beside what my boss thinks."]
    assert heard(play(objected(play(start(), "price", "insult")), "ask-why")) == ["It's what I said, really."]


def test_words_change_nothing_but_words() -> None:
    """The same moves lead to the same numbers, whatever had been said before."""
    state = play(start(), "weather", "weather")
    assert state.core == play(start(), "weather").apply_action(state.game.move_named("weather")).core
    assert state.game.digest == written(SALE.replace("So they say.", "Is it?")).digest
