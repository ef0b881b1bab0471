"""The evidence page as data: the JSON of `firstvisit evidence`.

```
version, rules      of the program and of its rules
runs, whole         runs asked for of each trial; whether everything was asked for
summary             held, inside and missed (ids) of the figures that the model has and is held to, and the same of
                    those by standing: identity, fitted, checked; claims by verdict
targets             one each: id, use, standing (identity, fitted, checked) and why, quantity, published, tolerance,
                    simulated and error (standard errors) or null, verdict (inside, outside, not-modelled), doubtful
                    (more runs could turn it), reason, source, confidence, evidence, runs, measured
schools             scenarios, one each: scenario, school, best, doctrines (doctrine, runs, income,
                    first_visit_close, dependence), over_schools, over_foils, expert
kinds_of_sale       one each: price, today, cycle, incomes, best, lead
trades              one each: scenario, what, low and high (published), source, school (its doctrine), by_school,
                    by_expert (or null), times_by_school, times_by_expert (the nearer end; null inside)
claims, switches    one each: id, school, claim, tested, verdict (reproduced, not reproduced, depends, undecided), runs,
                    runs_needed (about, to decide it, or null), effects, figures (what, value, error, unit)
effects             one each: what, unit, pooled, places (place, holds or null, effect), from, to (what matters, or
                    null), because, chance (corrected by Holm's method), verdict
```

Numbers with an error are `{"value", "error", "low", "high"}`, with a standard error and a 95% interval; null where
there were too few runs. Money is in units, not in minor ones.
"""

from __future__ import annotations

from math import isfinite
from typing import Any, Final

from engine.evidence.claims import Figure
from engine.evidence.findings import Finding
from engine.evidence.page import Page
from engine.evidence.schools import Lead, Row, SaleKind
from engine.evidence.standing import STANDINGS, Standing, chosen_with, standing
from engine.evidence.tallies import known
from engine.evidence.trades import Beside
from engine.evidence.verdicts import Found, Judgement, counted
from engine.intervals import Mean
from engine.rules import RULES_VERSION
from game import __version__

_DIGITS: Final = 6


def as_data(page: Page) -> dict[str, Any]:
    """The page, as the module's docstring describes it."""
    return {
        "version": __version__,
        "rules": RULES_VERSION,
        "runs": page.runs,
        "whole": page.whole,
        "summary": {
            **_summary(page),
            "by_standing": {each: _summary(page, each) for each in STANDINGS},
            "claims": counted(page.claims),
        },
        "targets": [_target(found) for found in page.figures],
        "schools": [_row(row) for row in page.rows],
        "kinds_of_sale": [_kind(kind) for kind in page.kinds],
        "trades": [_beside(one) for one in page.trades],
        "claims": [_judgement(page, one) for one in page.claims],
        "switches": [_judgement(page, one) for one in page.switches],
    }


def _summary(page: Page, of: Standing | None = None) -> dict[str, Any]:
    held, misses = page.held(of), page.misses(of)
    return {
        "held": len(held),
        "inside": len(held) - len(misses),
        "missed": [found.target.id for found in misses],
    }


def _target(found: Finding) -> dict[str, Any]:
    target, measured = found.target, found.measurement
    return {
        "id": target.id,
        "use": target.use,
        "standing": standing(target),
        "why": target.because or ", ".join(chosen_with(target)),
        "quantity": target.quantity,
        "published": _one_or_many(found.published),
        "tolerance": str(target.tolerance),
        "simulated": _one_or_many(measured.values) if measured is not None else None,
        "error": _one_or_many(measured.errors) if measured is not None else None,
        "verdict": found.verdict,
        "doubtful": found.doubtful,
        "reason": target.not_modelled if measured is None else target.explains if found.verdict == "outside" else "",
        "source": target.source,
        "confidence": target.confidence,
        "evidence": target.evidence,
        "runs": measured.runs if measured is not None else 0,
        "measured": measured.what if measured is not None else "",
    }


def _one_or_many(values: tuple[float, ...]) -> Any:
    numbers = [round(value, _DIGITS) if isfinite(value) else None for value in values]
    return numbers[0] if len(numbers) == 1 else numbers


def _mean(mean: Mean) -> dict[str, float] | None:
    if not known(mean):
        return None
    return {
        name: round(value, _DIGITS)
        for name, value in (("value", mean.value), ("error", mean.error), ("low", mean.low), ("high", mean.high))
    }


def _lead(lead: Lead | None) -> dict[str, Any] | None:
    return None if lead is None else {"over": lead.over, "gap": _mean(lead.gap), "apart": lead.apart}


def _row(row: Row) -> dict[str, Any]:
    return {
        "scenario": row.scenario,
        "school": row.school,
        "best": row.best,
        "doctrines": [
            {
                "doctrine": cell.doctrine,
                "runs": cell.runs,
                "income": _mean(cell.income),
                "first_visit_close": _mean(cell.first_visit_close),
                "dependence": _mean(cell.dependence),
            }
            for cell in row.cells
        ],
        "over_schools": _lead(row.over_schools),
        "over_foils": [_lead(lead) for lead in row.over_foils],
        "expert": {"runs": row.expert_runs, "expected_income": _mean(row.expert_income), **(_lead(row.expert) or {})},
    }


def _kind(kind: SaleKind) -> dict[str, Any]:
    return {
        "price": kind.price,
        "today": kind.today,
        "cycle": kind.cycle,
        "incomes": {name: _mean(mean) for name, mean in kind.incomes.items()},
        "best": kind.best,
        "lead": _lead(kind.lead),
    }


def _beside(one: Beside) -> dict[str, Any]:
    expert = one.by_expert
    return {
        "scenario": one.trade.scenario,
        "what": one.trade.what,
        "low": one.trade.low,
        "high": one.trade.high,
        "source": one.trade.source,
        "school": one.school,
        "by_school": _mean(one.by_school),
        "by_expert": _mean(expert) if expert is not None else None,
        "times_by_school": one.times(one.by_school),
        "times_by_expert": one.times(expert) if expert is not None else None,
    }


def _judgement(page: Page, one: Judgement) -> dict[str, Any]:
    claim = one.claim
    return {
        "id": claim.id,
        "school": claim.school,
        "claim": claim.says,
        "tested": claim.tested,
        "verdict": one.verdict,
        "runs": one.runs,
        "runs_needed": round(page.runs * one.needed) if isfinite(one.needed) else None,
        "effects": [_effect(found) for found in one.found],
        "figures": [_figure(figure) for figure in one.shown],
    }


def _effect(found: Found) -> dict[str, Any]:
    matters = found.effect.matters
    return {
        "what": found.effect.what,
        "unit": found.effect.unit,
        "pooled": _mean(found.pooled.mean),
        "places": [
            {"place": place.name, "holds": place.holds, "effect": _mean(place.figure.mean)} for place in found.places
        ],
        "from": matters.low if isfinite(matters.low) else None,
        "to": matters.high if isfinite(matters.high) else None,
        "because": matters.because,
        "chance": round(found.chance, _DIGITS),
        "verdict": found.verdict,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"what": figure.what, "unit": figure.unit, **(_mean(figure.mean) or {"value": None, "error": None})}
