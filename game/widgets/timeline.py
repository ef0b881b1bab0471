"""What lies ahead, in order: now, each agreed time, and the moment the sale is over."""

from __future__ import annotations

from itertools import pairwise

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from engine.calendar import about_text, clock_text, day_text, when_text
from engine.view import PlayerView
from engine.words import gettext
from game.words.wording import channel_text

_LEAST = 15
"""Columns that one point of the line needs to be read."""


_ROWS = 3
"""Rows for the line, what stands above it, and what stands below."""
_LEAST_GAP = 4
"""Columns of the line that stay between two of them where their words stand on it."""


class Timeline(Widget):
    """Points on a line, evenly spaced, with the time that lies between two; what they are stands above and below, or
    on the line where that is all there is room for."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._points: list[tuple[int, str, str]] = []
        self._start = self._now = 0

    def show(self, view: PlayerView) -> None:
        """Show the times that this view knows of."""
        points = [(view.minute, "●", gettext("now"))]
        for one in view.prospects:
            if one.result is None and one.promise is not None and one.promise.at is not None:
                how = channel_text(one.promise.channel)
                points.append((one.promise.at, "◆", f"{one.name}, {how}"))
        points.append((view.deadline, "┤", gettext("the sale is over")))
        self._start, self._now = view.start, view.minute
        self._points = sorted(points, key=lambda point: (point[0], point[1] == "┤"))
        self.refresh()

    def render(self) -> Content:
        points = self._points
        if not points:
            return Content("")
        width = self.content_size.width
        if self.content_size.height < _ROWS:
            return self._on_the_line(width)
        last = width - 1
        end = day_text(points[-1][0], self._start)
        spread = max(0, last - max(cell_len(points[-1][2]), cell_len(end)) - 1)
        most = 1 + spread // _LEAST
        if len(points) - 1 > most:
            points = [*points[:most], points[-1]]
        words = [
            (name, when_text(minute, self._now) if at else clock_text(minute))
            for at, (minute, _, name) in enumerate(points[:-1])
        ]
        wide = [max(map(cell_len, each)) + 2 for each in words]
        room = [min(each, spread // len(words)) for each in wide]
        spare = (spread - sum(room)) // len(words)
        step = [each + spare for each in room]
        line, names, times = Content(""), Content(""), Content("")
        at = 0
        for index, (name, time) in enumerate(words):
            minute, mark, _ = points[index]
            fits = step[index] - 1
            short = name if cell_len(name) <= fits else name.rpartition(", ")[0] or name
            names = _to(names, at, " ") + Content(short).truncate(fits, ellipsis=True)
            day = time if cell_len(time) <= fits else clock_text(minute)
            times = _to(times, at, " ") + Content.styled(day, "$text-muted")
            line = _to(line, at, "─") + Content.styled(mark, "bold $accent")
            at += step[index]
            passes = about_text(points[index + 1][0] - minute)
            gap = (at if index < len(words) - 1 else last) - line.cell_length
            if points[index + 1][0] > minute and gap >= len(passes) + 4:
                left = (gap - len(passes) - 2) // 2
                line += Content.assemble(("─" * left, "$border"), (f" {passes} ", "$text-muted"))
        line = _to(line, last, "─") + Content.styled(points[-1][1], "bold $accent")
        names = _right(names, width, points[-1][2], "")
        times = _right(times, width, end, "$text-muted")
        return Content("\n").join([names, line, times])

    def _on_the_line(self, width: int) -> Content:
        """Everything on one line: `now ●─── 20 h ───◆ Teo Sun 09:00 ─── 2 days ───┤ the sale is over: day 4, ...`."""
        end, _, over = self._points[-1]
        day = day_text(end, self._start)
        points, words = self._points, [gettext("now"), ""]
        for kept in range(len(self._points) - 1, 0, -1):  # the first are shown of those for which there is no room
            points = [*self._points[:kept], self._points[-1]]
            dated = [f" {name.rpartition(', ')[0] or name} {clock_text(at)} " for at, _, name in points[1:-1]]
            roomy = max(cell_len(about_text(b[0] - a[0])) + 4 for a, b in pairwise(points))
            for last, least in ((f" {over}: {day}", roomy), (f" {day}", _LEAST_GAP)):
                words = [f"{gettext('now')} ", *dated, last]
                spare = width - sum(map(cell_len, words)) - len(points)
                if spare >= least * (len(points) - 1):
                    return _drawn(points, words, spare)
        return Content.assemble((points[0][1], "bold $accent"), " ", words[-1].strip()).truncate(width, ellipsis=True)


def _drawn(points: list[tuple[int, str, str]], words: list[str], spare: int) -> Content:
    """A line of points with their words beside them, and with so many columns of the line between them all."""
    gaps = len(points) - 1
    line = Content.assemble((words[0], "$text-muted"), (points[0][1], "bold $accent"))
    for index, (minute, mark, _) in enumerate(points[1:]):
        gap = spare // gaps + (index < spare % gaps)
        passes = f" {about_text(minute - points[index][0])} "
        fits = minute > points[index][0] and cell_len(passes) + 2 <= gap
        rest = gap - cell_len(passes) if fits else gap
        line += Content.assemble(("─" * (rest // 2), "$border"), (passes if fits else "", "$text-muted"))
        line += Content.assemble(("─" * (rest - rest // 2), "$border"), (mark, "bold $accent"))
        line += Content.styled(words[index + 1], "$text-muted")
    return line


def _to(content: Content, column: int, fill: str) -> Content:
    missing = column - content.cell_length
    return content + Content.styled(fill * missing, "$border") if missing > 0 else content


def _right(content: Content, width: int, text: str, style: str) -> Content:
    return _to(content, width - cell_len(text), " ") + Content.styled(text, style)
