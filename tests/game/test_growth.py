"""No text that somebody wrote, and no run however long, takes more than its length."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.play import Game, State
from engine.scenario import Scenario
from game.runs import accounts
from game.runs.session import Session, tips_told
from game.shelf import library
from game.text.wrapping import wrapped
from tests.game.conftest import KIOSK
from tests.growth import grows_evenly

PIECES = ["a", "é", "e\u0301", "\u0301", "日", " ", "（", "。", "a ", "\t", "\u200b"]


@pytest.mark.parametrize("piece", PIECES)
def test_a_text_is_wrapped_at_the_cost_of_its_length(piece: str) -> None:
    assert grows_evenly(lambda length: list(wrapped((piece * length)[:length], 80, first="Sam: ")), 500)


def test_a_word_longer_than_a_line_is_broken_where_the_line_is_full() -> None:
    assert list(wrapped("a" * 12 + " bc", 5, first="- ")) == ["- aaa", "  aaa", "  aaa", "  aaa", "  bc"]
    assert list(wrapped("日" * 5, 5)) == ["日日", "日日", "日"]
    assert list(wrapped("e\u0301" * 5, 4)) == ["e\u0301" * 4, "e\u0301"]


def long_run(scenario: Scenario, moves: int) -> State:
    """A run in which the same thing is said again and again."""
    game = Game(scenario)
    state = game.new_initial_state(3).apply_action(game.move_named("where-to"))
    for number in range(2, moves + 1):
        state = replace(state, previous=state, moves=number)
    return state


def test_going_on_with_a_run_costs_its_length(kiosk: Scenario) -> None:
    runs = {moves: long_run(kiosk, moves) for moves in (30, 300)}
    assert grows_evenly(lambda moves: tips_told(runs[moves], "novice"), 30)


def test_what_is_kept_of_a_run_costs_its_length(kiosk: Scenario) -> None:
    session = Session.start(kiosk, None, 3, "novice", False, None)
    session.par.whole()

    def account(moves: int) -> None:
        session.state = long_run(kiosk, moves)
        accounts.account(session)

    assert grows_evenly(account, 30)


def test_scenarios_are_not_held_each_against_all_others(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = home / "scenarios"
    folder.mkdir(parents=True)
    for number in range(20):
        (folder / f"{number}.yaml").write_text(KIOSK.replace("id: kiosk", f"id: kiosk-{number % 10}  # file {number}"))
    asked: list[str] = []

    def name(file: library._File) -> str:
        asked.append(file.summary.id)
        return file.summary.id

    monkeypatch.setattr(library._File, "id", property(name))
    found, _ = library.entries()
    assert sum(len(each.twins) for each in found) == 20
    assert len(asked) < 4 * len(found)
