"""An event's API on a socket: who may connect, and for how long somebody may take to say what they want.

Importing this module imports aiohttp.
"""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import logging
import signal
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http import HttpProcessingError

from game.words.errors import Failure, why_not

SLOWEST_HEAD: Final = 10.0
"""Seconds in which a connection's first request must have come as far as its body."""
IDLE: Final = 75.0
"""Seconds that a connection is kept between two requests."""
MOST_CONNECTIONS: Final = 4_000
_END: Final = b"\r\n\r\n"


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether something went wrong here: what is no HTTP is answered so, and is not for the host's terminal."""
    raised = record.exc_info[1] if record.exc_info else None
    return not isinstance(raised, HttpProcessingError | web.RequestPayloadError)


_LOG: Final = logging.getLogger(__name__)
_LOG.addFilter(_is_ours)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event is served."""

    address: str
    """The interface's address; `0.0.0.0` or `::` for all."""
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def scheme(self) -> str:
        return "https" if self.certificate is not None else "http"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can come."""
        return ipaddress.ip_address(self.address).is_loopback


def bound(place: Place) -> socket.socket:
    """A socket that listens at this place. Raises `Failure` with what to do about it."""
    family = socket.AF_INET6 if ":" in place.address else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((place.address, place.port))
        found.listen(1024)
    except OSError as error:
        found.close()
        if error.errno == errno.EADDRINUSE:
            raise Failure(
                f"Port {place.port} is taken, perhaps by another event on this machine. Choose another with --port."
            ) from None
        if error.errno == errno.EADDRNOTAVAIL:
            raise Failure(f"{place.address} is not an address of this machine. --lan finds the right one.") from None
        if error.errno == errno.EACCES:
            raise Failure(f"Port {place.port} cannot be used by you. Choose one above 1023 with --port.") from None
        raise Failure(f"{place.address} port {place.port} cannot be used ({why_not(error)}).") from None
    return found


def addresses_here() -> tuple[str, ...]:
    """The addresses of this machine that others in the room may reach, best first; none without a network."""
    found: list[str] = []
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((far, 9))  # sends nothing: it only chooses the interface
                found.append(probe.getsockname()[0])
            except OSError:
                continue
    with suppress(OSError):
        found += [str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM)]
    kept = [each for each in dict.fromkeys(found) if _reachable(each)]
    return tuple(sorted(kept, key=lambda each: ":" in each))


def _reachable(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    return not (found.is_loopback or found.is_link_local or found.is_unspecified or found.is_multicast)


def is_public(address: str) -> bool:
    """Whether an address is one of the Internet, where anybody may come."""
    return ipaddress.ip_address(address.partition("%")[0]).is_global


def url(place: Place, address: str) -> str:
    """What to type into a browser."""
    name = f"[{address}]" if ":" in address else address
    usual = {"http": 80, "https": 443}[place.scheme]
    return f"{place.scheme}://{name}" + ("" if place.port == usual else f":{place.port}")


def names_of(place: Place, more: tuple[str, ...] = ()) -> frozenset[str]:
    """The names under which requests are taken: the machine's own, and those that the host has named."""
    own = {"localhost", "127.0.0.1", "::1", socket.gethostname().lower(), f"{socket.gethostname().lower()}.local"}
    if not ipaddress.ip_address(place.address).is_unspecified:
        own.add(place.address)
    elif not place.loopback:
        own.update(addresses_here())
    named = (urlsplit(each).hostname or "" if "://" in each else each for each in more)
    return frozenset(own | {each.lower().rstrip(".") for each in named})


def secured(place: Place) -> ssl.SSLContext | None:
    """What encrypts, where there is a certificate. Raises `Failure`."""
    if place.certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(place.certificate, place.key)
    except (OSError, ssl.SSLError) as error:
        reason = why_not(error)
        raise Failure(f"The certificate {str(place.certificate)!r} and its key cannot be used ({reason}).") from None
    return context


class _Punctual(asyncio.Protocol):
    """Stands before a request's protocol until the first head has come, and hangs up if it does not."""

    def __init__(self, inner: asyncio.Protocol, full: bool) -> None:
        self._inner = inner
        self._full = full
        self._end = b""
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if self._full:
            transport.abort()
            return
        self._timer = asyncio.get_running_loop().call_later(SLOWEST_HEAD, transport.abort)
        self._inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if self._full:
            return
        seen = self._end + data
        self._end = seen[-3:]
        if _END in seen and self._transport is not None:
            self._stop()
            self._transport.set_protocol(self._inner)
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def connection_lost(self, error: Exception | None) -> None:
        self._stop()
        if not self._full:
            self._inner.connection_lost(error)

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


@asynccontextmanager
async def served(application: web.Application, place: Place, listening: socket.socket) -> AsyncIterator[int]:
    """Serve an application on a socket while the block runs, and yield the port."""
    runner = web.AppRunner(
        application,
        access_log=None,
        auto_decompress=False,  # no client of ours compresses, and a little could become a lot
        keepalive_timeout=IDLE,
        logger=_LOG,
        shutdown_timeout=1.0,
    )
    context = secured(place)
    await runner.setup()
    inner = runner.server
    assert inner is not None

    def made() -> asyncio.Protocol:
        return _Punctual(inner(), len(inner.connections) >= MOST_CONNECTIONS)

    server = await asyncio.get_running_loop().create_server(made, sock=listening, ssl=context)
    try:
        yield listening.getsockname()[1]
    finally:
        server.close()
        await runner.cleanup()


def told_to_stop(stop: asyncio.Event) -> None:
    """Let Ctrl+C, and the signals with which a system ends a service, end the event's serving in order."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, stop.set)
