"""A scenario as a Gymnasium environment, for those who want to train an agent on it. Needs the extra `gym`.

An episode is a run, an action is a move by its number (see `State.legal_actions`), and what is observed is what a
player sees, as numbers: `Layout` says which. Importing this module registers `FirstVisit-v0`:

    env = gymnasium.make("engine.gym:FirstVisit-v0", scenario="scenarios/saturday-showroom.yaml")

What an agent observes and earns is in floats. The run itself stays in whole numbers: the same seed and the same moves
lead to the same states as everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import index
from os import PathLike
from pathlib import Path
from typing import Any, Final, get_args

import gymnasium
import numpy as np
from gymnasium.error import ResetNeeded
from gymnasium.spaces import Box, Dict, Discrete, MultiBinary, Space
from numpy.typing import NDArray

from engine.calendar import clock_text, day_text
from engine.luck import SEEDS
from engine.play import Game, State
from engine.rules.constants import LIMBO, MOODS
from engine.scenario import Scenario, read_scenario
from engine.scenario.compiled import Prospect
from engine.scenario.vocabulary import CHANNELS, OUTCOMES, PROMISES, RESULTS
from engine.units import DAY, HOUR, WEEK
from engine.view import Cues, Place, PlayerView, ProspectView

ID: Final = "FirstVisit-v0"
MOST_MOVES: Final = 1_000
"""Steps after which an environment made by its id is truncated: more than anybody needs without going in circles."""
COUNTED: Final = 20
"""How far things are counted in an observation: this many of them, or more, are a 1."""
METERS: Final = ("interest", "excitement", "conviction", "trust", "pressure")

Observation = dict[str, NDArray[Any]]


class Layout:
    """The places of an observation of one scenario, at one level of cues: their names, and what they hold.

    Numbers run from 0 to 1, and from -1 for `promise.in`. Names of what belongs to a prospect end in `@` and its id.

    - One of several is a 1 in one of several places: `place.between`, `channel.call`, `stage.show@priya`,
      `outcome.stall@priya` (the last one), `promise.timed@priya`, `promise.by.call@priya`, `result.order@priya`,
      `mood.warm@priya`.
    - What holds or not is 1 or 0: `talking@priya`, `here@priya`, `contacted@priya`, `knows.need.space@priya`,
      `met.space@priya`, `decides.partner@priya` and `decides.alone@priya` (once told), `raised.price@priya`,
      `handled.price@priya`, `present.partner@priya`.
    - A length of time takes three places, as a share of an hour, of a day and of the whole run, at most 1:
      `worked` (the seller's time used), `silence@priya` (since the last contact), `promise.in@priya` (until what is
      agreed, below 0 once it has passed).
    - `time.run`, `time.week` and `time.day` are the shares of them that are over; `patience.left` and `patience.full`
      are shares of the longest conversation that the calendar allows.
    - `conversations`, `attempts`, `asks`, `asks.now` and `touches` are counted in twentieths, up to 20.
    - `price@priya` is the price now asked as a share of the price without a discount; the meters (`interest`,
      `excitement`, `conviction`, `trust`, `pressure`) are shares of 100 points.
    """

    def __init__(self, scenario: Scenario, cues: Cues) -> None:
        self._run = scenario.calendar.deadline
        self._visit = scenario.calendar.visit * 60
        self._prices = {prospect.id: prospect.offer.price for prospect in scenario.prospects}
        names = [*_names(), *(f"{name}@{one.id}" for one in scenario.prospects for name in _names_of(one, cues))]
        self.places: tuple[str, ...] = tuple(names)
        """The name of each place."""
        self._at = {name: number for number, name in enumerate(names)}

    def numbers(self, view: PlayerView) -> NDArray[np.float32]:
        """What a player's view says, place by place; a fresh array."""
        found = np.zeros(len(self.places), dtype=np.float32)
        for name, number in self._read(view):
            found[self._at[name]] = number
        return found

    def lowest(self) -> NDArray[np.float32]:
        """The least that each place can hold."""
        return np.array([-1 if name.startswith("promise.in.") else 0 for name in self.places], dtype=np.float32)

    def _read(self, view: PlayerView) -> Iterator[tuple[str, float]]:
        """The places that are not 0."""
        yield "time.run", (view.minute - view.start) / self._run
        yield "time.week", view.minute % WEEK / WEEK
        yield "time.day", view.minute % DAY / DAY
        yield f"place.{view.place}", 1
        if view.channel is not None:
            yield f"channel.{view.channel}", 1
        if view.patience is not None and view.patience_full is not None:
            yield "patience.left", view.patience / self._visit
            yield "patience.full", view.patience_full / self._visit
        yield from self._time("worked", view.worked)
        for prospect in view.prospects:
            for name, number in self._read_of(prospect, view):
                yield f"{name}@{prospect.id}", number

    def _read_of(self, one: ProspectView, view: PlayerView) -> Iterator[tuple[str, float]]:
        """The places of a prospect that are not 0, without its id."""
        if one.id == view.talking_to:
            yield "talking", 1
        if one.result is not None:
            yield f"result.{one.result}", 1
        yield f"stage.{one.stage}", 1
        yield "conversations", _counted(one.conversations)
        yield "attempts", _counted(one.attempts)
        yield "asks", _counted(one.asks)
        yield "asks.now", _counted(one.asks_now)
        yield "touches", _counted(one.touches)
        if one.last_contact is not None:
            yield "contacted", 1
            yield from self._time("silence", view.minute - one.last_contact)
        if one.here:
            yield "here", 1
        if one.promise is not None:
            yield f"promise.{one.promise.kind}", 1
            yield f"promise.by.{one.promise.channel}", 1
            if one.promise.at is not None:
                yield from self._time("promise.in", one.promise.at - view.minute)
        for fact in one.facts:
            yield f"knows.{fact.sort}.{fact.id}", 1
            if fact.met and fact.sort == "need":
                yield f"met.{fact.id}", 1
            if fact.decides is not None:
                yield from ((f"decides.{who}", 1) for who in fact.decides.split("+"))
        for objection in one.objections:
            yield f"raised.{objection.id}", 1
            if objection.handled:
                yield f"handled.{objection.id}", 1
        if one.outcome is not None:
            yield f"outcome.{one.outcome}", 1
        for role in one.present:
            yield f"present.{role}", 1
        yield "price", max(0, one.price) / max(1, self._prices[one.id])
        if one.mood is not None:
            yield f"mood.{one.mood}", 1
        if one.meters is not None:
            for meter in METERS:
                yield meter, getattr(one.meters, meter) / 100

    def _time(self, name: str, minutes: int) -> Iterator[tuple[str, float]]:
        for unit, whole in (("hour", HOUR), ("day", DAY), ("run", self._run)):
            yield f"{name}.{unit}", max(-1, min(1, minutes / whole))


def _counted(things: int) -> float:
    return min(things, COUNTED) / COUNTED


def _names() -> Iterator[str]:
    """The places that belong to no prospect."""
    yield from ("time.run", "time.week", "time.day")
    yield from (f"place.{place}" for place in get_args(Place))
    yield from (f"channel.{channel}" for channel in CHANNELS)
    yield from ("patience.left", "patience.full", "worked.hour", "worked.day", "worked.run")


def _names_of(prospect: Prospect, cues: Cues) -> Iterator[str]:
    """The places of a prospect, without its id."""
    yield "talking"
    yield from (f"result.{result}" for result in RESULTS)
    yield from (f"stage.{stage.id}" for stage in prospect.stages)
    yield from ("conversations", "attempts", "asks", "asks.now", "touches")
    yield from ("contacted", "silence.hour", "silence.day", "silence.run", "here")
    yield from (f"promise.{kind}" for kind in PROMISES if kind != "none")
    yield from (f"promise.by.{channel}" for channel in CHANNELS)
    yield from ("promise.in.hour", "promise.in.day", "promise.in.run")
    yield from (f"knows.{fact.sort}.{fact.id}" for fact in prospect.facts)
    yield from (f"met.{fact.id}" for fact in prospect.facts if fact.sort == "need")
    yield from (f"decides.{who}" for who in ("alone", *prospect.roles))
    yield from (f"raised.{objection.id}" for objection in prospect.objections)
    yield from (f"handled.{objection.id}" for objection in prospect.objections)
    yield from (f"outcome.{outcome}" for outcome in OUTCOMES)
    yield from (f"present.{role}" for role in prospect.roles)
    yield "price"
    if cues != "expert":
        yield from (f"mood.{mood}" for mood in MOODS)
    if cues == "novice":
        yield from METERS


class FirstVisitEnv(gymnasium.Env[Observation, np.int64]):
    """One scenario, a run an episode.

    Observed is `{"observation": numbers, "action_mask": 0 or 1 a move}`; `places` and `moves` name both. The mask is 1
    for moves that are legal, and all 0 once the run is over. `info` has the mask as well, `value` (what the run has
    earned so far, in minor units) and `illegal` (how many illegal moves were tried).

    The reward of a move is what it changed in `State.returns()`, divided by `scale`: what orders from all prospects
    would leave over the offers' floors without a discount, or what it costs to leave all of them undecided if that is
    more. So the rewards of an episode add up to the value of its run, and 1 is about as much as there is to earn.
    Reward and `value` know at once of an order that will be cancelled afterwards; a player is told at the end.

    An illegal move changes nothing and costs `penalty`; `most_illegal` of them truncate the episode.
    """

    metadata: dict[str, Any] = {"render_modes": ["ansi"], "render_fps": 1}  # noqa: RUF012 as Gymnasium declares it

    def __init__(
        self,
        scenario: Game | str | PathLike[str],
        cues: Cues = "novice",
        *,
        penalty: float = 0.01,
        most_illegal: int = 100,
        render_mode: str | None = None,
    ) -> None:
        """An environment of a game, or of the scenario in a file.

        `cues` is how much of the buyer shows, `penalty` (0 or more) is in units of reward, `most_illegal` is 1 or more,
        and `render_mode` is None or `ansi`, for which `render` returns the player's view as lines of text.

        Raises OSError for a file that cannot be read, ScenarioErrors for one that is not a scenario, and ValueError for
        other arguments out of range.
        """
        if cues not in get_args(Cues):
            raise ValueError(f"cues are one of {', '.join(get_args(Cues))}, not {cues!r}")
        if not penalty >= 0:
            raise ValueError(f"the penalty for an illegal move is 0 or more, not {penalty}")
        if most_illegal < 1:
            raise ValueError(f"at least 1 illegal move has to be allowed, not {most_illegal}")
        if render_mode is not None and render_mode not in self.metadata["render_modes"]:
            raise ValueError(f"the one way to render is 'ansi', not {render_mode!r}")
        if not isinstance(scenario, Game):
            path = Path(scenario)
            scenario = Game(read_scenario(path.read_bytes(), str(path)))
        self.game = scenario
        self.cues: Cues = cues
        self.render_mode = render_mode
        self.scale = _scale(scenario.scenario)
        """How much money one unit of reward is, in minor units."""
        self.moves: tuple[str, ...] = scenario.rules.names
        """The name of each action, as records write it."""
        self._layout = Layout(scenario.scenario, cues)
        self.places: tuple[str, ...] = self._layout.places
        """The name of each number of `observation`, see `Layout`."""
        self._penalty = float(penalty)
        self._most_illegal = most_illegal
        self._illegal = 0
        self._state: State | None = None
        self._legal: frozenset[int] = frozenset()
        self.action_space = Discrete(len(self.moves))
        self.observation_space: Space[Any] = Dict(
            {
                "observation": Box(self._layout.lowest(), np.ones(len(self.places), dtype=np.float32)),
                "action_mask": MultiBinary(len(self.moves)),
            }
        )

    @property
    def state(self) -> State:
        """The run at this moment, with everything that is hidden from the agent. Raises ResetNeeded before the first
        episode."""
        if self._state is None:
            raise ResetNeeded("There is no run before the first reset().")
        return self._state

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Begin a run. Its buyers and luck come from a seed drawn from `np_random`, or from `options={"seed": 5}`.

        Raises ValueError for other options, and for a run's seed below 0, or at or above 2**53.
        """
        super().reset(seed=seed)
        asked = dict(options or {})
        chosen = asked.pop("seed", None)
        if asked:
            raise ValueError(f"the one option of a reset is 'seed', not {', '.join(map(repr, asked))}")
        self._illegal = 0
        begun = int(self.np_random.integers(SEEDS)) if chosen is None else index(chosen)
        return self._arrive(self.game.new_initial_state(begun))

    def step(self, action: np.int64 | int) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Make a move. Raises ResetNeeded once the run is over."""
        before = after = self.state
        if not self._legal:
            raise ResetNeeded("The run is over. Begin another one with reset().")
        move = index(action)
        if move in self._legal:
            after = before.apply_action(move)
            reward = (after.returns() - before.returns()) / self.scale
        else:
            self._illegal += 1
            reward = -self._penalty
        observation, info = self._arrive(after)
        return observation, reward, not self._legal, self._illegal >= self._most_illegal, info

    def action_masks(self) -> NDArray[np.int8]:
        """1 for each move that is legal now, 0 for all others; under the name by which sb3-contrib asks for it."""
        return self._mask(self._legal)

    def observe(self, state: State) -> Observation:
        """What an agent sees of a state of this scenario."""
        view = state.glance(self.cues)
        legal = (option.action for option in view.options)
        return {"observation": self._layout.numbers(view), "action_mask": self._mask(legal)}

    def render(self) -> str | None:
        """The player's view as lines of text, the number of each action before it; None without a `render_mode`."""
        return "\n".join(_lines(self.state.player_view(self.cues))) if self.render_mode == "ansi" else None

    def _arrive(self, state: State) -> tuple[Observation, dict[str, Any]]:
        """What is returned of a state that becomes the present one."""
        self._state = state
        observation = self.observe(state)
        self._legal = frozenset(np.flatnonzero(observation["action_mask"]).tolist())
        return observation, {"action_mask": self.action_masks(), "value": state.returns(), "illegal": self._illegal}

    def _mask(self, legal: Iterable[int]) -> NDArray[np.int8]:
        mask = np.zeros(len(self.moves), dtype=np.int8)
        mask[list(legal)] = 1
        return mask


def _scale(scenario: Scenario) -> int:
    offers = [prospect.offer for prospect in scenario.prospects]
    margins = sum(offer.price - offer.floor for offer in offers)
    return max(1, margins, sum(LIMBO * offer.hour // HOUR for offer in offers))


def _lines(view: PlayerView) -> Iterator[str]:
    names = view.names
    where = {"between": "between conversations", "over": "over"}.get(view.place)
    if view.talking_to is not None and view.patience is not None:
        where = f"{view.channel} with {names[view.talking_to]}, {view.patience // 60} min of patience left"
    yield f"{day_text(view.minute, view.start)}, {where}"
    for one in view.prospects:
        yield f"{one.name}: {', '.join(_seen(one))}"
        yield from (f"  told: {fact.says}{' (met)' if fact.met else ''}" for fact in one.facts)
        yield from (f"  objection: {each.says}{' (handled)' if each.handled else ''}" for each in one.objections)
    for said in view.transcript:
        who = {"seller": "you", "buyer": names.get(said.prospect or "", "buyer")}.get(said.who, said.who)
        yield f"{day_text(said.minute, view.start)}, {who}: {said.text}"
    yield from (f"{option.action:>4}  {option.name}: {option.text}" for option in view.options)


def _seen(one: ProspectView) -> Iterator[str]:
    yield one.result or one.stage
    if one.meters is not None:
        yield from (f"{meter} {getattr(one.meters, meter)}" for meter in METERS)
    if one.mood is not None:
        yield one.mood
    if one.here:
        yield "waits for you"
    if one.promise is not None:
        when = "" if one.promise.at is None else f" for {clock_text(one.promise.at)}"
        yield f"{one.promise.kind} promise{when}"


gymnasium.register(ID, entry_point="engine.gym:FirstVisitEnv", max_episode_steps=MOST_MOVES)
