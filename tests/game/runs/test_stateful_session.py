"""The game as somebody plays it over weeks: moves, thinking, stops in the middle of a write, and retries."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engine.record import read_record
from engine.replay import replay, verify
from game.runs.session import Session
from tests.engine.sales import FOLDER, bundled

SCENARIOS = ("first-five-minutes", "friday-pipeline", "saturday-showroom")


class Player(RuleBasedStateMachine):
    """Somebody who plays, is interrupted, tries again, and expects every move that was shown to be there."""

    def __init__(self) -> None:
        super().__init__()
        self.home = tempfile.TemporaryDirectory()
        self.runs = Path(self.home.name)

    def teardown(self) -> None:
        self.home.cleanup()

    @initialize(
        name=st.sampled_from(SCENARIOS),
        seed=st.integers(0, 2**53 - 1),
        cues=st.sampled_from(["novice", "regular", "expert"]),
    )
    def begin(self, name: str, seed: int, cues: str) -> None:
        path = FOLDER / f"{name}.yaml"
        self.session = Session.start(bundled(name).scenario, path, seed, cues, False, self.runs)  # type: ignore[arg-type]

    @precondition(lambda self: not self.session.finished)
    @rule(pick=st.integers(0, 50), think=st.sampled_from([0, 0, 0, 7, 90]))
    def choose(self, pick: int, think: int) -> None:
        options = self.session.view().options
        before = len(self.session.state.history)
        self.session.choose(options[pick % len(options)].action, think)
        assert len(self.session.state.history) == before + 1
        if self.session.finished:
            self.session.settle()

    @rule(half=st.binary(max_size=12))
    def be_stopped_in_the_middle_of_a_write(self, half: bytes) -> None:
        """A kill while the next line is being written: what was shown is kept, and half a line is dropped."""
        if self.session.finished:
            return
        path, shown = self._path(), self.session.state
        self.session.close()
        with path.open("ab") as file:
            file.write(half.replace(b"\n", b" "))
        self.session = Session.resume(path, self.session.scenario)
        assert self.session.state.core == shown.core
        assert self.session.state.history == shown.history

    @rule()
    def come_back_another_day(self) -> None:
        shown = self.session.state
        self.session.close()
        self.session = Session.resume(self._path(), self.session.scenario)
        assert self.session.state.core == shown.core
        assert self.session.view() == self.session.state.player_view(self.session.cues)

    @precondition(lambda self: self.session.state.history)
    @rule(share=st.integers(0, 100))
    def try_again_from_a_moment(self, share: int) -> None:
        moves = len(self.session.state.history)
        move = moves * share // 101
        expected = self.session.state.states()[move]
        self.session.close()
        again = self.session.retry(move)
        assert again.state.core == expected.core
        assert again.record_path != self.session.record_path
        self.session = again

    @invariant()
    def the_file_holds_the_run(self) -> None:
        if not hasattr(self, "session"):
            return
        record = read_record(self._path().read_bytes())
        game = bundled(self.session.scenario.id)
        assert replay(record, game).core == self.session.state.core
        if self.session.finished:
            assert verify(record, game) == []

    def _path(self) -> Path:
        path = self.session.record_path
        assert path is not None
        return path


TestPlayer = Player.TestCase
TestPlayer.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
