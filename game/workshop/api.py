"""The event's JSON API over HTTP, and the pages beside it. `openapi.json` says the same for programs.

Whoever has a token sends it as `Authorization: Bearer TOKEN`; no cookie is set, so another page in the same browser can
do nothing in somebody's name. Every answer is JSON; one that says no is `{"error": sentence, "code": word}`.

Importing this module imports aiohttp.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final, get_args
from urllib.parse import urlsplit

from aiohttp import ClientConnectionResetError, web

from engine.words import known, marked, speaking
from game.accounts import Account
from game.report.classroom import report
from game.report.debrief import report as debrief_of
from game.report.document import as_data
from game.workshop import wire
from game.workshop.acts import adjust, agree, close_round, make_move, open_round
from game.workshop.board import Broadcast
from game.workshop.codes import is_token, read_code
from game.workshop.entries import Action
from game.workshop.hall import Hall
from game.workshop.limits import JOINS, WAITING, WRONG_CODES, WRONG_WAITING, Limits, Line
from game.workshop.looking_back import account_of_run, agreed_names, mine
from game.workshop.moments import ClassDebrief
from game.workshop.page import page_words
from game.workshop.ranking import ranking
from game.workshop.room import Refused
from game.workshop.store import Access, Rights, StoreError
from game.workshop.words import Words, words

MOST_BYTES: Final = 4_096
"""Of what a player sends."""
MOST_HOST_BYTES: Final = 65_536
SLOWEST_BODY: Final = 10.0
"""Seconds in which a request's body must have come."""
LONGEST_WAIT: Final = 25.0
"""Seconds that a request for news is kept waiting."""
MOST_WAITING: Final = 4
"""Such requests of one seat at a time; further ones are answered at once."""
PAGES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
STATUS: Final[Mapping[str, int]] = {
    "buyer": 409,
    "closed": 409,
    "n": 409,
    "open": 409,
    "illegal": 422,
    "long": 422,
    "slow": 429,
    "token": 401,
    "code": 403,
    "full": 403,
    "kicked": 403,
    "late": 403,
    "locked": 403,
    "over": 403,
    "rights": 403,
    "host": 403,
    "origin": 403,
    "rounds": 404,
    "seat": 404,
    "large": 413,
    "timeout": 408,
    "busy": 503,
    "store": 503,
}
"""The status that goes with a word; 400 with all others."""
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

OUT_OF_REACH: Final = marked(
    "The host cannot write that down just now. Nothing that you did is lost; try again in a moment."
)
"""What players are told; why is the host's to know."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


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
        app = web.Application(middlewares=[self._guarded], client_max_size=MOST_HOST_BYTES)
        app.router.add_get("/api/event", self.event)
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

    # --- before and after every request ------------------------------------------------------------------------------

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            self._must_be_ours(request)
            await self._learn(request)
            response = await handler(request)
        except Refused as refused:
            response = self._refusal(refused)
        except StoreError:
            response = self._refusal(Refused("store", OUT_OF_REACH))
        except web.HTTPRequestEntityTooLarge:
            response = self._refusal(Refused("large", marked("That is more than a request may hold.")))
        except web.HTTPException as error:
            response = _json({"error": f"{error.reason}.", "code": "http"}, error.status)
        if not response.prepared:
            response.headers.update(HEADERS)
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _refusal(self, refused: Refused, **more: Any) -> web.Response:
        """A no, in the language that the players are told in."""
        status = STATUS.get(refused.code, 400)
        with speaking(self.hall.room.language):
            response = _json({"error": str(refused), "code": refused.code, **more}, status)
        if status in (429, 503):
            response.headers["Retry-After"] = "2"
        if status in (408, 413):
            response.force_close()  # the rest of it is not read
        return response

    def _must_be_ours(self, request: web.Request) -> None:
        """Refuse what was sent to another name than ours, or by a page of another origin."""
        host = request.host
        if _name(host) not in self.hosts:
            raise Refused("host", marked("This address is not one under which the event is served."))
        if request.method == "GET":
            return
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            raise Refused("origin", marked("Requests are taken from the event's own pages only."))
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise Refused("origin", marked("Requests are taken from the event's own pages only."))

    async def _learn(self, request: web.Request) -> None:
        """Learn what other processes have written, where it may show: a token that another one has given, if not too
        many are unknown, or what whoever asks has done there, so that nobody goes back in time."""
        token = _token(request)
        if not token or not self.hall.store.shared:
            return
        known = self.hall.access(token) is not None
        if not known:
            self._limits.allow("unknown tokens")
        if not known or request.method == "GET":
            await self.hall.catch_up()

    def _access(self, request: web.Request, *rights: Rights) -> Access:
        """What the token of a request gives, counted against its limit. Raises `Refused` if that is not enough."""
        access = self.hall.access(_token(request))
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
        return _json(
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

    async def join(self, request: web.Request) -> web.Response:
        """Take a seat."""
        asked = wire.asked(await _body(request))
        await self._must_know(wire.text(asked, "code", ""))
        name, team, drawn = wire.text(asked, "name", ""), wire.text(asked, "team", ""), _drawn(asked)
        await self._door.turn()
        seat, token, called = await self.hall.take_seat(name, team or None, drawn)
        return _json({"seat": seat, "token": token, "name": called}, 201)

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
        asked = wire.asked(await _body(request))
        code, drawn = wire.text(asked, "code", ""), _drawn(asked)
        try:
            seat, token, called = await self.hall.recover(code, drawn)
        except Refused:
            await self._wrong.turn()
            raise
        return _json({"seat": seat, "token": token, "name": called}, 201)

    # --- for players -------------------------------------------------------------------------------------------------

    async def now(self, request: web.Request) -> web.Response:
        """Where a seat is; with `since`, once that is no longer the version of it, or after `wait` seconds."""
        seat = self._seat(request)
        since, wait = request.query.get("since"), _seconds(request.query.get("wait", "0"))
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
        asked = wire.asked(await _body(request))
        round, buyer, n = (wire.number(asked, name) for name in ("round", "buyer", "n"))
        move, told = wire.text(asked, "move"), wire.number_or_none(asked, "told") or 0
        try:
            await self.hall.do(make_move(seat, round, buyer, n, move))
        except Refused as refused:
            if STATUS.get(refused.code) != 409:
                raise
            return self._refusal(refused, now=json.loads(wire.dump(self._now(seat))))
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
        yes = wire.flag(wire.asked(await _body(request)), "yes")
        return _json({"agrees": await self.hall.do(agree(seat, yes))})

    async def runs(self, request: web.Request) -> web.Response:
        """What a seat has played in rounds that have closed."""
        with speaking(self.hall.room.language):
            return _json(asdict(mine(self.hall.room, self._seat(request))))

    async def run(self, request: web.Request) -> web.Response:
        """The debrief of one of these runs; with `words`, as headings, paragraphs, tables and curves."""
        seat = self._seat(request)
        round, buyer = (_numbered(request, name) for name in ("round", "buyer"))
        baselines = self.broadcast.afterwards.baselines
        async with self._looking_back:  # one after the other: whoever plays comes first
            with speaking(
                self.hall.room.rounds[round].game.scenario.language if round < len(self.hall.room.rounds) else ""
            ):
                found = await asyncio.to_thread(account_of_run, self.hall.room, (round, buyer, seat), baselines)
        if "words" in request.query:
            return _json(as_data(debrief_of(found)))
        return web.Response(body=wire.dump(found, Account), content_type="application/json")

    # --- the board ---------------------------------------------------------------------------------------------------

    async def board(self, request: web.Request) -> web.Response:
        """The board as it stands."""
        self._access(request, "board", "host")
        return web.Response(body=await self.broadcast.picture(), content_type="application/json")

    async def board_stream(self, request: web.Request) -> web.StreamResponse:
        """The board as server-sent events, each time it is another one, twice a second at most."""
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
        return _json(asdict(await self.broadcast.standings(self._seat(request))))

    async def debrief(self, request: web.Request) -> web.Response:
        """The class debrief of a round that has closed, as headings, paragraphs and tables. Nobody is named in it but
        whoever agrees."""
        self._access(request, "board", "host")
        found = self.broadcast.afterwards.debriefs.get(_numbered(request, "round"))
        if found is None:
            raise Refused("rounds", marked("There is nothing to look back on yet."))
        return _json(await asyncio.to_thread(self._debrief, found))  # whoever plays comes first

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
        return _json(
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
                "adjustments": [{name: getattr(each, name) for name in _ADJUSTED} for each in room.adjustments],
            }
        )

    async def host_open(self, request: web.Request) -> web.Response:
        """Open the round that comes next."""
        self._access(request, "host")
        return _json({"round": await self.hall.do(open_round)})

    async def host_close(self, request: web.Request) -> web.Response:
        """Close the running round."""
        self._access(request, "host")
        return _json({"round": await self.hall.do(close_round)})

    async def host_adjust(self, request: web.Request) -> web.Response:
        """Step in, as one of `entries.ACTIONS`."""
        self._access(request, "host")
        asked = wire.asked(await _body(request, MOST_HOST_BYTES))
        action, reason = wire.text(asked, "action"), wire.text(asked, "reason", "")
        if action not in get_args(Action):
            raise Refused("field", f"'action' is one of {', '.join(get_args(Action))}.")
        if action == "code":
            return _json({"code": await self.hall.change_code(reason)})
        if action == "rename":
            seat, name = wire.number(asked, "seat"), wire.text(asked, "name", "")
            return _json({"name": await self.hall.rename(seat, name, reason)})
        about = {name: wire.number_or_none(asked, name) for name in ("round", "buyer", "seat", "amount", "minutes")}
        await self.hall.do(adjust(action, reason, **about))  # type: ignore[arg-type]  # it is one of its words
        return _json({})

    async def host_recover(self, request: web.Request) -> web.Response:
        """Make a code with which a seat can be taken again, once."""
        self._access(request, "host")
        seat = wire.number(wire.asked(await _body(request)), "seat")
        return _json({"code": await self.hall.recovery(seat)}, 201)

    async def host_forget(self, request: web.Request) -> web.Response:
        """Delete a person: the name, and every token of the seat."""
        self._access(request, "host")
        await self.hall.forget(wire.number(wire.asked(await _body(request)), "seat"))
        return _json({})

    async def host_token(self, request: web.Request) -> web.Response:
        """Make a token for a projector."""
        self._access(request, "host")
        return _json({"token": await self.hall.give(Access("board"))}, 201)

    # --- pages -------------------------------------------------------------------------------------------------------

    async def page(self, request: web.Request) -> web.Response:
        """One of the files beside this module that browsers are given."""
        name = request.match_info.get("page", "") or "play.html"
        name = name if "." in name else f"{name}.html"
        found = _pages().get(name)
        if found is None:
            raise web.HTTPNotFound
        body, kind = found
        return web.Response(body=body, content_type=kind, charset="utf-8", headers={"Cache-Control": "no-cache"})


_ADJUSTED: Final = ("at", "action", "reason", "round", "buyer", "seat", "amount", "minutes")


@cache
def _pages() -> dict[str, tuple[bytes, str]]:
    """The files for browsers, by their names."""
    folder = files("game.workshop") / "web"
    if not folder.is_dir():
        return {}
    kinds = {each.name: PAGES.get(f".{each.name.rpartition('.')[2]}") for each in folder.iterdir()}
    return {name: ((folder / name).read_bytes(), kind) for name, kind in kinds.items() if kind is not None}


def _json(found: Any, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(found).encode(), status=status, content_type="application/json")


async def _body(request: web.Request, most: int = MOST_BYTES) -> bytes:
    """What was sent, if that is not too much and comes in time. Raises `Refused`."""
    too_large = Refused("large", marked("A request here holds at most {most} bytes."), most=most)
    if request.content_length is not None and request.content_length > most:
        raise too_large
    if request.content.is_eof():  # it came together with the head, as most do
        whole = request.content.read_nowait(-1)
        if len(whole) > most:
            raise too_large
        return whole
    found = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            async for piece in request.content.iter_any():
                found += piece
                if len(found) > most:
                    raise too_large
    except TimeoutError:
        raise Refused("timeout", marked("The request did not arrive whole.")) from None
    return bytes(found)


def _token(request: web.Request) -> str:
    """The token of a request, or nothing."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _drawn(asked: Mapping[str, Any]) -> str:
    """The token that somebody has drawn for their seat, or nothing. Raises `Refused` for what is easily guessed."""
    token = wire.text(asked, "token", "")
    if token and not is_token(token):
        raise Refused("field", marked("'token' is 64 hex digits, drawn by chance."))
    return token


def _name(host: str) -> str:
    """The name or address in a Host header, without the port."""
    try:
        found = urlsplit(f"//{host}")
        return (found.hostname or "").rstrip(".") if found.port != 0 else ""
    except ValueError:
        return ""


def _numbered(request: web.Request, name: str) -> int:
    """A number in a path, from 0; -1 for what is none."""
    text = request.match_info[name]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1


def _seconds(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0.0
