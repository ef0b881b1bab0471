"""What is known of values while a function is specialised."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any, Final

from engine.specialising.reading import returns


@dataclass(frozen=True, slots=True)
class Known:
    """A value known beforehand."""

    value: Any


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a sequence that only the play has: how many parts it has, and that they stay what they are."""

    length: int


@dataclass(frozen=True, slots=True)
class Opened:
    """An object that only the play has, of a known class, some of whose attributes are known and never change."""

    name: str
    of: type
    known: Mapping[str, Any]
    rows: Mapping[str, Items]
    """Its sequences of known length."""


@dataclass(frozen=True, slots=True)
class Items:
    """A sequence whose parts are at hand: a tuple that need not be made, or one that is there as a `whole`."""

    parts: tuple[Value, ...]
    whole: ast.expr | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """A method of such an object."""

    function: FunctionType
    self: Value


Value = Known | Opened | Items | Method | ast.expr
"""What is known of a value; an expression that yields it, where nothing is."""
Code = list[ast.stmt]
End = tuple["Scope", Code]
"""An end of a block that can be reached: what is known there, and the code up to it."""
Then = Callable[["Scope", Code], bool]
"""Writes what comes after a block, with what is known at its end; says whether the end of that can be reached."""


class Scope:
    """One function as it is being specialised: what is known of its variables at this point."""

    __slots__ = ("function", "held", "leave", "loop", "values", "where")

    def __init__(self, function: FunctionType, where: int, leave: Callable[[Value, Code], None] | None) -> None:
        self.function = function
        self.where = where
        """A number that keeps its variables apart from those of other functions."""
        self.leave = leave
        """What a `return` does in an unfolded call; None where it stays a `return`."""
        self.values: dict[str, Value] = {}
        self.held: frozenset[str] = frozenset()
        """Variables that a loop changes, which are therefore never known in it."""
        self.loop: tuple[Then, Then] | None = None
        """What `continue` and `break` of an unrolled loop lead to."""

    def copy(self) -> Scope:
        other = Scope(self.function, self.where, self.leave)
        other.values, other.held, other.loop = dict(self.values), self.held, self.loop
        return other

    def own(self, name: str) -> str:
        """The name of a variable in what is made."""
        return f"{name}_{self.where}"

    def leaves(self, statement: ast.stmt) -> bool:
        """Whether a statement may end an unfolded call early."""
        return self.leave is not None and returns(statement)

    def named(self, name: str) -> Value:
        """What a name stands for: a variable, or something outside the function."""
        if name in self.values:
            return self.values[name]
        function = self.function
        if name in function.__code__.co_freevars and function.__closure__ is not None:
            return Known(function.__closure__[function.__code__.co_freevars.index(name)].cell_contents)
        found = function.__globals__.get(name, _UNDEFINED)
        return Known(getattr(builtins, name) if found is _UNDEFINED else found)


_UNDEFINED: Final = object()


def reached(scope: Scope, code: Code) -> bool:
    """What comes after a block that is put where other statements follow it: nothing has to be written for them."""
    return True


def finished(scope: Scope, code: Code) -> bool:
    """What comes after a block that ends the function: nothing."""
    return True


def parts_of(value: Value) -> tuple[Value, ...] | None:
    """The parts of a tuple, where they are at hand."""
    if isinstance(value, Items):
        return value.parts
    if isinstance(value, Known) and type(value.value) is tuple:
        return tuple(Known(each) for each in value.value)
    return None


def identity(value: Known) -> Any:
    """What tells a known value from others."""
    return value.value if type(value.value) in (int, bool) else id(value.value)


def same(one: Value, other: Value) -> bool:
    """Whether two values are certainly the same."""
    if isinstance(one, Known) and isinstance(other, Known):
        same_kind = type(one.value) is type(other.value)
        return one.value is other.value or (
            same_kind and isinstance(one.value, int | tuple) and one.value == other.value
        )
    if isinstance(one, ast.Name) and isinstance(other, ast.Name):
        return one.id == other.id
    if isinstance(one, Items) and isinstance(other, Items) and len(one.parts) == len(other.parts):
        return all(map(same, one.parts, other.parts))
    return isinstance(one, Opened) and one == other


def is_named(value: Value, name: str) -> bool:
    return isinstance(value, ast.Name) and value.id == name
