"""A run being played: the engine's state, the player's view of it, and the file in which every move is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from engine.changes import Change, changes
from engine.play import Game, State
from engine.record import LARGEST, OVER, Header, Record, closing_text, move_text, read_record
from engine.replay import begun, chain, closing, continue_chain, record_text, replay
from engine.rules import RULES_VERSION
from engine.words import gettext
from game.computing.run_par import RunPar
from game.home.files import Held, InUse
from game.home.run_files import RECORD, record_at
from game.runs.playable import at_last_word
from game.runs.scene import Scene, scene
from game.text.bar import Advance, unseen
from game.words.errors import SaveError, why_not

if TYPE_CHECKING:
    from engine.events import Event
    from engine.scenario.compiled import Scenario
    from engine.score import Scorecard
    from engine.view import Cues, Meters, PlayerView


_LONGEST_THOUGHT = 86_400
"""Seconds of thinking that are counted: a computer put to sleep for a holiday is not thinking."""
_FOOT = 16_384
"""Bytes that are left for the foot of the longest record."""


class Session:
    """One run, from its first move or from where it was left.

    A move is on the disk before `choose` returns, so whatever was shown as made is there after any kind of stop.
    When the disk refuses, `SaveError` is raised once; the move is made all the same, `record_path` becomes None, and
    the run goes on in memory. While a run goes on its file is held, and nobody else can go on with it.
    """

    def __init__(
        self, scenario: Scenario, scenario_path: Path | None, header: Header, state: State, file: Held | None
    ) -> None:
        """Hold a run as it stands. `start`, `resume`, `read` and `retry` are what others call."""
        self.scenario = scenario
        self.scenario_path = scenario_path
        self.game: Game = state.game
        self.state = state
        self.header = header
        self.record_path = file.path if file is not None else None
        """The run's file; None for a run that is not kept."""
        self._file = file
        """The same, while there is something to be written to it."""
        self._link = chain(header, state)[-1]
        self.par = RunPar(state.game, header.seed)
        """What it is measured against."""
        self._settling = Lock()

    def changes(self) -> tuple[Change, ...]:
        """What the last move changed, in the points that the meters show."""
        before = self.state.previous
        return changes(before, self.state) if before is not None else ()

    # --- beginning ---------------------------------------------------------------------------------------------------

    @classmethod
    def start(
        cls, scenario: Scenario, scenario_path: Path | None, seed: int, cues: Cues, live: bool, runs_dir: Path | None
    ) -> Session:
        """Begin a run and its file in `runs_dir`; without that folder the run is played in memory.

        `seed` is from 0 to 2**53 - 1. Raises `SaveError` if the file cannot be made.
        """
        state = Game(scenario).new_initial_state(seed)
        return cls._begin(scenario, scenario_path, state, cues, live, runs_dir, None)

    @classmethod
    def resume(cls, path: Path, scenario: Scenario, scenario_path: Path | None = None) -> Session:
        """Go on with a run from its file, after dropping what was only half written.

        Raises `RecordError` if the file is not a record of this scenario under these rules, or was changed;
        `SaveError` if somebody else is going on with it; and `OSError` if it cannot be read.
        """
        try:
            file = Held(path)
        except InUse:
            raise SaveError(
                gettext("Somebody is playing this run in another window. Leave it there first, or begin anew.")
            ) from None
        try:
            record, state = _replayed(read_record(file.read(LARGEST + 1)), scenario)
        except BaseException:
            file.close()
            raise
        session = cls(scenario, scenario_path, record.header, state, file)
        if record.closing is not None:
            session.close()
            return session
        try:
            file.cut(record.kept)
            if session.finished:
                file.append(OVER.encode("ascii"))
        except OSError as error:
            session.close()
            raise SaveError(
                gettext("{file} cannot be written ({why}), so you cannot go on with it.").format(
                    file=path.name, why=why_not(error)
                )
            ) from None
        return session

    @classmethod
    def read(cls, path: Path, scenario: Scenario, scenario_path: Path | None = None) -> Session:
        """Look at a run, or begin others like it; its file stays as it is, and moves made here are not kept.

        Raises `RecordError` and `OSError`, as `resume` does.
        """
        record, state = _replayed(record_at(path), scenario)
        session = cls(scenario, scenario_path, record.header, state, None)
        session.record_path = path if record.closing is not None else None
        return session

    def retry(self, move_index: int, runs_dir: Path | None = None) -> Session:
        """Begin a new run with the same buyer and luck, in which the first `move_index` moves are made already.

        Its file is made in `runs_dir`, or beside this run's. Raises `SaveError` if that cannot be done.
        """
        if not 0 <= move_index <= self.state.moves:
            raise IndexError(f"this run has {self.state.moves} moves, so none of them is move {move_index + 1}")
        state = self.state.states()[move_index]
        folder = runs_dir or (self.record_path.parent if self.record_path is not None else None)
        of = begun(self.header, self.state.states()[0]).opening
        return self._begin(self.scenario, self.scenario_path, state, self.cues, self.live, folder, of)

    @classmethod
    def _begin(
        cls,
        scenario: Scenario,
        scenario_path: Path | None,
        state: State,
        cues: Cues,
        live: bool,
        folder: Path | None,
        retry_of: str | None,
    ) -> Session:
        header = Header(
            scenario=scenario.id,
            digest=scenario.digest(),
            rules=RULES_VERSION,
            seed=state.seed,
            cues=cues,
            live=live,
            started=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            retry_of=retry_of,
        )
        header = begun(header, state.states()[0])
        file = None if folder is None else _new_file(folder, scenario.id, record_text(header, state).encode("ascii"))
        return cls(scenario, scenario_path, header, state, file)

    def close(self) -> None:
        """Let the run's file go, so that others can go on with it. Moves made afterwards are not kept."""
        if self._file is not None:
            self._file.close()
            self._file = None

    # --- playing -----------------------------------------------------------------------------------------------------

    @property
    def seed(self) -> int:
        return self.header.seed

    @property
    def cues(self) -> Cues:
        return self.header.cues

    @property
    def live(self) -> bool:
        return self.header.live

    @property
    def finished(self) -> bool:
        return self.state.is_terminal()

    @property
    def moves(self) -> int:
        return self.state.moves

    @property
    def scene(self) -> Scene:
        """What is known of the scenario before the first word."""
        return scene(self.state.game.scenario)

    def view(self) -> PlayerView:
        """What the player can see now, at the run's cue level."""
        return self.state.player_view(self.cues)

    def remembered(self, prospect: str) -> Meters | None:
        """The levels of a prospect at the last word, as the cues showed them then."""
        one = next((each for each in self.state.glance(self.cues).prospects if each.id == prospect), None)
        return at_last_word(self.state, one, self.cues) if one is not None else None

    async def make(self, action: int, think: int) -> None:
        """Make a move, as `choose` does. Nothing is waited for: the engine is fast enough."""
        self.choose(action, think)

    def choose(self, action: int, think: int = 0) -> tuple[Event, ...]:
        """Make a move, keep it, and return what it caused. `think`: seconds of patience that thinking cost.

        Raises `IllegalMove` and changes nothing if the move is not possible. Raises `SaveError` if the move was made
        but could not be kept; `state` and its `events` are then those after the move.
        """
        think = min(think, _LONGEST_THOUGHT)
        state = self.state.apply_action(action, think)
        self.state = state
        self._link = continue_chain(self._link, state, self.header.notation)
        line = move_text(state.moves, self.game.move_name(action), think, self._link)
        self._keep(line + OVER if self.finished else line, LARGEST - _FOOT)
        if self.finished and self.par.known is not None:
            self.settle()
        return state.events

    def _keep(self, text: str, most: int = LARGEST) -> None:
        """Append to the record, which stays within what is read again."""
        file = self._file
        if file is None:
            return
        try:
            if file.size + len(text) > most:
                raise OSError(None, gettext("a record of a run cannot be longer"))
            file.append(text.encode("ascii"))
        except OSError as error:
            self.close()
            self.record_path = None
            raise SaveError(
                gettext(
                    "This run is no longer kept: {file} cannot be written ({why}). "
                    "You can play on, and what has been kept so far stays."
                ).format(file=file.path.name, why=why_not(error))
            ) from None

    # --- afterwards --------------------------------------------------------------------------------------------------

    def prepare_par(self, stopped: Callable[[], bool]) -> None:
        """Work par out while the player reads, unless `stopped`."""
        self.par.prepare(stopped)

    def settle(self, advance: Advance = unseen) -> None:
        """Work out the score of a run that is over, and close its record with it.

        Takes as long as par does; `advance` is told of each of the expert's runs. Raises `SaveError` if the record
        cannot be closed.
        """
        from game.computing.pars import keep

        par = self.par.whole(advance)
        with self._settling:
            if self._file is None or not self.finished:
                return
            foot = closing(self.state, self.scorecard(), self._link, self.header.notation)
            self._keep(closing_text(foot, self.header.notation))
            self.close()
            keep(self.game, self.seed, par)

    def scorecard(self) -> Scorecard:
        """The score of the run as it stands, against par."""
        from engine.score import scorecard

        return scorecard(self.state, self.par.whole())


def _replayed(record: Record, scenario: Scenario) -> tuple[Record, State]:
    return record, replay(record, Game(scenario))


def tips_told(state: State, cues: Cues) -> set[int]:
    """The numbers of the tips whose moment came before this one of a run: whoever takes it up reads again what there is
    to say of where they are, and no more."""
    *before, _ = state.states()
    return {number for each in before for number, _ in each.glance(cues).tips}


def _new_file(folder: Path, scenario: str, data: bytes) -> Held:
    """Keep a new run under the present time, so that names sort by age."""
    while True:
        now = datetime.now(UTC)
        path = folder / f"{now:%Y%m%d-%H%M%S}-{now.microsecond // 1000:03}-{scenario}{RECORD}"
        try:
            return Held.new(path, data)
        except OSError as error:
            if isinstance(error, FileExistsError) and path.is_file():
                continue  # two runs in a thousandth of a second: the next thousandth is free
            raise SaveError(
                gettext("No run can be kept in {folder} ({why}).").format(folder=folder, why=why_not(error))
            ) from None
