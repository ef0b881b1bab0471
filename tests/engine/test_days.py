"""A step can be on a day counted from the one on which it is proposed, and what is agreed is on that day."""

from __future__ import annotations

import pytest

from engine.calendar import Step, clock_text, step_time
from engine.play import Game, State
from engine.scenario import read_scenario
from engine.scenario.vocabulary import CHANNELS
from engine.units import DAY, HOUR
from tests.engine.sales import DESK


def desk(step: str, buyer: str = "name: Rui, trust: 95..95, interest: 95..95") -> Game:
    line = f"  step: {{kind: propose-dated-step, say: And then?, {step}}}\n"
    return Game(read_scenario((DESK.replace("name: Rui}", f"{buyer}}}") + line).encode(), "desk.yaml"))


def agreed(game: Game) -> State:
    """A run in which the step was agreed at once."""
    for seed in range(40):
        state = game.new_initial_state(seed).apply_action(game.move_named("step"))
        if not state.is_terminal() and state.player_view().prospects[0].promise is not None:
            return state
    raise AssertionError("nobody agreed")


@pytest.mark.parametrize("hour", [0, 9, 10, 11, 23])
def test_tomorrow_at_ten_is_tomorrow_whatever_time_it_is_now(hour: int) -> None:
    assert clock_text(step_time(Step(minute=10 * HOUR, days=1), hour * HOUR + 1)) == "Tue 10:00"
    assert clock_text(step_time(Step(minute=10 * HOUR, days=3), 4 * DAY + hour * HOUR)) == "Mon 10:00"


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("at: tomorrow 10:00", "tomorrow, Tue 10:00"),
        ("at: in 3 days 16:30", "Thu 16:30"),
        ("at: in 1 day 8:15", "tomorrow, Tue 08:15"),
        ("on: tomorrow", "tomorrow, Tue 09:00"),
        ("at: 10:00", "today 10:00"),
    ],
)
def test_what_can_be_waited_for_names_the_day_that_was_agreed(step: str, told: str) -> None:
    texts = [option.text for option in agreed(desk(step)).player_view().options]
    assert f"Wait for what is agreed, {told}." in texts


@pytest.mark.parametrize(("arrives", "channel"), [("visit", "visit"), ("known", "call"), ("lead", "call")])
def test_a_step_takes_place_where_people_met_unless_the_line_says_otherwise(arrives: str, channel: str) -> None:
    buyer = f"name: Rui, arrives: {arrives}"
    assert _channel(desk("at: tomorrow 10:00", buyer)) == channel
    assert _channel(desk("at: tomorrow 10:00, by: text", buyer)) == "text"


def _channel(game: Game) -> str:
    step = game.rules.scenario.prospects[0].lines[-1].step
    assert step is not None
    return CHANNELS[step.channel]


def test_files_that_name_no_such_day_keep_their_digest() -> None:
    """Runs that were recorded before days could be counted can still be played."""
    lines = (
        "  ten: {kind: propose-dated-step, say: At ten?, at: 10:00, by: visit}\n"
        "  week: {kind: propose-dated-step, say: In a week?, in: 7d, by: call}\n"
    )
    assert read_scenario((DESK + lines).encode(), "desk.yaml").digest() == "4fba38bdd2c3d492"
    moved = lines.replace("at: 10:00", "at: tomorrow 10:00")
    assert read_scenario((DESK + moved).encode(), "desk.yaml").digest() != "4fba38bdd2c3d492"
