"""Finished runs as their files tell of them, without anybody playing: for tests of what comes of many runs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.record import Closing, Header, closing_text, header_text, move_text
from engine.rules import RULES_VERSION
from game.home import profile

BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Played:
    """A run: the first of its kind is begun in an hour of its own, `number` hours after the first."""

    number: int
    seed: int | None = None
    """Its own number, if none is given."""
    scenario: str = "kiosk"
    digest: str = "0" * 16
    rules: int = RULES_VERSION
    par: int | None = 80
    conduct: int = 70
    skills: dict[str, tuple[int, int]] = field(default_factory=dict)
    retry_of: str | None = None
    finished: bool = True
    moves: int = 2

    @property
    def started(self) -> datetime:
        return BEGUN + timedelta(hours=self.number)

    @property
    def name(self) -> str:
        return f"{self.started:%Y%m%d-%H%M%S}-000-{self.scenario}.run"

    @property
    def opening(self) -> str:
        return f"{self.number:016x}"

    @property
    def path(self) -> Path:
        return profile.runs_dir() / self.name

    def write(self) -> Path:
        """Write its record, and its debrief if it is over, as far as a history reads them."""
        seed = self.number if self.seed is None else self.seed
        started = f"{self.started:%Y-%m-%dT%H:%M:%SZ}"
        head = Header(
            *(self.scenario, self.digest, self.rules, seed, "novice", False, started, self.opening, self.retry_of)
        )
        text = header_text(head) + "".join(
            move_text(number + 1, "where-to", 0, "0" * 16) for number in range(self.moves)
        )
        if self.finished:
            text += closing_text(Closing((("buyer", "order"),), 1200, self.conduct, self.par, "0" * 16))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(text)
        if self.finished:
            debrief = {
                "form": 1,
                "title": f"The {self.scenario}",
                "currency": "EUR",
                "opening": self.opening,
                "seed": seed,
                "moves": [{"text": "", "changes": []}] * self.moves,
                "debrief": {"scorecard": {"value": 1200, "conduct_percent": self.conduct, "result_percent": self.par}},
                "skills": [{"name": name, "part": part, "whole": whole} for name, (part, whole) in self.skills.items()],
            }
            self.path.with_suffix(".debrief.json").write_text(json.dumps(debrief))
        return self.path

    def analyse(self, accuracy: float) -> None:
        """Write what a history reads of an analysis."""
        found = {"form": 1, "opening": self.opening, "digest": self.digest, "rules": self.rules, "accuracy": accuracy}
        self.path.with_suffix(".coach.json").write_text(json.dumps(found))
