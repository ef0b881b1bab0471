"""What a player's history says of them: for people, as a report; for scripts, as JSON; for spreadsheets, as CSV.

```
scenario        the only scenario that is looked at, or null
first_tries     runs; from, to (when the first and the last of them were begun, in UTC); and measures, one each:
  name, unit    the unit is % or per decision; shares are 0 to 1, results too: 1 is par
  runs          those that have something to say about it
  value, low, high              the share or ratio over all of them, and its interval of 95%; null without a whole
  earlier, later                the same of the two halves of each version of a scenario; null with too few runs
  difference_low, difference_high   the interval of the difference of the two
  trend         better, worse, unclear, or too few
retries         the same of runs with a buyer who was known, without trends: runs, measures
not_counted     runs that do not count in all this: name, why
runs            every finished run, newest first: name, scenario, title, digest, rules, seed, started, cues, live,
                first_try, counted, results, value (in minor units), currency, conduct, par (the result as a
                percentage of par), accuracy, and skills: for each its part and its whole
```

The CSV has a row for each finished run, with its skills as shares.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

from engine import skills
from engine.money import amount
from engine.rules import RULES_VERSION
from game.history import Past
from game.measures import ACCURACY, CONDUCT, LEAST, RESULT, Measure, Standing, counts, course, standings
from game.report import document
from game.report.cells import cell
from game.report.document import Heading, Paragraph, Part, Table
from game.shelf import outcome
from game.visible import visible
from game.wording import count

LATEST: Final = 10
"""Runs that the report names."""
COLUMNS: Final = 40
"""Columns of a course over time."""

_SKILLS: Final = (
    skills.CLOSED,
    skills.LEANING,
    skills.NEEDS,
    skills.REASONS,
    skills.ASKED,
    skills.DATED,
    skills.PROMISES,
    skills.SAME_DAY,
    skills.SPEED,
    skills.WAITED,
    skills.PRESSURE,
)

Runs = Sequence[Past]
"""Newest first, as the history has them."""


def tries(runs: Runs) -> list[Past]:
    """The first tries that count, oldest first."""
    return [past for past in reversed(runs) if past.first and counts(past)]


def retries(runs: Runs) -> list[Past]:
    """The later tries that count, oldest first."""
    return [past for past in reversed(runs) if not past.first and counts(past)]


def report(runs: Runs, signs: bool = True) -> Iterator[Part]:
    """Yield the whole report. Without `signs`, courses are drawn in digits."""
    first, again = tries(runs), retries(runs)
    yield Heading("Progress")
    yield Paragraph(about(runs))
    if first:
        yield Heading("Where you stand", 2)
        found = standings(first)
        yield Table(("", "runs", "mean", "95%", "diff", "95%", "trend"), tuple(_row(each) for each in found))
        yield Paragraph(rule(found))
        yield Heading("Over time, oldest first", 2)
        courses = ((measure, course(measure, first, COLUMNS)) for measure in (each.measure for each in found))
        rows = tuple((measure.name, drawn(measure, each, signs)) for measure, each in courses if len(each) > 1)
        if rows:
            yield Table(("", "from the bottom of the scale to its top"), rows, numbers=False)
            yield Paragraph(scale(first, signs))
    if again:
        yield Heading("Retries", 2)
        yield Paragraph(practice(again))
    done = [past for past in runs if past.closing is not None]
    if done:
        yield Heading("Latest runs", 2)
        yield Table(("", "run"), tuple((past.run.when, told(past)) for past in done[:LATEST]), listed=True)
        yield Paragraph(f"Read one again: firstvisit replay {visible(done[0].name)}")
    for text in left_out(runs):
        yield Paragraph(text)
    yield Paragraph("Everything is as recorded. To work a run out again: firstvisit replay RUN --verify")


def about(runs: Runs) -> str:
    """How many runs the figures are from."""
    first, again = tries(runs), retries(runs)
    unfinished = sum(past.closing is None and past.moves > 0 for past in runs)
    if not first:
        text = "No first try has been finished yet: play one to its end, and come back."
    else:
        scenarios = count(len({past.header.scenario for past in first}), "scenario")
        days = dict.fromkeys(past.run.when[:10] for past in (first[0], first[-1]))
        text = f"{count(len(first), 'first try', 'first tries')} of {scenarios}, {' to '.join(days)}."
    if again:
        text += f" {count(len(again), 'retry', 'retries')}, counted apart."
    if unfinished:
        text += f" {count(unfinished, 'unfinished run')}."
    return text


def _row(standing: Standing) -> tuple[str, ...]:
    return (standing.measure.name, *cells(standing))


def cells(standing: Standing) -> tuple[str, str, str, str, str, str]:
    """Runs, mean and its interval, difference and its interval, and what to make of it."""
    measure, figure, trend = standing.measure, standing.figure, standing.trend
    mean, interval, change, around = "", "", "", ""
    if figure is not None:
        mean, interval = measure.text(figure.value), f"{measure.text(figure.low)}-{measure.text(figure.high)}"
    if trend is not None:
        change = measure.change(trend.later - trend.earlier)
        around = f"{measure.change(trend.low)}, {measure.change(trend.high)}"
    word = standing.word if standing.runs else ""
    return f"{standing.runs:,}", mean, interval, change, around, word


def rule(found: Sequence[Standing]) -> str:
    """How the figures are to be read."""
    together = sum(standing.trend is not None for standing in found)
    many = f", though {together} figures are looked at together" if together > 1 else ""
    return (
        "In %; dependence per decision, where less is better, as with pressure. 95% are intervals. diff is the "
        f"later half of your first tries with each version of a scenario, less the earlier half. It takes {LEAST} "
        "runs in each half: with fewer, it is too early to tell. The trend is better or worse where that is "
        f"certain{many}; else it is unclear."
    )


def scale(first: Runs, signs: bool) -> str:
    """How the courses are to be read."""
    most = max(1, -(-len(first) // COLUMNS))
    each = "Each column is a run" if most == 1 else f"Each column is up to {most} runs"
    ends = "▁ is 0 and █ 100%" if signs else "0 is 0% and 9 is 100%"
    return f"{each}. {ends}, for results 150% of par, for dependence 2."


def drawn(measure: Measure, values: Sequence[float | None], signs: bool = True) -> str:
    """A course as a line of characters; a gap where there was nothing to measure."""
    return document.drawn((None if value is None else value / measure.top for value in values), signs)


def practice(again: Runs) -> str:
    """What there is to say of retries."""
    found = {each.measure.name: each for each in standings(again)}
    figures = [
        f"{name} {each.measure.text(each.figure.value)}%"
        for name in (RESULT, CONDUCT, ACCURACY)
        if (each := found[name]).figure is not None
    ]
    return (
        f"{count(len(again), 'retry', 'retries')}: {', '.join(figures)} on average. Buyer and luck were known, so this "
        "is practice, and no part of the figures above."
    )


def told(past: Past) -> str:
    """A finished run in a line."""
    facts = [visible(past.title) + ": " + outcome(past.run)]
    if past.accuracy is not None:
        facts.append(f"accuracy {past.accuracy:.0f}")
    if not past.first:
        facts.append("a retry")
    return ", ".join(facts)


def why_not(past: Past) -> str:
    """Why a finished run does not count, or nothing."""
    if counts(past) or past.closing is None:
        return ""
    return past.doubt or f"It was played under rules {past.header.rules}, and the rules here are {RULES_VERSION}."


def left_out(runs: Runs) -> Iterator[str]:
    """Yield what is said of runs that do not count."""
    of_others = sum(past.closing is not None and not past.doubt and not counts(past) for past in runs)
    if of_others:
        yield f"{count(of_others, 'run')} under other rules than {RULES_VERSION}: listed, and not counted."
    doubtful = [past for past in runs if past.doubt]
    for past in doubtful[:LATEST]:
        yield f"{visible(past.name)} is not counted. {visible(past.doubt)}"
    if doubtful[LATEST:]:
        yield f"Nor are {len(doubtful) - LATEST} more that differ from what was kept of them."


# --- for scripts ------------------------------------------------------------------------------------------------------


def as_data(runs: Runs, scenario: str | None) -> dict[str, Any]:
    """The history as JSON has it."""
    first, again = tries(runs), retries(runs)
    return {
        "scenario": scenario,
        "first_tries": {
            "runs": len(first),
            "from": first[0].header.started if first else None,
            "to": first[-1].header.started if first else None,
            "measures": [_standing(each) for each in standings(first)],
        },
        "retries": {
            "runs": len(again),
            "measures": [
                {name: value for name, value in _standing(each).items() if name not in _TREND}
                for each in standings(again)
            ],
        },
        "not_counted": [{"name": past.name, "why": why} for past in runs if (why := why_not(past))],
        "runs": [_run(past) for past in runs if past.closing is not None],
    }


_TREND: Final = ("earlier", "later", "difference_low", "difference_high", "trend")


def _standing(standing: Standing) -> dict[str, Any]:
    figure, trend = standing.figure, standing.trend
    return {
        "name": standing.measure.name,
        "unit": standing.measure.unit,
        "runs": standing.runs,
        "value": _rounded(figure.value if figure else None),
        "low": _rounded(figure.low if figure else None),
        "high": _rounded(figure.high if figure else None),
        "earlier": _rounded(trend.earlier if trend else None),
        "later": _rounded(trend.later if trend else None),
        "difference_low": _rounded(trend.low if trend else None),
        "difference_high": _rounded(trend.high if trend else None),
        "trend": standing.word,
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 6) + 0.0  # -0.0 becomes 0.0


def _run(past: Past) -> dict[str, Any]:
    head, foot = past.header, past.closing
    assert foot is not None
    return {
        "name": past.name,
        "scenario": head.scenario,
        "title": past.title,
        "digest": head.digest,
        "rules": head.rules,
        "seed": head.seed,
        "started": head.started,
        "cues": head.cues,
        "live": head.live,
        "first_try": past.first,
        "counted": counts(past),
        "results": dict(foot.results),
        "value": foot.value,
        "currency": past.currency or None,
        "conduct": foot.conduct,
        "par": foot.par,
        "accuracy": past.accuracy,
        "skills": {name: {"part": part, "whole": whole} for name, (part, whole) in past.skills.items()},
    }


def as_csv(runs: Runs) -> str:
    """One row for each finished run, newest first."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow((*_HEAD, *(f"{name} ({_unit(name)})" for name in _SKILLS)))
    for past in runs:
        if past.closing is None:
            continue
        told = _run(past)
        told["value"] = amount(told["value"], past.currency)
        told["results"] = " ".join(f"{who}:{what}" for who, what in told["results"].items())
        for name in ("live", "first_try", "counted"):
            told[name] = "yes" if told[name] else "no"
        shares = (past.skills.get(name) for name in _SKILLS)
        ratios = (_rounded(part / whole) if whole else None for part, whole in (each or (0, 0) for each in shares))
        table.writerow(map(cell, (*(told[name] for name in _HEAD.values()), *ratios)))
    return text.getvalue()


_HEAD: Final = {
    "name": "name",
    "scenario": "scenario",
    "title": "title",
    "digest": "digest",
    "rules": "rules",
    "seed": "seed",
    "started (UTC)": "started",
    "cues": "cues",
    "live": "live",
    "first_try": "first_try",
    "counted": "counted",
    "results": "results",
    "value (currency)": "value",
    "currency": "currency",
    "conduct (0 to 100)": "conduct",
    "result (% of par)": "par",
    "accuracy (0 to 100)": "accuracy",
}
"""The columns before the skills, and what stands in them."""


def _unit(skill: str) -> str:
    return {skills.LEANING: "per decision", skills.WAITED: "min"}.get(skill, "0 to 1")
