"""Types whose answer is a truth value for each row; all of a suite run in one scan."""

from __future__ import annotations

from typing import Any

from tallymark.check.rule import Example, ExpectationType, Kwarg, Kwargs, RowRule, Rows
from tallymark.engine.sql import identifier, literal, literals
from tallymark.model.country import CONDUCT

_COLUMN = Kwarg(kind="column")
_OPTIONAL_SCALAR = Kwarg(kind="scalar", is_required=False)
_OPTIONAL_FLAG = Kwarg(kind="flag", is_required=False)


def _loaded(_kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(bad="false")


def _not_null(kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(bad=f"{identifier(kwargs['column'])} is null")


def _in_set(kwargs: Kwargs, _rows: Rows) -> RowRule:
    name = identifier(kwargs["column"])
    # An empty set holds nothing, and `in ()` is no SQL.
    outside = f"{name} not in {literals(kwargs['value_set'])}"
    bad = outside if kwargs["value_set"] else "true"
    return RowRule(subject=f"{name} is not null", bad=bad)


def _between(kwargs: Kwargs, _rows: Rows) -> RowRule:
    name = identifier(kwargs["column"])
    outside = [
        f"{name} {sign}{'=' if kwargs.get(strict) else ''} {literal(kwargs[bound])}"
        for bound, sign, strict in (
            ("min_value", "<", "strict_min"),
            ("max_value", ">", "strict_max"),
        )
        if kwargs.get(bound) is not None
    ]
    return RowRule(subject=f"{name} is not null", bad=" or ".join(outside) or "false")


def _match_regex(kwargs: Kwargs, _rows: Rows) -> RowRule:
    name = identifier(kwargs["column"])
    return RowRule(
        subject=f"{name} is not null",
        bad=f"not regexp_matches({name}, {literal(kwargs['regex'])})",
    )


_IGNORED_PAIRS = {
    "both_values_are_missing": "{a} is not null or {b} is not null",
    "either_value_is_missing": "{a} is not null and {b} is not null",
    "neither": "true",
}


def _a_greater_than_b(kwargs: Kwargs, _rows: Rows) -> RowRule:
    a, b = identifier(kwargs["column_A"]), identifier(kwargs["column_B"])
    ignored = kwargs.get("ignore_row_if", "both_values_are_missing")
    sign = ">=" if kwargs.get("or_equal") else ">"
    return RowRule(
        subject=_IGNORED_PAIRS[ignored].format(a=a, b=b),
        bad=f"not coalesce({a} {sign} {b}, false)",
    )


def _value_or_reason(_kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(bad="(obs_value is null) = (missing_reason is null)")


def _reason_is_telling(kwargs: Kwargs, _rows: Rows) -> RowRule:
    vague = literals(kwargs["not_telling"])
    return RowRule(
        subject="obs_value is null",
        bad=f"missing_reason is null or missing_reason in {vague}",
    )


def _whole_counts(_kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(
        subject="statistic = 'COUNT' and obs_value is not null",
        bad="obs_value <> floor(obs_value)",
    )


_CONDUCT = {
    "030221": ("material", "possession", "access"),
    "030222": (),
    "030223": ("grooming",),
}
"""The conduct that an ICCS code names, as far as it names one (ICCS 1.0, 03022)."""


def _no_zero_before_offence(kwargs: Kwargs, _rows: Rows) -> RowRule:
    gap = identifier("country.not_criminalised")
    wanted = [
        f"(offence = {literal(code)} and ({_mentions(gap, conduct)}))"
        for code, conduct in _CONDUCT.items()
    ]
    # A code that names no conduct may hold any: its zero says something of what the
    # law did name, unless that is nothing.
    nothing = " and ".join(f"({_mentions(gap, (conduct,))})" for conduct in CONDUCT)
    wanted.append(
        f"(coalesce(offence not in {literals(_CONDUCT)}, true) and {nothing})"
    )
    return RowRule(
        subject="statistic = 'COUNT' and obs_value = 0 "
        f"and scope in {literals(kwargs['scopes'])}",
        bad=f"{gap} is not null and ({' or '.join(wanted)})",
    )


def _mentions(column: str, conduct: tuple[str, ...]) -> str:
    tests = [
        f"list_contains(string_split({column}, ' '), {literal(name)})"
        for name in conduct
    ]
    return " or ".join(tests) or "false"


def _row(**values: Any) -> dict[str, Any]:
    return {"series_id": "s", "ref_area": "XAA", "time_period": "2019"} | values


TYPES = {
    "expect_tallymark_loaded": ExpectationType(
        name="expect_tallymark_loaded",
        promise="Tallymark's own types are known to whoever runs the suite.",
        shape="row",
        takes_condition=False,
        rule=_loaded,
        found={"": "Never found."},
        examples=(Example(rows=(_row(obs_id="a"),)),),
    ),
    "expect_column_values_to_not_be_null": ExpectationType(
        name="expect_column_values_to_not_be_null",
        promise="Every row has something in the column.",
        shape="row",
        kwargs={"column": _COLUMN},
        rule=_not_null,
        takes_mostly=True,
        found={"": "The {column:words} is empty."},
        examples=(
            Example(
                kwargs={"column": "stage"},
                rows=(_row(obs_id="a", stage="CHARGED"), _row(obs_id="b")),
                fails=("b",),
            ),
        ),
    ),
    "expect_column_values_to_be_in_set": ExpectationType(
        name="expect_column_values_to_be_in_set",
        promise="What is not empty stands in a list.",
        shape="row",
        kwargs={"column": _COLUMN, "value_set": Kwarg(kind="set")},
        rule=_in_set,
        takes_mostly=True,
        found={"": "The {column:words} is “{value}”."},
        expected="One of: {value_set}.",
        examples=(
            Example(
                kwargs={"column": "sex", "value_set": ["_T", "F", "M"]},
                rows=(
                    _row(obs_id="a", sex="F"),
                    _row(obs_id="b", sex="female"),
                    _row(obs_id="c"),
                ),
                fails=("b",),
            ),
        ),
    ),
    "expect_column_values_to_be_between": ExpectationType(
        name="expect_column_values_to_be_between",
        promise="What is not empty lies between two bounds.",
        shape="row",
        kwargs={
            "column": _COLUMN,
            "min_value": _OPTIONAL_SCALAR,
            "max_value": _OPTIONAL_SCALAR,
            "strict_min": _OPTIONAL_FLAG,
            "strict_max": _OPTIONAL_FLAG,
        },
        rule=_between,
        takes_mostly=True,
        found={"": "The {column:words} is {value}."},
        examples=(
            Example(
                kwargs={"column": "obs_value", "min_value": 0, "strict_min": True},
                rows=(
                    _row(obs_id="a", obs_value=1.0),
                    _row(obs_id="b", obs_value=0.0),
                    _row(obs_id="c"),
                ),
                fails=("b",),
            ),
        ),
    ),
    "expect_column_values_to_match_regex": ExpectationType(
        name="expect_column_values_to_match_regex",
        promise="What is not empty contains a pattern (RE2, Java and Python alike).",
        shape="row",
        kwargs={"column": _COLUMN, "regex": Kwarg(kind="text")},
        rule=_match_regex,
        takes_mostly=True,
        found={"": "The {column:words} is “{value}”."},
        examples=(
            Example(
                kwargs={"column": "ref_area", "regex": "^[A-Z]{3}$"},
                rows=(_row(obs_id="a"), _row(obs_id="b", ref_area="NA")),
                fails=("b",),
            ),
        ),
    ),
    "expect_column_pair_values_a_to_be_greater_than_b": ExpectationType(
        name="expect_column_pair_values_a_to_be_greater_than_b",
        promise="One column is greater than another.",
        shape="row",
        kwargs={
            "column_A": _COLUMN,
            "column_B": _COLUMN,
            "or_equal": _OPTIONAL_FLAG,
            "ignore_row_if": Kwarg(
                kind="text", is_required=False, choices=tuple(_IGNORED_PAIRS)
            ),
        },
        rule=_a_greater_than_b,
        takes_mostly=True,
        found={
            "": "The {column_A:words} is {value_A}, the {column_B:words} is {value_B}."
        },
        examples=(
            Example(
                kwargs={
                    "column_A": "value_high",
                    "column_B": "value_low",
                    "or_equal": True,
                    "ignore_row_if": "either_value_is_missing",
                },
                rows=(
                    _row(obs_id="a", value_low=1.0, value_high=1.0),
                    _row(obs_id="b", value_low=4.0, value_high=1.0),
                    _row(obs_id="c", value_low=4.0),
                ),
                fails=("b",),
            ),
        ),
    ),
    "expect_either_value_or_reason": ExpectationType(
        name="expect_either_value_or_reason",
        promise="A row has a figure or a reason why there is none, never both.",
        shape="row",
        needs=("obs_value", "missing_reason"),
        rule=_value_or_reason,
        takes_mostly=True,
        found={"": "The figure is {obs_value}, the reason {missing_reason}."},
        expected="A figure, or a reason why there is none.",
        examples=(
            Example(
                rows=(
                    _row(obs_id="a", obs_value=0.0),
                    _row(obs_id="b", missing_reason="DECLINED"),
                    _row(obs_id="c"),
                    _row(obs_id="d", obs_value=1.0, missing_reason="DECLINED"),
                ),
                fails=("c", "d"),
            ),
        ),
    ),
    "expect_missing_values_to_have_reason": ExpectationType(
        name="expect_missing_values_to_have_reason",
        promise="Where there is no figure, the sender says why.",
        shape="row",
        kwargs={"not_telling": Kwarg(kind="texts")},
        needs=("obs_value", "missing_reason"),
        rule=_reason_is_telling,
        takes_mostly=True,
        found={
            "": "No figure is given for {ref_area} {time_period:period} "
            "({stage:words}), and no reason."
        },
        expected="A figure, or the reason why there is none.",
        examples=(
            Example(
                kwargs={"not_telling": ["BLANK"]},
                rows=(
                    _row(obs_id="a", missing_reason="NOT_RECORDED"),
                    _row(obs_id="b", missing_reason="BLANK"),
                    _row(obs_id="c"),
                    _row(obs_id="d", obs_value=3.0),
                ),
                fails=("b", "c"),
            ),
        ),
    ),
    "expect_counts_to_be_whole": ExpectationType(
        name="expect_counts_to_be_whole",
        promise="A count is a whole number.",
        shape="row",
        needs=("obs_value", "statistic"),
        rule=_whole_counts,
        takes_mostly=True,
        found={"": "The count is {obs_value}."},
        expected="A whole number.",
        examples=(
            Example(
                rows=(
                    _row(obs_id="a", statistic="COUNT", obs_value=3.0),
                    _row(obs_id="b", statistic="COUNT", obs_value=3.5),
                    _row(obs_id="c", statistic="RATE_100K", obs_value=3.5),
                ),
                fails=("b",),
            ),
        ),
    ),
    "expect_no_zero_before_offence_existed": ExpectationType(
        name="expect_no_zero_before_offence_existed",
        promise="No zero stands for conduct that the law did not yet name.",
        shape="row",
        kwargs={"scopes": Kwarg(kind="texts")},
        needs=(
            "obs_value",
            "statistic",
            "scope",
            "offence",
            "country.not_criminalised",
        ),
        rule=_no_zero_before_offence,
        found={
            "": "0 is given for {ref_area} {time_period:period} ({stage:words}), when "
            "the law, as far as it is known here, did not name as an offence: "
            "{country_not_criminalised:words}."
        },
        expected="No figure, with the reason that this was not an offence.",
        examples=(
            Example(
                kwargs={"scopes": ["OCSEA"]},
                rows=tuple(
                    _row(obs_id=obs_id, statistic="COUNT", scope="OCSEA")
                    | {
                        "obs_value": value,
                        "offence": offence,
                        "country.not_criminalised": gap,
                    }
                    for obs_id, value, offence, gap in (
                        ("a", 0.0, "030223", "grooming livestream"),
                        ("b", 2.0, "030223", "grooming"),
                        ("c", 0.0, "030221", "grooming"),
                        ("d", 0.0, None, "grooming"),
                        ("e", 0.0, None, None),
                        ("f", 0.0, None, " ".join(CONDUCT)),
                    )
                ),
                fails=("a", "f"),
            ),
        ),
    ),
}
