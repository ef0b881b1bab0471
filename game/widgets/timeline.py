"""What lies ahead, in order: now, each agreed time, and the moment the sale is over."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from engine.calendar import clock_text, day_text, span_text
from engine.view import PlayerView
from game.wording import CHANNELS

_LEAST = 14
"""Columns that one point of the line needs to be read."""
_LAST = 12
"""Columns between the last point but one and the words of the last."""


class Timeline(Widget):
    """Points on a line, evenly spaced, with the time that lies between two."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._points: list[tuple[int, str, str]] = []
        self._start = 0

    def show(self, view: PlayerView) -> None:
        """Show the times that this view knows of."""
        points = [(view.minute, "●", "now")]
        for one in view.prospects:
            if one.result is None and one.promise is not None and one.promise.at is not None:
                how = CHANNELS.get(one.promise.channel, one.promise.channel)
                points.append((one.promise.at, "◆", f"{one.name}, {how}"))
        points.append((view.deadline, "┤", "the sale is over"))
        self._start = view.start
        self._points = sorted(points, key=lambda point: (point[0], point[1] == "┤"))
        self.refresh()

    def render(self) -> Content:
        points = self._points
        if not points:
            return Content("")
        width = self.content_size.width
        last = width - 1
        end = day_text(points[-1][0], self._start)
        spread = max(0, last - max(len(points[-1][2]), len(end)) - _LAST)
        most = 2 + spread // _LEAST
        if len(points) > most:
            points = [*points[: most - 1], points[-1]]
        step = spread // (len(points) - 2) if len(points) > 2 else 0
        line, names, times = Content(""), Content(""), Content("")
        for index, (minute, mark, name) in enumerate(points):
            final = index == len(points) - 1
            at = last if final else index * step
            line = _to(line, at, "─") + Content.styled(mark, "bold $accent")
            if final:
                names = _right(names, width, name, "")
                times = _right(times, width, end, "$text-muted")
                continue
            room = (last if index == len(points) - 2 else (index + 1) * step) - at - 1
            if index == len(points) - 2:
                room -= max(len(points[-1][2]), 9) + 1
            names = _to(names, at, " ") + Content(name).truncate(max(4, room), ellipsis=True)
            times = _to(times, at, " ") + Content.styled(clock_text(minute), "$text-muted")
            passes = span_text(points[index + 1][0] - minute)
            gap = (last if index == len(points) - 2 else (index + 1) * step) - at - 1
            if gap >= len(passes) + 6:
                left = (gap - len(passes) - 2) // 2
                line += Content.assemble(("─" * left, "$border"), (f" {passes} ", "$text-muted"))
        return Content("\n").join([names, line, times])


def _to(content: Content, column: int, fill: str) -> Content:
    missing = column - content.cell_length
    return content + Content.styled(fill * missing, "$border") if missing > 0 else content


def _right(content: Content, width: int, text: str, style: str) -> Content:
    return _to(content, width - len(text), " ") + Content.styled(text, style)
