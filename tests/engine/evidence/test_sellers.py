"""Claims about the sellers made for experiments: each does the one thing that its experiment is about."""

from __future__ import annotations

from engine import world as at
from engine.evidence.lab import opening
from engine.evidence.sellers import DayLate, Late
from engine.playing import play_out
from engine.rules import Move
from engine.sight import Sight
from engine.units import DAY
from tests.engine.sales import bundled


class Watched:
    """One run of a scenario with one buyer: when a seller called them, and which dates were agreed when."""

    def __init__(self, scenario: str, seller: DayLate | Late, seed: int) -> None:
        self.calls: list[int] = []
        self.dates: list[tuple[int, int]] = []
        """The minute of the last contact before an agreed date, and that date."""
        game = bundled(scenario)
        choose = seller.sit_down(game.rules, seed)
        core, luck = opening(game, seed)

        def watch(s: Sight) -> Move:
            agreed = None if s.talking else s.agreed_at(s.who)
            if agreed is not None:
                self.dates.append((s.last_contact(s.who) or s.now, agreed))
            move = choose(s)
            if s.catalogue.kind[move] == "call" and not s.here(s.who) and agreed is None:
                self.calls.append(s.now)
            return move

        self.first_talk = play_out(game.rules, core, luck, watch)[at.FIRST][at.FIRST_TALK]


def test_who_lets_a_night_pass_agrees_no_date_on_the_same_day_and_still_calls() -> None:
    runs = [Watched("saturday-showroom", DayLate("same-day"), seed) for seed in range(80)]
    dates = [date for run in runs for date in run.dates]
    calls = [(run.first_talk, minute) for run in runs for minute in run.calls]
    assert dates
    assert all(agreed // DAY > talked // DAY for talked, agreed in dates)
    assert len(calls) > 20
    assert all(minute // DAY > first // DAY for first, minute in calls)


def test_who_begins_late_does_nothing_with_anybody_before() -> None:
    runs = [Watched("pricing-form", Late("speed-first", DAY), seed) for seed in range(20)]
    start = bundled("pricing-form").rules.start
    assert all(minute >= start + DAY for run in runs for minute in run.calls)
    assert any(run.calls for run in runs)
