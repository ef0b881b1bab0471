"""What is worked out once and then looked up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

MOST: Final = 50_000
"""Values kept; beyond it, all are forgotten and worked out again when asked for."""


class Remembered(dict[_Key, _Value]):
    """The values of a function, each computed when it is first looked up; at most `most` of them are kept."""

    __slots__ = ("_function", "_most")

    def __init__(self, function: Callable[[_Key], _Value], most: int = MOST) -> None:
        super().__init__()
        self._function = function
        self._most = most

    def __missing__(self, key: _Key) -> _Value:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._function(key)
        return value
