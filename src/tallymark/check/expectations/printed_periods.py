"""Types about months that are printed over, beside and about figures: are they those?"""

from __future__ import annotations

from tallymark.check.pieces.examples import headed_figure, heading
from tallymark.check.pieces.printed import (
    LABEL,
    Contradiction,
    headed_rule,
    labelled_rule,
)
from tallymark.check.rule import Example, ExpectationType, Kwargs, QueryRule, Rows

_FULL = "date_diff('day', o.period_start, o.period_end) between 359 and 371"
_FIRST_MONTH = "extract(month from o.period_start)"
_LAST_MONTH = "extract(month from o.period_end)"
_SAID_END = "split_part(c.code, '-', 2)"
_OTHER_END = (
    "case when c.code like '-%' "
    f"then {_LAST_MONTH} <> cast({_SAID_END} as int) "
    "else strftime(o.period_start, '%Y-%m') <= c.code "
    "and strftime(o.period_end, '%Y-%m') > c.code end"
)
_OTHER_PERIOD = (
    f"{_FULL} and case c.aspect when 'months' then "
    f"{_FIRST_MONTH} <> cast(split_part(c.code, '-', 1) as int) "
    f"or {_LAST_MONTH} <> cast({_SAID_END} as int) "
    f"when 'until' then {_OTHER_END} else true end"
)
_AGAINST = Contradiction(
    aspects=("months", "until", "period_kind"),
    declared="o.time_period",
    holds=_OTHER_PERIOD,
    key="time_period",
)


def _headings_fit(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    return headed_rule(rows, _AGAINST)


def _labels_fit(kwargs: Kwargs, rows: Rows) -> QueryRule:
    return labelled_rule(rows, _AGAINST, kwargs["label"])


_NEEDS = ("series_id", "time_period", "period_start", "period_end")
_FOUND = {
    "months": "“{text}” names other months than the period {declared:period}.",
    "until": "“{text}” names an end before the end of the period {declared:period}.",
    "period_kind": "“{text}” says that figures add up from period to period. The "
    "period is given as {declared:period} alone.",
}


TYPES = {
    "expect_headings_to_fit_periods": ExpectationType(
        name="expect_headings_to_fit_periods",
        promise="Months that are printed over or beside figures are those of the period.",
        shape="table",
        needs=(*_NEEDS, "source_file", "source_ref"),
        relations=("headings", "heading_claims"),
        takes_condition=False,
        rule=_headings_fit,
        found=_FOUND,
        expected="A heading and a period that agree.",
        examples=(
            Example(
                rows=(
                    headed_figure("a", "Data!B5"),
                    headed_figure("b", "Data!C5", period_end="2018-10-31"),
                ),
                relations={
                    "headings": (
                        heading("title", "Data!A1", "January to December 2018", "B"),
                        heading("title", "Data!A1", "January to October", "C"),
                        heading("title", "Data!A2", "As of 31 March 2019"),
                    )
                },
            ),
            Example(
                rows=(
                    headed_figure("a", "Data!B5"),
                    headed_figure("b", "Data!C5"),
                    headed_figure("c", "Data!D5"),
                ),
                relations={
                    "headings": (
                        heading("column", "Data!B4", "January to October", "B"),
                        heading("column", "Data!C4", "as of 31 October 2018", "C"),
                        heading("column", "Data!D4", "Cumulative", "D"),
                    )
                },
                fails=(
                    "a",
                    "b",
                    "c",
                    "Data!B4",
                    "Data!C4",
                    "Data!D4",
                    "Data!B5",
                    "Data!C5",
                    "Data!D5",
                ),
            ),
        ),
    ),
    "expect_labels_to_fit_periods": ExpectationType(
        name="expect_labels_to_fit_periods",
        promise="Months that a label or a note names are those of the period.",
        shape="table",
        kwargs={"label": LABEL},
        needs=(*_NEEDS, "offence_label", "notes"),
        relations=("label_claims",),
        takes_condition=False,
        rule=_labels_fit,
        found=_FOUND,
        expected="A note and a period that agree.",
        examples=(
            Example(
                kwargs={"label": "notes"},
                rows=(
                    headed_figure("a", "Data!B5", notes="Figures of 2018"),
                    headed_figure("b", "Data!B6", notes="until 31 December"),
                ),
            ),
            Example(
                kwargs={"label": "notes"},
                rows=(
                    headed_figure("a", "Data!B5", notes="provisional until 31 October"),
                ),
                fails=("a", "Data!B5"),
            ),
        ),
    ),
}
