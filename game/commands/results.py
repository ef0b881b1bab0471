"""`firstvisit results`: an event's results as files, and as learning records."""

from __future__ import annotations

import csv
import os
import shlex
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.words import speaking
from game.computing import pool
from game.home.files import read_regular, write_whole
from game.report.document import as_html
from game.text.bar import progress
from game.text.telling import tell
from game.words.errors import FINE, NOT_DONE, WRONG, Failure, NotFound, SaveError, why_not
from game.words.extras import competitions_must_be_installed
from game.words.visible import visible
from game.words.wording import count
from game.workshop.export.files import Export, csv_text, files, packed, seal
from game.workshop.export.gradebook import gradebook
from game.workshop.export.xapi import Account, as_lines, statements
from game.workshop.results.baselines import known
from game.workshop.results.classroom import report, strong_report
from game.workshop.results.coached import Notes, kept, notes, pieces
from game.workshop.results.debrief import class_debrief
from game.workshop.results.looking_back import agreed_names
from game.workshop.results.ranking import Played, played
from game.workshop.results.strong import Strong

if TYPE_CHECKING:
    from game.workshop.export.outbox import Delivery, Lrs
    from game.workshop.kept.events import KeptEvent

LARGEST_MAP: Final = 1 << 20
_TOLD: Final = 8
"""The most seats that a sentence lists."""
USER, PASSWORD = "FIRSTVISIT_LRS_USER", "FIRSTVISIT_LRS_PASSWORD"
"""Variables of the environment that say who we are at a learning record store."""


# --- results ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taken:
    """An event as it is taken from where it is kept."""

    export: Export
    names: Mapping[int, str]


def show_results(options: Namespace) -> int:
    """Write the results of an event, or list the events that are kept. Returns the exit code."""
    competitions_must_be_installed(options.store)
    from game.commands import hosting
    from game.workshop.kept import events

    hosting.purge(options.store)
    from game.workshop.kept.traces import note

    if options.event is None:
        for why in events.left_out() if options.store is None else ():
            tell(str(why))
        return _listed(events.every_event(options.store), "in this database" if options.store else "on this machine")
    found = events.find(options.event, options.store)
    lrs = _store_of(options.lrs) if options.lrs is not None else None
    users = _users(options.map) if options.map is not None else {}
    folder = options.output if options.output is not None else Path(f"{found.path.stem}-results")
    with _made(folder):
        taken = _taken(found, options.processes)
        whose = _whose(taken, users)
        made = _files(found.path, taken, options, whose)
        # before they are there: what is written before a disk is full has to be found again by `firstvisit forget`
        note(found.path, folder, {name: named for name, (_, named) in made.items()})
        _write(folder, {name: data for name, (data, _) in made.items()})
    event = taken.export.room
    print(f"{visible(event.event.title)}: {count(len(event.seats), 'seat')}, in {visible(str(folder))}:")
    for name, (_, named) in made.items():
        print(f"  {name}{' (with names: keep it to yourself)' if named else ''}")
    print(f"The seal is {seal(event)}. Whoever has the zip and the seal can work everything out again:")
    print(f"  firstvisit verify {visible(str(folder / 'event.zip'))} --seal {seal(event)}")
    if lrs is None:
        return FINE
    return _told(_delivered(found.path, taken.export, whose, options, lrs))


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """A folder that is made before the work and not after it, and is gone again if it is new and nothing came of it.

    Raises `SaveError`.
    """
    new = not folder.exists()
    _must_be_writable(folder)
    try:
        yield
    except BaseException:
        if new:
            with suppress(OSError):
                folder.rmdir()
        raise


def _write(folder: Path, made: Mapping[str, bytes]) -> None:
    """Write files, all of them or none that was not there before. Raises `SaveError`."""
    new = [folder / name for name in made if not (folder / name).exists()]
    try:
        for name, data in made.items():
            write_whole(folder / name, data, over=True)
    except OSError as error:
        for path in new:
            path.unlink(missing_ok=True)
        raise SaveError(f"{str(folder / name)!r} cannot be written ({why_not(error)}).") from None


def _must_be_writable(folder: Path) -> None:
    """Raises `SaveError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise SaveError(f"{str(folder)!r} is a file. Name a folder to write the results into.") from None
    except OSError as error:
        raise SaveError(f"{str(folder)!r} cannot be made ({why_not(error)}).") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SaveError(f"{str(folder)!r} is not a folder that you can write to.")


def _listed(found: Iterable[KeptEvent], where: str) -> int:
    for each in found:
        began, purge = (datetime.fromtimestamp(at / 1000, UTC) for at in (each.kept.began, each.kept.purge))
        print(f"{began:%Y-%m-%d %H:%M}  {visible(each.kept.title)}, deleted on {purge:%Y-%m-%d}")
        print(f"    {visible(each.path.stem)}")
    if not found:
        print(f"No event is kept {where}. Host one with: firstvisit host saturday-showroom")
    return FINE


def _taken(found: KeptEvent, processes: int | None) -> Taken:
    """Take an event from its file, and work par out. Raises `Failure`."""
    from engine.scenario import ScenarioErrors
    from game.workshop.kept.store import Store
    from game.workshop.kept.transaction import games_of
    from game.workshop.log.entries import LogError
    from game.workshop.log.refused import Refused
    from game.workshop.log.room import folded

    store = Store(found.where)
    try:
        with store.reading() as kept:
            log, texts = kept.entries(found.kept.id), kept.texts(found.kept.id)
            names, secrets = kept.names(found.kept.id), kept.secrets(found.kept.id)
        room = folded(log, games_of(texts), secrets)
    except (LogError, Refused, ScenarioErrors) as error:
        raise Failure(f"{found.path} cannot be worked out: {error}", WRONG) from None
    finally:
        store.close()
    if room.running is not None:
        raise Failure(
            f"Round {room.running.number + 1} is running. Its results follow when it has closed. Where nobody hosts it "
            f"any more, go on with: firstvisit host --resume {shlex.quote(found.path.stem)}"
        )
    starts = {(each.number, buyer): start for each in room.rounds for buyer, start in enumerate(each.openings)}
    if not starts:
        raise Failure("No round has been played yet, so there are no results.")
    return Taken(Export(room, log, texts, known(starts, processes)), names)


def _files(event: Path, taken: Taken, options: Namespace, users: Mapping[int, str]) -> dict[str, tuple[bytes, bool]]:
    """Every file by its name, and whether names of people are in it."""
    from game.workshop.export.spreadsheet import workbook

    found, names = taken.export, taken.names
    own = files(found)
    made = {
        "event.zip": (packed(own), False),
        "results.csv": (own["results.csv"], False),
        "results.json": (own["results.json"], False),
        "results.xlsx": (workbook(found, names if options.names else None), options.names),
        "names.csv": (csv_text(("seat", "name"), sorted(names.items())).encode(), True),
    }
    agreed = agreed_names(found.room, names) | {seat: names[seat] for seat in options.agreed or () if seat in names}
    for each in played(found.room):
        about = class_debrief(each)
        named = about.strong is not None and about.strong.seat in agreed
        coach = _coached(event, found, each, about.strong, options) if about.strong is not None else ()
        title = f"First Visit: {found.room.event.title}"
        with speaking(about.language):
            page = as_html(report(about, found.rankings[each.round], agreed, coach), title)
            run = as_html(strong_report(about, coach), title)
        made[f"debrief-round-{each.round + 1}.html"] = (page.encode(), named)
        if coach:
            made[f"strong-run-round-{each.round + 1}.html"] = (run.encode(), False)
    accounts = _accounts(options, users)
    lines = as_lines(each for _, each in statements(found, accounts))
    made["statements.jsonl"] = (lines.encode(), bool(accounts))
    if options.map is not None:
        made["gradebook.csv"] = (gradebook(found, users).encode(), True)
    return made


def _coached(event: Path, found: Export, round: Played, strong: Strong, options: Namespace) -> Notes:
    """What the coach says of the strong run of a round: what is known of it already, and with `--coach` in any case."""
    if not options.coach:
        return kept(event, found.room, round, strong)
    par = found.baselines[round.round, strong.buyer].par
    with progress("judging the moves", pieces(), "The coach is at work ...") as advance:
        processes = options.processes or pool.usable_processors()
        return notes(event, found.room, round, strong, par, processes, advance=advance)


# --- whose seats are -------------------------------------------------------------------------------------------------


def _users(path: Path) -> dict[str, str]:
    """Who is who, from a CSV file with the columns `seat` or `name`, and `user`. Raises `Failure`."""
    try:
        text = read_regular(path, LARGEST_MAP).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = why_not(error) if isinstance(error, OSError) else "it is not UTF-8"
        raise NotFound(f"{str(path)!r} cannot be read ({why}).") from None
    rows = csv.DictReader(StringIO(text, newline=""))
    columns = {name.strip().lower(): name for name in rows.fieldnames or () if name}
    by = columns.get("seat") or columns.get("name")
    if by is None or "user" not in columns:
        raise Failure(f"{str(path)!r} should have a column `seat` or `name`, and a column `user`.", WRONG)
    found: dict[str, str] = {}
    for row in rows:
        key, user = (row.get(by) or "").strip(), (row.get(columns["user"]) or "").strip()
        if key and user and found.setdefault(key, user) != user:
            raise Failure(f"{str(path)!r}, line {rows.line_num}: {key!r} is two users.", WRONG)
    return found


def _whose(taken: Taken, users: Mapping[str, str]) -> dict[int, str]:
    """The user of each seat, by its number or its name. Says whom nobody knows."""
    found = {}
    for seat in taken.export.room.seats:
        user = users.get(str(seat)) or users.get(taken.names.get(seat, ""))
        if user is not None:
            found[seat] = user
    if users and len(found) < len(taken.export.room.seats):
        left = [str(seat) for seat in sorted(taken.export.room.seats.keys() - found.keys())]
        more = f" and {len(left) - _TOLD} others" if len(left) > _TOLD else ""
        tell(f"Nothing says who seat {', '.join(left[:_TOLD])}{more} is: left out of the gradebook.")
    return found


def _accounts(options: Namespace, users: Mapping[int, str]) -> dict[int, Account]:
    """The accounts that learning records are about; none unless their home page is said."""
    return {seat: (options.home_page, user) for seat, user in users.items()} if options.home_page else {}


# --- learning records ------------------------------------------------------------------------------------------------


def _store_of(url: str) -> Lrs:
    from game.workshop.export.outbox import lrs_at

    return lrs_at(url, os.environ.get(USER, ""), os.environ.get(PASSWORD, ""))


def _delivered(path: Path, found: Export, users: Mapping[int, str], options: Namespace, lrs: Lrs) -> Delivery:
    from game.workshop.export.outbox import Outbox, deliver
    from game.workshop.kept.traces import outbox_of

    outbox = Outbox(outbox_of(path))
    outbox.put(statements(found, _accounts(options, users)))
    return deliver(outbox, lrs)


def _told(found: Delivery) -> int:
    print(f"The learning record store has taken {count(found.taken, 'statement')}.")
    for each in found.refused:
        tell(f"It refuses {each.id}: {each.why}")
    if not found.waiting:
        return WRONG if found.refused else FINE
    tell(f"{found.trouble} {count(found.waiting, 'statement')} wait; the same command goes on with them.")
    return NOT_DONE
