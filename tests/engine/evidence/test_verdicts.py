"""Claims about verdicts, from made-up blocks whose truth is known: what is there is found, and luck is not."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from random import Random

import pytest

from engine.evidence.certainty import ALPHA, beyond, holm, tail
from engine.evidence.claims import Claim, Effect, Matters
from engine.evidence.tallies import Tallies, rate
from engine.evidence.trials import BLOCKS, Block
from engine.evidence.verdicts import Judgement, Verdict, counted, judged

RUNS = 1000
"""Of each block. With them a mean of one run is known to a hundredth part of the spread between blocks' sums."""

ONE = Matters(1, because="so it was said")


def blocks(luck: Random, mean: float, spread: float) -> list[Block]:
    """Blocks whose figure is `mean`, more or less by a normal error of `spread`."""
    error = spread * BLOCKS**0.5
    return [Block({"runs": RUNS, "sum": round(RUNS * luck.gauss(mean, error))}) for _ in range(BLOCKS)]


def claim(
    places: Mapping[str, float], luck: Random, spread: float = 0.2, matters: Matters = ONE
) -> tuple[Claim, Tallies]:
    """A claim about an effect that is truly this large at each place."""
    effect = Effect("an effect", {name: rate(name, "sum") for name in places}, matters)
    tallies = Tallies({name: blocks(luck, mean, spread) for name, mean in places.items()})
    return Claim("0.0", "plan-a", "Something.", "Somehow.", {}, (effect,)), tallies


def judged_alone(places: Mapping[str, float], spread: float = 0.2, matters: Matters = ONE, seed: int = 1) -> Judgement:
    (judgement,) = judged([claim(places, Random(seed), spread, matters)])
    return judgement


# --- one claim -------------------------------------------------------------------------------------------------------


def test_a_true_effect_is_reproduced() -> None:
    assert judged_alone({"here": 3, "there": 3}).verdict == "reproduced"


def test_no_effect_is_not_reproduced() -> None:
    assert judged_alone({"here": 0, "there": 0}).verdict == "not reproduced"


def test_an_effect_too_small_to_matter_is_not_reproduced_however_certain_it_is() -> None:
    judgement = judged_alone({"here": 0.5, "there": 0.5}, spread=0.01)
    assert judgement.found[0].pooled.mean.low > 0
    assert judgement.verdict == "not reproduced"


def measured(mean: float, error: float) -> Judgement:
    """A claim whose effect came out exactly so, with exactly this standard error."""
    off = error * (BLOCKS - 1) ** 0.5
    sums = [round(RUNS * (mean + off * (-1) ** number)) for number in range(BLOCKS)]
    tallies = Tallies({"here": [Block({"runs": RUNS, "sum": one}) for one in sums]})
    effect = Effect("an effect", {"here": rate("here", "sum")}, ONE)
    (judgement,) = judged([(Claim("0.0", "plan-a", "Something.", "Somehow.", {}, (effect,)), tallies)])
    return judgement


def test_too_few_runs_decide_nothing_and_it_is_said_how_many_times_as_many_would() -> None:
    few = measured(2, 1)
    assert few.verdict == "undecided"
    assert 4 < few.needed < 5  # Student's t of a few blocks has to be 2.09 where it is 1
    assert measured(2, 1 / (0.95 * few.needed) ** 0.5).verdict == "undecided"
    assert measured(2, 1 / (1.05 * few.needed) ** 0.5).verdict == "reproduced"


def test_no_number_of_runs_decides_what_is_exactly_as_large_as_matters() -> None:
    assert measured(1, 1).needed == inf


def test_places_that_differ_make_it_depend_and_each_is_named() -> None:
    judgement = judged_alone({"here": 3, "there": -3, "elsewhere": 1})
    assert judgement.verdict == "depends"
    assert [place.holds for place in judgement.found[0].places] == [True, False, None]


def test_places_that_have_it_more_and_less_do_not_make_it_depend() -> None:
    assert judged_alone({"here": 2.5, "there": 9, "elsewhere": 5}).verdict == "reproduced"


def test_a_place_that_is_not_apart_does_not_make_it_depend() -> None:
    assert judged_alone({"here": 4, "there": 4, "elsewhere": 1.1}).verdict == "reproduced"


def test_an_effect_can_have_to_stay_below_something_or_between_two() -> None:
    assert judged_alone({"here": -3}, matters=Matters(high=-1, because="")).verdict == "reproduced"
    assert judged_alone({"here": 3}, matters=Matters(high=-1, because="")).verdict == "not reproduced"
    band = Matters(5, 10, "as claimed")
    assert judged_alone({"here": 7}, matters=band).verdict == "reproduced"
    assert [judged_alone({"here": at}, matters=band).verdict for at in (3, 12)] == ["not reproduced"] * 2
    assert judged_alone({"here": 9.9}, matters=band).verdict == "undecided"


def test_what_places_share_is_no_error_of_the_difference_between_them() -> None:
    """The same buyers, for better and for worse: the mean over places has their error once, and not less."""
    same = blocks(Random(3), 2, 1)
    tallies = Tallies({"here": same, "there": same})
    effect = Effect("an effect", {name: rate(name, "sum") for name in ("here", "there")}, ONE)
    (judgement,) = judged([(Claim("0.0", "plan-a", "Something.", "Somehow.", {}, (effect,)), tallies)])
    assert judgement.found[0].pooled.mean.error == pytest.approx(tallies.figure(rate("here", "sum")).error)


def test_what_came_out_alike_in_a_few_runs_is_not_taken_for_certain() -> None:
    effect = Effect("an effect", {"here": rate("here", "sum")}, ONE)
    about = Claim("0.0", "plan-a", "Something.", "Somehow.", {}, (effect,))
    verdicts = [
        judged([(about, Tallies({"here": [Block({"runs": runs, "sum": 2 * runs})] * BLOCKS}))])[0].verdict
        for runs in (1, 100)
    ]
    assert verdicts == ["undecided", "reproduced"]


def test_a_claim_needs_all_of_its_effects() -> None:
    def both(first: float, second: float, spread: float = 0.2) -> Verdict:
        luck = Random(5)
        (one, tallies), (other, more) = claim({"a": first}, luck), claim({"b": second}, luck, spread)
        effects = (*one.effects, *other.effects)
        found = Tallies({**tallies._blocks, **more._blocks})
        (judgement,) = judged([(Claim("0.0", "plan-a", "Both.", "Somehow.", {}, effects), found)])
        return judgement.verdict

    assert both(3, 3) == "reproduced"
    assert both(3, -3) == "not reproduced"
    assert both(3, 2, spread=3) == "undecided"


# --- many claims -----------------------------------------------------------------------------------------------------


def test_among_many_claims_without_anything_to_find_luck_hardly_ever_decides_one() -> None:
    """Each effect is exactly as large as matters, the hardest case: whatever is decided is decided by luck. Alone, a
    claim is decided in one page of twenty; twelve together would be in nearly half of them, were they not corrected."""
    luck, pages, few = Random(7), 150, 40
    every = [[claim({"here": 1} if n % 2 else {"here": 1, "there": 1}, luck) for n in range(12)] for _ in range(pages)]
    together = sum(any(one.verdict != "undecided" for one in judged(page)) for page in every)
    assert together <= (ALPHA + 2 * (ALPHA * (1 - ALPHA) / pages) ** 0.5) * pages
    alone = sum(any(judged([one])[0].verdict != "undecided" for one in page) for page in every[:few])
    assert alone > 0.3 * few


def test_what_is_there_is_still_found_among_many() -> None:
    luck = Random(11)
    page = [claim({"here": 1, "there": 1}, luck) for _ in range(20)]
    found = counted(judged([*page, claim({"here": 4, "there": 4}, luck), claim({"here": 4, "there": -4}, luck)]))
    assert (found["reproduced"], found["depends"]) == (1, 1)


# --- the statistics --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("freedom", "t", "chance"),
    [
        (1, 12.706, 0.025),
        (2, 4.303, 0.025),
        (10, 2.228, 0.025),
        (19, 2.093, 0.025),
        (19, 3.883, 0.0005),
        (100, 1.984, 0.025),
    ],
)
def test_students_t_is_that_of_the_tables(freedom: int, t: float, chance: float) -> None:
    assert tail(t, freedom) == pytest.approx(chance, rel=0.01)
    assert tail(-t, freedom) == pytest.approx(1 - tail(t, freedom))
    assert beyond(chance, freedom) == pytest.approx(t, rel=0.001)


def test_students_t_has_ends_and_a_middle() -> None:
    assert (tail(inf, 5), tail(0, 5), tail(-inf, 5)) == (0, 0.5, 1)
    with pytest.raises(ValueError, match="one degree"):
        tail(1, 0)


def test_holm_corrects_the_least_most_and_keeps_the_order() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([0.6, 0.7]) == (1.0, 1.0)
    assert holm([]) == ()
