"""Audition: in sales of weeks and months the buyer judges you by what you do between the meetings."""

from __future__ import annotations

from dataclasses import replace

from engine.doctrines import FOILS, SCHOOLS
from engine.evidence.claims import Claim, Figure, Judgement, along, sign
from engine.evidence.messages import Messages
from engine.evidence.schools import playing
from engine.evidence.sellers import OneBuyer, Sparing
from engine.evidence.tallies import Quantity, Tallies, less, rate
from engine.evidence.trials import Playing, Trial, World
from engine.units import DAY, POINT, WEEK

SCHOOL = "audition"

# --- 3.1 -------------------------------------------------------------------------------------------------------------

_TRADES = {"large retail": "large_retail", "in-home": "in_home", "auto": "auto", "new home": "new_home", "b2b": "b2b"}
"""From short cycles to long ones: fewer can decide at first, and the others need longer."""


def _cycles() -> dict[str, Trial]:
    return {
        name: Playing(World(preset), OneBuyer(asks=1, dated=pace, after=pace, follow_ups=8, tries=2))
        for name, preset in _TRADES.items()
        for pace in (WEEK if preset == "b2b" else DAY,)
    }


def _judge_cycles(found: Tallies) -> Judgement:
    figures = [
        Figure(f"{name}: orders after the first conversation", found.figure(_later(name)), "%", 0) for name in _TRADES
    ]
    shortest, *_, longest = _TRADES
    rises = Figure(f"{longest} less {shortest}", found.figure(less(_later(longest), _later(shortest))), "points", 0)
    shares = ", ".join(f"{name} {figure.text()}" for name, figure in zip(_TRADES, figures, strict=True))
    won = sign(figures[-1].mean, 80) > 0 and sign(rises.mean) > 0
    return Judgement("reproduced" if won else "not reproduced", f"from short to long: {shares}", (*figures, rises))


def _later(name: str) -> Quantity:
    return rate(name, "later", "orders", 100)


# --- 3.2 and 3.3 -----------------------------------------------------------------------------------------------------

_NUMBERS = tuple(range(11))


def _useful() -> dict[str, Trial]:
    return {f"useful {number}": Messages("write", number) for number in _NUMBERS}


def _empty() -> dict[str, Trial]:
    return {f"empty {number}": Messages("anything-new", number) for number in (3, 6, 9)}


def _trust(trial: str) -> Quantity:
    return rate(trial, "trust", "runs", 1 / POINT)


def _judge_touches(found: Tallies) -> Judgement:
    """A message annoys where trust is lower with it than without, or where it leaves pressure."""
    places, figures = [], []
    for number in (3, 6, 9):
        last = less(_trust(f"useful {number}"), _trust(f"useful {number - 1}"))
        over_empty = less(_trust(f"useful {number}"), _trust(f"empty {number}"))
        figures += [
            Figure(f"trust, {number} useful messages over {number} empty ones", found.figure(over_empty), "points"),
            Figure(f"pressure a useful message, of {number}", found.figure(_pressure("useful", number)), "points"),
            Figure(f"pressure an empty message, of {number}", found.figure(_pressure("empty", number)), "points"),
        ]
        places.append(
            (f"number {number}", Figure(f"trust that useful message {number} adds", found.figure(last), "points"))
        )
    judged = along("number of the message", places)
    pressed = [f for f in figures if f.what.startswith("pressure a useful") and sign(f.mean) > 0]
    if pressed:
        judged = Judgement("not reproduced", f"useful messages leave pressure: {pressed[0].text()}", judged.figures)
    return replace(judged, figures=(*judged.figures, *figures))


def _pressure(kind: str, number: int) -> Quantity:
    """Points of pressure that a message leaves."""
    return rate(f"{kind} {number}", "pressure", "runs", 1 / POINT / number)


def _judge_peak(found: Tallies) -> Judgement:
    figures = [
        Figure(
            f"trust after a quarter with {number} useful messages", found.figure(_trust(f"useful {number}")), "points"
        )
        for number in _NUMBERS
    ]
    peak = max(_NUMBERS, key=lambda number: figures[number].mean.value)
    rise = Figure("peak over none", found.figure(less(_trust(f"useful {peak}"), _trust("useful 0"))), "points")
    fall = Figure("peak over ten", found.figure(less(_trust(f"useful {peak}"), _trust("useful 10"))), "points")
    turned = sign(rise.mean) > 0 and sign(fall.mean) > 0
    why = f"trust peaks at {peak} messages, {rise.text()} over none and {fall.text()} over ten; 4 to 6 are claimed"
    held = turned and 4 <= peak <= 6
    return Judgement("reproduced" if held else "not reproduced", why, (*figures, rise, fall))


# --- 3.4 -------------------------------------------------------------------------------------------------------------

_MOST = (0, 1, 2, 3, 4, 6)
_LONG = World("long-audition")
_OTHERS = tuple(name for name in (*SCHOOLS, *FOILS) if name != "audition")


def _caution() -> dict[str, Trial]:
    trials: dict[str, Trial] = {
        f"audition, at most {most}": Playing(_LONG, Sparing("audition", most), share=25) for most in _MOST
    }
    return trials | {name: playing(_LONG.scenario, name) for name in _OTHERS}


def _judge_caution(found: Tallies) -> Judgement:
    """What sellers believe cannot be measured here. What they do can: who writes less often than pays acts as if it
    annoyed."""
    income = {most: rate(f"audition, at most {most}", "value", "runs", 1 / 100) for most in _MOST}
    figures = [
        Figure(f"at most {most} useful messages: income a run", found.figure(income[most]), "", 0) for most in _MOST
    ]
    best = max(_MOST, key=lambda most: figures[_MOST.index(most)].mean.value)
    lead = Figure(f"income, at most {best} over none", found.figure(less(income[best], income[0])), "", 0)
    sent = {name: found.figure(rate(name, "touches")) for name in _OTHERS}
    paying = found.figure(rate(f"audition, at most {best}", "touches")).value
    fewer = [name for name, mean in sent.items() if mean.high < paying]
    counted = Figure(
        "messages a run where income is highest", found.figure(rate(f"audition, at most {best}", "touches"))
    )
    why = (
        f"what sellers believe, which the model does not hold. {lead.what} {lead.text()}; {len(fewer)} of {len(sent)} "
        f"other players write less than the {paying:.1f} messages a run that pay best"
    )
    sure = sign(lead.mean) > 0
    return Judgement("depends on" if sure else "not reproduced", why, (*figures, lead, counted))


CLAIMS = (
    Claim(
        "3.1",
        SCHOOL,
        "Long sales are won between the meetings: more than 80% of orders come after the first conversation.",
        "One seller, who asks once in every conversation, agrees dates and follows up, in trades from short cycles to "
        "long ones. The share of orders after the first conversation is to rise, and to pass 80% in the longest.",
        _cycles(),
        _judge_cycles,
    ),
    Claim(
        "3.2",
        SCHOOL,
        "Messages that bring something do not annoy.",
        "Three, six and nine messages over a quarter, useful or empty, to a buyer of a long sale. Trust at the end of "
        "the quarter, and pressure after each message.",
        _useful() | _empty(),
        _judge_touches,
    ),
    Claim(
        "3.3",
        SCHOOL,
        "Steady contact builds trust, up to 4 to 6 messages a quarter; more of them cost it.",
        "None to ten useful messages, evenly over a quarter. Trust at its end.",
        _useful(),
        _judge_peak,
    ),
    Claim(
        "3.4",
        SCHOOL,
        "Sellers overrate how much they annoy.",
        "The long sale, with at most 0 to 6 useful messages. Where income is highest, and how many of the other "
        "players write less often than that.",
        _caution(),
        _judge_caution,
    ),
)
