"""Claims about the estimate of constants: it finds a value that was put wrong, and leaves everything as it was."""

from __future__ import annotations

import pytest

from engine import world
from engine.evidence.findings import measure
from engine.evidence.fit import FREE, Free, fitted, main, missed, setting
from engine.evidence.targets import targets
from engine.rules import constants
from engine.rules.constants import TABLE

CALLBACK = next(free for free in FREE if free.name == "callback")


def test_a_constant_put_wrong_is_brought_back_to_its_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.evidence.fit.FREE", (CALLBACK,))
    monkeypatch.setitem(TABLE, "callback", constants.Constant("callback", 100_000, "millionths", "test", "weak"))
    said: list[str] = []
    held = fitted(500, said.append)
    found = held["callback"]
    assert isinstance(found, int)
    assert 150_000 < found < 300_000
    assert "searched" in "".join(said)


def test_a_constant_near_its_figure_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.evidence.fit.FREE", (CALLBACK,))
    assert fitted(500, lambda text: None) == {"callback": TABLE["callback"].value}


def test_other_values_reach_the_rules_and_are_put_back() -> None:
    before = measure("trackback.callback_share", 100)
    with setting({"callback": 900_000}):
        assert measure("trackback.callback_share", 100).value > 0.7
    assert measure("trackback.callback_share", 100) == before
    assert TABLE["callback"].value == constants.CALLBACK


def test_other_values_reach_runs_that_are_played_out() -> None:
    before = measure("rackham.close_high", 200).value
    with setting({"decide_base": -8000}):
        assert measure("rackham.close_high", 200).value < before / 2


def test_only_the_table_of_constants_is_set() -> None:
    """The floor of interest and the slot of a state that holds it share a name."""
    with setting({"floor": 900}):
        assert constants.FLOOR == 900
        assert world.FLOOR == 10
    assert TABLE["floor"].value == constants.FLOOR


def test_distance_grows_with_what_is_missed() -> None:
    right, wrong = (missed(CALLBACK.by, {"callback": value}, 200) for value in (220_000, 600_000))
    assert right.near
    assert not wrong.near
    assert wrong.squared > right.squared


def test_one_place_of_a_table_is_scaled_alone_and_a_table_as_a_whole() -> None:
    held = {"cancel": (50, 100, 150, 200)}
    assert Free("cancel", (), 0.1, 1).times(held, 1.1) == {"cancel": (50, 110, 150, 200)}
    assert Free("cancel", (), 0.1).times(held, 2) == {"cancel": (100, 200, 300, 400)}


def test_every_estimated_constant_names_its_figures_as_the_table_does() -> None:
    for free in FREE:
        named = {id.strip() for id in TABLE[free.name].source.split(",")}
        assert named & set(free.by), free
        assert all(targets().named(id).held for id in free.by)


def test_too_few_runs_for_an_estimate_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--runs", "5"])
    assert "at least 100 runs, not 5" in capsys.readouterr().err
