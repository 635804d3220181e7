"""Whether the arguments that a suite gives an expectation fit its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from tallymark.check.rule import ExpectationType, Holds, Kwarg
from tallymark.errors import Problem
from tallymark.model.condition import Compare, Condition, fields_of, walk
from tallymark.model.context import CONTEXT_SCHEMA
from tallymark.model.observation import SCHEMA

COMMON_KWARGS = ("mostly", "row_condition", "condition_parser")
"""What Great Expectations has among the arguments of most types."""

_HELD: Mapping[pa.DataType, Holds] = {
    pa.string(): "text",
    pa.float64(): "number",
    pa.int64(): "number",
    pa.int32(): "number",
    pa.date32(): "date",
    pa.bool_(): "flag",
}
_COLUMNS: Mapping[str, Holds] = {
    field.name: _HELD[field.type] for field in (*SCHEMA, *CONTEXT_SCHEMA)
}
_ANY: Mapping[str, Holds] = {}
"""In place of the columns that are known, for a suite about a table of any columns."""


def column_holds(name: str) -> Holds | None:
    """Return what stands in a column, or nothing for a column that is not known.

    >>> column_holds("obs_value"), column_holds("period_start")
    ('number', 'date')
    """
    return _COLUMNS.get(name)


def known_columns(rows: str) -> Mapping[str, Holds]:
    """Return the columns that a suite about such rows can name; empty if any."""
    return _ANY if rows == "table" else _COLUMNS


def condition_problems(
    type_: ExpectationType,
    condition: Condition | str | None,
    path: str,
    columns: Mapping[str, Holds] = _COLUMNS,
) -> Iterator[Problem]:
    """Yield what is wrong with a row condition, for this type."""
    if not type_.takes_condition:
        yield Problem(f"{type_.name} takes no row condition", path)
    if condition is None or isinstance(condition, str):
        return
    unknown = fields_of(condition) - columns.keys() if columns else ()
    for field in sorted(unknown):
        yield Problem(f"unknown column {field!r}", path)
    for node in walk(condition):
        if isinstance(node, Compare) and node.field in columns:
            values = node.value if isinstance(node.value, tuple) else [node.value]
            yield from _value_problems(node.field, values, path, columns)


def kwarg_problems(
    type_: ExpectationType,
    kwargs: Mapping[str, Any],
    path: str,
    columns: Mapping[str, Holds] = _COLUMNS,
) -> Iterator[Problem]:
    """Yield every argument that is unknown, missing, or does not fit."""
    for name in sorted(kwargs.keys() - type_.kwargs.keys()):
        yield Problem(f"{type_.name} takes no {name!r}", f"{path}.{name}")
    fitting = dict[str, Any]()
    for name, kwarg in type_.kwargs.items():
        value = kwargs.get(name)
        if value is None:
            if kwarg.is_required:
                yield Problem("is missing", f"{path}.{name}")
        elif not _fits(kwarg, value):
            yield Problem(
                f"needs a {_needed(kwarg)}, found {value!r:.80}", f"{path}.{name}"
            )
        else:
            fitting[name] = value
            yield from _name_problems(kwarg, value, f"{path}.{name}", columns)
    yield from _joint_problems(type_, fitting, path, columns)


def _name_problems(
    kwarg: Kwarg, value: Any, path: str, columns: Mapping[str, Holds]
) -> Iterator[Problem]:
    if kwarg.choices and value not in kwarg.choices:
        known = ", ".join(map(str, kwarg.choices))
        yield Problem(f"{value!r} is none of {known}", path)
    named = {"column": [value], "columns": value}.get(kwarg.kind, [])
    for name in named if columns else ():
        if name not in columns:
            yield Problem(f"unknown column {name!r}", path)
        elif kwarg.holds and columns[name] not in kwarg.holds:
            needed = " or ".join(kwarg.holds)
            yield Problem(f"{name!r} holds a {columns[name]}, not a {needed}", path)


def _joint_problems(
    type_: ExpectationType,
    kwargs: Mapping[str, Any],
    path: str,
    columns: Mapping[str, Holds],
) -> Iterator[Problem]:
    """Yield what is wrong with arguments beside each other."""
    if type_.one_of and kwargs.keys().isdisjoint(type_.one_of):
        yield Problem(f"needs one of {', '.join(type_.one_of)}", path)
    compared = _columns_in(kwargs, type_.compares)
    held = {name: columns[name] for name in compared if name in columns}
    if len(set(held.values())) > 1:
        said = ", ".join(f"{name} a {kind}" for name, kind in held.items())
        yield Problem(f"cannot compare columns that differ: {said}", path)
    for name, kwarg in type_.kwargs.items():
        if name in kwargs:
            for column, values in _about(kwarg, kwargs[name], kwargs):
                yield from _value_problems(column, values, f"{path}.{name}", columns)
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    if isinstance(low, str) == isinstance(high, str) and None not in (low, high):
        yield from _order_problems(low, high, path)


def _order_problems(low: Any, high: Any, path: str) -> Iterator[Problem]:
    if low > high:
        yield Problem(f"nothing lies between {low!r} and {high!r}", path)


def _columns_in(kwargs: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    columns: list[str] = []
    for name in names:
        given = kwargs.get(name, [])
        columns += [given] if isinstance(given, str) else given
    return columns


def _about(
    kwarg: Kwarg, value: Any, kwargs: Mapping[str, Any]
) -> Iterator[tuple[str, Iterable[Any]]]:
    """Yield each column that an argument holds values of, with these values."""
    if kwarg.kind == "pairs":
        for i, name in enumerate(("column_A", "column_B")):
            yield kwargs.get(name, ""), [pair[i] for pair in value]
    elif kwarg.kind in ("scalar", "set"):
        yield kwargs.get("column", ""), value if kwarg.kind == "set" else [value]


def _value_problems(
    column: str, values: Iterable[Any], path: str, columns: Mapping[str, Holds]
) -> Iterator[Problem]:
    """Yield each value that a column cannot hold: a comparison would never be true."""
    holds = columns.get(column)
    for value in values:
        if value is not None and holds and not _IS[holds](value):
            yield Problem(f"{column!r} holds a {holds}, never {value!r:.80}", path)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_date(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return isinstance(value, str)


_IS: Mapping[Holds, Any] = {
    "text": lambda value: isinstance(value, str),
    "number": _is_number,
    "date": _is_date,
    "flag": lambda value: isinstance(value, bool),
}


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
    "character": "single character",
    "choice": "choice",
    "pairs": "list of pairs of values",
    "quantile_ranges": "mapping of quantiles and value_ranges, of the same length",
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


def _needed(kwarg: Kwarg) -> str:
    least = f" (at least {kwarg.at_least})" if kwarg.at_least else ""
    return _KINDS[kwarg.kind] + least


def _fits(kwarg: Kwarg, value: Any) -> bool:
    if kwarg.kind in _SHAPES:
        return bool(_SHAPES[kwarg.kind](value))
    if kwarg.kind in _SCALARS:
        is_flag = isinstance(value, bool)
        return isinstance(value, _SCALARS[kwarg.kind]) and is_flag == (
            kwarg.kind == "flag"
        )
    least = max(kwarg.at_least, kwarg.kind not in ("set", "lists"))
    return (
        isinstance(value, list | tuple)
        and len(value) >= least
        and all(isinstance(item, _ITEMS[kwarg.kind]) for item in value)
    )


def _is_pairs(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(
        isinstance(pair, list | tuple)
        and len(pair) == _PAIR
        and all(item is None or isinstance(item, int | float | str) for item in pair)
        for pair in value
    )


def _is_quantile_ranges(value: Any) -> bool:
    if not isinstance(value, Mapping) or value.keys() != {"quantiles", "value_ranges"}:
        return False
    shares, ranges = value["quantiles"], value["value_ranges"]
    return (
        isinstance(shares, list | tuple)
        and isinstance(ranges, list | tuple)
        and len(shares) == len(ranges) > 0
        and all(_is_number(share) and 0 <= share <= 1 for share in shares)
        and all(map(_is_range, ranges))
    )


def _is_range(value: Any) -> bool:
    if not isinstance(value, list | tuple) or len(value) != _PAIR:
        return False
    given = [bound for bound in value if bound is not None]
    return all(map(_is_number, given)) and given == sorted(given)


_PAIR = 2
_SHAPES: Mapping[str, Any] = {
    "scalar": lambda value: isinstance(value, int | float | str) and value != "",
    "choice": lambda _value: True,
    "character": lambda value: isinstance(value, str) and len(value) == 1,
    "pairs": _is_pairs,
    "quantile_ranges": _is_quantile_ranges,
}
