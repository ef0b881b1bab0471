"""A conversation with a buyer: what was said, what is known, how it stands, and what to say next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll

from engine.calendar import run_clock_text
from engine.words import gettext, marked
from game.screens.frame import WIDE
from game.screens.run import RunScreen
from game.widgets.choices import Choices
from game.widgets.gauges import Gauges
from game.widgets.known import Known
from game.widgets.transcript import Transcript
from game.words.wording import talking, tidied

if TYPE_CHECKING:
    from engine.view import PlayerView, ProspectView


class Visit(RunScreen):
    """The screen of place `conversation`."""

    CSS_PATH = "visit.tcss"
    PLACE = "conversation"
    ABOUT = marked(
        "You talk with the buyer. Above: the clock, and the patience left. Below: what you could say now, by what it "
        "is for, with its key, 1 to 9, then letters, and the minutes it takes. The talk moves on by itself: one marked "
        "as a last chance goes with whatever you say next. One that uses up their patience ends the conversation. "
        "Nothing is always right."
        "\n\n"
        "Interest is 5, which is always there, plus excitement, which comes from what is shown and told, and "
        "conviction, which comes from needs that were said and answered."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab,n", "notes", marked("Notes"), key_display="Tab")]

    def about(self) -> str:
        """What help says, with how fast interest fades here."""
        talking_to = self.session.scene.person(self.view.talking_to)
        about = super().about()
        return f"{about} {talking_to.fading}" if talking_to is not None else about

    def body(self) -> ComposeResult:
        yield Gauges(id="strip")
        with Horizontal(id="middle"):
            yield Transcript(id="transcript")
            with Vertical(id="side"):
                yield Gauges(id="table")
                yield Known(id="known")
        yield Choices(id="choices")

    async def show(self, view: PlayerView, before: PlayerView | None) -> None:
        """Bring every piece up to date; what did not change is not painted again."""
        talking_to = view.talking_to or (before.talking_to if before is not None else None)
        one = next((each for each in view.prospects if each.id == talking_to), None)
        self._show_head(view, one)
        if before is not None:
            self.remove_class("-notes")  # the reply is read first
        said = tuple(each for each in view.transcript if each.prospect in (None, talking_to))
        scenes = [tidied(one.briefing)] if one is not None and one.briefing else []
        news = self._news(view, talking_to)
        beside = self.app.size.width >= WIDE  # there they stand in the notes
        await self.query_one(Transcript).show(said, view.names, self.new_tips(view), scenes, [] if beside else news)
        if view.talking_to is None:
            if before is None:
                return
            view = _last(view, before)
        for gauges in self.query(Gauges):
            gauges.show(view, before, seconds=self.session.live)
        self.query_one(Known).show(view, self.currency(one), news)

    def _news(self, view: PlayerView, talking_to: str | None) -> list[str]:
        """What the last move changed, first of the one who is talked to; of anybody else, with the name."""
        told = [(view.prospects[who], text) for who, text in self.changes()]
        theirs = [text for one, text in told if one.id == talking_to]
        return theirs + [f"{one.name}: {text}" for one, text in told if one.id != talking_to]

    def offer(self, view: PlayerView) -> None:
        """Offer what can be said."""
        self.query_one(Choices).offer(view)

    def thought(self, seconds: int) -> None:
        """Let patience run down as the seconds pass."""
        if self.view.patience is not None:
            for gauges in self.query(Gauges):
                gauges.run_down(max(0, self.view.patience - seconds))

    def action_notes(self) -> None:
        """In a narrow window, show the notes in place of the conversation, and back."""
        self.toggle_class("-notes")
        self.refresh_bindings()
        self.call_after_refresh(self.make_room)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """From the notes the way back is to the conversation."""
        if action == "back" and self._notes_instead():
            return parameters == ("begun",)
        return super().check_action(action, parameters)

    def action_back(self, where: str) -> None:
        """Back from the notes, where they stand in place of the conversation; else from the run."""
        if self._notes_instead():
            self.action_notes()
        else:
            super().action_back(where)

    def page(self) -> VerticalScroll:
        """What was said, or the notes that stand in its place."""
        return self.query_one(Known) if self._notes_instead() else super().page()

    def needed(self) -> int:
        """Of the notes, all."""
        return self.query_one(Known).virtual_size.height if self._notes_instead() else super().needed()

    def rest(self) -> str:
        """Of the notes, too."""
        if not self._notes_instead():
            return super().rest()
        return gettext("PgUp PgDn: the rest") if self.needed() > self.page().size.height else ""

    def _notes_instead(self) -> bool:
        return self.has_class("-notes") and not self.has_class("-wide")

    def _show_head(self, view: PlayerView, one: ProspectView | None) -> None:
        name = one.name if one is not None else self.session.scene.title
        how = talking(view)
        clock = run_clock_text(view.minute, view.start, view.deadline)
        # The title comes last: what is too long for the heading is cut off at its end.
        self.head(f"{name}{', ' + how if how else ''}", f"{clock} · {self.session.scene.title}")


def _last(view: PlayerView, before: PlayerView) -> PlayerView:
    """The moment after a conversation, as if it still ran: its last words have moved the levels, and taken time."""
    spent = 60 * (view.minute - before.minute)
    return replace(
        view,
        talking_to=before.talking_to,
        channel=before.channel,
        patience=max(0, (before.patience or 0) - spent),
        patience_full=before.patience_full,
    )
