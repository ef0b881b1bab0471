r"""An event's grades for the gradebook of a learning platform.

Written for how Moodle's import of grades reads a CSV file (its `grade/import/csv` and `lib/csvlib.class.php`): UTF-8
with or without a byte-order mark, commas, quotes doubled, two columns of which one says who it is, by a field of the
user that the teacher chooses; a heading that is the name of such a field is chosen by itself. It refuses a whole file
in which it does not know somebody, takes no grade above 100, and of two grades for the same user the last one counts.
A backslash before a quote ends its reading of a heading early.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from io import StringIO
from typing import Final

from game.report.cells import cell
from game.workshop.export.files import Export
from game.workshop.results.ranking import Ranking

LARGEST: Final = 100
_PLAIN: Final = re.compile(r"[\w.@+-]+")
"""A user who is no formula, whatever the first sign is: written as it is, since anything before it is another user."""


def gradebook(found: Export, users: Mapping[int, str]) -> str:
    """Who of the users of seats got which grade: the share of par, of the best seat if somebody had several.

    Seats whose user is not known are left out, and so is who has no place. Rounds whose amounts cannot be added up have
    a column each.
    """
    parts = {f", round {number + 1}": ranking for number, ranking in found.rankings.items()}
    if found.overall is not None:
        parts = {"": found.overall}
    columns = [_grades(each, users) for each in parts.values()]
    graded = list(dict.fromkeys(user for column in columns for user in column))
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    by_mail = bool(graded) and all("@" in user[1:] for user in graded)
    title = found.room.event.title.replace("\\", "/")
    writer.writerow(["Email address" if by_mail else "user", *(f"First Visit: {title}{part}" for part in parts)])
    for user in graded:
        known = user if _PLAIN.fullmatch(user) else cell(user)
        writer.writerow([known, *(column.get(user, "") for column in columns)])
    return f"\ufeff{out.getvalue()}"


def _grades(ranking: Ranking, users: Mapping[int, str]) -> dict[str, int]:
    grades: dict[str, int] = {}
    for row in ranking.rows:
        if row.seat in users and row.share is not None and row.status == "ranked":
            grade = max(0, min(LARGEST, row.share))
            grades[users[row.seat]] = max(grade, grades.get(users[row.seat], 0))
    return grades
