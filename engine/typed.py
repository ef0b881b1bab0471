"""Dataclasses as JSON, and back. Nothing is ever made of what a file says but what the types of a class ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

_T = TypeVar("_T")
_Reader = Callable[[Any], Any]
_NO_DEFAULT: Final = object()


def plain(value: Any) -> Any:
    """Return what JSON can hold of a dataclass and of all that it is made of. What is as by default is left out."""
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if not is_dataclass(value):
        return value
    kind: Any = type(value)
    held = ((name, getattr(value, name), default) for name, default in _defaults(kind))
    return {name: plain(each) for name, each, default in held if default is _NO_DEFAULT or each != default}


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((each.name, _NO_DEFAULT if each.default is MISSING else each.default) for each in fields(kind))


def typed(kind: type[_T], found: Any) -> _T:
    """Return the dataclass that JSON says this of. What it does not have is passed over, and what is not said of it is
    as by default. Raises `ValueError` if a value is not of its type, or lacks what has no default."""
    asked: Any = kind
    read: _T = _reader(asked)(found)
    return read


@cache
def _reader(kind: Any) -> _Reader:
    origin, of = get_origin(kind), get_args(kind)
    if kind is float:
        return _number
    if kind in (int, str, bool, NoneType):
        return _exactly(kind)
    if kind in (Any, object):
        return lambda found: found
    if is_dataclass(kind):
        return _held_by(kind)
    if origin is Literal:
        return _one_of(of)
    if origin in (Union, UnionType):
        return _any_of(tuple(map(_reader, of)))
    if origin is tuple and of[1:] == (...,):
        return _many(_reader(of[0]))
    if origin is tuple:
        return _each(tuple(map(_reader, of)))
    if origin in (dict, Mapping) and of[0] is str:
        return _by_name(_reader(of[1]))
    raise TypeError(f"nothing is read as {kind!r}")


def _exactly(kind: type) -> _Reader:
    def read(found: Any) -> Any:
        if type(found) is not kind:
            raise ValueError(f"{found!r} is no {kind.__name__}")
        return found

    return read


def _number(found: Any) -> float:
    if type(found) not in (int, float):
        raise ValueError(f"{found!r} is no number")
    return float(found)


def _one_of(values: tuple[Any, ...]) -> _Reader:
    def read(found: Any) -> Any:
        if found not in values:
            raise ValueError(f"{found!r} is none of {values!r}")
        return found

    return read


def _any_of(readers: tuple[_Reader, ...]) -> _Reader:
    def read(found: Any) -> Any:
        for each in readers:
            try:
                return each(found)
            except ValueError:
                pass
        raise ValueError(f"{found!r} is nothing that it may be")

    return read


def _many(reader: _Reader) -> _Reader:
    def read(found: Any) -> Any:
        return tuple(map(reader, _list(found)))

    return read


def _each(readers: tuple[_Reader, ...]) -> _Reader:
    def read(found: Any) -> Any:
        return tuple(reader(each) for reader, each in zip(readers, _list(found), strict=True))

    return read


def _by_name(reader: _Reader) -> _Reader:
    def read(found: Any) -> Any:
        if type(found) is not dict:
            raise ValueError(f"{found!r} is nothing with names")
        return {name: reader(value) for name, value in found.items()}

    return read


def _list(found: Any) -> list[Any]:
    if type(found) is not list:
        raise ValueError(f"{found!r} is no list")
    return found


def _held_by(kind: Any) -> _Reader:
    readers: dict[str, _Reader] = {}

    def read(found: Any) -> Any:
        if type(found) is not dict:
            raise ValueError(f"{found!r} is no {kind.__name__}")
        if not readers:  # only now: a class may be made of itself
            readers.update((name, _reader(of)) for name, of in get_type_hints(kind).items())
        try:
            return kind(**{name: readers[name](value) for name, value in found.items() if name in readers})
        except TypeError as error:
            raise ValueError(f"this is no {kind.__name__}: {error}") from None

    return read
