"""How runs came out, and how far scenarios were played, in words that lists and lines share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import TYPE_CHECKING

from engine.results import ENDINGS
from engine.words import gettext, marked
from game.shelf import copies

if TYPE_CHECKING:
    from engine.record import Header
    from game.home.run_files import Run
    from game.shelf.library import Entry


def is_shown(best: int | None) -> bool:
    """Whether a best result, as a percentage of par, is told: one that earned nothing is none."""
    return best is not None and best > 0


def played(entry: Entry) -> list[str]:
    """How far a scenario was played: `best 91% of par`, `best retry 100%`, `1 unfinished`."""
    facts: list[str] = []
    if is_shown(entry.best):
        facts.append(gettext("best {percent}% of par").format(percent=entry.best))
    elif entry.finished:
        facts.append(gettext("no best yet"))
    if is_shown(entry.retried):
        facts.append(gettext("best retry {percent}%").format(percent=entry.retried))
    if entry.other_best is not None:
        facts.append(gettext("best of another version {percent}%").format(percent=entry.other_best))
    if entry.waiting:
        facts.append(gettext("{count} over, result to come").format(count=len(entry.waiting)))
    if entry.unfinished:
        facts.append(gettext("{count} unfinished").format(count=len(entry.unfinished)))
    if entry.other_unfinished:
        facts.append(gettext("{count} unfinished of another version").format(count=len(entry.other_unfinished)))
    return facts


def title(head: Header, titles: Mapping[str, str]) -> str:
    """The title of the scenario that a run was played with: of those here, else of its kept copy, else its id."""
    return titles.get(head.scenario) or copies.title(head) or head.scenario


def version(run: Run, digests: Mapping[str, Set[str]], titles: Mapping[str, str]) -> str:
    """What is to be said of the scenario that a run was played with; nothing where it is the one that is here."""
    if any(run.is_of(digest) for digest in digests[run.header.scenario]):
        return ""
    return gettext("another version") if run.header.scenario in titles else gettext("not in the library")


def result_text(run: Run) -> str:
    """How a run came out: `order, 91% of par, conduct 88%`, or why that is not known yet."""
    if run.closing is None:
        return gettext("over, result to come") if run.over else gettext("unfinished")
    return came_out([result for _, result in run.closing.results], run.closing.par, run.closing.conduct)


def came_out(results: Iterable[str | None], par: int | None, conduct: int) -> str:
    """The results of a run, each once; None is a sale that is not over. `par` is the share of it that was earned."""
    named = ", ".join(
        dict.fromkeys(gettext(ENDINGS.get(result, result) if result else marked("not over")) for result in results)
    )
    if par is None:
        return gettext("{results}, conduct {conduct}%").format(results=named, conduct=conduct)
    return gettext("{results}, {par}% of par, conduct {conduct}%").format(results=named, par=par, conduct=conduct)
