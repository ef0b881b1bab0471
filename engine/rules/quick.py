"""The rules of one scenario, made quick for what is done again and again.

What has been done often in simulations gets a function of its own: the rules, specialised to a line, a stage or the
scenario by `engine.specialising`, with nobody listening. It does what the rules do, as they are the only thing it is
made from.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from engine import world as at
from engine.events import LEVELS
from engine.rules import buyer, contact, conversation, replies
from engine.rules.decision import CERTAINLY_NOTHING, NOTHING
from engine.rules.tables import VISIT
from engine.rules.turn import People, Turn
from engine.rules.waiting import this_minute, wait
from engine.specialising import Row, Specialiser, counted
from engine.specialising.often import Partly

if TYPE_CHECKING:
    from engine.rules.tables import LineRule, Move, Odds, Rules

_TELLING: Final = (Turn.tell, replies.speak, replies.narrate)
"""What only tells, and changes nothing."""
_APART: Final = (conversation._leave_dry_stages,)
"""What is much the same for every line, and left as it is."""


class Quick:
    """What is done with one scenario, by what is known of it: quick where it has been done often."""

    __slots__ = ("_rules", "_specialiser", "begun", "between", "moves", "odds", "offers")

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._specialiser: Specialiser | None = None
        self.begun = counted(1, lambda _: (everybody, {"rules": rules}), self._made)
        """Everybody as they come, given the turn; has one entry, 0."""
        self.between = counted(1, lambda _: (between, {"rules": rules}), self._made)
        """What can be done between conversations, given the turn; has one entry, 0."""
        self.offers = tuple(
            counted(len(one.stages), partial(self._offer, who), self._made) for who, one in enumerate(rules.prospects)
        )
        """What can be said to each prospect, given the turn; by stage."""
        self.odds = counted(len(rules.moves), lambda move: (may_answer, {"what": rules.moves[move]}), self._made)
        """What may come back from a move, given the turn; by the move."""
        self.moves = counted(len(rules.moves), self._move, self._made)
        """A line, or time that passes, given the turn, the seconds of patience that thinking took, and the answer, if
        luck is not to decide; by its move."""

    def _offer(self, who: int, number: int) -> Partly:
        return conversation.legal, {"who": who, "stage": self._rules.prospects[who].stages[number]}

    def _move(self, move: Move) -> Partly:
        return done(self._rules, move)

    def _made(self, function: Callable[..., Any], **known: Any) -> Callable[..., Any]:
        if self._specialiser is None:
            people = Row(len(self._rules.prospects))
            turn = Turn, {"rules": self._rules, "trace": None, "people": people}
            self._specialiser = Specialiser({"turn": turn}, [each.__name__ for each in _TELLING], _APART)
        return self._specialiser(function, **known)


def done(rules: Rules, move: Move) -> Partly:
    """What carries a move out, as in `Quick.moves`."""
    what = rules.moves[move]
    if isinstance(what, str):
        return let_pass, {"move": move}
    who, line = what
    return carry_out, {"who": who, "line": line}


def everybody(turn: Turn, rules: Rules) -> None:
    """Draw the buyers, and begin to talk with the one who is there."""
    for who, (one, p) in enumerate(zip(rules.prospects, turn.people, strict=True)):
        buyer.draw(one, turn.luck[who], p)
        if turn.trace is not None:
            for level, slot in zip(LEVELS, (at.EXCITEMENT, at.CONVICTION, at.TRUST, at.PRESSURE), strict=True):
                turn.tell(who, level, p[slot], "as they came")
        if one.prospect.buyer.arrives == "visit" and turn.active < 0:
            p[at.FIRST_TRY] = turn.clock
            conversation.begin(turn, who, one, p, VISIT)


def between(turn: Turn, rules: Rules) -> tuple[Move, ...]:
    """What can be done between conversations; nothing once everything has ended."""
    minute, ended = this_minute(turn), True
    moves: tuple[Move, ...] = ()
    for who, p in enumerate(turn.people):
        if not p[at.RESULT]:
            ended = False
            moves += contact.legal(turn, rules.prospects[who], p, minute.opened)
    return () if ended else moves + minute.moves


def carry_out(turn: Turn, think: int, answer: int | None, who: int, line: LineRule) -> None:
    """Say a line, or do what it stands for; see `moves.step`."""
    rules, p = turn.rules.prospects[who], turn.people[who]
    if line.odds is None:
        answer = NOTHING
    elif answer is None:
        answer = drawn(turn, who, p, line, line.odds(turn, who, rules, p, line))
    line.acts(turn, who, rules, p, line, answer, think)


def may_answer(turn: Turn, what: tuple[int, LineRule] | str) -> Odds:
    """What may come back from a move, with chances in millionths that add up to 1,000,000."""
    if isinstance(what, str):
        return CERTAINLY_NOTHING
    who, line = what
    if line.odds is None:
        return CERTAINLY_NOTHING
    return line.odds(turn, who, turn.rules.prospects[who], turn.people[who], line)


def let_pass(turn: Turn, think: int, answer: int | None, move: Move) -> None:
    """Let time pass; what thinking took of it does not matter, and nobody answers."""
    wait(turn, move)


def drawn(turn: Turn, who: int, p: People, line: LineRule, odds: Odds) -> int:
    """The answer that luck picks from the odds."""
    if len(odds) > 1:
        left = turn.luck[who].chance(line.event, p[line.counter] if line.counter >= 0 else 0)
        for answer, share in odds:
            if left < share:
                return answer
            left -= share
    return odds[-1][0]
