"""Claims about missed hours: at the next talk a buyer says that they waited, or that they were not there, and once."""

from __future__ import annotations

import pytest

from engine import world as at
from engine.events import Event
from engine.play import State
from engine.rules import Turn, make, possible
from engine.rules.constants import BROKEN_TRUST
from engine.rules.contact import COMES_BACK, REACHED, REPLIES
from engine.scenario.compiled import Clause
from engine.units import HOUR, POINT
from tests.engine.sales import BUNDLED, bundled, play, written
from tests.scenarios.moments import between, named, ring

SLOTS = {"broken": at.LET_PASS, "absent": at.ABSENT}

TEN = """
buyer: {name: Ada, real: 100%, interest: 80, trust: 80, patience: 60m, rival: none, drifts: 0% a day, returns: 0%}
lines:
  ten: {kind: propose-dated-step, say: Tomorrow at ten?, at: tomorrow 10:00, by: call}
  ring: {kind: call, say: Ring.}
  bye: {kind: leave, say: Bye.}
outcomes:
  reached:
    - {when: {broken: 1..}, says: I waited.}
    - {when: {absent: 1..}, says: I was not there.}
    - Hello.
"""


def agreed() -> State:
    state = written(TEN).new_initial_state(1)
    return play(state.apply_outcome(state.game.move_named("ten"), "agrees"), "wait.agreed")


def rung(state: State) -> tuple[State, str]:
    talking = state.apply_outcome(state.game.move_named("ring"), "reached")
    return play(talking, "bye"), [event.text for event in talking.events if event.what == "reply"][-1]


def test_who_waited_in_vain_says_so_at_the_next_talk_and_not_at_the_one_after() -> None:
    state, said = rung(play(agreed(), "wait.3h"))
    assert said == "I waited."
    assert rung(play(state, "wait.3h"))[1] == "Hello."


def test_who_let_the_seller_wait_says_so_at_the_next_talk_and_not_at_the_one_after() -> None:
    there = agreed()
    state, said = rung(play(there.apply_outcome(there.game.move_named("ring"), "not-there"), "wait.3h"))
    assert said == "I was not there."
    assert rung(play(state, "wait.3h"))[1] == "Hello."


def greeted(state: State, who: int, word: str, answer: int) -> str:
    """What is said first where an hour was missed and nobody has talked since."""
    events = list[Event]()
    turn = Turn(state.game.rules, state.core, state.luck, events)
    p = turn.people[who]
    p[at.LET_PASS] = p[at.ABSENT] = 0
    p[SLOTS[word]] = 1
    p[at.HERE_UNTIL] = 0 if answer == REACHED else turn.clock + HOUR
    p[at.WRITES_BACK] = int(answer == REPLIES)
    game = state.game
    make(turn, ring(game, who) if answer == REACHED else named(game, who, "take-call"), answer=answer)
    return next((event.text for event in events if (event.what, event.amount) == ("reply", answer)), "")


@pytest.mark.parametrize("word", SLOTS)
@pytest.mark.parametrize("answer", [REACHED, COMES_BACK, REPLIES])
@pytest.mark.parametrize("name", BUNDLED)
def test_every_buyer_speaks_of_a_missed_hour_however_they_talk_next(name: str, answer: int, word: str) -> None:
    game, met = bundled(name), 0
    for state, who in between(game):
        texts = {
            text
            for reply in game.scenario.prospects[who].outcomes[answer]
            if any(isinstance(clause, Clause) and clause.what == word for clause in reply.when)
            for text in reply.says
        }
        assert greeted(state, who, word, answer) in texts
        met += 1
    assert met


@pytest.mark.parametrize("name", BUNDLED)
def test_whoever_let_an_hour_pass_can_say_that_they_are_sorry_once_and_it_mends_less_than_it_broke(name: str) -> None:
    game, sorry = bundled(name), set[int]()
    for state, who in between(game):
        turn = Turn(game.rules, state.core, state.luck, None)
        p = turn.people[who]
        p[at.HERE_UNTIL] = p[at.PROMISE] = p[at.NUISANCE] = 0
        p[at.LET_PASS], p[at.TRUST] = 1, 30 * POINT
        make(turn, ring(game, who), answer=REACHED)
        apology = named(game, who, "sorry")
        if turn.active != who or apology not in possible(turn):
            continue
        before = p[at.TRUST]
        make(turn, apology)
        assert 0 < p[at.TRUST] - before < -BROKEN_TRUST
        assert apology not in possible(turn)
        sorry.add(who)
    assert sorry == set(range(len(game.scenario.prospects)))
