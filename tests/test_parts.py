"""A part that is missing is skipped on a trainee's machine, and is an error where every part was installed."""

from __future__ import annotations

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
