"""Problems as the checks find them: at a path of the tree, with the few sentences that recur."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.scenario.mends import instead, written
from engine.scenario.problems import LEVELS, Level, Mend, Problem, Spot
from engine.scenario.reading import MOST_PROBLEMS, Tree
from engine.units import CERTAIN

Place = tuple[str | int, ...]

MOST_GUESSED: Final = 40
"""After this many problems nobody guesses what a name was meant for: among a thousand names that is slow."""


class Report:
    """Collects what is wrong with one file, up to a limit. Nothing is reported at places that are broken anyway."""

    def __init__(self, tree: Tree, broken: frozenset[Place]) -> None:
        self.problems: list[Problem] = []
        self._found: dict[Level, int] = dict.fromkeys(LEVELS, 0)
        self._tree = tree
        self._broken = broken

    def full(self, level: Level) -> bool:
        """Whether so many of this level have been found that no more are taken. Warnings never crowd out an error."""
        return self._found[level] >= MOST_PROBLEMS

    @property
    def patient(self) -> bool:
        """Whether there is still time to look for what each name was meant for."""
        return self._found["error"] < MOST_GUESSED

    def sound(self, place: Place) -> bool:
        """Whether this path, and everything on the way to it, was read as written."""
        return not self._broken or all(place[:length] not in self._broken for length in range(len(place) + 1))

    def whole(self, place: Place) -> bool:
        """Whether this path and everything below it was read as written."""
        return self.sound(place) and all(other[: len(place)] != place for other in self._broken)

    def exists(self, place: Place) -> bool:
        """Whether the file has something at this path."""
        return self._tree.node_at(place)[1]

    def spot(self, place: Place) -> Spot:
        """Where the value at this path stands."""
        return self._tree.spot(place)

    def key(self, place: Place) -> Spot:
        """Where the key of this path stands."""
        return self._tree.key_spot(place) or self._tree.spot(place)

    def error(
        self,
        code: str,
        place: Place,
        message: str,
        help: str = "",
        part: str = "",
        meant: tuple[str, str] | None = None,
    ) -> None:
        """An error at the value of this path, or at a part of its text. `meant` is what to write there instead, and the
        sentence in which it is offered."""
        spot = self._narrowed(place, part)
        self._add(code, "error", spot, message, help, mend=instead(spot, *meant) if meant is not None else None)

    def _narrowed(self, place: Place, part: str) -> Spot:
        spot = self.spot(place)
        lines = self._tree.lines
        written = lines[spot.line - 1][spot.column - 1 :][: spot.length] if spot.line <= len(lines) else ""
        if not part or part not in written:  # it may stand on a later line, or be spelt with an escape
            return spot
        return Spot(spot.line, spot.column + written.index(part), len(part))

    def warning(
        self,
        code: str,
        place: Place,
        message: str,
        help: str = "",
        related: Place | None = None,
        meant: str = "",
        level: Level = "warning",
    ) -> None:
        """A warning, or a hint, at the value of this path. `meant` is what to write there instead."""
        if self.full(level):
            return
        other = self.spot(related) if related is not None else None
        spot = self.spot(place)
        self._add(code, level, spot, message, help, other, instead(spot, written(meant)) if meant else None)

    def at_key(self, code: str, level: Level, place: Place, message: str, help: str = "") -> None:
        """A problem at the key of this path."""
        if self.full(level):
            return
        self._add(code, level, self.key(place), message, help)

    def missing(self, place: Place, name: str, why: str) -> None:
        """A field that the map at this path needs."""
        whose = f" for `{place[-1]}`" if place else ""
        help = f"add `{name.rpartition('.')[2]}: ...`" + (f": {why}" if why else "")
        spot = self.key(place) if place else Spot(1, 1)
        self._add("FV202", "error", spot, f"`{name}` is missing{whose}", help)

    def shares(self, place: Place, shares: Mapping[str, int]) -> None:
        """Complains unless these shares, in millionths, add up to a whole."""
        total = sum(shares.values())
        if total == CERTAIN or not self.whole(place):
            return
        sum_ = " + ".join(percent(share) for share in shares.values())
        less = total < CERTAIN
        help = f"{sum_} = {percent(total)}; {percent(abs(CERTAIN - total))} is {'missing' if less else 'too much'}"
        message = f"the shares of `{place[-1]}` add up to {percent(total)}, not to 100%"
        self.at_key("FV303", "error", place, message, help)

    def collision(self, place: Place, id: str, other: str, as_: str = "") -> None:
        """An id that is something else already."""
        said = f"`{id}` is {other}" + (f" as well as {as_}" if as_ else "")
        self.at_key("FV304", "error", place, said + ", so nobody could tell which is meant", "rename one of them")

    def _add(
        self,
        code: str,
        level: Level,
        spot: Spot,
        message: str,
        help: str,
        related: Spot | None = None,
        mend: Mend | None = None,
    ) -> None:
        if not self.full(level):
            self._found[level] += 1
            self.problems.append(Problem(code, level, self._tree.path, spot, message, help, related, mend))


def percent(share: int) -> str:
    """A share in millionths as an author writes it: `35%`, `2.5%`."""
    whole, rest = divmod(share, 10_000)
    return f"{whole}.{rest // 1000}%" if rest else f"{whole}%"
