"""Types about what is printed over, beside and about figures, against what they count.

A text counts only if it names exactly one code. The nearest text holds: a heading over
the column or beside the row before a title, and a title before the name of the sheet.
"""

from __future__ import annotations

from typing import Any

from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
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
    "counting_unit": "case when o.scope <> 'OTHER' then o.counting_unit end",
    "stage": "case when o.scope <> 'OTHER' then o.stage end",
    "series.child_age_below": f"case when not ({_CHILDREN}) then null "
    "when coalesce(o.age_group, '_T') = '_T' "
    "then nullif(o.\"series.child_age_below\", 'unknown') "
    "when regexp_matches(o.age_group, '^Y0T[0-9]{1,2}$') "
    "then cast(cast(substring(o.age_group, 4) as int) + 1 as varchar) end",
    "series.territory": "case when o.area_level = 'country' "
    'then o."series.territory" end',
}
"""What is declared of a figure, where it is not the column itself."""

_FULL = "date_diff('day', o.period_start, o.period_end) between 359 and 371"
_FIRST_MONTH, _LAST_MONTH = (
    "extract(month from o.period_start)",
    ("extract(month from o.period_end)"),
)
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
_OF_PERIODS = ("months", "until", "period_kind")

_SHEET = (
    "regexp_replace(o.source_ref, "
    r"'([A-Z]+[0-9]+|R[0-9]+C[0-9]+|r[0-9]+\.c[0-9]+)$', '')"
)
_ROW = (
    r"cast(nullif(regexp_extract(o.source_ref, '([0-9]+)((C|\.c)[0-9]+)?$', 1), '') "
    "as bigint)"
)
_COLUMN = (
    "regexp_extract(o.source_ref, '!([A-Z]+)[0-9]+$', 1) || "
    r"regexp_extract(o.source_ref, '[0-9]\.?[Cc]([0-9]+)$', 1)"
)
"""Sheet, row and column of a figure's address: `Sheet!B12`, `R12C2`, `p3.t1.r12.c2`."""

_READ = (
    "obs_id", "source_file", "source_ref", "series_id", "area_level", "time_period",
    "period_start", "period_end", "stage", "counting_unit", "scope", "age_group",
)  # fmt: skip
_RANK = "case c.role when 'title' then 2 when 'sheet' then 3 else 1 end"


def _headings_fit(kwargs: Kwargs, rows: Rows) -> QueryRule:
    column = kwargs["column"]
    declared = _declared(column)
    return _headed(rows, (_ASPECTS[column],), declared, _contradicts(kwargs, declared))


def _headings_fit_periods(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    return _headed(rows, _OF_PERIODS, "o.time_period", _OTHER_PERIOD)


def _headed(
    rows: Rows, aspects: tuple[str, ...], declared: str, contradicts: str
) -> QueryRule:
    """Return the rule that no figure is contradicted by the headings nearest to it."""
    wanted = f"aspect in {literals(aspects)}"
    figure = "partition by o.source_file, o.source_ref, o.obs_id, c.aspect"
    dotted = sorted(n for n in _ASPECTS if f'"{n}"' in declared)
    listed = ", ".join(f"o.{identifier(n)}" for n in (*_READ, *dotted))
    # One table for all of them, since most files have few headings that say something.
    near = Prepared(
        sql=f"select {listed}, c.heading, c.text, c.aspect, c.code, c.n_codes "
        f"from {rows} o join (select *, source_ref as heading, {_RANK} as rank "
        "from heading_claims c) c "
        "on o.source_file is not distinct from c.source_file "
        f"and {_SHEET} = c.sheet and {_ROW} between c.first_row and c.last_row "
        f"and (c.column is null or c.column = {_COLUMN}) "
        f"qualify c.rank = min(c.rank) over ({figure})"
    )
    told = (
        "(select *, source_file as file, source_ref as cell, "
        f"{declared} as declared, coalesce({contradicts}, false) as is_other "
        f"from {near.name} o where {wanted} and {declared} is not null)"
    )
    told = told.replace("c.code", "o.code").replace("c.aspect", "o.aspect")
    doubted = Prepared(
        sql="select * exclude (source_ref), heading as source_ref from (select *, "
        "bool_and(is_other) over (partition by file, cell, obs_id, aspect) as is_alone "
        f"from {told}) where is_alone and n_codes = 1"
    )
    return QueryRule(
        counted=f"count(*) filter (where {wanted})",
        suspicion=f"count(*) filter (where {wanted})",
        counted_in="heading_claims",
        prepared=(near, doubted),
        sql=_told(doubted.name, "source_ref, text", aspects),
        flags=f"select obs_id from {doubted.name}",
    )


def _labels_fit(kwargs: Kwargs, rows: Rows) -> QueryRule:
    column = kwargs["column"]
    declared = _declared(column)
    contradicts = _contradicts(kwargs, declared)
    return _labelled(kwargs, rows, (_ASPECTS[column],), (declared, contradicts))


def _labels_fit_periods(kwargs: Kwargs, rows: Rows) -> QueryRule:
    return _labelled(kwargs, rows, _OF_PERIODS, ("o.time_period", _OTHER_PERIOD))


def _labelled(
    kwargs: Kwargs, rows: Rows, aspects: tuple[str, ...], told: tuple[str, str]
) -> QueryRule:
    origin = kwargs["label"]
    declared, contradicts = told
    wanted = f"aspect in {literals(aspects)} and origin = {literal(origin)}"
    doubted = Prepared(
        sql="select o.source_file, o.source_ref, o.obs_id, o.series_id, o.stage, "
        f"c.text, c.aspect, c.code, {declared} as declared from {rows} o join "
        f"(select * from label_claims where {wanted} and n_codes = 1) c "
        f"on o.{origin} = c.text where {contradicts}"
    )
    return QueryRule(
        counted=f"count(*) filter (where {wanted})",
        suspicion=f"count(*) filter (where {wanted})",
        counted_in="label_claims",
        prepared=(doubted,),
        sql=_told(doubted.name, "source_ref, text", aspects),
        flags=f"select obs_id from {doubted.name}",
    )


def _told(doubted: str, cells: str, aspects: tuple[str, ...]) -> str:
    """Return one row for each text, what it says, and what is declared instead."""
    key = "declared as time_period" if aspects == _OF_PERIODS else _key(aspects)
    return (
        f"select source_file, null as obs_id, series_id, {cells}, {key}, "
        "case when aspect in ('months', 'until', 'period_kind', 'child_age', "
        "'territory') then aspect else '' end as form, code as said, declared, "
        f"count(*) as n_figures from {doubted} group by all"
    )


def _key(aspects: tuple[str, ...]) -> str:
    (aspect,) = aspects
    columns = {"counting_unit", "stage", "scope"}
    return f"declared as {aspect}" if aspect in columns else "null as time_period"


def _declared(column: str) -> str:
    return _DECLARED.get(column, f"o.{identifier(column)}")


def _contradicts(kwargs: Kwargs, declared: str) -> str:
    """Return the condition that a code said cannot hold of what is declared."""
    if "contradictions" not in kwargs:
        return f"c.code <> {declared}"
    found = [
        f"(c.code = {literal(said)} and {declared} in {literals(others)})"
        for said, *others in kwargs["contradictions"]
    ]
    # Where a series tells both apart, one is not the other's usual name.
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
_LABEL = Kwarg(kind="text", choices=("offence_label", "notes"))
_NEEDS = (
    "series_id", "stage", "scope", "age_group", "area_level", "source_file",
    "source_ref",
)  # fmt: skip
_PERIODS = ("series_id", "stage", "time_period", "period_start", "period_end")
_FOUND = {
    "": "“{text}” names: {said:words}. The figures are given as: {declared:words}.",
    "child_age": "“{text}” says under {said}. For these figures a child is a person "
    "under {declared}.",
    "territory": "“{text}” names a part of the country. The figures are given as "
    "figures of the whole country.",
}
_FOUND_OF_PERIODS = {
    "months": "“{text}” names other months than the period {declared:period}.",
    "until": "“{text}” names an end before the end of the period {declared:period}.",
    "period_kind": "“{text}” says that figures add up from period to period. The "
    "period is given as {declared:period} alone.",
}


def _row(obs_id: str, cell: str, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "area_level": "country",
        "time_period": "2018",
        "period_start": "2018-01-01",
        "period_end": "2018-12-31",
        "counting_unit": "CASE",
        "stage": "CHARGED",
        "scope": "CSEA",
        "age_group": "_T",
        "source_file": "f.xlsx",
        "source_ref": cell,
    } | values


def _heading(
    role: str, cell: str, text: str, column: str | None = None, **values: Any
) -> dict[str, Any]:
    return {
        "source_file": "f.xlsx",
        "role": role,
        "source_ref": cell,
        "text": text,
        "sheet": "Data!",
        "column": column,
        "first_row": 5,
        "last_row": 9,
    } | values


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
_TITLE = _heading("title", "Data!A1", "Persons charged")

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
                rows=(_row("a", "Data!B5"), _row("b", "Data!C5")),
                relations={
                    "headings": (
                        _TITLE,
                        _heading("column", "Data!B4", "Cases", "B"),
                        _heading("column", "Data!C4", "Cases and persons", "C"),
                        _heading("title", "Data!A2", "Persons", sheet="Other!"),
                    )
                },
            ),
            Example(
                kwargs=_UNITS,
                rows=(_row("a", "Data!B5"), _row("b", "Data!B12")),
                relations={"headings": (_TITLE,)},
                fails=("a", "Data!A1"),
            ),
            Example(
                kwargs=_UNITS,
                rows=(_row("a", "R7C12"), _row("b", "p1.t2.r7.c3")),
                relations={
                    "headings": (
                        _heading("column", "R4C12", "Victims", "12", sheet=""),
                        _heading("row", "p1.t2.r7.c1", "Persons", sheet="p1.t2."),
                    )
                },
                fails=("a", "b", "R4C12", "p1.t2.r7.c1"),
            ),
            Example(
                kwargs=_STAGES,
                rows=(
                    _row("a", "Data!B5"),
                    _row("b", "Data!C5"),
                    _row("c", "Data!D5", stage="PROSECUTED"),
                ),
                relations={
                    "headings": (
                        _heading("column", "Data!B4", "Persons convicted", "B"),
                        _heading("column", "Data!C4", "Persons prosecuted", "C"),
                    )
                },
                fails=("a", "b", "Data!B4", "Data!C4"),
            ),
            Example(
                kwargs={"column": "series.child_age_below"},
                rows=tuple(
                    _row(obs_id, cell, age_group=age) | {"series.child_age_below": "18"}
                    for obs_id, cell, age in (
                        ("a", "Data!B5", "_T"),
                        ("b", "Data!C5", "Y0T15"),
                        ("c", "Data!D5", "Y16T17"),
                    )
                ),
                relations={"headings": (_heading("title", "Data!A1", "Under 16"),)},
                fails=("a", "Data!A1"),
            ),
        ),
    ),
    "expect_labels_to_fit_figures": ExpectationType(
        name="expect_labels_to_fit_figures",
        promise="Labels and notes name what the figure counts.",
        shape="table",
        kwargs={**_COLUMNS_KWARGS, "label": _LABEL},
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
                    _row("a", "Data!B5", offence_label="Grooming"),
                    _row("b", "Data!B6", offence_label="Abuse, excluding online"),
                ),
            ),
            Example(
                kwargs={**_SCOPES, "label": "offence_label"},
                rows=(
                    _row("a", "Data!B5", offence_label="Child sexual abuse online"),
                    _row("b", "Data!B6", offence_label="Rape"),
                ),
                fails=("a", "Data!B5"),
            ),
        ),
    ),
    "expect_headings_to_fit_periods": ExpectationType(
        name="expect_headings_to_fit_periods",
        promise="Months that are printed over or beside figures are those of the period.",
        shape="table",
        needs=(*_PERIODS, "source_file", "source_ref"),
        relations=("headings", "heading_claims"),
        takes_condition=False,
        rule=_headings_fit_periods,
        found=_FOUND_OF_PERIODS,
        expected="A heading and a period that agree.",
        examples=(
            Example(
                rows=(
                    _row("a", "Data!B5"),
                    _row("b", "Data!C5", period_end="2018-10-31"),
                ),
                relations={
                    "headings": (
                        _heading("title", "Data!A1", "January to December 2018", "B"),
                        _heading("title", "Data!A1", "January to October", "C"),
                        _heading("title", "Data!A2", "As of 31 March 2019"),
                    )
                },
            ),
            Example(
                rows=(_row("a", "Data!B5"), _row("b", "Data!C5"), _row("c", "Data!D5")),
                relations={
                    "headings": (
                        _heading("column", "Data!B4", "January to October", "B"),
                        _heading("column", "Data!C4", "as of 31 October 2018", "C"),
                        _heading("column", "Data!D4", "Cumulative", "D"),
                    )
                },
                fails=("a", "b", "c", "Data!B4", "Data!C4", "Data!D4"),
            ),
        ),
    ),
    "expect_labels_to_fit_periods": ExpectationType(
        name="expect_labels_to_fit_periods",
        promise="Months that a label or a note names are those of the period.",
        shape="table",
        kwargs={"label": _LABEL},
        needs=(*_PERIODS, "offence_label", "notes"),
        relations=("label_claims",),
        takes_condition=False,
        rule=_labels_fit_periods,
        found=_FOUND_OF_PERIODS,
        expected="A note and a period that agree.",
        examples=(
            Example(
                kwargs={"label": "notes"},
                rows=(
                    _row("a", "Data!B5", notes="Figures of 2018"),
                    _row("b", "Data!B6", notes="until 31 December"),
                ),
            ),
            Example(
                kwargs={"label": "notes"},
                rows=(_row("a", "Data!B5", notes="provisional until 31 October"),),
                fails=("a", "Data!B5"),
            ),
        ),
    ),
}
