"""A run as lines of plain text: the briefing, what a turn shows, a run played again, and the debrief.

Made for pipes, dumb terminals and screen readers: no drawing, no colour, and nothing that only its place explains.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from engine.calendar import clock_text, day_text, span_text, when_text
from engine.scenario.vocabulary import RESULTS
from engine.units import DAY, HOUR, signed
from game.choosing import cost, grouped, with_name
from game.wording import count, introduced, money, promise_text, talking, tidied, told_answers, told_by

if TYPE_CHECKING:
    from engine.changes import Change
    from engine.debrief import Debrief
    from engine.score import Scorecard, Term
    from engine.view import Option, PlayerView, ProspectView, Said
    from game.scene import Scene

_NARROWEST: Final = 20
_WIDEST: Final = 100


def width() -> int:
    """Return the columns to wrap at: COLUMNS, or the terminal's, or 80; never more than can be read with ease."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))


def wrapped(text: str, columns: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    """Yield the lines of a text, with its own line breaks; `first` stands before the first, `rest` before others.

    Lines are as long as a terminal shows them: wide characters count twice, and may stand at the end of any line.
    """
    after = " " * cells(first) if rest is None else rest
    begin = first
    for paragraph in text.split("\n"):
        yield from _filled(paragraph, columns, begin, after)
        begin = after


def _filled(paragraph: str, columns: int, begin: str, after: str) -> Iterator[str]:
    line = lead = begin
    taken = inked = cells(begin)  # the columns of the line, and those up to its last character that is not a space
    for piece in _pieces(paragraph):
        size = cells(piece)
        if line != lead and (inked if piece == " " else taken + size) > columns:
            yield line.rstrip()
            line = lead = after
            taken = inked = cells(after)
        if piece == " " and line == after != begin:
            continue  # a line that was broken begins with a word
        if piece != " " and taken + size > columns:  # longer than a whole line
            for char in piece:
                if line != lead and taken + _cell(char) > columns:
                    yield line
                    line = lead = after
                    taken = cells(after)
                line += char
                taken += _cell(char)
        else:
            line += piece
            taken += size
        inked = inked if piece == " " else taken
    if line.strip() or line == begin:
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts of a line between which it may be broken: words, spaces, and wide characters one by one."""
    piece = ""
    for char in text.replace("\t", " "):
        wide = _cell(char) == 2
        stays = not piece or not _cell(char) or unicodedata.category(char) in ("Pe", "Pf", "Po")
        alone = char == " " or piece == " " or ((wide or _cell(piece[-1:] or "x") == 2) and not stays)
        if piece and alone and unicodedata.category(piece[-1]) not in ("Ps", "Pi"):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def cells(text: str) -> int:
    """Return the columns that a text takes in a terminal."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def _cell(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def prose(text: str, columns: int) -> Iterator[str]:
    """Yield the lines of an author's text, which keeps its own."""
    yield from wrapped(tidied(text), columns)


# --- before ----------------------------------------------------------------------------------------------------------


def briefing(scene: Scene, how: str, columns: int) -> Iterator[str]:
    """Yield what a player reads before the first move; `how` says how the run is played."""
    yield from wrapped(scene.title, columns)
    yield ""
    yield from prose(scene.briefing, columns)
    for one in scene.people:
        if one.briefing.strip() and one.briefing != scene.briefing:
            yield ""
            yield from prose(introduced(one.name, one.briefing.strip()), columns)
    yield ""
    for one in scene.people:
        whom = f" {one.name}" if len(scene.people) > 1 else ""
        yield from wrapped(f"You offer{whom}: {one.offer}, {money(one.price, one.currency)}.", columns)
    yield from wrapped(how, columns)


# --- a turn ----------------------------------------------------------------------------------------------------------


def said(entry: Said, names: dict[str, str], columns: int) -> Iterator[str]:
    """Yield one entry of the transcript."""
    if entry.who == "narrator":
        yield from wrapped(entry.text, columns)
        return
    who = "You" if entry.who == "seller" else entry.by or names.get(entry.prospect or "", "Buyer")
    if entry.who == "seller" and len(names) > 1 and entry.prospect in names:
        name = names[entry.prospect]
        who = "You" if name in entry.text else f"You to {name}"
    mood = f" ({entry.mood})" if entry.mood else ""
    yield from wrapped(f"{who}{mood}: {entry.text}", columns, rest="  ")


def changed(changes: Iterable[Change], names: list[str], columns: int) -> Iterator[str]:
    """Yield what moved the levels, with causes. Only for a player whose cues show the levels."""
    for each in changes:
        whose = f"{names[each.prospect]}: " if len(names) > 1 else ""
        yield from wrapped(f"{whose}{each.text}", columns, first="  ", rest="    ")


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


def status(view: PlayerView, columns: int) -> Iterator[str]:
    """Yield where the run stands: time, place, and each prospect as far as the cues show it."""
    left = _rounded_up(max(0, view.deadline - view.minute))
    where = "Between conversations"
    if view.place == "conversation":
        name = next((each.name for each in view.prospects if each.id == view.talking_to), "the buyer")
        where = f"Talking to {name} {talking(view)}".rstrip()
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
            agreed = "agreed: " if prospect.promise.at is not None else ""
            parts.append(agreed + promise_text(prospect.promise, view.minute))
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


def options(view: PlayerView, columns: int) -> Iterator[str]:
    """Yield the legal moves by groups, numbered from 1 through all of them."""
    groups = grouped(view)
    number = 0
    for heading, options in groups:
        if len(groups) > 1:
            yield f"{heading}:"
        for option in options:
            number += 1
            costs = cost(option)
            text = with_name(option, heading, view) + (f" ({costs})" if costs else "")
            yield from wrapped(text, columns, first=f"{number:>2}. ")


def last_question(view: PlayerView, option: Option) -> str:
    """Return what to ask before the rest of the time is let pass: how long that is, and what is agreed."""
    kept = [
        f"{when_text(each.promise.at, view.minute)} is agreed with {each.name}"
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
        text = told_by(fact.of, fact.says)
        yield from wrapped(f"{text}{' (answered)' if fact.met else ''}", columns, first="  - ")
    for objection in prospect.objections:
        state = "handled" if objection.handled else "raised, not handled"
        yield from wrapped(f"{told_by(objection.of, objection.says)} ({state})", columns, first="  - ")


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
        yield "TO TAKE AWAY"
        yield from wrapped(lesson, columns)
        yield ""
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
            change = "" if before is None else f" ({signed(point.interest - before)})"
            text = (
                f"{clock_text(point.minute)}, interest {point.interest}{change}, "
                f"excitement {point.excitement}, conviction {point.conviction}, trust {point.trust}"
            )
            yield from wrapped(text, columns, first=f"{point.move + 1:>3}. ")
            before = point.interest
        lost = found.silence_lost.get(prospect, 0)
        if lost:
            yield from wrapped(f"Lost to silence: {count(lost, 'point')} of interest.", columns, first="  ")
    if found.answers:
        yield ""
        yield "WHY THEY ANSWERED AS THEY DID"
        yield from wrapped("In points of chance: what each added or cost.", columns, first="  ")
        for number, text in told_answers(found.answers):
            yield from wrapped(text, columns, first=f"{number:>3}. ")
    if found.moments:
        yield ""
        yield "THE MOMENTS THAT MOVED IT MOST"
        yield from wrapped("In points of interest, trust and the decision together.", columns, first="  ")
        for moment in found.moments:
            whose = f"{names.get(moment.prospect, moment.prospect)}: " if len(found.curves) > 1 else ""
            head = f"Move {moment.move + 1}, {clock_text(moment.minute)}, {signed(moment.change)}: {whose}{moment.said}"
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
