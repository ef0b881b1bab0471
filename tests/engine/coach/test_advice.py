"""Claims about which of the moves that cannot be told from the best is advised."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from engine import world as at
from engine.coach import analysis as coach
from engine.coach.advice import _by_question, costly
from engine.coach.analysis import assessed, promise
from engine.coach.imagining import LEAST, Plan
from engine.events import NOBODY
from engine.par import least
from engine.play import State
from engine.rules.tables import DATED, OUTCOME
from tests.engine.coach.test_analysis import found, of_plans
from tests.engine.sales import SHOP, play, written
from tests.engine.test_score import with_slots


def test_what_nobody_asked_for_is_not_the_advice_where_a_question_is_worth_as_much() -> None:
    game = written(SHOP)
    end = play(game.new_initial_state(1), "bye")
    made, pitch, question = (game.move_named(name) for name in ("bye", "this-one", "where-to"))

    def advice(question_is_worth: int) -> int:
        start = end.states()[0]
        worths = dict.fromkeys(start.legal_actions(), 0) | {pitch: 1000, question: question_is_worth}
        luck = [{**worths, pitch: 1000 + (-1) ** number * 40} for number in range(LEAST)]
        return assessed(end, [[found(each, {made: 0}, made)] for each in luck])[0].best.move

    assert advice(990) == question
    assert advice(500) == pitch


STEP = "  thursday: {kind: propose-dated-step, say: On Thursday?, on: Thu, by: call}\n"
"""A line that agrees a date, for a shop."""
CALL = "  ring: {kind: call, by: call, say: Ring him.}\n"


def advised(before: State, worths: dict[str, int], made: str = "finish") -> str:
    """What the coach would have done, where these moves were worth more than the others, but for 40 here or there."""
    game = before.game
    told = dict.fromkeys(before.legal_actions(), 0) | {game.move_named(name): each for name, each in worths.items()}
    best = max(told, key=lambda move: told[move])
    lucky = [{**told, best: told[best] + (-1) ** number * 40} for number in range(LEAST)]
    move = game.move_named(made)
    return game.move_name(coach._assessed(before, move, [found(each, {move: 0}, move) for each in lucky]).best.move)


def where(what: str, amount: int, text: str, *names: str) -> State:
    """The state after these moves with the first buyer who answers the last one like that."""
    states = (play(written(text).new_initial_state(seed), *names) for seed in range(99))
    return next(each for each in states if any((event.what, event.amount) == (what, amount) for event in each.events))


def test_a_wait_is_not_the_advice_where_a_call_is_worth_as_much() -> None:
    between = play(written(SHOP).new_initial_state(1), "bye", "wait.1h")
    assert advised(between, {"wait.3h": 1000, "call": 990}) == "call"
    assert advised(between, {"wait.3h": 1000, "call": 500}) == "wait.3h"


def test_a_wait_that_keeps_a_date_is_advice_like_any_other() -> None:
    between = where("reply", OUTCOME["agrees"], SHOP + STEP, "where-to", "how-big", "thursday")
    assert advised(between, {"wait.3h": 1000, "call": 990}) == "wait.3h"
    assert advised(between, {"wait.agreed": 1000, "call": 990}) == "wait.agreed"


def test_giving_up_is_not_the_advice_where_a_date_could_be_kept_as_well() -> None:
    between = where("reply", OUTCOME["agrees"], SHOP + STEP, "where-to", "how-big", "thursday")
    assert advised(between, {"finish": 1000, "wait.agreed": 990}, "wait.1h") == "wait.agreed"


def test_nobody_is_advised_to_ring_again_at_once_rather_than_to_wait() -> None:
    missed = where("contact", NOBODY, SHOP, "bye", "wait.1h", "call")
    assert advised(missed, {"wait.3h": 1000, "call": 990}) == "wait.3h"
    assert advised(missed, {"call": 1000, "wait.3h": 990}) == "call"


def test_an_answer_to_what_nobody_has_told_is_not_the_advice_where_a_call_is_worth_as_much() -> None:
    film = "  film: {kind: touch, say: A film of it in the rain., meets: dry}\n"
    sure = SHOP.replace("chance: 60%", "chance: 100%")
    for asked, advice in ((), "call"), (("where-to",), "film"):
        between = play(written(sure + film).new_initial_state(1), *asked, "bye", "wait.1h")
        assert advised(between, {"film": 1000, "call": 990}) == advice


def test_of_moves_that_cannot_be_told_apart_the_coach_names_its_own() -> None:
    """What is worth most in a sample is partly luck: unless it is surely more, what the coach would do is told."""
    end = play(written(SHOP).new_initial_state(1), "bye", "finish")
    rest = list(end.states()[0].legal_actions())
    first, own = rest.pop(0), end.game.move_named("what-it-costs")
    for lead, best in ((1, own), (100, first)):
        worths = [dict.fromkeys(rest, 0) | {first: lead + 20 * (-1) ** number} for number in range(LEAST)]
        known = dict.fromkeys(end.states()[0].legal_actions(), 0)
        told = coach._assessed(end.states()[0], rest[-1], [found(each, known, own) for each in worths])
        assert told.best.move == best


@pytest.mark.parametrize(
    ("kinds", "asked", "told", "advised"),
    [
        (("closed-question", "open-question"), (), (), 1),  # it lets them talk
        (("open-question", "isolate"), (), (), 1),  # it is about what stands in the way
        (("open-question", "closed-question"), (0,), (), 1),  # it was not asked before
        (("closed-question", "open-question"), (), (1,), 0),  # the other one asks for what was told
        (("ask-for-decision", "open-question"), (), (), 0),  # it is no question of these
        (("closed-question", "proof"), (), (), 0),
    ],
)
def test_of_questions_that_cannot_be_told_apart_a_new_one_that_lets_them_talk_is_advised(
    kinds: tuple[str, str], asked: tuple[int, ...], told: tuple[int, ...], advised: int
) -> None:
    lines = [(0, SimpleNamespace(kind=kind, reveals=1 << place)) for place, kind in enumerate(kinds)]
    game = SimpleNamespace(rules=SimpleNamespace(moves=lines))
    person = {at.KNOWN: sum(1 << place for place in told)}
    before = SimpleNamespace(game=game, history=[(move, 0) for move in asked], people=[person])
    assert min((0, 1), key=_by_question(before, 0)) == advised  # type: ignore[arg-type]


def test_what_came_to_the_same_as_the_best_and_was_tried_no_more_may_still_be_the_advice() -> None:
    game = written(SHOP)
    start = play(game.new_initial_state(1), "bye", "finish").states()[0]
    made, closed, open_one = (game.move_named(name) for name in ("bye", "how-big", "where-to"))
    lucky = game.move_named("this-one")
    for seemed in (0, 950):  # what another move seemed to be worth then
        worths = {Plan(closed): 900, Plan(open_one): 900, Plan(lucky): seemed}
        first = dict.fromkeys(map(Plan, start.legal_actions()), 0) | worths
        later = {Plan(made): 0, Plan(closed): 900}
        imagined = [of_plans(each, {made: 0}, made) for each in (first, later) for _ in range(LEAST)]
        told = coach._advised(start, coach._assessed(start, made, imagined), imagined)
        assert (told.best.move, told.best.value, told.plan) == (open_one, 900, Plan(open_one))


def test_what_answers_nothing_gives_way_to_what_is_as_good_however_little_that_was_tried() -> None:
    start = play(written(SHOP).new_initial_state(1), "bye", "finish").states()[0]
    made, pitch, question = (start.game.move_named(name) for name in ("bye", "this-one", "where-to"))
    worth = 2 * promise(start.game)
    for behind, own, best in ((0.01, 0, question), (0.09, 0, pitch), (0.01, 0.99, pitch)):
        first = dict.fromkeys(map(Plan, start.legal_actions()), 0)
        first |= {Plan(pitch): worth, Plan(question): round((1 - behind) * worth)}
        first[Plan(made)] = round(own * worth)
        later = {Plan(made): round(own * worth), Plan(pitch): worth}
        imagined = [of_plans(each, {made: 0}, made) for each in (first, later) for _ in range(LEAST)]
        told = coach._advised(start, coach._assessed(start, made, imagined), imagined)
        assert (told.best.move, told.best.value) == (best, max(first[Plan(best)], 0))


def test_what_was_said_before_gives_way_to_something_new_that_is_as_good() -> None:
    """Whoever has said no to a day hears the same sentence once more as if nobody had listened."""
    asked = where("reply", OUTCOME["declines"], SHOP + STEP, "thursday")
    made, day, question = (asked.game.move_named(name) for name in ("bye", "thursday", "where-to"))
    worth = 2 * promise(asked.game)
    for before, behind, best in ((asked, 0.009, question), (asked, 0.09, day), (asked.states()[0], 0.009, day)):
        worths = dict.fromkeys(before.legal_actions(), 0) | {day: worth, question: round((1 - behind) * worth)}
        imagined = [found(worths, {made: 0}, made)] * LEAST
        measured = coach._assessed(before, made, imagined)
        assert measured.best.move == day
        assert coach._advised(before, measured, imagined).best.move == best


def test_what_costs_whenever_it_is_said_gives_way_even_to_what_is_worth_less_but_more_than_the_move_made() -> None:
    game = written(SHOP + "  some-day: {kind: vague-follow-up, say: Some day.}\n")
    start = play(game.new_initial_state(1), "bye", "finish").states()[0]
    made, habit, question = (game.move_named(name) for name in ("bye", "some-day", "where-to"))
    for worth, best in ((50, question), (-50, habit)):
        worths = dict.fromkeys(start.legal_actions(), -100) | {habit: 10 * least(game), question: worth, made: 0}
        imagined = [found(worths, {made: 0}, made)] * LEAST
        measured = coach._assessed(start, made, imagined)
        assert measured.best.move == habit
        assert coach._advised(start, measured, imagined).best.move == best


@pytest.mark.parametrize(
    ("changes", "said", "why"),
    [
        ("", ("what-it-costs",), None),
        ("", (), "unpriced"),
        ("ready: 3d..5d", ("what-it-costs",), "hopeless"),  # nobody is ready so early
        ("decides: {wife: 100%}, people: {wife: Jo}", ("what-it-costs",), None),  # nobody has told
        ("decides: {wife: 100%}, people: {wife: Jo}", ("what-it-costs", "who-else"), "hopeless"),
    ],
)
def test_to_ask_for_what_nobody_could_give_is_a_bad_habit(changes: str, said: tuple[str, ...], why: str | None) -> None:
    who_else = "  who-else: {kind: open-question, say: Who else?, reveals: decider}\n"
    shop = SHOP.replace("ready: 0m", changes or "ready: 0m").replace("real: 70%", "real: 100%")
    if "3d" in changes:
        shop = shop.replace("ceiling: 100%", "ceiling: 0%")
    now = play(written(shop + who_else * ("who-else" in said)).new_initial_state(1), *said)
    assert costly(now, now.game.move_named("have-it")) == why


def test_to_ask_once_more_where_nothing_has_changed_is_a_bad_habit() -> None:
    stalled = where("reply", OUTCOME["stall"], SHOP, "where-to", "what-it-costs", "have-it")
    ask = stalled.game.move_named("have-it")
    assert costly(stalled, ask) == "nothing-new"
    shown = play(stalled, "this-one")
    assert bool(shown.people[0][at.MET]) == (costly(shown, ask) is None)


def test_a_third_step_after_two_that_were_declined_is_a_bad_habit() -> None:
    days = "".join(
        f"  on-{day.lower()}: {{kind: propose-dated-step, say: On {day}?, on: {day}, by: call}}\n"
        for day in ("Wed", "Thu", "Fri")
    )
    once = where("reply", OUTCOME["declines"], SHOP + days, "on-wed")
    third = once.game.move_named("on-fri")
    assert costly(once, third) is None
    twice = once.apply_outcome(once.game.move_named("on-thu"), "declines")
    assert costly(twice, third) == "declined"


def test_to_do_anything_else_while_somebody_waits_for_an_answer_is_a_bad_habit() -> None:
    waited = play(written(SHOP + CALL).new_initial_state(1), "bye", "wait.1h")
    waiting = with_slots(waited, {at.HERE_UNTIL: waited.minute + 60})
    game = waiting.game
    assert costly(waiting, game.move_named("wait.1h")) == costly(waiting, game.move_named("finish")) == "waiting"
    assert costly(waiting, game.move_named("ring")) is None
    assert costly(waited, game.move_named("wait.1h")) is None


def test_a_goodbye_without_a_date_is_no_bad_habit_while_a_date_stands() -> None:
    shop = (
        SHOP + STEP + "  some-day: {kind: vague-follow-up, say: Some day.}\n  hello: {kind: call, say: Hello again.}\n"
    )
    runs = [play(written(shop).new_initial_state(seed), "thursday") for seed in range(99)]
    agreed = [play(each, "wait.1h", "hello") for each in runs if each.people[0][at.PROMISE] == DATED]
    talking = next(each for each in agreed if each.people[0][at.TALKS] == 2)
    assert not costly(talking, talking.game.move_named("some-day"))
    start = runs[0].states()[0]
    assert costly(start, start.game.move_named("some-day")) == "kind"


def test_to_ring_again_who_has_only_just_not_answered_is_a_bad_habit() -> None:
    missed = where("contact", NOBODY, SHOP, "bye", "wait.1h", "call")
    assert costly(missed, missed.game.move_named("call")) == "just-tried"
    later = play(missed, "wait.1h")
    assert not costly(later, later.game.move_named("call"))
