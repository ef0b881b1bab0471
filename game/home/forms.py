"""JSON files that a later version of the program still has to understand: each says which form it has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from game.home.files import read_regular, write_whole
from game.words.visible import json_text

LARGEST: Final = 16_777_216


class Newer(ValueError):
    """A file of a form that only a later version knows."""


def read_form(path: Path, form: int) -> dict[str, Any]:
    """Return the object in a file of any form up to `form`.

    Raises `OSError` if it cannot be read, `Newer` if it is of a later form, and `ValueError` if it is anything else.
    """
    try:
        found: Any = json.loads(read_regular(path, LARGEST))
        written = found["form"]
    except (RecursionError, KeyError, TypeError):
        raise ValueError("no object with a form") from None
    if type(written) is not int:
        raise ValueError("no number of a form")
    if written > form:
        raise Newer(f"form {written}")
    return dict(found)


def write_form(path: Path, form: int, found: dict[str, Any], *, over: bool = True) -> None:
    """Write such a file, whole or not at all. Raises `OSError`; `FileExistsError` if it is there, unless `over`."""
    write_whole(path, (json_text({"form": form} | found) + "\n").encode("ascii"), over=over)
