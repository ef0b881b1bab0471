"""The seats that this machine has in events elsewhere, so that whoever comes back sits where they sat."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from game.home.files import read_regular, write_whole
from game.home.profile import home
from game.workshop.guest.client import Ticket

_LARGEST: Final = 262_144
_MOST: Final = 200
"""Seats that are remembered; the oldest are forgotten."""


def _path() -> Path:
    return home() / "seats.json"


def kept(event: str) -> Ticket | None:
    """The seat in this event, if this machine has one."""
    found = _all().get(event)
    try:
        return Ticket(int(found["seat"]), str(found["token"]), str(found["name"])) if found is not None else None
    except (KeyError, TypeError, ValueError):
        return None


def keep(event: str, ticket: Ticket) -> None:
    """Keep a seat, in a file that nobody else can read. What cannot be kept costs a code from the host later."""
    seats = _all()
    seats.pop(event, None)
    seats[event] = {"seat": ticket.seat, "token": ticket.token, "name": ticket.name}
    data = json.dumps(dict(list(seats.items())[-_MOST:]), indent=1).encode()
    with suppress(OSError):
        write_whole(_path(), data, over=True, private=True)


def _all() -> dict[str, Any]:
    try:
        found = json.loads(read_regular(_path(), _LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
