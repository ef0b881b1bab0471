"""Reading the source of functions."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable
from functools import cache
from importlib.abc import InspectLoader
from inspect import CO_VARARGS
from io import StringIO
from types import FunctionType, ModuleType
from typing import Final

_LINES: Final[dict[str, list[str]]] = {}
"""The sources of modules, line by line."""


class Unfit(Exception):
    """Something that cannot be specialised, or not in place of a call: a return from inside a loop."""


def keep_sources(package: str) -> None:
    """Keep the sources of what is loaded of a package as they are now. While a program runs, an update may put others
    in their place, which say nothing about the functions that run."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == package and name not in _LINES:
            _LINES[name] = _lines(module)


def _lines(module: ModuleType) -> list[str]:
    loader = module.__spec__.loader if module.__spec__ is not None else None
    text = loader.get_source(module.__name__) if isinstance(loader, InspectLoader) else None
    return StringIO(text).readlines() if text is not None else []


def _text(function: FunctionType) -> str:
    """The source of a function: what was kept of its module, or else what stands there now."""
    lines = _LINES.get(function.__module__)
    if lines is None:
        return inspect.getsource(function)
    return "".join(inspect.getblock(lines[function.__code__.co_firstlineno - 1 :]))


@cache
def source(function: FunctionType, quiet: frozenset[str]) -> ast.FunctionDef:
    """The source of a function, without quiet calls. Conditions joined by `and` become conditions inside each other."""
    try:
        tree = ast.parse(textwrap.dedent(_text(function))).body[0]
    except (OSError, SyntaxError, IndexError) as error:
        raise Unfit(f"the source of {function.__name__} cannot be read") from error
    if function.__name__ == "<lambda>":
        tree = of_lambda(tree)
    if not isinstance(tree, ast.FunctionDef):
        raise Unfit(f"{function.__name__} is not a plain function")
    return Simpler(quiet).visit(tree)  # type: ignore[no-any-return]


def of_lambda(statement: ast.stmt) -> ast.stmt:
    """The only lambda in a statement, as a function."""
    found = [each for each in ast.walk(statement) if isinstance(each, ast.Lambda)]
    if len(found) != 1:
        return statement
    body: list[ast.stmt] = [ast.Return(value=found[0].body)]
    return ast.FunctionDef(name="chosen", args=found[0].args, body=body, decorator_list=[])


class Simpler(ast.NodeTransformer):
    """Leaves out calls with quiet names and docstrings, and puts conditions joined by `and` inside each other."""

    def __init__(self, quiet: frozenset[str]) -> None:
        self._quiet = quiet

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        match node.value:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in self._quiet:
                return ast.Pass()
            case ast.Constant():
                return ast.Pass()
        return node

    def visit_If(self, node: ast.If) -> ast.If:
        self.generic_visit(node)
        if not node.orelse and isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.And):
            first, *others = node.test.values
            inner = node.body
            for test in reversed(others):
                inner = [ast.If(test=test, body=inner, orelse=[])]
            return ast.If(test=first, body=inner, orelse=[])
        return node


@cache
def size(tree: ast.FunctionDef) -> int:
    """The statements of a function."""
    return sum(isinstance(node, ast.stmt) and not isinstance(node, ast.Pass) for node in ast.walk(tree)) - 1


@cache
def read_by(tree: ast.FunctionDef) -> frozenset[str]:
    """The names that a function reads."""
    return frozenset(
        each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
    )


def parameters(function: FunctionType) -> tuple[str, ...]:
    """The names of a function's parameters."""
    code = function.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + (rest(function) is not None)]


def rest(function: FunctionType) -> str | None:
    """The name of the parameter that takes all further arguments, if there is one."""
    code = function.__code__
    return code.co_varnames[code.co_argcount + code.co_kwonlyargcount] if code.co_flags & CO_VARARGS else None


@cache
def assigned(node: ast.AST) -> frozenset[str]:
    """The variables that a statement changes."""
    return frozenset(each.id for each in ast.walk(node) if isinstance(each, ast.Name) and stored(each))


@cache
def returns(node: ast.stmt) -> bool:
    """Whether there is a way back from the function in a statement."""
    return any(isinstance(each, ast.Return) for each in ast.walk(node))


@cache
def jumps(node: ast.stmt) -> bool:
    """Whether a statement goes on with the loop that it stands in, or leaves it."""
    return isinstance(node, ast.Continue) or breaks(node) or (isinstance(node, ast.If) and any_of(jumps, node))


@cache
def breaks(node: ast.stmt) -> bool:
    """Whether a statement leaves the loop that it stands in."""
    return isinstance(node, ast.Break) or (isinstance(node, ast.If) and any_of(breaks, node))


def any_of(what: Callable[[ast.stmt], bool], node: ast.If) -> bool:
    return any(what(each) for each in (*node.body, *node.orelse))


def stored(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
