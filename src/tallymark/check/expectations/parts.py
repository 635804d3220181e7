"""Types about totals and their parts: whether they add up, and what they give away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tallymark.check.fragments import HIGH, LOW, PLACES
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literals
from tallymark.model.observation import KEY

_FAMILY = (
    "series_id", "ref_area", "time_period", "stage", "counting_unit", "scope",
    "offence", "offence_label", "statistic", "unit_mult", "source_file", "vintage",
)  # fmt: skip
_DIMENSIONS = ("sex", "age_group", "breakdown")
_LEFT_OVER = ("_U", "_O")
_COUNTS = "statistic = 'COUNT' and (obs_value is null or obs_value = floor(obs_value))"
_HIDDEN = "(obs_value is null and missing_reason in ('SUPPRESSED', 'RANGE'))"


@dataclass(frozen=True, kw_only=True)
class _Division:
    """One way in which totals are divided into parts, as SQL.

    `whole` are the codes that make up the total, together with what is left over;
    empty if that is not known.
    """

    dimension: str
    whole: tuple[str, ...]

    @property
    def is_part(self) -> str:
        if not self.whole:
            return f"{self.dimension} like '%=%'"
        return f"{self.dimension} in {literals((*self.whole, *_LEFT_OVER))}"

    @property
    def is_whole_part(self) -> str:
        return f"{self.dimension} in {literals(self.whole)}" if self.whole else "false"

    @property
    def others(self) -> tuple[str, ...]:
        return (*_FAMILY, *(name for name in _DIMENSIONS if name != self.dimension))


def _divisions(kwargs: Kwargs) -> list[_Division]:
    known = [
        _Division(dimension=dimension, whole=tuple(codes))
        for dimension in ("sex", "age_group")
        for codes in kwargs[dimension]
    ]
    return [*known, _Division(dimension="breakdown", whole=())]


def _suspects(division: _Division, rows: Rows) -> Prepared:
    """Return the query for the hashes of families that something may be wrong with.

    Families that share a hash can only look worse: more parts add up to more, and a
    code too many makes a suspect by itself.
    """
    total, part = f"{division.dimension} = '_T'", division.is_part
    n_codes = len(division.whole)
    doubtful = (
        f"n_whole > {n_codes} or n_whole = {n_codes} and "
        f"(n_hidden > 0 or n_high = {n_codes} and high < total_low)"
    )
    return Prepared(
        sql=f"select hash({identifiers(division.others)}) as h, "
        f"count(*) filter (where {division.is_whole_part}) as n_whole, "
        f"sum(greatest({LOW}, 0)) filter (where {part}) as low, "
        f"sum({HIGH}) filter (where {division.is_whole_part}) as high, "
        f"count({HIGH}) filter (where {division.is_whole_part}) as n_high, "
        f"min({HIGH}) filter (where {total}) as total_high, "
        f"max({LOW}) filter (where {total}) as total_low, "
        f"count(*) filter (where {_HIDDEN}) as n_hidden "
        f"from {rows} where {_COUNTS} and ({total} or {part}) group by 1 "
        f"having low > total_high or {doubtful if division.whole else 'false'}"
    )


def _families(division: _Division, rows: Rows) -> tuple[Prepared, Prepared]:
    """Return the suspected families, and these grouped by what they really are.

    A part without a number and without bounds may be anything from 0 upwards.
    """
    suspects = _suspects(division, rows)
    dimension = division.dimension
    own = ", ".join(
        f"'_T' as {name}" if name == dimension else name for name in _DIMENSIONS
    )
    members = (
        f"select {identifiers(_FAMILY)}, {own}, {dimension} as code, obs_id, "
        f"source_ref, obs_value, missing_reason, {LOW} as low, {HIGH} as high, "
        f"{division.is_whole_part} as is_whole_part "
        f"from {rows} where {_COUNTS} and ({dimension} = '_T' or {division.is_part}) "
        f"and hash({identifiers(division.others)}) in (select h from {suspects.name})"
    )
    part, total = "filter (where code <> '_T')", "filter (where code = '_T')"
    hidden = f"filter (where {_HIDDEN} and code <> '_T')"
    group = identifiers([*_FAMILY, *_DIMENSIONS])
    total_first = PLACES.replace("order by", "order by code <> '_T',")
    # A code given twice is nobody's part; that it is, another finding says.
    families = (
        f"select {group}, min(obs_id) as obs_id, "
        f"{total_first} as places, "
        f"count(*) filter (where is_whole_part) = {max(len(division.whole), 1)} "
        f"as is_whole, count(*) {part} as n_parts, "
        f"sum(coalesce(low, 0)) {part} as low, max(low) {part} as most, "
        f"if(count(high) {part} = n_parts, sum(high) {part}, null) as high, "
        f"sum(obs_value) {part} as known, count(obs_value) {part} as n_known, "
        f"min(low) {total} as total_low, min(high) {total} as total_high, "
        f"min(obs_value) {total} as total, "
        f"bool_or({_HIDDEN}) {total} as total_is_hidden, "
        f"count(*) {hidden} as n_hidden, "
        f"min(code) {hidden} as hidden, max(high) {hidden} as hidden_high "
        f"from ({members}) group by {group} having count(*) {total} = 1 "
        "and n_parts > 0 and count(*) = count(distinct code)"
    )
    return suspects, Prepared(sql=families)


def _totals_match(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return tuple(_total_matches(division, rows) for division in _divisions(kwargs))


def _total_matches(division: _Division, rows: Rows) -> QueryRule:
    suspects, families = _families(division, rows)
    parts, form = ("low", "exceed") if division.whole else ("most", "part")
    short = "(is_whole and high < total_low)"
    return QueryRule(
        subject=f"{_COUNTS} and {division.is_part}",
        prepared=(suspects, families),
        sql=f"select source_file, obs_id, {identifiers(KEY)}, places, "
        f"'{division.dimension}' as dimension, if({short}, 'short', '{form}') as form, "
        f"if({short}, high, {parts}) as parts, "
        f"if({short}, total_low, total_high) as whole, "
        f"if(n_known = n_parts, '', if({short}, 'at most ', 'at least ')) as about, "
        f"if(total is not null, '', if({short}, 'at least ', 'at most ')) as "
        f"whole_about from {families.name} where {parts} > total_high or {short}",
    )


def _stay_hidden(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    # Whether parts are all there are is known for listed codes only.
    return tuple(_stays_hidden(d, rows) for d in _divisions(kwargs) if d.whole)


def _stays_hidden(division: _Division, rows: Rows) -> QueryRule:
    suspects, families = _families(division, rows)
    one_part = (
        "(n_hidden = 1 and n_known = n_parts - 1 and total is not null "
        "and total - coalesce(known, 0) between 0 and coalesce(hidden_high, total))"
    )
    the_total = (
        "coalesce(total_is_hidden and n_known = n_parts "
        "and known <= coalesce(total_high, known), false)"
    )
    own = ", ".join(
        f"if({the_total}, {name}, hidden) as {name}"
        if name == division.dimension
        else name
        for name in KEY
    )
    return QueryRule(
        subject=f"{_COUNTS} and {division.is_part}",
        prepared=(suspects, families),
        sql=f"select source_file, obs_id, {own}, places, "
        f"'{division.dimension}' as dimension, "
        f"if({the_total}, 'the total', hidden) as part from {families.name} "
        f"where is_whole and ({one_part} or {the_total})",
    )


_KWARGS = {"sex": Kwarg(kind="lists"), "age_group": Kwarg(kind="lists")}
_PARTS = {"sex": [["F", "M"]], "age_group": [["Y0T17", "Y_GE18"]]}
_NEEDS = (
    "series_id", "ref_area", "time_period", "stage", "counting_unit", "scope",
    "offence", "sex", "age_group", "breakdown", "statistic", "obs_value",
    "value_low", "value_high", "missing_reason",
)  # fmt: skip


def _row(obs_id: str, sex: str, value: float | None, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": "2019",
        "statistic": "COUNT",
        "sex": sex,
        "age_group": "_T",
        "breakdown": "_T",
        "obs_value": value,
    } | values


_FEW = {"value_low": 1.0, "value_high": 4.0, "missing_reason": "SUPPRESSED"}


def _example(*rows: dict[str, Any], fails: tuple[str, ...] = ()) -> Example:
    return Example(kwargs=_PARTS, rows=rows, fails=fails)


TYPES = {
    "expect_totals_to_match_parts": ExpectationType(
        name="expect_totals_to_match_parts",
        promise="A total is neither smaller nor larger than its parts together.",
        shape="table",
        kwargs=_KWARGS,
        needs=_NEEDS,
        rule=_totals_match,
        found={
            "exceed": "The parts by {dimension:words} add up to "
            "{about}{parts}, more than the total of {whole_about}{whole} for "
            "{ref_area} {time_period:period} ({stage:words}).",
            "short": "The parts by {dimension:words} add up to "
            "{about}{parts}, less than the total of {whole_about}{whole} for "
            "{ref_area} {time_period:period} ({stage:words}).",
            "part": "One part by {dimension:words} is {parts}, more than the total of "
            "{whole_about}{whole} for {ref_area} {time_period:period} ({stage:words}).",
        },
        expected="Parts that make up the total, what is unknown being a part too.",
        examples=(
            _example(_row("a", "_T", 30.0), _row("b", "F", 20.0), _row("c", "M", 10.0)),
            _example(
                _row("a", "_T", 30.0),
                _row("b", "F", 20.0),
                _row("c", "M", 5.0),
                _row("d", "_U", 5.0),
            ),
            _example(_row("a", "_T", 30.0), _row("b", "F", 20.0)),
            _example(
                _row("a", "_T", 30.0),
                _row("b", "F", 28.0),
                _row("c", "M", None, **_FEW),
            ),
            _example(
                _row("a", "_T", 27.0),
                _row("b", "F", 20.0),
                _row("c", "M", 10.0),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("a", "_T", 31.0),
                _row("b", "F", 20.0),
                _row("c", "M", 10.0),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("a", "_T", 12.0),
                _row("b", "F", None),
                _row("c", "M", 15.0),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("a", "_T", 40.0),
                _row("b", "F", 28.0),
                _row("c", "M", None, **_FEW),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("a", "_T", 10.0),
                _row("b", "_T", 11.0, breakdown="form=labour"),
                _row("c", "_T", 9.0, breakdown="form=other"),
                fails=("a", "b", "c"),
            ),
        ),
    ),
    "expect_hidden_figures_to_stay_hidden": ExpectationType(
        name="expect_hidden_figures_to_stay_hidden",
        promise="A hidden figure cannot be worked out from the figures beside it.",
        shape="table",
        kwargs=_KWARGS,
        needs=_NEEDS,
        rule=_stay_hidden,
        # The number itself is not printed: the finding must not tell it either.
        found={
            "": "The hidden figure for {ref_area} {time_period:period} ({stage:words}; "
            "{dimension:words}: {part:words}) can be worked out from the figures "
            "beside it."
        },
        expected="A second hidden figure among the parts, or none.",
        examples=(
            _example(
                _row("a", "_T", 31.0),
                _row("b", "F", None, **_FEW),
                _row("c", "M", None, **_FEW),
            ),
            _example(
                _row("a", "_T", 60.0),
                _row("b", "F", 28.0),
                _row("c", "M", None, **_FEW),
            ),
            _example(
                _row("a", "_T", 352.0),
                _row("b", "_T", 352.0, age_group="Y_GE18"),
                _row("c", "_T", None, age_group="Y0T17", **_FEW),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("a", "_T", None, **_FEW),
                _row("b", "F", 1.0),
                _row("c", "M", 2.0),
                fails=("a", "b", "c"),
            ),
        ),
    ),
}
