"""What a run can be expected to earn from here, if somebody plays it on.

Whether a buyer says yes is the one piece of luck that decides most of a run's worth. It is not drawn: at each question
for the decision the yes is followed with its exact chance and the run goes on with what is left (conditional Monte
Carlo). Everything else is drawn, so that two outlooks in the same world with the same luck differ by their moves.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.doctrines.playing import MOST_MOVES, Chooser, play_out
from engine.doctrines.sight import Sight, catalogue
from engine.luck import Luck
from engine.rules import Rules, chance, legal, step
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
    of, finish = catalogue(rules), len(rules.moves) - 1
    left, earned = CERTAIN, 0
    while moves := legal(rules, core, luck):
        if made >= MOST_MOVES and core[at.ACTIVE] < 0:
            move = finish
        else:
            move = choose(Sight(of, core[at.CLOCK], core[at.ACTIVE], core[at.STARTED], core[at.FIRST :], moves))
        made += 1
        if of.kind[move] not in _ASKS:
            core = step(rules, core, luck, move)
            continue
        odds = chance(rules, core, luck, move)
        order = odds[0][1]
        if order:
            earned += left * order // CERTAIN * value(rules, step(rules, core, luck, move, 0, ORDER))
            left -= left * order // CERTAIN
            if left < _SPENT:
                break
        point = order + luck[0].chance("ask", core[at.FIRST][at.ASKS]) * (CERTAIN - order) // CERTAIN
        core = step(rules, core, luck, move, 0, _at(odds, point))
    return (earned + left * value(rules, core)) // CERTAIN


def _at(odds: Odds, point: int) -> int:
    """The answer at a point, 0 to 999,999, of the shares laid end to end."""
    for answer, share in odds:
        if point < share:
            return answer
        point -= share
    return odds[-1][0]
