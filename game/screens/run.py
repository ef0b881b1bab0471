"""What the two screens of a running sale share: making a move, saving trouble, and the live clock."""

from __future__ import annotations

from time import monotonic as now
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.timer import Timer

from engine.changes import by_cause
from engine.words import gettext, marked
from game.computing.background import in_background
from game.runs.thinking import keep, kept
from game.screens.frame import Frame
from game.widgets.choices import Choices
from game.widgets.transcript import Transcript
from game.words.errors import Failure, SaveError

if TYPE_CHECKING:
    from engine.view import Place, PlayerView, ProspectView
    from game.runs.playable import Playable

KEPT = marked("The run is kept and offered again")
_LEAST_MOVES = 6
"""Rows that the moves keep, with the line above them, however much was said."""
ENDED = {
    "order": marked("It is an order."),
    "no-sale": marked("It is a no."),
}


class RunScreen(Frame):
    """A screen that shows a player's view and sends moves. It holds nothing of the game."""

    PLACE: ClassVar[Place]
    """The place of a run that this screen is for."""
    LEAST_SAID: ClassVar = 3
    """Rows that are kept for what was said, however many moves there are."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back('library')", marked("Library"), key_display="Esc", tooltip=KEPT),
        Binding("escape", "back('begun')", marked("Back"), key_display="Esc", tooltip=KEPT),
        Binding("escape", "back('room')", marked("The room"), key_display="Esc", tooltip=KEPT),
        Binding("pageup", "look_back(-1)", marked("Scroll back"), show=False, priority=True),
        Binding("pagedown", "look_back(1)", marked("Scroll on"), show=False, priority=True),
    ]

    def __init__(self, session: Playable) -> None:
        super().__init__()
        self.session = session
        self.view: PlayerView = session.view()
        self._over = False
        self._counts = session.live and self.PLACE == "conversation"
        self._began = now() - (kept(session) if self._counts else 0)
        self._clock: Timer | None = None

    async def on_mount(self) -> None:
        """Show the moment, and start the clock if thinking costs patience."""
        await self.show(self.view, None)
        self.offer(self.view)
        self.call_after_refresh(self.make_room)
        self.query_one(Choices).focus()
        self.set_timer(1, self._prepare)
        if self._counts:
            self.start_clock()

    def _prepare(self) -> None:
        """Work out par while the player reads, so that the last move need not wait for it; and let the coach look on,
        so that nobody waits for judgements."""
        in_background(self.session.prepare_par, self.game.leaving.is_set)
        self.game.look_on()

    # --- a move -----------------------------------------------------------------------------------------------------

    async def on_choices_picked(self, event: Choices.Picked) -> None:
        """Make the move that was picked."""
        event.stop()
        before = self.view
        if self._over or all(event.option is not option for option in before.options):
            return  # picked twice from one offer, or from one that is gone
        try:
            await self.session.make(event.option.action, self._thought())
        except SaveError as error:
            self.game.trouble(gettext("This run is no longer saved"), str(error))
        except Failure:
            self.game.show_run(self.session)  # where it has gone instead
            return
        self.game.moved()
        self._began = now()
        self.view = self.session.view()
        await self.moved(before)

    async def moved(self, before: PlayerView) -> None:
        """Show what the move brought. What ended a conversation or the run is read before the screen changes."""
        self._over = self.view.place != self.PLACE
        if self._over and self.view.place == "conversation":
            self.game.show_run(self.session)  # its first words stand there as well
            return
        with self.app.batch_update():
            await self.show(self.view, before)
            if self._over:
                if self._clock is not None:
                    self._clock.stop()
                self.query_one(Choices).offer_to_go_on(self._way_on())
            else:
                self.offer(self.view)
        self.call_after_refresh(self.make_room)

    def on_resize(self) -> None:
        """Share out the room of another window."""
        self.query_one(Choices).styles.clear_rule("max_height")
        self.call_after_refresh(self.make_room)

    def make_room(self) -> None:
        """Let what is read be whole, and the moves have all other room that they need."""
        choices = self.query_one(Choices)
        room = self.page().size.height + choices.outer_size.height
        most = max(_LEAST_MOVES, room - max(self.LEAST_SAID, self.needed()))
        choices.styles.max_height = most
        self.call_after_refresh(self._say_more)

    def page(self) -> VerticalScroll:
        """What is read above the moves."""
        return self.query_one(Transcript)

    def needed(self) -> int:
        """The rows that it takes: of what was said, what came of the last move."""
        return self.query_one(Transcript).answer_height

    def rest(self) -> str:
        """How to see the rest of it, where there is not room for all."""
        return gettext("PgUp PgDn: the rest of what was said") if self.query_one(Transcript).lacking else ""

    def _say_more(self) -> None:
        self.query_one(Choices).say_above(self.rest())

    def on_choices_go_on(self, event: Choices.GoOn) -> None:
        """Go where the run now is."""
        event.stop()
        if self.app.screen is self:
            self.game.show_run(self.session)

    def _way_on(self) -> str:
        if self.view.place == "over":
            results = [one.result for one in self.view.prospects]
            said = ENDED.get(results[0] or "", "") if len(results) == 1 else ""
            return f"{gettext(said) if said else ''} {self.game.after_run(self.session)}".strip()
        return gettext("The conversation is over. What comes next")

    # --- to be given by each screen ---------------------------------------------------------------------------------

    async def show(self, view: PlayerView, before: PlayerView | None) -> None:
        """Update what is shown, piece by piece."""
        raise NotImplementedError

    def offer(self, view: PlayerView) -> None:
        """Offer the legal moves."""
        raise NotImplementedError

    # --- tips and names ---------------------------------------------------------------------------------------------

    def new_tips(self, view: PlayerView) -> list[str]:
        """The narrator's explanations whose moment is now and that this run has not shown yet."""
        shown = self.game.tips_shown
        fresh = [(number, text) for number, text in view.tips if number not in shown]
        shown.update(number for number, _ in fresh)
        return [text for _, text in fresh]

    def changes(self) -> tuple[tuple[int, str], ...]:
        """What the last move changed and why, by prospect, where the cues show levels: `trust +5: listened`."""
        if self.session.cues != "novice":
            return ()
        between = self.PLACE == "between"  # there, what has faded stands by each name
        return by_cause(one for one in self.session.changes() if not (between and one.faded))

    def currency(self, prospect: ProspectView | None) -> str:
        """The currency of a prospect's offer."""
        scene = self.session.scene
        one = scene.people[0] if prospect is None else scene.person(prospect.id)
        return one.currency if one is not None else ""

    # --- the live clock ---------------------------------------------------------------------------------------------

    def start_clock(self) -> None:
        """Let a second of thinking pass every second."""
        self._clock = self.set_interval(1, self.tick)

    def tick(self) -> None:
        """Show the seconds since the moves were offered. What lies over this screen does not stop them."""
        if not self._over:
            self.thought(self._thought())

    def _thought(self) -> int:
        return int(now() - self._began) if self._counts else 0

    def on_unmount(self) -> None:
        """Keep how long the player had thought about the next move when they left."""
        if not self._over:
            keep(self.session, self._thought())

    def thought(self, seconds: int) -> None:
        """Show what thinking has cost since the last move."""

    # --- keys -------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The way back is named after where the run was begun."""
        return action != "back" or parameters == (self.game.way_back,)

    def action_back(self, where: str) -> None:
        """Back to where the run was begun; in the library it is offered again."""
        if where == "begun":
            self.game.back_from_run()
        else:
            self.game.to_bottom()

    def action_look_back(self, direction: int) -> None:
        """Scroll what was said, or the notes in its place, and a long list of prospects, while the cursor stays on the
        moves."""
        for page in self.query("Transcript, Known, #prospects").results(VerticalScroll):
            if page.size.height:
                page.scroll_relative(y=direction * max(1, page.size.height - 1), animate=False)
