"""The event's JSON API over HTTP, and the pages beside it. `openapi.json` says the same for programs.

Whoever has a token sends it as `Authorization: Bearer TOKEN`; no cookie is set, so another page in the same browser can
do nothing in somebody's name. Every answer is JSON; one that says no is `{"error": sentence, "code": word}`.

Importing this module imports aiohttp.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from aiohttp import ClientConnectionResetError, web

from engine.words import known, marked, speaking
from game.report.debrief import report as debrief_of
from game.report.document import as_data
from game.runs.accounts import Account
from game.workshop.hall.acts import adjust, agree, close_round, make_move, open_round
from game.workshop.hall.admission import change_code, forget, give, put_into, rename, take_again, take_seat, way_back
from game.workshop.hall.writer import Hall
from game.workshop.kept.codes import is_token, read_code
from game.workshop.kept.transaction import Access, Rights
from game.workshop.log.entries import ABOUT, ACTIONS
from game.workshop.log.refused import Refused
from game.workshop.results.classroom import report
from game.workshop.results.debrief import ClassDebrief
from game.workshop.results.looking_back import account_of_run, agreed_names, mine, past
from game.workshop.results.ranking import ranking
from game.workshop.web import wire
from game.workshop.web.board import Broadcast
from game.workshop.web.http import (
    HEADERS,
    MOST_HOST_BYTES,
    SLOWEST_BODY,
    STATUS,
    Handler,
    answer,
    body_of,
    guarding,
    numbered,
    refusal,
    seconds,
    token_of,
)
from game.workshop.web.limits import JOINS, WAITING, WRONG_CODES, WRONG_WAITING, Limits, Line
from game.workshop.web.page import page_files, page_words
from game.workshop.web.words import Words, words

LONGEST_WAIT: Final = 25.0
"""Seconds that a request for news is kept waiting."""
MOST_WAITING: Final = 4
"""Such requests of one seat at a time; further ones are answered at once."""


@dataclass
class Api:
    """What answers requests about one event."""

    hall: Hall
    hosts: frozenset[str]
    """The names and addresses under which it is asked for; requests for any other are refused."""
    addresses: tuple[str, ...] = ()
    """The addresses to tell players, best first."""
    limits: Limits | None = None
    worker: bool = False
    """Whether another process makes the boards, and this one answers players and hosts only."""
    broadcast: Broadcast = field(init=False)

    def __post_init__(self) -> None:
        self._limits = self.limits or Limits(lambda: asyncio.get_running_loop().time())
        crowded, wrong = (
            marked("Many people are joining at once. Try again in a few seconds."),
            marked("Too many wrong codes. Wait a few seconds."),
        )
        self._door = Line(JOINS, WAITING, "busy", crowded)
        self._wrong = Line(WRONG_CODES, WRONG_WAITING, "slow", wrong)
        self._held: dict[int, int] = {}
        self._looking_back = asyncio.Lock()
        self.broadcast = Broadcast(self.hall, self.addresses)

    def application(self) -> web.Application:
        """The whole of it, to be served."""
        app = web.Application(
            middlewares=[guarding(self.hosts, lambda: self.hall.room.language), self._learning],
            client_max_size=MOST_HOST_BYTES,
        )
        app.router.add_get("/api/event", self.event)
        app.router.add_post("/api/code", self.code)
        app.router.add_post("/api/seats", self.join)
        app.router.add_post("/api/seats/recover", self.recover)
        app.router.add_get("/api/now", self.now)
        app.router.add_post("/api/moves", self.move)
        app.router.add_post("/api/agree", self.agree)
        if not self.worker:
            app.router.add_get("/api/board", self.board)
            app.router.add_get("/api/board/stream", self.board_stream)
            app.router.add_get("/api/standings", self.standings)
            app.router.add_get("/api/debrief/{round}", self.debrief)
            app.router.add_get("/api/runs", self.runs)
            app.router.add_get("/api/runs/{round}/{buyer}", self.run)
            app.cleanup_ctx.append(self.broadcast.running)
        app.router.add_get("/api/host", self.host)
        app.router.add_post("/api/host/open", self.host_open)
        app.router.add_post("/api/host/close", self.host_close)
        app.router.add_post("/api/host/adjust", self.host_adjust)
        app.router.add_post("/api/host/recover", self.host_recover)
        app.router.add_post("/api/host/forget", self.host_forget)
        app.router.add_post("/api/host/tokens", self.host_token)
        app.router.add_get("/", self.page)
        app.router.add_get("/{page}", self.page)
        app.on_shutdown.append(self.broadcast.end)
        app.on_shutdown.append(self._let_go)
        return app

    async def _let_go(self, _: web.Application) -> None:
        self.hall.let_go()

    # --- before every request ----------------------------------------------------------------------------------------

    @web.middleware
    async def _learning(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Learn what other processes have written, where it may show: a token that another one has given, if not too
        many are unknown, or what whoever asks has done there, so that nobody goes back in time."""
        token = token_of(request)
        if token and self.hall.store.shared:
            met = self.hall.access(token) is not None
            if not met:
                self._limits.allow("unknown tokens")
            if not met or request.method == "GET":
                await self.hall.catch_up()
        return await handler(request)

    def _access(self, request: web.Request, *rights: Rights) -> Access:
        """What the token of a request gives, counted against its limit. Raises `Refused` if that is not enough."""
        access = self.hall.access(token_of(request))
        if access is None or access.rights == "recover":
            raise Refused("token", marked("This needs a token from the event. Join again, or ask the host."))
        if access.rights not in rights:
            raise Refused("rights", marked("This token does not allow that."))
        if access.seat is not None:
            self._limits.allow(f"seat {access.seat}")
            seat = self.hall.room.seats.get(access.seat)
            if seat is None or seat.kicked:
                raise Refused("kicked", marked("The host has taken this seat out of the event."))
        return access

    def _seat(self, request: web.Request) -> int:
        seat = self._access(request, "seat").seat
        assert seat is not None
        return seat

    # --- for everybody -----------------------------------------------------------------------------------------------

    async def event(self, request: web.Request) -> web.Response:
        """What is played, and what is known of its secrets."""
        room = self.hall.room
        return answer(
            {
                "api": wire.API,
                "id": room.began.id,
                "title": room.event.title,
                "language": known(room.language),
                "words": page_words(room.language),
                "program": room.began.program,
                "rules": room.began.rules,
                "teams": room.event.teams,
                "names": room.event.names,
                "team_names": list(room.teams),
                "locked": room.locked,
                "days": room.event.days,
                "seats": len(room.seats),
                "rounds": [
                    {
                        "scenario": each.plan.scenario,
                        "title": each.game.scenario.title,
                        "digest": each.game.digest,
                        "buyers": each.plan.buyers,
                        "minutes": each.minutes,
                        "cues": each.plan.cues,
                        "live": each.plan.live,
                        "state": each.stage,
                        "ends_at": each.ends if each.running else None,
                        "commitment": each.commitment,
                        "secret": each.secret,
                    }
                    for each in room.rounds
                ],
            }
        )

    async def code(self, request: web.Request) -> web.Response:
        """Say whether a code is the event's and lets somebody in, before anybody is asked who they are."""
        await self._must_know(wire.text(wire.asked(await body_of(request)), "code", ""))
        if (shut := self.hall.room.shut) is not None:
            raise shut
        return answer({})

    async def join(self, request: web.Request) -> web.Response:
        """Take a seat."""
        asked = wire.asked(await body_of(request))
        await self._must_know(wire.text(asked, "code", ""))
        name, team, drawn = wire.text(asked, "name", ""), wire.text(asked, "team", ""), _drawn(asked)
        await self._door.turn()
        seat, token, called = await self.hall.do(take_seat(name, team or None, drawn))
        return answer({"seat": seat, "token": token, "name": called}, 201)

    async def _must_know(self, code: str) -> None:
        if not self._is_code(code):
            await self._wrong.turn()
            await self.hall.catch_up()
            if self._is_code(code):
                return  # another process has changed it
            raise Refused("code", marked("This is not the event's code. It is on the host's screen and on the board."))

    def _is_code(self, code: str) -> bool:
        return hmac.compare_digest(read_code(code).encode(), self.hall.standing.code.encode())

    async def recover(self, request: web.Request) -> web.Response:
        """Take a seat again with a code from the host."""
        asked = wire.asked(await body_of(request))
        code, drawn = wire.text(asked, "code", ""), _drawn(asked)
        try:
            seat, token, called = await self.hall.do(take_again(code, drawn))
        except Refused:
            await self._wrong.turn()
            raise
        return answer({"seat": seat, "token": token, "name": called}, 201)

    # --- for players -------------------------------------------------------------------------------------------------

    async def now(self, request: web.Request) -> web.Response:
        """Where a seat is; with `since`, once that is no longer the version of it, or after `wait` seconds."""
        seat = self._seat(request)
        since, wait = request.query.get("since"), seconds(request.query.get("wait", "0"))
        if since is not None and wait > 0 and wire.version(self.hall.room, seat) == since:
            await self._news(seat, wait)
            self._seat(request)  # who was sent away meanwhile is told so
        return self._told(seat, request)

    async def _news(self, seat: int, wait: float) -> None:
        if self._held.get(seat, 0) >= MOST_WAITING:
            return
        self._held[seat] = self._held.get(seat, 0) + 1
        try:
            await self.hall.news_for(seat, min(wait, LONGEST_WAIT))
        finally:
            self._held[seat] -= 1

    async def move(self, request: web.Request) -> web.Response:
        """Make a move; asked for again, the same one once. The answer comes when it is on the disk."""
        seat = self._seat(request)
        asked = wire.asked(await body_of(request))
        round, buyer, n = (wire.number(asked, name) for name in ("round", "buyer", "n"))
        move, told = wire.text(asked, "move"), wire.number_or_none(asked, "told") or 0
        try:
            await self.hall.do(make_move(seat, round, buyer, n, move))
        except Refused as refused:
            if STATUS.get(refused.code) != 409:
                raise
            return refusal(refused, self.hall.room.language, now=json.loads(wire.dump(self._now(seat))))
        return self._told(seat, request, wire.Told(round, buyer, max(0, told)))

    def _told(self, seat: int, request: web.Request, told: wire.Told | None = None) -> web.Response:
        """Where a seat is, and for a page in a browser the same in words."""
        now = self._now(seat, told)
        body = wire.dump(now)
        if "words" in request.query:
            with speaking(self.hall.room.language):
                body = body[:-1] + b',"words":' + wire.dump(words(now), Words) + b"}"
        return web.Response(body=body, content_type="application/json")

    def _now(self, seat: int, told: wire.Told | None = None) -> wire.Now:
        hall = self.hall
        with speaking(hall.room.language):
            return wire.now(hall.room, seat, hall.names, hall.clock(), told=told, scene=told is None)

    async def agree(self, request: web.Request) -> web.Response:
        """Let one's name stand with one's run where that is shown as a strong one, or let it do so no more."""
        seat = self._seat(request)
        yes = wire.flag(wire.asked(await body_of(request)), "yes")
        return answer({"agrees": await self.hall.do(agree(seat, yes))})

    async def runs(self, request: web.Request) -> web.Response:
        """What a seat has played in rounds that have closed."""
        with speaking(self.hall.room.language):
            return answer(asdict(mine(self.hall.room, self._seat(request))))

    async def run(self, request: web.Request) -> web.Response:
        """The debrief of one of these runs; with `words`, as headings, paragraphs, tables and curves."""
        seat = self._seat(request)
        round, buyer = (numbered(request, name) for name in ("round", "buyer"))
        baselines = self.broadcast.afterwards.baselines
        async with self._looking_back:  # one after the other: whoever plays comes first
            with speaking(
                self.hall.room.rounds[round].game.scenario.language if round < len(self.hall.room.rounds) else ""
            ):
                found = await asyncio.to_thread(account_of_run, self.hall.room, (round, buyer, seat), baselines)
        if "words" in request.query:
            return answer(as_data(debrief_of(found, past(self.hall.room, (round, buyer, seat)).earned)))
        return web.Response(body=wire.dump(found, Account), content_type="application/json")

    # --- the board ---------------------------------------------------------------------------------------------------

    async def board(self, request: web.Request) -> web.Response:
        """The board as it stands."""
        self._access(request, "board", "host")
        return web.Response(body=await self.broadcast.picture(), content_type="application/json")

    async def board_stream(self, request: web.Request) -> web.StreamResponse:
        """The board as server-sent events, whenever it has changed, twice a second at most."""
        self._access(request, "board", "host")
        response = web.StreamResponse(
            headers={**HEADERS, "Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        response.headers["X-Accel-Buffering"] = "no"
        await response.prepare(request)
        with suppress(ClientConnectionResetError, ConnectionResetError, TimeoutError):
            async for picture in self.broadcast.pictures():
                async with asyncio.timeout(SLOWEST_BODY):
                    await response.write(b"data: " + picture + b"\n\n" if picture else b": still here\n\n")
        return response

    async def standings(self, request: web.Request) -> web.Response:
        """The ranking as a player sees it: as much as the event shows, and their own place."""
        return answer(asdict(await self.broadcast.standings(self._seat(request))))

    async def debrief(self, request: web.Request) -> web.Response:
        """The class debrief of a round that has closed, as headings, paragraphs and tables. Nobody is named in it but
        whoever agrees."""
        self._access(request, "board", "host")
        found = self.broadcast.afterwards.debriefs.get(numbered(request, "round"))
        if found is None:
            raise Refused("rounds", marked("There is nothing to look back on yet."))
        return answer(await asyncio.to_thread(self._debrief, found))  # whoever plays comes first

    def _debrief(self, found: ClassDebrief) -> list[dict[str, Any]]:
        afterwards, hall = self.broadcast.afterwards, self.hall
        ranked = ranking(hall.room, found.round, afterwards.baselines)
        coach = afterwards.coached.get(found.round, ())
        return as_data(report(found, ranked, agreed_names(hall.room, hall.names), coach))

    # --- for the host ------------------------------------------------------------------------------------------------

    async def host(self, request: web.Request) -> web.Response:
        """Everything about the event that its host may know; no secret of a round that has not closed."""
        self._access(request, "host")
        hall, room = self.hall, self.hall.room
        seats = []
        for seat in room.seats.values():
            here = room.position(seat.number)
            seats.append(
                {
                    "seat": seat.number,
                    "name": hall.names.get(seat.number),
                    "team": seat.team,
                    "hidden": seat.hidden,
                    "kicked": seat.kicked,
                    "disqualified": seat.disqualified,
                    "state": here.doing,
                    "buyer": here.buyer,
                    "moves": here.run.moves if here.run is not None else 0,
                }
            )
        return answer(
            {
                "code": hall.standing.code,
                "addresses": list(self.addresses),
                "locked": room.locked,
                "round": room.running.number if room.running else None,
                "coming": room.coming.number if room.coming else None,
                "ends_at": room.running.ends if room.running else None,
                "now": hall.clock(),
                "trouble": hall.trouble,
                "seats": seats,
                "adjustments": [
                    {name: getattr(each, name) for name in ("at", "action", "reason", *ABOUT, "team")}
                    for each in room.adjustments
                ],
            }
        )

    async def host_open(self, request: web.Request) -> web.Response:
        """Open the round that comes next."""
        self._access(request, "host")
        return answer({"round": await self.hall.do(open_round)})

    async def host_close(self, request: web.Request) -> web.Response:
        """Close the running round."""
        self._access(request, "host")
        return answer({"round": await self.hall.do(close_round)})

    async def host_adjust(self, request: web.Request) -> web.Response:
        """Step in, as one of `entries.ACTIONS`."""
        self._access(request, "host")
        asked = wire.asked(await body_of(request, MOST_HOST_BYTES))
        action, reason = wire.text(asked, "action"), wire.text(asked, "reason", "")
        if action not in ACTIONS:
            raise Refused("field", f"'action' is one of {', '.join(ACTIONS)}.")
        if action == "code":
            return answer({"code": await self.hall.do(change_code(reason))})
        if action == "rename":
            seat, name = wire.number(asked, "seat"), wire.text(asked, "name", "")
            return answer({"name": await self.hall.do(rename(seat, name, reason))})
        if action == "team":
            seat, team = wire.number(asked, "seat"), wire.text(asked, "team")
            return answer({"team": await self.hall.do(put_into(seat, team, reason))})
        about = {name: wire.number_or_none(asked, name) for name in ABOUT}
        await self.hall.do(adjust(action, reason, **about))
        return answer({})

    async def host_recover(self, request: web.Request) -> web.Response:
        """Make a code with which a seat can be taken again, once."""
        self._access(request, "host")
        seat = wire.number(wire.asked(await body_of(request)), "seat")
        return answer({"code": await self.hall.do(way_back(seat))}, 201)

    async def host_forget(self, request: web.Request) -> web.Response:
        """Delete a person: the name, and every token of the seat."""
        self._access(request, "host")
        await forget(self.hall, wire.number(wire.asked(await body_of(request)), "seat"))
        return answer({})

    async def host_token(self, request: web.Request) -> web.Response:
        """Make a token for a projector."""
        self._access(request, "host")
        return answer({"token": await self.hall.do(give(Access("board")))}, 201)

    # --- pages -------------------------------------------------------------------------------------------------------

    async def page(self, request: web.Request) -> web.Response:
        """One of the files beside this module that browsers are given."""
        name = request.match_info.get("page", "") or "play.html"
        name = name if "." in name else f"{name}.html"
        found = page_files().get(name)
        if found is None:
            raise web.HTTPNotFound
        body, kind = found
        return web.Response(body=body, content_type=kind, charset="utf-8", headers={"Cache-Control": "no-cache"})


def _drawn(asked: Mapping[str, Any]) -> str:
    """The token that somebody has drawn for their seat, or nothing. Raises `Refused` for what is easily guessed."""
    token = wire.text(asked, "token", "")
    if token and not is_token(token):
        raise Refused("field", marked("'token' is 64 hex digits, drawn by chance."))
    return token
