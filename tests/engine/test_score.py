"""Claims about the scorecard."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from engine import world as at
from engine.debrief import debrief
from engine.par import Par, SoFar, par
from engine.play import Game, State
from engine.rules.tables import RESULT, TIMED
from engine.rules.value import value
from engine.score import scorecard
from tests.engine.sales import BASE, BUNDLED, SHOP, bundled, play, written

SEEDS = st.integers(0, 2**53 - 1)
GAMES = st.sampled_from(BUNDLED).map(bundled)


@st.composite
def ends(draw: st.DrawFn) -> State:
    """A run of a bundled scenario, played at random to its end."""
    state = draw(GAMES).new_initial_state(draw(SEEDS))
    picks = draw(st.lists(st.integers(0, 10_000), min_size=1, max_size=30))
    made = 0
    while possible := state.legal_actions():
        pick = picks[made] if made < len(picks) else -1
        state = state.apply_action(possible[pick % len(possible)])
        made += 1
        assume(made < 200)
    return state


def with_slots(state: State, changes: dict[int, int]) -> State:
    """The same state with some numbers of its first prospect changed."""
    person = list(state.people[0])
    for slot, number in changes.items():
        person[slot] = number
    return replace(state, core=(*state.core[: at.FIRST], tuple(person), *state.people[1:]))


@given(ends())
def test_the_result_is_the_sum_of_its_printed_terms(state: State) -> None:
    card = scorecard(state)
    *parts, total = card.result
    assert total.name == "result"
    assert abs(sum(term.value for term in parts) - total.value) <= len(parts)
    assert total.value == card.value == state.returns()


@given(ends())
def test_every_term_prints_its_formula_and_its_cause(state: State) -> None:
    card = scorecard(state)
    assert all(term.formula and term.cause for term in (*card.result, *card.conduct))
    assert all(0 <= term.value <= 100 for term in card.conduct)
    assert 0 <= card.conduct_percent <= 100


@given(ends())
def test_conduct_prints_the_mean_of_its_terms_and_what_limits_it(state: State) -> None:
    *parts, total = scorecard(state).conduct
    assert (total.name, total.value) == ("conduct", scorecard(state).conduct_percent)
    mean = sum(term.value for term in parts) // len(parts)
    felt = [term for term in parts if term.name in ("no pressure", "left in peace")]
    worst = min(felt, key=lambda term: term.value, default=None)
    assert total.value == (mean if worst is None else min(mean, 2 * worst.value))
    limit = f", but at most 2 x {worst.value} ({worst.name})" if worst is not None else ""
    assert total.formula == f"the mean of the lines above{limit}"


@given(ends(), st.integers(1, 600), st.integers(0, 20_000))
def test_closing_now_never_scores_below_closing_the_same_order_later(state: State, minutes: int, later: int) -> None:
    order = {at.RESULT: RESULT["order"], at.CANCELLED: 0}
    worked = state.people[0][at.WORKED]
    now = with_slots(state, order)
    then = with_slots(state, {**order, at.WORKED: worked + minutes, at.ENDED_AT: state.minute + later})
    assert now.returns() >= then.returns()


@given(ends(), st.integers(0, 500_000), st.integers(1, 500_000))
def test_a_smaller_discount_never_scores_lower(state: State, off: int, more: int) -> None:
    order = {at.RESULT: RESULT["order"], at.CANCELLED: 0}
    small, large = with_slots(state, {**order, at.OFF: off}), with_slots(state, {**order, at.OFF: off + more})
    assert small.returns() > large.returns()


@given(ends())
def test_a_clear_no_never_scores_below_the_same_buyer_left_undecided(state: State) -> None:
    no = with_slots(state, {at.RESULT: RESULT["no-sale"]})
    limbo = with_slots(state, {at.RESULT: RESULT["expired"]})
    assert no.returns() > limbo.returns()


@given(st.sampled_from(BUNDLED), SEEDS)
def test_a_vague_ending_never_scores_above_the_dated_one_with_the_same_continuation(name: str, seed: int) -> None:
    """Of two runs that differ only in how the first conversation ends, the one with a date has the better conduct and
    no worse dependence, and the money is the same."""
    state = bundled(name).new_initial_state(seed)
    option = next((o for o in state.player_view().options if o.kind == "vague-follow-up"), None)
    assume(option is not None)
    assert option is not None
    vague = state.apply_action(option.action)
    person = vague.people[0]
    dated = with_slots(
        vague,
        {
            at.PROMISE: TIMED,
            at.CONTINUATIONS: person[at.CONTINUATIONS] - 1,
            at.DECISIONS: person[at.DECISIONS] + 1,
        },
    )
    one, other = scorecard(vague), scorecard(dated)
    assert other.value == one.value
    assert other.conduct_percent >= one.conduct_percent
    assert one.follow_up_dependence.warning
    assert not other.follow_up_dependence.warning


@given(SEEDS, st.permutations(range(4)))
def test_the_score_does_not_depend_on_the_order_of_independent_prospects(seed: int, order: list[int]) -> None:
    game = bundled("friday-pipeline")
    state = game.new_initial_state(seed)
    while possible := state.legal_actions():
        state = state.apply_action(possible[seed % len(possible)] if len(state.history) < 15 else possible[-1])
    rules = replace(game.rules, prospects=tuple(game.rules.prospects[i] for i in order))
    people = tuple(state.people[i] for i in order)
    assert value(rules, (*state.core[: at.FIRST], *people)) == state.returns()


NON_BUYER = """
buyer: {name: Ada, real: 0%, trust: 90, patience: 40m}
lines:
  talk: {kind: small-talk, say: Hello.}
  free: {kind: invite-no, say: It is fine to say no.}
  close: {kind: take-no, say: Then I close the file.}
  later: {kind: vague-follow-up, say: I will be in touch.}
"""


def non_buyer() -> Game:
    return written(NON_BUYER)


def test_a_quick_clean_no_from_a_non_buyer_reaches_par() -> None:
    game = non_buyer()
    end = game.new_initial_state(3).apply_outcome(game.move_named("free"), "no-sale")
    percent = scorecard(end, par(game, 3)).result_percent
    assert percent is not None
    assert percent >= 98


def test_a_non_buyer_left_undecided_scores_far_below_a_clean_no() -> None:
    game = non_buyer()
    end = play(game.new_initial_state(3), "later", "finish")
    percent = scorecard(end, par(game, 3)).result_percent
    assert percent is not None
    assert percent < 20


def test_an_awful_run_of_a_buyer_nobody_could_win_is_not_praised_with_a_share_of_par() -> None:
    """Of a loss any run earns nearly all: told is what it earned, and how it was done."""
    game = bundled("roof-before-the-rain")
    end = with_slots(
        game.new_initial_state(1), {at.RESULT: RESULT["lost-to-rival"], at.WORKED: 40, at.MOST_PRESSURE: 9_500}
    )
    for par_of in (Par(-2_600, 100, 4), Par(1_000, 100, 4)):
        card = scorecard(end, par_of)
        assert card.value < 0
        assert card.result_percent is None
        assert not debrief(end, par_of).won
        term = card.result[-1]
        assert term.name == "par"
        assert term.value == par_of.value
    assert scorecard(end, Par(100_000, 100, 4)).result_percent is not None


def test_two_hours_thrown_away_at_a_buyer_nobody_could_win_are_told_as_none_of_par() -> None:
    game = bundled("roof-before-the-rain")
    end = with_slots(game.new_initial_state(1), {at.RESULT: RESULT["lost-to-rival"], at.WORKED: 200})
    assert scorecard(end, Par(-2_600, 100, 4)).result_percent == 0


def test_par_so_far_is_told_as_what_it_is_and_nothing_is_said_that_its_error_does_not_carry() -> None:
    game = bundled("roof-before-the-rain")
    lost = with_slots(game.new_initial_state(1), {at.RESULT: RESULT["lost-to-rival"], at.WORKED: 200})
    for rough in (SoFar(-2_600, 5_000, 4), SoFar(100_000, 45_000, 4)):
        card = scorecard(lost, rough)
        assert card.par_so_far
        assert card.result_percent is None
        term = card.result[-1]
        assert (term.name, term.value) == ("par so far", rough.value)
    card = scorecard(lost, SoFar(100_000, 20_000, 4))
    assert (card.result_percent, card.result_error) == (0, 20)
    assert card.result[-1].name == "result as a share of par so far"


def test_nobody_has_won_by_par_so_far() -> None:
    """A clean no is all there was to get; whether it was, is told once par is known."""
    game = non_buyer()
    end = game.new_initial_state(3).apply_outcome(game.move_named("free"), "no-sale")
    assert debrief(end, Par(-1_000, 100, 4)).won
    assert not debrief(end, SoFar(-1_000, 100, 4)).won


def test_closing_none_of_none_is_no_failure() -> None:
    game = non_buyer()
    end = game.new_initial_state(3).apply_outcome(game.move_named("free"), "no-sale")
    headline = scorecard(end).first_visit_close
    assert headline.value == "0 of 0"
    assert not headline.warning


def test_par_is_the_same_every_time_and_says_how_sure_it_is() -> None:
    game = bundled("first-five-minutes")
    one, other = par(game, 11, 2), par(Game(game.scenario), 11, 2)
    assert one == other
    assert one.error >= 0
    assert one.runs >= 2


def test_dependence_above_one_is_a_warning() -> None:
    game = written(NON_BUYER.replace("real: 0%", "real: 100%, returns: 0%, drifts: 0% a day"))
    state = play(game.new_initial_state(3), "later")
    called = play(state.apply_outcome(game.move_named("call"), "missed"), "wait.1h")
    headline = scorecard(called).follow_up_dependence
    assert headline.warning
    assert headline.value == "2 without a decision"
    talking = called.apply_outcome(game.move_named("call"), "reached")
    closed = talking.apply_outcome(game.move_named("free"), "no-sale")
    assert scorecard(closed).follow_up_dependence.value == "3.00"


def test_as_many_orders_are_cancelled_as_the_scenario_says() -> None:
    for share, cancelled in (("0%", 0), ("100%", 20)):
        game = written(SHOP, BASE.replace("hour: 30", f"hour: 30, cancels: {share}"))
        starts = (
            game.new_initial_state(seed) for seed in range(100) if game.new_initial_state(seed).people[0][at.REAL]
        )
        priced = [play(start, "where-to", "what-it-costs") for start in starts][:20]
        ends = [state.apply_outcome(game.move_named("have-it"), "order") for state in priced]
        assert sum(end.people[0][at.CANCELLED] for end in ends) == cancelled


def test_an_order_won_in_the_tutorial_is_kept() -> None:
    """Bad luck after a good sale would teach a beginner that it was a bad one."""
    for name in ("first-five-minutes", "de/erste-fuenf-minuten"):
        game = bundled(name)
        asked = game.move_named("ask")
        for seed in range(40):
            shown = play(game.new_initial_state(seed), "at-the-window", "what-brings", "where-it-stands", "race")
            sold = play(shown, "price", "friend").apply_outcome(asked, "order")
            assert not sold.people[0][at.CANCELLED]


def test_an_order_that_was_cancelled_brings_nothing() -> None:
    game = bundled("first-five-minutes")
    order = {at.RESULT: RESULT["order"], at.WORKED: 0}
    kept = with_slots(game.new_initial_state(1), {**order, at.CANCELLED: 0})
    cancelled = with_slots(game.new_initial_state(1), {**order, at.CANCELLED: 1})
    assert cancelled.returns() == 0 < kept.returns()


@given(ends())
def test_the_debrief_tells_how_each_ended_and_points_at_moves_that_were_made(state: State) -> None:
    told = debrief(state)
    assert [ending.result is not None for ending in told.endings] == [True] * len(state.people)
    assert all(ending.revealed for ending in told.endings)
    assert len(told.moments) <= 3
    assert all(0 <= moment.move < len(state.history) for moment in told.moments)
    for curve in told.curves.values():
        assert [point.minute for point in curve] == sorted(point.minute for point in curve)
        assert all(0 <= point.interest <= 100 for point in curve)
        assert all(point.interest >= point.excitement + point.conviction - 1 for point in curve)


@given(ends())
def test_a_retry_from_any_moment_starts_where_that_moment_was(state: State) -> None:
    states = state.states()
    for moment in debrief(state).moments:
        again = state.game.new_initial_state(state.seed)
        for action, think in state.history[: moment.move]:
            again = again.apply_action(action, think)
        assert again.core == states[moment.move].core


def test_a_moment_of_silence_says_how_much_interest_it_cost_and_for_how_long() -> None:
    game = bundled("saturday-showroom")
    state = game.new_initial_state(3)
    goodbye = next(option for option in state.player_view().options if option.kind == "vague-follow-up")
    told = debrief(play(state.apply_action(goodbye.action), "wait.3d"))
    assert any(
        cause.startswith("interest −") and "silence for" in cause for moment in told.moments for cause in moment.causes
    )
