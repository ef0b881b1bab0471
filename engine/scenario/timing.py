"""What the clock makes impossible: of the minutes of lines, the patience of buyers, and the days of a sale.

Every sum here is the least that it can be, so that what is told holds for every run. Importing this module imports
pydantic.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Final

from engine.calendar import Step, span_text, step_time
from engine.scenario.defaults import PATIENCE, TURNS, ceiling, deadline, kind_of, longest_visit, ready_span, starts_at
from engine.scenario.drafts import Draft
from engine.scenario.format import File, Line
from engine.scenario.reach import CLOSING, Reach, is_plain, repeats
from engine.scenario.report import Report, percent
from engine.scenario.vocabulary import ASKS, BETWEEN, MINUTES, WAYS_OUT
from engine.units import CERTAIN

NEVER: Final = 10**9


def timing_problems(file: File, draft: Draft, reach: Reach, sold: tuple[Draft, ...], report: Report) -> None:
    """Reports what there is no time for with one prospect."""
    longest = _longest(file, draft)
    for id, line in draft.lines.items():
        _too_long(id, line, draft, longest, report)
        _after_the_end(id, line, file, draft, sold, report)
    _first_conversation(draft, reach, longest, report)
    _never_able(file, draft, sold, report)


def _longest(file: File, draft: Draft) -> int:
    """The longest that any conversation lasts, in minutes."""
    patience = draft.buyer.patience
    most = patience.high if patience is not None and patience.high is not None else PATIENCE[1]
    return min(most, longest_visit(file))


def minutes(line: Line) -> int:
    """How long a line takes."""
    return line.takes if line.takes is not None else MINUTES[kind_of(line)]


def _too_long(id: str, line: Line, draft: Draft, longest: int, report: Report) -> None:
    if kind_of(line) in BETWEEN or minutes(line) < longest:
        return
    place = draft.place("lines", id)
    message = (
        f"`{id}` takes {span_text(minutes(line))}, and no conversation is longer than {span_text(longest)}: "
        "the buyer leaves over it"
    )
    help = "make it shorter, or see `patience` of the buyer and `visit` of the calendar"
    if line.takes is not None:
        report.warning("FV410", (*place, "takes"), message, help)
    else:
        report.at_key("FV410", "warning", place, message, help)


def _after_the_end(id: str, line: Line, file: File, draft: Draft, sold: tuple[Draft, ...], report: Report) -> None:
    """Reports a dated step that falls on the end of the sale or later, however early it is proposed."""
    if kind_of(line) != "propose-dated-step":
        return
    start = starts_at(file)
    if line.in_ is not None:
        step, field = Step(after=line.in_), "in"
    elif line.at is not None:
        step, field = Step(weekday=line.at.weekday, minute=line.at.minute, days=line.at.days), "at"
    elif line.on is not None:
        step, field = Step(weekday=line.on.weekday, days=line.on.days), "on"
    else:
        return
    end = deadline(file, sold)
    first = step_time(step, start) - start
    if first >= end:
        message = (
            f"this can never be agreed: it is {span_text(first)} after the start at the earliest, and the sale is over "
            f"after {span_text(end)}"
        )
        place = (*draft.place("lines", id), field)
        report.warning("FV415", place, message, "name an earlier day, or see `deadline` of the calendar")


def _first_conversation(draft: Draft, reach: Reach, longest: int, report: Report) -> None:
    """Reports that a first conversation is over before anybody can be asked, or before a stage begins."""
    earliest = begins(draft, reach)
    asks = {
        id: min((earliest[stage] for stage in reach.offered[id] if stage != reach.between), default=NEVER)
        for id, line in draft.lines.items()
        if kind_of(line) in ASKS and reach.offered[id]
    }
    first = min(asks, key=lambda id: asks[id], default=None)
    if first is not None and longest <= asks[first] < NEVER and ceiling(draft):
        message = (
            f"nobody can order in the first conversation: {span_text(asks[first])} have passed at least before "
            f"`{first}` is offered, and it is over after {span_text(longest)} at most, although "
            f"{percent(ceiling(draft))} could say yes"
        )
        help = "ask in earlier stages too, give stages fewer `turns`, or buyers more `patience`"
        report.at_key("FV411", "warning", draft.place("lines", first), message, help)
    for number, stage in enumerate(draft.stages):
        if longest <= earliest[number] < NEVER and not reach.jumps_back_to(number):
            message = (
                f"no conversation comes to the stage `{stage.id}`: {span_text(earliest[number])} have passed at least "
                f"before it, and none is longer than {span_text(longest)}"
            )
            help = "give earlier stages fewer `turns`, or let a line `resume` a later conversation here"
            report.warning("FV411", draft.place("stages", number), message, help)


def begins(draft: Draft, reach: Reach) -> list[int]:
    """The earliest minute of a first conversation at which each stage can begin."""
    order = draft.stage_order
    last = len(draft.stages) - 1
    earliest = [NEVER] * (last + 1)
    openings = {order[line.opens] for line in draft.lines.values() if line.opens and kind_of(line) == "call"}
    queue = [(0, stage) for stage in {0, *openings}]
    while queue:
        passed, stage = heappop(queue)
        if passed >= earliest[stage]:
            continue
        earliest[stage] = passed
        lines = [line for _, line in reach.lines_in(stage)]
        quickest = min((minutes(line) for line in lines), default=0)
        for line in lines:
            opened = {line.opens, *(reply.opens for reply in line.replies or ())} - {None}
            for id in opened:
                heappush(queue, (passed + minutes(line), order[str(id)]))
        for interrupt in draft.interrupts:
            if interrupt.opens is not None:
                heappush(queue, (passed + quickest, order[interrupt.opens]))
        if stage < last and stage + 1 in reach.edges(stage):
            heappush(queue, (passed + _through(draft, reach, stage, lines), stage + 1))
    return earliest


def _through(draft: Draft, reach: Reach, stage: int, lines: list[Line]) -> int:
    """The fewest minutes in which a stage can be over."""
    turning = sorted(
        (minutes(line), repeats(line)) for line in lines if not line.opens and kind_of(line) not in CLOSING
    )
    if draft.stages[stage].until is not None:
        return turning[0][0] if turning else 0
    left, taken = draft.stages[stage].turns or TURNS, 0
    for length, again in turning:
        count = left if again else 1
        left, taken = left - count, taken + count * length
        if not left:
            break
    said_out = 0
    for id, line in reach.lines_in(stage):
        if is_plain(line) and kind_of(line) not in WAYS_OUT:
            if repeats(line):
                said_out = NEVER
            elif reach.spans[id][0] == stage:
                said_out += minutes(line)
    return min(taken if not left else NEVER, said_out)


def _never_able(file: File, draft: Draft, sold: tuple[Draft, ...], report: Report) -> None:
    """Reports that nobody can ever order, or that those who cannot at first never can."""
    end, (low, _), today = deadline(file, sold), ready_span(draft), ceiling(draft)
    place = _told_at(file, draft)
    if draft.buyer.real == 0:
        message = "nobody ever orders: `real` is 0%, so no buyer will buy from anybody"
        report.warning("FV417", draft.place("buyer", "real"), message, "give `real` a share above 0%")
    elif draft.ceiling == 0 and draft.sale == "one-call":
        message = "nobody can order in the first conversation: `ceiling` is 0%, though the sale is one-call"
        help = "write `sale: multi-call`, or give `ceiling` a share above 0%"
        report.warning("FV417", draft.place("ceiling"), message, help, level="hint")
    elif low >= end and today < CERTAIN:
        able = (
            f"buyers are ready {span_text(low)} after the start at the earliest, and the sale is over after "
            f"{span_text(end)}"
        )
        help = "see `ready` of the buyer, `deadline` of the calendar, `sale` and `ceiling`"
        if not today:
            report.at_key("FV417", "warning", place, f"nobody can ever order: {able}", help)
        elif file.calendar is None or file.calendar.deadline is not None or draft.buyer.ready is not None:
            message = f"whoever cannot decide in the first conversation ({percent(CERTAIN - today)}) never can: {able}"
            report.at_key("FV417", "hint", place, message, help)


def _told_at(file: File, draft: Draft) -> tuple[str | int, ...]:
    if draft.buyer.ready is not None:
        return draft.place("buyer", "ready")
    if file.calendar is not None and file.calendar.deadline is not None:
        return ("calendar", "deadline")
    return draft.place("sale")
