"""Great Expectations' types about how the texts of a column are written.

Patterns are those that RE2, Java and Python read alike. A number or a date is no text:
how it is printed depends on who prints it.
"""

from __future__ import annotations

from collections.abc import Iterable

from tallymark.check.pieces.fragments import bounds, outside
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Row,
    RowRule,
    Rows,
)
from tallymark.engine.sql import identifier, literal

_TEXT = Kwarg(kind="column", holds=("text",))
_PATTERN = Kwarg(kind="text")
_PATTERNS = Kwarg(kind="texts")
_MATCH_ON = Kwarg(kind="choice", is_required=False, choices=("any", "all"))
_ESCAPE = Kwarg(kind="character", is_required=False)
_SAID = {"": "The {column:words} is “{value}”."}


def _match_regex(kwargs: Kwargs, _rows: Rows) -> RowRule:
    return _filled(kwargs, f"not {_matches(kwargs, kwargs['regex'])}")


def _not_match_regex(kwargs: Kwargs, _rows: Rows) -> RowRule:
    return _filled(kwargs, _matches(kwargs, kwargs["regex"]))


def _match_regex_list(kwargs: Kwargs, _rows: Rows) -> RowRule:
    matched = (_matches(kwargs, regex) for regex in kwargs["regex_list"])
    return _filled(kwargs, f"not ({_joined(kwargs, matched)})")


def _not_match_regex_list(kwargs: Kwargs, _rows: Rows) -> RowRule:
    matched = (_matches(kwargs, regex) for regex in kwargs["regex_list"])
    return _filled(kwargs, " or ".join(matched))


def _matches(kwargs: Kwargs, regex: str) -> str:
    return f"regexp_matches({identifier(kwargs['column'])}, {literal(regex)})"


def _match_like(kwargs: Kwargs, _rows: Rows) -> RowRule:
    return _filled(kwargs, f"not ({_is_like(kwargs, kwargs['like_pattern'])})")


def _not_match_like(kwargs: Kwargs, _rows: Rows) -> RowRule:
    return _filled(kwargs, _is_like(kwargs, kwargs["like_pattern"]))


def _match_like_list(kwargs: Kwargs, _rows: Rows) -> RowRule:
    matched = (_is_like(kwargs, pattern) for pattern in kwargs["like_pattern_list"])
    return _filled(kwargs, f"not ({_joined(kwargs, matched)})")


def _not_match_like_list(kwargs: Kwargs, _rows: Rows) -> RowRule:
    matched = (_is_like(kwargs, pattern) for pattern in kwargs["like_pattern_list"])
    return _filled(kwargs, " or ".join(matched))


def _is_like(kwargs: Kwargs, pattern: str) -> str:
    escape = kwargs.get("escape")
    said = f" escape {literal(escape)}" if escape else ""
    return f"{identifier(kwargs['column'])} like {literal(pattern)}{said}"


def _joined(kwargs: Kwargs, matched: Iterable[str]) -> str:
    return (" and " if kwargs.get("match_on") == "all" else " or ").join(matched)


def _length_between(kwargs: Kwargs, _rows: Rows) -> RowRule:
    return _filled(kwargs, outside(_length(kwargs), kwargs))


def _length_equal(kwargs: Kwargs, _rows: Rows) -> RowRule:
    return _filled(kwargs, f"{_length(kwargs)} <> {literal(kwargs['value'])}")


def _length(kwargs: Kwargs) -> str:
    return f"length({identifier(kwargs['column'])})"


def _filled(kwargs: Kwargs, bad: str) -> RowRule:
    return RowRule(subject=f"{identifier(kwargs['column'])} is not null", bad=bad)


_AREAS: tuple[Row, ...] = tuple(
    {"obs_id": obs_id, "ref_area": area}
    for obs_id, area in (("a", None), ("b", "NA"), ("c", "XAA"), ("d", "XAA_NI"))
)
_COUNTRY, _PART = "^[A-Z]{3}$", "^[A-Z]{3}_[A-Z]{2}$"

TYPES = {
    "expect_column_values_to_match_regex": ExpectationType(
        name="expect_column_values_to_match_regex",
        promise="What is not empty contains a pattern (RE2, Java and Python alike).",
        shape="row",
        kwargs={"column": _TEXT, "regex": _PATTERN},
        rule=_match_regex,
        takes_mostly=True,
        found=_SAID,
        examples=(
            Example(
                kwargs={"column": "ref_area", "regex": _COUNTRY},
                rows=_AREAS,
                fails=("b", "d"),
            ),
        ),
    ),
    "expect_column_values_to_not_match_regex": ExpectationType(
        name="expect_column_values_to_not_match_regex",
        promise="Nothing in the column contains a pattern.",
        shape="row",
        kwargs={"column": _TEXT, "regex": _PATTERN},
        rule=_not_match_regex,
        takes_mostly=True,
        found=_SAID,
        examples=(
            Example(
                kwargs={"column": "ref_area", "regex": "_"},
                rows=_AREAS,
                fails=("d",),
            ),
        ),
    ),
    "expect_column_values_to_match_regex_list": ExpectationType(
        name="expect_column_values_to_match_regex_list",
        promise="What is not empty contains one, or each, of several patterns.",
        shape="row",
        kwargs={"column": _TEXT, "regex_list": _PATTERNS, "match_on": _MATCH_ON},
        rule=_match_regex_list,
        takes_mostly=True,
        found=_SAID,
        examples=(
            Example(
                kwargs={"column": "ref_area", "regex_list": [_COUNTRY, _PART]},
                rows=_AREAS,
                fails=("b",),
            ),
            Example(
                kwargs={
                    "column": "ref_area",
                    "regex_list": ["^X", "_"],
                    "match_on": "all",
                },
                rows=_AREAS,
                fails=("b", "c"),
            ),
        ),
    ),
    "expect_column_values_to_not_match_regex_list": ExpectationType(
        name="expect_column_values_to_not_match_regex_list",
        promise="Nothing in the column contains any of several patterns.",
        shape="row",
        kwargs={"column": _TEXT, "regex_list": _PATTERNS},
        rule=_not_match_regex_list,
        takes_mostly=True,
        found=_SAID,
        examples=(
            Example(
                kwargs={"column": "ref_area", "regex_list": ["^N", "_"]},
                rows=_AREAS,
                fails=("b", "d"),
            ),
        ),
    ),
    "expect_column_values_to_match_like_pattern": ExpectationType(
        name="expect_column_values_to_match_like_pattern",
        promise="What is not empty fits an SQL pattern: % stands for any text, _ for "
        "one character.",
        shape="row",
        kwargs={"column": _TEXT, "like_pattern": _PATTERN, "escape": _ESCAPE},
        rule=_match_like,
        takes_mostly=True,
        found=_SAID,
        examples=(
            Example(
                kwargs={"column": "ref_area", "like_pattern": "X__"},
                rows=_AREAS,
                fails=("b", "d"),
            ),
            Example(
                kwargs={
                    "column": "ref_area",
                    "like_pattern": "XAA!_%",
                    "escape": "!",
                },
                rows=_AREAS,
                fails=("b", "c"),
            ),
        ),
    ),
    "expect_column_values_to_not_match_like_pattern": ExpectationType(
        name="expect_column_values_to_not_match_like_pattern",
        promise="Nothing in the column fits an SQL pattern.",
        shape="row",
        kwargs={"column": _TEXT, "like_pattern": _PATTERN, "escape": _ESCAPE},
        rule=_not_match_like,
        takes_mostly=True,
        found=_SAID,
        examples=(
            Example(
                kwargs={"column": "ref_area", "like_pattern": "X%"},
                rows=_AREAS,
                fails=("c", "d"),
            ),
        ),
    ),
    "expect_column_values_to_match_like_pattern_list": ExpectationType(
        name="expect_column_values_to_match_like_pattern_list",
        promise="What is not empty fits one, or each, of several SQL patterns.",
        shape="row",
        kwargs={
            "column": _TEXT,
            "like_pattern_list": _PATTERNS,
            "match_on": _MATCH_ON,
            "escape": _ESCAPE,
        },
        rule=_match_like_list,
        takes_mostly=True,
        found=_SAID,
        examples=(
            Example(
                kwargs={"column": "ref_area", "like_pattern_list": ["X__", "__"]},
                rows=_AREAS,
                fails=("d",),
            ),
            Example(
                kwargs={
                    "column": "ref_area",
                    "like_pattern_list": ["X%", "%I"],
                    "match_on": "all",
                },
                rows=_AREAS,
                fails=("b", "c"),
            ),
        ),
    ),
    "expect_column_values_to_not_match_like_pattern_list": ExpectationType(
        name="expect_column_values_to_not_match_like_pattern_list",
        promise="Nothing in the column fits any of several SQL patterns.",
        shape="row",
        kwargs={"column": _TEXT, "like_pattern_list": _PATTERNS, "escape": _ESCAPE},
        rule=_not_match_like_list,
        takes_mostly=True,
        found=_SAID,
        examples=(
            Example(
                kwargs={"column": "ref_area", "like_pattern_list": ["N%", "%I"]},
                rows=_AREAS,
                fails=("b", "d"),
            ),
        ),
    ),
    "expect_column_value_lengths_to_be_between": ExpectationType(
        name="expect_column_value_lengths_to_be_between",
        promise="The number of characters in what is not empty lies between bounds.",
        shape="row",
        kwargs={"column": _TEXT, **bounds("number")},
        one_of=("min_value", "max_value"),
        rule=_length_between,
        takes_mostly=True,
        found=_SAID,
        examples=(
            Example(
                kwargs={"column": "ref_area", "min_value": 3, "max_value": 3},
                rows=_AREAS,
                fails=("b", "d"),
            ),
            Example(
                kwargs={"column": "ref_area", "max_value": 6, "strict_max": True},
                rows=_AREAS,
                fails=("d",),
            ),
        ),
    ),
    "expect_column_value_lengths_to_equal": ExpectationType(
        name="expect_column_value_lengths_to_equal",
        promise="What is not empty has this many characters.",
        shape="row",
        kwargs={"column": _TEXT, "value": Kwarg(kind="number")},
        rule=_length_equal,
        takes_mostly=True,
        found=_SAID,
        expected="{value} characters.",
        examples=(
            Example(
                kwargs={"column": "ref_area", "value": 3},
                rows=_AREAS,
                fails=("b", "d"),
            ),
        ),
    ),
}
