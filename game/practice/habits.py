"""What this very player usually does after such a moment, from the runs that are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.words import gettext, marked, ngettext
from game.home import run_files
from game.runs import versions
from game.words.errors import Failure
from game.words.terms import PURPOSE

if TYPE_CHECKING:
    from engine.coach.habits import Habit
    from engine.coach.verdict import Verdict
    from engine.play import State

MOST: Final = 60
"""First tries that are looked at, the newest first: a habit is what somebody does now."""
LEAST_MOMENTS: Final = 8
LEAST_RUNS: Final = 3
"""How many such moments there have to be, and in how many other runs, before anything is said of a habit."""

_AFTER: Final = {
    "signal": marked("Once they have let slip that they are ready"),
    "objection": marked("After an objection"),
    "stall": marked("After a decision was put off"),
    "declines": marked("After a step that they did not agree to"),
    "missed": marked("After a call in vain"),
    "open-end": marked("After a conversation that ended with nothing agreed"),
    "told": marked("After they have told you something"),
}
_DOES: Final = {
    "Talk": marked("talk or listen"),
    "Ask": marked("ask"),
    "Show": marked("show something"),
    "Answer": marked("go into it"),
    "Price": marked("speak of the price"),
    "Decide": marked("ask for a decision"),
    "Arrange": marked("arrange a next step"),
    "Leave": marked("leave"),
    "Contact": marked("get in touch"),
    "Work": marked("do other work"),
    "Wait": marked("wait"),
}


def habits(but: Path | None, folder: Path | None, stopped: Callable[[], bool]) -> dict[str, Habit]:
    """Return what the player did after each kind of moment in their newest first tries, but for the run in `but`;
    nothing if `stopped`. Runs that cannot be played again here are passed over."""
    from engine.coach.habits import habits as counted

    return counted(_ends(but, folder, stopped))


def _ends(but: Path | None, folder: Path | None, stopped: Callable[[], bool]) -> Iterator[State]:
    from engine.replay import replay

    runs = list(run_files.runs())
    first = run_files.first_tries(runs)
    for run in [each for each in runs if each.path in first and each.finished and each.path != but][:MOST]:
        if stopped():
            return
        try:
            yield replay(run_files.record_at(run.path), versions.game(run.header, folder))
        except (Failure, ValueError, OSError):
            continue


def habit_text(found: Mapping[str, Habit], before: State, verdict: Verdict) -> str:
    """What the player usually does at a moment like this one, beside what was worth most here; nothing where that is
    the same, or there are too few such moments to tell."""
    from engine.coach.habits import moment

    named = moment(before)
    habit = found.get(named) if named is not None else None
    if named is None or habit is None or habit.moments < LEAST_MOMENTS or habit.runs < LEAST_RUNS:
        return ""
    done: dict[str, int] = {}
    for kind, times in habit.done.items():
        purpose = PURPOSE.get(kind, "Wait")
        done[purpose] = done.get(purpose, 0) + times
    first, *others = sorted(done, key=lambda purpose: (-done[purpose], purpose))
    rest = ", ".join(f"{gettext(_DOES[each])} {done[each]}" for each in others[:2])
    line = before.line(before.game.move_named(verdict.best))
    best = PURPOSE.get(line.line.kind if line is not None else "wait", "Wait")
    if best == first:
        return ""
    told = ngettext(
        "{after} you most often {do}: {times} of {moments} times in {runs} other run{rest}. Here it was worth most to "
        "{best}.",
        "{after} you most often {do}: {times} of {moments} times in {runs} other runs{rest}. Here it was worth most to "
        "{best}.",
        habit.runs,
    )
    return told.format(
        after=gettext(_AFTER[named]),
        do=gettext(_DOES[first]),
        times=done[first],
        moments=habit.moments,
        runs=habit.runs,
        rest=f" ({rest})" if rest else "",
        best=gettext(_DOES[best]),
    )
