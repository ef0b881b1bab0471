"""Writing statements and expressions."""

from __future__ import annotations

import ast
from collections import Counter
from typing import Any

from engine.specialising.reading import stored
from engine.specialising.values import Code


def load(name: str) -> ast.expr:
    return ast.Name(id=name, ctx=ast.Load())


def assign(name: str, value: ast.expr) -> ast.Assign:
    return ast.Assign(targets=[ast.Name(id=name, ctx=ast.Store())], value=value)


def negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(op=ast.Not(), operand=test)


def plain(test: ast.expr) -> ast.expr:
    """A test without what does not matter to it."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=ast.UnaryOp(op=ast.Not(), operand=value)):
            return plain(value)
        case ast.BoolOp(op=sign, values=[*parts, ast.Constant(value=last)]) if bool(last) == isinstance(sign, ast.And):
            return joined_by(sign, [plain(part) for part in parts])
        case ast.BoolOp(op=sign, values=parts):
            return joined_by(sign, [plain(part) for part in parts])
    return test


def joined_by(sign: ast.boolop, parts: list[ast.expr]) -> ast.expr:
    return parts[0] if len(parts) == 1 else ast.BoolOp(op=sign, values=parts)


def branch(test: ast.expr, yes: Code, no: Code) -> ast.stmt:
    return ast.If(test=test, body=yes, orelse=no)


def read_from(place: Any) -> ast.expr:
    """A place, to be read."""
    if isinstance(place, ast.Subscript):
        return ast.Subscript(value=place.value, slice=place.slice, ctx=ast.Load())
    return ast.Attribute(value=place.value, attr=place.attr, ctx=ast.Load())


def harmless(node: ast.expr) -> bool:
    """Whether it makes no difference if an expression is evaluated."""
    if isinstance(node, ast.Name | ast.Constant):
        return True
    return not any(isinstance(each, ast.Call) for each in ast.walk(node))


class Trimmer:
    """Takes out statements that do nothing, and values that nobody reads."""

    def __init__(self, code: Code) -> None:
        self._read = Counter(
            each.id for one in code for each in ast.walk(one) if isinstance(each, ast.Name) and not stored(each)
        )
        """How often each variable is read."""

    def trimmed(self, code: Code) -> Code:
        """Statements without those that do nothing, and without values that nobody reads."""
        left = Code()
        for each in reversed(code):
            match each:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if not self._read[name]:
                    if harmless(value):
                        self._unread(value)
                        continue
                    each = ast.Expr(value=value)
                case ast.Expr(value=value) if harmless(value):
                    self._unread(value)
                    continue
                case ast.If(test=test, body=yes, orelse=no):
                    yes, no = self.trimmed(yes), self.trimmed(no)
                    if yes:
                        each = ast.If(test=test, body=yes, orelse=no)
                    elif no:
                        each = ast.If(test=negated(test), body=no, orelse=[])
                    elif harmless(test):
                        self._unread(test)
                        continue
                    else:
                        each = ast.Expr(value=test)
                case ast.For() | ast.While():
                    each.body = self.trimmed(each.body) or [ast.Pass()]
            left.append(each)
        return left[::-1]

    def _unread(self, value: ast.expr) -> None:
        """Forget an expression that is left out."""
        self._read.subtract(each.id for each in ast.walk(value) if isinstance(each, ast.Name))
