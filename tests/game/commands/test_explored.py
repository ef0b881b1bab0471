"""`firstvisit check` as it plays what it checks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.game.conftest import Run

PAGES = Path(__file__).parents[3] / "scenarios" / "problems"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A scenario with a stage that is passed by."""
    path = tmp_path / "shop.yaml"
    page = (PAGES / "FV603.md").read_text(encoding="utf-8")
    path.write_text(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0])
    return path


def test_it_says_how_often_it_played_and_whether_it_visited_every_state(run: Run, shop: Path) -> None:
    code, out, _ = run("check", str(shop), "--plays", "30")
    assert code == 0
    assert re.search(r"warning\[FV603\]: the stage `show` is never reached.* \(proved, all \d+ states\)", out)
    assert re.search(r"1 warning \(played 30 times, seed 1; visited all \d+ states\)", out)


def test_the_same_number_of_plays_finds_the_same(run: Run, shop: Path) -> None:
    assert run("check", str(shop), "--plays", "60")[1] == run("check", str(shop), "--plays", "60")[1]


def test_it_can_be_left_out(run: Run, shop: Path) -> None:
    code, out, _ = run("check", str(shop), "--no-explore")
    assert (code, out) == (0, f"{shop}: no problems\n")


def test_what_is_found_can_be_ignored_where_it_stands(run: Run, shop: Path) -> None:
    shop.write_text(shop.read_text().replace("stages:", "# check: ignore FV603\nstages:"))
    assert "no problems" in run("check", str(shop), "--plays", "30")[1]


def test_programs_read_it_with_all_else(run: Run, shop: Path) -> None:
    _, out, _ = run("check", str(shop), "--plays", "30", "--json")
    (problem,) = json.loads(out)
    assert (problem["code"], problem["level"], problem["line"]) == ("FV603", "warning", 10)


@pytest.mark.parametrize("wrong", ["0", "many", "-1"])
def test_times_that_are_none_are_refused(run: Run, shop: Path, wrong: str) -> None:
    for option in ("--explore", "--plays"):
        assert run("check", str(shop), option, wrong)[0] == 2


def test_ctrl_c_leaves_what_was_found_and_reads_the_rest(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.authoring import exploring

    other = shop.with_name("zz.yaml")
    other.write_text(shop.read_text().replace("id: kettle", "id: other"))
    whole = exploring.explore
    plays: list[int] = []

    def tired(found: exploring.Exploration, more: int) -> exploring.Exploration:
        if plays:
            raise KeyboardInterrupt
        plays.append(more)
        return whole(found, more)

    monkeypatch.setattr(exploring, "explore", tired)
    code, out, err = run("check", str(shop), str(other), "--plays", "100")
    assert code == 130
    assert "played 25 times" in out
    assert out.splitlines()[-1] == f"{other}: no problems"
    assert "the rest was only read, and not played" in err
