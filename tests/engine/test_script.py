"""Claims about the script: it never listens, a bounded search makes it good in sales of one call and of many, and it is
the same each time."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine import world as at
from engine.catalogue import catalogue
from engine.doctrines import SCHOOLS, Entry, Script, known_script, known_scripts, script_of
from engine.doctrines.climbing import Climb, Entries, Round, Training, best_script, climb, openings
from engine.expectations import of_script
from engine.listening import listening
from engine.play import Game, State
from engine.playing import Chooser, play_out
from engine.rules import Turn, constants
from engine.rules.tables import WAITS
from engine.rules.value import value
from engine.scenario.compiled import BEYOND
from engine.sight import Person, Sight
from engine.units import CERTAIN, DAY, Span
from tests.engine.sales import BASE, BUNDLED, bundled, play, written
from tests.engine.watching import chosen, sight

FEW = (Round(2, 2_000, (10, 40)), Round(1, 4_000, (15, 60)))
SHOP = """\
buyer: {name: Sam, real: 100%, patience: 30m}
needs: {dry: {says: I have to get there dry.}}
lines:
  why: {kind: open-question, say: Where to?, reveals: dry}
  show: {kind: present, say: It opens with one hand., meets: dry, when: {knows: dry}}
  rain: {kind: small-talk, say: What weather., repeat: yes}
  bye: {kind: vague-follow-up, say: Come back any time.}
"""


def script(game: Game, *names: str) -> Script:
    """The script of these moves; `name:6` is read from day 6 on."""
    parts = (name.partition(":") for name in names)
    return Script(Entry(game.move_named(name), int(day or 0)) for name, _, day in parts)


def schools(game: Game) -> tuple[Chooser, ...]:
    return tuple(school(game.rules, 0) for school in SCHOOLS.values())


def names(game: Game, choose: Chooser, seed: int = 1) -> list[str]:
    """The moves that somebody makes with the buyer of a seed."""
    state, made = game.new_initial_state(seed), list[str]()
    while not state.is_terminal():
        move = chosen(state, choose)
        made.append(game.move_name(move))
        state = state.apply_action(move)
    return made


# --- a script is read out --------------------------------------------------------------------------------------------


def test_the_first_entry_that_is_on_the_menu_is_made() -> None:
    game = written(SHOP)
    assert names(game, script(game, "show", "why", "bye", "finish").read_out()) == ["why", "show", "bye", "finish"]


def test_what_stands_in_it_twice_is_said_twice() -> None:
    game = written(SHOP)
    assert names(game, script(game, "rain", "why", "rain", "bye").read_out())[:4] == ["rain", "why", "rain", "bye"]


def test_a_seller_at_the_end_of_a_script_leaves_and_lets_the_time_pass() -> None:
    game = written(SHOP)
    assert names(game, script(game, "why").read_out()) == ["why", "bye", "finish"]


LONG = """\
sale: multi-call
ceiling: 0%
buyer:
  name: Ruth
  real: 100%
  interest: 55..70
  trust: 40..50
  patience: 20m..30m
  ready: 4w..5w
  decides: {alone: 100%}
  indecision: {low: 100%}
  fades: slow
  drifts: 0.5% a day
  reach: 70%
needs:
  rota: {says: The rota is a mess., weight: 60}
lines:
  rota: {kind: open-question, say: How is the rota?, reveals: rota}
  figure: {kind: quote, say: It is a thousand.}
  show: {kind: demonstrate, say: It makes the rota., meets: rota}
  step: {kind: propose-dated-step, in: 1w, by: visit, say: A week from now?}
  sign: {kind: ask-for-decision, say: Shall we sign?}
  soon: {kind: vague-follow-up, say: I will be in touch.}
  page: {kind: touch, by: email, repeat: yes, say: I send a page.}
  ring: {kind: call, by: call, say: I ring.}
  visit: {kind: call, by: visit, when: {promised: timed}, say: I am there.}
"""
WEEKS = (
    SHOP.replace("patience: 30m", "patience: 30m, trust: 90, reach: 100%")
    + """\
  page: {kind: touch, by: email, say: I send a page.}
  ring: {kind: call, by: call, say: I ring.}
  thursday: {kind: propose-dated-step, in: 3d, by: call, say: Shall we say Thursday?}
"""
)


def days(game: Game, choose: Chooser, seed: int = 1) -> list[tuple[str, int]]:
    """The moves that somebody makes with the buyer of a seed, each with its day."""
    state, made = game.new_initial_state(seed), list[tuple[str, int]]()
    while not state.is_terminal():
        move = chosen(state, choose)
        made.append((game.move_name(move), state.minute // DAY))
        state = state.apply_action(move)
    return made


def test_an_entry_with_a_day_is_passed_over_until_then_and_waited_for() -> None:
    game = written(WEEKS)
    made = days(game, script(game, "page:4", "bye", "ring:8").read_out())
    assert ("page", 4) in made
    assert ("ring", 8) in made
    assert {name for name, _ in made} <= {"bye", "page", "ring", "take-call", "finish"} | {
        name for name in WAITS if name.startswith("wait")
    }


def test_what_was_agreed_is_kept_though_the_list_says_nothing_of_it() -> None:
    game = written(WEEKS)
    agreeing = next(
        seed for seed in range(50) if "wait.agreed" in names(game, script(game, "thursday", "bye").read_out(), seed)
    )
    made = days(game, script(game, "thursday", "bye").read_out(), agreeing)
    assert next(day for name, day in made if name == "ring") == 3


def test_every_run_begins_at_the_top() -> None:
    game = written(SHOP)
    read = script(game, "rain", "why")
    assert names(game, read.read_out()) == names(game, read.read_out())


DIARY = (at.RESULT, at.OPTED_OUT, at.HERE_UNTIL, at.PROMISE, at.PROMISE_AT, at.LAST_TRY)
"""What is agreed with somebody, whether they are there, and when they were rung: it stands in the seller's diary."""


def behind(state: State, others: Sequence[Person]) -> Sight:
    """The same menu, clock and diary, with somebody else behind them."""
    people = [
        [one[slot] if slot in DIARY else number for slot, number in enumerate(other)]
        for one, other in zip(state.people, others, strict=True)
    ]
    rules = state.game.rules
    core = (*state.core[: at.FIRST], *map(tuple, people))
    return Sight(catalogue(rules), Turn(rules, core, ()), state.legal_actions())


@pytest.mark.parametrize("name", BUNDLED)
def test_a_script_reads_the_menu_and_the_diary_and_nothing_else(name: str) -> None:
    """Whatever was said, whoever the buyer is and however they feel: behind equal menus it makes equal moves."""
    game = bundled(name)
    training = Training(game.rules)
    other = game.new_initial_state(99).people
    blank = tuple(tuple(0 for _ in person) for person in other)
    for entries in openings(training, schools(game))[::20]:
        for people in (other, blank):
            for seed in range(4):
                state, seeing, blind = (
                    game.new_initial_state(seed),
                    Script(entries).read_out(),
                    Script(entries).read_out(),
                )
                while not state.is_terminal():
                    s = sight(state)
                    move = seeing(s)
                    assert move == blind(behind(state, people))
                    state = state.apply_action(move)


# --- it is looked for ------------------------------------------------------------------------------------------------


def test_nobody_who_is_judged_was_trained_with() -> None:
    rules = bundled("saturday-showroom").rules
    training = Training(rules)
    trained = {training.luck(buyer)[0].draws("anything", 16) for buyer in range(300)}
    judged = {rules.luck(seed)[0].draws("anything", 16) for seed in (*range(3000), 2**53 - 1)}
    assert len(trained) == 300
    assert not trained & judged


def mean(game: Game, entries: Entries, buyers: int = 300) -> float:
    """What a script earns from buyers it has not been trained with."""
    return sum(earned(game, Script(entries).read_out(), seed) for seed in range(buyers)) / buyers


def earned(game: Game, choose: Chooser, seed: int) -> int:
    """What somebody earns from the buyer of a seed."""
    state = game.new_initial_state(seed)
    return value(game.rules, play_out(game.rules, state.core, state.luck, choose))


def test_in_a_long_sale_the_search_finds_a_cadence_that_holds_with_buyers_it_has_never_met(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Something every week, and the question when there is a budget: that needs a calendar, and nobody's answers."""
    monkeypatch.setattr("engine.doctrines.climbing.ROUNDS", (Round(2, 10_000, (20, 60)), Round(1, 40_000, (40, 160))))
    game = written(
        LONG,
        BASE.replace("price: 1000, floor: 800", "price: 20000, floor: 8000").replace("deadline: 14d", "deadline: 7w"),
    )
    training = Training(game.rules)
    (begun, *_) = training.ranked(openings(training, schools(game)))
    found = mean(game, best_script(game.rules, schools(game)).entries)
    assert found > mean(game, begun)
    listening = (earned(game, SCHOOLS["audition"](game.rules, 0), seed) for seed in range(300))
    assert found > 1.8 * sum(listening) / 300


def test_a_climb_never_ends_lower_and_makes_no_more_than_its_moves() -> None:
    game = bundled("roof-before-the-rain")
    training = Training(game.rules)
    (entries, *_) = openings(training, schools(game))
    one = Round(1, 8_000, (10, 40))
    begun = sum(training.earned(Script(entries), range(40)))
    once = training.made
    found = climb(training, Climb(entries, one, "a"))
    assert found.earned >= begun
    assert training.made - once < one.moves + 3 * once  # the last change that was begun is tried to its end
    assert sum(training.earned(Script(found.entries), range(40))) == found.earned


def test_equal_scenarios_have_equal_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.doctrines.climbing.ROUNDS", FEW)
    one, other = (Game(bundled("first-five-minutes").scenario) for _ in range(2))
    assert best_script(one.rules, schools(one)).entries == best_script(other.rules, schools(other)).entries


# --- the listening share ---------------------------------------------------------------------------------------------


def test_the_listening_share_is_what_the_expert_earns_and_a_script_cannot() -> None:
    found = listening({1: 50, 2: 100, 3: 0, 4: 999}, {1: 100, 2: 200, 3: 0, 5: 999})
    assert (found.runs, found.script, found.expert) == (3, 150, 300)
    assert found.of_expert is not None
    assert found.share is not None
    assert found.share.value == 0.5
    assert found.share.error == pytest.approx(0)  # half of it from each buyer: nothing is left to chance


def test_who_is_compared_by_buyer_is_known_better_than_apart() -> None:
    expert = {seed: 100 * (seed % 7) for seed in range(70)}
    alike = listening({seed: earned - 30 for seed, earned in expert.items()}, expert).of_expert
    apart = listening({seed: 600 - earned for seed, earned in expert.items()}, expert).of_expert
    assert alike is not None
    assert apart is not None
    assert alike.error < apart.error / 3


@pytest.mark.parametrize("expert", [{}, {1: 0, 2: 0}, {1: -50, 2: 10}])
def test_of_an_expert_who_earns_nothing_there_is_no_part(expert: dict[int, int]) -> None:
    assert listening({1: 10, 2: 10}, expert).of_expert is None
    finding = of_script(Span(0, CERTAIN), listening({1: 10, 2: 10}, expert))
    assert finding.verdict == "undecided"
    assert ("earns nothing" if expert else "met nobody") in finding.found


@pytest.mark.parametrize(
    ("low", "high", "verdict", "words"),
    [
        (0, 70, "met", "at most 70%"),
        (50, 70, "met", "50% to 70%"),
        (0, 40, "not met", "at most 40%"),
        (80, None, "not met", "at least 80%"),
        (0, 60, "undecided", "at most 60%"),
        (60, None, "undecided", "at least 60%"),
    ],
)
def test_what_is_expected_of_the_script_is_met_not_met_or_undecided(
    low: int, high: int | None, verdict: str, words: str
) -> None:
    """60 of 100 from each buyer, give or take a little."""
    found = listening({seed: 60 + (-1) ** seed * 10 for seed in range(40)}, dict.fromkeys(range(40), 100))
    span = Span(low * CERTAIN // 100, BEYOND if high is None else high * CERTAIN // 100)
    finding = of_script(span, found)
    assert finding.verdict == verdict
    assert words in finding.expected
    assert finding.found == "60% from 40 buyers, 57% to 63% with 95% confidence"
    assert finding.needed is None


def test_it_is_said_how_many_buyers_may_decide_what_is_expected_of_the_script() -> None:
    """An interval half as wide takes four times the buyers."""
    found = listening({seed: 60 + (-1) ** seed * 40 for seed in range(40)}, dict.fromkeys(range(40), 100))
    assert found.of_expert is not None
    high = found.of_expert.value + found.of_expert.half / 2
    finding = of_script(Span(0, round(high * CERTAIN)), found)
    assert finding.verdict == "undecided"
    assert finding.needed is not None
    assert abs(finding.needed - 160) <= 1


def test_a_script_that_may_lose_money_is_at_most_what_its_upper_end_says() -> None:
    found = listening({seed: 5 + (-1) ** seed * 60 for seed in range(40)}, dict.fromkeys(range(40), 100))
    assert found.of_expert is not None
    assert found.of_expert.low < 0
    assert of_script(Span(0, 7 * CERTAIN // 10), found).verdict == "met"


def test_an_author_can_expect_a_part_of_what_the_expert_earns() -> None:
    assert written(SHOP + "expect: {script: ..70%}").scenario.expect.script == Span(0, 7 * CERTAIN // 10)
    assert written(SHOP + "expect: {script: 50%..}").scenario.expect.script == Span(CERTAIN // 2, BEYOND)
    assert written(SHOP).scenario.expect.script is None
    assert play(written(SHOP + "expect: {script: ..70%}").new_initial_state(1), "why").core[at.ACTIVE] == 0


def test_a_script_that_comes_along_is_taken_for_its_scenario_as_it_is_and_for_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    game, another = written(SHOP), written(WEEKS)
    own = script(game, "rain", "why")
    text = known_scripts.written(game.rules, own)
    monkeypatch.setattr(known_scripts, "FOUND", {known_scripts.key(game.rules): text})
    found = known_script(game.rules)
    assert found is not None
    assert found.entries == own.entries
    assert script_of(game.rules).entries == own.entries
    assert known_script(another.rules) is None
    monkeypatch.setattr(constants, "PRESSURE_E_FOLD", constants.PRESSURE_E_FOLD + 1)
    assert known_script(game.rules) is None


def test_a_script_is_written_with_its_days() -> None:
    game = written(WEEKS)
    own = Script([Entry(1), Entry(0, 3)])
    assert known_scripts.written(game.rules, own).split()[1].endswith("+3")
