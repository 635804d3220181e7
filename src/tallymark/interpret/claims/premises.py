"""Numbers quoted from documents, as observations of a series of their own.

So the catalogue gives them their caveats as it does to any other figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pyarrow as pa

from tallymark.interpret.attach import attach_caveats
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.claims.periods import sdmx_period
from tallymark.interpret.claims.value import ClaimedValue, Form, read_value
from tallymark.model.claim import (
    Claim,
    Premise,
    QuotedSource,
    Role,
)
from tallymark.model.codes import Severity
from tallymark.model.columns import arrow_table, empty_table
from tallymark.model.condition import findings_of
from tallymark.model.context import Reference
from tallymark.model.finding import FLAG_SCHEMA, Findings, Outcome, Status
from tallymark.model.observation import SCHEMA
from tallymark.model.series import (
    Collection,
    CountingRule,
    Coverage,
    Expected,
    Series,
    SeriesCalendar,
    Source,
)

QUOTED = "quoted:"
"""How the ids of series begin that stand for a quoted document."""


class _Layered(Mapping[str, Series]):
    """Quoted series before those of the reference, which are read when asked for."""

    def __init__(
        self, quoted: Mapping[str, Series], known: Mapping[str, Series]
    ) -> None:
        self._quoted, self._known = quoted, known

    def __getitem__(self, name: str) -> Series:
        if name.startswith(QUOTED):
            return self._quoted[":".join(name.split(":")[:2])]
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        if isinstance(name, str) and name.startswith(QUOTED):
            return ":".join(name.split(":")[:2]) in self._quoted
        return name in self._known

    def __iter__(self) -> Any:
        return iter([*self._quoted, *self._known])

    def __len__(self) -> int:
        return len(self._quoted) + len(self._known)


def with_quoted(reference: Reference, sources: Mapping[str, QuotedSource]) -> Reference:
    """Return a reference that knows each quoted document as a series of its own."""
    quoted = {QUOTED + key: _series(key, source) for key, source in sources.items()}
    return replace(reference, series=_Layered(quoted, reference.series))


def quoted_figures(
    claims: Iterable[Claim], catalogue: Catalogue, reference: Reference
) -> dict[str, pa.Table]:
    """Return the figures of all quoted numbers, each as a table, by claim and place."""
    rows = [
        _observation(claim, premise, n)
        for claim in claims
        for n, premise in enumerate(claim.premises)
    ]
    columns = {name: [row.get(name) for row in rows] for name in SCHEMA.names}
    table = attach_caveats(
        arrow_table(columns, SCHEMA), _not_asked(catalogue), reference, catalogue
    )
    return {
        ids[0]: table.slice(i, 1) for i, ids in enumerate(table["obs_ids"].to_pylist())
    }


def premise_value(premise: Premise) -> ClaimedValue:
    """Return what a quoted number may be; a part of a number is worked out."""
    value = read_value(premise.value)
    if premise.of is None or value.span is None:
        return value
    whole = read_value(premise.of)
    if whole.span is None:
        return replace(value, span=None, is_unreadable=True)
    part = value.span.times(Fraction(1, 100))
    if part.high is None:  # more than half of it, and at most all of it
        part = replace(part, high=Fraction(1), has_high=True)
    return replace(value, span=part * whole.span, form=whole.form)


def _observation(claim: Claim, premise: Premise, n: int) -> dict[str, Any]:
    value = premise_value(premise)
    time_period, (start, end) = sdmx_period(premise.period, premise.calendar)
    is_percent = value.form in (Form.PERCENT, Form.POINTS)
    scope = premise.scope
    if isinstance(scope, tuple):
        scope = scope[0] if len(scope) == 1 else None
    number, low, high = observed_number(value, is_percent=is_percent)
    reason, status = _missing(value, premise, number)
    return {
        "obs_id": f"{claim.id}:{n}",
        "series_id": _series_id(premise),
        "ref_area": premise.area,
        "area_level": _area_level(premise.area),
        "freq": "A",
        "time_period": time_period,
        "period_start": start,
        "period_end": end,
        "calendar": premise.calendar or "gregorian",
        "stage": premise.stage,
        "counting_unit": premise.unit or (None if is_percent else "UNSTATED"),
        "scope": scope,
        "offence_relation": premise.label_fit,
        "offence_label": premise.label if premise.label_fit else None,
        "sex": "_T",
        "age_group": "_T",
        "breakdown": _breakdown(claim, premise, n),
        "is_total": premise.is_total,
        "statistic": "PERCENT" if is_percent else "COUNT",
        "unit_mult": 0,
        "base_n": premise.base_n,
        "obs_value": number,
        "value_low": low,
        "value_high": high,
        "missing_reason": reason,
        "obs_status": status,
        "conf_status": "A" if reason == "SUPPRESSED" else None,
        "raw_value": str(premise.value),
        "source_file": premise.source,
        "source_ref": premise.label or "",
    }


def observed_number(
    value: ClaimedValue, *, is_percent: bool
) -> tuple[float | None, float | None, float | None]:
    """Return the number of an observation, or else its bounds."""
    span = value.span
    if span is None:
        return None, None, None
    if span.low is not None and span.high is not None and span.has_high:
        middle = (span.low + span.high) / 2
        is_exact = span.high - span.low <= 1
        if is_exact or is_percent:
            return float(middle), None, None
    low = None if span.low is None else float(span.low)
    high = None if span.high is None else float(span.high)
    if not is_percent:  # counts are whole: `<5` is at most 4
        low = low if low is None or span.has_low else low + 1
        high = high if high is None or span.has_high else high - 1
    return None, low, high


def _missing(
    value: ClaimedValue, premise: Premise, number: float | None
) -> tuple[str | None, str]:
    if number is not None:
        return None, "A"
    if value.span is None:
        return "UNREADABLE", "O"
    return ("SUPPRESSED" if str(premise.value).startswith("<") else "RANGE"), "Q"


def _breakdown(claim: Claim, premise: Premise, n: int) -> str:
    if premise.population:
        return f"population={premise.population}"
    if claim.kind in ("sum", "parts") and not premise.is_total:
        same = [
            p
            for p in claim.premises
            if (p.area, p.period) == (premise.area, premise.period)
        ]
        if len(same) > 1 and premise.role != Role.TOTAL:
            return f"item={premise.label or n}"
    return "_T"


def _area_level(area: str | None) -> str | None:
    if area is None:
        return None
    if area == "WORLD":
        return "world"
    return "subnational" if "_" in area else "country"


def _series_id(premise: Premise) -> str:
    mark = f":{premise.definition}" if premise.definition else ""
    return f"{QUOTED}{premise.source}{mark}"


def _series(key: str, source: QuotedSource) -> Series:
    """A document that numbers are quoted from: nothing is known of how it counts."""
    return Series(
        version=1,
        id=QUOTED + key,
        title=source.title,
        provider=source.publisher or source.title,
        definition_family=key,
        source_type=source.source_type,
        stage="varies",
        counting_unit="varies",
        scope="varies",
        presented_scope="unknown",
        presented_unit="unknown",
        counting_rule=CountingRule(
            principal_offence="unknown",
            stage_of_counting="unknown",
            attempts="unknown",
            multiple="unknown",
        ),
        statutes="unknown",
        child_age_below="unknown",
        coverage=Coverage(territory="unknown", agencies="unknown"),
        calendar=SeriesCalendar(name="unknown", first_month="unknown"),
        online_marker="unknown",
        expected=Expected(
            areas="unknown", periods="unknown", stages="unknown", breakdowns="unknown"
        ),
        collection=_collection(source),
        source=Source(
            title=source.title,
            publisher=source.publisher,
            url=source.url,
            where=source.where,
            read=source.read,
        ),
    )


def _collection(source: QuotedSource) -> Collection:
    """What is said of the collection; a document that bears a date is dated."""
    if source.collection.dated != "unknown":
        return source.collection
    return replace(source.collection, dated="no" if source.published is None else "yes")


def _not_asked(catalogue: Catalogue) -> Findings:
    """Expectations ask of the rows of a delivered table; a quoted number is none."""
    asked = {
        slug
        for caveat in catalogue.caveats.values()
        if caveat.applies_when is not None
        for slug in findings_of(caveat.applies_when)
    }
    outcomes = tuple(
        Outcome(
            expectation=slug,
            type="",
            severity=Severity.INFO,
            status=Status.NOT_APPLICABLE,
        )
        for slug in sorted(asked)
    )
    return Findings(
        suites=(), outcomes=outcomes, items=(), flags=empty_table(FLAG_SCHEMA)
    )
