"""Specialising expressions and calls."""

from __future__ import annotations

import ast
import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import is_dataclass
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, Final

from engine.remembered import Remembered
from engine.specialising.reading import Unfit, assigned, parameters, read_by, rest, size, source
from engine.specialising.values import (
    Code,
    End,
    Items,
    Known,
    Method,
    Opened,
    Row,
    Scope,
    Then,
    Value,
    finished,
    identity,
    parts_of,
    same,
)
from engine.specialising.writing import assign, branch, decided, harmless, joined_by, load, negated, plain

BINARY: Final[Mapping[type, Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod, ast.BitAnd: operator.and_, ast.BitOr: operator.or_, ast.BitXor: operator.xor,
    ast.LShift: operator.lshift, ast.RShift: operator.rshift, ast.Pow: operator.pow,
}  # fmt: skip
COMPARED: Final[Mapping[type, Callable[[Any, Any], bool]]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.Is: operator.is_, ast.IsNot: operator.is_not,
    ast.In: lambda one, many: one in many, ast.NotIn: lambda one, many: one not in many,
}  # fmt: skip
UNARY: Final[Mapping[type, Callable[[Any], Any]]] = {
    ast.Not: operator.not_, ast.USub: operator.neg, ast.Invert: operator.invert, ast.UAdd: operator.pos
}  # fmt: skip
PURE: Final = frozenset({abs, bool, enumerate, int, isinstance, len, max, min, range, reversed, sum, tuple, zip})
"""Built-in functions whose result is known when their arguments are."""
SMALL: Final = 8
"""Statements up to which a function is unfolded wherever it is called."""


class Expressions(ABC):
    """What is left of expressions, and the names that it is written with."""

    def __init__(self, quiet: Collection[str], apart: Collection[Callable[..., Any]]) -> None:
        self._quiet = frozenset(quiet)
        self._apart = frozenset(apart)
        self._names: dict[str, Any] = {}
        """What is made, and what it is handed, by names of ours."""
        self._bound: dict[int, str] = {}
        """The names of known objects."""
        self._shared: dict[tuple[Any, ...], tuple[str, list[Known]]] = {}
        """Functions made, by what is known in them. What is known is kept, so that nothing else takes its identity."""
        self._together: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        """Arguments that are taken together: the same ones are one object, so that what is made for them is shared."""
        self._fixed: set[str] = set()
        """Variables that keep the value they are once given."""
        self._own: set[int] = set()
        """What only the function in hand knows."""
        self._package = ""
        """Where functions are unfolded."""
        self._within: list[FunctionType] = []
        """The functions being unfolded in each other."""
        self._count = 0

    @abstractmethod
    def _made(self, function: FunctionType, values: Mapping[str, Value]) -> str:
        """The name of a function made from another, whose parameters are those that `values` does not know."""

    @abstractmethod
    def _block(self, body: Sequence[ast.stmt], scope: Scope, code: Code, then: Then) -> bool:
        """Specialise statements and what comes after them. Says whether the end can be reached."""

    @abstractmethod
    def _join(self, scope: Scope, ends: Sequence[End]) -> bool:
        """Know in `scope` what all ends agree on; False if there is none."""

    @abstractmethod
    def _set(self, target: ast.expr, value: Value, scope: Scope, code: Code) -> None:
        """Give a value to a variable or a place."""

    # names

    def _named(self, name: str, like: Opened, code: Code) -> Opened:
        """An object under a name. The only part of a sequence gets a name, too."""
        rows: dict[str, Items] = {}
        for each, what in like.known.items():
            if isinstance(what, Row):
                whole = ast.Attribute(value=load(name), attr=each, ctx=ast.Load())
                parts: list[Value] = [
                    ast.Subscript(value=whole, slice=ast.Constant(value=place), ctx=ast.Load())
                    for place in range(what.length)
                ]
                rows[each] = Items(tuple(self._keep(part, code) if what.length == 1 else part for part in parts), whole)
        return Opened(name, like.of, like.known, rows)

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _fresh(self, name: str) -> str:
        return f"{name}__{self._next()}"

    def _expression(self, value: Value) -> ast.expr:
        """An expression for a value, whatever is known of it."""
        if isinstance(value, Known):
            return self._constant(value.value)
        if isinstance(value, Opened):
            return load(value.name)
        if isinstance(value, Items):
            if value.whole is not None:
                return value.whole
            return ast.Tuple(elts=[self._expression(part) for part in value.parts], ctx=ast.Load())
        if isinstance(value, Method):
            return ast.Attribute(value=self._expression(value.self), attr=value.function.__name__, ctx=ast.Load())
        return value

    def _constant(self, value: Any) -> ast.expr:
        if value is None or type(value) in (int, bool):
            return ast.Constant(value=value)
        name = self._bound.get(id(value))
        if name is None:
            name = self._bound[id(value)] = f"known__{self._next()}"
            self._names[name] = value
        return load(name)

    def _keep(self, value: Value, code: Code) -> Value:
        """The value under a name that will not change."""
        if isinstance(value, ast.expr) and not (isinstance(value, ast.Name) and value.id in self._fixed):
            name = self._fresh("kept")
            self._fixed.add(name)
            code.append(assign(name, value))
            return load(name)
        return value

    # expressions

    def _values(self, nodes: Sequence[ast.expr], scope: Scope, code: Code) -> list[Value]:
        """Several expressions, in their order: where a later one takes statements, the earlier ones are kept first."""
        found: list[Value] = []
        for node in nodes:
            later = Code()
            value = self._value(node, scope, later)
            if later:
                found = [self._keep(each, code) for each in found]
                code += later
            found.append(value)
        return found

    def _value(self, node: ast.expr, scope: Scope, code: Code) -> Value:
        match node:
            case ast.Constant():
                return Known(node.value)
            case ast.Name():
                return scope.named(node.id)
            case ast.Attribute():
                return self._attribute(self._value(node.value, scope, code), node.attr, code)
            case ast.Subscript():
                of, place = self._values([node.value, node.slice], scope, code)
                parts = parts_of(of)
                if isinstance(place, Known):
                    if isinstance(of, Known):
                        return self._part(of, of.value[place.value])
                    if parts is not None:
                        part: Value = parts[place.value]
                        return part
                elif parts is not None and len(parts) == 1 and harmless(self._expression(place)):
                    return parts[0]  # whichever it is
                return ast.Subscript(value=self._expression(of), slice=self._expression(place), ctx=ast.Load())
            case ast.BinOp():
                return self._binary(node.op, *self._values([node.left, node.right], scope, code))
            case ast.UnaryOp(op=ast.Not()):
                value = self._test(node.operand, scope, code)
                return Known(not value.value) if isinstance(value, Known) else negated(self._expression(value))
            case ast.UnaryOp():
                value = self._value(node.operand, scope, code)
                if isinstance(value, Known):
                    return Known(UNARY[type(node.op)](value.value))
                return ast.UnaryOp(op=node.op, operand=self._expression(value))
            case ast.Compare():
                return self._compare(node, self._values([node.left, *node.comparators], scope, code))
            case ast.BoolOp():
                return self._either(node, scope, code)
            case ast.IfExp():
                return self._choice(node, scope, code)
            case ast.NamedExpr():
                self._set(node.target, self._value(node.value, scope, code), scope, code)
                return scope.named(node.target.id)
            case ast.Tuple():
                values = self._values(node.elts, scope, code)
                if all(isinstance(value, Known) for value in values):
                    return Known(tuple(value.value for value in values if isinstance(value, Known)))
                return Items(tuple(self._keep(value, code) for value in values))
            case ast.List():
                values = self._values(node.elts, scope, code)
                return ast.List(elts=[self._expression(value) for value in values], ctx=ast.Load())
            case ast.Call():
                return self._call(node, scope, code)
            case ast.GeneratorExp() | ast.ListComp() | ast.JoinedStr() | ast.Lambda() | ast.Starred():
                return self._renamed(node, scope)
        raise Unfit(f"{ast.unparse(node)!r} cannot be specialised")

    def _renamed(self, node: ast.expr, scope: Scope) -> ast.expr:
        """An expression with names of its own in it: as it stands, over the values of the others."""
        specialiser = self
        inner = assigned(node) | {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}

        class Renamed(ast.NodeTransformer):
            def visit_Name(self, name: ast.Name) -> ast.expr:
                return name if name.id in inner else specialiser._expression(scope.named(name.id))

        fresh: ast.expr = ast.parse(ast.unparse(node), mode="eval").body
        return Renamed().visit(fresh)  # type: ignore[no-any-return]

    def _attribute(self, of: Value, name: str, code: Code) -> Value:
        if isinstance(of, Known):
            return self._part(of, getattr(of.value, name))
        if isinstance(of, Opened):
            if name in of.rows:
                return of.rows[name]
            if name in of.known:
                return Known(of.known[name])
            found = getattr(of.of, name, None)
            if isinstance(found, FunctionType):
                return Method(found, of)
            if isinstance(found, property) and isinstance(found.fget, FunctionType):
                try:
                    return self._unfolded(found.fget, filled(found.fget, [of], {}), code, last=False)
                except Unfit:
                    pass
        return ast.Attribute(value=self._expression(of), attr=name, ctx=ast.Load())

    def _part(self, of: Known, part: Any) -> Known:
        """What is found in a known object; what only the function in hand knows may have parts that only it knows."""
        if id(of.value) in self._own and (isinstance(part, tuple) or is_dataclass(part)):
            self._own.add(id(part))
        return Known(part)

    def _binary(self, sign: ast.operator, left: Value, right: Value) -> Value:
        if isinstance(left, Known) and isinstance(right, Known):
            return Known(BINARY[type(sign)](left.value, right.value))
        if isinstance(left, Known) and left.value == () and isinstance(sign, ast.Add):
            return right
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Known) and type(one.value) is int and isinstance(other, ast.expr):
                nothing, all_bits = one.value == 0, one.value == -1
                if isinstance(sign, ast.BitAnd) and (all_bits or (nothing and harmless(other))):
                    return other if all_bits else one
                if nothing and isinstance(sign, ast.BitOr | ast.Add):
                    return other
                if nothing and one is right and isinstance(sign, ast.RShift | ast.LShift | ast.Sub):
                    return other
        return ast.BinOp(left=self._expression(left), op=sign, right=self._expression(right))

    def _compare(self, node: ast.Compare, values: list[Value]) -> Value:
        if all(isinstance(value, Known) for value in values):
            known = [value.value for value in values if isinstance(value, Known)]
            pairs = zip(node.ops, known, known[1:], strict=False)
            return Known(all(COMPARED[type(sign)](one, other) for sign, one, other in pairs))
        first, *others = [self._expression(value) for value in values]
        return ast.Compare(left=first, ops=node.ops, comparators=others)

    def _test(self, node: ast.expr, scope: Scope, code: Code) -> Value:
        """A value of which only matters whether it is true."""
        value = self._value(node, scope, code)
        if isinstance(value, Items):
            return Known(bool(value.parts))
        if isinstance(value, Opened | Method):
            return Known(True)
        if isinstance(value, ast.BoolOp) and decided(value):
            return Known(isinstance(value.op, ast.Or))
        if isinstance(value, ast.expr):
            return plain(value)
        return value

    def _either(self, node: ast.BoolOp, scope: Scope, code: Code) -> Value:
        """`and` and `or`: up to the first value that decides it."""
        stops, parts = isinstance(node.op, ast.Or), list[ast.expr]()
        for number, each in enumerate(node.values):
            later = Code()
            value = self._value(each, scope.copy() if parts else scope, later)
            if later and parts:  # what comes later takes statements, which are only for the case that it matters
                rest = ast.BoolOp(op=node.op, values=node.values[number:]) if number + 1 < len(node.values) else each
                return self._unless(stops, joined_by(node.op, parts), rest, scope, code)
            code += later
            if isinstance(value, Known):
                if bool(value.value) == stops or number + 1 == len(node.values):
                    if not parts:
                        return value
                    return joined_by(node.op, [*parts, self._expression(value)])
                continue
            parts.append(self._expression(value))
        return joined_by(node.op, parts)

    def _unless(self, stops: bool, first: ast.expr, rest: ast.expr, scope: Scope, code: Code) -> Value:
        kept, more = self._fresh("either"), Code()
        code.append(assign(kept, first))
        inner = scope.copy()
        value = self._value(rest, inner, more)
        more.append(assign(kept, self._expression(value)))
        empty = Code()
        self._join(scope, [(inner, more), (scope.copy(), empty)])
        test: ast.expr = load(kept)
        code.append(branch(negated(test) if stops else test, more, empty))
        self._fixed.add(kept)
        return load(kept)

    def _choice(self, node: ast.IfExp, scope: Scope, code: Code) -> Value:
        test = self._test(node.test, scope, code)
        if isinstance(test, Known):
            return self._value(node.body if test.value else node.orelse, scope, code)
        yes, no, one, other = Code(), Code(), scope.copy(), scope.copy()
        first, second = self._value(node.body, one, yes), self._value(node.orelse, other, no)
        if not yes and not no:
            if same(first, second):
                return first
            ones, others = parts_of(first), parts_of(second)
            if ones is not None and others is not None and len(ones) == len(others):
                kept = self._expression(self._keep(test, code))
                return Items(tuple(self._either_of(kept, *both, code) for both in zip(ones, others, strict=True)))
            return ast.IfExp(test=self._expression(test), body=self._expression(first), orelse=self._expression(second))
        value = self._joined([(yes, first), (no, second)])
        self._join(scope, [(one, yes), (other, no)])
        code.append(branch(self._expression(test), yes, no))
        return value

    def _either_of(self, test: ast.expr, one: Value, other: Value, code: Code) -> Value:
        if same(one, other):
            return one
        return self._keep(ast.IfExp(test=test, body=self._expression(one), orelse=self._expression(other)), code)

    # calls

    def _call(self, node: ast.Call, scope: Scope, code: Code, last: bool = False) -> Value:
        called = self._value(node.func, scope, code)
        function = called.function if isinstance(called, Method) else None
        if isinstance(called, Known) and isinstance(called.value, FunctionType):
            function = called.value
        nodes = [part for each in node.args for part in self._spread(each, scope)]
        if any(isinstance(each, ast.Starred) for each in nodes):
            return self._renamed(node, scope)
        values = self._values([*nodes, *(each.value for each in node.keywords)], scope, code)
        given, names = values[: len(nodes)], [each.arg for each in node.keywords]
        named = dict(zip(names, values[len(nodes) :], strict=True))
        if function is not None and function not in self._apart and str(function.__module__).startswith(self._package):
            mine = [called.self] if isinstance(called, Method) else []
            try:
                all_of_them = filled(function, *self._gathered(function, [*mine, *given], named, code))
                return self._unfolded(function, all_of_them, code, last)
            except Unfit:
                pass
        if isinstance(called, Known) and pure(called.value):
            if all(isinstance(value, Known) for value in values):
                known = [value.value for value in given if isinstance(value, Known)]
                options = {str(name): value.value for name, value in named.items() if isinstance(value, Known)}
                result = called.value(*known, **options)
                return Known(tuple(result) if called.value in (enumerate, reversed, zip) else result)
            if called.value in (enumerate, zip) and not set(named) - {"strict"}:
                rows = [parts_of(value) for value in given]
                if called.value is enumerate and rows[0] is not None:
                    rows.insert(0, tuple(map(Known, range(len(rows[0])))))
                if all(row is not None for row in rows):
                    return Items(tuple(map(Items, zip(*(row for row in rows if row is not None), strict=False))))
            if called.value is bool:
                return negated(negated(self._expression(values[0])))
            if called.value is len and isinstance(values[0], Items):
                return Known(len(values[0].parts))
            if called.value in (min, max) and len(given) == 2 and not named:
                one, other = (self._expression(self._keep(value, code)) for value in given)
                sign: ast.cmpop = ast.Lt() if called.value is min else ast.Gt()
                return ast.IfExp(test=ast.Compare(left=other, ops=[sign], comparators=[one]), body=other, orelse=one)
        table = table_of(called)
        if table is not None and len(given) == 1:
            return ast.Subscript(value=self._constant(table), slice=self._expression(given[0]), ctx=ast.Load())
        return ast.Call(
            func=self._expression(called),
            args=[self._expression(value) for value in given],
            keywords=[ast.keyword(arg=name, value=self._expression(value)) for name, value in named.items()],
        )

    def _spread(self, node: ast.expr, scope: Scope) -> Sequence[ast.expr]:
        """An argument, or the known ones that it stands for."""
        if isinstance(node, ast.Starred) and isinstance(node.value, ast.Name):
            many = scope.named(node.value.id)
            if isinstance(many, Known) and type(many.value) is tuple:
                return [ast.Constant(value=each) for each in many.value]
        return [node]

    def _gathered(
        self, function: FunctionType, given: list[Value], named: Mapping[str | None, Value], code: Code
    ) -> tuple[list[Value], Mapping[str | None, Value]]:
        """Arguments, with those that a parameter takes together as one."""
        name, many = rest(function), function.__code__.co_argcount
        if name is None:
            return given, named
        others = given[many:]
        if all(isinstance(value, Known) for value in others):
            found = tuple(value.value for value in others if isinstance(value, Known))
            whole: Value = Known(self._together.setdefault(found, found))
        else:
            whole = Items(tuple(self._keep(value, code) for value in others))
        return given[:many], {**named, name: whole}

    def _unfolded(self, function: FunctionType, values: Mapping[str, Value], code: Code, last: bool) -> Value:
        """A call of a function whose source can be read: its body in place of the call, if it is small or knows what
        only this caller knows; else a call of what it has in common with others."""
        if function in self._within:
            raise Unfit(f"{function.__name__} calls itself")
        self._within.append(function)
        try:
            return self._in_place(function, values, code, last)
        finally:
            self._within.pop()

    def _in_place(self, function: FunctionType, values: Mapping[str, Value], code: Code, last: bool) -> Value:
        """What stands in the place of such a call."""
        tree = source(function, self._quiet)
        values = {name: value if name in read_by(tree) else Known(None) for name, value in values.items()}
        mine = any(isinstance(value, Known) and id(value.value) in self._own for value in values.values())
        if mine or size(tree) <= SMALL:
            body = Code()
            try:
                value = self._body(function, values, body, last)
            except Unfit:
                pass
            else:
                code += body
                return value
        known = {name: value for name, value in values.items() if isinstance(value, Known)}
        key = (function, *((each, identity(value)) for each, value in known.items()))
        if key in self._shared:
            name, _ = self._shared[key]
        else:
            own = self._own
            if not mine:
                self._own = {id(value.value) for value in known.values() if is_dataclass(value.value)}
            try:
                name = self._made(function, values)
            finally:
                self._own = own
            self._shared[key] = name, list(known.values())
        arguments = [self._expression(values[each]) for each in parameters(function) if each not in known]
        return ast.Call(func=load(name), args=arguments, keywords=[])

    def _body(self, function: FunctionType, values: Mapping[str, Value], code: Code, last: bool) -> Value:
        returned: list[tuple[Code, Value]] = []
        leave = None if last else lambda value, code: returned.append((code, value))
        scope = Scope(function, self._next(), leave)
        tree = source(function, self._quiet)
        changed = assigned(tree)
        for name, value in values.items():
            if isinstance(value, ast.expr) and (not isinstance(value, ast.Name) or name in changed):
                code.append(assign(scope.own(name), value))
                value = load(scope.own(name))
            scope.values[name] = value

        def end(scope: Scope, code: Code) -> bool:
            returned.append((code, Known(None)))
            return True

        self._block(tree.body, scope, code, finished if last else end)
        value = self._joined(returned) if returned else Known(None)
        match value, code[-1:]:
            case ast.Name(id=name), [ast.Assign(targets=[ast.Name(id=last_set)], value=found)] if name == last_set:
                code.pop()  # what a function comes to, where it is an expression, needs no name
                return found
        return value

    def _joined(self, ways: Sequence[tuple[Code, Value]]) -> Value:
        """The value at the end of several ways; each says which it is."""
        values = [value for _, value in ways]
        if len(values) == 1 or all(isinstance(each, Known) and same(each, values[0]) for each in values):
            return values[0]
        rows = [parts_of(value) for value in values]
        if len({len(row) if row is not None else -1 for row in rows}) == 1 and rows[0] is not None:
            columns = zip(*(row for row in rows if row is not None), strict=True)
            codes = [code for code, _ in ways]
            return Items(tuple(self._joined(list(zip(codes, each, strict=True))) for each in columns))
        name = self._fresh("result")
        for code, value in ways:
            code.append(assign(name, self._expression(value)))
        self._fixed.add(name)
        return load(name)


def table_of(called: Value) -> Any:
    """The table whose look-up a known function is, if it is one."""
    function = called.value if isinstance(called, Known) else None
    if isinstance(function, MethodType) and isinstance(function.__self__, Remembered):
        return function.__self__
    return None


def pure(called: Any) -> bool:
    """Whether the result of a call is known when its arguments are."""
    if isinstance(called, type) and is_dataclass(called):
        return bool(called.__dataclass_params__.frozen)  # type: ignore[attr-defined]
    return isinstance(called, type | BuiltinFunctionType) and called in PURE


def filled(function: FunctionType, given: list[Value], named: Mapping[str | None, Value]) -> dict[str, Value]:
    """The arguments of a call by their names, defaults among them."""
    names = parameters(function)
    positional = names[: function.__code__.co_argcount]
    values = dict(zip(positional, given, strict=False))
    values |= {str(name): value for name, value in named.items()}
    defaults = function.__defaults__ or ()
    for name, default in zip(positional[len(positional) - len(defaults) :], defaults, strict=True):
        values.setdefault(name, Known(default))
    for name, default in (function.__kwdefaults__ or {}).items():
        values.setdefault(name, Known(default))
    return {name: values[name] for name in names}
