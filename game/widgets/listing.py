"""A list to choose from, as every screen shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.selection import Selection
from textual.strip import Strip
from textual.visual import VisualType
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.words import marked
from game.words.signs import ENTER

if TYPE_CHECKING:
    from game.programs.program import Program


class Listing(OptionList):
    """An option list of plain text, in the program's own look.

    Nothing is chosen that cannot be seen: Enter on a row that was scrolled away shows it first. Nor is anything by a
    press on one row and a release on another, or by a drag, which selects text.
    """

    ALLOW_SELECT = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", marked("Open"), key_display=ENTER)]

    CONFIRMS: ClassVar[frozenset[str]] = frozenset({"enter"})
    """Keys that may confirm a row that asks once more; any other takes the question back."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._asking: tuple[str, VisualType] | None = None
        self._pressed: tuple[Offset, Row] | None = None

    def fill(self, rows: Sequence[Row], *, keep: bool = False, cursor: bool = True) -> None:
        """Show these rows with the cursor on the first that can be chosen; with `keep`, where it was if it can be;
        without `cursor`, on none."""
        self._asking = None
        if self.text_selection is not None:
            self.screen.clear_selection()
        here = self.highlighted_option.id if keep and self.highlighted_option is not None else None
        at = next((index for index, row in enumerate(rows) if here is not None and row.id == here), None)
        with self.app.batch_update():
            self.set_options(rows)
            if at is None:
                at = next((index for index, row in enumerate(rows) if cursor and not row.disabled), None)
                self.scroll_home(animate=False)
            self.highlighted = at

    def go_to(self, row: str) -> None:
        """Put the cursor on the row with this id, if there is one."""
        self.highlighted = next((at for at, each in enumerate(self.options) if each.id == row), self.highlighted)

    def on_resize(self) -> None:
        """Keep the cursor in view: in another width, rows are of other heights."""
        self.call_after_refresh(self.scroll_to_highlight)

    def ask_once_more(self, row: str, question: VisualType) -> bool:
        """Show a question instead of a row, with the cursor on it. Returns whether it was already shown."""
        if self._asking is not None and self._asking[0] == row:
            return True
        self.take_back()
        self._asking = (row, self.get_option(row).prompt)
        self.replace_option_prompt(row, question)
        self.go_to(row)
        return False

    def take_back(self) -> None:
        """Show the row again that asks once more."""
        if self._asking is not None:
            row, prompt = self._asking
            self._asking = None
            self.replace_option_prompt(row, prompt)

    def on_key(self, event: events.Key) -> None:
        """Any key other than one that confirms takes the question back."""
        if self._asking is not None and not self.confirms(self._asking[0], event.key):
            self.take_back()

    def confirms(self, row: str, key: str) -> bool:
        """Whether this key answers the question shown in a row."""
        return key in self.CONFIRMS

    # --- only what is seen is chosen ----------------------------------------------------------------------------------

    def action_select(self) -> None:
        """Choose the row under the cursor; one that is out of view is shown first."""
        if self.highlighted is not None and self.brought_into_view(self.highlighted):
            super().action_select()

    def brought_into_view(self, row: int) -> bool:
        """Whether a row is in view. If not, put the cursor on it and show it; no key chooses before that is seen."""
        lines = [line for line, (index, _) in enumerate(self._lines) if index == row]
        top = self.scroll_offset.y
        if lines and top <= lines[0] and (lines[-1] < top + self.size.height or lines[0] == top):
            return True
        self.highlighted = row
        self.scroll_to_highlight()
        cast("Program", self.app).listen_once_shown()
        return False

    def _move_page(self, direction: Any) -> None:
        # textual 8.2.8 looks up lines that a list without a height does not have, and raises KeyError
        if self.highlighted is None or self.highlighted in self._index_to_line:
            super()._move_page(direction)

    # --- the mouse ----------------------------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember what was pressed, and where."""
        row = self._row_at(event)
        self._pressed = None if row is None else (event.screen_offset, row)

    def on_click(self, event: events.Click) -> None:
        """Let a click choose only if it was pressed and released in one place, with the same row under it."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or pressed[0] != event.screen_offset or pressed[1] is not self._row_at(event):
            event.prevent_default()

    def _row_at(self, event: events.MouseEvent) -> Row | None:
        index = event.style.meta.get("option")
        return self.options[index] if isinstance(index, int) and index < len(self.options) else None

    # --- selecting text -----------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """A line of the list; what is selected of it is marked."""
        strip = super().render_line(y)
        line = self.scroll_offset.y + y
        span = self.text_selection.get_span(line) if self.text_selection is not None else None
        if span is not None:
            first, last = (cell_len(strip.text[:at]) if at >= 0 else strip.cell_length for at in span)
            marked = Segment.apply_style(
                strip.crop(first, last), post_style=self.screen.get_component_rich_style("screen--selection")
            )
            strip = Strip.join([strip.crop(0, first), Strip(marked), strip.crop(last)])
        return strip.apply_offsets(0, line)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text of the selected part."""
        style = self.get_visual_style("option-list--option")
        text = "\n".join(
            self._get_option_render(self.options[index], style)[offset].text.rstrip() for index, offset in self._lines
        )
        return selection.extract(text), "\n"


def heading(text: str) -> Row:
    """A row that names the rows below it."""
    return Row(Content.styled(text, "bold $accent"), disabled=True)


def gap() -> Row:
    """An empty row."""
    return Row("", disabled=True)
