"""Text from outside (names of files, what somebody typed or wrote), made safe to show.

A terminal obeys some characters instead of showing them: escape and the other controls, and those that turn the
direction of text around. Here they are spelt out, on screens, in lines and in JSON.
"""

from __future__ import annotations

import json
import unicodedata
from typing import Any


def visible(text: str) -> str:
    """Return a text in one line with everything that could act on a terminal spelt out, line breaks too."""
    return "".join(char if _shows(char) else _spelt(char) for char in text)


def visible_lines(text: str) -> str:
    """Return a text of several lines with everything else that could act on a terminal spelt out."""
    return "\n".join(visible(line) for line in text.split("\n"))


def json_text(found: Any) -> str:
    """Return what was found as JSON in ASCII, which no terminal acts on and no encoding spoils."""
    return json.dumps(found, indent=2).replace("\x7f", "\\u007f")


def _shows(char: str) -> bool:
    return char.isprintable() or unicodedata.category(char) == "Zs"


def _spelt(char: str) -> str:
    return char.encode("unicode_escape", "backslashreplace").decode("ascii")
