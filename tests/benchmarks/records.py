"""Records verified a second, without and against par, and what a verification spends its time on.

    python tests/benchmarks/records.py [SCENARIO...]

Verified are runs of the doctrine of the scenario's own school. Prints medians of five rounds, in processor time of one
core; of par, how long it takes for buyers who are new, and how well it is known by then.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from engine.doctrines import BY_SCHOOL, DOCTRINES
from engine.par import par, scale
from engine.play import Game, State
from engine.playing import play_out
from engine.record import Header, Record, read_record
from engine.replay import chain, record_text, replay, verify
from engine.rules import RULES_VERSION, Move
from engine.scenario import read_scenario
from engine.score import scorecard
from engine.sight import Sight

ROUNDS = 5
RECORDS = 40
BUYERS = 8
"""Buyers whose par is worked out."""


def played(game: Game, seed: int) -> State:
    """A finished run of the doctrine of the scenario's own school."""
    teaches = game.scenario.teaches
    choose = DOCTRINES[BY_SCHOOL[teaches[0]] if teaches else "plan-a"](game.rules, seed)
    moves: list[Move] = []

    def noting(sight: Sight) -> Move:
        moves.append(choose(sight))
        return moves[-1]

    state = game.new_initial_state(seed)
    play_out(game.rules, state.core, state.luck, noting)
    for move in moves:
        state = state.apply_action(move)
    return state


def head(state: State) -> Header:
    """The head of a record of this run."""
    scenario = state.game.scenario
    return Header(scenario.id, scenario.digest(), RULES_VERSION, state.seed, "expert", False, "2026-03-07T09:41:12Z")


def written(state: State, share: int | None = None) -> bytes:
    """The record of a finished run; with a share of par in its foot if one is given."""
    card = replace(scorecard(state), result_percent=share)
    return record_text(head(state), state, card).encode("ascii")


def milliseconds(work: Callable[[int], int]) -> float:
    """How long one of the things worked on takes, in the median round. `work` gets the number of the round, and
    returns how many things it worked on."""
    taken = []
    for number in range(ROUNDS + 1):
        begun = time.process_time()
        things = work(number)
        taken.append((time.process_time() - begun) * 1000 / things)
    return statistics.median(taken[1:])


def measure(path: Path) -> None:
    """Print the figures of one scenario."""
    game = Game(read_scenario(path.read_bytes(), str(path)))
    states = [played(game, seed) for seed in range(RECORDS)]
    texts = [written(state) for state in states]
    records = [read_record(text) for text in texts]
    # The share claimed is wrong, which verification finds only by working par out; each seed is met once, since par is
    # kept for the ones met before.
    claims = [read_record(written(played(game, 1_000 + number), share=100)) for number in range(ROUNDS + 1)]
    for record in records:
        assert verify(record, game) == []

    def whole(number: int) -> int:
        for text in texts:
            verify(read_record(text), game)
        return RECORDS

    def against_par(number: int) -> int:
        verify(claims[number], game)
        return 1

    def each(do: Callable[[State, Record, bytes], object]) -> float:
        def work(number: int) -> int:
            for state, record, text in zip(states, records, texts, strict=True):
                do(state, record, text)
            return RECORDS

        return milliseconds(work)

    plain, full = milliseconds(whole), milliseconds(against_par)
    moves = statistics.mean(len(record.moves) for record in records)
    print(f"{path.stem}: {moves:.1f} moves a record")
    print(f"  without par {1000 / plain:9,.1f} records/s   {plain:8.2f} ms a record")
    print(f"  against par {1000 / full:9,.1f} records/s   {full:8.2f} ms a record")
    print(f"    reading the text    {each(lambda state, record, text: read_record(text)):8.2f} ms")
    print(f"    playing and hashing {each(lambda state, record, text: replay(record, game)):8.2f} ms")
    print(f"      hashing alone     {each(lambda state, record, text: chain(record.header, state)):8.2f} ms")
    print(f"    the score           {each(lambda state, record, text: scorecard(state)):8.2f} ms")
    print_par(game)


def print_par(game: Game) -> None:
    """How long par of a new buyer takes, and its error beside what a result is measured against."""
    taken: list[float] = []
    errors: list[float] = []
    for seed in range(BUYERS):
        begun = time.process_time()
        found = par(game, seed)
        taken.append(time.process_time() - begun)
        errors.append(found.error / scale(game, found))
    print(f"    par of a new buyer  {statistics.median(taken):8.2f} s, at most {max(taken):.2f} s")
    print(f"      its error         {statistics.median(errors):8.1%}, at most {max(errors):.1%}")


def main() -> None:
    folder = Path(__file__).parents[2] / "scenarios"
    for path in sys.argv[1:] or [str(folder / "saturday-showroom.yaml")]:
        measure(Path(path))


if __name__ == "__main__":
    main()
