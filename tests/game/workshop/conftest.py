"""Where events of tests are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from engine.play import State
from game.commands import confirming, results
from game.workshop.kept.events import events_dir
from game.workshop.results.ranking import Baselines
from tests.game.conftest import Run
from tests.game.workshop.elsewhere import Elsewhere
from tests.game.workshop.exports import STEM, hall, keep, work_out

_MEMORY = Path("/dev/shm")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory where there is one: these tests write often, and none pulls the plug of the machine."""
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture
def elsewhere(folder: Path) -> Iterator[Elsewhere]:
    there = Elsewhere(folder)
    yield there
    there.stop()


@pytest.fixture
def kept(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file of an event, in a home of its own; commands run in an empty folder, and par is not worked out."""
    path = events_dir() / f"{STEM}.db"
    keep(hall().log, path)
    monkeypatch.chdir(_made(tmp_path / "somewhere"))

    def quickly(starts: Mapping[tuple[int, int], State], processes: int | None) -> Baselines:
        return work_out(starts)

    monkeypatch.setattr("game.commands.hosting.purge", lambda *_: None)  # it is long over by the calendar
    monkeypatch.setattr(results, "known", quickly)
    monkeypatch.setattr(confirming, "worked_out", quickly)
    return path


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.fixture
def there(kept: Path, run: Run) -> Path:
    """The folder into which the results were written."""
    code, _, err = run("results", STEM)
    assert (code, err) == (0, "")
    return Path(f"{STEM}-results")
