"""Types about the table as a whole: its columns, its keys, the cells it came from."""

from __future__ import annotations

from collections.abc import Sequence

from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifier, identifiers, literals
from tallymark.model.observation import KEY


def _match_set(kwargs: Kwargs, rows: Rows) -> QueryRule:
    wanted = set(kwargs["column_set"])
    forms = dict.fromkeys(wanted - rows.columns, "absent")
    if kwargs.get("exact_match", True):
        forms |= dict.fromkeys(rows.columns - wanted, "unexpected")
    found = ", ".join(literals(pair) for pair in sorted(forms.items()))
    return QueryRule(
        counted=str(len(rows.columns)),
        suspicion=str(len(forms)),
        sql="select null as source_file, null as obs_id, region, form "
        f"from (values {found}) t(region, form)",
    )


def _unique(kwargs: Kwargs, rows: Rows) -> QueryRule:
    name = kwargs["column"]
    return _repeated([name], f"{identifier(name)} is not null", rows)


_IGNORED_ROWS = {
    "all_values_are_missing": " or ",
    "any_value_is_missing": " and ",
    "never": "",
}


def _compound_unique(kwargs: Kwargs, rows: Rows) -> QueryRule:
    names = kwargs["column_list"]
    joint = _IGNORED_ROWS[kwargs.get("ignore_row_if", "all_values_are_missing")]
    filled = joint.join(f"{identifier(name)} is not null" for name in names)
    return _repeated(names, f"({filled})" if joint else "true", rows)


def _repeated(names: Sequence[str], subject: str, rows: Rows) -> QueryRule:
    columns = identifiers(names)
    shown = identifiers(dict.fromkeys(["source_ref", *KEY, *names]))
    suspects = Prepared(
        sql=f"select hash({columns}) as h from {rows} where {subject} "
        "group by 1 having count(*) > 1"
    )
    return QueryRule(
        subject=subject,
        prepared=(suspects,),
        sql=f"select source_file, obs_id, {shown}, count(*) over same_key as n_same, "
        "list_sort(list(obs_value) over same_key) as figures "
        f"from {rows} where {subject} "
        f"and hash({columns}) in (select h from {suspects.name}) "
        f"window same_key as (partition by {columns}) qualify n_same > 1",
    )


_COLUMN_SET = ("obs_id", "stage")
_NAMED_TWICE = tuple(
    {"obs_id": obs_id, "ref_area": area, "sex": sex}
    for obs_id, area, sex in (
        ("a", "XAA", "F"),
        ("b", "XAA", "F"),
        ("c", "XAA", None),
        ("d", "XAA", None),
        ("e", "XAB", "F"),
        ("f", None, None),
        ("g", None, None),
    )
)

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
    "expect_column_values_to_be_unique": ExpectationType(
        name="expect_column_values_to_be_unique",
        promise="Nothing stands twice in the column.",
        shape="table",
        kwargs={"column": Kwarg(kind="column")},
        rule=_unique,
        takes_mostly=True,
        found={"": "The {column:words} “{value}” stands {n_same} times."},
        examples=(
            Example(kwargs={"column": "sex"}, rows=_NAMED_TWICE, fails=("a", "b", "e")),
        ),
    ),
    "expect_compound_columns_to_be_unique": ExpectationType(
        name="expect_compound_columns_to_be_unique",
        promise="No two rows agree in all of these columns; nulls agree.",
        shape="table",
        kwargs={
            "column_list": Kwarg(kind="columns"),
            "ignore_row_if": Kwarg(
                kind="text", is_required=False, choices=tuple(_IGNORED_ROWS)
            ),
        },
        rule=_compound_unique,
        takes_mostly=True,
        found={"": "The same figure is given {n_same} times: {figures}."},
        examples=(
            Example(
                kwargs={"column_list": ["ref_area", "sex"]},
                rows=_NAMED_TWICE,
                fails=("a", "b", "c", "d"),
            ),
            Example(
                kwargs={
                    "column_list": ["ref_area", "sex"],
                    "ignore_row_if": "any_value_is_missing",
                },
                rows=_NAMED_TWICE,
                fails=("a", "b"),
            ),
            Example(
                kwargs={"column_list": ["ref_area", "sex"], "ignore_row_if": "never"},
                rows=_NAMED_TWICE[4:],
                fails=("f", "g"),
            ),
        ),
    ),
}
