"""How soon the coach has judged a run that was played in the real program, at a person's pace: printed, not asserted.

    python tests/benchmarks/at_once.py [SECONDS_A_MOVE [SCENARIO ...]]

A computer player, who now and then does what comes to mind, plays one run of each scenario on screens that nobody sees;
the debrief is opened as soon as the run is over. Printed are the seconds from the last move until par is known, until
there are judgements, and until those of the quick setting are there, with the finest of the next
seconds; from pressing c until the coach's page is painted with judgements; the processor time of the processes beside
the game; the standard errors of what the moves lost, in points; and how long the same takes when the run is opened
again with no judgements kept of it, at once and after the cursor has rested on it in the list of runs. Aims: 0.1 s for
the page, 1 s for par and for the quick setting, 3 points.
"""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, cast

import scenarios
from engine.coach.imagining import QUICK
from engine.doctrines import DOCTRINES
from engine.scenario import read_scenario
from game.coach import coaching
from game.home import profile, run_files
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.coach import CoachScreen
from game.screens.debrief import DebriefScreen
from game.screens.run import RunScreen
from game.widgets.choices import Choices
from tests.engine.watching import chosen
from tests.game.screens.moves import settle

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from engine.coach.verdict import Analysis

SEED = 21
ONE_CALL = ("first-five-minutes", "roof-before-the-rain", "pricing-form", "saturday-showroom")
WHIMS = 8
"""One move in so many is any that could be made."""
READ = 3.0
"""Seconds for which the debrief is read before the coach is asked."""
RESTED = 5.0
"""Seconds for which the cursor rests on a run in the list before it is opened."""


async def main(pace: float, names: list[str]) -> None:
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    for name in names or ONE_CALL:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            os.environ["FIRSTVISIT_HOME"] = home
            (Path(home) / "settings.json").write_text('{"tutorial_seen": true}')
            path = Path(scenarios.__path__[0]) / f"{name}.yaml"
            session = Session.start(
                read_scenario(path.read_bytes(), path.name), path, SEED, "novice", False, profile.runs_dir()
            )
            print(f"{name}, {pace:g} s a move", flush=True)
            app = FirstVisit(session=session)
            async with app.run_test(size=(120, 60)) as pilot:
                _load_for_good()
                par = asyncio.create_task(_par_known(session))
                over = await played(pilot, session, pace)
                await judged(pilot, "played")
                print(f"  par known {await par - over:+.2f} s from the end", flush=True)
            session.close()
            record = session.record_path
            assert record is not None
            coaching.path_of(record).unlink(missing_ok=True)
            app = FirstVisit(first=lambda app: app.open_run(next(run_files.runs())))
            async with app.run_test(size=(120, 60)) as pilot:
                _load_for_good()
                await judged(pilot, "opened again")
            coaching.path_of(record).unlink(missing_ok=True)
            async with FirstVisit().run_test(size=(120, 60)) as pilot:
                _load_for_good()
                await settle(pilot, "f5")
                await pilot.pause(RESTED)
                await settle(pilot, "enter")
                await judged(pilot, f"opened after {RESTED:g} s in the list")


async def played(pilot: Pilot[None], session: Session, pace: float) -> float:
    """Play a run, and return when it was over."""
    player, random = DOCTRINES["plan-a"](session.game.rules, SEED), Random(SEED)
    late: list[float] = []
    while not session.finished:
        await pilot.pause(pace)
        screen = pilot.app.screen
        if not isinstance(screen, RunScreen) or screen.view.place != screen.PLACE:
            await pilot.press("enter")
            continue
        options = screen.view.options
        move = chosen(session.state, player)
        if not random.randrange(WHIMS):
            move = random.choice(options).action
        before = time.perf_counter()
        screen.query_one(Choices).post_message(Choices.Picked(next(each for each in options if each.action == move)))
        made = session.moves
        while session.moves == made:
            await asyncio.sleep(0.001)
        late.append(time.perf_counter() - before)
    over = time.perf_counter()
    late.sort()
    print(
        f"  {session.moves} moves; one was made after {1000 * late[len(late) // 2]:.0f} ms (median), "
        f"{1000 * late[-1]:.0f} at most"
    )
    return over


async def judged(pilot: Pilot[None], how: str) -> None:
    """Wait for the judgements of a run that is over, or that is opened; then ask the coach."""
    began, first, quick = time.perf_counter(), 0.0, 0.0
    cpu, opened = _children(), 0.0
    going_on = asyncio.create_task(_go_on(pilot))  # the pilot waits until nothing is worked out any more
    found: Analysis | None = None
    while not quick or time.perf_counter() - began < READ:
        await asyncio.sleep(0.005)
        screen = pilot.app.screen
        if isinstance(screen, DebriefScreen):
            opened = opened or time.perf_counter() - began
        app = cast(FirstVisit, pilot.app)
        judging = screen.judging if isinstance(screen, DebriefScreen) else app.judging
        if judging is None or judging.found is None or judging.found is found:
            continue
        found = judging.found
        first = first or time.perf_counter() - began
        if found.imaginings >= QUICK:
            quick = quick or time.perf_counter() - began
    await going_on
    assert found is not None
    asked = time.perf_counter()
    assert isinstance(pilot.app.screen, DebriefScreen)
    pilot.app.screen.action_coach()
    while not isinstance(pilot.app.screen, CoachScreen) or pilot.app.screen.found is None:
        await asyncio.sleep(0.002)
    painted = asyncio.Event()
    pilot.app.screen.call_after_refresh(painted.set)
    await painted.wait()
    shown = time.perf_counter() - asked
    errors = sorted(100 * each.error / each.point for each in found.moves)
    print(
        f"  {how}: debrief open {opened:.2f} s, first {first:.2f} s, {QUICK} imaginings {quick:.2f} s, "
        f"{found.imaginings} by {READ:g} s; "
        f"coach's page {1000 * shown:.0f} ms; processes {_children() - cpu:.1f} CPU s; "
        f"errors: median {errors[len(errors) // 2]:.1f}, most {errors[-1]:.1f} points",
        flush=True,
    )


async def _par_known(session: Session) -> float:
    """Wait until par is known, and return when that was."""
    while session.par.so_far is None:
        await asyncio.sleep(0.02)
    return time.perf_counter()


def _load_for_good() -> None:
    """What the program does once it is mounted at a terminal: what is loaded is no garbage."""
    gc.freeze()


async def _go_on(pilot: Pilot[None]) -> None:
    await pilot.pause()
    if not isinstance(pilot.app.screen, DebriefScreen):
        await pilot.press("enter")


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 4.0, sys.argv[2:]))
