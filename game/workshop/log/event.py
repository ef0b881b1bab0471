"""Event files: what a host writes down beforehand, checked as a scenario is, with every mistake at its place.

    format: 1
    title: Spring contest
    rounds:
      - scenario: saturday-showroom
        buyers: 3
        minutes: 20

Importing this module imports pydantic.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field

from engine.scenario import fields as f
from engine.scenario.conditions import Part, Whole
from engine.scenario.forms import filled
from engine.scenario.problems import Problem, ScenarioErrors, Spot
from engine.scenario.reading import Tree
from engine.scenario.schema import tidied
from game.words.errors import Failure, why_not
from game.words.terms import CUES
from game.workshop.log import plan
from game.workshop.log.plan import Board, Event, Moment, RoundPlan

if TYPE_CHECKING:
    from engine.scenario.compiled import Scenario

MOST_ROUNDS: Final = 30
TITLE: Final = "First Visit event, format 1"

Cues = Annotated[str, *f.one_of(CUES)]
Shows = Annotated[str, *f.one_of(plan.SHOWS)]
Until = Annotated[str, *f.one_of(plan.UNTIL)]
Ties = Annotated[str, *f.one_of(plan.TIES)]
Names = Annotated[str, *f.one_of(plan.NAMES)]
File = f.Say
"""A name of something outside the file."""


class MomentPart(Part):
    """A move of a recorded run."""

    run: File = Field(description="The file of a recorded run of this scenario.")
    move: Annotated[int, *f.whole(1, 2000)] = Field(
        description="The move that is everybody's first: those before it are made already."
    )


class RoundPart(Part):
    """One round: everybody meets the same buyers."""

    scenario: File = Field(description="The id of a scenario, or the path of its file.")
    buyers: Annotated[int, *f.whole(1, plan.MOST_BUYERS)] | None = Field(
        None, description="How many buyers everybody meets, one after the other. Default: 3; 1 with `from`."
    )
    minutes: Annotated[int, *f.whole(1, 1440)] = Field(
        20, description="After this time no more moves are taken. Default: 20."
    )
    cues: Cues = Field("novice", description="How much of the buyer shows. Default: novice.")
    live: f.Flag = Field(False, description="yes: thinking costs the buyer's patience. Default: no.")
    moment: MomentPart | None = Field(None, alias="from", description="Begin at a move of a recorded run.")


class BoardPart(Part):
    """The board that everybody sees."""

    shows: Shows = Field("everybody", description="Whom it shows. Default: everybody.")
    top: Annotated[int, *f.whole(1, 200)] = Field(10, description="How many places `shows: top` shows. Default: 10.")
    until: Until = Field("always", description="When places are shown. Default: always.")
    freeze: Annotated[int, *f.whole(0, 1440)] = Field(
        0, description="For this many last minutes of a round it stands still. Default: 0."
    )


class EventFile(Whole):
    """A competition in a room."""

    CALLED, SUCH_AS, BEGINS = "an event", "title: Spring contest", "format: 1"

    format: Annotated[int, *f.format_of(1, "format 1")] = Field(description="The version of the format: 1.")
    title: f.Title = Field(description="What it is called.")
    rounds: Annotated[tuple[RoundPart, ...], Field(max_length=MOST_ROUNDS)] | None = Field(
        None, description="What is played, round after round. At least one."
    )
    teams: f.Flag = Field(False, description="yes: players name their team when they join. Default: no.")
    board: BoardPart = Field(BoardPart.model_construct(), description="What the board shows, and when.")
    ties: Ties = Field("conduct", description="Who is ahead when two have earned the same. Default: conduct.")
    late: f.Flag = Field(True, description="no: nobody can join once the first round has begun. Default: yes.")
    names: Names = Field("free", description="Where names come from. Default: free.")
    days: Annotated[int, *f.whole(1, 3650)] = Field(
        90, description="After this many days everything kept of the event is deleted. Default: 90."
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """An event that can be played: its plan, and each round's scenario, as text too."""

    event: Event
    scenarios: tuple[Scenario, ...]
    texts: tuple[bytes, ...]


Load = Callable[[str], "tuple[Scenario, bytes]"]
"""Finds a scenario by its id or path. Raises `Failure` or `ScenarioErrors`."""
Read = Callable[[str], bytes]
"""Reads a file that an event names. Raises `OSError`."""


def simple(name: str, load: Load) -> Prepared:
    """The event of one round of three buyers that the name of a scenario stands for."""
    scenario, text = load(name)
    event = Event(title=scenario.title, rounds=(RoundPlan(scenario.id),))
    return Prepared(event, (scenario,), (text,))


def read_event(text: bytes, path: str, load: Load, read: Read) -> Prepared:
    """The event in a file; `path` only names the file in problems.

    Raises `ScenarioErrors` with all problems of the file, whatever the bytes are.
    """
    found = filled(text, path, EventFile, _checked)
    rounds: list[_Round] = []
    elsewhere: list[Problem] = []
    if found.file is not None and found.tree is not None:
        for number, part in enumerate(found.file.rounds or ()):
            if not found.broken & {("rounds", number), ("rounds", number, "scenario")}:
                try:
                    rounds.append(_round(part, ("rounds", number), found.tree, load, read))
                except ScenarioErrors as error:
                    elsewhere += error.problems
    file = found.sound(elsewhere)
    return Prepared(_event(file, rounds), tuple(each.scenario for each in rounds), tuple(each.text for each in rounds))


@dataclass(frozen=True, slots=True)
class _Round:
    plan: RoundPlan
    scenario: Scenario
    text: bytes


def _event(file: EventFile, rounds: list[_Round]) -> Event:
    return Event(
        title=file.title,
        rounds=tuple(each.plan for each in rounds),
        teams=file.teams,
        board=Board(**file.board.model_dump()),
        ties=file.ties,  # type: ignore[arg-type]  # `one_of` has read it
        late=file.late,
        names=file.names,  # type: ignore[arg-type]
        days=file.days,
    )


def _checked(file: EventFile, tree: Tree) -> list[Problem]:
    """What does not belong together."""
    problems = []
    if not file.rounds:
        spot = tree.spot(("rounds",)) if "rounds" in tree.root.children else Spot(1, 1)
        problems.append(
            Problem("FV202", "error", tree.path, spot, "an event has one round or more", "add `rounds:` with a list")
        )
    if file.board.shows == "teams" and not file.teams:
        problems.append(_unfit(tree, ("board", "shows"), "there are no teams to show", "add `teams: yes`"))
    for number, part in enumerate(file.rounds or ()):
        place = ("rounds", number)
        if part.moment is not None and (part.buyers or 1) > 1:
            problems.append(
                _unfit(tree, (*place, "buyers"), "a round that begins at a moment has one buyer", "leave `buyers` out")
            )
    shortest = min((each.minutes for each in file.rounds or ()), default=file.board.freeze)
    if file.board.freeze > shortest:
        message = "a round is shorter than the time in which the board stands still"
        problems.append(_unfit(tree, ("board", "freeze"), message, f"write at most {shortest}"))
    return problems


def _unfit(tree: Tree, place: tuple[str | int, ...], message: str, help: str) -> Problem:
    return Problem("FV502", "error", tree.path, tree.spot(place), message, help)


def _round(part: RoundPart, place: tuple[str | int, ...], tree: Tree, load: Load, read: Read) -> _Round:
    """Raises `ScenarioErrors` if its scenario, or the run that it begins with, cannot be had."""
    try:
        scenario, text = load(part.scenario)
    except (Failure, ScenarioErrors) as error:
        raise _gone(tree, (*place, "scenario"), str(error)) from None
    moment = None
    if part.moment is not None:
        try:
            moment = _moment(part.moment, scenario, read)
        except (ValueError, OSError) as error:
            why = why_not(error)
            raise _gone(tree, (*place, "from", "run"), f"{part.moment.run}: {why}") from None
    made = RoundPlan(
        scenario=scenario.id,
        buyers=1 if moment is not None else part.buyers or 3,
        minutes=part.minutes,
        cues=part.cues,  # type: ignore[arg-type]
        live=part.live,
        moment=moment,
    )
    return _Round(made, scenario, text)


def _moment(part: MomentPart, scenario: Scenario, read: Read) -> Moment:
    """Raises `ValueError` or `OSError` if the run cannot be replayed to that move."""
    from engine.play import Game
    from engine.record import LARGEST, read_record
    from engine.replay import replay

    data = read(part.run)
    if len(data) > LARGEST:
        raise ValueError("this is not the record of a run")
    record = read_record(data)
    state = replay(record, Game(scenario))
    if part.move > len(record.moves):
        raise ValueError(f"this run has {len(record.moves)} moves, so there is no move {part.move}")
    moves = tuple((each.name, each.think) for each in record.moves[: part.move - 1])
    return Moment(state.seed, moves)


def _gone(tree: Tree, place: tuple[str | int, ...], message: str) -> ScenarioErrors:
    return ScenarioErrors((Problem("FV501", "error", tree.path, tree.spot(place), message),))


def reader(folder: Path) -> Read:
    """Reads files that an event in this folder names."""
    from engine.record import LARGEST
    from game.home.files import read_regular

    return lambda name: read_regular(folder / name, LARGEST + 1)


def schema_text() -> str:
    """The JSON Schema of event files, for editors that complete and check while you type."""
    made: dict[str, Any] = tidied(EventFile.model_json_schema(by_alias=True))
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = TITLE
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
