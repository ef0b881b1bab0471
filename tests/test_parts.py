"""A part that is missing is skipped on a trainee's machine, and is an error where every part was installed; and each is
held between two releases."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from tests.parts import need


def test_a_missing_part_is_skipped_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FIRSTVISIT_TEST_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no browser"):
        need(None, "no browser")


def test_where_all_parts_are_meant_to_be_there_a_missing_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTVISIT_TEST_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="no browser"):
        need(None, "no browser")
    need("chromium", "no browser")


def test_every_library_is_held_between_the_oldest_and_the_newest_release_it_was_tried_with() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    held = re.compile(r"[\w.-]+>=[\d.]+,<[\d.]+|first-visit\[[a-z,]+\]")
    assert [each for each in needs if not held.fullmatch(each)] == []
