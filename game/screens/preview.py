"""A scenario played while it is written: the game, what only its author is told, and what is wrong in the file."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.css.query import NoMatches
from textual.message import Message
from textual.widgets import OptionList, TabbedContent, TabPane, Tabs
from textual.widgets.option_list import Option as Row

from engine.calendar import clock_text
from engine.coach.imagining import would
from engine.doctrines import DOCTRINES, FOILS, SCHOOLS
from engine.luck import SEEDS
from engine.seeing import transcript
from game.authoring import editor
from game.authoring.playing_on import Played, PlayingOn
from game.authoring.preview import Preview
from game.authoring.watching import EVERY, Watched, place_of, version
from game.screens.frame import Frame
from game.screens.pick import Pick
from game.shelf.diagnostics import tally
from game.widgets import author
from game.widgets.author import Page, Rows
from game.widgets.choices import Choices
from game.widgets.gauges import Gauges
from game.widgets.plain import Hanging, Plain
from game.widgets.transcript import Transcript
from game.words.errors import Failure
from game.words.visible import visible
from game.words.wording import count, tidied

if TYPE_CHECKING:
    from engine.play import State

PAGES: Final = ("buyer", "lines", "reply", "problems")
GAME: Final = "game"
PLAYERS: Final = ("expert", *SCHOOLS, *FOILS)
"""Whose next move can be asked for: everybody but the script, which would have to be found first."""


class PreviewScreen(Frame):
    """The game, and beside it or behind Tab what its author is told."""

    CSS_PATH = "preview.tcss"
    ABOUT = (
        "Your scenario, as a player sees it, and what only you are told: the buyer with everything hidden; every line, "
        "why it can be said or not, and the chance of a yes; why the last reply was given, and what it has beaten; "
        "what is wrong in the file, as it reads and as it plays. Tab goes from one to the next, Esc to the game.\n\n"
        "Save the file, and the same choices are made again with the same buyer; what comes out differently first is "
        "marked. While there are errors in it, the last version without goes on. Enter on a line or on a problem opens "
        "your editor there: the one that VISUAL or EDITOR names.\n\n"
        "n begins anew with another buyer, r with the same one. F5 puts the cursor on what the expert, a school or a "
        "bad habit would choose. F6 goes to where a line can be said, by the shortest way that was found by playing."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "panel(1)", "Page", key_display="Tab", priority=True, tooltip="What only the author is told"),
        Binding("shift+tab", "panel(-1)", "Panel before", show=False, priority=True),
        Binding("escape", "to_game", "The game", show=False),
        Binding("backspace", "undo", "Undo", key_display="Bksp", tooltip="Take the last choice back"),
        Binding("n", "other_buyer", "Buyer", tooltip="Begin anew with the buyer of the next seed"),
        Binding("r", "anew", "Anew", show=False, tooltip="Begin anew with the same buyer"),
        Binding("f5", "ask", "Ask", key_display="F5", tooltip="What the expert or another player would choose here"),
        Binding("f6", "go", "Go", key_display="F6", tooltip="Go to where a line can be said"),
        Binding("f8", "edit", "Edit", key_display="F8", show=False, tooltip="Open your editor at what is chosen here"),
        Binding("pageup", "look_back(-1)", "Scroll back", show=False),
        Binding("pagedown", "look_back(1)", "Scroll on", show=False),
    ]

    @dataclass
    class Found(Message):
        """Playing in the background has come upon something."""

        played: Played

    def __init__(self, path: Path, seed: int) -> None:
        super().__init__()
        self.preview = Preview(path, seed)
        self._file = Watched(path)
        self._checking = False
        self._shown = GAME
        self._advice = ""
        """What somebody else would choose here."""
        self._told = ""
        self._playing_on: PlayingOn | None = None

    def body(self) -> ComposeResult:
        yield Gauges(id="strip")
        with Horizontal(id="both"):
            with Vertical(id=GAME):
                yield Transcript(id="transcript")
                yield Choices(id="choices")
            with TabbedContent(id="author"):
                with TabPane("Buyer", id="buyer"):
                    yield Page(id="of-buyer")
                with TabPane("Lines", id="lines"):
                    yield Rows(id="of-lines")
                with TabPane("Reply", id="reply"):
                    yield Page(id="of-reply")
                with TabPane("Problems", id="problems"):
                    yield Rows(id="of-problems")
        yield Plain(id="notice")

    async def on_mount(self) -> None:
        """Read the file, and go on reading it."""
        self.query_one(Tabs).can_focus = False
        self._playing_on = PlayingOn(self.preview.path, self._found, self.game.leaving.is_set)
        self._playing_on.begin()
        text = self._file.look()
        if text is not None:
            await self._take(text)
        self._notify()
        self._to(GAME if self.preview.state is not None else "problems")
        self.set_interval(EVERY, self._look)
        if not self.app.is_headless:
            gc.freeze()  # what is loaded by now stays, and need not be looked at again at each save

    # --- the file ----------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """See whether the file is another now."""
        if self._checking:
            return
        text = self._file.look()
        self._notify()
        if text is not None:
            self._checking = True
            self.run_worker(self._taken(text), group="file")

    async def _taken(self, text: bytes) -> None:
        try:
            await self._take(text)
        except NoMatches:
            if self.query(Gauges):
                raise  # else somebody has left meanwhile, and there is nothing to show it on
        finally:
            self._checking = False

    async def _take(self, text: bytes) -> None:
        """Check a new version and show it. Errors are shown once they stay: a file may be only half written yet."""
        found = await asyncio.to_thread(version, text, self._file.path)
        if found.game is None and self.preview.text and not self._file.settled(text):
            return
        self._file.take(text)
        stale = self.preview.stale
        self.preview.take(found)
        await self._show(anew=True)
        self._notify()
        if self.preview.stale and not stale:
            self._page("problems")
        if found.game is not None and self._playing_on is not None:
            self._playing_on.take(found)

    def _found(self, played: Played) -> None:
        """Take what playing in the background has found, from its thread."""
        self.post_message(self.Found(played))

    def on_preview_screen_found(self, message: Found) -> None:
        """Show what was found, if it is of what is played here."""
        if message.played.text == self.preview.text and not self.preview.stale:
            self.preview.played = message.played
            self._show_problems()

    def _notify(self) -> None:
        """Say what keeps the file from being played as it is, or where it comes out differently now."""
        preview, told = self.preview, self._file.trouble
        if not told and preview.stale:
            told = f"{tally(preview.problems)} in the file; Tab shows more."
        trouble = bool(told)
        if trouble:
            told += (
                " The last good version plays on." if preview.state is not None else " There is nothing to play yet."
            )
        elif self._advice:
            told = self._advice
        elif preview.difference is not None:
            where = f"move {preview.difference.step}" if preview.difference.step else "from the beginning"
            told = f"Since you saved, {where}: {preview.difference.sentence}"
        if told == self._told:
            return
        self._told = told
        line = self.query_one("#notice", Plain)
        line.display = bool(told)
        line.set_class(trouble, "-trouble")
        line.update(visible(told))

    # --- what is shown -----------------------------------------------------------------------------------------------

    async def _show(self, *, anew: bool = False) -> None:
        """Bring everything up to date; with `anew` the conversation from its beginning."""
        state = self.preview.state
        self._advice = ""
        with self.app.batch_update():
            self._show_problems()
            if state is not None:
                await self._show_game(state, anew)
                self.query_one("#of-buyer", Page).show(author.buyers(state))
                self.query_one("#of-lines", Rows).fill(list(author.lines(state)), keep=True)
                self.query_one("#of-reply", Page).show(author.reply(state))

    def _show_problems(self) -> None:
        preview, state = self.preview, self.preview.state
        found, played = preview.everything, preview.played
        told = [f"seed {preview.seed}", *([clock_text(state.minute)] if state is not None else []), tally(found)]
        if played is not None and not preview.stale:
            told.append(played.trouble or f"played {played.plays:,} times")
        self.head(f"Preview: {preview.path.name}", " · ".join(told))
        tab = self.query_one("#author", TabbedContent).get_tab("problems")
        tab.label = Content(f"Problems {len(found)}" if found else "Problems")
        rows = list(author.problems(found, preview.text))
        nothing = "Nothing is wrong in the file." + (
            "" if played is not None else " It is being played, to see what never comes up."
        )
        none = Row(Content.styled(nothing, "$text-muted"), disabled=True)
        self.query_one("#of-problems", Rows).fill(rows or [none], keep=True)

    async def _show_game(self, state: State, anew: bool) -> None:
        view = state.player_view("novice")
        names = view.names
        said = self.query_one(Transcript)
        if anew:
            await said.clear()
            scenes = [tidied(state.game.scenario.briefing)]
            found = self.preview.difference
            if found is not None:
                heard = _heard_before(state, found.step)
                await said.show(view.transcript[:heard], names, [author.mark(found)], scenes)
            await said.show(view.transcript, names, (), scenes)
        else:
            await said.show(view.transcript, names, _new_tips(state))
        before = state.previous.glance("novice") if state.previous is not None else None
        self.query_one(Gauges).show(view, before)
        choices = self.query_one(Choices)
        if state.is_terminal():
            choices.offer_to_go_on("It is over. The next buyer")
        else:
            choices.offer(view)

    # --- playing -----------------------------------------------------------------------------------------------------

    async def on_choices_picked(self, event: Choices.Picked) -> None:
        """Make a choice."""
        event.stop()
        if self.preview.state is not None and event.option.action in self.preview.state.legal_actions():
            self.preview.choose(event.option.action)
            await self._show()
            self._notify()

    async def on_choices_go_on(self, event: Choices.GoOn) -> None:
        """Begin with the next buyer."""
        event.stop()
        await self.action_other_buyer()

    async def action_undo(self) -> None:
        """Take the last choice back."""
        if self.preview.undo():
            await self._show(anew=True)
            self._notify()
        else:
            self.app.bell()

    async def action_other_buyer(self) -> None:
        """Begin anew with the next seed."""
        await self._begin((self.preview.seed + 1) % SEEDS)

    async def action_anew(self) -> None:
        """Begin anew with the same seed."""
        await self._begin(self.preview.seed)

    async def _begin(self, seed: int, moves: tuple[str, ...] = ()) -> None:
        self.preview.begin(seed, moves)
        await self._show(anew=True)
        self._notify()

    # --- what somebody else would do, and the way to a line ----------------------------------------------------------

    def action_ask(self) -> None:
        """Ask whose next move is to be shown."""
        if self.preview.state is not None and not self.preview.state.is_terminal():
            self.app.push_screen(Pick("Who would choose what here?", [Row(player) for player in PLAYERS]), self._ask)

    def _ask(self, row: int | None) -> None:
        state = self.preview.state
        if row is not None and state is not None:
            self._advice = f"{PLAYERS[row]} is thinking …"
            self._notify()
            self.run_worker(self._asked(PLAYERS[row], state), group="ask", exclusive=True)

    async def _asked(self, player: str, state: State) -> None:
        """Let a player think, and put the cursor on what they would choose."""
        choose = DOCTRINES[player](state.game.rules, state.seed)
        action = await asyncio.to_thread(would, state, choose)
        if self.preview.state is not state:
            return
        self._point_to(action)
        self._advice = f"{player} would choose {state.game.move_name(action)}."
        self._notify()

    def action_go(self) -> None:
        """Ask which line to go to."""
        state = self.preview.state
        if state is None:
            return
        played = self.preview.played
        ways = played.ways if played is not None else {}
        rules = state.game.rules
        own = [
            line.action
            for what in rules.moves
            if not isinstance(what, str)
            for who, line in [what]
            if line.bit < 1 << len(rules.prospects[who].prospect.lines)
        ]
        rows = []
        for action in own:
            way = ways.get(action)
            if way is not None:
                told = f"{count(len(way.moves), 'choice')}, seed {way.seed}"
            else:
                told = f"not found in {played.plays:,} plays" if played is not None else "not found yet"
            name = Content.styled(rules.names[action], "bold" if way is not None else "$text-muted")
            rows.append(
                Row(
                    Hanging(Content(""), name, lead_width=0, tail=Content.styled(told, "$text-muted")),
                    disabled=way is None,
                )
            )

        def chosen(row: int | None) -> None:
            way = ways.get(own[row]) if row is not None else None
            if row is not None and way is not None:
                self.run_worker(self._go(own[row], way.seed, way.moves), group="go", exclusive=True)

        self.app.push_screen(Pick("Where can it be said?", rows), chosen)

    async def _go(self, action: int, seed: int, moves: tuple[str, ...]) -> None:
        """Go where a line can be said, and put the cursor on it."""
        await self._begin(seed, moves)
        self._to(GAME)
        self._point_to(action)

    def _point_to(self, action: int) -> None:
        """Put the cursor on a move, if it can be made."""
        choices = self.query_one(Choices)
        key = choices.key_of(action)
        if key is not None:
            choices.go_to(key)

    # --- panels ------------------------------------------------------------------------------------------------------

    def action_panel(self, by: int) -> None:
        """Go to the next panel, or to the one before."""
        if self.app.screen is self:
            order = (GAME, *PAGES)
            self._to(order[(order.index(self._shown) + by) % len(order)])

    def action_to_game(self) -> None:
        """Back to the game."""
        self._to(GAME)

    def _to(self, panel: str) -> None:
        self._shown = panel
        self.set_class(panel != GAME, "-author")
        if panel == GAME:
            self.query_one(Choices).focus()
            return
        self.query_one("#author", TabbedContent).active = panel
        self.query_one(f"#of-{panel}").focus()

    def _page(self, page: str) -> None:
        """Open a page of the author's, without leaving the game for it."""
        if self._shown == GAME:
            self.query_one("#author", TabbedContent).active = page
        else:
            self._to(page)

    def on_tabbed_content_tab_activated(self, event: TabbedContent.TabActivated) -> None:
        """Go where a tab was clicked."""
        page = event.pane.id or PAGES[0]
        if page == event.tabbed_content.active and self._shown not in (GAME, page):
            self._to(page)

    def action_look_back(self, direction: int) -> None:
        """Scroll what was said."""
        said = self.query_one(Transcript)
        said.scroll_relative(y=direction * max(1, said.size.height - 1), animate=False)

    # --- editing -----------------------------------------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the editor at the row that was chosen."""
        event.stop()
        self._edit(self._line_of(event.option_id))

    def action_edit(self) -> None:
        """Open the editor at what is chosen in the panel; from the game, at the line that was said last."""
        rows = self.query_one(f"#of-{self._shown}") if self._shown != GAME else None
        chosen = rows.highlighted_option if isinstance(rows, Rows) else None
        if chosen is not None:
            self._edit(self._line_of(chosen.id))
        else:
            last = self.preview.state.action if self.preview.state is not None else -1
            self._edit(self._line_of(f"line:{last}") if last >= 0 else 1)

    def _line_of(self, row: str | None) -> int:
        """In which line of the file stands what a row is about."""
        what, _, number = (row or "").partition(":")
        state = self.preview.state
        if what == "problem":
            return self.preview.everything[int(number)].line
        if what == "line" and state is not None and not isinstance(of := state.game.rules.moves[int(number)], str):
            prospect = state.game.scenario.prospects[of[0]].id
            return place_of(self.preview.text, self.preview.path, prospect, of[1].line.id)
        return 1

    def _edit(self, line: int) -> None:
        try:
            command = editor.command(self.preview.path, line)
            with self.app.suspend():
                editor.edit(command)
        except SuspendNotSupported:
            self.game.trouble("The editor cannot be opened", "This terminal cannot be lent to another program.")
        except Failure as error:
            self.game.trouble("The editor cannot be opened", str(error))
        self._look()


def _heard_before(state: State, step: int) -> int:
    """How much of the transcript comes before a step of the run."""
    log = [event for each in state.states()[:step] for event in each.events]
    return len(transcript(state.game.rules, log, "novice"))


def _new_tips(state: State) -> list[str]:
    """The tips whose moment is now and was not before."""
    before = state.previous.states() if state.previous is not None else ()
    told = {number for each in before for number, _ in each.glance().tips}
    return [text for number, text in state.glance().tips if number not in told]
