"""What plays, but probably not as meant: warnings and hints for a file without errors.

Each is found by reading, not by playing: it holds for every run. Importing this module imports pydantic.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from engine.curves import compounded
from engine.scenario.days import day_problems
from engine.scenario.defaults import (
    arrival,
    channel_of,
    deadline,
    kind_of,
    language_of,
    opening_hours,
    said_when,
    step_channel,
)
from engine.scenario.drafts import DECIDER, NOTHING, Draft, Place
from engine.scenario.format import Consequences, File, Line, Need, Texts, Trait
from engine.scenario.lints import lints
from engine.scenario.order import order_problems
from engine.scenario.prices import price_problems
from engine.scenario.rates import rate_text
from engine.scenario.reach import Reach, Thing, comes_again, raises_objections
from engine.scenario.report import Report, percent
from engine.scenario.shadows import OPPOSITES, conditions_of, contradiction, shadow_problems
from engine.scenario.times import Rate
from engine.scenario.timing import timing_problems
from engine.scenario.uses import Uses, conditions, uses
from engine.scenario.vocabulary import CHANNELS, LEVEL_CONDITIONS, STARTS
from engine.units import CERTAIN, DAY
from engine.words import known, languages


def doubts(file: File, sold: Sequence[Draft], report: Report) -> None:
    """Reports what an author would want to know before others play this."""
    every = tuple(sold)
    reaches = tuple(Reach(draft) for draft in every)
    for draft, reach in zip(every, reaches, strict=True):
        used = uses(draft)
        _told_by_nobody(draft, report)
        _same_texts(draft, reach, report)
        _unused(draft, used, report)
        _never_there(draft, used, reach, report)
        channels, end = _channels(draft), deadline(file, every)
        for place, when in conditions(draft):
            _possible(when.conditions(), place, draft, used, end, channels, report)
        for id, line in draft.lines.items():
            _own_conditions(id, line, draft, reach, report)
            replies = (*draft.place("lines", id), "replies")
            if reach.spans[id][0] >= 0:
                _contradictions(id, line, replies, report)
            shadow_problems(line.replies or (), replies, report, line)
        for word, texts in draft.outcomes.items():
            shadow_problems(texts, draft.place("outcomes", word), report)
        order_problems(draft, reach, report)
        timing_problems(file, draft, reach, every, report)
        day_problems(language_of(file), draft, report)
        price_problems(draft, report)
        _at_once(draft, reach, report)
        _arrival(draft, report)
        _losses(draft, end, report)
    _opening(file, sold, report)
    _language(file, report)
    if file.translation_of == file.id:
        message = "a scenario is no translation of itself"
        report.warning("FV429", ("translation-of",), message, "name the scenario it was translated from", level="hint")
    lints(file, every, reaches, report)


def _told_by_nobody(draft: Draft, report: Report) -> None:
    """Reports what is brought out of a buyer who never has it, by a reply, an interrupt or a text for an outcome."""
    facts: dict[str, Need | Trait] = {**draft.needs, **draft.traits}
    places = [(interrupt, draft.place("interrupts", index)) for index, interrupt in enumerate(draft.interrupts)]
    found: list[tuple[Consequences | Texts, Place]] = [*places]
    for id, line in draft.lines.items():
        replies = (*draft.place("lines", id), "replies")
        found += [(reply, (*replies, index)) for index, reply in enumerate(line.replies or ())]
    for word, texts in draft.outcomes.items():
        found += [(text, (*draft.place("outcomes", word), index)) for index, text in enumerate(texts)]
    for part, place in found:
        for index, id in enumerate(part.reveals or ()):
            if id in facts and facts[id].chance == 0:
                message = f"this does nothing: no buyer has `{id}`, whose chance is 0%"
                report.warning("FV403", (*place, "reveals", index), message, f"give `{id}` a chance above 0%")


def _same_texts(draft: Draft, reach: Reach, report: Report) -> None:
    first: dict[str, list[tuple[str, int]]] = {}
    for id, line in draft.lines.items():
        for number, text in enumerate(line.say):
            others = first.setdefault(" ".join(text.lower().split()), [])
            for other_id, other_number in others:
                if other_id != id and not _apart(id, other_id, draft, reach):
                    report.warning(
                        "FV402",
                        (*draft.place("lines", id), "say", number),
                        f"`{id}` has the same text as `{other_id}`, so a player cannot tell them apart",
                        "word one of them differently",
                        (*draft.place("lines", other_id), "say", other_number),
                    )
                    break
            others.append((id, number))


def _apart(id: str, other: str, draft: Draft, reach: Reach) -> bool:
    """Whether two lines are never offered together."""
    if not reach.offered[id] & reach.offered[other]:
        return True
    one, two = (conditions_of(draft.lines[each].when) for each in (id, other))
    if contradiction(one, two) is not None:
        return True
    return "outcome" in one and "outcome" in two and not set(one["outcome"]) & set(two["outcome"])


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
    _unused_objections(draft, used, report)
    owners = {own.of for section in _OWNED for own in getattr(draft, section).values()}
    for role in draft.roles:
        share = any((draft.buyer.decides or {})[party] for party, roles in draft.parties.items() if role in roles)
        if role not in used.brought and share and role not in owners:
            message = f"no line brings `{role}` to the table, so buyers who decide with `{role}` never can"
            help = f"give a line of kind bring-in, or a dated step, `brings: {role}`"
            report.at_key("FV405", "warning", draft.place_of(role), message, help)


_OWNED: Final = {"needs": "need", "traits": "trait", "objections": "objection"}
"""What may be somebody's own, by section."""


def _never_there(draft: Draft, used: Uses, reach: Reach, report: Report) -> None:
    """Reports what is somebody's own who never comes to the table, or not where it is asked for."""
    for section, sort in _OWNED.items():
        for id, own in getattr(draft, section).items():
            if own.of is None:
                continue
            place, never = (*draft.place(section, id), "of"), f"the {sort} `{id}` never comes out"
            if own.of not in used.brought:
                message = f"{never}: no line brings `{own.of}`, whose it is, to the table"
                help = f"give a line of kind bring-in, or a dated step, `brings: {own.of}`"
                report.warning("FV423", place, message, help)
            elif id in used.revealed and not reach.somewhere(Thing("knows", id)):
                message = f"{never}: `{own.of}`, whose it is, is not at the table in any stage in which it is asked for"
                report.warning("FV423", place, message, f"ask for it where `{own.of}` can have come to the table")


def _unused_objections(draft: Draft, used: Uses, report: Report) -> None:
    """Reports objections that nobody raises, or nobody handles, and reasons behind them that nobody handles."""
    told = {name for line in draft.lines.values() for name in line.handles or ()}
    raises = raises_objections(draft)
    for id, objection in draft.objections.items():
        place = draft.place("objections", id)
        if id not in used.raised and (objection.chance == 0 or not raises):
            why = "its chance is 0%" if objection.chance == 0 else "no line shows anything or asks for the decision"
            message = f"the objection `{id}` never comes up: {why}, and no reply or interrupt raises it"
            report.at_key("FV405", "warning", place, message, f"give a reply `raises: {id}`, or delete it")
        elif id not in used.handled:
            message = f"no line handles the objection `{id}`, nor any reason behind it"
            report.at_key("FV405", "warning", place, message, f"give a line of kind handle `handles: {id}`")
        else:
            for name, reason in (objection.really or {}).items():
                if reason.chance and name != NOTHING and name not in told:
                    message = (
                        f"of the buyers with the objection `{id}`, {percent(reason.chance)} mean `{name}`, and no line "
                        "handles that"
                    )
                    help = (
                        f"give a line of kind handle `handles: {name}`: to handle `{id}` alone does not settle it; if "
                        "there is nothing behind it, call it `nothing`"
                    )
                    report.at_key("FV409", "warning", (*place, "really", name), message, help)


def _possible(
    found: dict[str, Any], place: Place, draft: Draft, used: Uses, end: int, channels: set[str], report: Report
) -> None:
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
    if "decider" in found and DECIDER not in used.revealed:
        never("decider", "nothing brings out who decides", f"give a question `reveals: {DECIDER}`")
    for id in sorted({*_names(found, "knows"), *_names(found, "met")} & set(_names(found, "lacks"))):
        never("lacks", f"`{id}` is told only by those who have it", f"delete it, or write `knows-not: {id}`")
    for id in _names(found, "met"):
        if id not in used.met:
            never("met", f"no line meets `{id}`", f"give a line `meets: {id}`")
    for id in _names(found, "handled"):
        if id not in used.handled:
            never("handled", f"no line handles `{id}`", f"give a line of kind handle `handles: {id}`")
    for id in _names(found, "with"):
        if id not in used.brought:
            never("with", f"no line brings `{id}` to the table", f"give a line of kind bring-in `brings: {id}`")
    if found.get("discounted") is True and not used.discounts:
        never("discounted", "no line takes anything off the price")
    day = found.get("day")
    if day is not None and day.low is not None and day.low > end // DAY + 1:
        never("day", f"the sale is over after {end // DAY} days", "see `deadline` of the calendar")
    if "channel" in found and not set(found["channel"]) & channels:
        how = ", ".join(f"`{channel}`" for channel in CHANNELS if channel in channels)
        never(
            "channel", f"a conversation with this buyer is by {how} and nothing else", "give a step or a message `by`"
        )
    _possible_people(found, draft, used, never)


def _possible_people(found: dict[str, Any], draft: Draft, used: Uses, never: Any) -> None:
    facts: dict[str, Need | Trait] = {**draft.needs, **draft.traits}
    for id in _names(found, "has"):
        if facts[id].chance == 0:
            never("has", f"no buyer has `{id}`: its chance is 0%")
    for id in _names(found, "lacks"):
        everybody = facts[id].chance == CERTAIN or (id in draft.needs and facts[id].chance is None)
        if everybody and facts[id].of is None:
            never("lacks", f"every buyer has `{id}`", f"give `{id}` a chance below 100%")
    for id in _names(found, "raised"):
        if draft.objections[id].chance == 0 and id not in used.raised:
            never("raised", f"no buyer has the objection `{id}`: its chance is 0%")
    if found.get("real") is False and draft.buyer.real == CERTAIN:
        never("real", "every buyer is one: `real` is 100%")


def _channels(draft: Draft) -> set[str]:
    """The ways in which a conversation can take place: as the buyer arrives, and by all that can lead to another
    one."""
    found = {"call"}
    if arrival(draft) == "visit":
        found.add("visit")
    for line in draft.lines.values():
        if kind_of(line) == "propose-dated-step":
            found.add(step_channel(draft, line))
        elif kind_of(line) in ("call", "touch", "check-in"):
            found.add(str(channel_of(line)))
    return found


def _own_conditions(id: str, line: Line, draft: Draft, reach: Reach, report: Report) -> None:
    """Reports a line that waits for itself, or for a stage in which it does not stand."""
    if line.when is None:
        return
    place = (*draft.place("lines", id), "when")
    low, high = reach.spans[id]
    found = line.when.conditions()
    if id in _names(found, "said"):
        report.warning("FV404", (*place, "said"), f"this can never hold: `{id}` waits for itself", "delete it")
    stage = found.get("stage")
    if isinstance(stage, tuple) and low >= 0:
        first = draft.stage_order[stage[0]] if stage[0] else 0
        last = draft.stage_order[stage[1]] if stage[1] else len(draft.stages) - 1
        if first > high or last < low:
            message = f"this can never hold: `{id}` is not offered in that stage"
            report.warning("FV404", (*place, "stage"), message, "see `stage` of the line")


def _contradictions(id: str, line: Line, place: Place, report: Report) -> None:
    """Reports replies whose conditions cannot hold where those of their line do."""
    around = conditions_of(line.when)
    once = not comes_again(line)
    for index, reply in enumerate(line.replies or ()):
        own = said_when(reply, line)
        word = contradiction(own, around, later=True) if around else None
        if word is not None:
            message = f"this can never hold: `{id}` is only offered when the contrary does"
            here = ("when", word) if word in conditions_of(reply.when) else ("of",)
            report.warning("FV404", (*place, index, *here), message, "see the `when` of the line")
        elif once and id in _names(dict(own), "said"):
            message = f"this can never hold: `{id}` is said once a run, and this asks whether it was said before"
            report.warning("FV404", (*place, index, "when", "said"), message, "give the line `repeat: yes`")


_AT_FIRST: Final = {"knows-not", "met-not", "said-not", "without"}
"""Conditions that hold until something has come about."""


def _at_once(draft: Draft, reach: Reach, report: Report) -> None:
    """Reports an interrupt that happens after the first line of every run, by thresholds that everybody has passed."""
    if arrival(draft) != "visit":
        return
    for index, interrupt in enumerate(draft.interrupts):
        found = interrupt.when.conditions()
        levels = [word for word in found if word in LEVEL_CONDITIONS]
        if levels and all(_holds_at_first(word, value, draft) for word, value in found.items()):
            place = (*draft.place("interrupts", index), "when", levels[0])
            message = "this holds from the start, so it happens after the first line, whatever that is"
            report.warning("FV418", place, message, "see where the levels of these buyers begin")


def _holds_at_first(word: str, value: Any, draft: Draft) -> bool:
    """Whether a condition holds after any first line, whoever the buyer is, as far as that can be told."""
    if word in _AT_FIRST:
        first = [
            id for id, line in draft.lines.items() if set(value) & {id, *(line.reveals or ()), *(line.meets or ())}
        ]
        return word == "without" or not first
    if word == "discounted":
        return value is False and not any(line.discount for line in draft.lines.values())
    if word in ("conversation", "day"):
        at = 1 if word == "conversation" else 0
        return (value.low or 0) <= at and (value.high is None or at <= value.high)
    if word not in LEVEL_CONDITIONS:
        return False
    low, high = _first_levels(word, draft)
    return (value.low or 0) <= low and (value.high is None or high <= value.high)


def _first_levels(word: str, draft: Draft) -> tuple[int, int]:
    """Between what and what a level lies after the first line, widely taken."""
    buyer = draft.buyer
    if word == "patience":
        return 60, 100
    if word == "pressure":
        return 0, 30
    if word in ("excitement", "conviction"):
        return 0, 100
    span, default = buyer.interest if word == "interest" else buyer.trust, STARTS[word]
    low, high = (span.low, span.high) if span is not None else default
    return max((low or 0) - _MOVED, 0), min((high or 0) + _MOVED, 100)


_MOVED: Final = 10
"""Points that one line moves a level at most, widely taken."""


def _arrival(draft: Draft, report: Report) -> None:
    buyer = draft.buyer
    arrives = arrival(draft)
    if buyer.quiet and arrives != "known":
        message = f"`quiet` has no effect on a buyer who arrives as `{arrives}`"
        report.at_key(
            "FV403", "warning", draft.place("buyer", "quiet"), message, "write `arrives: known`, or delete it"
        )
    if buyer.rival is not None and buyer.rival.enquired and arrives != "lead":
        message = f"a rival has no enquiry to answer from a buyer who arrives as `{arrives}`"
        place = (*draft.place("buyer", "rival"), "enquired")
        report.at_key("FV403", "warning", place, message, "write `arrives: lead`, or delete it")


def _language(file: File, report: Report) -> None:
    asked = language_of(file)
    if known(asked).partition("-")[0] != asked.partition("-")[0]:
        message = "no catalogue has this language: what you do not write, and the screens, come in English"
        report.warning("FV424", ("language",), message, f"there are: {', '.join(languages())}", level="hint")


def _losses(draft: Draft, end: int, report: Report) -> None:
    """Reports rates that look small and are not, over the time the sale is open."""
    buyer = draft.buyer
    found: list[tuple[Rate | None, Place, str]] = [
        (buyer.drifts, draft.place("buyer", "drifts"), "settled for nothing")
    ]
    if buyer.rival is not None:
        place = (*draft.place("buyer", "rival"), "wins")
        found.append((buyer.rival.wins, place, f"bought from {buyer.rival.name}"))
    for rate, place, what in found:
        if rate is None or rate.within != DAY or rate.chance >= _LOOKS_LARGE:
            continue
        if compounded(rate.chance, DAY, end) > CERTAIN // 2:
            message = f"most buyers who are left alone have {what} by the deadline: {rate_text(rate.chance, end)}"
            help = "if that is what you mean, write the sum itself, such as `60% by the deadline`"
            report.warning("FV426", place, message, help, level="hint")


_LOOKS_LARGE: Final = 3 * CERTAIN // 100
"""Who writes as much for a day knows that it is much."""


def _opening(file: File, sold: Sequence[Draft], report: Report) -> None:
    calendar = file.calendar
    if calendar is None or calendar.start is None:
        return
    start = calendar.start
    is_open = any(day == start.weekday and low <= start.minute < high for day, low, high in opening_hours(file))
    if not is_open and any(arrival(draft) == "visit" for draft in sold):
        message = "the visit begins outside the opening hours"
        report.warning("FV408", ("calendar", "start"), message, "see `open` of the calendar")
