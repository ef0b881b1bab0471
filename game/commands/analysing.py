"""`firstvisit analyse`: the coach judges a recorded run."""

from __future__ import annotations

import time
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.words import speaking
from game.computing import pool
from game.runs.recorded import played, retry_command, run_path
from game.text.telling import tell
from game.words.errors import FINE, STOPPED
from game.words.visible import json_text

if TYPE_CHECKING:
    from engine.coach.verdict import Analysis
    from engine.par import Par
    from engine.play import State
    from engine.record import Record
    from engine.view import Cues


def analyse(options: Namespace) -> int:
    """Judge a run, and print or write what there is to say. Raises `Failure` for a run that cannot be judged."""
    from game.practice.habits import habits
    from game.report.coach import as_data, report
    from game.report.output import deliver, must_be_writable, written

    must_be_writable(options.output)
    path = run_path(options.record, over=True)
    record, end = played(path, options)
    found = _judged(path, record, end, options)
    if found is None:
        return STOPPED
    if options.json:
        deliver(json_text(as_data(found)) + "\n", options.output)
        return FINE
    usual = habits(path, options.scenarios, pool.never)
    again = "" if found.costliest is None else retry_command(path, found.costliest.number, *_sought(options))
    with speaking(end.game.scenario.language):
        parts = list(report(found, end, record.header.cues, again, usual))
        deliver(written(parts, f"First Visit: {end.game.scenario.title}", options.output), options.output)
    return FINE


def _sought(options: Namespace) -> list[str]:
    """Where else than usual the scenario was looked for, as it is typed."""
    named = [options.scenario] if options.scenario else []
    return named + (["--scenarios", str(options.scenarios)] if options.scenarios else [])


def _judged(path: Path, record: Record, end: State, options: Namespace) -> Analysis | None:
    """The analysis that was kept, unless more is asked for; else one that is worked out now. None when stopped before
    there was one."""
    from engine.coach.imagining import QUICK
    from game.coach import coaching
    from game.computing.pars import par_of, working_par_out
    from game.text.bar import progress

    begun, budget = time.monotonic(), options.budget or 0
    so_far: list[Par] = []

    def late() -> bool:
        return bool(so_far and options.budget) and 2 * (time.monotonic() - begun) > budget  # the rest is for judging

    coaching.must_be_judged(end)
    found = coaching.kept(path, end, record.header)
    clear = found if found is not None and options.budget is None and coaching.settled(found) else None
    if clear is not None and clear.par is not None:
        return clear
    with working_par_out(end.game) as advance:
        par = par_of(end.game, record.header.seed, late, advance, tell=so_far.append) or so_far[-1]
    if clear is not None:  # par has come since
        clear = clear.measured(par)
        _keep(clear, path, end, record.header.cues)
        return clear

    def enough(imaginings: int) -> bool:
        if options.budget is None:
            return found is not None and coaching.settled(found)
        spent = time.monotonic() - begun
        return imaginings >= QUICK and 2 * spent > budget  # the next analysis takes as long as all before it

    work = coaching.on_processors(end, options.processes or pool.usable_processors())
    most = coaching.MOST if budget else coaching.FINE  # time may be up, or all be told, before the bar is at its end
    try:
        with progress("judging the moves", most, "The coach is at work ...") as advance:
            for each in coaching.judged(end, record.header, work, enough, advance):
                if found is None or each.imaginings >= found.imaginings:
                    found = each.measured(par)
    except KeyboardInterrupt:
        tell("Stopped." if found is None else "Stopped: this is what had been worked out so far.")
    if found is not None:
        _keep(found, path, end, record.header.cues)
    return found


def _keep(found: Analysis, path: Path, end: State, cues: Cues) -> None:
    """Keep an analysis, and tell where that fails."""
    from game.coach import coaching

    notice = coaching.keep(found, path, end, cues)
    if notice:
        tell(notice)
