"""Claims about the grades of an event: each as a learning platform takes it, for those whom it knows."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from game.workshop.export.gradebook import gradebook
from game.workshop.log.plan import RoundPlan
from tests.game.conftest import Run
from tests.game.workshop.exports import SCENARIO, STEM, export, taken_home
from tests.game.workshop.halls import Hall, event


def test_a_gradebook_gets_those_whom_it_knows_and_no_grade_above_its_largest(kept: Path, run: Run) -> None:
    Path("users.csv").write_text("﻿seat,user\n1,ann@example.org\n3,zoe\n9,nobody\n", encoding="utf-8")
    code, _, err = run("results", STEM, "--map", "users.csv", "--output", "contest")
    assert code == 0
    assert err == "firstvisit: Nothing says who seat 2 is: left out of the gradebook.\n"
    data = Path("contest/gradebook.csv").read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(StringIO(data))
    assert header == ["user", "First Visit: An evening of doors"]
    whole = export().overall
    assert whole is not None
    shares = {row.seat: row.share for row in whole.rows}
    assert dict(rows) == {"ann@example.org": str(min(100, shares[1] or 0)), "zoe": str(min(100, shares[3] or 0))}


def graded(users: dict[int, str], title: str = "An evening of doors") -> list[list[str]]:
    """The rows of a gradebook, as they are read."""
    found = export()
    planned = replace(found.room.event, title=title)
    found = replace(found, room=replace(found.room, began=replace(found.room.began, event=planned)))
    text = gradebook(found, users)
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline="")))


def test_a_gradebook_names_users_as_the_platform_knows_them() -> None:
    # Moodle looks each up as it stands, and refuses the whole file where it finds nobody: nothing may be added to it
    users = {1: "+49123", 2: "-ann", 3: "@zoe"}
    assert {user for user, _ in graded(users)[1:]} == set(users.values())
    (_, (formula, _)) = graded({1: "=1+1|'x'!A0"})  # and what no platform calls anybody is still no formula
    assert formula.startswith("'")


def test_a_gradebook_is_headed_by_the_field_that_a_platform_proposes_for_it() -> None:
    assert graded({1: "ann@example.org", 2: "zoë@example.org"})[0][0] == "Email address"
    assert graded({1: "ann@example.org", 2: "zoe"})[0][0] == "user"
    assert graded({1: "ann"}, 'Doors, "the \\"contest"')[0][1] == 'First Visit: Doors, "the /"contest"'


def test_rounds_that_cannot_be_added_up_have_a_grade_each() -> None:
    made = Hall(event(RoundPlan(SCENARIO, buyers=1), RoundPlan("saturday-showroom", buyers=1)))
    made.seat(2)
    for round, seat in ((0, 1), (1, 2)):
        made.open(round)
        made.play(seat, seat)
        made.close(round)
    head, *rows = csv.reader(StringIO(gradebook(taken_home(made), {1: "ann", 2: "ben"}), newline=""))
    assert head[1:] == ["First Visit: An evening of doors, round 1", "First Visit: An evening of doors, round 2"]
    assert [[user, first != "", second != ""] for user, first, second in rows] == [
        ["ann", True, False],
        ["ben", False, True],
    ]


def test_a_user_with_several_seats_has_one_grade_and_it_is_the_best() -> None:
    ranking = export().overall
    assert ranking is not None
    best = max(row.share or 0 for row in ranking.rows)
    assert graded(dict.fromkeys((1, 2, 3), "zoe"))[1:] == [["zoe", str(min(100, best))]]


def test_a_gradebook_can_be_made_by_names_too(kept: Path, run: Run) -> None:
    Path("users.csv").write_text("name,user\nZoë O’Hara,zoe\n", encoding="utf-8")
    run("results", STEM, "--map", "users.csv", "--output", "contest")
    assert b"zoe," in Path("contest/gradebook.csv").read_bytes()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("who,what\n1,2\n", "should have a column `seat` or `name`, and a column `user`"),
        ("", "should have a column"),
        ("seat,user\n1,ann\n1,bob\n", "line 3: '1' is two users"),
    ],
    ids=["other-columns", "empty", "two"],
)
def test_a_map_that_makes_no_sense_is_refused_before_the_work(kept: Path, run: Run, text: str, why: str) -> None:
    Path("users.csv").write_text(text)
    code, _, err = run("results", STEM, "--map", "users.csv")
    assert code == 1
    assert why in err
    assert not Path(f"{STEM}-results").exists()
