"""Claims about the expert: what it believes, what it counts on, and that it plays better than anybody else."""

from __future__ import annotations

from math import hypot, sqrt

import pytest

from engine import world as at
from engine.belief import SAMPLE, Belief, Seen
from engine.doctrines import DOCTRINES, SCHOOLS
from engine.guides import guides
from engine.intervals import difference, mean
from engine.luck import Luck
from engine.outlook import outlook
from engine.par import followed
from engine.play import Game, State
from engine.playing import Chooser, play_out
from engine.rules.value import value
from engine.seeing import veiled
from engine.units import DAY
from engine.world import Core
from tests.engine.sales import BASE, SHOP, bundled, play, written
from tests.engine.watching import chosen

HALF = """
buyer: {name: Ada, real: 50%, trust: 60, patience: 40m}
needs:
  warm: {says: I am cold in the evenings., chance: 50%, weight: 50}
lines:
  ask: {kind: open-question, say: How are your evenings?, reveals: warm}
  free: {kind: invite-no, say: It is fine to say no.}
  later: {kind: vague-follow-up, say: I will be in touch.}
"""


def believing(game: Game, state: State, *moves: tuple[str, str | None]) -> tuple[Belief, State]:
    """What a player believes after some moves, each with the answer that came back, if it had a choice."""
    belief = Belief(game.rules, "test")
    for name, answer in moves:
        action, before = game.move_named(name), veiled(state.core)
        state = state.apply_action(action) if answer is None else state.apply_outcome(action, answer)
        belief.learn(Seen(before, action, veiled(state.core)))
    return belief, state


def share(belief: Belief, state: State, slot: int, mask: int = 1) -> float:
    """The share of imagined buyers of whom something is true."""
    worlds = belief.worlds(veiled(state.core), 64)
    return sum(bool(world[at.FIRST][slot] & mask) for world in worlds) / len(worlds)


def seed_of(game: Game, slot: int, wanted: int) -> int:
    """The first seed that draws a buyer with this number in a slot."""
    return next(seed for seed in range(1000) if game.new_initial_state(seed).people[0][slot] & 1 == wanted)


@pytest.mark.parametrize("has", [0, 1])
def test_whoever_was_asked_about_a_need_is_believed(has: int) -> None:
    game = written(HALF)
    state = game.new_initial_state(seed_of(game, at.HAS, has))
    belief, before = believing(game, state)
    assert 0.3 < share(belief, before, at.HAS) < 0.7
    belief, after = believing(game, state, ("ask", None))
    assert share(belief, after, at.HAS) == has


def test_whoever_turns_down_an_invitation_to_say_no_is_more_likely_a_buyer() -> None:
    game = written(HALF)
    belief, before = believing(game, game.new_initial_state(1))
    assert 0.35 < share(belief, before, at.REAL) < 0.65
    belief, stayed = believing(game, before, ("free", "stays"))
    assert share(belief, stayed, at.REAL) > 0.75  # 0.96 of buyers stay, and 0.27 of the others


def test_somebody_still_there_has_not_bought_elsewhere() -> None:
    game = written(HALF.replace("real: 50%", "real: 100%, returns: 0%, rival: {name: Brandt, wins: 30% a day}"))
    states = (game.new_initial_state(seed) for seed in range(100))
    patient = next(one for one in states if one.people[0][at.RIVAL_AT] > one.minute + 5 * DAY)
    belief, after = believing(game, patient, ("later", None), ("wait.3d", None))
    assert not after.is_terminal()
    assert all(world[at.FIRST][at.RIVAL_AT] > after.minute for world in belief.worlds(veiled(after.core), 64))


def test_who_could_decide_before_long_is_imagined_more_often_and_counts_for_no_more() -> None:
    game = bundled("roof-before-the-rain")
    shown = veiled(game.new_initial_state(1).core)

    def soon(world: Core) -> bool:
        return bool(world[at.FIRST][at.REAL]) and world[at.FIRST][at.READY_AT] < world[at.CLOCK] + DAY

    for number in range(20):
        belief = Belief(game.rules, f"soon/{number}")
        believed = [soon(world) for world in belief.worlds(shown, SAMPLE)]
        shares = belief.shares(shown, 8)
        assert sum(soon(world) for _, world in shares) / 8 > 1.5 * sum(believed) / SAMPLE
        counted = sum(share for share, world in shares if soon(world)) / sum(share for share, _ in shares)
        assert abs(counted - sum(believed) / SAMPLE) < 0.0001


def test_an_outlook_is_what_runs_earn_on_average() -> None:
    """An exact chance of the yes, and of its being cancelled, changes the spread and not the mean."""
    game = bundled("saturday-showroom")
    choose = SCHOOLS["same-day"](game.rules, 0)
    state = game.new_initial_state(5)
    lucks = [(Luck(f"outlook/{number}", "buyer"),) for number in range(2000)]
    drawn = [value(game.rules, play_out(game.rules, state.core, luck, choose)) for luck in lucks[500:]]
    exact = [outlook(game.rules, state.core, luck, choose) for luck in lucks[:500]]
    gap = abs(sum(drawn) / len(drawn) - sum(exact) / len(exact))
    assert gap < 3 * hypot(_error(drawn), _error(exact))
    assert _error(exact) < _error(drawn[:500]) / 3


def _error(values: list[int]) -> float:
    mean = sum(values) / len(values)
    return sqrt(sum((one - mean) ** 2 for one in values) / len(values) / (len(values) - 1))


def expert(game: Game, key: int) -> Chooser:
    return DOCTRINES["expert"](game.rules, key)


@pytest.mark.parametrize(("name", "buyers"), [("first-five-minutes", 16), ("shop", 24)], ids=["tutorial", "shop"])
def test_the_expert_earns_more_than_any_school(name: str, buyers: int) -> None:
    """What it gains over the school it plays out with is seen where the two part, with far less luck in it than in what
    each of them earns."""
    game = written(SHOP) if name == "shop" else bundled(name)
    states = [game.new_initial_state(seed) for seed in range(buyers)]

    def expected(school: str) -> tuple[int, ...]:
        return tuple(outlook(game.rules, one.core, one.luck, SCHOOLS[school](game.rules, one.seed)) for one in states)

    guide = guides(game.rules, {name: school(game.rules, 0) for name, school in SCHOOLS.items()})[0]
    gained = [followed(game.rules, one.core, f"gain/{one.seed}", expert(game, one.seed), guide)[0] for one in states]
    assert mean(sum(gained), sum(one * one for one in gained), buyers).low > 0
    best = next(name for name, school in SCHOOLS.items() if school(game.rules, 0) is guide)
    own = tuple(earned + more for earned, more in zip(expected(best), gained, strict=True))
    for school in SCHOOLS.keys() - {best}:
        assert difference(own, expected(school)).low > 0, school


def test_the_expert_plays_to_an_end_the_same_every_time() -> None:
    game = written(SHOP)
    state = game.new_initial_state(9)
    ends = [play_out(game.rules, state.core, state.luck, expert(game, 9)) for _ in range(2)]
    assert ends[0] == ends[1]
    assert all(person[at.RESULT] for person in ends[0][at.FIRST :])


def test_the_expert_takes_no_notice_of_what_it_cannot_know() -> None:
    game = bundled("first-five-minutes")
    one = game.new_initial_state(1)
    same = next(
        seed
        for seed in range(2, 4000)
        if veiled(game.new_initial_state(seed).core)[: at.FIRST] == veiled(one.core)[: at.FIRST]
        and game.new_initial_state(seed).people[0][at.HAS] != one.people[0][at.HAS]
    )
    other = game.new_initial_state(same)
    people = list(other.people[0])
    for slot in (at.FLOOR, at.EXCITEMENT, at.CONVICTION, at.TRUST, at.PATIENCE, at.PATIENCE_FULL):
        people[slot] = one.people[0][slot]
    swapped = State(game, other.seed, other.luck, (*other.core[: at.FIRST], tuple(people)), -1, 0, 0, (), None)
    assert chosen(one, expert(game, 1)) == chosen(swapped, expert(game, 1))


RENEWAL = """
sale: multi-call
ceiling: 0%
buyer:
  name: Ruth
  real: 85%
  interest: 40..60
  trust: 40..50
  patience: 20m..30m
  ready: 4w..6w
  decides: {alone: 60%, board: 40%}
  indecision: {low: 60%, moderate: 40%}
  fades: slow
  drifts: 0.6% a day
  reach: 60%
needs:
  rota: {says: The rota is a mess., weight: 40, chance: 70%}
  bills: {says: The bills come late., weight: 40, chance: 60%}
objections:
  dear:
    says: It has become dear.
    chance: 60%
    really:
      board: {chance: 50%, says: The board asks.}
      use: {chance: 50%, says: Half of us never use it.}
lines:
  rota: {kind: open-question, say: How is the rota?, reveals: rota}
  bills: {kind: open-question, say: How are the bills?, reveals: bills}
  whose: {kind: open-question, say: Who decides?, reveals: decider}
  figure: {kind: quote, say: It is nine thousand.}
  show: {kind: demonstrate, say: It makes the rota., meets: rota}
  shew: {kind: present, say: It makes the bills., meets: bills}
  behind: {kind: isolate, say: What is behind that?, when: {raised: dear}}
  for-board: {kind: handle, say: A page for the board., handles: board, when: {raised: dear}}
  for-use: {kind: handle, say: We drop the seats., handles: use, when: {raised: dear}}
  with-board: {kind: propose-dated-step, in: 1w, by: visit, brings: board, say: A week from now with the board?}
  step: {kind: propose-dated-step, in: 1w, by: call, say: A week from now?}
  sign: {kind: ask-for-decision, say: Shall we sign?}
  soon: {kind: vague-follow-up, say: I will be in touch.}
  page: {kind: touch, by: email, repeat: yes, say: I send a page.}
  drop-in: {kind: call, by: visit, takes: 2h, say: I drop in.}
"""
NINE_WEEKS = BASE.replace("price: 1000, floor: 800, hour: 30", "price: 9000, floor: 4000, hour: 60").replace(
    "deadline: 14d", "deadline: 9w"
)


def test_a_line_that_takes_long_is_no_reason_to_give_up() -> None:
    """Nine weeks, and no call but one of two hours: the school that is played out with wastes them, and would do better
    to stop. The expert need not play on like that, and loses nothing by looking again next week."""
    game = written(RENEWAL, NINE_WEEKS)
    state = play(game.new_initial_state(9), "rota", "bills", "soon")
    chosen_by = {game.move_name(chosen(state, expert(game, key))) for key in range(8)}
    assert "finish" not in chosen_by
