"""The room of an event: where the player is, what is known of the round, and the way to the buyer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Button

from engine.words import gettext, known, marked
from game.runs.scene import briefings, offers
from game.screens.frame import SCROLLING, Frame
from game.screens.offer import Offer
from game.screens.sales import Sales
from game.widgets.plain import Plain
from game.words.signs import ENTER
from game.workshop.guest.whereabouts import consent, headline, past_text, places, sentences

if TYPE_CHECKING:
    from game.programs.guest import Guest


class RoomScreen(Frame):
    """Lies under the runs of an event, as the library lies under those on this machine."""

    CSS_PATH = "room.tcss"
    ABOUT = marked(
        "You take part in a competition. Everybody here sells to the same buyers, with the same luck, in the same "
        "order. What counts is what you earn from them; speed does not. The host opens and closes the rounds. Your "
        "seat is kept: if the connection is lost or you leave, join again and you are where you were."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", marked("Go on"), key_display=ENTER),
        Binding("d", "look_back", marked("Debrief"), tooltip=marked("Look back on a sale of a round that has closed")),
        Binding("n", "agree", marked("Name"), tooltip=marked("Whether your name may stand with a strong run of yours")),
        *SCROLLING,
    ]

    def body(self) -> ComposeResult:
        with VerticalScroll(id="page", can_focus=False):
            yield Plain(id="where")
            yield Plain(id="known")
        yield Button(f"{gettext('Go on')} {ENTER}", id="go-on", compact=True)

    def compose(self) -> ComposeResult:
        yield from super().compose()
        self.call_after_refresh(self.told)

    def told(self) -> None:
        """Show what the host has told last, in the language of the round."""
        guest = self._guest
        now = guest.table.now
        if (language := known(now.language)) != self._language:
            self._language = language
            self.refresh(recompose=True)
            return
        seat = gettext("{name}, seat {seat}").format(name=now.name, seat=now.seat)
        self.head(now.title, f"{seat} · {now.team}" if now.team else seat)
        text = "\n\n".join([headline(now), *(each for each in sentences(now, guest.table.ahead) if each)])
        self.query_one("#where", Plain).update(text)
        self.query_one("#known", Plain).update(self._known() if now.state == "playing" else self._places())
        self.refresh_bindings()
        button = self.query_one("#go-on", Button)
        button.display = now.state == "playing"
        if now.state == "playing":
            again = now.run is not None and now.run.n > 0
            button.label = f"{gettext('Go on') if again else gettext('Meet the buyer')} {ENTER}"
            button.focus()

    def _places(self) -> str:
        found = self._guest.table.standings
        told = [] if found is None else places(found, self._guest.table.now.seat)
        return "\n\n".join([*self._own(), *told])

    def _own(self) -> Iterator[str]:
        mine = self._guest.table.mine
        if mine is not None and mine.runs:
            yield "\n".join([gettext("Your sales (d looks back on one)"), *map(past_text, mine.runs), *mine.besides])
            yield f"{consent(mine)} {gettext('n changes that.')}"
        elif mine is not None and mine.besides:
            yield "\n".join(mine.besides)

    def _known(self) -> str:
        scene = self._guest.table.scene
        return "\n\n".join([scene.title, *briefings(scene), "\n".join(offers(scene.people))])

    def action_go_on(self) -> None:
        """To the buyer, if one is to be met."""
        self._guest.go_on()

    def on_button_pressed(self) -> None:
        """The same by mouse, or with Enter on the button."""
        self._guest.go_on()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now."""
        table = self._guest.table
        if action in ("look_back", "agree"):
            return table.now.state != "playing" and table.mine is not None and bool(table.mine.runs)
        return action != "go_on" or table.now.state == "playing"

    def action_look_back(self) -> None:
        """Choose a sale, and show its debrief."""
        mine = self._guest.table.mine
        assert mine is not None

        def chosen(number: int | None) -> None:
            if number is not None:
                self._guest.look_back(mine.runs[number])

        self.app.push_screen(Sales(mine.runs), chosen)

    def action_agree(self) -> None:
        """Ask whether one's name may stand with one's run, or may do so no more."""
        mine = self._guest.table.mine
        assert mine is not None
        agrees = mine.agrees
        question = Offer(
            gettext("Take your name off your run?") if agrees else gettext("May your name stand with your run?"),
            gettext(
                "After a round everybody is shown one strong run, move by move, and the host may print it. If it is "
                "yours, it has no name unless you say so here. You can change this at any time."
            ),
            yes=gettext("No name any more") if agrees else gettext("My name may stand there"),
            no=gettext("Leave it as it is"),
        )
        self.app.push_screen(question, lambda yes: self._guest.agree(not agrees) if yes else None)

    @property
    def _guest(self) -> Guest:
        return cast("Guest", self.app)
