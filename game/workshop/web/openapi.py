"""The API as OpenAPI 3.1, for programs. `python -m game.workshop.web.openapi` prints it; `openapi.json` is the same.

What players and boards are told comes from the types they are made of; the rest is written here.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Final

from pydantic import TypeAdapter

from game.runs.accounts import Account
from game.workshop.log.entries import ABOUT, ACTIONS
from game.workshop.results.looking_back import Mine
from game.workshop.results.standings import Standings
from game.workshop.web.wire import API, LONGEST_TEXT, Now

Json = dict[str, Any]

_TEXT: Final[Json] = {"type": "string"}
_WHOLE: Final[Json] = {"type": "integer"}
_FLAG: Final[Json] = {"type": "boolean"}
_SHORT: Final[Json] = {"type": "string", "maxLength": LONGEST_TEXT}


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _object(required: Json, optional: Json | None = None, *, closed: bool = False) -> Json:
    made: Json = {"type": "object", "properties": {**required, **(optional or {})}, "required": list(required)}
    return made | ({"additionalProperties": False} if closed else {})


def _list(schema: Json) -> Json:
    return {"type": "array", "items": schema}


def _named(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


_SEAT: Final = _object({"seat": _WHOLE, "token": _TEXT, "name": _TEXT}, closed=True)
_ROUND: Final[Json] = {
    "title": _TEXT,
    "buyers": _WHOLE,
    "minutes": _WHOLE,
    "state": {"enum": ["coming", "running", "closed"]},
    "ends_at": _or_null(_WHOLE),
    "commitment": _or_null(_TEXT),
    "secret": _or_null(_TEXT),
}
_EVENT: Final = _object(
    {
        "api": {"const": API},
        "id": _TEXT,
        "title": _TEXT,
        "language": _TEXT,
        "words": {"type": "object", "additionalProperties": _TEXT},
        "program": _TEXT,
        "rules": _WHOLE,
        "teams": _FLAG,
        "names": {"enum": ["free", "drawn"]},
        "team_names": _list(_TEXT),
        "locked": _FLAG,
        "days": _WHOLE,
        "seats": _WHOLE,
        "rounds": _list(
            _object(
                {
                    "scenario": _TEXT,
                    "digest": _TEXT,
                    "cues": {"enum": ["novice", "regular", "expert"]},
                    "live": _FLAG,
                    **_ROUND,
                },
                closed=True,
            )
        ),
    }
)
_BOARD: Final = _object(
    {
        "title": _TEXT,
        "language": _TEXT,
        "now": _WHOLE,
        "code": _TEXT,
        "locked": _FLAG,
        "addresses": _list(_TEXT),
        "qr": _or_null(_TEXT),
        "rounds": _list(_object(_ROUND)),
        "round": _or_null(_WHOLE),
        "over": _FLAG,
        "seal": _TEXT,
        "seats": _WHOLE,
        "playing": _WHOLE,
        "done": _WHOLE,
        "standings": _named("Standings"),
        "debriefs": _list(_WHOLE),
        "coached": _list(_WHOLE),
        "agree": _list(_WHOLE),
    }
)
_ADJUSTMENT: Final = {
    "action": {"enum": list(ACTIONS)},
    "reason": _SHORT,
    **{name: _or_null(_WHOLE) for name in ABOUT},
    "team": _or_null(_SHORT),
}
_HOST: Final = _object(
    {
        "code": _TEXT,
        "addresses": _list(_TEXT),
        "locked": _FLAG,
        "round": _or_null(_WHOLE),
        "coming": _or_null(_WHOLE),
        "ends_at": _or_null(_WHOLE),
        "now": _WHOLE,
        "trouble": _TEXT,
        "seats": _list(
            _object(
                {
                    "seat": _WHOLE,
                    "name": _or_null(_TEXT),
                    "team": _or_null(_TEXT),
                    "hidden": _FLAG,
                    "kicked": _FLAG,
                    "disqualified": _FLAG,
                    "state": _TEXT,
                    "buyer": _or_null(_WHOLE),
                    "moves": _WHOLE,
                }
            )
        ),
        "adjustments": _list(_object({"at": _WHOLE, **_ADJUSTMENT})),
    }
)
_REFUSAL: Final = _object({"error": _TEXT, "code": _TEXT}, {"now": _named("Now")})
_NEWS: Final = (("since", _TEXT), ("wait", {"type": "integer", "minimum": 0, "maximum": 25}), ("words", _TEXT))


def document() -> Json:
    """The whole document."""
    schemas: Json = {"Refusal": _REFUSAL}
    for kind, name in ((Now, "Now"), (Standings, "Standings"), (Mine, "Mine"), (Account, "Account")):
        made = TypeAdapter(kind).json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
        schemas.update(made.pop("$defs", {}))
        schemas[name] = made
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "First Visit: a competition in a room",
            "version": str(API),
            "description": "What each request means stands in README.md beside this file.",
        },
        "security": [{"token": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": dict(sorted(schemas.items())),
        },
    }


def _paths() -> Json:
    seat = _object({"seat": _WHOLE}, closed=True)
    code = _object({"code": _TEXT}, closed=True)
    drawn = {"token": _or_null({"type": "string", "pattern": "^[0-9a-f]{64}$"})}
    join = _object({"code": _SHORT}, {"name": _or_null(_SHORT), "team": _or_null(_SHORT), **drawn})
    recover = _object({"code": _SHORT}, drawn)
    move = _object({"round": _WHOLE, "buyer": _WHOLE, "n": _WHOLE, "move": _SHORT}, {"told": _or_null(_WHOLE)})
    adjusting = _object(
        {"action": _ADJUSTMENT["action"], "reason": _SHORT},
        {**{name: each for name, each in _ADJUSTMENT.items() if name not in ("action", "reason")}, "name": _SHORT},
    )
    adjusted = _object({}, {"code": _TEXT, "name": _TEXT, "team": _TEXT}, closed=True)
    round = _object({"round": _WHOLE}, closed=True)
    empty = _object({}, closed=True)
    agreeing, agrees = _object({"yes": _FLAG}), _object({"agrees": _FLAG}, closed=True)
    return {
        "/api/event": {"get": _open("What is played, and what is known of its secrets", 200, _EVENT)},
        "/api/code": {
            "post": _open(
                "Whether a code is the event's, and anybody can join with it", 200, empty, _object({"code": _SHORT})
            )
        },
        "/api/seats": {"post": _open("Take a seat with the event's code", 201, _SEAT, join)},
        "/api/seats/recover": {"post": _open("Take a seat again with a code from the host", 201, _SEAT, recover)},
        "/api/now": {"get": _said("Where the seat is, at once or with news", 200, _named("Now"), query=_NEWS)},
        "/api/moves": {"post": _said("Make a move; the same one again is made once", 200, _named("Now"), move)},
        "/api/agree": {"post": _said("Whether one's name may stand with one's run", 200, agrees, agreeing)},
        "/api/runs": {"get": _said("What the seat has played in rounds that have closed", 200, _named("Mine"))},
        "/api/runs/{round}/{buyer}": {
            "get": {
                **_said("The debrief of one of these runs", 200, _named("Account")),
                "parameters": [
                    *({"name": name, "in": "path", "required": True, "schema": _WHOLE} for name in ("round", "buyer")),
                    {"name": "words", "in": "query", "schema": _TEXT},
                ],
            }
        },
        "/api/standings": {"get": _said("The ranking as this seat may see it", 200, _named("Standings"))},
        "/api/board": {"get": _said("The board", 200, _BOARD)},
        "/api/board/stream": {"get": _stream("The board as server-sent events")},
        "/api/debrief/{round}": {
            "get": {
                **_said("What a closed round has to teach, in parts", 200, _list(_object({"kind": _TEXT}))),
                "parameters": [{"name": "round", "in": "path", "required": True, "schema": _WHOLE}],
            }
        },
        "/api/host": {"get": _said("Everything its host may know", 200, _HOST)},
        "/api/host/open": {"post": _said("Open the round that comes next", 200, round)},
        "/api/host/close": {"post": _said("Close the running round", 200, round)},
        "/api/host/adjust": {"post": _said("Step in, with a reason", 200, adjusted, adjusting)},
        "/api/host/recover": {"post": _said("A code with which a seat is taken again, once", 201, code, seat)},
        "/api/host/forget": {"post": _said("Delete a person", 200, empty, seat)},
        "/api/host/tokens": {"post": _said("A token for a projector", 201, _object({"token": _TEXT}, closed=True))},
    }


def _said(
    summary: str, status: int, answer: Json, body: Json | None = None, query: tuple[tuple[str, Json], ...] = ()
) -> Json:
    made: Json = {
        "summary": summary,
        "responses": {
            str(status): {"description": "Done.", "content": {"application/json": {"schema": answer}}},
            "default": {
                "description": "Refused, with a sentence and a word for why.",
                "content": {"application/json": {"schema": _named("Refusal")}},
            },
        },
    }
    if body is not None:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    if query:
        made["parameters"] = [{"name": name, "in": "query", "schema": schema} for name, schema in query]
    return made


def _open(summary: str, status: int, answer: Json, body: Json | None = None) -> Json:
    """For everybody, without a token."""
    return {**_said(summary, status, answer, body), "security": []}


def _stream(summary: str) -> Json:
    made = _said(summary, 200, _TEXT)
    made["responses"]["200"]["content"] = {"text/event-stream": {"schema": _TEXT}}
    return made


def text() -> str:
    """The document as the committed file has it."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
