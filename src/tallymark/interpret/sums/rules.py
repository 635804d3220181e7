"""The rules of adding up, as data: what is refused, what is flagged.

Each raises the caveat that explains it. Source: docs/explanation/caveat-algebra.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallymark.engine.sql import literals
from tallymark.model.figure import Judgement

PARTLY_COVERED = "partial-geography"
"""The caveat of a figure that covers a part of its area only."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When a total is refused or flagged, and the caveat that says so.

    `holds` is an SQL truth over the kinds of figures of a group; it is asked only of
    two or more figures.
    """

    caveat: str
    judgement: Judgement
    holds: str


def differs(column: str) -> str:
    """Say whether a group holds two values, or a value and a null."""
    mixed = f"min({column}) is distinct from max({column})"
    return f"({mixed} or count({column}) not in (0, count(*)))"


SEVERAL_PERIODS = f"({differs('period_start')} or {differs('period_end')})"
_PERIODS = "count(distinct (period_start, period_end))"
_WHOLE_AND_PART = [
    f"(bool_or({c} = '_T') and bool_or({c} is distinct from '_T'))"
    for c in ("sex", "age_group")
]
# What an earlier sum left open may hold the part that stands beside it.
_OPEN_BESIDE_KNOWN = [
    f"(count({c}) not in (0, count(*)))"
    for c in ("ref_area", "sex", "age_group", "offence")
] + [
    "(bool_or(contains(breakdown, '=*')) "
    "and min(breakdown) is distinct from max(last_breakdown))"
]
_FIRST, _LAST = (
    f"try_cast(regexp_extract(age_group, '{number}', 1) as bigint)"
    for number in (r"^Y(?:_GE)?(\d{1,3})", r"(\d{1,3})$")
)
_OLDEST = 120
_AGES = (
    "flatten(list(distinct list_transform(range("
    f"case when starts_with(age_group, 'Y_LT') then 0 else {_FIRST} end, "
    f"case when starts_with(age_group, 'Y_GE') then {_OLDEST} "
    f"when starts_with(age_group, 'Y_LT') then {_LAST} else {_LAST} + 1 end), "
    "lambda year: concat_ws('|', ref_area, sex, offence, period_start, year))))"
)
"""Each year of age of each area that age groups (`Y0T17`, `Y_LT18`) cover."""
_COUNTRY = "split_part(ref_area, '_', 1)"
_AREA_AND_PART = (
    "(bool_or(ref_area = 'WORLD') and bool_or(ref_area <> 'WORLD')) or "
    "count(distinct ref_area) filter (not contains(ref_area, '_')) + "
    f"count(distinct {_COUNTRY}) filter (contains(ref_area, '_')) > "
    f"count(distinct {_COUNTRY})"
)
"""An area beside one inside it, such as `XAA` and `XAA_N`."""
_NARROWER = (
    "bool_or(len(list_filter(offences, "
    "lambda o: o <> offence and starts_with(o, offence))) > 0)"
)
_STOCKS = literals(["IN_CUSTODY", "PENDING"])
_PERSONS = literals(["PERSON", "VICTIM"])
_DAYS_LIKE = 1
"""Days by which a year may differ from another in length."""

_LARGEST_NUMBER = (
    "greatest(sum(sum_low), "
    "case when sum(n_values) = sum(n_figures) then sum(sum_value) end, "
    "case when sum(n_highs) = sum(n_figures) then sum(sum_high) end)"
)

OPEN_PART = f"({differs('ref_area')} and bool_or(is_partly_covered))"
"""Of several areas one is covered in part: what it lacks is missing in the total."""

RULES = (
    Rule(caveat="stages-mixed", judgement=Judgement.REFUSED, holds=differs("stage")),
    Rule(
        caveat="unit-mismatch",
        judgement=Judgement.REFUSED,
        holds=differs("counting_unit"),
    ),
    Rule(
        caveat="unit-not-stated",
        judgement=Judgement.REFUSED,
        holds="bool_or(coalesce(counting_unit, 'UNSTATED') = 'UNSTATED')",
    ),
    Rule(
        caveat="not-addable",
        judgement=Judgement.REFUSED,
        # A sum beyond 2**53 would be rounded, and not always to the same number.
        holds="bool_or(statistic is distinct from 'COUNT') or bool_or(is_too_large) or "
        f"{_LARGEST_NUMBER} > {2**53} or "
        f"(bool_or(stage in {_STOCKS}) and {SEVERAL_PERIODS})",
    ),
    Rule(caveat="scopes-mixed", judgement=Judgement.REFUSED, holds=differs("scope")),
    Rule(
        caveat="counted-twice",
        judgement=Judgement.REFUSED,
        holds="bool_or(is_overlapping) or bool_or(is_repeated)",
    ),
    Rule(
        caveat="total-with-its-parts",
        judgement=Judgement.REFUSED,
        holds=" or ".join(
            [
                *map(differs, ("is_total", "area_level", "breakdown_cut")),
                *_WHOLE_AND_PART,
                *_OPEN_BESIDE_KNOWN,
                _NARROWER,
                _AREA_AND_PART,
                f"len({_AGES}) > len(list_distinct({_AGES}))",
            ]
        ),
    ),
    Rule(
        caveat="definition-break",
        judgement=Judgement.REFUSED,
        holds="bool_or(is_break)",
    ),
    Rule(
        caveat="definitions-differ",
        judgement=Judgement.FLAG,
        holds=f"{differs('series_id')} or {differs('definition')}",
    ),
    Rule(
        caveat="periods-differ",
        judgement=Judgement.FLAG,
        # What a first total left open (null) may hide that periods or areas differ.
        holds="bool_or(period_start is null or period_end is null) or "
        f"({SEVERAL_PERIODS} and bool_or(ref_area is null)) or "
        "count(distinct (ref_area, period_start, period_end)) <> "
        f"count(distinct coalesce(ref_area, '')) * {_PERIODS} or "
        "coalesce(max(period_end - period_start) - min(period_end - period_start) "
        f"> {_DAYS_LIKE}, false)",
    ),
    Rule(
        caveat="persons-may-recur",
        judgement=Judgement.FLAG,
        holds=f"bool_or(counting_unit in {_PERSONS}) and {SEVERAL_PERIODS}",
    ),
    Rule(
        caveat="part-missing",
        judgement=Judgement.FLAG,
        holds=f"sum(n_values) < sum(n_figures) or {OPEN_PART}",
    ),
    Rule(
        caveat="selected-figures",
        judgement=Judgement.FLAG,
        holds="bool_or(n_left_out > 0)",
    ),
)
