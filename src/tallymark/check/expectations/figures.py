"""Types about one figure: its value, its reason, and the cell it was read from."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.conduct import CONDUCT_OF_OFFENCE
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    RowRule,
    Rows,
)
from tallymark.engine.sql import identifier, literal, literals
from tallymark.model.country import CONDUCT


def _loaded(_kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(bad="false")


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


def _no_zero_before_offence(kwargs: Kwargs, _rows: Rows) -> RowRule:
    gap = identifier("country.not_criminalised")
    wanted = [
        f"(offence = {literal(code)} and ({_mentions(gap, conduct)}))"
        for code, conduct in CONDUCT_OF_OFFENCE.items()
    ]
    # A code that names no conduct may hold any: its zero says something of what the
    # law did name, unless that is nothing.
    nothing = " and ".join(f"({_mentions(gap, (conduct,))})" for conduct in CONDUCT)
    wanted.append(
        f"(coalesce(offence not in {literals(CONDUCT_OF_OFFENCE)}, true) and {nothing})"
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


def _accounted_for(_kwargs: Kwargs, _rows: Rows) -> QueryRule:
    return QueryRule(
        counted="count(*) + (select count(*) from losses)",
        suspicion="(select count(*) from losses)",
        sql="select source_file, null as obs_id, source_ref, series_id, raw_value, "
        "suggestion, case when kind = 'label-not-mapped' and raw_value = '' "
        "then 'label-empty' when kind = 'number-not-read' and raw_value = '' "
        "then 'number-empty' when kind = 'label-not-mapped' and suggestion is not null "
        "then 'label-like-another' else kind end as form from losses",
    )


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
    "expect_either_value_or_reason": ExpectationType(
        name="expect_either_value_or_reason",
        promise="A row has a figure or a reason why there is none, never both.",
        shape="row",
        needs=("obs_value", "missing_reason"),
        rule=_value_or_reason,
        takes_mostly=True,
        found={
            "": "Figure: {obs_value}. Reason why there is none: {missing_reason:words}."
        },
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
            "": "0 is given for {ref_area} {time_period:period} ({stage:words}). As far "
            "as it is known here, this was not an offence then: "
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
    "expect_cells_to_be_accounted_for": ExpectationType(
        name="expect_cells_to_be_accounted_for",
        promise="Every cell that holds a figure was read as one.",
        shape="table",
        relations=("losses",),
        takes_condition=False,
        rule=_accounted_for,
        found={
            "number-not-read": "“{raw_value}” is not read as a number.",
            "number-outside-columns": "{raw_value} stands outside the table's columns.",
            "number-below-table": "{raw_value} stands below the end of the table.",
            "number-empty": "No number of its own stands here; the cell may be merged with "
            "others.",
            "label-empty": "Here a label should stand, and the cell is empty.",
            "label-not-mapped": "The label “{raw_value}” is not known.",
            "label-like-another": "The label “{raw_value}” is not known; "
            "“{suggestion}” is.",
            "period-not-read": "“{raw_value}” is not read as a period.",
            "reason-beside-number": "{raw_value} is given, and beside it a reason why "
            "there is no number.",
            "answer-not-known": "“{raw_value}” is none of the answers.",
            "answer-disagrees": "“{raw_value}” is answered; the years over the figures "
            "are {suggestion}.",
            "answer-left-out": "The words of an answer seem to tell of a person and were "
            "left out.",
            "column-missing": "The column “{raw_value}” is not there.",
            "mark-missing": "The sheet “{raw_value}” has lost its mark, the small line "
            "under its title, so that nothing on it was read.",
            "title-changed": "“{raw_value}” stands where the template that was sent says "
            "“{suggestion}”.",
            "row-unnamed": "The free row “{raw_value}” has a number, and does not say what "
            "is counted.",
            "sheet-not-asked": "The sheet “{raw_value}” is not one of the template; what "
            "stands on it was not read.",
            "row-missing": "The row “{raw_value}” is not there.",
            "sheet-missing": "The sheet “{raw_value}” is not there.",
            "": "“{raw_value}” was not read.",
        },
        expected="A number, a label or a period that is known.",
        examples=(
            Example(rows=({"obs_id": "a"},), relations={"losses": ()}),
            Example(
                rows=({"obs_id": "a"},),
                relations={
                    "losses": (
                        {
                            "source_ref": "Sheet1!B7",
                            "kind": "number-not-read",
                            "raw_value": "about 30",
                        },
                    )
                },
                fails=("Sheet1!B7",),
            ),
        ),
    ),
}
