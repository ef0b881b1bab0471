"""What is done often, made quick."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Final

OFTEN: Final = 1_000
"""Times that something is done before it is worth a function of its own: making one takes some milliseconds, and each
call of it saves some microseconds, so what is done a few hundred times is done sooner as it is. What takes longer to
make has to be done more often."""

Made = Callable[..., Any]
Partly = tuple[Made, Mapping[str, Any]]
"""A function, and what is known of its last arguments."""

_MAKING: Final = Lock()


def counted(count: int, of: Callable[[int], Partly], make: Callable[..., Made], often: int | None = None) -> list[Made]:
    """Functions of which some arguments are known, one for each number below `count`, which `of` tells: as they are
    until one has been called `often` times, or `OFTEN`, and from then on the one that `make` has made of it."""
    functions: list[Made] = []
    enough = often or OFTEN

    def counting(number: int, function: Made, known: Mapping[str, Any]) -> Made:
        calls = 0

        def calling(*given: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == enough:
                with _MAKING:
                    functions[number] = make(function, **known)
            return function(*given, **known)

        return calling

    functions += [counting(number, *of(number)) for number in range(count)]
    return functions
