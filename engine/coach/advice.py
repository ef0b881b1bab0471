"""Which of the moves that cannot be told from the best is advised.

Of several that are worth the same, what the guide would have done goes on best with what follows. Nothing is advised
that neither asks nor answers anything, and no waiting but for a date; nor what this buyer has heard before, where
something new would do; and of questions, one that was not asked before, and by their kind. What costs whenever it is
said gives way even to what is worth less, see `analysis.advised`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from engine import world as at
from engine.catalogue import catalogue
from engine.play import State
from engine.rules import Move, Rules, Turn, possible
from engine.rules.contact import same_attempt
from engine.rules.decision import nothing_since
from engine.rules.endings import date_stands
from engine.rules.tables import LineRule
from engine.scenario.vocabulary import ASKS, BETWEEN, COSTLY_KINDS
from engine.sight import Sight

QUESTIONS: Final = ("isolate", "confirm", "implication", "open-question", "closed-question", "invite-no")
"""Kinds of lines that ask something, but for the decision: first those about what stands in the way, then those that
let people talk."""
_KEEPS: Final = "wait.agreed"
"""The wait that is for a date."""
Cost = Literal["left-alone", "waiting", "kind", "hopeless", "unpriced", "nothing-new", "declined", "just-tried"]
"""Why a move costs whenever it is made: the buyer had asked to be left alone; somebody is waiting for an answer, and it
is none; it is of such a kind; it asks for what nobody could give, or at a price that was not told, or once more though
nothing has changed; a step was declined more than once already; nobody had answered only just before."""
_DECLINED: Final = 2
"""Steps declined in a conversation after which another one is heard as pushing."""


def called_best(before: State, may_be_best: Sequence[Move], made: Move, guide: Move) -> Move:
    """Which of the moves than which nothing is surely better, in the order of their worth, is called the best; see
    `Assessed.alternatives`."""
    others, first = [move for move in may_be_best if move != made], may_be_best[0]
    if first != made and guide in others:
        first = guide
    if idle(before, first):
        first = next((move for move in others if gives_way(before, first, move)), first)
    return first if first == made else min([first, *others], key=_by_question(before, first))


def idle(before: State, move: Move) -> bool:
    """Whether a move costs whenever it is made, makes talk, does other work, answers what nobody has told, or lets time
    pass, unless for a date."""
    what = before.game.rules.moves[move]
    if isinstance(what, str):
        return lets_time_pass(before.game.rules, move)
    talks = what[1].kind in ("task", "small-talk", "story", "concede")
    return talks or costly(before, move) is not None or unasked(before, move)


def lets_time_pass(rules: Rules, move: Move) -> bool:
    """Whether a move lets time pass, but for a date."""
    return isinstance(what := rules.moves[move], str) and what != _KEEPS


def costly(before: State, move: Move) -> Cost | None:
    """Why a move costs whenever it is made; None where it does not."""
    return cost(_now(before), move)


def cost(now: Turn, move: Move) -> Cost | None:
    """The same in an open turn."""
    what = now.rules.moves[move]
    if now.active < 0 and _keeps_waiting(now, what):
        return "waiting"
    if isinstance(what, str):
        return None
    who, line = what
    p = now.people[who]
    gets_in_touch = line.kind in BETWEEN - {"task"} and not p[at.HERE_UNTIL]
    if gets_in_touch and p[at.OPTED_OUT]:
        return "left-alone"
    if line.kind == "vague-follow-up" and date_stands(now, p):  # where a date stands, nothing is left vague
        return None
    if line.kind in COSTLY_KINDS - {"task"}:
        return "kind"
    if line.kind in ASKS and (why := _out_of_reach(now, who, line)):
        return why
    if line.kind in ASKS and nothing_since(p, p[at.ASKED_WITH]):
        return "nothing-new"
    if line.kind == "propose-dated-step" and p[at.REFUSED_NOW] >= _DECLINED:
        return "declined"
    return "just-tried" if gets_in_touch and line.kind == "call" and same_attempt(now, p, line) else None


def _keeps_waiting(now: Turn, what: str | tuple[int, LineRule]) -> bool:
    """Whether somebody who is in touch now would go on waiting while this is done."""
    return any(p[at.HERE_UNTIL] and (isinstance(what, str) or what[0] != who) for who, p in enumerate(now.people))


def _out_of_reach(now: Turn, who: int, ask: LineRule) -> Cost | None:
    """Why nobody could make the decision that is asked for, as far as is told: nobody is ready so early, there is
    neither a price nor a sign that they are ready, or somebody is not there of whom it was told that they decide."""
    p, buyer = now.people[who], now.rules.prospects[who].prospect.buyer
    if not buyer.today and now.clock < now.rules.start + buyer.ready.low:
        return "hopeless"
    if not (p[at.PRICED] or ask.prices or p[at.WINDOW]):
        return "unpriced"
    return "hopeless" if Sight(catalogue(now.rules), now, possible(now)).somebody_missing else None


def unasked(before: State, move: Move) -> bool:
    """Whether a move shows, says or sends something that answers nothing that was told."""
    what = before.game.rules.moves[move]
    if isinstance(what, str):
        return False
    who, line = what
    answers = line.kind in ("present", "demonstrate") or (line.kind in ("touch", "handle", "proof") and line.ties)
    return bool(answers) and not catalogue(before.game.rules).ties[move].told(before.people[who])


def gives_way(before: State, move: Move, other: Move) -> bool:
    """Whether a move gives way to another one that is as good: an idle one to one that is not, unless it waits for the
    day that is agreed with the very buyer to whom the other one is done; and what a buyer has heard before, to
    something new."""
    if idle(before, other):
        return False
    if not idle(before, move):
        return heard(before, move) and _new_to_the_same(before, move, other)
    waits, what = before.game.rules.moves[move], before.game.rules.moves[other]
    if not isinstance(waits, str) or waits == "finish" or isinstance(what, str):
        return True
    return not date_stands(_now(before), before.people[what[0]])


def heard(before: State, move: Move) -> bool:
    """Whether a line of a conversation was said before. Who is rung once more has heard nothing yet."""
    what = before.game.rules.moves[move]
    return not isinstance(what, str) and what[1].kind not in BETWEEN and bool(before.made(move))


def _new_to_the_same(before: State, move: Move, other: Move) -> bool:
    """Whether another move is a line to the same buyer that was not said before."""
    one, two = (before.game.rules.moves[each] for each in (move, other))
    same = not isinstance(one, str) and not isinstance(two, str) and one[0] == two[0]
    return same and not before.made(other)


def _by_question(before: State, first: Move) -> Callable[[Move], tuple[bool, bool, int]]:
    """The order in which questions that cannot be told from `first`, which is one, are advised to the same buyer: last
    comes what was asked before, or asks for nothing but what was told, then by `QUESTIONS`. Where `first` is no
    question, nothing goes before it."""
    rules, made = before.game.rules, {move for move, _ in before.history}

    def order(move: Move) -> tuple[bool, bool, int]:
        what, best = rules.moves[move], rules.moves[first]
        if move == first and (isinstance(best, str) or best[1].kind not in QUESTIONS):
            return False, False, -1
        if isinstance(what, str) or isinstance(best, str) or what[0] != best[0] or what[1].kind not in QUESTIONS:
            return True, True, len(QUESTIONS)
        who, line = what
        told = line.reveals != 0 and not line.reveals & ~before.people[who][at.KNOWN]
        return move in made, told, QUESTIONS.index(line.kind)

    return order


def _now(before: State) -> Turn:
    return Turn(before.game.rules, before.core, before.luck)
