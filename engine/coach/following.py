"""How the coach would have gone on after a move, as far as the player could know: a few imagined runs are followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise, takewhile

from engine import world as at
from engine.belief import Belief, Seen
from engine.catalogue import catalogue
from engine.coach.advice import cost, lets_time_pass
from engine.coach.imagining import WORLDS, Plan, players_on
from engine.play import State
from engine.playing import chosen, planned
from engine.rules import Move, Rules, Turn, make, possible, step
from engine.scenario.vocabulary import ASKS
from engine.seeing import veiled
from engine.valuation import World


def afterwards(before: State, plan: Plan, most: int = 2) -> tuple[Move, ...]:
    """What would most often be done after the first move of a plan, made here: up to `most` moves, and none from the
    first on that lets time pass but for a date, or that costs whenever it is made: nobody is to learn it."""
    told = Counter[tuple[Move, ...]]()
    for world in _worlds(before):
        moves = takewhile(_is_taught, _followed(before, plan, world))
        line = tuple(move for move, _ in islice(moves, most))
        told.update(line[:length] for length in range(1, len(line) + 1))
    line = ()
    while longer := [(times, each) for each, times in told.items() if each[:-1] == line]:
        times, each = max(longer)
        if 2 * times <= WORLDS and line:
            break
        line = each
    return line


def _is_taught(done: tuple[Move, Turn]) -> bool:
    move, now = done
    return not lets_time_pass(now.rules, move) and cost(now, move) is None


def kept_for_later(before: State, plan: Plan, made: Move) -> bool:
    """Whether `made`, a line that answers a need that was told, would most often be said in a later conversation by
    whoever follows a plan instead. An objection is never kept waiting: it stands in the way until it is answered."""
    what = before.game.rules.moves[made]
    if isinstance(what, str) or not catalogue(before.game.rules).ties[made].needs & before.people[what[0]][at.KNOWN]:
        return False
    who, times = what[0], 0
    for world in _worlds(before):
        turns = (turn for move, turn in _followed(before, plan, world) if move == made)
        said = next(turns, None)
        times += said is not None and said.people[who][at.TALKS] > before.people[who][at.TALKS]
    return 2 * times > WORLDS


def left_unasked(before: State, after: State) -> bool:
    """Whether a conversation ended with a move, nothing was agreed, and nobody had asked for the decision in it."""
    left = [event.prospect for event in after.events if event.what == "continuation"]
    return any(not before.people[who][at.ASKED_NOW] for who in left)


def asks_for(before: State, plan: Plan) -> Move | None:
    """How whoever follows a plan, in the conversation that goes on here, would most often ask for the decision in it
    where that may be answered; None if mostly they would not."""
    rules, who = before.game.rules, before.core[at.ACTIVE]
    if _asks(rules, plan.move, who):
        return plan.move
    asks, talk = Counter[Move](), before.people[who][at.TALKS]
    for world in _worlds(before):
        said = (done for done in _followed(before, plan, world) if done[1].people[who][at.TALKS] == talk)
        first = (move for move, now in said if _asks(rules, move, who) and cost(now, move) is None)
        asks.update(islice(first, 1))
    most = asks.most_common(1)
    return most[0][0] if 2 * asks.total() > WORLDS else None


def _asks(rules: Rules, move: Move, who: int) -> bool:
    what = rules.moves[move]
    return not isinstance(what, str) and what[0] == who and what[1].kind in ASKS


@lru_cache(maxsize=64)
def _worlds(before: State) -> Sequence[World]:
    """Worlds that agree with what was seen. They are asked for again whenever an analysis gets finer."""
    course, rules = before.states(), before.game.rules
    belief = Belief(rules, "coach/afterwards")
    for one, after in pairwise(course):
        belief.learn(Seen(veiled(one.core), after.action, veiled(after.core)))
    worlds = belief.worlds(veiled(before.core), WORLDS)
    return [(each, rules.luck(f"coach/afterwards/{before.moves}/{place}")) for place, each in enumerate(worlds)]


def _followed(before: State, plan: Plan, world: World) -> Iterator[tuple[Move, Turn]]:
    """Yield what is done in a world after the first move of a plan, each with the turn in which it is about to be."""
    rules, (core, luck) = before.game.rules, world
    turn, ahead, made = Turn(rules, step(rules, core, luck, plan.move), luck), [*reversed(plan.then)], before.moves + 1
    player, of = players_on(rules)[plan.by], catalogue(rules)
    while moves := possible(turn):
        move = planned(ahead, moves)
        if move is None:
            move = chosen(of, turn, moves, player, made)
        yield move, turn
        make(turn, move)
        made += 1
