"""A run being played: the engine's state, the player's view of it, and the file in which every move is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from engine.play import Game, State
from engine.record import LARGEST, Header, closing_text, header_text, move_text, read_record
from engine.replay import chain, closing, continue_chain, replay
from engine.rules import RULES_VERSION
from game.files import SaveError, append, read_regular, write_whole

if TYPE_CHECKING:
    from engine.debrief import Debrief
    from engine.events import Event
    from engine.par import Par
    from engine.scenario.compiled import Scenario
    from engine.score import Scorecard
    from engine.view import Cues, PlayerView

__all__ = ["SaveError", "Session", "tips_told"]

_LONGEST_THOUGHT = 86_400
"""Seconds of thinking that are counted: a computer put to sleep for a holiday is not thinking."""


class Session:
    """One run, from its first move or from where it was left.

    A move is on the disk before `choose` returns, so whatever was shown as made is there after any kind of stop.
    When the disk refuses, `SaveError` is raised once; the move is made all the same, `record_path` becomes None, and
    the run goes on in memory.
    """

    def __init__(
        self, scenario: Scenario, scenario_path: Path | None, header: Header, state: State, path: Path | None, size: int
    ) -> None:
        """Hold a run as it stands. `start`, `resume` and `retry` are what others call."""
        self.scenario = scenario
        self.scenario_path = scenario_path
        self.game: Game = state.game
        self.state = state
        self.header = header
        self.record_path = path
        """The run's file; None for a run that is not kept."""
        self._size = size
        self._link = chain(state)[-1]
        self._par: Par | None = None
        self._working = Lock()

    # --- beginning ---------------------------------------------------------------------------------------------------

    @classmethod
    def start(
        cls, scenario: Scenario, scenario_path: Path | None, seed: int, cues: Cues, live: bool, runs_dir: Path | None
    ) -> Session:
        """Begin a run and its file in `runs_dir`; without that folder the run is played in memory.

        `seed` is from 0 to 2**53 - 1. Raises `SaveError` if the file cannot be made.
        """
        game = Game(scenario)
        state = game.new_initial_state(seed)
        return cls._begin(scenario, scenario_path, state, cues, live, runs_dir, None)

    @classmethod
    def resume(cls, path: Path, scenario: Scenario, scenario_path: Path | None = None) -> Session:
        """Go on with a run from its file, after dropping what was only half written.

        Raises `RecordError` if the file is no record, or none of this scenario under these rules, and `OSError` if it
        cannot be read.
        """
        data = read_regular(path, LARGEST + 1)
        record = read_record(data)
        state = replay(record, Game(scenario))
        session = cls(scenario, scenario_path, record.header, state, path, record.kept)
        if record.closing is None:
            session._mend(path, data[: record.kept])
        else:
            session._size = len(data)
        return session

    def retry(self, move_index: int, runs_dir: Path | None = None) -> Session:
        """Begin a new run with the same buyer and luck, in which the first `move_index` moves are made already.

        Its file is made in `runs_dir`, or beside this run's. Raises `SaveError` if that cannot be done.
        """
        if not 0 <= move_index <= len(self.state.history):
            raise IndexError(f"this run has {len(self.state.history)} moves, so there is none to retry at {move_index}")
        state = self.state
        while len(state.history) > move_index:
            assert state.previous is not None  # a state with moves has one before it
            state = state.previous
        folder = runs_dir or (self.record_path.parent if self.record_path is not None else None)
        name = self.record_path.name if self.record_path is not None else None
        return self._begin(self.scenario, self.scenario_path, state, self.cues, self.live, folder, name)

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
        links = chain(state)
        header = Header(
            scenario=scenario.id,
            digest=scenario.digest(),
            rules=RULES_VERSION,
            seed=state.seed,
            cues=cues,
            live=live,
            started=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            opening=links[0],
            retry_of=retry_of,
        )
        text = header_text(header)
        for number, ((action, think), link) in enumerate(zip(state.history, links[1:], strict=True), start=1):
            text += move_text(number, state.game.move_name(action), think, link)
        data = text.encode("ascii")
        path = None if folder is None else _new_file(folder, scenario.id, data)
        return cls(scenario, scenario_path, header, state, path, len(data))

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

    def view(self) -> PlayerView:
        """What the player can see now, at the run's cue level."""
        return self.state.player_view(self.cues)

    def choose(self, action: int, think: int = 0) -> tuple[Event, ...]:
        """Make a move, keep it, and return what it caused. `think`: seconds of patience that thinking cost.

        Raises `IllegalMove` and changes nothing if the move is not possible. Raises `SaveError` if the move was made
        but could not be kept; `state` and its `events` are then those after the move.
        """
        think = min(think, _LONGEST_THOUGHT)
        self.state = self.state.apply_action(action, think)
        self._link = continue_chain(self._link, self.state)
        self._keep(move_text(len(self.state.history), self.game.move_name(action), think, self._link))
        if self.finished:
            self._keep(closing_text(closing(self.state, self.scorecard())))
        return self.state.events

    def _keep(self, text: str) -> None:
        if self.record_path is None:
            return
        path = self.record_path
        try:
            self._size = append(path, text.encode("ascii"), self._size)
        except OSError as error:
            self.record_path = None
            raise SaveError(
                f"This run is no longer kept: {path.name} cannot be written ({_reason(error)}). "
                "You can play on, and what was kept until now stays."
            ) from None

    def _mend(self, path: Path, whole: bytes) -> None:
        """Cut what was half written, and close a run that was stopped between its last move and its foot."""
        try:
            if path.stat().st_size != len(whole):
                write_whole(path, whole, over=True)
        except OSError as error:
            self.record_path = None
            raise SaveError(
                f"{path.name} cannot be written ({_reason(error)}), so it cannot be gone on with."
            ) from None
        if self.finished:
            self._keep(closing_text(closing(self.state, self.scorecard())))

    # --- afterwards --------------------------------------------------------------------------------------------------

    def prepare_par(self, stopped: Callable[[], bool]) -> None:
        """Work par out, which takes seconds, unless `stopped`: for a thread, while the player reads."""
        from game.pars import par_of

        with self._working:
            if self._par is None:
                self._par = par_of(self.game, self.seed, stopped)

    def par(self) -> Par:
        """What the expert earns from this buyer; worked out now, if nobody has prepared it."""
        self.prepare_par(lambda: False)
        assert self._par is not None
        return self._par

    def scorecard(self) -> Scorecard:
        """The score of the run as it stands, against par."""
        from engine.score import scorecard

        return scorecard(self.state, self.par())

    def debrief(self) -> Debrief:
        """How the run ended and why. Raises what `engine.debrief` raises while the sale is still on."""
        from engine.debrief import debrief

        return debrief(self.state, self.par())


def tips_told(state: State, cues: Cues) -> set[int]:
    """The numbers of the tips a player has read who stands at this moment of a run; none before the first move."""
    if not state.history:
        return set()
    return {number for each in state.states() for number, _ in each.player_view(cues).tips}


def _new_file(folder: Path, scenario: str, data: bytes) -> Path:
    """Keep a new run under the time of now, so that names sort by age."""
    while True:
        now = datetime.now(UTC)
        path = folder / f"{now:%Y%m%d-%H%M%S}-{now.microsecond // 1000:03}-{scenario}.run"
        try:
            write_whole(path, data, over=False)
        except OSError as error:
            if isinstance(error, FileExistsError) and path.is_file():
                continue  # two runs in a thousandth of a second: the next thousandth is free
            raise SaveError(f"No run can be kept in {folder} ({_reason(error)}).") from None
        return path


def _reason(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__
