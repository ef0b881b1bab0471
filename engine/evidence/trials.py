"""Trials: a player, a world, and many buyers, counted up in whole numbers.

A world is a scenario, or one with single facts about its buyers changed, so that a claim about one cause changes that
one thing and nothing else. Buyers and luck come from seeds 0, 1, 2, ...: two trials with equal numbers of runs meet the
same buyers, one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, Literal, Protocol

from engine import world as at
from engine.decay import Fade, Fading
from engine.doctrines import DOCTRINES, Doctrine
from engine.evidence.lab import PRESETS, changed, lab, opening
from engine.evidence.sellers import Seller
from engine.outlook import foreseen
from engine.play import Game
from engine.playing import play_out
from engine.rules import Rules
from engine.rules.tables import RESULT
from engine.rules.value import UNDECIDED, value
from engine.scenario.compiled import Scenario
from engine.units import CERTAIN, DAY, Span
from engine.world import Core

Load = Callable[[str], Scenario]
"""Finds a scenario by its name."""

Counts = dict[str, int]
"""Sums over runs."""

Changes = tuple[tuple[str, Any], ...]

Fades = Literal["emptied", "slowed", "frozen"]
"""What is turned off: `emptied`, excitement is gone as soon as it is felt; `slowed`, it fades by the law of conviction;
`frozen`, neither store fades at all."""

_STILL: Final = Fading("half-life", 1 << 60)
"""A law under which nothing fades within any run."""

_AT_ONCE: Final = Fading("half-life", 1)

ALWAYS_OPEN: Final = ((Span(0, DAY),),) * 7
"""Opening hours under which any hour can be compared with any other."""

_LATEST: Final = 5
"""Contacts from which an order is counted with the late ones."""


@dataclass(frozen=True, slots=True)
class World:
    """A scenario by its name, or a kind of sale of the laboratory, with facts about its buyers changed."""

    scenario: str
    changes: Changes = ()
    """What differs, by the names that `lab.changed` takes, with values that can be hashed."""
    fades: Fades | None = None
    """None leaves the laws of fading as they are."""
    copies: int = 1
    """Prospects with the same population, each with luck of its own."""

    def but(self, **changes: Any) -> World:
        """This world with something else changed as well."""
        return replace(self, changes=(*self.changes, *sorted(changes.items())))


@lru_cache(maxsize=64)
def game(world: World, load: Load) -> Game:
    """The world, ready to be played. Raises what `load` raises for a scenario that does not exist."""
    found = lab(world.scenario).scenario if world.scenario in PRESETS else load(world.scenario)
    scenario = changed(found, dict(world.changes)) if world.changes else found
    if world.fades is not None:
        law = world.fades
        faded = (
            replace(one, buyer=replace(one.buyer, fades=_fade(law, one.buyer.fades))) for one in scenario.prospects
        )
        scenario = replace(scenario, prospects=tuple(faded))
    if world.copies > 1:
        (one,) = scenario.prospects
        copies = tuple(replace(one, id=f"{one.id}-{number}") for number in range(world.copies))
        scenario = replace(scenario, prospects=copies)
    return Game(scenario)


def _fade(how: Fades, fade: Fade) -> Fade:
    match how:
        case "emptied":
            return replace(fade, excitement=_AT_ONCE)
        case "slowed":
            return replace(fade, excitement=fade.conviction)
        case "frozen":
            return Fade(_STILL, _STILL)


BLOCKS: Final = 20
"""Equal parts of a trial's seeds. The spread between them is where errors come from."""


@dataclass(frozen=True, slots=True)
class Block:
    """What a part of a trial's runs came to."""

    counts: Counts
    values: tuple[int, ...] = ()
    """What each run earned, in minor units, by seed."""


class Trial(Protocol):
    """Something to be done with one buyer after another, and counted."""

    @property
    def share(self) -> int:
        """Percent of the runs asked for that it takes: fewer where a run is slow or figures need no more."""

    def play(self, first: int, runs: int, load: Load) -> Block:
        """Meet the buyers of `runs` seeds from `first` on."""


def runs_of(trial: Trial, asked: int) -> int:
    """The runs that a trial takes when `asked` are asked for, in whole blocks."""
    return max(1, asked * trial.share // (100 * BLOCKS)) * BLOCKS


@dataclass(frozen=True, slots=True)
class Playing:
    """A player in a world. `player` is a doctrine's name or a seller made for an experiment."""

    world: World
    player: str | Seller
    share: int = 50

    def play(self, first: int, runs: int, load: Load) -> Block:
        of = game(self.world, load)
        doctrine = _doctrine(self.player)
        counts = dict.fromkeys(_FIELDS, 0)
        values = []
        for seed in range(first, first + runs):
            core, luck = opening(of, seed)
            core = play_out(of.rules, core, luck, doctrine(of.rules, seed))
            values.append(value(of.rules, core))
            _count(of.rules, core, values[-1], counts)
        return Block(counts, tuple(values))


@dataclass(frozen=True, slots=True)
class Expecting:
    """What a player in a world can be expected to earn from each buyer: in a sale to one, every yes is counted with
    its exact chance instead of drawn (see `engine.outlook`), which takes fewer runs to tell two players apart."""

    world: World
    player: str
    share: int

    def play(self, first: int, runs: int, load: Load) -> Block:
        of = game(self.world, load)
        doctrine = _doctrine(self.player)
        values, orders = [], 0
        for seed in range(first, first + runs):
            core, luck = opening(of, seed)
            choose = doctrine(of.rules, seed)
            if len(luck) == 1:
                earned, ordered = foreseen(of.rules, core, luck, choose)
            else:
                core = play_out(of.rules, core, luck, choose)
                earned, ordered = value(of.rules, core), CERTAIN * sum(p[at.RESULT] == _ORDER for p in core[at.FIRST :])
            values.append(earned)
            orders += ordered
        counts = {"runs": runs, "prospects": runs * len(of.rules.prospects), "value": sum(values)}
        return Block({**counts, "expected_orders": orders}, tuple(values))


def _doctrine(player: str | Seller) -> Doctrine:
    return DOCTRINES[player] if isinstance(player, str) else player.sit_down


_ORDER: Final = RESULT["order"]

_FIELDS: Final = (
    *("runs", "prospects", "value", "orders", "first", "later", "could", "kept", "kept_later", "noes", "limbo"),
    *("talked", "unsold", "at_first", "touches"),
    *("again", "talks", "contacts", "undated", "continuations", "advances", "decisions", "worked", "contacted"),
    *("dated", "dated_again"),
    *(f"order_at_{number}" for number in range(1, _LATEST + 1)),
    *("leaning_runs", "leaning_value", "upright_value"),
)


def _count(rules: Rules, core: Core, earned: int, counts: Counts) -> None:
    counts["runs"] += 1
    counts["value"] += earned
    leaning = decided = 0
    for prospect, p in zip(rules.prospects, core[at.FIRST :], strict=True):
        ordered = p[at.RESULT] == _ORDER
        kept = ordered and not p[at.CANCELLED]
        visited = prospect.prospect.buyer.arrives == "visit"
        contacts = visited + p[at.TRIED] + p[at.TOUCHES]
        counts["prospects"] += 1
        counts["orders"] += ordered
        counts["first"] += p[at.FIRST_CLOSE]
        counts["could"] += bool(
            p[at.FIRST_CLOSE] or (p[at.REAL] and p[at.READY_AT] <= max(p[at.FIRST_TALK], rules.start))
        )
        counts["later"] += ordered and not p[at.FIRST_CLOSE]
        counts["kept"] += kept
        counts["kept_later"] += kept and not p[at.FIRST_CLOSE]
        counts["noes"] += p[at.RESULT] == RESULT["no-sale"]
        counts["limbo"] += p[at.RESULT] in UNDECIDED
        counts["contacted"] += bool(contacts)
        counts["talked"] += p[at.TALKS] > 0
        counts["unsold"] += p[at.TALKS] > 0 and not p[at.FIRST_CLOSE]
        counts["at_first"] += p[at.TALKS] > 0 and p[at.FIRST_TALK] == p[at.FIRST_TRY]
        counts["again"] += p[at.TALKS] > 1
        counts["talks"] += p[at.TALKS]
        counts["contacts"] += contacts
        counts["touches"] += p[at.TOUCHES]
        counts["undated"] += p[at.UNDATED]
        counts["continuations"] += p[at.CONTINUATIONS]
        counts["advances"] += p[at.ADVANCES]
        counts["decisions"] += p[at.DECISIONS]
        counts["worked"] += p[at.WORKED]
        dated = bool(p[at.ADVANCES] + p[at.BROKEN])
        counts["dated"] += dated
        counts["dated_again"] += dated and p[at.TALKS] > 1
        if ordered:
            counts[f"order_at_{min(contacts, _LATEST)}"] += 1
        leaning += p[at.CONTINUATIONS] + p[at.UNDATED]
        decided += p[at.DECISIONS]
    counts["leaning_runs"] += leaning > decided
    counts["leaning_value" if leaning > decided else "upright_value"] += earned
