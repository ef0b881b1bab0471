"""What plays and proof have found of one prospect, and the words in which a problem says how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.authoring.exploring import Exploration, Path
from engine.authoring.parts import Part
from engine.authoring.proving import Proof
from engine.scenario.compiled import Prospect, Scenario
from engine.scenario.drafts import Draft
from engine.scenario.problems import Level
from engine.scenario.report import Place, Report

ENOUGH: Final = 200
"""Plays before what none of them came upon says anything."""
OFTEN: Final = 150
"""Plays in which something could have come up, before it is odd that it never did."""
_LONGEST_WAY: Final = 10
"""Moves of a way that are written out."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads what was found of one prospect."""

    who: int
    draft: Draft
    prospect: Prospect
    scenario: Scenario
    found: Exploration
    proof: Proof | None
    report: Report
    doubted: frozenset[int] = frozenset()
    """Lines of the file with a condition of which reading has found that it can never hold."""

    def _times(self, what: str, of: int = 0, nth: int = 0) -> int:
        return self.found.times(Part(what, self.who, of, nth))

    def _way(self, what: str, of: int = 0) -> str:
        path = self.found.path(Part(what, self.who, of))
        return f"; the shortest way there: {way(self.found, path)}" if path else ""

    @property
    def _plays(self) -> str:
        return plays_text(self.found)

    def _proved(self, what: str, of: int = 0, nth: int = 0) -> bool:
        """Whether it is proved that something never comes up."""
        return self.proof is not None and Part(what, self.who, of, nth) not in self.proof.possible

    @property
    def _surely(self) -> str:
        """How something was proved."""
        states = self.proof.states if self.proof is not None else None
        return f"proved, all {states:,} states" if states else "proved"

    def _how(self, proved: bool) -> str:
        return self._surely if proved else self._plays

    def _at_key(self, code: str, place: Place, message: str, help: str = "", level: Level = "warning") -> None:
        self.report.at_key(code, level, place, message, help)


def way(exploration: Exploration, path: Path) -> str:
    """A path as an author reads it: the lines in their order, and the seed."""
    names = [exploration.rules.names[move] for move in path.moves]
    shown = ", ".join(names[:_LONGEST_WAY]) + (", ..." if len(names) > _LONGEST_WAY else "")
    return f"{shown} (seed {path.seed})" if names else f"at once (seed {path.seed})"


def plays_text(exploration: Exploration) -> str:
    """How many plays something was found in, and which."""
    return f"in {exploration.plays:,} plays, seed {exploration.seed}"


__all__ = ["ENOUGH", "OFTEN", "Judge", "plays_text", "way"]
