"""Claims about why a buyer said yes or no."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engine import world as at
from engine.curves import logistic
from engine.debrief import debrief
from engine.play import State
from engine.reasons import answers, cancelling, missed
from engine.rules import Turn
from engine.rules import constants as c
from engine.rules.why import JUST_TRIED, LEFT_ALONE, NO_BUYER, NOT_READY, SOMEBODY_MISSING, UNPRICED, why
from engine.scenario.vocabulary import ASKS
from engine.units import CERTAIN
from tests.engine.sales import BASE, BUNDLED, bundled, play, written

PICKS = st.lists(st.integers(0, 99), max_size=25)
YES = {"order", "agrees", "joins", "reached", "kept"}

SHOP = """\
ceiling: 100%
buyer: {name: Sam, real: 100%, ready: 0m, patience: 30m, interest: 60..60, trust: 60..60}
lines:
  what-it-costs: {kind: quote, say: It is a thousand.}
  have-it: {kind: ask-for-decision, say: Shall I ring it up?}
  bye: {kind: leave, say: Goodbye.}
"""


def random_run(name: str, seed: int, picks: list[int]) -> State:
    state = bundled(name).new_initial_state(seed)
    for pick in picks:
        possible = state.legal_actions()
        if not possible:
            break
        state = state.apply_action(possible[pick % len(possible)])
    return state


@given(st.sampled_from(BUNDLED), st.integers(0, 2**32), PICKS)
def test_every_question_is_answered_with_the_chance_that_the_rules_had(name: str, seed: int, picks: list[int]) -> None:
    end = random_run(name, seed, picks)
    told = {each.move: each for each in answers(end)}
    for before, after in pairwise(end.states()):
        shares = dict(before.chance_outcomes(after.action))
        if YES & shares.keys() and after.minute < after.game.rules.deadline:
            expected = sum(share for answer, share in shares.items() if answer in YES)
            assert told[before.moves].chance == round(100 * expected / CERTAIN)


@given(st.sampled_from(BUNDLED), st.integers(0, 2**32), PICKS)
def test_what_an_order_is_made_of_adds_up_to_its_chance(name: str, seed: int, picks: list[int]) -> None:
    state = random_run(name, seed, picks)
    turn = Turn(state.game.rules, state.core, state.luck)
    for action in state.legal_actions():
        line = state.line(action)
        found = why(turn, action)
        if line is None or line.kind not in ASKS or found is None:
            continue
        if found.bars:
            assert found.chance == 0
        else:
            assert found.chance == logistic(c.DECIDE_BASE + sum(value for _, value in found.terms))


def test_a_buyer_who_has_not_heard_the_price_says_so() -> None:
    asked = play(written(SHOP).new_initial_state(1), "have-it")
    (answer,) = answers(asked)
    assert (answer.chance, answer.bars, answer.yes) == (0, (UNPRICED,), False)


def test_an_ask_without_a_sign_has_cost_points_and_one_after_it_has_given_some() -> None:
    for seed in range(60):
        state = play(written(SHOP).new_initial_state(seed), "what-it-costs")
        signalled = bool(state.people[0][at.WINDOW])
        (answer,) = answers(play(state, "have-it"))
        (signal,) = (each for each in answer.reasons if each.what == "signal")
        assert (signal.points > 0) == signalled


def test_what_ruled_a_yes_out_is_named() -> None:
    for real, ready, decides, bar in (
        ("0%", "0m", "{alone: 100%}", NO_BUYER),
        ("100%", "3d..3d", "{alone: 100%}", NOT_READY),
        ("100%", "0m", "{spouse: 100%}", SOMEBODY_MISSING),
    ):
        buyer = f"real: {real}, ready: {ready}, decides: {decides}"
        game = written(SHOP.replace("real: 100%, ready: 0m", buyer).replace("ceiling: 100%\n", ""))
        asked = [play(game.new_initial_state(seed), "what-it-costs", "have-it") for seed in range(12)]
        told = [answers(state)[-1] for state in asked]
        assert any(bar in answer.bars for answer in told)
        assert all(answer.chance == 0 for answer in told if answer.bars)


def test_an_order_says_how_likely_it_was_to_be_cancelled() -> None:
    told = set()
    for seed in range(80):
        state = play(written(SHOP).new_initial_state(seed), "what-it-costs", "have-it")
        if any(event.what == "order" for event in state.log):
            (chance, pressed) = cancelling(state, 0) or (0, 0)
            assert 0 < pressed < chance, "asking without a sign has pressed them"
            drawn = state.luck[0].chance("cancels") / CERTAIN
            if abs(100 * drawn - chance) > 1:
                assert bool(state.people[0][at.CANCELLED]) == (100 * drawn < chance)
            if state.people[0][at.CANCELLED]:
                fed = f"as {chance}% of such orders are: {chance - pressed}% at this price, and {pressed}% more for"
                told.add(fed in debrief(state).endings[0].sentence)
    assert told == {True}


def test_a_call_says_what_its_chance_was_made_of() -> None:
    left = play(bundled("saturday-showroom").new_initial_state(0), "brochure")
    soon, late = (play(left, wait, "call-them") for wait in ("wait.3h", "wait.tomorrow"))
    told = [answers(state)[-1] for state in (soon, late)]
    delays = [reason.points for answer in told for reason in answer.reasons if reason.what == "delay"]
    assert delays[1] < delays[0] < 0, "the longer a seller waits, the more it costs"


def test_a_call_minutes_after_one_that_nobody_answered_says_why_it_had_no_chance() -> None:
    found = set()
    for seed in range(20):
        left = play(bundled("saturday-showroom").new_initial_state(seed), "brochure", "wait.3h", "call-them")
        (tried,) = answers(left)
        if tried.came == "missed":
            again = answers(play(left, "call-them"))[-1]
            found.add((again.chance, again.bars))
    assert found == {(0, (JUST_TRIED,)), (0, (LEFT_ALONE,))}, "and whoever asked to be left alone is not reached at all"


def test_an_invitation_to_say_no_tells_the_chance_of_a_no() -> None:
    """Somebody who buys from nobody says it sooner, and the debrief tells that this was such a buyer."""
    shop = SHOP.replace("  bye:", "  easy: {kind: invite-no, say: Is it a no?}\n  bye:")
    never = shop.replace("real: 100%", "real: 0%").replace("ceiling: 100%\n", "")
    buyer, nobody = (answers(play(written(each).new_initial_state(1), "easy"))[-1] for each in (shop, never))
    assert (buyer.bars, nobody.bars) == ((), (NO_BUYER,))
    assert 0 < buyer.chance < nobody.chance
    assert {buyer.came, nobody.came} <= {"stays", "no-sale"}
    assert not buyer.yes


def test_a_question_says_how_it_was_answered() -> None:
    """Put off, objected to, refused: a seller goes on differently after each."""
    came = set()
    for seed in range(80):
        end = random_run("saturday-showroom", seed, [seed * nth % 97 for nth in range(3, 25)])
        came |= {each.came for each in answers(end) if each.kind in ASKS}
    assert {"stall", "objection"} <= came


def test_a_question_on_which_time_ran_out_was_never_answered() -> None:
    """The sale was over before it was asked: what came of an earlier question did not come of this one."""
    slow = SHOP.replace("30m", "60m").replace("ring it up?", "ring it up?, takes: 25m, repeat: yes")
    end = play(written(slow, BASE.replace("deadline: 14d", "deadline: 45m")).new_initial_state(1), "have-it", "have-it")
    assert end.is_terminal()
    assert [each.move for each in answers(end)] == [0]


def test_a_sale_that_was_there_and_was_not_asked_for_is_named() -> None:
    ready = SHOP.replace("interest: 60..60, trust: 60..60", "interest: 95..95, trust: 95..95")
    end = play(written(ready).new_initial_state(1), "what-it-costs", "bye", "finish")
    (found,) = missed(end)
    assert end.game.move_name(found.action) == "have-it"
    assert found.percent >= 50


def test_nothing_is_said_of_chances_before_the_run_is_over() -> None:
    state = play(written(SHOP).new_initial_state(1), "have-it")
    assert not state.is_terminal()
    assert debrief(state).answers == ()
    assert debrief(play(state, "bye", "finish")).answers
