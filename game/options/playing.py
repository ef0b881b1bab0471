"""Commands for who plays: play, look back, practise.

Only argparse is needed to read it.
"""

from __future__ import annotations

import argparse

from game.options.shared import (
    Command,
    add_json,
    add_output,
    add_plain,
    add_processes,
    add_scenarios,
    add_way_to_play,
    from_one,
    seconds,
)
from game.words.terms import SCHOOLS, SKILLS


def add(command: Command) -> None:
    """Add these commands, in the order in which `--help` lists them."""
    _listing(command)
    _play(command)
    _runs(command)
    _progress(command)
    _replay(command)
    _analyse(command)
    _compare(command)
    _drill(command)


def _listing(command: Command) -> None:
    listing = command(
        "list",
        "game.commands.listing:list_scenarios",
        "list the scenarios that can be played",
        "With school, difficulty and the best result so far, as a percentage of par.",
        "  firstvisit list\n  firstvisit list --json | jq -r '.[].id'\n",
    )
    add_json(listing)
    add_scenarios(listing, again=True)


def _play(command: Command) -> None:
    play = command(
        "play",
        "game.commands.playing:play",
        "play a scenario",
        "An unfinished run of it is offered first.",
        "  firstvisit play saturday-showroom\n"
        "  firstvisit play saturday-showroom --seed 7 --cues expert\n"
        "  firstvisit play ./my-scenario.yaml --plain\n"
        "  firstvisit play --retry last --move 3\n",
    )
    play.add_argument(
        "scenario",
        metavar="SCENARIO",
        nargs="?",
        help="the id of a scenario, or the path of a scenario file; with --retry, that of the run if it is left out",
    )
    add_way_to_play(play, again=True)
    play.add_argument("--new", action="store_true", help="begin anew, without offering an unfinished run")
    play.add_argument("--retry", metavar="RUN", help="begin a new run like this one, with the same buyer and luck")
    play.add_argument(
        "--move",
        metavar="N",
        type=from_one("the number of a move"),
        help="with --retry: the move to make differently (default 1)",
    )
    add_scenarios(play, again=True)


def _runs(command: Command) -> None:
    runs = command(
        "runs",
        "game.commands.listing:list_runs",
        "list the runs played on this machine",
        "Newest first, finished or not.",
        "  firstvisit runs\n  firstvisit runs --json\n",
    )
    add_json(runs)


def _progress(command: Command) -> None:
    progress = command(
        "progress",
        "game.commands.progressing:show_progress",
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
    add_json(shape)
    shape.add_argument("--csv", action="store_true", help="print a row for each finished run, for spreadsheets")


def _replay(command: Command) -> None:
    replay = command(
        "replay",
        "game.commands.replaying:replay_run",
        "print a recorded run with its debrief, as it was",
        "Even if the scenario or the rules have changed since, from what was kept beside it.",
        "  firstvisit replay last\n"
        "  firstvisit replay 20260307-094112-517-saturday-showroom.run --verify\n"
        "  firstvisit replay colleague.run --scenario their-scenario.yaml\n",
    )
    _add_record(replay)
    replay.add_argument("--verify", action="store_true", help="compare moves, states and score, and say what differs")
    add_json(replay)
    add_scenarios(replay, again=True)


def _analyse(command: Command) -> None:
    analyse = command(
        "analyse",
        "game.commands.analysing:analyse",
        "judge the moves of a finished run: what each was worth, and what would have been worth more",
        "Skill apart from luck, as far as could be known at the time. Takes some seconds, or minutes where the par of "
        "the run is not known yet; --budget ends that sooner. What is found is kept beside the run.",
        "  firstvisit analyse last\n"
        "  firstvisit analyse last --budget 30\n"
        "  firstvisit analyse last --output report.html\n",
    )
    _add_record(analyse)
    analyse.add_argument(
        "--budget",
        metavar="SECONDS",
        type=seconds,
        help="go on for about this long, and at least for the few seconds before which nothing can be told; longer is "
        "more accurate (default: until what each move cost is clear, or as clear as it soon gets)",
    )
    add_processes(analyse)
    add_json(analyse)
    add_output(analyse, page=True)
    add_scenarios(analyse, again=True)


def _compare(command: Command) -> None:
    compare = command(
        "compare",
        "game.commands.comparing:compare",
        "lay a finished run beside another one with the same buyer",
        "From the move where they part: what was done, how both ended, what changed. The other run is one of your "
        "own, somebody else's record, or what the expert or a school does with this very buyer. Without --against "
        "it lists them, with their results.",
        "  firstvisit compare last\n"
        "  firstvisit compare last --against expert\n"
        "  firstvisit compare last --against colleague.run --output beside.html\n",
    )
    _add_record(compare)
    compare.add_argument(
        "--against",
        metavar="WHO",
        help=f"a run, as a file or by its name, or one of {', '.join((*SCHOOLS, 'expert'))}",
    )
    add_plain(compare)
    add_json(compare)
    add_output(compare, page=True)
    add_scenarios(compare, again=True)


def _drill(command: Command) -> None:
    drill = command(
        "drill",
        "game.commands.drilling:drill",
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
    add_plain(drill)
    add_json(drill)
    add_scenarios(drill, again=True)


def _add_record(parser: argparse.ArgumentParser) -> None:
    """Add which run it is about, and where its scenario is."""
    parser.add_argument("record", metavar="RUN", help="a file, the name of a run as `runs` lists it, or `last`")
    parser.add_argument(
        "--scenario", metavar="FILE", help="the scenario it was played with, if it is in none of the folders"
    )
