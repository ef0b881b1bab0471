"""Sellers for the laboratory: a few lines said in order, and calls at set times.

They see what a player sees. Each routine plays one run; what it did is kept, so that an experiment can ask about it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from engine.calendar import opening_after
from engine.rules import Move
from engine.sight import Sight, one_of
from engine.units import DAY, HOUR

Talk = Callable[[Sight], Move | None]
"""What to say next; None when there is nothing left to say."""


def named(s: Sight, name: str) -> Move | None:
    """The move of this name, if it is on offer."""
    move = s.catalogue.named[name]
    return move if move in s.moves else None


_SHOWS: Final = ("demonstrate", "present", "handle")


def discovery(s: Sight) -> Move | None:
    """A good conversation up to the question for the order: both needs, an answer to each, and the price."""
    if s.unhandled and (wish := _deal_with(s)) is not None:
        return wish
    if s.minutes_left <= 5:
        return None
    if s.needs_known < 2 and (wish := s.first("open-question")) is not None:
        return wish
    if s.needs_known and (wish := s.first("listen")) is not None:
        return wish
    if (wish := s.tied("implication", *_SHOWS)) is not None:
        return wish
    return s.first("quote")


def ordinary(s: Sight) -> Move | None:
    """Good ordinary selling, for figures that are means over sellers: the conversation above, one question for the
    order, as soon as the buyer seems ready or else at the end, and a word on what is said to be in the way."""
    if s.signal and not s.asks_now and s.priced:
        return s.first("ask-for-decision")
    if s.unhandled and (wish := _deal_with(s)) is not None:
        return wish
    if s.asks_now:
        return None
    wish = discovery(s)
    return s.first("ask-for-decision") if wish is None else wish


AGAIN: Final[tuple[str | Talk, ...]] = ("good-day", "play-back", ordinary)
"""How such a seller takes up the thread with somebody they have talked to before."""


def _deal_with(s: Sight) -> Move | None:
    return one_of(s.tied("handle"), s.first("isolate"))


PLAIN: Final = ("what-for", "show-time", "the-price", "will-you-buy")
"""What most sellers do: one need, an answer to it, the price, and one question for the order."""


@dataclass(frozen=True, slots=True)
class Routine:
    """How one seller sells."""

    first: tuple[str | Talk, ...] = ()
    """What is said in the first conversation: names of lines, skipped where they are not on offer, and talks."""
    later: tuple[str | Talk, ...] = ()
    """What is said in each later conversation."""
    calls: tuple[int, ...] = ()
    """When to call: minutes after the start, or after the first conversation if that is how it starts."""
    lines: tuple[str, ...] = ("ring",)
    """What to do at each of these times."""
    conversations: int = 1
    """Conversations that it tries for; after that many it calls nobody."""
    keeps_dates: bool = True
    """Whether it is there at an agreed time; that takes the place of the `calls` until then."""
    ends: str = "some-time"
    """The line that ends a conversation in which everything has been said."""

    def sit_down(self) -> Seat:
        """This seller in one run."""
        return Seat(self)


class Seat:
    """A routine in one run."""

    def __init__(self, routine: Routine) -> None:
        self.routine = routine
        self.called = 0
        """Times of `calls` used up."""
        self.before_first = 0
        """... before the first conversation."""
        self.found_by_call = True
        """Whether the first conversation, if there was one, came of this seller's own doing, and not of the buyer's."""
        self._talks = 0
        self._place = 0
        self._since: int | None = None

    def __call__(self, s: Sight) -> Move:
        return self._talk(s) if s.talking else self._between(s)

    def _talk(self, s: Sight) -> Move:
        talks = s.conversations(s.who)
        if talks != self._talks:
            self._talks, self._place = talks, 0
            if talks == 1:
                self.before_first = self.called
        script = self.routine.first if talks == 1 else self.routine.later
        while self._place < len(script):
            item = script[self._place]
            if isinstance(item, str):
                self._place += 1
                wish = None if self._agreed_already(s, item) else named(s, item)
            else:
                wish = item(s)
                self._place += wish is None
            if wish is not None:
                return wish
        wish = named(s, self.routine.ends)
        return s.moves[-1] if wish is None else wish

    def _agreed_already(self, s: Sight, line: str) -> bool:
        """Whether a line would put another date in place of one that stands, which breaks it."""
        proposes = s.catalogue.kind[s.catalogue.named[line]] == "propose-dated-step"
        return proposes and self.routine.keeps_dates and s.agreed_at(s.who) is not None

    def _between(self, s: Sight) -> Move:
        who, routine = s.who, self.routine
        if self._since is None:
            self._since = s.now if s.conversations(who) else s.start
        if s.here(who):
            if (call := s.about(who, "call")) is not None:
                self.found_by_call = self.found_by_call and s.conversations(who) > 0
                return call
        elif routine.keeps_dates and s.due_now() is not None and (call := s.about(who, "call")) is not None:
            self._skip(s.now + DAY // 2)
            return call
        agreed = s.agreed_at(who) if routine.keeps_dates else None
        if agreed is not None and agreed > s.now:
            return s.wait("wait.agreed")
        talks = s.conversations(who)
        if self.called < len(routine.calls) and (talks < routine.conversations or not talks):
            at = self._since + routine.calls[self.called]
            if s.now < at:
                return pass_time(s, at)
            line = routine.lines[self.called % len(routine.lines)]
            self.called += 1
            wish = named(s, line)
            if wish is None:
                wish = s.about(who, "call")
            return s.wait("finish") if wish is None else wish
        return s.wait("finish")

    def _skip(self, until: int) -> None:
        """Leave out the calls that an agreed one takes the place of: those up to a minute."""
        since = self._since or 0
        while self.called < len(self.routine.calls) and since + self.routine.calls[self.called] <= until:
            self.called += 1


def pass_time(s: Sight, until: int) -> Move:
    """The longest wait or piece of other work that does not go beyond a minute."""
    left = until - s.now
    if left > DAY // 2:
        calendar = s.catalogue.rules.scenario.calendar
        for name, days in (("wait.1w", 7), ("wait.3d", 3), ("wait.tomorrow", 1)):
            if s.catalogue.named[name] in s.moves and opening_after(calendar, s.now, days) <= until:
                return s.catalogue.named[name]
    for name, minutes in (("wait.3h", 3 * HOUR), ("wait.1h", HOUR), ("wait.15m", 15)):
        if minutes <= left and s.catalogue.named[name] in s.moves:
            return s.catalogue.named[name]
    for name, minutes in (("an-hour", HOUR), ("ten-minutes", 10)):
        if minutes <= left and (work := named(s, name)) is not None:
            return work
    work = named(s, "a-minute")
    return s.wait("finish") if work is None else work
