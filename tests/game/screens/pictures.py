"""What a person sees of a screen, as lines of text that can be reviewed like prose.

`assert_looks_like` compares a running program with `pictures/NAME.txt`. To write the pictures anew, look at them, and
commit them: FIRSTVISIT_PICTURES=write pytest tests/game/screens
"""

from __future__ import annotations

import os
from pathlib import Path

from textual.app import App

PICTURES = Path(__file__).parent / "pictures"


def seen(app: App[None]) -> list[str]:
    """The lines of the screen, without the spaces at their ends."""
    return [strip.text.replace("\xa0", " ").rstrip() for strip in app.screen._compositor.render_strips(app.size)]


def text_of(app: App[None]) -> str:
    """Everything that can be read on the screen, in one string without line breaks or frames."""
    return " ".join(" ".join(seen(app)).translate({ord(each): " " for each in "│─╭╮╰╯█▊║▏▎"}).split())


def said(app: App[None]) -> str:
    """The messages that stand in the corner."""
    return " ".join(each.message for each in app._notifications)


def assert_looks_like(app: App[None], name: str) -> None:
    """Compare the screen with the picture of that name."""
    path = PICTURES / f"{name}.txt"
    now = "\n".join(seen(app)).rstrip() + "\n"
    if os.environ.get("FIRSTVISIT_PICTURES") == "write":
        PICTURES.mkdir(exist_ok=True)
        path.write_text(now, encoding="utf-8")
    assert path.exists(), f"there is no picture {path.name} yet; see pictures.py"
    assert now.split("\n") == path.read_text(encoding="utf-8").split("\n")
