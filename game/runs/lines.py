"""A run as lines of plain text: the briefing, what a turn shows, a run played again, and the debrief.

Made for pipes, dumb terminals and screen readers: no drawing, no colour, and nothing that only its place explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.calendar import about_text, day_text, span_text
from engine.changes import by_cause
from engine.course import by_move
from engine.scenario.vocabulary import RESULTS
from engine.units import signed
from engine.view import told_by
from engine.words import all_of, gettext
from game.runs.choosing import cost, grouped, with_name
from game.runs.scene import briefings, offers
from game.text.wrapping import wrapped
from game.words.wording import (
    LEFT_ALONE,
    agreed_text,
    contact_text,
    in_vain,
    lost_text,
    promise_text,
    talking,
    term_text,
    tidied,
    told_answers,
)

if TYPE_CHECKING:
    from engine.changes import Change
    from engine.course import CurvePoint
    from engine.debrief import Debrief
    from engine.moments import Moment
    from engine.score import Scorecard
    from engine.term import Term
    from engine.view import Option, PlayerView, ProspectView, Said
    from game.runs.scene import Scene


def prose(text: str, columns: int) -> Iterator[str]:
    """Yield the lines of an author's text, which keeps its own."""
    yield from wrapped(tidied(text), columns)


# --- before ----------------------------------------------------------------------------------------------------------


def briefing(scene: Scene, how: str, columns: int) -> Iterator[str]:
    """Yield what a player reads before the first move; `how` says how the run is played."""
    yield from wrapped(scene.title, columns)
    for text in briefings(scene):
        yield ""
        yield from wrapped(text, columns)
    yield ""
    for text in offers(scene.people):
        yield from wrapped(text, columns)
    yield from wrapped(how, columns)


# --- a turn ----------------------------------------------------------------------------------------------------------


def said(entry: Said, names: dict[str, str], columns: int) -> Iterator[str]:
    """Yield one entry of the transcript."""
    if entry.who == "narrator":
        yield from wrapped(entry.text, columns)
        return
    mood = f" ({gettext(entry.mood)})" if entry.mood else ""
    yield from wrapped(f"{speaker(entry, names)}{mood}: {entry.text}", columns, rest="  ")


def speaker(entry: Said, names: dict[str, str]) -> str:
    """Who says an entry of the transcript, and to whom, where there are several and the words do not tell."""
    if entry.who != "seller":
        return entry.by or names.get(entry.prospect or "") or gettext("Buyer")
    name = names.get(entry.prospect or "", "")
    if len(names) < 2 or not name or name in entry.text:
        return gettext("You")
    return gettext("You to {name}").format(name=name)


def changed(changes: Iterable[Change], names: list[str], columns: int) -> Iterator[str]:
    """Yield what moved the levels, with causes. Only for a player whose cues show the levels."""
    for who, text in by_cause(changes):
        whose = f"{names[who]}: " if len(names) > 1 else ""
        yield from wrapped(f"{whose}{text}", columns, first="  ", rest="    ")


def faded(before: PlayerView, after: PlayerView, columns: int) -> Iterator[str]:
    """Yield what time has done to each prospect between two views. Only for a player whose cues show the levels."""
    for was, now in zip(before.prospects, after.prospects, strict=True):
        if was.meters is None or now.meters is None or now.result is not None:
            continue
        told = replace(was.meters, trust=now.meters.trust, pressure=now.meters.pressure)  # with their causes
        if told == now.meters:
            continue
        text = gettext(
            "{time} later {name}'s interest is {now.interest}, and was {was.interest} (excitement {was.excitement} to "
            "{now.excitement}, conviction {was.conviction} to {now.conviction}; trust {was.trust} to {now.trust})."
        ).format(time=span_text(after.minute - before.minute), name=now.name, was=was.meters, now=now.meters)
        yield from wrapped(text, columns, rest="  ")


def status(view: PlayerView, columns: int) -> Iterator[str]:
    """Yield where the run stands: time, place, and each prospect as far as the cues show it."""
    left = about_text(max(0, view.deadline - view.minute))
    when = gettext("[{moment}; {time} left]").format(moment=day_text(view.minute, view.start), time=left)
    yield from wrapped(f"{when} {_where(view)}", columns, rest="  ")
    for prospect in view.prospects:
        if view.place == "conversation" and prospect.id != view.talking_to:
            continue
        text = _prospect(prospect, view, len(view.prospects) > 1)
        if text:
            yield from wrapped(text, columns, first="  ", rest="    ")


def _where(view: PlayerView) -> str:
    if view.place != "conversation":
        return gettext("Between conversations.")
    name = next((all_of((each.name, *each.table)) for each in view.prospects if each.id == view.talking_to), "")
    if view.patience is None or view.patience_full is None:
        return gettext("Talking to {name} {how}.").format(name=name, how=talking(view))
    return gettext("Talking to {name} {how}, patience for {left} of {full}.").format(
        name=name, how=talking(view), left=_patience(view.patience), full=_patience(view.patience_full)
    )


def _patience(seconds: int) -> str:
    return span_text(seconds // 60) if seconds >= 60 else gettext("less than a minute")


def _prospect(prospect: ProspectView, view: PlayerView, several: bool) -> str:
    """One prospect as far as the cues show it: in a conversation the manner, between two what is agreed."""
    if prospect.result is not None:
        return ended(prospect)
    parts: list[str] = []
    if view.place == "between":
        if prospect.here:
            parts.append(gettext("is in touch right now"))
        if prospect.left_alone:
            parts.append(gettext(LEFT_ALONE))
        if prospect.promise is not None:
            told = promise_text(prospect.promise, view.minute)
            parts.append(gettext("agreed: {what}").format(what=told) if prospect.promise.at is not None else told)
        if prospect.last_contact is not None:
            parts.append(contact_text(prospect.last_contact, view.minute))
        if prospect.attempts:
            parts.append(in_vain(prospect.attempts))
    if prospect.mood is not None:
        seems = gettext("seemed {mood}") if view.place == "between" else gettext("seems {mood}")
        parts.append(seems.format(mood=gettext(prospect.mood)))
    if prospect.meters is not None:
        interest = gettext(
            "interest {meters.interest} (excitement {meters.excitement}, conviction {meters.conviction})"
        )
        parts.append(interest.format(meters=prospect.meters))
        parts.append(gettext("trust {meters.trust}, pressure {meters.pressure}").format(meters=prospect.meters))
    if not parts:
        return ""
    named = several or view.place == "between"
    return (f"{prospect.name}: " if named else "") + "; ".join(parts)


def ended(prospect: ProspectView) -> str:
    """How the sale to a prospect has ended: `Sam: order.`"""
    return f"{prospect.name}: {gettext(RESULTS.get(prospect.result or '', prospect.result or ''))}."


def options(view: PlayerView, columns: int) -> Iterator[str]:
    """Yield the legal moves by groups, numbered from 1 through all of them."""
    groups = grouped(view)
    number = 0
    for heading, options in groups:
        if len(groups) > 1:
            yield f"{heading}:"
        for option in options:
            number += 1
            costs = cost(option, view)
            text = with_name(option, heading, view) + (f" ({costs})" if costs else "")
            yield from wrapped(text, columns, first=f"{number:>2}. ")


def last_question(view: PlayerView, option: Option) -> str:
    """Return what to ask before the rest of the time is let pass: how long that is, and what is agreed."""
    agreed = agreed_text(view)
    says = gettext("This lets {time} pass; {agreed}.") if agreed else gettext("This lets {time} pass.")
    return says.format(time=span_text(option.minutes), agreed=agreed)


def known(prospect: ProspectView, columns: int) -> Iterator[str]:
    """Yield what the seller has found out about a prospect."""
    if not prospect.facts and not prospect.objections:
        yield gettext("{name}: nothing known yet.").format(name=prospect.name)
        return
    yield gettext("{name}, known so far:").format(name=prospect.name)
    for fact in prospect.facts:
        text = told_by(fact.of, fact.says)
        yield from wrapped(gettext("{what} (answered)").format(what=text) if fact.met else text, columns, first="  - ")
    for objection in prospect.objections:
        state = gettext("{what} (handled)") if objection.handled else gettext("{what} (raised, not handled)")
        text = told_by(objection.of, objection.says)
        yield from wrapped(state.format(what=text), columns, first="  - ")


def course(transcript: Iterable[Said], names: dict[str, str], start: int, columns: int) -> Iterator[str]:
    """Yield everything that was said in a run that began at `start`, with its moment."""
    minute: int | None = None
    for entry in transcript:
        if entry.minute != minute:
            minute = entry.minute
            yield f"[{day_text(minute, start)}]"
        yield from said(entry, names, columns)


# --- after -----------------------------------------------------------------------------------------------------------


def debrief(found: Debrief, names: dict[str, str], currency: str, columns: int, lesson: str = "") -> Iterator[str]:
    """Yield the whole debrief: what there is to take away, endings, headlines, scorecard, the course of interest, and
    the three moments."""
    if lesson:
        yield gettext("TO TAKE AWAY")
        yield from wrapped(lesson, columns)
        yield ""
    yield gettext("HOW IT ENDED")
    for ending in found.endings:
        yield from wrapped(ending.sentence, columns)
        for fact in ending.revealed:
            yield from wrapped(fact, columns, first="  - ")
    yield ""
    yield from scorecard(found.scorecard, currency, columns)
    for prospect, curve in found.curves.items():
        yield ""
        whose = (
            gettext("INTEREST OF {name}, MOVE BY MOVE") if len(found.curves) > 1 else gettext("INTEREST, MOVE BY MOVE")
        )
        yield whose.format(name=names.get(prospect, prospect).upper())
        yield from wrapped(gettext("As it stood after each move."), columns, first="  ")
        yield from _levels(found, curve, columns, leave_out_same=len(found.curves) > 1)
        if lost := found.silence_lost.get(prospect, 0):
            yield from wrapped(lost_text(lost), columns, first="  ")
    if found.answers:
        yield ""
        yield gettext("WHY THEY ANSWERED AS THEY DID")
        yield from wrapped(
            gettext("In points of chance: what each added or cost by itself. They need not add up."),
            columns,
            first="  ",
        )
        for number, text in told_answers(found.answers, found.names.values()):
            yield from wrapped(text, columns, first=f"{number:>3}. ")
    if found.moments:
        yield ""
        yield gettext("THE MOMENTS THAT MOVED IT MOST")
        yield from wrapped(
            gettext("In points of interest, trust, pressure and the decision together."), columns, first="  "
        )
        for moment in found.moments:
            whose = f"{names.get(moment.prospect, moment.prospect)}: " if len(found.curves) > 1 else ""
            yield from _moment(moment, found.when(moment.minute), whose, columns)


def _levels(found: Debrief, curve: Sequence[CurvePoint], columns: int, *, leave_out_same: bool) -> Iterator[str]:
    """Yield the levels after each move; of moves after which they are the same, only where they are not left out."""
    for move, before, point in by_move(curve):
        if leave_out_same and _same(before, point):
            continue
        change = f" ({signed(point.interest - before.interest)})"
        text = gettext(
            "{when}, interest {point.interest}{change}, excitement {point.excitement}, conviction "
            "{point.conviction}, trust {point.trust}"
        ).format(when=found.when(before.minute), point=point, change=change)
        yield from wrapped(text, columns, first=f"{move + 1:>3}. ")


def _moment(moment: Moment, when: str, whose: str, columns: int) -> Iterator[str]:
    head = gettext("Move {number}, {when}, {change}:").format(
        number=moment.move + 1, when=when, change=signed(moment.change)
    )
    yield from wrapped(f"{head} {whose}{moment.said}", columns, first="  ", rest="    ")
    if moment.answer:
        yield from wrapped(moment.answer, columns, first="    ")
    for cause in moment.causes:
        yield from wrapped(cause, columns, first="    - ")
    if moment.principle:
        yield from wrapped(moment.principle, columns, first="    ")


def _same(before: CurvePoint, after: CurvePoint) -> bool:
    return replace(before, minute=after.minute, move=after.move, silence=after.silence) == after


def scorecard(card: Scorecard, currency: str, columns: int) -> Iterator[str]:
    """Yield the two headlines and every term of the score, with formula and cause."""
    yield gettext("HEADLINES")
    for headline in (card.first_visit_close, card.follow_up_dependence):
        says = gettext("{what} (a warning)") if headline.warning else "{what}"
        yield from wrapped(says.format(what=f"{headline.name}: {headline.value}"), columns, first="  ", rest="    ")
        yield from wrapped(headline.meaning, columns, first="      ")
    for name, terms in ((gettext("RESULT"), card.result), (gettext("CONDUCT"), card.conduct)):
        yield ""
        yield name
        for each in terms:
            yield from term(each, currency, columns)


def term(told: Term, currency: str, columns: int) -> Iterator[str]:
    """Yield one term of the score, with formula and cause."""
    yield from wrapped(f"{told.name}: {term_text(told, currency)}", columns, first="  ", rest="    ")
    yield from wrapped(told.formula, columns, first="      = ") if told.formula else ()
    yield from wrapped(told.cause, columns, first="      ") if told.cause else ()
