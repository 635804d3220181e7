"""Totals and the parts they are divided into, as prepared tables that types share."""

from __future__ import annotations

from dataclasses import dataclass

from tallymark.check.pieces.fragments import PLACES, bounds_within
from tallymark.check.rule import Kwarg, Kwargs, Prepared, Rows
from tallymark.engine.sql import identifiers, literals

FAMILY = (
    "series_id", "ref_area", "time_period", "stage", "counting_unit", "scope",
    "offence", "offence_label", "statistic", "unit_mult", "source_file", "vintage",
)  # fmt: skip
DIMENSIONS = ("sex", "age_group", "breakdown")
_LEFT_OVER = ("_U", "_O")
COUNTS = "statistic = 'COUNT' and (obs_value is null or obs_value = floor(obs_value))"
HIDDEN = "(obs_value is null and missing_reason in ('SUPPRESSED', 'RANGE'))"
_CELLS = (
    "list(struct_pack(role := if(code = '_T', 'total', 'part'), name := code, "
    "low := low, high := high, obs := obs_id) "
    "order by code <> '_T', source_file, obs_id, source_ref)"
)

DIVIDED_BY = {"sex": Kwarg(kind="lists"), "age_group": Kwarg(kind="lists")}
"""Keyword arguments: lists of codes that make up a total, for each dimension."""

NEEDS = (
    "series_id", "ref_area", "time_period", "stage", "counting_unit", "scope",
    "offence", "sex", "age_group", "breakdown", "statistic", "obs_value",
    "value_low", "value_high", "missing_reason",
)  # fmt: skip
"""Columns that are needed."""


@dataclass(frozen=True, kw_only=True)
class Division:
    """One way in which totals are divided into parts, as SQL.

    `whole` are the codes that make up the total, together with what is left over;
    empty if that is not known.
    """

    dimension: str
    whole: tuple[str, ...]
    rounded_to: float | None = None
    """The step to which all figures are known to be rounded."""

    @property
    def bounds(self) -> tuple[str, str]:
        """The least and the most that a figure can be."""
        return bounds_within(self.rounded_to)

    @property
    def is_part(self) -> str:
        """Whether a row is a part, of whatever kind."""
        if not self.whole:
            return f"{self.dimension} like '%=%'"
        return f"{self.dimension} in {literals((*self.whole, *_LEFT_OVER))}"

    @property
    def is_whole_part(self) -> str:
        """Whether a row is one of the parts that make up the total."""
        return f"{self.dimension} in {literals(self.whole)}" if self.whole else "false"

    @property
    def others(self) -> tuple[str, ...]:
        """The columns in which a total and its parts agree."""
        return (*FAMILY, *(name for name in DIMENSIONS if name != self.dimension))


def divisions_of(kwargs: Kwargs) -> list[Division]:
    """Return the ways of dividing that arguments name, and by any other breakdown."""
    known = [
        Division(
            dimension=dimension,
            whole=tuple(codes),
            rounded_to=kwargs.get("rounded_to"),
        )
        for dimension in ("sex", "age_group")
        for codes in kwargs[dimension]
    ]
    return [*known, Division(dimension="breakdown", whole=())]


def _suspects(division: Division, rows: Rows) -> Prepared:
    """Return the query for the hashes of families that something may be wrong with.

    Families that share a hash can only look worse: more parts add up to more, and a
    code too many makes a suspect by itself.
    """
    total, part = f"{division.dimension} = '_T'", division.is_part
    n_codes, (low, high) = len(division.whole), division.bounds
    doubtful = (
        f"n_whole > {n_codes} or n_whole = {n_codes} and "
        f"(n_hidden > 0 or n_high = {n_codes} and high < total_low)"
    )
    return Prepared(
        sql=f"select hash({identifiers(division.others)}) as h, "
        f"count(*) filter (where {division.is_whole_part}) as n_whole, "
        f"sum(greatest({low}, 0)) filter (where {part}) as low, "
        f"sum({high}) filter (where {division.is_whole_part}) as high, "
        f"count({high}) filter (where {division.is_whole_part}) as n_high, "
        f"min({high}) filter (where {total}) as total_high, "
        f"max({low}) filter (where {total}) as total_low, "
        f"count(*) filter (where {HIDDEN}) as n_hidden "
        f"from {rows} where {COUNTS} and ({total} or {part}) group by 1 "
        f"having low > total_high or {doubtful if division.whole else 'false'}"
    )


def families_of(division: Division, rows: Rows) -> tuple[Prepared, Prepared]:
    """Return the suspected families, and these grouped by what they really are.

    A part without a number and without bounds may be anything from 0 upwards.
    """
    suspects = _suspects(division, rows)
    dimension, (low, high) = division.dimension, division.bounds
    own = ", ".join(
        f"'_T' as {name}" if name == dimension else name for name in DIMENSIONS
    )
    members = (
        f"select {identifiers(FAMILY)}, {own}, {dimension} as code, obs_id, "
        f"source_ref, obs_value, missing_reason, {low} as low, {high} as high, "
        f"{division.is_whole_part} as is_whole_part "
        f"from {rows} where {COUNTS} and ({dimension} = '_T' or {division.is_part}) "
        f"and hash({identifiers(division.others)}) in (select h from {suspects.name})"
    )
    part, total = "filter (where code <> '_T')", "filter (where code = '_T')"
    hidden = f"filter (where {HIDDEN} and code <> '_T')"
    group = identifiers([*FAMILY, *DIMENSIONS])
    total_first = PLACES.replace("order by", "order by code <> '_T',")
    # A code given twice is nobody's part; that it is, another finding says.
    families = (
        f"select {group}, min(obs_id) as obs_id, {_CELLS} as cells, "
        f"{total_first} as places, "
        f"count(*) filter (where is_whole_part) = {max(len(division.whole), 1)} "
        f"as is_whole, count(*) {part} as n_parts, "
        f"sum(coalesce(low, 0)) {part} as low, max(low) {part} as most, "
        f"if(count(high) {part} = n_parts, sum(high) {part}, null) as high, "
        f"sum(obs_value) {part} as known, count(obs_value) {part} as n_known, "
        f"min(low) {total} as total_low, min(high) {total} as total_high, "
        f"min(obs_value) {total} as total, "
        f"bool_or({HIDDEN}) {total} as total_is_hidden, "
        f"count(*) {hidden} as n_hidden, "
        f"min(code) {hidden} as hidden, max(high) {hidden} as hidden_high "
        f"from ({members}) group by {group} having count(*) {total} = 1 "
        "and n_parts > 0 and count(*) = count(distinct code)"
    )
    return suspects, Prepared(sql=families)
