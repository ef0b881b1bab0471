"""Claims about the script: it never listens, a bounded search makes it good, and it is the same each time."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine import world as at
from engine.doctrines import SCHOOLS, Chooser, Script, Sight, play_out
from engine.doctrines.rehearsal import Climb, Round, Stage, best_script, climb, openings
from engine.doctrines.sight import Person
from engine.expectations import of_script
from engine.listening import listening
from engine.play import Game
from engine.rules import Move
from engine.rules.value import value
from engine.scenario.compiled import BEYOND
from engine.units import CERTAIN, Span
from tests.engine.sales import BUNDLED, bundled, play, written
from tests.engine.watching import chosen

FEW = (Round(2, 500, (10, 40)), Round(1, 1500, (15, 60)))
SHOP = """\
buyer: {name: Sam, real: 100%, patience: 30m}
needs: {dry: {says: I have to get there dry.}}
lines:
  why: {kind: open-question, say: Where to?, reveals: dry}
  show: {kind: present, say: It opens with one hand., meets: dry, when: {knows: dry}}
  rain: {kind: small-talk, say: What weather., repeat: yes}
  bye: {kind: vague-follow-up, say: Come back any time.}
"""


def script(game: Game, *names: str) -> Script:
    return Script(game.move_named(name) for name in names)


def schools(game: Game) -> tuple[Chooser, ...]:
    return tuple(school(game.rules, 0) for school in SCHOOLS.values())


def names(game: Game, choose: Chooser, seed: int = 1) -> list[str]:
    """The moves that somebody makes with the buyer of a seed."""
    state, made = game.new_initial_state(seed), list[str]()
    while not state.is_terminal():
        move = chosen(state, choose)
        made.append(game.move_name(move))
        state = state.apply_action(move)
    return made


# --- a script is read out --------------------------------------------------------------------------------------------


def test_the_first_entry_that_is_on_the_menu_is_made() -> None:
    game = written(SHOP)
    assert names(game, script(game, "show", "why", "bye", "finish").read_out()) == ["why", "show", "bye", "finish"]


def test_what_stands_in_it_twice_is_said_twice() -> None:
    game = written(SHOP)
    assert names(game, script(game, "rain", "why", "rain", "bye").read_out())[:4] == ["rain", "why", "rain", "bye"]


def test_a_seller_at_the_end_of_a_script_leaves_and_lets_the_time_pass() -> None:
    game = written(SHOP)
    assert names(game, script(game, "why").read_out()) == ["why", "bye", "finish"]


def test_every_run_begins_at_the_top() -> None:
    game = written(SHOP)
    read = script(game, "rain", "why")
    assert names(game, read.read_out()) == names(game, read.read_out())


def both(read: Script, people: Sequence[Person]) -> Chooser:
    """Somebody who plays by a script, and fails if it says anything else to `people` behind the same menu."""
    seeing, blind = read.read_out(), read.read_out()

    def choose(s: Sight) -> Move:
        move = seeing(s)
        assert move == blind(Sight(s.catalogue, 0, s.active, 0, people, s.moves))
        return move

    return choose


@pytest.mark.parametrize("name", BUNDLED)
def test_a_script_reads_the_menu_and_nothing_else(name: str) -> None:
    """Whatever was said, whoever the buyer is and however they feel: behind equal menus it makes equal moves."""
    game = bundled(name)
    stage = Stage(game.rules)
    other = game.new_initial_state(99).people
    blank = tuple(tuple(0 for _ in person) for person in other)
    for moves in openings(stage, schools(game))[::3]:
        for people in (other, blank):
            for seed in range(12):
                state = game.new_initial_state(seed)
                play_out(game.rules, state.core, state.luck, both(Script(moves), people))


# --- it is looked for ------------------------------------------------------------------------------------------------


def test_nobody_who_is_judged_was_trained_with() -> None:
    rules = bundled("saturday-showroom").rules
    stage = Stage(rules)
    trained = {stage.luck(buyer)[0].block("anything") for buyer in range(300)}
    judged = {rules.luck(seed)[0].block("anything") for seed in (*range(3000), 2**53 - 1)}
    assert len(trained) == 300
    assert not trained & judged


def mean(game: Game, moves: tuple[Move, ...], buyers: int = 300) -> float:
    """What a script earns from buyers it has not been trained with."""
    read, whole = Script(moves), 0
    for seed in range(buyers):
        state = game.new_initial_state(seed)
        whole += value(game.rules, play_out(game.rules, state.core, state.luck, read.read_out()))
    return whole / buyers


def test_the_search_betters_what_it_begins_with_for_buyers_it_has_never_met(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.doctrines.rehearsal.ROUNDS", (Round(2, 2000, (40, 160)), Round(1, 4000, (80, 240))))
    game = bundled("saturday-showroom")
    begun = max(mean(game, moves) for moves in openings(Stage(game.rules), schools(game)))
    assert mean(game, best_script(game.rules, schools(game)).moves) > begun


def test_a_climb_never_ends_lower_and_plays_no_more_than_its_runs() -> None:
    game = bundled("roof-before-the-rain")
    stage = Stage(game.rules)
    (moves, *_) = openings(stage, schools(game))
    one = Round(1, 600, (10, 40))
    begun = sum(stage.earned(Script(moves), range(40)))
    before = stage.played
    found = climb(stage, Climb(moves, one, "a"))
    assert found.earned >= begun
    assert stage.played - before < one.runs + 40
    assert sum(stage.earned(Script(found.moves), range(40))) == found.earned


def test_equal_scenarios_have_equal_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.doctrines.rehearsal.ROUNDS", FEW)
    one, other = (Game(bundled("first-five-minutes").scenario) for _ in range(2))
    assert best_script(one.rules, schools(one)).moves == best_script(other.rules, schools(other)).moves


# --- the listening share ---------------------------------------------------------------------------------------------


def test_the_listening_share_is_what_the_expert_earns_and_a_script_cannot() -> None:
    found = listening({1: 50, 2: 100, 3: 0, 4: 999}, {1: 100, 2: 200, 3: 0, 5: 999})
    assert (found.runs, found.script, found.expert) == (3, 150, 300)
    assert found.of_expert is not None
    assert found.share is not None
    assert found.share.value == 0.5
    assert found.share.error == pytest.approx(0)  # half of it from each buyer: nothing is left to chance


def test_who_is_compared_by_buyer_is_known_better_than_apart() -> None:
    expert = {seed: 100 * (seed % 7) for seed in range(70)}
    alike = listening({seed: earned - 30 for seed, earned in expert.items()}, expert).of_expert
    apart = listening({seed: 600 - earned for seed, earned in expert.items()}, expert).of_expert
    assert alike is not None
    assert apart is not None
    assert alike.error < apart.error / 3


@pytest.mark.parametrize("expert", [{}, {1: 0, 2: 0}, {1: -50, 2: 10}])
def test_of_an_expert_who_earns_nothing_there_is_no_part(expert: dict[int, int]) -> None:
    assert listening({1: 10, 2: 10}, expert).of_expert is None
    finding = of_script(Span(0, CERTAIN), listening({1: 10, 2: 10}, expert))
    assert finding.verdict == "undecided"
    assert "earns nothing" in finding.found


@pytest.mark.parametrize(
    ("low", "high", "verdict", "words"),
    [
        (0, 70, "met", "at most 70%"),
        (50, 70, "met", "50% to 70%"),
        (0, 40, "not met", "at most 40%"),
        (80, None, "not met", "at least 80%"),
        (0, 60, "undecided", "at most 60%"),
        (60, None, "undecided", "at least 60%"),
    ],
)
def test_what_is_expected_of_the_script_is_met_not_met_or_undecided(
    low: int, high: int | None, verdict: str, words: str
) -> None:
    """60 of 100 from each buyer, give or take a little."""
    found = listening({seed: 60 + (-1) ** seed * 10 for seed in range(40)}, dict.fromkeys(range(40), 100))
    span = Span(low * CERTAIN // 100, BEYOND if high is None else high * CERTAIN // 100)
    finding = of_script(span, found)
    assert finding.verdict == verdict
    assert words in finding.expected
    assert finding.found == "60% from 40 buyers, 57% to 63% with 95% confidence"


def test_an_author_can_expect_a_part_of_what_the_expert_earns() -> None:
    assert written(SHOP + "expect: {script: ..70%}").scenario.expect.script == Span(0, 7 * CERTAIN // 10)
    assert written(SHOP + "expect: {script: 50%..}").scenario.expect.script == Span(CERTAIN // 2, BEYOND)
    assert written(SHOP).scenario.expect.script is None
    assert play(written(SHOP + "expect: {script: ..70%}").new_initial_state(1), "why").core[at.ACTIVE] == 0
