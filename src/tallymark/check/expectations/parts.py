"""Types about totals and their parts: whether they add up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tallymark.check.pieces.examples import FEW, of_sex
from tallymark.check.pieces.explanation import explain_sum
from tallymark.check.pieces.families import (
    COUNTS,
    DIVIDED_BY,
    NEEDS,
    Division,
    divisions_of,
    families_of,
)
from tallymark.check.pieces.sums import (
    SUMS_KWARGS,
    Hierarchy,
    about,
    parts_of,
    sums_rule,
)
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literals
from tallymark.model.observation import KEY


def _totals_match(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    by_code = [
        _total_matches(division, rows)
        for division in divisions_of(kwargs)
        if division.whole
    ]
    own = _breakdowns(kwargs, rows)
    # Where the parts of a breakdown are offences, the total is of another, or of none.
    offences = replace(
        own,
        drops=("offence", "offence_label"),
        total_if="is_total and offence is null",
        having="count(distinct coalesce(offence, '') || '/' "
        "|| coalesce(offence_label, '')) > 1",
    )
    return (*by_code, *(sums_rule(each, kwargs, rows) for each in (own, offences)))


def _total_matches(division: Division, rows: Rows) -> QueryRule:
    suspects, families = families_of(division, rows)
    short = "(is_whole and high < total_low)"
    return QueryRule(
        subject=f"{COUNTS} and {division.is_part}",
        prepared=(suspects, families),
        sql="with judged as (select *, "
        f"case when {short} then 'short' when low > total_high then 'exceed' end "
        f"as form from {families.name}) "
        f"select source_file, obs_id, {identifiers(KEY)}, places, cells, form, "
        f"'{division.dimension}' as dimension, 0 as n_agree, "
        "if(form = 'short', high, low) as parts, "
        "if(form = 'short', total_low, total_high) as whole, "
        f"{about('n_known = n_parts', 'about')}, "
        f"{about('total_low = total_high', 'whole_about', flipped=True)} "
        "from judged where form is not null",
        explain=explain_sum,
    )


def _breakdowns(kwargs: Kwargs, rows: Rows) -> Hierarchy:
    """Return the parts of a breakdown: the whole lacks one of its dimensions."""
    unlike = ""
    if kwargs["no_parts"]:
        unlike = f" and kind not in {literals(kwargs['no_parts'])}"
    return Hierarchy(
        column="breakdown",
        is_disjoint=True,
        pairs=f"with pairs as ({parts_of('breakdown', rows, COUNTS)}), "
        f"parts as (select * from pairs where whole in (select distinct breakdown "
        f"from {rows} where {COUNTS}){unlike}) "
        "select code, said, whole, kind, 'part' as role, "
        "null::bigint as n_whole from parts "
        "union all select distinct whole, whole, whole, kind, 'total', null from parts",
    )


_AGREEING = {
    name: SUMS_KWARGS[name] for name in ("min_agreeing", "min_share", "rounded_to")
}
_PARTS = {
    "sex": [["F", "M"]],
    "age_group": [["Y0T17", "Y_GE18"]],
    "min_agreeing": 2,
    "min_share": 0.6,
    "no_parts": ["measure"],
}


def _example(*rows: dict[str, Any], fails: tuple[str, ...] = ()) -> Example:
    return Example(kwargs=_PARTS, rows=rows, fails=fails)


TYPES = {
    "expect_totals_to_match_parts": ExpectationType(
        name="expect_totals_to_match_parts",
        promise="A total is neither smaller nor larger than its parts together.",
        shape="table",
        kwargs=DIVIDED_BY | _AGREEING | {"no_parts": Kwarg(kind="texts")},
        needs=(*NEEDS, "offence_label", "is_total"),
        rule=_totals_match,
        found={
            "exceed": "The parts by {dimension:words} add up to "
            "{about}{parts}, more than the total of {whole_about}{whole} for "
            "{ref_area} {time_period:period} ({stage:words}).{explanation}",
            "short": "The parts by {dimension:words} add up to "
            "{about}{parts}, less than the total of {whole_about}{whole} for "
            "{ref_area} {time_period:period} ({stage:words}).{explanation}",
            "part": "One part by {dimension:words} is {parts}, more than the total of "
            "{whole_about}{whole} for {ref_area} {time_period:period} "
            "({stage:words}).{explanation}",
        },
        expected="Parts that make up the total, what is unknown being a part too.",
        examples=(
            _example(
                of_sex("a", "_T", 30.0), of_sex("b", "F", 20.0), of_sex("c", "M", 10.0)
            ),
            _example(
                of_sex("a", "_T", 30.0),
                of_sex("b", "F", 20.0),
                of_sex("c", "M", 5.0),
                of_sex("d", "_U", 5.0),
            ),
            _example(of_sex("a", "_T", 30.0), of_sex("b", "F", 20.0)),
            _example(
                of_sex("a", "_T", 30.0),
                of_sex("b", "F", 28.0),
                of_sex("c", "M", None, **FEW),
            ),
            _example(
                of_sex("a", "_T", 27.0),
                of_sex("b", "F", 20.0),
                of_sex("c", "M", 10.0),
                fails=("a", "b", "c"),
            ),
            _example(
                of_sex("a", "_T", 31.0),
                of_sex("b", "F", 20.0),
                of_sex("c", "M", 10.0),
                fails=("a", "b", "c"),
            ),
            _example(
                of_sex("a", "_T", 12.0),
                of_sex("b", "F", None),
                of_sex("c", "M", 15.0),
                fails=("a", "b", "c"),
            ),
            _example(
                of_sex("a", "_T", 40.0),
                of_sex("b", "F", 28.0),
                of_sex("c", "M", None, **FEW),
                fails=("a", "b", "c"),
            ),
            _example(
                of_sex("a", "_T", 10.0),
                of_sex("b", "_T", 11.0, breakdown="form=labour"),
                of_sex("c", "_T", 9.0, breakdown="form=other"),
                fails=("a", "b", "c"),
            ),
        ),
    ),
}
