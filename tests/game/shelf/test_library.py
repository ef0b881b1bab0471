"""Where scenarios are found, and what is known of them before they are played."""

from pathlib import Path

import pytest

from engine.record import OVER, Closing, Header, closing_text, header_text, move_text
from engine.rules import RULES_VERSION
from engine.scenario import Scenario
from game.home import profile
from game.runs import results
from game.shelf import library
from game.words.errors import NotFound


def keep(
    name: str,
    *,
    scenario: str = "kiosk",
    digest: str = "0" * 16,
    seed: int = 7,
    rules: int = RULES_VERSION,
    moves: int = 1,
    par: int | None = None,
    over: bool = False,
    retry_of: str | None = None,
) -> Path:
    """Put a run into the player's folder."""
    first = "0" * 16
    head = Header(
        scenario, digest, rules, seed, "novice", False, "2026-03-07T09:41:12Z", opening=first, retry_of=retry_of
    )
    text = header_text(head) + "".join(move_text(number, "wait.1h", 0, "0" * 16) for number in range(1, moves + 1))
    if over:
        text += closing_text(Closing((("buyer", "order"),), 5, 50, par, "0" * 16))
    path = profile.runs_dir() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="ascii")
    return path


def entry(folder: Path, name: str = "kiosk") -> library.Entry:
    found, _ = library.entries(folder)
    return next(each for each in found if each.summary.id == name)


def test_the_bundled_scenarios_are_found_and_the_tutorial_comes_first(home: Path) -> None:
    found, unreadable = library.entries()
    assert unreadable == ()
    assert found[0].summary.id == "first-five-minutes"
    assert len(found) >= 6
    assert {each.summary.school for each in found} == {
        None,
        "plan-a",
        "collect-decisions",
        "speed-first",
        "audition",
        "same-day",
    }


def test_a_chosen_folder_and_the_players_own_are_looked_through_too(home: Path, kiosk_path: Path) -> None:
    own = profile.scenarios_dir()
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text(kiosk_path.read_text().replace("id: kiosk", "id: mine"))
    assert library.find("mine") == own / "mine.yaml"
    assert library.find("kiosk", kiosk_path.parent) == kiosk_path
    assert entry(kiosk_path.parent).path == kiosk_path


def test_a_name_nearly_right_finds_its_neighbour(home: Path) -> None:
    with pytest.raises(NotFound, match="Did you mean first-five-minutes"):
        library.find("first-five-minuts")
    with pytest.raises(NotFound, match="firstvisit list"):
        library.find("zzzz")


def test_a_path_is_a_path(home: Path, kiosk_path: Path) -> None:
    assert library.find(str(kiosk_path)) == kiosk_path
    with pytest.raises(NotFound, match="no file"):
        library.find("./nowhere.yaml")
    with pytest.raises(NotFound, match="no folder"):
        library.entries(kiosk_path.parent / "nowhere")


def test_a_file_that_is_no_scenario_is_named_and_the_others_are_listed(home: Path, kiosk_path: Path) -> None:
    (kiosk_path.parent / "broken.yaml").write_bytes(b"\xff\x00")
    (kiosk_path.parent / "notes.txt").write_text("not looked at")
    found, unreadable = library.entries(kiosk_path.parent)
    assert "kiosk" in {each.summary.id for each in found}
    assert [each.path.name for each in unreadable] == ["broken.yaml"]


def test_the_best_result_is_that_of_the_best_first_try(home: Path, kiosk_path: Path, kiosk: Scenario) -> None:
    own = kiosk.digest()
    assert entry(kiosk_path.parent).best is None
    keep("1.run", digest=own, seed=1, over=True, par=-30)
    assert entry(kiosk_path.parent).best == -30
    keep("2.run", digest=own, seed=2, over=True, par=91)
    keep("3.run", digest=own, seed=3, over=True, par=40)
    keep("4.run", digest=own, seed=4, over=True, par=None)
    keep("5.run", digest=own, seed=5, over=True, par=99, scenario="another")
    keep("6.run", digest=own, seed=6, over=True, par=98, retry_of="0" * 16)
    keep("7.run", digest=own, seed=2, over=True, par=97)
    keep("8.run", digest="0" * 16, seed=8, over=True, par=96)
    keep("9.run", digest=own, seed=9, over=True, par=95, rules=RULES_VERSION - 1)
    found = entry(kiosk_path.parent)
    assert (found.best, found.retried, found.other_best) == (91, 98, 96)


def test_what_was_played_without_a_share_of_par_was_played(home: Path, kiosk_path: Path, kiosk: Scenario) -> None:
    """Next to nothing was to be had of that buyer."""
    assert results.played(entry(kiosk_path.parent)) == []
    keep("1.run", digest=kiosk.digest(), seed=1, over=True, par=None)
    assert results.played(entry(kiosk_path.parent)) == ["no best yet"]


def test_what_earned_nothing_is_no_best(home: Path, kiosk_path: Path, kiosk: Scenario) -> None:
    keep("1.run", digest=kiosk.digest(), seed=1, over=True, par=0)
    keep("retry.run", digest=kiosk.digest(), seed=1, over=True, par=0, retry_of="0" * 16)
    assert results.played(entry(kiosk_path.parent)) == ["no best yet"]
    keep("2.run", digest=kiosk.digest(), seed=2, over=True, par=1)
    assert results.played(entry(kiosk_path.parent)) == ["best 1% of par"]


def test_a_run_that_is_over_and_waits_for_its_par_is_nothing_to_go_on_with(
    home: Path, kiosk_path: Path, kiosk: Scenario
) -> None:
    path = keep("1.run", digest=kiosk.digest())
    path.write_text(path.read_text() + OVER)
    found = entry(kiosk_path.parent)
    assert ([run.path for run in found.waiting], found.unfinished) == ([path], ())
    assert results.played(found) == ["1 over, result to come"]


def test_unfinished_runs_with_a_move_are_listed_newest_first(home: Path, kiosk_path: Path, kiosk: Scenario) -> None:
    own = kiosk.digest()
    older = keep("20260101-000000-kiosk.run", digest=own, moves=3)
    newer = keep("20260102-000000-kiosk.run", digest=own, moves=1)
    keep("20260103-000000-kiosk.run", digest=own, moves=0)
    keep("20260104-000000-kiosk.run", digest=own, over=True)
    other = keep("20260105-000000-kiosk.run", moves=1)
    (profile.runs_dir() / "20260105-000001-kiosk.run").write_bytes(b"nonsense")
    found = entry(kiosk_path.parent)
    assert [run.path for run in found.unfinished] == [newer, older]
    assert [run.path for run in found.other_unfinished] == [other]
