"""Claims about listening: what the buyer says decides which line is best, and when to ask."""

from __future__ import annotations

import pytest

from engine import world as at
from engine.play import Game, State
from engine.units import CERTAIN
from tests.engine.sales import ABLE, play, written

SALE = (
    ABLE
    + """\
needs:
  warm: {says: It is cold in there., weight: 40}
  quiet: {says: And loud., weight: 40, chance: 0%, otherwise: No. It is quiet enough.}
objections:
  dear:
    says: That is a lot.
    chance: 100%
    really:
      boss: {chance: 100%, says: My boss has to see it.}
lines:
  why: {kind: open-question, say: What brings you here?, reveals: warm, repeat: yes}
  noise: {kind: open-question, say: Is it loud?, reveals: quiet}
  stove: {kind: demonstrate, say: Feel this., meets: warm}
  felt: {kind: demonstrate, say: Hear how quiet it is., meets: quiet}
  ask: {kind: ask-for-decision, say: Shall we?}
  behind: {kind: isolate, say: What lies behind that?}
  for-the-boss: {kind: handle, say: Here is a page for your boss., handles: boss}
  cheaper: {kind: handle, say: We can spread it over a year., handles: sum}
  later: {kind: vague-follow-up, say: I will be in touch.}
outcomes:
  signal: How soon could it be here?
"""
)
SALE = SALE.replace("boss: {chance: 100%", "sum: {chance: 0%, says: It is the sum.}\n      boss: {chance: 100%")


@pytest.fixture(scope="module")
def sale() -> Game:
    return written(SALE)


def levels(state: State) -> tuple[int, int, int]:
    """Interest, trust and pressure, in points."""
    meters = state.player_view("novice").prospects[0].meters
    assert meters is not None
    return meters.interest, meters.trust, meters.pressure


def order_chance(state: State) -> int:
    return dict(state.chance_outcomes(state.game.move_named("ask"))).get("order", 0)


def with_signal(game: Game, *names: str) -> State:
    """A run in which the last of these lines brought a sign of readiness."""
    for seed in range(200):
        state = play(game.new_initial_state(seed), *names)
        if state.people[0][at.WINDOW]:
            return state
    raise AssertionError("nobody ever shows that they are ready")


def without_signal(game: Game, *names: str) -> State:
    for seed in range(200):
        state = play(game.new_initial_state(seed), *names)
        if not state.people[0][at.SIGNALS]:
            return state
    raise AssertionError("everybody shows it")


def test_an_answer_to_a_need_that_was_told_does_what_the_same_words_do_not(sale: Game) -> None:
    start = sale.new_initial_state(1)
    heard, unheard = play(start, "why", "stove"), play(start, "stove")
    assert levels(heard)[0] > levels(start)[0] + 5
    assert levels(unheard)[0] < levels(start)[0]
    assert levels(unheard)[1] < levels(start)[1]
    assert levels(unheard)[2] > levels(start)[2]


def test_showing_what_the_buyer_has_said_they_do_not_need_costs_as_much(sale: Game) -> None:
    start = play(sale.new_initial_state(1), "noise")
    assert levels(play(start, "felt"))[1] < levels(start)[1]


def test_the_answer_to_a_reason_that_is_not_theirs_costs_trust_and_settles_nothing(sale: Game) -> None:
    start = sale.new_initial_state(3).apply_outcome(sale.move_named("ask"), "objection")
    wrong, right = play(start, "cheaper"), play(start, "for-the-boss")
    assert levels(wrong)[1] < levels(start)[1] < levels(right)[1]
    assert not wrong.people[0][at.SETTLED]
    assert right.people[0][at.SETTLED]


def test_readiness_is_said_aloud(sale: Game) -> None:
    state = with_signal(sale, "why", "stove")
    said = [event.text for event in state.events if event.what == "reply"]
    assert said[-1] == "How soon could it be here?"


def test_asking_on_the_sign_is_worth_far_more_than_asking_without_one(sale: Game) -> None:
    ready, not_yet = with_signal(sale, "why", "stove"), without_signal(sale, "why", "stove")
    yes, perhaps = order_chance(ready), order_chance(not_yet)
    assert yes * (CERTAIN - perhaps) > 5 * perhaps * (CERTAIN - yes)  # the odds, five times as good


def test_a_sign_that_is_not_taken_passes_and_cools_the_buyer(sale: Game) -> None:
    ready = with_signal(sale, "why", "stove")
    past = play(ready, "noise", "why")
    assert order_chance(past) < order_chance(ready)
    assert any(event.cause == "the moment to ask went by" for event in past.events)


def test_asking_without_a_sign_presses(sale: Game) -> None:
    ready, not_yet = with_signal(sale, "why", "stove"), without_signal(sale, "why", "stove")
    ask = sale.move_named("ask")
    assert levels(not_yet.apply_outcome(ask, "stall"))[2] > levels(ready.apply_outcome(ask, "stall"))[2]


@pytest.mark.parametrize(
    "cannot",
    ["ceiling: 0%", "decides: {alone: 0%, partner: 100%}", "real: 0%"],
    ids=["not-today", "somebody-missing", "no-buyer"],
)
def test_nobody_who_could_not_decide_shows_that_they_are_ready(cannot: str) -> None:
    field = cannot.partition(":")[0]
    text = "\n".join(
        line[: len(line) - len(line.lstrip())] + cannot if line.strip().startswith(field + ":") else line
        for line in SALE.splitlines()
    )
    game = written(text)
    for seed in range(30):
        state = play(game.new_initial_state(seed), "why", "stove", "noise")
        assert not state.people[0][at.SIGNALS]


def test_nobody_shows_that_they_are_ready_before_a_need_was_told() -> None:
    """Whoever has said nothing of why they are here lets nothing slip, however much they like it."""
    game = written(SALE.replace("interest: 60", "interest: 95").replace("trust: 50", "trust: 95"))
    silent = [play(game.new_initial_state(seed), "noise", "for-the-boss") for seed in range(20)]
    assert not any(state.people[0][at.SIGNALS] for state in silent)
    assert any(play(state, "why").people[0][at.SIGNALS] for state in silent)


def test_no_buyer_who_is_warm_says_no_out_of_the_blue(sale: Game) -> None:
    """A no comes after something: a decision put off, an objection, or pressure."""
    start = play(sale.new_initial_state(1), "why")
    ask = sale.move_named("ask")
    assert not levels(start)[2]
    assert not chance_of_a_no(start)
    assert chance_of_a_no(start.apply_outcome(ask, "stall"))
    assert chance_of_a_no(start.apply_outcome(ask, "objection"))
    assert chance_of_a_no(written(SALE.replace("interest: 60", "interest: 30")).new_initial_state(1))
    assert chance_of_a_no(play(start, "cheaper"))  # which talks past her, and presses


def chance_of_a_no(state: State) -> int:
    return dict(state.chance_outcomes(state.game.move_named("ask"))).get("no-sale", 0)


def test_the_same_line_ten_times_is_heard_as_what_it_is(sale: Game) -> None:
    start = play(sale.new_initial_state(1), "why")
    state = start
    for _ in range(9):
        state = play(state, "why")
    assert levels(state)[1] < levels(start)[1] - 10
    assert levels(state)[2] > levels(start)[2] + 15


def test_an_ask_a_turn_presses_and_sells_less_than_one(sale: Game) -> None:
    start = play(sale.new_initial_state(1), "why")
    ask, state = sale.move_named("ask"), start
    first = order_chance(state)
    for _ in range(4):
        state = state.apply_outcome(ask, "stall")
    assert order_chance(state) < first / 4
    assert levels(state)[2] > 50


PRICED = SALE.replace("lines:\n", "lines:\n  figure: {kind: quote, say: It is a thousand.}\n")


def test_nobody_orders_what_has_no_price() -> None:
    start = written(PRICED).new_initial_state(1)
    assert dict(start.chance_outcomes(start.game.move_named("ask"))) == {"unpriced": 1_000_000}
    assert order_chance(play(start, "figure")) > 0


def test_who_asks_back_what_it_costs_has_refused_nothing() -> None:
    """Naming the price then, and asking, is no second push."""
    start = written(PRICED).new_initial_state(1)
    again, first = play(start, "ask", "figure", "ask"), play(start, "figure", "ask")
    causes = [[event.cause for event in state.events] for state in (again, first)]
    assert "asked again" not in causes[0]
    asked_back = levels(play(start, "ask"))[2]
    assert levels(again)[2] <= levels(first)[2] + asked_back  # which asking at all has cost
    assert again.player_view().prospects[0].asks == 2


def test_a_line_that_names_the_figure_names_the_price() -> None:
    text = PRICED.replace(
        "{kind: ask-for-decision, say: Shall we?}", "{kind: ask-for-decision, say: A thousand. Yes?, prices: yes}"
    )
    start = written(text).new_initial_state(1)
    assert order_chance(start) > 0
