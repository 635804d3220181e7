"""Trees of Spark's SQL, made of calls and of templates."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import sqlglot
from sqlglot import exp

Translation = Callable[[exp.Expr], exp.Expr]
"""Gives what stands for a node in Spark: the node itself, if it is written alike."""


def call(name: str, *arguments: exp.Expr) -> exp.Expr:
    """Return the call of a function by its name in Spark."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def text(value: str) -> exp.Expr:
    """Return a text, quoted."""
    return exp.Literal.string(value)


@lru_cache(maxsize=256)
def _parsed(template: str) -> exp.Expr:
    return sqlglot.parse_one(template, read="spark")


def spark(template: str, **parts: exp.Expr) -> exp.Expr:
    """Return Spark SQL with parts put in where their names stand in braces."""
    tree = _parsed(template.replace("{", "put_").replace("}", "")).copy()
    for column in list(tree.find_all(exp.Column)):
        if column.name.startswith("put_"):
            new = parts[column.name.removeprefix("put_")].copy()
            column.replace(exp.paren(new) if isinstance(new, exp.Binary) else new)
    return tree


def written(template: str) -> Translation:
    """Return the translation of a function whose arguments are a, b, c in a template."""

    def translate(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Anonymous):
            arguments = node.expressions
        else:
            arguments = [node.this, node.args.get("expression")]
        return spark(template, **dict(zip("abc", arguments, strict=False)))

    return translate


def named(name: str) -> Translation:
    """Return the translation of a function that has another name in Spark."""
    return lambda node: call(name, *(node.expressions or [node.this]))
