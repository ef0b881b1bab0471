"""Going through what has been written in the order in which it is evaluated, and writing anew what is to change."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Final

from engine.specialising.values import Code
from engine.specialising.writing import NAMELESS, facts

WRITTEN: Final = (*NAMELESS, ast.NamedExpr)
"""Expressions that are written anew. Others have names of their own in them, and stay as they are."""


class Rewriter(ABC):
    """Writes statements anew, expression by expression. What it was given stays as it was."""

    @abstractmethod
    def concerns(self, name: str) -> bool:
        """Whether an expression that reads this name may change. Any other is left as it is: most are, and it is known
        already what they do."""

    @abstractmethod
    def met(self, node: ast.expr, certain: bool) -> ast.expr:
        """What stands for an expression whose parts are written anew already. `certain` says whether it is evaluated
        whenever its statement is."""

    def statements(self, code: Code) -> Code:
        """The same statements, written anew."""
        left = Code()
        for each in code:
            self.statement(each, left)
        return left

    def statement(self, statement: ast.stmt, left: Code) -> None:
        """Write a statement anew, after those that are `left`."""
        match statement:
            case ast.Assign(targets=[place], value=value):
                value = self.expression(value)
                statement = ast.Assign(targets=[self.place(place)], value=value)
            case ast.AugAssign(target=place, op=sign, value=value):
                place = self.place(place)
                statement = ast.AugAssign(target=place, op=sign, value=self.expression(value))
            case ast.Expr(value=value):
                statement = ast.Expr(value=self.expression(value))
            case ast.Return(value=ast.expr() as value):
                statement = ast.Return(value=self.expression(value))
            case ast.If(test=test, body=yes, orelse=no):
                test = self.expression(test)
                statement = ast.If(test=test, body=self.statements(yes), orelse=self.statements(no))
            case ast.For(target=target, iter=many, body=body):
                many = self.expression(many)
                statement = ast.For(target=target, iter=many, body=self.statements(body), orelse=[])
            case ast.While(test=test, body=body):
                statement = ast.While(test=test, body=self.statements(body), orelse=[])
            case ast.Try(body=body, handlers=handlers):  # which are for what is missing, and read all of it again
                statement = ast.Try(body=self.statements(body), handlers=handlers, orelse=[], finalbody=[])
        left.append(statement)

    def place(self, place: ast.expr) -> Any:
        """A place to put a value."""
        match place:
            case ast.Attribute(value=of, attr=name):
                return ast.Attribute(value=self.expression(of), attr=name, ctx=place.ctx)
            case ast.Subscript(value=of, slice=at):
                of, at = self._all([of, at], True)
                return ast.Subscript(value=of, slice=at, ctx=place.ctx)
        return place

    def expression(self, node: ast.expr, certain: bool = True) -> ast.expr:
        """The same expression, written anew."""
        if not any(map(self.concerns, facts(node).names)):
            return node
        match node:
            case ast.Name():
                pass
            case ast.Attribute(value=of, attr=name):
                node = ast.Attribute(value=self.expression(of, certain), attr=name, ctx=node.ctx)
            case ast.Subscript(value=of, slice=place):
                of, place = self._all([of, place], certain)
                node = ast.Subscript(value=of, slice=place, ctx=node.ctx)
            case ast.BinOp(left=left, op=sign, right=right):
                left, right = self._all([left, right], certain)
                node = ast.BinOp(left=left, op=sign, right=right)
            case ast.UnaryOp(op=sign, operand=value):
                node = ast.UnaryOp(op=sign, operand=self.expression(value, certain))
            case ast.Compare(left=left, ops=signs, comparators=[right, *others]):
                left, right = self._all([left, right], certain)
                node = ast.Compare(left=left, ops=signs, comparators=[right, *self.perhaps(others)])
            case ast.BoolOp(op=sign, values=[first, *others]):
                node = ast.BoolOp(op=sign, values=[self.expression(first, certain), *self.perhaps(others)])
            case ast.IfExp(test=test, body=yes, orelse=no):
                test = self.expression(test, certain)
                [yes], [no] = self.perhaps([yes]), self.perhaps([no])
                node = ast.IfExp(test=test, body=yes, orelse=no)
            case ast.Tuple(elts=parts):
                node = ast.Tuple(elts=self._all(parts, certain), ctx=node.ctx)
            case ast.List(elts=parts):
                node = ast.List(elts=self._all(parts, certain), ctx=node.ctx)
            case ast.NamedExpr(target=name, value=value):
                node = ast.NamedExpr(target=name, value=self.expression(value, certain))
            case ast.Call(func=function, args=given, keywords=named):
                if isinstance(function, ast.Attribute):  # a method is nothing by itself
                    of = self.expression(function.value, certain)
                    function = ast.Attribute(value=of, attr=function.attr, ctx=function.ctx)
                else:
                    function = self.expression(function, certain)
                given = self._all(given, certain)
                values = self._all([each.value for each in named], certain)
                keywords = [ast.keyword(arg=each.arg, value=value) for each, value in zip(named, values, strict=True)]
                node = ast.Call(func=function, args=given, keywords=keywords)
        return self.met(node, certain) if isinstance(node, WRITTEN) else node

    def perhaps(self, nodes: Sequence[ast.expr]) -> list[ast.expr]:
        """Expressions of which the first is only evaluated sometimes, and each only after the one before it."""
        return self._all(nodes, False)

    def _all(self, nodes: Sequence[ast.expr], certain: bool) -> list[ast.expr]:
        return [self.expression(each, certain) for each in nodes]
