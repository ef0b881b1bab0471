"""What guests, players and projectors try that they may not: each is refused, and nobody else notices."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from game.workshop.web import api, http, serving
from game.workshop.web.limits import BURST
from tests.game.workshop.served import CODE, Service, begun, service


@pytest.fixture
async def hall(folder: Path) -> AsyncIterator[Service]:
    async with service(begun(folder / "event.db")) as served:
        yield served


HOST_ONLY = [
    ("GET", "/api/host"),
    ("POST", "/api/host/open"),
    ("POST", "/api/host/close"),
    ("POST", "/api/host/adjust"),
    ("POST", "/api/host/recover"),
    ("POST", "/api/host/forget"),
    ("POST", "/api/host/tokens"),
]


async def test_only_the_host_can_host(hall: Service) -> None:
    player = await hall.join()
    data = {"action": "kick", "seat": 1, "reason": "so"}
    for method, path in HOST_ONLY:
        for token, status in ((player, 403), (hall.board, 403), ("", 401), (CODE, 401), ("0" * 64, 401)):
            assert (await hall.ask(method, path, token, json=data)).status == status
    assert hall.hall.room.running is None
    assert not hall.hall.room.seats[1].kicked


async def test_every_path_under_host_is_in_that_list(hall: Service) -> None:
    from game.workshop.web.api import Api

    app = Api(hall.hall, frozenset()).application()
    paths = {(route.method, route.resource.canonical) for route in app.router.routes() if route.resource is not None}
    assert {each for each in paths if each[1].startswith("/api/host") and each[0] != "HEAD"} == set(HOST_ONLY)


async def test_a_projector_reads_the_board_and_nothing_else(hall: Service) -> None:
    assert (await hall.get("/api/board", hall.board)).status == 200
    for method, path in (("GET", "/api/now"), ("POST", "/api/moves")):
        assert (await hall.ask(method, path, hall.board, json={})).status == 403
    assert (await hall.get("/api/board", await hall.join())).status == 403


async def test_a_player_plays_at_no_other_seat(hall: Service) -> None:
    first, second = await hall.join(), await hall.join()
    await hall.open()
    now = await hall.now(first)
    run = now["run"]
    data = {"round": 0, "buyer": 0, "n": 0, "move": run["view"]["options"][0]["name"], "seat": 2}
    assert (await hall.post("/api/moves", first, **data)).status == 200
    assert (await hall.now(second))["run"]["n"] == 0


async def test_a_recovery_code_is_no_token(hall: Service) -> None:
    await hall.join()
    code = (await hall.post("/api/host/recover", hall.host, seat=1)).body["code"]
    assert (await hall.get("/api/now", code.replace("-", ""))).status == 401


async def test_who_was_taken_out_is_told_so_and_plays_no_more(hall: Service) -> None:
    token, other = await hall.join(), await hall.join()
    await hall.open()
    now = await hall.now(token)
    waiting = await hall.news(token, now)
    await hall.post("/api/host/adjust", hall.host, action="kick", seat=1, reason="two seats")
    assert ((await waiting).status, (await hall.move(token, now)).code) == (403, "kicked")
    assert (await hall.get("/api/now", other)).status == 200


async def test_nobody_gets_in_when_the_door_is_locked_or_the_code_is_wrong(hall: Service) -> None:
    for code in ("", "ABC235", "ABC2345", "x" * 300, hall.host):
        assert (await hall.post("/api/seats", code=code)).code == "code"
    await hall.post("/api/host/adjust", hall.host, action="lock", reason="all here")
    assert (await hall.post("/api/seats", code=CODE)).code == "locked"
    assert (await hall.post("/api/code", code=CODE)).code == "locked"  # before anybody is asked for a name
    assert not hall.hall.room.seats


@pytest.mark.parametrize("path", ["/api/code", "/api/seats"])
async def test_guessing_codes_is_slow_and_keeps_nobody_out(hall: Service, path: str) -> None:
    guesses = [asyncio.create_task(hall.post(path, code=f"AAA{n:03}")) for n in range(80)]
    while sum(each.done() for each in guesses) < 25:
        await asyncio.sleep(0.01)
    await hall.join()
    refused = [each.result().status for each in guesses if each.done()]
    assert refused.count(429) >= 20  # beyond those that wait, they are sent away at once
    assert set(refused) <= {403, 429}
    for each in guesses:
        each.cancel()


async def test_who_floods_is_slowed_down_and_others_on_the_same_address_are_not(folder: Path) -> None:
    async with service(begun(folder / "event.db"), limits=True) as hall:
        flooding, other = await hall.join(), await hall.join()
        answers = await asyncio.gather(*(hall.get("/api/now", flooding) for _ in range(int(2 * BURST))))
        assert {each.status for each in answers} == {200, 429}
        assert (await hall.get("/api/now", other)).status == 200


async def test_many_who_join_at_once_are_all_seated(hall: Service) -> None:
    tokens = await asyncio.gather(*(hall.join() for _ in range(100)))
    assert len(set(tokens)) == len(hall.hall.room.seats) == len(set(hall.hall.names.values())) == 100


async def test_what_is_too_large_is_refused_before_it_is_read(hall: Service) -> None:
    token = await hall.join()
    await hall.open()

    async def pieces(size: int) -> AsyncIterator[bytes]:
        for _ in range(size // 1_000 + 1):
            yield b"x" * 1_000

    for size in (4_097, 10_000_000):
        for path in ("/api/seats", "/api/moves"):
            for data in (BytesIO(b"x" * size), pieces(size)):
                with suppress(OSError):  # hung up on in the middle of sending
                    answer = await hall.ask("POST", path, token, data=data)
                    assert (answer.status, answer.code) == (413, "large")
    assert (await hall.get("/api/event")).status == 200


NONSENSE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b"[" * 4_000,
    b'{"round":0,"buyer":0,"n":0}',
    b'{"round":"0","buyer":0,"n":0,"move":"x"}',
    b'{"round":true,"buyer":0,"n":0,"move":"x"}',
    b'{"round":1e9,"buyer":0,"n":0,"move":"x"}',
    b'{"round":9999999999999999999999,"buyer":0,"n":0,"move":"x"}',
    b'{"round":0,"buyer":0,"n":0,"move":["x"]}',
    b'{"round":0,"buyer":0,"n":0,"move":"' + b"x" * 500 + b'"}',
]


async def test_what_makes_no_sense_is_refused_in_a_sentence(hall: Service) -> None:
    token = await hall.join()
    await hall.open()
    for data in NONSENSE:
        answer = await hall.ask("POST", "/api/moves", token, data=data)
        assert answer.status == 400, data
        assert answer.body["error"].endswith(".")


POST = b"POST /api/seats HTTP/1.1\r\nHost: 127.0.0.1\r\n"
NO_HTTP = [
    [b"\x16\x03\x01\x02\x00\x01\r\n\r\n"],
    [b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n"],
    [POST + b"Content-Length: -1\r\n\r\n"],
    [POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", b"zz\r\n"],
    [POST + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n", b"{}"],
]


@pytest.mark.parametrize("pieces", NO_HTTP)
async def test_what_is_no_http_is_refused_and_nothing_of_it_is_told_on_the_host_s_terminal(
    hall: Service, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, pieces: list[bytes]
) -> None:
    monkeypatch.setattr(http, "SLOWEST_BODY", 0.5)  # of what may still come, if it were HTTP
    reader, writer = await asyncio.open_connection("127.0.0.1", int(hall.base.rpartition(":")[2]))
    for piece in pieces:
        writer.write(piece)
        await asyncio.sleep(0.05)
    protocol, status, _ = (await reader.readline()).split(maxsplit=2)
    assert protocol.startswith(b"HTTP/1.")
    assert status in (b"400", b"403", b"408")
    writer.close()
    assert (await hall.get("/api/event")).status == 200
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


async def test_a_move_somewhere_else_is_refused(hall: Service) -> None:
    token = await hall.join()
    await hall.open()
    name = (await hall.now(token))["run"]["view"]["options"][0]["name"]
    for round, buyer, n in ((-1, 0, 0), (0, -1, 0), (0, 0, -1), (7, 0, 0), (0, 7, 0), (0, 0, 7)):
        answer = await hall.post("/api/moves", token, round=round, buyer=buyer, n=n, move=name)
        assert answer.status == 409
    assert not hall.hall.room.runs


# --- pages of others -------------------------------------------------------------------------------------------------


async def test_another_name_than_ours_is_not_answered(hall: Service) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "", "localhost:x:y", "[::1"):
        assert (await hall.get("/api/event", headers={"Host": host})).status in (400, 403)


async def test_a_page_of_another_origin_can_do_nothing(hall: Service) -> None:
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://["},
        {"Origin": f"{hall.base}.evil.example"},
        {"Origin": f"{hall.base}@evil.example"},
        {"Origin": f"{hall.base}, http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        answer = await hall.ask("POST", "/api/seats", json={"code": CODE}, headers=headers)
        assert (answer.status, answer.code) == (403, "origin")
    assert not hall.hall.room.seats


async def test_our_own_page_can(hall: Service) -> None:
    headers = {"Origin": hall.base, "Sec-Fetch-Site": "same-origin"}
    assert (await hall.ask("POST", "/api/seats", json={"code": CODE}, headers=headers)).status == 201


async def test_answers_allow_no_other_page_and_no_foreign_part(hall: Service) -> None:
    for path in ("/api/event", "/api/now", "/nothing-here"):
        answer = await hall.get(path, headers={"Origin": "http://evil.example"})
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_no_file_but_the_pages_is_served(hall: Service) -> None:
    for path in ("/../api.py", "/%2e%2e/api.py", "/api.py", "/..%2fapi.py", "/%00", "/__init__.py"):
        assert (await hall.get(path)).status == 404


# --- slow and silent connections -------------------------------------------------------------------------------------


async def test_a_connection_that_never_says_what_it_wants_is_hung_up(
    hall: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "SLOWEST_HEAD", 0.05)
    port = int(hall.base.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /api/event HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await reader.readexactly(1)
    writer.close()
    assert (await hall.get("/api/event")).status == 200


async def test_connections_beyond_the_most_are_hung_up_and_others_go_on(
    hall: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hall.get("/api/event")  # this connection is open and stays
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 1)
    reader, writer = await asyncio.open_connection("127.0.0.1", int(hall.base.rpartition(":")[2]))
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await reader.readexactly(1)
    writer.close()
    assert (await hall.get("/api/event")).status == 200


# --- what lies on the disk -------------------------------------------------------------------------------------------


async def test_only_the_host_s_user_can_read_the_event_s_file_and_no_token_is_in_it(folder: Path) -> None:
    path = folder / "event.db"
    async with service(begun(path)) as hall:
        token = await hall.join()
        code = (await hall.post("/api/host/recover", hall.host, seat=1)).body["code"]
        for each in folder.iterdir():
            assert stat.S_IMODE(each.stat().st_mode) == 0o600, each.name
    told = "\n".join(sqlite3.connect(path).iterdump())
    for secret in (token, hall.host, hall.board, code, code.replace("-", "")):
        assert secret not in told


async def test_neither_addresses_nor_browsers_of_players_are_kept(folder: Path) -> None:
    path = folder / "event.db"
    async with service(begun(path)) as hall:
        await hall.ask("POST", "/api/seats", json={"code": CODE, "name": "Ann"}, headers={"User-Agent": "Peculiar/7"})
        told = "\n".join(sqlite3.connect(path).iterdump())
    assert "Ann" in told
    for each in ("127.0.0.1", "Peculiar"):
        assert each not in told


# --- many at once ----------------------------------------------------------------------------------------------------


async def test_a_token_that_is_easily_guessed_or_that_gives_something_else_gives_no_seat(hall: Service) -> None:
    async def refused(token: object) -> bool:
        answer = await hall.ask("POST", "/api/seats", json={"code": CODE, "token": token})
        return (answer.status, answer.code) == (400, "field")

    for token in ("1234", "A" * 64, "0" * 63, "0" * 65, "0" * 63 + "\n", 7):
        assert await refused(token)
    seated, *taken = await asyncio.gather(hall.join("Ann"), refused(hall.board), refused(hall.host))
    assert taken == [True, True]
    assert (await hall.now(seated))["seat"] == 1  # who came at the same time is seated
    assert (await hall.get("/api/board", hall.board)).status == (await hall.get("/api/host", hall.host)).status == 200


async def test_a_flooded_door_sends_away_who_finds_the_line_full_and_seats_who_waits(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "WAITING", 5)
    monkeypatch.setattr(api, "JOINS", 20.0)
    async with service(begun(folder / "event.db")) as hall:
        answers = await asyncio.gather(*(hall.post("/api/seats", code=CODE) for _ in range(40)))
        refused = [each for each in answers if each.status != 201]
        assert {(each.status, each.code) for each in refused} == {(503, "busy")}
        assert all(each.headers["Retry-After"] for each in refused)
        assert len(hall.hall.room.seats) == 40 - len(refused) >= 5
        assert (await hall.post("/api/seats", code=CODE)).status == 201


async def test_a_body_that_does_not_come_to_its_end_is_not_waited_for(
    hall: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "SLOWEST_BODY", 0.05)
    token = await hall.join()

    async def never() -> AsyncIterator[bytes]:
        yield b'{"round": 0'
        await asyncio.sleep(30)

    with suppress(OSError):  # hung up on in the middle of sending
        answer = await hall.ask("POST", "/api/moves", token, data=never())
        assert (answer.status, answer.code) == (408, "timeout")
    assert (await hall.get("/api/now", token)).status == 200


async def test_one_seat_keeps_few_requests_waiting_and_the_others_are_answered_at_once(hall: Service) -> None:
    token = await hall.join()
    now = await hall.now(token)
    waiting = [await hall.news(token, now) for _ in range(api.MOST_WAITING)]
    assert (await hall.get(f"/api/now?since={now['version']}&wait=25", token)).status == 200
    assert not any(each.done() for each in waiting)
    await hall.open()
    assert {(await each).status for each in waiting} == {200}


async def test_when_everybody_has_gone_the_round_still_closes_and_nobody_is_waited_for(folder: Path) -> None:
    async with service(begun(folder / "event.db")) as hall:
        tokens = [await hall.join() for _ in range(3)]
        await hall.open()
        waiting = [await hall.news(each, await hall.now(each)) for each in tokens]
        for each in waiting:
            each.cancel()  # their lids are closed
        await hall.close()
        assert hall.hall.room.over
        assert not any(hall.hall._waiting.values())
        assert (await hall.now(tokens[0]))["state"] == "over"
