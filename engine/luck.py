"""Keyed luck: every draw is a pure function of seed, prospect, event and occurrence.

There is no stream to be shifted: another choice leaves the luck of everything else as it was. Anybody can check a draw
in a shell: `printf '42:priya:ask:0' | b2sum` begins with the 32 bits of the first draw of that event.
"""

from __future__ import annotations

from hashlib import blake2b
from struct import Struct
from typing import Final

from engine.units import CERTAIN, Span

SEEDS: Final = 2**53
"""How many seeds there are, from 0 on: every one is a whole number wherever numbers are floats, too."""
_FIRST = [Struct(f">{count}I").unpack_from for count in range(17)]
"""The first draws of a block, which is cut into sixteen of 32 bits each, by how many are asked for."""
_ONE = Struct(">I").unpack_from
"""One of them, from the byte at which it begins."""
_BITS = 32
Name = str | tuple[str, int]
"""Sixteen occurrences of an event: the first of all, or others by their number."""


def part(draw: int, of: int) -> int:
    """A draw of 32 bits scaled down to a whole number from 0 to one below `of`, all equally likely."""
    return draw * of >> _BITS


def below(draw: int, chance: int) -> bool:
    """Whether a draw of 32 bits, scaled down to millionths, is below a chance in millionths."""
    return draw < -((-chance << _BITS) // CERTAIN)


def within(draw: int, span: Span) -> int:
    """A draw of 32 bits as a whole number in a range, all equally likely."""
    return span.low + (draw * (span.high - span.low + 1) >> _BITS)


def which(draw: int, weights: tuple[int, ...]) -> int:
    """The index of one of `weights`, with chances in proportion to them; the last takes any rounding."""
    whole, passed = max(1, sum(weights)), 0
    for index in range(len(weights) - 1):
        passed += weights[index]
        if draw < -((-passed << _BITS) // whole):  # scaled down to the whole, below what has passed
            return index
    return len(weights) - 1


_TAILS: Final[dict[Name, bytes]] = {}
"""What stands in a key for sixteen occurrences of an event."""


def _tail(name: Name) -> bytes:
    if not isinstance(name, str):
        return "{}:{}".format(*name).encode()
    tail = _TAILS[name] = f"{name}:0".encode()
    return tail


class Luck:
    """The luck of one run for one prospect (`who`), drawn when asked and remembered."""

    __slots__ = ("_begun", "_blocks")

    def __init__(self, seed: int | str, who: str) -> None:
        self._begun = blake2b(f"{seed}:{who}:".encode())
        """What all keys begin with, hashed."""
        self._blocks: dict[Name, bytes] = {}

    def draws(self, event: str, count: int) -> tuple[int, ...]:
        """The draws of the first `count` occurrences of an event."""
        if count > 16:
            return self.draws(event, 16) + tuple(self.draw(event, number) for number in range(16, count))
        return _FIRST[count](self._blocks.get(event) or self._digest(event))

    def draw(self, event: str, occurrence: int = 0) -> int:
        """32 bits, 0 to 2**32 - 1, for the given event and its occurrence number (0 for the first)."""
        name = event if occurrence < 16 else (event, occurrence >> 4)
        block = self._blocks.get(name) or self._digest(name)
        draw: int = _ONE(block, (occurrence & 15) << 2)[0]
        return draw

    def chance(self, event: str, occurrence: int = 0) -> int:
        """A draw from 0 to 999,999, to be compared with a chance in millionths."""
        name = event if occurrence < 16 else (event, occurrence >> 4)
        block = self._blocks.get(name) or self._digest(name)
        share: int = _ONE(block, (occurrence & 15) << 2)[0] * CERTAIN >> _BITS
        return share

    def between(self, low: int, high: int, event: str, occurrence: int = 0) -> int:
        """A whole number from `low` to `high`, both included, all equally likely."""
        return low + (self.draw(event, occurrence) * (high - low + 1) >> _BITS)

    def _digest(self, name: Name) -> bytes:
        whole = self._begun.copy()
        whole.update(_TAILS.get(name) or _tail(name))
        block = self._blocks[name] = whole.digest()
        return block
