"""What is taken home from an event: files that follow from its log, the scenarios' texts, and nothing else.

    README.txt                        how to check all this
    log.jsonl                         the log, an entry a line, each with its link
    secrets.txt                       what was published of each round's secret, and the secret
    scenarios/round-1.yaml            the scenario of a round, as it was played
    runs/round-1/buyer-1/seat-001.run every run in which a move was made, in the notation of `engine.record`
    results.json                      rounds, buyers, rankings and runs; amounts in minor units
    results.csv                       a row for each seat, for spreadsheets

Seats are numbers here: whose they were is kept apart. Equal logs give equal files, to the byte, on every machine; so
whoever has them can make them again, and see what was changed (`game.workshop.export.verifying`).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cached_property
from io import BytesIO, StringIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from engine.money import amount
from engine.par import Par
from engine.replay import chain, record_text
from engine.results import ENDINGS, ending
from engine.score import Scorecard, scorecard
from game.report.cells import cell
from game.workshop.log.entries import Entry, linked, written
from game.workshop.log.record import header_of
from game.workshop.log.room import Room, Round
from game.workshop.log.runs import Key, Run
from game.workshop.results.ranking import Baseline, Baselines, Ranking, Row, earned, ranking

FORM: Final = 1
"""Of `results.json`. A program reads every form up to its own."""
_README: Final = """\
{title}
{line}

What was played, and what came of it. In every file people are numbers of seats.

To work everything out again, from the log, the secrets and the scenarios alone:

    firstvisit verify THIS-FILE.zip --seal {seal}

The seal is the link of the log's last entry, as the host's screen showed it when the event was over.

To meet a buyer again, with the luck that everybody had:

{again}

Made by First Visit {program}, rules {rules}.
"""


@dataclass(frozen=True)
class Export:
    """An event whose rounds have closed, as far as it was played."""

    room: Room
    log: Sequence[Entry]
    texts: Sequence[bytes]
    """The text of each round's scenario."""
    baselines: Baselines
    """Of every buyer of the rounds that were played."""

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds that were played."""
        return tuple(each for each in self.room.rounds if each.opened is not None)

    @property
    def currencies(self) -> set[str]:
        return {rules.prospect.offer.currency for each in self.rounds for rules in each.game.rules.prospects}

    @cached_property
    def overall(self) -> Ranking | None:
        """The ranking of all rounds together; None in different currencies."""
        return ranking(self.room, None, self.baselines) if len(self.currencies) == 1 else None

    @cached_property
    def rankings(self) -> Mapping[int, Ranking]:
        """The ranking of each round."""
        return {each.number: ranking(self.room, each.number, self.baselines) for each in self.rounds}


def seal(room: Room) -> str:
    """What shows that nothing was changed afterwards, if it was written down: the log's last link, its first half."""
    return room.link[:32]


def files(found: Export) -> dict[str, bytes]:
    """Every file by its name."""
    made = {
        "results.json": json.dumps(results(found), indent=1, ensure_ascii=True) + "\n",
        "results.csv": csv_text(*table(found)),
    }
    for key in sorted(found.room.runs):
        made[run_name(key)] = _record(found, key)
    return at_once(found) | {name: text.encode() for name, text in made.items()}


def at_once(found: Export) -> dict[str, bytes]:
    """The files in which nothing stands that takes long to work out: nothing of par and of computer players."""
    made = {
        "README.txt": _readme(found),
        "log.jsonl": "".join(f"{written(entry, link)}\n" for entry, link in linked(found.log)),
        "secrets.txt": "".join(_secret(each) for each in found.rounds),
    }
    texts = {f"scenarios/round-{number}.yaml": text for number, text in enumerate(found.texts, start=1)}
    return {name: text.encode() for name, text in made.items()} | texts


def names_of_files(found: Export) -> set[str]:
    """What the files are called."""
    return {"results.json", "results.csv", *map(run_name, found.room.runs), *at_once(found)}


def packed(found: Mapping[str, bytes]) -> bytes:
    """Files as a zip. Equal files give an equal zip, with the same library of compression."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name in sorted(found):
            file.writestr(ZipInfo(name), found[name], ZIP_DEFLATED)
    return out.getvalue()


def run_name(key: Key) -> str:
    """The file of a run."""
    number, buyer, seat = key
    return f"runs/round-{number + 1}/buyer-{buyer + 1}/seat-{seat:03}.run"


def _readme(found: Export) -> str:
    began = found.room.began
    title = began.event.title
    again = [
        f"    round {each.number + 1}, buyer {buyer}: "
        f"firstvisit play scenarios/round-{each.number + 1}.yaml --seed {start.seed}"
        for each in found.rounds
        for buyer, start in enumerate(each.openings, start=1)
        if each.plan.moment is None
    ]
    return _README.format(
        title=title,
        line="=" * len(title),
        seal=seal(found.room),
        again="\n".join(again) or "    (every round began in the middle of a run)",
        program=began.program,
        rules=began.rules,
    )


def _secret(round: Round) -> str:
    return (
        f"round {round.number + 1}\n  SHA-256, published when it opened: {round.commitment}\n  secret: {round.secret}\n"
    )


# --- runs ------------------------------------------------------------------------------------------------------------


def _card(found: Export, key: Key) -> Scorecard | None:
    """The score of a run that is over."""
    run = found.room.runs[key]
    return scorecard(run.state, _par(found, key)) if run.finished else None


def _par(found: Export, key: Key) -> Par | None:
    baseline = found.baselines.get(key[:2])
    return None if baseline is None else baseline.par


def _record(found: Export, key: Key) -> str:
    return record_text(header_of(found.room, key), found.room.runs[key].state, _card(found, key))


# --- results ---------------------------------------------------------------------------------------------------------


def results(found: Export) -> dict[str, Any]:
    """What `results.json` has.

    `rounds`: scenario, secret, and each buyer's seed, par and what computer players earned; `rankings`: one for each
    round, and `overall` (see `ranking.Ranking`), null where there is none; `runs`: what each run came to, with `state`,
    the digest of its last state, and `chain`, the last link of its record. `link` is the last one of the log.
    """
    began = found.room.began
    return {
        "format": FORM,
        "event": began.id,
        "title": began.event.title,
        "program": began.program,
        "rules": began.rules,
        "entries": len(found.log),
        "link": found.room.link,
        "rounds": [_round(found, each) for each in found.rounds],
        "rankings": [_ranking(each) for each in found.rankings.values()],
        "overall": _ranking(found.overall) if found.overall is not None else None,
        "runs": [_run(found, key, run) for key, run in sorted(found.room.runs.items())],
    }


def _round(found: Export, round: Round) -> dict[str, Any]:
    buyers = range(len(round.openings))
    return {
        "scenario": round.game.scenario.id,
        "digest": round.game.digest,
        "opened": round.opened,
        "closed": round.closed,
        "commitment": round.commitment,
        "secret": round.secret,
        "buyers": [_buyer(round, buyer, found.baselines.get((round.number, buyer))) for buyer in buyers],
    }


def _buyer(round: Round, buyer: int, baseline: Baseline | None) -> dict[str, Any]:
    known = {} if baseline is None else {"par": asdict(baseline.par), "earned": dict(sorted(baseline.earned.items()))}
    return {"seed": round.openings[buyer].seed, **known}


def _ranking(found: Ranking) -> Any:
    return json.loads(json.dumps(asdict(found)))


def _run(found: Export, key: Key, run: Run) -> dict[str, Any]:
    card = _card(found, key)
    prospects = zip(run.state.game.scenario.prospects, run.state.people, strict=True)
    return {
        "round": key[0],
        "buyer": key[1],
        "seat": key[2],
        "moves": run.moves,
        "over": run.finished,
        "earned": earned(run.state),
        "conduct": card.conduct_percent if card is not None else None,
        "share": card.result_percent if card is not None else None,
        "results": {one.id: ending(p) for one, p in prospects},
        "state": run.state.digest(),
        "chain": chain(header_of(found.room, key), run.state)[-1],
    }


# --- tables ----------------------------------------------------------------------------------------------------------

Cell = str | int | Decimal | None
Cells = Sequence[Cell]


def table(
    found: Export, names: Mapping[int, str] | None = None, only: int | None = None
) -> tuple[Sequence[str], list[Cells]]:
    """A header, and a row for each seat in the order of the ranking of one round, or of all of them with the place in
    each; with the names of the seats only if they are given. Amounts are in the currency's unit.

    Where there is no ranking of all rounds, the rows say nothing of them together.
    """
    rounds = list(found.rankings.values()) if only is None else []
    whole = found.overall if only is None else found.rankings[only]
    header = ["place", "seat", *(["name"] if names is not None else []), *_COLUMNS]
    for number in range(1, len(rounds) + 1):
        header += [f"round {number} place", f"round {number} earned", f"round {number} share of par"]
    rows: list[Cells] = []
    seats = dict.fromkeys(found.room.seats) if whole is None else {row.seat: row for row in whole.rows}
    for seat, row in seats.items():
        cells: list[Cell] = [row.place if row is not None else None, seat]
        cells += [names.get(seat, "")] if names is not None else []
        cells += [None] * (len(_COLUMNS) - 1) if row is None or whole is None else _about(row, whole.currency)
        cells.append(seal(found.room))
        for each in rounds:
            its = next((one for one in each.rows if one.seat == seat and one.rounds), None)
            cells += [its.place, amount(its.earned, each.currency), its.share] if its is not None else [None] * 3
        rows.append(cells)
    return header, rows


_COLUMNS: Final = (
    "team",
    "status",
    "earned",
    "currency",
    "conduct",
    "share of par",
    "closed on the first visit",
    "could have been",
    "continuations and undated follow-ups",
    "decisions collected",
    "sales over",
    "buyers",
    "rounds",
    "what the host decided",
    "log",
)


def _about(row: Row, currency: str) -> list[Cell]:
    return [
        row.team,
        row.status,
        amount(row.earned, currency),
        currency,
        row.conduct,
        row.share,
        row.closed,
        row.could,
        row.leaning,
        row.decisions,
        row.over,
        row.buyers,
        ", ".join(str(number + 1) for number in row.rounds),
        "; ".join(f"{each.action}: {each.reason}" for each in row.rulings),
    ]


def csv_text(header: Sequence[str], rows: Sequence[Cells]) -> str:
    """A table for spreadsheets: with a byte-order mark, by which they know that it is UTF-8, and no cell a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([cell(each) for each in row] for row in rows)
    return f"\ufeff{out.getvalue()}"


def run_rows(found: Export) -> Iterator[Cells]:
    """A row for each run in which a move was made, as `RUN_COLUMNS` says."""
    for key, run in sorted(found.room.runs.items()):
        currency = run.state.game.scenario.currency
        each = _run(found, key, run)
        ended = ", ".join(f"{name}: {ENDINGS.get(result, 'undecided')}" for name, result in each["results"].items())
        yield [
            *(number + 1 for number in key[:2]),
            key[2],
            run.moves,
            "yes" if run.finished else "no",
            amount(each["earned"], currency),
            currency,
            each["conduct"],
            each["share"],
            ended,
            each["chain"],
        ]


RUN_COLUMNS: Final = (
    "round",
    "buyer",
    "seat",
    "moves",
    "over",
    "earned",
    "currency",
    "conduct",
    "share of par",
    "how it ended",
    "chain",
)
