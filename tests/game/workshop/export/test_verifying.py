"""Claims about an exported event: it can be worked out again anywhere, and whatever was changed is named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest

from engine.rules import RULES_VERSION
from game.workshop.export import verifying
from game.workshop.export.files import files, packed, seal
from game.workshop.export.verifying import NoExport, differences, unpacked
from game.workshop.log.entries import Adjusted, Agreed, as_data, canonical, entry_of, link_after, text_hash
from game.workshop.log.plan import MOST_BUYERS, Moment, RoundPlan
from game.workshop.log.refused import Refused
from game.workshop.log.room import folded
from tests.game.workshop.exports import SCENARIO, export, exported, small, taken_home, work_out
from tests.game.workshop.halls import Hall, any_move, event

Files = dict[str, bytes]
FORGERIES = 1_000


def log_of(lines: list[str]) -> bytes:
    """Lines of a log whose links were worked out anew."""
    link, made = "", ""
    for line in lines:
        data = {name: value for name, value in json.loads(line).items() if name != "link"}
        link = link_after(link, canonical(data))
        made += canonical({**data, "link": link}) + "\n"
    return made.encode()


# --- an honest export ------------------------------------------------------------------------------------------------


def test_an_export_verifies() -> None:
    assert differences(exported(), work_out) == []
    assert differences(exported(), work_out, seal(export().room)) == []
    assert differences(exported(), work_out, seal(export().room)[:8]) == []


def test_a_round_that_began_at_a_moment_verifies_and_its_runs_have_the_moves_before_it() -> None:
    start = export().room.rounds[0].openings[0]
    first = start.game.move_name(start.legal_actions()[0])
    made = Hall(event(RoundPlan(SCENARIO, buyers=1, moment=Moment(start.seed, ((first, 7),)))))
    made.seat()
    made.open()
    made.play(1, 3)
    made.close()
    found = files(taken_home(made))
    assert differences(found, work_out) == []
    assert f"1. {first} 7s {{" in found["runs/round-1/buyer-1/seat-001.run"].decode()


@pytest.mark.parametrize("luck", range(3))
def test_whatever_happened_in_a_room_verifies(luck: int) -> None:
    """Seats are taken, moves made and things decided in any order."""
    random = Random(luck)
    made = Hall(event(*[RoundPlan(SCENARIO, buyers=2, live=live) for live in (True, False)], teams=True))
    for number in range(2):
        with suppress(Refused):
            made.seat(random.randrange(1, 4), team=random.choice(("North", "=South", None)))
        made.open(number)
        for _ in range(60):
            _happens(made, number, random)
        made.close(number)
    found = files(taken_home(made))
    assert differences(found, work_out) == []
    assert differences(found, work_out, seal(made.room)) == []


def _happens(made: Hall, number: int, random: Random) -> None:
    """Something happens, if it can."""
    seat = random.randrange(1, len(made.room.seats) + 1)
    words = {"reason": random.choice(("was helped", "=1+1", "ünfair"))}
    decided: list[dict[str, Any]] = [
        {"action": "add", "seat": seat, "amount": random.randrange(-900, 900)},
        {
            "action": random.choice(("void", "unvoid")),
            "round": number,
            "buyer": random.randrange(2),
            "seat": random.choice((seat, None)),
        },
        {"action": random.choice(("disqualify", "hide", "kick", "rename", "reinstate")), "seat": seat},
        {"action": "more-time", "round": number, "minutes": 3},
        {"action": random.choice(("lock", "unlock", "code"))},
    ]
    with suppress(Refused):
        if random.random() < 0.9:
            if made.room.position(seat).doing == "playing":
                made.move(seat, any_move(made.room.position(seat), random), after=random.randrange(9))
        elif random.random() < 0.3:
            made.seat(team=random.choice(("North", None)))
        elif random.random() < 0.3:
            made.put(Agreed, seat=seat, yes=random.random() < 0.6)
        else:
            made.put(Adjusted, **words, **random.choice(decided))


def test_it_is_a_zip_that_is_the_same_every_time() -> None:
    made = packed(exported())
    assert made == packed(dict(sorted(exported().items(), reverse=True)))
    assert unpacked(BytesIO(made)) == exported()


# --- forgeries -------------------------------------------------------------------------------------------------------


def test_another_seal_than_the_one_written_down_is_named() -> None:
    (told,) = differences(exported(), work_out, "0123456789abcdef")
    assert told == f"The seal is {seal(export().room)}, and 0123456789abcdef was written down."


def test_a_score_that_was_raised_is_named_with_its_place() -> None:
    data = json.loads(exported()["results.json"])
    data["overall"]["rows"][0]["earned"] += 100
    forged = {**exported(), "results.json": json.dumps(data).encode()}
    was = export().overall
    assert was is not None
    earned = was.rows[0].earned
    assert differences(forged, work_out) == [
        f"results.json: overall.rows[0].earned is {earned + 100}, and comes out as {earned}."
    ]


def test_a_move_that_was_changed_is_named_by_its_line() -> None:
    log = exported()["log.jsonl"].decode().splitlines()
    place = next(number for number, line in enumerate(log) if '"kind":"move"' in line)
    log[place] = log[place].replace('"seat":1', '"seat":2')
    (told,) = differences({**exported(), "log.jsonl": "".join(f"{line}\n" for line in log).encode()}, work_out)
    assert told.startswith(f"log.jsonl, line {place + 1}: This entry, or one before it, was changed")


def test_a_move_that_nobody_could_make_is_named_though_all_links_are_right() -> None:
    log = exported()["log.jsonl"].decode().splitlines()
    place = next(number for number, line in enumerate(log) if '"kind":"move"' in line)
    data = json.loads(log[place])
    log[place] = json.dumps({**data, "move": "sell-it-twice"})
    (told,) = differences({**exported(), "log.jsonl": log_of(log)}, work_out)
    assert told.startswith(f"log.jsonl, line {place + 1}: this cannot have happened. “sell-it-twice” cannot be done")


def test_a_secret_that_is_not_the_announced_one_is_named() -> None:
    log = exported()["log.jsonl"].decode().splitlines()
    forged = [line.replace("01" * 32, "03" * 32) for line in log]
    (told,) = differences({**exported(), "log.jsonl": log_of(forged)}, work_out)
    assert "The secret of round 1 is not the one that was announced." in told


def test_words_of_a_scenario_that_were_changed_are_named() -> None:
    text = exported()["scenarios/round-1.yaml"]
    told = differences({**exported(), "scenarios/round-1.yaml": text + b"# better now\n"}, work_out)
    assert told == ["scenarios/round-1.yaml was changed: it is not the scenario that was played."]


def test_a_scenario_made_easier_is_named() -> None:
    text = exported()["scenarios/round-1.yaml"]
    assert b"price:" in text
    easier = text.replace(b"price: ", b"price: 1", 1)
    log = exported()["log.jsonl"].decode().splitlines()
    data = json.loads(log[0])
    data["texts"][0] = text_hash(easier)
    changed = {"scenarios/round-1.yaml": easier, "log.jsonl": log_of([json.dumps(data), *log[1:]])}
    (told,) = differences({**exported(), **changed}, work_out)
    assert "is not what it was" in told


def test_what_is_missing_and_what_does_not_belong_there_is_named() -> None:
    left = {name: data for name, data in exported().items() if name != "results.csv"}
    assert differences({**left, "virus.exe": b""}, work_out) == [
        "results.csv is missing.",
        "virus.exe does not belong to this event.",
    ]


def test_what_is_missing_is_told_before_anything_that_takes_long_is_worked_out() -> None:
    def never(_: object) -> Any:
        raise AssertionError("this takes minutes")

    for name in exported():
        told = differences({each: data for each, data in exported().items() if each != name}, never)
        assert told[0].startswith(f"{name} is missing")


def test_a_zip_that_somebody_unpacked_and_packed_again_verifies() -> None:
    out = BytesIO(packed(exported()))
    with ZipFile(out, "a") as file:
        file.mkdir("runs")
        file.mkdir("runs/round-1")
    assert differences(unpacked(out), work_out) == []


def test_a_line_that_differs_far_to_the_right_is_shown_where_it_does() -> None:
    head, rest = exported()["results.csv"].split(b"\n", 1)
    (told,) = differences({**exported(), "results.csv": head[:-6] + b"9" + head[-6:] + b"\n" + rest}, work_out)
    was, _, now = told.partition(", and comes out as ")
    assert was.removeprefix("results.csv, line 1 is ") != now.removesuffix(".")
    assert len(told) < 200


def test_the_record_of_a_run_says_itself_what_was_changed_in_it() -> None:
    name = next(name for name in sorted(exported()) if name.startswith("runs/") and b"value: " in exported()[name])
    forged = exported()[name].replace(b"value: ", b"value: 7", 1)
    told = differences({**exported(), name: forged}, work_out)
    assert told
    assert told[0].startswith(f"{name}: The score was changed: the value is recorded as")


def test_rules_of_another_version_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "RULES_VERSION", RULES_VERSION + 1)
    (told,) = differences(exported(), work_out)
    assert f"was played under rules {RULES_VERSION}, and the rules here are {RULES_VERSION + 1}" in told


def test_an_export_with_a_round_cut_off_is_named() -> None:
    log = exported()["log.jsonl"].decode().splitlines()
    assert differences({**exported(), "log.jsonl": log_of(log[:-1])}, work_out)


@pytest.mark.parametrize("data", [b"", b"not a zip at all", b"PK" + bytes(40)], ids=["nothing", "text", "zeros"])
def test_what_is_no_zip_is_told_in_a_sentence(data: bytes) -> None:
    with pytest.raises(NoExport, match="It cannot be unpacked"):
        unpacked(BytesIO(data))


def test_a_zip_of_something_else_is_no_export() -> None:
    found = unpacked(BytesIO(packed({"holiday.jpg": b"sea"})))
    assert differences(found, work_out) == ["log.jsonl is missing: this is not an exported event."]


def test_a_zip_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "LARGEST", 1_000)
    with pytest.raises(NoExport, match="larger than any"):
        unpacked(BytesIO(packed(exported())))


def test_two_files_of_one_name_are_refused() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as file:
        file.writestr("log.jsonl", "")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("log.jsonl", "")
    with pytest.raises(NoExport, match="same name"):
        unpacked(out)


@pytest.mark.parametrize("buyers", [-99, 0, MOST_BUYERS + 1, 10**15])
def test_a_round_of_more_or_fewer_buyers_than_there_can_be_is_named(buyers: int) -> None:
    log = exported()["log.jsonl"].decode().splitlines()
    data = json.loads(log[0])
    data["event"]["rounds"][0]["buyers"] = buyers
    (told,) = differences({**exported(), "log.jsonl": log_of([json.dumps(data), *log[1:]])}, work_out)
    assert told == f"log.jsonl, line 1: A round has 1 to {MOST_BUYERS} buyers."


# a thousand at random

Forger = Callable[[Files, Random], Files]


def a_byte(found: Files, random: Random) -> Files:
    name = random.choice([name for name, data in found.items() if data])
    data = bytearray(found[name])
    data[random.randrange(len(data))] ^= random.randrange(1, 256)
    return {**found, name: bytes(data)}


def a_line(found: Files, random: Random) -> Files:
    """A line is gone, there twice, or stands somewhere else."""
    name = random.choice(sorted(found))
    lines = found[name].split(b"\n")
    place = random.randrange(len(lines))
    line = lines.pop(place)
    for _ in range(random.choice((0, 1, 2))):
        lines.insert(random.randrange(len(lines) + 1), line)
    return {**found, name: b"\n".join(lines)}


def a_file(found: Files, random: Random) -> Files:
    """A file is gone, another is there too, or two have changed places."""
    one, other = random.sample(sorted(found), 2)
    left = {name: data for name, data in found.items() if name != one}
    return random.choice(({**found, one: found[other]}, left, {**found, f"{one}.bak": found[one]}))


def a_result(found: Files, random: Random) -> Files:
    """A value in the results, and nothing else."""
    data = json.loads(found["results.json"])
    _change(data, random)
    return {**found, "results.json": (json.dumps(data, indent=1) + "\n").encode()}


def an_entry(found: Files, random: Random) -> Files:
    """An entry of the log, with all links worked out anew."""
    lines = found["log.jsonl"].decode().splitlines()
    place = random.randrange(len(lines))
    if random.random() < 0.2:
        del lines[place]
    else:
        data = json.loads(lines[place])
        _change(data, random)
        lines[place] = json.dumps(data)
    return {**found, "log.jsonl": log_of(lines)}


def _change(data: Any, random: Random) -> None:
    """Change one value in what JSON holds."""
    holder, key = random.choice([each for each in _leaves(data) if each[1] not in ("link", "kind")])
    value = holder[key]
    if isinstance(value, bool) or value is None:
        holder[key] = not value
    elif isinstance(value, int):
        holder[key] = value + random.choice((-100, -1, 1, 100, 10**9))
    else:
        holder[key] = random.choice((f"{value}x", value[1:] + value[:1], 7)) if len(set(value)) > 1 else "other"


def _leaves(data: Any) -> Iterator[tuple[Any, Any]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        if isinstance(value, dict | list):
            yield from _leaves(value)
        else:
            yield data, key


def everything(found: Files, random: Random) -> Files:
    """Another event, in which every file follows from the log."""
    made = small()
    while True:
        log = list(made.log)
        place = random.randrange(1, len(log))
        data = as_data(log[place])
        if random.random() < 0.3:
            del log[place]
        else:
            name = random.choice(sorted(data.keys() - {"kind", "seq"}))
            value = data[name]
            data[name] = value + random.choice((-5, 5, 1_000)) if isinstance(value, int) else random.choice(("b", "c"))
            try:
                log[place] = entry_of(canonical(data))
            except ValueError:
                continue
        log = [replace(entry, seq=seq) for seq, entry in enumerate(log)]
        try:
            room = folded(log, [each.game for each in made.room.rounds], made.room.secrets)
        except Refused:
            continue
        if room.running is None and log != list(made.log):
            return files(replace(made, room=room, log=log))


FORGERS: tuple[Forger, ...] = (a_byte, a_line, a_file, a_result, an_entry, everything)


@cache
def honest() -> Files:
    return files(small())


@pytest.mark.parametrize("forger", FORGERS, ids=lambda forger: forger.__name__)
def test_each_of_a_thousand_forgeries_is_named(forger: Forger) -> None:
    """Without the seal; only who made everything anew is found out by it."""
    sealed = seal(small().room) if forger is everything else ""
    assert differences(honest(), work_out, sealed) == []
    for number in range(-(-FORGERIES // len(FORGERS))):
        forged = forger(dict(honest()), Random(f"{forger.__name__} {number}"))
        if forged != honest():
            assert differences(forged, work_out, sealed), number
