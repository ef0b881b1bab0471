"""Claims about an hour that was agreed on in a bundled scenario."""

from __future__ import annotations

from engine.play import State
from tests.engine.sales import bundled, play


def calls(state: State) -> set[str]:
    """The calls on offer, by name."""
    return {option.name for option in state.player_view("novice").options if option.kind == "call"}


def test_the_day_before_no_call_is_offered_as_one_that_keeps_the_hour() -> None:
    """Whoever takes 'be there at the hour' the day before would ring at once, and nobody would have meant that."""
    game = bundled("pricing-form")
    start = game.new_initial_state(3).apply_outcome(game.move_named("ring-the-number"), "reached")
    step = next(
        option for option in started(start).player_view("novice").options if option.kind == "propose-dated-step"
    )
    agreed = started(start).apply_outcome(step.action, "agrees")
    put_off = play(started(start), "brochure-and-shout")
    assert agreed.player_view("novice").prospects[0].promise is not None
    assert calls(agreed) <= calls(put_off)
    kept = [option for option in play(agreed, "wait.agreed").player_view("novice").options if option.keeps]
    assert kept
    assert {option.kind for option in kept} == {"call"}


def started(state: State) -> State:
    """The conversation as soon as an hour can be proposed in it."""
    while not any(option.kind == "propose-dated-step" for option in state.player_view("novice").options):
        question = next(
            option for option in state.player_view("novice").options if option.kind in ("quote", "open-question")
        )
        state = state.apply_action(question.action)
    return state
