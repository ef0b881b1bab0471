"""A run that follows a script has the debrief of its script."""

from __future__ import annotations

import pytest

from game import accounts
from game.accounts import Account
from game.session import Session
from tests.game.screens.scripted import ScriptedRun

account = accounts.account


def told(session: Session | ScriptedRun) -> Account:
    """What there is to show of a run that is over, played or scripted."""
    return session.account() if isinstance(session, ScriptedRun) else account(session)


@pytest.fixture(autouse=True)
def debriefs_of_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a script ends in is told as it is written there, and not worked out from rules."""
    monkeypatch.setattr(accounts, "account", told)
