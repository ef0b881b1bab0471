"""The API as a player, a projector and a host use it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from engine.view import PlayerView
from game.workshop.export.files import seal
from game.workshop.log.plan import RoundPlan
from game.workshop.log.rounds import commitment, seed
from game.workshop.web import wire
from tests.game.workshop.halls import SCENARIO, SECRETS, event
from tests.game.workshop.served import CODE, Answer, Service, begun, service


@pytest.fixture
async def hall(folder: Path) -> AsyncIterator[Service]:
    async with service(begun(folder / "event.db")) as served:
        yield served


async def test_a_player_joins_waits_plays_every_buyer_and_is_done(hall: Service) -> None:
    token = await hall.join("Ann")
    assert (await hall.now(token))["state"] == "waiting"
    await hall.open()
    answers = await hall.play(token)
    assert [answers[0]["state"], answers[-1]["state"]] == ["playing", "between"]
    assert {each["run"]["buyer"] for each in answers[:-1]} == {0, 1}
    await hall.close()
    assert (await hall.now(token))["state"] == "over"


async def test_what_a_player_is_told_move_by_move_is_the_player_s_view_and_nothing_else(hall: Service) -> None:
    token = await hall.join()
    await hall.open()
    now = wire.load(json.dumps(await hall.now(token)).encode())
    told: tuple[Any, ...] = ()
    while now.state == "playing" and now.run is not None:
        run = now.run
        told = told[: run.told] + run.view.transcript
        here = hall.hall.room.position(1).run
        assert here is not None
        whole: PlayerView = here.state.player_view("novice")
        assert (run.view.options, run.view.prospects, told) == (whole.options, whole.prospects, whole.transcript)
        answer = await hall.post(
            "/api/moves",
            token,
            round=0,
            buyer=run.buyer,
            n=run.n,
            move=run.view.options[-1].name,
            told=len(told),
        )
        now = wire.load(json.dumps(answer.body).encode())
    assert now.ended is not None
    assert now.ended.view.place == "over"


async def test_every_kind_of_client_is_told_the_same_view_to_the_byte(hall: Service) -> None:
    """A terminal, and a player over ssh in one, ask as the first does; a page in a browser asks for words as well."""
    token = await hall.join()
    await hall.open()
    now = await hall.now(token)
    while now["state"] == "playing":
        run = hall.hall.room.position(1).run
        assert run is not None
        seen = b'"view":' + wire.dump(run.state.player_view("novice"), PlayerView)
        for path in ("/api/now", "/api/now?words=yes"):
            async with hall.client.get(hall.base + path, headers={"Authorization": f"Bearer {token}"}) as answer:
                assert seen in await answer.read()
        now = (await hall.move(token, now)).body


async def test_the_end_of_a_buyer_is_told_until_the_next_one_is_played(hall: Service) -> None:
    token = await hall.join()
    await hall.open()
    now = await hall.now(token)
    assert now["ended"] is None
    while now["run"]["buyer"] == 0:
        now = (await hall.move(token, now)).body
    assert (now["run"]["buyer"], now["ended"]["buyer"], now["ended"]["view"]["place"]) == (1, 0, "over")
    assert (await hall.now(token))["ended"]["buyer"] == 0
    assert (await hall.move(token, now)).body["ended"] is None


async def test_a_move_that_is_not_possible_says_which_are(hall: Service) -> None:
    token = await hall.join()
    await hall.open()
    now = await hall.now(token)
    answer = await hall.move(token, now, "dance")
    assert (answer.status, answer.code) == (422, "illegal")
    assert now["run"]["view"]["options"][0]["name"] in answer.body["error"]
    assert await hall.now(token) == {**now, "now": pytest.approx(now["now"], abs=60_000)}


async def test_a_repeated_move_is_the_same_move_once(hall: Service) -> None:
    token = await hall.join()
    await hall.open()
    now = await hall.now(token)
    answers = await asyncio.gather(*(hall.move(token, now) for _ in range(20)))
    assert {each.status for each in answers} == {200}
    assert {each.body["run"]["n"] for each in answers} == {1}
    assert len(hall.hall.room.runs[(0, 0, 1)].state.history) == 1


async def test_another_move_in_the_place_of_one_that_was_made_is_refused_with_where_the_seat_is(hall: Service) -> None:
    token = await hall.join()
    await hall.open()
    now = await hall.now(token)
    after = (await hall.move(token, now)).body
    answer = await hall.move(token, now, "leave")
    assert (answer.status, answer.code) == (409, "n")
    assert answer.body["now"]["run"]["n"] == after["run"]["n"] == 1


async def test_who_asks_for_news_gets_it_as_soon_as_there_is_some(hall: Service) -> None:
    token = await hall.join()
    now = await hall.now(token)
    waiting = await hall.news(token, now)
    await hall.join()  # somebody else's seat is no news
    assert not waiting.done()
    await hall.open()
    assert (await waiting).body["state"] == "playing"


async def test_two_devices_of_one_player_see_each_other_s_moves(hall: Service) -> None:
    token = await hall.join()
    await hall.open()
    now = await hall.now(token)
    waiting = await hall.news(token, now)
    await hall.move(token, now)
    assert (await waiting).body["run"]["n"] == 1


async def test_a_round_s_hash_is_public_while_it_runs_and_its_secret_afterwards(hall: Service) -> None:
    await hall.open()
    (running,) = (await hall.get("/api/event")).body["rounds"]
    assert (running["commitment"], running["secret"]) == (commitment(SECRETS[0]), None)
    await hall.close()
    (closed,) = (await hall.get("/api/event")).body["rounds"]
    assert commitment(bytes.fromhex(closed["secret"])) == running["commitment"]


async def test_nothing_hidden_reaches_a_player_while_the_round_runs(folder: Path) -> None:
    planned = event(RoundPlan(SCENARIO, buyers=2, cues="expert"))
    async with service(begun(folder / "event.db", planned)) as hall:
        token, bodies = await hall.join(), []
        await hall.open()
        bodies += await hall.play(token)
        for path in ("/api/event", "/api/now", "/api/host", "/api/board"):
            bodies.append((await hall.get(path, token)).body)
        room = hall.hall.room
        hidden = [SECRETS[0].hex(), hall.host, hall.board, room.link]
        for buyer in range(2):
            states = room.runs[(0, buyer, 1)].state.states()
            hidden += [str(seed(SECRETS[0], 0, buyer)), *(each.digest() for each in states)]
        said = json.dumps(bodies)
        assert not [each for each in hidden if each in said]
        for shown in (each[part] for each in bodies if "run" in each for part in ("run", "ended")):
            if shown is not None:
                assert shown["changes"] == []
                assert {one["meters"] for one in shown["view"]["prospects"]} == {None}


async def test_meters_and_what_moved_them_are_told_where_the_cues_show_them(hall: Service) -> None:
    token = await hall.join()
    await hall.open()
    answers = await hall.play(token, luck=2)
    assert any(each["run"]["changes"] for each in answers if each["run"])
    assert answers[0]["run"]["view"]["prospects"][0]["meters"] is not None


async def test_thinking_is_counted_by_the_host_s_clock_whatever_a_client_says(folder: Path) -> None:
    class Clock:
        at = 0

    def stopped(earliest: int) -> Any:
        Clock.at = earliest
        return lambda: Clock.at

    planned = event(RoundPlan(SCENARIO, live=True))
    async with service(begun(folder / "event.db", planned), clock=stopped) as hall:
        token = await hall.join()
        await hall.open()
        now = (await hall.move(token, await hall.now(token))).body
        Clock.at += 45_900
        run = now["run"]
        where = {"round": 0, "buyer": 0, "n": run["n"], "move": run["view"]["options"][0]["name"]}
        await hall.post("/api/moves", token, **where, seconds=0, think=0, at=0)
        assert hall.hall.room.runs[(0, 0, 1)].state.think == 45


# --- the host --------------------------------------------------------------------------------------------------------


async def test_the_host_sees_every_seat_and_what_was_adjusted(hall: Service) -> None:
    await hall.join("Ann")
    answer = await hall.post("/api/host/adjust", hall.host, action="hide", seat=1, reason="asked for it")
    assert answer.status == 200
    found = (await hall.get("/api/host", hall.host)).body
    assert [(each["seat"], each["name"], each["hidden"]) for each in found["seats"]] == [(1, "Ann", True)]
    assert [(each["action"], each["reason"]) for each in found["adjustments"]] == [("hide", "asked for it")]


async def test_an_adjustment_needs_a_reason_and_something_that_is_there(hall: Service) -> None:
    for data, status in (
        ({"action": "hide", "seat": 1}, 400),
        ({"action": "hide", "seat": 7, "reason": "so"}, 404),
        ({"action": "fire", "seat": 1, "reason": "so"}, 400),
        ({"action": "more-time", "round": 0, "minutes": 5, "reason": "so"}, 409),
    ):
        assert (await hall.post("/api/host/adjust", hall.host, **data)).status == status
    assert hall.hall.room.adjustments == ()


async def test_a_round_ends_by_itself_when_its_time_is_up(folder: Path) -> None:
    class Clock:
        at = 0

    def stopped(earliest: int) -> Any:
        Clock.at = Clock.at or earliest
        return lambda: Clock.at

    planned = event(RoundPlan(SCENARIO, minutes=1))
    async with service(begun(folder / "event.db", planned), clock=stopped) as hall:
        token = await hall.join()
        await hall.open()
        now = await hall.now(token)
        waiting = await hall.news(token, now)
        for _ in range(2):
            Clock.at += 29_000
            while hall.hall._ran < Clock.at:  # or else the machine would have slept
                await asyncio.sleep(0.01)
        Clock.at += 29_000
        late = await hall.move(token, now)
        assert (late.status, late.code) == (409, "closed")
        await hall.join()  # something happens, so the host looks at the clock
        assert (await waiting).body["state"] == "over"


async def test_a_seat_is_recovered_with_a_code_of_the_host_s_once(hall: Service) -> None:
    token = await hall.join("Ann")
    await hall.open()
    await hall.move(token, await hall.now(token))
    code = (await hall.post("/api/host/recover", hall.host, seat=1)).body["code"]
    found = await hall.post("/api/seats/recover", code=code.lower())
    assert (found.status, found.body["seat"], found.body["name"]) == (201, 1, "Ann")
    again = await hall.now(found.body["token"])
    assert again["run"]["n"] == 1
    assert (await hall.post("/api/seats/recover", code=code)).status == 403
    assert (await hall.now(token))["seat"] == 1  # the other device stays


async def test_who_asks_again_with_a_token_of_their_own_has_one_seat(hall: Service) -> None:
    async def asked(path: str, **data: str) -> Answer:
        return await hall.ask("POST", path, json=data)

    ann = {"name": "Ann", "code": CODE}
    first, again = [await asked("/api/seats", **ann, token="5" * 64) for _ in range(2)]  # the answer was lost
    assert first.body == again.body == {"seat": 1, "token": "5" * 64, "name": "Ann"}
    assert (await asked("/api/seats", **ann, token="6" * 64)).body["seat"] == 2
    assert len(hall.hall.room.seats) == 2
    code = (await hall.post("/api/host/recover", hall.host, seat=1)).body["code"]
    found = [await asked("/api/seats/recover", code=code, token="7" * 64) for _ in range(2)]
    assert [each.body for each in found] == [{"seat": 1, "token": "7" * 64, "name": "Ann"}] * 2
    assert (await asked("/api/seats/recover", code=code, token="8" * 64)).status == 403


async def test_a_changed_code_lets_in_and_the_one_before_does_not(hall: Service) -> None:
    changed = await hall.post("/api/host/adjust", hall.host, action="code", reason="it was shared outside")
    assert (await hall.post("/api/seats", code=CODE)).status == 403
    assert (await hall.post("/api/seats", code=changed.body["code"])).status == 201


async def test_a_person_who_is_forgotten_has_no_name_and_no_token(hall: Service) -> None:
    token = await hall.join("Ann")
    assert (await hall.post("/api/host/forget", hall.host, seat=1)).status == 200
    assert (await hall.get("/api/now", token)).status == 401
    assert (await hall.get("/api/host", hall.host)).body["seats"][0]["name"] is None
    with hall.hall.store.transaction() as kept:
        assert kept.names(hall.hall.event) == {}
        assert all("Ann" not in repr(each) for each in kept.entries(hall.hall.event))


async def test_who_is_forgotten_is_gone_from_every_file_of_the_event(hall: Service) -> None:
    await hall.join("Zacharias")
    path = hall.hall.store.path
    assert path is not None
    hall.hall.store.copy(path.with_name(f"{path.stem}.after-round-1.db"))

    def files() -> bytes:
        return b"".join(each.read_bytes() for each in path.parent.iterdir())

    assert b"Zacharias" in files()
    assert (await hall.post("/api/host/forget", hall.host, seat=1)).status == 200
    assert b"Zacharias" not in files()


async def test_names_are_told_apart_and_drawn_for_who_gives_none(hall: Service) -> None:
    for name in ("Ann", "ann", "  "):
        await hall.join(name)
    first, second, third = hall.hall.names.values()
    assert (first, second) == ("Ann", "ann 2")
    assert len(third.split()) == 2


async def test_a_team_is_written_as_its_first_member_wrote_it(folder: Path) -> None:
    async with service(begun(folder / "event.db", event(teams=True))) as hall:
        for team in ("Red Foxes", "red foxes", ""):
            assert (await hall.post("/api/seats", code=CODE, team=team)).status == 201
        assert [each.team for each in hall.hall.room.seats.values()] == ["Red Foxes", "Red Foxes", None]


async def test_who_looks_at_the_end_of_a_round_sees_the_ranking_of_that_moment(folder: Path) -> None:
    planned = event(RoundPlan(SCENARIO, buyers=1), RoundPlan(SCENARIO, buyers=1))
    async with service(begun(folder / "event.db", planned)) as hall:
        token = await hall.join()
        for number in range(2):
            await hall.open()
            await hall.play(token, luck=number)
            await hall.close()
            found = (await hall.get("/api/standings", token)).body
            assert found["title"] == ("Round 1", "All rounds together")[number]
            assert found["lines"][0]["met"] == ("1 of 1", "2 of 2")[number]


async def test_a_round_that_nobody_came_to_opens_and_closes_like_any_other(hall: Service) -> None:
    await hall.open()
    board = (await hall.get("/api/board", hall.board)).body
    assert (board["seats"], board["seal"]) == (0, "")
    await hall.close()
    board = (await hall.get("/api/board", hall.board)).body
    assert (board["over"], board["seal"]) == (True, seal(hall.hall.room))


# --- the board -------------------------------------------------------------------------------------------------------


async def test_the_board_comes_again_each_time_it_is_another_one(hall: Service) -> None:
    headers = {"Authorization": f"Bearer {hall.board}"}
    async with hall.client.get(hall.base + "/api/board/stream", headers=headers) as stream:
        assert stream.content_type == "text/event-stream"

        async def picture() -> Any:
            while True:
                line = await stream.content.readline()
                if line.startswith(b"data: "):
                    return json.loads(line[6:])

        assert (await picture())["seats"] == 0
        await hall.join()
        assert (await picture())["seats"] == 1


async def test_a_slow_screen_gets_the_newest_picture_and_holds_nobody_up(hall: Service) -> None:
    headers = {"Authorization": f"Bearer {hall.board}"}
    async with hall.client.get(hall.base + "/api/board/stream", headers=headers) as stream:
        for _ in range(30):
            await hall.join()
        while True:
            line = await stream.content.readline()
            if line.startswith(b"data: ") and json.loads(line[6:])["seats"] == 30:
                break
