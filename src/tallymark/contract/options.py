"""What the options of a logical type ask of a column, as rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tallymark.contract.document import option_fault
from tallymark.contract.shape import INTEGER_FORMATS
from tallymark.engine.sql import identifier
from tallymark.model.codes import Severity
from tallymark.model.contract import ExpectationRule, NumberRule, Rule, SilentRule

_TEXT = re.compile(r"VARCHAR|ENUM\(.*\)", re.DOTALL)
_NUMERIC = re.compile(
    r"U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)"
)
_LIST = re.compile(r".*\[\d*\]", re.DOTALL)
_TEMPORAL = re.compile(r"DATE|TIME.*", re.DOTALL)
_HEX = "[0-9A-Fa-f]"
_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?"
_FORMATS: Mapping[str, str] = {
    "email": rf"^[^@\s]+@{_LABEL}(\.{_LABEL})*$",
    "uuid": rf"^{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}$",
    "uri": r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$",
    "hostname": rf"^{_LABEL}(\.{_LABEL})*\.?$",
    "ipv4": rf"^{_BYTE}(\.{_BYTE}){{3}}$",
    "date": f"^{_DAY}$",
    "date-time": rf"^{_DAY}[Tt ]{_CLOCK}([Zz]|[+-][0-9]{{2}}:[0-9]{{2}})$",
    "time": rf"^{_CLOCK}([Zz]|[+-][0-9]{{2}}:[0-9]{{2}})?$",
    "byte": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
}
"""The forms of texts that a pattern can hold."""
_RANGES = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
_LENGTHS = ("minLength", "maxLength")


def option_rules(
    entry: Mapping[str, Any], column: str, type_: str, table: str
) -> Iterator[Rule]:
    """Yield the rules that the options of a property stand for."""
    given = entry.get("logicalTypeOptions") or {}
    options = {}
    for name, value in given.items():
        if said := option_fault(entry.get("logicalType"), str(name), value):
            yield _silent(column, name, value, said)
        elif value is not None:
            options[str(name)] = value
    for name in [n for n in options if not _fits(n, options[n], type_)]:
        plain = type_.partition("(")[0].lower()
        said = f"the column stands there as {plain}, which it does not fit"
        yield _silent(column, name, options.pop(name), said)
    yield from _limits(options, column)
    yield from _lengths(options, column)
    for name in options:
        if name not in (*_RANGES, *_LENGTHS):
            yield _one(name, options[name], (column, type_, table))


def fitted(rule: Rule, columns: Mapping[str, str]) -> Rule:
    """Return a rule on listed values with values that fit the type of its column."""
    if not isinstance(rule, ExpectationRule):
        return rule
    values, type_ = rule.kwargs.get("value_set"), columns.get(rule.column)
    if not isinstance(values, list) or type_ is None:
        return rule
    kept = [v for v in values if v is not None]
    is_plain = all(isinstance(v, str | int | float) for v in kept)
    if is_plain and _TEXT.fullmatch(type_):
        kept = [str(v).lower() if isinstance(v, bool) else str(v) for v in kept]
    elif _NUMERIC.fullmatch(type_) and any(isinstance(v, str | bool) for v in kept):
        about = {k: v for k, v in vars(rule).items() if k not in ("type", "kwargs")}
        said = f"the column stands there as {type_.partition('(')[0].lower()}"
        return SilentRule(**about, reason=f"{said}, and the listed values do not fit")
    return replace(rule, kwargs={**rule.kwargs, "value_set": kept})


def _fits(name: str, value: Any, type_: str) -> bool:
    """Return whether an option can be asked of a column of DuckDB's type."""
    if name in (*_LENGTHS, "pattern"):
        return bool(_TEXT.fullmatch(type_))
    if name in _RANGES and isinstance(value, int | float):
        return bool(_NUMERIC.fullmatch(type_))
    if name in _RANGES:
        return bool(_TEMPORAL.fullmatch(type_) or _TEXT.fullmatch(type_))
    return True


def _limits(options: Mapping[str, Any], column: str) -> Iterator[Rule]:
    limits: dict[str, Any] = {}
    for name in _RANGES:
        if name in options:
            side = name[-7:-4].lower()
            limits[f"{side}_value"] = options[name]
            limits |= {f"strict_{side}": True} if name.startswith("exclusive") else {}
    if limits:
        said = f"{column} lies within its limits."
        yield _expects(
            column, "within-limits", "expect_column_values_to_be_between", said, limits
        )


def _lengths(options: Mapping[str, Any], column: str) -> Iterator[Rule]:
    lengths = {
        f"{name[:3]}_value": options[name] for name in _LENGTHS if name in options
    }
    if lengths:
        said = f"The texts of {column} are as long as they should be."
        type_ = "expect_column_value_lengths_to_be_between"
        yield _expects(column, "length", type_, said, lengths)


def _one(name: str, value: Any, about: tuple[str, str, str]) -> Rule:
    """Return the rule of one option that stands for itself."""
    column, type_, table = about
    if name == "pattern":
        said = f"{column} has the form {value}."
        regex = {"regex": value}
        return _expects(
            column, "form", "expect_column_values_to_match_regex", said, regex
        )
    if name == "format":
        return _format(str(value), column, type_)
    quoted, condition = identifier(column), ""
    if name == "multipleOf" and _NUMERIC.fullmatch(type_):
        part = f"{quoted} / {float(value)!r}"
        condition = f"abs({part} - round({part})) > 1e-9 * greatest(1, abs({part}))"
    elif name in ("minItems", "maxItems", "uniqueItems") and _LIST.fullmatch(type_):
        condition = {
            "minItems": f"len({quoted}) < {value!r}",
            "maxItems": f"len({quoted}) > {value!r}",
            "uniqueItems": f"list_aggregate({quoted}, 'count') <> "
            f"len(list_distinct({quoted}))"
            if value
            else "false",
        }[name]  # fmt: skip
    elif name == "dimensions" and _LIST.fullmatch(type_):
        condition = f"len({quoted}) <> {value!r}"
    if not condition:
        return _silent(column, name, value, f"the option {name} is not run")
    return NumberRule(
        slug=f"{column}-{name.lower()}",
        promise=f"{column}: {name} {value}.",
        severity=Severity.CRITICAL,
        column=column,
        sql=f"select count(*) from {table} where {condition}",
        operator="mustBe",
        bound=0,
    )


def _format(value: str, column: str, type_: str) -> Rule:
    said = f"{column} has the format {value}."
    if value in INTEGER_FORMATS and _NUMERIC.fullmatch(type_):
        least, most = INTEGER_FORMATS[value]
        limits = {"min_value": least, "max_value": most}
        return _expects(
            column, "format", "expect_column_values_to_be_between", said, limits
        )
    if value in _FORMATS and _TEXT.fullmatch(type_):
        regex = {"regex": _FORMATS[value]}
        return _expects(
            column, "format", "expect_column_values_to_match_regex", said, regex
        )
    why = f"the format {value!r:.40} cannot be told from the values"
    if _TEMPORAL.fullmatch(type_):
        why = "what is stored as a date or a time has no format"
    return _silent(column, "format", value, why)


def _expects(
    column: str, what: str, type_: str, promise: str, kwargs: Mapping[str, Any]
) -> ExpectationRule:
    return ExpectationRule(
        slug=f"{column}-{what}",
        promise=promise,
        severity=Severity.CRITICAL,
        column=column,
        type=type_,
        kwargs={"column": column, **kwargs},
    )


def _silent(column: str, name: str, value: Any, reason: str) -> SilentRule:
    return SilentRule(
        slug=f"{column}-{name.lower()}",
        promise=f"{column}: {name} {value!s:.40}.",
        severity=Severity.CRITICAL,
        column=column,
        reason=reason,
    )
