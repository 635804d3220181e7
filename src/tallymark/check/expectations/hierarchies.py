"""Types about offences within offences and areas within areas: do they add up?"""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.sums import (
    COUNTS,
    SUMS_KWARGS,
    SUMS_NEEDS,
    Hierarchy,
    sums_rule,
)
from tallymark.check.rule import Example, ExpectationType, Kwargs, QueryRule, Rows

# A label that is narrower or broader than its code is no such part and no such total.
_CODED = f"{COUNTS} and coalesce(offence_relation, 'exact') = 'exact'"


def _offences(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return _coded(kwargs, rows), _labelled(kwargs, rows)


def _labelled(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Return the rule for a printed total over the offences beside it."""
    labels = (
        f"select distinct offence_label as code, is_total from {rows} where {COUNTS}"
    )
    pairs = (
        f"with labels as ({labels} and offence_label is not null), "
        "parts as (select p.code, w.code as whole from labels p join labels w "
        "on w.is_total and not p.is_total and p.code <> w.code) "
        "select code, code as said, whole, 'offence' as kind, 'part' as role, "
        "null::bigint as n_whole from parts union all "
        "select distinct whole, whole, whole, 'offence', 'total', null from parts"
    )
    hierarchy = Hierarchy(
        column="offence_label",
        pairs=pairs,
        drops=("offence",),
        role_if="role = 'total' or not is_total",
        total_if="is_total",
        is_disjoint=True,
        is_seen=True,
    )
    return sums_rule(hierarchy, kwargs, rows)


def _coded(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Return the rule for ICCS codes: each holds those that begin with it."""
    codes = f"select distinct offence as code from {rows} where {_CODED}"
    parts = (
        "select p.code, w.code as whole, length(p.code)::varchar as kind "
        "from codes p join codes w on length(p.code) > length(w.code) "
        "and left(p.code, length(w.code)) = w.code"
    )
    # Codes have two, four, five or six digits.
    parent = "if(length(s.code) = 4, 2, length(s.code) - 1)"
    siblings = (
        "select s.code, t.whole, t.kind from (select distinct whole, kind from parts) t "
        "join codes s on s.code <> t.whole and length(s.code) = length(t.whole) "
        f"and length(s.code) > 2 and left(s.code, {parent}) = left(t.whole, {parent})"
    )
    pairs = (
        f"with codes as ({codes}), parts as ({parts}) "
        "select code, code as said, whole, kind, 'part' as role, "
        "null::bigint as n_whole from parts union all "
        "select distinct whole, whole, whole, kind, 'total', null from parts union all "
        f"select code, code, whole, kind, 'sibling', null from ({siblings})"
    )
    hierarchy = Hierarchy(
        column="offence",
        pairs=pairs,
        name="coalesce(offence_label, offence)",
        drops=("offence_label",),
        subject=_CODED,
    )
    return sums_rule(hierarchy, kwargs, rows)


def _areas(kwargs: Kwargs, rows: Rows) -> QueryRule:
    codes = f"select distinct ref_area as code, area_level as level from {rows}"
    pairs = (
        f"with codes as ({codes} where {COUNTS} and ref_area is not null), "
        "parts as (select code, case when level = 'subnational' "
        "then split_part(code, '_', 1) when level = 'country' or code = 'WORLD_U' "
        "then 'WORLD' end as whole, coalesce(level, 'country') as kind from codes), "
        "known as (select code, whole, if(whole = 'WORLD', 'country', kind) as kind "
        "from parts where whole <> code and whole in (select code from codes)) "
        "select code, code as said, whole, kind, 'part' as role, "
        "null::bigint as n_whole from known union all "
        "select distinct whole, whole, whole, kind, 'total', null from known"
    )
    return sums_rule(Hierarchy(column="ref_area", pairs=pairs), kwargs, rows)


def _row(obs_id: str, value: float | None, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "area_level": "country",
        "time_period": "2019",
        "stage": "RECORDED",
        "counting_unit": "OFFENCE",
        "statistic": "COUNT",
        "obs_value": value,
    } | values


_KWARGS = {"units": ["OFFENCE"], "min_agreeing": 2, "min_share": 0.6}


def _example(*rows: dict[str, Any], fails: tuple[str, ...] = ()) -> Example:
    return Example(kwargs=_KWARGS, rows=rows, fails=fails)


def _of_year(
    year: str, whole: float, *parts: float, **values: Any
) -> tuple[dict[str, Any], ...]:
    """Return sexual violence in a year, and rape, assault and other acts within it."""
    figures = zip(("0301", "03011", "03012", "03019"), (whole, *parts), strict=False)
    return tuple(
        _row(f"{year}-{code}", value, offence=code, time_period=year, **values)
        for code, value in figures
    )


def _of_labels(year: str, *figures: float) -> tuple[dict[str, Any], ...]:
    return tuple(
        _row(
            f"{year}-{label}",
            value,
            offence_label=label,
            is_total=label == "Total",
            time_period=year,
        )
        for label, value in zip(("Total", "Grooming", "Material"), figures, strict=True)
    )


_FOR = "for {ref_area} {time_period:period} ({stage:words}).{explanation}"
TYPES = {
    "expect_offences_to_add_up": ExpectationType(
        name="expect_offences_to_add_up",
        promise="An offence counts as many as the offences within it.",
        shape="table",
        kwargs=SUMS_KWARGS,
        needs=(*SUMS_NEEDS, "is_total"),
        rule=_offences,
        found={
            "exceed": "The offences within “{whole_name}” add up to {about}{parts}, "
            f"more than its own figure of {{whole_about}}{{whole}} {_FOR}",
            "short": "The offences within “{whole_name}” add up to {about}{parts}, "
            f"less than its own figure of {{whole_about}}{{whole}} {_FOR}",
            "part": "One offence within “{whole_name}” is {parts}, more than its own "
            f"figure of {{whole_about}}{{whole}} {_FOR}",
        },
        expected="Offences that make up the one that holds them, or leave some out.",
        examples=(
            _example(
                *_of_year("2017", 60, 30, 20, 10), *_of_year("2018", 66, 33, 22, 11)
            ),
            _example(*_of_year("2017", 60, 30, 20)),
            _example(*_of_year("2017", 60, 30, 40, counting_unit="PERSON")),
            _example(
                *_of_year("2017", 60, 30, 40, 10),
                fails=("2017-0301", "2017-03011", "2017-03012", "2017-03019"),
            ),
            _example(
                *_of_year("2017", 60, 30, 20, 10),
                *_of_year("2018", 66, 33, 22, 11),
                *_of_year("2019", 66, 33, 22, 2),
                fails=("2019-0301", "2019-03011", "2019-03012", "2019-03019"),
            ),
            _example(
                *_of_labels("2017", 30, 10, 20),
                *_of_labels("2018", 33, 11, 22),
                *_of_labels("2019", 66, 11, 22),
                fails=("2019-Total", "2019-Grooming", "2019-Material"),
            ),
            _example(*_of_labels("2017", 30, 10, 20), *_of_labels("2018", 3, 1, 22)),
            _example(
                *_of_year("2017", 60, 70, counting_unit="PERSON"),
                fails=("2017-0301", "2017-03011"),
            ),
        ),
    ),
    "expect_areas_to_add_up": ExpectationType(
        name="expect_areas_to_add_up",
        promise="An area counts as many as the areas within it.",
        shape="table",
        kwargs=SUMS_KWARGS,
        needs=(*SUMS_NEEDS, "area_level"),
        rule=_areas,
        found={
            "exceed": "The areas within {ref_area} add up to {about}{parts}, more than "
            f"its own figure of {{whole_about}}{{whole}} {_FOR}",
            "short": "The areas within {ref_area} add up to {about}{parts}, less than "
            f"its own figure of {{whole_about}}{{whole}} {_FOR}",
            "part": "One area within {ref_area} has {parts}, more than the figure of "
            f"{{whole_about}}{{whole}} {_FOR}",
        },
        expected="Areas that make up the one that holds them, or leave some out.",
        examples=(
            _example(
                _row("a", 30.0),
                _row("b", 10.0, ref_area="XAA_N", area_level="subnational"),
                _row("c", None, ref_area="XAA_S", area_level="subnational"),
            ),
            _example(
                _row("a", 30.0),
                _row("b", 10.0, ref_area="XAA_N", area_level="subnational"),
                _row("c", 21.0, ref_area="XAA_S", area_level="subnational"),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("w", 30.0, ref_area="WORLD", area_level="world"),
                _row("a", 25.0),
                _row("b", 9.0, ref_area="XAB"),
                fails=("w", "a", "b"),
            ),
        ),
    ),
}
