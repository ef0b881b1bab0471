"""An event's results as a workbook. What people wrote is text in it, whatever it looks like.

Importing this module imports XlsxWriter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]  # it comes without types

from engine.money import amount
from game.workshop.export.files import RUN_COLUMNS, Cells, Export, run_rows, seal, table
from game.workshop.results.classroom import PLAYERS
from game.workshop.results.ranking import Ranking

_WIDEST: Final = 60
"""Characters of the widest column."""
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(found: Export, names: Mapping[int, str] | None = None) -> bytes:
    """The workbook; with the names of seats only if they are given."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": found.room.event.title, "comments": f"Seal of the log: {seal(found.room)}"})
        _sheet(book, "Ranking", *table(found, names))
        for each in found.rounds:
            _sheet(book, f"Round {each.number + 1}", *table(found, names, each.number))
        teams = list(_teams(found))
        if teams:
            _sheet(book, "Teams", ("round", "place", "team", "seats", "earned", "conduct"), teams)
        _sheet(book, "Computer players", ("round", "player", "earned", "place it would take"), _references(found))
        _sheet(book, "Runs", RUN_COLUMNS, run_rows(found))
        _sheet(book, "The host", _HOST, _host(found))
        _sheet(book, "About", ("", ""), _about(found))
    return out.getvalue()


def _sheet(book: Any, name: str, header: Sequence[str], rows: Iterable[Cells]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": "#,##0.00"})
    widths = [min(len(each), 14) for each in header]
    for column, each in enumerate(header):
        sheet.write_string(0, column, each, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif isinstance(value, Decimal):
                sheet.write_number(number, column, float(value), money if value.as_tuple().exponent else None)
            elif value is not None:
                sheet.write_number(number, column, value)
            widths[column] = max(widths[column], min(len(str(value or "")), _WIDEST))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width + 2)
    sheet.freeze_panes(1, 0)


def _teams(found: Export) -> Iterable[Cells]:
    for name, ranking in _rankings(found):
        for each in ranking.teams:
            seats = ", ".join(map(str, each.seats))
            yield [name, each.place, each.team, seats, amount(each.earned, ranking.currency), each.conduct]


def _references(found: Export) -> Iterable[Cells]:
    for name, ranking in _rankings(found):
        for each in ranking.references:
            yield [name, PLAYERS.get(each.name, each.name), amount(each.earned, ranking.currency), each.place]


def _rankings(found: Export) -> Iterable[tuple[str, Ranking]]:
    if found.overall is not None:
        yield "all", found.overall
    yield from ((str(number + 1), ranking) for number, ranking in found.rankings.items())


_HOST: Final = ("when (UTC)", "action", "round", "buyer", "seat", "amount in hundredths", "minutes", "team", "reason")


def _host(found: Export) -> Iterable[Cells]:
    for each in found.room.adjustments:
        when = f"{datetime.fromtimestamp(each.at // 1000, UTC):%Y-%m-%d %H:%M:%S}"
        where = [None if number is None else number + 1 for number in (each.round, each.buyer)]
        yield [when, each.action, *where, each.seat, each.amount, each.minutes, each.team, each.reason]


def _about(found: Export) -> Iterable[Cells]:
    room, ranking = found.room, next((ranking for _, ranking in _rankings(found)), None)
    yield ["event", room.event.title]
    yield ["id", room.began.id]
    yield ["rule", ranking.rule if ranking is not None else ""]
    yield ["made by", f"First Visit {room.began.program}, rules {room.began.rules}"]
    yield ["seal of the log", seal(room)]
    yield ["link of the log", room.link]
    for each in found.rounds:
        number = each.number + 1
        yield [f"round {number}", f"{each.game.scenario.title} ({each.game.scenario.id}, digest {each.game.digest})"]
        yield [f"round {number}, published when it opened", each.commitment]
        yield [f"round {number}, its secret", each.secret]
    yield ["to check all this", "firstvisit verify, with the zip beside this file"]
