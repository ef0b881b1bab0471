"""Where an event is kept: a few tables, in an SQLite file of its own, or in PostgreSQL for several events and hosts.

The log is the event. Beside it, and never in it or in an export of it, lie the secrets of rounds, the names of people,
and the hashes of tokens. A transaction that has ended is on the disk, through a crash of the program or the machine.

Importing this module imports SQLAlchemy.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from engine.play import Game
from engine.scenario import read_scenario
from engine.words import gettext, marked
from game.words.errors import Failure, why_not
from game.workshop.log.entries import Began, Entry, entry_of, link_after, text_of
from game.workshop.log.room import Room, folded

Rights = Literal["host", "board", "seat", "recover"]
"""What a token gives: everything, reading the board, one seat, or taking that seat again once."""

_DAY: Final = 86_400_000
_TABLES = sa.MetaData()


def _event() -> sa.Column[str]:
    return sa.Column("event", sa.String(16), primary_key=True)


EVENTS: Final = sa.Table(
    "events",
    _TABLES,
    _event(),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("code", sa.String(16), nullable=False),
    sa.Column("began", sa.BigInteger, nullable=False),
    sa.Column("purge", sa.BigInteger, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("beside", sa.BigInteger, nullable=False, server_default="0"),
)
"""One row an event: the code with which one joins it, when it began and when it is to be deleted (milliseconds of UTC),
the number of its last entry, and how often something beside its log was changed. By these two, writers find out what
others have written."""
ENTRIES: Final = sa.Table(
    "entries",
    _TABLES,
    _event(),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("round", sa.Integer),
    sa.Column("buyer", sa.Integer),
    sa.Column("seat", sa.Integer),
    sa.Column("n", sa.Integer),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("link", sa.String(64), nullable=False),
    sa.UniqueConstraint("event", "round", "buyer", "seat", "n", name="each_move_once"),
)
"""The log. The four numbers are those of a move, so that no two can be the same one; empty for other entries."""
SECRETS: Final = sa.Table(
    "secrets",
    _TABLES,
    _event(),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("secret", sa.LargeBinary, nullable=False),
)
SCENARIOS: Final = sa.Table(
    "scenarios",
    _TABLES,
    _event(),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", sa.LargeBinary, nullable=False),
)
"""What was played, as it was then: the files may change meanwhile."""
NAMES: Final = sa.Table(
    "names",
    _TABLES,
    _event(),
    sa.Column("seat", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text, nullable=False),
)
TOKENS: Final = sa.Table(
    "tokens",
    _TABLES,
    _event(),
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("rights", sa.String(8), nullable=False),
    sa.Column("seat", sa.Integer),
)


VERSION: Final = "0002"
"""Of the tables; `migrations` leads up to it from every one before."""
_VERSIONS: Final = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True))
_MAKING: Final = 0x46697273
"""The lock under which a database's tables are made or changed."""


class StoreError(Failure):
    """The event could not be read or written. What was asked for did not happen. The sentence is `marked`, and said in
    the language that is spoken where it is read, with `blanks` in its braces."""

    def __init__(self, sentence: str, **blanks: str) -> None:
        super().__init__(sentence)
        self._sentence = sentence
        self._blanks = blanks

    def __str__(self) -> str:
        return gettext(self._sentence).format(**self._blanks) if self._blanks else gettext(self._sentence)


class Deleted(StoreError):
    """The event is not kept any more."""


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


class Store:
    """The tables of one file or database. For one thread at a time; `reader` gives another one."""

    def __init__(self, where: Path | str) -> None:
        """Open an SQLite file, or a database by its address. Makes what is missing. Raises `StoreError`."""
        self.where = where
        self._file = where if isinstance(where, Path) else None
        try:
            if self._file is not None:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
                self._same = _identity(self._file)
            self._engine = _engine(where)
            try:
                with self._engine.begin() as connection:
                    _up_to_date(connection)
            except BaseException:
                self._engine.dispose()
                raise
        except (OSError, SQLAlchemyError) as error:
            raise self._failure(error) from None

    @property
    def path(self) -> Path | None:
        """The file, if it is one."""
        return self._file

    @property
    def shared(self) -> bool:
        """Whether several processes may serve the event from here."""
        return self._file is None

    @property
    def name(self) -> str:
        """What to call it in a sentence; nothing secret is in it."""
        return self._file.name if self._file is not None else self._engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything in the block is written together, or nothing of it. Raises `StoreError` if that fails."""
        try:
            if self._file is not None and _identity(self._file) != self._same:
                raise OSError(None, gettext("it is no longer in its place"))
            with self._engine.begin() as connection:
                yield Transaction(connection)
        except (OSError, SQLAlchemyError) as error:
            raise self._failure(error) from None

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Everything read in the block is of one moment, and nobody who writes meanwhile waits. Raises `StoreError`."""
        try:
            how = _READING if self._file is None else {"reads": True}
            with self._engine.connect().execution_options(**how) as connection, connection.begin():
                yield Transaction(connection)
        except (OSError, SQLAlchemyError) as error:
            raise self._failure(error) from None

    def copy(self, to: Path) -> None:
        """Write a copy of the file as it is now, and move what was written to it into it. Raises `StoreError`.

        Does nothing for a database that is not a file.
        """
        if self._file is None:
            return
        import sqlite3

        unfinished = to.with_name(f"{to.name}.part")
        try:
            unfinished.unlink(missing_ok=True)
            os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT, 0o600))
            source, target = sqlite3.connect(self._file), sqlite3.connect(unfinished)
            try:
                source.execute("PRAGMA wal_checkpoint(PASSIVE)")
                source.backup(target)
            finally:
                target.close()
                source.close()
            unfinished.replace(to)
        except (OSError, sqlite3.Error) as error:
            raise self._failure(error) from None

    def _failure(self, error: Exception) -> StoreError:
        if not self._file:
            return StoreError(marked("The database cannot be used ({why})."), why=_why(error))
        return StoreError(marked("{file} cannot be used ({why})."), file=str(self._file), why=_why(error))


_READING: Final[Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""How a database reads everything of one moment; SQLite does so anyway."""


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _why(error: Exception) -> str:
    """The reason alone, without the statement and the values in it."""
    if isinstance(error, OSError):
        return why_not(error)
    cause = getattr(error, "orig", None) or error
    return re.split(r"[\r\n]", str(cause).strip())[0][:200] or type(cause).__name__


_CONNECTING: Final[Mapping[str, Any]] = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "options": "-c synchronous_commit=on -c lock_timeout=10s -c statement_timeout=30s "
    "-c idle_in_transaction_session_timeout=10s",
}
"""What we ask of a database: that what it has taken is on the disk, and that who hangs keeps nobody waiting."""


def _up_to_date(connection: sa.Connection) -> None:
    """Make the tables, or change those of an earlier version."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MAKING)))
    there = sa.inspect(connection)
    if not there.has_table("events"):
        _TABLES.create_all(connection)
        _VERSIONS.create(connection)
        connection.execute(sa.insert(_VERSIONS), {"version_num": VERSION})
    elif not there.has_table("alembic_version") or connection.scalar(sa.select(_VERSIONS)) != VERSION:
        from game.workshop.kept.migrations import migrate

        migrate(connection)


def _engine(where: Path | str) -> sa.Engine:
    if isinstance(where, str):
        address = sa.make_url(where).set(drivername="postgresql+psycopg")
        return sa.create_engine(
            address, isolation_level="READ COMMITTED", pool_pre_ping=True, connect_args=dict(_CONNECTING)
        )
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(where)), connect_args={"timeout": 5.0})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say so
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("reads") else "BEGIN IMMEDIATE")

    return engine


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
    """The room of an event that is kept, as it stands. Raises `LogError` and `Refused` if it was tampered with."""
    return folded(store.entries(event), games_of(store.texts(event)), store.secrets(event))
