"""Two runs of one buyer, compared from the move where they part.

The buyer is the same person in both, with the same luck for the same event: what came out differently came of the
moves. The other run may be a retry, somebody else's, or a *ghost*: what a computer player, which sees only what a
player can see, does with just this buyer.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.coach.imagining import would
from engine.debrief import Debrief, debrief
from engine.doctrines import DOCTRINES
from engine.par import Par
from engine.play import Game, State
from engine.skills import Skill, skills


class OtherBuyer(ValueError):
    """Two runs that cannot be compared: of different scenarios, or of different buyers. The message is a sentence."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two runs that are compared."""

    end: State
    found: Debrief
    skills: tuple[Skill, ...]

    @property
    def worked(self) -> int:
        """Minutes of the seller's time."""
        return self.end.glance().worked


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of one buyer."""

    mine: Side
    other: Side
    parted: int
    """How many moves both made with the same outcome, before the one in which they part; all of them, where they are
    the same run."""

    @property
    def same(self) -> bool:
        """Whether they never part."""
        return self.parted == self.mine.end.moves == self.other.end.moves

    def changed(self) -> tuple[tuple[Skill | None, Skill | None], ...]:
        """The skills in which the runs differ, as they were in mine and in the other; None where one did not call for
        it."""
        mine, other = ({each.name: each for each in side.skills} for side in (self.mine, self.other))
        names = dict.fromkeys([*mine, *other])
        return tuple((mine.get(name), other.get(name)) for name in names if mine.get(name) != other.get(name))


def compare(mine: State, other: State, par: Par | None = None) -> Comparison:
    """Compare two runs that are over. Raises `OtherBuyer` if they are not of one buyer."""
    if mine.game != other.game:
        raise OtherBuyer("These are runs of two scenarios, or of two versions of one.")
    if mine.seed != other.seed:
        raise OtherBuyer(
            f"This run has seed {mine.seed} and the other one seed {other.seed}: that is another buyer, with "
            "different luck."
        )
    return Comparison(_side(mine, par), _side(other, par), _parted(mine, other))


def _side(end: State, par: Par | None) -> Side:
    return Side(end, debrief(end, par), skills(list(zip(end.game.rules.prospects, end.people, strict=True))))


def _parted(mine: State, other: State) -> int:
    for number, (one, two) in enumerate(zip(mine.states()[1:], other.states()[1:], strict=False)):
        if (one.action, one.events) != (two.action, two.events):
            return number
    return min(mine.moves, other.moves)


def ghost(game: Game, seed: int, player: str, key: int | str = "ghost") -> State:
    """The end of the run in which a computer player, one of `DOCTRINES`, meets the buyer that `seed` draws; the same
    every time. `key` is for luck of the player's own; with `seed` for it, the run is the one that is simulated. The
    expert takes seconds."""
    return played_on(game.new_initial_state(seed), player, key)


def played_on(state: State, player: str, key: int | str) -> State:
    """The end of a run that a computer player takes over here; `key` is for luck of its own."""
    choose = DOCTRINES[player](state.game.rules, key)
    while not state.is_terminal():
        state = state.apply_action(would(state, choose))
    return state
