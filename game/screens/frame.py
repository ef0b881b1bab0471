"""What every screen shares: a heading, help on `?`, the way back, and a plain word when the window is too small."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList

from engine.words import everywhere, gettext, marked, speak, stay
from game.widgets.keys import Keys
from game.widgets.plain import Plain

if TYPE_CHECKING:
    from game.programs.app import FirstVisit
    from game.programs.playing import Playing

LEAST_WIDTH = 72
LEAST_HEIGHT = 20
WIDE = 104
TALL = 32
ALL_COMMANDS: Final = "palette"
"""The action that lists them: not in the line of keys, but in every help of a program that knows it."""
_LINES = 3
"""How far an arrow key scrolls."""
SCROLLING: Final = tuple(
    Binding(key, f"scroll('{key}')", marked("Scroll"), show=False)
    for key in ("down", "up", "pagedown", "pageup", "home", "end")
)
"""For a screen with a page that is longer than the window and takes no focus."""


PAGING: Final = tuple(
    Binding(key, f"scroll('{key}')", marked("Scroll"), show=False, priority=True) for key in ("pagedown", "pageup")
)
"""For a screen with such a page beside a list that takes all other keys."""


class Detail(VerticalScroll, can_focus=False):
    """A page below a list, which says above itself that there is more of it than can be seen, whenever there is."""

    def watch_show_vertical_scrollbar(self, more: bool) -> None:
        self.border_title = f" {gettext('PgUp PgDn: the rest')} " if more else ""


class Frame(Screen[None]):
    """A full screen of the program. Subclasses give `body`, what help says in `about`, and their own style sheet."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 (the base class declares it for instances)
        (0, "-tiny"),
        (LEAST_WIDTH, "-narrow"),
        (WIDE, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"),
        (LEAST_HEIGHT, "-short"),
        (TALL, "-tall"),
    ]
    ABOUT: ClassVar[str] = ""
    """What help says of this screen, in a few short sentences, to be looked up."""

    def about(self) -> str:
        """What help says of this screen now."""
        return gettext(self.ABOUT) if self.ABOUT else ""

    def scrolled(self) -> Iterable[Widget]:
        """What the keys of `SCROLLING` scroll."""
        return self.query(VerticalScroll)

    def action_scroll(self, key: str) -> None:
        """Scroll as this key does everywhere; where all of the page is in view, turn the page of the list beside it."""
        pages = tuple(self.scrolled())
        if isinstance(self.focused, OptionList) and not any(page.max_scroll_y for page in pages):
            match key:
                case "pagedown":
                    self.focused.action_page_down()  # type: ignore[no-untyped-call]
                case "pageup":
                    self.focused.action_page_up()  # type: ignore[no-untyped-call]
            return
        for page in pages:
            match key:
                case "down":
                    page.scroll_relative(y=_LINES, animate=False)
                case "up":
                    page.scroll_relative(y=-_LINES, animate=False)
                case "pagedown":
                    page.scroll_page_down(animate=False)
                case "pageup":
                    page.scroll_page_up(animate=False)
                case "home":
                    page.scroll_home(animate=False)
                case "end":
                    page.scroll_end(animate=False)

    def __init__(self) -> None:
        super().__init__()
        self._language = everywhere()
        """What was spoken when it was opened, and is again when it is seen again."""
        self._right = ""

    @property
    def game(self) -> Playing:
        """The program, where runs are played."""
        return cast("Playing", self.app)

    def compose(self) -> ComposeResult:
        stay(self._language)  # for what this screen and its widgets do from here on, in tasks of their own
        yield TooSmall()
        with Container(id="frame"):
            with Horizontal(id="bar"):
                yield Plain(id="bar-left")
                yield Plain(id="bar-right")
            yield from self.body()
            yield Keys()

    def body(self) -> ComposeResult:
        """The screen's own widgets, between heading and footer."""
        yield from ()

    def head(self, left: str, right: str = "") -> None:
        """Set the heading. Both are plain text."""
        self._right = right
        self.query_one("#bar-left", Plain).update(left)
        self.show_aside()

    def show_aside(self) -> None:
        """Show what the program says beside every heading, if it says anything."""
        told = " · ".join(each for each in (self.game.aside, self._right) if each)
        for bar in self.query("#bar-right").results(Plain):  # none in a screen that is only about to be shown
            bar.update(told)

    def on_screen_resume(self) -> None:
        """Speak the language of this screen, and listen again once it can be seen."""
        if self.app.screen is self:
            speak(self._language)
        self.game.listen_once_shown()

    def action_help(self) -> None:
        """Say what this screen is, and which keys it knows."""
        from game.screens.help import Help

        keys: dict[str, str] = {}
        for each in self.active_bindings.values():
            if each.enabled and (each.binding.show or each.binding.action == ALL_COMMANDS):
                keys.setdefault(gettext(each.binding.description), self.app.get_key_display(each.binding))
        self.app.push_screen(Help(self.about(), [(key, what) for what, key in keys.items()]))


class Own(Frame):
    """A screen for a player's own runs and scenarios, of which there is none at an event."""

    @property
    def game(self) -> FirstVisit:
        """The program, where these are kept."""
        return cast("FirstVisit", self.app)


class TooSmall(Plain):
    """Says that the window is too small, instead of a screen that cannot be read."""

    def on_mount(self) -> None:
        self._say()

    def on_resize(self) -> None:
        self._say()

    def _say(self) -> None:
        width, height = self.app.size
        says = gettext(
            "First Visit needs a window of {columns} columns and {rows} rows.\n"
            "This one has {width} and {height}. Make it larger to go on: nothing is lost.\n"
            "q leaves."
        )
        self.update(says.format(columns=LEAST_WIDTH, rows=LEAST_HEIGHT, width=width, height=height))
