"""What makes a scenario teach less than it could: advice about how it is written.

Importing this module imports pydantic.
"""

from __future__ import annotations

from statistics import mean
from typing import Final

from engine.scenario.defaults import kind_of
from engine.scenario.drafts import Draft
from engine.scenario.format import File, Line, Need, Trait
from engine.scenario.reach import Reach, comes_again
from engine.scenario.report import Report
from engine.scenario.shadows import conditions_of
from engine.scenario.vocabulary import AFRESH, PURPOSES, SCHOOLS, WAYS_OUT, WRONG
from engine.units import CERTAIN, DAY

MOST_WORDS: Final = 25
"""More than this are hard to read in a list, and nobody says them in one breath."""
FEWEST_WRONG: Final = 4
"""Of fewer wrong lines nobody can tell whether their length gives them away."""

EXERCISED: Final = {
    "plan-a": "needs that questions find out",
    "collect-decisions": "a line of kind propose-dated-step, invite-no or take-no",
    "speed-first": "a buyer who `arrives: lead`",
    "audition": "`sale: multi-call`, and a line of kind touch or propose-dated-step",
    "same-day": "a dated step on the same day, or a line of kind call or touch",
}
"""What each school needs in order to be practised."""


def lints(file: File, sold: tuple[Draft, ...], reaches: tuple[Reach, ...], report: Report) -> None:
    """Reports what a reviewer would say about a file that plays."""
    for place, school in enumerate(file.teaches or ()):
        if not any(_exercised(school, draft) for draft in sold):
            message = f"no line exercises the school `{school}`"
            help = f"it needs {EXERCISED[school]}"
            report.warning("FV419", ("teaches", place), message, help)
    for draft, reach in zip(sold, reaches, strict=True):
        for id, line in draft.lines.items():
            _long(id, line, draft, report)
            _silent(id, line, draft, report)
            _word_for_word(id, line, draft, report)
            _unexplained(id, line, draft, report)
        _told_by_length(draft, reach, report)
        _told_by_place(draft, reach, report)


def _exercised(school: str, draft: Draft) -> bool:
    kinds = {kind_of(line) for line in draft.lines.values()}
    found = {
        "plan-a": bool(draft.needs),
        "collect-decisions": bool(kinds & {"propose-dated-step", "invite-no", "take-no"}),
        "speed-first": draft.buyer.arrives == "lead",
        "audition": draft.sale == "multi-call" and bool(kinds & {"touch", "propose-dated-step"}),
        "same-day": bool(kinds & {"call", "touch"}) or any(_same_day(line) for line in draft.lines.values()),
    }
    assert set(found) == set(SCHOOLS)
    return found[school]


def _same_day(line: Line) -> bool:
    """Whether a line proposes a step that can be on the day on which it is proposed."""
    if line.in_ is not None:
        return line.in_ < DAY
    return line.at is not None and line.at.days is None


def _long(id: str, line: Line, draft: Draft, report: Report) -> None:
    for number, text in enumerate(line.say):
        words = len(text.split())
        if words > MOST_WORDS:
            message = (
                f"`{id}` has {words} words: more than {MOST_WORDS} are hard to read in a list, and to say in one breath"
            )
            place = (*draft.place("lines", id), "say", number)
            report.warning("FV420", place, message, "say it shorter", level="hint")


def _silent(id: str, line: Line, draft: Draft, report: Report) -> None:
    """Reports what a question asks for, and a buyer who does not have it leaves unsaid where they tell something
    else."""
    if line.replies or len(line.reveals or ()) < 2:
        return
    facts: dict[str, Need | Trait] = {**draft.needs, **draft.traits}
    for fact in line.reveals or ():
        if fact in facts and not facts[fact].otherwise and not _everybody_has(facts[fact]):
            message = f"a buyer without `{fact}` says nothing about it when `{id}` asks for it and more"
            help = f"give `{fact}` an `otherwise`, or ask for it in a line of its own"
            report.at_key("FV427", "hint", (*draft.place("lines", id), "reveals"), message, help)


def _everybody_has(fact: Need | Trait) -> bool:
    chance = fact.chance if fact.chance is not None else CERTAIN if isinstance(fact, Need) else 0
    return chance == CERTAIN and fact.of is None


def _word_for_word(id: str, line: Line, draft: Draft, report: Report) -> None:
    """Reports a line that is answered as one that was said before, and yet is worded as it was the first time; and
    replies that are given in one conversation after the other, and each time in the same words."""
    again = any(id in conditions_of(reply.when).get("said", ()) for reply in line.replies or ())
    if again and len(line.say) == 1 and comes_again(line):
        message = f"a reply to `{id}` knows that it was said before, and it is said in the same words again"
        help = "give it a second text: `say: [..., ...]`"
        report.warning("FV428", (*draft.place("lines", id), "say"), message, help, level="hint")
    if kind_of(line) not in AFRESH or line.repeat is False:
        return
    for number, reply in enumerate(line.replies or ()):
        conditions = conditions_of(reply.when)
        once = id in conditions.get("said-not", ()) or "conversation" in conditions
        if len(reply.says or ()) == 1 and not once:
            message = f"`{id}` can be said in every conversation, and this is said to it in the same words each time"
            place = (*draft.place("lines", id), "replies", number)
            report.warning("FV428", place, message, "give it a second text: `says: [..., ...]`", level="hint")


def is_wrong(line: Line) -> bool:
    """Whether a line costs the seller more than it brings, whoever the buyer is."""
    return kind_of(line) in WRONG or (line.discount is not None and not line.traded)


def _unexplained(id: str, line: Line, draft: Draft, report: Report) -> None:
    if not is_wrong(line) or line.principle or any(reply.principle for reply in line.replies or ()):
        return
    kind = kind_of(line)
    message = f"`{id}` ({kind}) is a wrong choice, and its debrief says nothing about it: it has no `principle`"
    report.at_key("FV421", "hint", draft.place("lines", id), message, "say in one sentence what happened, and why")


def _told_by_length(draft: Draft, reach: Reach, report: Report) -> None:
    """Reports that wrong lines can be told by their length: all are shorter, or all longer, than what stands beside."""
    shorter: list[bool] = []
    wrong: dict[str, None] = {}
    for stage in range(len(draft.stages)):
        lines = dict(reach.lines_in(stage))
        others = [len(line.say[0]) for line in lines.values() if not is_wrong(line) and kind_of(line) not in WAYS_OUT]
        for id, line in lines.items():
            if is_wrong(line) and others and id not in wrong:
                wrong[id] = None
                shorter.append(len(line.say[0]) < mean(others))
    if len(wrong) < FEWEST_WRONG or len(set(shorter)) > 1:
        return
    how = "shorter" if shorter[0] else "longer"
    message = (
        f"all {len(wrong)} wrong lines are {how} than the others beside them, so that a player can tell them by that"
    )
    report.at_key("FV422", "hint", draft.place("lines"), message, "make some of them as long as a right one")


def _told_by_place(draft: Draft, reach: Reach, report: Report) -> None:
    """Reports that wrong lines can be told by their place: under the headings of the menu all stand behind what is
    better, or all before it."""
    behind: dict[str, bool] = {}
    for stage in range(len(draft.stages)):
        for kinds in PURPOSES.values():
            under = [(id, is_wrong(line)) for id, line in reach.lines_in(stage) if kind_of(line) in kinds]
            right = [place for place, (_, wrong) in enumerate(under) if not wrong]
            for place, (id, wrong) in enumerate(under):
                if wrong and right and (place > max(right) or place < min(right)):
                    behind.setdefault(id, place > max(right))
                elif wrong and right:
                    return
    if len(behind) < FEWEST_WRONG or len(set(behind.values())) > 1:
        return
    where = "behind" if next(iter(behind.values())) else "before"
    message = (
        f"all {len(behind)} wrong lines stand {where} the others under the same heading, so that a player can tell "
        "them by that"
    )
    report.at_key("FV425", "hint", draft.place("lines"), message, "let some of them change places")
