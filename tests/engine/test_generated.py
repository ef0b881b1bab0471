"""Claims about the generated rules: they are the interpreter's, move by move, and no author writes any of them."""

from __future__ import annotations

import re
import tokenize
from collections import Counter
from functools import cache
from io import StringIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import rules as interpreter
from engine import world as at
from engine.generated import Machine, machine
from engine.luck import Luck
from engine.rules import Rules, prepare
from engine.rules.tables import WAITS
from engine.scenario import vocabulary
from engine.world import Core
from tests.engine import imagined
from tests.engine.sales import BUNDLED, bundled

SEEDS = st.integers(0, 2**53 - 1)
IMAGINED = st.integers(0, 5_000)
HOSTILE = "'\"\"\"\n)]}; __import__('os').system('true')  # {p[TRUST]}\\ "

WORDS = re.compile(
    r"(def|if|elif|else|while|return|for|in|and|or|not|is|None|True|False|max|min|list|bit_count)"
    r"|[a-z]+(_[a-z]+)*(_\d+)*"  # a function or a variable of the program
    r"|[A-Z]+(_[A-Z]+)*(_\d+)?"  # a slot, or a key of luck
)


@cache
def rules_of(seed: int) -> Rules:
    """An imagined scenario, prepared."""
    return prepare(imagined.scenario(seed))


def luck_of(rules: Rules, seed: int) -> tuple[Luck, ...]:
    return tuple(Luck(seed, prospect.id) for prospect in rules.scenario.prospects)


def compare(rules: Rules, seed: int, most: int = 120) -> list[tuple[str, int]]:
    """Play a run by both, with thought and with answers that luck did not choose; every move's alternatives, odds and
    outcome must be equal. Moves are picked at random, each second one of a kind not often made before. Returns the
    kinds of moves with the answers that came."""
    made, luck, pick = machine(rules), luck_of(rules, seed), Random(seed)
    core = interpreter.start(rules, luck)
    assert made.start(luck) == core
    heard: list[tuple[str, int]] = []
    count: Counter[str] = Counter()
    for _ in range(most):
        possible = interpreter.legal(rules, core, luck)
        assert made.legal(core, luck) == possible
        if not possible:
            break
        for move in possible:
            assert made.chance(core, luck, move) == interpreter.chance(rules, core, luck, move)
        some = possible[:-1] if len(possible) > 1 and pick.randrange(20) else possible  # seldom the last, which ends it
        move, think = pick.choice(some), pick.choice((0, 0, 9, 200))
        if pick.randrange(2):
            move = min(some, key=lambda move: (count[kind(rules, move)], pick.random()))
        answers = [answer for answer, _ in interpreter.chance(rules, core, luck, move)]
        answer = pick.choice((None, pick.choice(answers), min(answers, key=lambda answer: count[str(answer)])))
        after = interpreter.step(rules, core, luck, move, think, answer)
        assert made.step(core, luck, move, think, answer) == after
        who = max(core[at.ACTIVE], after[at.ACTIVE], 0)
        heard.append((kind(rules, move), after[at.FIRST + who][at.LAST] - 1))
        count.update(map(str, heard[-1]))
        core = after
    return heard


def kind(rules: Rules, move: int) -> str:
    """The kind of a line, or the name of a wait."""
    what = rules.moves[move]
    return what if isinstance(what, str) else what[1].kind


@given(st.sampled_from(BUNDLED), SEEDS)
def test_a_bundled_scenario_is_played_as_by_the_interpreter(name: str, seed: int) -> None:
    compare(bundled(name).rules, seed)


@given(IMAGINED, SEEDS)
def test_any_scenario_is_played_as_by_the_interpreter(scenario: int, seed: int) -> None:
    compare(rules_of(scenario), seed)


def test_imagined_scenarios_hold_every_kind_of_move_and_every_answer() -> None:
    """Sooner or later: they are imagined until all has come up."""
    unmade, unheard = {*vocabulary.KINDS, *WAITS}, set(range(len(vocabulary.ANSWERS)))
    unheard.remove(tuple(vocabulary.ANSWERS).index("walks-out"))  # which answers no move
    for seed in range(2_000):
        for kind, answer in compare(rules_of(seed // 5), seed % 5):
            unmade.discard(kind)
            unheard.discard(answer)
        if not unmade and not unheard:
            break
    assert not unmade
    assert not unheard


@settings(max_examples=50)
@given(st.one_of(st.sampled_from(BUNDLED), IMAGINED), SEEDS)
def test_a_run_in_place_ends_where_single_moves_end(scenario: str | int, seed: int) -> None:
    rules = bundled(scenario).rules if isinstance(scenario, str) else rules_of(scenario)
    made, luck, pick = machine(rules), luck_of(rules, seed), Random(seed)
    core = begun = made.start(luck)
    chosen: list[int] = []
    while possible := made.legal(core, luck):
        chosen.append(pick.choice(possible))
        core = made.step(core, luck, chosen[-1])
    replay = iter(chosen)
    assert made.play(begun, luck, lambda clock, active, people, moves: next(replay)) == core
    run = made.open(begun, luck)
    for move in chosen:
        assert move in run.legal()
        assert made.chance(run.close(), luck, move) == run.chance(move)
        run.make(move)
    assert not run.legal()
    assert run.close() == core


@given(SEEDS)
def test_playing_in_place_leaves_the_state_it_began_from(seed: int) -> None:
    made = machine(bundled("friday-pipeline").rules)
    luck, pick = luck_of(made.rules, seed), Random(seed)
    core: Core = made.start(luck)
    again = made.start(luck)
    made.play(core, luck, lambda clock, active, people, moves: pick.choice(moves))
    assert core == again


@settings(max_examples=25)
@given(IMAGINED)
def test_no_word_of_an_author_reaches_the_program(seed: int) -> None:
    scenario = imagined.scenario(seed)
    plain, hostile = (prepare(imagined.reworded(scenario, word)) for word in ("word", HOSTILE))
    assert machine(hostile).source == machine(plain).source
    compare(hostile, seed, most=20)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_program_is_made_of_numbers_and_fixed_words(name: str) -> None:
    source = machine(bundled(name).rules).source
    for token in tokenize.generate_tokens(StringIO(source).readline):
        assert token.type != tokenize.STRING
        if token.type == tokenize.NAME:
            assert WORDS.fullmatch(token.string)
        elif token.type == tokenize.COMMENT:
            assert token.string[2:] in {*vocabulary.KINDS, "wait", "not for two zeroes", "the last stage never is"}


def test_a_machine_is_made_once() -> None:
    rules = bundled("first-five-minutes").rules
    assert machine(rules) is machine(rules)
    assert Machine(rules).source == machine(rules).source
