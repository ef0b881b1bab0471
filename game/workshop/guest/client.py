"""A seat's line to the host: asks over the API, and asks again when the line is bad.

Importing this module imports aiohttp.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

import aiohttp

from engine.words import gettext
from game.options.workshop import PORT
from game.words.errors import Failure, why_not
from game.workshop.kept.codes import new_token
from game.workshop.results.looking_back import Mine, Past
from game.workshop.results.standings import Standings
from game.workshop.web import wire

if TYPE_CHECKING:
    from game.runs.accounts import Account
    from game.workshop.web.wire import Now

T = TypeVar("T")

LONGEST_ANSWER: Final = 4_194_304
_PATIENCE: Final = 10.0
"""Seconds in which an answer comes, or it is asked for again."""
_WAITS: Final = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds before asking again: after the last of them, that one over and over."""
_SECONDS_OF_NEWS: Final = 20
_SENSELESS: Final = (ValueError, KeyError, TypeError, RecursionError)
"""What is raised where an answer that makes no sense is read."""


class Refusal(Failure):
    """The host says no. `word` is its word for why."""

    def __init__(self, status: int, word: str, message: str, body: Any = None) -> None:
        super().__init__(message)
        self.status = status
        self.word = word
        self.body = body


@dataclass(frozen=True, slots=True)
class Ticket:
    """A seat that this machine has."""

    seat: int
    token: str
    name: str


def base_url(address: str) -> str:
    """The address of a host as it was typed or read off: `192.168.1.20`, `192.168.1.20:9000`, `https://hall.example`.

    Raises `Failure`.
    """
    typed = address.strip()
    try:
        found = urlsplit(typed if "//" in typed else f"//{typed}")
        host, port = found.hostname, found.port
    except ValueError:
        host = port = None
    if not host or found.scheme not in ("", "http", "https") or found.username is not None:
        none = gettext("“{text}” is not an address. The host's screen shows it, such as 192.168.1.20:{port}.")
        raise Failure(none.format(text=address, port=PORT))
    name = f"[{host}]" if ":" in host else host
    if port is None and found.scheme == "":
        port = PORT
    return f"{found.scheme or 'http'}://{name}" + (f":{port}" if port is not None else "")


def _says_nothing(_: str) -> None:
    pass


class Client:
    """One seat's line to the host."""

    def __init__(self, base: str, token: str = "", certificate: Path | None = None) -> None:
        self.base = base
        self.token = token
        self.say: Callable[[str], None] = _says_nothing
        """Told in a sentence when the line is bad, and when it is good again."""
        self._certificate = certificate
        self._session: aiohttp.ClientSession | None = None
        self._bad = False

    async def __aenter__(self) -> Client:
        trusted: ssl.SSLContext | bool = True
        if self._certificate is not None:
            try:
                trusted = ssl.create_default_context(cafile=str(self._certificate))
            except (OSError, ssl.SSLError) as error:
                unfit = gettext("“{file}” cannot be used as a certificate ({why}).")
                raise Failure(unfit.format(file=self._certificate, why=error)) from None
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusted))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    # --- asking ------------------------------------------------------------------------------------------------------

    async def event(self) -> Any:
        """What is played there. Tries once. Raises `Failure` where nobody answers, or something else does."""
        try:
            found = json.loads(await self._once("GET", "/api/event", None, _PATIENCE))
            version = found["api"]
        except Refusal:
            raise
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            nobody = gettext(
                "Nobody answers at {address} ({why}). Is the address right, and is this machine in the same network as "
                "the host?"
            )
            raise Failure(nobody.format(address=self.base, why=_why(error))) from None
        except _SENSELESS:
            raise Failure(
                gettext("What answers at {address} is not a First Visit competition.").format(address=self.base)
            ) from None
        if version != wire.API:
            other = gettext(
                "The host's program speaks version {theirs} of the API, and this one version {ours}. Use the same "
                "version of First Visit as the host, or a browser."
            )
            raise Failure(other.format(theirs=version, ours=wire.API))
        return found

    async def try_code(self, code: str) -> None:
        """Ask whether a code is the event's. Raises `Failure`, which is a `Refusal` where it is not."""
        try:
            await self._once_or_again("/api/code", {"code": code})
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            raise _unanswered(error) from None

    async def join(self, code: str, name: str, team: str) -> Ticket:
        """Take a seat; if the answer is lost, ask for the same one again. Raises `Failure`."""
        return await self._seated("/api/seats", {"code": code, "name": name, "team": team})

    async def recover(self, code: str) -> Ticket:
        """Take a seat again with a code that the host has given. Raises `Failure`."""
        return await self._seated("/api/seats/recover", {"code": code})

    async def _seated(self, path: str, data: Any) -> Ticket:
        try:
            found = json.loads(await self._once_or_again(path, {**data, "token": new_token()}))
            ticket = Ticket(int(found["seat"]), str(found["token"]), str(found["name"]))
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            raise _unanswered(error) from None
        except _SENSELESS:
            raise Failure(gettext("The host's answer cannot be understood.")) from None
        self.token = ticket.token
        return ticket

    async def _once_or_again(self, path: str, data: Any) -> bytes:
        for wait in _WAITS:
            try:
                return await self._once("POST", path, data, 60.0)
            except (OSError, aiohttp.ClientError):
                await asyncio.sleep(wait)
        return await self._once("POST", path, data, 60.0)

    async def now(self) -> Now:
        """Where the seat is. Asks until there is an answer. Raises `Refusal`."""
        return await self._now("GET", "/api/now", None, _PATIENCE)

    async def news(self, since: str) -> Now:
        """Where the seat is, once that is another version, or after a while. Raises `Refusal`."""
        path = f"/api/now?since={since}&wait={_SECONDS_OF_NEWS}"
        return await self._now("GET", path, None, _SECONDS_OF_NEWS + _PATIENCE)

    async def standings(self) -> Standings:
        """The ranking, as much of it as this seat may see. Asks until there is an answer. Raises `Refusal`."""
        return await self._read("/api/standings", Standings)

    async def mine(self) -> Mine:
        """What this seat has played in rounds that have closed. Asks until there is an answer. Raises `Refusal`."""
        return await self._read("/api/runs", Mine)

    async def account(self, past: Past) -> Account:
        """The debrief of a run. Asks until there is an answer. Raises `Refusal`."""
        from game.runs.accounts import Account

        return await self._read(f"/api/runs/{past.round}/{past.buyer}", Account)

    async def agree(self, yes: bool) -> None:
        """Let one's name stand with one's run where that is shown as a strong one, or not. Raises `Refusal`."""
        await self._until_answered("POST", "/api/agree", {"yes": yes}, _PATIENCE)

    async def move(self, round: int, buyer: int, n: int, move: str, told: int) -> Now:
        """Make a move. Asks until there is an answer: the same move is made once. Raises `Refusal`."""
        data = {"round": round, "buyer": buyer, "n": n, "move": move, "told": told}
        return await self._now("POST", "/api/moves", data, _PATIENCE)

    async def _read(self, path: str, kind: type[T]) -> T:
        answer = await self._until_answered("GET", path, None, _PATIENCE)
        try:
            return wire.read(answer, kind)
        except ValueError:
            raise _other_version() from None

    async def _now(self, method: str, path: str, data: Any, seconds: float) -> Now:
        answer = await self._until_answered(method, path, data, seconds)
        try:
            return wire.load(answer)
        except ValueError:
            raise _other_version() from None

    async def _until_answered(self, method: str, path: str, data: Any, seconds: float) -> bytes:
        tries, asked = 0, method != "GET"  # who has done something is told each time why nothing comes of it
        while True:
            try:
                answer = await self._once(method, path, data, seconds)
            except Refusal as refusal:
                if refusal.status not in (408, 429, 500, 502, 503, 504):
                    raise
                self._is_bad(str(refusal), again=asked and not tries)
            except (OSError, aiohttp.ClientError, TimeoutError):
                lost = gettext("The connection to the host is lost. Trying again; nothing you did is lost.")
                self._is_bad(lost, again=asked and not tries)
            else:
                if self._bad:
                    self._bad = False
                    self.say(gettext("The host is back."))
                return answer
            await asyncio.sleep(_WAITS[min(tries, len(_WAITS) - 1)])
            tries += 1

    @property
    def lost(self) -> bool:
        """Whether the host was out of reach when it was asked last."""
        return self._bad

    def _is_bad(self, sentence: str, *, again: bool) -> None:
        if again or not self._bad:
            self._bad = True
            self.say(sentence)

    async def _once(self, method: str, path: str, data: Any, seconds: float) -> bytes:
        assert self._session is not None
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        timeout = aiohttp.ClientTimeout(total=seconds)
        async with self._session.request(
            method, self.base + path, json=data, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            answer = await response.content.read(LONGEST_ANSWER)
            while not response.content.at_eof() and len(answer) < LONGEST_ANSWER:
                answer += await response.content.read(LONGEST_ANSWER - len(answer))
            if response.status in (200, 201):
                return answer
            raise _refusal(response.status, answer)


def _other_version() -> Refusal:
    return Refusal(200, "version", gettext("The host's answer cannot be understood: it is another version."))


def _refusal(status: int, answer: bytes) -> Refusal:
    try:
        body = json.loads(answer)
        return Refusal(status, str(body["code"]), str(body["error"]), body)
    except _SENSELESS:
        return Refusal(status, "http", gettext("The host answers with {status}.").format(status=status))


def _unanswered(error: BaseException) -> Failure:
    return Failure(gettext("The host did not answer ({why}). Try again.").format(why=_why(error)))


def _why(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return gettext("no answer in time")
    return why_not(getattr(error, "os_error", None) or error)
