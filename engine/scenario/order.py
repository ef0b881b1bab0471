"""What can never come about, in the order in which stages and lines follow each other.

Importing this module imports pydantic.
"""

from __future__ import annotations

from typing import Final

from engine.scenario.defaults import kind_of
from engine.scenario.drafts import Draft
from engine.scenario.format import Line
from engine.scenario.reach import CLOSING, Reach, Thing, Wait, repeats
from engine.scenario.report import Report
from engine.scenario.vocabulary import ASKS, WAYS_OUT

_LONGEST_CIRCLE: Final = 8
"""Lines that wait for each other in a longer circle are not followed all the way."""


def order_problems(draft: Draft, reach: Reach, report: Report) -> None:
    """Reports stages that nobody comes to or gets out of, lines that can never be offered, needs that come out too
    late, and a file in which nobody can ever be asked to decide."""
    _stages(draft, reach, report)
    for id, line in draft.lines.items():
        _never_offered(id, line, draft, reach, report)
    for id in draft.needs:
        _too_late(id, draft, reach, report)
    _decision(draft, reach, report)


def _stages(draft: Draft, reach: Reach, report: Report) -> None:
    last = len(draft.stages) - 1
    for number, stage in enumerate(draft.stages):
        place = draft.place("stages", number)
        written = [kind_of(line) for id, line in draft.lines.items() if _stands(reach, id, number)]
        offered = [kind_of(line) for _, line in reach.lines_in(number)]
        help = f"give some lines `stage: {stage.id}`, or delete the stage"
        if not reach.reached[number]:
            message = f"no conversation ever comes to the stage `{stage.id}`: everything said before it leads elsewhere"
            report.warning("FV412", place, message, f"let a line `opens: {stage.id}`, or delete the stage")
        elif not written:
            message = f"no line is offered in the stage `{stage.id}`, so a player can only leave"
            report.warning("FV401", place, message, help)
        elif not offered:
            message = f"no line that stands in the stage `{stage.id}` can ever be offered there, so it is passed over"
            report.warning("FV401", place, message, "see what its lines wait for")
        elif number < last and all(kind in WAYS_OUT for kind in offered):
            message = f"no line is offered in the stage `{stage.id}` but ways out of it, so it is passed over"
            report.warning("FV401", place, message, help)
        elif number < last and _holds_on(draft, reach, number):
            message = (
                f"a conversation that comes to the stage `{stage.id}` never leaves it: whatever is said stays there"
            )
            report.warning("FV413", place, message, "let a line open another stage, or be said once only")


def _stands(reach: Reach, id: str, stage: int) -> bool:
    low, high = reach.spans[id]
    return low <= stage <= high


def _holds_on(draft: Draft, reach: Reach, stage: int) -> bool:
    """Whether all that can be said in a stage begins the same stage anew, and some of it can be said without end."""
    lines = [line for _, line in reach.lines_in(stage) if kind_of(line) not in CLOSING]
    if draft.stages[stage].until is not None or not lines:
        return False
    own = draft.stages[stage].id
    if any(one.opens not in (None, own) for one in draft.interrupts):
        return False
    stays = all(line.opens == own and all(reply.opens in (None, own) for reply in line.replies or ()) for line in lines)
    return stays and any(repeats(line) and kind_of(line) not in WAYS_OUT for line in lines)


def _never_offered(id: str, line: Line, draft: Draft, reach: Reach, report: Report) -> None:
    if reach.offered[id]:
        return
    low, high = reach.spans[id]
    stages = [stage for stage in (range(low, high + 1) if low >= 0 else (reach.between,)) if reach.reached[stage]]
    if not stages:
        return
    held = [reach.holds[stage] for stage in stages]
    missing = next((wait for wait in reach.waits[id] if not any(wait.thing in each for each in held)), None)
    if missing is None:
        return
    why = _why(id, missing, reach)
    if why:
        report.warning(
            "FV404", missing.place, f"this can never hold: {why}", f"offer `{id}` later, or what it waits for earlier"
        )


def _why(id: str, wait: Wait, reach: Reach) -> str:
    """Why something does not come about before a line that waits for it, or nothing if that is told elsewhere."""
    makers = reach.makers.get(wait.thing, [])
    if not makers or (wait.thing == Thing("said", id)):
        return ""
    first = makers[0]
    if all(not reach.offered[maker] for maker in makers):
        circle = _circle(id, first, reach)
        if circle:
            return f"{circle}, so that none of them is ever offered"
        if not any(reach.reached[stage] for stage in _stages_of(first, reach)):
            return f"`{first}` stands in a stage that no conversation comes to"
        return f"`{first}` is never offered itself"
    if wait.thing.sort == "said":
        return f"`{wait.thing.id}` is only offered in later stages"
    what = f"`{wait.thing.id}` comes out" if wait.thing.sort == "knows" else f"`{first}` is offered"
    return f"{what} only in stages that come after those of `{id}`"


def _stages_of(id: str, reach: Reach) -> range | tuple[int, ...]:
    low, high = reach.spans[id]
    return range(low, high + 1) if low >= 0 else (reach.between,)


def _circle(id: str, first: str, reach: Reach) -> str:
    """The lines that wait for each other, beginning with this one, in words; empty if they lead elsewhere."""
    chain, current = [id], first
    while current != id:
        if current in chain or len(chain) > _LONGEST_CIRCLE:
            return ""
        chain.append(current)
        blocked = next((wait for wait in reach.waits[current] if not reach.somewhere(wait.thing)), None)
        makers = reach.makers.get(blocked.thing, []) if blocked is not None else []
        if not makers:
            return ""
        current = id if id in makers else makers[0]
    return ", and ".join(f"`{one}` waits for `{other}`" for one, other in zip(chain, [*chain[1:], id], strict=True))


def _too_late(id: str, draft: Draft, reach: Reach, report: Report) -> None:
    """Reports a need that comes out only when every line that could meet it is over."""
    meeters = [line for line in draft.lines if id in (draft.lines[line].meets or ()) and reach.offered[line]]
    if not meeters or not reach.somewhere(Thing("knows", id)) or reach.somewhere(Thing("met", id)):
        return
    message = (
        f"the need `{id}` comes out only after the last stage in which `{meeters[-1]}` can be said, so it is never met"
    )
    report.at_key("FV414", "warning", draft.place("needs", id), message, "let it come out earlier, or meet it later")


def _decision(draft: Draft, reach: Reach, report: Report) -> None:
    asks = [id for id, line in draft.lines.items() if kind_of(line) in ASKS]
    place = draft.place("lines")
    if not asks:
        message = "no line asks for the decision, so nothing can ever be sold"
        report.at_key("FV406", "warning", place, message, "give a line `kind: ask-for-decision`")
    elif not any(reach.offered[id] for id in asks if kind_of(draft.lines[id]) != "press"):
        message = f"`{asks[0]}` asks for the decision, and can never be offered, so nothing can ever be sold"
        report.at_key(
            "FV406", "warning", draft.place("lines", asks[0]), message, "see its stage, and what it waits for"
        )
