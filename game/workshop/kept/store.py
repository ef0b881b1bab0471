"""Where an event is kept: a few tables, in an SQLite file of its own, or in PostgreSQL for several events and hosts.
A transaction that has ended is on the disk, through a crash of the program or the machine.

Importing this module imports SQLAlchemy.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from engine.words import gettext, marked
from game.words.errors import why_not
from game.workshop.kept.errors import StoreError
from game.workshop.kept.tables import up_to_date
from game.workshop.kept.transaction import Transaction


class Store:
    """The tables of one file or database. For one thread at a time."""

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
                    up_to_date(connection)
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
