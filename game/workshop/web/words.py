"""Where a seat is, in words: what a browser shows, which knows none of the game's words itself.

They come from the lines and wordings that the terminal's screens and plain lines use, so that a phone says nothing in
another way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.calendar import day_text, span_text
from engine.words import gettext, ngettext
from game.runs import lines
from game.runs.choosing import cost, grouped, with_name
from game.runs.scene import briefings, offers
from game.words.wording import LEVELS, signed

if TYPE_CHECKING:
    from engine.view import Option, PlayerView
    from game.runs.scene import Scene
    from game.workshop.web.wire import Now, Shown

_WIDE: Final = 100_000
"""Columns of a line that is never broken: a browser does that."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """Something between nothing and full."""

    name: str
    value: int
    full: int
    text: str
    """The value in words: `54`, `22 min`."""
    change: str
    """Since the move before: `+4`; empty where it did not move."""


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of the transcript."""

    when: str
    """`day 1, Mon 10:52`."""
    who: str
    """`seller`, `buyer` or `narrator`."""
    name: str
    """`You`, `Priya`; empty for the narrator."""
    mood: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A move that is possible now."""

    number: int
    """From 1, through all groups."""
    name: str
    """What to send."""
    text: str
    takes: str
    """How long it takes: `3 min`; empty where that goes without saying."""
    question: str
    """What to ask before it is made; empty for nearly all."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Moves of one sort, under a heading."""

    heading: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class RunWords:
    """One run, in words."""

    status: tuple[str, ...]
    """Time and place, and each prospect as far as the cues show it and no gauge does."""
    gauges: tuple[Gauge, ...]
    said: tuple[Word, ...]
    changes: tuple[str, ...]
    """What moved the levels at the last move."""
    groups: tuple[Choices, ...]
    known: tuple[tuple[str, ...], ...]
    """For each prospect, what has been found out."""
    results: tuple[str, ...]
    """How it ended for each prospect; empty while it goes on."""


@dataclass(frozen=True, slots=True)
class Words:
    """Where a seat is, in words."""

    where: str
    """`Round 1 of 2, buyer 3 of 3`."""
    briefing: tuple[str, ...]
    """Paragraphs to read before the first move."""
    run: RunWords | None
    ended: RunWords | None
    hint: str
    """What happens now, where nothing is played."""


def words(now: Now) -> Words:
    """Where a seat is, in the language that is spoken here."""
    return Words(
        where=_where(now),
        briefing=tuple(_briefing(now.scene)) if now.scene is not None else (),
        run=_run(now.run) if now.run is not None else None,
        ended=_run(now.ended) if now.ended is not None else None,
        hint=_hint(now),
    )


def _where(now: Now) -> str:
    if now.round is None:
        return ""
    buyer = now.run.buyer if now.run is not None else now.ended.buyer if now.ended is not None else None
    if buyer is None or now.buyers is None:
        return gettext("Round {round} of {rounds}").format(round=now.round + 1, rounds=now.rounds)
    return gettext("Round {round} of {rounds}, buyer {buyer} of {buyers}").format(
        round=now.round + 1, rounds=now.rounds, buyer=buyer + 1, buyers=now.buyers
    )


def _hint(now: Now) -> str:
    match now.state:
        case "playing":
            return ""
        case "between":
            return gettext("You have met every buyer of this round. The host goes on when the time is up, or earlier.")
        case "over":
            return gettext("That was the last round. Thank you for playing.")
    begin = gettext("The next round begins when the host opens it.")
    if now.round in (None, 0):
        begin = gettext("You are in. The first round begins when the host opens it.")
    if now.buyers is None:
        return begin
    if now.minutes is None:
        meet = ngettext("You will meet {count} buyer.", "You will meet {count} buyers.", now.buyers)
    else:
        meet = ngettext(
            "You will meet {count} buyer, and have {minutes} minutes.",
            "You will meet {count} buyers, and have {minutes} minutes.",
            now.buyers,
        )
    return f"{begin} {meet.format(count=now.buyers, minutes=now.minutes)}"


def _briefing(scene: Scene) -> Iterator[str]:
    for text in briefings(scene):
        yield from text.split("\n\n")
    yield from offers(scene.people)


def _run(shown: Shown) -> RunWords:
    view = shown.view
    names = view.names
    gauges = tuple(_gauges(shown))
    return RunWords(
        status=tuple(line.strip() for line in lines.status(view, _WIDE))[: 1 if len(gauges) > 1 else None],
        gauges=gauges,
        said=tuple(_said(view, names)),
        changes=tuple(line.strip() for line in lines.changed(shown.changes, list(names.values()), _WIDE)),
        groups=tuple(_groups(view)),
        known=tuple(tuple(line.strip() for line in lines.known(each, _WIDE)) for each in view.prospects),
        results=tuple(lines.ended(each) for each in view.prospects if each.result is not None)
        if view.place == "over"
        else (),
    )


def _gauges(shown: Shown) -> Iterator[Gauge]:
    """Yield patience, and the levels where the cues show them, of the one who is talked to."""
    view = shown.view
    if view.place != "conversation" or view.patience is None or view.patience_full is None:
        return
    yield Gauge(gettext("patience"), view.patience, view.patience_full, span_text(max(0, view.patience // 60)), "")
    place, one = next((n, each) for n, each in enumerate(view.prospects) if each.id == view.talking_to)
    if one.meters is not None:
        for level in LEVELS:
            value: int = getattr(one.meters, level)
            moved = sum(each.points for each in shown.changes if (each.prospect, each.level) == (place, level))
            yield Gauge(gettext(level), value, 100, str(value), signed(moved) if moved else "")


def _said(view: PlayerView, names: dict[str, str]) -> Iterator[Word]:
    for entry in view.transcript:
        yield Word(
            when=day_text(entry.minute, view.start),
            who=entry.who,
            name="" if entry.who == "narrator" else lines.speaker(entry, names),
            mood=gettext(entry.mood) if entry.mood else "",
            text=entry.text,
        )


def _groups(view: PlayerView) -> Iterator[Choices]:
    number = 0
    for heading, options in grouped(view):
        choices = []
        for option in options:
            number += 1
            choices.append(_choice(number, option, heading, view))
        yield Choices(heading, tuple(choices))


def _choice(number: int, option: Option, heading: str, view: PlayerView) -> Choice:
    return Choice(
        number=number,
        name=option.name,
        text=with_name(option, heading, view),
        takes=cost(option, view),
        question=lines.last_question(view, option) if option.kind == "finish" else "",
    )
