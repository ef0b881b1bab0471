"""The evidence page for people: the published figures, the schools, and their claims, as a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil, isfinite
from typing import Final

from engine.doctrines import FOILS, SCHOOLS
from engine.evidence.claims import Matters
from engine.evidence.findings import Finding
from engine.evidence.page import Page
from engine.evidence.schools import CEILINGS, CYCLES, EXPERT, PRICES, QUICK, Cell, Lead, Row, SaleKind
from engine.evidence.standing import STANDINGS, standing
from engine.evidence.tallies import known
from engine.evidence.targets import Target, targets
from engine.evidence.trades import Beside
from engine.evidence.verdicts import VERDICTS, Found, Judgement, counted
from engine.intervals import Mean, Z
from game.report.document import Heading, Paragraph, Part, Table
from game.words.wording import count

_SHORT: Final = {
    "first-five-minutes": "tutorial",
    "roof-before-the-rain": "roof",
    "friday-pipeline": "Friday",
    "pricing-form": "form",
    "long-audition": "audition",
    "saturday-showroom": "showroom",
}


def report(page: Page, *, measured: bool = True) -> Iterator[Part]:
    """Yield the parts of the page: a summary, published figures, schools, kinds of sale, trades, switches and claims.

    With `measured`, claims have all their figures, and not only the effects that decided.
    """
    yield Heading("Evidence")
    if page.whole:
        yield Paragraph(" ".join(_summary(page)))
    yield Paragraph(
        f"Runs of each experiment: {page.runs:,}; more where outcomes are rare, fewer where runs are slow. +/- is the "
        "95% interval of a figure by itself."
    )
    if page.rows or page.kinds or page.switches or page.claims:
        yield Paragraph(
            "Leads and verdicts are corrected for the number of tests by Holm's method. The leads of schools, those by "
            "kind of sale, and the claims with the switches are one family each: the chance that anything in it is "
            "called apart, reproduced, not reproduced or dependent and is not so is 5% at most."
        )
    if page.switches or page.claims:
        yield Paragraph(
            "An effect is the mean over the places where it was tried, all with the same seeds. It is reproduced if it "
            "is certain to be as large as matters, and not reproduced if it is certain not to be. It depends on the "
            "place if one place is certain to have it and another not to. Otherwise these runs leave it undecided. A "
            "claim needs all of its effects."
        )
    yield from _figures(page)
    if page.rows:
        yield from _schools(page.rows)
    if page.kinds:
        yield from _kinds(page.kinds)
    if page.trades:
        yield from _trades(page.trades)
    if page.switches:
        yield Heading("What the edges depend on", 2)
        yield _tried(page, page.switches, measured)
    if page.claims:
        yield Heading("Claims", 2)
        yield Paragraph(
            "What the schools say, tried as experiments: what the model does, and no proof of what people do."
        )
        yield _tried(page, page.claims, measured)


# --- the summary -----------------------------------------------------------------------------------------------------


def _summary(page: Page) -> Iterator[str]:
    if page.held():
        inside = {each: len(page.held(each)) - len(page.misses(each)) for each in STANDINGS}
        yield (
            f"Of the {len(page.held())} published figures that the model has and is held to, "
            f"{len(page.held('checked'))} are checked: nothing in the model was chosen with them in view. "
            f"{inside['checked']} of these are inside their tolerance. Besides, {inside['fitted']} of "
            f"{len(page.held('fitted'))} are inside that something was fitted to, and {inside['identity']} of "
            f"{len(page.held('identity'))} that are a constant or a table of the model themselves."
        )
        if misses := page.misses():
            yield f"Missed: {', '.join(f'{one.target.id} ({standing(one.target)})' for one in misses)}."
    if own := [row for row in page.rows if row.school is not None]:
        best = sum(row.best == row.school for row in own)
        foils = sum(all(lead.apart for lead in row.over_foils) for row in own)
        yield (
            f"In {best} of the {len(own)} schools' scenarios the scenario's own school earns most of the five, and in "
            f"{foils} it is certain to beat every bad habit."
        )
    if page.claims:
        verdicts = counted(page.claims)
        each = ", ".join(f"{verdicts[verdict]} {_COUNTED[verdict]}" for verdict in VERDICTS)
        yield f"Of {count(len(page.claims), 'claim')}: {each}."


# --- published figures -----------------------------------------------------------------------------------------------


def _figures(page: Page) -> Iterator[Part]:
    modelled = [one for one in page.figures if one.measurement is not None]
    held = [one for one in modelled if one.target.use in ("fit", "check", "direction")]
    others = [one for one in page.figures if one.target.use in ("display", "reject")]
    missing = [s for s in page.figures if s.measurement is None and s.target.use in ("fit", "check", "direction")]
    if held:
        yield Heading("Published figures", 2)
        yield Paragraph(
            "identity: a constant or a table of the model is the figure, and nothing else is measured; fitted: "
            "something in the model was chosen with it in view; checked: nothing was, and it could have come out "
            "otherwise. For a direction only the sign counts."
        )
        yield _table(held, "outside, because")
    if missing:
        yield Heading("Published figures that the model does not have", 3)
        yield Table(
            ("figure", "what it is", "why not"),
            tuple((one.target.id, one.target.quantity, one.target.not_modelled) for one in missing),
            listed=True,
        )
    if others:
        yield Heading("Figures shown, not used", 3)
        yield Paragraph(
            "Myths, contradicted figures and figures without a source, with what the simulation gives instead."
        )
        yield _table(others, "note")
    cited = sorted({number for one in page.figures for number in one.target.source_numbers})
    if cited:
        yield Heading("Sources", 3)
        of = targets().sources
        yield Table(("number", "source"), tuple((f"[{number}]", of[number]) for number in cited), listed=True)


def _table(figures: Sequence[Finding], last: str) -> Table:
    return Table(
        ("figure", "what it is", "published", "simulated", "verdict", "source", last),
        tuple(
            (
                f"{one.target.id} ({_kind(one.target)}, {one.target.confidence})",
                one.target.quantity,
                _published(one),
                _simulated(one),
                f"{one.verdict}{', but more runs could turn it' if one.doubtful else ''}",
                one.target.source,
                _note(one),
            )
            for one in figures
        ),
        listed=True,
    )


def _kind(target: Target) -> str:
    match target.use:
        case "fit" | "check":
            return standing(target)
        case "direction":
            return f"direction, {standing(target)}"
        case _:
            return target.use


def _published(one: Finding) -> str:
    return f"{_numbers(one.published)} ({one.target.tolerance})"


def _simulated(one: Finding) -> str:
    if one.measurement is None:
        return ""
    values = (
        f"{number(value)} +/- {number(Z * error)}" if error else number(value)
        for value, error in zip(one.measurement.values, one.measurement.errors, strict=True)
    )
    return f"{', '.join(values)}: {one.measurement.what}"


def _note(one: Finding) -> str:
    if one.target.use in ("display", "reject"):
        return "; ".join(text for text in (one.target.note, one.target.not_modelled) if text)
    return one.target.explains if one.verdict == "outside" else ""


def _numbers(values: Sequence[float]) -> str:
    return ", ".join(number(value) for value in values)


def number(value: float) -> str:
    """A number with three figures that count, and thousands kept whole."""
    if not isfinite(value):
        return "none"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


# --- the schools -----------------------------------------------------------------------------------------------------


def _schools(rows: Sequence[Row]) -> Iterator[Part]:
    yield Heading("Schools", 2)
    runs = max(cell.runs for row in rows for cell in row.cells)
    yield Paragraph(
        f"Income a run in each bundled scenario, in its own currency, over the same {runs:,} buyers. A star "
        "marks the best of the five schools."
    )
    yield _grid("income", QUICK, rows, _income)
    yield Paragraph("Orders in the first conversation, in percent of the buyers who could have ordered in it.")
    yield _grid("first-visit close", QUICK, rows, lambda row, name: _plus(_cell(row, name).first_visit_close))
    yield Paragraph("Follow-up dependence: continuations and undated follow-ups a decision. Above 1 is a warning.")
    yield _grid("dependence", QUICK, rows, _dependence)
    yield Paragraph("The lead of each scenario's own school, buyer by buyer.")
    yield Table(
        ("scenario", "school", "over the next school", "over the nearest foil", "foils beaten"),
        tuple(_leads(row) for row in rows),
        numbers=False,
        listed=True,
    )
    yield Paragraph(
        f"The {EXPERT} searches and is slow, so it meets the first of these buyers only. Here income is what can be "
        "expected: in a sale to one buyer every yes is counted with its exact chance, for the expert and for the best "
        "of all others over the same buyers."
    )
    yield Table(
        ("scenario", "buyers", EXPERT, "over the best other"),
        tuple((row.scenario, str(row.expert_runs), _plus(row.expert_income), _lead(row.expert)) for row in rows),
        numbers=False,
        listed=True,
    )
    best = {school: sum(row.best == school for row in rows) for school in SCHOOLS}
    yield Paragraph(f"Best of the five schools, by scenarios: {', '.join(f'{name} {n}' for name, n in best.items())}.")


def _grid(what: str, names: Sequence[str], rows: Sequence[Row], cell: Callable[[Row, str], str]) -> Table:
    return Table(
        (what, *(_SHORT[row.scenario] for row in rows)),
        tuple((name, *(cell(row, name) for row in rows)) for name in names),
    )


def _cell(row: Row, name: str) -> Cell:
    return next(cell for cell in row.cells if cell.doctrine == name)


def _income(row: Row, name: str) -> str:
    return f"{'*' if name == row.best else ''}{_plus(_cell(row, name).income)}"


def _dependence(row: Row, name: str) -> str:
    mean = _cell(row, name).dependence
    return _plus(mean, 2 if mean.value < 10 else 0)


def _plus(mean: Mean, digits: int = 0) -> str:
    if not known(mean):
        return "none"
    return f"{mean.value:.{digits}f}±{mean.half:.{digits}f}"


def _leads(row: Row) -> tuple[str, ...]:
    nearest = min(row.over_foils, key=lambda lead: lead.gap.value / max(lead.gap.error, 1e-9), default=None)
    beaten = sum(lead.apart for lead in row.over_foils)
    return (
        row.scenario,
        row.school or "",
        _lead(row.over_schools),
        _lead(nearest),
        f"{beaten} of {len(FOILS)}" if row.school else "",
    )


def _lead(lead: Lead | None) -> str:
    if lead is None:
        return ""
    return f"{_plus(lead.gap)} over {lead.over}{'' if lead.apart else ', not apart'}"


def _kinds(kinds: Sequence[SaleKind]) -> Iterator[Part]:
    yield Heading("By kind of sale", 2)
    yield Paragraph(
        "The best school in the laboratory, by price, by how long a sale takes (or whether it begins with an enquiry), "
        "and by the share of buyers who can decide in the first conversation. In brackets the next best, where it is "
        "not apart."
    )
    found = {(kind.price, kind.today, kind.cycle): kind for kind in kinds}
    yield Table(
        ("kind", *(f"price {price:,}" for price in PRICES)),
        tuple(
            (f"{cycle}, {today}%", *(_best(found[price, today, cycle]) for price in PRICES))
            for cycle in CYCLES
            for today in CEILINGS
            if (PRICES[0], today, cycle) in found
        ),
        numbers=False,
    )
    wins = {school: sum(kind.best == school for kind in kinds) for school in SCHOOLS}
    yield Paragraph(
        f"Best of the five, of {len(kinds)} kinds of sale: {', '.join(f'{name} {n}' for name, n in wins.items())}."
    )


def _best(kind: SaleKind) -> str:
    close = "" if kind.lead.apart else f" ({kind.lead.over})"
    return f"{kind.best}{close}"


# --- trades ----------------------------------------------------------------------------------------------------------


def _trades(found: Sequence[Beside]) -> Iterator[Part]:
    yield Heading("Beside their trades", 2)
    yield Paragraph(
        "The scenarios are written to be played, and none was set by these figures. A game may be kinder than life: "
        "the factor in brackets says by how much, over the nearer end of what is published; there is none where luck "
        f"could account for it. The school is the scenario's own; of the {EXPERT} only orders are known, over few "
        "buyers. A script is left out, as it would first have to be looked for."
    )
    yield Table(
        ("scenario", "what", "published", "school", EXPERT, "source"),
        tuple(
            (
                one.trade.scenario,
                one.trade.what,
                _range(one.trade.low, one.trade.high),
                f"{_factor(one, one.by_school)} {one.school}",
                _factor(one, one.by_expert) if one.by_expert is not None else "",
                one.trade.source,
            )
            for one in found
        ),
        numbers=False,
        listed=True,
    )


def _range(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _factor(one: Beside, by: Mean) -> str:
    times = one.times(by)
    factor = "" if times is None else f" (×{times:.2g}, {'kinder' if one.kinder(by) else 'harder'})"
    return f"{_plus(by, 2)}{factor}"


# --- claims ----------------------------------------------------------------------------------------------------------


_COUNTED: Final = {
    "reproduced": "reproduced",
    "not reproduced": "not reproduced",
    "depends": "depending on the place",
    "undecided": "undecided in so few runs",
}


def _tried(page: Page, judgements: Sequence[Judgement], measured: bool) -> Table:
    return Table(
        ("claim", "tested", "effect", "verdict", *(("figures",) if measured else ())),
        tuple(
            (
                f"{one.claim.id} {one.claim.says}",
                one.claim.tested,
                "; ".join(_effect(found) for found in one.found),
                _verdict(page, one),
                *(("".join(f"\n- {figure.what}: {figure.text()}" for figure in one.shown),) if measured else ()),
            )
            for one in judgements
        ),
        listed=True,
    )


def _effect(found: Found) -> str:
    """`orders that ...: 4.1 +/- 0.6 points (here 2.9, there 5.3); it matters from 1.5 on: ...`."""
    where = ", ".join(f"{place.name} {place.figure.text()}" for place in found.places)
    places = f" ({where})" if len(found.places) > 1 else ""
    matters = found.effect.matters
    return f"{found.effect.what}: {found.pooled.text()}{places}; it matters {_bounds(matters)}: {matters.because}"


def _bounds(matters: Matters) -> str:
    if not isfinite(matters.high):
        return f"from {matters.low:.3g} on"
    return f"from {matters.low:.3g} to {matters.high:.3g}" if isfinite(matters.low) else f"up to {matters.high:.3g}"


def _verdict(page: Page, one: Judgement) -> str:
    if one.verdict == "depends":
        return f"depends on the place: {'; '.join(_where(found) for found in one.found if found.verdict == 'depends')}"
    if one.verdict == "undecided":
        return f"undecided: {_more_runs(page.runs * one.needed)}"
    return one.verdict


def _where(found: Found) -> str:
    parts = []
    for holds, words in ((True, "holds at"), (False, "not at"), (None, "unclear at")):
        if here := [place.name for place in found.places if place.holds == holds]:
            parts.append(f"{words} {', '.join(here)}")
    return "; ".join(parts)


_ENOUGH: Final = 1_000_000
"""Runs beyond which nobody would wait."""


def _more_runs(needed: float) -> str:
    if needed > _ENOUGH:
        return "it lies too near to what matters for any number of runs"
    rounded = 10 ** (len(f"{needed:.0f}") - 1)
    return f"about {ceil(needed / rounded) * rounded:,} runs would decide it"
