"""Runs that are over, settled: the record is closed with its score, and the debrief kept beside it.

That takes what a run is measured against, its par, and to work par out may take longer than the run was played. Until
then the record stays open, and held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from engine.words import speaking
from game.computing.background import in_background
from game.text.bar import Advance, unseen
from game.words.errors import SaveError

if TYPE_CHECKING:
    from game.runs.accounts import Account
    from game.runs.session import Session


@dataclass(frozen=True, slots=True)
class Settled:
    """A run that is over, and measured."""

    session: Session
    told: Account
    """Its debrief."""
    unsaved: str
    """Why its record could not be closed; nothing if it was, or is not kept at all."""
    unkept: str
    """Why its debrief could not be kept, likewise."""


def settled(session: Session, advance: Advance = unseen) -> Settled:
    """Settle a run that is over. It takes as long as par does; `advance` is told of each of the expert's runs. Its
    debrief is in the language of the run, whatever is looked at by then."""
    from game.runs import accounts

    path, unsaved, unkept = session.record_path, "", ""
    try:
        session.settle(advance)
    except SaveError as error:
        if path is not None and path.exists():  # else it was discarded meanwhile
            unsaved = str(error)
    with speaking(session.scenario.language):
        told = accounts.account(session)
    if session.record_path is not None:  # no longer, if the record could not be closed
        unkept = accounts.keep(told, session.record_path)
    return Settled(session, told, unsaved, unkept)


class Settling:
    """The runs that are over and wait for their par, wherever the player is by then."""

    def __init__(self, tell: Callable[[Settled], object], leaving: Event) -> None:
        """In another thread, `tell` is called of each run that had to wait, once it is settled. Those that still wait
        when the program is `leaving` are left as they are, and can be taken up again."""
        self._tell = tell
        self._leaving = leaving
        self._waiting: list[Session] = []

    def settle(self, session: Session) -> Settled | None:
        """Settle a run at once, if its par is known; else as soon as it is."""
        if session.par.known is not None:
            return settled(session)
        if session not in self._waiting:
            self._waiting.append(session)
            in_background(self._await_par, session)
        return None

    def holds(self, session: Session) -> bool:
        """Whether it waits for its par, and is to be let go only then."""
        return session in self._waiting

    def waiting(self, path: Path) -> Session | None:
        """The run in a file, if it waits for its par: it is held here, and cannot be taken up from there."""
        return next((each for each in self._waiting if each.record_path == path), None)

    def _await_par(self, session: Session) -> None:
        session.prepare_par(self._leaving.is_set)
        if session.par.known is not None:
            self._tell(settled(session))
        self._waiting.remove(session)
