"""An event as statements of the Experience API: one for each decision, and one for what each run came to.

Whoever keeps learning records reads them. Actors are pseudonyms, the numbers of seats, unless the trainer says which
account each belongs to. Statements are equal whenever they are made, and so are their ids: sent twice, they are kept
once. An extension names the log that each follows from, so that it can be checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from engine import world as at
from engine.rules.value import ORDERED
from game.workshop.export.files import Export, results
from game.workshop.log.entries import Moved
from game.workshop.log.room import Room, Round
from game.workshop.log.runs import Key

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
    speaker = _Speaker(found.room, accounts or {})
    for entry in found.log:
        if isinstance(entry, Moved):
            key = entry.round, entry.buyer, entry.seat
            spent[key] = spent.get(key, 0) + entry.seconds
            last[key] = entry.at
            yield entry.seat, speaker.decision(entry)
    for run in results(found)["runs"]:
        key = run["round"], run["buyer"], run["seat"]
        yield key[2], speaker.result(key, run, spent[key], last[key])


def as_lines(made: Iterable[Statement]) -> str:
    """Statements as a file: one a line."""
    return "".join(f"{json.dumps(each)}\n" for each in made)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Makes the statements of an event, whose seats are of these accounts."""

    room: Room
    accounts: Mapping[int, Account]

    def decision(self, entry: Moved) -> Statement:
        key = entry.round, entry.buyer, entry.seat
        result = {
            "response": entry.move,
            "duration": f"PT{entry.seconds}S",
            "extensions": {f"{HOME}/extensions/move": entry.n + 1},
        }
        return self._statement(key, str(entry.n), _PROGRESSED, result, entry.at)

    def result(self, key: Key, run: Mapping[str, Any], seconds: int, when: int) -> Statement:
        """What a run came to, which took so many seconds; its last move was made `when`."""
        people = self.room.runs[key].state.people
        result: dict[str, Any] = {
            "completion": run["over"],
            "success": any(p[at.RESULT] == ORDERED and not p[at.CANCELLED] for p in people),
            "duration": f"PT{seconds}S",
            "extensions": {
                f"{HOME}/extensions/earned": run["earned"],
                f"{HOME}/extensions/currency": self.room.rounds[key[0]].game.scenario.currency,
                f"{HOME}/extensions/conduct": run["conduct"],
                f"{HOME}/extensions/results": run["results"],
                f"{HOME}/extensions/chain": run["chain"],
            },
        }
        if run["share"] is not None:
            result["score"] = {"scaled": min(run["share"], 100) / 100, "raw": run["share"], "min": 0}
        return self._statement(key, "result", _COMPLETED if run["over"] else _TERMINATED, result, when)

    def _statement(self, key: Key, name: str, verb: str, result: Mapping[str, Any], when: int) -> Statement:
        number, buyer, seat = key
        room, round, event = self.room, self.room.rounds[number], f"{HOME}/events/{self.room.began.id}"
        page, called = self.accounts.get(seat, (event, f"seat-{seat}"))
        return {
            "id": str(self._id(key, name)),
            "actor": {"objectType": "Agent", "account": {"homePage": page, "name": called}},
            "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": {"en": verb}},
            "object": _activity(f"{event}/rounds/{number + 1}/buyers/{buyer + 1}", f"Buyer {buyer + 1}", _SIMULATION),
            "result": result,
            "context": {
                "registration": str(self._id(key, "run")),
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

    def _id(self, key: Key, name: str) -> UUID:
        """The id of a statement, or of what it is about: the same whenever it is made."""
        return uuid5(NAMESPACE_URL, f"{HOME}/events/{self.room.began.id}/{'/'.join(map(str, key))}/{name}")


def _scenario(round: Round) -> str:
    return f"{HOME}/scenarios/{round.game.scenario.id}"


def _activity(id: str, name: str, type: str) -> dict[str, Any]:
    return {"objectType": "Activity", "id": id, "definition": {"name": {"en": name}, "type": type}}
