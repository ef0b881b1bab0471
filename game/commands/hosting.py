"""The command `host`: begins an event or takes one up again, and serves it until it is told to stop."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import sys
import time
from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engine.words import gettext, speaking
from game.home.files import write_whole
from game.text.telling import tell
from game.words.errors import WRONG, Failure
from game.words.extras import competitions_must_be_installed

if TYPE_CHECKING:
    from game.workshop.hall.writer import Hall
    from game.workshop.kept.events import KeptEvent
    from game.workshop.kept.store import Store
    from game.workshop.web.serving import Place


def host(options: Namespace) -> int:
    """Host an event. Returns the exit code."""
    competitions_must_be_installed(options.store, ssh=options.ssh is not None)
    from game.workshop.kept import returning
    from game.workshop.web import serving

    if options.rehearse is not None:
        return _rehearse(options)
    resumed = _resumed(options)
    if not options.worker:
        purge(options.store, resumed)
    if resumed is not None:
        options = returning.as_before(resumed.path, options)
    place = placed(options)
    listening = serving.bound(place)  # a port that is taken is said before an event begins
    with listening:
        return _hosted(replace(place, port=listening.getsockname()[1]), listening, options, resumed)


def _hosted(place: Place, listening: socket.socket, options: Namespace, resumed: KeptEvent | None) -> int:
    """Begin or take up the event, and serve it on a socket."""
    from engine.scenario import ScenarioErrors
    from game.workshop.hall.memory import lasting
    from game.workshop.log.refused import Refused

    try:
        store, event = _opened(options, resumed)
    except ScenarioErrors as error:
        from game.shelf.loading import print_problems

        print_problems(error.problems, Path(error.problems[0].path))
        raise Failure(f"{error.problems[0].path} cannot be played until this is mended.", WRONG) from None
    except (Refused, ValueError) as error:
        raise Failure(f"The event cannot go on: {error}") from None
    try:
        with lasting():
            return asyncio.run(_serve(store, event, place, listening, options))
    finally:
        store.close()


def _rehearse(options: Namespace) -> int:
    """Rehearse the event that is named, or the showroom."""
    from game.workshop.host.rehearsing import report
    from game.workshop.kept import events

    return report(
        events.prepare(options.event or "saturday-showroom", options.scenarios), options.rehearse, options.json
    )


def purge(address: str | None = None, but: KeptEvent | None = None) -> None:
    """Delete the events whose time has come, here and in a database if one is named, and say so; never the one that is
    to be hosted."""
    from game.workshop.kept import events

    now, spared = time.time_ns() // 1_000_000, but.kept.id if but is not None else None
    for place in dict.fromkeys((None, address)):
        deleted, due = events.purge(now, place, spared)
        for each in deleted:
            tell(f"{each.kept.title} ({each.path.name}) was deleted: its time has come.")
        for each in due:
            tell(
                f"The time of {each.kept.title} ({each.path.name}) to be deleted has come, if it is "
                f"{datetime.fromtimestamp(now / 1000):%Y-%m-%d} today. 'firstvisit host' or 'results' does so a day "
                "after this was said first, and 'firstvisit forget' at once."
            )


def placed(options: Namespace) -> Place:
    """Where the options say that the event is to be served. Raises `Failure`."""
    from game.options.workshop import PORT
    from game.workshop.web.serving import Place, addresses_here, is_public

    address = options.bind or "127.0.0.1"
    if options.lan:
        if options.bind:
            raise Failure("--lan finds the address by itself; --bind names it. Use one of them.")
        here = addresses_here()
        if not here:
            raise Failure("This machine is in no network. Join one, or open a hotspot, and try again.")
        address = here[0]
    try:
        ipaddress.ip_address(address)
    except ValueError:
        raise Failure(f"{address!r} is not an address. Write it like 192.168.1.20, or use --lan.") from None
    if options.key and not options.cert:
        raise Failure("--key goes with a --cert.")
    if is_public(address) and not options.cert and not options.without_tls:
        raise Failure(
            f"{address} is an address of the Internet: anybody could come, and read what is sent. Give a --cert, or "
            "say --without-tls as well if a proxy encrypts before it."
        )
    port = options.port if options.port is not None else PORT
    return Place(address, port, options.cert, options.key)


def _resumed(options: Namespace) -> KeptEvent | None:
    """The event that is taken up again, if one is. Raises `Failure`."""
    from game.workshop.kept import events

    if options.worker and not options.store:
        raise Failure("A --worker shares an event with its host through a database: name it with --store.")
    if options.resume is None or options.worker:
        return None
    if options.event:
        raise Failure("--resume takes up an event that was begun; name it behind --resume, if it is not the newest.")
    return events.find(options.resume or None, options.store)


def _opened(options: Namespace, resumed: KeptEvent | None) -> tuple[Store, str]:
    """The event that is to be hosted, new or taken up again."""
    from game.workshop.kept import events
    from game.workshop.kept.store import Store

    if options.store:
        store = Store(options.store)
        if options.worker:
            return store, events.find_in(store, options.resume or options.event)
        if resumed is not None:
            return store, resumed.kept.id
        store.close()
    if resumed is not None:
        return Store(resumed.path), resumed.kept.id
    event = options.event or (_asked(options.scenarios) if sys.stdin.isatty() and sys.stdout.isatty() else None)
    if not event:
        raise Failure("Name a scenario or an event file, such as: firstvisit host saturday-showroom")
    return events.begin(events.prepare(event, options.scenarios), options.store)


def _asked(folder: Path | None) -> str:
    """The scenario that is to be played, chosen from a list. Raises `Failure` for whoever leaves."""
    from game.plain import choose_scenario
    from game.shelf import library
    from game.shelf.loading import tell_of

    found, unreadable = library.entries(folder)
    tell_of(found, unreadable)
    path = choose_scenario(found, sys.stdin, sys.stdout, first_time=False)
    if path is None:
        raise Failure("No event was begun.")
    return str(path)


async def _serve(store: Store, event: str, place: Place, listening: socket.socket, options: Namespace) -> int:
    from game.workshop.hall.admission import give
    from game.workshop.hall.writer import Hall
    from game.workshop.host.invitation import Invitation
    from game.workshop.host.plain_host import PlainHost
    from game.workshop.kept import returning
    from game.workshop.kept.transaction import Access
    from game.workshop.log.refused import Refused
    from game.workshop.web.api import Api
    from game.workshop.web.serving import names_of, served

    try:
        hall = Hall(store, event, joins_others=options.worker)
    except (Refused, ValueError) as error:
        raise Failure(f"The event cannot go on: {error}") from None
    if options.worker:
        return await _work(hall, place, listening, options)
    async with hall:
        host_token, board_token = await hall.do(give(Access("host"))), await hall.do(give(Access("board")))
        shown = reached(place, options.name or ())
        api = Api(hall, names_of(place, tuple(options.name or ())), shown)
        async with served(api.application(), place, listening), over_ssh(hall, place, options.ssh) as ssh:
            token = token_path(store, event)
            keep_token(token, host_token)
            returning.keep(token, options, place.port)
            invitation = Invitation(shown, hall.standing.code, f"{shown[0]}/board#{board_token}", ssh)
            if options.plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
                return await PlainHost(hall, invitation, api.broadcast.afterwards, token, sys.stdin, sys.stdout).run()
            from game.programs.host import show

            return await show(hall, invitation, api.broadcast.afterwards)


async def _work(hall: Hall, place: Place, listening: socket.socket, options: Namespace) -> int:
    """Serve an event together with others, until told to stop."""
    from game.workshop.host.worker import work
    from game.workshop.web.api import Api
    from game.workshop.web.serving import names_of, served

    shown = reached(place)  # not what the proxy is asked for: this is for whoever sets the proxy up
    api = Api(hall, names_of(place, tuple(options.name or ())), shown, worker=True)
    async with hall, served(api.application(), place, listening), over_ssh(hall, place, options.ssh):
        return await work(hall, shown[0], sys.stdout)


@asynccontextmanager
async def over_ssh(hall: Hall, place: Place, port: int | None) -> AsyncIterator[str]:
    """Let players come over ssh while the block runs, if there is a port for it, and yield what to tell them."""
    if port is None:
        yield ""
        return
    if sys.platform == "win32":
        raise Failure("--ssh needs a system with terminals of its own, such as Linux or macOS.")
    from game.workshop.host.terminals import terminals

    async with terminals(place, port, lambda: hall.room.language) as key:
        command = f"ssh -p {port} {urlsplit(reached(place)[0]).hostname}"
        with speaking(hall.room.language):
            told = gettext("{command}  (its key: {key})").format(command=command, key=key)
        yield told


def reached(place: Place, names: Sequence[str] = ()) -> tuple[str, ...]:
    """What to type into a browser to come to this place, best first."""
    from game.workshop.web.serving import addresses_here, url

    if names:
        return tuple(each.rstrip("/") if "://" in each else url(place, each) for each in names)
    if ipaddress.ip_address(place.address).is_unspecified:
        return tuple(url(place, each) for each in addresses_here()) or (url(place, "127.0.0.1"),)
    return (url(place, place.address),)


def token_path(store: Store, event: str) -> Path:
    """Where the host's token is kept for programs of the same user."""
    from game.workshop.kept.events import place_of

    return place_of(store, event).with_suffix(".token")


def keep_token(path: Path, token: str) -> None:
    """Keep the host's token in a file that nobody else can read, so that it need not be printed."""
    with suppress(OSError):
        write_whole(path, f"{token}\n".encode(), over=True, private=True)
