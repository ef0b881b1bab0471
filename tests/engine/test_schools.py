"""Claims about the five schools: each is right somewhere, for its own reason, and none is right everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from engine import playing
from engine import world as at
from engine.doctrines import BY_SCHOOL, DOCTRINES, FOILS, SCHOOLS
from engine.evidence.sellers import DayLate, Late
from engine.evidence.trials import Fades, Playing, World
from engine.expectations import earnings, expectations, judged, lead
from engine.play import Game
from engine.playing import play_out
from engine.rules import prepare, start
from engine.rules.value import value
from engine.scenario.compiled import Expect, Scenario
from engine.specialising import often
from engine.units import CERTAIN, DAY, Span
from engine.world import Core
from tests.engine.sales import BUNDLED, FOLDER, SCHOOL_SCENARIOS, bundled, play, written
from tests.engine.watching import chosen

FEWER = 200
"""Enough for what is far apart."""
MORE = 1500
"""For what a difference of differences needs."""
APART = 1.96
"""Standard errors from which a 95% interval leaves out zero."""


@cache
def earned(doctrine: str, game: Game, runs: int) -> tuple[int, ...]:
    """What a doctrine earns from each of the first buyers of a scenario, in minor units."""
    return earnings(game, doctrine, runs)


def ahead(doctrine: str, other: str, game: Game, runs: int) -> float:
    """By how many standard errors one doctrine's mean is above another's, buyer by buyer."""
    return lead(earned(doctrine, game, runs), earned(other, game, runs))


def otherwise(scenario: str, **buyer: object) -> Game:
    """A scenario with other buyers."""
    compiled = bundled(scenario).scenario
    people = tuple(replace(one, buyer=replace(one.buyer, **buyer)) for one in compiled.prospects)  # type: ignore[arg-type]
    return Game(replace(compiled, prospects=people))


def compiled(scenario: str) -> Scenario:
    return bundled(scenario).scenario


def edge(school: str, other: str, game: Game) -> tuple[int, ...]:
    """What a doctrine earns more than another, buyer by buyer."""
    return tuple(a - b for a, b in zip(earned(school, game, MORE), earned(other, game, MORE), strict=True))


@pytest.mark.parametrize("scenario", ["saturday-showroom", "friday-pipeline"])
def test_who_has_chosen_often_chooses_as_before(scenario: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One buyer, and several."""
    whole = compiled(scenario)
    few = replace(whole, prospects=whole.prospects[:2])  # to make functions for more of them takes long
    ends: list[list[Core]] = []
    for often_enough in (10**9, 1):
        monkeypatch.setattr(often, "OFTEN", often_enough)
        monkeypatch.setattr(playing, "PRACTISED", often_enough)
        rules = prepare(few)
        players = [player(rules, 0) for name, player in {**SCHOOLS, **FOILS}.items() if name != "random"]
        luck = [rules.luck(seed) for seed in range(2)]
        ends.append([play_out(rules, start(rules, one), one, choose) for choose in players for one in luck])
        made = [isinstance(choose, playing.Practised) and "__" in choose.known[0].__name__ for choose in players]
        assert made == [often_enough == 1] * len(players)
    assert ends[0] == ends[1]


@pytest.mark.parametrize("scenario", BUNDLED)
def test_every_bundled_scenario_does_what_its_author_expects(scenario: str) -> None:
    assert [one for one in expectations(bundled(scenario)) if not one.met] == []


def test_each_school_is_expected_to_be_the_best_of_the_five_where_it_is_right_and_so_none_is_right_everywhere() -> None:
    for school, scenario in SCHOOL_SCENARIOS.items():
        assert BY_SCHOOL[compiled(scenario).expect.best_school or ""] == school
    assert SCHOOL_SCENARIOS.keys() == SCHOOLS.keys()


@pytest.mark.parametrize("school", sorted(SCHOOLS))
def test_each_school_beats_every_bad_habit_where_it_is_right(school: str) -> None:
    game = bundled(SCHOOL_SCENARIOS[school])
    assert [foil for foil in sorted(FOILS) if ahead(school, foil, game, FEWER) <= APART] == []


@pytest.mark.parametrize("school", sorted(set(SCHOOLS) - {"audition"}))
def test_what_answers_a_need_is_shown_before_it_goes(school: str) -> None:
    """In the tutorial, if answers went with their stage, two turns that led nowhere would leave time for one of two.
    The coach lets a school play on, and would hold all that is lost against those two."""
    text = (FOLDER / "first-five-minutes.yaml").read_text(encoding="utf-8")
    staying, going = (f"stage: {stage}\n    kind: demonstrate" for stage in ("try..decide", "try"))
    assert text.count(staying) == 2
    game = written(text.replace(staying, going), base="")

    def wasting(*moves: str) -> float:
        ends = [play(game.new_initial_state(seed), *moves) for seed in range(30)]
        return sum(
            value(game.rules, play_out(game.rules, end.core, end.luck, DOCTRINES[school](game.rules, 0)))
            for end in ends
        )

    assert wasting("at-the-window", "which-now") > 0.75 * wasting()


def test_who_asks_late_goes_on_finding_out_where_somebody_else_has_asked_too_early() -> None:
    """The coach lets a school play on: if it left after that, all of a long sale would be held against the asking."""
    game = bundled("long-audition")
    asked = [play(game.new_initial_state(seed), "laptop-open", "papers-by-friday") for seed in range(8)]
    going_on = [state for state in asked if not state.is_terminal()]
    lines = [state.line(chosen(state, SCHOOLS["audition"](game.rules, 0))) for state in going_on]
    assert {line and line.kind for line in lines} == {"open-question"}


def cost_of_a_late_start(world: World) -> float:
    """The share of its income that the school of speed loses by beginning a day later."""
    soon, late = (
        Playing(world, player).play(0, 300, compiled).counts["value"]
        for player in ("speed-first", Late("speed-first", DAY))
    )
    return 1 - late / soon


def test_speed_is_right_because_interest_and_reach_fade_and_others_sell() -> None:
    """A day's wait costs more than half; where all that stands still, next to nothing."""
    assert cost_of_a_late_start(World("pricing-form")) > 0.5
    still = World("pricing-form", fades="frozen").but(reach=95 * CERTAIN // 100, rival=None, drifts=0)
    assert cost_of_a_late_start(still) < 0.1


def test_the_same_day_is_right_because_others_win_on_whoever_waits() -> None:
    """A Monday with both at the table costs less where nobody else sells and nobody lets it be."""
    game, alone = bundled("saturday-showroom"), otherwise("saturday-showroom", rival=None, drifts=0)
    assert lead(edge("same-day", "collector", game), edge("same-day", "collector", alone)) > APART


def lost_by_waiting(fades: Fades | None) -> float:
    """The share of the orders after the visit that somebody loses who puts every call and date off to another day."""
    world = World("saturday-showroom", fades=fades)
    soon, late = (
        Playing(world, player).play(0, 300, compiled).counts["kept_later"]
        for player in ("same-day", DayLate("same-day"))
    )
    return 1 - late / soon


def test_the_same_day_is_right_because_what_is_felt_fades() -> None:
    """Where nothing fades, waiting a day loses fewer of the orders, by one in twenty at least."""
    assert lost_by_waiting(None) - lost_by_waiting("frozen") > 0.05


def said(kind: str, scenario: str, seed: int, school: str) -> Counter[tuple[int, int, int]]:
    """How often a school says the lines of a kind: by buyer, conversation and line."""
    state = bundled(scenario).new_initial_state(seed)
    choose = DOCTRINES[school](state.game.rules, seed)
    times = Counter[tuple[int, int, int]]()
    while not state.is_terminal():
        action, who = chosen(state, choose), state.core[at.ACTIVE]
        line = state.line(action)
        if line is not None and line.kind == kind:
            times[who, state.people[who][at.TALKS], action] += 1
        state = state.apply_action(action)
    return times


@pytest.mark.parametrize(
    ("scenario", "seeds"), [("friday-pipeline", range(8)), ("long-audition", (488, 593, 3218))], ids=["friday", "weeks"]
)
@pytest.mark.parametrize("school", sorted(SCHOOLS))
def test_who_keeps_the_reason_to_themselves_is_not_asked_for_it_again_and_again(
    school: str, scenario: str, seeds: Sequence[int]
) -> None:
    assert all(times < 2 for seed in seeds for times in said("isolate", scenario, seed, school).values())


@pytest.mark.parametrize("school", sorted(SCHOOLS))
def test_who_has_been_told_that_a_no_is_welcome_is_not_told_so_again(school: str) -> None:
    assert all(n < 2 for seed in (325, 406) for n in said("invite-no", "first-five-minutes", seed, school).values())


def equals(*gaps: int) -> dict[str, tuple[int, ...]]:
    """What the schools earned from the same buyers, if the first earned so much more than all the others."""
    others = tuple(range(len(gaps)))
    return dict.fromkeys(("collector", "speed-first", "audition", "same-day", "random"), others) | {
        "plan-a": tuple(other + gap for other, gap in zip(others, gaps, strict=True))
    }


@pytest.mark.parametrize(
    ("gaps", "verdict", "needed"),
    [
        ((9, 11, 9, 11), "met", None),
        ((-9, -11, -9, -11), "not met", None),
        ((-20, 0, -20, 10), "undecided", 16),
        ((20, 0, 20, -10), "undecided", 16),
    ],
)
def test_a_school_leads_only_when_it_is_ahead_by_two_standard_errors(
    gaps: tuple[int, ...], verdict: str, needed: int | None
) -> None:
    scenario = replace(compiled("pricing-form"), expect=Expect(best_school="plan-a"))
    _, best = judged(scenario, equals(*gaps), {})
    assert (best.verdict, best.needed) == (verdict, needed)


def test_no_two_schools_are_met_for_one_file() -> None:
    scenario = compiled("first-five-minutes")
    earned = {name: earnings(bundled("first-five-minutes"), name, 40) for name in (*SCHOOLS, "random")}
    found = [judged(replace(scenario, expect=Expect(best_school=name)), earned, {})[1] for name in BY_SCHOOL]
    assert sum(finding.met for finding in found) <= 1


@pytest.mark.parametrize(
    ("closed", "verdict"), [(200, "met"), (40, "not met"), (112, "undecided"), (90, "undecided"), (0, "not met")]
)
def test_a_share_near_the_end_of_its_range_is_undecided(closed: int, verdict: str) -> None:
    span = Span(CERTAIN // 4, CERTAIN)
    scenario = replace(compiled("pricing-form"), expect=Expect(first_visit_close=(("plan-a", span),)))
    _, found = judged(scenario, equals(1, 2, 3), {"plan-a": (closed, 400)})
    assert found.verdict == verdict


def test_an_expectation_that_is_not_met_says_what_came_out_instead() -> None:
    game = bundled("first-five-minutes")
    wrong = replace(
        game.scenario, expect=Expect(best_school="audition", first_visit_close=(("audition", Span(CERTAIN, CERTAIN)),))
    )
    hard, school, close = expectations(Game(replace(wrong, difficulty=3)), runs=40)
    assert not hard.met
    assert "difficulty 1" in hard.found
    assert not school.met
    assert "against" in school.found
    assert not close.met
    assert "0.0% of 40" in close.found
