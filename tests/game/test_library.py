"""Where scenarios are found, and what is known of them before they are played."""

from pathlib import Path

import pytest

from engine.record import Closing, Header, closing_text, header_text, move_text
from game import library, profile
from game.errors import NotFound


def keep(name: str, *, scenario: str = "kiosk", moves: int = 1, par: int | None = None, over: bool = False) -> Path:
    """Put a run into the player's folder."""
    head = Header(scenario, "0" * 16, 1, 7, "novice", False, "2026-03-07T09:41:12Z")
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


def test_a_chosen_folder_and_the_players_own_come_before_the_bundled_ones(home: Path, kiosk_path: Path) -> None:
    own = profile.scenarios_dir()
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text(kiosk_path.read_text().replace("id: kiosk", "id: first-five-minutes"))
    assert library.find("first-five-minutes") == own / "mine.yaml"
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


def test_the_best_result_is_that_of_the_best_finished_run(home: Path, kiosk_path: Path) -> None:
    assert entry(kiosk_path.parent).best is None
    keep("1.run", over=True, par=-30)
    assert entry(kiosk_path.parent).best == -30
    keep("2.run", over=True, par=91)
    keep("3.run", over=True, par=40)
    keep("4.run", over=True, par=None)
    keep("5.run", over=True, par=99, scenario="another")
    assert entry(kiosk_path.parent).best == 91


def test_unfinished_runs_with_a_move_are_listed_newest_first(home: Path, kiosk_path: Path) -> None:
    older = keep("20260101-000000-kiosk.run", moves=3)
    newer = keep("20260102-000000-kiosk.run", moves=1)
    keep("20260103-000000-kiosk.run", moves=0)
    keep("20260104-000000-kiosk.run", over=True)
    (profile.runs_dir() / "20260105-000000-kiosk.run").write_bytes(b"nonsense")
    assert entry(kiosk_path.parent).unfinished == (newer, older)
