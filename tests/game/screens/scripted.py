"""A run that follows a script instead of the rules, so that pictures of screens do not change with the rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from engine.changes import Change
from engine.course import CurvePoint
from engine.debrief import Debrief, Ending
from engine.events import Event
from engine.moments import Moment
from engine.play import State
from engine.record import Header
from engine.scenario import Scenario
from engine.score import Headline, Scorecard
from engine.term import Term
from engine.units import points, signed
from engine.view import Cues, FactView, Meters, ObjectionView, Option, PlayerView, Promise, ProspectView, Said
from game.runs import accounts
from game.runs.accounts import Account, Told
from game.runs.playable import at_last_word
from game.runs.scene import Scene, scene
from game.runs.session import Session
from game.words.errors import SaveError

START = 2 * 1440 + 10 * 60
"""Wednesday 10:00."""

NOVICE = Meters(interest=58, excitement=20, conviction=33, trust=40, pressure=2)
OPTIONS = (
    Option(0, "where-to", "Where are you off to?", "open-question", 3, "buyer"),
    Option(1, "this-one", "This one opens with one hand, and it has been turned inside out by worse winds "
           "than the one out there.", "present", 4, "buyer"),
    Option(2, "have-it", "Shall I ring it up?", "ask-for-decision", 1, "buyer"),
    Option(3, "some-day", "Come back any time.", "vague-follow-up", 1, "buyer"),
)  # fmt: skip
LATER = (
    Option(4, "call@sam", "Ring Sam at work.", "call", 2, "buyer"),
    Option(5, "wait.1h", "Let 1 h pass, until Wed 11:04.", "wait", 60, None),
    Option(6, "wait.morning", "Wait until opening time, Thu 09:00.", "wait", 1320, None),
)
SAM = ProspectView(
    id="buyer", name="Sam", briefing="It rains. Somebody looks\nat the umbrellas.", result=None, stage="talk",
    conversations=1, attempts=0, asks=0, asks_now=0, touches=0, last_contact=None, here=False, promise=None, facts=(),
    objections=(), outcome=None, present=(), price=2000, mood="open", meters=NOVICE,
)  # fmt: skip
FIRST = PlayerView(
    minute=START, start=START, deadline=START + 2 * 1440, place="conversation", talking_to="buyer", channel="visit",
    patience=1500, patience_full=1800, worked=0, prospects=(SAM,), options=OPTIONS, transcript=(), tips=(),
)  # fmt: skip


def second(cues: str = "novice") -> PlayerView:
    """The moment after a good question."""
    told = replace(
        SAM,
        facts=(FactView("dry", "need", "I have to get to the station dry.", met=False),),
        objections=(ObjectionView("price", "Twenty is a lot for an umbrella.", handled=False),),
        mood=None if cues == "expert" else "warm",
        meters=replace(NOVICE, interest=61, conviction=36, trust=45) if cues == "novice" else None,
    )
    return replace(
        FIRST,
        minute=START + 3,
        patience=1320,
        worked=3,
        prospects=(told,),
        options=OPTIONS[1:],
        transcript=(
            Said(START, "seller", "Where are you off to?", "buyer"),
            Said(START + 3, "buyer", "The station, and I have to get there dry. Twenty is a lot for an umbrella.",
                 "buyer", None if cues == "expert" else "warm"),
            Said(START + 3, "narrator", "A gust turns the rack by the door.", "buyer"),
        ),
        tips=((0, "What Sam said first is a need. An offer that answers it works; the same words without it do not."),),
    )  # fmt: skip


def third() -> PlayerView:
    """After the conversation: a vague promise, and silence."""
    before = second()
    sam = replace(
        before.prospects[0],
        last_contact=START + 4,
        promise=Promise("vague", None, "call"),
        meters=replace(NOVICE, interest=50, excitement=11, conviction=35, trust=45),
    )
    return replace(
        before,
        minute=START + 4,
        place="between",
        talking_to=None,
        channel=None,
        patience=None,
        patience_full=None,
        worked=4,
        prospects=(sam,),
        options=LATER,
        transcript=(
            *before.transcript,
            Said(START + 4, "seller", "Come back any time.", "buyer"),
            Said(START + 4, "buyer", "I will, thanks.", "buyer", "warm"),
        ),
        tips=(),
    )


def fourth() -> PlayerView:
    """A day later: it is over."""
    before = third()
    return replace(
        before,
        minute=START + 1440,
        place="over",
        prospects=(replace(before.prospects[0], result="lost-to-rival"),),
        options=(),
        transcript=(
            *before.transcript,
            Said(START + 1440, "narrator", "Sam walks past under a new umbrella.", "buyer"),
        ),
    )


SCRIPT = (FIRST, second(), third(), fourth())
AGREED = replace(SCRIPT[2].prospects[0], promise=Promise("timed", START + 1440, "call"))
"""Somebody with whom the same time tomorrow is agreed."""


class _State:
    """A moment of the script, as far as screens look at states."""

    def __init__(self, views: tuple[PlayerView, ...], at: int) -> None:
        self._views, self._at = views, at
        self.minute = views[at].minute
        self.action = (-1, 0, 3, 6)[at]
        self.moves = at
        self.events: tuple[Event, ...] = (
            (Event(self.minute, 0, "trust", 500, "asking, and letting the buyer tell"),) if at == 1 else ()
        )
        self.previous = _State(views, at - 1) if at else None

    def player_view(self, cues: str = "novice") -> PlayerView:
        return self._views[self._at]

    glance = player_view

    def states(self) -> tuple[_State, ...]:
        return (*(self.previous.states() if self.previous else ()), self)


class ScriptedRun:
    """Stands in for a `Session`: every move is the next page of the script."""

    def __init__(
        self, scenario: Scenario, views: tuple[PlayerView, ...] = SCRIPT, *, live: bool = False, cues: str = "novice"
    ) -> None:
        self.scenario = scenario
        self.scenario_path: Path | None = None
        self.seed, self.cues, self.live = 7, cues, live
        self.header = Header(scenario.id, scenario.digest(), 1, 7, "novice", live, "2026-03-07T09:41:12Z", "0" * 16)
        self.record_path: Path | None = None
        self.views, self.at = views, 0
        self.chosen: list[tuple[int, int]] = []
        self.retried: list[int] = []
        self.full_disk = False

    @property
    def state(self) -> _State:
        return _State(self.views, self.at)

    @property
    def finished(self) -> bool:
        return self.views[self.at].place == "over"

    def view(self) -> PlayerView:
        return self.views[self.at]

    @property
    def moves(self) -> int:
        return self.at

    @property
    def scene(self) -> Scene:
        return scene(self.scenario)

    def remembered(self, prospect: str) -> Meters | None:
        one = next(each for each in self.view().prospects if each.id == prospect)
        return at_last_word(cast(State, self.state), one, cast(Cues, self.cues))

    async def make(self, action: int, think: int) -> None:
        self.choose(action, think)

    def choose(self, action: int, think: int = 0) -> tuple[Event, ...]:
        self.chosen.append((action, think))
        self.at += 1
        if self.full_disk:
            self.full_disk = False
            raise SaveError("This run is no longer kept: the disk is full. You can play on.")
        return self.state.events

    def retry(self, move_index: int, runs_dir: Path | None = None) -> ScriptedRun:
        self.retried.append(move_index)
        again = ScriptedRun(self.scenario, self.views)
        again.at = move_index
        return again

    def changes(self) -> tuple[Change, ...]:
        return tuple(Change(each.prospect, each.what, points(each.amount), each.cause) for each in self.state.events)

    def course(self) -> tuple[tuple[Change, ...], ...]:
        again = ScriptedRun(self.scenario, self.views)
        moved = []
        for again.at in range(1, self.at + 1):
            moved.append(again.changes())
        return tuple(moved)

    @property
    def par(self) -> SimpleNamespace:
        """Nothing is waited for, and there is nothing to hear."""
        return SimpleNamespace(known=DEBRIEF, so_far=None, hear=lambda tell: None)

    def prepare_par(self, stopped: object) -> None:
        """Nothing to work out."""

    def settle(self, advance: object = None) -> None:
        """Nothing to keep."""

    def close(self) -> None:
        """Nothing to let go."""

    def debrief(self) -> Debrief:
        return DEBRIEF

    def account(self) -> Account:
        """What there is to show once the script is over."""
        chosen = accounts._said(cast(State, self.state), "novice")
        head, view = self.header, self.view()
        return Account(
            program="0.1.0", rules=head.rules, digest=head.digest, scenario=head.scenario, title=self.scenario.title,
            tutorial=not self.scenario.teaches, currency=self.scenario.prospects[0].offer.currency, seed=head.seed,
            cues=head.cues, live=head.live, started=head.started, opening=head.opening, start=view.start,
            debrief=self.debrief(),
            moves=tuple(
                Told(text, tuple(("buyer", f"{one.level} {signed(one.points)}: {one.cause}") for one in moved))
                for text, moved in zip(chosen, self.course(), strict=True)
            ),
            transcript=view.transcript,
        )  # fmt: skip


def scripted(scenario: Scenario, **more: Any) -> Session:
    """A scripted run in the place of a session."""
    return cast(Session, ScriptedRun(scenario, **more))


def _curve() -> tuple[CurvePoint, ...]:
    points = [
        CurvePoint(START, 58, 20, 33, 40, None, silence=False),
        CurvePoint(START + 3, 61, 20, 36, 45, 0, silence=False),
        CurvePoint(START + 4, 60, 19, 36, 46, 1, silence=False),
    ]
    for part in range(1, 12):
        points.append(
            CurvePoint(START + 4 + part * 120, 60 - 3 * part, 19 - 19 * part // 12, 36, 46, None, silence=True)
        )
    return (*points, CurvePoint(START + 1440, 26, 0, 21, 46, 2, silence=True))


DEBRIEF = Debrief(
    endings=(
        Ending("buyer", "Sam", "lost-to-rival", "Sam: lost to a rival, day 2, Thu 10:00: bought at the station.",
               ("Could have decided in the first conversation.", "Decides alone.",
                "Behind 'Twenty is a lot' lay nothing."), "Day 2, Thu 10:00: bought at the station."),
    ),
    scorecard=Scorecard(
        result=(
            Term("Sam: no order", 0, "money", "nothing sold", "lost to a rival"),
            Term("Sam: your time", -400, "money", "4 min at 60 an hour", "4 min of conversations"),
        ),
        conduct=(Term("needs found", 100, "percent", "100 x 40 / 40", "40 of 40: weight of the needs you were told"),),
        first_visit_close=Headline("first-visit close", "0 of 1", "could have been closed on the first visit", True),
        follow_up_dependence=Headline("follow-up dependence", "1 to 0", "1 continuation, 0 decisions collected", True),
        value=-400, par=1200, par_error=10, result_percent=0, result_error=1, conduct_percent=70,
    ),
    curves={"buyer": _curve()},
    silence_lost={"buyer": 34},
    moments=(
        Moment(0, START, "buyer", 8, "Where are you off to?", ("trust +5: asking, and letting the buyer tell",),
               "Sam told you about the station; the umbrella answered that."),
        Moment(1, START + 3, "buyer", -4, "Come back any time.", ("nothing was agreed",), "No date, no second visit."),
        Moment(2, START + 4, "buyer", -34, "You let time pass.", ("bought at the station",), ""),
    ),
)  # fmt: skip
