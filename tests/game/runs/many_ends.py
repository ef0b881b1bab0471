"""Plays runs in children of this process that are killed at every call of the system that they write files with, that
race for one run, or that find the disk full after this many bytes. Prints what was lost, as JSON.

    python tests/game/runs/many_ends.py killed|races|full FOLDER ROUNDS
"""

from __future__ import annotations

import errno
import json
import os
import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from engine.par import Par
from engine.record import RecordError, read_record
from engine.scenario import read_scenario
from game.computing import pars
from game.home import files, profile
from game.home.settings import Settings, load_settings, save_settings
from game.runs import accounts, thinking
from game.runs.session import Session
from game.shelf import copies
from game.words.errors import SaveError
from tests.game.conftest import KIOSK

CALLS = ("open", "write", "fsync", "link", "replace", "unlink", "truncate", "close", "mkdir")
"""What changes a file system, or comes between two changes of it."""
SCENARIO = read_scenario(KIOSK.encode(), "kiosk")
COURSE = ("where-to", "this-one", "some-day")
Told = Callable[[str], None]


def telling(handle: int) -> Told:
    """What writes lines to a pipe, whatever becomes of `os.write` later."""
    write = os.write

    def tell(line: str) -> None:
        write(handle, f"{line}\n".encode())

    return tell


def in_child(work: Callable[[Told], None], before: Callable[[], None] = lambda: None) -> tuple[bool, list[str]]:
    """Whether `work` came to its end in a child, and what it had told until then, line by line."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        tell = telling(writing)
        try:
            before()
            work(tell)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    with open(reading, encoding="ascii") as told:
        lines = told.read().split()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0, lines


def killed_at(number: int, half: bool) -> Callable[[], None]:
    """What makes this process end at that call of the system; with `half`, in the middle of a write."""
    made = 0

    def ending(call: Callable[..., Any], name: str) -> Callable[..., Any]:
        def instead(*arguments: Any, **named: Any) -> Any:
            nonlocal made
            made += 1
            if made == number:
                if half:
                    call(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                os.kill(os.getpid(), 9)
            return call(*arguments, **named)

        return instead

    def arm() -> None:
        for name in ("write",) if half else CALLS:
            setattr(os, name, ending(getattr(os, name), name))

    return arm


def play(told: Told) -> None:
    """A run from its beginning to what is kept beside it. Says each move once it may be shown, and the end."""
    session = Session.start(SCENARIO, None, 3, "novice", True, profile.runs_dir())
    told("begun")
    copies.remember(SCENARIO, KIOSK.encode())
    copies.keep(SCENARIO)
    for name in COURSE:
        thinking.keep(session, 5)
        session.choose(session.game.move_named(name))
        told(name)
    while not session.finished:
        session.choose(session.state.legal_actions()[-1])
        told("more")
    session.settle()
    told("settled")
    assert session.record_path is not None
    accounts.keep(accounts.account(session), session.record_path)
    pars.keep(session.game, session.seed, session.par.whole())
    save_settings(Settings(live=True))
    told("kept")


def lost(home: Path, told: list[str]) -> str:
    """What a run that told this much is not found with; nothing if all is there and can be gone on with."""
    found = list((home / "runs").glob("*.run")) if told else []
    if len(found) != bool(told):
        return f"{len(found)} runs"
    moves = [each for each in told if each not in ("begun", "settled", "kept")]
    for path in found:
        record = read_record(path.read_bytes())
        if len(record.moves) < len(moves) or [each.name for each in record.moves][:3] != [*COURSE][: len(record.moves)]:
            return f"{len(record.moves)} moves of {moves}"
        if "settled" in told and record.closing is None:
            return "the score"
        again = Session.resume(path, SCENARIO)
        again.close()
        if record.closing is not None:
            accounts.kept(path, record)  # whole or not at all
    settings, notice = load_settings()
    if notice or ("kept" in told and not settings.live):
        return f"the settings: {notice}"
    return ""


def kills(folder: Path) -> list[str]:
    """What was lost by a kill at any call, or in the middle of any write; and files that nobody sweeps."""
    wrong: list[str] = []
    tried = 0
    for half in (False, True):
        number, whole = 0, False
        while not whole:
            number, tried = number + 1, tried + 1
            home = folder / f"{number}{half}"
            os.environ["FIRSTVISIT_HOME"] = str(home)
            whole, told = in_child(play, killed_at(number, half))
            if reason := lost(home, told):
                wrong.append(f"killed at call {number}: lost {reason}, after {told}")
            for path in [each for each in home.rglob(".*") if each.is_file()]:
                os.utime(path, (1, 1))
                files.write_whole(path.parent / "later", b"", over=True)
                if path.exists():
                    wrong.append(f"killed at call {number}: {path.name} is left")
    if tried < 100:
        wrong.append(f"only {tried} calls were tried")
    return wrong


def race(path: Path, seed: int) -> Callable[[Told], None]:
    """Take the run again and again, and make a move whenever it is to be had. Each move is said once it is shown."""
    luck = random.Random(seed)

    def work(told: Told) -> None:
        made = 0
        for _ in range(400):
            try:
                session = Session.resume(path, SCENARIO)
            except (SaveError, RecordError) as error:
                if isinstance(error, RecordError):
                    told(f"unreadable:{error}".replace(" ", "-"))
                time.sleep(luck.random() / 1_000)
                continue
            if made == 3 or session.finished or session.state.moves >= len(COURSE) + 4:
                session.close()
                return
            action = luck.choice(session.state.legal_actions()[:3])
            time.sleep(luck.random() / 1_000)
            session.choose(action)
            told(f"{session.state.moves}:{session.game.move_name(action)}")
            made += 1
            session.close()

    return work


def races(folder: Path, rounds: int) -> list[str]:
    """What two players of one run lost to each other."""
    wrong: list[str] = []
    shown = 0
    for number in range(rounds):
        start = Session.start(SCENARIO, None, number, "novice", False, folder)
        start.close()
        assert start.record_path is not None
        path = start.record_path

        def both(told: Told, path: Path = path, number: int = number) -> None:
            done, lines = in_child_while(race(path, 2 * number), race(path, 2 * number + 1))
            for line in lines:
                told(line)
            assert done

        whole, lines = in_child(both)
        made = [f"{at}:{move.name}" for at, move in enumerate(read_record(path.read_bytes()).moves, start=1)]
        shown += len(lines)
        if not whole or sorted(lines) != sorted(made):
            wrong.append(f"round {number}: shown {lines}, kept {made}")
    if shown < 2 * rounds:
        wrong.append(f"only {shown} moves were made")
    return wrong


def in_child_while(one: Callable[[Told], None], other: Callable[[Told], None]) -> tuple[bool, list[str]]:
    """Do two pieces of work at the same time, one of them in a child."""
    mine: list[str] = []
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            one(telling(writing))
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    other(mine.append)
    with open(reading, encoding="ascii") as told:
        mine += told.read().split()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0, mine


def full_after(room: int, whole: Callable[[int, bytes], int] = os.write) -> Callable[[int, bytes], int]:
    """What writes to a disk on which this many bytes are free."""

    def write(handle: int, data: bytes) -> int:
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = whole(handle, bytes(data[:room]))
        room -= written
        return written

    return write


def play_on(told: Told) -> None:
    """A run of which as much is kept as the disk takes. Says each move that was kept, and whether the settings were."""
    with suppress(SaveError):
        session = Session.start(SCENARIO, None, 3, "novice", False, profile.runs_dir())
        told("begun")
        while not session.finished:
            moves = (*COURSE, session.game.move_name(session.state.legal_actions()[-1]))
            with suppress(SaveError):
                session.choose(session.game.move_named(moves[min(session.state.moves, len(COURSE))]))
            if session.record_path is not None:
                told("kept")
        with suppress(SaveError):
            session.settle()
        if session.record_path is not None:
            accounts.keep(accounts.account(session), session.record_path)
    with suppress(SaveError):
        save_settings(Settings(theme="new"))
        told("settings")


def on_a_full_disk(room: int) -> str:
    """What is wrong after a run on a disk on which this many bytes are free; nothing if all is well."""
    save_settings(Settings(theme="old"))
    told: list[str] = []
    whole = os.write
    setattr(os, "write", full_after(room))  # noqa: B010 - whatever its other types are
    try:
        play_on(told.append)
    finally:
        os.write = whole
    records = list(profile.runs_dir().glob("*.run"))
    for path in records:
        data = path.read_bytes()
        record = read_record(data)
        if len(record.moves) != told.count("kept") or not data.endswith(b"\n"):
            return f"{told}, and the record is {data!r}"
        accounts.kept(path, record)  # whole or not at all
    if len(records) != told.count("begun"):
        return f"{len(records)} records"
    if load_settings() != (Settings(theme="new" if "settings" in told else "old"), ""):
        return "the settings are neither the old ones nor the new ones"
    return ", ".join(f"{each.name} is left" for each in profile.home().rglob(".*"))


def full(folder: Path) -> list[str]:
    """What goes wrong when the disk is full after any number of bytes."""
    wrong: list[str] = []
    for room in (*range(0, 700, 11), *range(700, 8_000, 701)):
        os.environ["FIRSTVISIT_HOME"] = str(folder / str(room))
        if reason := on_a_full_disk(room):
            wrong.append(f"with {room} bytes free: {reason}")
    return wrong


if __name__ == "__main__":
    pars.par_of = lambda *_, **__: Par(100, 1, 1)  # what takes long, and is not about files
    what, where, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    found = {"killed": lambda: kills(where), "races": lambda: races(where, rounds), "full": lambda: full(where)}
    sys.stdout.write(json.dumps(found[what]()))
