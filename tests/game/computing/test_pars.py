"""Par, worked out by several processes: the same as by one, however long each of its runs takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Timer

import pytest

from engine.par import Attempt, Par, enough, par, par_so_far
from engine.play import Game
from engine.scenario import Scenario
from game.computing import pars
from tests.game.conftest import Run
from tests.game.test_cli import ANY


@pytest.mark.parametrize(("looks", "seed"), [((2, 4), 5), ((4, 8), 6)])
def test_par_is_the_same_in_whichever_order_its_attempts_are_done(
    kiosk: Scenario, looks: tuple[int, int], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def backwards(work: Callable[[int], Attempt], jobs: Sequence[int], *_: object) -> Iterator[tuple[int, Attempt]]:
        for job in reversed(jobs):
            yield job, work(job)

    monkeypatch.setattr("engine.par.LOOKS", looks)
    game = Game(kiosk)
    told: list[int] = []
    expected = par(game, seed)
    monkeypatch.setattr("game.computing.pool.results", backwards)
    assert pars.par_anew(game, seed, told.append) == expected
    assert expected.runs in looks
    assert sum(told) == looks[-1]


def test_who_waits_is_told_par_so_far_and_no_attempt_is_made_twice(
    kiosk: Scenario, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.par.LOOKS", (2, 4, 8))
    monkeypatch.setattr("engine.par.CLOSE", 10**9)  # never well enough
    game, told, made, advanced = Game(kiosk), list[Par](), dict[int, Attempt](), list[int]()
    found = pars.par_of(game, 5, lambda: bool(told), advanced.append, tell=told.append, made=made)
    assert found is None
    assert told == [par_so_far(game, 5, [made[0], made[1]])]
    found = pars.par_of(game, 5, advance=advanced.append, tell=told.append, made=made)
    assert found == enough(game, 5, [made[number] for number in range(8)])
    assert [(each.runs, each.so_far) for each in told] == [(2, True), (4, True)]
    assert sum(advanced) == 8
    assert not (home / "par").exists()


class AtOnce(Timer):
    """Patience that is used up before the work has begun."""

    def start(self) -> None:
        self.function()


def test_who_waits_for_par_is_told_what_is_being_worked_out(
    run: Run, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.text.bar.Timer", AtOnce)
    waiting = "Working out what the best player earns from the same buyer ...\n"
    assert run("play", str(kiosk_path), "--seed", "5", "--plain", typed=ANY)[2] == waiting, "after the last move"
    assert run("replay", "last", "--verify")[2] == waiting
