"""A player's history: what lies beside the run files, in one SQLite file that answers for thousands of them at once.

It is an index and nothing else. Whatever stands in it is read from the end of a run, from the debrief and from the
analysis that were kept beside it; nothing is worked out anew, and everything is as recorded. A run is read again when
the name, size or time of one of its files has changed, and the whole can be built again at any moment. What could not
be read is tried each time, since the fault may have been the disk's, or a newer version may read it. Nothing needs the
history to play: where its file cannot be used, it is put together in memory, and a sentence says why.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from engine.record import Closing, Header
from engine.words import gettext
from game.home import profile, run_files
from game.home.files import open_regular, put_aside
from game.home.run_files import Broken, Run
from game.text.bar import Advance, unseen
from game.words.errors import why_not

FORM: Final = 1
"""Of the file, as its `user_version`. One of an earlier form is built again, a later one is left alone."""
NAME: Final = "history.sqlite"
_PATIENCE: Final = 1.0
"""Seconds to wait for another window that writes the history."""

Waiting = Callable[[int], AbstractContextManager[Advance]]
"""Shows how many of the runs have been read, to somebody who waits for it."""


@contextmanager
def _unseen(total: int) -> Iterator[Advance]:
    yield unseen


_WHOLE, _TEXT, _OTHER = "integer", "text", "null"
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (_TEXT,),
    "stamp": (_TEXT,),
    "wrong": (_TEXT,),
    "scenario": (_TEXT,),
    "digest": (_TEXT,),
    "rules": (_WHOLE,),
    "seed": (_WHOLE,),
    "cues": (_TEXT,),
    "live": (_WHOLE,),
    "started": (_TEXT,),
    "opening": (_TEXT, _OTHER),
    "retry_of": (_TEXT, _OTHER),
    "notation": (_WHOLE,),
    "moves": (_WHOLE,),
    "results": (_TEXT, _OTHER),
    "value": (_WHOLE, _OTHER),
    "conduct": (_WHOLE, _OTHER),
    "par": (_WHOLE, _OTHER),
    "seal": (_TEXT, _OTHER),
    "title": (_TEXT,),
    "currency": (_TEXT,),
    "accuracy": ("real", _OTHER),
}
"""What is kept of a run, and what each may be, so that a damaged file is found out when it is opened."""


def _table(name: str, columns: Mapping[str, tuple[str, ...]], key: str) -> str:
    checked = (
        f"{column} CHECK (typeof({column}) IN ({', '.join(map(repr, kinds))}))" for column, kinds in columns.items()
    )
    return f"CREATE TABLE {name} ({', '.join(checked)}, PRIMARY KEY ({key})) WITHOUT ROWID"


_TABLES: Final = (
    _table("runs", _COLUMNS, "name"),
    _table("skills", {"name": (_TEXT,), "skill": (_TEXT,), "part": (_WHOLE,), "whole": (_WHOLE,)}, "name, skill"),
)


@dataclass(frozen=True, slots=True)
class Past:
    """One run, as the history has it."""

    name: str
    """Of the file of its record."""
    header: Header
    moves: int
    closing: Closing | None
    """None while the run is unfinished."""
    first: bool
    """Whether it was the first with its buyer; any other is practice."""
    title: str
    currency: str
    accuracy: float | None
    """What the coach found, where it has judged the run."""
    skills: Mapping[str, tuple[int, int]]
    """Part and whole of each skill that the run called for (see `engine.skills`)."""
    doubt: str
    """Why what was kept beside the record cannot be believed, or nothing."""

    @property
    def run(self) -> Run:
        """The run, as other lists have it."""
        return Run(profile.runs_dir() / self.name, self.header, self.moves, self.closing, self.closing is not None)


@dataclass(frozen=True, slots=True)
class History:
    """All that was played on this machine."""

    runs: tuple[Past, ...]
    """Newest first, finished or not."""
    broken: tuple[Broken, ...]
    """Files among the runs that cannot be read as one."""
    notice: str = ""
    """Why the history's own file could not be used, or nothing."""


def path() -> Path:
    """Return where the history lies, or would."""
    return profile.home() / NAME


def history(*, rebuild: bool = False, waiting: Waiting = _unseen) -> History:
    """Return the history, brought up to date; with `rebuild`, put together anew from the run files.

    `waiting` is told of each run that has to be read for it.
    """
    folder = profile.runs_dir()
    try:
        files = _Files(folder, _stamps(folder), waiting)
    except OSError as error:
        return History((), (Broken(folder, gettext("It cannot be read ({why}).").format(why=why_not(error))),))
    where, notice = path(), ""
    if not files.stamps and not os.path.lexists(where):
        return History((), ())  # nothing was played, and nothing has to be made
    try:
        with closing(_opened(where, rebuild)) as base:
            return _up_to_date(base, files)
    except _Unusable as why:
        notice = str(why)
    except (sqlite3.Error, ValueError) as error:
        if isinstance(error, sqlite3.Error) and _passing(error):
            notice = gettext("The history in {path} cannot be used ({why}).").format(path=where, why=error)
        else:
            return _mended(where, files)
    return _in_memory(files, gettext("{notice} It was put together from the run files for now.").format(notice=notice))


def _mended(where: Path, files: _Files) -> History:
    """The history built again in the place of a file that makes no sense, which is kept aside."""
    try:
        aside = put_aside(where)
        _forget_journal(where)
        with closing(_opened(where, rebuild=False)) as base:
            found = _up_to_date(base, files)
    except (OSError, sqlite3.Error, _Unusable) as error:
        broken = gettext("The history in {path} is damaged, and cannot be built again there ({why}).")
        return _in_memory(files, broken.format(path=where, why=error))
    built = gettext("The history was damaged, and was built again from the run files. The old file is {path}.")
    return replace(found, notice=built.format(path=aside))


def _in_memory(files: _Files, notice: str) -> History:
    with closing(_made(sqlite3.connect(":memory:"))) as base:
        return replace(_up_to_date(base, files), notice=notice)


# --- the file ---------------------------------------------------------------------------------------------------------


class _Unusable(Exception):
    """A history that is left alone. The message is a sentence."""


def _opened(where: Path, rebuild: bool) -> sqlite3.Connection:
    """Open the history, or a new one. Raises `_Unusable`, and `sqlite3.Error` for a file that is not one."""
    try:
        open_regular(where).close()  # what is no regular file could be waited for without end
    except FileNotFoundError:
        pass
    except OSError as error:
        unusable = gettext("The history in {path} cannot be used ({why}).")
        raise _Unusable(unusable.format(path=where, why=why_not(error))) from None
    base = sqlite3.connect(where, timeout=_PATIENCE)
    try:
        (form,) = base.execute("PRAGMA user_version").fetchone()
        if form > FORM and not rebuild:
            raise _Unusable(
                gettext(
                    "The history in {path} was written by a newer version of the program, and is left alone "
                    "('firstvisit progress --rebuild' replaces it)."
                ).format(path=where)
            )
        if base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        if rebuild or form < FORM:  # in its place: another window may have it open
            return _made(base, anew=rebuild)
    except BaseException:
        base.close()
        raise
    return base


def _made(base: sqlite3.Connection, *, anew: bool = False) -> sqlite3.Connection:
    """Make the tables in a database that is new, or of an earlier form; with `anew`, in any."""
    with base:
        base.execute("BEGIN IMMEDIATE")
        if anew or base.execute("PRAGMA user_version").fetchone() != (FORM,):  # else another window was first
            for table in ("runs", "skills"):
                base.execute(f"DROP TABLE IF EXISTS {table}")
            for made in _TABLES:
                base.execute(made)
            base.execute(f"PRAGMA user_version = {FORM}")
    return base


def _forget_journal(where: Path) -> None:
    """Remove what a program that was killed left beside a history that is gone."""
    for end in ("-journal", "-wal", "-shm"):
        with suppress(OSError):
            where.with_name(where.name + end).unlink()


def _passing(error: sqlite3.Error) -> bool:
    """Whether the file may be sound, and the disk or another program stands in the way."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }


# --- keeping it up to date --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Files:
    """The run files as they are now."""

    folder: Path
    stamps: Mapping[str, str]
    """By the name of a run's record: what changes whenever one of its files does."""
    waiting: Waiting


def _stamps(folder: Path) -> dict[str, str]:
    """Size and time of the files of every run, by the name of its record. Raises `OSError`."""
    found: dict[str, str] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(run_files.FILES):
                    with suppress(OSError):  # gone since, or a link that leads nowhere: reading says so
                        status = entry.stat()
                        found[entry.name] = f"{status.st_size}.{status.st_mtime_ns}"
                    found.setdefault(entry.name, "")
    except FileNotFoundError:
        return {}
    record, *others = run_files.FILES
    stems = (name.removesuffix(record) for name in found if name.endswith(record))
    return {
        stem + record: " ".join((found[stem + record], *(found.get(stem + other, "-") for other in others)))
        for stem in stems
    }


def _up_to_date(base: sqlite3.Connection, files: _Files) -> History:
    known = dict(base.execute("SELECT name, stamp FROM runs"))
    changed = sorted(name for name, stamp in files.stamps.items() if known.get(name) != stamp)
    gone = [name for name in known if name not in files.stamps]
    if not (changed or gone):
        return _all(base, files.folder)
    try:
        _write(base, changed, gone, files)
    except sqlite3.Error as error:
        if not _passing(error):
            raise
        with closing(sqlite3.connect(":memory:")) as copy:
            base.backup(copy)
            _write(copy, changed, gone, files)
            found = _all(copy, files.folder)
        unwritten = gettext(
            "The history in {path} cannot be written ({why}). What is new was read from the run files for now."
        )
        return replace(found, notice=unwritten.format(path=path(), why=error))
    return _all(base, files.folder)


def _write(base: sqlite3.Connection, changed: Sequence[str], gone: Iterable[str], files: _Files) -> None:
    with files.waiting(len(changed)) as advance, base:
        base.execute("BEGIN IMMEDIATE")  # that it cannot be written is known before the work
        old = [(name,) for name in (*changed, *gone)]
        for table in ("runs", "skills"):
            base.executemany(f"DELETE FROM {table} WHERE name = ?", old)
        into = f"INSERT INTO runs VALUES ({', '.join('?' * len(_COLUMNS))})"
        for name in changed:
            row, skills = _read(files.folder / name, files.stamps[name])
            base.execute(into, row)
            base.executemany("INSERT INTO skills VALUES (?, ?, ?, ?)", skills)
            advance(1)


def _read(file: Path, stamp: str) -> tuple[tuple[Any, ...], list[tuple[str, str, int, int]]]:
    """What stands in the history of one run: its row, and its skills."""
    from game.runs import accounts
    from game.shelf import copies

    run = run_files.run_at(file)
    if isinstance(run, Broken):
        return (file.name, _TRY_AGAIN, run.why, *_NOTHING), []
    head, foot = run.header, run.closing
    told, wrong, accuracy = None, "", None
    if foot is not None:
        try:
            told = accounts.summary(run)
        except accounts.AccountError as error:
            wrong = str(error)
        if not stamp.endswith("-"):
            from game.coach import coaching

            accuracy = coaching.accuracy(run)
    row = (
        *(file.name, _TRY_AGAIN if wrong else stamp, wrong),
        *(head.scenario, head.digest, head.rules, head.seed, head.cues, int(head.live)),
        *(head.started, head.opening, head.retry_of, head.notation, run.moves),
        ",".join(f"{who} {what}" for who, what in foot.results) if foot is not None else None,
        *((foot.value, foot.conduct, foot.par, foot.seal) if foot is not None else (None,) * 4),
        told.title if told is not None else copies.title(head) or "",
        told.currency if told is not None else "",
        accuracy,
    )
    skills = told.skills if told is not None else ()
    return row, [(file.name, each.name, each.part, each.whole) for each in skills]


_TRY_AGAIN: Final = ""
"""The stamp of what could not be read: that of no file."""
_NO_SKILLS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType({})
_NOTHING: Final = tuple(
    None if _OTHER in kinds else 0 if _WHOLE in kinds else "" for kinds in list(_COLUMNS.values())[3:]
)
"""The row of a file that is not a run, after its name, stamp and what is wrong with it."""


# --- reading it -------------------------------------------------------------------------------------------------------


def _all(base: sqlite3.Connection, folder: Path) -> History:
    """Everything, from tables that are up to date. Raises ValueError for what nobody could have written."""
    base.execute("BEGIN")  # all of it from one moment, whoever writes meanwhile
    skills: dict[str, dict[str, tuple[int, int]]] = {}
    for name, skill, part, whole in base.execute("SELECT name, skill, part, whole FROM skills"):
        skills.setdefault(name, {})[skill] = (part, whole)
    first = run_files.first_of(base.execute("SELECT started, name, scenario, seed, retry_of, moves FROM runs"))
    rows = base.execute("SELECT * FROM runs ORDER BY name DESC").fetchall()
    return History(
        tuple(_past(row, row[0] in first, skills.get(row[0], _NO_SKILLS)) for row in rows if row[3]),
        tuple(Broken(folder / row[0], row[2]) for row in rows if not row[3]),
    )


def _past(row: Sequence[Any], first: bool, skills: Mapping[str, tuple[int, int]]) -> Past:
    name, _, doubt, scenario, digest, rules, seed, cues, live, started, opening, retry_of, notation, moves = row[:14]
    results, value, conduct, par, seal, title, currency, accuracy = row[14:]
    head = Header(scenario, digest, rules, seed, cues, bool(live), started, opening, retry_of, notation)
    foot = Closing(tuple(_results(results)), value, conduct, par, seal) if results is not None else None
    return Past(name, head, moves, foot, first, title or scenario, currency, accuracy, skills, doubt)


def _results(text: str) -> Iterator[tuple[str, str]]:
    for each in text.split(","):
        who, what = each.split(" ")
        yield who, what
