"""Claims about the rules that hold in any scenario, also in those that nobody would write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import rules as of
from engine import world as at
from engine.events import LEVELS, Event
from engine.rules import Rules, Turn, begun, make, odds, passing, possible, prepare
from engine.rules.conditions import WORDS
from engine.rules.kinds import KINDS
from engine.rules.passing import advance, due
from engine.rules.quick import may_answer
from engine.rules.tables import WAITS
from engine.scenario import vocabulary
from engine.specialising import often
from engine.units import CERTAIN, LEVEL
from engine.world import NEVER, Core
from tests.engine import imagined
from tests.engine.sales import BUNDLED, bundled

SEEDS = st.integers(0, 2**53 - 1)
IMAGINED = st.integers(0, 5_000)
HOSTILE = "'\"\"\"\n)]}; __import__('os').system('true')  # {p[TRUST]}\\ %s "


@cache
def rules_of(scenario: int | str) -> Rules:
    """A bundled scenario by name, or an imagined one by number, prepared."""
    return bundled(scenario).rules if isinstance(scenario, str) else prepare(imagined.scenario(scenario))


SCENARIOS = st.one_of(st.sampled_from(BUNDLED), IMAGINED).map(rules_of)


def played(rules: Rules, seed: int, most: int = 120) -> tuple[list[Core], list[tuple[str, int]]]:
    """A run with thought, and with answers that luck did not choose; each second move is of a kind not often made
    before. It is played on one open turn, and each move once more on its own, by somebody who wants to hear about it:
    both must come to the same. Returns the states, and the kinds of moves with the answers that came."""
    luck, pick = rules.luck(seed), Random(seed)
    events: list[Event] = []
    states = [of.start(rules, luck, events)]
    turn = Turn(rules, states[0], luck)
    heard: list[tuple[str, int]] = []
    count: Counter[str] = Counter()
    while (moves := possible(turn)) and len(heard) < most:
        assert of.legal(rules, states[-1], luck) == moves
        some = moves[:-1] if len(moves) > 1 and pick.randrange(20) else moves  # seldom the last, which ends it
        move, think = pick.choice(some), pick.choice((0, 0, 9, 200))
        if pick.randrange(2):
            move = min(some, key=lambda move: (count[kind(rules, move)], pick.random()))
        chances = odds(turn, move)
        assert of.chance(rules, states[-1], luck, move) == chances == may_answer(turn, rules.moves[move])
        assert sum(share for _, share in chances) == CERTAIN
        answers = [answer for answer, _ in chances]
        answer = pick.choice((None, pick.choice(answers), min(answers, key=lambda answer: count[str(answer)])))
        states.append(of.step(rules, states[-1], luck, move, think, answer, events))
        who = max(states[-2][at.ACTIVE], states[-1][at.ACTIVE], 0)
        make(turn, move, think, answer)
        assert turn.close() == states[-1]
        heard.append((kind(rules, move), states[-1][at.FIRST + who][at.LAST] - 1))
        count.update(map(str, heard[-1]))
    summed = Counter[tuple[int, str]]()
    for event in events:
        summed[event.prospect, event.what] += event.amount
    for who, p in enumerate(turn.people):
        for level, slot in zip(LEVELS, (at.EXCITEMENT, at.CONVICTION, at.TRUST, at.PRESSURE), strict=True):
            assert summed[who, level] == p[slot]
    return states, heard


def kind(rules: Rules, move: int) -> str:
    """The kind of a line, or the name of a wait."""
    what = rules.moves[move]
    return what if isinstance(what, str) else what[1].kind


@given(SCENARIOS, SEEDS)
def test_a_run_in_place_and_single_moves_that_are_told_come_to_the_same(rules: Rules, seed: int) -> None:
    played(rules, seed)


@pytest.mark.parametrize("scenario", [*BUNDLED, 1, 4])
def test_moves_made_quick_come_to_the_same(scenario: int | str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(often, "OFTEN", 1)
    rules = prepare(bundled(scenario).scenario if isinstance(scenario, str) else imagined.scenario(scenario))
    for seed in range(6):
        played(rules, seed, most=60)
    for made in (rules.quick.moves, rules.quick.odds):
        assert sum("__" in each.__name__ for each in made) > 5


@given(SCENARIOS, SEEDS)
def test_levels_and_time_keep_their_bounds(rules: Rules, seed: int) -> None:
    luck = rules.luck(seed)
    states, _ = played(rules, seed, most=60)
    for core in states:
        turn = Turn(rules, core, luck)
        for one, p in zip(rules.prospects, turn.people, strict=True):
            assert 0 <= turn.interest(one, p) <= LEVEL
            assert 0 <= turn.pressure(one, p) <= LEVEL
            assert 0 <= p[at.TRUST] <= LEVEL
            assert not p[at.OPEN] & p[at.HANDLED]
            assert not p[at.CONFIRMED] & ~p[at.SETTLED]
            assert not p[at.MET] & ~(p[at.HAS] & p[at.KNOWN])
    clocks = [core[at.CLOCK] for core in states]
    assert clocks == sorted(clocks)
    assert clocks[-1] <= rules.deadline


def test_imagined_scenarios_hold_every_kind_of_move_and_every_answer() -> None:
    """Sooner or later: they are imagined until all has come up."""
    unmade, unheard = {*vocabulary.KINDS, *WAITS}, set(range(len(vocabulary.OUTCOMES)))
    for nothing_asked in ("walks-out", "signal", "opts-out", "waits"):  # which answer no move
        unheard.remove(tuple(vocabulary.OUTCOMES).index(nothing_asked))
    for seed in range(2_000):
        for made, answer in played(rules_of(seed // 5), seed % 5)[1]:
            unmade.discard(made)
            unheard.discard(answer)
        if not unmade and not unheard:
            break
    assert not unmade
    assert not unheard


@settings(max_examples=50)
@given(SCENARIOS, SEEDS)
def test_playing_in_place_leaves_the_state_it_began_from(rules: Rules, seed: int) -> None:
    luck, pick = rules.luck(seed), Random(seed)
    core = of.start(rules, luck)
    turn = Turn(rules, core, luck)
    while moves := possible(turn):
        make(turn, pick.choice(moves))
    assert core == of.start(rules, luck)


@settings(max_examples=25)
@given(IMAGINED)
def test_what_an_author_wrote_as_text_moves_nobody(seed: int) -> None:
    plain, hostile = (prepare(imagined.reworded(imagined.scenario(seed), word)) for word in ("word", HOSTILE))
    luck, pick = plain.luck(seed), Random(seed)
    one, other = (Turn(rules, of.start(rules, luck), luck, []) for rules in (plain, hostile))
    while (moves := possible(one)) and len(one.trace or ()) < 500:
        assert possible(other) == moves
        answers = odds(one, move := pick.choice(moves))
        for turn in (one, other):
            make(turn, move, answer=answers[-1][0])
        assert one.close() == other.close()


def test_every_word_of_the_vocabulary_has_a_rule() -> None:
    assert set(KINDS) == set(vocabulary.KINDS)
    assert {*WORDS, "any"} == {*vocabulary.VISIBLE_CONDITIONS, *vocabulary.HIDDEN_CONDITIONS}
    assert {manner for one in KINDS.values() for manner in one.manner} <= set(vocabulary.MANNERS)


def test_who_is_next_is_looked_up_once_until_something_may_come_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many prospects there are, a step of time in which nothing happens asks none of them."""
    rules = prepare(bundled("friday-pipeline").scenario)
    turn = begun(rules, rules.luck(7))
    advance(turn, turn.clock + 1)
    asked: list[Sequence[int]] = []

    def asking(p: Sequence[int]) -> int:
        asked.append(p)
        return due(p)

    monkeypatch.setattr(passing, "due", asking)
    for _ in range(20):
        advance(turn, turn.clock + 1)
    assert not asked
    turn.calm = NEVER
    advance(turn, turn.clock + 1)
    assert len(asked) == len(rules.prospects)
