"""What can be said on the command line about competitions. Only argparse is needed to read it."""

from __future__ import annotations

import argparse
import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from game.options.shared import Command, add_json, add_plain, add_processes, add_scenarios, from_one, whole
from game.words.numbers import whole_number

PORT = 8765
MOST_REHEARSED = 500


def add(command: Command) -> None:
    """Add them, in the order in which they are listed."""
    _host(command)
    _join(command)
    _results(command)
    _verify(command)
    _forget(command)


def _host(command: Command) -> None:
    host = command(
        "host",
        "game.commands.hosting:host",
        "host a competition: everybody in the room sells to the same buyers",
        "Players come with a browser, or with 'firstvisit join'. Only this machine can be reached, unless --lan or "
        "--bind say otherwise. Every move is on the disk before it is answered.",
        "  firstvisit host saturday-showroom --lan\n"
        "  firstvisit host spring-contest.yaml --bind 192.168.1.20 --port 9000\n"
        "  firstvisit host --resume\n",
    )
    host.add_argument(
        "event",
        metavar="EVENT",
        nargs="?",
        help="an event file, or a scenario: one round, three buyers; without it, you choose from a list",
    )
    host.add_argument(
        "--resume",
        metavar="EVENT",
        nargs="?",
        const="",
        help="go on with an event that was begun: the newest that is not over, or the one named; at the same address, "
        "unless another is said",
    )
    where = host.add_argument_group("where it can be reached")
    where.add_argument("--lan", action="store_true", help="let others in this network come")
    where.add_argument("--bind", metavar="ADDRESS", help="listen at this address of this machine")
    where.add_argument("--port", metavar="N", type=_port, help=f"listen at this port (default {PORT})")
    where.add_argument("--cert", metavar="FILE", type=Path, help="encrypt with this certificate")
    where.add_argument("--key", metavar="FILE", type=Path, help="and this key, if it is not in the same file")
    where.add_argument(
        "--name",
        metavar="HOST",
        type=_name,
        action="append",
        help="a name or an address (https://...) under which a proxy is asked for it; may be repeated",
    )
    where.add_argument(
        "--without-tls", action="store_true", help="serve at an address of the Internet although nothing encrypts here"
    )
    where.add_argument(
        "--ssh", metavar="PORT", type=_port, help="let players come with nothing but ssh as well, at this port"
    )
    many = host.add_argument_group("beyond one laptop")
    _add_store(many)
    many.add_argument(
        "--worker",
        action="store_true",
        help="serve an event of that database together with its host, behind one proxy; the host makes the boards",
    )
    host.add_argument("--plain", action="store_true", help="as lines of text, without a screen")
    host.add_argument(
        "--rehearse",
        metavar="N",
        type=whole(MOST_REHEARSED, "players"),
        help="let this many computer players join and play for 40 seconds, and say whether this machine can carry them",
    )
    add_json(host)
    add_scenarios(host, again=True)


def _join(command: Command) -> None:
    join = command(
        "join",
        "game.commands.joining:join",
        "join a competition",
        "The seat is kept: after a lost connection, or after leaving, the same command goes on where you were.",
        "  firstvisit join 192.168.1.20:8765 --code K7M2QX --name Ann\n",
    )
    join.add_argument("address", metavar="ADDRESS", help="as the host shows it: 192.168.1.20:8765, or https://...")
    join.add_argument("--code", metavar="CODE", help="the six characters that the host shows")
    join.add_argument("--name", metavar="NAME", default="", help="what you want to be called (default: you are asked)")
    join.add_argument("--team", metavar="NAME", default="", help="your team, if the event has teams")
    join.add_argument("--cert", metavar="FILE", type=Path, help="trust this certificate of the host's")
    join.add_argument("--recover", metavar="CODE", help="take a seat again with a code that the host has given you")
    add_plain(join)


def _results(command: Command) -> None:
    results = command(
        "results",
        "game.commands.results:show_results",
        "write the results of a competition: spreadsheet, tables, every run, and the class debrief",
        "Without EVENT, lists the events that are kept on this machine. People are numbers of seats in the files, and "
        "names.csv says whose they are.",
        "  firstvisit results\n"
        "  firstvisit results 'Spring contest' --output contest\n"
        "  firstvisit results 'Spring contest' --map users.csv --lrs https://lrs.example.org/xapi\n",
    )
    results.add_argument("event", metavar="EVENT", nargs="?", help="its title, its id, or the name of its file")
    results.add_argument("--output", metavar="DIR", type=Path, help="write into this folder (default: EVENT-results)")
    results.add_argument("--names", action="store_true", help="put names into the spreadsheet, too")
    results.add_argument(
        "--agreed",
        metavar="SEAT",
        type=from_one("a seat"),
        action="append",
        help="the player at this seat has said that they may be named if theirs is the strong run; may be repeated. "
        "Whoever said so on their own screen is named without it",
    )
    results.add_argument(
        "--coach", action="store_true", help="let the coach judge the strong run of each round, which takes a while"
    )
    results.add_argument(
        "--map",
        metavar="FILE",
        type=Path,
        help="a CSV file with the columns seat (or name) and user: writes a file that a gradebook imports",
    )
    _add_store(results)
    results.add_argument("--lrs", metavar="URL", help="send statements to this learning record store, or go on with it")
    results.add_argument(
        "--home-page", metavar="URL", help="with --map: let statements name these users, who have accounts there"
    )
    add_processes(results)


def _verify(command: Command) -> None:
    verify = command(
        "verify",
        "game.commands.confirming:verify_event",
        "work an exported competition out again, and say what differs",
        "Every state, score and place, from the log, the secrets and the scenarios that are in it.",
        "  firstvisit verify contest/event.zip\n  firstvisit verify contest/event.zip --seal 3f0c77a1\n",
    )
    verify.add_argument("export", metavar="FILE", type=Path, help="the zip that 'firstvisit results' has written")
    verify.add_argument(
        "--seal", metavar="SEAL", help="what the host's screen showed at the end, or its first 8 digits"
    )
    add_processes(verify)
    add_json(verify)


def _forget(command: Command) -> None:
    forget = command(
        "forget",
        "game.commands.forgetting:forget",
        "delete a competition, or one person in it",
        "With every copy, what was exported, and what waits to be sent.",
        "  firstvisit forget 'Spring contest' --seat 7\n  firstvisit forget 'Spring contest' --all\n",
    )
    forget.add_argument("event", metavar="EVENT", help="its title, its id, or the name of its file")
    _add_store(forget)
    what = forget.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--seat", metavar="N", type=from_one("a seat"), help="delete the person at this seat; what was played stays"
    )
    what.add_argument("--all", action="store_true", help="delete the whole event")


def _add_store(to: argparse._ActionsContainer) -> None:
    to.add_argument(
        "--store",
        metavar="URL",
        type=_database,
        help="events are kept in this database, such as postgresql://user@host/name, not in files",
    )


def _name(text: str) -> str:
    """A name, or the whole of an address: `hall.example`, `fd00::2`, `https://hall.example:8443`."""
    whole = "://" in text
    try:
        found = urlsplit(text if whole else f"//[{text}]" if ":" in text else f"//{text}")
        fits = found.hostname and found.scheme in ("", "http", "https") and found.username is None
        if not fits or found.path.strip("/") or (found.port is not None and not whole):
            raise ValueError
        if ":" in str(found.hostname):
            ipaddress.ip_address(str(found.hostname))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is neither a name nor an address, such as hall.example or https://hall.example:8443"
        ) from None
    return text


def _database(text: str) -> str:
    try:
        fits = text.startswith("postgresql://") and urlsplit(text).port != 0
    except ValueError:
        fits = False
    if not fits:
        raise argparse.ArgumentTypeError("it is not the address of a database, such as postgresql://user@host/name")
    return text


def _port(text: str) -> int:
    if (number := whole_number(text, 0, 65_535)) is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a port: a port is a number from 0 (any that is free) to 65535"
        )
    return number
