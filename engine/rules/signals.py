"""Signals: what a buyer lets slip when they are ready to be asked, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.curves import logistic
from engine.rules import constants as c
from engine.rules import decision, replies
from engine.rules.tables import OUTCOME, ProspectRules
from engine.rules.turn import People, Turn
from engine.world import LINES, WINDOW

SIGNAL = OUTCOME["signal"]


def chance(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> int:
    """Chance, in millionths, that the buyer now lets slip that they are ready.

    A buyer who could not decide does not, nor one of whose needs none has been told, nor one who has shown it before
    and has had nothing dealt with since.
    """
    needs = p[at.HAS] & rules.needs
    if needs and not needs & p[at.KNOWN]:
        return 0
    if not turn.able(rules, p) or decision.nothing_since(p, p[at.SIGNALLED_WITH]):
        return 0
    return logistic(c.SIGNAL_BASE + c.SIGNAL_STEEP * decision.readiness(turn, rules, p))


def show(turn: Turn, who: int, rules: ProspectRules, p: People, asked: bool) -> None:
    """After a line, which may have `asked` for the decision, let the buyer show that they are ready, or let the moment
    to ask go by."""
    p[LINES] += 1
    if asked:
        p[WINDOW] = 0
    elif p[WINDOW]:
        p[WINDOW] -= 1
        if not p[WINDOW]:
            turn.stir(who, rules, p, c.MISSED_EXCITEMENT, 0, "the moment to ask went by")
    elif (share := chance(turn, rules, p)) and turn.luck[who].chance("signal", p[LINES]) < share:
        p[WINDOW] = c.SIGNAL_LINES
        p[at.SIGNALLED_WITH] = decision.dealt_with(p)
        p[at.SIGNALS] += 1
        turn.tell(who, "signal", p[at.SIGNALS], "let slip that they are ready to be asked")
        replies.say_outcome(turn, who, rules, p, SIGNAL)
