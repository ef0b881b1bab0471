"""How a run is opened, on screens and as lines: begun, taken up where it was left, tried again, or read as it was.

Whatever cannot be done raises `Failure` with a sentence that says so.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.words import gettext, speaking, spoken
from game.home import profile
from game.home.run_files import record_at
from game.runs import versions
from game.runs.results import result_text
from game.runs.session import Session
from game.words.errors import Failure, SaveError, why_not

if TYPE_CHECKING:
    from engine.record import Record
    from engine.scenario.compiled import Scenario
    from engine.view import Cues
    from game.home.run_files import Run
    from game.runs.accounts import Account
    from game.runs.versions import Source


_EASY = 1_000_000
"""Drawn seeds stay below this, so that two people can tell each other theirs."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A run that can be played."""

    session: Session
    unsaved: str = ""
    """Why it is played without a record; nothing if it is kept."""


@dataclass(frozen=True, slots=True)
class Reread:
    """A finished run, as far as it can still be read."""

    told: Account | None
    """Its debrief; None where nothing but the moves is left."""
    session: Session | None
    """The run itself; None where its scenario or rules are gone."""
    practice: str
    """What it is where its buyer was met before; nothing for a first try."""
    about: str
    """When it was played, with which version, and what has changed since."""


def new_seed() -> int:
    """Return a seed for a run that names none."""
    return secrets.randbelow(_EASY)


def begin(scenario: Scenario, path: Path | None, seed: int, cues: Cues, live: bool) -> Opened:
    """Begin a run, without a record where none can be written."""
    try:
        return Opened(Session.start(scenario, path, seed, cues, live, profile.runs_dir()))
    except SaveError as error:
        return Opened(Session.start(scenario, path, seed, cues, live, None), str(error))


def resume(path: Path, source: Source) -> Session:
    """Take up an unfinished run where it was left. Raises `Failure`."""
    try:
        return Session.resume(path, source.scenario, source.path)
    except (ValueError, OSError) as error:
        raise Failure(why_not(error)) from None


def retry(session: Session, move: int) -> Opened:
    """Begin a run with the same buyer and luck before a move (0 is the first), without a record where none can be
    written."""
    try:
        return Opened(session.retry(move, profile.runs_dir()))
    except SaveError as error:
        again = Session.start(session.scenario, session.scenario_path, session.seed, session.cues, session.live, None)
        for action, think in session.state.history[:move]:
            again.choose(action, think)
        return Opened(again, str(error))


def reread(run: Run, folder: Path | None) -> Reread:
    """Return the debrief of a finished run as it was kept; if it was not, as far as it can still be worked out at once.

    Raises `Failure` if the run cannot be read.
    """
    from game.computing import pars
    from game.runs import accounts

    session, told, copied, since, notice = None, None, False, "", ""
    record = _record(run)
    try:
        told = accounts.kept(run.path, record)
    except accounts.AccountError as error:
        notice = str(error)
    try:
        found = versions.source(run.header, folder)
        copied = found.copied
        session = Session.read(run.path, found.scenario, found.path)
    except versions.OtherVersion as error:
        since = str(error)
    except (ValueError, OSError) as error:
        raise Failure(f"{run.path.name}: {why_not(error)}") from None
    if session is not None and not session.state.is_terminal():  # though it has a score
        removed = gettext("Moves were removed: the sale is not over after the {count} that are here.")
        raise Failure(f"{run.path.name}: {removed.format(count=session.state.moves)}")
    with speaking(session.scenario.language if session is not None else spoken()):  # the list may be in another one
        if told is None and session is not None:
            par = pars.kept(session.game, session.seed)  # worked out anew, it would keep everybody waiting
            told = accounts.account_of(session.state, session.header, par)
        version = versions.played(run.header, told.program if told is not None else "")
        about = " ".join(
            text
            for text in (version, versions.copied(run.header.scenario, folder) if copied else since, notice)
            if text
        )
        return Reread(told, session, versions.retried(run.header, run.path), about)


def moves(run: Run, about: str) -> str:
    """Return what is left of a run that nothing else can be done with, for reading. Raises `Failure`."""
    made = "\n".join(versions.moves_in_words(_record(run))) or gettext("No move was made.")
    return f"{about}\n\n{result_text(run).capitalize()}.\n\n{made}"


def _record(run: Run) -> Record:
    try:
        return record_at(run.path)
    except (ValueError, OSError) as error:
        raise Failure(f"{run.path.name}: {why_not(error)}") from None
