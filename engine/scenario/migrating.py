"""A file of format 1 written as one of format 2, with everything else of it left as its author wrote it.

Importing this module imports pydantic.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engine.scenario.compiled import Scenario
from engine.scenario.loading import check_scenario
from engine.scenario.mends import edited
from engine.scenario.problems import LINE_BREAK
from engine.scenario.reading import read_tree
from engine.scenario.renames import upgraded

_MARK: Final = b"\xef\xbb\xbf"


class NotMigrated(ValueError):
    """A file that cannot be brought to format 2 without meaning something else. The message is a sentence."""


def migrated(text: bytes, path: str) -> bytes:
    """The bytes of a scenario file in format 2; the same ones for a file that is in format 2 already.

    Comments, order, layout, quotes and line ends stay. What comes out has been read again, and is the very same
    scenario. Raises ScenarioErrors if the file cannot be read as YAML, and NotMigrated if it has errors, or would not
    be the same scenario afterwards.
    """
    edits = upgraded(read_tree(text, path))
    if not edits:
        return text
    before = _scenario(text, path)
    mark = _MARK if text.startswith(_MARK) else b""
    decoded = text.removeprefix(mark).decode("utf-8")
    ends = LINE_BREAK.search(decoded)
    line_end = ends[0] if ends is not None else "\n"
    edits = [replace(edit, text=edit.text.replace("\n", line_end)) for edit in edits]
    changed = mark + edited(decoded, edits).encode("utf-8")
    try:
        after = _scenario(changed, path)
    except NotMigrated as error:
        raise NotMigrated(f"written in format 2, the file would not be read: {error}") from None
    if after != before or upgraded(read_tree(changed, path)):
        raise NotMigrated("written in format 2, the file would be another scenario")
    return changed


def _scenario(text: bytes, path: str) -> Scenario:
    """The scenario in a file without errors. Raises NotMigrated with the first one of any other."""
    scenario, problems = check_scenario(text, path)
    if scenario is None:
        first = next(each for each in problems if each.level == "error")
        raise NotMigrated(f"line {first.line}: {first.message}")
    return scenario
