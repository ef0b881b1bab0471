"""Claims about reports as lines of text."""

from __future__ import annotations

from game.report.document import Heading, Table, as_text
from game.text.wrapping import cells


def test_columns_stand_below_each_other_whatever_the_script() -> None:
    table = Table(("move", "worth"), (("値段を聞く", "3"), ("ask the price", "12")))
    lines = list(as_text([Heading("部屋", 3), table], 60))
    assert lines[:2] == ["部屋", "----"]
    assert len({cells(line) for line in lines[3:]}) == 1
