"""Claims about who plays many runs."""

from __future__ import annotations

import pytest

from engine.doctrines import FOILS, SCHOOLS
from game.computing import many_runs


@pytest.mark.parametrize(
    ("text", "players"),
    [
        ("quick", (*SCHOOLS, *FOILS)),
        ("schools", tuple(SCHOOLS)),
        ("foils", tuple(FOILS)),
        ("random, plan-a", ("plan-a", "random")),
        ("schools,talker,plan-a", (*SCHOOLS, "talker")),
    ],
)
def test_players_are_chosen_by_name_or_several_at_once(text: str, players: tuple[str, ...]) -> None:
    assert many_runs.chosen(text) == players
