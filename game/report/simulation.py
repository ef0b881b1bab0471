"""What a simulation found, for people: a table for each scenario, and what an author does with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isfinite
from typing import Final

from engine.intervals import wilson
from engine.listening import Listening
from engine.money import DECIMALS
from engine.simulate import ENDS, Shortest, Tally
from game.report.simulation_data import ENOUGH, Played, Simulation, dependence, shortest
from game.text.wrapping import wrapped
from game.words.visible import visible
from game.words.wording import count

_FIRST, _LATER, _ADVANCE, _NO, _RIVAL, _NOTHING, _EXPIRED, _NEVER = range(len(ENDS))
_FIGURES: Final = ("1st", "later", "no", "lost", "open", "ceil", "lean", "cond", "min")
_LEGEND: Final = (
    "value: what a run earned. In % of all prospects: 1st, later = orders in the first conversation and afterwards; "
    "no = a clear no; lost = to a rival or to no decision; open = undecided at the end, or never contacted. "
    "ceil: orders in the first conversation, in % of those that could have been. lean: continuations and undated "
    "follow-ups per decision; above 1 is a warning. cond: conduct, 0 to 100. min: minutes spent on prospects. "
    "The second table says how far each may be off, with 95% confidence."
)
_BARS: Final = "▁▂▃▄▅▆▇█"
_NONE: Final = "."


def as_text(simulation: Simulation, columns: int) -> Iterator[str]:
    """Yield the lines of the report, wrapped to `columns`. Tables take 80, and more for large amounts."""
    if simulation.stopped:
        yield from wrapped("Stopped early: this is what was played until then.", columns)
        yield ""
    for number, played in enumerate(simulation.played):
        if number:
            yield ""
        yield from _scenario(simulation, played, columns, explained=not number)


def _scenario(simulation: Simulation, played: Played, columns: int, explained: bool) -> Iterator[str]:
    scenario, best = played.scenario, played.best_first()
    yield from wrapped(visible(f"{scenario.title} ({scenario.id})"), columns)
    currency = scenario.currency
    prospects = f", {len(scenario.prospects)} prospects a run" if len(scenario.prospects) > 1 else ""
    yield from wrapped(f"Seeds from {simulation.seed} up{prospects}; value in {currency}.", columns)
    yield ""
    yield from _found(best, currency)
    yield ""
    if explained:
        yield from wrapped(_LEGEND, columns)
        yield ""
    yield from _certainty(best)
    yield ""
    yield from _listening(played, columns)
    yield from _shares("undecided, with a dated step", best, columns, lambda t: (t.ends[_ADVANCE], t.prospects))
    yield from _shares("never contacted", best, columns, lambda t: (t.ends[_NEVER], t.prospects))
    yield from _shares(
        "orders cancelled afterwards",
        best,
        columns,
        lambda t: (sum(t.cancelled), t.ends[_FIRST] + t.ends[_LATER]),
    )
    yield from _named("lines never offered", played.never_offered(), columns)
    yield from _named("lines offered, and never chosen", played.never_chosen(), columns)
    yield ""
    yield from _levels(best)
    yield ""
    yield from _shortest(played, columns)


# --- the table -------------------------------------------------------------------------------------------------------


def _found(best: Sequence[tuple[str, Tally]], currency: str) -> Iterator[str]:
    """Yield the table of what was found, a row for each player."""
    largest = max(abs(tally.value.total) / tally.runs for _, tally in best)
    digits = 0 if largest >= 100_000 else DECIMALS.get(currency, 2)  # hundredths: from a thousand on, cents are noise
    rows: list[tuple[str, ...]] = [("player", "runs", "value", "+/-", *_FIGURES)]
    for name, t in best:
        value, lean = t.value.mean(t.runs), dependence(t)
        rows.append(
            (
                name,
                f"{t.runs:,}",
                f"{value.value / 100:,.{digits}f}",
                _decimals(value.half / 100, digits),
                *(_percent(part, t.prospects) for part in _shown(t)),
                _percent(t.closed, t.could),
                f"{lean.value:.2f}" if lean is not None else "-",
                f"{t.conduct.total / t.runs:.0f}",
                f"{t.minutes.total / t.runs:,.0f}",
            )
        )
    yield from _table(rows)


def _certainty(best: Sequence[tuple[str, Tally]]) -> Iterator[str]:
    """Yield the table of how far each of those figures may be off: the longer side of its interval."""
    rows: list[tuple[str, ...]] = [("+/-", *_FIGURES)]
    for name, t in best:
        lean = dependence(t)
        rows.append(
            (
                name,
                *(f"{100 * _side(part, t.prospects):.1f}" for part in _shown(t)),
                f"{100 * _side(t.closed, t.could):.1f}" if t.could else "-",
                _decimals(lean.half, 2) if lean is not None else "-",
                _decimals(t.conduct.mean(t.runs).half, 1),
                _decimals(t.minutes.mean(t.runs).half, 1),
            )
        )
    yield from _table(rows)


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows in columns, the first one to the left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        name, *cells = row
        yield " ".join([name.ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(cells, widths[1:], strict=True))])


def _shown(tally: Tally) -> tuple[int, ...]:
    """Prospects by how they ended, in the five columns that add up to all of them."""
    ends = tally.ends
    lost, still = ends[_RIVAL] + ends[_NOTHING], ends[_ADVANCE] + ends[_EXPIRED] + ends[_NEVER]
    return ends[_FIRST], ends[_LATER], ends[_NO], lost, still


def _percent(part: int, whole: int) -> str:
    if not whole:
        return "-"
    share = f"{100 * part / whole:.0f}"
    return "<1" if share == "0" and part else share


def _decimals(number: float, digits: int) -> str:
    """A number, or `?` for the error of a single run."""
    return f"{number:,.{digits}f}" if isfinite(number) else "?"


def _side(part: int, whole: int) -> float:
    """The longer side of a share's interval: near 0 and 1 the two differ."""
    low, high = wilson(part, whole)
    return max(high - part / whole, part / whole - low)


# --- listening -------------------------------------------------------------------------------------------------------


def _listening(played: Played, columns: int) -> Iterator[str]:
    """Yield what takes listening here, if script and expert have played, and what the script is."""
    found = played.listening()
    if found.runs:
        yield from wrapped(f"listening share: {_share(found)}", columns, rest="  ")
    if played.script:
        entries = ", ".join(
            played.rules.names[move] + (f" (day: {day}..)" if day else "") for move, day in played.script
        )
        yield from wrapped(f"the script: {entries}", columns, rest="  ")


def _share(found: Listening) -> str:
    buyers = count(found.runs, "buyer")
    if found.of_expert is None or found.share is None:
        return f"unknown; the expert earned nothing from {buyers}"
    share, part = found.share, found.of_expert
    if not isfinite(part.error):
        return f"unknown: one buyer does not tell. The script earned {100 * part.value:.0f}% of what the expert did"
    return (
        f"{100 * share.value:.0f}% ({100 * share.low:.0f} to {100 * share.high:.0f}). From the same {buyers} the best "
        f"script earned {100 * part.value:.0f}% of what the expert did ({100 * part.low:.0f} to {100 * part.high:.0f})"
    )


# --- notes -----------------------------------------------------------------------------------------------------------


def _shares(
    what: str, best: Sequence[tuple[str, Tally]], columns: int, of: Callable[[Tally], tuple[int, int]]
) -> Iterator[str]:
    """Yield a share for each player that has one, if anybody has."""
    found = [f"{name} {_percent(*of(tally))}%" for name, tally in best if of(tally)[0]]
    if found:
        yield from wrapped(f"{what}: {', '.join(found)}", columns, rest="  ")


def _named(what: str, names: Sequence[str], columns: int) -> Iterator[str]:
    yield from wrapped(f"{what}: {', '.join(names) if names else 'none'}", columns, rest="  ")


def _levels(best: Sequence[tuple[str, Tally]]) -> Iterator[str]:
    """Yield histograms of the levels at which each player asks for the decision."""
    yield "when the decision is asked for (ten bins from 0 to 100, a row's fullest is full)"
    widest = max(len(name) for name, _ in best)
    yield f"{'player'.ljust(widest)}  asks a run  {'interest':10}  {'trust':10}  {'pressure':10}"
    for name, tally in best:
        a_run = f"{sum(tally.asks[0]) / tally.runs:10.2f}"
        yield "  ".join([name.ljust(widest), a_run, *(_bars(bins) for bins in tally.asks)])


def _bars(bins: Sequence[int]) -> str:
    most = max(bins)
    return "".join(_BARS[(len(_BARS) * held - 1) // most] if held else _NONE for held in bins)


def _shortest(played: Played, columns: int) -> Iterator[str]:
    if all(tally.runs < ENOUGH for tally in played.tallies.values()):
        yield f"shortest runs: named once a player has {ENOUGH} runs"
        return
    yield "shortest runs"
    for place, end in enumerate(ENDS):
        runs: list[tuple[Shortest, str]] = []
        for name, tally in played.best_first():
            run = shortest(tally)[place]
            if run is not None:
                runs.append((run, name))
        if not runs:
            yield f"  {end}: nobody ended this way"
            continue
        run, name = min(runs, key=lambda one: (one[0].length, one[0].seed))
        moves = ", ".join(played.rules.names[move] for move in run.moves)
        head = f"  {end}: {count(run.length, 'move')} (seed {run.seed}, {name})"
        yield from wrapped(f"{head}: {moves}", columns, rest="    ")
