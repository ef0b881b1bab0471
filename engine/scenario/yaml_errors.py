"""What a YAML parser complains about, said so that somebody who writes dialogue can mend it."""

from __future__ import annotations

import re
from typing import Any, Final

from engine.scenario.cut_text import FIELDS
from engine.scenario.indents import A_FIELD, KEY_ALONE, indented_on, misplaced, text_above, uneven
from engine.scenario.lookalikes import LIKE, first_lookalike
from engine.scenario.mends import instead
from engine.scenario.problems import Edit, Mend, Problem, Spot

_MISFIT: Final = ("expected <block end>", "did not find expected key", "did not find expected '-' indicator")
_COMMENT = re.compile(r"(?<= )(#.*)")
_SHOWN: Final = 60
"""Longer text is not repeated in a help."""
_LONGEST: Final = 2_000
_MOST_WAYS: Final = 6
_KEY = re.compile(r"^(\s*(?:- +)*(?:[\w-]+: +)?)(.*)$")

SENTENCES: Final[tuple[tuple[str, str, str], ...]] = (
    # part of the parser's message, what it means, how to mend it
    (
        "mapping values are not allowed",
        "there is a colon followed by a space in text without quotes",
        "put the whole text in quotes",
    ),
    (
        "found character that cannot start any token",
        "text cannot begin with {char} unless it is in quotes",
        "put the whole text in quotes",
    ),
    (
        "cannot start any token",
        "text cannot begin with {char} unless it is in quotes",
        "put the whole text in quotes",
    ),
    (
        "expected alphabetic or numeric character",
        "text cannot begin with * or & unless it is in quotes",
        "put the whole text in quotes",
    ),
    ("undefined tag handle", "text cannot begin with ! unless it is in quotes", "put the whole text in quotes"),
    ("tag", "text cannot begin with ! unless it is in quotes", "put the whole text in quotes"),
    (
        "found unexpected end of stream",
        "the quotes that are opened here are never closed",
        "close them with the same quotation mark; inside single quotes, an apostrophe is written twice: ''",
    ),
    (
        "found unexpected document indicator",
        "the quotes that are opened before this line are never closed",
        "close them with the same quotation mark",
    ),
    (
        "unknown escape character",
        "a backslash inside double quotes has a meaning of its own",
        "use single quotes, or write the backslash twice",
    ),
    ("could not find expected ':'", "this line is neither `key: value` nor part of the text before it", "{line_help}"),
    ("found a tab", "the line is indented with a tab", "use spaces, two for each level"),
    (
        "expected a comment or a line break",
        "text begins on the line after | or >, not on the same line",
        "start a new line and indent the text",
    ),
    (
        "expected comment or line break",
        "text begins on the line after | or >, not on the same line",
        "start a new line and indent the text",
    ),
    (
        "expected chomping or indentation indicators",
        "text begins on the line after | or >, not on the same line",
        "start a new line, or put text that begins with | or > in quotes",
    ),
    (
        "block sequence entries are not allowed",
        "a list item (-) is not possible here",
        "start the list on a new line; if the dash belongs to the text, put the whole text in quotes",
    ),
    (
        "did not find expected '-' indicator",
        "this line is indented like the list above it but does not begin with -",
        "begin it with `- `; if this is to be no list, delete the - above it",
    ),
    (
        "expected <block end>",
        "this line does not fit the lines above it",
        "{line_help}",
    ),
    (
        "did not find expected key",
        "this line does not fit the lines above it",
        "{line_help}",
    ),
    ("',' or ']'", "a list in [ ] is not closed, or a comma is missing", "{flow_help}"),
    ("',' or '}'", "a map in { } is not closed, or a comma is missing", "{flow_help}"),
    ("expected the node content", "a value is missing here, or text begins with a sign of YAML", "{flow_help}"),
    (
        "did not find expected node content",
        "a value is missing here, or text begins with a sign of YAML",
        "{flow_help}",
    ),
    (
        "<document start>",
        "the text above ends the scenario, and more follows",
        "check the indentation of this line; put text that begins with quotes or brackets in quotes as a whole",
    ),
    ("%", "a line cannot begin with %", "put the whole text in quotes"),
)
"""The first that fits is used, so the more special ones come first."""

AT_THE_BEGINNING: Final = ("unexpected end of stream", "could not find expected ':'")
"""Complaints for which a person looks at where the thing began rather than where the parser gave up."""

UNKNOWN: Final = ("the file cannot be read as YAML from here on", "check quotes, colons and indentation here")


def explained(error: Any, lines: list[str], path: str, latest: Any = None) -> Problem:
    """The problem behind a marked error of the YAML parser, at the place where a person would look.

    `latest` is the parser's last event before the error, if there was one.
    """
    said = f"{error.context or ''} {error.problem or ''}"
    unclosed = _quotes(error, lines, path, latest) or _brackets(error, lines, path)
    if unclosed is not None:
        return unclosed
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and any(part in said for part in AT_THE_BEGINNING):
        mark = error.context_mark
    row = min(mark.line if mark is not None else 0, len(lines) - 1)
    column = mark.column if mark is not None else 0
    while row > 0 and not lines[row].strip():
        row -= 1
        column = len(lines[row].rstrip())
    text = lines[row]
    column = min(column, len(text))
    indent = text[: len(text) - len(text.lstrip())]
    if "\t" in indent:
        spot = Spot(row + 1, indent.index("\t") + 1)
        return Problem(
            "FV117", "error", path, spot, "the line is indented with a tab", "use spaces, two for each level"
        )
    odd = _odd_space(row, lines, path)
    if odd is not None:
        return odd
    if "mapping values are not allowed" in said and KEY_ALONE.match(text[: column + 1]):
        return misplaced(row, lines, path)
    if any(part in said for part in _MISFIT):
        misfit = _begun_with_a_sign(row, column, lines, path) or uneven(row, lines, path)
        if misfit is not None:
            return misfit
    told = _not_a_field(row, lines, path) if "could not find expected ':'" in said else None
    told = told or _no_comma(row, column, lines, path)
    if told is not None:
        return told
    sentence, help = next(((what, how) for part, what, how in SENTENCES if part in said), UNKNOWN)
    if (sentence, help) == UNKNOWN and text[column : column + 2] == "? ":
        sentence, help = "text cannot begin with {char} unless it is in quotes", "put the whole text in quotes"
    words = {
        "char": f"`{text[column : column + 1]}`",
        "line_help": _line_help(text),
        "flow_help": "put text with commas, colons or brackets in quotes",
    }
    for name, word in words.items():
        sentence = sentence.replace("{" + name + "}", word)
        help = help.replace("{" + name + "}", word)
    mend = in_quotes(text, row, column) if "in quotes" in help else None
    return Problem("FV110", "error", path, Spot(row + 1, column + 1), sentence, help, mend=mend)


def _not_a_field(row: int, lines: list[str], path: str) -> Problem | None:
    """A line that has a sign in place of the colon, or that goes on with the text above and is not indented for it."""
    line = lines[row]
    spot = Spot(row + 1, len(line) - len(line.lstrip()) + 1)
    message = "this line is neither `key: value` nor part of the text before it"
    sign = _NO_COLON.match(line)
    if sign is not None:
        there = Spot(row + 1, sign.start(2) + 1, len(sign[2]))
        says = f"write a colon and a space: `{sign[1].strip()}: ...`"
        return Problem("FV110", "error", path, spot, message, says, mend=instead(there, ": ", says))
    text = text_above(row, lines)
    if text is None or " " not in line.strip():
        return None
    help = f"if it goes on with the text of `{text.key}`, indent it by {text.indent}, and so each line of that text"
    mend = indented_on(text, row, lines, help)
    return Problem("FV110", "error", path, spot, message, help, mend=mend)


_NO_COLON: Final = re.compile(r"^(\s*[\w-]+)(\s*[=\uff1a]\s*)(?=\S)")


def _no_comma(row: int, column: int, lines: list[str], path: str) -> Problem | None:
    """Two fields inside { } with a space or a semicolon between them."""
    line = lines[row]
    before, space, field = line[:column].rpartition(" ")
    if not space or line[column : column + 2] != ": " or field not in FIELDS:
        return None
    gap = len(before.rstrip(" ").removesuffix(";"))
    there = Spot(row + 1, gap + 1, len(before) + 1 - gap)
    help = f"write a comma before `{field}:`"
    spot = Spot(row + 1, len(before) + 2, len(field))
    message = "a comma is missing between one field and the next"
    return Problem("FV110", "error", path, spot, message, help, mend=instead(there, ", ", help))


def _begun_with_a_sign(row: int, column: int, lines: list[str], path: str) -> Problem | None:
    """Text that begins with quotes or brackets and goes on after they are closed."""
    found = _KEY.match(lines[row])
    if found is None or found[2][:1] not in ('"', "'", "{", "[") or column <= found.end(1):
        return None
    spot = Spot(row + 1, column + 1)
    message = f"the text goes on here, after the {_CLOSED[found[2][0]]} it begins with"
    mend = in_quotes(lines[row], row, found.end(1))
    return Problem("FV110", "error", path, spot, message, "put the whole text in quotes", mend=mend)


_CLOSED: Final = {'"': "quotes that", "'": "quotes that", "{": "{ } that", "[": "[ ] that"}


def _odd_space(row: int, lines: list[str], path: str) -> Problem | None:
    """What looks like the space after a colon or a hyphen, on this line or the one above, and is another character."""
    for number in (row, row - 1):
        line = lines[number] if number >= 0 else ""
        for at in range(1, len(line)):
            if line[at - 1] in ":-" and LIKE.get(line[at]) == " ":
                found = first_lookalike(line[at])
                assert found is not None
                message = f"after this {line[at - 1]} stands {found.name}, which only looks like a space"
                spot = Spot(number + 1, at + 1)
                return Problem(
                    "FV110", "error", path, spot, message, "type a space", mend=instead(spot, " ", "write a space")
                )
    return None


def _quotes(error: Any, lines: list[str], path: str, latest: Any) -> Problem | None:
    """Quotes that end too soon, at a mark inside the text, or that end too late, at the quotes of another text."""
    if "found unexpected" in (error.problem or "") and error.context_mark is not None:
        return _open_quotes(error.context_mark, lines, path)
    if type(latest).__name__ != "ScalarEvent" or latest.style not in ("'", '"'):
        return None
    start, end = latest.start_mark, latest.end_mark
    if any(A_FIELD.match(lines[row]) for row in range(start.line + 1, min(end.line + 1, len(lines)))):
        return _open_quotes(start, lines, path)
    if end.line >= len(lines) or not lines[end.line][end.column : end.column + 1].isalnum():
        return None
    spot = Spot(end.line + 1, max(end.column, 1))
    line = lines[end.line]
    if latest.style == "'":
        message = "the text in single quotes ends at this apostrophe"
        help = "put the text in double quotes, or write every apostrophe in it twice"
        mend = None
        if start.line == end.line:
            last = line.rindex("'")
            whole = Spot(end.line + 1, start.column + 1, last + 1 - start.column)
            doubled = "'" + line[start.column + 1 : last].replace("'", "''") + "'"
            says = "write it twice: `{}`" if len(doubled) <= _SHOWN else "write it twice: ''"
            mend = Mend(((Edit(whole, doubled),),), says)
        return Problem("FV110", "error", path, spot, message, help, mend=mend)
    message = "the text in double quotes ends at this quotation mark"
    mend = in_quotes(line, end.line, start.column) if start.line == end.line else None
    return Problem("FV110", "error", path, spot, message, "put the whole text in single quotes", mend=mend)


def _open_quotes(mark: Any, lines: list[str], path: str) -> Problem | None:
    sign = lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""
    if sign not in ("'", '"'):
        return None
    message = f"the quotes that are opened here are never closed: a {sign} is missing"
    help = f"write {sign} where the text ends"
    if sign == "'":
        help += "; an apostrophe inside it is written twice: ''"
    return Problem("FV110", "error", path, Spot(mark.line + 1, mark.column + 1), message, help)


def _brackets(error: Any, lines: list[str], path: str) -> Problem | None:
    """Brackets without their partners: reported where they are opened, or where one too many is closed."""
    wanted = next((sign for sign in "}]" if f"',' or '{sign}'" in (error.problem or "")), "")
    mark, opened = error.problem_mark, error.context_mark
    if mark is None:
        return None
    here = lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""
    spot = Spot(mark.line + 1, mark.column + 1)
    if wanted and here and here in "}]":
        message = f"a {wanted} is missing before this {here}"
        return Problem("FV110", "error", path, spot, message, f"write {wanted} where what it closes ends")
    if not wanted or opened is None:
        if here and here in "}]":
            help = "delete it; if it belongs to a text, put the whole text in quotes"
            return Problem("FV110", "error", path, spot, f"there is one {here} too many here", help)
        return None
    above = min(mark.line, len(lines)) - 1
    while above > opened.line and not lines[above].strip():
        above -= 1
    swallowed = _swallowed(wanted, opened.line, above, lines, path)
    if swallowed is not None:
        return swallowed
    # what goes on after a comma is a mistake inside the brackets; a new line without one is what follows them
    if above < opened.line or lines[above].rstrip().endswith((",", "{", "[")):
        return None
    what = "the map in { }" if wanted == "}" else "the list in [ ]"
    message = f"{what} that is opened here is not closed: a {wanted} is missing"
    help = f"write {wanted} where it ends; inside it, put a comma between one entry and the next"
    return Problem("FV110", "error", path, Spot(opened.line + 1, opened.column + 1), message, help)


def _swallowed(wanted: str, first: int, last: int, lines: list[str], path: str) -> Problem | None:
    """A bracket that is closed, but behind a # that makes a comment of the rest of its line."""
    for row in range(first, min(last + 1, len(lines))):
        found = _COMMENT.search(lines[row])
        if found is None or wanted not in found[1]:
            continue
        at = found.start(1)
        message = f"what follows a space and # is a comment, and so is the {wanted} in it"
        help = "put the text in quotes if the # belongs to it; else move the comment to a line of its own"
        mend = in_quotes(lines[row], row, at)
        spot = Spot(row + 1, at + 1, len(lines[row].rstrip()) - at)
        return Problem("FV110", "error", path, spot, message, help, mend=mend)
    return None


def in_quotes(line: str, row: int, column: int) -> Mend | None:
    """The mend that puts the text at this column, or the one around it, in quotes: where it begins and ends is
    tried."""
    before = _values(line, column)[:3]
    starts = dict.fromkeys([column, *before] if _begins(line, column) else before)
    ways: list[tuple[Edit, ...]] = []
    for start in starts:
        inside = any(sign in line[:start] for sign in "{[")
        for end in _ends(line, start, inside):
            text = line[start:end].rstrip()
            if text and len(text) <= _LONGEST and len(ways) < _MOST_WAYS:
                ways.append((Edit(Spot(row + 1, start + 1, len(text)), _quoted(text)),))
    if not ways:
        return None
    shown = all(len(edit.text) <= _SHOWN for way in ways for edit in way)
    twice = any("''" in edit.text for way in ways for edit in way)
    how = ": `{}`" if shown else ", single ones, and write each apostrophe in it as two: ''" if twice else ""
    return Mend(tuple(ways), f"put the whole text in quotes{how}")


def _values(line: str, column: int) -> list[int]:
    """Where values begin before a column, the last first: after a key, after the hyphen of an item, or at quotes."""
    starts = []
    first = max(0, column - _LONGEST)
    before, end = "", first  # the last sign before the place, and where it stands
    for at in range(first, min(column + 1, len(line))):
        if line[at] == " ":
            continue
        item = before == "-" and end < _SHOWN and not line[:end].strip(" -")
        if at > end + 1 and (before == ":" or item or (before in ("[", ",") and line[at] in "'\"")):
            starts.append(at)
        before, end = line[at], at
    return starts[::-1]


def _begins(line: str, column: int) -> bool:
    """Whether a value can begin at this column."""
    return column < len(line) and line[column] not in " #" and (not column or line[column - 1] in " {[,")


def _ends(line: str, start: int, inside: bool) -> list[int]:
    """Where a text that begins at `start` may end: at the end of the line; inside brackets before the next key, or
    before the brackets that close it."""
    if not inside:
        return [len(line.rstrip())]
    rest = line[start:].rstrip()
    ends = [start + found.start() for found in re.finditer(r", *[\w-]+: |, *['\"]", rest)][:2]
    closed = len(rest) - len(rest.rstrip("}]"))
    return [*ends, *(start + len(rest) - number for number in range(closed, 0, -1))]


def _quoted(text: str) -> str:
    """A text in single quotes. Quotes around the whole of it are YAML's; those around what somebody says are text."""
    sign = text[0]
    if sign in "\"'" and len(text) > 1 and text[-1] == sign:
        inner = text.find(sign, 1)
        if inner == len(text) - 1 or text[inner - 1] == " ":
            text = text[1:-1]
    return "'" + text.replace("'", "''") + "'"


def _line_help(line: str) -> str:
    value = _KEY.match(line)
    text = value[2] if value else line.strip()
    if text[:1] in ('"', "'") and text.count(text[0]) >= 2:
        return "text that begins with quotes must be in quotes as a whole"
    if re.match(r"^\s*[\w-]+:\S", line):
        return "write a space after the colon"
    return (
        "check that it is indented like its neighbours, that the line before it has a colon, and that quotes are closed"
    )
