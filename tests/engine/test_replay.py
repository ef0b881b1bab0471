"""A replay is the run: on this machine, in another process, on another Python."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scenarios
from engine.par import par
from engine.play import Game, State
from engine.record import NOTATION, Header, read_record
from engine.replay import record_text, replay, verify
from engine.rules import RULES_VERSION
from engine.scenario import read_scenario
from engine.score import scorecard

PATHS = sorted(Path(scenarios.__path__[0]).glob("*.yaml"))
BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
DETERMINISM = (str(BENCHMARKS / "determinism.py"), "60")
JUDGEMENTS = (str(BENCHMARKS / "judgements.py"), "6", "1", "first-five-minutes")


@cache
def game(path: Path) -> Game:
    return Game(read_scenario(path.read_bytes(), path.name))


def head(state: State, notation: int = NOTATION) -> Header:
    """The head of a record of this run."""
    scenario = state.game.scenario
    return Header(
        scenario.id,
        scenario.digest(),
        RULES_VERSION,
        state.seed,
        "expert",
        False,
        "2026-03-07T09:41:12Z",
        notation=notation,
    )


def written(state: State, against_par: bool = False, notation: int = NOTATION) -> bytes:
    """The record of a run."""
    reference = par(state.game, state.seed) if against_par else None
    card = scorecard(state, reference) if state.is_terminal() else None
    return record_text(head(state, notation), state, card).encode("ascii")


def played(path: Path, seed: int, choices: list[int]) -> State:
    """A run in which each choice takes one of the legal moves; once they are used up, the last one each time."""
    state = game(path).new_initial_state(seed)
    number = 0
    while not state.is_terminal() and number < 400:
        legal = state.legal_actions()
        choice = choices[number] if number < len(choices) else -1
        state = state.apply_action(legal[choice % len(legal)], think=abs(choice) % 30)
        number += 1
    return state


@settings(max_examples=60)
@given(
    path=st.sampled_from(PATHS),
    seed=st.integers(0, 2**53 - 1),
    choices=st.lists(st.integers(0, 1_000), max_size=60),
)
def test_any_run_written_down_and_replayed_is_the_same_run(path: Path, seed: int, choices: list[int]) -> None:
    state = played(path, seed, choices)
    record = read_record(written(state))
    again = replay(record, game(path))
    assert again.digest() == state.digest()
    assert again.log == state.log
    assert again.returns() == state.returns()
    if state.is_terminal():
        assert verify(record, game(path)) == []


def test_a_score_against_par_verifies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.par.LOOKS", (2,))  # as few as par can be worked out from
    path = PATHS[0]
    state = played(path, 7, [])
    record = read_record(written(state, against_par=True))
    assert record.closing is not None
    assert record.closing.par is not None
    assert verify(record, game(path)) == []


@settings(max_examples=40)
@given(path=st.sampled_from(PATHS), seed=st.integers(0, 999), other=st.integers(0, 999))
def test_another_seed_is_noticed_at_once(path: Path, seed: int, other: int) -> None:
    if seed == other:
        return
    text = written(played(path, seed, [])).replace(f"seed: {seed}\n".encode(), f"seed: {other}\n".encode())
    (difference,) = verify(read_record(text), game(path))
    assert "head was changed" in difference


def test_a_record_written_by_hand_in_the_first_notation_is_compared_by_its_foot() -> None:
    path = PATHS[0]
    lines = written(played(path, 7, [1, 2, 3]), notation=1).decode().splitlines()
    plain = "\n".join(line.partition(" {")[0] for line in lines if not line.startswith("opening")) + "\n"
    assert verify(read_record(plain.encode()), game(path)) == []
    (difference,) = verify(read_record(re.sub(r"\nvalue: .*", "\nvalue: 99", plain).encode()), game(path))
    assert difference.startswith("The score was changed: the value is recorded as 99")
    assert verify(read_record(plain.replace("seed: 7", "seed: 8").encode()), game(path)), "another buyer, other states"


def test_moves_after_the_end_are_refused() -> None:
    path = PATHS[0]
    state = played(path, 7, [])
    head, _, foot = written(state).decode().rpartition("\n\n")
    more = f"{head}\n{state.moves + 1}. finish {{00000000}}\n\n{foot}"
    (difference,) = verify(read_record(more.encode()), game(path))
    assert "after the end" in difference


def test_moves_taken_from_the_end_are_noticed() -> None:
    path = PATHS[0]
    head, _, foot = written(played(path, 7, [0, 1])).decode().rpartition("\n\n")
    shorter = f"{head.rpartition(chr(10))[0]}\n\n{foot}"
    (difference,) = verify(read_record(shorter.encode()), game(path))
    assert "Moves were removed" in difference


def test_a_changed_result_is_told_by_the_buyer_s_name_and_in_words() -> None:
    path = PATHS[0]
    record = read_record(written(played(path, 7, [])))
    assert record.closing is not None
    ((prospect, _),) = record.closing.results
    closing = replace(record.closing, results=((prospect, "order"),))
    first = verify(replace(record, closing=closing), game(path))[0]
    name = game(path).scenario.prospects[0].buyer.name
    assert first.startswith(f"The result with {name} was changed: 'order' is recorded, and it comes out as '")


@cache
def digest_from(python: str, hash_seed: str, script: tuple[str, ...]) -> str:
    done = subprocess.run(
        [python, *script],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(BENCHMARKS.parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_runs_are_the_same_under_every_hash_seed() -> None:
    assert len({digest_from(sys.executable, hash_seed, DETERMINISM) for hash_seed in ("0", "1")}) == 1


def test_judgements_are_the_same_under_every_hash_seed() -> None:
    assert len({digest_from(sys.executable, hash_seed, JUDGEMENTS) for hash_seed in ("0", "1")}) == 1


@pytest.mark.parametrize("script", [DETERMINISM, JUDGEMENTS], ids=["runs", "judgements"])
@pytest.mark.parametrize("name", ["python3.11", "python3.12", "python3.13", "python3.14"])
def test_runs_and_judgements_are_the_same_on_every_python_at_hand(name: str, script: tuple[str, ...]) -> None:
    python = shutil.which(name)
    if python is None:
        pytest.skip(f"there is no {name} here")
    if subprocess.run(
        [python, "-c", "import yaml, pydantic, platformdirs, fsrs"], capture_output=True, check=False
    ).returncode:
        pytest.skip(f"{name} lacks the packages that reading a scenario needs")
    assert digest_from(python, "random", script) == digest_from(sys.executable, "0", script)
