"""Where a room parted ways: the moments of a round at which what was done went along with what was earned.

They are found by grouping. A moment of a buyer is something that happens to everybody sooner or later: an objection is
raised for the first time, a decision put off, a visit ends with nothing decided. All plays that came to it are grouped
by what they did next about this buyer, and the moments are picked at which that went along with the largest difference
in what this buyer brought in the end, beyond what as many groups of as many plays would show by chance; the first of
them in any case, the others if it was worth an hour of the seller's time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from engine import world as at
from engine.catalogue import catalogue
from engine.doctrines import SCHOOLS
from engine.play import State
from engine.playing import Chooser, chosen
from engine.rules import Rules, Turn, make, possible
from engine.rules.tables import OUTCOME, RESULT, LineRule
from engine.rules.value import cost, margin
from engine.scenario.vocabulary import BETWEEN
from engine.units import DAY
from game.workshop.results.ranking import as_left

_MOST: Final = 4
"""The most moments at which a room parted ways that are told of a round."""
_SMALLEST: Final = 2
"""The plays that make a group; fewer are told together, so that nobody is pointed at."""
OTHERS: Final = "others"
NOTHING: Final = "nothing"

When = Literal["", "the same day", "later"]
"""When something was done between conversations."""


@dataclass(frozen=True, slots=True)
class Way:
    """What some plays did at a moment, and what became of them."""

    kind: str
    """The kind of line, see `vocabulary.KINDS`; `nothing` for those who did no more about this buyer; `others` for
    several kinds that hardly anybody chose."""
    when: When
    says: str
    """The words that most of them used, if it was something said."""
    plays: int
    spoken: int | None
    """In how many the buyer was talked to again later; None where the conversation went on."""
    ordered: int
    """In how many the order was placed and kept."""
    earned: int
    """From this prospect, on average and in minor units."""


@dataclass(frozen=True, slots=True)
class SchoolWay:
    """What a school would have done at a moment, in most of the plays that came to it."""

    school: str
    kind: str
    when: When


@dataclass(frozen=True, slots=True)
class Parting:
    """A moment at which the room parted ways."""

    buyer: int
    name: str
    """Of the prospect."""
    what: str
    """What had happened: `raised`, `stall`, `signal`, `left`, `missed`, `back`, `joined` or `start`."""
    text: str
    """What was said there, or nothing."""
    reached: int
    """Plays that came to it ..."""
    plays: int
    """... of those that met this buyer."""
    ways: tuple[Way, ...]
    """What they did, the most frequent first."""
    schools: tuple[SchoolWay, ...]


class _Deed(NamedTuple):
    """What was done about a buyer at a moment: a kind of line, and when."""

    kind: str
    when: When = ""


class _Place(NamedTuple):
    """A moment, by what happened for the first time."""

    who: int
    what: str
    which: int = 0


@dataclass(frozen=True, slots=True)
class _Came:
    """One play at a moment."""

    here: State
    end: State
    deed: _Deed
    says: str


def partings(plays: Sequence[Sequence[State]]) -> tuple[Parting, ...]:
    """The moments at which what was done went along with the most, in the order in which they came."""
    found: list[_Found] = []
    for buyer, ends in enumerate(plays):
        reached: dict[_Place, list[_Came]] = {}
        for end in ends:
            for place, came in _moments(end):
                reached.setdefault(place, []).append(came)
        for place, all_came in reached.items():
            groups = _groups(all_came)
            apart = _apart([[_earned_from(came.end, place.who) for came in group] for group in groups.values()])
            if apart > 0 and len(groups.keys() - {_Deed(OTHERS)}) > 1:
                found.append(_Found(apart, buyer, place, groups, all_came))
    found.sort(key=lambda each: (-each.apart, each.buyer, _PLACES.index(each.place.what), each.place))
    picked: list[_Found] = []
    for one in found:
        fresh = not any(_same(one, other) for other in picked)
        if len(picked) < _MOST and fresh and (not picked or _matters(one)):
            picked.append(one)
    picked.sort(key=lambda each: (each.buyer, min(came.here.moves for came in each.came)))
    return tuple(_parting(each, len(plays[each.buyer])) for each in picked)


@dataclass(frozen=True, slots=True)
class _Found:
    """A moment at which a room may have parted ways."""

    apart: Fraction
    buyer: int
    place: _Place
    groups: Mapping[_Deed, Sequence[_Came]]
    came: Sequence[_Came]


def _groups(came: Sequence[_Came]) -> dict[_Deed, list[_Came]]:
    """Plays by what they did, the largest group first, those of a play or two together at the end."""
    groups: dict[_Deed, list[_Came]] = {}
    for each in came:
        groups.setdefault(each.deed, []).append(each)
    large = sorted(
        (deed for deed in groups if len(groups[deed]) >= _SMALLEST), key=lambda deed: (-len(groups[deed]), deed)
    )
    others = [each for deed, group in groups.items() if deed not in large for each in group]
    return {deed: groups[deed] for deed in large} | ({_Deed(OTHERS): others} if others else {})


def _apart(groups: Sequence[Sequence[int]]) -> Fraction:
    """How much of the spread of some amounts goes along with their groups, beyond what chance would show: the sum of
    squares between groups, less one mean square within them for each group but one (as in omega squared)."""
    n, k = sum(map(len, groups)), len(groups)
    if k < 2 or n <= k:
        return Fraction(0)
    whole = Fraction(sum(map(sum, groups)) ** 2, n)
    parts = sum((Fraction(sum(group) ** 2, len(group)) for group in groups), Fraction())
    within = sum(each * each for group in groups for each in group) - parts
    return parts - whole - (k - 1) * within / (n - k)


def _earned_from(end: State, who: int) -> int:
    """What one prospect has brought."""
    rules, p = end.game.rules.prospects[who], as_left(end.core)[at.FIRST + who]
    return margin(rules, p) - cost(rules, p)


_PLACES: Final = ("stall", "raised", "signal", "left", "missed", "back", "joined", "start")
"""What a moment can be; of two that are the same in most plays, the one that stands first here is told."""


def _matters(found: _Found) -> bool:
    """Whether what was done made as much of a difference as an hour of the seller's time, and not a minute or two."""
    hour = max(rules.prospect.offer.hour for rules in found.came[0].here.game.rules.prospects)
    return found.apart >= len(found.came) * hour * hour


def _same(one: _Found, other: _Found) -> bool:
    """Whether two moments are one and the same in most of the plays that came to both."""
    moves = {id(came.end): came.here.moves for came in one.came}
    both = [moves[id(came.end)] == came.here.moves for came in other.came if id(came.end) in moves]
    return 2 * sum(both) > len(both)


def _moments(end: State) -> Iterator[tuple[_Place, _Came]]:
    """The moments of one play, each when it first came, with what was done next."""
    states, seen = end.states(), set()
    for index, state in enumerate(states):
        fresh = list(_happened(states[index - 1], state)) if index else _beginning(state)
        for place in fresh:
            undecided = not state.people[place.who][at.RESULT] and (index + 1 < len(states) or state.is_terminal())
            if place not in seen and undecided:
                seen.add(place)
                yield place, _came(states[index:], place.who, end)


def _beginning(state: State) -> list[_Place]:
    """The first moment, with a buyer who is the only one: among several, it is the choice of whom to meet."""
    return [_Place(0, "start")] if len(state.people) == 1 else []


def _happened(before: State, after: State) -> Iterator[_Place]:
    """What a move has brought about that the seller could notice."""
    for who, (p, q) in enumerate(zip(before.people, after.people, strict=True)):
        for objection in range((q[at.RAISED] & ~p[at.RAISED]).bit_length()):
            if q[at.RAISED] & ~p[at.RAISED] & 1 << objection:
                yield _Place(who, "raised", objection)
        if q[at.ASKS] > p[at.ASKS] and q[at.LAST] - 1 == OUTCOME["stall"]:
            yield _Place(who, "stall")
        if q[at.SIGNALS] > p[at.SIGNALS]:
            yield _Place(who, "signal")
        if q[at.PRESENT] & ~p[at.PRESENT]:
            yield _Place(who, "joined")
        if q[at.ATTEMPTS] > p[at.ATTEMPTS]:
            yield _Place(who, "missed")
        if q[at.HERE_UNTIL] and not p[at.HERE_UNTIL]:
            yield _Place(who, "back")
        if before.core[at.ACTIVE] == who and after.core[at.ACTIVE] != who:
            yield _Place(who, "left")


def _came(states: Sequence[State], who: int, end: State) -> _Came:
    """One play at a moment, from which `states` go on: what its next move about this prospect was."""
    here = states[0]
    for before, after in pairwise(states):
        line = _about(here.game.rules, after.action, who)
        if line is not None:
            says = line.line.words(before.made(line.action))
            return _Came(here, end, _deed(here, before.core[at.ACTIVE], before.minute, line), says)
    return _Came(here, end, _Deed(NOTHING), "")


def _about(rules: Rules, action: int, who: int) -> LineRule | None:
    """The line behind a move, if it is about this prospect."""
    what = rules.moves[action]
    return what[1] if not isinstance(what, str) and what[0] == who and what[1].kind != "task" else None


def _deed(here: State, active: int, minute: int, line: LineRule) -> _Deed:
    """A kind of line, with when it was said if that was not in a conversation."""
    if active >= 0:
        return _Deed(line.kind)
    return _Deed(line.kind, "the same day" if minute // DAY == here.minute // DAY else "later")


def _parting(found: _Found, plays: int) -> Parting:
    place, rules = found.place, found.came[0].here.game.rules.prospects[found.place.who]
    text = ""
    if place.what == "raised":
        text = rules.prospect.objections[place.which].says
    elif place.what in ("stall", "signal", "left"):
        text = _most(_last_words(came.here, place.who) for came in found.came)
    return Parting(
        buyer=found.buyer,
        name=rules.prospect.buyer.name,
        what=place.what,
        text=text,
        reached=len(found.came),
        plays=plays,
        ways=tuple(_way(deed, group, place.who) for deed, group in found.groups.items()),
        schools=tuple(_school_way(name, found.came, place.who) for name in SCHOOLS),
    )


def _last_words(here: State, who: int) -> str:
    """What the buyer said last in the move that led here."""
    return next((each.text for each in reversed(here.events) if each.what == "reply" and each.prospect == who), "")


def _most(texts: Iterable[str]) -> str:
    """What was said most often; of texts that were said as often, the first."""
    return Counter(texts).most_common(1)[0][0]


_GOES: Final = frozenset({"vague-follow-up", "leave", "propose-dated-step", NOTHING}) | BETWEEN
"""What is done when the conversation is over, or ends it."""


def _way(deed: _Deed, group: Sequence[_Came], who: int) -> Way:
    ends = [(came.here.people[who], came.end.people[who]) for came in group]
    return Way(
        kind=deed.kind,
        when=deed.when,
        says=_most(came.says for came in group) if deed.kind != OTHERS else "",
        plays=len(group),
        spoken=sum(q[at.TALKS] > p[at.TALKS] for p, q in ends) if deed.kind in _GOES else None,
        ordered=sum(q[at.RESULT] == RESULT["order"] and not q[at.CANCELLED] for _, q in ends),
        earned=sum(_earned_from(came.end, who) for came in group) // len(group),
    )


def _school_way(school: str, came: Sequence[_Came], who: int) -> SchoolWay:
    """What a school would have done in most of the plays at a moment."""
    counted = Counter(_would(each.here, who, SCHOOLS[school](each.here.game.rules, 0)) for each in came)
    deed = min(counted, key=lambda deed: (-counted[deed], deed))
    return SchoolWay(school, deed.kind, deed.when)


def _would(here: State, who: int, choose: Chooser) -> _Deed:
    """What a computer player would do next about a prospect."""
    rules = here.game.rules
    turn, of, made = Turn(rules, here.core, here.luck), catalogue(rules), here.moves
    while moves := possible(turn):
        move = chosen(of, turn, moves, choose, made)
        line = _about(rules, move, who)
        if line is not None:
            return _deed(here, turn.active, turn.clock, line)
        make(turn, move)
        made += 1
    return _Deed(NOTHING)
