"""The interest of two runs over each other, on one axis of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.strip import Strip

from game.practice.overlay import Overlay, overlay
from game.widgets.curve import AXIS, SOLID, label, share
from game.widgets.drawn import Drawn

if TYPE_CHECKING:
    from engine.course import CurvePoint

OTHER: Final = "○"
"""What the curve of the other run is drawn with."""


class Curves(Drawn):
    """One run as an area, the other one as a line over it. Below, a triangle and a ring say where each of them is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"curves--mine", "curves--other", "curves--quiet", "curves--mark"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._mine: Sequence[CurvePoint] = ()
        self._other: Sequence[CurvePoint] = ()
        self._at: tuple[int | None, int | None] = (None, None)

    def show(self, mine: Sequence[CurvePoint], other: Sequence[CurvePoint]) -> None:
        """Show two curves."""
        self._mine, self._other = mine, other
        self.draw_anew()

    def select(self, mine: int | None, other: int | None) -> None:
        """Mark a minute of each run."""
        self._at = mine, other
        self.draw_anew()

    def draw(self, width: int, height: int) -> list[Strip]:
        rows, columns = height - 1, width - AXIS - 1
        if rows < 2 or columns < 8 or not (self._mine or self._other):
            return []
        both = overlay(self._mine, self._other, columns)
        lines = []
        for row in range(rows):
            floor, ceiling = (rows - 1 - row) * 100 // rows, (rows - row) * 100 // rows
            cells = [self._cell(*pair, floor, ceiling) for pair in zip(both.mine, both.other, strict=True)]
            lines.append(Strip([Segment(label(row, rows), self._rich("quiet")), *cells]).simplify())
        lines.append(self._axis(both, columns))
        return [line.adjust_cell_length(width, self.rich_style) for line in lines]

    def _cell(self, mine: int | None, other: int | None, floor: int, ceiling: int) -> Segment:
        if other is not None and (floor <= other < ceiling or other >= ceiling == 100):
            return Segment(OTHER, self._rich("other"))
        return Segment(SOLID[share(mine or 0, floor, ceiling - floor, 8)], self._rich("mine"))

    def _axis(self, both: Overlay, columns: int) -> Strip:
        row = ["─"] * columns
        for minute, sign in zip(self._at, ("▲", OTHER), strict=True):
            if minute is not None:
                at = both.column(minute)
                row[at] = "◆" if row[at] == "▲" else sign
        return Strip(
            [Segment(" " * AXIS, self.rich_style)]
            + [Segment(sign, self._rich("quiet" if sign == "─" else "mark")) for sign in row]
        )

    def _rich(self, component: str) -> RichStyle:
        return self.get_component_rich_style(f"curves--{component}")
