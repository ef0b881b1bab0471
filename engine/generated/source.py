"""Writing Python text, line by line.

Only whole numbers and names made of fixed words and numbers are ever written. What an author wrote as text does not
come here, so that no scenario can put words into a program. Slots are written by their names in `engine.world`, as in
`p[TRUST]`; `Source.compiled` puts their places in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import CodeType
from typing import Final

from engine import world

SLOTS: Final = {
    name: place
    for name, place in vars(world).items()
    if name.isupper() and name not in {"CLOCK", "ACTIVE", "TASKED", "STARTED", "FIRST", "SLOTS", "FAR", "NEVER"}
}
"""The names of a prospect's slots, with their places."""

NAMES: Final = {place: name for name, place in SLOTS.items()}

_NAMED = re.compile(r"\[([A-Z_]+)\]")


@dataclass(slots=True)
class Source:
    """Python text in the making."""

    lines: list[str] = field(default_factory=list)
    depth: int = 0

    def __call__(self, *texts: str) -> None:
        """Write lines at the present indent."""
        indent = "    " * self.depth
        self.lines += [indent + text for text in texts]

    def block(self, head: str) -> Source:
        """Write the head of a block; a `with` around what follows indents it."""
        self(head)
        return self

    def __enter__(self) -> None:
        self.depth += 1

    def __exit__(self, *_: object) -> None:
        if self.lines[-1].endswith(":"):
            self("pass")
        self.depth -= 1

    @property
    def text(self) -> str:
        """What has been written, with slots by name."""
        return "\n".join(self.lines) + "\n"

    def compiled(self, name: str) -> CodeType:
        """The program, with the places of the slots put in."""
        return compile(_NAMED.sub(lambda found: f"[{SLOTS[found[1]]}]", self.text), name, "exec")
