"""`firstvisit progress`: what came of practice, over all runs played on this machine."""

from __future__ import annotations

import sys
from argparse import Namespace
from functools import partial

from game.home.settings import speaking_theirs
from game.practice import history
from game.report.progress import as_csv, as_data, report
from game.runs.recorded import folder_must_open
from game.text.bar import progress
from game.text.telling import tell
from game.text.wrapping import width
from game.words import signs
from game.words.errors import FINE, NotFound, did_you_mean
from game.words.visible import json_text


def show_progress(options: Namespace) -> int:
    """Print the progress made. Raises `NotFound` for a scenario that was never played, and if no run can be read."""
    waiting = partial(progress, "reading the runs")
    found = history.history(rebuild=options.rebuild, waiting=waiting)
    folder_must_open(found.broken)
    runs, only = found.runs, options.scenario
    if only is not None:
        runs = tuple(past for past in found.runs if past.header.scenario == only)
        if not runs:
            close = did_you_mean(only, (past.header.scenario for past in found.runs))
            raise NotFound(f"No run of a scenario {only!r} was played here.{close}")
    if options.json:
        sys.stdout.write(json_text(as_data(runs, only)) + "\n")
    elif options.csv:
        sys.stdout.write(as_csv(runs))
    else:
        from game.report.document import as_text

        with speaking_theirs(tell):
            lines = list(as_text(report(runs, _draws()), width()))
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    if found.notice:
        tell(found.notice)
    for broken in found.broken:
        tell(f"{broken.path} cannot be read as a run: {broken.why}")
    return FINE


def _draws() -> bool:
    """Whether what reads the output can be taken to show blocks of eight heights."""
    try:
        "▁█".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return signs.has_signs()
