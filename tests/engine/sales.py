"""Scenarios for the engine's tests: the bundled ones, read once, and small ones written in place."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from engine.play import Game, State
from engine.scenario import read_scenario

FOLDER = Path(__file__).parents[2] / "scenarios"
BUNDLED = sorted(path.stem for path in FOLDER.glob("*.yaml"))
SCHOOL_SCENARIOS = {
    "plan-a": "roof-before-the-rain",
    "collector": "friday-pipeline",
    "speed-first": "pricing-form",
    "audition": "long-audition",
    "same-day": "saturday-showroom",
}
"""Each school's doctrine and the scenario in which it is right."""

BASE = """\
format: 2
id: test-sale
title: A test sale
situation: A buyer in a room.
briefing: A buyer in a room.
offer: {size: large, price: 1000, floor: 800, hour: 30}
calendar: {start: Mon 10:00, open: Mon-Fri 09:00-18:00, visit: 1h, deadline: 14d}
"""
SHOP = """\
ceiling: 100%
buyer: {name: Sam, real: 70%, ready: 0m, patience: 30m}
needs:
  dry: {says: I have to get to the station dry., weight: 60, chance: 60%}
  small: {says: It has to fit in here., weight: 60, chance: 60%}
lines:
  where-to: {kind: open-question, say: Where to?, reveals: dry}
  how-big: {kind: closed-question, say: How big a bag?, reveals: small}
  this-one: {kind: present, say: This one., meets: dry}
  that-one: {kind: present, say: That one., meets: small}
  what-it-costs: {kind: quote, say: It is a thousand.}
  have-it: {kind: ask-for-decision, say: Shall I ring it up?}
  bye: {kind: leave, say: Goodbye.}
"""
"""What a small shop adds to it: so few lines that the expert plays it in a tenth of a second."""

ABLE = """
buyer:
  name: Ada
  real: 100%
  interest: 60
  trust: 50
  patience: 60m
  decides: {alone: 100%}
  indecision: {low: 100%}
  drifts: 0% a day
ceiling: 100%
"""
"""A buyer who can decide, alone and at once, and is in no hurry."""

DESK = """\
format: 1
id: desk
title: A desk that goes up
situation: He stands while he reads the tag.
briefing: Rui has come in from the rain and looks at the desks.
offer: {price: 640, floor: 480}
buyer: {name: Rui}
needs:
  back: {says: By four I have to lie on the floor.}
lines:
  where: {kind: open-question, say: Where does it hurt?, reveals: back}
  lift: {kind: demonstrate, say: Push here., meets: back}
  price: {kind: quote, say: Six hundred and forty.}
  ask: {kind: ask-for-decision, say: Shall we send it?}
"""
"""A whole scenario, to be changed where a test says."""


@cache
def bundled(name: str) -> Game:
    """A bundled scenario, ready to be played."""
    path = FOLDER / f"{name}.yaml"
    return Game(read_scenario(path.read_bytes(), str(path)))


@lru_cache(maxsize=100)
def written(text: str, base: str = BASE) -> Game:
    """A scenario written in a test: the base above, and what the test adds."""
    return Game(read_scenario((base + text).encode(), "test.yaml"))


def play(state: State, *names: str) -> State:
    """The state after these moves, by name."""
    for name in names:
        state = state.apply_action(state.game.move_named(name))
    return state
