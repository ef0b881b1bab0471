"""A run as lines of plain text: the briefing, what a turn shows, a run played again, and the debrief.

Made for pipes, dumb terminals and screen readers: no drawing, no colour, and nothing that only its place explains.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from engine.calendar import clock_text, day_text, span_text
from engine.scenario.vocabulary import RESULTS
from engine.units import DAY, HOUR
from game.wording import CHANNELS, count, introduced, money

if TYPE_CHECKING:
    from engine.debrief import Debrief
    from engine.events import Event
    from engine.scenario.compiled import Scenario
    from engine.score import Scorecard, Term
    from engine.view import Option, PlayerView, ProspectView, Said

_METERS: Final = ("excitement", "conviction", "trust", "pressure")
_FADING: Final = "time passed"
"""The cause of what fades by itself. It is booked with the next thing that happens, and was shown long before."""
_NARROWEST: Final = 20
_WIDEST: Final = 100


def width() -> int:
    """Return the columns to wrap at: COLUMNS, or the terminal's, or 80; never more than can be read with ease."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))


def wrapped(text: str, columns: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    """Yield the lines of a text, with its own line breaks; `first` stands before the first, `rest` before others."""
    after = " " * len(first) if rest is None else rest
    begin = first
    for paragraph in text.split("\n"):
        lines = textwrap.wrap(paragraph, columns, initial_indent=begin, subsequent_indent=after, break_on_hyphens=False)
        yield from lines or [begin.rstrip()]
        begin = after


def prose(text: str, columns: int) -> Iterator[str]:
    """Yield the lines of a text whose paragraphs an author has wrapped somewhere else; empty lines divide them."""
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        if number:
            yield ""
        yield from wrapped(" ".join(paragraph.split()), columns)


# --- before ----------------------------------------------------------------------------------------------------------


def briefing(scenario: Scenario, seed: int, cues: str, columns: int) -> Iterator[str]:
    """Yield what a player reads before the first move."""
    yield from wrapped(scenario.title, columns)
    yield ""
    yield from prose(scenario.briefing, columns)
    own = [each for each in scenario.prospects if each.briefing.strip() and each.briefing != scenario.briefing]
    for prospect in own:
        yield ""
        yield from prose(introduced(prospect.buyer.name, prospect.briefing.strip()), columns)
    yield ""
    for prospect in scenario.prospects:
        offer = prospect.offer
        whom = f" {prospect.buyer.name}" if len(scenario.prospects) > 1 else ""
        yield from wrapped(f"You offer{whom}: {offer.name}, {money(offer.price, offer.currency)}.", columns)
    yield from wrapped(f"Cues: {cues}. Seed: {seed}.", columns)


# --- a turn ----------------------------------------------------------------------------------------------------------


def said(entry: Said, names: dict[str, str], columns: int) -> Iterator[str]:
    """Yield one entry of the transcript."""
    if entry.who == "narrator":
        yield from wrapped(entry.text, columns)
        return
    who = "You" if entry.who == "seller" else names.get(entry.prospect or "", "Buyer")
    if entry.who == "seller" and len(names) > 1 and entry.prospect in names:
        name = names[entry.prospect]
        who = "You" if name in entry.text else f"You to {name}"
    mood = f" ({entry.mood})" if entry.mood else ""
    yield from wrapped(f"{who}{mood}: {entry.text}", columns, rest="  ")


def changes(events: Iterable[Event], names: list[str], columns: int) -> Iterator[str]:
    """Yield what moved the levels, with causes. Only for a player whose cues show the levels."""
    for event in events:
        points = _points(event.amount)
        if event.what in _METERS and points and event.cause != _FADING:
            whose = f"{names[event.prospect]}: " if len(names) > 1 and event.prospect >= 0 else ""
            yield from wrapped(f"{whose}{event.what} {points:+d}: {event.cause}", columns, first="  ", rest="    ")


def faded(before: PlayerView, after: PlayerView, columns: int) -> Iterator[str]:
    """Yield what time has done to each prospect between two views. Only for a player whose cues show the levels."""
    for was, now in zip(before.prospects, after.prospects, strict=True):
        if was.meters is None or now.meters is None or was.meters == now.meters or now.result is not None:
            continue
        text = (
            f"{span_text(after.minute - before.minute)} later {now.name}'s interest is {now.meters.interest}, and was "
            f"{was.meters.interest} (excitement {was.meters.excitement} to {now.meters.excitement}, conviction "
            f"{was.meters.conviction} to {now.meters.conviction}; trust {was.meters.trust} to {now.meters.trust})."
        )
        yield from wrapped(text, columns, rest="  ")


def _points(amount: int) -> int:
    """Level units as whole points, rounded half away from zero."""
    return (abs(amount) + 50) // 100 * (1 if amount >= 0 else -1)


def status(view: PlayerView, columns: int) -> Iterator[str]:
    """Yield where the run stands: time, place, and each prospect as far as the cues show it."""
    left = _rounded_up(max(0, view.deadline - view.minute))
    where = "Between conversations"
    if view.place == "conversation":
        name = next((each.name for each in view.prospects if each.id == view.talking_to), "the buyer")
        where = f"Talking to {name} {CHANNELS.get(view.channel or 'visit', '')}".rstrip()
        if view.patience is not None and view.patience_full is not None:
            where += f", patience for {_patience(view.patience)} of {_patience(view.patience_full)}"
    yield from wrapped(f"[{day_text(view.minute, view.start)}; {span_text(left)} left] {where}.", columns, rest="  ")
    for prospect in view.prospects:
        if view.place == "conversation" and prospect.id != view.talking_to:
            continue
        text = _prospect(prospect, view, len(view.prospects) > 1)
        if text:
            yield from wrapped(text, columns, first="  ", rest="    ")


def _rounded_up(minutes: int) -> int:
    """Time left, up to whole hours below three days and to whole days above, as `span_text` prints them."""
    step = DAY if minutes > 3 * DAY else HOUR if minutes > DAY else 1
    return -(-minutes // step) * step


def _patience(seconds: int) -> str:
    return span_text(seconds // 60) if seconds >= 60 else f"{seconds} s"


def _prospect(prospect: ProspectView, view: PlayerView, several: bool) -> str:
    """One prospect as far as the cues show it: in a conversation the manner, between two what is agreed."""
    if prospect.result is not None:
        return f"{prospect.name}: {RESULTS.get(prospect.result, prospect.result)}."
    parts: list[str] = []
    if view.place == "between":
        if prospect.here:
            parts.append("is in touch right now")
        if prospect.promise is not None:
            parts.append(promise(prospect.promise.kind, prospect.promise.at, prospect.promise.channel, view.start))
        if prospect.last_contact is not None:
            ago = view.minute - prospect.last_contact
            parts.append(f"last contact {span_text(ago)} ago" if ago > 0 else "last contact just now")
        if prospect.attempts:
            parts.append(f"{count(prospect.attempts, 'attempt')} without an answer")
    if prospect.mood is not None:
        parts.append(f"{'seemed' if view.place == 'between' else 'seems'} {prospect.mood}")
    if prospect.meters is not None:
        meters = prospect.meters
        parts.append(f"interest {meters.interest} (excitement {meters.excitement}, conviction {meters.conviction})")
        parts.append(f"trust {meters.trust}, pressure {meters.pressure}")
    if not parts:
        return ""
    named = several or view.place == "between"
    return (f"{prospect.name}: " if named else "") + "; ".join(parts)


def promise(kind: str, at: int | None, channel: str, start: int) -> str:
    """Return what is agreed about the next contact, in words."""
    if kind == "vague" or at is None:
        return "you said you would be in touch, with no date"
    how = CHANNELS.get(channel, channel)
    if kind == "dated":
        return f"agreed: {day_text(at, start).rsplit(' ', 1)[0]}, {how}"
    return f"agreed: {day_text(at, start)}, {how}"


def options(view: PlayerView, columns: int) -> Iterator[str]:
    """Yield the legal moves, numbered from 1."""
    names = {each.id: each.name for each in view.prospects}
    for number, option in enumerate(view.options, start=1):
        yield from wrapped(option_text(option, names, view.place), columns, first=f"{number:>2}. ")


def option_text(option: Option, names: dict[str, str], place: str) -> str:
    """Return one legal move as a player reads it."""
    name = names.get(option.prospect or "", "")
    whom = f"{name}: " if place == "between" and len(names) > 1 and name not in option.text else ""
    takes = f" ({span_text(option.minutes)})" if option.minutes and option.kind not in ("wait", "finish") else ""
    return f"{whom}{option.text}{takes}"


def last_question(view: PlayerView, option: Option) -> str:
    """Return what to ask before the rest of the time is let pass: how long that is, and what is agreed."""
    kept = [
        f"{clock_text(each.promise.at)} is agreed with {each.name}"
        for each in view.prospects
        if each.result is None and each.promise is not None and each.promise.at is not None
    ]
    return f"This lets {'; '.join([f'{span_text(option.minutes)} pass', *kept])}."


def known(prospect: ProspectView, columns: int) -> Iterator[str]:
    """Yield what the seller has found out about a prospect."""
    if not prospect.facts and not prospect.objections:
        yield f"{prospect.name}: nothing known yet."
        return
    yield f"{prospect.name}, known so far:"
    for fact in prospect.facts:
        yield from wrapped(f"{fact.says}{' (answered)' if fact.met else ''}", columns, first="  - ")
    for objection in prospect.objections:
        state = "answered" if objection.answered else "raised, not answered"
        yield from wrapped(f"{objection.says} ({state})", columns, first="  - ")


def course(transcript: Iterable[Said], names: dict[str, str], start: int, columns: int) -> Iterator[str]:
    """Yield everything that was said in a run that began at `start`, with its moment."""
    minute: int | None = None
    for entry in transcript:
        if entry.minute != minute:
            minute = entry.minute
            yield f"[{day_text(minute, start)}]"
        yield from said(entry, names, columns)


# --- after -----------------------------------------------------------------------------------------------------------


def debrief(found: Debrief, names: dict[str, str], currency: str, columns: int) -> Iterator[str]:
    """Yield the whole debrief: endings, headlines, scorecard, the course of interest, and the three moments."""
    yield "HOW IT ENDED"
    for ending in found.endings:
        yield from wrapped(ending.sentence, columns)
        for fact in ending.revealed:
            yield from wrapped(fact, columns, first="  - ")
    yield ""
    yield from scorecard(found.scorecard, currency, columns)
    for prospect, curve in found.curves.items():
        yield ""
        whose = f" OF {names.get(prospect, prospect).upper()}" if len(found.curves) > 1 else ""
        yield f"INTEREST{whose}, MOVE BY MOVE"
        before: int | None = None
        for point in curve:
            if point.move is None:
                continue
            change = "" if before is None else f" ({point.interest - before:+d})"
            text = (
                f"{clock_text(point.minute)}, interest {point.interest}{change}, "
                f"excitement {point.excitement}, conviction {point.conviction}, trust {point.trust}"
            )
            yield from wrapped(text, columns, first=f"{point.move + 1:>3}. ")
            before = point.interest
        lost = found.silence_lost.get(prospect, 0)
        if lost:
            yield from wrapped(f"Lost to silence: {count(lost, 'point')} of interest.", columns, first="  ")
    if found.moments:
        yield ""
        yield "THE MOMENTS THAT MOVED IT MOST"
        yield from wrapped("In points of interest, trust and the decision together.", columns, first="  ")
        for moment in found.moments:
            head = f"Move {moment.move + 1}, {clock_text(moment.minute)}, {moment.change:+d}: {moment.said}"
            yield from wrapped(head, columns, first="  ", rest="    ")
            for cause in moment.causes:
                yield from wrapped(cause, columns, first="    - ")
            if moment.principle:
                yield from wrapped(moment.principle, columns, first="    ")


def scorecard(card: Scorecard, currency: str, columns: int) -> Iterator[str]:
    """Yield the two headlines and every term of the score, with formula and cause."""
    yield "HEADLINES"
    for headline in (card.first_visit_close, card.follow_up_dependence):
        mark = " (a warning)" if headline.warning else ""
        yield from wrapped(f"{headline.name}: {headline.value}{mark}", columns, first="  ", rest="    ")
        yield from wrapped(headline.meaning, columns, first="      ")
    for name, terms in (("RESULT", card.result), ("CONDUCT", card.conduct)):
        yield ""
        yield name
        for term in terms:
            yield from wrapped(f"{term.name}: {amount(term, currency)}", columns, first="  ", rest="    ")
            yield from wrapped(term.formula, columns, first="      = ") if term.formula else ()
            yield from wrapped(term.cause, columns, first="      ") if term.cause else ()


def amount(term: Term, currency: str) -> str:
    """Return the value of one term of the score with its unit."""
    if term.unit == "money":
        return money(term.value, currency)
    if term.unit == "percent":
        return f"{term.value}%"
    if term.unit == "minutes":
        return span_text(term.value)
    return str(term.value)
