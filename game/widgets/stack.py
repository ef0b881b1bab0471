"""Paragraphs one above the other, as one thing that a list can hold."""

from __future__ import annotations

from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class Stack(Visual):
    """Visuals stacked from top to bottom."""

    def __init__(self, *parts: Visual) -> None:
        self.parts = parts

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return max(part.get_optimal_width(rules, container_width) for part in self.parts)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return sum(part.get_height(rules, width) for part in self.parts)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return [strip for part in self.parts for strip in part.render_strips(width, None, style, options)][:height]
