"""An exported event worked out again: every state, score and place from its log, and whatever differs, in sentences.

What is checked hangs together. The links hold the log; each round's secret has to be the one that was announced when
it opened; the buyers follow from it; every move has to be possible where it was made; and all the other files have to
be what the log comes to. Whoever changes everything at once, and works all links out anew, has made another event: that
shows in the seal alone, which the host's screen shows when an event is over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice, takewhile, zip_longest
from typing import Any, BinaryIO, Final
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from engine.play import Game, State
from engine.record import RecordError, read_record
from engine.replay import verify
from engine.rules import RULES_VERSION
from engine.scenario import ScenarioErrors, read_scenario
from game.workshop.export.files import Export, at_once, files, names_of_files, seal
from game.workshop.log.entries import Began, Entry, LogError, read_log, text_hash
from game.workshop.log.refused import Refused
from game.workshop.log.room import Room, secrets_in
from game.workshop.results.ranking import Baselines

LARGEST: Final = 1 << 30
"""Bytes that the files of an export may have together: a thousand seats in thirty rounds have a tenth of it."""
MOST: Final = 8
"""The most differences that are told of one file."""
_DAMAGED: Final = (BadZipFile, ZlibError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)

WorkOut = Callable[[Mapping[tuple[int, int], State]], Baselines]
"""Works out par and the computer players for the buyers that are met in these states."""


class NoExport(ValueError):
    """A file that is not the export of an event. The message is a sentence."""


def unpacked(file: BinaryIO) -> dict[str, bytes]:
    """The files in an exported event, by name. Raises `NoExport`."""
    try:
        with ZipFile(file) as packed:
            members = [each for each in packed.infolist() if not each.is_dir()]
            if sum(each.file_size for each in members) > LARGEST:
                raise NoExport("It is larger than any exported event.")
            found = {each.filename: packed.read(each) for each in members}
    except _DAMAGED as error:
        raise error if isinstance(error, NoExport) else NoExport(f"It cannot be unpacked ({error}).") from None
    if len(found) < len(members):
        raise NoExport("Several files in it have the same name.")
    return found


def differences(found: Mapping[str, bytes], work_out: WorkOut, sealed: str = "") -> list[str]:
    """What in an exported event is not as it comes out, in sentences; nothing if all of it is. Where something shows
    before scores and places are worked out, which takes long, they are not.

    `sealed` is the event's seal as somebody wrote it down, or its beginning; empty if nobody did.
    """
    try:
        entries, room = _folded(found)
    except NoExport as error:
        return [str(error)]
    told = [] if seal(room).startswith(sealed) else [f"The seal is {seal(room)}, and {sealed} was written down."]
    texts = [found[f"scenarios/round-{number}.yaml"] for number in range(1, len(room.rounds) + 1)]
    export = Export(room, entries, texts, {})
    names = names_of_files(export)
    told += [f"{name} is missing." for name in sorted(names - found.keys())]
    told += [f"{name} does not belong to this event." for name in found if name not in names]
    told += _compared(found, at_once(export), export)
    if told:
        return told
    starts = {(each.number, buyer): start for each in room.rounds for buyer, start in enumerate(each.openings)}
    export = replace(export, baselines=work_out(starts))
    return list(_compared(found, files(export), export))


def _folded(found: Mapping[str, bytes]) -> tuple[list[Entry], Room]:
    """The log of an export, and the room it comes to. Raises `NoExport`."""
    try:
        lines = found["log.jsonl"].decode("ascii").split("\n")
    except KeyError:
        raise NoExport("log.jsonl is missing: this is not an exported event.") from None
    except UnicodeDecodeError:
        raise NoExport("log.jsonl was changed: there are characters in it that no log has.") from None
    if lines.pop():
        raise NoExport("log.jsonl was changed: its last line has no end.")
    entries: list[Entry] = []
    try:
        entries += read_log(lines)
    except LogError as error:
        raise NoExport(f"log.jsonl, line {error.seq + 1}: {error.message}") from None
    except (ValueError, RecursionError):  # a number that is none, brackets without end
        raise NoExport(f"log.jsonl, line {len(entries) + 1}: this is not a line of an event's log.") from None
    began = entries[0] if entries else None
    if not isinstance(began, Began):
        raise NoExport("log.jsonl, line 1: a log begins with what is going to be played.")
    if began.rules != RULES_VERSION:
        raise NoExport(
            f"This event was played under rules {began.rules}, and the rules here are {RULES_VERSION}: it would come "
            "out differently, so it is not compared. Use the version that it was played with."
        )
    if len(began.texts) != len(began.event.rounds):
        raise NoExport("log.jsonl, line 1: there should be a text for each round.")
    games = [_game_of(found, number, text) for number, text in enumerate(began.texts, start=1)]
    try:
        secrets = secrets_in(entries)
        room = Room.begin(began, games, secrets)
    except (Refused, ValueError) as error:
        raise NoExport(f"log.jsonl, line 1: {error}") from None
    for entry in entries[1:]:
        try:
            room = room.after(entry)
        except Refused as error:
            raise NoExport(f"log.jsonl, line {entry.seq + 1}: this cannot have happened. {error}") from None
    if room.running is not None:
        raise NoExport(f"log.jsonl ends in the middle of round {room.running.number + 1}: entries are missing.")
    return entries, room


def _game_of(found: Mapping[str, bytes], number: int, text: str) -> Game:
    name = f"scenarios/round-{number}.yaml"
    try:
        if text_hash(found[name]) != text:
            raise NoExport(f"{name} was changed: it is not the scenario that was played.")
        return _game(found[name], name)
    except KeyError:
        raise NoExport(f"{name} is missing.") from None
    except ScenarioErrors as error:
        raise NoExport(f"{error}: nobody could have played this.") from None


@lru_cache(maxsize=8)
def _game(text: bytes, name: str) -> Game:
    return Game(read_scenario(text, name))


# --- comparing -------------------------------------------------------------------------------------------------------


def _compared(found: Mapping[str, bytes], made: Mapping[str, bytes], export: Export) -> Iterator[str]:
    """How the files that are there differ from what they should be."""
    for name, now in made.items():
        if found.get(name, now) != now:
            yield from (f"{name}{each}" for each in _how(name, found[name], now, export))


def _how(name: str, was: bytes, now: bytes, export: Export) -> Iterator[str]:
    """How a file differs from what it should be, as the end of a sentence that begins with its name."""
    told: list[str] = []
    if name == "results.json":
        told = _unequal(was, now)
    elif name.startswith("runs/"):
        told = _of_run(was, export)
    yield from islice(told or _lines(was, now), MOST)
    if len(told) > MOST:
        yield f": {len(told) - MOST} more differences."


def _unequal(was: bytes, now: bytes) -> list[str]:
    try:
        return [f": {each}" for each in _values("", json.loads(was), json.loads(now))]
    except (ValueError, RecursionError):
        return [": this is not JSON."]


def _values(where: str, was: Any, now: Any) -> Iterator[str]:
    """Where two values differ: `overall.rows[0].earned is 5, and comes out as 3.`"""
    if isinstance(was, dict) and isinstance(now, dict):
        for name in {**now, **was}:
            yield from _values(f"{where}.{name}".lstrip("."), was.get(name, _NOT_THERE), now.get(name, _NOT_THERE))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for place, pair in enumerate(zip(was, now, strict=True)):
            yield from _values(f"{where}[{place}]", *pair)
    elif was != now or type(was) is not type(now):
        one, other = _shorts(was, now)
        yield f"{where or 'all of it'} is {one}, and comes out as {other}."


_NOT_THERE: Final = object()


def _shorts(was: Any, now: Any) -> tuple[str, str]:
    """Two values that differ, each cut to where they do."""
    one, other = ("missing" if each is _NOT_THERE else json.dumps(each) for each in (was, now))
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    start = max(0, alike - _BEFORE)
    return _cut(one, start), _cut(other, start)


_BEFORE: Final = 20
"""Characters that are shown before the first that differs."""
_SHORT: Final = 60


def _cut(text: str, start: int = 0) -> str:
    """A text, or what there is room for from `start` on."""
    if len(text) <= _SHORT:
        return text
    before, rest = "..." if start else "", text[start:]
    return f"{before}{rest}" if len(rest) <= _SHORT else f"{before}{rest[: _SHORT - 3]}..."


def _of_run(was: bytes, export: Export) -> list[str]:
    """What the record of a run says of itself, where it cannot be right."""
    try:
        record = read_record(was)
    except RecordError as error:
        return [f", {error}"]
    games = [each.game for each in export.rounds if each.game.scenario.id == record.header.scenario]
    pars = {
        each.openings[buyer].seed: export.baselines[each.number, buyer].par
        for each in export.rounds
        for buyer in range(len(each.openings))
    }
    if not games or record.header.seed not in pars or record.closing is None:
        return []
    return [f": {each}" for each in verify(record, games[0], partial(pars.__getitem__, record.header.seed))]


def _lines(was: bytes, now: bytes) -> Iterator[str]:
    """The first line that differs."""
    pairs = zip_longest(was.split(b"\n"), now.split(b"\n"))
    for number, (one, other) in enumerate(pairs, start=1):
        if one != other:
            before, after = (
                each.decode("utf-8", "replace").strip() if each is not None else None for each in (one, other)
            )
            if before is None:
                yield f", line {number}: {_cut(json.dumps(after))} is missing."
            elif after is None:
                yield f", line {number}: {_cut(json.dumps(before))} does not belong there."
            else:
                before, after = _shorts(before, after)
                yield f", line {number} is {before}, and comes out as {after}."
            return
