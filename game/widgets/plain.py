"""Text that people wrote, shown as it stands: no markup, no links, no format strings."""

from __future__ import annotations

from rich.segment import Segment
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

_BROKEN = 2
"""Lines into which a last line is broken at most, to make room for a tail."""
_LONG = 24
"""Columns up to which a last line is broken for a tail in any case: a longer one takes no more lines below the text."""


class Plain(Static):
    """Plain text, or content assembled from plain parts. Square brackets are square brackets."""

    ALLOW_SELECT = True

    def __init__(self, text: str | Visual = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(text, markup=False, id=id, classes=classes)


class Hanging(Visual):
    """A paragraph beside a lead of fixed width, and optionally before a tail: `3  text ...   2 min`.

    Wrapped lines of the paragraph stay clear of the lead, so that a column of leads reads as a column; and of the tail,
    unless that is to stand at the end (`closing`) instead of beside the first line: then the last line is broken once
    more where both do not fit beside each other, and only a long tail has a line of its own.
    """

    def __init__(
        self, lead: Content, body: Content, *, lead_width: int, tail: Content | None = None, closing: bool = False
    ) -> None:
        self.lead = lead.truncate(lead_width, ellipsis=True)
        self.body = body
        self.tail = tail
        self.lead_width = lead_width
        self.tail_width = tail.cell_length + 2 if tail is not None else 0
        self._closing = closing

    def _laid(self, width: int) -> tuple[int, Content]:
        """The columns of the paragraph, and the paragraph with the break that a closing tail needs."""
        whole = max(1, width - self.lead_width)
        clear = max(1, whole - self.tail_width)
        if not self._closing:
            return clear, self.body
        *above, last = self.body.wrap(whole)
        if last.rstrip().cell_length <= clear:
            return whole, self.body
        broken = last.wrap(clear)
        torn = len(broken) > _BROKEN or (self.tail_width > _LONG and 2 * self.tail_width > clear)
        below = [last, Content(" ")] if torn else broken
        return whole, Content("\n").join(line.rstrip_end(whole) for line in [*above, *below])

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self.lead_width + self.body.get_optimal_width(rules, container_width) + self.tail_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        inner, body = self._laid(width)
        return max(1, body.get_height(rules, inner))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        inner, body = self._laid(width)
        rich_style = style.rich_style
        lines = body.render_strips(inner, height, style, options) or [Strip.blank(inner, rich_style)]
        beside = width - self.lead_width - self.tail_width
        tailed = len(lines) - 1 if self._closing else 0
        strips = []
        for number, line in enumerate(lines):
            parts = [_fixed(self.lead if number == 0 else Content(""), self.lead_width, style, options)]
            if self.tail is None or (self._closing and number != tailed):
                parts.append(line.adjust_cell_length(width - self.lead_width, rich_style))
            else:
                tail = self.tail if number == tailed else Content("")
                parts.append(line.adjust_cell_length(beside, rich_style))
                parts.append(Strip([Segment("  ", rich_style)], 2))
                parts.append(_fixed(tail, self.tail_width - 2, style, options))
            strips.append(Strip.join(parts))
        return strips


def _fixed(content: Content, width: int, style: Style, options: RenderOptions) -> Strip:
    if not width:
        return Strip([], 0)
    lines = content.render_strips(width, 1, style, options)
    line = lines[0] if lines else Strip([], 0)
    return line.adjust_cell_length(width, style.rich_style)
