"""Great Expectations' types about the table as a whole: its columns, their number."""

from __future__ import annotations

from itertools import zip_longest

from tallymark.check.pieces.fragments import bounds, outside
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import literal, literals


def _match_set(kwargs: Kwargs, rows: Rows) -> QueryRule:
    wanted = set(kwargs["column_set"])
    forms = dict.fromkeys(wanted.difference(rows.columns), "absent")
    if kwargs.get("exact_match", True):
        forms |= dict.fromkeys(set(rows.columns) - wanted, "unexpected")
    found = ", ".join(literals(pair) for pair in sorted(forms.items()))
    return QueryRule(
        counted=str(len(rows.columns)),
        suspicion=str(len(forms)),
        sql="select null as source_file, null as obs_id, region, form "
        f"from (values {found}) t(region, form)",
    )


def _match_list(kwargs: Kwargs, rows: Rows) -> QueryRule:
    pairs = enumerate(zip_longest(kwargs["column_list"], rows.columns), start=1)
    differing = [(n, *pair) for n, pair in pairs if pair[0] != pair[1]]
    found = ", ".join(literals(each) for each in differing)
    return QueryRule(
        counted=str(len(rows.columns)),
        suspicion=str(len(differing)),
        sql="select null as source_file, null as obs_id, position, wanted, region, "
        "case when wanted is null then 'unexpected' when region is null then 'absent' "
        f"end as form from (values {found}) t(position, wanted, region)",
    )


def _exist(kwargs: Kwargs, rows: Rows) -> QueryRule:
    name, index = kwargs["column"], kwargs.get("column_index")
    places = [i for i, column in enumerate(rows.columns) if column == name]
    if index is not None:
        is_there = (index + len(rows.columns) if index < 0 else index) in places
    else:
        is_there = bool(places)
    form = "elsewhere" if places else "absent"
    return QueryRule(
        counted=str(len(rows.columns)),
        suspicion=str(int(not is_there)),
        sql=f"select null as source_file, null as obs_id, {literal(name)} as region, "
        f"{literal(form)} as form, {(places or [0])[0] + 1} as position",
    )


def _column_count(kwargs: Kwargs, rows: Rows) -> QueryRule:
    return _count(kwargs, str(len(rows.columns)), rows)


def _row_count(kwargs: Kwargs, rows: Rows) -> QueryRule:
    return _count(kwargs, f"count(*) filter (where {rows.where})", rows)


def _count(kwargs: Kwargs, n: str, rows: Rows) -> QueryRule:
    value = kwargs.get("value")
    bad = outside(n, kwargs) if value is None else f"{n} <> {literal(value)}"
    return QueryRule(
        # A table is looked at even if it has no rows.
        counted=f"greatest({n}, 1)",
        suspicion=f"cast({bad} as integer)",
        sql=f"select min(source_file) as source_file, null as obs_id, {n} as n "
        f"from {rows} having {bad}",
    )


_COLUMN_SET = ("obs_id", "stage")
TYPES = {
    "expect_table_columns_to_match_set": ExpectationType(
        name="expect_table_columns_to_match_set",
        promise="The table has these columns.",
        shape="table",
        kwargs={
            "column_set": Kwarg(kind="texts"),
            "exact_match": Kwarg(kind="flag", is_required=False),
        },
        takes_condition=False,
        rule=_match_set,
        found={
            "absent": "There is no column `{region}`.",
            "unexpected": "There is a column `{region}` that nobody expects.",
        },
        examples=(
            Example(
                kwargs={"column_set": _COLUMN_SET},
                rows=({"obs_id": "a"},),
                columns=("obs_id",),
                fails=("stage",),
            ),
            Example(
                kwargs={"column_set": _COLUMN_SET},
                rows=({"obs_id": "a", "sex": "F"},),
                columns=("obs_id", "stage"),
                fails=("sex",),
            ),
            Example(
                kwargs={"column_set": _COLUMN_SET, "exact_match": False},
                rows=({"obs_id": "a", "stage": "CHARGED"},),
            ),
        ),
    ),
    "expect_table_columns_to_match_ordered_list": ExpectationType(
        name="expect_table_columns_to_match_ordered_list",
        promise="The table has just these columns, in this order.",
        shape="table",
        kwargs={"column_list": Kwarg(kind="texts")},
        takes_condition=False,
        rule=_match_list,
        found={
            "": "Column {position} is `{region}`.",
            "absent": "There is no column {position}.",
            "unexpected": "There is a column {position}, `{region}`.",
        },
        expected="These columns in this order: {column_list}.",
        examples=(
            Example(
                kwargs={"column_list": ["obs_id", "sex"]},
                rows=({"obs_id": "a"},),
                columns=_COLUMN_SET,
                fails=("stage",),
            ),
            Example(
                kwargs={"column_list": ["obs_id", "stage"]},
                rows=({"obs_id": "a"},),
                columns=_COLUMN_SET,
            ),
        ),
    ),
    "expect_column_to_exist": ExpectationType(
        name="expect_column_to_exist",
        promise="The table has this column, at its place if one is named.",
        shape="table",
        kwargs={
            "column": Kwarg(kind="text"),
            "column_index": Kwarg(kind="number", is_required=False),
        },
        takes_condition=False,
        rule=_exist,
        found={
            "absent": "There is no column `{region}`.",
            "elsewhere": "The column `{region}` is column {position}, counted from 1.",
        },
        examples=(
            Example(
                kwargs={"column": "stage"}, rows=({"obs_id": "a"},), columns=_COLUMN_SET
            ),
            Example(
                kwargs={"column": "stage", "column_index": 0},
                rows=({"obs_id": "a"},),
                columns=_COLUMN_SET,
                fails=("stage",),
            ),
            Example(
                kwargs={"column": "sex", "column_index": 1},
                rows=({"obs_id": "a"},),
                columns=_COLUMN_SET,
                fails=("sex",),
            ),
        ),
    ),
    "expect_table_column_count_to_be_between": ExpectationType(
        name="expect_table_column_count_to_be_between",
        promise="The number of columns lies between two bounds.",
        shape="column",
        kwargs={name: bounds("number")[name] for name in ("min_value", "max_value")},
        takes_condition=False,
        rule=_column_count,
        found={"": "{n} columns."},
        examples=(
            Example(
                kwargs={"min_value": 2}, rows=({"obs_id": "a"},), columns=_COLUMN_SET
            ),
            Example(
                kwargs={"min_value": 3},
                rows=({"obs_id": "a"},),
                columns=_COLUMN_SET,
                fails=("",),
            ),
        ),
    ),
    "expect_table_column_count_to_equal": ExpectationType(
        name="expect_table_column_count_to_equal",
        promise="The table has this number of columns.",
        shape="column",
        kwargs={"value": Kwarg(kind="number")},
        takes_condition=False,
        rule=_column_count,
        found={"": "{n} columns."},
        examples=(
            Example(kwargs={"value": 2}, rows=({"obs_id": "a"},), columns=_COLUMN_SET),
            Example(
                kwargs={"value": 3},
                rows=({"obs_id": "a"},),
                columns=_COLUMN_SET,
                fails=("",),
            ),
        ),
    ),
    "expect_table_row_count_to_be_between": ExpectationType(
        name="expect_table_row_count_to_be_between",
        promise="The number of rows lies between two bounds.",
        shape="column",
        reach="collection",
        kwargs=bounds("number"),
        rule=_row_count,
        found={"": "{n} rows."},
        examples=(
            Example(kwargs={"min_value": 1}, rows=({"obs_id": "a"},)),
            Example(kwargs={"min_value": 1}, rows=(), fails=("",)),
        ),
    ),
    "expect_table_row_count_to_equal": ExpectationType(
        name="expect_table_row_count_to_equal",
        promise="The table has this number of rows.",
        shape="column",
        reach="collection",
        kwargs={"value": Kwarg(kind="number")},
        rule=_row_count,
        found={"": "{n} rows."},
        examples=(
            Example(kwargs={"value": 0}, rows=()),
            Example(kwargs={"value": 2}, rows=({"obs_id": "a"},), fails=("",)),
        ),
    ),
}
