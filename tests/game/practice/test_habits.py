"""What is said of a player's habits: what this very player usually does after such a moment."""

from pathlib import Path

import pytest

from engine.coach.habits import Habit
from engine.coach.verdict import Choice, Verdict
from engine.play import Game
from engine.scenario import Scenario
from game.home import profile
from game.practice import habits
from game.runs.session import Session

VERDICT = Verdict(
    1,
    "some-day",
    100,
    100,
    "have-it",
    800,
    10,
    80.0,
    1_000,
    "blunder",
    0,
    (Choice("have-it", 900, 10, None),),
    ("have-it",),
)


def told(habit: Habit, kiosk: Scenario) -> str:
    game = Game(kiosk)
    before = game.new_initial_state(1).apply_action(game.move_named("where-to"))
    return habits.habit_text({"told": habit}, before, VERDICT)


def test_what_a_player_usually_does_stands_beside_what_was_worth_most(kiosk: Scenario) -> None:
    assert told(Habit({"present": 7, "vague-follow-up": 1, "open-question": 2, "story": 2}, 6), kiosk) == (
        "After they have told you something you most often show something: 9 of 12 times in 6 other runs (ask 2, "
        "leave 1). Here it was worth most to ask for a decision."
    )


@pytest.mark.parametrize(
    ("habit", "said"),
    [
        (Habit({"present": habits.LEAST_MOMENTS}, habits.LEAST_RUNS), True),
        (Habit({"present": habits.LEAST_MOMENTS - 1}, habits.LEAST_RUNS), False),
        (Habit({"present": 50}, habits.LEAST_RUNS - 1), False),
        (Habit({}, 0), False),
    ],
)
def test_of_too_few_moments_nothing_is_said(kiosk: Scenario, habit: Habit, said: bool) -> None:
    assert bool(told(habit, kiosk)) is said


def test_of_a_moment_without_a_name_nothing_is_said(kiosk: Scenario) -> None:
    assert habits.habit_text({}, Game(kiosk).new_initial_state(1), VERDICT) == ""


def played(kiosk: Scenario, seed: int, *names: str) -> Session:
    session = Session.start(kiosk, None, seed, "novice", False, profile.runs_dir())
    for name in names:
        session.choose(session.game.move_named(name))
    session.settle()
    return session


def test_first_tries_are_counted_and_neither_retries_nor_the_run_that_is_looked_at(
    home: Path, kiosk: Scenario, kiosk_path: Path
) -> None:
    runs = [played(kiosk, seed, "where-to", "some-day", "finish") for seed in range(3)]
    again = runs[0].retry(1)
    again.choose(again.game.move_named("some-day"))
    again.choose(again.game.move_named("finish"))
    again.settle()
    played(kiosk, 9, "where-to")  # not finished
    found = habits.habits(runs[2].record_path, kiosk_path.parent, lambda: False)
    assert found["told"].done == {"vague-follow-up": 2}


def test_runs_that_cannot_be_played_again_are_passed_over(home: Path, kiosk: Scenario, kiosk_path: Path) -> None:
    runs = [played(kiosk, seed, "where-to", "some-day", "finish") for seed in range(2)]
    assert runs[0].record_path is not None
    runs[0].record_path.write_text(runs[0].record_path.read_text().replace("seed: 0", "seed: 7"))
    assert habits.habits(None, kiosk_path.parent, lambda: False)["told"].runs == 1
    assert habits.habits(None, kiosk_path.parent, lambda: True) == {}
