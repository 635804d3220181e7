"""What an expectation allows, as far as it can be set beside what another allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tallymark.check.expectation import Expectation
from tallymark.check.rule import Kwargs

Subject = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What is allowed of one thing, such as the values of a column.

    Only one of the ways to say it is used: `members`, all that is allowed; `refused`,
    all that is not; bounds; a `pattern` that is wanted (or not wanted).
    """

    subject: Subject
    members: frozenset[Any] | None = None
    refused: frozenset[Any] | None = None
    low: Any = None
    high: Any = None
    is_low_strict: bool = False
    is_high_strict: bool = False
    pattern: str | None = None
    is_pattern_refused: bool = False

    @property
    def is_span(self) -> bool:
        """Whether it is said by bounds."""
        return self.members is None and self.refused is None and self.pattern is None

    @property
    def allows_all(self) -> bool:
        """Whether nothing is left out."""
        if self.pattern is not None and not self.is_pattern_refused:
            return self.pattern in _MATCH_ALL
        if self.is_span:
            return self.low is None and self.high is None
        return self.refused == frozenset()

    @property
    def allows_nothing(self) -> bool:
        """Whether there is no value that it allows."""
        if self.is_span and self.low is not None and self.high is not None:
            is_open = self.is_low_strict or self.is_high_strict
            return bool(_less(self.high, self.low)) or (
                is_open and self.low == self.high
            )
        return self.members == frozenset()

    def admits(self, value: Any) -> bool | None:
        """Say whether a value is allowed; null if that cannot be told."""
        if self.members is not None:
            return value in self.members
        if self.refused is not None:
            return value not in self.refused
        if self.pattern is not None:
            return self._matches(value)
        return _between(self, value)

    def _matches(self, value: Any) -> bool | None:
        try:
            found = re.search(str(self.pattern), value) is not None
        except (re.error, TypeError):
            return None
        return found is not self.is_pattern_refused


_MATCH_ALL = ("", "^", "$", ".*", "^.*", ".*$", "^.*$", "(?s).*", "(?s)^.*$")


def excludes(one: Allowance, other: Allowance) -> bool:
    """Say whether nothing can be allowed by both; only where it is certain."""
    for listed, test in ((one, other), (other, one)):
        if listed.members is not None:
            return all(test.admits(value) is False for value in listed.members)
    if one.pattern is not None and one.pattern == other.pattern:
        return one.is_pattern_refused != other.is_pattern_refused
    if one.is_span and other.is_span:
        return _both(one, other).allows_nothing
    return False


def is_within(one: Allowance, other: Allowance) -> bool:
    """Say whether all that one allows is allowed by the other; only if certain."""
    if one.members is not None:
        return all(other.admits(value) for value in one.members)
    if other.refused is not None and one.refused is not None:
        return other.refused <= one.refused
    if other.refused is not None and one.is_span:
        return all(one.admits(value) is False for value in other.refused)
    if one.pattern is not None or other.pattern is not None:
        same = (one.pattern, one.is_pattern_refused)
        return same == (other.pattern, other.is_pattern_refused)
    return one.is_span and other.is_span and _both(one, other) == one


def _both(one: Allowance, other: Allowance) -> Allowance:
    """Return what two spans leave together."""
    low, is_low_strict = _sharper(
        (one.low, one.is_low_strict), (other.low, other.is_low_strict), is_upper=False
    )
    high, is_high_strict = _sharper(
        (one.high, one.is_high_strict),
        (other.high, other.is_high_strict),
        is_upper=True,
    )
    return Allowance(
        subject=one.subject,
        low=low,
        high=high,
        is_low_strict=is_low_strict,
        is_high_strict=is_high_strict,
    )


def _sharper(
    one: tuple[Any, bool], other: tuple[Any, bool], *, is_upper: bool
) -> tuple[Any, bool]:
    if one[0] is None or other[0] is None:
        return other if one[0] is None else one
    if one[0] == other[0]:
        return one[0], one[1] or other[1]
    smaller, larger = (one, other) if _less(one[0], other[0]) else (other, one)
    return smaller if is_upper else larger


def _less(one: Any, other: Any) -> bool | None:
    try:
        return bool(one < other)
    except TypeError:
        return None


def _between(span: Allowance, value: Any) -> bool | None:
    for bound, is_strict, pair in (
        (span.low, span.is_low_strict, (value, span.low)),
        (span.high, span.is_high_strict, (span.high, value)),
    ):
        if bound is None:
            continue
        beyond = _less(*pair)
        if beyond is None:
            return None
        if beyond or (is_strict and value == bound):
            return False
    return True


def allowance_of(expectation: Expectation) -> Allowance | None:
    """Return what an expectation allows; null if it is of no such kind."""
    name, kwargs = expectation.type.name, expectation.kwargs
    made = _ALLOWANCES.get(name)
    if made is not None:
        return made(kwargs)
    if "min_value" in expectation.type.kwargs:
        return _span(
            (name, *([kwargs["column"]] if "column" in kwargs else [])), kwargs
        )
    return None


def _span(subject: Subject, kwargs: Kwargs) -> Allowance:
    return Allowance(
        subject=subject,
        low=kwargs.get("min_value"),
        high=kwargs.get("max_value"),
        is_low_strict=bool(kwargs.get("strict_min")),
        is_high_strict=bool(kwargs.get("strict_max")),
    )


def _values(kwargs: Kwargs) -> Subject:
    return ("values", kwargs["column"])


def _members(kwargs: Kwargs) -> Allowance:
    return Allowance(subject=_values(kwargs), members=frozenset(kwargs["value_set"]))


def _refused(kwargs: Kwargs) -> Allowance:
    return Allowance(subject=_values(kwargs), refused=frozenset(kwargs["value_set"]))


def _pattern(kwargs: Kwargs, *, is_refused: bool = False) -> Allowance:
    return Allowance(
        subject=_values(kwargs),
        pattern=kwargs["regex"],
        is_pattern_refused=is_refused,
    )


def _count(subject: str) -> Callable[[Kwargs], Allowance]:
    return lambda kwargs: _span((subject,), _exactly(kwargs))


def _exactly(kwargs: Kwargs) -> Mapping[str, Any]:
    """Return bounds that leave one number, where one is given."""
    if "value" not in kwargs:
        return kwargs
    return {"min_value": kwargs["value"], "max_value": kwargs["value"]}


def _lengths(kwargs: Kwargs) -> Allowance:
    return _span(("lengths", kwargs["column"]), _exactly(kwargs))


def _null(is_null: str) -> Callable[[Kwargs], Allowance]:
    return lambda kwargs: Allowance(
        subject=("emptiness", kwargs["column"]), members=frozenset([is_null])
    )


def _in_order(kwargs: Kwargs) -> Allowance:
    """Return which of the orders of two columns are allowed, first by name."""
    one, other = kwargs["column_A"], kwargs["column_B"]
    orders = {"less" if one > other else "more"}
    if kwargs.get("or_equal"):
        orders.add("equal")
    return Allowance(subject=_order(kwargs), members=frozenset(orders))


def _equal(kwargs: Kwargs) -> Allowance:
    return Allowance(subject=_order(kwargs), members=frozenset(["equal"]))


def _order(kwargs: Kwargs) -> Subject:
    return ("order", *sorted((kwargs["column_A"], kwargs["column_B"])))


_ALLOWANCES: Mapping[str, Callable[[Kwargs], Allowance]] = {
    "expect_column_values_to_be_in_set": _members,
    "expect_column_distinct_values_to_be_in_set": _members,
    "expect_column_distinct_values_to_equal_set": _members,
    "expect_column_values_to_not_be_in_set": _refused,
    "expect_column_values_to_be_between": lambda k: _span(_values(k), k),
    "expect_column_values_to_match_regex": _pattern,
    "expect_column_values_to_not_match_regex": lambda k: _pattern(k, is_refused=True),
    "expect_column_values_to_not_be_null": _null("filled"),
    "expect_column_values_to_be_null": _null("empty"),
    "expect_column_value_lengths_to_be_between": _lengths,
    "expect_column_value_lengths_to_equal": _lengths,
    "expect_table_row_count_to_be_between": _count("rows"),
    "expect_table_row_count_to_equal": _count("rows"),
    "expect_table_column_count_to_be_between": _count("columns"),
    "expect_table_column_count_to_equal": _count("columns"),
    "expect_column_pair_values_a_to_be_greater_than_b": _in_order,
    "expect_column_pair_values_to_be_equal": _equal,
}
