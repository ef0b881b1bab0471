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
from engine.words import gettext, marked, ngettext
from game.practice.history import Past
from game.practice.measures import ACCURACY, CONDUCT, LEAST, RESULT, Measure, Standing, counts, course, standings
from game.report import document
from game.report.cells import cell
from game.report.document import Heading, Paragraph, Part, Table
from game.runs.recorded import replay_command
from game.runs.results import result_text
from game.words.visible import visible

_LATEST: Final = 10
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

TREND: Final = {
    "better": marked("better"),
    "worse": marked("worse"),
    "unclear": marked("unclear"),
    "too few": marked("too few"),
}
"""The words of a trend, to be looked up."""

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
    yield Heading(gettext("Progress"))
    yield Paragraph(about(runs))
    if first:
        yield Heading(gettext("Where you stand"), 2)
        found = standings(first)
        yield Table(_heading(), tuple(_row(each) for each in found))
        yield Paragraph(rule(found, diff=True))
        courses = ((measure, course(measure, first, COLUMNS)) for measure in (each.measure for each in found))
        rows = tuple((measure.heading, drawn(measure, each, signs)) for measure, each in courses if len(each) > 1)
        if rows:
            yield Heading(gettext("Over time, oldest first"), 2)
            yield Table(("", gettext("from the bottom of the scale to its top")), rows, numbers=False)
            yield Paragraph(scale(first, signs))
    if again:
        yield Heading(gettext("Retries"), 2)
        yield Paragraph(practice(again))
    done = [past for past in runs if past.closing is not None]
    if done:
        yield Heading(gettext("Latest runs"), 2)
        yield Table(("", gettext("run")), tuple((past.run.when, told(past)) for past in done[:_LATEST]), listed=True)
        command = visible(replay_command(done[0].run.path))
        yield Paragraph(gettext("Read one again: {command}").format(command=command))
    for text in left_out(runs):
        yield Paragraph(text)
    yield Paragraph(
        gettext("Everything is as recorded. To work a run out again: {command}").format(
            command="firstvisit replay RUN --verify"
        )
    )


def about(runs: Runs) -> str:
    """How many runs the figures are from."""
    first, again = tries(runs), retries(runs)
    unfinished = sum(past.closing is None and past.moves > 0 for past in runs)
    if not first:
        said = [gettext("No first try has been finished yet: play one to its end, and come back.")]
    else:
        number = len({past.header.scenario for past in first})
        scenarios = ngettext("{count} scenario", "{count} scenarios", number).format(count=number)
        days = list(dict.fromkeys(past.run.when[:10] for past in (first[0], first[-1])))
        when = days[0] if len(days) == 1 else gettext("{first} to {last}").format(first=days[0], last=days[1])
        told = ngettext(
            "{count} first try of {scenarios}, {when}.", "{count} first tries of {scenarios}, {when}.", len(first)
        )
        said = [told.format(count=len(first), scenarios=scenarios, when=when)]
    if again:
        told = ngettext("{count} retry, counted apart.", "{count} retries, counted apart.", len(again))
        said.append(told.format(count=len(again)))
    if unfinished:
        said.append(
            ngettext("{count} unfinished run.", "{count} unfinished runs.", unfinished).format(count=unfinished)
        )
    return " ".join(said)


def _heading() -> tuple[str, ...]:
    names = gettext("runs"), gettext("mean"), gettext("diff"), gettext("trend")
    return ("", names[0], names[1], "95%", names[2], "95%", names[3])


def _row(standing: Standing) -> tuple[str, ...]:
    return (standing.measure.heading, *cells(standing))


def cells(standing: Standing) -> tuple[str, str, str, str, str, str]:
    """Runs, mean and its interval, difference and its interval, and what to make of it."""
    measure, figure, trend = standing.measure, standing.figure, standing.trend
    mean, interval, change, around = "", "", "", ""
    if figure is not None:
        mean = measure.text(figure.value) + ("%" if measure.unit == "%" else "")
        interval = f"{measure.text(figure.low)}-{measure.text(figure.high)}"
    if trend is not None:
        change = measure.change(trend.later - trend.earlier)
        around = f"{measure.change(trend.low)}, {measure.change(trend.high)}"
    word = gettext(TREND[standing.word]) if standing.runs else ""
    return f"{standing.runs:,}", mean, interval, change, around, word


def rule(found: Sequence[Standing], *, diff: bool = False) -> str:
    """How the figures are to be read, with the column of differences where that is shown."""
    together = sum(standing.trend is not None for standing in found)
    columns = gettext(
        "In %; dependence per decision, where less is better, as with pressure. 95% are intervals. The trend holds the "
        "later half of your first tries with each version of a scenario against the earlier half. It takes {least} "
        "runs in each half: with fewer, it is too early to tell."
    ).format(least=LEAST)
    if diff:
        columns += " " + gettext("diff is the later half less the earlier half.")
    several = gettext(
        "The trend is better or worse where that is certain, though {together} figures are looked at together; else "
        "it is unclear."
    )
    one = gettext("The trend is better or worse where that is certain; else it is unclear.")
    return f"{columns} {several.format(together=together) if together > 1 else one}"


def scale(first: Runs, signs: bool) -> str:
    """How the courses are to be read."""
    most = max(1, -(-len(first) // COLUMNS))
    each = ngettext("Each column is a run.", "Each column is up to {count} runs.", most).format(count=most)
    blocks = gettext("▁ is 0 and █ 100%, for results 150% of par, for dependence 2.")
    digits = gettext("0 is 0% and 9 is 100%, for results 150% of par, for dependence 2.")
    return f"{each} {blocks if signs else digits}"


def drawn(measure: Measure, values: Sequence[float | None], signs: bool = True) -> str:
    """A course as a line of characters; a gap where there was nothing to measure."""
    return document.drawn((None if value is None else value / measure.top for value in values), signs)


def practice(again: Runs) -> str:
    """What there is to say of retries."""
    found = {each.measure.name: each for each in standings(again)}
    figures = [
        f"{gettext(name)} {each.measure.text(each.figure.value)}%"
        for name in (RESULT, CONDUCT, ACCURACY)
        if (each := found[name]).figure is not None
    ]
    return ngettext(
        "{count} retry: {figures}. Buyer and luck were known, so this is practice, and no part of the figures above.",
        "{count} retries: {figures} on average. Buyer and luck were known, so this is practice, and no part of the "
        "figures above.",
        len(again),
    ).format(count=len(again), figures=", ".join(figures))


def told(past: Past) -> str:
    """A finished run in a line."""
    return f"{visible(past.title)}: {', '.join(facts(past))}"


def facts(past: Past) -> list[str]:
    """How a finished run came out, how well it was played as far as the coach has judged it, and what it was."""
    found = [result_text(past.run)]
    if past.accuracy is not None:
        found.append(gettext("accuracy {accuracy}").format(accuracy=f"{past.accuracy:.0f}"))
    if not past.first:
        found.append(gettext("a retry"))
    return found


def why_not_counted(past: Past) -> str:
    """Why a finished run does not count, or nothing."""
    if counts(past) or past.closing is None:
        return ""
    played = gettext("It was played under rules {rules}, and the rules here are {here}.")
    return past.doubt or played.format(rules=past.header.rules, here=RULES_VERSION)


def left_out(runs: Runs) -> Iterator[str]:
    """Yield what is said of runs that do not count."""
    of_others = sum(past.closing is not None and not past.doubt and not counts(past) for past in runs)
    if of_others:
        yield ngettext(
            "{count} run under other rules than {rules}: listed, and not counted.",
            "{count} runs under other rules than {rules}: listed, and not counted.",
            of_others,
        ).format(count=of_others, rules=RULES_VERSION)
    doubtful = [past for past in runs if past.doubt]
    for past in doubtful[:_LATEST]:
        yield gettext("{name} is not counted. {doubt}").format(name=visible(past.name), doubt=visible(past.doubt))
    if doubtful[_LATEST:]:
        left = len(doubtful) - _LATEST
        yield ngettext(
            "Nor is {count} more that differs from what was kept of it.",
            "Nor are {count} more that differ from what was kept of them.",
            left,
        ).format(count=left)


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
        "not_counted": [{"name": past.name, "why": why} for past in runs if (why := why_not_counted(past))],
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
