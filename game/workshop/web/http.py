"""What is asked and answered over HTTP: what every request has to be like, and what every answer carries.

Importing this module imports aiohttp.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import web

from engine.words import marked, speaking
from game.words.numbers import whole_number
from game.workshop.kept.errors import StoreError
from game.workshop.log.refused import Refused

MOST_BYTES: Final = 4_096
"""Of what a player sends."""
MOST_HOST_BYTES: Final = 65_536
SLOWEST_BODY: Final = 10.0
"""Seconds in which a request's body must have come."""
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
    "Server": "First Visit",  # not the versions of what it is made with
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

OUT_OF_REACH: Final = marked(
    "The host cannot write that down just now. Nothing that you did is lost; try again in a moment."
)
"""What players are told; why is the host's to know."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarding(hosts: Collection[str], language: Callable[[], str]) -> Callable[..., Awaitable[web.StreamResponse]]:
    """What every request goes through: it has to be sent to one of these hosts, by a page of ours if by any. Whatever
    is refused is answered in the language that the players are told in."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            _must_be_ours(request, hosts)
            response = await handler(request)
        except Refused as refused:
            response = refusal(refused, language())
        except StoreError:
            response = refusal(Refused("store", OUT_OF_REACH), language())
        except web.HTTPRequestEntityTooLarge:
            response = refusal(Refused("large", marked("That is more than a request may hold.")), language())
        except web.HTTPException as error:
            response = answer({"error": f"{error.reason}.", "code": "http"}, error.status)
        if not response.prepared:
            response.headers.update(HEADERS)
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


def _must_be_ours(request: web.Request, hosts: Collection[str]) -> None:
    """Refuse what was sent to another name than ours, or by a page of another origin."""
    if _name(request.host) not in hosts:
        raise Refused("host", marked("This address is not one under which the event is served."))
    if request.method == "GET":
        return
    ours = {f"{scheme}://{request.host.lower()}" for scheme in ("http", "https")}
    foreign = any(origin.lower() not in ours for origin in request.headers.getall("Origin", ()))
    if foreign or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Refused("origin", marked("Requests are taken from the event's own pages only."))


def _name(host: str) -> str:
    """The name or address in a Host header, without the port."""
    try:
        found = urlsplit(f"//{host}")
        return (found.hostname or "").rstrip(".") if found.port != 0 else ""
    except ValueError:
        return ""


# --- what was asked ---------------------------------------------------------------------------------------------------


async def body_of(request: web.Request, most: int = MOST_BYTES) -> bytes:
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
    except (TimeoutError, web.RequestPayloadError):
        raise Refused("timeout", marked("The request did not arrive whole.")) from None
    return bytes(found)


def token_of(request: web.Request) -> str:
    """The token of a request, or nothing."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def numbered(request: web.Request, name: str) -> int:
    """A number in a path, from 0; -1 for what is none."""
    number = whole_number(request.match_info[name], 0, 999)
    return -1 if number is None else number


def seconds(text: str) -> float:
    """A number of seconds in a query; 0 for what is none."""
    return float(whole_number(text, 0, 999) or 0)


# --- what is answered -------------------------------------------------------------------------------------------------


def answer(found: Any, status: int = 200) -> web.Response:
    """An answer in JSON."""
    return web.Response(body=json.dumps(found).encode(), status=status, content_type="application/json")


def refusal(refused: Refused, language: str, **more: Any) -> web.Response:
    """A no, in the language that the players are told in."""
    status = STATUS.get(refused.code, 400)
    with speaking(language):
        response = answer({"error": str(refused), "code": refused.code, **more}, status)
    if status in (429, 503):
        response.headers["Retry-After"] = "2"
    if status in (408, 413):
        response.force_close()  # the rest of it is not read
    return response
