"""What lists say of scenarios and of runs, in words that screens and lines share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.scenario.vocabulary import RESULTS
from game import copies

if TYPE_CHECKING:
    from engine.record import Header
    from game.library import Entry
    from game.profile import Run


def played(entry: Entry) -> list[str]:
    """How far a scenario was played: `best 91% of par`, `best retry 100%`, `1 unfinished`."""
    facts: list[str] = []
    if entry.best is not None:
        facts.append(f"best {entry.best}% of par")
    if entry.retried is not None:
        facts.append(f"best retry {entry.retried}%")
    if entry.other_best is not None:
        facts.append(f"best of another version {entry.other_best}%")
    if entry.unfinished:
        facts.append(f"{len(entry.unfinished)} unfinished")
    if entry.other_unfinished:
        facts.append(f"{len(entry.other_unfinished)} unfinished of another version")
    return facts


def title(head: Header, titles: Mapping[str, str]) -> str:
    """The title of the scenario that a run was played with: of those here, else of its kept copy, else its id."""
    return titles.get(head.scenario) or copies.title(head) or head.scenario


def outcome(run: Run) -> str:
    """How a run came out: `order, 91% of par, conduct 88%`, or that it did not yet."""
    if run.closing is None:
        return "unfinished"
    results = ", ".join(dict.fromkeys(RESULTS.get(result, result) for _, result in run.closing.results))
    par = f", {run.closing.par}% of par" if run.closing.par is not None else ""
    return f"{results}{par}, conduct {run.closing.conduct}%"
