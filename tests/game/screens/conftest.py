"""A run that follows a script has the debrief of its script; and a coach, where a test is about one."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenario import Scenario
from game.runs import accounts
from game.runs.accounts import Account
from game.runs.session import Session
from tests.game.conftest import FIRM, at_work
from tests.game.screens.coached import session_of
from tests.game.screens.moves import pin
from tests.game.screens.scripted import ScriptedRun

account = accounts.account


def told(session: Session | ScriptedRun) -> Account:
    """What there is to show of a run that is over, played or scripted."""
    return session.account() if isinstance(session, ScriptedRun) else account(session)


@pytest.fixture(autouse=True)
def debriefs_of_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a script ends in is told as it is written there, and not worked out from rules."""
    monkeypatch.setattr(accounts, "account", told)


@pytest.fixture(autouse=True)
def pinned(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same surroundings everywhere."""
    pin(monkeypatch)


@pytest.fixture
def no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other scenarios than those of the test."""
    monkeypatch.setattr("scenarios.__path__", [])


@pytest.fixture
def coach(monkeypatch: pytest.MonkeyPatch) -> None:
    """A coach that is soon done."""
    monkeypatch.setattr("game.computing.pool.usable_processors", lambda: 1)
    at_work(monkeypatch)


@pytest.fixture
def finer(coach: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A coach who has time to find the smaller mistake, too."""
    at_work(monkeypatch, 4 * FIRM)


@pytest.fixture
def given_up(coach: None, kiosk: Scenario) -> Session:
    """A run that was left, and given up, though the buyer could have been called."""
    return session_of(kiosk, "where-to", "some-day", "finish")
