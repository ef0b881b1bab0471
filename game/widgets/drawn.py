"""A picture made of characters."""

from __future__ import annotations

from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget


class Drawn(Widget):
    """A widget that is drawn once for its size and its colours, and again when it shows something else."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Strip] = []
        self._drawn_for: Size | None = None

    def draw(self, width: int, height: int) -> list[Strip]:
        """The lines of the picture; none where there is not room for one."""
        raise NotImplementedError

    def draw_anew(self) -> None:
        """Something else is to be shown."""
        self._drawn_for = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        size = self.content_size
        if self._drawn_for != size:
            self._drawn_for = size
            self._lines = self.draw(size.width, size.height)
        return self._lines[y] if y < len(self._lines) else Strip.blank(size.width, self.rich_style)

    def notify_style_update(self) -> None:
        """Draw it in the new colours."""
        super().notify_style_update()
        self._drawn_for = None
