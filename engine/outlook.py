"""What a run can be expected to earn from here, if somebody plays it on.

Whether a buyer says yes is the one piece of luck that decides most of a run's worth. It is not drawn: at each question
for the decision the yes is followed with its exact chance and the run goes on with what is left (conditional Monte
Carlo). Nor is it drawn whether an order is cancelled afterwards: it counts with the chance that it is not. Everything
else is drawn, so that two outlooks in the same world with the same luck differ by their moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine import world as at
from engine.catalogue import catalogue
from engine.luck import Luck
from engine.playing import MOST_MOVES, Chooser, Practised, chosen, planned
from engine.rules import Move, Odds, Rules, Turn, make, possible
from engine.rules import odds as odds_of
from engine.rules.decision import ORDER
from engine.rules.endings import regret
from engine.rules.value import ORDERED, cost, surplus
from engine.scenario.vocabulary import ASKS
from engine.sight import Sight
from engine.units import CERTAIN
from engine.world import Core

_SPENT = CERTAIN // 100
"""A weight below which the rest of a run no longer matters."""
_SOLD = CERTAIN // 4
"""A weight below which one of several prospects is taken to have ordered."""


class Foreseen(NamedTuple):
    """What can be expected from a state on, if somebody plays on."""

    worth: int
    """Of the run, in minor units."""
    orders: int
    """Of the run, those included that had been had by then, in millionths."""


def outlook(rules: Rules, core: Core, luck: Sequence[Luck], choose: Chooser, made: int = 0) -> int:
    """The worth of a run that `choose` plays on from `core`, in minor units; `made` moves had been made.

    With several prospects it is a little off: an order frees time for the others, and here that time is freed only
    once the order is likely to have been had. Fit for comparing moves, then, and not for reporting.
    """
    return foreseen(rules, core, luck, choose, made).worth


def foreseen(rules: Rules, core: Core, luck: Sequence[Luck], choose: Chooser, made: int = 0) -> Foreseen:
    """The worth as in `outlook`, and the orders to be expected."""
    return foreseen_on(Turn(rules, core, luck), choose, made)


def foreseen_on(run: Turn, choose: Chooser, made: int, first: Sequence[Move] = ()) -> Foreseen:
    """The same from an open turn, which is played on in place; with the moves `first`, those that can be made when it
    is their turn, before `choose` is asked."""
    rules, ahead = run.rules, [*reversed(first)]
    alone, known = len(rules.prospects) == 1, catalogue(rules)
    left = [0 if p[at.RESULT] else CERTAIN for p in run.people]
    earned = sum(CERTAIN * worth_now(run, who) for who, share in enumerate(left) if not share)
    ordered = sum(CERTAIN for p in run.people if p[at.RESULT] == ORDERED)
    kinds, makes = known.kind, run.quick.moves
    picks = choose.known if isinstance(choose, Practised) else [choose]
    while moves := possible(run):
        if ahead and (next_one := planned(ahead, moves)) is not None:
            move = next_one
        elif made < MOST_MOVES:  # the same as below, without other calls
            move = picks[0](Sight(known, run, moves))
        else:
            move = chosen(known, run, moves, choose, made)
        made += 1
        if kinds[move] not in ASKS:
            makes[move](run, 0, None)  # as `make` does where nobody listens
            continue
        who, (order, answer) = known.whose[move], asked(run, move)
        if order and left[who]:
            yes = run.fork()
            make(yes, move, answer=ORDER)
            earned += left[who] * order // CERTAIN * worth_now(yes, who)
            ordered += left[who] * order // CERTAIN
            left[who] -= left[who] * order // CERTAIN
            if alone and left[who] < _SPENT:
                break
            if not alone and left[who] < _SOLD:
                earned += left[who] * worth_now(run, who)
                ordered += left[who]
                left[who] = 0
                make(run, move, answer=ORDER)
                continue
        make(run, move, answer=answer)
    earned += sum(share * worth_now(run, who) for who, share in enumerate(left))
    return Foreseen(earned // CERTAIN, ordered)


def asked(run: Turn, move: Move) -> tuple[int, int]:
    """The chance, in millionths, that a question for the decision is answered with an order, and what comes back from
    somebody who does not order."""
    what, odds = run.rules.moves[move], odds_of(run, move)
    assert not isinstance(what, str)  # it is said to somebody
    who, order = what[0], odds[0][1]
    point = order + run.luck[who].chance("ask", run.people[who][at.ASKS]) * (CERTAIN - order) // CERTAIN
    return order, _at(odds, point)


def worth_now(run: Turn, who: int) -> int:
    """What a prospect is worth as things are, before it is known whether an order will be cancelled."""
    rules, p = run.rules.prospects[who], run.people[who]
    if p[at.RESULT] != ORDERED:
        return -cost(rules, p)
    now, run.clock = run.clock, p[at.ENDED_AT]
    kept = CERTAIN - regret(run, rules, p)
    run.clock = now
    return kept * surplus(rules, p) // CERTAIN - cost(rules, p)


def _at(odds: Odds, point: int) -> int:
    """The answer at a point, 0 to 999,999, of the shares laid end to end."""
    for answer, share in odds:
        if point < share:
            return answer
        point -= share
    return odds[-1][0]
