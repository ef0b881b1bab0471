"""Why something could not be done is never said as `None`."""

from __future__ import annotations

import errno

import pytest

from game.words.errors import why_not


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "kiosk.yaml"), "No such file or directory"),
        (OSError("the drive was pulled out"), "the drive was pulled out"),
        (BlockingIOError(), "BlockingIOError"),
    ],
)
def test_a_reason_is_given_even_where_the_system_gives_none(error: OSError, why: str) -> None:
    assert why_not(error) == why
