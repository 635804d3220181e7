"""Types about the classes of a table beside each other, group by group."""

from __future__ import annotations

from tallymark.check.pieces.fragments import places_by
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
from tallymark.engine.sql import identifier, identifiers, literal

_HEAD = ("source_file", "obs_id")
"""Columns that every answer has already."""


def _not_above(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Compare the largest values of two classes in each group."""
    x, class_ = identifier(kwargs["column"]), identifier(kwargs["class_column"])
    group = identifiers(kwargs["group_columns"])
    is_lower, is_upper = (
        f"{class_} = {literal(kwargs[name])}" for name in ("lower", "upper")
    )
    subject = f"({is_lower} or {is_upper}) and {x} is not null"
    # Groups that share a hash can only look worse: the most of all of them stands
    # beside the least of all of them.
    suspects = Prepared(
        sql=f"select hash({group}) as h from {rows} where {subject} group by 1 "
        f"having max({x}) filter (where {is_lower}) "
        f"> min({x}) filter (where {is_upper})"
    )
    first = ", ".join(
        f"min({name}) filter (where {subject}) as {name}" for name in _HEAD
    )
    shown = [name for name in kwargs["group_columns"] if name not in _HEAD]
    listed = f"{identifiers(shown)}, " if shown else ""
    return QueryRule(
        subject=subject,
        prepared=(suspects,),
        # What is left is so little that `subject` costs less for it than for all rows.
        sql=f"select {first}, {listed}"
        f"{places_by(rows.place('r'))} filter (where {subject}) as places, "
        f"max({x}) filter (where {is_lower}) as most_lower, "
        f"max({x}) filter (where {is_upper}) as most_upper from {rows} r "
        f"where hash({group}) in (select h from {suspects.name}) "
        f"group by {group} having max({x}) filter (where {is_lower}) "
        f"> max({x}) filter (where {is_upper})",
    )


def _rows(*figures: tuple[str, str | None, str, float | None]) -> tuple[Row, ...]:
    return tuple(
        {"obs_id": obs_id, "ref_area": area, "stage": stage, "obs_value": value}
        for obs_id, area, stage, value in figures
    )


_STAGES = {
    "column": "obs_value",
    "class_column": "stage",
    "lower": "CONVICTED",
    "upper": "PROSECUTED",
    "group_columns": ["ref_area"],
}

TYPES = {
    "expect_class_not_above_other": ExpectationType(
        name="expect_class_not_above_other",
        promise="In each group, the largest value of one class is not above the largest "
        "of another. A group that has only one of them is left out; nulls agree.",
        shape="table",
        reach="collection",
        kwargs={
            "column": Kwarg(kind="column", holds=("number", "date")),
            "class_column": Kwarg(kind="column", holds=("text",)),
            "lower": Kwarg(kind="text"),
            "upper": Kwarg(kind="text"),
            "group_columns": Kwarg(kind="columns"),
        },
        rule=_not_above,
        found={
            "": "The largest {column:words} of “{lower}” is {most_lower}, "
            "of “{upper}” {most_upper}."
        },
        examples=(
            Example(
                kwargs=_STAGES,
                rows=_rows(
                    ("a", "XAA", "PROSECUTED", 3.0),
                    ("b", "XAA", "CONVICTED", 4.0),
                    ("c", "XAB", "PROSECUTED", 3.0),
                    ("d", "XAB", "CONVICTED", 3.0),
                ),
                fails=("a", "b"),
            ),
            Example(
                kwargs=_STAGES,
                rows=_rows(
                    ("a", "XAA", "PROSECUTED", 1.0),
                    ("b", "XAA", "PROSECUTED", 9.0),
                    ("c", "XAA", "CONVICTED", 2.0),
                    ("d", "XAA", "SUSPECTED", 99.0),
                    ("e", "XAB", "CONVICTED", 7.0),
                    ("f", "XAC", "PROSECUTED", None),
                    ("g", "XAC", "CONVICTED", 7.0),
                ),
            ),
            Example(
                kwargs=_STAGES,
                rows=_rows(
                    ("a", None, "PROSECUTED", 1.0),
                    ("b", None, "CONVICTED", 2.0),
                ),
                fails=("a", "b"),
            ),
        ),
    ),
}
