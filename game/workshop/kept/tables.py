"""The tables of an event. The log is the event; beside it, and never in it or in an export of it, lie the secrets of
rounds, the names of people, and the hashes of tokens.

Importing this module imports SQLAlchemy.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

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


def up_to_date(connection: sa.Connection) -> None:
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
