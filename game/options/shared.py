"""What several commands share: how a number is read, and the options that they have in common."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from game.words.numbers import whole_number
from game.words.terms import CUES

MOST_PROCESSES = 256
_MOST_NAMED = 999_999
"""What is named by its number has none above this."""


class Command(Protocol):
    """Adds a command: its name, what carries it out (`module:function`), what it does, more about that, an example."""

    def __call__(self, name: str, run: str, summary: str, more: str, example: str) -> argparse.ArgumentParser: ...


def seed(text: str) -> int:
    """A seed as it was typed. Raises what argparse makes a sentence of."""
    from engine.record import LARGEST_SEED

    if (number := whole_number(text, 0, LARGEST_SEED)) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a seed: a seed is a whole number from 0 to {LARGEST_SEED}")
    return number


def whole(most: int, what: str, least: int = 1) -> Callable[[str], int]:
    """What reads a whole number from `least` to `most` that is `what`."""

    def read(text: str) -> int:
        if (number := whole_number(text, least, most)) is None:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number of {what} from {least} to {most:,}")
        return number

    return read


def from_one(what: str) -> Callable[[str], int]:
    """What reads a number by which somebody names one of several."""

    def read(text: str) -> int:
        if (number := whole_number(text, 1, _MOST_NAMED)) is None:
            raise argparse.ArgumentTypeError(f"{text!r} is not {what}: the first is 1")
        return number

    return read


seconds = whole(86_400, "seconds")
_MOST_RUNS = 10_000_000
runs = whole(_MOST_RUNS, "runs")
runs_or_none = whole(_MOST_RUNS, "runs", least=0)


def add_way_to_play(parser: argparse.ArgumentParser, again: bool = False) -> None:
    """Add `--cues`, `--live`, `--seed` and `--plain`.

    They may stand before the command as well. There they are added first, and then to the command with `again`, so that
    what was said before it is not lost.
    """
    default = argparse.SUPPRESS if again else None
    parser.add_argument(
        "--cues",
        choices=tuple(CUES),
        default=default,
        help="how much of the buyer shows: meters too, manner too, or words only",
    )
    parser.add_argument(
        "--live",
        action=argparse.BooleanOptionalAction,
        default=default,
        help="whether thinking costs the buyer's patience",
    )
    parser.add_argument("--seed", metavar="N", type=seed, default=default, help="the same buyer and luck every time")
    parser.add_argument(
        "--plain",
        action="store_true",
        default=argparse.SUPPRESS if again else False,
        help="play as lines of text, without a screen; the default when output is not a terminal",
    )


def add_scenarios(parser: argparse.ArgumentParser, again: bool = False) -> None:
    """Add `--scenarios`; `again` as in `add_way_to_play`."""
    parser.add_argument(
        "--scenarios",
        metavar="DIR",
        type=Path,
        default=argparse.SUPPRESS if again else None,
        help="look for scenarios in this folder, or this pack, too",
    )


def add_processes(parser: argparse.ArgumentParser) -> None:
    """Add `--processes`."""
    parser.add_argument(
        "--processes",
        metavar="N",
        type=whole(MOST_PROCESSES, "processes"),
        help="processes to share the work (default: one per processor)",
    )


def add_plain(parser: argparse.ArgumentParser) -> None:
    """Add `--plain`."""
    parser.add_argument(
        "--plain", action="store_true", help="as lines of text; the default when output is not a terminal"
    )


def add_runs(parser: argparse.ArgumentParser, default: int, about: str, most: int = _MOST_RUNS) -> None:
    """Add `--runs`: how many, and of what."""
    told = f"{about} (default {default:,})"
    parser.add_argument("-n", "--runs", metavar="N", type=whole(most, "runs"), default=default, help=told)


def add_output(parser: argparse.ArgumentParser, page: bool = False) -> None:
    """Add `--output`; `page` says that the report can be a page of HTML, too."""
    as_page = "; as a page if .html" if page else ""
    parser.add_argument(
        "--output", metavar="FILE", type=Path, help=f"write it to this file, whole or not at all{as_page}"
    )


def add_json(parser: argparse._ActionsContainer) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print JSON for scripts")
