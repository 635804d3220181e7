"""The breaches: what is planted, in how many files, and the rule that speaks of it.

Each is planted alone in a folder of its own, so that what a side tells is of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TABLE = "observations"
LIST = "files"
"""The second table of the contract: the files that were received."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One breach, and the rule of the contract that it breaks.

    `column` and `adds` say what is added to the contract for it, `table` what is added
    to the table's own quality rules; without either, the rule is there already.
    """

    name: str
    told: str
    planted: str
    ours: str
    """The rule's name in Tallymark's report."""
    theirs: str
    """The rule in datacontract-cli's: its `id`, or `column/type of check`."""
    in_gx: str = ""
    """The rule in the suite of Great Expectations; as in Tallymark's, if empty."""
    sql: str = ""
    """What becomes of a country's rows, the table `t`; nothing is planted without."""
    in_all: bool = False
    column: str = ""
    adds: Mapping[str, Any] = field(default_factory=dict)
    quality: Mapping[str, Any] = field(default_factory=dict)


def _first(column: str, value: str) -> str:
    """Return SQL that gives the first row another value."""
    return f"select * replace (if(n = 1, {value}, {column}) as {column}) from t"


def _rule(name: str, **own: Any) -> dict[str, Any]:
    return {"id": name, "name": name.replace("-", " "), "severity": "error", **own}


CASES = [
    Case(
        name="column-in-no-file", told="a property", planted="no file has the column",
        ours="notes-present", theirs="notes/field_is_present",
        sql="select * exclude (notes) from t", in_all=True,
    ),
    Case(
        name="column-not-in-one", told="a property",
        planted="one file of thirteen lacks the column",
        ours="notes-present", theirs="notes/field_is_present",
        sql="select * exclude (notes) from t",
    ),
    Case(
        name="type-in-all", told="`logicalType`",
        planted="whole numbers stand as text, in all files",
        ours="unit_mult-type", theirs="unit_mult/field_type",
        sql="select * replace (cast(unit_mult as varchar) as unit_mult) from t",
        in_all=True,
    ),
    Case(
        name="type-in-one", told="`logicalType`",
        planted="whole numbers stand as text, in one file",
        ours="unit_mult-type", theirs="unit_mult/field_type",
        sql="select * replace (cast(unit_mult as varchar) as unit_mult) from t",
    ),
    Case(
        name="type-a-word", told="`logicalType`",
        planted="a word in place of a number, in one file",
        ours="unit_mult-type", theirs="unit_mult/field_type",
        sql="select * replace (if(n = 1, 'none', cast(unit_mult as varchar)) "
        "as unit_mult) from t",
    ),
    Case(
        name="required", told="`required`", planted="one empty cell",
        ours="source_file-required", theirs="source_file/field_required",
        sql=_first("source_file", "null"),
        column="source_file", adds={"required": True},
    ),
    Case(
        name="unique", told="`unique`", planted="one value twice, in one file",
        ours="row-key-unique", in_gx="obs_id-unique", theirs="obs_id/field_unique",
        sql="select * replace (first(obs_id) over (order by n rows between 1 preceding "
        "and current row) as obs_id) from t where n < 3 union all "
        "select * from t where n > 2",
        column="obs_id", adds={"unique": True},
    ),
    Case(
        name="key-across-files", told="`primaryKey`",
        planted="the same key in all files",
        ours="row-key-unique", in_gx="obs_id-unique", theirs="obs_id/field_unique",
        sql=_first("obs_id", "'0000000000000000'"), in_all=True,
    ),
    Case(
        name="enum", told="`enum`", planted="a value that is not listed",
        ours="calendar-listed", theirs="calendar/field_enum",
        sql=_first("calendar", "'julian'"),
    ),
    Case(
        name="minimum", told="`minimum`", planted="a number below it",
        ours="value_high-within-limits", theirs="value_high/field_minimum",
        sql=_first("value_high", "0"),
        column="value_high", adds={"logicalTypeOptions": {"minimum": 1}},
    ),
    Case(
        name="exclusive-maximum", told="`exclusiveMaximum`",
        planted="a number that is equal to it",
        ours="unit_mult-within-limits", theirs="unit_mult/field_not_equal",
        sql=_first("unit_mult", "12"),
        column="unit_mult",
        adds={"logicalTypeOptions": {"exclusiveMaximum": 12, "multipleOf": 3}},
    ),
    Case(
        name="minimum-of-dates", told="`minimum` of a date", planted="an earlier day",
        ours="period_start-within-limits", theirs="period_start/field_minimum",
        sql=_first("period_start", "date '1890-01-01'"),
        column="period_start", adds={"logicalTypeOptions": {"minimum": "1990-01-01"}},
    ),
    Case(
        name="max-length", told="`maxLength`", planted="a longer text",
        ours="time_period-length", theirs="time_period/field_max_length",
        sql=_first("time_period", "repeat('2018 ', 20)"),
        column="time_period", adds={"logicalTypeOptions": {"maxLength": 40}},
    ),
    Case(
        name="pattern", told="`pattern`", planted="another form",
        ours="source_sha256-form", theirs="source_sha256/field_regex",
        sql=_first("source_sha256", "repeat('X', 64)"),
        column="source_sha256",
        adds={"logicalTypeOptions": {"pattern": "^[0-9a-f]{64}$"}},
    ),
    Case(
        name="multiple-of", told="`multipleOf`", planted="a number between",
        ours="unit_mult-multipleof", theirs="unit_mult/field_multiple_of",
        sql=_first("unit_mult", "1"),
    ),
    Case(
        name="row-count", told="`rowCount`", planted="one file is empty",
        ours="row-count", theirs="row-count", sql="select * from t where false",
        quality=_rule("row-count", type="library", metric="rowCount",
                      mustBeGreaterOrEqualTo=420),
    ),
    Case(
        name="duplicate-values", told="`duplicateValues` of three columns",
        planted="a combination twice",
        ours="duplicate-values", theirs="duplicate-values",
        sql=_first("source_ref", "(select source_ref from t where n = 2)").replace(
            "from t where n = 2)", "from t two where two.n = 2)"
        ),
        quality=_rule("duplicate-values", type="library", metric="duplicateValues",
                      mustBe=0, arguments={"properties": [
                          "source_sha256", "source_ref", "statistic"]}),
    ),
    Case(
        name="null-values", told="`nullValues` in percent",
        planted="empty in all rows of one file",
        ours="null-values", theirs="null-values",
        sql="select * replace (null::varchar as raw_value) from t",
        column="raw_value", quality=_rule(
            "null-values", type="library", metric="nullValues",
            mustBeLessThan=2, unit="percent"),
    ),
    Case(
        name="missing-values", told="`missingValues`", planted="a mark for missing",
        ours="missing-values", theirs="missing-values",
        sql=_first("source_ref", "'n/a'"),
        column="source_ref", quality=_rule(
            "missing-values", type="library", metric="missingValues", mustBe=0,
            arguments={"missingValues": ["", "n/a", "-"]}),
    ),
    Case(
        name="invalid-values", told="`invalidValues`, listed",
        planted="a value that is not listed",
        ours="invalid-values", theirs="invalid-values",
        sql=_first("area_level", "'village'"),
        column="area_level", quality=_rule(
            "invalid-values", type="library", metric="invalidValues", mustBe=0,
            arguments={"validValues": ["country", "subnational", "region", "world"]}),
    ),
    Case(
        name="invalid-form", told="`invalidValues`, by pattern", planted="another form",
        ours="invalid-form", theirs="invalid-form",
        sql=_first("freq", "'yearly'"),
        column="freq", quality=_rule(
            "invalid-form", type="library", metric="invalidValues", mustBe=0,
            arguments={"pattern": "^(A|_O|S|Q|M)$"}),
    ),
    Case(
        name="sql", told="`sql` at the table", planted="a row that it counts",
        ours="sql", theirs="sql", sql=_first("offence_relation", "null").replace(
            "from t", "from (select * replace (coalesce(offence, '0301') as offence)"
            " from t) t"
        ),
        quality=_rule("sql", type="sql", mustBe=0, query=(
            "SELECT count(*) FROM ${object} "
            "WHERE offence IS NOT NULL AND offence_relation IS NULL")),
    ),
    Case(
        name="sql-of-column", told="`sql` at a column", planted="a row that it counts",
        ours="sql-of-column", theirs="sql-of-column",
        sql=_first("breakdown", "''"),
        column="breakdown", quality=_rule("sql-of-column", type="sql", mustBe=0, query=(
            "SELECT count(*) FROM ${object} WHERE ${property} = ''")),
    ),
    Case(
        name="gx-form", told="`custom`, Great Expectations: form of one column",
        planted="`NA` for Namibia",
        ours="area-code-form", theirs="area-code-form", sql=_first("ref_area", "'NA'"),
    ),
    Case(
        name="gx-pair", told="`custom`, Great Expectations: two columns",
        planted="a period that ends before it begins",
        ours="period-in-order", theirs="period-in-order",
        sql=_first("period_end", "period_start - 1"),
    ),
    Case(
        name="gx-condition", told="`custom`, Great Expectations: some rows",
        planted="a count below zero",
        ours="value-not-negative", theirs="value-not-negative",
        sql="select * replace (if(n = (select min(n) from t where obs_value > 0), "
        "-obs_value, obs_value) as obs_value) from t",
    ),
    Case(
        name="own-type", told="`custom`, a type of Tallymark's own",
        planted="neither a figure nor why there is none",
        ours="value-or-reason", theirs="value-or-reason",
        sql="select * replace (null::double as obs_value, "
        "null::varchar as missing_reason) from t",
    ),
    Case(
        name="freshness", told="`slaProperties`: freshness",
        planted="all periods are 18 years earlier",
        ours="freshness", theirs="freshness",
        sql="select * replace (cast(period_start - interval 18 year as date) as period_start, "
        "cast(period_end - interval 18 year as date) as period_end) from t", in_all=True,
    ),
    Case(
        name="relationship", told="`relationships`",
        planted="a file that the other table lacks",
        ours="source_file-relationship", theirs="source_file/field_relationships",
        sql=_first("source_file", "'other.xlsx'"),
    ),
    Case(
        name="soda", told="`custom`, Soda", planted="one empty cell",
        ours="soda", theirs="age_group/quality_custom_soda",
        sql=_first("age_group", "null"),
        column="age_group", quality=_rule(
            "soda", type="custom", engine="soda",
            implementation="missing_count(age_group) = 0"),
    ),
    Case(
        name="dbt", told="`custom`, another engine", planted="one empty cell",
        ours="dbt", theirs="dbt", sql=_first("counting_unit", "null"),
        column="counting_unit", quality=_rule(
            "dbt", type="custom", engine="dbt",
            implementation={"test": "not_null"}),
    ),
    Case(
        name="text", told="`text`", planted="",
        ours="text", theirs="text",
        quality=_rule("text", type="text",
                      description="Zero is counted and none; empty is not counted."),
    ),
]  # fmt: skip
