"""The published figures: what each says, how far to trust it, and how near the simulation has to come."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import inf
from typing import Any, Final, Literal

import yaml

from engine.evidence.experiments import Asked, asked
from engine.scenario.nearest import meant

Use = Literal["fit", "check", "direction", "display", "reject"]
HELD: Final = ("fit", "check")
"""The uses whose figures the model has to come near to."""

_KINDS: Final = ("abs", "rel", "factor", "range", "sign")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How near is near enough.

    `abs`: within `size` of the figure. `rel`: within that share of it. `factor`: at most `size` times as much, and at
    least the figure divided by it. `range`: from `low` to `high`, whatever the figure. `sign`: above (`+`) or below
    (`-`) zero.
    """

    kind: str
    size: float = 0.0
    low: float = -inf
    high: float = inf

    def bounds(self, published: float) -> tuple[float, float]:
        """The lowest and the highest simulated number that count as inside."""
        match self.kind:
            case "abs":
                return published - self.size, published + self.size
            case "rel":
                return published - self.size * abs(published), published + self.size * abs(published)
            case "factor":
                return published / self.size, published * self.size
            case _:
                return self.low, self.high

    def inside(self, published: Sequence[float], simulated: Sequence[float]) -> bool:
        """Whether every simulated number is near enough to the published one in the same place.

        Raises ValueError where there are not as many of the one as of the other.
        """
        for figure, number in zip(published, simulated, strict=True):
            low, high = self.bounds(figure)
            if not low <= number <= high or (self.kind == "sign" and number == 0):
                return False
        return True

    def doubtful(self, published: Sequence[float], simulated: Sequence[float], errors: Sequence[float]) -> bool:
        """Whether some number is within two standard errors of a bound, so that more runs might turn the verdict."""
        return any(
            abs(number - bound) < 2 * error
            for figure, number, error in zip(published, simulated, errors, strict=True)
            for bound in self.bounds(figure)
        )

    def __str__(self) -> str:
        match self.kind:
            case "abs":
                return f"± {self.size:g}"
            case "rel":
                return f"± {self.size:.0%}"
            case "factor":
                return f"within ×{self.size:g}"
            case "range":
                return f"{self.low:g} to {self.high:g}"
            case _:
                return "above 0" if self.low == 0 else "below 0"


@dataclass(frozen=True, slots=True)
class Target:
    """One published figure."""

    id: str
    quantity: str
    value: tuple[float, ...]
    """The figure, or several."""
    tolerance: Tolerance
    use: Use
    confidence: str
    """strong, weak or folklore."""
    evidence: str
    """retrieved, secondary, derived or memory."""
    source: str
    """Where it was published, with places in the list of sources in brackets."""
    preset: str = ""
    """Which of the model's curves or kinds of sale is meant."""
    note: str = ""
    asked: Asked | None = None
    """The experiment that measures it; None where the model does not have the quantity."""
    places: tuple[int, ...] = ()
    """The places of the figure that the model has, from 1, where it does not have them all."""
    not_modelled: str = ""
    """Why the model does not have this quantity; empty if it has."""
    explains: str = ""
    """Why the model gives something else, where it does."""
    standing: str = ""
    """identity or fitted, where that does not follow from the sources of constants; see `engine.evidence.standing`."""
    because: str = ""
    """Why it is that."""

    @property
    def held(self) -> bool:
        """Whether the model is held to it."""
        return self.use in HELD

    @property
    def measured(self) -> tuple[float, ...]:
        """The part of the figure that the model has; all of it where it has none."""
        return tuple(self.value[place - 1] for place in self.places) or self.value

    @property
    def source_numbers(self) -> tuple[int, ...]:
        """The places in the list of sources that it names."""
        return tuple(int(number) for number in re.findall(r"\[(\d+)\]", self.source))


@dataclass(frozen=True, slots=True)
class Targets:
    """All published figures, by id, and the numbered sources."""

    by_id: Mapping[str, Target]
    sources: Mapping[int, str]

    def named(self, id: str) -> Target:
        """The target with an id. Raises ValueError, with the nearest one, for an id that does not exist."""
        try:
            return self.by_id[id]
        except KeyError:
            raise ValueError(f"there is no target called {id!r}; {meant(id, self.by_id)}") from None


@cache
def targets() -> Targets:
    """The published figures that come with the project."""
    return read_targets(files("engine.evidence").joinpath("targets.yaml").read_bytes())


def read_targets(text: bytes) -> Targets:
    """The published figures in a file. Raises ValueError for one that is not as it should be, and says where."""
    try:
        tree = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(f"the published figures are not YAML: {error}") from None
    if not isinstance(tree, dict) or not isinstance(tree.get("targets"), list):
        raise ValueError("the published figures have no list of `targets`")
    found: dict[str, Target] = {}
    for number, entry in enumerate(tree["targets"], start=1):
        target = _target(entry, number)
        if target.id in found:
            raise ValueError(f"the target {target.id!r} is there twice")
        found[target.id] = target
    sources = {int(number): str(text) for number, text in (tree.get("sources") or {}).items()}
    for target in found.values():
        missing = [number for number in target.source_numbers if number not in sources]
        if missing:
            raise ValueError(f"the target {target.id!r} names source {missing[0]}, which is not in the list")
    return Targets(found, sources)


_TEXTS: Final = ("id", "quantity", "use", "confidence", "evidence", "source")
_MORE: Final = ("preset", "note", "not_modelled", "explains", "standing", "because")
_TRIED: Final = ("experiment", "with", "results", "unit", "places")


def _target(entry: Any, number: int) -> Target:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise ValueError(f"target {number} has no `id`")
    id = entry["id"]
    missing = [field for field in (*_TEXTS, "value", "tolerance") if entry.get(field) in (None, "")]
    if missing:
        raise ValueError(f"the target {id!r} has no `{missing[0]}`")
    fields = (*_TEXTS, *_MORE, *_TRIED, "value", "tolerance")
    unknown = sorted(str(field) for field in entry if field not in fields)
    if unknown:
        raise ValueError(f"the target {id!r} has a field `{unknown[0]}` that nobody reads; {meant(unknown[0], fields)}")
    if entry["use"] not in ("fit", "check", "direction", "display", "reject"):
        raise ValueError(f"the target {id!r} has the unknown use {entry['use']!r}")
    if entry.get("standing", "fitted") not in ("identity", "fitted"):
        raise ValueError(f"the target {id!r} has the unknown standing {entry['standing']!r}")
    if ("standing" in entry) != ("because" in entry):
        raise ValueError(f"the target {id!r} has to have `standing` and `because` both, or neither")
    if ("experiment" in entry) == bool(entry.get("not_modelled")):
        raise ValueError(f"the target {id!r} has to have either an `experiment` or a reason why it is `not_modelled`")
    try:
        value = tuple(float(one) for one in _list(entry["value"]))
    except (TypeError, ValueError):
        raise ValueError(f"the target {id!r} has a `value` that is not a number or a list of numbers") from None
    places = tuple(_list(entry.get("places", [])))
    if not all(isinstance(place, int) and 1 <= place <= len(value) for place in places):
        raise ValueError(f"the target {id!r} has `places` other than 1 to {len(value)}")
    experiment, numbers = _asked(entry, id), len(places or value)
    if experiment is not None and experiment.numbers != numbers:
        raise ValueError(
            f"the target {id!r} has {numbers} numbers to compare and its experiment gives {experiment.numbers}; choose "
            "with `results` and `places`"
        )
    return Target(
        value=value,
        tolerance=_tolerance(entry["tolerance"], id),
        asked=experiment,
        places=places,
        **{field: entry[field] for field in _TEXTS},
        **{field: entry[field] for field in _MORE if field in entry},
    )


def _list(entry: Any) -> list[Any]:
    return entry if isinstance(entry, list) else [entry]


def _asked(entry: Mapping[str, Any], id: str) -> Asked | None:
    if "experiment" not in entry:
        return None
    given = entry.get("with", {})
    if not isinstance(given, dict):
        raise ValueError(f"the target {id!r} has to have its parameters as `with: {{name: value}}`")
    results = tuple(str(one) for one in _list(entry.get("results", [])))
    try:
        return asked(str(entry["experiment"]), given, results, str(entry.get("unit", "")))
    except ValueError as error:
        raise ValueError(f"the target {id!r}: {error}") from None


def _tolerance(entry: Any, id: str) -> Tolerance:
    if not isinstance(entry, dict) or len(entry) != 1 or (kind := next(iter(entry))) not in _KINDS:
        raise ValueError(f"the tolerance of the target {id!r} is not one of {', '.join(_KINDS)}")
    size = entry[kind]
    if kind == "sign":
        return Tolerance(kind, low=0.0) if size == "+" else Tolerance(kind, high=0.0)
    try:
        if kind == "range":
            low, high = size
            return Tolerance(kind, low=float(low), high=float(high))
        return Tolerance(kind, float(size))
    except (TypeError, ValueError):
        raise ValueError(f"the tolerance of the target {id!r} is not a number, or a list of two for a range") from None
