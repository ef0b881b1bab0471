"""The command `join`: takes a seat in an event, or goes back to the one that this machine has there."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from engine.words import gettext, speak
from game.words.errors import Failure
from game.words.extras import competitions_must_be_installed

if TYPE_CHECKING:
    from game.workshop.guest.client import Client, Ticket


def join(options: Namespace) -> int:
    """Take part in an event. Returns the exit code."""
    competitions_must_be_installed()
    from game.text.asking import wants_lines
    from game.workshop.guest.client import base_url

    base = base_url(options.address)
    ticket = asyncio.run(_ticket(base, options))
    if wants_lines(options):
        from game.workshop.guest.plain_guest import PlainGuest

        return PlainGuest(base, ticket, options.cert, sys.stdin, sys.stdout).run()
    from game.programs.guest import play

    return play(base, ticket, options.cert)


async def _ticket(base: str, options: Namespace) -> Ticket:
    """The seat to play at: the one that is kept, one that a code gives back, or a new one. Such a code may also be
    typed where the event's is asked for.

    Raises `Failure`.
    """
    from game.workshop.guest import seats
    from game.workshop.guest.client import Client, Refusal

    async with Client(base, certificate=options.cert) as client:
        event = await client.event()
        speak(str(event["language"]))
        if options.recover:
            ticket = await client.recover(options.recover)
        else:
            kept = seats.kept(event["id"])
            if kept is not None:
                client.token = kept.token
                try:
                    await client.now()
                    return kept
                except Refusal as refusal:
                    if refusal.word != "token":
                        raise
                    client.token = ""
            ticket = await _taken(client, event, options)
        seats.keep(event["id"], ticket)
        return ticket


async def _taken(client: Client, event: Any, options: Namespace) -> Ticket:
    """A seat that is taken now. In a terminal one is asked for what was not said; who mistypes, for just that again."""
    from game.workshop.guest.client import Refusal
    from game.workshop.kept.codes import CODE_LENGTH, read_code

    asking = sys.stdin.isatty()
    questions = {
        "code": gettext("The code that the host shows:"),
        "name": gettext("What do you want to be called? (Enter for a name that is drawn)"),
        "team": _which_team(event["team_names"]),
    }
    title = f"{event['title']}. "
    code = options.code or _asked(f"{title}{questions['code']} ")
    said = {"code": code, "name": options.name, "team": options.team}
    if asking:
        said["code"] = await _right(client, code, questions["code"])
    if asking and len(read_code(said["code"])) <= CODE_LENGTH:
        if not options.name and event["names"] == "free":
            said["name"] = _asked(f"{title if options.code else ''}{questions['name']} ")
        if not options.team and event["teams"]:
            said["team"] = _asked(f"{questions['team']} ")
    while True:
        try:
            if len(read_code(said["code"])) > CODE_LENGTH:
                return await client.recover(said["code"])
            return await client.join(**said)
        except Refusal as refusal:
            if not asking or refusal.word not in questions:
                raise
            said[refusal.word] = _asked(f"{questions[refusal.word]} ", because=str(refusal))


async def _right(client: Client, code: str, question: str) -> str:
    """The event's code, for which one is asked until it is right, or a longer one, which gives a seat back."""
    from game.workshop.guest.client import Refusal
    from game.workshop.kept.codes import CODE_LENGTH, read_code

    while len(read_code(code)) <= CODE_LENGTH:
        try:
            await client.try_code(code)
            break
        except Refusal as refusal:
            if refusal.word != "code":
                raise
            code = _asked(f"{question} ", because=str(refusal))
    return code


def _which_team(teams: list[str]) -> str:
    if not teams:
        return gettext("Your team:")
    return gettext("Your team ({teams}, or another):").format(teams=", ".join(teams))


def _asked(question: str, because: str = "") -> str:
    """What was typed. Raises `Failure` at the end of the input."""
    from game.words.visible import visible

    sys.stdout.write((f"{visible(because)}\n" if because else "") + visible(question))
    sys.stdout.flush()
    try:
        line = sys.stdin.readline(400)
    except OSError:
        line = ""
    if not line:
        raise Failure(gettext("The event's code is needed: --code, with the six characters that the host shows."))
    return line.strip()
