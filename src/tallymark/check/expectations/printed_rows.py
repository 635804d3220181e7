"""Types about rows and columns of a sheet: those that stand twice, and copies."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.cell_sql import (
    COLUMN,
    FIGURE,
    FIRST_PLACES,
    NEEDS,
    SHEET_ROW,
    cell_row,
)
from tallymark.check.pieces.fragments import settled
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import literal


def _no_repeats(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Find rows of one group with the same labels, unless that is usual in the table."""
    lines = (
        f"select {SHEET_ROW}, sheet, section, row_label, bool_and(is_total) as is_total, "
        "list(number order by sheet_column) as figures, "
        "list(text order by sheet_column) as texts, "
        "sum(abs(number)) as size, min(obs_id) as obs_id, "
        f"{FIRST_PLACES} as places from {rows} where {FIGURE} group by all"
    )
    blocks = (
        "select *, count(*) filter (where is_total) over (partition by source_file, "
        '"table" order by sheet_row rows between unbounded preceding and 1 preceding) '
        'as block, count(*) over (partition by source_file, "table") as n_rows '
        f"from ({lines})"
    )
    alike = (
        'select source_file, "table", sheet, section, block, row_label, n_rows, '
        "min(obs_id) as obs_id, count(*) as n_same, "
        "count(distinct texts) as n_different, "
        "flatten(list(places order by sheet_row)) as places "
        f"from ({blocks}) where row_label is not null and not is_total and size > 0 "
        "group by all having count(*) > 1"
    )
    share, least = literal(kwargs["max_share"]), literal(kwargs["min_rows"])
    return QueryRule(
        subject=f"{FIGURE} and row_label is not null",
        sql="select source_file, obs_id, concat_ws(';', 'row=' || row_label, "
        "'section=' || section, 'sheet=' || sheet) as breakdown, row_label, n_same, "
        "case when n_different = 1 then 'same' else 'other' end as form, places "
        'from (select *, sum(n_same) over (partition by source_file, "table") as n_all '
        f"from ({alike})) where n_all <= greatest({least}, {share} * n_rows)",
    )


def _no_copies(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return (
        _copies(COLUMN, "sheet_column", "sheet_row", "heading", kwargs, rows),
        _copies(SHEET_ROW, "sheet_row", "sheet_column", "row_label", kwargs, rows),
    )


def _copies(
    line: str, own: str, across: str, name: str, kwargs: Kwargs, rows: Rows
) -> QueryRule:
    """Find lines alike that are not alike by chance, or because many are.

    The more lines there are, the more digits they must share.
    """
    distinct, digits = kwargs["min_distinct"], kwargs["min_digits"]
    least, share = kwargs["min_lines"], literal(kwargs["max_share"])
    lines = (
        f"select {line}, sheet, min({name}) as name, bool_and(is_total) as is_total, "
        f"list(number order by {across}) as figures, count(number) as n_numbers, "
        "count(distinct number) as n_distinct, sum(log10(1 + abs(number))) as n_digits, "
        f"min(obs_id) as obs_id, {FIRST_PLACES} as places, "
        'count(*) over (partition by source_file, "table") as n_lines '
        f"from {rows} where {FIGURE} group by {line}, sheet"
    )
    copies = (
        'select source_file, "table", sheet, min(obs_id) as obs_id, '
        f"string_agg(name, ', ' order by {own}) as named, "
        f"list(coalesce(name, '?') order by {own}) as names, "
        "max(n_numbers) as n_numbers, max(n_lines) as n_lines, "
        f"flatten(list(places order by {own})) as places, count(*) as n_alike "
        f"from ({lines}) where not is_total and n_distinct >= {literal(distinct)} "
        f"and {settled('n_digits')} >= {settled(f'{literal(digits)} + 2 * log10(n_lines)')} "
        'group by source_file, "table", sheet, figures '
        "having count(*) > 1 and count(distinct name) <> 1"
    )
    return QueryRule(
        subject=FIGURE,
        suspicion=f"count(distinct {own})",
        sql="select source_file, obs_id, concat_ws(';', 'sheet=' || sheet, "
        f"'{name}=' || named) as breakdown, names, n_numbers, '{own}' as form, places "
        'from (select *, sum(n_alike) over (partition by source_file, "table") as n_all '
        f"from ({copies})) where n_all <= greatest({literal(least)}, {share} * n_lines)",
    )


def _row(
    n: int, label: str, *figures: Any, **values: Any
) -> tuple[dict[str, Any], ...]:
    return tuple(
        cell_row(n, c, figure, row_label=label, heading=f"h{c}", **values)
        for c, figure in enumerate(figures, 2)
    )


_REPEATS = {"max_share": 0.2, "min_rows": 2}
_COPIES = {"min_distinct": 3, "min_digits": 2, "min_lines": 2, "max_share": 0.1}

TYPES = {
    "expect_no_printed_rows_to_repeat": ExpectationType(
        name="expect_no_printed_rows_to_repeat",
        promise="No two rows of a group have the same labels.",
        shape="table",
        kwargs={"max_share": Kwarg(kind="number"), "min_rows": Kwarg(kind="number")},
        needs=NEEDS,
        takes_condition=False,
        rule=_no_repeats,
        found={
            "same": "“{row_label}” stands {n_same} times, with the same figures.",
            "other": "“{row_label}” stands {n_same} times, with different figures.",
        },
        expected="One row for each label.",
        examples=(
            Example(kwargs=_REPEATS, rows=(*_row(1, "a", 5), *_row(2, "b", 5))),
            Example(
                kwargs=_REPEATS,
                rows=(
                    *_row(1, "a", 5, section="x"),
                    *_row(2, "a", 7, section="y"),
                ),
            ),
            Example(
                kwargs=_REPEATS,
                rows=(
                    *_row(1, "a", 5),
                    *_row(2, "Total", 5, is_total=True),
                    *_row(3, "a", 7),
                    *_row(4, "Total", 7, is_total=True),
                ),
            ),
            Example(
                kwargs=_REPEATS,
                rows=(*_row(1, "a", 5), *_row(2, "b", 6), *_row(3, "a", 5)),
                fails=("B1", "B3"),
            ),
            Example(
                kwargs=_REPEATS,
                rows=(*_row(1, "a", 5), *_row(2, "b", 6), *_row(3, "a", 8)),
                fails=("B1", "B3"),
            ),
        ),
    ),
    "expect_no_copied_lines": ExpectationType(
        name="expect_no_copied_lines",
        promise="No two columns, and no two rows, of a table have the same figures.",
        shape="table",
        kwargs={
            "min_distinct": Kwarg(kind="number"),
            "min_digits": Kwarg(kind="number"),
            "min_lines": Kwarg(kind="number"),
            "max_share": Kwarg(kind="number"),
        },
        needs=NEEDS,
        takes_condition=False,
        rule=_no_copies,
        found={
            "sheet_column": "The columns {names} have the same {n_numbers} figures.",
            "sheet_row": "The rows {names} have the same {n_numbers} figures.",
        },
        expected="Figures of its own in each row and column.",
        examples=(
            Example(
                kwargs=_COPIES,
                rows=(*_row(1, "a", 5, 5), *_row(2, "b", 60, 60), *_row(3, "c", 7, 8)),
            ),
            Example(
                kwargs=_COPIES,
                rows=(*_row(1, "a", 5, 5), *_row(2, "b", 6, 6), *_row(3, "c", 7, 7)),
            ),
            Example(
                kwargs=_COPIES,
                rows=(*_row(1, "a", 5, 5), *_row(2, "b", 60, 60), *_row(3, "c", 7, 7)),
                fails=("B1", "B2", "B3", "C1", "C2", "C3"),
            ),
            Example(
                kwargs=_COPIES,
                rows=(*_row(1, "a", 5, 60, 7), *_row(2, "b", 5, 60, 7)),
                fails=("B1", "B2", "C1", "C2", "D1", "D2"),
            ),
        ),
    ),
}
