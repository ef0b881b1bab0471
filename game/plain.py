"""The whole game as lines of text: prints what there is to read, and reads one option number per line.

For pipes, dumb terminals and screen readers. The end of the input leaves the run unfinished, and it is offered again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar, Final, TextIO

from engine.words import gettext, marked, speaking
from game.coach.judging import Judging
from game.computing.background import in_background, let_it_end, unheard
from game.runs import lines, thinking, versions
from game.runs.choosing import in_order
from game.runs.parting import parting
from game.runs.recorded import analyse_command, retry_command
from game.runs.results import played
from game.runs.session import tips_told
from game.text.asking import asked_number, typed_word
from game.text.wrapping import width, wrapped
from game.words.errors import SaveError
from game.words.numbers import whole_number
from game.words.visible import visible, visible_lines
from game.words.wording import CUE_NAMES, school_name

if TYPE_CHECKING:
    from engine.view import PlayerView
    from game.runs.accounts import Account
    from game.runs.playable import Playable
    from game.runs.session import Session
    from game.shelf.library import Entry

_MOMENT: Final = 1.0
"""Seconds for which the coach may go on with a run while its debrief is read, before the program ends."""

_KEYS: Final = marked(
    """\
Type the number of an option and press Enter. The time in brackets is how long it takes.
The talk moves on by itself: what is marked as a last chance goes with whatever you say next.
?  shows this, and what you know so far
o  shows the options again"""
)


def offer(about: str, yes: str, source: TextIO, out: TextIO) -> bool | None:
    """Ask whether to go on with an unfinished run. Returns None when the input ends at the question."""
    for line in wrapped(about, width()):
        out.write(f"{line}\n")
    out.write(f" 1. {yes}\n 2. {gettext('Begin anew')}\n")
    answer = asked_number(source, out, 2)
    return None if answer is None else answer == 1


def choose_scenario(entries: Sequence[Entry], source: TextIO, out: TextIO, first_time: bool) -> Path | None:
    """Ask which scenario to play, those with an unfinished run first. Returns None to leave."""
    columns = width()
    listed = sorted(entries, key=lambda entry: not entry.unfinished)
    out.write(f"{gettext('First Visit. Choose a scenario:')}\n")
    for number, entry in enumerate(listed, start=1):
        summary = entry.summary
        facts = [school_name(summary.school), *played(entry), *([str(entry.path)] if entry.twins else [])]
        text = visible(f"{summary.title} ({', '.join(facts)}). {summary.situation}")
        for line in wrapped(text, columns, first=f"{number:>2}. "):
            out.write(line + "\n")
    tutorial = next((number for number, entry in enumerate(listed, start=1) if entry.summary.school is None), None)
    if first_time and tutorial is not None:
        told = gettext("New here? Number {number} explains everything in five minutes.")
        out.write(f"{told.format(number=tutorial)}\n")
    answer = asked_number(source, out, len(listed))
    return None if answer is None else listed[answer - 1].path


class Turns:
    """The turns of a run, as lines from `source` to `out`."""

    LEAVING: ClassVar[str]
    """What `q` does, and when it is over, to be looked up."""

    def __init__(self, run: Playable, source: TextIO, out: TextIO) -> None:
        self._run = run
        self._source = source
        self._out = out
        self._columns = width()
        self._told = 0
        self._tips: set[int] = set()

    def _make(self, action: int, think: int) -> None:
        """Make a move, and wait until it is made. Raises `SaveError` if it could not be kept."""
        raise NotImplementedError

    def _to_the_end(self) -> bool:
        """Play until the run is over, or the player leaves or the input ends. Returns whether it is over."""
        run = self._run
        while not run.finished:
            view = self._turn()
            began = time.monotonic() - thinking.kept(run)
            action = None
            try:
                action = self._ask(view)
            finally:
                if action is None:
                    thinking.keep(run, round(time.monotonic() - began))
            if action is None:
                return False
            think = round(time.monotonic() - began) if run.live else 0
            try:
                self._make(action, think)
            except SaveError as error:
                self._say(str(error))
            self._transcript()
            if run.cues == "novice":
                between = view.place == "between"  # where what has faded has a sentence of its own
                moved = [each for each in run.changes() if not (between and each.faded)]
                self._print(lines.changed(moved, [each.name for each in view.prospects], self._columns))
                if between:
                    self._print(lines.faded(view, run.view(), self._columns))
        self._transcript()
        return True

    # --- a turn ------------------------------------------------------------------------------------------------------

    def _turn(self) -> PlayerView:
        """Print where the run stands and what can be done, and return what was printed from."""
        view = self._run.view()
        self._transcript()
        for number, text in view.tips:
            if number not in self._tips:
                self._tips.add(number)
                self._print(wrapped(text, self._columns, first=f"{gettext('Tip:')} ", rest="  "))
        self._print([""])
        self._print(lines.status(view, self._columns))
        self._print(lines.options(view, self._columns))
        return view

    def _transcript(self) -> None:
        """Print what was said since the last time."""
        view = self._run.view()
        names = view.names
        for entry in view.transcript[self._told :]:
            self._print(lines.said(entry, names, self._columns))
        self._told = len(view.transcript)

    def _ask(self, view: PlayerView) -> int | None:
        """Return the action chosen, or None to leave."""
        most = len(view.options)
        asked = ""
        while True:
            word = typed_word(self._source, self._out)
            if word is None:
                return None
            if (number := whole_number(word, 1, most)) is not None:
                option = in_order(view)[number - 1]
                if option.kind == "finish" and asked != word:
                    asked = word
                    again = gettext("Type {number} again to do so.").format(number=word)
                    self._say(f"{lines.last_question(view, option)} {again}")
                    continue
                return option.action
            asked = ""
            if word in ("?", "h", "help"):
                self._help(view)
            elif word == "o":
                self._print(lines.options(view, self._columns))
            elif word:
                wrong = gettext("'{typed}' is not an option here. Type a number from 1 to {most}, o, ? or q.")
                self._say(wrong.format(typed=word[:40], most=most))

    def _help(self, view: PlayerView) -> None:
        for paragraph in f"{gettext(_KEYS)}\n{gettext(self.LEAVING)}".split("\n"):
            self._say(paragraph)
        for prospect in view.prospects:
            self._print(lines.known(prospect, self._columns))
        for one in self._run.scene.people if self._run.cues == "novice" else ():
            self._say(one.fading)

    def _say(self, text: str) -> None:
        self._print(wrapped(visible_lines(text), self._columns))

    def _print(self, text: Iterable[str]) -> None:
        for line in text:
            self._out.write(line + "\n")
        self._out.flush()


class Plain(Turns):
    """One run on this machine, played as lines from `source` to `out`."""

    LEAVING = marked(
        """\
q  leaves; the run is kept and offered again
The sale is over when it is decided, or when its time is up. Then comes the debrief."""
    )

    def __init__(self, session: Session, source: TextIO, out: TextIO) -> None:
        super().__init__(session, source, out)
        self._session = session
        self._tips = tips_told(session.state, session.cues)
        self._moved: Callable[[], object] = unheard
        """Is told of each move."""

    def run(self) -> int:
        """Play until the run is over or the input ends, in the scenario's language. Returns the exit code, 0."""
        with speaking(self._session.scenario.language):
            return self._played()

    def _played(self) -> int:
        session, left, more = self._session, Event(), Event()
        judging = Judging(session, left)
        if self._source.isatty():  # par and the coach take seconds: they work while somebody reads
            in_background(
                session.prepare_par, lambda: left.is_set() or (session.finished and session.par.so_far is not None)
            )
            self._moved = judging.moved
            judging.begin(more.set)
        try:
            code = self._play(judging)
        except KeyboardInterrupt:
            self._print([""])  # below what stands half written
            if not session.finished or session.par.known is None:
                self._leave()
            raise
        else:
            if self._source.isatty() and session.finished:
                _wait_until(judging.enough, more)
            return code
        finally:
            left.set()
            judging.stop()
            let_it_end()

    def _play(self, judging: Judging) -> int:
        session = self._session
        cues = gettext(CUE_NAMES[session.cues])
        how = gettext("Cues: {cues}. Seed: {seed}.").format(cues=cues, seed=session.seed)
        self._print(lines.briefing(session.scene, how, self._columns))
        if session.live and not session.finished:
            self._say(gettext("The live clock is on: the time you think costs the buyer's patience."))
        if not session.finished:
            self._say(gettext("Type a number and Enter; ? helps; q leaves."))
        if not self._to_the_end():
            return self._leave()
        self._debrief(judging)
        return 0

    def _make(self, action: int, think: int) -> None:
        try:
            self._session.choose(action, think)
        finally:  # it is made, whether or not it could be kept
            self._moved()

    # --- the end -----------------------------------------------------------------------------------------------------

    def _leave(self) -> int:
        self._print(wrapped(visible_lines(parting(self._session)), self._columns, whole=True))
        return 0

    def _debrief(self, judging: Judging) -> None:
        """Work out the score, and tell it. That may take minutes if nobody has spent that long reading: at a terminal,
        it is told against par so far until then."""
        from game.computing.pars import working_par_out
        from game.runs import accounts  # what only the end of a run needs is not waited for at its start
        from game.runs.settling import settled

        session, move = self._session, None
        if self._source.isatty():
            with working_par_out(session.game) as advance:
                session.par.prepare(lambda: session.par.so_far is not None, advance)
        so_far = session.par.so_far if session.par.known is None else None
        if so_far is not None:
            move = self._tell(accounts.account_of(session.state, session.header, so_far), judging)
            if session.record_path is not None:
                later = gettext(
                    "Par is being worked out more accurately. You need not wait: Ctrl+C leaves, and the run is kept."
                )
                self._print(["", *wrapped(later, self._columns)])
        with working_par_out(session.game) as advance:
            over = settled(session, advance)
        if over.unsaved:
            self._say(over.unsaved)
        path = session.record_path
        if so_far is None:
            move = self._tell(over.told, judging)
        else:
            self._say(gettext("Par is known well enough now:"))
            self._print(lines.term(over.told.debrief.scorecard.result[-1], over.told.currency, self._columns))
        if session.header.retry_of is not None:
            from game.report.comparison import beside_the_first

            self._print(beside_the_first(path, session.header, session.state, session.par.whole, self._columns))
        if path is None:
            return
        if over.unkept:
            self._say(over.unkept)
        self._print([""])
        self._say(gettext("Run: {path}").format(path=path))
        if move is not None:
            self._say(gettext("To try again from the moment that cost most:"))
            self._print([retry_command(path, move)])  # on one line, however long: it is to be copied
        self._say(gettext("To have every move judged by the coach:"))
        self._print([analyse_command(path)])

    def _tell(self, told: Account, judging: Judging) -> int | None:
        """Print a debrief with what there is to take away, as the coach has found it by now, else as the meters tell,
        and return the move to go back to, if there is one."""
        from game.report import lesson

        session = self._session
        self._print([""])
        practice = versions.retried(session.header, session.record_path)
        if practice:
            self._say(practice)
            self._print([""])
        found, move = told.debrief, told.debrief.costliest.move if told.debrief.costliest is not None else None
        taught = lesson.felt(found, [each.text for each in told.moves])
        if (judged := judging.found) is not None:
            found, taught = lesson.judged(found, judged, session.state, session.cues)
            move = judged.costliest.number if judged.costliest is not None else None
        self._print(lines.debrief(found, told.names, told.currency, self._columns, taught))
        return move


def _wait_until(enough: Callable[[], bool], more: Event) -> None:
    """Wait a moment, until there is enough; `more` is set whenever there is more."""
    end = time.monotonic() + _MOMENT
    while not enough() and (left := end - time.monotonic()) > 0:
        more.wait(left)
        more.clear()
