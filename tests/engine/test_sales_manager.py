"""What a sales manager would say of ways to sell that nobody should get away with: each in money and in conduct."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from statistics import mean

import pytest

from engine import world as at
from engine.calendar import is_open
from engine.doctrines import DOCTRINES
from engine.play import Game, State
from engine.playing import play_out
from engine.rules.value import value
from engine.scenario.vocabulary import ASKS
from engine.score import scorecard
from tests.engine.sales import SCHOOL_SCENARIOS, bundled, play, written
from tests.engine.watching import chosen

SEEDS = range(10)

Way = Callable[[State], int | None]
"""What somebody does at a moment; None to let the time pass."""


def kind(state: State, *kinds: str) -> int | None:
    """The first move on offer of these kinds."""
    for each in kinds:
        for option in state.player_view("expert").options:
            if option.kind == each:
                return option.action
    return None


def empty_texts(state: State) -> int | None:
    return kind(state, "leave", "vague-follow-up") if talking(state) else kind(state, "check-in")


def calls(state: State) -> int | None:
    return kind(state, "leave", "vague-follow-up") if talking(state) else kind(state, "call")


def an_ask_a_turn(state: State) -> int | None:
    return kind(state, *ASKS, "leave", "vague-follow-up") if talking(state) else kind(state, "call")


def closing_at_once(state: State) -> int | None:
    return kind(state, "take-no", "invite-no", "ask-for-decision") if talking(state) else kind(state, "call")


def waiting(state: State) -> int | None:
    return kind(state, "leave", "vague-follow-up") if talking(state) else None


def talking(state: State) -> bool:
    return bool(state.core[at.ACTIVE] >= 0)


@cache
def ends(scenario: str, way: Way) -> tuple[State, ...]:
    """How runs end in which this is done a hundred times, and nothing else."""
    return tuple(ended(bundled(scenario).new_initial_state(seed), way) for seed in SEEDS)


def ended(state: State, way: Way) -> State:
    for _ in range(100):
        if state.is_terminal():
            return state
        action = way(state)
        state = state.apply_action(state.player_view("expert").options[-1].action if action is None else action)
    finish = state.game.move_named("finish")
    while not state.is_terminal():
        left = finish if finish in state.legal_actions() else kind(state, "leave", "vague-follow-up", "take-no")
        state = state.apply_action(state.legal_actions()[-1] if left is None else left)
    return state


def money(states: tuple[State, ...]) -> float:
    return mean(value(state.game.rules, state.core) for state in states)


def conduct(states: tuple[State, ...]) -> float:
    return mean(scorecard(state).conduct_percent for state in states)


@cache
def school(scenario: str) -> float:
    """What the scenario's own school earns from the same buyers and fifty more."""
    game, name = bundled(scenario), next(name for name, own in SCHOOL_SCENARIOS.items() if own == scenario)
    found = []
    for seed in range(60):
        state = game.new_initial_state(seed)
        found.append(value(game.rules, play_out(game.rules, state.core, state.luck, DOCTRINES[name](game.rules, seed))))
    return mean(found)


WAYS: tuple[Way, ...] = (empty_texts, calls, an_ask_a_turn, closing_at_once, waiting)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("scenario", ["roof-before-the-rain", "saturday-showroom", "pricing-form"])
def test_it_earns_a_quarter_of_what_the_school_earns_at_most(scenario: str, way: Way) -> None:
    assert money(ends(scenario, way)) < school(scenario) / 4


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("scenario", ["roof-before-the-rain", "saturday-showroom", "pricing-form"])
def test_it_is_bad_conduct(scenario: str, way: Way) -> None:
    assert conduct(ends(scenario, way)) < 60


@pytest.mark.parametrize("scenario", ["roof-before-the-rain", "saturday-showroom", "pricing-form"])
def test_thirty_calls_and_a_call_a_minute_are_harassment_wherever_they_reach_nobody(scenario: str) -> None:
    for end in ends(scenario, calls):
        if end.people[0][at.OPTED_OUT]:
            assert end.people[0][at.TRIED] < 30  # calls within minutes are one attempt
            assert scorecard(end).conduct_percent == 0 or not end.people[0][at.HARASSED]


REPEATED = """
ceiling: 100%
buyer: {name: Ada, real: 100%, interest: 55, trust: 45, patience: 60m, indecision: {low: 100%}, drifts: 0% a day}
needs: {warm: {says: It is cold in there., weight: 60}}
lines:
  why: {kind: open-question, say: What brings you here?, reveals: warm, repeat: yes, takes: 1m}
  stove: {kind: demonstrate, say: Feel this., meets: warm, repeat: yes, takes: 1m}
  ask: {kind: ask-for-decision, say: Shall we?}
  later: {kind: vague-follow-up, say: I will be in touch.}
  ring: {kind: call, say: Ring her.}
"""


@pytest.mark.parametrize("line", ["why", "stove"])
def test_the_same_line_ten_times_costs_goodwill_and_the_order_and_conduct(line: str) -> None:
    start = play(written(REPEATED).new_initial_state(1), "why", "stove")
    again = play(start, *[line] * 10)
    asked = start.game.move_named("ask")
    assert again.people[0][at.TRUST] < start.people[0][at.TRUST] - 1000
    assert dict(again.chance_outcomes(asked))["order"] < dict(start.chance_outcomes(asked))["order"] * 3 / 4
    left, worn = (scorecard(play(state, "later")).conduct_percent for state in (start, again))
    assert worn < left


def test_one_slip_in_four_good_calls_costs_a_few_points_of_conduct() -> None:
    """On average: what comes of the rest of a Friday may hang on one word."""
    slipped, clean = ([scorecard(sold_out(seed, slips)).conduct_percent for seed in range(12)] for slips in (1, 0))
    assert mean(clean) - 8 <= mean(slipped) <= mean(clean)


def sold_out(seed: int, slips: int) -> State:
    """A Friday of the collector's, who says this many pushy things in it."""
    game = bundled("friday-pipeline")
    state, choose = game.new_initial_state(seed), DOCTRINES["collector"](game.rules, seed)
    while not state.is_terminal():
        pushy = kind(state, "urgency", "press") if slips and talking(state) else None
        slips -= pushy is not None
        state = state.apply_action(chosen(state, choose) if pushy is None else pushy)
    assert not slips
    return state


@pytest.mark.parametrize("real", [1, 0], ids=["a buyer", "nobody who buys"])
def test_pushing_costs_conduct_whoever_sits_there(real: int) -> None:
    """Three pushes in the school's own conversation, with the same buyers of the roof."""
    pushed, left = (
        [pushes(seed, times) for seed in range(60) if roof(seed).people[0][at.REAL] == real] for times in (3, 0)
    )
    assert len(pushed) > 5
    assert mean(pushed) < mean(left) - 12


def roof(seed: int) -> State:
    return bundled("roof-before-the-rain").new_initial_state(seed)


def pushes(seed: int, times: int) -> int:
    """Conduct of plan A, with the first so many things to say replaced by pushy ones, where there are any."""
    state = roof(seed)
    choose = DOCTRINES["plan-a"](state.game.rules, seed)
    while not state.is_terminal():
        pushy = kind(state, "press", "urgency", "claim") if times and talking(state) else None
        times -= pushy is not None
        state = state.apply_action(chosen(state, choose) if pushy is None else pushy)
    return scorecard(state).conduct_percent


def test_contact_after_an_opt_out_costs_trust_each_time() -> None:
    game = written(NOISY)
    state = play(game.new_initial_state(1), "later")
    while not state.people[0][at.OPTED_OUT]:
        state = state.apply_outcome(game.move_named("hello"), "nothing")
        assert not state.is_terminal()
    before = state.people[0]
    after = state.apply_outcome(game.move_named("note"), "nothing").people[0]
    assert after[at.HARASSED] == before[at.HARASSED] + 1
    assert after[at.TRUST] < before[at.TRUST] or not before[at.TRUST]
    assert scorecard(state.apply_outcome(game.move_named("note"), "nothing")).conduct_percent == 0


NOISY = """
buyer: {name: Ada, real: 50%, returns: 0%, interest: 55, trust: 90, patience: 40m, drifts: 0% a day}
lines:
  talk: {kind: small-talk, say: Hello.}
  later: {kind: vague-follow-up, say: I will be in touch.}
  ring: {kind: call, say: Ring her.}
  note: {kind: touch, say: Send her the drawing., repeat: yes}
  hello: {kind: check-in, say: Just checking in., repeat: yes}
"""


def test_a_touchy_buyer_who_has_had_enough_at_once_is_no_bad_conduct_unless_contact_goes_on() -> None:
    game = written(NOISY)
    touchy = next(
        state
        for state in (play(game.new_initial_state(seed), "later") for seed in range(500))
        if state.people[0][at.ENOUGH] == 1
    )
    stopped = touchy.apply_outcome(game.move_named("hello"), "nothing")
    assert stopped.people[0][at.OPTED_OUT]
    went_on = stopped.apply_outcome(game.move_named("hello"), "nothing")
    assert scorecard(stopped).conduct_percent > 0 == scorecard(went_on).conduct_percent


def test_six_missed_calls_bring_back_as_many_buyers_as_people_who_will_never_buy() -> None:
    """By luck that does not know who is real: the same seeds ring back."""
    back: dict[str, list[bool]] = {}
    for real in ("0%", "100%"):
        game = written(NOISY.replace("real: 50%", f"real: {real}"))
        back[real] = [rings_back(game, seed) for seed in range(60)]
    assert back["0%"] == back["100%"]
    assert 20 < sum(back["0%"]) < 58


def rings_back(game: Game, seed: int) -> bool:
    """Whether somebody gets in touch after up to six missed calls, an opening hour apart."""
    state = play(game.new_initial_state(seed), "later", "wait.tomorrow")
    for _ in range(6):
        if state.people[0][at.INBOUND_AT] < at.FAR or state.people[0][at.HERE_UNTIL]:
            return True
        while game.move_named("ring") not in state.legal_actions():
            state = play(state, "wait.tomorrow")
        state = state.apply_outcome(game.move_named("ring"), "missed")
        state = play(state, "wait.3h") if game.move_named("wait.3h") in state.legal_actions() else state
    return bool(state.people[0][at.INBOUND_AT] < at.FAR or state.people[0][at.HERE_UNTIL])


LUNCH = """\
format: 1
id: lunch
title: Lunch
situation: A shop that shuts at noon.
briefing: A shop that shuts at noon.
offer: {price: 1000, floor: 800, hour: 30}
calendar: {start: Mon 11:55, open: "Mon-Fri 09:00-12:00, Mon-Fri 13:00-18:00", visit: 1h, deadline: 14d}
"""


def test_nobody_is_rung_at_lunch_and_who_gets_in_touch_waits_for_the_afternoon() -> None:
    game = written(NOISY.replace("returns: 0%", "returns: 100%"), base=LUNCH)
    state = play(game.new_initial_state(1), "later")
    while is_open(game.scenario.calendar, state.minute):
        state = state.apply_outcome(game.move_named("hello"), "nothing")
    assert {option.kind for option in state.player_view().options} <= {"wait", "finish"}
    assert is_open(game.scenario.calendar, play(state, "wait.tomorrow").minute)
