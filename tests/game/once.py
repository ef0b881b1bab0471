"""Scenarios are read, and made ready to be played, once for all tests of a process that have the same.

A program does so once for each file that it plays; a thousand tests would read the same kiosk again and again, find out
the expert's guides for it, and make quick what they do often: a fifth of the time of the game's tests.
"""

from __future__ import annotations

from functools import lru_cache
from weakref import WeakKeyDictionary

import pytest

from engine.rules import Rules, preparing
from engine.scenario import Scenario, loading

_prepared: dict[str, list[Rules]] = {}
_read = lru_cache(300)(loading.check_scenario)


def share_scenarios(monkeypatch: pytest.MonkeyPatch) -> None:
    """For one test. A script is not shared: how long it is looked for is up to the test."""
    monkeypatch.setattr("engine.scenario.loading.check_scenario", _read)
    monkeypatch.setattr("engine.play.prepare", _rules)
    monkeypatch.setattr("engine.doctrines._SCRIPTS", WeakKeyDictionary())


def _rules(scenario: Scenario) -> Rules:
    """The rules of an equal scenario, if there was one. Equal digests are not enough, as words may differ."""
    same = _prepared.setdefault(scenario.digest(), [])
    found = next((rules for rules in same if rules.scenario == scenario), None)
    if found is None:
        found = preparing.prepare(scenario)
        same.append(found)
    return found
