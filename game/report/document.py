"""A report as headings, paragraphs and tables, written as lines of plain text, as Markdown, or as a page of HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from engine.words import spoken
from game.report import drawing
from game.report.html import empty_page, page_text
from game.text.wrapping import cells, wrapped
from game.words.signs import has_signs


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a report, or of a part of it."""

    text: str
    level: int = 1
    """1 for the report, 2 for its sections, 3 for what is in them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text, wrapped to whatever shows it."""

    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A line to be copied and typed, which is never broken."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header, both of plain text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    listed: bool = False
    """Whether plain text shows a row as an entry of a list, for tables too wide for a terminal. In a list of pairs the
    header goes without saying."""
    numbers: bool = True
    """Whether all columns but the first are set to the right."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Courses of figures from 0 to 100, one over the other; None where there is none."""

    courses: tuple[tuple[str, tuple[int | None, ...]], ...]
    """Each with its name; all of them equally long."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Wholes and how each is shared out: a bar a row, with a stretch for each share. Plain text shows the figures."""

    rows: tuple[tuple[str, tuple[float, ...]], ...]
    """A name, and its shares, 0 to 1, which add up to 1 or less."""
    shares: tuple[str, ...]
    """What each share is of, the same in every row."""

    def table(self) -> Table:
        """The figures."""
        rows = tuple((name, *(f"{100 * share:.0f}%" for share in shares)) for name, shares in self.rows)
        return Table(("", *self.shares), rows)


@dataclass(frozen=True, slots=True)
class Range:
    """A figure with the interval in which it may be."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Intervals:
    """A table, one of whose figures is drawn with its interval: a row of the drawing for each that has one."""

    table: Table
    ranges: tuple[Range | None, ...]
    """Of each row of the table."""
    unit: str
    """What the figures are in, as the drawing says it: `EUR a run`."""
    mark: tuple[float, str] | None = None
    """A figure to hold them against, with its name."""


Part = Heading | Paragraph | Command | Table | Chart | Bars | Intervals

_BLOCKS: Final = "▁▂▃▄▅▆▇█"
_DIGITS: Final = "0123456789"
_GAP: Final = "  "
_NARROWEST: Final = 20
"""Columns that a table's first column needs to be wrapped rather than as wide as it is."""
_STEP: Final = "  "


def as_text(parts: Iterable[Part], columns: int, *, all_fit: bool = False) -> Iterator[str]:
    """Yield the lines of a report, wrapped to `columns`. A table that is not listed wraps its first column where the
    others leave room, and else takes the width it needs; where `all_fit`, it is listed then."""
    for number, part in enumerate(parts):
        if number:
            yield ""
        match part:
            case Heading(text, 1 | 2):
                yield text.upper()
            case Heading(text):
                yield text
                yield "-" * cells(text)
            case Paragraph(text):
                yield from wrapped(text, columns)
            case Command(text):
                yield text
            case Table(listed=True):
                yield from _list(part, columns)
            case Table():
                yield from _table(part, columns) if not all_fit or _fits(part, columns) else _list(part, columns)
            case Bars():
                yield from _table(part.table(), columns)
            case Intervals(table):
                yield from _table(table, columns)
            case Chart(courses):
                for name, course in courses:
                    yield from wrapped(f"{name}:", columns)
                    yield f"{_STEP}{_chart(course, has_signs())}".rstrip()


def drawn(shares: Iterable[float | None], signs: bool) -> str:
    """A course of figures from 0 to 1 as a line of characters, digits where the terminal has no `signs`; a gap where
    there is none."""
    steps = _BLOCKS if signs else _DIGITS
    last = len(steps) - 1
    return "".join(" " if share is None else steps[max(0, min(last, round(last * share)))] for share in shares)


def _chart(course: Iterable[int | None], signs: bool) -> str:
    return drawn((None if value is None else value / 100 for value in course), signs)


def _widths(table: Table) -> tuple[list[int], int]:
    """The columns that each column of a table takes, and all but the first of them together."""
    widths = [max(map(cells, column)) for column in zip(table.header, *table.rows, strict=True)]
    return widths, sum(widths[1:]) + len(_GAP) * len(widths[1:])


def _fits(table: Table, columns: int) -> bool:
    widths, beside = _widths(table)
    return min(widths[0], _NARROWEST) + beside <= columns


def _table(table: Table, columns: int) -> Iterator[str]:
    rows = (table.header, *table.rows)
    widths, beside = _widths(table)
    if columns - beside >= _NARROWEST:
        widths[0] = min(widths[0], columns - beside)
    for row in rows:
        first, *more = wrapped(row[0], widths[0], rest=_STEP)
        padded = []
        for place, (cell, width) in enumerate(zip((first, *row[1:]), widths, strict=True)):
            blanks = " " * (width - cells(cell))
            padded.append(blanks + cell if place and table.numbers else cell + blanks)
        yield _GAP.join(padded).rstrip()
        yield from more


def _list(table: Table, columns: int) -> Iterator[str]:
    for row in table.rows:
        if len(row) == 2:
            yield from wrapped(row[1], columns, first=f"{row[0]} ")
            continue
        yield from wrapped(row[0], columns)
        for name, cell in zip(table.header[1:], row[1:], strict=True):
            if cell:
                text, *items = cell.split("\n")
                yield from wrapped(f"{name}: {text}", columns, first=_STEP, rest=_STEP * 2)
                for item in items:
                    yield from wrapped(item, columns, first=_STEP * 2, rest=_STEP * 3)


def as_data(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """A report for a page that writes it itself: each part with what it has, and what it is as `kind`."""
    return [{"kind": type(part).__name__.lower(), **asdict(part)} for part in parts]


def as_markdown(parts: Iterable[Part], level: int = 2) -> Iterator[str]:
    """Yield the lines of a report as Markdown, with a heading of `level` over it."""
    for number, part in enumerate(parts):
        if number:
            yield ""
        match part:
            case Heading(text, depth):
                yield f"{'#' * (level + depth - 1)} {_plain(text)}"
            case Paragraph(text):
                yield _plain(text)
            case Command(text):
                yield f"    {text}"
            case Table():
                side = "---:" if part.numbers and not part.listed else "---"
                yield _row(part.header)
                yield _row(["---", *(side for _ in part.header[1:])])
                yield from (_row(row) for row in part.rows)
            case Bars():
                yield from as_markdown([part.table()], level)
            case Intervals(table):
                yield from as_markdown([table], level)
            case Chart(courses):
                yield from (f"- {_plain(name)}: `{_chart(course, True)}`" for name, course in courses)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_plain(cell) for cell in cells) + " |"


def _plain(text: str) -> str:
    """The text with what Markdown would read as something else made plain; backticks are meant."""
    return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;").replace("[", "\\[")


_STYLE: Final = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: 0; }
pre { white-space: pre-wrap; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .15rem .75rem .15rem 0; text-align: left; vertical-align: top; }
th { font-weight: 600; border-bottom: 1px solid; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
@media (max-width: 40rem) { table { display: block; overflow-x: auto; } }
@media print {
  body { margin: 0; max-width: none; font-size: 11pt; } h1, h2, h3 { break-after: avoid; }
  p, tr, figure { break-inside: avoid; } tr:first-child { break-after: avoid; }
}
"""


def as_html(parts: Iterable[Part], title: str) -> str:
    """A whole page that needs nothing else: no script, no other file."""
    page, body = empty_page(title, _STYLE + drawing.STYLE, spoken())
    for part in parts:
        match part:
            case Heading(text, level):
                SubElement(body, f"h{level}").text = text
            case Paragraph(text):
                SubElement(body, "p").text = text
            case Command(text):
                SubElement(body, "pre").text = text
            case Table():
                _html_table(SubElement(body, "table"), part)
            case Bars():
                drawing.bars(SubElement(body, "figure"), part.rows, part.shares)
                _html_table(SubElement(body, "table"), part.table())
            case Intervals(table, ranges):
                rows = [
                    (row[0], (each.value, each.low, each.high))
                    for row, each in zip(table.rows, ranges, strict=True)
                    if each is not None
                ]
                if rows:
                    drawing.intervals(SubElement(body, "figure"), rows, part.unit, part.mark)
                _html_table(SubElement(body, "table"), table)
            case Chart(courses):
                drawing.courses(SubElement(body, "figure"), courses)
    return page_text(page)


def _html_table(table: Element, part: Table) -> None:
    for number, row in enumerate((part.header, *part.rows)):
        line = SubElement(table, "tr")
        for place, cell in enumerate(row):
            right = {"class": "number"} if place and part.numbers and not part.listed else {}
            SubElement(line, "td" if number else "th", right).text = cell
