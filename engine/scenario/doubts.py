"""What plays, but probably not as meant: warnings for a file without errors.

Each is found by reading, not by playing: it holds for every run. Importing this module imports pydantic.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from engine.scenario.conditions import VisibleWhen
from engine.scenario.drafts import Draft, Place
from engine.scenario.format import Consequences, File, Line, Need, Reply, Texts, Trait
from engine.scenario.notation import Ends
from engine.scenario.report import Report
from engine.scenario.uses import Uses, conditions, uses
from engine.scenario.vocabulary import ASKS, BETWEEN, WAYS_OUT
from engine.units import CERTAIN, DAY

OPPOSITES: Final = (("knows", "knows-not"), ("met", "met-not"), ("said", "said-not"), ("with", "without"))


def doubts(file: File, sold: Sequence[Draft], report: Report) -> None:
    """Reports what an author would want to know before others play this."""
    for draft in sold:
        used = uses(draft)
        _stages(draft, report)
        _told_by_nobody(draft, report)
        _same_texts(draft, report)
        _unused(draft, used, report)
        for place, when in conditions(draft):
            _possible(when.conditions(), place, draft, used, file, report)
        for id, line in draft.lines.items():
            _order_of_lines(id, line, draft, used, report)
            _shadowed(line.replies or (), (*draft.place("lines", id), "replies"), report)
        for word, texts in draft.answers.items():
            _shadowed(texts, draft.place("answers", word), report)
        _decision(draft, report)
        _arrival(draft, report)
    _opening(file, sold, report)


def _span(line: Line, draft: Draft) -> tuple[int, int]:
    """First and last stage in which a line is offered; (-1, -1) between conversations."""
    if (line.kind or "") in BETWEEN:
        return -1, -1
    ids = draft.stage_ids
    low, high = line.stage or (None, None)
    if low == "any":
        low = high = None
    return ids.index(low) if low else 0, ids.index(high) if high else len(ids) - 1


def _stages(draft: Draft, report: Report) -> None:
    spans = [(*_span(line, draft), line.kind in WAYS_OUT) for line in draft.lines.values()]
    for number, stage in enumerate(draft.stages):
        here = [way_on for low, high, way_on in spans if low <= number <= high]
        place = draft.place("stages", number)
        if not here:
            message = f"no line is offered in the stage `{stage.id}`, so a player can only leave"
            report.warning("FV401", place, message, f"give some lines `stage: {stage.id}`, or delete the stage")
        elif all(here) and number < len(draft.stages) - 1:
            message = f"no line is offered in the stage `{stage.id}` but ways out of it, so it is passed over"
            report.warning("FV401", place, message, f"give some lines `stage: {stage.id}`, or delete the stage")


def _told_by_nobody(draft: Draft, report: Report) -> None:
    """Reports what a reply or an interrupt brings out of a buyer who never has it."""
    facts: dict[str, Need | Trait] = {**draft.needs, **draft.traits}
    places = [(interrupt, draft.place("interrupts", index)) for index, interrupt in enumerate(draft.interrupts)]
    found: list[tuple[Consequences, Place]] = [*places]
    for id, line in draft.lines.items():
        replies = (*draft.place("lines", id), "replies")
        found += [(reply, (*replies, index)) for index, reply in enumerate(line.replies or ())]
    for part, place in found:
        for index, id in enumerate(part.reveals or ()):
            if id in facts and facts[id].chance == 0:
                message = f"this does nothing: no buyer has `{id}`, whose chance is 0%"
                report.warning("FV403", (*place, "reveals", index), message, f"give `{id}` a chance above 0%")


def _same_texts(draft: Draft, report: Report) -> None:
    first: dict[str, list[str]] = {}
    for id, line in draft.lines.items():
        text = " ".join(line.say.lower().split())
        for other_id in first.setdefault(text, []):
            other = draft.lines[other_id]
            if not _apart(line, other, draft):
                report.warning(
                    "FV402",
                    (*draft.place("lines", id), "say"),
                    f"`{id}` has the same text as `{other_id}`, so a player cannot tell them apart",
                    "word one of them differently",
                    (*draft.place("lines", other_id), "say"),
                )
                break
        first[text].append(id)


def _apart(line: Line, other: Line, draft: Draft) -> bool:
    """Whether two lines are never offered together."""
    (low, high), (other_low, other_high) = _span(line, draft), _span(other, draft)
    if high < other_low or other_high < low:
        return True
    if line.when is None or other.when is None:
        return False
    one, two = line.when.conditions(), other.when.conditions()
    for word, opposite in (*OPPOSITES, *((no, yes) for yes, no in OPPOSITES)):
        if set(_names(one, word)) & set(_names(two, opposite)):
            return True
    for word in one.keys() & two.keys():
        if word in ("answer", "channel", "promised", "weekday") and not set(_names(one, word)) & set(_names(two, word)):
            return True
        first: Any = one[word]
        second: Any = two[word]
        ranges = isinstance(first, Ends) and isinstance(second, Ends)
        if ranges and _apart_as_ranges(first, second, open_above=word == "time"):
            return True
    return "discounted" in one and "discounted" in two and one["discounted"] != two["discounted"]


def _apart_as_ranges(one: Ends, two: Ends, *, open_above: bool) -> bool:
    """Whether no number lies in both; `open_above` for ranges whose upper end no longer counts."""

    def before(first: Ends, then: Ends) -> bool:
        return first.high is not None and then.low is not None and first.high - open_above < then.low

    return before(one, two) or before(two, one)


def _names(conditions: dict[str, Any], word: str) -> tuple[str, ...]:
    value = conditions.get(word, ())
    return value if isinstance(value, tuple) else ()


def _unused(draft: Draft, used: Uses, report: Report) -> None:
    for id in draft.needs:
        place = draft.place("needs", id)
        if id not in used.revealed:
            message = f"nothing brings out the need `{id}`, so the seller never learns of it"
            report.at_key("FV405", "warning", place, message, f"give a question `reveals: {id}`")
        elif id not in used.met:
            message = f"no line answers the need `{id}`"
            report.at_key("FV405", "warning", place, message, f"give a line `meets: {id}`")
    for id in draft.traits:
        if id not in used.revealed and id not in used.named:
            message = f"nothing brings out the trait `{id}`, and nothing depends on it"
            report.at_key("FV405", "warning", draft.place("traits", id), message, f"give a question `reveals: {id}`")
    for id in draft.objections:
        if id not in used.answered:
            message = f"no line answers the objection `{id}`, nor any reason behind it"
            help = f"give a line of kind answer `answers: {id}`"
            report.at_key("FV405", "warning", draft.place("objections", id), message, help)
    for role in draft.roles:
        share = (draft.buyer.decides or {})[role]
        if role not in used.brought and share:
            message = f"no line brings `{role}` to the table, so buyers who decide with `{role}` never can"
            help = f"give a line of kind bring-in, or a dated step, `brings: {role}`"
            report.at_key("FV405", "warning", draft.place("buyer", "decides", role), message, help)


def _possible(found: dict[str, Any], place: Place, draft: Draft, used: Uses, file: File, report: Report) -> None:
    """Reports a condition that no run can fulfil."""

    def never(word: str, why: str, help: str = "") -> None:
        report.warning("FV404", (*place, word), f"this can never hold: {why}", help)

    for word, opposite in OPPOSITES:
        both = set(_names(found, word)) & set(_names(found, opposite))
        if both:
            never(opposite, f"`{min(both)}` is under `{word}` as well", "delete one of the two")
    for id in sorted(set(_names(found, "met")) & set(_names(found, "knows-not"))):
        never("met", f"the need `{id}` only counts as met once it is known", f"delete `knows-not: {id}`")
    for id in _names(found, "knows"):
        if id not in used.revealed:
            never("knows", f"nothing brings out `{id}`", f"give a question `reveals: {id}`")
    for id in _names(found, "met"):
        if id not in used.met:
            never("met", f"no line meets `{id}`", f"give a line `meets: {id}`")
    for id in _names(found, "answered"):
        if id not in used.answered:
            never("answered", f"no line answers `{id}`", f"give a line of kind answer `answers: {id}`")
    for id in _names(found, "with"):
        if id not in used.brought:
            never("with", f"no line brings `{id}` to the table", f"give a line of kind bring-in `brings: {id}`")
    if found.get("discounted") is True and not used.discounts:
        never("discounted", "no line takes anything off the price")
    deadline = file.calendar.deadline if file.calendar and file.calendar.deadline is not None else 14 * DAY
    day = found.get("day")
    if day is not None and day.low is not None and day.low > deadline // DAY + 1:
        never("day", f"the sale is over after {deadline // DAY} days", "see `deadline` of the calendar")
    _possible_people(found, draft, used, never)


def _possible_people(found: dict[str, Any], draft: Draft, used: Uses, never: Any) -> None:
    facts: dict[str, Need | Trait] = {**draft.needs, **draft.traits}
    for id in _names(found, "has"):
        if facts[id].chance == 0:
            never("has", f"no buyer has `{id}`: its chance is 0%")
    for id in _names(found, "lacks"):
        if facts[id].chance == CERTAIN or (id in draft.needs and facts[id].chance is None):
            never("lacks", f"every buyer has `{id}`", f"give `{id}` a chance below 100%")
    for id in _names(found, "raised"):
        if draft.objections[id].chance == 0 and id not in used.raised:
            never("raised", f"no buyer has the objection `{id}`: its chance is 0%")
    if found.get("real") is False and draft.buyer.real == CERTAIN:
        never("real", "every buyer is one: `real` is 100%")


def _order_of_lines(id: str, line: Line, draft: Draft, used: Uses, report: Report) -> None:
    """Reports a line that waits for another one which is only offered later, or for itself."""
    if line.when is None:
        return
    place = (*draft.place("lines", id), "when")
    low, high = _span(line, draft)
    found = line.when.conditions()
    for other_id in _names(found, "said"):
        if other_id == id:
            report.warning("FV404", (*place, "said"), f"this can never hold: `{id}` waits for itself", "delete it")
            continue
        later = _span(draft.lines[other_id], draft)[0]
        if low >= 0 and later > high and not used.jumps:
            message = f"this can never hold: `{other_id}` is only offered in later stages"
            report.warning("FV404", (*place, "said"), message, f"offer `{id}` later, or `{other_id}` earlier")
    stage = found.get("stage")
    if isinstance(stage, tuple) and low >= 0:
        ids = draft.stage_ids
        first = ids.index(stage[0]) if stage[0] else 0
        last = ids.index(stage[1]) if stage[1] else len(ids) - 1
        if first > high or last < low:
            message = f"this can never hold: `{id}` is not offered in that stage"
            report.warning("FV404", (*place, "stage"), message, "see `stage` of the line")


def _shadowed(texts: Sequence[Reply | Texts], place: Place, report: Report) -> None:
    """Reports texts that an earlier one with the same conditions always comes before."""
    seen: list[VisibleWhen | None] = []
    for index, text in enumerate(texts):
        when = text.when if text.when is not None and text.when.conditions() else None
        # one with other rights than its equal (`lands: no`) may still be chosen when the buyer keeps a fact back
        held_back = isinstance(text, Reply) and text.lands is False
        if when in seen and not held_back:
            says = "without conditions" if when is None else "with the same conditions"
            message = f"this can never be chosen: one {says} comes before it"
            report.warning("FV407", (*place, index, "says"), message, "give it a `when` of its own, or delete it")
        seen.append(when)


def _decision(draft: Draft, report: Report) -> None:
    if not any(line.kind in ASKS for line in draft.lines.values()):
        place = draft.place("lines")
        message = "no line asks for the decision, so nothing can ever be sold"
        report.at_key("FV406", "warning", place, message, "give a line `kind: ask-for-decision`")


def _arrival(draft: Draft, report: Report) -> None:
    buyer = draft.buyer
    arrives = buyer.arrives or "visit"
    if buyer.quiet and arrives != "known":
        message = f"`quiet` has no effect on a buyer who arrives as `{arrives}`"
        report.at_key(
            "FV403", "warning", draft.place("buyer", "quiet"), message, "write `arrives: known`, or delete it"
        )
    if buyer.rival is not None and buyer.rival.answers and arrives != "lead":
        message = f"a rival has no enquiry to answer from a buyer who arrives as `{arrives}`"
        place = (*draft.place("buyer", "rival"), "answers")
        report.at_key("FV403", "warning", place, message, "write `arrives: lead`, or delete it")


def _opening(file: File, sold: Sequence[Draft], report: Report) -> None:
    calendar = file.calendar
    if calendar is None or calendar.start is None:
        return
    hours = calendar.open or [(day, 9 * 60, 18 * 60) for day in range(5)]
    weekday, minute = calendar.start
    is_open = any(day == weekday and low <= minute < high for day, low, high in hours)
    if not is_open and any((draft.buyer.arrives or "visit") == "visit" for draft in sold):
        message = "the visit begins outside the opening hours"
        report.warning("FV408", ("calendar", "start"), message, "see `open` of the calendar")
