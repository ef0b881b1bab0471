"""`firstvisit show`: what a computer player does with the buyer of a seed, as a transcript with its debrief."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from game.authoring.topics import player_in_short
from game.runs import lines
from game.shelf import library
from game.text.telling import say
from game.text.wrapping import width
from game.words.errors import FINE, Failure, NotFound, did_you_mean
from game.words.visible import json_text

if TYPE_CHECKING:
    from engine.debrief import Debrief
    from engine.play import Game, State

_CUES: Final = "novice"
"""An author may see everything."""


def show(options: Namespace) -> int:
    """Print a run of a computer player, or who there is. Raises `Failure`."""
    if options.list_players:
        _list(options)
        return FINE
    if options.scenario is None:
        raise Failure("Name a scenario to play, or ask who plays with --list-players.")
    from engine.debrief import debrief
    from engine.play import Game
    from engine.scenario.rates import losses
    from game.shelf.loading import loaded

    game = Game(loaded(library.find(options.scenario, options.scenarios), "played"))
    player = named(options.player) if options.player is not None else _usual(game)
    end = _played(game, options.seed, player)
    found = debrief(end)
    if options.json:
        sys.stdout.write(json_text(_as_data(end, found, player)) + "\n")
        return FINE
    from game.commands.replaying import print_course

    how = f"Played by {player}: {player_in_short(player)} Seed: {options.seed}."
    names = print_course(end, _CUES, how)
    currency = game.scenario.currency
    for line in lines.debrief(found, names, currency, width()):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write("\nWHO IS LEFT ALONE\n")
    for who, one in enumerate(end.player_view().prospects):
        for told in losses(game.scenario, who):
            say(f"{one.name} {told}", first="  ")
    return FINE


def named(name: str) -> str:
    """The player that is meant. Raises `NotFound` with the nearest one."""
    from engine.doctrines import DOCTRINES

    if name in DOCTRINES:
        return name
    close = did_you_mean(name, DOCTRINES)
    raise NotFound(f"There is no player {name!r}.{close} 'firstvisit show --list-players' says what each does.")


def _usual(game: Game) -> str:
    """The school that the scenario is for; without one, the player who searches."""
    from engine.doctrines import BY_SCHOOL

    teaches = game.scenario.teaches
    return BY_SCHOOL[teaches[0]] if teaches else "expert"


def _played(game: Game, seed: int, player: str) -> State:
    """The end of the run, which is the one that `simulate` counts."""
    from engine.comparison import ghost
    from game.text.bar import progress

    if player == "script":
        from game.computing.climbing import best_script
        from game.computing.pool import usable_processors

        best_script(game.scenario, game.rules, usable_processors())
    with progress("playing", 1, "The expert searches at each move; that takes some seconds ..."):
        return ghost(game, seed, player, seed)


def _list(options: Namespace) -> None:
    from engine.doctrines import DOCTRINES

    told = {name: player_in_short(name) for name in DOCTRINES}
    if options.json:
        sys.stdout.write(json_text([{"player": name, "does": does} for name, does in told.items()]) + "\n")
        return
    wide = max(map(len, told)) + 2
    for name, does in told.items():
        say(f"{does[0].upper()}{does[1:]}", first=name.ljust(wide))


def _as_data(end: State, found: Debrief, player: str) -> dict[str, Any]:
    game, card = end.game, found.scorecard
    moves = [game.move_name(each.action) for each in end.states()[1:]]
    return {
        "scenario": game.scenario.id,
        "digest": game.digest,
        "player": player,
        "seed": end.seed,
        "moves": moves,
        "transcript": [asdict(entry) for entry in end.player_view(_CUES).transcript],
        "endings": [asdict(ending) for ending in found.endings],
        "value": card.value,
        "conduct": card.conduct_percent,
    }
