"""What a run has to teach, in two lines: what cost most, and what to try next time.

From the coach, where it has judged the run; until then, and of a run that it cannot judge, from what moved the meters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.words import ngettext
from game.report.coach import advice, words_of

if TYPE_CHECKING:
    from engine.coach.verdict import Analysis
    from engine.debrief import Debrief
    from engine.play import State
    from engine.view import Cues


def judged(found: Analysis, end: State, cues: Cues) -> str:
    """What the coach says of a run."""
    worst = found.costliest
    return advice(found, {} if worst is None else {worst.number: words_of(end.states()[worst.number], cues)})


def felt(found: Debrief, texts: Sequence[str] = ()) -> str:
    """What the meters say of a run, whose moves were told in `texts`; nothing where there is nothing to mend."""
    worst = found.costliest
    if worst is None:
        return ""
    said = (texts[worst.move] if texts else "") or worst.said
    told = ngettext(
        "Move {number} cost most on the meters, {count} point: {words}",
        "Move {number} cost most on the meters, {count} points: {words}",
        -worst.change,
    ).format(number=worst.move + 1, count=-worst.change, words=said)
    return f"{told}\n{worst.principle}" if worst.principle else told
