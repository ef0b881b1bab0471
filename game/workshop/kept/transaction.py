"""What is read and written together in the tables of an event.

Importing this module imports SQLAlchemy.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import sqlalchemy as sa

from engine.play import Game
from engine.scenario import read_scenario
from engine.words import marked
from game.workshop.kept.errors import Deleted
from game.workshop.kept.tables import ENTRIES, EVENTS, NAMES, SCENARIOS, SECRETS, TOKENS
from game.workshop.log.entries import Began, Entry, entry_of, link_after, text_of
from game.workshop.log.room import Room, folded

_DAY: Final = 86_400_000
Rights = Literal["host", "board", "seat", "recover"]
"""What a token gives: everything, reading the board, one seat, or taking that seat again once."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One event, as a list shows it."""

    id: str
    title: str
    began: int
    """Milliseconds of UTC."""
    purge: int


@dataclass(frozen=True, slots=True)
class Access:
    """What the holder of a token may do."""

    rights: Rights
    seat: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """How far an event is written: by this one sees whether anybody has changed it."""

    seq: int
    beside: int


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


_WRITE: Final = {
    "sqlite": sa.text(
        "INSERT INTO entries (event, seq, round, buyer, seat, n, text, link) SELECT :event, "
        + ", ".join(f"json_extract(value, '$[{column}]')" for column in range(7))
        + " FROM json_each(:rows)"
    ),
    "postgresql": sa.text(
        "INSERT INTO entries (event, seq, round, buyer, seat, n, text, link) SELECT :event, (row ->> 0)::bigint, "
        + ", ".join(f"(row ->> {column})::integer" for column in range(1, 5))
        + ", row ->> 5, row ->> 6 FROM json_array_elements(CAST(:rows AS json)) AS rows (row)"
    ),
}
"""Adding entries to a log, by the kind of database: as one statement, however many there are. Row by row, the writer
would wait for the interpreter's lock after each, while hundreds of answers are being made."""


class Transaction:
    """What can be read and written together."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    # --- events ------------------------------------------------------------------------------------------------------

    def events(self) -> tuple[Kept, ...]:
        """Every event that is kept, newest first."""
        columns = (EVENTS.c.event, EVENTS.c.title, EVENTS.c.began, EVENTS.c.purge)
        found = self._connection.execute(sa.select(*columns).order_by(EVENTS.c.began.desc()))
        return tuple(Kept(*row) for row in found)

    def begin(self, began: Began, code: str, secrets: Sequence[bytes], texts: Sequence[bytes]) -> None:
        """Keep a new event. `secrets` and the `texts` of scenarios are those of its rounds."""
        row = {
            "event": began.id,
            "title": began.event.title,
            "code": code,
            "began": began.at,
            "purge": began.at + began.event.days * _DAY,
            "seq": -1,
        }
        self._connection.execute(sa.insert(EVENTS), row)
        for table, column, values in ((SECRETS, "secret", secrets), (SCENARIOS, "text", texts)):
            rows = [{"event": began.id, "round": number, column: each} for number, each in enumerate(values)]
            self._connection.execute(sa.insert(table), rows)
        self.append(began.id, [began], "")

    def delete(self, event: str) -> None:
        """Delete everything that is kept of an event."""
        for table in (TOKENS, NAMES, SCENARIOS, SECRETS, ENTRIES, EVENTS):
            self._connection.execute(sa.delete(table).where(table.c.event == event))

    def code(self, event: str) -> str:
        """The code with which one joins an event now."""
        return str(self._connection.execute(sa.select(EVENTS.c.code).where(EVENTS.c.event == event)).scalar_one())

    def set_code(self, event: str, code: str) -> None:
        self._connection.execute(sa.update(EVENTS).where(EVENTS.c.event == event).values(code=code))
        self._changed(event)

    # --- the log -----------------------------------------------------------------------------------------------------

    def mark(self, event: str, *, alone: bool) -> Mark:
        """How far an event is written. If `alone`, nobody else can add to it until this transaction ends. Raises
        `Deleted`."""
        query = sa.select(EVENTS.c.seq, EVENTS.c.beside).where(EVENTS.c.event == event)
        row = self._connection.execute(query.with_for_update() if alone else query).first()
        if row is None:
            raise Deleted(marked("The event was deleted."))
        return Mark(*row)

    def append(self, event: str, entries: Sequence[Entry], link: str) -> str:
        """Add to a log whose last link is `link`, and return the last one then."""
        if not entries:
            return link
        rows = []
        for entry in entries:
            text = text_of(entry)
            link = link_after(link, text)
            move = (entry.round, entry.buyer, entry.seat, entry.n) if entry.kind == "move" else (None,) * 4
            rows.append((entry.seq, *move, text, link))
        self._connection.execute(_WRITE[self._connection.dialect.name], {"event": event, "rows": json.dumps(rows)})
        self._connection.execute(sa.update(EVENTS).where(EVENTS.c.event == event).values(seq=entries[-1].seq))
        return link

    def entries(self, event: str, after: int = -1) -> list[Entry]:
        """The entries of a log from the one that follows `after`. Raises `LogError`."""
        query = (
            sa.select(ENTRIES.c.seq, ENTRIES.c.text)
            .where(ENTRIES.c.event == event, ENTRIES.c.seq > after)
            .order_by(ENTRIES.c.seq)
        )
        return [entry_of(text, seq) for seq, text in self._connection.execute(query)]

    def over(self, event: str) -> bool:
        """Whether every round of an event has closed, without folding what was played. Raises `LogError`."""
        query = sa.select(ENTRIES.c.seq, ENTRIES.c.text).where(ENTRIES.c.event == event, ENTRIES.c.n.is_(None))
        closed = sum(entry_of(text, seq).kind == "closed" for seq, text in self._connection.execute(query))
        return closed == len(self.secrets(event))

    def links(self, event: str) -> list[str]:
        """The link of every entry of a log, as they were written."""
        query = sa.select(ENTRIES.c.link).where(ENTRIES.c.event == event).order_by(ENTRIES.c.seq)
        return list(self._connection.execute(query).scalars())

    # --- beside the log ----------------------------------------------------------------------------------------------

    def secrets(self, event: str) -> dict[int, bytes]:
        """The secret of each round, also of those that have not closed."""
        query = sa.select(SECRETS.c.round, SECRETS.c.secret).where(SECRETS.c.event == event)
        return {round: bytes(secret) for round, secret in self._connection.execute(query)}

    def texts(self, event: str) -> list[bytes]:
        """The text of each round's scenario."""
        query = sa.select(SCENARIOS.c.text).where(SCENARIOS.c.event == event).order_by(SCENARIOS.c.round)
        return [bytes(text) for text in self._connection.execute(query).scalars()]

    def names(self, event: str) -> dict[int, str]:
        """The name of each seat; a person who was deleted has none."""
        query = sa.select(NAMES.c.seat, NAMES.c.name).where(NAMES.c.event == event).order_by(NAMES.c.seat)
        return {row.seat: row.name for row in self._connection.execute(query)}

    def access(self, event: str, token_hash: str) -> Access | None:
        """What a token gives, by its hash; None for one that nobody was given."""
        query = sa.select(TOKENS.c.rights, TOKENS.c.seat).where(TOKENS.c.event == event, TOKENS.c.hash == token_hash)
        row = self._connection.execute(query).first()
        return None if row is None else Access(row.rights, row.seat)

    def give(self, event: str, token_hash: str, access: Access) -> None:
        """Let a token give something."""
        row = {"event": event, "hash": token_hash, "rights": access.rights, "seat": access.seat}
        self._connection.execute(sa.insert(TOKENS), row)
        self._changed(event)

    def accesses(self, event: str) -> dict[str, Access]:
        """What every token gives, by its hash."""
        query = sa.select(TOKENS.c.hash, TOKENS.c.rights, TOKENS.c.seat).where(TOKENS.c.event == event)
        return {hash: Access(rights, seat) for hash, rights, seat in self._connection.execute(query)}

    def call(self, event: str, seat: int, name: str) -> None:
        """Give a seat a name, in place of the one it had."""
        there = (NAMES.c.event == event, NAMES.c.seat == seat)
        self._connection.execute(sa.delete(NAMES).where(*there))
        self._connection.execute(sa.insert(NAMES), {"event": event, "seat": seat, "name": name})
        self._changed(event)

    def forget(self, event: str, seat: int) -> None:
        """Delete a person: the name and every token of a seat. What was played there stays, and is nobody's."""
        for table in (NAMES, TOKENS):
            self._connection.execute(sa.delete(table).where(table.c.event == event, table.c.seat == seat))
        self._changed(event)

    def burn(self, event: str, token_hash: str) -> None:
        """Let a token give nothing any more."""
        self._connection.execute(sa.delete(TOKENS).where(TOKENS.c.event == event, TOKENS.c.hash == token_hash))
        self._changed(event)

    def _changed(self, event: str) -> None:
        """Count a change beside the log."""
        self._connection.execute(sa.update(EVENTS).where(EVENTS.c.event == event).values(beside=EVENTS.c.beside + 1))


def games_of(texts: Sequence[bytes]) -> list[Game]:
    """The games of the scenarios with these texts; equal texts share one. Raises `ScenarioErrors`."""
    return [_game(text) for text in texts]


@lru_cache(maxsize=32)
def _game(text: bytes) -> Game:
    return Game(read_scenario(text, "scenario.yaml"))


def kept_room(store: Transaction, event: str) -> Room:
    """The room of an event that is kept, as it stands. Raises `LogError` and `Refused` for a log that nothing can have
    come to."""
    return folded(store.entries(event), games_of(store.texts(event)), store.secrets(event))
