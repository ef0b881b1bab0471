"""What is worked out once and then looked up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

MOST: Final = 50_000
"""Values kept; beyond it, all are forgotten and worked out again when asked for."""


class Remembered(Generic[_Key, _Value]):
    """The values of a function, each computed when it is first looked up; at most `most` of them are kept.

    They are held in a plain dictionary, as those of a class of its own are looked up far more slowly.
    """

    __slots__ = ("_function", "_most", "find", "held")

    def __init__(self, function: Callable[[_Key], _Value], most: int = MOST) -> None:
        self._function = function
        self._most = most
        self.held: dict[_Key, _Value] = {}
        """What has been computed; the same dictionary for good."""
        self.find = self.held.get
        """What has been computed for a key, or None."""

    def __getitem__(self, key: _Key) -> _Value:
        try:
            return self.held[key]
        except KeyError:
            pass
        if len(self.held) >= self._most:
            self.held.clear()
        value = self.held[key] = self._function(key)
        return value
