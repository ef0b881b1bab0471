"""What each move of a run was worth, and what else could have been done, put together from imaginings.

What a move is worth is its mean over the imaginings. How far that may be off is seen from how much they differ.

The guide that plays on is no expert: what it would never think of could be lost at every move on which it is put off,
again and again, though it may still be done. So once it shows what was best at a moment, everything else that may have
been good there is also tried with that right after it, and with what goes on best after that. Nor does it always
recover: one school leaves after its second question for the decision, even where somebody else had asked before it, and
too early. So the next best school plays on, too, after the move that was made, and after any where it may do as well. A
move is worth what it is in the best of these plans. Whoever puts the best one off by a move has lost what putting it
off costs, and whoever slips, what neither of the two recovers.

What a move *lost* is the worth of the best one less its own. The best of several means is partly the luckiest one, so
the imaginings are split into two halves: each names its best plan, and the better one of the move that was made, and
the other half measures what the first was worth more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from engine.coach.advice import called_best, costly, gives_way, heard, idle
from engine.coach.imagining import LEAST, Imagined, Plan, schools
from engine.coach.judgement import SURE, as_good
from engine.guides import guides_of
from engine.par import least
from engine.play import Game, State
from engine.rules import Move
from engine.valuation import Worth, average, mean_of_few


@dataclass(frozen=True, slots=True)
class Alternative:
    """A legal move, and what it was worth under good play afterwards, in minor units."""

    move: Move
    value: int
    """As far as the player could know, by the better of the plans that begin with it."""
    error: int
    """Standard error of how much less than the best one it is worth."""
    known: int | None
    """With this very buyer, hidden facts included; None where it was not worked out."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """One move of a run."""

    number: int
    """Index into the run's moves."""
    made: Move
    guide: Move
    """What the guide would have done."""
    alternatives: tuple[Alternative, ...]
    """Every legal move: first the best, then the others by their worth. The best is what is worth most, or what is
    advised of what cannot be told from it, see `engine.coach.advice`. What seems worth more than the move made is told
    as worth more by `lost` at the most: the best of many means is partly the luckiest one."""
    lost: int
    """What the move made was worth less than the best, in minor units. An estimate, which may come out below 0: nothing
    is told as worth more then."""
    error: int
    """Standard error of `lost`."""
    put_off: bool
    """Whether the move made was also tried with the best one right after it, or with one that cannot be told from the
    best, or is the best one."""
    imaginings: int
    """Imaginings that all this is from."""
    plan: Plan
    """The best one, which begins with the best move."""
    orders: int
    """Orders to be expected in the run after the move made, in millionths, as far as the player could know."""
    best_orders: int
    """The same after the best one. If that seems to bring more than the move made, it is told as more by the part of
    this that `lost` is of what it seems to be worth more."""

    @property
    def best(self) -> Alternative:
        return self.alternatives[0]

    def of(self, move: Move) -> Alternative:
        """One of the alternatives."""
        return next(each for each in self.alternatives if each.move == move)


def assessed(end: State, imagined: Sequence[Sequence[Imagined | None]]) -> tuple[Assessed, ...]:
    """Put together what imaginings of a run have found.

    Raises ValueError for fewer than `LEAST` of them.
    """
    if len(imagined) < LEAST:
        raise ValueError(f"an analysis needs {LEAST} imaginings or more, not {len(imagined)}")
    moves = zip(pairwise(end.states()), by_move(imagined), strict=True)
    return tuple(_assessed(before, after.action, found) for (before, after), found in moves)


def by_move(imagined: Sequence[Sequence[Imagined | None]]) -> list[list[Imagined]]:
    """What imaginings of a run say of each move, from those that say anything."""
    return [[each for each in found if each is not None] for found in zip(*imagined, strict=True)]


def _assessed(before: State, made: Move, imagined: Sequence[Imagined]) -> Assessed:
    """What these imaginings have found of one move. The plans of the last of them are those that were tried to the
    last."""
    known = {move: average([each.known[move] for each in imagined]).value for move in imagined[0].known}
    tried = imagined[-1].worths.keys()
    with_all = [each for each in imagined if tried <= each.worths.keys()]
    together = [each.worths for each in with_all]
    worths = {plan: average([each[plan] for each in together]).value for plan in tried}
    plans: dict[Move, Plan] = {}  # the best one of each move
    for plan in sorted(tried, key=lambda plan: (-worths[plan], _simple(plan))):
        plans.setdefault(plan.move, plan)
    values = {move: worths[plan] for move, plan in plans.items()}
    ranked = sorted(values, key=lambda move: (-values[move], move))
    may_be_best = [
        move
        for place, move in enumerate(ranked)
        if all(
            values[better] - values[move] <= SURE * behind(together, plans[move], plans[better]).error
            for better in ranked[:place]
        )
    ]
    guide = imagined[0].guide
    first = called_best(before, may_be_best, made, guide)
    after = {plan.then[0] for each in imagined for plan in each.worths if plan.move == made and plan.then}
    put_off = made == first or not after.isdisjoint(may_be_best)
    ranked.remove(first)
    ranked.insert(0, first)
    gaps = {move: behind(together, plans[move], plans[first]) for move in values}
    for move in {plan.move for plan in imagined[0].worths} - values.keys():
        # one that was soon seen to be worse, and tried no more
        gaps[move] = _fell_behind([each.worths for each in imagined], move)
        values[move] = values[first] - max(0, gaps[move].value)
        ranked.append(move)
    ranked[1:] = sorted(ranked[1:], key=lambda move: (-values[move], move))
    orders, best_orders = (average([each.orders[plans[move]] for each in with_all]).value for move in (made, first))
    lost = _lost(together, tried, made)
    more, own = max(values.values()) - values[made], values[made]
    for move in ranked:
        if values[move] > own:
            values[move] = own + (values[move] - own) * max(0, lost.value) // more
    if more > 0 and best_orders > orders:
        best_orders = orders + (best_orders - orders) * max(0, lost.value) // more
    return Assessed(
        number=before.moves,
        made=made,
        guide=guide,
        alternatives=tuple(Alternative(move, values[move], gaps[move].error, known.get(move)) for move in ranked),
        lost=lost.value,
        error=lost.error,
        put_off=put_off,
        imaginings=len(imagined),
        plan=plans[first],
        orders=orders,
        best_orders=best_orders,
    )


def advised(end: State, moves: Sequence[Assessed], imagined: Sequence[Sequence[Imagined | None]]) -> list[Assessed]:
    """The moves of a run, each with what is to be advised in front, see `engine.coach.advice`.

    It need not be the best of what was tried to the last. What came to just the same, and so was soon tried no more,
    may go before it. What is idle, or was heard before, gives way to what is as good an answer (`judgement.as_good`),
    if it seems worth more than the move made. And what is of a kind that costs whenever it is said is not taught,
    whatever it may be worth at one moment: it gives way to the best of what seems worth more than the move made.
    """
    each_move = zip(end.states(), moves, by_move(imagined), strict=False)  # nothing was done in the last state
    return [_advised(before, one, found) for before, one, found in each_move]


def _advised(before: State, one: Assessed, imagined: Sequence[Imagined]) -> Assessed:
    best, tried = one.best, {plan.move for plan in imagined[-1].worths}
    dropped = [each.move for each in one.alternatives if each.move not in tried]
    same = [move for move in dropped if _came_to_the_same(imagined, move, one.plan)]
    called = called_best(before, [best.move, *same], one.made, one.guide)
    first = one.of(called) if called == best.move else replace(one.of(called), value=best.value, error=0)
    if first == best and (idle(before, called) or heard(before, called)):
        point, own = at_stake(before.game, one) / 100, one.of(one.made).value
        others = [each for each in one.alternatives if each.value > own and gives_way(before, called, each.move)]
        close = [each for each in others if as_good((best.value - each.value) / point, each.error / point)]
        first = next(iter(close or (others if costly(before, called) else ())), first)
    if first == best:
        return one
    left = [each for each in one.alternatives if each.move != first.move]
    return replace(one, alternatives=(first, *left), plan=Plan(first.move))


def behind(worths: Iterable[Mapping[Plan, int]], plan: Plan, best: Plan) -> Worth:
    """How much less a plan is worth than another one, in the imaginings in which both were tried."""
    return mean_of_few([each[best] - each[plan] for each in worths if plan in each and best in each])


def _fell_behind(worths: Sequence[Mapping[Plan, int]], move: Move) -> Worth:
    """How much less a move that was not tried to the last is worth than the best one, as it was seen when the move was
    tried last: by the better of its plans, beside the best of all that were tried then."""
    last = next(each for each in reversed(worths) if any(plan.move == move for plan in each))
    together = [each for each in worths if last.keys() <= each.keys()]
    by_worth = sorted(last, key=lambda plan: (-sum(each[plan] for each in together), _simple(plan)))
    own = next(plan for plan in by_worth if plan.move == move)
    return behind(together, own, by_worth[0])


def _came_to_the_same(imagined: Iterable[Imagined], move: Move, best: Plan) -> bool:
    """Whether a move was worth just what the best plan was wherever it was tried, so that it was soon tried no more."""
    tried = [
        (each.worths.get(best), [each.worths[one] for one in each.worths if one.move == move]) for each in imagined
    ]
    return all(max(own) == worth for worth, own in tried if own)


def _simple(plan: Plan) -> tuple[int, int, Plan]:
    """Of plans that are worth the same, the simplest goes first."""
    return plan.by, len(plan.then), plan


def _lost(worths: Sequence[Mapping[Plan, int]], tried: Collection[Plan], made: Move) -> Worth:
    """What `made` lost, and its standard error: each half of the imaginings measures what the other one names."""
    gaps: list[int] = []
    for measuring, naming in ((worths[::2], worths[1::2]), (worths[1::2], worths[::2])):
        by_worth = sorted(tried, key=lambda plan: (-sum(each[plan] for each in naming), _simple(plan)))
        best, own = by_worth[0], next(plan for plan in by_worth if plan.move == made)
        gaps += [each[best] - each[own] for each in measuring]
    return mean_of_few(gaps)


def promise(game: Game) -> int:
    """What a run promises before anything is known of the buyer, in minor units: what the guide earns on average; but
    never less than a result is measured against at all."""
    return max(guides_of(game.rules, schools(game.rules)).promise, least(game))


def at_stake(game: Game, move: Assessed) -> int:
    """What was at stake at a move, in minor units; a hundredth of it is a point.

    It is what could be earned at that moment under good play, as far as the player could know; but no less than what
    the run promised at its start, so that it is no blunder to lose half of the little that is left. What this very
    buyer would have been good for, which nobody could know, makes no mistake larger or smaller.
    """
    return max(promise(game), move.best.value)
