"""Claims about the tables that are taken home: they hold what the ranking says, and nothing in them is a formula."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from game.workshop.export.files import Export, files
from game.workshop.export.spreadsheet import workbook
from game.workshop.export.verifying import differences
from game.workshop.log.plan import RoundPlan
from tests.game.workshop.exports import export, exported, work_out
from tests.game.workshop.halls import Hall, event, load

NAMES = {1: "=cmd|' /C calc'!A0", 2: "Zoë", 3: "@sum"}
_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows_of(text: bytes) -> list[dict[str, str]]:
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(text.decode("utf-8-sig"))))


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    """The sheets of a workbook by name: text as text, numbers as numbers."""
    with ZipFile(BytesIO(data)) as book:
        shared = ["".join(each.itertext()) for each in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        names = [
            each.attrib["name"] for each in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{_X}sheet")
        ]
        found = {}
        for number, name in enumerate(names, start=1):
            page = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(page.iter(f"{_X}f"))  # a formula
            assert not list(page.iter(f"{_X}hyperlink"))
            found[name] = [[_value(cell, shared) for cell in _filled(row)] for row in page.iter(f"{_X}row")]
    return found


def _filled(row: Any) -> list[Any]:
    """The cells of a row, with None where one is empty."""
    found: dict[int, Any] = {}
    for cell in row:
        place = 0
        for letter in cell.attrib["r"].rstrip("0123456789"):
            place = 26 * place + ord(letter) - 64
        found[place] = cell
    return [found.get(place) for place in range(1, max(found, default=0) + 1)]


def _value(cell: Any, shared: list[str]) -> Any:
    if cell is None:
        return None
    value = cell.findtext(f"{_X}v") or "0"
    return shared[int(value)] if cell.get("t") == "s" else float(value)


def test_the_table_has_a_row_for_each_seat_in_the_order_of_the_ranking() -> None:
    whole = export().overall
    assert whole is not None
    rows = rows_of(exported()["results.csv"])
    assert [int(row["seat"]) for row in rows] == [each.seat for each in whole.rows]
    assert [row["place"] for row in rows] == ["" if each.place is None else str(each.place) for each in whole.rows]
    for row, each in zip(rows, whole.rows, strict=True):
        assert round(100 * float(row["earned"])) == each.earned
        assert row["log"] == export().room.link[:32]


def test_text_that_a_spreadsheet_would_compute_is_text_in_the_csv() -> None:
    rows = rows_of(exported()["results.csv"])
    assert {row["team"] for row in rows} == {"'=North", ""}
    for row in rows:
        for value in row.values():
            assert not value.startswith(("=", "+", "@")), value
    assert any(float(row["earned"]) < 0 for row in rows)  # a number below zero is a number


def test_the_workbook_has_a_sheet_for_everything_and_no_formula() -> None:
    found = sheets(workbook(export(), NAMES))
    assert list(found) == ["Ranking", "Round 1", "Round 2", "Teams", "Computer players", "Runs", "The host", "About"]
    names = [row[2] for row in found["Ranking"][1:]]
    assert sorted(names) == sorted(NAMES.values())
    assert len(found["Runs"]) == 1 + len(export().room.runs)
    assert '=HYPERLINK("http://a.b")' in found["The host"][1]
    assert ["seal of the log", export().room.link[:32]] in found["About"]


def test_names_are_in_the_workbook_only_if_they_are_given() -> None:
    found = sheets(workbook(export()))
    assert "name" not in found["Ranking"][0]
    assert not any("Zoë" in row for rows in found.values() for row in rows)


def test_the_amounts_of_the_workbook_are_numbers() -> None:
    table = sheets(workbook(export()))["Ranking"]
    column = table[0].index("earned")
    whole = export().overall
    assert whole is not None
    assert [round(100 * row[column]) for row in table[1:]] == [each.earned for each in whole.rows]


def test_amounts_of_two_currencies_are_not_added_up() -> None:
    made = Hall(event(RoundPlan("first-five-minutes", buyers=1), RoundPlan("saturday-showroom", buyers=1)))
    made.seat(2)
    for number in range(2):
        made.open(number)
        for seat in (1, 2):
            made.play(seat, seat)
        made.close(number)
    starts = {(each.number, buyer): start for each in made.room.rounds for buyer, start in enumerate(each.openings)}
    texts = [load(each.plan.scenario)[1] for each in made.room.rounds]
    found = Export(made.room, made.log, texts, work_out(starts))
    assert found.overall is None
    rows = rows_of(files(found)["results.csv"])
    assert {row["earned"] for row in rows} == {row["place"] for row in rows} == {""}
    assert {row["round 1 place"] for row in rows} == {"1", "2"}
    assert differences(files(found), work_out) == []
    assert sheets(workbook(found))["Round 2"][1][5:7] != sheets(workbook(found))["Round 1"][1][5:7]
