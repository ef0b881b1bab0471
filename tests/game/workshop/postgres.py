"""A PostgreSQL to test with: the one that FIRSTVISIT_TEST_PG names, or one in a folder that is thrown away."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

VARIABLE = "FIRSTVISIT_TEST_PG"
_PORT = 5432
"""The socket is named by it; nothing listens on it."""


def missing() -> str:
    """Why there is none, or nothing."""
    if os.environ.get(VARIABLE) or all(map(_program, ("initdb", "pg_ctl"))):
        return ""
    return f"needs PostgreSQL: its programs initdb and pg_ctl, or the address of one in {VARIABLE}"


def _program(name: str) -> str | None:
    """Where a program of PostgreSQL lies; Debian keeps them off the path."""
    there = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(there[-1]) if there else None)


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a database, while the block runs. It listens on a socket in its own folder: a port that was free
    might be somebody else's by the time that the server has been made."""
    given = os.environ.get(VARIABLE)
    if given:
        yield given
        return
    memory = Path("/dev/shm")
    with TemporaryDirectory(prefix="firstvisit-pg-", dir=memory if memory.is_dir() else None) as name:
        as_somebody = ["runuser", "-u", "postgres", "--"] if os.name == "posix" and os.geteuid() == 0 else []
        if as_somebody:
            shutil.chown(name, "postgres")  # it refuses to run as root
        data = Path(name) / "data"

        def run(program: str, *arguments: str) -> None:
            command = [*as_somebody, _program(program) or program, *arguments]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=name)

        run("initdb", "-D", str(data), "-U", "first", "-A", "trust", "--no-sync")
        settings = f"-p {_PORT} -k {name} -c listen_addresses="
        run("pg_ctl", "-D", str(data), "-o", settings, "-l", str(Path(name) / "log"), "-w", "start")
        try:
            yield f"postgresql://first@/postgres?host={name}&port={_PORT}"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")


class Database:
    """An empty database of its own, that can be taken away and given back."""

    def __init__(self, server: str) -> None:
        """Make it on the server that has the database with this address."""
        self._name = f"firstvisit_{secrets.token_hex(6)}"
        self.url = sa.make_url(server).set(database=self._name).render_as_string(hide_password=False)
        self._server = sa.create_engine(
            server.replace("://", "+psycopg://"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
        )
        self._do(f"CREATE DATABASE {self._name}")

    def go(self) -> None:
        """Throw everybody out, wait until they are gone, and let nobody in."""
        self._do(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS false")
        self._do(f"SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = '{self._name}'")

    def come_back(self) -> None:
        self._do(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS true")

    def drop(self) -> None:
        self._do(f"DROP DATABASE {self._name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        with self._server.connect() as connection:
            connection.exec_driver_sql(statement)
