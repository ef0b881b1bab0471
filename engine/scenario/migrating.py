"""A file of format 1 written as one of format 2, with everything else of it left as its author wrote it.

Importing this module imports pydantic.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engine.scenario.loading import check_scenario, read_scenario
from engine.scenario.mends import edited
from engine.scenario.problems import LINE_BREAK, ScenarioErrors
from engine.scenario.reading import read_tree
from engine.scenario.renames import upgraded

_MARK: Final = b"\xef\xbb\xbf"


class NotMigrated(ValueError):
    """A file that cannot be brought to format 2 by replacing words where they stand. The message is a clause."""


def migrated(text: bytes, path: str) -> bytes:
    """The bytes of a scenario file in format 2; the same ones for a file that is in format 2 already.

    Comments, order, layout, quotes and line ends stay. What comes out has been read again, and is the very same
    scenario; a file in which nothing but words of format 2 are wrong is one that it was not. Raises ScenarioErrors if
    the file has other errors, and NotMigrated if it cannot be written in format 2 like
    this.
    """
    edits = upgraded(read_tree(text, path))
    if not edits:
        return text
    before, problems = check_scenario(text, path)
    if any(each.level == "error" and each.code != "FV209" for each in problems):
        raise ScenarioErrors(problems)
    mark = _MARK if text.startswith(_MARK) else b""
    decoded = text.removeprefix(mark).decode("utf-8")
    found = LINE_BREAK.search(decoded)
    line_break = found[0] if found is not None else "\n"
    edits = [replace(edit, text=edit.text.replace("\n", line_break)) for edit in edits]
    changed = mark + edited(decoded, edits).encode("utf-8")
    try:
        after = read_scenario(changed, path)
        if after != (before or after) or upgraded(read_tree(changed, path)):
            raise NotMigrated("written in format 2, it would not be the same scenario any more")
    except ScenarioErrors as error:
        raise NotMigrated(f"written in format 2, it could not be read: {error}") from None
    return changed
