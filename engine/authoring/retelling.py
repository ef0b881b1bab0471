"""A run told anew: the same choices made in a changed scenario, and the first thing that comes out differently.

A run is told in lines of text, each with a sign for what it is. States are not compared: a line more in the file moves
every number in them, and means nothing to whoever reads what was said and what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, NamedTuple

from engine.authoring.insight import drawn, sayable
from engine.calendar import day_text
from engine.changes import changes
from engine.debrief import debrief
from engine.events import LEVELS, cause_text
from engine.play import Game, IllegalMove, State

DRAWN: Final = "*"
"""Who the seed has drawn."""
SAID: Final = ">"
REPLY: Final = "<"
NARRATED: Final = "~"
CHANGED: Final = "^"
"""A level that moved, and why."""
HAPPENED: Final = "!"
ENDED: Final = "="

SIGNS: Final[Mapping[str, str]] = {
    DRAWN: "who the buyer is",
    SAID: "what you say",
    REPLY: "what the buyer says",
    NARRATED: "what happens without a word",
    CHANGED: "which level moves, and why",
    HAPPENED: "what else comes of it",
    ENDED: "how it ends",
}
"""What each sign stands for."""

_UNTOLD: Final = frozenset({*LEVELS, "said", "reply", "narration", "conversation", "waits", "ends"})
"""Events that are told otherwise, or that their own move tells."""
_ABOUT: Final[Mapping[str, str]] = {
    "knows": "told",
    "met": "need answered",
    "raised": "objection raised",
    "handled": "objection handled",
    "settled": "objection settled",
}
"""Events that are about one thing in the file, whose id is told: the words for it may change."""


class Told(NamedTuple):
    """A line of a run that is told."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One move, and what came of it."""

    move: str
    """Its name; nothing for the beginning, before the first one, and for the end, after the last."""
    when: str
    """The day and time at which it was made."""
    told: tuple[Told, ...]


class Choice(NamedTuple):
    """A move as it can be made in another version of the scenario."""

    move: str
    think: int = 0
    """Seconds of patience that thinking cost."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing that comes out differently."""

    step: int
    """Which step it is in: 0 for the beginning, then the number of the move, then the end."""
    line: int
    """Which line of that step: 0 for the move itself, 1 for the first line told of it."""
    sign: str
    """What it is: one of `SIGNS`, or nothing for a move that cannot be made or is made at another time."""
    sentence: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Retold:
    """A run whose choices were made again, as far as they go."""

    state: State
    stopped: str
    """Why the next choice cannot be made; nothing where all of them could."""


def choices(end: State) -> tuple[Choice, ...]:
    """The choices that led to a state."""
    return tuple(Choice(end.game.move_name(action), think) for action, think in end.history)


def retell(game: Game, seed: int, made: Sequence[Choice]) -> Retold:
    """Make choices, in a run that begins with a seed. One that cannot be made ends it there."""
    state = game.new_initial_state(seed)
    for choice in made:
        try:
            state = state.apply_action(game.move_named(choice.move), choice.think)
        except IllegalMove:
            return Retold(state, _stopped(state, choice.move))
    return Retold(state, "")


def _stopped(state: State, name: str) -> str:
    """Why a move cannot be made."""
    if state.is_terminal():
        return f"It is over before '{name}'."
    try:
        action = state.game.move_named(name)
    except IllegalMove:
        return f"There is no line '{name}' any more."
    found = next((each for each in sayable(state) if each.action == action), None)
    why = "; ".join(found.lacking) if found is not None else "it is not the moment for it"
    return f"'{name}' cannot be said here any more: {why}."


# --- telling ---------------------------------------------------------------------------------------------------------


def tell(end: State) -> tuple[Step, ...]:
    """A run from its beginning to its end, or as far as it has come: the beginning, every move, the end."""
    first, *later = end.states()
    name = _names(end.game)
    opening = [Told(DRAWN, f"{name(who)}{text}") for who, _ in enumerate(first.people) for text in drawn(first, who)]
    steps = [Step("", _when(first), (*opening, *_told(first, name)))]
    for state in later:
        assert state.previous is not None  # only the first has none before it
        steps.append(Step(state.game.move_name(state.action), _when(state.previous), tuple(_told(state, name))))
    return (*steps, Step("", _when(end), tuple(_ending(end))))


def _names(game: Game) -> Callable[[int], str]:
    """What to put before what concerns one of several prospects."""
    names = [one.buyer.name for one in game.scenario.prospects]
    return lambda who: f"{names[who]}: " if len(names) > 1 and who >= 0 else ""


def _when(state: State) -> str:
    return day_text(state.minute, state.game.rules.start)


def _told(state: State, name: Callable[[int], str]) -> Iterator[Told]:
    prospects = state.game.scenario.prospects
    for event in state.events:
        if event.what == "said":
            yield Told(SAID, _line(event.text))
        elif event.what == "reply":
            speaker = event.by or prospects[event.prospect].buyer.name
            yield Told(REPLY, _line(f"{speaker} ({event.cause}): {event.text}"))
        elif event.what == "narration":
            yield Told(NARRATED, _line(event.text))
        elif event.what not in _UNTOLD:
            text = cause_text(event)
            if event.what in _ABOUT:
                of = prospects[event.prospect]
                named = of.facts if event.what in ("knows", "met") else of.objections
                text = f"{_ABOUT[event.what]}: {named[event.amount].id}"
            yield Told(HAPPENED, _line(f"{name(event.prospect)}{text}"))
    for each in changes(state.previous, state) if state.previous is not None else ():
        yield Told(CHANGED, _line(f"{name(each.prospect)}{each.text}"))


def _ending(end: State) -> Iterator[Told]:
    for each in debrief(end).endings:
        yield Told(ENDED, _line(each.sentence))


def _line(text: str) -> str:
    """A text in one line, as it is written and read again."""
    return " / ".join(part.strip() for part in text.strip().split("\n"))


# --- comparing -------------------------------------------------------------------------------------------------------

_SENTENCES: Final[Mapping[str, str]] = {
    DRAWN: "The seed draws another buyer.",
    SAID: "What you say is worded otherwise.",
    REPLY: "The buyer says something else.",
    NARRATED: "Something else happens.",
    CHANGED: "The levels move otherwise.",
    HAPPENED: "Something else comes of it.",
    ENDED: "It ends otherwise.",
}
_NOTHING: Final = Told("", "")


def difference(was: Sequence[Step], now: Retold) -> Difference | None:
    """The first difference between a run as it was told and as it is now; None where all is the same."""
    told = tell(now.state)
    for number, (before, after) in enumerate(zip(was, told, strict=False)):
        ends = number == len(told) - 1
        if ends and now.stopped:
            said = next((told.text for told in before.told if told.sign == SAID), before.move)
            return Difference(number, 0, "", now.stopped, said, "")
        if ends is not (number == len(was) - 1):
            return Difference(number, 0, ENDED, _SENTENCES[ENDED], _first(before), _first(after))
        if not ends and before.when != after.when:
            return Difference(number, 0, "", "It is another time.", before.when, after.when)
        for line, (one, other) in enumerate(zip_longest(before.told, after.told, fillvalue=_NOTHING), start=1):
            if one != other:
                sign = one.sign or other.sign
                return Difference(number, line, sign, _SENTENCES[sign], one.text, other.text)
    return None


def _first(step: Step) -> str:
    """What a step begins with, where one is an end and the other is none."""
    return step.move or next((told.text for told in step.told), "")


__all__ = [
    *("CHANGED", "DRAWN", "ENDED", "HAPPENED", "NARRATED", "REPLY", "SAID", "SIGNS"),
    *("Choice", "Difference", "Retold", "Step", "Told"),
    *("choices", "difference", "retell", "tell"),
]
