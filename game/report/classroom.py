"""The class debrief in words, for the projector, the host's screen, and a page to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count as count_up
from typing import Final

from engine.doctrines import BY_SCHOOL
from game.report.document import Heading, Paragraph, Part, Table
from game.terms import SCHOOLS
from game.wording import count, money, why_text
from game.workshop.moments import (
    NOTHING,
    OTHERS,
    Buyer,
    ClassDebrief,
    Closable,
    Parting,
    SchoolWay,
    Spread,
    Way,
)
from game.workshop.ranking import Ranking
from game.workshop.strong import Strong

DID: Final[Mapping[str, str]] = {
    "small-talk": "made small talk",
    "open-question": "asked an open question",
    "closed-question": "asked a closed question",
    "implication": "asked what it costs to leave things as they are",
    "listen": "played back what they had heard",
    "present": "told what the offer does",
    "demonstrate": "showed it",
    "story": "told a story",
    "proof": "showed proof",
    "claim": "promised something with nothing behind it",
    "concede": "said what the offer does not do",
    "quote": "named the price",
    "discount": "took something off the price",
    "urgency": "gave a reason to hurry",
    "isolate": "asked what lay behind it",
    "handle": "handled it",
    "confirm": "checked that it was settled",
    "bring-in": "asked for somebody else to join",
    "ask-for-decision": "asked for the decision",
    "press": "asked again, harder",
    "propose-dated-step": "proposed a step with a date",
    "vague-follow-up": "promised to be in touch",
    "invite-no": "made it easy to say no",
    "take-no": "took it for a no",
    "leave": "left without a next step",
    "call": "called",
    "touch": "sent something of use",
    "check-in": "checked in with nothing new",
    NOTHING: "did nothing more about this buyer",
    OTHERS: "did something else",
}
"""What players did, by the kind of line."""
OUTCOMES: Final[Mapping[str, str]] = {
    "order-first-visit": "ordered on the first visit",
    "order-later": "ordered later",
    "advance": "undecided, with a step agreed",
    "no-sale": "a clear no",
    "lost-to-rival": "lost to a rival",
    "lost-to-no-decision": "lost to no decision",
    "expired": "undecided",
    "never-contacted": "never contacted",
}
"""How buyers ended, by the names in `engine.simulate.OUTCOMES`."""
PLAYERS: Final[Mapping[str, str]] = {
    **{doctrine: SCHOOLS[school] for school, doctrine in BY_SCHOOL.items()},
    "expert": "the expert",
    "random": "somebody who chooses at random",
}
"""The computer players, as people read them."""
_STEPS: Final = 8
"""About how many lines a picture of how runs lie has."""


Shown = Callable[[int], str]
"""Writes an amount for people."""


def amounts(found: ClassDebrief) -> Shown:
    """How the amounts of a round are written: in whole units of money, where there are a hundred of them or more."""
    earned = found.spread.earned if found.spread is not None else (0,)
    whole = max(map(abs, earned)) >= 10_000
    return lambda value: money(100 * round(value / 100) if whole else value, found.currency)


def report(
    found: ClassDebrief,
    standing: Ranking | None = None,
    names: Mapping[int, str] | None = None,
    coach: Sequence[Part] = (),
) -> Iterator[Part]:
    """Yield the class debrief of a round. `standing` is its ranking, for where the computer players stand; `names` are
    those of the seats whose owners agree to be named; `coach` is what the coach says of the strong run, if anything."""
    yield Heading(f"Class debrief: {found.title}")
    if found.spread is None:
        yield Paragraph("Nobody made a move in this round, so there is nothing to look back on.")
        return
    yield Paragraph(
        f"Round {found.round + 1}: {count(found.players, 'player')} met the same {_buyers(len(found.buyers))}, "
        "with the same luck."
    )
    yield Heading("How the room did", 2)
    shown = amounts(found)
    yield from spread(found.spread, shown)
    if standing is not None and standing.references:
        yield Table(
            ("on these very buyers", "earned", "place it would take"),
            tuple(
                (PLAYERS.get(each.name, each.name), shown(each.earned), str(each.place)) for each in standing.references
            ),
        )
    yield Heading("Who could have been closed on the first visit", 2)
    for buyer in found.buyers:
        for each in buyer.closable:
            yield Paragraph(closable_text(each, buyer, len(found.buyers) > 1))
    yield Heading("Where the room parted ways", 2)
    if not found.partings:
        yield Paragraph("Nowhere by more than luck: those who did different things came to much the same.")
    for parting in found.partings:
        yield from _parting(parting, found)
    yield Heading("What each school does with these buyers", 2)
    yield _schools(found)
    if found.strong is not None:
        yield from _strong(found.strong, found, names or {})
    if coach:
        yield Heading("What the coach says of that run", 2)
        yield Paragraph("To whoever played it.")
        yield from (Heading(part.text, part.level + 1) if isinstance(part, Heading) else part for part in coach[1:])
    again = [buyer for buyer in found.buyers if buyer.seed is not None]
    if again:
        yield Heading("To meet them again", 2)
        yield Paragraph("At home, with the same luck:")
        yield Table(
            ("buyer", "what to type"),
            tuple((f"{each.buyer + 1}.", f"firstvisit play {found.scenario} --seed {each.seed}") for each in again),
            listed=True,
        )


def _buyers(many: int) -> str:
    return "buyer" if many == 1 else count(many, "buyer")


def spread(found: Spread, shown: Shown) -> Iterator[Part]:
    """Yield how runs lie: a dot for each, and how buyers ended."""
    low, high = found.earned[0], found.earned[-1]
    yield Paragraph(
        f"Half of the room earned {shown(found.middle)} or more; the least was {shown(low)}, the most {shown(high)}."
    )
    if low < high:
        yield Table(("earned", "one dot per player"), tuple(_dots(found.earned, shown)), listed=True)
    yield Table(
        ("how buyers ended", "how often"),
        tuple((OUTCOMES[name], str(times)) for name, times in found.outcomes.items()),
    )


def _dots(earned: Sequence[int], shown: Shown) -> Iterator[tuple[str, str]]:
    """Yield amounts in round steps, the highest first, with a dot for each run."""
    low, high = earned[0], earned[-1]
    wide = (high - low) // _STEPS + 1
    step = next(each for each in _round_numbers() if each >= wide)
    counted = Counter(each // step for each in earned)
    for place in range(high // step, low // step - 1, -1):
        yield f"from {shown(place * step)}", "● " * counted[place]


def _round_numbers() -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50 and so on."""
    return (digit * 10**power for power in count_up() for digit in (1, 2, 5))


def closable_text(found: Closable, buyer: Buyer, numbered: bool) -> str:
    """Whether somebody could have been closed on the first visit, and what the room made of it."""
    name = f"{found.name}, buyer {buyer.buyer + 1}," if numbered else found.name
    if not found.could and not found.real:
        return f"{name} {found.why}: a clear no was the best there was, and {found.declined} of {buyer.plays} had it."
    if not found.could:
        later = f" {found.later} of {buyer.plays} closed afterwards." if found.later else ""
        return f"{name} {found.why}, so nothing was missed then.{later}"
    afterwards = f", and {found.later} afterwards" if found.later else ""
    return (
        f"{name} could have decided in the first conversation: {found.asked} of {buyer.plays} asked, "
        f"{found.closed} closed then{afterwards}."
    )


def moment_text(parting: Parting) -> str:
    """What had happened at a moment: `When Priya said “I need to think about it.”`."""
    quoted = f" (“{parting.text}”)" if parting.text else ""
    return {
        "start": f"With {parting.name}, to begin with",
        "raised": f"When {parting.name} said “{parting.text}”",
        "stall": f"When {parting.name} put the decision off{quoted}",
        "signal": f"When {parting.name} let slip that the moment had come{quoted}",
        "left": f"When the conversation with {parting.name} was over and nothing was decided",
        "missed": f"When {parting.name} could not be reached",
        "back": f"When {parting.name} got in touch",
        "joined": f"When somebody else joined {parting.name}",
    }[parting.what]


def did_text(way: Way | SchoolWay) -> str:
    """`promised to be in touch`, `called the same day`."""
    return f"{DID[way.kind]} {way.when}".strip()


def parting_text(parting: Parting) -> str:
    """A moment in a sentence or two: `When Priya said “...”, 14 of 23 promised to be in touch; 2 of those 14 were ever
    spoken to again. The 6 who asked what lay behind it closed 4.`"""
    ways = [way for way in parting.ways if way.kind != OTHERS]
    first, *others = ways
    told = [f"{moment_text(parting)}, {first.plays} of {parting.reached} {did_text(first)}; {_came_of(first)}."]
    telling = max(others, key=lambda way: (way.earned, way.plays), default=None)
    for way in others:
        if way is telling or way is others[0]:
            told.append(f"The {way.plays} who {did_text(way)} {_closed(way)}.")
    return " ".join(told)


def _came_of(way: Way) -> str:
    if way.spoken is None or way.kind == NOTHING:
        return f"they {_closed(way)}"
    few = f"{way.spoken or 'none'} of those {way.plays} {'was' if way.spoken == 1 else 'were'} ever spoken to again"
    spoken = "all of them were spoken to again" if way.spoken == way.plays else few
    return f"{spoken}, and they {_closed(way)}" if way.ordered else spoken


def _closed(way: Way) -> str:
    return f"closed {way.ordered or 'none'}"


_CALLED: Final[Mapping[str, str]] = {
    "start": "the beginning",
    "raised": "an objection",
    "stall": "the stall",
    "signal": "the signal",
    "left": "the end of the conversation",
    "missed": "nobody there",
    "back": "the buyer gets in touch",
    "joined": "somebody joins",
}
"""Moments in a word or two."""


def _parting(parting: Parting, found: ClassDebrief) -> Iterator[Part]:
    buyer = f", buyer {parting.buyer + 1}" if len(found.buyers) > 1 else ""
    shown = amounts(found)
    yield Heading(f"{parting.name}{buyer}: {_CALLED[parting.what]}", 3)
    yield Paragraph(parting_text(parting))
    yield Table(
        ("what they did", "plays", "spoken to again", "closed", "earned on average"),
        tuple(
            (
                did_text(way),
                str(way.plays),
                "" if way.spoken is None else str(way.spoken),
                str(way.ordered),
                shown(way.earned),
            )
            for way in parting.ways
        ),
    )
    if any(way.says for way in parting.ways):
        yield Table(
            ("what they did", "in most cases with these words"),
            tuple((f"{did_text(way)}:", f"“{way.says}”") for way in parting.ways if way.says),
            listed=True,
        )
    yield Paragraph(schools_text(parting.schools))


def schools_text(ways: Sequence[SchoolWay]) -> str:
    """What the schools would have done at a moment: `Plan A and Same day would have asked what lay behind it.`"""
    by_deed: dict[str, list[str]] = {}
    for way in ways:
        by_deed.setdefault(did_text(way), []).append(PLAYERS[way.school])
    return " ".join(f"{_and(schools)} would have {_would(deed)}." for deed, schools in by_deed.items())


_PARTICIPLES: Final = {"took": "taken", "showed": "shown", "gave": "given", "did": "done"}


def _would(deed: str) -> str:
    first, _, rest = deed.partition(" ")
    return f"{_PARTICIPLES.get(first, first)} {rest}".strip()


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _schools(found: ClassDebrief) -> Table:
    schools = [run.school for run in found.buyers[0].schools]
    shown = amounts(found)
    return Table(
        ("buyer", *(PLAYERS[school] for school in schools)),
        tuple(
            (
                f"{buyer.buyer + 1}. {_and([each.name for each in buyer.closable])}",
                *(
                    f"{shown(run.earned)}: {', '.join(OUTCOMES[name] for name in run.outcomes)}"
                    for run in buyer.schools
                ),
            )
            for buyer in found.buyers
        ),
        listed=True,
    )


def _strong(strong: Strong, found: ClassDebrief, names: Mapping[int, str]) -> Iterator[Part]:
    owner = names.get(strong.seat, "")
    yield Heading("A strong run, move by move", 2)
    whose = f"{owner}'s run" if owner else "One run"
    buyer = f" with buyer {strong.buyer + 1}" if len(found.buyers) > 1 else ""
    yield Paragraph(f"{whose}{buyer} that earned {amounts(found)(strong.earned)}.")
    rows = []
    for number, step in enumerate(strong.steps, start=1):
        came = " ".join(each.text for each in step.said)
        why = f" ({why_text(step.answer)})" if step.answer is not None else ""
        rows.append((f"{number}. {step.when}", f"{step.did}{why}", came))
    yield Table(("move", "what was said or done", "what came back"), tuple(rows), listed=True)
