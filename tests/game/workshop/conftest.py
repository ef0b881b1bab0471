"""Where events of tests are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.game.workshop.elsewhere import Elsewhere

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
