"""Great Expectations' types about what stands more than once."""

from __future__ import annotations

from collections.abc import Sequence

from tallymark.check.ignored_rows import IGNORE_ROW, rows_looked_at
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Row,
    Rows,
)
from tallymark.engine.sql import identifier, identifiers
from tallymark.model.observation import KEY


def _unique(kwargs: Kwargs, rows: Rows) -> QueryRule:
    name = kwargs["column"]
    return _repeated([name], f"{identifier(name)} is not null", rows)


def _compound_unique(kwargs: Kwargs, rows: Rows) -> QueryRule:
    return _repeated(kwargs["column_list"], rows_looked_at(kwargs), rows)


def _repeated(names: Sequence[str], subject: str, rows: Rows) -> QueryRule:
    columns = identifiers(names)
    shown = identifiers(dict.fromkeys(["source_ref", *KEY, *names]))
    suspects = Prepared(
        sql=f"select hash({columns}) as h from {rows} where {subject}",
        is_repeated=True,
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


_NAMED_TWICE: tuple[Row, ...] = tuple(
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
_AREA_SEX = {"column_list": ["ref_area", "sex"]}

TYPES = {
    "expect_column_values_to_be_unique": ExpectationType(
        name="expect_column_values_to_be_unique",
        promise="Nothing stands twice in the column.",
        shape="table",
        reach="collection",
        kwargs={"column": Kwarg(kind="column")},
        rule=_unique,
        takes_mostly=True,
        found={"": "The {column:words} “{value}” stands {n_same} times."},
        examples=(
            Example(kwargs={"column": "sex"}, rows=_NAMED_TWICE, fails=("a", "b", "e")),
            Example(kwargs={"column": "obs_id"}, rows=_NAMED_TWICE),
        ),
    ),
    "expect_compound_columns_to_be_unique": ExpectationType(
        name="expect_compound_columns_to_be_unique",
        promise="No two rows agree in all of these columns; nulls agree.",
        shape="table",
        reach="collection",
        kwargs={
            "column_list": Kwarg(kind="columns", at_least=2),
            "ignore_row_if": IGNORE_ROW,
        },
        rule=_compound_unique,
        takes_mostly=True,
        found={"": "The same figure is given {n_same} times: {figures}."},
        examples=(
            Example(kwargs=_AREA_SEX, rows=_NAMED_TWICE, fails=("a", "b", "c", "d")),
            Example(
                kwargs=_AREA_SEX | {"ignore_row_if": "any_value_is_missing"},
                rows=_NAMED_TWICE,
                fails=("a", "b"),
            ),
            Example(
                kwargs=_AREA_SEX | {"ignore_row_if": "never"},
                rows=_NAMED_TWICE[4:],
                fails=("f", "g"),
            ),
        ),
    ),
}
