"""The commands that list: the scenarios there are, and the runs that were played. Each returns an exit code."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Final

from game.home import run_files
from game.home.settings import speaking_theirs
from game.runs.recorded import every_run
from game.runs.results import played, result_text, title, version
from game.shelf import library
from game.shelf.loading import tell_of
from game.text.telling import tell
from game.text.wrapping import width, wrapped
from game.words.errors import FINE
from game.words.visible import json_text, visible
from game.words.wording import count, school_name

_RECORDED: Final = "Results are as recorded. To work one out again: firstvisit replay RUN --verify"


def list_scenarios(options: Namespace) -> int:
    """Print which scenarios there are for those who speak the player's language, and how far each was played."""
    with speaking_theirs(tell):
        found, unreadable = library.entries(options.scenarios)
    if options.json:
        data = [
            {
                "id": entry.summary.id,
                "title": entry.summary.title,
                "school": entry.summary.school,
                "path": str(entry.path),
                "situation": entry.summary.situation,
                "difficulty": entry.summary.difficulty,
                "best": entry.best,
                "best_retry": entry.retried,
                "best_other_version": entry.other_best,
                "waiting_for_par": [str(run.path) for run in entry.waiting],
                "unfinished": [str(run.path) for run in entry.unfinished],
                "unfinished_other_version": [str(run.path) for run in entry.other_unfinished],
                "same_id": [str(path) for path in entry.twins],
            }
            for entry in found
        ]
        print(json_text(data))
    else:
        _print_list(found)
    tell_of(found, unreadable)
    return FINE


def _print_list(found: Sequence[library.Entry]) -> None:
    for entry in found:
        summary = entry.summary
        facts = [school_name(summary.school), f"difficulty {summary.difficulty} of 3", *played(entry)]
        print(visible(summary.id) + (f"  {visible(str(entry.path))}" if entry.twins else ""))
        text = f"{summary.title} ({', '.join(facts)}). {summary.situation}"
        print("\n".join(wrapped(visible(text), width(), first="    ")))
    if any(entry.scored for entry in found):
        print(_RECORDED)


def list_runs(options: Namespace) -> int:
    """Print the runs of this machine, newest first, and tell which files among them are none. Raises `NotFound`."""
    every = every_run()
    found = [each for each in every if isinstance(each, run_files.Run)]
    first = run_files.first_tries(found)
    if options.json:
        data = [
            {
                "path": str(each.path),
                "scenario": each.header.scenario,
                "digest": each.header.digest,
                "rules": each.header.rules,
                "seed": each.header.seed,
                "finished": each.finished,
                "over": each.over,
                "moves": each.moves,
                "started": each.header.started,
                "cues": each.header.cues,
                "live": each.header.live,
                "first_try": each.path in first,
                "retry_of": each.header.retry_of,
                "results": dict(each.closing.results) if each.closing else None,
                "value": each.closing.value if each.closing else None,
                "conduct": each.closing.conduct if each.closing else None,
                "par": each.closing.par if each.closing else None,
            }
            for each in found
        ]
        print(json_text(data))
    elif not found:
        print("No run has been played yet. Begin one with: firstvisit play first-five-minutes")
    else:
        here, titles = library.digests(found), library.titles()
        for run in found:
            again = "" if run.path in first else "a retry"
            told = ", ".join(text for text in (_told(run, titles), again, version(run, here, titles)) if text)
            for line in wrapped(f"{run.when}  {visible(told)}", width(), rest="    "):
                print(line)
            print(f"    {visible(run.path.name)}")
        if any(run.finished for run in found):
            print(_RECORDED)
    for broken in every:
        if isinstance(broken, run_files.Broken):
            tell(f"{broken.path} cannot be read as a run: {broken.why}")
    return FINE


def _told(run: run_files.Run, titles: Mapping[str, str]) -> str:
    head = run.header
    return f"{title(head, titles)} ({head.scenario}), seed {head.seed}, {count(run.moves, 'move')}: {result_text(run)}"
