"""What a buyer tells in an answer counts as told, as if it had been asked for."""

from __future__ import annotations

import pytest

from engine import world as at
from engine.authoring.proving import prove
from engine.play import State
from engine.rules import Turn, chance, make
from tests.engine.sales import ABLE, play, written

JONAS = (
    ABLE.replace("decides: {alone: 100%}", "decides: {jonas: 100%}")
    + """
needs:
  quiet: {says: It has to be quiet.}
lines:
  hello: {say: Good day.}
  price: {kind: quote, say: A thousand.}
  less: {kind: discount, say: "Fifty off, then.", discount: 50}
  ask: {kind: ask-for-decision, say: Shall we?, replies: [{when: {outcome: stall, said: ask}, says: As I said.}]}
  own: {kind: ask-for-decision, say: Now?, replies: [{when: {outcome: stall}, says: I am thinking.}]}
  fetch: {kind: bring-in, say: Could we have Jonas with us?, brings: jonas, when: {decider: jonas}}
  monday: {kind: propose-dated-step, say: Monday at ten?, at: Mon 10:00}
  bye: {kind: leave, say: Bye.}
outcomes:
  stall:
    - {says: I have to ask Jonas., reveals: decider}
  declines:
    - {says: "Not Monday, it has to be quiet by then.", reveals: quiet}
  waits:
    - {says: "Jonas will ask what it costs next week.", reveals: decider}
  walks-out:
    - {says: "Jonas is waiting for me.", reveals: decider}
  reached:
    - {says: "Jonas is asleep, let us be quiet.", reveals: [decider, quiet]}
"""
)


def begun() -> State:
    return play(written(JONAS).new_initial_state(1), "price")


def answered(state: State, name: str, outcome: str) -> State:
    return state.apply_outcome(state.game.move_named(name), outcome)


def offered(state: State) -> set[str]:
    return {option.name for option in state.player_view().options}


def knows(state: State) -> tuple[str, ...]:
    facts = state.game.scenario.prospects[0].facts
    return tuple(fact.id for bit, fact in enumerate(facts) if state.people[0][at.KNOWN] >> bit & 1)


def test_a_decider_who_is_named_in_answer_to_an_ask_has_been_told() -> None:
    before = begun()
    after = answered(before, "ask", "stall")
    assert "I have to ask Jonas." in [event.text for event in after.events]
    assert (knows(before), knows(after)) == ((), ("decider",))
    assert offered(after) - offered(before) == {"fetch"}


def test_what_is_not_said_tells_nothing() -> None:
    assert knows(answered(begun(), "own", "stall")) == ()


@pytest.mark.parametrize(
    ("name", "outcome", "told"), [("monday", "declines", ("quiet",)), ("less", "nothing", ("decider",))]
)
def test_every_answer_can_tell(name: str, outcome: str, told: tuple[str, ...]) -> None:
    state = begun()
    after = play(state, name) if outcome == "nothing" else answered(state, name, outcome)
    assert knows(after) == told


def test_a_greeting_and_a_farewell_can_tell() -> None:
    away = play(begun(), "bye")
    assert set(knows(answered(away, "call", "reached"))) == {"decider", "quiet"}
    state = begun()
    state = state.apply_action(state.game.move_named("hello"), think=4000)
    assert knows(state) == ("decider",)


@pytest.mark.parametrize("name", ["ask", "own", "less", "monday", "hello"])
def test_whoever_listens_or_not_the_same_is_told(name: str) -> None:
    state = begun()
    move = state.game.move_named(name)
    for answer, _ in chance(state.game.rules, state.core, state.luck, move):
        quick = Turn(state.game.rules, state.core, state.luck)
        heard = Turn(state.game.rules, state.core, state.luck, [])
        make(quick, move, answer=answer)
        make(heard, move, answer=answer)
        assert quick.close() == heard.close()


def test_a_line_that_waits_for_it_is_known_to_be_possible() -> None:
    proof = prove(written(JONAS).rules)
    assert proof is not None
    lines = [line.id for line in written(JONAS).scenario.prospects[0].lines]
    assert lines.index("fetch") in {part.of for part in proof.possible if part.what == "offered"}
