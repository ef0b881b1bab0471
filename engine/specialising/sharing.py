"""Variables that share a name: each call clears as many places as there are names, however few are in use at a time."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence

from engine.specialising.rewriting import WRITTEN, Rewriter
from engine.specialising.values import Code
from engine.specialising.writing import facts


def sharing(code: Code, given: Sequence[str]) -> Code:
    """The statements of a function with the parameters `given`, with one name for variables that are never in use at
    the same time."""
    spans = Spans(given)
    spans.statements(code)
    return Sharing(spans.shared()).statements(code)


class Spans:
    """From where to where each variable is in use, in the order of the statements; all of a loop where it is used in
    one."""

    def __init__(self, given: Sequence[str]) -> None:
        self._given = given
        self._place = 0
        self._first = dict.fromkeys(given, 0)
        self._last = dict.fromkeys(given, 0)
        self._stored = set(given)
        self._captured: set[str] = set()
        """What is read where names stay as they are."""

    def statements(self, code: Code) -> None:
        for each in code:
            self._place += 2  # what a statement reads, and then what it gives a value
            match each:
                case ast.Assign(targets=[place], value=value) | ast.AugAssign(target=place, value=value):
                    self._read([value])
                    self._stores(place)
                case ast.Expr(value=value) | ast.Return(value=ast.expr() as value):
                    self._read([value])
                case ast.If(test=test, body=yes, orelse=no):
                    self._read([test])
                    self.statements(yes)
                    self.statements(no)
                case ast.For(target=place, iter=many, body=body):
                    self._read([many])
                    self._loop([place], body)
                case ast.While(body=body):
                    self._loop([], body)
                case ast.Try(body=body, handlers=handlers):
                    self.statements(body)
                    for handler in handlers:
                        self.statements(handler.body)

    def shared(self) -> Mapping[str, str]:
        """The name that each variable gets."""
        names = {name: name for name in self._given}
        free = [(self._last[name], name) for name in self._given if name not in self._captured]
        for name in sorted(self._stored - {*self._given} - self._captured, key=lambda name: (self._first[name], name)):
            place = next((place for place, (last, _) in enumerate(free) if last < self._first[name]), len(free))
            whose = free[place][1] if place < len(free) else name
            free[place : place + 1] = [(self._last[name], whose)]
            names[name] = whose
        return names

    def _loop(self, places: Sequence[ast.expr], body: Code) -> None:
        begun = self._place + 1
        for place in places:
            self._stores(place)
        self.statements(body)
        self._place += 2
        for name, last in self._last.items():
            if last >= begun:
                self._first[name] = min(self._first[name], begun)
                self._last[name] = self._place

    def _read(self, values: Iterable[ast.expr]) -> None:
        for value in values:
            self._use(facts(value).names, self._place)
            if not facts(value).gives_names:
                continue
            for node in ast.walk(value):
                if isinstance(node, ast.NamedExpr):
                    self._stored.add(node.target.id)
                elif isinstance(node, ast.expr) and not isinstance(node, WRITTEN):
                    self._captured.update(facts(node).names)

    def _stores(self, place: ast.expr) -> None:
        match place:
            case ast.Name(id=name):
                self._stored.add(name)
                self._use([name], self._place + 1)
            case ast.Tuple(elts=places):
                for each in places:
                    self._stores(each)
            case _:
                self._use(facts(place).names, self._place + 1)

    def _use(self, names: Iterable[str], place: int) -> None:
        for name in names:
            self._first.setdefault(name, place)
            self._last[name] = place


class Sharing(Rewriter):
    """Gives variables other names."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def statement(self, statement: ast.stmt, left: Code) -> None:
        match statement:
            case ast.For(target=target, iter=many, body=body):
                many = self.expression(many)
                left.append(ast.For(target=self.place(target), iter=many, body=self.statements(body), orelse=[]))
            case ast.Try(body=body, handlers=[ast.ExceptHandler(type=kind, body=other)]):
                handler = ast.ExceptHandler(type=kind, name=None, body=self.statements(other))
                left.append(ast.Try(body=self.statements(body), handlers=[handler], orelse=[], finalbody=[]))
            case ast.If(test=test, body=yes, orelse=no):
                test, yes, no = self.expression(test), self.statements(yes), self.statements(no)
                left.append(ast.If(test=test, body=yes or [ast.Pass()], orelse=no))
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=other)) if self._names.get(
                name, name
            ) == self._names.get(other, other):
                pass  # the two share a name now
            case _:
                super().statement(statement, left)

    def concerns(self, name: str) -> bool:
        return self._names.get(name, name) != name

    def place(self, place: ast.expr) -> ast.expr:
        match place:
            case ast.Name(id=name):
                return ast.Name(id=self._names.get(name, name), ctx=ast.Store())
            case ast.Tuple(elts=places):
                return ast.Tuple(elts=[self.place(each) for each in places], ctx=ast.Store())
        return super().place(place)  # type: ignore[no-any-return]

    def met(self, node: ast.expr, certain: bool) -> ast.expr:
        match node:
            case ast.Name(id=name) if name in self._names:
                return ast.Name(id=self._names[name], ctx=node.ctx)
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                return ast.NamedExpr(target=ast.Name(id=self._names.get(name, name), ctx=ast.Store()), value=value)
        return node
