"""A run as whatever shows it needs it: screens and lines play one on a host as they play one on this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.changes import Change
    from engine.play import State
    from engine.view import Cues, Meters, PlayerView, ProspectView
    from game.runs.scene import Scene


class Playable(Protocol):
    """A run that is being played. It shows what its player can see, and takes moves."""

    @property
    def scene(self) -> Scene: ...

    @property
    def cues(self) -> Cues: ...

    @property
    def live(self) -> bool: ...

    @property
    def finished(self) -> bool: ...

    @property
    def moves(self) -> int:
        """How many were made."""

    @property
    def record_path(self) -> Path | None:
        """The run's file on this machine, if it has one."""

    def view(self) -> PlayerView:
        """What the player can see now."""

    def changes(self) -> tuple[Change, ...]:
        """What the last move changed."""

    def remembered(self, prospect: str) -> Meters | None:
        """The levels of a prospect at the last word, as the cues showed them then."""

    async def make(self, action: int, think: int) -> None:
        """Make a move. Raises `SaveError` if it was made and could not be kept; `Failure` if this run is not played
        any further."""

    def prepare_par(self, stopped: Callable[[], bool]) -> None:
        """Work out in advance what the end will need, unless `stopped`."""


def at_last_word(state: State, one: ProspectView, cues: Cues) -> Meters | None:
    """The levels of a prospect at the last word, as the cues showed them then; None where they show none."""
    if one.meters is None or one.last_contact is None:
        return None
    while state.previous is not None and state.minute > one.last_contact:
        state = state.previous
    then = next((each for each in state.glance(cues).prospects if each.id == one.id), None)
    return then.meters if then is not None else None
