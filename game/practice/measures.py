"""What is measured of a player over many runs: where they stand, and whether that changes.

Every figure is a part of a whole, added up over runs: 31 of the 48 buyers who could decide were asked to. Its interval
takes each run as one observation (a ratio estimator, Cochran 1977), with two made-up runs beside them: one at each end
of the scale where a run is mostly all or nothing (after Agresti and Caffo 2000), and a quarter of the scale above and
below the mean where it is graded. So a few equal runs do not look certain, and many hardly notice them.

The trend is the later half of the runs with each version of a scenario against the earlier half, so that nobody looks
worse for having gone on to a harder one; runs vary around the mean of their own half. It takes `LEAST` runs in a half.
Better or worse is only what is certain among as many figures as are looked at together (Holm 1979).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import inf, sqrt
from typing import Final, Literal

from engine import skills
from engine.evidence.certainty import ALPHA, beyond, holm, tail
from engine.money import number_text
from engine.rules import RULES_VERSION
from engine.score import dependence_text
from engine.words import gettext, marked
from game.practice.history import Past

LEAST: Final = 5
"""Runs in each half from which on a trend is looked for."""
_MANY: Final = 100
"""Degrees of freedom from which on Student's t is as good as normal; more would only take longer."""

_SPREAD: Final = 0.25
"""How far made-up runs are off the mean, where runs are graded."""

Pair = tuple[float, float]
"""Part and whole."""
Word = Literal["better", "worse", "unclear", "too few"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is measured."""

    name: str
    meaning: str
    """What the figure counts, in a sentence; like the name, to be looked up."""
    unit: Literal["%", "per decision"] = "%"
    top: float = 1.0
    """Where the scale ends as it is drawn."""
    most: float = 1.0
    """Where it ends indeed."""
    graded: bool = False
    """Whether a run can be anywhere on the scale, and not mostly at one of its ends."""
    less_is_better: bool = False
    called: str = ""
    """What it is called where its figure stands, if that has to say more than the name; to be looked up."""

    @property
    def heading(self) -> str:
        """What its figure stands beside."""
        return gettext(self.called or self.name)

    def of(self, past: Past) -> Pair | None:
        """What a finished run has of it; None where it has nothing to say."""
        foot = past.closing
        if foot is None:
            return None
        if self.name == RESULT:
            return (foot.par, 100) if foot.par is not None else None
        if self.name == CONDUCT:
            return foot.conduct, 100
        if self.name == ACCURACY:
            return (past.accuracy, 100) if past.accuracy is not None else None
        return past.skills.get(self.name)

    def text(self, share: float) -> str:
        """A figure as it is printed: `71`, `0.83`."""
        return f"{100 * share:.0f}" if self.unit == "%" else number_text(Decimal(f"{share:.1f}"))

    def counted(self, pairs: Iterable[Pair]) -> str:
        """What its figure over some runs was counted from, where the figure does not tell: `3 of 4`."""
        part, whole = (round(sum(each)) for each in zip(*pairs, strict=True))
        if self.name == skills.LEANING:
            return "" if whole else dependence_text(part, whole)
        if self.graded and self.name != skills.NEEDS:
            return ""  # a mean of percentages
        return gettext("{part} of {whole}").format(part=part, whole=whole)

    def change(self, share: float) -> str:
        """A difference as it is printed: `+12`, `−0.4`, `0`."""
        text = self.text(abs(share))
        return f"{'+' if share > 0 else '−'}{text}" if text.strip("0.,") else text


RESULT: Final = marked("result")
CONDUCT: Final = marked("conduct")
ACCURACY: Final = marked("accuracy")

MEASURES: Final = (
    Measure(skills.CLOSED, marked("Of the buyers who could have ordered in the first conversation, those who did.")),
    Measure(
        skills.LEANING,
        marked("Continuations and undated follow-ups for each decision collected. Above 1 is a warning."),
        unit="per decision",
        top=2.0,
        most=inf,
        less_is_better=True,
    ),
    Measure(
        RESULT,
        marked(
            "What the runs earned, as a percentage of par. A run that lost money counts as 0, however much it lost."
        ),
        top=1.5,
        most=inf,
        graded=True,
        called=marked("result, losses as 0"),
    ),
    Measure(CONDUCT, marked("How the selling was done, whatever came of it."), graded=True),
    Measure(
        ACCURACY,
        marked("How near the moves came to the best ones, in the runs that the coach has judged."),
        graded=True,
    ),
    Measure(
        skills.NEEDS,
        marked("Of the points of need in the buyers you talked to, those that were told to you."),
        graded=True,
    ),
    Measure(
        skills.REASONS,
        marked("Of the objections that were raised, those of which you found or answered what really lay behind them."),
    ),
    Measure(skills.ASKED, marked("Of the buyers who could decide, those who were asked to while they could.")),
    Measure(
        skills.DATED,
        marked(
            "Of the conversations that left the sale open, those that ended in a dated step which you did not let pass."
        ),
    ),
    Measure(skills.PROMISES, marked("Of the agreed times, those that you kept.")),
    Measure(
        skills.SAME_DAY,
        marked("Of the conversations in one-call sales that left something open, those followed up on the same day."),
    ),
    Measure(
        skills.SPEED,
        marked(
            "Of the chance to reach somebody five minutes after their enquiry, what was left at your first attempt."
        ),
        graded=True,
    ),
    Measure(
        skills.PRESSURE,
        marked("The highest pressure on each buyer, of 100, on average."),
        graded=True,
        less_is_better=True,
    ),
)
"""In the order in which they are shown: the two headlines, the score, the skills."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its interval of 95%, as a share of the whole."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Trend:
    """The later half of the runs against the earlier half."""

    earlier: float
    later: float
    low: float
    """The lower end of the interval of the difference."""
    high: float
    chance: float
    """How likely luck alone makes a difference as large."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a player stands in one measure."""

    measure: Measure
    runs: int
    """How many had something to say about it."""
    figure: Figure | None
    """None where there is no whole to be a part of."""
    trend: Trend | None
    """None with too few runs to tell."""
    word: Word


def counts(past: Past) -> bool:
    """Whether a run is part of the figures: finished, under these rules, and nothing is wrong with what was kept."""
    return past.closing is not None and past.header.rules == RULES_VERSION and not past.doubt


def standings(runs: Sequence[Past]) -> tuple[Standing, ...]:
    """Where these runs stand in every measure, from the oldest to the newest."""
    found = []
    for measure in MEASURES:
        said = [(past.header.digest, pair) for past in runs if (pair := measure.of(past)) is not None]
        found.append((measure, len(said), figure(measure, [pair for _, pair in said]), trend(measure, said)))
    corrected = iter(holm([change.chance for *_, change in found if change is not None]))
    return tuple(
        Standing(measure, number, mean, change, _word(measure, change, next(corrected) if change is not None else 1))
        for measure, number, mean, change in found
    )


def _word(measure: Measure, change: Trend | None, chance: float) -> Word:
    if change is None:
        return "too few"
    if chance > ALPHA:
        return "unclear"
    return "better" if (change.low > 0) is not measure.less_is_better else "worse"


def figure(measure: Measure, pairs: Sequence[Pair]) -> Figure | None:
    """The ratio over some runs with its interval; None without a whole."""
    whole = sum(each for _, each in pairs)
    if not whole:
        return None
    ratio, residuals = _residuals(_with_made_up(measure, pairs))
    freedom = len(residuals) - 1
    squares = sum(each * each for each in residuals)
    half = _quantile(freedom) * sqrt(squares / freedom / _size(measure, pairs))
    return Figure(sum(part for part, _ in pairs) / whole, max(0.0, ratio - half), min(measure.most, ratio + half))


def trend(measure: Measure, said: Iterable[tuple[str, Pair]]) -> Trend | None:
    """The later half against the earlier half of runs, each given with what it is compared within; None where a half
    has fewer than `LEAST`, or no whole."""
    groups: dict[str, list[Pair]] = {}
    for of, pair in said:
        groups.setdefault(of, []).append(pair)
    halves = [
        [each[: len(each) // 2] for each in groups.values()],
        [each[len(each) - len(each) // 2 :] for each in groups.values()],
    ]
    ratios, adjusted, squares, freedom, error = [], [], 0.0, 0, 0.0
    for half in halves:
        pairs = [pair for group in half for pair in group]
        whole = sum(each for _, each in pairs)
        if len(pairs) < LEAST or not whole:
            return None
        ratio, residuals = _residuals(_with_made_up(measure, pairs))
        ratios.append(sum(part for part, _ in pairs) / whole)
        adjusted.append(ratio)
        rest = iter(residuals)
        for group in (*half, ("made", "up")):
            own = [next(rest) for _ in group]
            mean = sum(own) / max(1, len(own))
            squares += sum((each - mean) ** 2 for each in own)
            freedom += max(0, len(own) - 1)
        error += 1 / _size(measure, pairs)
    earlier, later = ratios
    change, error = adjusted[1] - adjusted[0], sqrt(error * squares / freedom)
    width = _quantile(freedom) * error
    chance = 2 * tail(abs(change) / error, min(freedom, _MANY))
    top = measure.most
    return Trend(earlier, later, max(-top, change - width), min(top, change + width), chance)


def _with_made_up(measure: Measure, pairs: Sequence[Pair]) -> list[Pair]:
    """The runs, and two that were made up, each as large as the others are on average."""
    number, whole = len(pairs), sum(each for _, each in pairs)
    size = whole / number
    if measure.graded:
        middle = sum(part for part, _ in pairs) / whole
        ends = (middle - _SPREAD, middle + _SPREAD)
    else:
        ends = (0.0, measure.top)
    return [*pairs, *((end * size, size) for end in ends)]


def _size(measure: Measure, pairs: Sequence[Pair]) -> int:
    """How many runs a mean is of: made-up ones at the ends of the scale move it, the others only widen its interval."""
    return len(pairs) if measure.graded else len(pairs) + 2


def _residuals(pairs: Sequence[Pair]) -> tuple[float, list[float]]:
    """The ratio of the sums, and how far each run is off it, in its own unit."""
    whole = sum(each for _, each in pairs)
    ratio = sum(part for part, _ in pairs) / whole
    size = whole / len(pairs)
    return ratio, [(part - ratio * each) / size for part, each in pairs]


@cache
def _quantile(freedom: int) -> float:
    return beyond(ALPHA / 2, min(freedom, _MANY))


# --- over time --------------------------------------------------------------------------------------------------------


def course(measure: Measure, runs: Sequence[Past], columns: int) -> tuple[float | None, ...]:
    """The measure over time, from the oldest to the newest, in at most this many columns of about equally many runs;
    None where a column has no whole."""
    pairs = [pair for past in runs if (pair := measure.of(past)) is not None]
    return tuple(_ratio(each) for each in _shared_out(pairs, min(columns, len(pairs))))


def _shared_out(pairs: Sequence[Pair], columns: int) -> Iterator[Sequence[Pair]]:
    for column in range(columns):
        yield pairs[column * len(pairs) // columns : (column + 1) * len(pairs) // columns]


def _ratio(pairs: Sequence[Pair]) -> float | None:
    whole = sum(each for _, each in pairs)
    return sum(part for part, _ in pairs) / whole if whole else None
