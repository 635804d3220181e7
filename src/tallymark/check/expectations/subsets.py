"""Types about conduct within wider conduct: the narrower is never the larger."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from tallymark.check.pieces.fragments import HIGH, LOW, same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literal, literals
from tallymark.model.observation import KEY

_ALIKE = (
    "ref_area", "time_period", "stage", "counting_unit", "sex", "breakdown",
    "statistic", "unit_mult", "source_file",
)  # fmt: skip
_PROVIDER = 'coalesce("series.provider", series_id) as provider'
_FAMILY = 'coalesce("series.definition_family", series_id) as family'
# Which conduct a row covers: by scope, offence and age of the victim. A row without an
# offence covers the whole scope if it is not one label of several.
_WHOLE = (
    "offence is null and (offence_label is null or is_total or scope = 'ALL_CRIME')"
)
_KIND = (
    "scope || '/' || coalesce(offence, '') || '/' || coalesce(age_group, '_T') || '/' "
    f"|| ({_WHOLE})::varchar"
)
_WITHIN = (
    "(p.offence is null and p.is_whole or left(s.offence, length(p.offence)) = "
    "p.offence) and (p.age_group = s.age_group or p.age_group = '_T')"
)


def _subset_not_above(kwargs: Kwargs, rows: Rows) -> QueryRule:
    steps = [step for chain in kwargs["scopes"] for step in combinations(chain, 2)]
    scopes = literals(dict.fromkeys(scope for step in steps for scope in step))
    subject = f"statistic = 'COUNT' and scope in {scopes}"
    narrower = " or ".join(
        f"s.scope = {literal(narrow)} and p.scope = {literal(wide)}"
        for narrow, wide in steps
    )
    kinds = Prepared(
        sql=f"with kinds as (select distinct {_KIND} as kind, scope, offence, "
        f"coalesce(age_group, '_T') as age_group, {_WHOLE} as is_whole "
        f"from {rows} where {subject}), pairs as (select s.kind, p.kind as wider "
        f"from kinds s join kinds p on ({narrower}) and {_WITHIN}) "
        "select kind, wider, false as is_wider from pairs union "
        "select wider, wider, true from pairs"
    )
    columns = [*_ALIKE, "provider", "wider"]
    read = (
        f"select {identifiers(dict.fromkeys([*KEY, *_ALIKE]))}, obs_id, source_ref, "
        f"obs_value, {_PROVIDER}, {_FAMILY}, "
        f'"series.agencies" as agencies, k.wider, k.is_wider, {LOW} as low, {HIGH} as high '
        f"from {rows} join {kinds.name} k on {_KIND} = k.kind where {subject}"
    )
    suspects = Prepared(
        sql=f"select hash({identifiers(columns)}) as h from ({read}) group by 1 "
        "having max(low) filter (where not is_wider) "
        "> min(high) filter (where is_wider)"
    )
    part = ", ".join(
        f"s.{name}" for name in dict.fromkeys(("source_file", "obs_id", *KEY))
    )
    place = (
        "struct_pack(file := {0}.source_file, cell := {0}.source_ref, "
        "obs := {0}.obs_id)"
    )
    return QueryRule(
        subject=subject,
        suspicion=f"(min(scope) filter (where scope in {scopes}) "
        f"<> max(scope) filter (where scope in {scopes}))::int",
        prepared=(kinds, suspects),
        sql=f"with members as materialized (select * from ({read}) where "
        f"hash({identifiers(columns)}) in (select h from {suspects.name})) "
        f"select {part}, s.low, p.high, p.scope as wider_scope, "
        "if(s.obs_value is null, 'at least ', '') as about, "
        "if(p.obs_value is null, 'at most ', '') as wider_about, "
        f"[{place.format('s')}, {place.format('p')}] as places "
        f"from members s join members p on {same('s', 'p', columns)} "
        "and not s.is_wider and p.is_wider and s.low > p.high "
        # Of two definitions one holds the other only if it leaves out no agency.
        "and (s.family = p.family or p.agencies = 'all') "
        f"qualify row_number() over (partition by {part} "
        "order by p.high, p.scope, p.obs_id, p.source_ref) = 1",
    )


def _row(obs_id: str, scope: str, value: float | None, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": "2019",
        "stage": "RECORDED",
        "counting_unit": "CASE",
        "scope": scope,
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": "COUNT",
        "obs_value": value,
        "series.provider": "Police",
        "series.definition_family": "f",
        "series.agencies": "all",
    } | values


def _example(*rows: dict[str, Any], fails: tuple[str, ...] = ()) -> Example:
    kwargs = {"scopes": [["OCSEA", "CSEA", "SEXUAL_OFFENCES_ALL_AGES"]]}
    return Example(kwargs=kwargs, rows=rows, fails=fails)


TYPES = {
    "expect_subset_not_above_whole": ExpectationType(
        name="expect_subset_not_above_whole",
        promise="Conduct that is part of wider conduct counts no more than that.",
        shape="table",
        kwargs={"scopes": Kwarg(kind="lists")},
        needs=(
            "series_id", "ref_area", "time_period", "stage", "counting_unit", "scope",
            "offence", "offence_label", "is_total", "sex", "age_group", "breakdown",
            "statistic", "obs_value", "value_low", "value_high", "missing_reason",
            "series.definition_family", "series.provider", "series.agencies",
        ),
        rule=_subset_not_above,
        found={
            "": "{scope:words} ({about}{low}) is more than {wider_scope:words} "
            "({wider_about}{high}), of which it is a part, for {ref_area} "
            "{time_period:period} ({stage:words})."
        },
        expected="At most as many as in the wider group of offences.",
        examples=(
            _example(_row("a", "OCSEA", 12.0), _row("b", "CSEA", 12.0)),
            _example(
                _row("a", "OCSEA", None, value_low=1.0, value_high=4.0),
                _row("b", "CSEA", 2.0),
            ),
            _example(
                _row("a", "OCSEA", 12.0),
                _row("b", "CSEA", 3.0, offence_label="Child marriage"),
                _row("c", "CSEA", 3.0, counting_unit="PERSON"),
                _row("d", "CSEA", 3.0, offence="030222"),
            ),
            _example(
                _row("a", "CSEA", 3.0, age_group="Y0T17"),
                _row("b", "SEXUAL_OFFENCES_ALL_AGES", 4.0, offence="03"),
            ),
            _example(
                _row("a", "OCSEA", 12.0, **{"series.definition_family": "unit"}),
                _row("b", "CSEA", 11.0, **{"series.agencies": "single_unit"}),
                _row("c", "CSEA", 11.0, **{"series.provider": "Courts"}),
            ),
            _example(
                _row("a", "OCSEA", 12.0, **{"series.definition_family": "unit"}),
                _row("b", "CSEA", 11.0),
                fails=("a", "b"),
            ),
            _example(
                _row("a", "OCSEA", 12.0), _row("b", "CSEA", 11.0), fails=("a", "b")
            ),
            _example(
                _row("a", "CSEA", 5.0, age_group="Y0T17", offence="03011"),
                _row("b", "SEXUAL_OFFENCES_ALL_AGES", 4.0, offence="0301"),
                _row("c", "OCSEA", 4.0, offence="03011"),
                fails=("a", "b"),
            ),
        ),
    ),
}  # fmt: skip
