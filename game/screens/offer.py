"""An offer with two answers: the tutorial at the very first start, or a run that was left."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.words import gettext, marked
from game.screens.sheet import Sheet
from game.widgets.listing import Listing
from game.widgets.plain import Plain
from game.words.signs import ENTER


class Offer(Sheet[bool]):
    """A question on a page of its own. Its first answer is a yes, and is what the offer is about."""

    WAY_OUT = marked("? F1 helps")
    SCROLLS_BY_KEYS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,y", "answer(True)", "Start", show=False),
        Binding("2,n,escape", "answer(False)", "Not now", show=False),
        Binding("question_mark,f1", "help", "Help", show=False),
        Binding("q", "app.quit", "Leave", show=False),
    ]
    ABOUT = marked(
        "A question with two answers: 1 or y takes the first, 2, n or Esc the second. Whatever you answer, nothing is "
        "lost: a run that was left stays in the library, and so does every scenario."
    )
    KEYS: ClassVar = (
        ("1 y", marked("The first answer")),
        ("2 n Esc", marked("The second")),
        (ENTER, marked("The one chosen")),
        ("q", marked("Leave")),
    )

    def __init__(self, title: str, *paragraphs: str, yes: str, no: str) -> None:
        super().__init__()
        self._title = title
        self._paragraphs = paragraphs
        self._answers = (f"1  {yes}", f"2  {no}")

    def body(self) -> ComposeResult:
        yield Plain(self._title, classes="title")
        for paragraph in self._paragraphs:
            yield Plain(paragraph, classes="text")
        yield Listing()

    def on_mount(self) -> None:
        """Put the cursor on the first answer."""
        answers = self.query_one(Listing)
        answers.fill([Row(text) for text in self._answers])
        answers.focus()

    def action_help(self) -> None:
        """Say what the answers do."""
        from game.screens.help import Help

        self.app.push_screen(Help(gettext(self.ABOUT), [(key, gettext(what)) for key, what in self.KEYS]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take Enter or a click."""
        event.stop()
        self.dismiss(event.option_index == 0)

    def action_answer(self, yes: bool) -> None:
        """Take a key."""
        self.dismiss(yes)
