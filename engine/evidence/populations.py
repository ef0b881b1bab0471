"""Many runs of one routine in the laboratory: the same buyers and the same luck for every routine of an experiment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from engine import world as at
from engine.evidence.lab import opening, play
from engine.evidence.measurement import Estimate, share
from engine.evidence.routines import Routine, Seat
from engine.play import Game
from engine.rules.tables import RESULT

ORDER, RIVAL = RESULT["order"], RESULT["lost-to-rival"]
NO_DECISION = frozenset({RESULT["lost-to-no-decision"], RESULT["expired"]})


@dataclass(frozen=True, slots=True)
class Run:
    """A run that has ended: its one buyer and its seller."""

    p: Sequence[int]
    """The buyer's numbers at the end; see `engine.world`."""
    seat: Seat

    @property
    def ordered(self) -> bool:
        return self.p[at.RESULT] == ORDER

    @property
    def on_first_visit(self) -> bool:
        return bool(self.p[at.FIRST_CLOSE])

    @property
    def talked(self) -> bool:
        return self.p[at.TALKS] > 0

    @property
    def reached(self) -> bool:
        """Whether a call or message of the seller's led to the first conversation, and not the buyer's own."""
        return self.talked and self.seat.found_by_call

    @property
    def came(self) -> bool:
        """Whether the buyer got in touch by themselves before the seller reached them."""
        return self.talked and not self.seat.found_by_call

    @property
    def talked_again(self) -> bool:
        return self.p[at.TALKS] > 1


def first_seed(key: str) -> int:
    """The seed of an experiment's first run; the others follow it."""
    return int.from_bytes(blake2b(key.encode(), digest_size=5).digest(), "big")


def played(game: Game, routine: Routine | Callable[[int], Routine], key: str, runs: int) -> Iterator[Run]:
    """The ends of `runs` runs. A routine may depend on the number of the run; `key` says whose buyers they are."""
    seed = first_seed(key)
    for number in range(runs):
        seat = (routine if isinstance(routine, Routine) else routine(number)).sit_down()
        yield Run(play(game, seed + number, seat)[at.FIRST], seat)


def drawn(game: Game, key: str, runs: int) -> Iterator[Sequence[int]]:
    """The buyers of `runs` seeds before the first move."""
    seed = first_seed(key)
    for number in range(runs):
        yield opening(game, seed + number)[0][at.FIRST]


def ordering(runs: Iterable[Run]) -> Estimate:
    """The share of runs that ended with an order."""
    ended = [run.ordered for run in runs]
    return share(sum(ended), len(ended))
