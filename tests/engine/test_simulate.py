"""Claims about many runs and their tally."""

from __future__ import annotations

from dataclasses import fields
from functools import cache, reduce
from itertools import pairwise
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import world as at
from engine.doctrines import FOILS, SCHOOLS
from engine.play import Game, State
from engine.playing import Chooser, play_out
from engine.rules import Move
from engine.score import scorecard
from engine.sight import Sight, one_of
from engine.simulate import BINS, ENDS, Sum, Tally, simulate
from tests.engine.sales import BUNDLED, bundled, written

RUNS = 24
QUICK = {**SCHOOLS, **FOILS}
NAMES = tuple(ENDS)


@cache
def tally(scenario: str, player: str, seeds: range = range(RUNS)) -> Tally:
    """What comes of some runs of a bundled scenario."""
    return simulate(bundled(scenario).rules, QUICK[player], seeds)


@cache
def one(scenario: str, player: str, seed: int) -> Tally:
    return tally(scenario, player, range(seed, seed + 1))


def ends(game: Game, player: str) -> list[State]:
    """The last states of the same runs, played move by move through the public face of the engine."""
    found = []
    for seed in range(RUNS):
        state = game.new_initial_state(seed)
        moves: list[int] = []
        choose = QUICK[player](game.rules, seed)

        def noting(s: Sight, choose: Chooser = choose, moves: list[Move] = moves) -> Move:
            moves.append(choose(s))
            return moves[-1]

        play_out(game.rules, state.core, state.luck, noting)
        for move in moves:
            state = state.apply_action(move)
        found.append(state)
    return found


@given(
    st.sampled_from(["friday-pipeline", "saturday-showroom"]),
    st.sampled_from(["speed-first", "random"]),
    st.permutations(range(RUNS)),
    st.lists(st.integers(0, RUNS), max_size=6),
)
def test_runs_shared_out_in_any_way_add_up_to_the_same_tally(
    scenario: str, player: str, order: list[int], cuts: list[int]
) -> None:
    places = sorted({0, RUNS, *cuts})
    shares = [order[a:b] for a, b in pairwise(places)]
    parts = [reduce(add, (one(scenario, player, seed) for seed in share)) for share in shares]
    assert reduce(add, parts) == tally(scenario, player)


@pytest.mark.parametrize("player", ["same-day", "random"])
@pytest.mark.parametrize("scenario", BUNDLED)
def test_a_tally_is_what_the_scorecards_of_the_same_runs_say(scenario: str, player: str) -> None:
    game, found = bundled(scenario), tally(scenario, player)
    states = ends(game, player)
    cards = [scorecard(state) for state in states]
    people = [person for state in states for person in state.people]
    assert found.value == Sum.of([card.value for card in cards])
    assert found.conduct == Sum.of([card.conduct_percent for card in cards])
    assert found.moves == Sum.of([len(state.history) for state in states])
    assert found.minutes.total == sum(person[at.WORKED] for person in people)
    firsts = [card.first_visit_close.value.split(" of ") for card in cards]
    assert (found.closed, found.could) == (sum(int(a) for a, _ in firsts), sum(int(b) for _, b in firsts))
    assert found.decisions.total == sum(person[at.DECISIONS] for person in people)
    assert sum(found.cancelled) == sum(person[at.CANCELLED] for person in people)
    assert sum(found.asks[0]) == sum(person[at.ASKS] for person in people)


@pytest.mark.parametrize("player", sorted(QUICK))
@pytest.mark.parametrize("scenario", BUNDLED)
def test_every_prospect_ends_in_exactly_one_way(scenario: str, player: str) -> None:
    found = tally(scenario, player)
    assert found.runs == RUNS
    assert sum(found.ends) == found.prospects == RUNS * len(bundled(scenario).scenario.prospects)
    assert found.cancelled[0] <= found.ends[0]
    assert found.cancelled[1] <= found.ends[1]
    assert found.closed == found.ends[0] <= found.could


@pytest.mark.parametrize("scenario", BUNDLED)
def test_nothing_is_chosen_more_often_than_offered(scenario: str) -> None:
    found = tally(scenario, "random")
    assert all(chosen <= offered for offered, chosen in zip(found.offered, found.chosen, strict=True))
    assert sum(found.chosen) == found.moves.total


def test_each_ask_is_counted_once_in_every_histogram() -> None:
    found = tally("saturday-showroom", "always-close")
    assert {len(bins) for bins in found.asks} == {BINS}
    assert len({sum(bins) for bins in found.asks}) == 1
    assert sum(found.asks[0]) > RUNS


def test_the_levels_are_those_at_the_moment_of_asking() -> None:
    game = written("""
buyer: {name: Ada, trust: 42, interest: 63}
lines:
  ask: {kind: ask-for-decision, say: Shall I wrap it?}
""")
    found = simulate(game.rules, lambda rules, key: asks_once, [3])
    interest, trust, pressure = found.asks
    assert (interest.index(1), trust.index(1), pressure.index(1)) == (6, 4, 0)
    assert sum(interest) == sum(trust) == sum(pressure) == 1


def asks_once(s: Sight) -> Move:
    wish = one_of(s.first("ask-for-decision") if not s.asks else None, s.first("take-no", "leave"))
    return s.done() if wish is None else wish


def test_the_shortest_run_to_an_end_gets_there() -> None:
    game, found = bundled("saturday-showroom"), tally("saturday-showroom", "random")
    shown = 0
    for end, run in zip(NAMES, found.shortest, strict=True):
        if run is None:
            assert not found.ends[NAMES.index(end)]
            continue
        shown += 1
        state = game.new_initial_state(run.seed)
        for move in run.moves:
            state = state.apply_action(move)
        assert state.is_terminal()
        assert one("saturday-showroom", "random", run.seed).ends[NAMES.index(end)] == 1
    assert shown >= 3


def test_of_equally_short_runs_the_lowest_seed_is_named() -> None:
    game = bundled("friday-pipeline")
    found = simulate(game.rules, lambda rules, key: lambda s: s.wait("finish"), [9, 4, 7])
    never = found.shortest[NAMES.index("never-contacted")]
    assert never is not None
    assert (never.length, never.seed) == (1, 4)


def test_a_dated_step_is_an_advance_unless_the_seller_breaks_it() -> None:
    game = written("""
buyer: {name: Ada, trust: 90, interest: 90, drifts: 0% a day, returns: 0%}
lines:
  tomorrow: {kind: propose-dated-step, say: 'Tomorrow at ten?', in: 1d}
""")

    def agrees(s: Sight) -> Move | None:
        if s.talking:
            return one_of(s.first("propose-dated-step") if s.conversations(0) == 1 else None, s.first("leave"))
        return None

    def breaks(s: Sight) -> Move:
        wish = agrees(s)
        return s.wait("finish") if wish is None else wish

    def keeps(s: Sight) -> Move:
        wish = one_of(agrees(s), s.call_due())
        return s.wait("wait.agreed", "finish") if wish is None else wish

    broken = simulate(game.rules, lambda rules, key: breaks, range(20))
    kept = simulate(game.rules, lambda rules, key: keeps, range(20))
    advance, expired = NAMES.index("advance"), NAMES.index("expired")
    assert broken.ends[advance] == 0
    assert kept.ends[advance] > 10
    assert kept.ends[advance] + kept.ends[expired] == broken.ends[expired]


def test_tallies_of_different_scenarios_are_not_added() -> None:
    with pytest.raises(ValueError, match="different scenarios"):
        tally("saturday-showroom", "random") + tally("friday-pipeline", "random")


def test_a_tally_holds_whole_numbers_only() -> None:
    def whole(value: object) -> bool:
        if value is None or type(value) is int:
            return True
        if isinstance(value, tuple):
            return all(whole(each) for each in value)
        return all(whole(getattr(value, field.name)) for field in fields(value))  # type: ignore[arg-type]

    assert whole(tally("friday-pipeline", "random"))
