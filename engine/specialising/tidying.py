"""What has been specialised, tidied up: what does nothing is left out, and what is read once needs no name."""

from __future__ import annotations

import ast
from collections import Counter
from copy import copy

from engine.specialising.values import Code
from engine.specialising.writing import facts, harmless, negated, plain


def tidied(code: Code) -> Code:
    """Statements that do the same, with less."""
    uses = Uses()
    uses.add(code)
    return Joiner(uses).joined(Trimmer(uses).trimmed(code))


class Uses:
    """How often each variable is read, and how often it is given a value."""

    def __init__(self) -> None:
        self.read = Counter[str]()
        self.stored = Counter[str]()

    def add(self, code: Code) -> None:
        """Count those in statements."""
        for each in code:
            match each:
                case ast.Assign(targets=[place], value=value):
                    self.read.update(facts(value).names)
                    self._place(place)
                case ast.AugAssign(target=place, value=value):
                    self.read.update(facts(value).names)
                    self._place(place)
                    self.read.update(facts(place).names)
                case ast.Expr(value=value) | ast.Return(value=ast.expr() as value):
                    self.read.update(facts(value).names)
                case ast.If(test=value, body=yes, orelse=no):
                    self.read.update(facts(value).names)
                    self.add(yes)
                    self.add(no)
                case ast.For(target=place, iter=value, body=body):
                    self.read.update(facts(value).names)
                    self._place(place)
                    self.add(body)
                case ast.While(body=body):
                    self.add(body)

    def _place(self, place: ast.expr) -> None:
        match place:
            case ast.Name(id=name):
                self.stored[name] += 1
            case ast.Tuple(elts=places):
                for each in places:
                    self._place(each)
            case _:
                self.read.update(facts(place).names)


class Trimmer:
    """Takes out statements that do nothing, and values that nobody reads."""

    def __init__(self, uses: Uses) -> None:
        self._uses = uses

    def trimmed(self, code: Code) -> Code:
        """Statements without those that do nothing, and without values that nobody reads."""
        left = Code()
        for each in reversed(code):
            match each:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if not self._uses.read[name]:
                    self._uses.stored[name] -= 1
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
                        each = ast.If(test=plain(test), body=yes, orelse=no)
                    elif no:
                        each = ast.If(test=plain(negated(test)), body=no, orelse=[])
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
        self._uses.read.subtract(facts(value).names)


class Joiner:
    """Puts values that are read once, a moment later, where they are read, and gives what several ways lead to the name
    that it goes by from there on."""

    def __init__(self, uses: Uses) -> None:
        self._uses = uses

    def joined(self, code: Code) -> Code:
        """The statements, with fewer names."""
        left = Code()
        for each in reversed(code):
            match each:
                case ast.If(test=test, body=yes, orelse=no):
                    each = ast.If(test=test, body=self.joined(yes), orelse=self.joined(no))
                case ast.For() | ast.While():
                    each.body = self.joined(each.body)
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if self._once(name):
                    if self._moved(name, value, left):
                        continue
            left.append(each)
        return self._renamed(left[::-1])

    def _once(self, name: str) -> bool:
        return self._uses.read[name] == 1 and self._uses.stored[name] == 1

    def _moved(self, name: str, value: ast.expr, after: Code) -> bool:
        """Put a value where it is read in the statements after it, which stand in reverse order. Says whether it was
        possible: whether it comes to the same there."""
        needs = facts(value)
        for place in reversed(range(len(after))):
            each = after[place]
            head = head_of(each)
            if head is None:
                return False
            if name in facts(head).names:
                first = leftmost(head)
                if (isinstance(first, ast.Name) and first.id == name) or not (needs.calls or facts(head).calls):
                    after[place] = with_head(each, put(name, value, head))
                    return True
                return False
            match each:
                case ast.Assign(targets=[ast.Name(id=other)]) if other not in needs.names:
                    if needs.calls or facts(head).calls:
                        return False
                case _:
                    return False
        return False

    def _renamed(self, code: Code) -> Code:
        """Statements in which what a branch ends with has the name that it is given after it."""
        left = Code()
        for each in code:
            match each, left[-1:]:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=other)), [ast.If() as branch] if (
                    name != other and self._uses.read[other] == 1
                ):
                    inner = Uses()
                    inner.add([branch])
                    if (
                        0 < inner.stored[other] == self._uses.stored[other]
                        and not inner.read[name] + inner.stored[name]
                    ):
                        left[-1:] = called([branch], other, name)
                        continue
            left.append(each)
        return left


def put(name: str, value: ast.expr, node: ast.expr) -> ast.expr:
    """An expression with a value in the place of a name that it reads."""
    if isinstance(node, ast.Name):
        return value if node.id == name else node
    found = node.__dict__.get("facts")
    if found is not None and name not in found.names:
        return node
    own = copy(node)
    for field, each in ast.iter_fields(node):
        if isinstance(each, list):
            setattr(own, field, [*each])
    own.__dict__.pop("facts", None)
    Put(name, value).generic_visit(own)
    return own


class Put(ast.NodeTransformer):
    """Puts a value in the place of a name."""

    def __init__(self, name: str, value: ast.expr) -> None:
        self._name = name
        self._value = value

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.expr):
            return put(self._name, self._value, node)
        return self.generic_visit(node)


def called(code: Code, name: str, other: str) -> Code:
    """Statements in which what is given one name gets another."""
    left = Code()
    for each in code:
        match each:
            case ast.Assign(targets=[ast.Name(id=stored)], value=value) if stored == name:
                each = ast.Assign(targets=[ast.Name(id=other, ctx=ast.Store())], value=value)
            case ast.If(test=test, body=yes, orelse=no):
                each = ast.If(test=test, body=called(yes, name, other), orelse=called(no, name, other))
            case ast.For() | ast.While():
                each.body = called(each.body, name, other)
        left.append(each)
    return left


def head_of(statement: ast.stmt) -> ast.expr | None:
    """What a statement evaluates before it does anything else."""
    match statement:
        case ast.Assign(value=value) | ast.Expr(value=value) | ast.Return(value=ast.expr() as value):
            return value
        case ast.If(test=test):
            return test
        case ast.For(iter=many):
            return many
    return None


def with_head(statement: ast.stmt, head: ast.expr) -> ast.stmt:
    """A statement that evaluates something else first."""
    match statement:
        case ast.Assign(targets=targets):
            return ast.Assign(targets=targets, value=head)
        case ast.Expr():
            return ast.Expr(value=head)
        case ast.If(body=yes, orelse=no):
            return ast.If(test=plain(head), body=yes, orelse=no)
        case ast.For(target=target, body=body):
            return ast.For(target=target, iter=head, body=body, orelse=[])
    return ast.Return(value=head)


def leftmost(node: ast.expr) -> ast.expr:
    """What an expression evaluates first, whatever comes of it."""
    match node:
        case ast.BinOp(left=first) | ast.Compare(left=first) | ast.BoolOp(values=[first, *_]) | ast.IfExp(test=first):
            return leftmost(first)
        case ast.UnaryOp(operand=first) | ast.Subscript(value=first) | ast.Attribute(value=first):
            return leftmost(first)
    return node
