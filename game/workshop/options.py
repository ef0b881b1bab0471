"""What can be said on the command line about competitions. Only argparse is needed to read it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

PORT = 8765
MOST_REHEARSED = 500

Command = Callable[[str, str, str, str], argparse.ArgumentParser]
"""Adds a command: its name, what it does, more about that, and an example."""


def add_host(command: Command) -> argparse.ArgumentParser:
    """Add the command that hosts an event."""
    host = command(
        "host",
        "host a competition: everybody in the room sells to the same buyers",
        "Players come with a browser, or with 'firstvisit join'. Only this machine can be reached, unless --lan or "
        "--bind say otherwise. Every move is on the disk before it is answered.",
        "  firstvisit host saturday-showroom --lan\n"
        "  firstvisit host spring-contest.yaml --bind 192.168.1.20 --port 9000\n"
        "  firstvisit host --resume\n",
    )
    host.add_argument("event", metavar="EVENT", nargs="?", help="an event file, or a scenario: one round, three buyers")
    host.add_argument(
        "--resume",
        metavar="EVENT",
        nargs="?",
        const="",
        help="go on with an event that was begun: the newest that is not over, or the one named",
    )
    where = host.add_argument_group("where it can be reached")
    where.add_argument("--lan", action="store_true", help="let others in this network come")
    where.add_argument("--bind", metavar="ADDRESS", help="listen at this address of this machine")
    where.add_argument("--port", metavar="N", type=_port, default=PORT, help=f"listen at this port (default {PORT})")
    where.add_argument("--cert", metavar="FILE", type=Path, help="encrypt with this certificate")
    where.add_argument("--key", metavar="FILE", type=Path, help="and this key, if it is not in the same file")
    where.add_argument(
        "--name", metavar="HOST", action="append", help="a name under which a proxy asks for it; may be repeated"
    )
    where.add_argument(
        "--without-tls", action="store_true", help="serve at an address of the Internet although nothing encrypts here"
    )
    host.add_argument("--plain", action="store_true", help="as lines of text, without a screen")
    return host


def add_join(command: Command) -> argparse.ArgumentParser:
    """Add the command that joins an event."""
    join = command(
        "join",
        "join a competition",
        "The seat is kept: after a lost connection, or after leaving, the same command goes on where you were.",
        "  firstvisit join 192.168.1.20:8765 --code K7M2QX --name Ann\n",
    )
    join.add_argument("address", metavar="ADDRESS", help="as the host shows it: 192.168.1.20:8765, or https://...")
    join.add_argument("--code", metavar="CODE", help="the six characters that the host shows")
    join.add_argument("--name", metavar="NAME", default="", help="what you want to be called (default: a drawn name)")
    join.add_argument("--team", metavar="NAME", default="", help="your team, if the event has teams")
    join.add_argument("--recover", metavar="CODE", help="take a seat again with a code that the host has given you")
    join.add_argument(
        "--plain", action="store_true", help="as lines of text; the default when output is not a terminal"
    )
    return join


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 65_535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a port is a number from 1 to 65535")
    return int(text)
