"""Looking up what is remembered: straight in the dictionary that holds it, and where it is missing by a call."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from engine.remembered import Remembered
from engine.specialising.rewriting import Rewriter
from engine.specialising.tidying import head_of
from engine.specialising.values import Code
from engine.specialising.writing import assign, harmless, load


class LookingUp(Rewriter):
    """Writes look-ups in what is `Remembered` anew."""

    def __init__(
        self, known: Callable[[str], Any], name: Callable[[Any], ast.expr], fresh: Callable[[str], str]
    ) -> None:
        self._known = known
        """The object of a name, or None."""
        self._name = name
        """The name of an object."""
        self._fresh = fresh
        """A name for a variable."""
        self._before: Code | None = None
        """Where statements can be put before the one in hand; None where something in it is called first."""

    def statement(self, statement: ast.stmt, left: Code) -> None:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript(value=of, slice=key)):
                if (table := self._table(of)) is not None and harmless(key):
                    self._before = left
                    left.append(self._attempt(name, table, of, self.expression(key)))
                    return
        head = statement.value if isinstance(statement, ast.AugAssign) else head_of(statement)
        self._before = left if head is None or harmless(head) else None
        super().statement(statement, left)

    def concerns(self, name: str) -> bool:
        return isinstance(self._known(name), Remembered)

    def met(self, node: ast.expr, certain: bool) -> ast.expr:
        match node:
            case ast.Subscript(value=of, slice=key) if (table := self._table(of)) is not None and harmless(key):
                name = self._fresh("found")
                if certain and self._before is not None:
                    self._before.append(self._attempt(name, table, of, key))
                    return load(name)
                find = ast.Call(func=self._name(table.find), args=[key], keywords=[])
                found = ast.NamedExpr(target=ast.Name(id=name, ctx=ast.Store()), value=find)
                is_there = ast.Compare(left=found, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)])
                return ast.IfExp(test=is_there, body=load(name), orelse=node)
        return node

    def _table(self, of: ast.expr) -> Remembered[Any, Any] | None:
        table = self._known(of.id) if isinstance(of, ast.Name) else None
        return table if isinstance(table, Remembered) else None

    def _attempt(self, name: str, table: Remembered[Any, Any], of: ast.expr, key: ast.expr) -> ast.stmt:
        """Look up in the dictionary; where it has no value yet, ask for it."""
        held = ast.Subscript(value=self._name(table.held), slice=key, ctx=ast.Load())
        asked = ast.Subscript(value=of, slice=key, ctx=ast.Load())
        missing = ast.ExceptHandler(type=load("KeyError"), name=None, body=[assign(name, asked)])
        return ast.Try(body=[assign(name, held)], handlers=[missing], orelse=[], finalbody=[])
