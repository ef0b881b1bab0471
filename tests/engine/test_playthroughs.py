"""The playthroughs that were read and found good are still what happens."""

from __future__ import annotations

import pytest

from tests.engine.golden import FOLDER, playthrough
from tests.engine.sales import BUNDLED


@pytest.mark.parametrize("name", BUNDLED)
def test_a_run_reads_as_it_did_when_it_was_reviewed(name: str) -> None:
    """A difference is meant or it is a mistake: read it, then `python -m tests.engine.golden`."""
    assert playthrough(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_there_is_a_playthrough_for_each_bundled_scenario_and_no_other() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == BUNDLED
