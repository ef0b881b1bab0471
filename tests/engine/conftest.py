"""What several tests of the engine are about."""

from __future__ import annotations

import pytest

from engine.play import Game
from tests.engine.sales import written
from tests.engine.visits import VISIT


@pytest.fixture(scope="session")
def visit() -> Game:
    """A visit after which there is something to keep in touch for."""
    return written(VISIT)
