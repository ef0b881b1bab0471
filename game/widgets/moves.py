"""The moves of a run, to choose one of them."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from engine.words import marked
from game.widgets.listing import Listing


class Moves(Listing):
    """The moves of the run. Enter does not act here: r goes back to a move, so that a slip costs nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", marked("Choose"), show=False)]
