"""Whether the arguments that a suite gives an expectation fit its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tallymark.check.rule import ExpectationType, Kwarg
from tallymark.errors import Problem
from tallymark.model.condition import Condition, fields_of
from tallymark.model.context import CONTEXT_COLUMNS
from tallymark.model.observation import COLUMNS

COMMON_KWARGS = ("mostly", "row_condition", "condition_parser")
"""What Great Expectations has among the arguments of most types."""

_KNOWN_COLUMNS = frozenset(COLUMNS) | frozenset(CONTEXT_COLUMNS)


def condition_problems(
    type_: ExpectationType, condition: Condition | str | None, path: str
) -> Iterator[Problem]:
    """Yield what is wrong with a row condition, for this type."""
    if not type_.takes_condition:
        yield Problem(f"{type_.name} takes no row condition", path)
    if condition is not None and not isinstance(condition, str):
        for field in sorted(fields_of(condition) - _KNOWN_COLUMNS):
            yield Problem(f"unknown column {field!r}", path)


def kwarg_problems(
    type_: ExpectationType, kwargs: Mapping[str, Any], path: str
) -> Iterator[Problem]:
    """Yield every argument that is unknown, missing, or of the wrong kind."""
    for name in sorted(kwargs.keys() - type_.kwargs.keys()):
        yield Problem(f"{type_.name} takes no {name!r}", f"{path}.{name}")
    for name, kwarg in type_.kwargs.items():
        value = kwargs.get(name)
        if value is None:
            if kwarg.is_required:
                yield Problem("is missing", f"{path}.{name}")
        elif not _fits(kwarg, value):
            yield Problem(
                f"needs a {_KINDS[kwarg.kind]}, found {value!r:.80}", f"{path}.{name}"
            )
        else:
            yield from _name_problems(kwarg, value, f"{path}.{name}")


def _name_problems(kwarg: Kwarg, value: Any, path: str) -> Iterator[Problem]:
    if kwarg.choices and value not in kwarg.choices:
        yield Problem(f"{value!r} is none of {', '.join(kwarg.choices)}", path)
    named = {"column": [value], "columns": value}.get(kwarg.kind, [])
    for name in named:
        if name not in _KNOWN_COLUMNS:
            yield Problem(f"unknown column {name!r}", path)


_KINDS = {
    "column": "column",
    "columns": "list of columns",
    "text": "text",
    "texts": "list of texts",
    "lists": "list of lists of texts",
    "number": "number",
    "scalar": "number, text or date",
    "set": "list of texts or numbers",
    "flag": "true or false",
}


_SCALARS: Mapping[str, Any] = {
    "text": str,
    "column": str,
    "number": (int, float),
    "flag": bool,
}
_ITEMS: Mapping[str, Any] = {
    "columns": str,
    "texts": str,
    "lists": list,
    "set": (int, float, str),
}


def _fits(kwarg: Kwarg, value: Any) -> bool:
    if kwarg.kind == "scalar":
        return isinstance(value, int | float | str)
    if kwarg.kind in _SCALARS:
        is_flag = isinstance(value, bool)
        return isinstance(value, _SCALARS[kwarg.kind]) and is_flag == (
            kwarg.kind == "flag"
        )
    return (
        isinstance(value, list | tuple)
        and (bool(value) or kwarg.kind in ("set", "lists"))
        and all(isinstance(item, _ITEMS[kwarg.kind]) for item in value)
    )
