"""What is said on stderr: in lines that fit a terminal, and in one line for whoever reads it with a program."""

import sys

import pytest

from game.text.telling import tell

LONG = "You left. Your seat is kept: the same command comes back to this moment, at the very place in it."


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")


def test_a_terminal_is_told_in_whole_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    tell(LONG)
    lines = capsys.readouterr().err.splitlines()
    assert max(map(len, lines)) <= 40
    assert " ".join(lines) == f"firstvisit: {LONG}"


def test_what_is_longer_than_a_line_is_left_whole_to_be_copied(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    address = f"http://192.0.2.2:8765/board#{'a1' * 20}"
    tell(f"The board is at {address} from now on.")
    assert address in capsys.readouterr().err.splitlines()


def test_a_program_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell(LONG)
    assert capsys.readouterr().err == f"firstvisit: {LONG}\n"
