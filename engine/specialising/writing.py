"""Writing statements and expressions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from engine.specialising.values import Code


def load(name: str) -> ast.expr:
    return ast.Name(id=name, ctx=ast.Load())


def assign(name: str, value: ast.expr) -> ast.Assign:
    return ast.Assign(targets=[ast.Name(id=name, ctx=ast.Store())], value=value)


def negated(test: ast.expr) -> ast.expr:
    """The opposite of a test, of which only matters whether it is true."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and truth(test.operand):
        return test.operand
    return ast.UnaryOp(op=ast.Not(), operand=test)


def truth(value: ast.expr) -> bool:
    """Whether an expression is certainly True or False."""
    if isinstance(value, ast.BoolOp):
        return all(map(truth, value.values))
    return isinstance(value, ast.Compare) or (isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not))


def plain(test: ast.expr) -> ast.expr:
    """A test without what does not matter to it."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=ast.UnaryOp(op=ast.Not(), operand=value)):
            return plain(value)
        case ast.UnaryOp(op=ast.Not(), operand=ast.BoolOp() as value):
            return negated(plain(value))
        case ast.BoolOp(op=sign, values=[*parts, ast.Constant(value=last)]) if bool(last) == isinstance(sign, ast.And):
            return joined_by(sign, [plain(part) for part in parts])
        case ast.BoolOp(op=sign, values=parts):
            return joined_by(sign, [plain(part) for part in parts])
    return test


def decided(test: ast.BoolOp) -> bool:
    """Whether the last part of a test decides it, whatever the others are, which do nothing."""
    *others, last = test.values
    decides = isinstance(last, ast.Constant) and bool(last.value) == isinstance(test.op, ast.Or)
    return decides and all(map(harmless, others))


def joined_by(sign: ast.boolop, parts: list[ast.expr]) -> ast.expr:
    return parts[0] if len(parts) == 1 else ast.BoolOp(op=sign, values=parts)


def branch(test: ast.expr, yes: Code, no: Code) -> ast.stmt:
    return ast.If(test=test, body=yes, orelse=no)


def idle(sign: ast.operator, value: ast.expr) -> bool:
    """Whether a number stays as it is when it is changed by a value."""
    nothing = -1 if isinstance(sign, ast.BitAnd) else 0
    kinds = ast.BitAnd | ast.BitOr | ast.BitXor | ast.Add | ast.Sub
    return isinstance(sign, kinds) and isinstance(value, ast.Constant) and value.value == nothing


def changed(place: Any, sign: ast.operator, value: ast.expr) -> ast.stmt:
    """A number in a place, changed by a value."""
    if isinstance(place, ast.Subscript) and isinstance(place.value, ast.Name) and isinstance(place.slice, ast.Constant):
        return ast.Assign(targets=[place], value=ast.BinOp(left=read_from(place), op=sign, right=value))
    return ast.AugAssign(target=place, op=sign, value=value)


def read_from(place: Any) -> ast.expr:
    """A place, to be read."""
    if isinstance(place, ast.Subscript):
        return ast.Subscript(value=place.value, slice=place.slice, ctx=ast.Load())
    return ast.Attribute(value=place.value, attr=place.attr, ctx=ast.Load())


NAMELESS: Final = (
    *(ast.Attribute, ast.Subscript, ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.Tuple, ast.List),
    *(ast.Call, ast.Name, ast.Constant),
)
"""Expressions that give nothing a name by themselves, and have no names of their own."""


class Facts(NamedTuple):
    """What an expression does."""

    names: tuple[str, ...]
    """The names that it reads, as often as it does."""
    calls: bool
    """Whether it calls anything, which may change what others read."""
    gives_names: bool = False
    """Whether it gives anything a name, or has names of its own."""


def facts(node: ast.expr) -> Facts:
    """What an expression does. It is kept with it, as most are parts of others, and none changes once it is written."""
    found: Facts | None = node.__dict__.get("facts")
    if found is None:
        match node:
            case ast.Name(id=name):
                found = Facts((name,), False)
            case ast.Constant():
                found = Facts((), False)
            case ast.Attribute(value=of):
                found = facts(of)
            case ast.BinOp(left=one, right=other) | ast.Subscript(value=one, slice=other):
                (names, calls, gives), (more, more_calls, more_gives) = facts(one), facts(other)
                found = Facts(names + more, calls or more_calls, gives or more_gives)
            case _:
                parts = [facts(each) for each in parts_in(node)]
                found = Facts(
                    tuple(name for part in parts for name in part.names),
                    isinstance(node, ast.Call) or any(part.calls for part in parts),
                    not isinstance(node, NAMELESS) or any(part.gives_names for part in parts),
                )
        node.__dict__["facts"] = found
    return found


def parts_in(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions that an expression is made of."""
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.expr):
            yield each
        elif isinstance(each, ast.keyword | ast.comprehension):
            yield from parts_in(each)


def placed(tree: ast.Module) -> ast.Module:
    """What is written, all of it in one place: a compiler wants to know where everything stands."""
    left: list[ast.AST] = [tree]
    while left:
        node = left.pop()
        if node._attributes:
            node.lineno, node.col_offset = 1, 0  # type: ignore[attr-defined]
        for part in node.__dict__.values():
            if isinstance(part, ast.AST):
                left.append(part)
            elif isinstance(part, list):
                left += [each for each in part if isinstance(each, ast.AST)]
    return tree


def harmless(node: ast.expr) -> bool:
    """Whether it makes no difference if an expression is evaluated."""
    return not facts(node).calls
