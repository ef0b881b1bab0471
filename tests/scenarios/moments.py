"""Moments of runs in which anything may be said and done, but for letting all the time pass at once."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from engine import world as at
from engine.play import Game, State
from engine.units import HOUR
from engine.view import Option


def moments(game: Game, runs: int = 30) -> Iterator[tuple[State, tuple[Option, ...], set[str]]]:
    """The moments of some runs, with what is offered and what was said by then."""
    for seed in range(runs):
        state, luck, said = game.new_initial_state(seed), Random(seed), set[str]()
        while not state.is_terminal():
            options = state.player_view().options
            yield state, options, said
            option = luck.choice([each for each in options if each.name != "finish"] or options)
            said.add(option.name)
            state = state.apply_action(option.action)


def between(game: Game) -> Iterator[tuple[State, int]]:
    """Moments at which somebody whom the seller has talked to can be rung, with whom."""
    for state, _, _ in moments(game, runs=12):
        if state.core[at.ACTIVE] < 0 and state.core[at.CLOCK] + HOUR < game.rules.deadline:
            for who, p in enumerate(state.people):
                if p[at.TALKS] and not (p[at.RESULT] or p[at.OPTED_OUT]):
                    yield state, who


def ring(game: Game, who: int) -> int:
    """The move that rings somebody."""
    rules = game.rules.prospects[who]
    calls = [line for line in rules.prospect.lines if line.kind == "call"]
    name = next((line.id for line in calls if line.channel is None), calls[0].id)
    return named(game, who, name)


def named(game: Game, who: int, name: str) -> int:
    """The move of this name that is about somebody."""
    names = (name, f"{name}@{game.scenario.prospects[who].id}")
    return next(n for n, each in enumerate(game.rules.names) if each in names)
