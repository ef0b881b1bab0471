"""The page of a debrief that says who else has played this very buyer."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.words import gettext, marked, ngettext
from game.computing.background import in_background
from game.practice import others
from game.report import comparison as report
from game.runs.results import result_text
from game.widgets.curves import Curves
from game.widgets.listing import Listing
from game.widgets.plain import Hanging, Plain
from game.widgets.stack import Stack
from game.words.errors import Failure
from game.words.wording import capital

if TYPE_CHECKING:
    from textual.visual import Visual

    from engine.comparison import Comparison
    from game.home.run_files import Run
    from game.practice.others import Other
    from game.runs.session import Session

_AT_WORK: Final = marked("at work …")


class Others(Vertical):
    """Oneself in other tries, and the computer players, each with the result; below, what came out differently."""

    class Ready(Message):
        """Par is known, so that others can be laid beside the run."""

    @dataclass
    class Played(Message):
        """A computer player has played this buyer."""

        name: str
        other: Other

    @dataclass
    class Chosen(Message):
        """A run is to be laid beside this one."""

        found: Comparison
        name: str

    def __init__(self, session: Session | None, about: str) -> None:
        """Show who else played the buyer of a run that is over. Without its `session`, say `about` it."""
        super().__init__()
        self._session = session
        self._about = about
        self._own: dict[str, tuple[Run, str]] = {}
        """The player's own, with what each is called, by the row."""
        self._found: dict[str, tuple[str, Comparison]] = {}
        """What was laid beside it, by the row, with what it is called."""
        self._left = Event()
        self._opened = False
        self._ready = False

    def compose(self) -> ComposeResult:
        listing = Listing(id="others-list")
        buyers = len(self._session.scenario.prospects) if self._session is not None else 1
        listing.border_title = f" {ngettext('who else played this buyer', 'who else played these buyers', buyers)} "
        yield listing
        yield Curves(id="others-curves")
        with VerticalScroll(id="others-detail", can_focus=False):
            yield Plain(self._about if self._session is None else "", id="others-told")

    def on_mount(self) -> None:
        """Without the run there is nobody to be compared with."""
        self.query_one(Listing).display = self._session is not None

    def on_unmount(self) -> None:
        """Nobody reads any more."""
        self._left.set()

    def open(self) -> None:
        """The page is looked at: list who there is, and let the computer players play."""
        if self._session is None:
            return
        self.query_one(Listing).focus()
        if not self._opened:
            self._opened = True
            theirs = others.own(self._session.header, self._session.record_path)
            self._own = {run.path.name: (run, called) for run, called in theirs}
            self._fill()
            in_background(self._play)

    def _play(self) -> None:
        """Let the computer players meet this buyer, in a thread of its own."""
        session = self._session
        assert session is not None  # the page would not have been opened
        session.prepare_par(self._left.is_set)
        if self._left.is_set():
            return
        self.post_message(self.Ready())
        for name, other in others.players(session.game, session.seed, self._left.is_set):
            self.post_message(self.Played(name, other))

    def on_others_ready(self, message: Ready) -> None:
        """Lay the run under the cursor beside this one."""
        message.stop()
        self._ready = True
        self._tell()

    def on_others_played(self, message: Played) -> None:
        """Show how it came out."""
        message.stop()
        self._lay_beside(message.name, message.other)
        self._fill()

    def _lay_beside(self, row: str, other: Other) -> None:
        from engine.comparison import compare

        session = self._session
        assert session is not None  # there would be nothing to lay it beside
        self._found[row] = other.name, compare(session.state, other.end, session.par.whole())

    # --- the list -----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        session = self._session
        assert session is not None  # the list is shown only with it
        rows = [(name, called, result_text(run)) for name, (run, called) in self._own.items()]
        for name, called in others.PLAYERS.items():
            found = self._found.get(name)
            rows.append(
                (name, capital(gettext(called)), report.result_text(found[1].other) if found else gettext(_AT_WORK))
            )
        self.query_one(Listing).fill(
            [
                Row(
                    Hanging(Content(""), Content(called), lead_width=0, tail=Content.styled(told, "$text-muted")),
                    id=name,
                )
                for name, called, told in rows
            ],
            keep=True,
        )
        self._tell()

    def _tell(self) -> None:
        """Say of the run under the cursor where it parts from this one, and what came out differently."""
        row = self.query_one(Listing).highlighted_option
        name = row.id if row is not None else None
        told = self.query_one("#others-told", Plain)
        try:
            found = self._beside(name) if name is not None else None
        except Failure as why:
            told.update(str(why))
            return
        told.update("" if found is None else Stack(*_summary(*found)))
        both = (found[1].mine, found[1].other) if found is not None else ()
        mine, other = (next(iter(side.found.curves.values())) for side in both) if both else ((), ())
        self.query_one(Curves).show(mine, other)
        self.query_one("#others-detail", VerticalScroll).scroll_home(animate=False)

    def _beside(self, row: str) -> tuple[str, Comparison] | None:
        """What is laid beside this run; None while it is not known. Raises `Failure` for a record that is not right."""
        session = self._session
        if row in self._own and row not in self._found and session is not None and self._ready:
            run, called = self._own[row]
            self._lay_beside(row, others.of_file(run.path, session.game, session.header, session.par.whole, called))
        return self._found.get(row)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what there is to say of it."""
        event.stop()
        self._tell()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Lay it beside this run."""
        event.stop()
        try:
            found = self._beside(event.option_id or "")
        except Failure:
            return  # why, it says below the list
        if found is not None:
            name, comparison = found
            self.post_message(self.Chosen(comparison, name))


def _summary(name: str, found: Comparison) -> list[Visual]:
    """Where two runs part, and what came out differently, in columns; what has no room in the last stays below it."""
    told: list[Visual] = [Content.styled(report.parting(found), "bold")]
    rows = list(report.differences(found))
    if rows:
        rows.insert(0, ("", gettext(report.THIS), report.in_short(name)))
        first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
        told += [
            Hanging(
                Content.assemble((f"{what:<{first}}  ", "$text-muted"), f"{here:<{second}}  "),
                Content(there),
                lead_width=first + second + 4,
            )
            for what, here, there in rows
        ]
    return told
