"""What a run has to teach, in a few lines: what cost most, what to try next time, and why.

From the coach, where it has judged the run; until then, and of a run that it cannot judge, from what moved the meters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from engine.scenario.vocabulary import ASKS
from engine.words import gettext, marked, ngettext
from game.report.takeaway import advice, learnt
from game.report.verdict import gone, verdict_text, warned, words_of

if TYPE_CHECKING:
    from engine.coach.verdict import Analysis
    from engine.debrief import Debrief
    from engine.moments import Moment
    from engine.play import State
    from engine.view import Cues


_ALL_THE_SAME: Final = marked("Nothing else was worth more, as far as you could know.")
"""Of a move that was as good as any, beside how much it cost: `best` alone would look like an error."""


def judged(told: Debrief, found: Analysis, end: State, cues: Cues) -> tuple[Debrief, str]:
    """The debrief of a run that the coach has judged, and what the coach says of the run. Each moment that moved the
    meters has what the coach says of it in place of the author's sentence, for that may praise a mistake."""
    states = end.states()

    def says(moment: Moment) -> str:
        verdict = found.moves[moment.move]
        text = verdict_text(verdict, states[moment.move], cues)
        best = verdict.judgement == "best" and not (verdict.unpunished or verdict.little_at_stake)
        return f"{text} {gettext(_ALL_THE_SAME)}" if best and moment.change < 0 else text

    moments = (replace(each, principle=says(each)) for each in told.moments)
    worst = found.costliest
    why_not = warned(worst, states[worst.number]) if worst is not None else ""
    went = gone(worst, states[worst.number]) if worst is not None else None
    taught = advice(found, lambda number: words_of(states[number], cues), why_not, went)
    why = "\n".join(learnt(found, end)) or _last_no(told, worst.number if worst is not None and why_not else None)
    return replace(told, moments=tuple(moments)), f"{taught}\n{why}" if why else taught


def felt(found: Debrief, texts: Sequence[str] = ()) -> str:
    """What the meters say of a run, whose moves were told in `texts`; nothing where there is nothing to mend."""
    worst = found.costliest
    if worst is None:
        return ""
    said = (texts[worst.move] if texts else "") or worst.said
    told = ngettext(
        "Move {number} cost most, {count} point on the meters: {words}",
        "Move {number} cost most, {count} points on the meters: {words}",
        -worst.change,
    ).format(number=worst.move + 1, count=-worst.change, words=said)
    principle = worst.principle or _why_not(found, worst.move)
    return f"{told}\n{principle}" if principle else told


def _last_no(found: Debrief, told: int | None) -> str:
    """What stood in the way of a yes when a decision was last asked for; nothing if it was one, or if that was the move
    of which it is `told` already."""
    last = next((each for each in reversed(found.answers) if each.kind in ASKS), None)
    if last is None or last.yes or last.move == told or not (why := _why_not(found, last.move)):
        return ""
    return gettext("Why there was no yes at move {number}: {why}").format(number=last.move + 1, why=why)


def _why_not(found: Debrief, move: int) -> str:
    """The principle of a question that was answered with no: what most stood in the way of a yes."""
    answer = next((each for each in found.answers if each.move == move and not each.yes), None)
    if answer is None or answer.kind not in ASKS:
        return ""
    against = (each.what for each in answer.reasons if each.points < 0)
    return next((gettext(_PRINCIPLES[each]) for each in (*answer.bars, *against) if each in _PRINCIPLES), "")


_PRINCIPLES: Final = {
    "no-buyer": marked("This one would have bought from nobody: a clear no, early, is all there was to get."),
    "not-ready": marked("Nobody could have said yes yet. Until they can, ask for the next step and its date."),
    "somebody-missing": marked(
        "It was not theirs alone to say yes to. Ask for whoever is missing, or for a time with both."
    ),
    "unpriced": marked("Nobody says yes to a price they have not heard."),
    "objections": marked(
        "Something still stood in the way. Ask what lies behind it, and answer that, before you ask again."
    ),
    "needs": marked(
        "Too little of what they needed had been shown to them. Find out what that is, and show it, before you ask."
    ),
    "signal": marked(
        "There was no sign just then that they were ready. Ask as soon as they let one slip, or ask for a date."
    ),
    "pressure": marked("They had been pressed already. Whoever feels pushed says no to the push."),
    "asked-again": marked("It was the same question, and nothing had changed since the last time."),
    "nothing-new": marked("It was the same question, and nothing had changed since the last time."),
    "trust": marked(
        "They did not trust you enough yet to decide. Listen, and keep what you promise, before you ask again."
    ),
    "interest": marked(
        "They were not interested enough yet to decide. Show them what answers a need of theirs before you ask again."
    ),
}
"""What to take away from a no, by what stood in the way of a yes."""
