"""What somebody is told who asks for more than is installed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from game.words import extras
from game.words.errors import Failure

WITHOUT = "import sys; sys.modules[{!r}] = None; from game.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.mark.parametrize(
    "command",
    [
        "host saturday-showroom",
        "join 127.0.0.1:9",
        "results",
        "forget contest --all",
    ],
)
def test_every_command_of_competitions_says_what_is_missing(command: str) -> None:
    program = [sys.executable, "-c", WITHOUT.format("sqlalchemy"), *command.split()]
    said = subprocess.run(program, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert said.returncode == 2
    assert "need a little more (sqlalchemy)" in said.stderr
    assert said.stderr.endswith("'first-visit[workshop]'\n")


def test_a_database_and_ssh_need_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.words.extras.find_spec", lambda name: None if name in ("psycopg", "asyncssh") else name)
    extras.competitions_must_be_installed()
    with pytest.raises(Failure, match=r"\(psycopg\).*'first-visit\[workshop,pg\]'"):
        extras.competitions_must_be_installed("postgresql://somewhere/events")
    with pytest.raises(Failure, match=r"\(asyncssh\).*'first-visit\[workshop,ssh\]'"):
        extras.competitions_must_be_installed(ssh=True)


def test_it_is_installed_where_the_game_is_and_not_wherever_a_pip_is_on_the_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.executable", "/here it is/bin/python")
    monkeypatch.setattr("game.words.extras.find_spec", lambda name: name)
    assert extras.install("lsp") == "'/here it is/bin/python' -m pip install 'first-visit[lsp]'"
    monkeypatch.setattr("game.words.extras.find_spec", lambda name: None)
    assert extras.install("workshop", "pg") == (
        "uv pip install --python '/here it is/bin/python' 'first-visit[workshop,pg]'"
    )
