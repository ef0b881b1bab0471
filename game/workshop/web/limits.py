"""How much one client may ask of the host: by token, never by address, since a whole room often has one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from engine.words import marked
from game.workshop.log.refused import Refused

RATE: Final = 20.0
"""Requests a second that one token may make for long ..."""
BURST: Final = 60.0
"""... and at once. Somebody who plays makes one in seconds."""
JOINS: Final = 200.0
"""Seats given out a second. Who comes faster waits in line."""
WAITING: Final = 2_000
"""People in that line; who comes then is asked to come again."""
WRONG_CODES: Final = 5.0
"""Wrong codes answered a second, over everybody: at this rate guessing one of 2**30 takes seven years."""
WRONG_WAITING: Final = 50


@dataclass(slots=True)
class Bucket:
    """Tokens that come in at a rate and are spent one by one."""

    rate: float
    most: float
    level: float
    at: float

    def spend(self, now: float) -> bool:
        """Take one out, if there is one."""
        self.level = min(self.most, self.level + (now - self.at) * self.rate)
        self.at = now
        if self.level < 1:
            return False
        self.level -= 1
        return True


@dataclass(slots=True)
class Limits:
    """A bucket for every token that is in use."""

    now: Callable[[], float]
    rate: float = RATE
    burst: float = BURST
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    def allow(self, who: str) -> None:
        """Count a request. Raises `Refused` where there were too many."""
        bucket = self._buckets.get(who)
        if bucket is None:
            bucket = self._buckets[who] = Bucket(self.rate, self.burst, self.burst, self.now())
        if not bucket.spend(self.now()):
            raise Refused("slow", marked("Too many requests at once. Wait a second."))


class Line:
    """A line in which people are served one after the other, at a rate; who finds it full is sent away."""

    def __init__(self, rate: float, most: int, code: str, full: str) -> None:
        self._gap = 1 / rate
        self._most = most
        self._code, self._full = code, full
        self._next = 0.0
        self._waiting = 0

    async def turn(self) -> None:
        """Wait for one's turn. Raises `Refused` where the line is full."""
        if self._waiting >= self._most:
            raise Refused(self._code, self._full)
        loop = asyncio.get_running_loop()
        at = max(self._next, loop.time())
        self._next = at + self._gap
        self._waiting += 1
        try:
            await asyncio.sleep(at - loop.time())
        finally:
            self._waiting -= 1
