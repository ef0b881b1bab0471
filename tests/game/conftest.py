"""A home of its own for every test, a small shop to sell in, and the command line."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from engine.coach.imagining import LEAST
from engine.scenario import Scenario, read_scenario
from game import cli
from game.computing.background import in_background
from game.home import profile
from tests.game import stylesheets
from tests.game.once import share_scenarios

stylesheets.read_once()

Run = Callable[..., tuple[int, str, str]]
"""Runs the command in this process; returns exit code, stdout, stderr."""

SIMULATE: Final = (sys.executable, "-m", "game", "simulate")
"""Begins the command in a process of its own."""

KIOSK = """\
format: 1
id: kiosk
title: The kiosk
situation: A commuter looks at an umbrella.
teaches: [plan-a]
briefing: |
  It rains. Somebody looks
  at the umbrellas.
ceiling: 100%
offer: {name: Umbrella, price: 20, floor: 8, currency: EUR}
calendar: {start: Mon 09:00, deadline: 2d}
buyer: {name: Sam, real: 100%, ready: 0m, patience: 30m}
needs:
  dry: {says: I have to get to the station dry., weight: 40}
lines:
  where-to: {kind: open-question, say: Where are you off to?, reveals: dry}
  this-one: {kind: present, say: This one opens with one hand., meets: dry}
  have-it: {kind: ask-for-decision, say: Shall I ring it up?}
  some-day: {kind: vague-follow-up, say: Come back any time.}
"""


@pytest.fixture(autouse=True)
def nothing_of_anybody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the home of whoever runs it; par, which these tests are not about, is what a school earns
    in as few runs as it can be worked out from; nobody judges in the background what is not looked at; nobody waits for
    the disk, whose power is not cut here; and a scenario that another test had is not read again."""
    share_scenarios(monkeypatch)
    monkeypatch.setenv("FIRSTVISIT_HOME", str(tmp_path / "nobody"))
    monkeypatch.setattr("engine.par.LOOKS", (2,))
    monkeypatch.setattr("engine.par.LONG", (2,))
    monkeypatch.setattr("engine.par.EACH", 2)
    monkeypatch.setattr("engine.par.DOCTRINE", "plan-a")
    monkeypatch.setattr("game.computing.pars._LARGE", 1_000_000)  # in this process, where it is so
    monkeypatch.setattr("game.coach.judging.in_background", lambda work: None)
    monkeypatch.setattr("game.coach.resting.in_background", lambda *_: None)
    monkeypatch.setattr("os.fsync", lambda handle: None)


FIRM: Final = 2 * LEAST
"""Imaginings after which moves of the short runs here are judged, mistakes among them."""


def at_work(monkeypatch: pytest.MonkeyPatch, imaginings: int = FIRM) -> None:
    """Let the coach judge in the background after all, and be done after so many imaginings."""
    monkeypatch.setattr("game.coach.judging.in_background", in_background)
    for name in ("AT_ONCE", "FINE", "MOST"):
        monkeypatch.setattr(f"game.coach.coaching.{name}", imaginings)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home directory, in use for this test."""
    where = tmp_path / "home"
    monkeypatch.setenv("FIRSTVISIT_HOME", str(where))
    return where


@pytest.fixture
def kiosk_path(tmp_path: Path) -> Path:
    """A small scenario as a file."""
    path = tmp_path / "kiosk.yaml"
    path.write_text(KIOSK, encoding="utf-8")
    return path


@pytest.fixture
def kiosk(kiosk_path: Path) -> Scenario:
    """A small scenario, ready to be played."""
    return read_scenario(kiosk_path.read_bytes(), str(kiosk_path))


@pytest.fixture
def shop(home: Path, kiosk_path: Path) -> Path:
    """The kiosk among the player's own scenarios."""
    folder = profile.scenarios_dir()
    folder.mkdir(parents=True)
    return kiosk_path.rename(folder / "kiosk.yaml")


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, for a player at home here."""

    def command(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        try:
            code = cli.main(arguments)
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


@pytest.fixture
def simulate(run: Run) -> Run:
    """`firstvisit simulate`, with arguments of any type."""

    def command(*arguments: object) -> tuple[int, str, str]:
        return run("simulate", *map(str, arguments))

    return command


@pytest.fixture
def simulated(simulate: Run, kiosk_path: Path) -> Callable[..., dict[str, Any]]:
    """Simulates the kiosk in this process; returns the report's JSON."""

    def report(*arguments: object) -> dict[str, Any]:
        code, out, err = simulate(kiosk_path, "--json", "--processes", 1, *arguments)
        assert (code, err) == (0, "")
        found: dict[str, Any] = json.loads(out)
        return found

    return report
