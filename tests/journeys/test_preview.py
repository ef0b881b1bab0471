"""An author's path through a preview in a real terminal, with an editor that takes it over."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

pytest.importorskip("pexpect", reason="a pseudo-terminal is driven by pexpect")
if not hasattr(os, "openpty"):
    pytest.skip("this platform has no pseudo-terminals", allow_module_level=True)

from tests.game.whole import WHOLE
from tests.journeys.terminal import Terminal

EDITOR = """\
#!{python}
import pathlib, sys
line, file = sys.argv[1:]
path = pathlib.Path(file)
text = path.read_text()
assert text.split(chr(10))[int(line[1:]) - 1].startswith("  where-to:")
input("a real editor; press Enter")
path.write_text(text.replace("get to the station dry", "stay dry until nine"))
"""


def test_a_line_is_edited_and_the_run_goes_on_where_it_was(tmp_path: Path) -> None:
    editor, scenario = tmp_path / "vi", tmp_path / "a kiosk; $x.yaml"
    editor.write_text(EDITOR.format(python=sys.executable), encoding="utf-8")
    editor.chmod(0o755)
    scenario.write_text(WHOLE, encoding="utf-8")
    terminal = Terminal(
        tmp_path, "preview", str(scenario), "--seed", "2", settings={"EDITOR": str(editor), "VISUAL": ""}
    )
    terminal.see("Preview: a kiosk; $x.yaml", "Where are you off to?")
    terminal.press("1")
    terminal.see("I have to get to the station dry.")
    terminal.see("played ")
    terminal.press("\x1b[19~")  # F8
    terminal.see("a real editor; press Enter")
    terminal.press("\r")
    terminal.see("Since you saved, move 1: The buyer says something else.", "I have to stay dry until nine.")
    terminal.press("\x7f")
    terminal.see("Where are you off to?")
    terminal.press("q")
    assert terminal.left() == 0
    assert terminal.raw.count("\x1b[?1049h") == terminal.raw.count("\x1b[?1049l")
    assert "Traceback" not in terminal.raw
