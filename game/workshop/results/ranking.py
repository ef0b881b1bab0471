"""The ranking of a competition, by the rule that was declared before it: what was earned from the same buyers, then
conduct, then equal places.

Speed never decides. A sale that was not over when its round closed counts as one left undecided, and so does a buyer
who was never met; somebody who made no move at all has no place. What the host adjusted is applied here, from its
entries in the log, and nowhere else: the scores of sales are never changed. So the ranking follows from the log alone.

Everything here is whole numbers, and equal on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal

from engine import world as at
from engine.conduct import conduct_percent
from engine.par import Par, scale
from engine.play import State
from engine.rules.tables import RESULT, ProspectRules
from engine.rules.value import value
from engine.skills import dependence, first_visit
from engine.words import all_of, gettext
from engine.world import Core, Prospect
from game.workshop.log.entries import Adjusted
from game.workshop.log.plan import TIES, Ties
from game.workshop.log.room import Room, Round, in_force

Status = Literal["ranked", "no move", "disqualified", "removed"]


@dataclass(frozen=True, slots=True)
class Played:
    """One round, as far as it was played."""

    round: int
    """From 0."""
    closed: bool
    starts: tuple[State, ...]
    """Where each of its buyers is met."""
    ends: Mapping[int, Mapping[int, State]]
    """How far each seat that could play this round has come, buyer by buyer; buyers without a move are left out."""
    out: frozenset[int] = frozenset()
    """Seats that were disqualified or sent out."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What computer players earn from one buyer, in minor units."""

    par: Par
    earned: Mapping[str, int]
    """By the player's name, with the luck that everybody in the room has; of the player who chooses at random, the
    average of many tries."""


Baselines = Mapping[tuple[int, int], Baseline]
"""By round and buyer."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Something the host decided that counts in a row."""

    action: str
    round: int | None
    buyer: int | None
    amount: int | None
    """Minor units added, or taken if below 0."""
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """What one seat has come to."""

    seat: int
    team: str | None
    status: Status
    place: int | None
    """From 1; equal places are equal numbers. None without a move that counts, or for somebody sent out."""
    earned: int
    """Minor units, with what the host added."""
    conduct: int
    """Percent, over all buyers that count."""
    share: int | None
    """What was earned as a percentage of par; None where par is not known."""
    closed: int
    """Orders in the first conversation ..."""
    could: int
    """... of buyers who could have ordered in it."""
    leaning: int
    """Continuations and follow-ups without a date ..."""
    decisions: int
    """... and decisions collected."""
    over: int
    """Sales that came to their end ..."""
    buyers: int
    """... of those that count."""
    rounds: tuple[int, ...]
    """The rounds that this seat could play."""
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, by the average of its players; a player without a team is a team of one."""

    team: str | None
    seats: tuple[int, ...]
    """Those that count: whoever made no move or was disqualified does not."""
    place: int
    earned: int
    """On average, in minor units."""
    conduct: int
    closed: int
    could: int


@dataclass(frozen=True, slots=True)
class Improved:
    """How far somebody rose from the first closed round they played to the last."""

    seat: int
    first: int
    """Percent of the room that was behind, half of those who were equal counted, in the earlier round ..."""
    last: int
    """... and in the later one."""

    @property
    def gain(self) -> int:
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a computer player stands on these very buyers."""

    name: str
    earned: int
    place: int
    """Among the ranked seats."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """One round, or all of them."""

    round: int | None
    """None for all rounds together."""
    final: bool
    """Whether every round in it is closed."""
    rule: str
    currency: str
    rows: tuple[Row, ...]
    """The best first; those without a place at the end."""
    teams: tuple[TeamRow, ...]
    improved: tuple[Improved, ...]
    """Those who rose, the furthest first; over all rounds only."""
    references: tuple[Reference, ...]
    closed: int
    """Of the whole room, as in a row."""
    could: int
    leaning: int
    decisions: int


def as_left(core: Core) -> Core:
    """A state in which whoever has not come to an end was left undecided."""
    return (*core[: at.FIRST], *(_left(person) for person in core[at.FIRST :]))


def _left(person: Prospect) -> Prospect:
    if person[at.RESULT]:
        return person
    return (*person[: at.RESULT], RESULT["expired"], *person[at.RESULT + 1 :])


def earned(end: State) -> int:
    """What a run has earned as it was left, in minor units."""
    return value(end.game.rules, as_left(end.core))


def played(room: Room) -> tuple[Played, ...]:
    """The rounds of an event that have begun."""
    out = frozenset(each.number for each in room.seats.values() if each.disqualified or each.kicked)
    return tuple(_played(room, one, out) for one in room.rounds if one.opened is not None)


def _played(room: Room, round: Round, out: frozenset[int]) -> Played:
    ends: dict[int, dict[int, State]] = {
        seat.number: {} for seat in room.seats.values() if round.closed is None or seat.since <= round.closed
    }
    for (number, buyer, seat), run in room.runs.items():
        if number == round.number:
            ends[seat][buyer] = run.state
    return Played(round.number, round.closed is not None, round.openings, ends, out)


def ranking(room: Room, only: int | None = None, baselines: Baselines | None = None) -> Ranking:
    """The ranking of all rounds together that have begun, or of `only` one of them.

    `baselines` are by round and buyer; without them nothing is said of par and of computer players. A round that a seat
    could not play, since it was taken later, adds nothing to it.

    Raises ValueError where there is no such round, and for rounds with amounts in different currencies.
    """
    teams = {seat.number: seat.team for seat in room.seats.values()}
    return _ranking(played(room), teams, in_force(room.adjustments), only, room.event.ties, baselines or {})


def _ranking(
    rounds: Sequence[Played],
    teams: Mapping[int, str | None],
    adjustments: Iterable[Adjusted],
    only: int | None,
    tie: Ties,
    baselines: Baselines,
) -> Ranking:
    counted = [one for one in rounds if only in (None, one.round)]
    currencies = {rules.prospect.offer.currency for one in counted for rules in _prospects(one)}
    if len(currencies) != 1:
        found = all_of(sorted(currencies)) or gettext("none")
        one = gettext("amounts of one currency can be added up, and here there is {found}")
        raise ValueError(one.format(found=found))
    made = [each for each in adjustments if each.action in _COUNTED and _concerns(each, only)]
    sales = {seat: list(_sales(counted, seat, made)) for seat in teams}
    rows = _placed((_row(seat, team, counted, sales[seat], made, baselines) for seat, team in teams.items()), tie)
    people = [person for row in rows if row.status == "ranked" for person in _people(sales[row.seat])]
    closed, could = first_visit(people)
    leaning, decisions = dependence(people)
    return Ranking(
        round=only,
        final=all(one.closed for one in counted),
        rule=gettext("Places go by what was earned from the same buyers. {tie} Speed does not count.").format(
            tie=gettext(TIES[tie])
        ),
        currency=currencies.pop(),
        rows=rows,
        teams=_teams(rows, tie),
        improved=_improved(rounds, teams, made, tie) if only is None else (),
        references=_references(counted, rows, made, baselines),
        closed=closed,
        could=could,
        leaning=leaning,
        decisions=decisions,
    )


_COUNTED: Final = frozenset({"void", "add", "disqualify", "kick"})
"""The adjustments that count in a ranking; the others are about the room."""


def _concerns(adjustment: Adjusted, only: int | None) -> bool:
    """Whether an adjustment is about what is ranked. An amount that names no round is added to all of them together."""
    if adjustment.round is None:
        return only is None or adjustment.action != "add"
    return only in (None, adjustment.round)


@dataclass(frozen=True, slots=True)
class _Sale:
    """What counts of one buyer, for one seat."""

    round: int
    buyer: int
    state: State
    core: Core
    """Its numbers; in a round that is closed, those of a sale that is over."""
    earned: int


def _prospects(played: Played) -> Iterator[ProspectRules]:
    return (rules for start in played.starts for rules in start.game.rules.prospects)


def _sales(rounds: Sequence[Played], seat: int, adjustments: Sequence[Adjusted]) -> Iterator[_Sale]:
    """The sales of a seat that count, in the rounds that it could play."""
    for one in rounds:
        for buyer, start in enumerate(one.starts if seat in one.ends else ()):
            if not any(_voids(each, one.round, buyer) and each.seat in (None, seat) for each in adjustments):
                state = one.ends[seat].get(buyer, start)
                core = as_left(state.core) if one.closed else state.core
                yield _Sale(one.round, buyer, state, core, value(state.game.rules, core))


def _voids(adjustment: Adjusted, round: int, buyer: int) -> bool:
    return adjustment.action == "void" and adjustment.round in (None, round) and adjustment.buyer in (None, buyer)


def _people(sales: Iterable[_Sale]) -> list[tuple[ProspectRules, Prospect]]:
    return [pair for sale in sales for pair in zip(sale.state.game.rules.prospects, sale.core[at.FIRST :], strict=True)]


def _row(
    seat: int,
    team: str | None,
    rounds: Sequence[Played],
    sales: Sequence[_Sale],
    adjustments: Sequence[Adjusted],
    baselines: Baselines,
) -> Row:
    """The row of a seat, without its place."""
    mine = [each for each in adjustments if each.seat in (None, seat)]
    people, actions = _people(sales), {each.action for each in mine}
    closed, could = first_visit(people)
    leaning, decisions = dependence(people)
    earned = sum(sale.earned for sale in sales) + sum(each.amount or 0 for each in mine if each.action == "add")
    moved = any(sale.buyer in one.ends[seat] for sale in sales for one in rounds if one.round == sale.round)
    status: Status = "ranked" if moved else "no move"
    if "kick" in actions or "disqualify" in actions:
        status = "removed" if "kick" in actions else "disqualified"
    return Row(
        seat=seat,
        team=team,
        status=status,
        place=None,
        earned=earned,
        conduct=conduct_percent(people) if people else 0,
        share=_share(earned, sales, baselines),
        closed=closed,
        could=could,
        leaning=leaning,
        decisions=decisions,
        over=sum(sale.state.is_terminal() for sale in sales),
        buyers=len(sales),
        rounds=tuple(one.round for one in rounds if seat in one.ends),
        rulings=tuple(Ruling(each.action, each.round, each.buyer, each.amount, each.reason) for each in mine),
    )


def _share(earned: int, sales: Sequence[_Sale], baselines: Baselines) -> int | None:
    """What was earned against what the best of expert, schools and script earns from the same buyers; None where that
    is not known of each. It is told whatever par is: everybody met the same buyers, and a grade is needed of each."""
    pars = [found.par for sale in sales if (found := baselines.get((sale.round, sale.buyer))) is not None]
    if not pars or len(pars) < len(sales):
        return None
    whole = sum(scale(sale.state.game, par) for sale, par in zip(sales, pars, strict=True))
    return max(0, 100 + 100 * (earned - sum(par.value for par in pars)) // whole)


# --- places ----------------------------------------------------------------------------------------------------------

_ORDER: Final[tuple[Status, ...]] = ("ranked", "disqualified", "no move", "removed")


def _placed(found: Iterable[Row], tie: Ties) -> tuple[Row, ...]:
    """Rows with their places: ranked ones first; those disqualified share the place behind them; then the others."""
    rows = sorted(found, key=lambda row: (_ORDER.index(row.status), *(-each for each in _key(row, tie)), row.seat))
    keys = [_key(row, tie) for row in rows if row.status == "ranked"]
    last = len(keys) + 1
    return tuple(
        replace(row, place=keys.index(_key(row, tie)) + 1)
        if row.status == "ranked"
        else replace(row, place=last if row.status == "disqualified" else None)
        for row in rows
    )


def _key(row: Row, tie: Ties) -> tuple[int, int]:
    return row.earned, row.conduct if tie == "conduct" else 0


def _teams(rows: Sequence[Row], tie: Ties) -> tuple[TeamRow, ...]:
    """The teams of the ranked rows, the best first; none where nobody is in a team."""
    ranked = [row for row in rows if row.status == "ranked"]
    if not any(row.team for row in ranked):
        return ()
    members: dict[str | int, list[Row]] = {}
    for row in ranked:
        members.setdefault(row.team or row.seat, []).append(row)

    def key(team: Sequence[Row]) -> tuple[Fraction, ...]:
        return tuple(Fraction(sum(each), len(team)) for each in zip(*(_key(row, tie) for row in team), strict=True))

    teams = sorted(members.values(), key=lambda team: (*(-each for each in key(team)), team[0].seat))
    keys = [key(team) for team in teams]
    return tuple(
        TeamRow(
            team=team[0].team,
            seats=tuple(sorted(row.seat for row in team)),
            place=keys.index(key(team)) + 1,
            earned=sum(row.earned for row in team) // len(team),
            conduct=sum(row.conduct for row in team) // len(team),
            closed=sum(row.closed for row in team),
            could=sum(row.could for row in team),
        )
        for team in teams
    )


def _improved(
    rounds: Sequence[Played], teams: Mapping[int, str | None], adjustments: Sequence[Adjusted], tie: Ties
) -> tuple[Improved, ...]:
    behind: dict[int, list[int]] = {}
    closed = [one for one in rounds if one.closed]
    for one in closed if len(closed) > 1 else ():
        rows = _ranking([one], teams, adjustments, one.round, tie, {}).rows
        keys = {row.seat: _key(row, tie) for row in rows if row.status == "ranked"}
        for seat, key in keys.items() if len(keys) > 1 else ():
            halves = sum(2 * (key > other) + (key == other) for other in keys.values()) - 1  # not against oneself
            behind.setdefault(seat, []).append(100 * halves // (2 * (len(keys) - 1)))
    found = [Improved(seat, each[0], each[-1]) for seat, each in behind.items() if each[-1] > each[0]]
    return tuple(sorted(found, key=lambda each: (-each.gain, each.seat)))


def _references(
    rounds: Sequence[Played],
    rows: Sequence[Row],
    adjustments: Sequence[Adjusted],
    baselines: Baselines,
) -> tuple[Reference, ...]:
    """The computer players on the buyers that count for the room, the best first; none where one of them is missing."""
    found = [
        baselines.get((one.round, buyer))
        for one in rounds
        for buyer in range(len(one.starts))
        if not any(_voids(each, one.round, buyer) and each.seat is None for each in adjustments)
    ]
    known = [each.earned for each in found if each is not None]
    if not known or len(known) < len(found):
        return ()
    sums = {name: sum(earned[name] for earned in known) for name in known[0]}
    ranked = [row.earned for row in rows if row.status == "ranked"]
    return tuple(
        Reference(name, earned, 1 + sum(each > earned for each in ranked))
        for name, earned in sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    )
