"""The class debrief in words, for the projector, the host's screen, and a page to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count as count_up
from typing import Final

from engine.calendar import day_text, run_clock_text
from engine.doctrines import BY_SCHOOL
from engine.words import all_of, gettext, marked, ngettext, speaking
from game.report.document import Heading, Paragraph, Part, Table
from game.words.terms import SCHOOLS
from game.words.wording import money, quoted, why_text
from game.workshop.results.debrief import Buyer, ClassDebrief, Closable, Spread
from game.workshop.results.partings import NOTHING, OTHERS, Parting, SchoolWay, Way
from game.workshop.results.ranking import Ranking
from game.workshop.results.strong import Strong

DID: Final[Mapping[str, str]] = {
    "small-talk": marked("made small talk"),
    "open-question": marked("asked an open question"),
    "closed-question": marked("asked a closed question"),
    "implication": marked("asked what it costs to leave things as they are"),
    "listen": marked("played back what they had heard"),
    "present": marked("told what the offer does"),
    "demonstrate": marked("showed it"),
    "story": marked("told a story"),
    "proof": marked("showed proof"),
    "claim": marked("promised something with nothing behind it"),
    "concede": marked("said what the offer does not do"),
    "quote": marked("named the price"),
    "discount": marked("took something off the price"),
    "urgency": marked("gave a reason to hurry"),
    "isolate": marked("asked what lay behind it"),
    "handle": marked("handled it"),
    "confirm": marked("checked that it was settled"),
    "bring-in": marked("asked for somebody else to join"),
    "ask-for-decision": marked("asked for the decision"),
    "press": marked("asked again, harder"),
    "propose-dated-step": marked("proposed a step with a date"),
    "vague-follow-up": marked("promised to be in touch"),
    "invite-no": marked("made it easy to say no"),
    "take-no": marked("took it for a no"),
    "leave": marked("left without a next step"),
    "call": marked("called"),
    "touch": marked("sent something of use"),
    "check-in": marked("checked in with nothing new"),
    NOTHING: marked("did nothing more about this buyer"),
    OTHERS: marked("did something else"),
}
"""What players did, by the kind of line, to be looked up."""
ENDS: Final[Mapping[str, str]] = {
    "order-first-visit": marked("ordered on the first visit"),
    "order-later": marked("ordered later"),
    "advance": marked("undecided, with a step agreed"),
    "no-sale": marked("a clear no"),
    "lost-to-rival": marked("lost to a rival"),
    "lost-to-no-decision": marked("lost to no decision"),
    "expired": marked("undecided"),
    "never-contacted": marked("never contacted"),
}
"""How buyers ended, by the names in `engine.simulate.ENDS`, to be looked up."""
PLAYERS: Final[Mapping[str, str]] = {
    **{doctrine: SCHOOLS[school] for school, doctrine in BY_SCHOOL.items()},
    "expert": marked("the expert"),
    "random": marked("somebody who chooses at random"),
}
"""The computer players, as people read them, to be looked up."""
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
) -> tuple[Part, ...]:
    """The class debrief of a round, in its language. `standing` is its ranking, for where the computer players stand;
    `names` are those of the seats whose owners agree to be named; `coach` is what the coach says of the strong run, if
    anything."""
    with speaking(found.language):
        return tuple(_report(found, standing, names or {}, coach))


def strong_report(found: ClassDebrief, coach: Sequence[Part]) -> tuple[Part, ...]:
    """The strong run of a round by itself, with what the coach says of it, for whoever was not there. Nobody is named.

    Nothing where there is none.
    """
    if found.strong is None:
        return ()
    with speaking(found.language):
        title = gettext("Round {round}: {title}").format(round=found.round + 1, title=found.title)
        return (Heading(title), *_strong(found.strong, found, {}), *_judged(coach))


def _report(
    found: ClassDebrief, standing: Ranking | None, names: Mapping[int, str], coach: Sequence[Part]
) -> Iterator[Part]:
    yield Heading(gettext("Class debrief: {title}").format(title=found.title))
    if found.spread is None:
        yield Paragraph(gettext("Nobody made a move in this round, so there is nothing to look back on."))
        return
    met = ngettext(
        "Round {round}: {count} player met {buyers}, with the same luck.",
        "Round {round}: {count} players met {buyers}, with the same luck.",
        found.players,
    )
    buyers = ngettext("the same buyer", "the same {count} buyers", len(found.buyers)).format(count=len(found.buyers))
    yield Paragraph(met.format(round=found.round + 1, count=found.players, buyers=buyers))
    yield Heading(gettext("How the room did"), 2)
    shown = amounts(found)
    yield from spread(found.spread, shown)
    if standing is not None and standing.references:
        yield Table(
            (gettext("on these very buyers"), gettext("earned"), gettext("place it would take")),
            tuple((player(each.name), shown(each.earned), str(each.place)) for each in standing.references),
        )
    yield Heading(gettext("Who could have been closed on the first visit"), 2)
    for buyer in found.buyers:
        for each in buyer.closable:
            yield Paragraph(closable_text(each, buyer, found))
    yield Heading(gettext("Where the room parted ways"), 2)
    if not found.partings:
        yield Paragraph(gettext("Nowhere by more than luck: those who did different things came to much the same."))
    else:
        yield Paragraph(gettext("What went together in this room is no proof of what brought it about."))
    for parting in found.partings:
        yield from _parting(parting, found)
    yield Heading(gettext("What each school does with these buyers"), 2)
    yield _schools(found)
    if found.strong is not None:
        yield from _strong(found.strong, found, names)
    if coach:
        yield from _judged(coach)
    again = [buyer for buyer in found.buyers if buyer.seed is not None]
    if again:
        yield Heading(gettext("To meet them again"), 2)
        yield Paragraph(gettext("At home, with the same luck:"))
        yield Table(
            (gettext("buyer"), gettext("what to type")),
            tuple((f"{each.buyer + 1}.", f"firstvisit play {found.scenario} --seed {each.seed}") for each in again),
            listed=True,
        )


def player(name: str) -> str:
    """A computer player, as people read it."""
    return gettext(PLAYERS.get(name, name))


def spread(found: Spread, shown: Shown) -> Iterator[Part]:
    """Yield how runs lie: a dot for each, and how buyers ended."""
    low, high = found.earned[0], found.earned[-1]
    half = gettext("Half of the room earned {middle} or more; the least was {low}, the most {high}.")
    yield Paragraph(half.format(middle=shown(found.middle), low=shown(low), high=shown(high)))
    if low < high:
        header = (gettext("earned"), gettext("one dot per player"))
        yield Table(header, tuple(_dots(found.earned, shown)), listed=True)
    yield Table(
        (gettext("how buyers ended"), gettext("how often")),
        tuple((gettext(ENDS[name]), str(times)) for name, times in found.ended.items()),
    )


def _dots(earned: Sequence[int], shown: Shown) -> Iterator[tuple[str, str]]:
    """Yield amounts in round steps, the highest first, with a dot for each run."""
    low, high = earned[0], earned[-1]
    wide = (high - low) // _STEPS + 1
    step = next(each for each in _round_numbers() if each >= wide)
    counted = Counter(each // step for each in earned)
    for place in range(high // step, low // step - 1, -1):
        yield gettext("from {amount}").format(amount=shown(place * step)), "● " * counted[place]


def _round_numbers() -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50 and so on."""
    return (digit * 10**power for power in count_up() for digit in (1, 2, 5))


def closable_text(found: Closable, buyer: Buyer, whole: ClassDebrief) -> str:
    """Whether somebody could have been closed on the first visit, and what the room made of it."""
    if not found.could and not found.real:
        text = gettext(
            "{name} would never have bought from anybody: a clear no was the best there was, and {declined} of {plays} "
            "had it."
        )
    elif not found.could:
        text = gettext("{name} could not decide before {day}, so nothing was missed then.")
        if found.later:
            text = gettext(
                "{name} could not decide before {day}, so nothing was missed then. {later} of {plays} closed "
                "afterwards."
            )
    else:
        text = gettext(
            "{name} could have decided in the first conversation: {asked} of {plays} asked, {closed} closed then."
        )
        if found.later:
            text = gettext(
                "{name} could have decided in the first conversation: {asked} of {plays} asked, {closed} closed then, "
                "and {later} afterwards."
            )
    return text.format(
        name=_one_of(found.name, buyer.buyer, whole),
        day=day_text(found.ready, whole.start),
        plays=buyer.plays,
        asked=found.asked,
        closed=found.closed,
        later=found.later,
        declined=found.declined,
    )


def _one_of(name: str, buyer: int, whole: ClassDebrief) -> str:
    """A prospect by name, with the number of the buyer where there are several."""
    if len(whole.buyers) == 1:
        return name
    return gettext("{name} (buyer {number})").format(name=name, number=buyer + 1)


_MOMENTS: Final[Mapping[str, str]] = {
    "start": marked("With {name}, to begin with"),
    "raised": marked("When {name} said {words}"),
    "stall": marked("When {name} put the decision off"),
    "signal": marked("When {name} let slip that the moment had come"),
    "left": marked("When the conversation with {name} was over and nothing was decided"),
    "missed": marked("When {name} could not be reached"),
    "back": marked("When {name} got in touch"),
    "joined": marked("When somebody else joined {name}"),
}
"""What had happened at a moment, to be looked up."""
_IN_WORDS: Final[Mapping[str, str]] = {
    "stall": marked("When {name} put the decision off ({words})"),
    "signal": marked("When {name} let slip that the moment had come ({words})"),
}
"""The same with what was said, where it can also go without."""


def moment_text(parting: Parting) -> str:
    """What had happened at a moment: `When Priya said “I need to think about it.”`."""
    text = _IN_WORDS.get(parting.what, _MOMENTS[parting.what]) if parting.text else _MOMENTS[parting.what]
    return gettext(text).format(name=parting.name, words=quoted(parting.text))


def did_text(way: Way | SchoolWay) -> str:
    """`promised to be in touch`, `called the same day`."""
    deed = gettext(DID[way.kind])
    if way.when == "the same day":
        return gettext("{did} the same day").format(did=deed)
    return gettext("{did} later").format(did=deed) if way.when else deed


def parting_text(parting: Parting) -> str:
    """A moment in a sentence or two: `When Priya said “...”, 14 of 23 promised to be in touch; 2 of those 14 were ever
    spoken to again. The 6 who asked what lay behind it closed 4.`"""
    ways = [way for way in parting.ways if way.kind != OTHERS]
    first, *others = ways
    text = gettext("{moment}, {plays} of {reached} {did}; {came}.")
    told = [
        text.format(
            moment=moment_text(parting),
            plays=first.plays,
            reached=parting.reached,
            did=did_text(first),
            came=_came_of(first),
        )
    ]
    telling = max(others, key=lambda way: (way.earned, way.plays), default=None)
    for way in others:
        if way is telling or way is others[0]:
            none = gettext("The {plays} who {did} closed none.")
            closed = gettext("The {plays} who {did} closed {count}.") if way.ordered else none
            told.append(closed.format(plays=way.plays, did=did_text(way), count=way.ordered))
    return " ".join(told)


def _came_of(way: Way) -> str:
    if way.spoken is None or way.kind == NOTHING:
        closed = gettext("they closed {count}") if way.ordered else gettext("they closed none")
        return closed.format(count=way.ordered)
    spoken = gettext("none of those {plays} were ever spoken to again")
    if way.spoken == way.plays:
        spoken = gettext("all of them were spoken to again")
    elif way.spoken:
        spoken = ngettext(
            "{count} of those {plays} was ever spoken to again",
            "{count} of those {plays} were ever spoken to again",
            way.spoken,
        )
    told = spoken.format(count=way.spoken, plays=way.plays)
    return gettext("{told}, and they closed {count}").format(told=told, count=way.ordered) if way.ordered else told


_CALLED: Final[Mapping[str, str]] = {
    "start": marked("the beginning"),
    "raised": marked("an objection"),
    "stall": marked("the stall"),
    "signal": marked("the signal"),
    "left": marked("the end of the conversation"),
    "missed": marked("nobody there"),
    "back": marked("the buyer gets in touch"),
    "joined": marked("somebody joins"),
}
"""Moments in a word or two, to be looked up."""


def _parting(parting: Parting, found: ClassDebrief) -> Iterator[Part]:
    shown = amounts(found)
    name = _one_of(parting.name, parting.buyer, found)
    yield Heading(f"{name}: {gettext(_CALLED[parting.what])}", 3)
    yield Paragraph(parting_text(parting))
    again = any(way.spoken is not None for way in parting.ways)  # or else the conversation went on for everybody
    yield Table(
        (
            gettext("what they did"),
            gettext("plays"),
            *((gettext("spoken to again"),) if again else ()),
            gettext("closed"),
            gettext("earned on average"),
        ),
        tuple(
            (
                did_text(way),
                str(way.plays),
                *(("" if way.spoken is None else str(way.spoken),) if again else ()),
                str(way.ordered),
                shown(way.earned),
            )
            for way in parting.ways
        ),
    )
    if any(way.says for way in parting.ways):
        yield Table(
            (gettext("what they did"), gettext("in most cases with these words")),
            tuple((f"{did_text(way)}:", quoted(way.says)) for way in parting.ways if way.says),
            listed=True,
        )
    yield Paragraph(schools_text(parting.schools))


def schools_text(ways: Sequence[SchoolWay]) -> str:
    """What the schools did with the same buyers at a moment: `In their place, Plan A and Same day asked what lay behind
    it.`"""
    by_deed: dict[str, list[str]] = {}
    for way in ways:
        by_deed.setdefault(did_text(way), []).append(player(way.school))
    told = (
        ngettext("In their place, {schools} {did}.", "In their place, {schools} {did}.", len(schools)).format(
            schools=all_of(schools), did=did
        )
        for did, schools in by_deed.items()
    )
    return " ".join(told)


def _schools(found: ClassDebrief) -> Table:
    schools = [run.school for run in found.buyers[0].schools]
    shown = amounts(found)
    return Table(
        (gettext("buyer"), *map(player, schools)),
        tuple(
            (
                f"{buyer.buyer + 1}. {all_of([each.name for each in buyer.closable])}",
                *(
                    f"{shown(run.earned)}: {', '.join(gettext(ENDS[name]) for name in run.ended)}"
                    for run in buyer.schools
                ),
            )
            for buyer in found.buyers
        ),
        listed=True,
    )


def _judged(coach: Sequence[Part]) -> Iterator[Part]:
    yield Heading(gettext("What the coach says of that run"), 2)
    yield Paragraph(gettext("To whoever played it."))
    yield from (Heading(part.text, part.level + 1) if isinstance(part, Heading) else part for part in coach[1:])


def _strong(strong: Strong, found: ClassDebrief, names: Mapping[int, str]) -> Iterator[Part]:
    owner = names.get(strong.seat, "")
    yield Heading(gettext("A strong run, move by move"), 2)
    if len(found.buyers) > 1:
        run = gettext("{name}'s run with buyer {buyer}. It earned {earned}.")
        run = run if owner else gettext("One run with buyer {buyer}. It earned {earned}.")
    else:
        run = gettext("{name}'s run. It earned {earned}.") if owner else gettext("One run. It earned {earned}.")
    yield Paragraph(run.format(name=owner, buyer=strong.buyer + 1, earned=amounts(found)(strong.earned)))
    rows = []
    begun, over = strong.steps[0].minute, strong.steps[-1].minute
    for number, step in enumerate(strong.steps, start=1):
        came = " ".join(each.text for each in step.said)
        why = f" ({why_text(step.answer)})" if step.answer is not None else ""
        rows.append(
            (
                f"{number}. {run_clock_text(step.minute, begun, over)}",
                f"{step.did}{why}",
                came,
            )
        )
    header = (gettext("move"), gettext("what was said or done"), gettext("what came back"))
    yield Table(header, tuple(rows), listed=True)
