"""Types about single cells of a sheet as it was sent: no definition is needed for them."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.cell_sql import (
    COLUMN,
    FIGURE,
    FIRST_PLACES,
    NAMED,
    NEEDS,
    SHEET_ROW,
    cell_row,
)
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    RowRule,
    Rows,
)
from tallymark.engine.sql import literal
from tallymark.model.cells import STYLE_COLUMNS

_NUMBERS = "kind in ('number', 'numeral')"
_DAY = (
    r"^(\d{1,2}[-/ ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ ]\d{1,2})$"
)
_PLAIN = r"^\d{3}$"
"""Beside it, a comma marks thousands: three decimals would be printed here, too."""
_AMBIGUOUS = r"^-?\d{1,3}[.,]\d{3}$"


def _no_errors(_kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(subject="kind <> 'empty'", bad="kind = 'error'")


def _no_words(kwargs: Kwargs, rows: Rows) -> QueryRule:
    tokens = ", ".join(literal(t.lower()) for t in kwargs["gap_tokens"])
    return QueryRule(
        subject=FIGURE,
        suspicion=f"count(*) filter (where {FIGURE} and kind = 'text')",
        sql=f"select {NAMED}, text, n_numbers from (select *, "
        f"count(*) filter (where {_NUMBERS}) over column_ as n_numbers, "
        "count(*) over same_text as n_same "
        f"from {rows} where {FIGURE} and kind <> 'empty' "
        f"window column_ as (partition by {COLUMN}), "
        'same_text as (partition by source_file, "table", text)) '
        "where kind = 'text' and number is null "
        "and (gap is null or gap in ('UNREADABLE', 'UNKNOWN')) "
        f"and lower(text) not in ({tokens}) "
        f"and n_same <= {literal(kwargs['most_alike'])} and n_numbers > n_same "
        "and n_numbers >= 2",
    )


def _no_hidden(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    hidden = f"is_hidden and {_NUMBERS}"
    line = (
        "case hidden_by when 'row' then sheet_row when 'column' then sheet_column end"
    )
    return QueryRule(
        subject=_NUMBERS,
        suspicion=f"count(*) filter (where {hidden})",
        sql="select min(source_file) as source_file, min(obs_id) as obs_id, "
        "concat_ws(';', case hidden_by when 'column' then 'column=' || min(heading) "
        "when 'row' then 'row=' || min(row_label) end, 'hidden=' || hidden_by, "
        "'sheet=' || sheet) as breakdown, sheet, count(*) as n_numbers, "
        f"hidden_by as form, {FIRST_PLACES} as places "
        f"from {rows} where {hidden} group by source_file, sheet, hidden_by, {line}",
    )


def _stored_as_numbers(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    return QueryRule(
        subject=f"{FIGURE} and {_NUMBERS}",
        suspicion=f"count(*) filter (where {FIGURE} and kind = 'numeral')",
        sql=f"select {NAMED}, text from (select *, "
        f"count(*) filter (where kind = 'number') over ({_OVER_COLUMN}) as n_numbers, "
        f"count(*) filter (where kind = 'numeral') over ({_OVER_COLUMN}) as n_texts "
        f"from {rows} where {FIGURE} and {_NUMBERS}) "
        "where kind = 'numeral' and n_numbers > n_texts",
    )


_OVER_COLUMN = f"partition by {COLUMN}"


def _no_dates(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    day = f"(kind = 'date' or regexp_matches(lower(text), {literal(_DAY)}))"
    return QueryRule(
        subject=f"{FIGURE} and kind <> 'empty'",
        suspicion=f"count(*) filter (where {FIGURE} and {day})",
        sql=f"select {NAMED}, text from (select *, "
        f"count(*) filter (where {_NUMBERS}) over ({_OVER_COLUMN}) as n_numbers, "
        f"count(*) filter (where {day}) over ({_OVER_COLUMN}) as n_days "
        f"from {rows} where {FIGURE} and kind <> 'empty') "
        f"where {day} and n_numbers > n_days",
    )


def _unambiguous(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return _ambiguous_texts(kwargs, rows), _fractions(kwargs, rows)


def _ambiguous_texts(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Find `1.843` where no other numeral of the table shows what the mark is.

    A comma before three digits marks thousands if other numbers have none, or many do.
    """
    many = literal(kwargs["many_commas"])
    numerals = f"{FIGURE} and kind = 'numeral'"
    mark = "case when text like '%.%' then '.' when text like '%,%' then ',' end"
    tells = (
        r"regexp_matches(text, '[.,]\d{1,2}$') or regexp_matches(text, '[.,]\d{4,}$') "
        r"or regexp_matches(text, '([.,]\d{3}){2,}$') "
        r"or regexp_matches(text, '\d{4,}[.,]\d{3}$')"
    )
    return QueryRule(
        subject=numerals,
        suspicion=f"count(*) filter (where {numerals} "
        f"and regexp_matches(text, {literal(_AMBIGUOUS)}))",
        sql="select min(source_file) as source_file, min(obs_id) as obs_id, "
        "concat_ws(';', 'column=' || heading, 'sheet=' || sheet) as breakdown, "
        "min(text) as text, count(*) as n_alike, 'text' as form, "
        f"{FIRST_PLACES} as places from (select *, "
        f'bool_or({tells}) over (partition by source_file, "table", {mark}) '
        f"or ({mark} = '.' and bool_or(regexp_matches(text, ',\\d{{1,2}}$')) over table_) "
        f"or ({mark} = ',' and (bool_or(regexp_matches(text, '[.]\\d{{1,2}}$')) over table_ "
        f"or bool_or(regexp_matches(text, {literal(_PLAIN)})) "
        f'over table_ or count(*) over (partition by source_file, "table", {mark}) '
        f">= {many})) as is_told from {rows} where {numerals} "
        'window table_ as (partition by source_file, "table")) '
        f"where regexp_matches(text, {literal(_AMBIGUOUS)}) and not is_told "
        'group by source_file, "table", sheet, sheet_column, heading',
    )


def _fractions(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Find a fraction where the other numbers of its column and its row are whole."""
    fraction = "number <> floor(number)"
    numbers = f"{FIGURE} and kind = 'number'"
    return QueryRule(
        subject=numbers,
        suspicion=f"count(*) filter (where {numbers} and {fraction})",
        sql=f"select {NAMED}, number, 'number' as form from (select *, "
        f"count(*) filter (where {fraction}) over ({_OVER_COLUMN}) as n_in_column, "
        f"count(*) over ({_OVER_COLUMN}) as n_column, "
        f"count(*) filter (where {fraction}) over (partition by {SHEET_ROW}) as n_in_row "
        f"from {rows} where {numbers} and number is not null) "
        f"where {fraction} and abs(number) between 1 and 999.999 and n_in_row = 1 "
        f"and n_column > {literal(kwargs['min_whole'])} and n_in_column = 1",
    )


def _no_merged(_kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(subject=f"{FIGURE} and {_NUMBERS}", bad="n_merged > 1")


def _formulas_have_values(_kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(subject=FIGURE, bad="kind = 'unvalued'")


def _confirmed(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    return QueryRule(
        sql="select source_file, min(obs_id) as obs_id, "
        f"count(*) filter (where {FIGURE} and kind <> 'empty') as n_figures, "
        f"case when count(*) filter (where {FIGURE}) = 0 then 'none' else '' end as form, "
        "string_agg(distinct sheet, ', ' order by sheet) as region "
        f"from {rows} group by source_file",
    )


_MARKS = {"min_whole": 3, "many_commas": 10}
_TOKENS = {"gap_tokens": ["-", "n.a."], "most_alike": 2}


def _column(*texts: Any, **values: Any) -> tuple[dict[str, Any], ...]:
    """Return a column of figures, B1 and so on: numbers, and words among them."""
    return tuple(cell_row(n, 2, text, **values) for n, text in enumerate(texts, 1))


TYPES = {
    "expect_cells_to_hold_no_errors": ExpectationType(
        name="expect_cells_to_hold_no_errors",
        promise="No cell holds an error of the spreadsheet.",
        shape="row",
        needs=NEEDS,
        takes_condition=False,
        rule=_no_errors,
        found={"": "The cell holds {text}: its formula has no result."},
        expected="A number, or why there is none.",
        examples=(
            Example(rows=_column(5, 7)),
            Example(rows=_column(5, "#REF!", "Err:502"), fails=("B2", "B3")),
        ),
    ),
    "expect_figures_to_hold_no_words": ExpectationType(
        name="expect_figures_to_hold_no_words",
        promise="Where numbers stand, there is no word that is not known to mean a gap.",
        shape="table",
        kwargs={"gap_tokens": Kwarg(kind="texts"), "most_alike": Kwarg(kind="number")},
        needs=NEEDS,
        takes_condition=False,
        rule=_no_words,
        found={"": "“{text}” stands in a column with {n_numbers} numbers."},
        expected="A number, or a sign for a gap.",
        examples=(
            Example(kwargs=_TOKENS, rows=_column(5, 7, "n.a.")),
            Example(kwargs=_TOKENS, rows=_column("Rape", "Theft", 7)),
            Example(kwargs=_TOKENS, rows=_column(5, 7, "about 30"), fails=("B3",)),
        ),
    ),
    "expect_no_hidden_numbers": ExpectationType(
        name="expect_no_hidden_numbers",
        promise="No numbers stand in hidden rows, columns or sheets.",
        shape="table",
        needs=(*NEEDS, *STYLE_COLUMNS),
        takes_condition=False,
        rule=_no_hidden,
        found={
            "row": "{n_numbers} numbers stand in a hidden row.",
            "column": "{n_numbers} numbers stand in a hidden column.",
            "sheet": "{n_numbers} numbers stand on the hidden sheet “{sheet}”.",
        },
        expected="Figures that a reader sees.",
        examples=(
            Example(rows=_column(5, 7, is_hidden=False)),
            Example(
                rows=(
                    *_column(5, is_hidden=False),
                    cell_row(2, 2, 7, is_hidden=True, hidden_by="row"),
                ),
                fails=("B2",),
            ),
        ),
    ),
    "expect_numbers_to_be_stored_as_numbers": ExpectationType(
        name="expect_numbers_to_be_stored_as_numbers",
        promise="Among numbers, no number is stored as text.",
        shape="table",
        needs=NEEDS,
        takes_condition=False,
        rule=_stored_as_numbers,
        found={"": "{text} is stored as text; the numbers around it are not."},
        expected="A number that a spreadsheet adds up.",
        examples=(
            Example(rows=_column("5", "7", "9")),
            Example(rows=_column(5, "7", 9), fails=("B2",)),
        ),
    ),
    "expect_no_dates_among_figures": ExpectationType(
        name="expect_no_dates_among_figures",
        promise="No date stands among figures.",
        shape="table",
        needs=NEEDS,
        takes_condition=False,
        rule=_no_dates,
        found={"": "The date {text} stands among figures."},
        expected="A number, or two that a spreadsheet has not taken for a date.",
        examples=(
            Example(rows=_column(5, 7, 9)),
            Example(rows=_column(5, 7, "10-Oct"), fails=("B3",)),
        ),
    ),
    "expect_numerals_to_be_unambiguous": ExpectationType(
        name="expect_numerals_to_be_unambiguous",
        promise="A point or comma in a number can be read in one way only.",
        shape="table",
        kwargs={
            "min_whole": Kwarg(kind="number"),
            "many_commas": Kwarg(kind="number"),
        },
        needs=NEEDS,
        takes_condition=False,
        rule=_unambiguous,
        found={
            "text": "{text} may have three decimals or mark thousands; {n_alike} such "
            "numbers in this column, and nothing in the table tells which.",
            "number": "{number} stands among whole numbers.",
        },
        expected="Numbers whose marks are told by the others, or are not needed.",
        examples=(
            Example(kwargs=_MARKS, rows=_column("1.843", "2.110", "12.5")),
            Example(kwargs=_MARKS, rows=_column(1843, 2110, 12, 15)),
            Example(
                kwargs=_MARKS,
                rows=_column("1.843", "512"),
                fails=("B1",),
            ),
            Example(
                kwargs=_MARKS,
                rows=_column(1.843, 512, 640, 901),
                fails=("B1",),
            ),
        ),
    ),
    "expect_no_merged_figures": ExpectationType(
        name="expect_no_merged_figures",
        promise="No figure stands in merged cells.",
        shape="row",
        needs=NEEDS,
        takes_condition=False,
        rule=_no_merged,
        found={"": "{text} stands in {n_merged} merged cells."},
        expected="One figure for each row and column.",
        examples=(
            Example(rows=_column(5, 7, n_merged=1)),
            Example(
                rows=(*_column(5, n_merged=1), cell_row(2, 2, 7, n_merged=3)),
                fails=("B2",),
            ),
        ),
    ),
    "expect_formulas_to_have_values": ExpectationType(
        name="expect_formulas_to_have_values",
        promise="Every formula among figures has its value stored.",
        shape="row",
        needs=NEEDS,
        takes_condition=False,
        rule=_formulas_have_values,
        found={"": "The cell holds a formula, and the file does not hold its value."},
        expected="The value that the sender saw.",
        examples=(
            Example(rows=(cell_row(1, 2, 5),)),
            Example(rows=(cell_row(1, 2, "", kind="unvalued"),), fails=("B1",)),
        ),
    ),
    "expect_readings_to_be_confirmed": ExpectationType(
        name="expect_readings_to_be_confirmed",
        promise="What the figures are was said by somebody, and not guessed.",
        shape="table",
        needs=NEEDS,
        takes_condition=False,
        rule=_confirmed,
        found={
            "": "{n_figures} figures were read with guesses that nobody has confirmed.",
            "none": "No table was found, even with guesses.",
        },
        expected="An adapter that describes the file.",
        examples=(
            Example(rows=(), columns=NEEDS),
            Example(rows=_column(5, 7), fails=("B1", "A")),
        ),
    ),
}
