"""An event as statements of the Experience API: one for each decision, and one for what each run came to.

Whoever keeps learning records reads them. Actors are pseudonyms, the numbers of seats, unless the trainer says which
account each belongs to. Statements are equal whenever they are made, and so are their ids: sent twice, they are kept
once. An extension names the log that each follows from, so that it can be checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from engine import world as at
from engine.rules.value import ORDER
from game.workshop.entries import Moved
from game.workshop.export import Export, results
from game.workshop.room import Room, Round
from game.workshop.runs import Key

HOME: Final = "https://first-visit.invalid"
"""What the ids of verbs' objects and of extensions begin with. No such host can exist: they are names, not pages."""
VERSION: Final = "1.0.3"
_PROGRESSED: Final = "progressed"
_COMPLETED: Final = "completed"
_TERMINATED: Final = "terminated"
_SIMULATION: Final = "http://adlnet.gov/expapi/activities/simulation"
_MEETING: Final = "http://adlnet.gov/expapi/activities/meeting"

Statement = dict[str, Any]
Account = tuple[str, str]
"""The home page of a system, and what somebody is called there."""


def statements(found: Export, accounts: Mapping[int, Account] | None = None) -> Iterator[tuple[int, Statement]]:
    """Every statement of an event with the seat that it is about, in the order in which things happened; what runs came
    to is at the end.

    `accounts` says whose seats are; whoever is not in it stays a pseudonym.
    """
    spent: dict[Key, int] = {}
    last: dict[Key, int] = {}
    for entry in found.log:
        if isinstance(entry, Moved):
            key = entry.round, entry.buyer, entry.seat
            spent[key] = spent.get(key, 0) + entry.seconds
            last[key] = entry.at
            yield entry.seat, _decision(found.room, entry, accounts or {})
    for run in results(found)["runs"]:
        key = run["round"], run["buyer"], run["seat"]
        yield key[2], _result(found.room, key, run, spent[key], last[key], accounts or {})


def as_lines(made: Iterable[Statement]) -> str:
    """Statements as a file: one a line."""
    return "".join(f"{json.dumps(each)}\n" for each in made)


def _decision(room: Room, entry: Moved, accounts: Mapping[int, Account]) -> Statement:
    key = entry.round, entry.buyer, entry.seat
    return _statement(
        room,
        key,
        str(entry.n),
        _PROGRESSED,
        {
            "response": entry.move,
            "duration": f"PT{entry.seconds}S",
            "extensions": {f"{HOME}/extensions/move": entry.n + 1},
        },
        entry.at,
        accounts,
    )


def _result(
    room: Room, key: Key, run: Mapping[str, Any], seconds: int, when: int, accounts: Mapping[int, Account]
) -> Statement:
    people = room.runs[key].state.people
    result: dict[str, Any] = {
        "completion": run["over"],
        "success": any(p[at.RESULT] == ORDER and not p[at.CANCELLED] for p in people),
        "duration": f"PT{seconds}S",
        "extensions": {
            f"{HOME}/extensions/earned": run["earned"],
            f"{HOME}/extensions/currency": room.rounds[key[0]].game.scenario.currency,
            f"{HOME}/extensions/conduct": run["conduct"],
            f"{HOME}/extensions/results": run["results"],
            f"{HOME}/extensions/chain": run["chain"],
        },
    }
    if run["share"] is not None:
        result["score"] = {"scaled": min(run["share"], 100) / 100, "raw": run["share"], "min": 0}
    verb = _COMPLETED if run["over"] else _TERMINATED
    return _statement(room, key, "result", verb, result, when, accounts)


def _statement(
    room: Room,
    key: Key,
    name: str,
    verb: str,
    result: Mapping[str, Any],
    when: int,
    accounts: Mapping[int, Account],
) -> Statement:
    number, buyer, seat = key
    round, event = room.rounds[number], f"{HOME}/events/{room.began.id}"
    page, called = accounts.get(seat, (event, f"seat-{seat}"))
    return {
        "id": str(_id(room, key, name)),
        "actor": {"objectType": "Agent", "account": {"homePage": page, "name": called}},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": {"en": verb}},
        "object": _activity(f"{event}/rounds/{number + 1}/buyers/{buyer + 1}", f"Buyer {buyer + 1}", _SIMULATION),
        "result": result,
        "context": {
            "registration": str(_id(room, key, "run")),
            "platform": f"First Visit {room.began.program}",
            "contextActivities": {
                "parent": [_activity(_scenario(round), round.game.scenario.title, _SIMULATION)],
                "grouping": [_activity(event, room.event.title, _MEETING)],
            },
            "extensions": {
                f"{HOME}/extensions/digest": round.game.digest,
                f"{HOME}/extensions/rules": room.began.rules,
                f"{HOME}/extensions/log": room.link,
                f"{HOME}/extensions/verified": True,
            },
        },
        "timestamp": f"{datetime.fromtimestamp(when // 1000, UTC):%Y-%m-%dT%H:%M:%S}.{when % 1000:03}Z",
    }


def _id(room: Room, key: Key, name: str) -> UUID:
    """The id of a statement, or of what it is about: the same whenever it is made."""
    return uuid5(NAMESPACE_URL, f"{HOME}/events/{room.began.id}/{'/'.join(map(str, key))}/{name}")


def _scenario(round: Round) -> str:
    return f"{HOME}/scenarios/{round.game.scenario.id}"


def _activity(id: str, name: str, type: str) -> dict[str, Any]:
    return {"objectType": "Activity", "id": id, "definition": {"name": {"en": name}, "type": type}}
