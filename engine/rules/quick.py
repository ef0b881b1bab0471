"""The rules of one scenario, made quick for what is done again and again.

A move that has been made often in simulations gets a function of its own: the rules, specialised to its line by
`engine.specialising`, with nobody listening. It does what the rules do, as they are the only thing it is made from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from engine.rules import conversation, replies
from engine.rules.decision import NOTHING
from engine.rules.turn import People, Turn
from engine.rules.waiting import wait
from engine.specialising import Specialiser

if TYPE_CHECKING:
    from engine.rules.tables import LineRule, Move, Odds, Rules

OFTEN: Final = 500
"""Times that something is done before it is worth a function of its own, which takes some milliseconds to make."""

Play = Callable[[Turn, int, "int | None"], None]
"""Makes one move, given the seconds of patience that thinking took and the answer, if luck is not to decide."""

_TELLING: Final = (Turn.tell, replies.say_outcome, replies.speak, replies.narrate)
"""What only tells, and changes nothing."""
_APART: Final = (conversation._leave_dry_stages,)
"""What is much the same for every line, and left as it is."""


class Quick:
    """What has been made quick of one scenario so far."""

    __slots__ = ("_making", "_specialiser", "_used", "begun", "moves", "offers", "options")

    def __init__(self) -> None:
        self.moves: dict[Move, Play] = {}
        """Carrying out a line or letting time pass, by its move."""
        self.offers: dict[int, Callable[[Turn], tuple[Move, ...]]] = {}
        """What can be said, by stage and prospect as one number; see `moves.possible`."""
        self.options: dict[int, Callable[[Turn, Sequence[int], bool], tuple[Move, ...]]] = {}
        """What can be done about a prospect between conversations."""
        self.begun: dict[int, Callable[[Turn], None]] = {}
        """Everybody as they come; has one entry."""
        self._used: dict[tuple[int, int], int] = {}
        self._specialiser: Specialiser | None = None
        self._making = Lock()

    def used(self, table: dict[int, Any], key: int, of: Rules, function: Callable[..., Any], **known: Any) -> None:
        """Note that `function` was used with arguments that are `known` wherever the key in a table is the same, and
        put one for them there once it is worth it."""
        used = self._used[id(table), key] = self._used.get((id(table), key), 0) + 1
        if used >= OFTEN:
            with self._making:
                table[key] = self._specialise(of)(function, **known)

    def _specialise(self, rules: Rules) -> Specialiser:
        if self._specialiser is None:
            known = {"turn": (Turn, {"rules": rules, "trace": None})}
            self._specialiser = Specialiser(known, [each.__name__ for each in _TELLING], _APART)
        return self._specialiser


def carry_out(turn: Turn, who: int, line: LineRule, think: int, answer: int | None) -> None:
    """Say a line, or do what it stands for; see `moves.step`."""
    rules, p = turn.rules.prospects[who], turn.people[who]
    if line.odds is None:
        answer = NOTHING
    elif answer is None:
        answer = drawn(turn, who, p, line, line.odds(turn, who, rules, p, line))
    line.acts(turn, who, rules, p, line, answer, think)


def let_pass(turn: Turn, move: Move, think: int, answer: int | None) -> None:
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
