"""The pages over the host's screen: what can be done about somebody, a question, and how to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input

from engine.words import gettext, marked
from game.screens.offer import Offer
from game.screens.pick import Pick
from game.screens.sheet import Sheet
from game.screens.trouble import Trouble
from game.widgets.plain import Plain
from game.words import signs
from game.words.visible import visible

if TYPE_CHECKING:
    from game.workshop.host.invitation import Invitation


class Told(Trouble):
    """What came of something, or what there is to read. Every way out of it leads back to the room."""

    WAY_OUT = marked("Esc closes")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "dismiss", "Close", show=False)]


class Stopping(Offer):
    """Whether to stop serving while people play."""


class Deeds(Pick):
    """What can be done about a seat, a buyer or the event."""

    WAY_OUT = marked("Esc closes")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "dismiss", "Close", show=False)]


class Ask(Sheet[str]):
    """A question that is answered by typing."""

    WAY_OUT = marked("Enter does it · Esc closes")
    SCROLLS_BY_KEYS = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Close", show=False)]

    def __init__(self, title: str, question: str) -> None:
        super().__init__()
        self._title = title
        self._question = question

    def body(self) -> ComposeResult:
        yield Plain(visible(self._title), classes="title")
        yield Plain(self._question, classes="text")
        yield Input(max_length=300, compact=True)

    def on_mount(self) -> None:
        """Put the cursor where one types."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed."""
        event.stop()
        self.dismiss(event.value.strip() or " ")


class Join(Sheet[None]):
    """How to come, for everybody who can see this terminal."""

    WAY_OUT = marked("Esc closes")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,space,j,q", "dismiss", "Close", show=False)]

    def __init__(self, invitation: Invitation, code: str) -> None:
        super().__init__(classes="wide")
        self._invitation = invitation
        self._code = code

    def body(self) -> ComposeResult:
        first = self._invitation.addresses[0]
        with Horizontal(id="large"):
            yield Plain(qr(f"{first}/#{self._code}"))
            with Vertical():
                yield Plain(gettext("Code {code}").format(code=self._code), classes="title")
                yield Plain(gettext("In a browser:"))
                yield Plain(first, classes="text")
                yield Plain(gettext("In a terminal:"))
                yield Plain(f"firstvisit join {self._invitation.to_join} --code {self._code}")


def qr(text: str) -> Content | str:
    """A picture of a text that telephones read, two modules in each character, dark on light whatever the theme;
    nothing where the terminal has no signs for it."""
    if not signs.has_signs():
        return ""
    import segno

    rows = [list(row) for row in segno.make(text, error="l").matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    drawn = [
        "".join(" ▀▄█"[bool(above) + 2 * bool(below)] for above, below in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=True)
    ]
    return Content("\n").join([Content.styled(line, "#000000 on #ffffff") for line in drawn])
