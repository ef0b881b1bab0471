"""Moments of runs in which anything may be said and done, but for letting all the time pass at once."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from engine.play import Game, State
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
