"""Whether a buyer can ever order, and if not, why not: with the numbers, proved where that can be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from engine.authoring.exploring import begin, explore
from engine.authoring.judging import ENOUGH, OFTEN, Judge, plays_text, way
from engine.authoring.plain_words import span_words
from engine.authoring.proving import prove
from engine.calendar import span_text
from engine.rules import prepare
from engine.scenario.compiled import Prospect, Scenario
from engine.scenario.report import Place, percent
from engine.scenario.vocabulary import ASKS
from engine.units import DAY, HOUR, Span

UNHURRIED: Final = 100
"""Plays with all the time in the world, to find out how long the way to the question is."""


@dataclass(frozen=True, slots=True)
class Ordering(Judge):
    """Whether anything can be sold to a prospect."""

    def decision(self) -> None:
        """Whether this buyer can ever order, and in the first conversation where the ceiling says that some do."""
        buyer, deadline = self.prospect.buyer, self.scenario.calendar.deadline
        if buyer.real and not buyer.today and buyer.ready.low >= deadline:
            message = (
                f"nobody can ever order: buyers can decide {span_words(buyer.ready)} after the start, and the sale is "
                f"over after {span_text(deadline)} (by arithmetic)"
            )
            if self.draft.buyer.ready is not None:
                place = self.draft.place("buyer", "ready")
            elif self.draft.sale == "multi-call" and self.report.exists(self.draft.place("sale")):
                place = self.draft.place("sale")
            else:
                place = self.draft.place("buyer")
            help = (
                f"give the calendar a `deadline` beyond {span_text(buyer.ready.high)}, or make buyers `ready` earlier"
            )
            self._at_key("FV606", place, message, help, "error")
        elif buyer.real and self._asks() and (self._proved("ask") or self._proved("priced-ask")):
            why = (
                "the decision can be asked for nowhere"
                if self._proved("ask")
                else "the price is named nowhere before it"
            )
            message = f"nobody can ever order: {why} ({self._surely})"
            help = "see what the line that asks waits for, and where the price is named"
            self._at_key("FV606", self._asking_place(), message, help, "error")
        elif self.found.plays >= ENOUGH and self._times("spoken-to") and buyer.real:
            if not self._times("could-order"):
                self._at_key("FV606", self._asking_place(), f"nobody could ever order: {self._never()}")
            elif buyer.today and not self._times("first-ask") and self._times("spoken-to") >= OFTEN:
                place = self._asking_place()
                if self.draft.ceiling is not None:
                    place = self.draft.place("ceiling")
                share = percent(buyer.today)
                message = (
                    f"{share} could order in the first conversation at best, and nobody can: {self._not_at_first()}"
                )
                self._at_key(
                    "FV605", place, message, "shorten the way to the question, or give the buyer more patience"
                )

    def _asks(self) -> bool:
        """Whether any line asks for the decision; that none does is found by reading."""
        return any(line.kind in ASKS for line in self.prospect.lines)

    def _asking_place(self) -> Place:
        asks = [line.id for line in self.prospect.lines if line.kind == "ask-for-decision"]
        return self.draft.place("lines", asks[0]) if asks else self.draft.place("lines")

    def _never(self) -> str:
        if not self._times("ask"):
            return f"no play came to where the decision can be asked for ({self._plays})"
        if not self._times("priced-ask"):
            return f"no play came to hear the price before the question ({self._plays})"
        early, missing = self._times("not-ready"), self._times("missing")
        if early or missing:
            why = (
                f"whoever decides with them was not at the table in {missing:,} plays"
                if missing >= early
                else f"they could not decide yet in {early:,} plays"
            )
            return f"when the question could be asked, {why}, and in none could they say yes ({self._plays})"
        return f"no buyer who is one was ever asked ({self._plays})"

    def _not_at_first(self) -> str:
        if self.who in self.found.first_ask:
            alone = percent(self.prospect.buyer.decides[0])
            return (
                f"the question can be asked, but nobody who decides was at the table then ({alone} decide alone; "
                f"{self._plays})"
            )
        patience = Span(*(seconds // 60 for seconds in _patience(self.prospect, self.scenario)))
        stays = f"patience is {patience.low}..{patience.high} minutes"
        proof = prove(prepare(_unhurried(self.scenario)))
        first = proof.first_ask[self.who] if proof is not None and proof.states else None
        if first is not None:
            return f"{stays}, and the shortest way to the question takes {first} (proved){self._unhurried_way()}"
        if proof is not None and proof.first_ask[self.who] is None:
            return (
                "no way in the first conversation leads to the question with the price known, however long it lasts "
                "(proved)"
            )
        unhurried = explore(begin(_unhurried(self.scenario), self.found.seed), UNHURRIED)
        if self.who not in unhurried.first_ask:
            tried = f"{plays_text(unhurried)}, with all the time there is"
            return f"no play came to the question with the price known ({tried})"
        minutes, path = unhurried.first_ask[self.who]
        return (
            f"{stays}, and the shortest way to the question takes {minutes} ({UNHURRIED} plays with all the time there "
            f"is): {way(unhurried, path)}"
        )

    def _unhurried_way(self) -> str:
        unhurried = explore(begin(_unhurried(self.scenario), self.found.seed), UNHURRIED)
        return f": {way(unhurried, unhurried.first_ask[self.who][1])}" if self.who in unhurried.first_ask else ""


def _unhurried(scenario: Scenario) -> Scenario:
    """The same scenario, with buyers who have all the time in the world."""
    long = Span(8 * HOUR * 60, 8 * HOUR * 60)
    return replace(
        scenario,
        calendar=replace(scenario.calendar, visit=8 * HOUR, deadline=max(scenario.calendar.deadline, DAY)),
        prospects=tuple(replace(one, buyer=replace(one.buyer, patience=long)) for one in scenario.prospects),
    )


def _patience(prospect: Prospect, scenario: Scenario) -> tuple[int, int]:
    most = scenario.calendar.visit * 60
    return min(prospect.buyer.patience.low, most), min(prospect.buyer.patience.high, most)


__all__ = ["Ordering"]
