"""A game and its states: legal moves, what follows from them, chance as a second view, and what a player can see."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any, cast

from engine import world
from engine.events import Event
from engine.luck import SEEDS, Luck
from engine.rules import Rules, chance, legal, prepare, start, step
from engine.rules.moves import outcome_name, over
from engine.rules.tables import LineRule
from engine.rules.value import value
from engine.scenario.compiled import Scenario
from engine.scenario.placeholders import drawn, filled
from engine.scenario.vocabulary import OUTCOMES
from engine.seeing import heard, look, transcript
from engine.view import Cues, PlayerView
from engine.world import Core

_OUTCOMES = tuple(OUTCOMES)
_MOST_KEPT = 64


class IllegalMove(ValueError):
    """A move that cannot be made here. `legal` names the moves that could be."""

    def __init__(self, name: str, legal: tuple[str, ...]) -> None:
        near = get_close_matches(name, legal, n=1)
        hint = f"; did you mean {near[0]!r}" if near else ""
        super().__init__(f"{name!r} cannot be done here{hint}. Possible: {', '.join(legal) or 'nothing, it is over'}")
        self.name = name
        self.legal = legal

    def __reduce__(self) -> tuple[type[IllegalMove], tuple[str, tuple[str, ...]]]:
        return IllegalMove, (self.name, self.legal)


class Game:
    """A scenario ready to be played. Games of equal scenarios are equal, and one that was pickled prepares its scenario
    anew."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.rules: Rules = prepare(scenario)
        self._with: dict[tuple[int, ...], Game] = {}
        """The same game with other people in it, by who was drawn."""

    def __eq__(self, other: object) -> bool:
        return self.scenario == other.scenario if isinstance(other, Game) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"<Game of {self.scenario.id}>"

    def __reduce__(self) -> tuple[type[Game], tuple[Scenario]]:
        return Game, (self.scenario,)

    def new_initial_state(self, seed: int) -> State:
        """The state before the first move, with the buyers that `seed` draws.

        Raises ValueError for a seed below 0, or at or above 2**53.
        """
        if not 0 <= seed < SEEDS:
            raise ValueError(f"a seed is a whole number from 0 to {SEEDS - 1}, not {seed}")
        luck = self.rules.luck(seed)
        trace: list[Event] = []
        game = self._peopled(seed)
        core = start(game.rules, luck, trace)
        return State(game, seed, luck, core, -1, 0, 0, tuple(trace), None)

    def _peopled(self, seed: int) -> Game:
        """This game with the texts filled in for the people that a seed draws; the game itself if nobody varies."""
        if not any(one.buyer.varies for one in self.scenario.prospects):
            return self
        people = drawn(self.scenario, seed)
        found = self._with.get(people)
        if found is None:
            if len(self._with) >= _MOST_KEPT:
                self._with.clear()
            scenario = filled(self.scenario, people)
            found = self._with[people] = self if scenario == self.scenario else Game(scenario)
        return found

    @property
    def digest(self) -> str:
        """16 hex digits that name what the rules read of the scenario."""
        return self.rules.digest

    def move_name(self, action: int) -> str:
        """The move as a record writes it: `why-today`, `send-reference@ines`, `wait.1h`."""
        return self.rules.names[action]

    def move_named(self, name: str) -> int:
        """The move with this name. Raises IllegalMove, with the nearest names, for one that does not exist."""
        try:
            return self._numbers[name]
        except KeyError:
            raise IllegalMove(name, tuple(get_close_matches(name, self.rules.names, n=3))) from None

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: action for action, name in enumerate(self.rules.names)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class State:
    """One moment of a run. Applying a move gives a new state and leaves this one as it was.

    A state is a value: equal to every state of an equal game that came about by the same moves with the same events,
    in whichever process. States share what came before them, so that one more costs one move.
    """

    game: Game
    seed: int
    luck: tuple[Luck, ...]
    core: Core
    """The numbers of this moment, see `engine.world`. Not for screens: they read `player_view`."""
    action: int
    """The move that led here; -1 for the initial state."""
    think: int
    """Seconds of patience that thinking about it has cost."""
    moves: int
    """How many moves were made so far."""
    events: tuple[Event, ...]
    """What the last move caused."""
    previous: State | None
    times: Mapping[int, int] = field(default_factory=dict)
    """How often each move that was made has been made so far."""

    @property
    def minute(self) -> int:
        """Now, in minutes from Monday 00:00 of the run's first week."""
        return cast(int, self.core[world.CLOCK])

    @property
    def history(self) -> tuple[tuple[int, int], ...]:
        """The moves made so far: (action, seconds of thinking that cost patience)."""
        return tuple((each.action, each.think) for each in self.states()[1:])

    @property
    def log(self) -> tuple[Event, ...]:
        """Everything that has happened so far."""
        return tuple(event for each in self.states() for event in each.events)

    def states(self) -> tuple[State, ...]:
        """This state and all before it, the first one first."""
        states: list[State] = []
        state: State | None = self
        while state is not None:
            states.append(state)
            state = state.previous
        return tuple(reversed(states))

    def legal_actions(self) -> tuple[int, ...]:
        """The moves that can be made now; none once it is over."""
        return legal(self.game.rules, self.core, self.luck)

    def apply_action(self, action: int, think: int = 0) -> State:
        """The state after a move. `think` is the patience, in seconds (0 or more), that thinking has cost.

        Raises IllegalMove when the move cannot be made here, ValueError for a negative `think`.
        """
        return self._apply(action, think, None)

    def apply_outcome(self, action: int, outcome: str, think: int = 0) -> State:
        """The state after a move from which `outcome` came back, whatever luck would have said.

        Raises IllegalMove for a move that cannot be made, ValueError for an outcome that cannot come of it.
        """
        possible = dict(self.chance_outcomes(action))
        if not possible.get(outcome):
            move, can = self.game.move_name(action), ", ".join(possible)
            raise ValueError(f"{outcome!r} cannot come of {move!r}. What can: {can}")
        return self._apply(action, think, _OUTCOMES.index(outcome) if outcome in OUTCOMES else -1)

    def chance_outcomes(self, action: int) -> tuple[tuple[str, int], ...]:
        """What may come back from a move, with chances in millionths; outcomes without a chance are left out."""
        self._must_be_legal(action)
        odds = chance(self.game.rules, self.core, self.luck, action)
        return tuple((outcome_name(answer), share) for answer, share in odds if share)

    def is_terminal(self) -> bool:
        """Whether every prospect has come to an end."""
        return over(self.core)

    def returns(self) -> int:
        """What the run has earned so far, in minor units of money; see `rules.value`."""
        return value(self.game.rules, self.core)

    def clone(self) -> State:
        """This state: it never changes, so it is its own copy."""
        return self

    def __copy__(self) -> State:
        return self

    def __deepcopy__(self, memo: object) -> State:
        return self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, State):
            return NotImplemented
        if (self.seed, self.moves) != (other.seed, other.moves) or self.game != other.game:
            return False
        mine: State | None = self
        theirs: State | None = other
        while mine is not theirs:  # what they share need not be compared
            if mine is None or theirs is None or mine._made() != theirs._made():
                return False
            mine, theirs = mine.previous, theirs.previous
        return True

    def __hash__(self) -> int:
        return hash((self.seed, self.moves, self.core))

    def __repr__(self) -> str:
        return f"<State of {self.game.scenario.id}, seed {self.seed}, after {self.moves} moves>"

    def __reduce__(self) -> tuple[Callable[[Game, int, tuple[_Made, ...]], State], tuple[Any, ...]]:
        return _restored, (self.game, self.seed, tuple(each._made() for each in self.states()))

    def _made(self) -> _Made:
        """What the last move made of the state before it."""
        return self.action, self.think, self.core, self.events

    def player_view(self, cues: Cues = "novice") -> PlayerView:
        """What a player can see, at a level of cues."""
        return replace(self.glance(cues), transcript=transcript(self.game.rules, self.log, cues))

    @property
    def heard(self) -> tuple[Event, ...]:
        """Of everything that has happened so far, what the transcript tells: an event for each of its entries."""
        return tuple(heard(event for each in self.states() for event in each.events))

    def glance(self, cues: Cues = "novice") -> PlayerView:
        """The same without the transcript, which takes the longer the longer the run is."""
        return look(self.game.rules, self.core, self.luck, cues, self.made)

    def digest(self) -> str:
        """16 hex digits of every number of this state, hidden ones included."""
        return hashlib.blake2b(repr(self.core).encode(), digest_size=8).hexdigest()

    @property
    def people(self) -> tuple[world.Prospect, ...]:
        return cast("tuple[world.Prospect, ...]", self.core[world.FIRST :])

    def made(self, action: int) -> int:
        """How often a move has been made so far."""
        return self.times.get(action, 0)

    def line(self, action: int) -> LineRule | None:
        """The line behind a move; None for one that lets time pass."""
        what = self.game.rules.moves[action]
        return None if isinstance(what, str) else what[1]

    def _apply(self, action: int, think: int, answer: int | None) -> State:
        if think < 0:
            raise ValueError(f"thinking takes 0 seconds or more, not {think}")
        self._must_be_legal(action)
        trace: list[Event] = []
        core = step(self.game.rules, self.core, self.luck, action, think, answer, trace, self._told, self.made)
        return self._followed(action, think, core, tuple(trace))

    def _followed(self, action: int, think: int, core: Core, events: tuple[Event, ...]) -> State:
        times = {**self.times, action: self.made(action) + 1}
        return State(self.game, self.seed, self.luck, core, action, think, self.moves + 1, events, self, times)

    def _told(self, text: str) -> int:
        """How often something has been said so far."""
        return sum(event.text == text for each in self.states() for event in each.events)

    def _must_be_legal(self, action: int) -> None:
        possible = self.legal_actions()
        if action not in possible:
            names = self.game.rules.names
            name = names[action] if 0 <= action < len(names) else f"move {action}"
            raise IllegalMove(name, tuple(names[one] for one in possible))


_Made = tuple[int, int, Core, tuple[Event, ...]]


def _restored(game: Game, seed: int, course: tuple[_Made, ...]) -> State:
    """The last state of a run that was pickled: step by step, since a run may be longer than calls can be nested."""
    (action, think, core, events), *made = course  # a course begins with the initial state
    state = State(game, seed, game.rules.luck(seed), core, action, think, 0, events, None)
    for each in made:
        state = state._followed(*each)
    return state


__all__ = ["Game", "IllegalMove", "State"]
