"""What a simulation found, as data: the JSON of `firstvisit simulate`, and its CSV.

```
seed, n, expert_n   the first seed, the runs asked for, and those asked for of players that search
stopped             whether it was stopped before all of them were played
scenarios           one each:
  id, title, digest, currency
  players           one each, who earns the most first:
    player, runs, prospects
    value           what a run earned, in hundredths; like conduct, minutes and moves it has mean, low, high
    conduct         0 to 100 a run
    minutes         the seller's minutes spent on prospects, a run
    moves           moves chosen in a run
    outcomes        for each of `engine.simulate.ENDS` its count of prospects, share, low, high
    cancelled       orders cancelled afterwards, of the first two outcomes
    first_visit_close   closed, could (have been); share of those, low, high
    dependence      leaning, decisions; ratio of the two, low, high
    asks            count; interest, trust, pressure when it was asked for, in ten bins from 0 to 100
    lines           for each move, as a record names it: offered, chosen
    shortest        for each outcome null, or the run with fewest moves that has it: seed, length, moves; null for all
                    where the player has played fewer than 20 runs
  script            the entries of the best script in their order: move, as a record names it, and day from which it is
                    read, as in the condition of that name; null if it did not play
  listening         the same buyers met by script and expert: runs (0 if not both have played),
    script, expert  what each earned from all of them, in hundredths
    of_expert       ratio of the first to the second, low, high
    share           what the expert earns and the script cannot, in parts of the whole: share, low, high
  never_offered     lines of the scenario that nobody could ever choose
  never_chosen      lines that somebody could choose, and nobody did
```

Hundredths are of the currency's unit, whichever currency, as in all JSON (game/README.md). `low` and `high` are the
ends of a 95% interval: Wilson's for shares, the normal one for means, that of a ratio estimator for the ratio. What
cannot be known is null: the error of one run, a share of nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any, Final

from engine.doctrines import Entry
from engine.intervals import Mean, ratio, wilson
from engine.listening import LISTENER, READER, Listening, listening
from engine.money import amount
from engine.rules import Rules
from engine.scenario import Scenario
from engine.simulate import ASK_LEVELS, ENDS, Shortest, Tally
from game.report.cells import cell

_DIGITS: Final = 6
"""Decimals of what is divided: far below any error, and enough to divide on with."""
ENOUGH: Final = 20
"""Runs that a player needs before its shortest are named: those of a few would tell how to win against these buyers."""


@dataclass(frozen=True, slots=True)
class Played:
    """One scenario, and the tallies of those who played it, by name."""

    scenario: Scenario
    rules: Rules
    tallies: Mapping[str, Tally]
    script: tuple[Entry, ...] = ()
    """The best script, if it was looked for."""

    def listening(self) -> Listening:
        """Script and expert compared, over the buyers that both have met."""
        script, expert = (
            dict(self.tallies[name].earned) if name in self.tallies else {} for name in (READER, LISTENER)
        )
        return listening(script, expert)

    def best_first(self) -> list[tuple[str, Tally]]:
        """Players and tallies, who earns the most first; equals by name."""
        return sorted(self.tallies.items(), key=lambda one: (-one[1].value.total / one[1].runs, one[0]))

    def own_lines(self) -> list[int]:
        """The moves that the scenario's author has written; not those that the game adds."""
        written = {(who, line.id) for who, one in enumerate(self.scenario.prospects) for line in one.lines}
        return [
            move
            for move, what in enumerate(self.rules.moves)
            if not isinstance(what, str) and (what[0], what[1].line.id) in written
        ]

    def never_offered(self) -> list[str]:
        """The lines that nobody could ever choose."""
        return [self.rules.names[move] for move in self.own_lines() if not self._times(move)[0]]

    def never_chosen(self) -> list[str]:
        """The lines that somebody could choose, and nobody did."""
        return [
            self.rules.names[move] for move in self.own_lines() if self._times(move)[0] and not self._times(move)[1]
        ]

    def _times(self, move: int) -> tuple[int, int]:
        tallies = self.tallies.values()
        return sum(each.offered[move] for each in tallies), sum(each.chosen[move] for each in tallies)


@dataclass(frozen=True, slots=True)
class Simulation:
    """Everything that was played."""

    seed: int
    n: int
    expert_n: int
    stopped: bool
    played: tuple[Played, ...]


def shortest(tally: Tally) -> tuple[Shortest | None, ...]:
    """For each end the shortest run that has it, if there were `ENOUGH` runs to choose from."""
    return tally.shortest if tally.runs >= ENOUGH else (None,) * len(ENDS)


def dependence(tally: Tally) -> Mean | None:
    """Continuations and undated follow-ups per decision; None where nobody decided anything."""
    if not tally.decisions.total:
        return None
    return ratio(
        tally.leaning.total,
        tally.leaning.squares,
        tally.decisions.total,
        tally.decisions.squares,
        tally.leaning_decisions,
        tally.runs,
    )


# --- JSON ------------------------------------------------------------------------------------------------------------


def as_data(simulation: Simulation) -> dict[str, Any]:
    """Everything, as the module's docstring describes it."""
    return {
        "seed": simulation.seed,
        "n": simulation.n,
        "expert_n": simulation.expert_n,
        "stopped": simulation.stopped,
        "scenarios": [_scenario(each) for each in simulation.played],
    }


def _scenario(played: Played) -> dict[str, Any]:
    scenario = played.scenario
    return {
        "id": scenario.id,
        "title": scenario.title,
        "digest": played.rules.digest,
        "currency": scenario.currency,
        "players": [_player(name, tally, played.rules) for name, tally in played.best_first()],
        "script": [{"move": played.rules.names[move], "day": day} for move, day in played.script] or None,
        "listening": _listening(played.listening()),
        "never_offered": played.never_offered(),
        "never_chosen": played.never_chosen(),
    }


def _listening(found: Listening) -> dict[str, Any]:
    return {
        "runs": found.runs,
        "script": found.script,
        "expert": found.expert,
        "of_expert": _mean(found.of_expert, "ratio"),
        "share": _mean(found.share, "share"),
    }


def _player(name: str, tally: Tally, rules: Rules) -> dict[str, Any]:
    first, later = list(ENDS)[:2]
    leaning = dependence(tally)
    return {
        "player": name,
        "runs": tally.runs,
        "prospects": tally.prospects,
        "value": _mean(tally.value.mean(tally.runs)),
        "conduct": _mean(tally.conduct.mean(tally.runs)),
        "minutes": _mean(tally.minutes.mean(tally.runs)),
        "moves": _mean(tally.moves.mean(tally.runs)),
        "outcomes": {
            end: {"count": count, **_share(count, tally.prospects)} for end, count in zip(ENDS, tally.ends, strict=True)
        },
        "cancelled": {first: tally.cancelled[0], later: tally.cancelled[1]},
        "first_visit_close": {"closed": tally.closed, "could": tally.could, **_share(tally.closed, tally.could)},
        "dependence": {
            "leaning": tally.leaning.total,
            "decisions": tally.decisions.total,
            **_mean(leaning, "ratio"),
        },
        "asks": {
            "count": sum(tally.asks[0]),
            **{level: list(bins) for level, bins in zip(ASK_LEVELS, tally.asks, strict=True)},
        },
        "lines": {
            move: {"offered": offered, "chosen": chosen}
            for move, offered, chosen in zip(rules.names, tally.offered, tally.chosen, strict=True)
        },
        "shortest": {
            end: None
            if run is None
            else {"seed": run.seed, "length": run.length, "moves": [rules.names[move] for move in run.moves]}
            for end, run in zip(ENDS, shortest(tally), strict=True)
        },
    }


def _mean(found: Mean | None, name: str = "mean") -> dict[str, float | None]:
    if found is None:
        return {name: None, "low": None, "high": None}
    return {name: _rounded(found.value), "low": _rounded(found.low), "high": _rounded(found.high)}


def _share(part: int, whole: int) -> dict[str, float | None]:
    if not whole:
        return {"share": None, "low": None, "high": None}
    low, high = wilson(part, whole)
    return {"share": _rounded(part / whole), "low": _rounded(low), "high": _rounded(high)}


def _rounded(number: float) -> float | None:
    return round(number, _DIGITS) + 0.0 if isfinite(number) else None  # -0.0 becomes 0.0


# --- CSV -------------------------------------------------------------------------------------------------------------

_LEFT_OUT: Final = frozenset({"asks", "lines", "shortest"})
"""What does not fit a row for each scenario and player."""
_MONEY: Final = "currency"
"""The units that the column of this name says, with their own decimals; not hundredths."""
_UNITS: Final = (
    (re.compile(r"value\..+|listening\.(script|expert)"), _MONEY),
    (re.compile(r"conduct\..+"), "0 to 100"),
    (re.compile(r"minutes\..+"), "min"),
    (re.compile(r"dependence\.(ratio|low|high)"), "per decision"),
    (re.compile(r"(outcomes|first_visit_close|listening\.share)\..*(share|low|high)"), "0 to 1"),
)
"""Units of the columns that count something other than what their names say."""


def as_csv(simulation: Simulation) -> str:
    """One row for each scenario and player; the columns are the names of `as_data` joined by dots, and their units."""
    rows = [
        {"scenario": each["id"], "title": each["title"], "digest": each["digest"], "currency": each["currency"]}
        | dict(_flat({name: value for name, value in player.items() if name not in _LEFT_OUT}))
        | dict(_flat({"listening": each["listening"]}))
        | {"stopped": "yes" if simulation.stopped else "no"}
        for each in as_data(simulation)["scenarios"]
        for player in each["players"]
    ]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    units = {name: next((unit for names, unit in _UNITS if names.fullmatch(name)), "") for name in rows[0]}
    table.writerow(f"{name} ({unit})" if unit else name for name, unit in units.items())
    for row in rows:
        table.writerow(
            cell(_amount(row[name], row["currency"]) if unit == _MONEY else row[name]) for name, unit in units.items()
        )
    return text.getvalue()


def _amount(hundredths: float | None, currency: str) -> Decimal | None:
    return None if hundredths is None else amount(hundredths, currency)


def _flat(data: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value
