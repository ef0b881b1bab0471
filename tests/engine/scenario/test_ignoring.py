"""A comment lets a warning or a hint pass, and one that lets nothing pass is told."""

from __future__ import annotations

import pytest

from tests.engine.scenario.shop import SHOP, changed, problems

TWIN = changed("say: Is it the money?", "say: Shall I wrap it?").splitlines()
(DOUBT,) = problems("\n".join(TWIN))
AT = DOUBT.problem.line - 1
"""Where the doubt stands, counted from 0."""


def told(lines: list[str]) -> list[str]:
    return [each.code for each in problems("\n".join(lines))]


def with_comment(at: int, comment: str) -> list[str]:
    """The codes that are told when a comment stands at the end of a line."""
    return told([*TWIN[:at], f"{TWIN[at]}  {comment}", *TWIN[at + 1 :]])


def test_a_doubt_is_let_pass_at_the_end_of_its_line() -> None:
    assert DOUBT.code == "FV402"
    assert with_comment(AT, "# check: ignore FV402") == []
    assert with_comment(AT, "# as meant # check: ignore FV402") == []


def test_a_doubt_is_let_pass_by_a_comment_alone_on_the_line_above() -> None:
    assert told([*TWIN[:AT], "    # check: ignore FV402", *TWIN[AT:]]) == []


def test_several_codes_stand_in_one_comment() -> None:
    assert with_comment(AT, "# check: ignore FV402, FV405") == ["FV120"]


@pytest.mark.parametrize("comment", ["# check: ignore FV403", "# ignore FV402", "# check: ignore"])
def test_another_comment_lets_nothing_pass(comment: str) -> None:
    assert "FV402" in with_comment(AT, comment)


def test_a_comment_above_that_follows_a_line_is_about_that_line_only() -> None:
    assert set(with_comment(AT - 1, "# check: ignore FV402")) == {"FV402", "FV120"}


def test_an_error_cannot_be_ignored() -> None:
    text = changed("kind: isolate", "kind: isolat  # check: ignore FV204")
    assert [each.code for each in problems(text)] == ["FV204", "FV120"]


def test_a_comment_that_ignores_nothing_is_a_hint_at_its_code() -> None:
    (found,) = problems(changed("weight: 40", "weight: 40  # check: ignore FV402"))
    assert (found.code, found.problem.level, found.under) == ("FV120", "hint", "FV402")


def test_what_is_only_found_by_playing_is_not_missed_by_reading() -> None:
    assert problems(changed("weight: 40", "weight: 40  # check: ignore FV601")) == []
    assert problems(SHOP) == []
