"""The host's screen: who is here and how they stand, what has happened, and everything a host can do about it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.words import gettext, known, marked, speak
from game.report.document import as_text
from game.screens.frame import Frame
from game.screens.host_deeds import HostDeeds
from game.screens.host_sheets import Ask, Join, Told, qr
from game.screens.offer import Offer
from game.widgets.listing import Listing, gap, heading
from game.widgets.plain import Hanging, Plain
from game.words.visible import visible
from game.workshop.hall.acts import adjust, close_round, open_round
from game.workshop.hall.admission import change_code
from game.workshop.host.news import NO_DEBRIEF, happened, still_playing, taken_up, time_text, told_of
from game.workshop.kept.errors import StoreError
from game.workshop.log.names import name_of
from game.workshop.log.refused import Refused
from game.workshop.results.standings import Line, Standings, apart, standings

if TYPE_CHECKING:
    from game.programs.host import HostApp
    from game.workshop.log.room import Room

_NEWS: Final = 200
"""Lines of news that are kept."""
_AFTER_KEYS: Final = 0.5
"""Seconds between two looks at what has changed."""
_PLACE: Final = 5
_WIDEST: Final = 84
"""Columns of a report, if the terminal has them ..."""
_EDGES: Final = 10
"""... beside the edges of the page and its scroll bar."""
MORE: Final = 5
"""Minutes that one press gives a round; its key says so in words."""


class Host(Frame):
    """The room."""

    ABOUT = marked(
        "Players join with a browser or a terminal, at the address and with the code shown here; j shows both in "
        "large type. Open a round, and it closes by itself when its time is up. Enter on a player shows what you "
        "can do about a seat: every adjustment is written into the event's log with its reason. n shows everything "
        "that has happened. You see all places, "
        "whatever the board shows. The event is on the disk: whatever happens, firstvisit host --resume continues "
        "it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open", marked("Start"), tooltip=marked("Open the next round")),
        Binding("x", "close", marked("End"), tooltip=marked("Close the running round")),
        Binding("m", "more", marked("+5 min"), tooltip=marked("Give the round five more minutes")),
        Binding("j", "join", marked("Join"), tooltip=marked("Address, code and QR, large")),
        Binding("d", "debrief", marked("Debrief"), tooltip=marked("The class debrief of the last round")),
        Binding(
            "a",
            "adjust",
            marked("More"),
            tooltip=marked("Lock the door, change the code, let a buyer count for nobody"),
        ),
        Binding("n", "news", marked("News"), show=False),  # a line of keys has no room for it in every language
    ]

    def __init__(self) -> None:
        super().__init__()
        self._news: list[str] = []
        self._trouble = ""
        self._shown: object = None
        self._ranking = False
        """Whether the room is being ranked."""
        self._laid_out = False
        """Whether everything that shows something is in its place."""

    @property
    def host(self) -> HostApp:
        """The program."""
        return cast("HostApp", self.app)

    @property
    def _deeds(self) -> HostDeeds:
        return HostDeeds(self.app, self.host.hall, self.do)

    def body(self) -> ComposeResult:
        with Horizontal(id="room"):
            yield Listing(id="seats")
            with Vertical(id="invitation"):
                yield Plain(id="address")
                yield Plain(id="qr")
        yield Plain(id="trouble")
        yield Plain(id="news")

    def on_mount(self) -> None:
        """Show the room, and go on showing it."""
        self._before = self.host.hall.room
        self._tell(gettext("Kept in {file}").format(file=self.host.hall.store.name))
        if told := apart(self.host.hall.room):
            self._tell(told)
        if self.host.invitation.ssh:
            self._tell(gettext("With nothing installed: {command}").format(command=self.host.invitation.ssh))
        self._tell(gettext("The board for the projector is a page: a shows its address"))
        for line in taken_up(self.host.hall.room, self.host.hall.names):
            self._tell(line)
        self.set_interval(_AFTER_KEYS, self._look)

    def compose(self) -> ComposeResult:
        yield from super().compose()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Show everything on what was just put there."""
        self._shown, self._laid_out = None, True
        self.query_one(Listing).focus()
        self._show_news()
        self._look()

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        hall = self.host.hall
        if not self._laid_out:
            return
        if (language := known(hall.room.language)) != self._language:  # another round, in another one
            self._language, self._laid_out = language, False
            speak(language)
            self.refresh(recompose=True)
            return
        for line in happened(self._before, hall.room, hall.names):
            self._tell(line)
        self._before = hall.room
        if hall.deleted:
            self.app.exit()
            return
        if hall.trouble != self._trouble:
            self._trouble = hall.trouble
            self._tell(told_of(hall.trouble))
        self._head()
        trouble = told_of(hall.trouble) if hall.trouble else ""
        self.query_one("#trouble", Plain).update(trouble)
        self.query_one("#trouble").display = bool(trouble)
        now = (hall.room.seq, len(hall.names), hall.standing.code, len(self.host.afterwards.baselines), self.size)
        if now != self._shown and not self._ranking:
            self._shown, self._ranking = now, True
            self._invite()
            self.run_worker(self._rank())

    async def _rank(self) -> None:
        """Show who stands where. A large room takes a while to rank, and nobody who moves waits for it."""
        hall, baselines = self.host.hall, self.host.afterwards.baselines
        room, names = hall.room, hall.names
        try:
            found = await asyncio.to_thread(standings, room, names, hall.clock(), baselines, everything=True)
            if self._laid_out:
                self.query_one(Listing).fill(list(_rows(room, names, found)), keep=True)
        finally:
            self._ranking = False

    def _head(self) -> None:
        hall, room = self.host.hall, self.host.hall.room
        rounds = len(room.rounds)
        running, coming = room.running, room.coming
        if running is not None and running.ends is not None:
            left = max(0, running.ends - hall.clock()) // 1000
            done = room.many("between")
            where = gettext("round {round} of {rounds} · {done} of {here} done · {left} left").format(
                round=running.number + 1, rounds=rounds, done=done, here=len(room.here), left=_clock(left)
            )
        elif coming is not None:
            where = gettext("round {round} of {rounds} comes next · {here} here").format(
                round=coming.number + 1, rounds=rounds, here=len(room.here)
            )
        else:
            where = gettext("the last round has closed")
        working = self.host.afterwards.working if running is None else ""  # there is no room for it beside the time
        self.head(room.event.title, f"{where} · {working}" if working else where)

    def _invite(self) -> None:
        hall, invitation = self.host.hall, self.host.invitation
        code = gettext("Code: {code} (locked: nobody else can join)") if hall.room.locked else gettext("Code: {code}")
        lines = [
            gettext("Join: {address}").format(address=invitation.addresses[0]),
            code.format(code=hall.standing.code),
        ]
        self.query_one("#address", Plain).update(
            Content("\n").join([Content.styled(lines[0], "bold"), Content.styled(lines[1], "bold $accent")])
        )
        self.query_one("#qr", Plain).update(qr(f"{invitation.addresses[0]}/#{hall.standing.code}"))

    def _tell(self, text: str) -> None:
        self._news.append(f"{time_text(self.host.hall.clock())}  {visible(text)}")
        del self._news[:-_NEWS]
        if self._laid_out:
            self._show_news()

    def _show_news(self) -> None:
        self.query_one("#news", Plain).update("\n".join(self._news[-3:]))

    # --- what a host does ---------------------------------------------------------------------------------------------

    def do(self, deed: Callable[[], Awaitable[object]], told: Callable[[object], str] | None = None) -> None:
        """Do something that may be refused; say why if it is, and what came of it with `told`."""

        async def done() -> None:
            try:
                result = await deed()
            except (Refused, StoreError) as error:
                self.app.push_screen(Told(gettext("This was not done"), str(error)))
            else:
                if told is not None:
                    self.app.push_screen(Told(gettext("Done"), told(result)))
            self._look()

        self.run_worker(done())

    def action_open(self) -> None:
        """Open the round that comes next."""
        self.do(partial(self.host.hall.do, open_round))

    def action_close(self) -> None:
        """Ask whether to close the running round, and close it."""
        running = self.host.hall.room.running
        if running is None:
            self.do(partial(self.host.hall.do, close_round))
            return
        question = Offer(
            gettext("Close round {round} now?").format(round=running.number + 1),
            still_playing(self.host.hall.room),
            yes=gettext("Close it"),
            no=gettext("Let it go on"),
        )
        self.app.push_screen(question, lambda yes: self.do(partial(self.host.hall.do, close_round)) if yes else None)

    def action_more(self) -> None:
        """Give the round more time."""
        running = self.host.hall.room.running
        number = running.number if running is not None else 0
        self.do(
            partial(self.host.hall.do, adjust("more-time", gettext("more time for all"), round=number, minutes=MORE))
        )

    def action_adjust(self) -> None:
        """Choose what to do about the whole event."""
        locked = self.host.hall.room.locked
        lock = adjust("unlock" if locked else "lock", gettext("by the host"))
        deeds: dict[str, Callable[[], object]] = {
            gettext("Let people in again") if locked else gettext("Let nobody else in"): lambda: self.do(
                partial(self.host.hall.do, lock)
            ),
            gettext("Let people join with another code"): self._change_code,
            gettext("Void a buyer for everybody, or let one count again"): lambda: self._deeds.void(None),
            gettext("Show everything that has happened"): self.action_news,
            gettext("Show the whole address of the board"): lambda: self.app.push_screen(
                Told(gettext("Open this in the projector's browser"), self.host.invitation.board, wide=True)
            ),
        }
        self._deeds.choose(gettext("Adjust the event"), deeds)

    def _change_code(self) -> None:
        """Ask why, and let people join with another code from now on."""
        hall = self.host.hall

        def changed(why: str | None) -> None:
            if why:
                told = gettext("People join with {code} from now on.")
                self.do(partial(hall.do, change_code(why)), lambda code: told.format(code=code))

        question = gettext("Why? Everybody who is here keeps their seat")
        self.app.push_screen(Ask(gettext("Another code to join with"), question), changed)

    def action_join(self) -> None:
        """Show how to come, large."""
        self.app.push_screen(Join(self.host.invitation, self.host.hall.standing.code))

    def action_news(self) -> None:
        """Show everything that has happened."""
        self.app.push_screen(Told(gettext("What has happened"), "\n".join(reversed(self._news)), wide=True))

    def action_debrief(self) -> None:
        """Show the class debrief of the round that closed last."""
        told = self.host.afterwards.told()
        if not told:
            none = gettext(NO_DEBRIEF)
            self.app.push_screen(Told(gettext("There is no class debrief yet"), none))
            return
        columns = min(_WIDEST, self.app.size.width * 94 // 100 - _EDGES)
        self.app.push_screen(Told(gettext("Class debrief"), "\n".join(as_text(told, columns, all_fit=True)), wide=True))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show what can be done about a seat."""
        event.stop()
        what, _, number = (event.option_id or "").partition(":")
        if what == "seat":
            self._deeds.about(int(number))


def _rows(room: Room, names: Mapping[int, str], found: Standings) -> Iterator[Row]:
    """The list of everybody, as it is shown to the host."""
    if not room.seats:
        yield Row(Content.styled(gettext("Nobody is here yet."), "$text-muted"), disabled=True)
        return
    if found.lines:
        yield heading(found.title)
        for line in found.lines:
            yield Row(_row(line), id=f"seat:{line.seat}")
    elif found.note:
        yield Row(Content.styled(found.note, "$text-muted"), disabled=True)
    unranked = room.seats.keys() - {line.seat for line in found.lines}
    if unranked:
        yield heading(gettext("Removed") if found.lines else gettext("Here"))
        for seat in sorted(unranked):
            status = gettext("removed") if room.seats[seat].kicked else ""
            line = Line(seat, "", name_of(names, seat), room.seats[seat].team or "", "", "", "", status)
            yield Row(_row(line), id=f"seat:{seat}")
    for title, lines in (
        (gettext("Teams"), found.teams),
        (gettext("Computer players with these very buyers"), found.others),
    ):
        if lines:
            yield gap()
            yield heading(title)
            for line in lines:
                yield Row(_row(line), disabled=True)
    if found.room:
        yield gap()
        for text in found.room:
            yield Row(Content.styled(text, "$text-muted"), disabled=True)


def _row(line: Line) -> Hanging:
    ranked = line.place.isdecimal()
    status = "" if ranked else line.place
    conduct = gettext("conduct {percent}").format(percent=line.conduct) if line.conduct else ""
    facts = " · ".join(each for each in (line.team, status, conduct, line.met) if each)
    tail = f"{facts}  {line.earned:>14}" if line.earned else facts
    return Hanging(
        Content.styled(f"{line.place:>3}" if ranked else "", "$text-muted"),
        Content.styled(visible(line.name), "bold"),
        lead_width=_PLACE,
        tail=Content.styled(visible(tail), "$text-muted"),
    )


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"
