"""Specialising statements, and whole functions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping, Sequence
from types import FunctionType
from typing import Any

from engine.specialising.expressions import Expressions
from engine.specialising.looking_up import LookingUp
from engine.specialising.reading import Unfit, assigned, breaks, jumps, parameters, source
from engine.specialising.sharing import sharing
from engine.specialising.tidying import tidied
from engine.specialising.values import (
    Code,
    End,
    Items,
    Known,
    Opened,
    Scope,
    Then,
    Value,
    finished,
    is_named,
    reached,
    same,
)
from engine.specialising.writing import assign, branch, changed, harmless, idle, load, negated, placed, read_from


class Specialiser(Expressions):
    """Makes functions for which some arguments are known. What they have in common is made once.

    `opened` has, by the name of a parameter, the class of the object that it stands for and what is known of it;
    calls of functions with `quiet` names are left out, and those of functions `apart` stay calls of the functions as
    they are.
    """

    def __init__(
        self,
        opened: Mapping[str, tuple[type, Mapping[str, Any]]],
        quiet: Collection[str] = (),
        apart: Collection[Callable[..., Any]] = (),
    ) -> None:
        super().__init__(quiet, apart)
        self._opened = opened

    def __call__(self, function: Callable[..., Any], **known: Any) -> Callable[..., Any]:
        """`function` without the arguments that are `known`, the others in their order; as it is, where its source
        cannot be read."""
        assert isinstance(function, FunctionType)
        values: dict[str, Value] = {name: Opened(name, *what, {}) for name, what in self._opened.items()}
        values |= {name: Known(value) for name, value in known.items()}
        self._within = [function]
        self._package = str(function.__module__).partition(".")[0]
        self._own = {id(value) for value in known.values() if not isinstance(value, int)}
        try:
            return self._names[self._made(function, values)]  # type: ignore[no-any-return]
        except Unfit:
            others = [each for each in parameters(function) if each not in known]
            return lambda *given: function(**dict(zip(others, given, strict=True)), **known)

    def _made(self, function: FunctionType, values: Mapping[str, Value]) -> str:
        """The name of a function made from another, whose parameters are those that `values` does not know."""
        name, scope = self._fresh(function.__name__), Scope(function, self._next(), None)
        tree, arguments, code = source(function, self._quiet), list[ast.arg](), Code()
        for each in parameters(function):
            value = values.get(each)
            if isinstance(value, Known):
                scope.values[each] = value
                continue
            own = scope.own(each)
            arguments.append(ast.arg(arg=own))
            scope.values[each] = self._named(own, value, code) if isinstance(value, Opened) else load(own)
        self._block(tree.body, scope, code, finished)
        code = LookingUp(self._names.get, self._constant, self._fresh).statements(tidied(code))
        code = sharing(code, [each.arg for each in arguments])
        made = ast.FunctionDef(
            name=name,
            args=ast.arguments(
                posonlyargs=[], args=arguments, vararg=None, kwonlyargs=[], kw_defaults=[], kwarg=None, defaults=[]
            ),
            body=code or [ast.Pass()],
            decorator_list=[],
            returns=None,
            type_comment=None,
        )
        module = ast.Module(body=[made], type_ignores=[])
        exec(compile(placed(module), f"<{function.__name__}, specialised>", "exec"), self._names)
        return name

    # statements

    def _block(self, body: Sequence[ast.stmt], scope: Scope, code: Code, then: Then) -> bool:
        """Specialise statements and what comes after them. Says whether the end can be reached.

        A branch that may leave the block early takes what comes after the block into it.
        """
        left = list(body)
        while left:
            match left.pop(0):
                case ast.For(orelse=[_, *_]) | ast.While(orelse=[_, *_]):
                    raise Unfit("a loop with an else")
                case ast.If() as choice:
                    test = self._test(choice.test, scope, code)
                    if isinstance(test, Known):
                        left[:0] = choice.body if test.value else choice.orelse
                        continue
                    whether = self._expression(test)
                    yes, no, other = Code(), Code(), scope.copy()
                    if scope.leaves(choice) or (scope.loop is not None and jumps(choice)):
                        first = self._block([*choice.body, *left], scope.copy(), yes, then)
                        second = self._block([*choice.orelse, *left], other, no, then)
                        code.append(branch(whether, yes, no))
                        return first or second
                    code.append(branch(whether, yes, no))
                    if not self._join(
                        scope, [*self._ends(choice.body, scope.copy(), yes), *self._ends(choice.orelse, other, no)]
                    ):
                        return False
                case ast.For() as loop:
                    many = self._many(self._value(loop.iter, scope, code))
                    if isinstance(many, ast.expr):
                        self._loop(loop, many, scope, code)
                    elif scope.leaves(loop) or any(map(breaks, loop.body)):
                        return self._nested(loop, many, left, scope, code, then)
                    elif not self._unrolled(loop, many, scope, code):
                        return False
                case ast.While() as loop:
                    self._loop(loop, None, scope, code)
                case ast.Return() as back:
                    value = Known(None) if back.value is None else self._value(back.value, scope, code)
                    if scope.leave is not None:
                        scope.leave(value, code)
                    else:
                        code.append(ast.Return(value=self._expression(value)))
                    return False
                case ast.Continue() | ast.Break() as jump:
                    if scope.loop is None:
                        code.append(jump)
                        return False
                    return scope.loop[isinstance(jump, ast.Break)](scope, code)
                case ast.Expr(value=ast.Call() as last) if scope.leave is None and then is finished and not left:
                    self._tail(last, scope, code)
                    return False
                case statement:
                    self._statement(statement, scope, code)
        return then(scope, code)

    def _tail(self, call: ast.Call, scope: Scope, code: Code) -> None:
        """A call that ends a function: what it returns from, that function returns from."""
        value = self._call(call, scope, code, last=True)
        if isinstance(value, ast.expr) and not harmless(value):
            code.append(ast.Expr(value=value))

    def _statement(self, statement: ast.stmt, scope: Scope, code: Code) -> None:
        match statement:
            case ast.Expr():
                value = self._value(statement.value, scope, code)
                if isinstance(value, ast.expr) and not harmless(value):
                    code.append(ast.Expr(value=value))
            case ast.Assign():
                value = self._value(statement.value, scope, code)
                if len(statement.targets) > 1:
                    value = self._keep(value, code)
                for target in statement.targets:
                    self._set(target, value, scope, code)
            case ast.AnnAssign():
                if statement.value is not None:
                    self._set(statement.target, self._value(statement.value, scope, code), scope, code)
            case ast.AugAssign(target=ast.Name() as target):
                whole = ast.BinOp(left=load(target.id), op=statement.op, right=statement.value)
                self._set(target, self._value(whole, scope, code), scope, code)
            case ast.AugAssign():
                place, later = self._target(statement.target, scope, code), Code()
                value = self._expression(self._value(statement.value, scope, later))
                if later:  # the place is read before what is added to it is worked out
                    before = self._expression(self._keep(read_from(place), code))
                    value = ast.BinOp(left=before, op=statement.op, right=value)
                    code += [*later, ast.Assign(targets=[place], value=value)]
                elif not idle(statement.op, value):
                    code.append(changed(place, statement.op, value))
            case ast.Pass() | ast.Assert():
                pass
            case _:
                raise Unfit(f"{ast.unparse(statement)!r} cannot be specialised")

    def _loop(self, loop: ast.For | ast.While, many: ast.expr | None, scope: Scope, code: Code) -> None:
        """A loop that stays one. What it changes is not known in it, nor after it."""
        if scope.leaves(loop):
            raise Unfit
        for name in sorted(assigned(loop)):
            if name in scope.values and not is_named(scope.values[name], scope.own(name)):
                code.append(assign(scope.own(name), self._expression(scope.values[name])))
            scope.values[name] = load(scope.own(name))
        inner, body = scope.copy(), Code()
        inner.held, inner.loop = scope.held | assigned(loop), None
        if isinstance(loop, ast.For):
            assert many is not None
            target = self._target(loop.target, inner, body)
            self._block(loop.body, inner, body, reached)
            code.append(ast.For(target=target, iter=many, body=body, orelse=[]))
            return
        test = self._expression(self._test(loop.test, inner, body))
        stop: Code = [] if isinstance(test, ast.Constant) and test.value else [branch(negated(test), [ast.Break()], [])]
        body += stop
        self._block(loop.body, inner, body, reached)
        code.append(ast.While(test=ast.Constant(value=True), body=body, orelse=[]))

    def _unrolled(self, loop: ast.For, many: Sequence[Value], scope: Scope, code: Code) -> bool:
        """A loop over what is known, round by round. Says whether its end can be reached."""
        outer = scope.loop
        for each in many:
            self._set(loop.target, each, scope, code)
            if not self._join(scope, self._ends(loop.body, scope, code, of_round=True)):
                return False
        scope.loop = outer
        return True

    def _nested(
        self, loop: ast.For, many: Sequence[Value], after: list[ast.stmt], scope: Scope, code: Code, then: Then
    ) -> bool:
        """A loop over what is known, with ways out of it: each round takes the next ones into it."""
        outer = scope.loop

        def done(inner: Scope, code: Code) -> bool:
            inner.loop = outer
            return self._block(after, inner, code, then)

        def begin(number: int) -> Then:
            def go(inner: Scope, code: Code) -> bool:
                if number == len(many):
                    return done(inner, code)
                self._set(loop.target, many[number], inner, code)
                inner.loop = (begin(number + 1), done)
                return self._block(loop.body, inner, code, begin(number + 1))

            return go

        return begin(0)(scope, code)

    def _many(self, value: Value) -> Sequence[Value] | ast.expr:
        """The things to go through, where they are known."""
        if isinstance(value, Known):
            return [Known(each) for each in value.value]
        return value.parts if isinstance(value, Items) else self._expression(value)

    def _ends(self, body: Sequence[ast.stmt], scope: Scope, code: Code, of_round: bool = False) -> list[End]:
        """Specialise statements, and return the ends that can be reached: what is known there, and the code so far."""
        ends: list[End] = []

        def end(scope: Scope, code: Code) -> bool:
            ends.append((scope, code))
            return True

        if of_round:
            scope.loop = (end, end)
        self._block(body, scope, code, end)
        return ends

    def _join(self, scope: Scope, ends: Sequence[End]) -> bool:
        """Know in `scope` what all ends agree on; False if there is none."""
        if len(ends) < 2:
            if ends and ends[0][0] is not scope:
                scope.values = ends[0][0].values
            return bool(ends)
        values: dict[str, Value] = {}
        for name in {name: None for inner, _ in ends for name in inner.values}:
            each = [inner.values.get(name) for inner, _ in ends]
            first = each[0]
            if first is not None and all(value is not None and same(first, value) for value in each[1:]):
                values[name] = first
                continue
            for value, (_, code) in zip(each, ends, strict=True):
                if value is not None and not is_named(value, scope.own(name)):
                    code.append(assign(scope.own(name), self._expression(value)))
            values[name] = load(scope.own(name))
        scope.values = values
        return True

    def _set(self, target: ast.expr, value: Value, scope: Scope, code: Code) -> None:
        match target:
            case ast.Name():
                if target.id not in scope.held:
                    scope.values[target.id] = self._keep(value, code)
                    return
                code.append(assign(scope.own(target.id), self._expression(value)))
                scope.values[target.id] = load(scope.own(target.id))
            case ast.Tuple():
                parts = self._many(value) if isinstance(value, Known | Items) else None
                if parts is not None and not isinstance(parts, ast.expr):
                    kept = [self._keep(part, code) for part in parts]
                    for each, part in zip(target.elts, kept, strict=True):
                        self._set(each, part, scope, code)
                    return
                place = self._target(target, scope, code)
                code.append(ast.Assign(targets=[place], value=self._expression(value)))
            case _:
                given = self._expression(value)
                before = len(code)
                place = self._target(target, scope, code)
                assert len(code) == before, "a place that takes statements"
                code.append(ast.Assign(targets=[place], value=given))

    def _target(self, target: ast.expr, scope: Scope, code: Code) -> Any:
        """A place to put a value. Variables in it are no longer known."""
        match target:
            case ast.Name():
                scope.values[target.id] = load(scope.own(target.id))
                return ast.Name(id=scope.own(target.id), ctx=ast.Store())
            case ast.Tuple():
                return ast.Tuple(elts=[self._target(each, scope, code) for each in target.elts], ctx=ast.Store())
            case ast.Attribute():
                of = self._expression(self._value(target.value, scope, code))
                return ast.Attribute(value=of, attr=target.attr, ctx=ast.Store())
            case ast.Subscript():
                held, at = self._values([target.value, target.slice], scope, code)
                return ast.Subscript(value=self._expression(held), slice=self._expression(at), ctx=ast.Store())
        raise Unfit(f"{ast.unparse(target)!r} cannot be assigned to")
