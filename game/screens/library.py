"""The first screen: runs to go on with, runs that wait for their result, then every scenario. Typing filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.words import gettext, marked, ngettext
from game.coach import resting
from game.home import run_files
from game.runs.results import is_shown
from game.runs.results import played as played_so_far
from game.screens.frame import TALL, Own
from game.widgets.listing import Listing, gap, heading
from game.widgets.plain import Hanging, Plain
from game.widgets.stack import Stack
from game.words.errors import SaveError
from game.words.visible import visible
from game.words.wording import CUE_NAMES, moment_text, school_name

if TYPE_CHECKING:
    from game.home.run_files import Run
    from game.shelf.library import Entry, Unreadable


_MOST_RUNS = 3
"""Runs to go on with that are shown where there is little room; a row leads to the others."""


class Entries(Listing):
    """The list of the library, in which Del answers the question that Del asks."""

    CONFIRMS: ClassVar[frozenset[str]] = frozenset({"delete"})


class Library(Own):
    """Everything there is to play."""

    ABOUT = marked(
        "Every scenario is a sale with one buyer or several. Choose one to read its briefing. A run that you left "
        "is at the top, and goes on from where it was; Del, twice, discards it. F5 leads to every run that was "
        "played, and to its debrief; F7 to what all of them came to. Type to filter by title, situation or "
        "school.\n\nCues (F2): novice shows meters, regular the buyer's manner, expert the words only. With the "
        "live clock (F3) thinking costs the buyer's patience. F4 changes the colours."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", marked("Clear filter"), show=False),
        Binding("backspace", "rub_out", marked("Rub out"), show=False),
        Binding("delete", "discard", marked("Discard"), key_display="Del", show=False),
        Binding("f2", "app.cues", marked("Cues"), key_display="F2", tooltip=marked("How much of the buyer shows")),
        Binding("f3", "app.live", marked("Clock"), key_display="F3", tooltip=marked("Whether thinking costs patience")),
        Binding(
            "f5",
            "past",
            marked("Runs"),
            key_display="F5",
            tooltip=marked("Debriefs to read again, and all unfinished runs"),
        ),
        Binding(
            "f6",
            "app.drill",
            marked("Drill"),
            key_display="F6",
            tooltip=marked("Single decisions, at growing intervals"),
        ),
        Binding(
            "f7",
            "progress",
            marked("Progress"),
            key_display="F7",
            tooltip=marked("What your practice comes to, over all runs"),
        ),
    ]

    filter: var[str] = var("", init=False)
    """What was typed."""

    def __init__(self, *, offer_tutorial: bool = True) -> None:
        super().__init__()
        self._offer_tutorial = offer_tutorial
        self._entries: tuple[Entry, ...] = ()
        self._unreadable: tuple[Unreadable, ...] = ()
        self._all_runs = False
        self._looking: Timer | None = None
        """Until it is looked at, and nobody does anything else."""

    def body(self) -> ComposeResult:
        yield Plain(id="filter")
        yield Entries(id="list")
        yield Plain(id="empty")

    def on_mount(self) -> None:
        """Paint the frame first, then look at the files."""
        self.settings_changed()
        self._say_filter()
        self.query_one("#empty", Plain).display = False
        self.query_one("#list", Listing).focus()

    async def on_screen_resume(self) -> None:  # type: ignore[override]  # Textual awaits what is to be awaited
        """Read the files again, and what is remembered: a run may have been left or finished since, and a setting
        changed in a briefing. In another language, begin anew."""
        if self._language != self.game.settings.language:
            self._language = self.game.settings.language
            await self.recompose()
            self.on_mount()
        self.settings_changed()
        self.call_after_refresh(self.read)
        self._stop_looking()
        self._looking = self.set_timer(resting.LOOKING, self._rest)

    def on_screen_suspend(self) -> None:
        """It is not looked at any more."""
        self._stop_looking()

    def _stop_looking(self) -> None:
        if self._looking is not None:
            self._looking.stop()

    def _rest(self) -> None:
        if self.is_current:
            self.game.resting.on()

    def on_resize(self) -> None:
        """Give the rows air where there is room."""
        if self._entries:
            self._fill()

    def settings_changed(self) -> None:
        """Show what is remembered."""
        settings = self.game.settings
        clock = gettext("live clock") if settings.live else gettext("untimed")
        cues = gettext("cues: {cues}").format(cues=gettext(CUE_NAMES[settings.cues]))
        self.head("First Visit", f"{cues} · {clock}")

    def read(self) -> None:
        """Look at the files, and fill the list."""
        from game.shelf import library

        known, left = bool(self._entries), {each.path for each in self._entries if _left(each)}
        self._entries, self._unreadable = library.entries(self.game.folder)
        self._fill()
        if known:
            self._go_to_left([each.path for each in self._entries if _left(each) and each.path not in left])
        played = any(played_so_far(each) for each in self._entries)
        if self._offer_tutorial and not played and not self.game.settings.tutorial_seen:
            self._offer_tutorial = False
            tutorial = next((each for each in self._entries if each.summary.school is None), None)
            if tutorial is not None:
                from game.screens.offer import Offer

                offer = Offer(
                    gettext("Welcome to First Visit"),
                    gettext(
                        "A buyer walks in, interested, and that interest fades by itself. You decide what to ask, what "
                        "to show, and when to ask for the decision. Afterwards you see what moved the buyer, and why."
                    ),
                    gettext("“{title}” explains the screen while you sell. It takes five minutes.").format(
                        title=tutorial.summary.title
                    ),
                    yes=gettext("Start with it"),
                    no=gettext("Look at the library first"),
                )
                self.game.ask(offer, lambda yes: self._answered(tutorial.path, yes))

    def _go_to_left(self, paths: Sequence[Path]) -> None:
        """Put the cursor on the run that was just left, if it is on its scenario: Enter goes on with it."""
        listing = self.query_one("#list", Listing)
        here = listing.highlighted_option.id if listing.highlighted_option is not None else None
        for path in paths:
            if here == f"new:{path}":
                listing.go_to(f"run:{path}")

    def _answered(self, tutorial: Path, yes: bool) -> None:
        self.game.remember(tutorial_seen=True)
        if yes:
            self.game.open_scenario(tutorial)

    # --- the list ---------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        listing = self.query_one("#list", Listing)
        shown = [entry for entry in self._entries if self._matches(entry)]
        rows: list[Row] = []
        roomy = self.size.height >= TALL
        left = sorted((each for each in shown if _left(each)), key=lambda each: _left(each)[0].path.name)[::-1]
        if left:
            rows.append(heading(gettext("Go on with (Del discards)")))
            first = left if roomy or self._all_runs else left[:_MOST_RUNS]
            rows.extend(Row(_unfinished(entry), id=f"run:{entry.path}") for entry in first)
            if len(left) > len(first):
                rows.append(
                    Row(Content(f"  {gettext('and {count} more').format(count=len(left) - len(first))}"), id="more:")
                )
            rows.append(gap())
        over = sorted((each for each in shown if each.waiting), key=lambda each: each.waiting[0].path.name)[::-1]
        if over:
            rows.append(heading(gettext("Over, result to come (Del discards)")))
            rows.extend(Row(_over(entry), id=f"over:{entry.path}") for entry in over)
            rows.append(gap())
        if shown:
            scored = any(entry.scored for entry in shown)
            rows.append(heading(gettext("Scenarios, with results as recorded") if scored else gettext("Scenarios")))
            for entry in shown:
                rows.append(Row(_scenario(entry), id=f"new:{entry.path}"))
                if roomy:
                    rows.append(gap())
        broken = [each for each in self._unreadable if self.filter.casefold() in each.path.name.casefold()]
        if broken:
            rows.append(gap())
            rows.append(heading(gettext("Files with problems")))
            rows.extend(Row(Content(f"  {visible(each.path.name)}"), id=f"file:{each.path}") for each in broken)
        hidden = not listing.display
        with self.app.batch_update():
            listing.fill(rows, keep=True)
            nothing = self.query_one("#empty", Plain)
            nothing.display = not shown and not broken
            listing.display = not nothing.display
            if hidden and listing.display:
                listing.focus()  # a list that was hidden has lost the cursor
            nothing.update(
                gettext("Nothing matches “{typed}”. Esc clears the filter.").format(typed=self.filter)
                if self.filter
                else gettext("There are no scenarios here.")
            )

    def _matches(self, entry: Entry) -> bool:
        summary = entry.summary
        text = f"{summary.title} {summary.situation} {_school(entry)} {summary.id}".casefold()
        return all(word in text for word in self.filter.casefold().split())

    # --- typing -----------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Letters filter. `q` and `?` keep their meaning while nothing is typed."""
        if event.character is None or not event.is_printable:
            return
        if not self.filter and event.character in "q? ":
            return
        event.stop()
        self.filter += event.character

    def watch_filter(self) -> None:
        """Show what is left."""
        self._say_filter()
        self._fill()

    def action_clear(self) -> None:
        """Forget what was typed."""
        self.filter = ""

    def action_rub_out(self) -> None:
        """Take the last letter back."""
        self.filter = self.filter[:-1]

    def _say_filter(self) -> None:
        typed = Content.assemble((f"{gettext('Filter')}  ", "$text-muted"), (self.filter, "bold"), ("▏", "$accent"))
        hint = Content.styled(gettext("Type to filter; q leaves"), "$text-muted")
        self.query_one("#filter", Plain).update(typed if self.filter else hint)

    # --- opening ----------------------------------------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the scenario, go on with the run, or say what is wrong with the file. What was looked for is found: who
        comes back types anew."""
        event.stop()
        what, _, name = (event.option_id or "").partition(":")
        if what != "more":
            self.filter = ""
        if what == "file":
            self.game.open_scenario(Path(name))
            return
        if what == "more":
            self._all_runs = True
            self._fill()
            return
        entry = self._entry(name)
        if entry is None:
            return
        if (run := _run(entry, what)) is not None:
            self.game.open_run(run)
        else:
            self.game.open_scenario(entry.path)

    def action_past(self) -> None:
        """Show the runs that were played."""
        from game.screens.past import PastRuns

        self.app.push_screen(PastRuns())

    def action_progress(self) -> None:
        """Show what came of practice."""
        from game.screens.progress import Progress

        self.app.push_screen(Progress())

    def _entry(self, path: str) -> Entry | None:
        return next((each for each in self._entries if str(each.path) == path), None)

    # --- discarding -------------------------------------------------------------------------------------------------

    def action_discard(self) -> None:
        """Delete the run under the cursor, when asked a second time."""
        listing = self.query_one("#list", Listing)
        row = listing.highlighted_option
        what, _, name = (row.id or "" if row is not None else "").partition(":")
        entry = self._entry(name)
        run = _run(entry, what) if entry is not None else None
        if row is None or row.id is None or entry is None or run is None:
            self.game.say(gettext("Del discards an unfinished run: put the cursor on one."))
            return
        sure = gettext("Press Del again to discard the run of {title}.").format(title=entry.summary.title)
        question = Content.styled(f"  {sure}", "bold")
        if not listing.ask_once_more(row.id, question):
            return
        try:
            run_files.discard(run.path)
        except SaveError as error:
            self.game.say(str(error), warning=True)
        self.read()


def _scenario(entry: Entry) -> Stack:
    summary = entry.summary
    best = (
        gettext("best {percent}%").format(percent=entry.best)
        if is_shown(entry.best)
        else gettext("no best yet")
        if entry.finished or entry.waiting
        else gettext("not played")
    )
    difficulty = "●" * summary.difficulty + "○" * (3 - summary.difficulty)
    facts = Content.assemble((f"{_school(entry):<18}", "$text-muted"), (difficulty, "$text-muted"), f" {best:>11}")
    more = _apart(entry)
    tail = Content.styled(more, "$text-muted") if more else None
    rows = [
        Hanging(Content(""), Content.styled(summary.title, "bold"), lead_width=2, tail=facts),
        Hanging(Content(""), Content.styled(summary.situation, "$text-muted"), lead_width=2, tail=tail),
    ]
    if entry.twins:
        twin = gettext("{path}: another file has the id {id} too")
        text = twin.format(path=visible(str(entry.path)), id=summary.id)
        rows.append(Hanging(Content(""), Content.styled(text, "$warning"), lead_width=2))
    return Stack(*rows)


def _apart(entry: Entry) -> str:
    """What was reached, and does not count as the best."""
    if is_shown(entry.retried):
        return gettext("retry {percent}%").format(percent=entry.retried)
    if entry.best is None and entry.other_best is not None:
        return gettext("another version {percent}%").format(percent=entry.other_best)
    return ""


def _school(entry: Entry) -> str:
    return school_name(entry.summary.school)


def _left(entry: Entry) -> tuple[Run, ...]:
    """The runs to go on with: those of this version first."""
    return entry.unfinished + entry.other_unfinished


def _run(entry: Entry, what: str) -> Run | None:
    """The run that a row stands for whose id begins with this word; None for a row of something else."""
    runs = {"run": _left(entry), "over": entry.waiting}.get(what, ())
    return runs[0] if runs else None


def _unfinished(entry: Entry) -> Hanging:
    other = [] if entry.unfinished else [gettext("another version")]
    return _row(entry, _left(entry), gettext("left {when}"), other)


def _over(entry: Entry) -> Hanging:
    return _row(entry, entry.waiting, gettext("ended {when}"), ())


def _row(entry: Entry, runs: Sequence[Run], says: str, more: Iterable[str]) -> Hanging:
    """The newest of some runs of a scenario, with what there is to say of it and of the others."""
    facts = []
    with suppress(OSError):  # it was discarded in another window
        moment = datetime.fromtimestamp(runs[0].path.stat().st_mtime)
        facts.append(says.format(when=moment_text(moment)))
    if older := len(runs) - 1:
        facts.append(ngettext("{count} older run", "{count} older runs", older).format(count=older))
    facts += more
    return Hanging(
        Content(""),
        Content(entry.summary.title),
        lead_width=2,
        tail=Content.styled(" · ".join(facts), "$text-muted"),
    )
