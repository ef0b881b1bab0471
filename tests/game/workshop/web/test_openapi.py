"""The document for programs says what the server does: the same paths, and answers and requests of the same shape."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from game.workshop.web.api import Api
from game.workshop.web.openapi import document, text
from tests.game.workshop.halls import event
from tests.game.workshop.served import CODE, Answer, Service, begun, service

DOCUMENT = document()


def faults(schema: Any, value: Any) -> list[str]:
    """Where a value is not as a part of the document says."""
    whole = {**schema, "components": DOCUMENT["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(value)]


def schema_of(part: Any) -> Any:
    return part["content"]["application/json"]["schema"]


def test_the_file_that_comes_along_is_what_is_made_of_the_types() -> None:
    assert files("game.workshop.web").joinpath("openapi.json").read_text(encoding="utf-8") == text()


def test_every_part_of_the_document_is_a_schema() -> None:
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


class Checked:
    """Asks the server, and compares request and answer with the document."""

    def __init__(self, hall: Service) -> None:
        self._hall = hall
        self.asked: set[tuple[str, str]] = set()

    async def ask(self, method: str, path: str, token: str = "", template: str = "", **data: Any) -> Answer:
        said = DOCUMENT["paths"][template or path.partition("?")[0]][method.lower()]
        answer = await (self._hall.post(path, token, **data) if method == "POST" else self._hall.get(path, token))
        known = said["responses"].get(str(answer.status))
        assert not faults(schema_of(known or said["responses"]["default"]), answer.body), (path, answer.body)
        if known is not None:
            self.asked.add((method, template or path.partition("?")[0]))
            if "requestBody" in said:
                assert not faults(schema_of(said["requestBody"]), data)
        return answer


async def test_every_request_and_answer_of_an_event_is_as_the_document_says(folder: Path) -> None:
    async with service(begun(folder / "event.db", event(teams=True))) as hall:
        checked = Checked(hall)
        ask, host = checked.ask, hall.host
        assert (await ask("POST", "/api/code", code="WRONG1")).status == 403
        assert (await ask("POST", "/api/code", code=CODE)).body == {}
        assert (await ask("POST", "/api/seats", code="WRONG1")).status == 403
        token = (await ask("POST", "/api/seats", code=CODE, name="Ann", team="Red")).body["token"]
        await ask("GET", "/api/event")
        await ask("GET", "/api/now", token)
        assert (await ask("GET", "/api/now")).status == 401
        await ask("POST", "/api/host/open", host)
        now = (await ask("GET", "/api/now?since=x&wait=1", token)).body
        while now["state"] == "playing":
            run = now["run"]
            move = {"round": 0, "buyer": run["buyer"], "n": run["n"], "move": run["view"]["options"][-1]["name"]}
            again = (await ask("POST", "/api/moves", token, told=0, **move)).body
            assert (await ask("POST", "/api/moves", token, **{**move, "move": "nothing"})).status in (409, 422)
            now = again
        await ask("GET", "/api/standings", token)
        await ask("GET", "/api/board", hall.board)
        await ask("POST", "/api/host/adjust", host, action="hide", seat=1, reason="asked for it")
        await ask("POST", "/api/host/adjust", host, action="rename", seat=1, name="Bea", reason="asked for it")
        blue = await ask("POST", "/api/host/adjust", host, action="team", seat=1, team="Blue", reason="asked for it")
        assert blue.body == {"team": "Blue"}
        await ask("POST", "/api/host/adjust", host, action="code", reason="shared")
        code = (await ask("POST", "/api/host/recover", host, seat=1)).body["code"]
        await ask("POST", "/api/seats/recover", code=code)
        assert (await ask("POST", "/api/agree", token, yes=True)).body == {"agrees": True}
        await ask("POST", "/api/host/close", host)
        assert len((await ask("GET", "/api/runs", token)).body["runs"]) == 2
        await ask("GET", "/api/runs/0/0", token, "/api/runs/{round}/{buyer}")
        await ask("GET", "/api/event")
        assert (await ask("GET", "/api/debrief/7", host, "/api/debrief/{round}")).status == 404
        await ask("POST", "/api/host/tokens", host)
        await ask("POST", "/api/host/forget", host, seat=1)
        await ask("GET", "/api/host", host)
        app = Api(hall.hall, frozenset()).application()
    routes = {
        (route.method, route.resource.canonical)
        for route in app.router.routes()
        if route.resource is not None and route.method != "HEAD" and route.resource.canonical.startswith("/api/")
    }
    documented = {(method.upper(), path) for path, said in DOCUMENT["paths"].items() for method in said}
    assert routes == documented
    untried = {("GET", "/api/board/stream"), ("GET", "/api/debrief/{round}")}
    assert documented - checked.asked == untried
