"""Claims about what the coach says of the moves of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from engine import world as at
from engine.coach import analysis as coach
from engine.coach import imagining as imagined_by
from engine.coach.analysis import assessed
from engine.coach.following import afterwards, kept_for_later
from engine.coach.imagining import LEAST, Imagined, Imagining, Plan, at_first, known
from engine.coach.narrowing import Left, everything, left_open
from engine.coach.verdict import Analysis, Choice, _verdict, analysis
from engine.doctrines import DOCTRINES
from engine.par import Par, SoFar
from engine.play import State
from engine.rules import Move
from tests.engine.sales import SHOP, bundled, play, written
from tests.engine.test_hidden import with_hidden_of
from tests.engine.watching import chosen


@cache
def run_of(name: str, player: str, seed: int) -> State:
    """A whole run of a bundled scenario, or of the shop."""
    game = written(SHOP) if name == "shop" else bundled(name)
    state = game.new_initial_state(seed)
    choose = DOCTRINES[player](game.rules, seed)
    while not state.is_terminal():
        state = state.apply_action(chosen(state, choose))
    return state


def imagining(end: State, number: int, left: Left | None = None) -> tuple[Imagined | None, ...]:
    """What an imagining says of a run, asked for the first time."""
    return Imagining(end.game.rules, number).says(end, left)


def judged(end: State, imaginings: int = 2 * LEAST, par: int = 10_000) -> Analysis:
    """What is said of a run after so many imaginings, stage by stage."""
    left, imagined = everything(end), list[tuple[Imagined | None, ...]]()
    while len(imagined) < imaginings:
        stage = range(len(imagined), max(LEAST, 2 * len(imagined)))
        imagined += [imagining(end, number, left) for number in stage]
        left = left_open(end, imagined)
    return analysis(end, "0" * 16, imagined).measured(Par(par, 100, 8))


@pytest.mark.parametrize(("name", "seed"), [("shop", 3), ("friday-pipeline", 2)])
def test_an_imagining_says_the_same_whatever_it_was_asked_before(name: str, seed: int) -> None:
    """About one buyer and about several, whose imaginations are combined."""
    end = run_of(name, "random", seed)
    course = end.states()[:9]
    now, one = course[-1], Imagining(end.game.rules, 0)
    for state in course[::2]:
        some = [at_first(each)[state.moves % 2 : 4] for each in state.states()]
        one.says(state, some)
        one.follow(state)
    left = tuple(at_first(each)[1:] if each.moves % 3 else () for each in course[:-1])
    assert one.says(now, left) == imagining(now, 0, left)
    assert one.says(now) == imagining(now, 0)


def test_giving_up_a_buyer_who_can_still_be_called_is_a_blunder() -> None:
    found = judged(play(written(SHOP).new_initial_state(1), "bye", "finish"))
    verdict = found.moves[1]
    assert (verdict.name, verdict.judgement) == ("finish", "blunder")
    assert verdict.line[0] == verdict.best != "finish"
    assert verdict in found.mistakes


@pytest.mark.parametrize(("lost", "error", "counted"), [(25, 7, 25), (25, 8, 0), (-3, 1, 0), (1, 0, 1)])
def test_only_what_was_surely_lost_is_counted_as_lost(lost: int, error: int, counted: int) -> None:
    """Else twenty good moves of which nothing can be told would lose half of what was at stake."""
    end = play(written(SHOP).new_initial_state(1), "bye", "finish")
    moves = assessed(end, [imagining(end, number) for number in range(LEAST)])
    point = 100 * coach.at_stake(end.game, moves[0]) // 100
    told = [replace(moves[0], lost=lost * point // 100, error=error * point // 100, put_off=True), *moves[1:]]
    found = _verdict(end, told, 0, end.returns(), point)
    assert round(found.points) == counted
    assert found.loss == counted * point // 100


@pytest.mark.parametrize(("error", "word"), [(4, "best"), (6, "unclear")])
def test_nothing_is_called_equal_to_the_best_that_may_be_an_inaccuracy(error: int, word: str) -> None:
    end = play(written(SHOP).new_initial_state(1), "bye", "finish")
    moves = assessed(end, [imagining(end, number) for number in range(LEAST)])
    assert moves[0].made != moves[0].best.move
    told = [replace(moves[0], lost=0, error=error), *moves[1:]]
    assert _verdict(end, told, 0, end.returns(), 100).judgement == word


@pytest.mark.parametrize(("error", "named"), [(25, True), (33, False)])
def test_a_loss_that_is_sure_by_itself_is_named_as_the_costliest_only_if_it_is_sure_among_many(
    error: int, named: bool
) -> None:
    found = judged(play(written(SHOP).new_initial_state(1), "bye", "finish"))
    mistake = replace(found.moves[0], judgement="inaccuracy", loss=77, error=error, points=77.0, point=100)
    other = replace(mistake, number=1, loss=70, points=70.0)
    told = replace(found, moves=(mistake, other))
    assert told.mistakes == (mistake, other)
    assert (told.costliest == mistake) is named
    assert replace(found, moves=(mistake,)).costliest == mistake  # of one there is nothing to pick


def test_of_two_that_seem_to_have_lost_about_the_same_the_surer_one_is_named() -> None:
    found = judged(play(written(SHOP).new_initial_state(1), "bye", "finish"))
    vague = replace(found.moves[0], judgement="inaccuracy", loss=80, error=20)
    sure = replace(found.moves[1], name="call", judgement="mistake", loss=70, error=10)
    told = replace(found, moves=(vague, sure))
    assert told.mistakes == (sure, vague)
    assert told.costliest == sure


def test_giving_up_is_what_cost_most_only_where_nothing_else_surely_did() -> None:
    """Whoever has let a buyer go should learn that, and not that one may always ring once more."""
    found = judged(play(written(SHOP).new_initial_state(1), "bye", "finish"))
    let_go = replace(found.moves[0], judgement="mistake", loss=30, error=5)
    gave_up = replace(found.moves[1], judgement="blunder", loss=90, error=5)
    told = replace(found, moves=(let_go, gave_up))
    assert (told.costliest, told.gave_up) == (let_go, gave_up)
    unsure = replace(told, moves=(replace(let_go, error=12), gave_up))
    assert (unsure.costliest, unsure.gave_up) == (gave_up, None)
    alone = replace(told, moves=(replace(let_go, judgement="good"), gave_up))
    assert (alone.costliest, alone.gave_up) == (gave_up, None)


def test_the_coach_tells_how_it_would_have_asked_whoever_left_without_having_asked() -> None:
    left = judged(play(written(SHOP).new_initial_state(1), "bye", "finish")).moves[0]
    assert (left.judgement, left.unasked) == ("blunder", "have-it")
    priced = play(written(SHOP).new_initial_state(1), "what-it-costs")
    stalled = priced.apply_outcome(priced.game.move_named("have-it"), "stall")
    asked = judged(play(stalled, "bye", "finish"))
    assert [each.unasked for each in asked.moves] == [""] * 4


@pytest.mark.parametrize(
    ("lost", "error", "right"),
    [(-3, 0, True), (2, 0, True), (3, 0, False), (3, 2, True), (25, 13, True), (25, 12, False)],
)
def test_an_answer_is_right_within_two_points_of_the_best_or_where_it_cannot_be_told_from_it(
    lost: int, error: int, right: bool
) -> None:
    verdict = judged(play(written(SHOP).new_initial_state(1), "bye", "finish")).moves[1]
    best, other = Choice("best", 100, 0, None), Choice("other", 100 - lost, error, None)
    asked = replace(verdict, point=100, alternatives=(best, other, Choice(verdict.name, 100, 0, None)))
    assert asked.right("best")
    assert asked.right("other") is right
    assert not asked.right(verdict.name)  # the mistake itself, whatever it is worth by itself


def test_what_a_buyer_has_asked_for_is_worth_more_than_what_they_have_not() -> None:
    game = written(SHOP)
    start = next(
        state
        for seed in range(99)
        if (state := play(game.new_initial_state(seed), "where-to", "how-big")).player_view().prospects[0].facts
        and [fact.says for fact in state.player_view().prospects[0].facts] == ["I have to get to the station dry."]
    )
    end = play(start, "that-one", "bye", "finish")
    third = judged(end, 24).moves[2]
    worth = {each.name: each.value for each in third.alternatives}
    assert worth["this-one"] > worth["that-one"]
    assert third.loss > 2 * third.error


def test_the_parts_add_up_to_the_result_to_the_cent() -> None:
    for player in ("random", "collector"):
        found = judged(run_of("shop", player, 3))
        assert found.par is not None
        assert found.luck_buyer is not None
        assert found.result == found.par - found.losses + found.luck_answers + found.luck_buyer
        assert found.losses == sum(each.loss for each in found.moves)
        assert found.luck_answers == sum(each.luck for each in found.moves)


def test_a_run_is_judged_before_its_par_is_known_and_just_so_afterwards() -> None:
    known = judged(run_of("shop", "random", 3))
    before = replace(known, par=None, par_error=None)
    assert before.luck_buyer is None
    assert before.measured(Par(10_000, 100, 8)) == known


def test_par_so_far_measures_a_run_until_par_is_known_and_does_not_last() -> None:
    known = judged(run_of("shop", "random", 3))
    before = replace(known, par=None, par_error=None)
    rough = before.measured(SoFar(12_000, 4_000, 4))
    assert rough.par_so_far
    assert rough.par is not None
    assert rough.luck_buyer is not None
    assert rough.result == rough.par - rough.losses + rough.luck_answers + rough.luck_buyer
    assert rough.lasting == before
    assert rough.measured(Par(10_000, 100, 8)) == known
    assert known.measured(SoFar(12_000, 4_000, 4)) == known.lasting == known


@pytest.mark.parametrize("seeds", [(3, 4), (3, 5)])
def test_the_coach_judges_by_what_could_be_known(seeds: tuple[int, int]) -> None:
    """With another buyer's hidden facts behind the same history, alternatives are worth just as much."""
    end = run_of("shop", "random", seeds[0])
    other = with_hidden(end, end.game.new_initial_state(seeds[1]))
    for mine, theirs in zip(imagining(end, 0), imagining(other, 0), strict=True):
        assert mine is not None
        assert theirs is not None
        assert mine.worths == theirs.worths


@pytest.mark.parametrize("seeds", [(3, 4), (5, 3)])
def test_whoever_stood_there_the_verdict_is_the_same(seeds: tuple[int, int]) -> None:
    """Every value, loss, error and word is that of what could be known; only with the facts known they differ."""
    end = run_of("shop", "random", seeds[0])
    other = with_hidden(end, end.game.new_initial_state(seeds[1]))
    mine, theirs = judged(end), judged(other)
    for one, two in zip(mine.moves, theirs.moves, strict=True):
        assert (one.loss, one.error, one.judgement, one.best) == (two.loss, two.error, two.judgement, two.best)
        alike = zip(one.alternatives, two.alternatives, strict=True)
        assert all((a.name, a.value, a.error) == (b.name, b.value, b.error) for a, b in alike)
    assert mine.losses == theirs.losses
    assert mine.accuracy == theirs.accuracy
    assert [each.known for each in mine.moves] != [each.known for each in theirs.moves]


def test_of_a_mistake_the_best_move_has_a_value_with_the_facts_known_too() -> None:
    found = judged(run_of("shop", "random", 3), 24)
    assert found.mistakes
    for verdict in found.mistakes:
        assert verdict.alternatives[0].known is not None


def test_with_the_facts_known_a_move_is_tried_with_this_very_buyer_and_the_same_luck() -> None:
    """So what was worked out of the move that was made, and of the best one, can be held against each other."""
    end = run_of("shop", "random", 3)
    for number in range(2):
        for state, after, found in zip(end.states(), end.states()[1:], imagining(end, number), strict=False):
            assert found is not None
            assert known(state, after.action, number) == found.known[after.action]


def with_hidden(end: State, other: State) -> State:
    """The same course, with another buyer's hidden facts behind every state of it."""
    last: State | None = None
    for state in end.states():
        last = replace(with_hidden_of(state, other), previous=last)
    assert last is not None
    return last


def test_an_imagining_is_the_same_wherever_it_is_worked_out() -> None:
    end = run_of("shop", "collector", 3)
    assert imagining(end, 2) == imagining(end, 2)
    assert imagining(end, 2) != imagining(end, 3)


def test_each_alternative_is_a_legal_move_the_best_one_first() -> None:
    end = run_of("shop", "random", 5)
    for (before, after), found in zip(
        pairwise(end.states()), assessed(end, [imagining(end, n) for n in range(LEAST)]), strict=True
    ):
        assert sorted(each.move for each in found.alternatives) == sorted(before.legal_actions())
        assert found.made == after.action
        best, *others = found.alternatives
        values = [each.value for each in others]
        assert values == sorted(values, reverse=True)
        assert all(best.value + 2 * each.error >= each.value for each in others)
        assert found.of(found.made).known is not None


def found(worths: Mapping[Move, int], known: Mapping[Move, int], guide: Move) -> Imagined:
    """An imagining in which each move was tried by itself."""
    return of_plans({Plan(move): each for move, each in worths.items()}, known, guide)


def of_plans(worths: Mapping[Plan, int], known: Mapping[Move, int], guide: Move) -> Imagined:
    """An imagining in which these plans were tried, and no order was to be had."""
    return Imagined(worths, dict.fromkeys(worths, 0), known, guide)


def test_a_line_that_the_coach_would_have_played_ends_where_it_would_wait() -> None:
    """That time passes is nothing to try next time."""
    game = written(SHOP.replace("patience: 30m", "patience: 30m, reach: 1%"))
    end = play(game.new_initial_state(1), "bye", "wait.1h", "finish")
    assert afterwards(end.states()[2], Plan(game.move_named("call"))) == ()


def test_luck_of_the_answers_is_nothing_on_average(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over many runs it evens out, even for somebody who plays badly."""
    monkeypatch.setattr(imagined_by, "WORLDS", 2)
    lucks = []
    for seed in range(24):
        end = written(SHOP).new_initial_state(seed)
        for name in ("that-one", "what-it-costs", "have-it", "bye", "call", "have-it", "bye", "finish"):
            if end.game.move_named(name) in end.legal_actions():
                end = play(end, name)
        if end.is_terminal():
            lucks.append(judged(end).luck_answers)
    mean = sum(lucks) / len(lucks)
    error = (sum((each - mean) ** 2 for each in lucks) / len(lucks) ** 2) ** 0.5
    assert len(lucks) > 20
    assert abs(mean) < 3 * error
    assert min(lucks) < 0 < max(lucks)


def test_the_coach_goes_on_with_moves_that_can_be_made() -> None:
    end = run_of("shop", "random", 3)
    names = set(range(len(end.game.rules.moves)))
    for state in end.states()[:-1]:
        line = afterwards(state, Plan(state.legal_actions()[0]))
        assert len(line) <= 2
        assert set(line) <= names


def test_nothing_is_held_to_be_lost_before_the_move_made_was_tried_with_the_best_one_right_after_it() -> None:
    """It is not enough that it was tried with what seemed best at some time before, unless it seems so still."""
    start = play(written(SHOP).new_initial_state(1), "bye", "finish").states()[0]
    made, early, best, *_ = start.legal_actions()
    worths = {Plan(move): 0 for move in start.legal_actions()} | {Plan(best): 1000, Plan(made, (early,)): 0}
    for more, put_off in (({}, False), ({Plan(made, (best,)): 0}, True), ({Plan(early): 1000}, True)):
        imagined = [of_plans({**worths, **more}, {made: 0}, made)] * LEAST
        assert coach._assessed(start, made, imagined).put_off is put_off


def test_what_is_tried_no_more_is_behind_by_as_much_as_it_was_seen_to_be() -> None:
    """Also where what proved best had only seemed as bad until it was known what to do after it."""
    start = play(written(SHOP).new_initial_state(1), "bye", "finish").states()[0]
    made, dropped, best, other, *_ = start.legal_actions()
    alone = {Plan(made): 0, Plan(dropped): 0, Plan(best): 0, Plan(other): 500}
    later = {Plan(made): 0, Plan(best, (other,)): 1000}
    imagined = [of_plans(worths, {made: 0}, made) for worths in (alone, later) for _ in range(LEAST)]
    told = coach._assessed(start, made, imagined)
    assert (told.best.move, told.best.value) == (best, 1000)
    assert told.of(dropped).value == 500


def test_what_is_tried_no_more_is_held_against_all_that_was_tried_beside_it_at_the_last() -> None:
    """Not only against what had been tried for as long as it was: what is best may have been thought of later."""
    start = play(written(SHOP).new_initial_state(1), "bye", "finish").states()[0]
    made, dropped, other, *_ = start.legal_actions()
    first = {Plan(made): 0, Plan(dropped): 300, Plan(other): 0}
    second = {Plan(made): 0, Plan(dropped): 300, Plan(other, (made,)): 1000}
    third = {Plan(made): 0, Plan(other, (made,)): 1000}
    imagined = [of_plans(each, {made: 0}, made) for each in (first, second, third) for _ in range(LEAST)]
    told = coach._assessed(start, made, imagined)
    assert (told.best.value, told.of(dropped).value) == (1000, 300)


def test_the_orders_to_be_expected_are_those_of_the_imaginings_in_which_all_was_tried() -> None:
    """What the best seems to bring more is told as more by as much of it as of its worth."""
    start = play(written(SHOP).new_initial_state(1), "bye", "finish").states()[0]
    made, best, *_ = start.legal_actions()
    worths = [{Plan(made): 0, Plan(best): 100 if number % 4 < 2 else 300} for number in range(16)]
    orders = {Plan(made): 200_000, Plan(best): 600_000}
    told = coach._assessed(start, made, [Imagined(each, orders, {made: 0}, made) for each in worths])
    assert (told.lost, told.orders, told.best_orders) == (200, 200_000, 600_000)
    lucky = [{Plan(made): 0, Plan(best): 100 * (-1) ** number, Plan(9): -100 * (-1) ** number} for number in range(16)]
    orders[Plan(9)] = 0
    told = coach._assessed(start, made, [Imagined(each, orders, {made: 0}, made) for each in lucky])
    assert (told.lost, told.orders, told.best_orders) == (-100, 200_000, 200_000)


def test_the_coach_goes_on_with_nothing_that_costs_whenever_it_is_said() -> None:
    """Whoever plays on for it may ask once more though nothing has changed."""
    start = written(SHOP).new_initial_state(1)
    question, price, ask = (start.game.move_named(name) for name in ("where-to", "what-it-costs", "have-it"))
    assert afterwards(start, Plan(question, (price, ask))) == (price, ask)
    assert afterwards(play(start, "what-it-costs"), Plan(ask, (ask,))) == ()


def test_a_line_is_too_early_only_where_whoever_follows_the_coach_says_it_in_a_later_conversation() -> None:
    game = written(SHOP)
    asked = (play(game.new_initial_state(seed), "where-to") for seed in range(99))
    before = next(each for each in asked if each.people[0][at.KNOWN])
    told, other, bye, call = (game.move_named(name) for name in ("this-one", "that-one", "bye", "call"))
    assert kept_for_later(before, Plan(bye, (call, told)), told)
    assert not kept_for_later(before, Plan(bye, (call, other)), other)  # nobody has told what it answers
    assert not kept_for_later(before, Plan(other, (told,)), told)
    assert not kept_for_later(before, Plan(bye, (call, told)), bye)


def test_what_seems_worth_more_is_worth_more_by_what_was_lost() -> None:
    """What is best of many in a sample is partly luck, and half of the sample measures less of it than all."""
    start = play(written(SHOP).new_initial_state(1), "bye", "finish").states()[0]
    made, one, other, worse, *_ = start.legal_actions()
    worths = [{made: 0, one: 100, other: 200 if number % 4 < 2 else -100, worse: -50} for number in range(16)]
    told = coach._assessed(start, made, [found(each, {made: 0}, made) for each in worths])
    assert max(each.value for each in told.alternatives) == told.of(made).value + told.lost
    assert told.of(made).value == 0
    assert told.of(worse).value == -50


def test_the_move_made_is_the_best_one_where_nothing_seems_worth_more() -> None:
    """Whatever the guide would have done, and however little the two can be told apart."""
    start = play(written(SHOP).new_initial_state(1), "bye", "finish").states()[0]
    rest = list(start.legal_actions())
    own = start.game.move_named("what-it-costs")
    made = start.game.move_named("where-to")
    for worth, best in ((1, made), (-1, own)):
        worths = [dict.fromkeys(rest, -2) | {own: 0, made: worth + 20 * (-1) ** number} for number in range(LEAST)]
        assert coach._assessed(start, made, [found(each, {made: 0, own: 0}, own) for each in worths]).best.move == best


def test_too_few_imaginings_say_nothing() -> None:
    end = run_of("shop", "collector", 3)
    with pytest.raises(ValueError, match="6 imaginings"):
        assessed(end, [imagining(end, 0)])
