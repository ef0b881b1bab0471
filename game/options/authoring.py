"""Commands for who writes scenarios: check, try, review, hand on.

Only argparse is needed to read it.
"""

from __future__ import annotations

from pathlib import Path

from game.options.shared import (
    Command,
    add_json,
    add_output,
    add_processes,
    add_runs,
    add_scenarios,
    runs,
    runs_or_none,
    seconds,
    seed,
    whole,
)
from game.words.terms import SALES, SCHOOLS

MOST_PLAYS = 10_000_000
MOST_BLESSED = 1_000
BALANCE_RUNS = 300
"""The runs of each player in `balance`, unless others are asked for."""
EXPLORE_SECONDS = 1
"""Seconds for which `check` plays a file, unless others are asked for."""
GRAPH_PLAYS = 500
"""The plays in which a graph looks for what is reached, unless others are asked for."""


def add(command: Command) -> None:
    """Add these commands, in the order in which `--help` lists them."""
    _new(command)
    _check(command)
    _preview(command)
    _show(command)
    _balance(command)
    _review(command)
    _graph(command)
    _bless(command)
    _explain(command)
    _migrate(command)
    _schema(command)
    _lsp(command)
    _pack(command)
    _install(command)


def _new(command: Command) -> None:
    new = command(
        "new",
        "game.commands.creating:new",
        "write a scenario to begin with, which plays and balances as it is",
        "From a template for the kind of sale, with comments that say what to change. What no option says is asked "
        "for. Nothing is overwritten unless you say so.",
        "  firstvisit new\n"
        "  firstvisit new lamp.yaml --sale counter --product 'desk lamp' --price 45\n"
        "  firstvisit new --school audition --currency CHF\n",
    )
    new.add_argument("file", metavar="FILE", nargs="?", help="the file to write")
    new.add_argument("--sale", choices=SALES, help="what kind of sale it is")
    new.add_argument("--school", choices=tuple(SCHOOLS), help="the school it is for")
    new.add_argument("--product", metavar="NAME", help="what is sold, as it is called after 'the'")
    new.add_argument("--buyer", metavar="NAME", help="what the buyer is called")
    new.add_argument("--others", metavar="NAMES", help="who decides as well, in a sale with such: with commas")
    new.add_argument("--price", metavar="N", help="what it costs, the number alone")
    new.add_argument("--currency", metavar="CUR", help="three letters, such as EUR")
    new.add_argument("--force", action="store_true", help="replace the file if there is one")


def _check(command: Command) -> None:
    check = command(
        "check",
        "game.commands.checking:check",
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
    check.add_argument(
        "--expert-runs",
        metavar="N",
        type=runs,
        help="with --expect, how many buyers script and expert meet (default 100)",
    )
    check.add_argument(
        "--budget",
        metavar="SECONDS",
        type=seconds,
        help="with --expect, let script and expert stop after so long, and judge by the buyers that both have met; to "
        "look for the script is not cut short",
    )
    much = check.add_mutually_exclusive_group()
    much.add_argument(
        "--explore",
        metavar="SECONDS",
        type=seconds,
        default=EXPLORE_SECONDS,
        help=f"play each file for so long, to find what never comes up (default {EXPLORE_SECONDS})",
    )
    much.add_argument(
        "--plays",
        metavar="N",
        type=whole(MOST_PLAYS, "plays"),
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
    add_json(form)


def _preview(command: Command) -> None:
    preview = command(
        "preview",
        "game.commands.previewing:preview",
        "play a scenario while you write it",
        "The game beside what only its author is told. Whenever the file is saved, the same choices are made again, "
        "and what comes out differently is marked; problems are shown as `check` names them.",
        "  firstvisit preview my-scenario.yaml\n  EDITOR=nano firstvisit preview my-scenario.yaml --seed 5\n",
    )
    preview.add_argument("file", metavar="FILE", type=Path, help="a scenario file")
    preview.add_argument("--seed", metavar="N", type=seed, default=1, help="the buyer and the luck to begin with")


def _show(command: Command) -> None:
    show = command(
        "show",
        "game.commands.showing:show",
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
    show.add_argument("--seed", metavar="N", type=seed, default=1, help="which buyer, with which luck (default 1)")
    show.add_argument("--list-players", action="store_true", help="say who there is and what each does")
    add_json(show)
    add_scenarios(show, again=True)


def _balance(command: Command) -> None:
    balance = command(
        "balance",
        "game.commands.balancing:balance",
        "say how a scenario plays, why, and what one change would do",
        "Computer players of every school and bad habit play it, and what comes of it is read as advice: why nobody "
        "orders or everybody does, who leads and how surely, where buyers are lost. A handful of changes are played, "
        "not guessed at. Ctrl+C stops, and reports what was done.",
        "  firstvisit balance my-scenario.yaml\n"
        "  firstvisit balance my-scenario.yaml --runs 2000 --budget 60\n"
        "  firstvisit balance my-scenario.yaml --output balance.html\n",
    )
    balance.add_argument("scenario", metavar="SCENARIO", help="the id of a scenario, or the path of a scenario file")
    add_runs(balance, BALANCE_RUNS, "runs of each school and bad habit, and again with each change")
    balance.add_argument("--seed", metavar="N", type=seed, default=1, help="the first seed (default 1)")
    balance.add_argument(
        "--expert-runs",
        metavar="N",
        type=runs_or_none,
        default=20,
        help="runs of the expert, who searches, at the end (default 20)",
    )
    balance.add_argument(
        "--script", action="store_true", help="look for the best script, too: takes about a minute of one processor"
    )
    balance.add_argument(
        "--budget",
        metavar="SECONDS",
        type=seconds,
        help="stop after so long, and report what was played until then",
    )
    add_processes(balance)
    add_json(balance)
    add_output(balance, page=True)
    add_scenarios(balance, again=True)


def _review(command: Command) -> None:
    review = command(
        "review",
        "game.commands.reviewing:review",
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
    add_scenarios(review, again=True)


def _graph(command: Command) -> None:
    graph = command(
        "graph",
        "game.commands.graphing:graph",
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
        type=whole(MOST_PLAYS, "plays"),
        default=GRAPH_PLAYS,
        help=f"how often it is played (default {GRAPH_PLAYS})",
    )
    looked.add_argument(
        "--no-explore", dest="plays", action="store_const", const=0, help="only draw what is written, and play nothing"
    )
    add_output(graph)
    add_scenarios(graph, again=True)


def _bless(command: Command) -> None:
    bless = command(
        "bless",
        "game.commands.blessing:bless",
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
    add_runs(bless, 3, "runs of each of them, with consecutive seeds", MOST_BLESSED)
    bless.add_argument("--seed", metavar="N", type=seed, default=1, help="the first seed (default 1)")
    bless.add_argument(
        "--record", metavar="RUN", action="append", default=[], help="keep this run: a file, a run's name, or `last`"
    )
    look = bless.add_mutually_exclusive_group()
    look.add_argument(
        "--check", action="store_true", help="say what comes out differently now; exit code 1 if anything"
    )
    look.add_argument("--accept", action="store_true", help="say it, and keep the runs as they come out now")
    add_json(bless)


def _explain(command: Command) -> None:
    explain = command(
        "explain",
        "game.commands.explaining:explain",
        "explain a problem, a kind of line, a field, an outcome, or a computer player",
        "What it is, why it matters to a trainee, an example that goes wrong, and the same mended. Without a topic it "
        "lists what there is.",
        "  firstvisit explain FV401\n  firstvisit explain kind isolate\n  firstvisit explain field stage\n"
        "  firstvisit explain player expert\n  firstvisit explain yes\n",
    )
    explain.add_argument(
        "topics",
        metavar="TOPIC",
        nargs="*",
        help="codes of problems; or kind, field, outcome or player and its name; or yes: how levels become a chance of "
        "yes; or format: which words of format 1 have other names now",
    )


def _migrate(command: Command) -> None:
    migrate = command(
        "migrate",
        "game.commands.migrating:migrate",
        "rewrite scenario files of format 1 in format 2",
        "Only the words that have other names in format 2 change, and `size` is added where format 1 took it from the "
        "price: comments, order, layout and quotes stay. Each file is the very same scenario afterwards, or it is left "
        "as it is.",
        "  firstvisit migrate my-scenario.yaml\n"
        "  firstvisit migrate my-scenarios/ --check\n"
        "  firstvisit migrate my-scenario.yaml --stdout | diff my-scenario.yaml -\n",
    )
    migrate.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="scenario files, or folders of them")
    where = migrate.add_mutually_exclusive_group()
    where.add_argument("--check", action="store_true", help="change nothing; exit with 1 if a file is in format 1")
    where.add_argument("--stdout", action="store_true", help="print the one file named instead of rewriting it")
    where.add_argument("--output", metavar="FILE", type=Path, help="write the one file named into a new one instead")


def _schema(command: Command) -> None:
    schema = command(
        "schema",
        "game.commands.completing:show_schema",
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


def _lsp(command: Command) -> None:
    command(
        "lsp",
        "game.lsp.serving:serve",
        "tell an editor what is wrong while you type (for editors)",
        "A language server over standard input and output: problems, completion of ids, fields and kinds, what they "
        "mean, where they are, and renaming. The author's guide says how to tell VS Code and Neovim.",
        "  firstvisit lsp\n",
    )


def _pack(command: Command) -> None:
    pack = command(
        "pack",
        "game.commands.installing:pack",
        "put the scenarios of a folder into one file, for others",
        "The folder's pack.yaml says what it is called, its version, its licence and who wrote it.",
        "  firstvisit pack my-scenarios/\n  firstvisit pack my-scenarios/ --output doors.fvpack\n",
    )
    pack.add_argument("folder", metavar="FOLDER", type=Path, help="a folder with scenarios and a pack.yaml")
    pack.add_argument("--output", metavar="FILE", type=Path, help="the file to write (default: the pack's name)")
    pack.add_argument("--force", action="store_true", help="replace the file if there is one")


def _install(command: Command) -> None:
    install = command(
        "install",
        "game.commands.installing:install",
        "install the scenarios that somebody has packed",
        "What is in it is shown first. Nothing in a pack is ever run.",
        "  firstvisit install doors.fvpack\n  firstvisit install --list\n  firstvisit install --remove doors\n",
    )
    install.add_argument("pack", metavar="FILE", nargs="?", type=Path, help="a pack")
    install.add_argument("--list", action="store_true", help="list the packs that are installed")
    install.add_argument("--remove", metavar="NAME", help="remove a pack")
    install.add_argument("--yes", action="store_true", help="without being asked")
    install.add_argument("--json", action="store_true", help="with --list: print JSON")
