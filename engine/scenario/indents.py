"""Lines that are indented like nothing to which they could belong, and what the author most likely meant by them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from engine.scenario.mends import instead
from engine.scenario.problems import Edit, Mend, Problem, Spot

if TYPE_CHECKING:
    from engine.scenario.reading import Node

KEY_ALONE: Final = re.compile(r"^\s*(?:- +)*[\w-]+:$")
A_FIELD: Final = re.compile(r"^\s*(?:- +)*[\w-]+:(?:\s|$)")
_JOINED: Final = re.compile(r"^\s*(?:- +)*[\w-]+:(?=[^\s:])")
_WITH_TEXT: Final = re.compile(r"^(\s*(?:- +)*)([\w-]+):\s+[^\s#{\['\"]")
_BARE: Final = re.compile(r"^(\s*(?:- +)*)([\w-]+)\s*$")


def misplaced(row: int, lines: list[str], path: str) -> Problem:
    """A field that YAML takes for a part of the text before it: something in the line above is not right."""
    above = row - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    joined = _JOINED.match(lines[above]) if above >= 0 else None
    if joined:
        spot = Spot(above + 1, joined.end())
        return Problem("FV110", "error", path, spot, "a space is missing after this colon", "write a space after it")
    told = _text_with_colon(above, lines, path) if above > 0 else None
    if told is not None:
        return told
    if above >= 0:
        other = _without_colon(row, above, lines, path) or _too_far_left(row, above, lines, path)
        if other is not None:
            return other
    message = "this line is indented further than the line above it, which has its value already"
    help = "line it up with the field above, or delete the value there"
    mend = None
    if above >= 0 and A_FIELD.match(lines[above]):
        field = len(lines[above]) - len(lines[above].lstrip(" -"))
        mend = _indented(row, field, lines, "line it up with the field above")
    return Problem("FV110", "error", path, Spot(row + 1, _indent(lines[row]) + 1), message, help, mend=mend)


def _text_with_colon(row: int, lines: list[str], path: str) -> Problem | None:
    """A line that goes on with the text above, is not indented for it, and is taken for a field for its colon."""
    text = text_above(row, lines)
    words, colon, _ = lines[row].strip().partition(": ")
    if text is None or not colon or " " not in words or words[0] in "#{[-'\"":
        return None
    message = "this line is taken for a field, since it has a colon and is not indented like text"
    help = (
        f"if it goes on with the text of `{text.key}`, write `{text.key}: >-`, and the text on the lines below that, "
        f"each indented by {text.indent}"
    )
    mend = indented_on(text, row, lines, help, folded=True)
    return Problem("FV110", "error", path, Spot(row + 1, _indent(lines[row]) + 1), message, help, mend=mend)


def _without_colon(row: int, above: int, lines: list[str], path: str) -> Problem | None:
    """A word above the line that would be its key, had it a colon."""
    found = _BARE.match(lines[above])
    if found is None or _indent(lines[above]) >= _indent(lines[row]):
        return None
    spot = Spot(above + 1, found.start(2) + 1, len(found[2]))
    message = f"a colon is missing after `{found[2]}`, which has something below it"
    return Problem("FV110", "error", path, spot, message, f"write `{found[2]}:`", mend=instead(spot, f"{found[2]}:"))


def _too_far_left(row: int, above: int, lines: list[str], path: str) -> Problem | None:
    """The first field of a key, above the line, that is indented like the key itself."""
    before = next((each for each in range(above - 1, -1, -1) if lines[each].strip()), -1)
    here, indent = _indent(lines[above]), _indent(lines[row])
    if before < 0 or not KEY_ALONE.match(lines[before].rstrip()) or _indent(lines[before]) != here:
        return None
    key, name = (lines[each].strip().partition(":")[0] for each in (before, above))
    message = f"`{name}` is indented like `{key}` above it, which has nothing below it then"
    mend = _indented(above, indent, lines, f"indent it by {indent}, as what follows it is")
    spot = Spot(above + 1, here + 1, len(name))
    return Problem("FV110", "error", path, spot, message, f"indent it by {indent}", mend=mend)


def uneven(row: int, lines: list[str], path: str) -> Problem | None:
    """A line that is indented like nothing above it to which it could belong."""
    here, levels = _indent(lines[row]), _levels(row, lines)
    if not levels or here in levels:
        return None
    odd = _odd_one(row, lines)
    if odd is not None:
        name, old = lines[odd].strip().partition(":")[0], _indent(lines[odd])
        message, help = f"`{name}` is indented by {old}, and what follows it by {here}", f"indent it by {here}"
        mend = _indented(odd, here, lines, help)
        return Problem("FV110", "error", path, Spot(odd + 1, 1, old), message, help, mend=mend)
    best = min(levels, key=lambda level: (abs(level - here), -level))
    near = [*[level for level in levels if level > here][-1:], *[level for level in levels if level < here][:1]]
    others = " or ".join(map(str, near))
    message = f"this line is indented by {here}, and what it could belong to by {others}"
    spot = Spot(row + 1, 1, max(here, 1))
    mend = _indented(row, best, lines, f"indent it by {best}")
    return Problem("FV110", "error", path, spot, message, f"indent it by {others} spaces", mend=mend)


def _odd_one(row: int, lines: list[str]) -> int | None:
    """The only field above a line that is indented further than it, first of a block whose others are indented like the
    line, of which there is at least one more."""
    here = _indent(lines[row])
    above = [each for each in range(row - 1, -1, -1) if not _is_empty(lines[each])]
    block = list(takewhile(lambda each: _indent(lines[each]) > here, above))
    indents = [_indent(lines[each]) for each in block]
    if not block or indents.index(min(indents)) != len(block) - 1 or not A_FIELD.match(lines[block[-1]]):
        return None  # several begin the block, or what begins it is no field
    below = (line for line in lines[row + 1 :] if not _is_empty(line) and _indent(line) <= here)
    return block[-1] if _indent(next(below, "")) == here else None


def _is_empty(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def too_far_in(first: Node, open_nodes: Sequence[Node], lines: list[str], path: str) -> Problem | None:
    """A key with nothing below it since `first`, in a map in which that is set a second time: it was to stand beside
    the map's own key, with the fields that follow below it."""
    parent = open_nodes[-1]
    if len(open_nodes) < 2 or not isinstance(open_nodes[-2].data, dict):
        return None
    since = [key for name, key in parent.keys.items() if key.line > first.line and parent.data[name] is None]
    alone = [key for key in since if isinstance(key.data, str) and not lines[key.line][: key.column].strip()]
    if not alone:
        return None
    lost, indent = alone[-1], open_nodes[-2].column
    message = f"`{lost.data}` is indented like the fields above it, so that those below it are set twice"
    help = f"indent it by {indent} if they are its own; else delete one of the two"
    spot = Spot(lost.line + 1, lost.column + 1, len(lost.data))
    mend = _indented(lost.line, indent, lines, f"indent it by {indent}")
    return Problem("FV111", "error", path, spot, message, help, mend=mend)


class TextAbove(NamedTuple):
    """The text that the lines above a line are."""

    key: str
    indent: int
    """How far its further lines are to be indented."""
    begins: Spot


def text_above(row: int, lines: list[str]) -> TextAbove | None:
    """The text without quotes that ends right above this line, or None."""
    for above in range(row - 1, -1, -1):
        found = _WITH_TEXT.match(lines[above])
        if found:
            return TextAbove(found[2], len(found[1]) + 2, Spot(above + 1, found.end()))
        if A_FIELD.match(lines[above]):
            break
    return None


def indented_on(text: TextAbove, row: int, lines: list[str], says: str, *, folded: bool = False) -> Mend:
    """The mend that indents this line as the text above it, and those below it that are no fields either; `folded`, so
    that no character of the text has a meaning of its own."""
    spaces = text.indent
    edits = []
    if folded:
        sign = lines[text.begins.line - 1][text.begins.column - 1]
        edits.append(Edit(text.begins, f">-\n{' ' * spaces}{sign}"))
    for number in range(row, len(lines)):
        line = lines[number]
        if not line.strip() or A_FIELD.match(line):
            break
        old = _indent(line)
        edits.append(Edit(Spot(number + 1, 1, max(old, 1)), " " * spaces + ("" if old else line[:1])))
    return Mend((tuple(edits),), says)


def _levels(row: int, lines: list[str]) -> list[int]:
    """How far the blocks are indented that are open above a line, the innermost first."""
    levels: list[int] = []
    for above in range(row - 1, -1, -1):
        line = lines[above]
        if _is_empty(line):
            continue
        indent = _indent(line)
        if levels and indent >= levels[-1]:
            continue
        if line.lstrip().startswith("- "):
            inside = len(line) - len(line.lstrip(" -"))
            levels += [inside] if not levels or inside < levels[-1] else []
        levels.append(indent)
        if not indent:
            break
    return levels


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _indented(row: int, spaces: int, lines: list[str], says: str) -> Mend:
    """The mend that indents a line in another way."""
    old = _indent(lines[row])
    if not old:
        return instead(Spot(row + 1, 1), " " * spaces + lines[row][:1], says)
    return instead(Spot(row + 1, 1, old), " " * spaces, says)
