"""Collect decisions: a calendar full of follow-ups means that decisions were not collected."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from engine.doctrines import FOILS, SCHOOLS
from engine.evidence.claims import Claim, Figure, Judgement, along
from engine.evidence.schools import playing
from engine.evidence.sellers import OneBuyer, Slipping
from engine.evidence.tallies import Quantity, Sums, Tallies, less, rate, times
from engine.evidence.trials import ALWAYS_OPEN, Counts, Playing, Trial, World
from engine.units import DAY, HOUR, WEEK

SCHOOL = "collect-decisions"

_SCENARIOS = ("roof-before-the-rain", "friday-pipeline", "pricing-form", "long-audition", "saturday-showroom")
_SLIPS = (20, 50)
_PLAYERS = (*SCHOOLS, *FOILS, *(f"{school} {percent}" for school in SCHOOLS for percent in _SLIPS))


def _players() -> dict[str, Trial]:
    """Every player of every skill in every school's scenario."""
    trials: dict[str, Trial] = {}
    for scenario in _SCENARIOS:
        world = World(scenario)
        for name in (*SCHOOLS, *FOILS):
            trials[f"{scenario}/{name}"] = playing(scenario, name)
        for school in SCHOOLS:
            for percent in _SLIPS:
                trials[f"{scenario}/{school} {percent}"] = Playing(world, Slipping(school, percent), share=25)
    return trials


Reading = Callable[[Counts], float]


def _follow_ups(counts: Counts) -> float:
    """Contacts after the first, a prospect."""
    return (counts["contacts"] - counts["contacted"]) / counts["prospects"]


def _undated(counts: Counts) -> float:
    return counts["undated"] / counts["prospects"]


def _decisions(counts: Counts) -> float:
    return counts["decisions"] / counts["prospects"]


def _answers(counts: Counts) -> float:
    """Yes or no, a conversation."""
    return (counts["orders"] + counts["noes"]) / max(1, counts["talks"])


def _pipeline(counts: Counts) -> float:
    """Conversations that left the sale open, dated or not, a prospect."""
    return (counts["continuations"] + counts["advances"]) / counts["prospects"]


def _dependence(counts: Counts) -> float:
    return (counts["continuations"] + counts["undated"]) / max(1, counts["decisions"])


def _income(counts: Counts) -> float:
    return counts["value"] / counts["runs"]


def _correlation(scenario: str, one: Reading, other: Reading) -> Quantity:
    """Over the players of one scenario; Pearson's r of their ranks (Spearman), so that one odd player is only one."""

    def work_out(sums: Sums) -> float:
        players = [sums[f"{scenario}/{name}"] for name in _PLAYERS]
        return _pearson(_ranks([one(p) for p in players]), _ranks([other(p) for p in players]))

    return work_out


def _ranks(numbers: list[float]) -> list[float]:
    """Places in order, equal numbers sharing the mean of theirs."""
    return [
        (sum(other < number for other in numbers) + sum(other <= number for other in numbers) - 1) / 2
        for number in numbers
    ]


def _pearson(xs: list[float], ys: list[float]) -> float:
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    both = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return both / sqrt(sum((a - x) ** 2 for a in xs) * sum((b - y) ** 2 for b in ys))


def _mean(quantities: list[Quantity]) -> Quantity:
    return lambda sums: sum(each(sums) for each in quantities) / len(quantities)


# --- 1.1 -------------------------------------------------------------------------------------------------------------


def _judge_volume(found: Tallies) -> Judgement:
    every = [
        _mean([_correlation(at, reading, against) for at in _SCENARIOS])
        for reading, against in ((_follow_ups, _decisions), (_undated, _decisions), (_undated, _answers))
    ]
    skills = _mean([_over_skills(at, school) for at in _SCENARIOS for school in SCHOOLS])
    places = [
        ("all follow-ups of different players", every[0]),
        ("undated follow-ups of different players", every[1]),
        ("undated follow-ups of different players, and only yes and no as decisions", every[2]),
        ("all follow-ups of one school with more and less skill", skills),
    ]
    return along(
        "whose follow-ups are counted",
        [(place, Figure(f"rank correlation with decisions, {place}", found.figure(r), "", 2)) for place, r in places],
        wanted=-1,
    )


def _over_skills(scenario: str, school: str) -> Quantity:
    """Follow-ups against decisions over the skills of one school."""
    names = (school, *(f"{school} {percent}" for percent in _SLIPS))

    def work_out(sums: Sums) -> float:
        players = [sums[f"{scenario}/{name}"] for name in names]
        return _pearson([_follow_ups(p) for p in players], [_decisions(p) for p in players])

    return work_out


# --- 1.2 -------------------------------------------------------------------------------------------------------------


def _judge_answers(found: Tallies) -> Judgement:
    answers = _mean([_correlation(scenario, _answers, _income) for scenario in _SCENARIOS])
    pipeline = _mean([_correlation(scenario, _pipeline, _income) for scenario in _SCENARIOS])
    places = []
    for scenario in _SCENARIOS:
        lead = less(_correlation(scenario, _answers, _income), _correlation(scenario, _pipeline, _income))
        places.append(
            (scenario, Figure(f"{scenario}: r with income, answers less pipeline", found.figure(lead), "", 2))
        )
    judged = along("scenario", places)
    both = (
        Figure("yes or no a conversation against income, mean r", found.figure(answers), "", 2),
        Figure("sales kept open against income, mean r", found.figure(pipeline), "", 2),
    )
    return Judgement(judged.verdict, judged.why, (*both, *judged.figures))


# --- 1.3 -------------------------------------------------------------------------------------------------------------

_VAGUE = {"6 hours": 6 * HOUR, "3 days": 3 * DAY, "a week": WEEK}
_ROOM = {"showroom": World("saturday-showroom").but(open=ALWAYS_OPEN), "laboratory": World("auto")}


def _vague() -> dict[str, Trial]:
    trials: dict[str, Trial] = {}
    for name, world in _ROOM.items():
        trials[f"{name}, none"] = Playing(world, OneBuyer())
        trials[f"{name}, dated"] = Playing(world, OneBuyer(dated=6 * HOUR))
        for words, minutes in _VAGUE.items():
            trials[f"{name}, {words}"] = Playing(world, OneBuyer(after=minutes))
    return trials


def _judge_vague(found: Tallies) -> Judgement:
    """Little is less than half of what a dated step adds."""
    places, figures = [], []
    for name in _ROOM:
        none, dated = (rate(f"{name}, {how}", "kept", "prospects", 100) for how in ("none", "dated"))
        half = times(0.5, less(dated, none))
        figures.append(Figure(f"{name}: orders that a dated step adds", found.figure(less(dated, none)), "points"))
        for words in _VAGUE:
            undated = rate(f"{name}, {words}", "kept", "prospects", 100)
            gain = less(undated, none)
            figures.append(Figure(f"{name}: orders that a call {words} later adds", found.figure(gain), "points"))

            short = less(half, gain)
            what = f"{name}, {words} later: half of what a date adds, less what the call adds"
            places.append((f"{words} in the {name}", Figure(what, found.figure(short), "points")))
    judged = along("how late the call comes", places)
    return Judgement(judged.verdict, judged.why, (*figures, *judged.figures))


# --- 1.4 -------------------------------------------------------------------------------------------------------------


def _judge_dependence(found: Tallies) -> Judgement:
    places = []
    for scenario in _SCENARIOS:

        def loss(sums: Sums, scenario: str = scenario) -> float:
            players = [sums[f"{scenario}/{name}"] for name in _PLAYERS]
            leaning = sum(p["leaning_runs"] for p in players)
            upright = sum(p["runs"] for p in players) - leaning
            lower = sum(p["leaning_value"] for p in players) / leaning
            return (sum(p["upright_value"] for p in players) / upright - lower) / 100

        what = f"{scenario}: a run's income at 1 or less, over that above 1"
        places.append((scenario, Figure(what, found.figure(loss), "", 0)))
    return along("scenario", places)


CLAIMS = (
    Claim(
        "1.1",
        SCHOOL,
        "Many follow-ups are a mark of weak closing.",
        "Over players of all kinds and skills (five schools, six bad habits, and the schools with 20% and 50% of their "
        "lines at random): rank correlation of follow-ups with decisions, a prospect, mean of five scenarios.",
        _players(),
        _judge_volume,
    ),
    Claim(
        "1.2",
        SCHOOL,
        "Yes or no beats maybe: the rate of decisions predicts income better than the size of the pipeline.",
        "The same players: rank correlation with income of answers (orders and clear noes) a conversation, against "
        "that of sales kept open a prospect.",
        _players(),
        _judge_answers,
    ),
    Claim(
        "1.3",
        SCHOOL,
        "'I'll be in touch' returns little.",
        "One seller never calls back, one calls once without a date, one agrees a day and time. Orders kept. Little is "
        "less than half of what the dated step adds.",
        _vague(),
        _judge_vague,
    ),
    Claim(
        "1.4",
        SCHOOL,
        "Follow-up dependence above 1 is a warning: it goes with a lower income.",
        "The runs of the same players, parted by their dependence. Mean income of those at 1 or less over the others.",
        _players(),
        _judge_dependence,
    ),
)
