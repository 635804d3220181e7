"""Great Expectations' types about what stands more than once."""

from __future__ import annotations

from collections.abc import Sequence

from tallymark.check.pieces.fragments import same
from tallymark.check.pieces.ignored_rows import IGNORE_ROW, rows_looked_at
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

_MOST_SHOWN = 20
"""Figures that a finding lists of those with one key: the lowest."""


def _unique(kwargs: Kwargs, rows: Rows) -> QueryRule:
    name = kwargs["column"]
    return _repeated([name], f"{identifier(name)} is not null", rows)


def _compound_unique(kwargs: Kwargs, rows: Rows) -> QueryRule:
    return _repeated(kwargs["column_list"], rows_looked_at(kwargs), rows)


def _repeated(names: Sequence[str], subject: str, rows: Rows) -> QueryRule:
    columns = identifiers(names)
    suspects = Prepared(
        sql=f"select hash({columns}) as h from {rows} where {subject}",
        is_repeated=True,
    )
    repeated = Prepared(
        sql=f"select hash({columns}) as h, {columns}, count(*) as n_same, "
        f"list_slice(list_sort(list(obs_value)), 1, {_MOST_SHOWN}) as figures "
        f"from {rows} where {subject} and hash({columns}) in "
        f"(select h from {suspects.name}) group by {columns} having count(*) > 1"
    )
    # Rows stand in the order of what comes first.
    named = dict.fromkeys(["source_file", "obs_id", *rows.placed_by])
    told = [n for n in dict.fromkeys([*KEY, *names]) if n not in named]
    shown = ", ".join(
        [
            *(f"r.{identifier(n)}" for n in named),
            f"{rows.place('r')} as source_ref",
            *(f"r.{identifier(n)}" for n in told),
        ]
    )
    found = (
        f"from (select *, hash({columns}) as tallymark_hash from {rows} "
        f"where {subject}) r join {repeated.name} g "
        f"on r.tallymark_hash = g.h and {same('r', 'g', names)}"
    )
    return QueryRule(
        subject=subject,
        prepared=(suspects, repeated),
        total=f"select sum(n_same) from {repeated.name}",
        sql=f"select {shown}, n_same, figures {found}",
        flags=f"select r.obs_id {found}",
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
