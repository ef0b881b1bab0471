"""Sellers made for experiments: all with the same craft, each with one thing that can be turned up and down.

Like the doctrines they see what a player sees, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from engine.calendar import step_time
from engine.doctrines import DOCTRINES, plan_a, talker
from engine.doctrines.craft import converse
from engine.luck import Luck
from engine.playing import Chooser
from engine.rules import Move, Rules
from engine.sight import Sight, one_of
from engine.units import CERTAIN, DAY, HOUR


class Seller(Protocol):
    """Somebody who can play one run after another."""

    def sit_down(self, rules: Rules, key: int | str) -> Chooser:
        """The player of one run; `key` is for luck of its own."""


@dataclass(frozen=True, slots=True)
class OneBuyer:
    """Talks to one buyer, and follows up or not."""

    questions: int = 2
    """Needs to find before offering."""
    asks: int = 2
    """Times to ask for the decision in a conversation that is about one."""
    asks_at_first: bool = True
    """Whether the first conversation is about a decision."""
    dated: int | None = None
    """Minutes ahead at which to propose, as near as can be, a day and time where there was no decision; or never."""
    begins: int = 0
    """Minutes after the start before the first attempt, with somebody who has to be called."""
    after: int | None = None
    """Minutes after a conversation without a decision or date before calling again; None to leave it to the buyer."""
    follow_ups: int = 1
    """Conversations after the first, at most."""
    tries: int = 1
    """Calls for each conversation, an hour apart."""

    def sit_down(self, rules: Rules, key: int | str) -> Chooser:
        return self.choose

    def choose(self, s: Sight) -> Move:
        return self._talk(s) if s.talking else self._between(s)

    def _talk(self, s: Sight) -> Move:
        first = s.conversations(s.who) == 1
        wish = converse(s, questions=self.questions, asks=self.asks, ask=self.asks_at_first or not first)
        if wish is None:
            more = s.conversations(s.who) <= self.follow_ups and not s.outcome_was("declines")
            wish = one_of(
                _step(s, self.dated) if self.dated is not None and more else None,
                s.first("leave", "vague-follow-up"),
            )
        return s.any_line(plan_a.AVOIDED_HERE) if wish is None else wish

    def _between(self, s: Sight) -> Move:
        if (call := s.call_due()) is not None:
            return call
        who = s.who
        talks, tried = s.conversations(who), s.attempts(who)
        if tried >= self.tries or talks > self.follow_ups or s.agreed_at(who) is not None:
            return s.wait("wait.agreed", "finish")
        wanted = self.begins if not talks else self.after
        if wanted is None:
            return s.wait("finish")
        left = wanted + tried * HOUR - s.silence(who)
        if left <= 0 and (call := s.about(who, "call")) is not None:
            return call
        return pass_time(s, left)


def _step(s: Sight, ahead: int) -> Move | None:
    """The dated step on offer that comes nearest to this many minutes from now."""
    steps = [(abs(step_time(step, s.now) - s.now - ahead), move) for step, move in s.steps("propose-dated-step")]
    return min(steps)[1] if steps else None


def pass_time(s: Sight, minutes: int) -> Move:
    """Work that can always be done, or else the longest wait, that does not go far beyond this many minutes."""
    lines = ((s.catalogue.lines[move], move) for move in s.offered("task"))
    tasks = [(line.minutes, move) for line, move in lines if line and line.line.repeat and line.minutes <= minutes]
    if tasks:
        return max(tasks)[1]
    if minutes >= DAY - s.now % DAY:
        return s.wait("wait.tomorrow")
    if minutes >= 3 * HOUR:
        return s.wait("wait.3h", "wait.1h", "wait.tomorrow")
    if minutes > HOUR // 2:
        return s.wait("wait.1h", "wait.tomorrow")
    return s.wait("wait.15m", "wait.1h", "wait.tomorrow")


@dataclass(frozen=True, slots=True)
class Late:
    """A doctrine that begins late."""

    doctrine: str
    minutes: int
    """After the start."""

    def sit_down(self, rules: Rules, key: int | str) -> Chooser:
        choose = DOCTRINES[self.doctrine](rules, key)

        def wait_first(s: Sight) -> Move:
            left = s.start + self.minutes - s.now
            return choose(s) if s.talking or left <= 0 else pass_time(s, left)

        return wait_first


@dataclass(frozen=True, slots=True)
class Dosed:
    """Says this many lines of discovery in the first conversation, then offers what ties to them, and asks twice."""

    discovery: int

    def sit_down(self, rules: Rules, key: int | str) -> Chooser:
        said = 0

        def choose(s: Sight) -> Move:
            nonlocal said
            if not s.talking:
                return s.wait("finish")
            if s.asks_now >= 2 and (wish := s.first("leave", "vague-follow-up")) is not None:
                return wish
            if s.unhandled and (wish := one_of(s.tied("handle", *_OFFERS), s.first("isolate"))) is not None:
                return wish
            if said < self.discovery and (wish := s.first(*_DISCOVERY)) is not None:
                said += 1
                return wish
            wish = None if s.outcome_was("declines") else s.first("bring-in")
            wish = one_of(wish, s.tied(*_OFFERS), s.first("quote", "ask-for-decision", *_OFFERS, "small-talk"))
            return s.any_line(plan_a.AVOIDED_HERE) if wish is None else wish

        return choose


_DISCOVERY = ("open-question", "implication", "listen")
_OFFERS = ("demonstrate", "present", "proof", "concede", "story")


@dataclass(frozen=True, slots=True)
class Slipping:
    """A doctrine with slips of the tongue: sometimes anything at all is said instead of what it would say."""

    doctrine: str
    percent: int
    """Lines that slip, of a hundred."""

    def sit_down(self, rules: Rules, key: int | str) -> Chooser:
        choose, luck = DOCTRINES[self.doctrine](rules, key), Luck(key, "slips")
        made = 0

        def slip(s: Sight) -> Move:
            nonlocal made
            made += 1
            if s.talking and luck.chance("slip", made) < self.percent * CERTAIN // 100:
                return s.moves[luck.between(0, len(s.moves) - 1, "which", made)]
            return choose(s)

        return slip


@dataclass(frozen=True, slots=True)
class DayLate:
    """A doctrine that lets a night pass: it proposes no date on the day of the conversation, and whom it would call on
    the day on which they talked it calls a day later."""

    doctrine: str

    def sit_down(self, rules: Rules, key: int | str) -> Chooser:
        choose = DOCTRINES[self.doctrine](rules, key)
        owed: dict[int, int] = {}
        """The minute from which somebody is to be called who would have been called a day before."""

        def put_off(s: Sight) -> Move:
            if s.talking:
                move = choose(s)
                return move if s.catalogue.kind[move] != "propose-dated-step" else _not_today(s)
            for who in [who for who, minute in owed.items() if minute <= s.now]:
                del owed[who]
                if s.agreed_at(who) is None and (call := s.about(who, "call")) is not None:
                    return call
            move = choose(s)
            kind, who = s.catalogue.kind[move], s.catalogue.whose[move]
            if kind == "call" and _talked_today(s, who) and not s.here(who) and s.agreed_at(who) is None:
                owed.setdefault(who, s.now + DAY)
            elif kind == "call" or not owed:
                return move
            return pass_time(s, min(owed.values()) - s.now)

        return put_off


def _not_today(s: Sight) -> Move:
    """The soonest date on offer on another day, or the end of the conversation without one."""
    steps = [(step_time(step, s.now), move) for step, move in s.steps("propose-dated-step")]
    later = [(minute, move) for minute, move in steps if minute // DAY > s.now // DAY]
    wish = min(later)[1] if later else s.first("vague-follow-up", "leave")
    return s.any_line() if wish is None else wish


def _talked_today(s: Sight, who: int) -> bool:
    last = s.last_contact(who)
    return last is not None and last // DAY == s.now // DAY


@dataclass(frozen=True, slots=True)
class Sparing:
    """A doctrine that sends no more than this many messages."""

    doctrine: str
    messages: int

    def sit_down(self, rules: Rules, key: int | str) -> Chooser:
        choose = DOCTRINES[self.doctrine](rules, key)

        def spare(s: Sight) -> Move:
            move = choose(s)
            if (
                s.catalogue.kind[move] not in ("touch", "check-in")
                or s.touches(s.catalogue.whose[move]) < self.messages
            ):
                return move
            return s.wait("wait.agreed", "wait.3d", "wait.tomorrow")

        return spare


@dataclass(frozen=True, slots=True)
class ManyBuyers:
    """Has more prospects than time: sees new ones first, and keeps the last part of the time for following up."""

    kept_percent: int
    """Share of all the time in which only those are called who have been seen and have not decided."""
    pause: int = 2 * HOUR
    """Minutes after a conversation before a follow-up."""

    def sit_down(self, rules: Rules, key: int | str) -> Chooser:
        turns = rules.deadline - (rules.deadline - rules.start) * self.kept_percent // 100
        craft = OneBuyer()

        def choose(s: Sight) -> Move:
            if s.talking:
                return craft.choose(s)
            who = self._to_follow_up(s) if s.now >= turns else _least_tried(s)
            if who is not None and (call := s.about(who, "call")) is not None:
                return call
            return s.wait("wait.1h", "finish")

        return choose

    def _to_follow_up(self, s: Sight) -> int | None:
        seen = [who for who in s.open_ones() if 0 < s.conversations(who) < 3 and s.attempts(who) < 3]
        return max((who for who in seen if s.silence(who) >= self.pause), key=s.silence, default=None)


def _least_tried(s: Sight) -> int | None:
    return min((who for who in s.open_ones() if not s.conversations(who)), key=s.attempts, default=None)


@dataclass(frozen=True, slots=True)
class Covering:
    """Calls some of the enquiries and lets the others lie; leads some of the conversations with craft, and talks the
    others down."""

    coverage: int
    """Enquiries called at all, of a hundred."""
    quality: int
    """Conversations led with craft, of a hundred."""

    def sit_down(self, rules: Rules, key: int | str) -> Chooser:
        craft, luck = OneBuyer(), Luck(key, "covering")
        everybody = range(len(rules.prospects))
        covered = [luck.chance("covers", who) < self.coverage * CERTAIN // 100 for who in everybody]
        crafted = [luck.chance("craft", who) < self.quality * CERTAIN // 100 for who in everybody]

        def choose(s: Sight) -> Move:
            if s.talking:
                return craft.choose(s) if crafted[s.who] else talker.choose(s)
            if (call := s.call_due()) is not None:
                return call
            new = [who for who in s.open_ones() if covered[who] and not s.conversations(who) and s.attempts(who) < 3]
            if new and (call := s.about(min(new, key=s.attempts), "call")) is not None:
                return call
            return s.wait("finish")

        return choose
