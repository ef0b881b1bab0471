"""A process that serves an event looks once at what stays, and is as it was before when it has ended."""

from __future__ import annotations

import gc

from game.workshop.hall.memory import lasting, look_again


def test_what_stays_is_looked_at_once_and_again_only_when_asked() -> None:
    before, usual = gc.get_freeze_count(), gc.get_threshold()
    kept = [[number] for number in range(1_000)]
    with lasting():
        gc.collect()
        assert gc.get_freeze_count() > before + len(kept)
        look_again()
        assert gc.get_freeze_count() == 0
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, usual)
