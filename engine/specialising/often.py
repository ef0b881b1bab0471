"""What is done often, made quick."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Final

OFTEN: Final = 2_000
"""Times that something is done before it is worth a function of its own: making one takes some milliseconds, and each
call of it saves some microseconds, so what is done a few hundred times is done sooner as it is."""

Made = Callable[..., Any]
Partly = tuple[Made, Mapping[str, Any]]
"""A function, and what is known of its last arguments."""

_MAKING: Final = Lock()


class Often(dict[int, Made]):
    """Functions of which some arguments are known, by numbers that stand for these: as they are until one has been
    called often, and from then on the one that `make` has made of it."""

    __slots__ = ("_make", "_of")

    def __init__(self, of: Callable[[int], Partly], make: Callable[..., Made]) -> None:
        super().__init__()
        self._of = of
        self._make = make

    def __missing__(self, number: int) -> Made:
        function, known = self._of(number)
        called = 0

        def counted(*given: Any) -> Any:
            nonlocal called
            called += 1
            if called == OFTEN:
                with _MAKING:
                    self[number] = self._make(function, **known)
            return function(*given, **known)

        self[number] = counted
        return counted
