"""The command `firstvisit`: what can be said on the command line, and how it ends.

Exit codes: 0 fine; 1 the thing asked about is wrong (problems in a file, a run that does not verify); 2 it could not be
done (no such file, a flag that does not exist); 130 stopped with Ctrl+C.

Only argparse is imported before it is known what is wanted: `--help` answers within a blink.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
import textwrap
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from game import signs
from game.choosing import SKILLS
from game.errors import FINE, NOT_DONE, STOPPED, Failure
from game.wording import CUES, SALES, SCHOOLS

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

MOST_RUNS = 10_000_000
MOST_BLESSED = 1_000
EVIDENCE_RUNS = 2_000
"""The runs of each experiment of the evidence page, unless others are asked for."""
BALANCE_RUNS = 300
"""The runs of each player in `balance`, unless others are asked for."""
EXPLORE_SECONDS = 1
"""Seconds for which `check` plays a file, unless others are asked for."""
GRAPH_PLAYS = 500
"""The plays in which a graph looks for what is reached, unless others are asked for."""
MOST_PROCESSES = 256
MOST_SECONDS = 86_400


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code. Raises SystemExit where argparse has said all there is to say."""
    _open_streams()
    try:
        try:
            code = _run(parser().parse_args(arguments))
        except Failure as failure:
            tell(str(failure))
            code = failure.code
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        code = STOPPED
    except BrokenPipeError:
        code = FINE  # whoever was reading has stopped
    except OSError as error:
        if error.errno not in _NOT_WRITTEN:
            raise
        tell(f"The output cannot be written ({error.strerror}).")
        code = NOT_DONE
    finally:
        for stream in (sys.stdout, sys.stderr):
            _give_up_rest(stream)
    return code


_NOT_WRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.EAGAIN)
"""What becomes of output that somebody has sent to a full disk, a closed terminal, or nowhere."""


def _open_streams() -> None:
    """Make all three streams usable, whatever they were started as; Python leaves None where one is closed.

    Otherwise a file that is opened would take the number of the closed stream, and be printed into. There is nothing to
    read from a closed stdin, what is said on a closed stderr is lost, and writing to a closed stdout fails as it
    should.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if nowhere == number:
                os.set_inheritable(number, True)
            else:
                os.dup2(nowhere, number)
                os.close(nowhere)
            opened = os.fdopen(number, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False)
            setattr(sys, name, opened)
            setattr(sys, f"__{name}__", opened)
    if hasattr(sys.stdin, "reconfigure"):  # not when a test has put something else in its place
        sys.stdin.reconfigure(errors="replace")
    for stream in (sys.stdout, sys.stderr):
        signs.prepare(stream)


def _give_up_rest(stream: TextIO) -> None:
    """Let what cannot be written go nowhere; else Python would complain once more while it ends."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(message: str) -> None:
    """Print a sentence on stderr, if it can be written. Names of files and the like in it can do nothing to the
    terminal."""
    from game.visible import visible

    with suppress(OSError):  # what happened to stdout is said at the end
        sys.stdout.flush()
    with suppress(OSError):
        print(f"firstvisit: {visible(message)}", file=sys.stderr, flush=True)


def _run(options: argparse.Namespace) -> int:
    """Hand the options to their command. Each is imported only here, when it is known to be wanted."""
    if options.command == "check":
        from game.checking import check

        return check(options)
    if options.command == "preview":
        from game.previewing import preview

        return preview(options)
    if options.command == "bless":
        from game.blessing import bless

        return bless(options)
    if options.command == "explain":
        from game.explaining import explain

        return explain(options)
    if options.command == "simulate":
        from game.simulating import simulate_scenarios

        return simulate_scenarios(options)
    if options.command in (None, "play"):
        from game import playing

        return playing.play(options) if options.command else playing.open_library(options)
    if options.command == "new":
        from game.creating import new

        return new(options)
    if options.command == "show":
        from game.showing import show

        return show(options)
    if options.command == "review":
        from game.reviewing import review

        return review(options)
    if options.command == "graph":
        from game.graphing import graph

        return graph(options)
    if options.command == "schema":
        from game.completing import show_schema

        return show_schema(options)
    if options.command in ("pack", "install"):
        from game import installing

        return installing.pack(options) if options.command == "pack" else installing.install(options)
    if options.command == "lsp":
        from game.lsp.serving import serve

        return serve(options)
    if options.command == "balance":
        from game.balancing import balance

        return balance(options)
    if options.command == "evidence":
        from game.evidence import show_evidence

        return show_evidence(options)
    if options.command == "analyse":
        from game.analysing import analyse

        return analyse(options)
    if options.command == "compare":
        from game.comparing import compare

        return compare(options)
    if options.command == "drill":
        from game.drilling import drill

        return drill(options)
    if options.command == "progress":
        from game.progressing import show_progress

        return show_progress(options)
    if options.command == "host":
        from game.workshop.hosting import host

        return host(options)
    if options.command == "join":
        from game.workshop.joining import join

        return join(options)
    if options.command == "results":
        from game.workshop.results import show_results

        return show_results(options)
    if options.command == "verify":
        from game.workshop.confirming import verify_event

        return verify_event(options)
    if options.command == "forget":
        from game.workshop.forgetting import forget

        return forget(options)
    from game import commands

    handlers = {"list": commands.list_scenarios, "runs": commands.list_runs, "replay": commands.replay_run}
    return handlers[options.command](options)


def _seed(text: str) -> int:
    from engine.record import LARGEST_SEED

    if not (text.isascii() and text.isdigit() and len(text) <= 16 and int(text) <= LARGEST_SEED):
        raise argparse.ArgumentTypeError(f"{text!r} is not a seed: a seed is a whole number from 0 to {LARGEST_SEED}")
    return int(text)


def _move(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"{text!r} is not the number of a move: the first is 1")
    return int(text)


def _whole(most: int, what: str) -> Callable[[str], int]:
    """What reads a whole number from 1 to `most` that is `what`."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 16 and 1 <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"{text!r} is not a number of {what} from 1 to {most:,}")
        return int(text)

    return read


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints repeat what was typed only as text, and whose help does not get lost unseen."""

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        (file or sys.stdout).write(self.format_help())  # argparse passes over what goes wrong

    def error(self, message: str) -> NoReturn:
        from game.visible import visible

        super().error(visible(message))


class _Version(argparse.Action):
    """`--version`, which looks the version up only when asked."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"firstvisit {version('first-visit')}")
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
    parser.set_defaults(new=False, retry=None, move=None)
    _add_way_to_play(parser)
    _add_scenarios(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def command(name: str, summary: str, more: str, example: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=summary,
            description=textwrap.fill(f"{summary[0].upper()}{summary[1:]}. {more}".strip(), 80),
            epilog=f"example:\n{example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    listing = command(
        "list",
        "list the scenarios that can be played",
        "With school, difficulty and the best result so far, as a percentage of par.",
        "  firstvisit list\n  firstvisit list --json | jq -r '.[].id'\n",
    )
    _add_json(listing)
    _add_scenarios(listing, again=True)

    play = command(
        "play",
        "play a scenario",
        "An unfinished run of it is offered first.",
        "  firstvisit play saturday-showroom\n"
        "  firstvisit play saturday-showroom --seed 7 --cues expert\n"
        "  firstvisit play ./my-scenario.yaml --plain\n",
    )
    play.add_argument("scenario", metavar="SCENARIO", help="the id of a scenario, or the path of a scenario file")
    _add_way_to_play(play, again=True)
    play.add_argument("--new", action="store_true", help="begin anew, without offering an unfinished run")
    play.add_argument("--retry", metavar="RUN", help="begin a new run like this one, with the same buyer and luck")
    play.add_argument("--move", metavar="N", type=_move, help="with --retry: the move to make differently (default 1)")
    _add_scenarios(play, again=True)

    check = command(
        "check",
        "check scenario files",
        "Every problem is named with its line and column, and how to mend it. An error must be mended before anybody "
        "can play; with a warning the file plays, but probably not as meant; a hint is advice. A comment on the line, "
        "`# check: ignore FV402`, lets a warning or a hint pass. A file without errors is played for a second, to find "
        "what never comes up.",
        "  firstvisit check my-scenario.yaml\n  firstvisit check scenarios/*.yaml --strict --format github\n"
        "  firstvisit check my-scenario.yaml --explore 10\n"
        "  firstvisit check my-scenario.yaml --expect\n",
    )
    check.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a scenario file, or a folder of them")
    check.add_argument(
        "--expect",
        action="store_true",
        help="let the computer players play it, and compare with what its `expect` says; takes some seconds, or "
        "minutes where it says something about the script",
    )
    much = check.add_mutually_exclusive_group()
    much.add_argument(
        "--explore",
        metavar="SECONDS",
        type=_whole(MOST_SECONDS, "seconds"),
        default=EXPLORE_SECONDS,
        help=f"play each file for so long, to find what never comes up (default {EXPLORE_SECONDS})",
    )
    much.add_argument(
        "--plays",
        metavar="N",
        type=_whole(MOST_RUNS, "plays"),
        help="play each file so many times, however long it takes: the same number finds the same on every machine",
    )
    much.add_argument(
        "--no-explore", dest="explore", action="store_const", const=0, help="only read the files, and play nothing"
    )
    check.add_argument("--strict", action="store_true", help="end with 1 if there are warnings, too")
    form = check.add_mutually_exclusive_group()
    form.add_argument(
        "--format",
        choices=("text", "json", "github", "sarif"),
        default="text",
        help="how to say it: for people (default), as JSON, as annotations of GitHub, or as SARIF 2.1.0",
    )
    _add_json(form)

    preview = command(
        "preview",
        "play a scenario while you write it",
        "The game beside what only its author is told. Whenever the file is saved, the same choices are made again, "
        "and what comes out differently is marked; problems are shown as `check` names them.",
        "  firstvisit preview my-scenario.yaml\n  EDITOR=nano firstvisit preview my-scenario.yaml --seed 5\n",
    )
    preview.add_argument("file", metavar="FILE", type=Path, help="a scenario file")
    preview.add_argument("--seed", metavar="N", type=_seed, default=1, help="the buyer and the luck to begin with")

    bless = command(
        "bless",
        "keep runs of a scenario that you have read, and say what comes out differently later",
        "The runs stand as text in FILE.blessed, beside the scenario. --check makes their choices again in the "
        "scenario as it is now, and names the first thing in each that is not as it was.",
        "  firstvisit bless my-scenario.yaml\n"
        "  firstvisit bless my-scenario.yaml --players plan-a,expert --runs 5\n"
        "  firstvisit bless --check my-scenario.yaml\n",
    )
    bless.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a scenario file")
    bless.add_argument(
        "--players",
        metavar="NAMES",
        help="who plays the runs to keep, as in `simulate` (default: its own school, expert, random)",
    )
    bless.add_argument(
        "-n",
        "--runs",
        metavar="N",
        dest="n",
        type=_whole(MOST_BLESSED, "runs"),
        default=3,
        help="runs of each of them, with consecutive seeds (default 3)",
    )
    bless.add_argument("--seed", metavar="N", type=_seed, default=1, help="the first seed (default 1)")
    bless.add_argument(
        "--record", metavar="RUN", action="append", default=[], help="keep this run: a file, a run's name, or `last`"
    )
    look = bless.add_mutually_exclusive_group()
    look.add_argument(
        "--check", action="store_true", help="say what comes out differently now; exit code 1 if anything"
    )
    look.add_argument("--accept", action="store_true", help="say it, and keep the runs as they come out now")
    _add_json(bless)

    explain = command(
        "explain",
        "explain a problem, a kind of line, a field, or a computer player",
        "What it is, why it matters to a trainee, an example that goes wrong, and the same mended. Without a topic it "
        "lists what there is.",
        "  firstvisit explain FV401\n  firstvisit explain kind isolate\n  firstvisit explain field stage\n"
        "  firstvisit explain player expert\n  firstvisit explain yes\n",
    )
    explain.add_argument(
        "topics",
        metavar="TOPIC",
        nargs="*",
        help="codes of problems; or kind, field or player and its name; or yes: how levels become a chance of yes",
    )

    simulate = command(
        "simulate",
        "let computer players play scenarios many times",
        "How it ends, what it earns, which lines are never said, for each player, with 95% intervals. The same "
        "seeds give the same report. Ctrl+C stops, and reports what was done.",
        "  firstvisit simulate saturday-showroom\n"
        "  firstvisit simulate my-scenario.yaml -n 1000 --players schools,random\n"
        "  firstvisit simulate my-scenario.yaml --players all --expert-runs 40 --json --output report.json\n",
    )
    simulate.add_argument(
        "names", metavar="SCENARIO", nargs="+", help="the id of a scenario, or the path of a scenario file"
    )
    simulate.add_argument(
        "-n",
        "--runs",
        metavar="N",
        dest="n",
        type=_whole(MOST_RUNS, "runs"),
        default=10_000,
        help="runs of each player, with consecutive seeds (default 10,000)",
    )
    simulate.add_argument("--seed", metavar="N", type=_seed, default=1, help="the first seed (default 1)")
    simulate.add_argument(
        "--players",
        metavar="NAMES",
        default="quick",
        help="names separated by commas, or schools, foils, quick (default: everybody but the script, which has to "
        "be found first, and the expert, which searches and can take seconds over a run), all",
    )
    simulate.add_argument(
        "--expert-runs",
        metavar="N",
        type=_whole(MOST_RUNS, "runs"),
        default=100,
        help="runs of the expert, instead of -n (default 100)",
    )
    _add_processes(simulate)
    shape = simulate.add_mutually_exclusive_group()
    _add_json(shape)
    shape.add_argument("--csv", action="store_true", help="print a row for each scenario and player, for spreadsheets")
    simulate.add_argument(
        "--output", metavar="FILE", type=Path, help="write the report to this file, whole or not at all"
    )
    _add_scenarios(simulate, again=True)

    new = command(
        "new",
        "write a scenario to begin with, which plays and balances as it is",
        "From a template for the kind of sale, with comments that say what to change. What no option says is asked "
        "for. Nothing is overwritten unless you say so.",
        "  firstvisit new\n"
        "  firstvisit new lamp.yaml --sale counter --product 'desk lamp' --price 45\n"
        "  firstvisit new --school audition --currency CHF\n",
    )
    new.add_argument("file", metavar="FILE", nargs="?", type=Path, help="the file to write")
    new.add_argument("--sale", choices=SALES, help="what kind of sale it is")
    new.add_argument("--school", choices=tuple(SCHOOLS), help="the school it is for")
    new.add_argument("--product", metavar="NAME", help="what is sold, as it is called in a sentence")
    new.add_argument("--buyer", metavar="NAME", help="what the buyer is called")
    new.add_argument("--price", metavar="N", help="what it costs, the number alone")
    new.add_argument("--currency", metavar="CUR", help="three letters, such as EUR")
    new.add_argument("--force", action="store_true", help="replace the file if there is one")

    show = command(
        "show",
        "let a computer player meet one buyer, and print what was said",
        "The run as a transcript with its debrief, to read what the players of `simulate` do. The same player and seed "
        "always do the same; `play --seed` meets the same buyer.",
        "  firstvisit show my-scenario.yaml\n"
        "  firstvisit show my-scenario.yaml --player expert --seed 5\n"
        "  firstvisit show --list-players\n",
    )
    show.add_argument(
        "scenario", metavar="SCENARIO", nargs="?", help="the id of a scenario, or the path of a scenario file"
    )
    show.add_argument(
        "--player", metavar="NAME", help="who plays (default: the school that the scenario is for, else the expert)"
    )
    show.add_argument("--seed", metavar="N", type=_seed, default=1, help="which buyer, with which luck (default 1)")
    show.add_argument("--list-players", action="store_true", help="say who there is and what each does")
    _add_json(show)
    _add_scenarios(show, again=True)

    review = command(
        "review",
        "write a scenario as a page for a colleague, or read their changed sentences back",
        "Every sentence in plain words, with who says it, when, and what it does; a stage a page, to print. Sentences "
        "can be changed in the page, and nothing else of the file changes with them.",
        "  firstvisit review my-scenario.yaml --output review.html\n"
        "  firstvisit review my-scenario.yaml --apply my-scenario-changes.json\n",
    )
    review.add_argument("scenario", metavar="SCENARIO", help="the id of a scenario, or the path of a scenario file")
    review.add_argument(
        "--output", metavar="FILE", type=Path, help="write the page to this file (default: its name with -review.html)"
    )
    review.add_argument(
        "--apply",
        metavar="FILE",
        type=Path,
        help="put the sentences changed there into the scenario: what the page has saved, or the page saved as it is",
    )
    review.add_argument("--yes", action="store_true", help="with --apply: without asking")
    _add_scenarios(review, again=True)

    graph = command(
        "graph",
        "draw a scenario: its stages, lines and endings, with what is never reached",
        "As text, as Mermaid for a wiki, or as a picture. It is played first, so that what never comes up can be "
        "marked; the same number of plays marks the same.",
        "  firstvisit graph my-scenario.yaml\n"
        "  firstvisit graph my-scenario.yaml --output graph.svg\n"
        "  firstvisit graph my-scenario.yaml --format mermaid --plays 2000\n",
    )
    graph.add_argument("scenario", metavar="SCENARIO", help="the id of a scenario, or the path of a scenario file")
    graph.add_argument(
        "--format",
        choices=("text", "mermaid", "svg"),
        help="how (default: by the name of --output, .svg or .mmd; else text)",
    )
    looked = graph.add_mutually_exclusive_group()
    looked.add_argument(
        "--plays",
        metavar="N",
        type=_whole(MOST_RUNS, "plays"),
        default=GRAPH_PLAYS,
        help=f"how often it is played (default {GRAPH_PLAYS})",
    )
    looked.add_argument(
        "--no-explore", dest="plays", action="store_const", const=0, help="only draw what is written, and play nothing"
    )
    graph.add_argument("--output", metavar="FILE", type=Path, help="write it to this file, whole or not at all")
    _add_scenarios(graph, again=True)

    schema = command(
        "schema",
        "print the JSON Schema of scenarios, or tell an editor where it is",
        "With it, editors complete fields and underline mistakes while you type.",
        "  firstvisit schema --install my-scenario.yaml\n"
        "  firstvisit schema --install my-scenarios/\n"
        "  firstvisit schema --path\n",
    )
    which = schema.add_mutually_exclusive_group()
    which.add_argument("--path", action="store_true", help="print where it lies")
    which.add_argument(
        "--install",
        metavar="FILE",
        type=Path,
        help="write its path into the first line of a scenario file, for any editor; for a folder, into the settings "
        "that VS Code keeps there. All else stays as it is",
    )

    pack = command(
        "pack",
        "put the scenarios of a folder into one file, for others",
        "The folder's pack.yaml says what it is called, its version, its licence and who wrote it.",
        "  firstvisit pack my-scenarios/\n  firstvisit pack my-scenarios/ --output doors.fvpack\n",
    )
    pack.add_argument("folder", metavar="FOLDER", type=Path, help="a folder with scenarios and a pack.yaml")
    pack.add_argument("--output", metavar="FILE", type=Path, help="the file to write (default: the pack's name)")
    pack.add_argument("--force", action="store_true", help="replace the file if there is one")

    install = command(
        "install",
        "install the scenarios that somebody has packed",
        "What is in it is shown first. Nothing in a pack is ever run.",
        "  firstvisit install doors.fvpack\n  firstvisit install --list\n  firstvisit install --remove doors\n",
    )
    install.add_argument("pack", metavar="FILE", nargs="?", type=Path, help="a pack")
    install.add_argument("--list", action="store_true", help="list the packs that are installed")
    install.add_argument("--remove", metavar="NAME", help="remove a pack")
    install.add_argument("--yes", action="store_true", help="without being asked")
    install.add_argument("--json", action="store_true", help="with --list: print JSON")

    command(
        "lsp",
        "tell an editor what is wrong while you type (for editors)",
        "A language server over standard input and output: problems, completion of ids, fields and kinds, what they "
        "mean, where they are, and renaming. The author's guide says how to tell VS Code and Neovim.",
        "  firstvisit lsp\n",
    )

    balance = command(
        "balance",
        "say how a scenario plays, why, and what one change would do",
        "Computer players of every school and habit play it, and what comes of it is read as advice: why nobody orders "
        "or everybody does, who leads and how surely, where buyers are lost. A handful of changes are played, not "
        "guessed at. Ctrl+C stops, and reports what was done.",
        "  firstvisit balance my-scenario.yaml\n"
        "  firstvisit balance my-scenario.yaml --runs 2000 --budget 60\n"
        "  firstvisit balance my-scenario.yaml --output balance.html\n",
    )
    balance.add_argument("name", metavar="SCENARIO", help="the id of a scenario, or the path of a scenario file")
    balance.add_argument(
        "-n",
        "--runs",
        metavar="N",
        dest="n",
        type=_whole(MOST_RUNS, "runs"),
        default=BALANCE_RUNS,
        help=f"runs of each school and habit, and again with each change (default {BALANCE_RUNS})",
    )
    balance.add_argument("--seed", metavar="N", type=_seed, default=1, help="the first seed (default 1)")
    balance.add_argument(
        "--expert-runs",
        metavar="N",
        type=_whole(MOST_RUNS, "runs"),
        default=20,
        help="runs of the expert, who searches, at the end (default 20)",
    )
    balance.add_argument(
        "--script", action="store_true", help="look for the best script, too: takes about a minute of one processor"
    )
    balance.add_argument(
        "--budget",
        metavar="SECONDS",
        type=_whole(MOST_SECONDS, "seconds"),
        help="stop after so long, and report what was played until then",
    )
    _add_processes(balance)
    _add_json(balance)
    balance.add_argument(
        "--output", metavar="FILE", type=Path, help="write it to this file, whole or not at all; as a page if .html"
    )
    _add_scenarios(balance, again=True)

    evidence = command(
        "evidence",
        "show published figures beside simulated ones, and try the schools' claims",
        "Every figure with its source, every school in every scenario, the scenarios beside their trades, 22 claims as "
        "experiments. The whole page takes some minutes. The same question always gets the same answer.",
        "  firstvisit evidence --output evidence.txt\n"
        "  firstvisit evidence 0.3 switch.decay myth.five_followups\n"
        "  firstvisit evidence schools --runs 500 --json\n",
    )
    evidence.add_argument(
        "ids",
        metavar="ID",
        nargs="*",
        help="a published figure, a claim (0.1 to 4.4), a switch, `schools`, `kinds-of-sale` or `trades`; or all",
    )
    evidence.add_argument(
        "-n",
        "--runs",
        metavar="N",
        type=_whole(MOST_RUNS, "runs"),
        default=EVIDENCE_RUNS,
        help=f"runs of each experiment (default {EVIDENCE_RUNS:,})",
    )
    _add_processes(evidence)
    form = evidence.add_mutually_exclusive_group()
    _add_json(form)
    form.add_argument("--markdown", action="store_true", help="print it as Markdown")
    evidence.add_argument("--output", metavar="FILE", type=Path, help="write it to this file, whole or not at all")

    runs = command(
        "runs",
        "list the runs played on this machine",
        "Newest first, finished or not.",
        "  firstvisit runs\n  firstvisit runs --json\n",
    )
    _add_json(runs)

    progress = command(
        "progress",
        "show what your practice comes to",
        "Both headlines, result, conduct, accuracy and the skills over all runs played on this machine, each with its "
        "interval and its trend. First tries count; retries are practice, and stand apart.",
        "  firstvisit progress\n  firstvisit progress --scenario saturday-showroom\n"
        "  firstvisit progress --csv > runs.csv\n",
    )
    progress.add_argument("--scenario", metavar="ID", help="look at the runs of this scenario only")
    progress.add_argument(
        "--rebuild", action="store_true", help="put the history together anew from the run files; nothing is lost"
    )
    shape = progress.add_mutually_exclusive_group()
    _add_json(shape)
    shape.add_argument("--csv", action="store_true", help="print a row for each finished run, for spreadsheets")

    replay = command(
        "replay",
        "print a recorded run with its debrief, as it was",
        "Even if the scenario or the rules have changed since, from what was kept beside it.",
        "  firstvisit replay last\n"
        "  firstvisit replay 20260307-094112-517-saturday-showroom.run --verify\n"
        "  firstvisit replay colleague.run --scenario their-scenario.yaml\n",
    )
    replay.add_argument("record", metavar="RUN", help="a file, the name of a run as `runs` lists it, or `last`")
    replay.add_argument("--verify", action="store_true", help="compare moves, states and score, and say what differs")
    replay.add_argument(
        "--scenario", metavar="FILE", help="the scenario it was played with, if it is in none of the folders"
    )
    _add_json(replay)
    _add_scenarios(replay, again=True)

    analyse = command(
        "analyse",
        "judge the moves of a finished run: what each was worth, and what would have been worth more",
        "Skill apart from luck, as far as could be known at the time. Takes some seconds, and is kept beside the run.",
        "  firstvisit analyse last\n"
        "  firstvisit analyse last --budget 30\n"
        "  firstvisit analyse last --output report.html\n",
    )
    analyse.add_argument("record", metavar="RUN", help="a file, the name of a run as `runs` lists it, or `last`")
    analyse.add_argument(
        "--budget",
        metavar="SECONDS",
        type=_whole(MOST_SECONDS, "seconds"),
        help="go on for about this long; longer is more accurate (default: as long as the quick setting takes)",
    )
    analyse.add_argument("--scenario", metavar="FILE", help="the scenario it was played with, if it is in no folder")
    _add_processes(analyse)
    _add_json(analyse)
    analyse.add_argument(
        "--output", metavar="FILE", type=Path, help="write it to this file, whole or not at all; as a page if .html"
    )
    _add_scenarios(analyse, again=True)

    compare = command(
        "compare",
        "lay a finished run beside another one with the same buyer",
        "From the move where they part: what was done, how both ended, what changed. The other run is one of your "
        "own, somebody else's record, or what the expert or a school does with this very buyer. Without --against "
        "it lists them, with their results.",
        "  firstvisit compare last\n"
        "  firstvisit compare last --against expert\n"
        "  firstvisit compare last --against colleague.run --output beside.html\n",
    )
    compare.add_argument("record", metavar="RUN", help="a file, the name of a run as `runs` lists it, or `last`")
    compare.add_argument(
        "--against",
        metavar="WHO",
        help=f"a run, as a file or by its name, or one of {', '.join((*SCHOOLS, 'expert'))}",
    )
    compare.add_argument("--scenario", metavar="FILE", help="the scenario it was played with, if it is in no folder")
    compare.add_argument(
        "--plain", action="store_true", help="as lines of text; the default when output is not a terminal"
    )
    _add_json(compare)
    compare.add_argument(
        "--output", metavar="FILE", type=Path, help="write it to this file, whole or not at all; as a page if .html"
    )
    _add_scenarios(compare, again=True)

    drill = command(
        "drill",
        "practise single decisions, at growing intervals",
        "Your own mistakes, as the coach found them, and positions that come with the program. A dozen a day at most.",
        "  firstvisit drill\n  firstvisit drill --school plan-a\n  firstvisit drill --skill decide\n"
        "  firstvisit drill --mistakes\n",
    )
    drill.add_argument("--school", choices=tuple(SCHOOLS), help="only positions from this school's scenarios")
    drill.add_argument("--skill", choices=SKILLS, help="only positions in which this is what counts")
    drill.add_argument(
        "--mistakes",
        action="store_true",
        help="only your own mistakes, from all runs, the costliest first, however many you have done today",
    )
    drill.add_argument(
        "--plain", action="store_true", help="as lines of text; the default when output is not a terminal"
    )
    _add_json(drill)
    _add_scenarios(drill, again=True)

    from game.workshop import options as workshop

    host = workshop.add_host(command)
    _add_json(host)
    _add_scenarios(host, again=True)
    workshop.add_join(command)
    _add_processes(workshop.add_results(command))
    verify = workshop.add_verify(command)
    _add_processes(verify)
    _add_json(verify)
    workshop.add_forget(command)
    return parser


def _add_way_to_play(parser: argparse.ArgumentParser, again: bool = False) -> None:
    """Add the options of playing; `again` for those that may also come before the command."""
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
    parser.add_argument("--seed", metavar="N", type=_seed, default=default, help="the same buyer and luck every time")
    parser.add_argument(
        "--plain",
        action="store_true",
        default=argparse.SUPPRESS if again else False,
        help="play as lines of text, without a screen; the default when output is not a terminal",
    )


def _add_scenarios(parser: argparse.ArgumentParser, again: bool = False) -> None:
    parser.add_argument(
        "--scenarios",
        metavar="DIR",
        type=Path,
        default=argparse.SUPPRESS if again else None,
        help="look for scenarios in this folder, or this pack, too",
    )


def _add_processes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--processes",
        metavar="N",
        type=_whole(MOST_PROCESSES, "processes"),
        help="processes to share the work (default: one per processor)",
    )


def _add_json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON for scripts")
