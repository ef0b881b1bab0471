"""Problems as a person reads them: place, sentence, the line itself, a caret, and help."""

from __future__ import annotations

import json
from pathlib import Path

from engine.scenario import Problem
from engine.scenario.problems import Spot
from game.shelf.diagnostics import WIDEST, as_json, render, tally


def problem(line: int, column: int, length: int = 1, *, related: Spot | None = None, message: str = "oh") -> Problem:
    return Problem("FV201", "error", "shop.yaml", Spot(line, column, length), message, "mend it", related)


def test_a_problem_is_shown_with_its_line_a_caret_and_help() -> None:
    text = b"buyer:\n  manner: drivr\n"
    assert render([problem(2, 11, 5)], text) == (
        "shop.yaml:2:11: error[FV201]: oh\n 2 |   manner: drivr\n   |           ^^^^^\n   = help: mend it"
    )


def test_a_related_place_is_shown_as_well() -> None:
    text = b"".join(b"key%d: 1\n" % number for number in range(12))
    assert render([problem(11, 1, 5, related=Spot(2, 1, 4))], text).splitlines()[1:5] == [
        " 11 | key10: 1",
        "    | ^^^^^",
        "  2 | key1: 1",
        "    | ----",
    ]


def test_the_caret_stands_under_wide_characters() -> None:
    lines = render([problem(1, 7, 2)], "a: 日本日本\n".encode()).splitlines()
    assert lines[1].index("日") + len("日本日") + 3 == lines[2].index("^")
    assert lines[2].count("^") == 2


def test_a_combining_mark_takes_no_column() -> None:
    lines = render([problem(1, 4, 1)], "e\u0301: x\n".encode()).splitlines()
    assert lines[2] == "   |   ^"


def test_a_long_line_is_cut_around_the_place() -> None:
    text = ("x" * 500 + "here" + "y" * 500).encode()
    lines = render([problem(1, 501, 4)], text).splitlines()
    assert len(lines[1]) <= WIDEST + 10
    at = lines[2].index("^")
    assert lines[1][at : at + 4] == "here"
    assert lines[2].count("^") == 4


def test_nothing_in_a_file_reaches_the_terminal() -> None:
    shown = render(
        [problem(1, 1, 3, message="bad \x1b[31m \u202e word\nline")], b"\x1b[2J\x07\xc2\x9b1m evil\xe2\x80\xae\n"
    )
    assert shown.replace("\n", "").isprintable()
    assert "\\x1b[31m" in shown
    assert len(shown.splitlines()) == 4


def test_a_path_cannot_act_on_the_terminal_either() -> None:
    odd = Problem("FV201", "error", "a\x1b]0;x\x07.yaml", Spot(1, 1), "oh")
    assert render([odd], b"a: b\n").splitlines()[0].isprintable()


def test_markup_in_a_file_is_only_text() -> None:
    assert "[/b] [@click=app.quit]x[/] {0} %s" in render([problem(1, 1)], b"[/b] [@click=app.quit]x[/] {0} %s\n")


def test_a_place_behind_the_end_of_the_file_is_still_told() -> None:
    assert render([problem(9, 9)], b"a: b\n") == "shop.yaml:9:9: error[FV201]: oh\n   = help: mend it"


def test_a_file_that_is_gone_only_loses_its_lines(tmp_path: Path) -> None:
    assert render([problem(1, 1)], tmp_path / "gone.yaml").startswith("shop.yaml:1:1: error")


def test_problems_for_programs_are_plain_maps() -> None:
    found = as_json([problem(2, 3, 4, related=Spot(1, 1))])
    assert json.loads(json.dumps(found)) == [
        {
            "code": "FV201",
            "level": "error",
            "file": "shop.yaml",
            "line": 2,
            "column": 3,
            "length": 4,
            "message": "oh",
            "help": "mend it",
            "related": {"line": 1, "column": 1, "length": 1},
        }
    ]


def test_problems_are_counted_in_words() -> None:
    warning = Problem("FV405", "warning", "shop.yaml", Spot(1, 1), "oh")
    assert tally([]) == "no problems"
    assert tally([problem(1, 1), problem(1, 1), warning]) == "2 errors, 1 warning"
