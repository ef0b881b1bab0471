"""What somebody is told who leaves a run: whether it is kept, and what to type to come back to it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from engine.words import gettext, ngettext
from game.shelf import library

if TYPE_CHECKING:
    from game.runs.session import Session


def parting(session: Session) -> str:
    """What becomes of a run that is left as it is."""
    if session.record_path is None:
        return gettext("This run could not be kept.")
    again = shlex.join(("firstvisit", "play", _name(session)))
    if session.finished:
        return gettext("The run is over and kept. To see how it went: {command}").format(command=again)
    told = ngettext(
        "The run is not finished. It is kept with {count} move and is offered again: {command}",
        "The run is not finished. It is kept with {count} moves and is offered again: {command}",
        session.moves,
    )
    return told.format(count=session.moves, command=again)


def _name(session: Session) -> str:
    """What to call the scenario on the command line: its id if it is found by that, else its file."""
    path, name = session.scenario_path, session.scenario.id
    return name if path is None or library.named(name) == [path] else str(path)
