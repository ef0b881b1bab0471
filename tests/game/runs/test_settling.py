"""A run that is over is settled: its record closed, and its debrief kept beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenario import Scenario
from game.coach import coaching
from game.home import profile, run_files
from game.runs import accounts
from game.runs.session import Session
from game.runs.settling import settled


@pytest.fixture
def over(home: Path, kiosk: Scenario) -> Session:
    """A run that is over."""
    session = Session.start(kiosk, None, 5, "novice", False, profile.runs_dir())
    for name in ("where-to", "some-day", "finish"):
        session.choose(session.game.move_named(name))
    return session


def test_the_record_is_closed_and_the_debrief_kept(over: Session) -> None:
    found = settled(over)
    assert (found.unsaved, found.unkept) == ("", "")
    (run,) = run_files.runs()
    assert run.closing is not None
    assert run.closing.value == found.told.debrief.scorecard.value
    assert accounts.summary(run) is not None


def test_nothing_is_left_of_a_run_that_is_discarded_before_it_is_settled(over: Session) -> None:
    assert over.record_path is not None
    coaching.path_of(over.record_path).write_text("{}")
    run_files.discard(over.record_path)
    assert settled(over).unsaved == ""
    assert list(profile.runs_dir().iterdir()) == []
