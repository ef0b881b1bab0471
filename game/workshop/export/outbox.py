"""Statements on their way to a learning record store, kept in a file until it has taken them.

A statement is put into the file first and sent afterwards. Whatever becomes of the store, of this program or of the
machine, the next attempt goes on with those that it has not taken. Their ids say that two are one, so none is counted
twice. What a store refuses for good is told and left alone: it stops nobody else's.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from game.words.errors import Failure, why_not
from game.workshop.export.xapi import VERSION, Statement

BATCH: Final = 100
"""Statements that are sent together."""
PATIENCE: Final = 20.0
"""Seconds that a store may take to answer."""
PAUSES: Final = (1.0, 3.0, 9.0)
"""Seconds after which it is tried again where a store is busy, or does not answer."""
_LONGEST_ANSWER: Final = 65_536
_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_TABLE: Final = """\
CREATE TABLE IF NOT EXISTS statements (
  place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, seat INTEGER NOT NULL, text TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken', 'refused')), why TEXT NOT NULL DEFAULT ''
)"""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement that the store will not have."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """How an outbox stands."""

    taken: int
    waiting: int
    refused: tuple[Refusal, ...]
    trouble: str = ""
    """Why it was stopped before everything was sent; a sentence."""


@dataclass(frozen=True, slots=True)
class Lrs:
    """A learning record store, and who we are there."""

    url: str
    """The address that ends in `/statements`."""
    user: str = ""
    password: str = ""
    patience: float = PATIENCE


def lrs_at(url: str, user: str = "", password: str = "") -> Lrs:
    """The store at an address as people give it. Raises `Failure` for one that nothing should be sent to."""
    wrong = Failure(f"{url!r} is not the address of a learning record store, such as https://lrs.example.org/xapi")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https") or not host or not url.isprintable():
        raise wrong
    if parts.username is not None:
        raise Failure("Name and password do not belong in the address: set FIRSTVISIT_LRS_USER and _PASSWORD.")
    if parts.scheme == "http" and not _is_here(host):
        raise Failure(f"What is sent to {host} by http can be read on the way. Use https.")
    path = parts.path.rstrip("/")
    path = path if path.endswith("/statements") else f"{path}/statements"
    return Lrs(urlunsplit((parts.scheme, parts.netloc, path, "", "")), user, password)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Outbox:
    """The file. Raises `Failure` where it cannot be used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise Failure(f"{path} cannot be used ({why_not(error)}).") from None
        self._do(lambda box: box.execute(_TABLE))

    def put(self, statements: Iterable[tuple[int, Statement]]) -> None:
        """Add statements, each with the seat that it is about; those that are in it already stay as they are."""
        rows = [(each["id"], seat, json.dumps(each)) for seat, each in statements]
        self._do(
            lambda box: box.executemany("INSERT OR IGNORE INTO statements (id, seat, text) VALUES (?, ?, ?)", rows)
        )

    def forget(self, seat: int) -> int:
        """Delete everything about a seat, and return how many statements the store had taken already."""
        query = "SELECT count(*) FROM statements WHERE seat = ? AND state = 'taken'"
        taken = int(self._do(lambda box: box.execute(query, (seat,)).fetchone())[0])
        self._do(lambda box: box.execute("DELETE FROM statements WHERE seat = ?", (seat,)))
        with closing(sqlite3.connect(self._path)) as box:
            box.execute("VACUUM")  # what was deleted would still lie in the file
        return taken

    def delivery(self, trouble: str = "") -> Delivery:
        """How things stand."""
        counted = dict(
            self._do(lambda box: box.execute("SELECT state, count(*) FROM statements GROUP BY state").fetchall())
        )
        query = "SELECT id, why FROM statements WHERE state = 'refused' ORDER BY place"
        refused = self._do(lambda box: box.execute(query).fetchall())
        return Delivery(
            counted.get("taken", 0), counted.get("waiting", 0), tuple(Refusal(*each) for each in refused), trouble
        )

    def waiting(self, most: int) -> list[tuple[str, str]]:
        """The first statements that wait, as ids and texts."""
        query = "SELECT id, text FROM statements WHERE state = 'waiting' ORDER BY place LIMIT ?"
        found: list[tuple[str, str]] = self._do(lambda box: box.execute(query, (most,)).fetchall())
        return found

    def settle(self, ids: Iterable[str], state: str, why: str = "") -> None:
        """Note what the store has said of some."""
        rows = [(state, why, each) for each in ids]
        self._do(lambda box: box.executemany("UPDATE statements SET state = ?, why = ? WHERE id = ?", rows))

    def _do(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        try:
            with closing(sqlite3.connect(self._path)) as box, box:
                box.execute("PRAGMA synchronous = FULL")
                return work(box)
        except sqlite3.Error as error:
            raise Failure(
                f"{self._path} cannot be used ({error}). What has not been sent is still to be sent."
            ) from None


class _Stopped(Exception):
    """Nothing more can be sent now. The message is a sentence."""


def deliver(outbox: Outbox, lrs: Lrs, sleep: Callable[[float], None] = time.sleep) -> Delivery:
    """Send what waits, and return how things stand then. Raises `Failure` only where the file cannot be used."""
    opener = build_opener(_NoRedirects())
    try:
        while waiting := outbox.waiting(BATCH):
            _send(outbox, lrs, opener, waiting, sleep)
    except _Stopped as stopped:
        return outbox.delivery(str(stopped))
    return outbox.delivery()


class _NoRedirects(HTTPRedirectHandler):
    """Follows nothing: the password is for this address alone."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _send(
    outbox: Outbox,
    lrs: Lrs,
    opener: OpenerDirector,
    batch: Sequence[tuple[str, str]],
    sleep: Callable[[float], None],
) -> None:
    """Send some statements together; if the store minds one of them, in smaller batches. Raises `_Stopped`."""
    status, said = _posted(lrs, opener, batch, sleep)
    ids = [id for id, _ in batch]
    if 200 <= status < 300:
        outbox.settle(ids, "taken")
    elif status in (400, 409, 413, 422) and len(batch) > 1:
        half = len(batch) // 2
        _send(outbox, lrs, opener, batch[:half], sleep)
        _send(outbox, lrs, opener, batch[half:], sleep)
    elif status == 409 and _is_there(lrs, opener, batch[0][1]):
        outbox.settle(ids, "taken")
    elif status in (400, 409, 413, 422):
        outbox.settle(ids, "refused", _WHY.get(status, f"The store says: {said}"))
    else:
        raise _Stopped(_SENTENCES.get(status, f"The store answers {status}: {said}"))


_WHY: Final = {
    409: "The store has another statement of this id.",
    413: "The statement is too large for the store.",
}
_SENTENCES: Final = {
    401: "The store does not know this name and password (401). Set FIRSTVISIT_LRS_USER and FIRSTVISIT_LRS_PASSWORD.",
    403: "The store does not let this name write statements (403).",
    404: "There is no learning record store at this address (404).",
}


def _posted(
    lrs: Lrs, opener: OpenerDirector, batch: Sequence[tuple[str, str]], sleep: Callable[[float], None]
) -> tuple[int, str]:
    """The answer to a batch, tried again while the store is busy. Raises `_Stopped` when it stays so."""
    body = f"[{','.join(text for _, text in batch)}]".encode()
    trouble = ""
    for pause in (*PAUSES, None):
        try:
            status, said = _asked(lrs, opener, lrs.url, body)
            if status not in _BUSY:
                return status, said
            trouble = f"The store is busy or broken ({status})."
        except (OSError, HTTPException) as error:
            reason = error.reason if isinstance(error, URLError) else error
            trouble = f"The store cannot be reached ({_short(str(reason)) or type(reason).__name__})."
        if pause is not None:
            sleep(pause)
    raise _Stopped(trouble)


def _is_there(lrs: Lrs, opener: OpenerDirector, text: str) -> bool:
    """Whether the store has just this statement."""
    mine = json.loads(text)
    try:
        status, said = _asked(lrs, opener, f"{lrs.url}?statementId={quote(mine['id'])}", None)
        theirs = json.loads(said) if status == 200 else {}
        return all(theirs.get(name) == mine[name] for name in ("actor", "result")) and _about(theirs) == _about(mine)
    except (OSError, HTTPException, ValueError, AttributeError, TypeError, KeyError, RecursionError):
        return False


def _about(statement: Any) -> tuple[str, str]:
    return statement["verb"]["id"], statement["object"]["id"]


def _asked(lrs: Lrs, opener: OpenerDirector, url: str, body: bytes | None) -> tuple[int, str]:
    """What a store answers. Raises `OSError` and `HTTPException` where it does not."""
    headers = {"X-Experience-API-Version": VERSION, "Content-Type": "application/json"}
    if lrs.user:
        pair = base64.b64encode(f"{lrs.user}:{lrs.password}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    try:
        with opener.open(Request(url, body, headers), timeout=lrs.patience) as answer:
            return answer.status, answer.read(_LONGEST_ANSWER).decode("utf-8", "replace")
    except HTTPError as error:
        with error:
            return error.code, _short(error.read(_LONGEST_ANSWER).decode("utf-8", "replace"))


def _short(text: str) -> str:
    """The beginning of what a store says, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:197]}..."
