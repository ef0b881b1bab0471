"""What a person sees of a screen, as lines of text that can be reviewed like prose.

`assert_looks_like` compares a running program with `pictures/NAME.txt`. To write the pictures anew, look at them, and
commit them: FIRSTVISIT_PICTURES=write pytest tests/game/screens
"""

from __future__ import annotations

import html
import os
import re
from pathlib import Path

from textual.app import App

PICTURES = Path(__file__).parent / "pictures"
_TEXT = re.compile(
    r'<text class="[^"]*" x="([\d.]+)" y="[^"]*" textLength="[^"]*" clip-path="[^"]*line-(\d+)\)">([^<]*)<'
)
_CELL = 12.2
"""Width of a character in the exported picture, in its own units."""


def seen(app: App[None]) -> list[str]:
    """The lines of the screen, without the spaces at their ends."""
    width, height = app.size
    rows = [[" "] * width for _ in range(height)]
    for x, line, text in _TEXT.findall(app.export_screenshot()):
        column = round(float(x) / _CELL)
        for offset, character in enumerate(html.unescape(text).replace("\xa0", " ")):
            if int(line) < height and column + offset < width:
                rows[int(line)][column + offset] = character
    return ["".join(row).rstrip() for row in rows]


def text_of(app: App[None]) -> str:
    """Everything that can be read on the screen, in one string without line breaks or frames."""
    return " ".join(" ".join(seen(app)).translate({ord(each): " " for each in "│─╭╮╰╯█▊║▏▎"}).split())


def assert_looks_like(app: App[None], name: str) -> None:
    """Compare the screen with the picture of that name."""
    path = PICTURES / f"{name}.txt"
    now = "\n".join(seen(app)).rstrip() + "\n"
    if os.environ.get("FIRSTVISIT_PICTURES") == "write":
        PICTURES.mkdir(exist_ok=True)
        path.write_text(now, encoding="utf-8")
    assert path.exists(), f"there is no picture {path.name} yet; see pictures.py"
    assert now.split("\n") == path.read_text(encoding="utf-8").split("\n")
