"""The laboratory: one plain scenario, and the kinds of sale that experiments make of it.

A preset carries what a trade brings along: price, how many can decide today, how undecided its buyers are, who else is
in the market. The rules and their constants are the same in all of them. Where a figure has been published for a trade,
the preset is set so that good ordinary selling comes out near it; everything else in it is a design choice, and `says`
tells which is which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from engine.calendar import Calendar
from engine.decay import PRESETS as FADES
from engine.luck import SEEDS, Luck
from engine.play import Game
from engine.playing import Chooser, play_out
from engine.rules import start
from engine.scenario import read_scenario
from engine.scenario.compiled import Buyer, Prospect, Rival, Scenario
from engine.scenario.nearest import meant
from engine.units import CERTAIN, DAY, HOUR, POINT, WEEK, Span
from engine.world import Core

PERCENT: Final = CERTAIN // 100


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of sale: what differs from the scenario as it is written, and why."""

    says: str
    changes: Mapping[str, Any]


def _rival(per_day: int, enquired: bool = False) -> Rival:
    return Rival("somebody else", per_day, enquired)


_SHOWROOM: Final[Mapping[str, Any]] = {
    "price": 3_000_000,
    "interest": Span(52 * POINT, 72 * POINT),
    "trust": Span(40 * POINT, 60 * POINT),
    "indecision": (60 * PERCENT, 35 * PERCENT, 5 * PERCENT),
    "ready": Span(HOUR, 12 * HOUR),
    "returns": 15 * PERCENT,
}

PRESETS: Final[Mapping[str, Preset]] = {
    "small_retail": Preset(
        "Something for 20, the price band of rackham.close_low. Its 72% is the share who buy when they are "
        "asked once: how many could decide is set by it. Deciding easily, with no rival about, is a design "
        "choice.",
        {
            "price": 2_000,
            "size": "small",
            "real": 90 * PERCENT,
            "today": 86 * PERCENT,
            "indecision": (CERTAIN, 0, 0),
            "rival": None,
            "objects": 10 * PERCENT,
            "interest": Span(60 * POINT, 75 * POINT),
        },
    ),
    "large_retail": Preset(
        "Something for 400, the price band of rackham.close_high. Its 42% is the share who buy when they are "
        "asked once: how many could decide is set by it. Indecision and interest are design choices.",
        {
            "price": 40_000,
            "real": 85 * PERCENT,
            "today": 63 * PERCENT,
            "indecision": (60 * PERCENT, 40 * PERCENT, 0),
            "objects": 25 * PERCENT,
            "interest": Span(50 * POINT, 70 * POINT),
        },
    ),
    "in_home": Preset(
        "A job at the house: how many can decide at once is set by inhome.close. Price and indecision are "
        "design choices.",
        {"price": 1_200_000, "today": 45 * PERCENT, "indecision": (35 * PERCENT, 45 * PERCENT, 20 * PERCENT)},
    ),
    "auto": Preset(
        "A showroom in which those who look serious are counted. market.real_buyers and market.elsewhere_rate "
        "are taken as they are; how many can decide at once is set by auto.first_visit, how soon the others "
        "can by auto.beback_close, and how many come back by plan_a.second_conversation. Price, interest, "
        "trust and indecision are design choices.",
        {"today": 24 * PERCENT, **_SHOWROOM},
    ),
    "auto_strict": Preset(
        "The same showroom with every visitor counted: how many can decide at once is set by "
        "auto.first_visit_strict, the rest is as in auto.",
        {"today": 11 * PERCENT, **_SHOWROOM},
    ),
    "new_home": Preset(
        "An appointment at a builder's model home. How many come back is set by newhome.return, and what they "
        "think of it by newhome.appt_to_sale. Price, rivals and the few who decide at once are design "
        "choices.",
        {
            "price": 40_000_000,
            "today": 5 * PERCENT,
            "ready": Span(DAY, 8 * DAY),
            "returns": 34 * PERCENT,
            "interest": Span(56 * POINT, 76 * POINT),
            "trust": Span(48 * POINT, 68 * POINT),
            "objects": 20 * PERCENT,
            "rival": _rival(4 * PERCENT),
            "deadline": 8 * WEEK,
            "indecision": (30 * PERCENT, 45 * PERCENT, 25 * PERCENT),
        },
    ),
    "b2b": Preset(
        "A purchase of months with somebody else to ask. jolt.prevalence gives the shares of indecision; "
        "interest and trust are set by jolt.win_by_level, the share with another decider by gong.multithread. "
        "Price, rivals, reach and the time until they can decide are design choices.",
        {
            "price": 8_000_000,
            "sale": "multi-call",
            "today": 0,
            "ready": Span(2 * WEEK, 4 * WEEK),
            "deadline": 16 * WEEK,
            "real": CERTAIN,
            "interest": Span(65 * POINT, 85 * POINT),
            "trust": Span(60 * POINT, 80 * POINT),
            "objects": 15 * PERCENT,
            "rival": _rival(PERCENT // 2),
            "drifts": PERCENT // 2,
            "decides": (57 * PERCENT, 43 * PERCENT),
            "reach": 80 * PERCENT,
            "fades": FADES["slow"],
        },
    ),
    "lead": Preset(
        "An enquiry nobody has answered yet, with rivals who have it as well and answer as in hbr.audit_*. "
        "Interest, trust and objections are set by foureyes.funnel_internet. Price and the rivals' strength "
        "(within market.elsewhere_rate) are design choices.",
        {
            "price": 3_000_000,
            "arrives": "lead",
            "real": 92 * PERCENT,
            "today": 92 * PERCENT,
            "interest": Span(10 * POINT, 50 * POINT),
            "trust": Span(20 * POINT, 84 * POINT),
            "objects": 40 * PERCENT,
            "rival": _rival(8 * PERCENT, enquired=True),
            "drifts": PERCENT,
            "fades": FADES["inbound"],
        },
    ),
}
"""The kinds of sale. The names without a unit are fields of the compiled scenario; `price` brings floor and hour along
as the scenario format does, `objects` is the chance of each objection."""

_BUYER = frozenset(field.name for field in fields(Buyer))
_CALENDAR = frozenset(field.name for field in fields(Calendar))


@cache
def lab(preset: str, **changes: Any) -> Game:
    """A kind of sale, ready to be played, with further changes by name of what the compiled form has.

    Raises ValueError for a preset that does not exist, and for a name that nothing in the scenario has.
    """
    if preset not in PRESETS:
        raise ValueError(f"there is no kind of sale called {preset!r}; {meant(preset, PRESETS)}")
    return Game(changed(scenario(), {**PRESETS[preset].changes, **changes}))


@cache
def scenario() -> Scenario:
    """The scenario of the laboratory as it is written."""
    text = files("engine.evidence").joinpath("lab.yaml").read_bytes()
    return read_scenario(text, "lab.yaml")


def changed(of: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """A scenario with facts about its one buyer, offer or calendar changed.

    Raises ValueError for a name that is none of them.
    """
    (prospect,) = of.prospects
    buyer = {name: value for name, value in changes.items() if name in _BUYER}
    calendar = {name: value for name, value in changes.items() if name in _CALENDAR}
    rest = {name: value for name, value in changes.items() if name not in buyer and name not in calendar}
    prospect = replace(prospect, buyer=replace(prospect.buyer, **buyer))
    for name, value in rest.items():
        prospect = _also(prospect, name, value)
    return replace(of, calendar=replace(of.calendar, **calendar), prospects=(prospect,))


def _also(prospect: Prospect, name: str, value: Any) -> Prospect:
    match name:
        case "price":
            floor = value * 80 // 100
            hour = (value - floor) * 4 // 100
            return replace(prospect, offer=replace(prospect.offer, price=value, floor=floor, hour=hour))
        case "size":
            return replace(prospect, offer=replace(prospect.offer, size=value))
        case "sale":
            return replace(prospect, sale=value)
        case "objects":
            return replace(prospect, objections=tuple(replace(one, chance=value) for one in prospect.objections))
        case _:
            known = sorted({*_BUYER, *_CALENDAR, "price", "size", "sale", "objects"})
            raise ValueError(f"nothing in the laboratory is called {name!r}; {meant(name, known)}")


def opening(game: Game, seed: int) -> tuple[Core, tuple[Luck, ...]]:
    """The state before the first move with the buyer of a seed, and the luck of the run."""
    luck = game.rules.luck(seed)
    return start(game.rules, luck), luck


def play(game: Game, seed: int, choose: Chooser) -> Core:
    """The end of a run: the buyer of `seed` and that luck, played by `choose`. Raises ValueError for no such seed."""
    if not 0 <= seed < SEEDS:
        raise ValueError(f"a seed is a whole number from 0 to {SEEDS - 1}, not {seed}")
    core, luck = opening(game, seed)
    return play_out(game.rules, core, luck, choose)
