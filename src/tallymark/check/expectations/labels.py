"""Types about what is printed over, beside and about figures, against what they count.

A text counts only if it names exactly one code.
"""

from __future__ import annotations

from tallymark.check.pieces.examples import headed_figure, heading
from tallymark.check.pieces.printed import (
    LABEL,
    Contradiction,
    headed_rule,
    labelled_rule,
)
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifier, literal, literals

_ASPECTS = {
    "counting_unit": "counting_unit",
    "stage": "stage",
    "scope": "scope",
    "series.child_age_below": "child_age",
    "series.territory": "territory",
}
"""What a text may say of a column."""

_CHILDREN = "o.scope in ('OCSEA', 'CSEA')"
_DECLARED = {
    # Population and the like stand in tables of cases, under their titles.
    "counting_unit": "case when coalesce(o.scope, '') <> 'OTHER' then o.counting_unit end",
    "stage": "case when coalesce(o.scope, '') <> 'OTHER' then o.stage end",
    "series.child_age_below": f"case when not ({_CHILDREN}) then null "
    "when coalesce(o.age_group, '_T') = '_T' "
    "then nullif(o.\"series.child_age_below\", 'unknown') "
    "when regexp_matches(o.age_group, '^Y0T[0-9]{1,2}$') "
    "then cast(cast(substring(o.age_group, 4) as int) + 1 as varchar) end",
    "series.territory": "case when o.area_level = 'country' "
    'then o."series.territory" end',
}
"""What is declared of a figure, where it is not the column itself."""


def _headings_fit(kwargs: Kwargs, rows: Rows) -> QueryRule:
    return headed_rule(rows, _against(kwargs))


def _labels_fit(kwargs: Kwargs, rows: Rows) -> QueryRule:
    return labelled_rule(rows, _against(kwargs), kwargs["label"])


def _against(kwargs: Kwargs) -> Contradiction:
    column = kwargs["column"]
    declared = _DECLARED.get(column, f"o.{identifier(column)}")
    return Contradiction(
        aspects=(_ASPECTS[column],),
        declared=declared,
        holds=_contradicts(kwargs, declared),
        key=column if column in ("counting_unit", "stage", "scope") else "",
    )


def _contradicts(kwargs: Kwargs, declared: str) -> str:
    """Return the condition that a code said cannot hold of what is declared."""
    if "contradictions" not in kwargs:
        return f"c.code <> {declared}"
    found = [
        f"(c.code = {literal(said)} and {declared} in {literals(others)})"
        for said, *others in kwargs["contradictions"]
    ]
    both = [
        f"(c.code = {literal(said)} and {declared} in {literals(others)})"
        for said, *others in kwargs.get("if_both", ())
    ]
    if both:
        # Where a series tells both apart, one is not the other's usual name.
        found.append(
            f"(({' or '.join(both)}) and exists (select 1 from spans s where "
            f"s.series_id = o.series_id and s.{kwargs['column']} = c.code))"
        )
    return " or ".join(found)


_COLUMNS_KWARGS = {
    "column": Kwarg(kind="column", choices=tuple(_ASPECTS)),
    "contradictions": Kwarg(kind="lists", is_required=False),
    "if_both": Kwarg(kind="lists", is_required=False),
}
_NEEDS = (
    "series_id", "stage", "scope", "age_group", "area_level", "source_file",
    "source_ref",
)  # fmt: skip
_FOUND = {
    **dict.fromkeys(
        ("counting_unit", "stage", "scope"),
        "“{text}” names: {said:words}. The figures are given as: {declared:words}.",
    ),
    "child_age": "“{text}” says under {said}. For these figures a child is a person "
    "under {declared}.",
    "territory": "“{text}” names a part of the country. The figures are given as "
    "figures of the whole country.",
}


_UNITS = {
    "column": "counting_unit",
    "contradictions": [["PERSON", "CASE"], ["CASE", "PERSON"], ["VICTIM", "CASE"]],
}
_STAGES = {
    "column": "stage",
    "contradictions": [["CONVICTED", "CHARGED"]],
    "if_both": [["PROSECUTED", "CHARGED"]],
}
_SCOPES = {"column": "scope", "contradictions": [["OCSEA", "CSEA"]]}
_TITLE = heading("title", "Data!A1", "Persons charged")

TYPES = {
    "expect_headings_to_fit_figures": ExpectationType(
        name="expect_headings_to_fit_figures",
        promise="What is printed over and beside figures names what they count.",
        shape="table",
        kwargs=_COLUMNS_KWARGS,
        needs=_NEEDS,
        relations=("headings", "heading_claims", "spans"),
        takes_condition=False,
        rule=_headings_fit,
        found=_FOUND,
        expected="A heading and figures that agree.",
        examples=(
            Example(
                kwargs=_UNITS,
                rows=(headed_figure("a", "Data!B5"), headed_figure("b", "Data!C5")),
                relations={
                    "headings": (
                        _TITLE,
                        heading("column", "Data!B4", "Cases", "B"),
                        heading("column", "Data!C4", "Cases and persons", "C"),
                        heading("title", "Data!A2", "Persons", sheet="Other!"),
                    )
                },
            ),
            Example(
                kwargs=_UNITS,
                rows=(headed_figure("a", "Data!B5"), headed_figure("b", "Data!B12")),
                relations={"headings": (_TITLE,)},
                fails=("a", "Data!A1", "Data!B5"),
            ),
            Example(
                kwargs=_UNITS,
                rows=(headed_figure("a", "R7C12"), headed_figure("b", "p1.t2.r7.c3")),
                relations={
                    "headings": (
                        heading("column", "R4C12", "Victims", "12", sheet=""),
                        heading("row", "p1.t2.r7.c1", "Persons", sheet="p1.t2."),
                    )
                },
                fails=("a", "b", "R4C12", "R7C12", "p1.t2.r7.c1", "p1.t2.r7.c3"),
            ),
            Example(
                kwargs=_STAGES,
                rows=(
                    headed_figure("a", "Data!B5"),
                    headed_figure("b", "Data!C5"),
                    headed_figure("c", "Data!D5", stage="PROSECUTED"),
                ),
                relations={
                    "headings": (
                        heading("column", "Data!B4", "Persons convicted", "B"),
                        heading("column", "Data!C4", "Persons prosecuted", "C"),
                    )
                },
                fails=("a", "b", "Data!B4", "Data!C4", "Data!B5", "Data!C5"),
            ),
            Example(
                kwargs={"column": "series.child_age_below"},
                rows=tuple(
                    headed_figure(obs_id, cell, age_group=age)
                    | {"series.child_age_below": "18"}
                    for obs_id, cell, age in (
                        ("a", "Data!B5", "_T"),
                        ("b", "Data!C5", "Y0T15"),
                        ("c", "Data!D5", "Y16T17"),
                    )
                ),
                relations={"headings": (heading("title", "Data!A1", "Under 16"),)},
                fails=("a", "Data!A1", "Data!B5"),
            ),
        ),
    ),
    "expect_labels_to_fit_figures": ExpectationType(
        name="expect_labels_to_fit_figures",
        promise="Labels and notes name what the figure counts.",
        shape="table",
        kwargs={**_COLUMNS_KWARGS, "label": LABEL},
        needs=(*_NEEDS, "offence_label", "notes"),
        relations=("label_claims", "spans"),
        takes_condition=False,
        rule=_labels_fit,
        found=_FOUND,
        expected="A label and a figure that agree.",
        examples=(
            Example(
                kwargs={**_SCOPES, "label": "offence_label"},
                rows=(
                    headed_figure("a", "Data!B5", offence_label="Grooming"),
                    headed_figure(
                        "b", "Data!B6", offence_label="Abuse, excluding online"
                    ),
                ),
            ),
            Example(
                kwargs={**_SCOPES, "label": "offence_label"},
                rows=(
                    headed_figure(
                        "a", "Data!B5", offence_label="Child sexual abuse online"
                    ),
                    headed_figure("b", "Data!B6", offence_label="Rape"),
                ),
                fails=("a", "Data!B5"),
            ),
        ),
    ),
}
