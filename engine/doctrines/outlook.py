"""What a run can be expected to earn from here, if somebody plays it on.

Whether a buyer says yes is the one piece of luck that decides most of a run's worth. It is not drawn: at each question
for the decision the yes is followed with its exact chance and the run goes on with what is left (conditional Monte
Carlo). Everything else is drawn, so that two outlooks in the same world with the same luck differ by their moves.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.doctrines.playing import Chooser, chosen, play_out
from engine.generated import machine
from engine.luck import Luck
from engine.rules import Rules
from engine.rules.decision import ORDER, Odds
from engine.rules.value import value
from engine.units import CERTAIN
from engine.world import Core

_ASKS = frozenset({"ask-for-decision", "press"})
_SPENT = CERTAIN // 100
"""A weight below which the rest of a run no longer matters."""


def outlook(rules: Rules, core: Core, luck: Sequence[Luck], choose: Chooser, made: int = 0) -> int:
    """The worth of a run that `choose` plays on from `core`, in minor units; `made` moves had been made."""
    if len(rules.prospects) > 1:  # an order frees time for the others, so that their runs would part here
        return value(rules, play_out(rules, core, luck, choose, made))
    of = machine(rules)
    run = of.open(core, luck)
    left, earned = CERTAIN, 0
    while moves := run.legal():
        move = chosen(rules, run, moves, choose, made)
        made += 1
        what = rules.moves[move]
        if isinstance(what, str) or what[1].kind not in _ASKS:
            run.make(move)
            continue
        odds = run.chance(move)
        order = odds[0][1]
        if order:
            yes = of.open(run.close(), luck)
            yes.make(move, ORDER)
            earned += left * order // CERTAIN * value(rules, yes.close())
            left -= left * order // CERTAIN
            if left < _SPENT:
                break
        point = order + luck[0].chance("ask", run.people[0][at.ASKS]) * (CERTAIN - order) // CERTAIN
        run.make(move, _at(odds, point))
    return (earned + left * value(rules, run.close())) // CERTAIN


def _at(odds: Odds, point: int) -> int:
    """The answer at a point, 0 to 999,999, of the shares laid end to end."""
    for answer, share in odds:
        if point < share:
            return answer
        point -= share
    return odds[-1][0]
