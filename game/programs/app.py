"""The program with screens: which one comes after which."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual.message import Message
from textual.screen import Screen

from engine.words import gettext, marked, speak, speaking
from game.coach.judging import Judging
from game.coach.resting import Resting
from game.programs.playing import Playing
from game.runs import versions
from game.runs.parting import parting
from game.runs.results import title
from game.runs.settling import Settled, Settling
from game.shelf import copies, library
from game.text.wrapping import width, wrapped
from game.words.errors import FINE, Failure, NotFound
from game.words.visible import visible
from game.words.wording import kept_clock

if TYPE_CHECKING:
    from engine.comparison import Comparison
    from engine.scenario.compiled import Scenario
    from engine.view import Cues
    from game.home.run_files import Run
    from game.runs.opening import Opened
    from game.runs.playable import Playable
    from game.runs.session import Session
    from game.runs.versions import Left, Source

_UNSAVED = marked("You can play it all the same, without a record.")


class FirstVisit(Playing):
    """The game in a terminal.

    Without arguments it opens the library. With `path` it opens that scenario's briefing, with `session` that run.
    `cues`, `live` and `seed` stand for this start only; what the player changes with the keys is remembered.
    `folder` is looked through for scenarios before the player's own and the bundled ones. An unfinished run of `path`
    is offered, unless `new`. `first` is done once the program is there, in place of all that.
    """

    # the library is the screen that Textual itself opens, so its style sheet has to be given here
    CSS_PATH = ["../widgets/widgets.tcss", "../screens/library.tcss"]  # noqa: RUF012 (the base class declares it)

    @dataclass
    class Measured(Message):
        """A run that waited for its par is settled."""

        settled: Settled

    def __init__(
        self,
        *,
        path: Path | None = None,
        session: Session | None = None,
        seed: int | None = None,
        cues: Cues | None = None,
        live: bool | None = None,
        folder: Path | None = None,
        new: bool = False,
        first: Callable[[FirstVisit], object] | None = None,
    ) -> None:
        super().__init__(cues, live)
        self._first = first
        self._new = new
        self.folder = folder
        self._asked_live = live
        self._seed = seed
        self._path = path
        self._session = session
        self._playing: Session | None = None
        """The run that was opened last; its file is held until another is."""
        self._open: Session | None = None
        """The same, while it is on its screen: not after its end, nor once somebody has gone back from it."""
        self._left: Session | None = None
        """The run that was left with the program."""
        self._settling = Settling(lambda settled: self.post_message(self.Measured(settled)), self.leaving)
        self.judging: Judging | None = None
        """The coach of the run that is being played here."""
        self.resting = Resting(folder, self.leaving)
        """The coach of runs in lists, while the cursor rests."""

    def get_default_screen(self) -> Screen[None]:
        """The library lies at the bottom of every path."""
        from game.screens.library import Library

        return Library(offer_tutorial=self._path is None and self._session is None and self._first is None)

    def until_left(self) -> int:
        """As any program; a run that was not at its end is told of where the screens have been."""
        code = super().until_left()
        if self._left is not None and code == FINE:
            sys.stdout.writelines(f"{line}\n" for line in wrapped(visible(parting(self._left)), width(), whole=True))
        return code

    def action_help_quit(self) -> None:
        """Ctrl+C, as in any program; it promises nothing of a run that is not kept."""
        if self._open is not None and self._open.record_path is None:
            self.say(gettext("q leaves. This run is not kept."))
        else:
            super().action_help_quit()

    def on_mount(self) -> None:
        """Leave the run under the cursor of a list as soon as another screen is shown."""
        self.screen_change_signal.subscribe(self, lambda _: self.resting.move_on(), immediate=True)

    def open_first(self) -> None:
        """Go where the command line pointed."""
        if self._first is not None:
            self._first(self)
        elif self._session is not None:
            self.begin(self._session)
        elif self._path is not None:
            self._open_named(self._path)

    async def on_unmount(self) -> None:
        """Let the coach leave. Textual calls the handler of the class above by itself."""
        self._left = self._open or (self._playing if self._awaits_par else None)
        self._let_go()
        self.resting.move_on()

    def _open_named(self, path: Path) -> None:
        """Open the scenario that the command line names: whoever names one skips the library and its offers."""
        scenario = self._load(path)
        if scenario is None:
            return
        found = None if self._new else versions.unfinished(scenario, path, self._seed, self.folder)
        if found is None:
            self.brief(scenario, path, self._seed)
        else:
            self._offer(found, scenario.title, lambda: self.brief(scenario, path, self._seed))

    def _offer(self, found: Left, title: str, begin_anew: Callable[[], None]) -> None:
        """Ask whether to go on with a run that was left, or to read it where that is all that can be done."""
        from game.screens.offer import Offer

        def answered(yes: bool) -> None:
            if not yes:
                begin_anew()
            elif found.source is not None:
                self.resume(found.run.path, found.source)
            else:
                self._show_moves(found.run, versions.about(found.run.header, found.run.path, "", found.why))

        self.ask(Offer(title, found.about, yes=found.offer, no=gettext("Begin anew")), answered)

    # --- the way through the program --------------------------------------------------------------------------------

    def open_scenario(self, path: Path) -> None:
        """Show a scenario's briefing, or the problems in its file."""
        scenario = self._load(path)
        if scenario is not None:
            self.brief(scenario, path, self._seed)

    def brief(self, scenario: Scenario, path: Path | None, seed: int | None) -> None:
        """Show a briefing; without a seed it draws one."""
        from game.screens.briefing import Briefing

        speak(scenario.language)
        self._lay(Briefing(scenario, path, seed))

    def start(self, scenario: Scenario, path: Path | None, seed: int) -> None:
        """Begin a run with the present settings. When it cannot be saved, say so and play without a record."""
        from game.runs import opening

        self._play(opening.begin(scenario, path, seed, self.settings.cues, self.settings.live))

    def drill(self, school: str | None = None, skill: str | None = None, mistakes: bool = False) -> None:
        """Ask what is due today, or about the player's own mistakes over all runs."""
        from game.practice import due
        from game.screens.questions import MISTAKES, POSITIONS, Questions

        try:
            asked, told = due.questions(school, skill, self.folder, mistakes)
        except Failure as error:
            self.trouble(gettext("There is nothing to drill now"), str(error))
            return
        for text in told:
            self.say(text)
        if asked:
            self.push_screen(Questions(asked, MISTAKES if mistakes else POSITIONS, due.answered))

    def lay_beside(self, found: Comparison, name: str, cues: Cues) -> None:
        """Show two runs of one buyer; `name` is what the other one is called."""
        from game.screens.beside import SideBySide

        self.push_screen(SideBySide(found, name, cues))

    def action_mistakes(self) -> None:
        """Ask about the player's own mistakes over all runs, the costliest first."""
        self.drill(mistakes=True)

    def action_drill(self) -> None:
        """Ask what is due today, of everything."""
        self.drill()

    def open_run(self, run: Run) -> None:
        """Open a run of whatever version: its debrief, or where it was left."""
        if run.finished:
            self._show_past(run)
            return
        found = versions.left(run, self.folder)
        if found.source is not None and not found.source.copied:
            self.resume(run.path, found.source)
        else:
            titles = library.titles(self.folder)
            self._offer(found, title(run.header, titles), lambda: self._begin_anew(found, titles))

    def _begin_anew(self, found: Left, here: Container[str]) -> None:
        """Show the briefing of a run's scenario: as it is here, or else as it was kept."""
        name = found.run.header.scenario
        if found.source is not None and name not in here:
            self.brief(found.source.scenario, found.source.path, self._seed)
        else:
            self.open_id(name)

    def resume(self, path: Path, source: Source) -> None:
        """Take up an unfinished run where it was left."""
        from game.runs import opening

        session = self._settling.waiting(path)
        if session is None:
            self._leave_run()  # it may be the same one
            try:
                session = opening.resume(path, source)
            except Failure as error:
                self.trouble(gettext("This run cannot be resumed"), f"{path.name}: {error}")
                return
        self.begin(session)
        self._say_if_otherwise(session)

    def open_id(self, name: str) -> None:
        """Show the briefing of a scenario as it is now."""
        try:
            self.open_scenario(library.find(name, self.folder))
        except Failure as error:
            self.trouble(gettext("The scenario cannot be opened"), str(error))

    def _show_past(self, run: Run) -> None:
        """Show the debrief of a finished run, or what else is left of it."""
        from game.runs import opening
        from game.screens.debrief_past import PastDebrief

        try:
            found = opening.reread(run, self.folder)
        except Failure as error:
            self.trouble(gettext("This run cannot be read"), str(error))
            return
        if found.told is None:
            self._show_moves(run, " ".join(text for text in (found.practice, found.about) if text))
        else:
            judging = None
            if found.session is not None:
                speak(found.session.scenario.language)
                judging = self.resting.opened(run.path, found.session)
            self.push_screen(PastDebrief(found.told, found.session, found.practice, found.about, judging=judging))

    def _show_moves(self, run: Run, about: str) -> None:
        """Show what is left of a run that nothing else can be done with."""
        from game.runs import opening

        try:
            self.trouble(gettext("What can still be read of this run"), opening.moves(run, about), wide=True)
        except Failure as error:
            self.trouble(gettext("This run cannot be read"), str(error))

    def _say_if_otherwise(self, session: Session) -> None:
        """A run keeps its clock: say so where the command line asked for the other."""
        if self._asked_live is not None and self._asked_live != session.live and not session.finished:
            self.say(kept_clock(live=session.live), warning=True)

    def retry(self, session: Session, move: int) -> None:
        """Play again from before a move (0 is the first), with the same buyer and the same luck."""
        from game.runs import opening

        self._play(opening.retry(session, move), len(self.screen_stack))

    def _play(self, opened: Opened, beneath: int = 1) -> None:
        self.begin(opened.session, beneath)
        if opened.unsaved:
            self.trouble(gettext("This run cannot be saved"), f"{opened.unsaved}\n\n{gettext(_UNSAVED)}")

    def begin(self, session: Session, beneath: int = 1) -> None:
        """Show a run that was just opened, over this many of the screens that are there."""
        from game.runs.session import tips_told

        if self._playing is not session:
            self._leave_run()
        self._let_go()
        self._playing, self._open, self._beneath = session, session, beneath
        if session.record_path is not None:
            self._note(copies.keep(session.scenario))
        self.tips_shown = tips_told(session.state, session.cues)
        self.show_run(session)

    def _leave_run(self) -> None:
        """Let others take up the run that was opened last."""
        if self._playing is not None and not self._awaits_par:
            self._playing.close()

    def show_run(self, session: Playable) -> None:
        """Show a run at its moment; one that is over has its debrief."""
        if session.finished or session.view().place == "over":
            speak(session.scene.language)
            self.show_end(session)
        else:
            self.show_moment(session)

    def look_on(self) -> None:
        """Let the coach look on while the run that was opened last is played, if it is played here."""
        if self._playing is not None and self.judging is None:
            self.judging = Judging(self._playing, self.leaving)
            self.judging.begin()

    def moved(self) -> None:
        """Somebody has made a move of the run that is being played."""
        if self.judging is not None:
            self.judging.moved()

    @property
    def _awaits_par(self) -> bool:
        """Whether the run that was opened last is over, and recorded only once its par is known."""
        return self._playing is not None and self._settling.holds(self._playing)

    def _let_go(self) -> None:
        """Let the coach leave a run."""
        if self.judging is not None:
            self.judging.stop()
            self.judging = None

    def after_run(self, session: Playable) -> str:
        """What follows the end of a run, as a short line that offers it."""
        return gettext("See how it went")

    def show_end(self, run: Playable) -> None:
        """Show the debrief of a run that is over, and settle it as soon as what it is measured against is known."""
        from game.runs import accounts
        from game.screens.debrief import DebriefScreen

        session = cast("Session", run)  # what is played elsewhere has its end elsewhere
        judging = self.judging or Judging(session, self.leaving)
        settled = self._settling.settle(session)
        with speaking(session.scenario.language):  # it may have been opened from a list in another one
            par = session.par.so_far
            told = settled.told if settled is not None else accounts.account_of(session.state, session.header, par)
            practice = versions.retried(session.header, session.record_path)
        self._open = self.judging = None  # the coach is the debrief's now, and stops with it
        self._lay(DebriefScreen(told, session, practice, judging=judging))
        if settled is not None:
            self._say_of(settled)

    def on_first_visit_measured(self, message: Measured) -> None:
        """Show in a list what came of a run that had to wait; its debrief hears of that as the coach does."""
        from game.screens.library import Library
        from game.screens.many import Many

        if isinstance(self.screen, Library | Many):
            self.screen.read()
        self._say_of(message.settled)

    def _say_of(self, settled: Settled) -> None:
        """Say what could not be kept of a run."""
        if settled.unsaved:
            self.trouble(gettext("This run is no longer saved"), settled.unsaved)
        self._note(settled.unkept)

    @property
    def way_back(self) -> str:
        """Where one comes back to from a run: the library, or where it was begun, if it is played from a moment of
        another one, which lies beneath it."""
        return "begun" if self._beneath > 1 else "library"

    def back_from_run(self) -> None:
        """Back to where the run that is being played was begun. It stays on the disk and is offered again."""
        self._open = None
        self._let_go()
        super().back_from_run()

    def _load(self, path: Path) -> Scenario | None:
        from engine.scenario.problems import ScenarioErrors

        try:
            return library.load(path)
        except ScenarioErrors as error:
            from game.shelf.diagnostics import render

            self.trouble(
                gettext("{file} cannot be played yet").format(file=path.name), render(error.problems, path), wide=True
            )
        except NotFound as error:
            self.trouble(gettext("The scenario cannot be opened"), str(error))
        return None

    # --- telling the player -----------------------------------------------------------------------------------------

    def _note(self, notice: str) -> None:
        """Say what could not be kept, if anything."""
        if notice:
            self.say(notice, warning=True)
