"""Types about how numbers are written: as printed, rounded, or standing for a code."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import FIRST, PLACES
from tallymark.check.pieces.timelines import agreed
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literal, literals
from tallymark.model.observation import KEY

_TEXT = "trim(raw_value)"
_BELOW = "^(<|≤|&lt;|[Uu]nder |[Ll]ess than |[Ff]ewer than ) *([0-9]+)$"
_BETWEEN = "^([0-9]+) *(-|–|to) *([0-9]+)$"
_HIDDEN = "^[*]+$"
_NUMERAL = "^[-+]?[0-9][0-9., ]*%?$"
_DIGITS = f"try_cast(regexp_replace({_TEXT}, '[^0-9]', '', 'g') as double)"
_SCALES = (0, 2, -2, 3, 6, 9)
"""Powers of ten by which a numeral without marks is lawfully read: as it stands, a
share as a percentage or the reverse, thousands and more."""


def _as_printed(kwargs: Kwargs, rows: Rows) -> QueryRule:
    given = "obs_value is not null and raw_value is not null"
    # Nearly every cell is a plain number that stands as it is.
    doubt = f"{given} and try_cast(raw_value as double) is distinct from obs_value"
    differs = _not_a_limit() if kwargs["printed"] == "range" else _other_digits()
    return QueryRule(
        subject=given,
        suspicion=f"count(*) filter (where {doubt})",
        sql=f"select {FIRST}, {agreed(KEY)}, {PLACES} as places, count(*) as n_cells, "
        "arg_min(raw_value, obs_id) as raw_value, "
        "arg_min(obs_value, obs_id) as obs_value, "
        "case when count(*) = 1 then 'one' else 'several' end as form "
        f"from {rows} where {doubt} and {differs} "
        "group by source_file, series_id, stage, statistic",
    )


def _not_a_limit() -> str:
    """Return the condition that a range is printed, and no number inside it is read."""

    def number(pattern: str, group: int) -> str:
        found = f"regexp_extract({_TEXT}, {literal(pattern)}, {group})"
        return f"try_cast({found} as double)"

    return (
        "value_low is null and value_high is null and case "
        f"when regexp_matches({_TEXT}, {literal(_HIDDEN)}) then true "
        f"when regexp_matches({_TEXT}, {literal(_BELOW)}) "
        f"then obs_value >= {number(_BELOW, 2)} "
        f"when regexp_matches({_TEXT}, {literal(_BETWEEN)}) "
        f"then obs_value <= {number(_BETWEEN, 1)} "
        f"or obs_value >= {number(_BETWEEN, 3)} else false end"
    )


def _other_digits() -> str:
    """Return the condition that a number is read from other digits than are printed."""
    # Whichever mark parts the decimals, the digits stay: a number read from them is
    # their number times a power of ten.
    power = f"log10(abs(obs_value) / {_DIGITS})"
    strays = f"abs({power} - round({power})) > 1e-9"
    unmarked = (
        f"regexp_matches({_TEXT}, '^[0-9]+$') "
        f"and round({power}) not in {literals(_SCALES)}"
    )
    return (
        f"case when not regexp_matches({_TEXT}, {literal(_NUMERAL)}) then false "
        f"when obs_value = 0 or {_DIGITS} = 0 then obs_value <> {_DIGITS} "
        f"else {strays} or {unmarked} end"
    )


def _not_heaped(kwargs: Kwargs, rows: Rows) -> QueryRule:
    # A declared rounding, or an estimate, is no surprise.
    counts = (
        "statistic = 'COUNT' and obs_value >= 10 and obs_value = floor(obs_value) "
        "and value_low is null and value_high is null "
        "and coalesce(obs_status, 'A') <> 'E' and coalesce(unit_mult, 0) = 0"
    )
    share = literal(kwargs["share"])
    # The areas within a country are looked at with it: each alone has few counts.
    round_ = "obs_value % 5 = 0"
    return QueryRule(
        subject=counts,
        suspicion=f"(count(*) filter (where {counts} and {round_}) "
        f">= {share} * {literal(kwargs['least'])})::int",
        sql=f"select {FIRST}, series_id, ref_area, count(*) as n_counts, "
        f"count(*) filter (where {round_}) as n_round, "
        "count(*) filter (where obs_value % 10 = 0) as n_tens, "
        f"{PLACES} filter (where {round_}) as places from (select "
        "source_file, obs_id, source_ref, series_id, obs_value, "
        f"split_part(ref_area, '_', 1) as ref_area from {rows} where {counts}) "
        "group by source_file, series_id, ref_area "
        f"having count(distinct obs_value) >= {literal(kwargs['least'])} "
        f"and count(distinct obs_value) filter (where {round_}) "
        f">= {share} * count(distinct obs_value) and n_round >= {share} * n_counts",
    )


_LONG, _SHARE = 9999, 0.05


def _no_codes(kwargs: Kwargs, rows: Rows) -> QueryRule:
    codes = literals([float(code) for code in kwargs["codes"]])
    is_code = f"obs_value in {codes}"
    counts = "statistic = 'COUNT' and obs_value is not null"
    times = literal(kwargs["least_times"])
    columns = ("source_file", "series_id", "stage", "counting_unit")
    # A code stands far above the figures of its column, or below zero; or it is long
    # and one in so many of them, which no count is by chance.
    return QueryRule(
        subject=counts,
        suspicion=f"(count(*) filter (where {counts} and {is_code}) >= {times})::int",
        sql=f"with coded as (select {identifiers(columns)}, obs_value as code, "
        f"count(*) as n_same, {FIRST.replace('as source_file', 'as file')}, "
        f"{PLACES} as places from {rows} where {counts} and {is_code} "
        f"group by {identifiers(columns)}, obs_value having count(*) >= {times}), "
        f"others as (select {identifiers(columns)}, max(obs_value) as most, "
        f"count(*) as n_others from {rows} where {counts} and not ({is_code}) "
        "group by all) "
        "select c.file as source_file, c.obs_id, c.series_id, c.stage, "
        "c.counting_unit, c.places, c.code, c.n_same, o.most "
        "from coded c join others o on "
        + " and ".join(f"c.{n} is not distinct from o.{n}" for n in columns)
        + f" where o.n_others >= {times} and (c.code < 0 "
        f"or c.code >= {literal(kwargs['above'])} * o.most "
        f"or c.code >= {_LONG} and c.n_same >= {_SHARE} * (c.n_same + o.n_others))",
    )


def _row(obs_id: str, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "source_file": "f.xlsx",
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": "2019",
        "stage": "RECORDED",
        "counting_unit": "PERSON",
        "statistic": "COUNT",
    } | values


def _rows(*figures: float, **values: Any) -> tuple[dict[str, Any], ...]:
    return tuple(
        _row(f"{i:02}", obs_value=float(figure), offence_label=str(i), **values)
        for i, figure in enumerate(figures)
    )


_TWELVE = (10, 20, 35, 40, 55, 60, 75, 80, 95, 100, 115, 120)
_HEAPED = {"share": 0.8, "least": 12}
_CODES = {"codes": [99, 999, 9999, -9, -99], "least_times": 3, "above": 2}

TYPES = {
    "expect_values_to_be_as_printed": ExpectationType(
        name="expect_values_to_be_as_printed",
        promise="A figure is the number that is printed in its cell.",
        shape="table",
        kwargs={"printed": Kwarg(kind="text", choices=("range", "number"))},
        needs=(*KEY, "obs_value", "raw_value", "value_low", "value_high"),
        rule=_as_printed,
        found={
            "one": "“{raw_value}” is printed for {ref_area} {time_period:period} "
            "({stage:words}), and {obs_value} is read.",
            "several": "{n_cells} cells print another figure than is read "
            "({stage:words}). For instance “{raw_value}” is printed, and {obs_value} "
            "is read.",
        },
        expected="The number that is printed; where a range is, its bounds and no "
        "number.",
        examples=(
            Example(
                kwargs={"printed": "range"},
                rows=(
                    _row("a", raw_value="<5", value_low=1.0, value_high=4.0),
                    _row("b", raw_value="<5", obs_value=5.0, value_high=4.0),
                    _row("c", raw_value="<5", obs_value=3.0),
                    _row("d", raw_value="10 - 20", obs_value=15.0),
                    _row("e", raw_value="about 30", obs_value=30.0),
                    _row("f", raw_value="*"),
                    _row("g", raw_value="1843", obs_value=1834.0),
                ),
            ),
            Example(
                kwargs={"printed": "range"},
                rows=(
                    _row("a", raw_value="<5", obs_value=5.0),
                    _row("b", raw_value="10 - 20", obs_value=10.0),
                    _row("c", raw_value="*", obs_value=3.0),
                    _row("d", raw_value="fewer than 5", obs_value=5.0),
                ),
                fails=("a", "b", "c", "d"),
            ),
            Example(
                kwargs={"printed": "number"},
                rows=(
                    _row("a", raw_value="1.843", obs_value=1843.0),
                    _row("b", raw_value="1.843", obs_value=1.843),
                    _row("c", raw_value="52 420", obs_value=52420.0),
                    _row("d", raw_value="4,8%", obs_value=4.8),
                    _row("e", raw_value="0.12", obs_value=12.0),
                    _row("f", raw_value="<5", obs_value=5.0),
                    _row("h", raw_value="about 30", obs_value=30.0),
                    _row("i", raw_value="1,200.50", obs_value=1200.5),
                    _row("j", raw_value="12", obs_value=12000.0),
                    _row("k", raw_value="-2", obs_value=-2.0),
                    _row("l", raw_value="0", obs_value=0.0),
                    _row("m", raw_value="–", obs_value=0.0),
                ),
            ),
            Example(
                kwargs={"printed": "number"},
                rows=(
                    _row("a", raw_value="1,843", obs_value=1834.0),
                    _row("b", raw_value="1200", obs_value=120.0),
                    _row("c", raw_value="12", obs_value=0.0),
                ),
                fails=("a", "b", "c"),
            ),
        ),
    ),
    "expect_counts_not_to_be_heaped": ExpectationType(
        name="expect_counts_not_to_be_heaped",
        promise="The counts of an area do not nearly all end in 0 or 5.",
        shape="table",
        kwargs=dict.fromkeys(_HEAPED, Kwarg(kind="number")),
        needs=("series_id", "ref_area", "statistic", "obs_value", "value_low"),
        rule=_not_heaped,
        found={
            "": "{n_round} of {n_counts} counts for {ref_area} end in 0 or 5, "
            "{n_tens} of them in 0. Usually about one in five does."
        },
        expected="Counts with all last digits, or bounds that say they are rounded.",
        examples=(
            Example(kwargs=_HEAPED, rows=_rows(*_TWELVE[:9], 101, 117, 123)),
            Example(kwargs=_HEAPED, rows=_rows(*_TWELVE[:8])),
            Example(kwargs=_HEAPED, rows=_rows(*_TWELVE, obs_status="E")),
            Example(
                kwargs=_HEAPED,
                rows=tuple(
                    row | {"value_low": row["obs_value"] - 2.0}
                    for row in _rows(*_TWELVE)
                ),
            ),
            Example(kwargs=_HEAPED, rows=_rows(*[40] * 20, 41, 52)),
            Example(
                kwargs=_HEAPED,
                rows=tuple(
                    row | {"ref_area": f"XAA_{'NS'[i % 2]}"}
                    for i, row in enumerate(_rows(*_TWELVE, 121))
                ),
                fails=tuple(f"{i:02}" for i in range(12)),
            ),
            Example(
                kwargs=_HEAPED,
                rows=_rows(*_TWELVE, 121),
                fails=tuple(f"{i:02}" for i in range(12)),
            ),
        ),
    ),
    "expect_codes_not_to_be_counted": ExpectationType(
        name="expect_codes_not_to_be_counted",
        promise="No code for “missing”, such as 999, stands among the counts.",
        shape="table",
        kwargs={
            "codes": Kwarg(kind="set"),
            "least_times": Kwarg(kind="number"),
            "above": Kwarg(kind="number"),
        },
        needs=("series_id", "stage", "counting_unit", "statistic", "obs_value"),
        rule=_no_codes,
        found={
            "": "{code} is given {n_same} times ({stage:words}); the largest other "
            "figure there is {most}."
        },
        expected="No figure, with the reason, where a number is missing.",
        examples=(
            Example(kwargs=_CODES, rows=_rows(1, 5, 7, 8, 999, 12)),
            Example(kwargs=_CODES, rows=_rows(640, 780, 999, 999, 999, 1012)),
            Example(
                kwargs=_CODES,
                rows=_rows(4, 12, 999, 31, 999, 17, 999),
                fails=("02", "04", "06"),
            ),
            Example(
                kwargs=_CODES,
                rows=_rows(82398, 9999, 6411, 9999, 12040, 9999),
                fails=("01", "03", "05"),
            ),
            Example(kwargs=_CODES, rows=_rows(82398, 999, 6411, 999, 12040, 999)),
            Example(
                kwargs=_CODES,
                rows=_rows(4, 12, -99, 31, -99, 17, -99),
                fails=("02", "04", "06"),
            ),
        ),
    ),
}  # fmt: skip
