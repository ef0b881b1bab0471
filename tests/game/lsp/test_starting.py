"""How an editor starts the language server, and what it is told where that cannot be."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from game.cli import main
from game.options import parser


def test_without_what_it_needs_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("game.words.extras.find_spec", lambda name: None)
    assert main(["lsp"]) == 2
    assert "(pygls). Install it with: " in (said := capsys.readouterr().err)
    assert said.endswith("'first-visit[lsp]'\n")


def test_the_settings_in_the_guide_start_what_there_is() -> None:
    guide = (Path(__file__).parents[3] / "scenarios" / "README.md").read_text()
    part = guide.partition("## In your editor")[2].partition("\n## ")[0]
    settings = json.loads(part.partition("```json\n")[2].partition("```")[0])
    started = [settings["glspc.server.command"], *settings["glspc.server.commandArguments"]]
    assert started == ["firstvisit", "lsp"]
    assert f"cmd = {{ {', '.join(map(repr, started))} }}" in part, "and Neovim starts the same"
    assert parser().parse_args(started[1:]).command == "lsp"


def test_an_editor_that_leaves_hears_of_no_failure() -> None:
    calls: list[dict[str, object]] = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "rootUri": None, "processId": None}},
        {"id": 2, "method": "shutdown", "params": None},
        {"method": "exit"},
    ]
    said = b""
    for call in calls:
        body = json.dumps({"jsonrpc": "2.0", **call}).encode()
        said += b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
    ended = subprocess.run([sys.executable, "-m", "game", "lsp"], input=said, capture_output=True, timeout=120)
    assert (ended.returncode, ended.stderr) == (0, b"")
