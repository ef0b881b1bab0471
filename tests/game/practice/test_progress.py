"""What `firstvisit progress` says: honest about small numbers, first tries and retries apart."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random
from types import MappingProxyType

import pytest

from engine.record import Closing, Header
from engine.rules import RULES_VERSION
from engine.skills import LEANING
from game.home import profile
from game.practice import history
from game.practice.history import Past
from game.practice.measures import CONDUCT, LEAST, MEASURES, RESULT, Standing, course, standings
from game.report.progress import drawn
from tests.game.conftest import Run
from tests.game.practice.histories import Played

BY_NAME = {measure.name: measure for measure in MEASURES}


def pasts(
    conducts: Iterable[int], digest: str = "a", skills: Mapping[str, tuple[int, int]] = MappingProxyType({})
) -> list[Past]:
    """First tries of one scenario, with this conduct each, from the oldest to the newest."""
    return [
        Past(
            f"{number}.run",
            Header("kiosk", digest, RULES_VERSION, number, "novice", False, f"2026-03-07T09:41:{number % 60:02}Z"),
            3,
            Closing((("buyer", "order"),), 0, conduct, 100, "0" * 16),
            first=True,
            title="The kiosk",
            currency="EUR",
            accuracy=None,
            skills=skills,
            doubt="",
        )
        for number, conduct in enumerate(conducts)
    ]


def of(runs: list[Past], name: str = CONDUCT) -> Standing:
    return next(each for each in standings(runs) if each.measure.name == name)


# --- how a player stands ---------------------------------------------------------------------------------------------


def test_shares_are_added_up_over_runs() -> None:
    figure = of(
        pasts([50], skills={"needs found": (20, 80)}) + pasts([50], skills={"needs found": (20, 20)}), "needs found"
    ).figure
    assert figure is not None
    assert figure.value == 0.4


def test_dependence_is_per_decision_and_nothing_where_no_decision_was_ever_collected() -> None:
    runs = pasts([50], skills={LEANING: (2, 0)}) + pasts([50], skills={LEANING: (1, 2)})
    found = of(runs, LEANING)
    assert found.figure is not None
    assert found.figure.value == 1.5
    none = of(runs[:1], LEANING)
    assert (none.runs, none.figure, none.word) == (1, None, "too few")


@pytest.mark.parametrize("name", ["conduct", "promises kept"])
def test_a_few_perfect_runs_do_not_look_certain_and_many_do(name: str) -> None:
    def low(runs: int) -> float:
        figure = of(pasts([100] * runs, skills={"promises kept": (1, 1)}), name).figure
        assert figure is not None
        assert figure.value == figure.high == 1
        return figure.low

    assert low(1) == 0
    assert low(3) < 0.8
    assert low(3) < low(10) < low(100)
    assert low(100) > 0.95


def test_with_too_few_runs_in_a_half_nothing_is_said_of_a_trend() -> None:
    assert of(pasts([0] * (LEAST - 1) + [100] * LEAST)).word == "too few"
    assert of(pasts([0] * LEAST + [100] * LEAST)).word == "better"


def test_getting_better_is_told_and_getting_worse_too() -> None:
    rising = [40, 45, 50, 42, 48, 44, 80, 85, 82, 88, 84, 90]
    assert of(pasts(rising)).word == "better"
    assert of(pasts(rising[::-1])).word == "worse"


def test_less_pressure_is_better_and_so_is_less_dependence() -> None:
    for name, high, low in (("pressure", (80, 100), (10, 100)), (LEANING, (4, 1), (0, 1))):
        much, little = pasts([50] * 8, skills={name: high}), pasts([50] * 8, skills={name: low})
        assert of(much + little, name).word == "better"
        assert of(little + much, name).word == "worse"


def test_going_on_to_a_harder_scenario_makes_nobody_look_worse() -> None:
    easy, hard = pasts([90, 92, 91, 93] * 3, "easy"), pasts([40, 42, 41, 43] * 3, "hard")
    found = of(easy + hard)
    assert found.word == "unclear"
    assert found.trend is not None
    assert abs(found.trend.later - found.trend.earlier) < 0.05


def test_who_does_not_change_is_told_so_however_many_figures_there_are() -> None:
    luck = Random(2026)
    wrong = 0
    for _ in range(60):
        runs = []
        for _ in range(luck.randrange(10, 40)):
            pairs = {name.name: (luck.choice((0, 1)), 1) for name in MEASURES if name.name not in (RESULT, CONDUCT)}
            runs += pasts([luck.randrange(101)], luck.choice("ab"), pairs)
        wrong += any(each.word in ("better", "worse") for each in standings(runs))
    assert wrong <= 3


def test_a_course_runs_from_the_first_try_to_the_last_in_as_many_columns_as_there_are() -> None:
    runs = pasts([0, 100] * 10)
    assert course(BY_NAME[CONDUCT], runs, 10) == (0.5,) * 10
    assert drawn(BY_NAME[CONDUCT], course(BY_NAME[CONDUCT], runs, 40)) == "▁█" * 10
    assert drawn(BY_NAME[CONDUCT], (0.0, None, 1.0), signs=False) == "0 9"


# --- what is printed -------------------------------------------------------------------------------------------------


def write(number: int, **figures: object) -> Played:
    played = Played(number, **figures)  # type: ignore[arg-type]
    played.write()
    return played


SHOWN = "result, losses as 0"
"""What the mean of the results stands beside: shares of par are recorded from 0 up."""


def row(printed: str, name: str) -> list[str]:
    """The numbers printed beside the name of a measure."""
    found = re.search(rf"^{name}  +(.*)$", printed, re.MULTILINE)
    assert found is not None
    return found[1].split()


def test_who_has_played_nothing_is_told_what_to_do(run: Run) -> None:
    code, printed, told = run("progress")
    assert (code, told) == (0, "")
    assert "play one to its end" in " ".join(printed.split())


def test_retries_are_practice_and_no_part_of_any_figure(run: Run, home: Path) -> None:
    write(1, par=60, conduct=50)
    before = run("progress")[1]
    write(2, seed=1, par=140, conduct=100)
    write(3, par=140, conduct=100, retry_of="0" * 16)
    printed = run("progress")[1]
    assert row(printed, SHOWN) == row(before, SHOWN)
    assert row(printed, "conduct")[:2] == ["1", "50%"]
    text = " ".join(printed.split())
    assert "1 first try of 1 scenario" in text
    assert "2 retries: result 140%, conduct 100% on average." in text
    assert "Buyer and luck were known, so this is practice" in text
    assert printed.count(", a retry") == 2


def test_runs_that_do_not_count_are_named_with_the_reason(run: Run, home: Path) -> None:
    write(1, par=60)
    write(2, par=10, rules=RULES_VERSION - 1)
    forged = write(3)
    forged.path.write_text(forged.path.read_text().replace("par: 80", "par: 999"))
    (profile.runs_dir() / "torn.run").write_bytes(b"nonsense")
    code, printed, told = run("progress")
    assert code == 0
    assert row(printed, SHOWN)[:2] == ["1", "60%"]
    assert f"1 run under other rules than {RULES_VERSION}: listed, and not counted." in printed
    assert f"{forged.name} is not counted." in printed
    assert "torn.run cannot be read as a run" in told
    assert "as recorded" in printed


def test_a_history_that_cannot_be_used_costs_a_sentence(run: Run, home: Path) -> None:
    write(1)
    history.path().write_bytes(b"nonsense" * 100)
    code, printed, told = run("progress")
    assert code == 0
    assert "1 first try" in printed
    assert "was built again" in told
    assert run("progress") == (0, printed, "")
    assert run("progress", "--rebuild") == (0, printed, "")


@pytest.mark.parametrize("runs", [1, 12, 60])
def test_the_text_fits_into_80_columns(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, runs: int) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    luck = Random(runs)
    for number in range(runs):
        pairs = {each.name: (luck.randrange(101), 100) for each in MEASURES}
        write(number, par=luck.randrange(300), conduct=luck.randrange(101), skills=pairs)
    printed = run("progress")[1]
    assert max(map(len, printed.splitlines())) <= 80


def test_where_there_are_only_letters_courses_are_drawn_in_digits(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(1, par=0)
    write(2, par=150)
    assert "▁█" in run("progress")[1]
    monkeypatch.setenv("LC_ALL", "C")
    printed = run("progress")[1]
    assert row(printed.partition("OVER TIME")[2], SHOWN) == ["09"]
    assert "9 is 100%" in printed


def test_one_scenario_can_be_looked_at_and_one_that_was_never_played_is_asked_back(run: Run, home: Path) -> None:
    write(1, par=60)
    write(2, scenario="shop", par=100)
    assert row(run("progress", "--scenario", "shop")[1], SHOWN)[:2] == ["1", "100%"]
    code, _, told = run("progress", "--scenario", "kiosck")
    assert code == 2
    assert "Did you mean kiosk?" in told


def test_the_latest_runs_are_named_so_that_one_can_be_read_again(run: Run, home: Path) -> None:
    for number in range(30):
        write(number, par=number)
    latest = write(30, par=30)
    latest.analyse(77.4)
    printed = run("progress")[1]
    assert "30% of par, conduct 70%, accuracy 77" in printed
    assert printed.count("% of par, conduct") == 10
    assert f"firstvisit replay {latest.name}" in printed


def test_a_run_whose_name_has_blanks_is_named_so_that_a_shell_takes_it(run: Run, home: Path) -> None:
    name = write(1).name
    (home / "runs" / name).rename(home / "runs" / "my best.run")
    told = " ".join(run("progress")[1].split())
    assert "Read one again: firstvisit replay 'my best.run'" in told


# --- for scripts -----------------------------------------------------------------------------------------------------


def test_json_keeps_first_tries_and_retries_apart(run: Run, home: Path) -> None:
    write(1, par=60, skills={"needs found": (20, 80)})
    write(2, par=140, retry_of="0" * 16)
    forged = write(3)
    forged.path.with_suffix(".debrief.json").write_bytes(b"{")
    write(4, finished=False)
    found = json.loads(run("progress", "--json")[1])

    def result(of: str) -> dict[str, object]:
        return next(each for each in found[of]["measures"] if each["name"] == "result")

    assert (found["first_tries"]["runs"], result("first_tries")["value"]) == (1, 0.6)
    assert (found["retries"]["runs"], result("retries")["value"]) == (1, 1.4)
    assert result("first_tries")["trend"] == "too few"
    assert "trend" not in result("retries")
    assert [each["name"] for each in found["not_counted"]] == [forged.name]
    assert [each["first_try"] for each in found["runs"]] == [True, False, True]
    assert found["runs"][-1]["skills"] == {"needs found": {"part": 20, "whole": 80}}


def test_csv_has_a_row_for_each_finished_run_and_no_cell_that_a_spreadsheet_computes(run: Run, home: Path) -> None:
    write(1, par=60, skills={"needs found": (20, 80), "follow-up dependence": (1, 0)})
    formula = write(2)
    beside = formula.path.with_suffix(".debrief.json")
    beside.write_text(beside.read_text().replace("The kiosk", "=1+1"))
    write(3, finished=False)
    newest, oldest = csv.DictReader(io.StringIO(run("progress", "--csv")[1]))
    assert newest["title"] == "'=1+1"
    assert (oldest["first_try"], oldest["result (% of par)"], oldest["value (currency)"]) == ("yes", "60", "12.00")
    assert oldest["needs found (0 to 1)"] == "0.25"
    assert oldest["follow-up dependence (per decision)"] == "", "nothing can be divided by no decision"
