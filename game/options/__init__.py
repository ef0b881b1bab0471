"""What can be said on the command line: every command, its options, and what carries it out.

Nothing but argparse is imported to read it: `--help` answers within a blink.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from typing import TYPE_CHECKING, NoReturn

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

        super().error(visible(message))


class _Version(argparse.Action):
    """`--version`, which fails as any output does where it cannot be written."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(f"firstvisit {__version__}\n")
        parser.exit(FINE)


def parser() -> argparse.ArgumentParser:
    """Return what understands the command line, with every command and option."""
    parser = _Parser(
        prog="firstvisit",
        description="A flight simulator for sales conversations. Without a command it opens the library of scenarios.",
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
    parser.set_defaults(new=False, retry=None, move=None, run="game.commands.playing:open_library")
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
        added.set_defaults(run=run)
        return added

    playing.add(command)
    authoring.add(command)
    measuring.add(command)
    workshop.add(command)
    return parser
