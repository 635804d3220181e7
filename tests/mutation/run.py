"""Change one module in many small ways, and see whether its tests notice each.

python tests/mutation/run.py src/tallymark/interpret/comparison.py \\
    tests/interpret/test_comparison.py

Nothing on the disk is changed: each mutant runs in a fork of its own. Prints the mutants
that no test noticed. Source: docs/explanation/mutation.md.
"""

from __future__ import annotations

import ast
import copy
import inspect
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

SECONDS = 240
PROCESSES = 2
MOST_EXAMPLES = 3
"""Of a law on many random tables at once, so few tell whether it holds."""

_SWAPPED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_IN_TEXT = [
    (r" and ", " or "), (r" or ", " and "), (r"\bnot ", ""), (r"<>", "="),
    (r"(?<![<>]) = ", " <> "), (r">=", ">"), (r" > ", " >= "), (r" < ", " <= "),
    (r"\bmin\(", "max("), (r"\bmax\(", "min("), (r"\bsum\(", "max("),
    (r"\bcount\(", "sum("), (r"bool_and", "bool_or"), (r"bool_or", "bool_and"),
    (r"bit_or", "bit_and"), (r" \+ ", " - "), (r" - ", " + "), (r" \* ", " + "),
    (r" / ", " * "), (r"distinct ", ""), (r"left join", "join"), (r" & ", " | "),
    (r" \| ", " & "), (r"~", ""), (r"\btrue\b", "false"), (r"\bfalse\b", "true"),
    (r"least\(", "greatest("), (r"greatest\(", "least("), (r"\blag\(", "lead("),
    (r"coalesce\(", "nullif("), (r"any_value", "max"), (r"(?<![\w.])0(?![\w.])", "1"),
    (r"(?<![\w.])1(?![\w.])", "2"), (r"union all", "union"), (r" order by .*$", ""),
]  # fmt: skip
_Change = Callable[[Any], None]


def _of_text(text: str) -> Iterator[tuple[str, str]]:
    for pattern, new in _IN_TEXT:
        for found in re.finditer(pattern, text):
            changed = text[: found.start()] + new + text[found.end() :]
            yield f"{found.group()!r} -> {new!r} in {text[:60]!r}", changed


def _setting(name: str, value: object) -> _Change:
    return lambda node: setattr(node, name, value)


def _of_node(node: Any) -> Iterator[tuple[str, _Change]]:
    match node:
        case ast.Compare():
            new = _SWAPPED[type(node.ops[0])]()
            yield ast.unparse(node) + " swapped", _setting("ops", [new, *node.ops[1:]])
        case ast.BinOp() | ast.BoolOp() if type(node.op) in _SWAPPED:
            yield (
                ast.unparse(node) + " swapped",
                _setting("op", _SWAPPED[type(node.op)]()),
            )
        case ast.IfExp() | ast.If():
            test = ast.UnaryOp(ast.Not(), node.test)
            yield f"not ({ast.unparse(node.test)})", _setting("test", test)
        case ast.Constant(value=bool()):
            yield f"not {node.value}", _setting("value", not node.value)
        case ast.Constant(value=int() | float()):
            yield f"{node.value} + 1", _setting("value", node.value + 1)
        case ast.Constant(value=str()):
            for told, changed in _of_text(node.value):
                yield told, _setting("value", changed)
        case _:
            yield from _of_listing(node)


def _of_listing(node: Any) -> Iterator[tuple[str, _Change]]:
    match node:
        case ast.comprehension(ifs=[_, *_]):
            yield "all of " + ast.unparse(node), _setting("ifs", [])
        case (
            ast.Tuple(elts=[_, _, *_]) | ast.List(elts=[_, *_]) | ast.Set(elts=[_, *_])
        ):
            for i, element in enumerate(node.elts):
                rest = node.elts[:i] + node.elts[i + 1 :]
                yield f"without {ast.unparse(element)[:60]}", _setting("elts", rest)
        case ast.Dict(keys=[_, *_]):
            for i, key in enumerate(node.keys):
                yield f"without {key and ast.unparse(key)}", _without(i)


def _without(i: int) -> _Change:
    def change(node: Any) -> None:
        del node.keys[i], node.values[i]

    return change


def _is_spared(node: Any) -> bool:
    """Say whether a node says nothing: documentation, annotations, imports."""
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_strict = isinstance(node, ast.keyword) and node.arg == "strict"
    return (
        is_text or is_strict or isinstance(node, ast.Import | ast.ImportFrom | ast.arg)
    )


def _places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, Any]]:
    """Yield each node that may be changed, and how to come to it."""
    yield node, path
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params"):
            continue
        for i, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.AST) and not _is_spared(child):
                at = (name, i) if isinstance(value, list) else (name, None)
                yield from _places(child, (*path, at))


def _at(tree: Any, path: tuple[Any, ...]) -> Any:
    for name, i in path:
        tree = getattr(tree, name) if i is None else getattr(tree, name)[i]
    return tree


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """Yield each mutant of a module: where and what, and its source."""
    tree = ast.parse(source)
    for node, path in _places(tree):
        changes = [*_of_node(node)]
        if isinstance(node, ast.Expr | ast.AugAssign):
            # A statement for its effect; replaced, as a body may not be empty.
            changes = [(f"without {ast.unparse(node)[:60]}", None)]
        for told, change in changes:
            mutant = copy.deepcopy(tree)
            if change is None:
                (name, i) = path[-1]
                getattr(_at(mutant, path[:-1]), name)[i] = ast.Pass()
            else:
                change(_at(mutant, path))
            text = ast.unparse(ast.fix_missing_locations(mutant))
            yield f"{getattr(node, 'lineno', 0)}: {told}", text


class _Trial:
    """A plugin: once all tests have passed, run them on each mutant in a fork of its own.

    What the tests share is made once, before the forks.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.module = ".".join(path.with_suffix("").parts[1:])
        self.n_mutants, self.survivors = 0, list[str]()

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Keep the laws short, and the same each time."""
        for item in items:
            if getattr(item.obj, "hypothesis", None) is not None:
                kept = item.obj._hypothesis_internal_use_settings
                item.obj._hypothesis_internal_use_settings = type(kept)(
                    kept,
                    max_examples=min(kept.max_examples, MOST_EXAMPLES),
                    database=None,
                    derandomize=True,
                )

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every mutant; some run at once."""
        if not _pass(session.items):
            raise pytest.UsageError("the tests fail without any change")
        running: dict[int, str] = {}
        for told, source in mutants(self.path.read_text()):
            self.n_mutants += 1
            running[self._start(session, source)] = told
            if len(running) == PROCESSES:
                self._wait(running)
        while running:
            self._wait(running)
        return True

    def _start(self, session: pytest.Session, source: str) -> int:
        child = os.fork()
        if not child:
            signal.alarm(SECONDS)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            try:
                _put_in_place(sys.modules[self.module], source)
                os._exit(0 if _pass(session.items) else 1)
            finally:
                os._exit(1)
        return child

    def _wait(self, running: dict[int, str]) -> None:
        child, status = os.wait()
        told = running.pop(child)
        if status == 0:
            self.survivors.append(told)
            os.write(2, f"{self.path}:{told}\n".encode())


def _pass(items: list[pytest.Item]) -> bool:
    for item, following in zip(items, [*items[1:], items[0]], strict=True):
        reports = runtestprotocol(item, log=False, nextitem=following)
        if any(report.failed for report in reports):
            return False
    return True


def _put_in_place(module: Any, source: str) -> None:
    """Give a module's functions the code of a mutant, wherever they are known by name."""
    before = dict(vars(module))
    exec(compile(source, module.__name__, "exec"), vars(module))
    for name, new in list(vars(module).items()):
        old = before.get(name)
        if inspect.isfunction(old) and old.__module__ == module.__name__:
            old.__code__, old.__defaults__ = new.__code__, new.__defaults__
            old.__kwdefaults__ = new.__kwdefaults__
            setattr(module, name, old)


def main(path: str, *tests: str) -> None:
    """Print the mutants of a module that its tests do not notice, and their number."""
    trial = _Trial(Path(path))
    options = ["-q", "-s", "-p", "no:cacheprovider", "-m", "not slow"]
    pytest.main([*options, *tests], plugins=[trial])
    n = len(trial.survivors)
    sys.stdout.write(f"{path}: {trial.n_mutants} mutants, {n} not noticed\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
