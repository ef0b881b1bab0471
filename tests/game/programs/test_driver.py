"""What a terminal sends is taken apart into what somebody typed, and what nobody did."""

from __future__ import annotations

import os

import pytest

if os.name != "posix":
    pytest.skip("the guarded driver is that of POSIX systems", allow_module_level=True)

from game.programs.driver import Intake

OUTCOMES = (
    b"\x1bP+q\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1b]11;rgb:q/r/n\x07",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b^q\x1b\\",
    b"\x1bXq\x07",
)


@pytest.mark.parametrize("answer", OUTCOMES)
def test_what_a_terminal_says_of_itself_is_no_key_however_it_comes(answer: bytes) -> None:
    assert Intake().take(b"a" + answer + b"b", 1) == "ab"
    for cut in range(2, len(answer)):
        intake = Intake()
        parts = intake.take(b"a" + answer[:cut], 1), intake.rest(1.01), intake.take(answer[cut:] + b"b", 1.02)
        assert "".join(parts) == "ab", cut


def test_a_key_pressed_with_alt_is_a_key() -> None:
    intake = Intake()
    assert intake.take(b"\x1bP", 1) + intake.rest(1.2) == "\x1bP"
    assert intake.take(b"\x1b]x", 2) + intake.rest(2.2) == "\x1b]x"
