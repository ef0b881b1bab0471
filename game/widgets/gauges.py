"""Patience and, where the cues show them, the buyer's levels: bars with numbers, told apart by name."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from engine.view import Meters, PlayerView
from engine.words import gettext
from game.words.wording import LEVELS, signed

FULL = "━"
REST = "─"
_TABLE_BELOW = 60
"""Columns below which the gauges form a table rather than a strip."""
_LEAST = 3
"""Columns of the shortest bar: where there is less room, the number stands alone."""


def _longest() -> int:
    """Columns of the longest name of a level."""
    return max(cell_len(gettext(each)) for each in LEVELS)


def _room(width: int, lead: int) -> int:
    """Columns that a bar may take, beside a name of `lead` columns and a number that has moved."""
    room = width - lead - 9
    return room if room >= _LEAST else 0


def bar(value: int, full: int, width: int) -> Content:
    """A line `width` cells long, heavy up to the value's share of `full`, light beyond."""
    filled = 0 if full <= 0 else max(0, min(width, (value * width + full // 2) // full))
    if value > 0 and filled == 0 and width:
        filled = 1
    return Content.assemble((FULL * filled, "$accent"), (REST * (width - filled), "$border"))


def change(now: int, before: int | None) -> str:
    """`+4` or `−3`, or nothing when a level did not move or was not known."""
    if before is None or before == now:
        return ""
    return signed(now - before)


class Gauges(Widget):
    """How the conversation stands: two lines where there is width, a table where there is height.

    Patience always; the levels for novice, the buyer's manner for regular, nothing more for expert.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._patience = self._full = 0
        self._seconds = False
        self._mood: str | None = None
        self._meters: Meters | None = None
        self._before: Meters | None = None

    def show(self, view: PlayerView, before: PlayerView | None = None, *, seconds: bool = False) -> None:
        """Show the one who is talked to; with `before`, how the levels moved since. `seconds`: a live clock."""
        self._full, self._seconds = view.patience_full or 0, seconds
        self._patience = view.patience or 0
        self._mood, self._meters = _seen(view)
        self._before = _seen(before)[1] if before is not None and before.talking_to == view.talking_to else None
        self.refresh(layout=True)

    def run_down(self, patience: int) -> None:
        """Show less patience, in seconds, and leave the rest."""
        self._patience = patience
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the gauges have at this width."""
        return self._gauges(width).plain.count("\n") + 1

    def render(self) -> Content:
        return self._gauges(self.content_size.width)

    def _gauges(self, width: int) -> Content:
        if not self._full:
            return Content("")
        return self._table(width) if width < _TABLE_BELOW else self._strip(width)

    def _strip(self, width: int) -> Content:
        if self._meters is None:
            mood = f"   {gettext('seems {mood}').format(mood=gettext(self._mood))}" if self._mood else ""
            return self._patience_row(max(30, min(60, width - len(mood))), 10) + Content(mood)
        each, lead = (width - 4) // 3, max(10, _longest())
        above = [self._patience_row(each, lead), self._row("trust", each, lead), self._row("pressure", each, lead)]
        below = [self._row(name, each, lead) for name in ("interest", "excitement", "conviction")]
        return Content("\n").join([Content("  ").join(above), Content("  ").join(below)])

    def _table(self, width: int) -> Content:
        lead = max(13, 2 + _longest())
        lines = [self._patience_row(width, lead)]
        if self._meters is not None:
            lines.append(Content(""))
            for name in LEVELS:
                lines.append(self._row(name, width, lead, indent=name in ("excitement", "conviction")))
        if self._mood:
            lines.append(Content.assemble((f"{gettext('manner'):<{lead}} ", "$text-muted"), gettext(self._mood)))
        return Content("\n").join(lines)

    def _row(self, name: str, width: int, lead: int, *, indent: bool = False) -> Content:
        value = getattr(self._meters, name)
        moved = change(value, getattr(self._before, name, None))
        label = f"  {gettext(name)}" if indent else gettext(name)
        return Content.assemble(
            (f"{label:<{lead}} ", "$text-muted"),
            bar(value, 100, _room(width, lead)),
            f" {value:>3} ",
            (f"{moved:<3}", "$accent"),
        )

    def _patience_row(self, width: int, lead: int) -> Content:
        minutes, rest = divmod(self._patience, 60)
        amount = f"{minutes}:{rest:02}" if self._seconds else gettext("{minutes} min").format(minutes=minutes)
        return Content.assemble(
            (f"{gettext('patience'):<{lead}} ", "$text-muted"),
            bar(self._patience, self._full, _room(width, lead)),
            f" {amount:>6} ",
        )


def _seen(view: PlayerView) -> tuple[str | None, Meters | None]:
    """Manner and levels of the one who is talked to, as far as the cues show them."""
    one = next((each for each in view.prospects if each.id == view.talking_to), None)
    return (one.mood, one.meters) if one is not None else (None, None)
