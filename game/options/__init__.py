"""What can be said on the command line: every command, its options, and what carries it out.

Nothing but argparse is imported to read it: `--help` answers within a blink.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NoReturn

from game import __version__
from game.options import authoring, measuring, playing
from game.options import workshop as workshop
from game.options.shared import add_scenarios, add_way_to_play
from game.words.errors import FINE

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints repeat what was typed only as text, and whose help does not get lost unseen."""

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        (file or sys.stdout).write(self.format_help())  # argparse passes over what goes wrong

    def error(self, message: str) -> NoReturn:
        from game.words.visible import visible

        if unknown := _NO_COMMAND.match(message):
            close = _close(unknown[1], unknown[2])
            hint = f"Did you mean {close}?" if close else "'firstvisit --help' lists them all."
            message = f"There is no command '{unknown[1]}'. {hint}"
        super().error(visible(message))

    def not_known(self, words: Sequence[str]) -> NoReturn:
        """Complain of what is none of the options; as `error` does, with the usage that it is about."""
        close = _close(words[0], self.format_usage()) if words[0].startswith("--") else None
        self.error(f"unrecognized arguments: {' '.join(words)}" + (f". Did you mean {close}?" if close else ""))


_NO_COMMAND: Final = re.compile(r"argument COMMAND: invalid choice: '(.+)' \(choose from (.+)\)", re.DOTALL)


def _close(word: str, told: str) -> str | None:
    """The nearest of the commands or options that are named in a text."""
    from engine.scenario.nearest import nearest

    sort = r"--[a-z][a-z-]*" if word.startswith("--") else r"\b[a-z]+\b"
    return nearest(word, dict.fromkeys(re.findall(sort, told)))


def read(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what is said on the command line. Raises SystemExit where that makes no sense."""
    options, rest = parser().parse_known_args(arguments)
    if rest:
        options.not_known(rest)
    return options


class _Version(argparse.Action):
    """`--version`, which fails as any output does where it cannot be written."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(f"firstvisit {__version__}\n")
        parser.exit(FINE)


def parser() -> argparse.ArgumentParser:
    """Return what understands the command line, with every command and option."""
    parser = _Parser(
        prog="firstvisit",
        description=textwrap.fill(
            "A flight simulator for sales conversations. Without a command it opens the library of scenarios.", 80
        ),
        epilog=(
            "examples:\n"
            "  firstvisit                            choose a scenario and play it\n"
            "  firstvisit play saturday-showroom     play this one\n"
            "  firstvisit COMMAND --help             more about a command, with an example\n\n"
            "exit codes: 0 fine, 1 the thing asked about is wrong, 2 it could not be done\n"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    parser.set_defaults(
        new=False, retry=None, move=None, run="game.commands.playing:open_library", not_known=parser.not_known
    )
    add_way_to_play(parser)
    add_scenarios(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def command(name: str, run: str, summary: str, more: str, example: str) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name,
            help=summary,
            description=textwrap.fill(f"{summary[0].upper()}{summary[1:]}. {more}".strip(), 80),
            epilog=f"example:\n{example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        added.set_defaults(run=run, not_known=added.not_known)
        return added

    playing.add(command)
    authoring.add(command)
    measuring.add(command)
    workshop.add(command)
    return parser
