"""What a claim rests on: figures that were read, and numbers quoted from documents.

A quoted number becomes an observation of a series of its own, so that the catalogue
gives it its caveats as it does to any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import pyarrow as pa

from tallymark.errors import UsageError
from tallymark.interpret.attach import attach_caveats
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.claim_periods import first_and_last, sdmx_period
from tallymark.interpret.claim_span import Span
from tallymark.interpret.claim_value import ClaimedValue, Form, read_value
from tallymark.interpret.masks import figures_of
from tallymark.interpret.select import select_figures
from tallymark.model.claim import (
    Claim,
    ClaimKind,
    Premise,
    QuotedSource,
    Role,
    Selection,
)
from tallymark.model.codes import Severity
from tallymark.model.columns import arrow_table, empty_table
from tallymark.model.condition import findings_of
from tallymark.model.context import Reference
from tallymark.model.figure import Figure
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
from tallymark.model.words import number_text

QUOTED = "quoted:"
"""How the ids of series begin that stand for a quoted document."""


@dataclass(frozen=True, kw_only=True)
class Operand:
    """One number that a claim rests on: what it may be, and what it is."""

    row: pa.Table
    """The figure, as a table of one row."""
    figure: Figure
    role: Role | None
    span: Span | None
    """What the number may be; null if there is none."""
    form: Form
    is_rounded: bool = False
    """Whether the span is what rounding leaves open, not what is unknown."""
    premise: Premise | None = None
    scopes: tuple[str, ...] = ()
    definition: str | None = None
    provider: str = ""
    source_type: str = ""
    source: str = ""
    printed: str = ""

    @property
    def unit(self) -> str | None:
        """What one unit of the count is; null if it is not stated."""
        unit = self.figure.type["counting_unit"]
        return None if unit in (None, "UNSTATED") else str(unit)

    @property
    def stage(self) -> str | None:
        """The stage of the justice process."""
        stage = self.figure.type["stage"]
        return None if stage is None else str(stage)

    @property
    def area(self) -> str | None:
        """The area's code."""
        area = self.figure.type["ref_area"]
        return None if area is None else str(area)

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day, if they are known."""
        return first_and_last(self.figure.type)

    @property
    def is_suppressed(self) -> bool:
        """Whether the publisher hides the number since it is small."""
        return self.figure.missing_reason == "SUPPRESSED"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that claims may rest on: figures with their catalogue, and quoted documents."""

    figures: pa.Table | None
    catalogue: Catalogue
    reference: Reference
    sources: Mapping[str, QuotedSource]
    quoted: Mapping[str, pa.Table]
    """The figure of each premise, by its claim's id and its place there: `id:0`."""


def operands_of(claim: Claim, evidence: Evidence) -> tuple[Operand, ...]:
    """Return what a claim rests on, in the order in which it names it.

    Raises:
        UsageError: a selection names no figure.
    """
    read = [
        o for selection in claim.figures for o in _selected(claim, selection, evidence)
    ]
    return (*read, *_quoted(claim, evidence))


def with_quoted(reference: Reference, sources: Mapping[str, QuotedSource]) -> Reference:
    """Return a reference that knows each quoted document as a series of its own."""
    quoted = {QUOTED + key: _series(key, source) for key, source in sources.items()}
    return replace(reference, series=_Layered(quoted, reference.series))


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


def _selected(
    claim: Claim, selection: Selection, evidence: Evidence
) -> Iterable[Operand]:
    wanted = {
        name: [str(v) for v in (value if isinstance(value, tuple) else (value,))]
        for name, value in selection.where.items()
    }
    if evidence.figures is None:
        raise UsageError(
            "the claim rests on figures, and no data file is named.",
            hint="Name it under `files`, or with --figures.",
        )
    kept = select_figures(evidence.figures, wanted)
    found = list(enumerate(figures_of(kept, evidence.catalogue)))
    for i, figure in _meant(claim, selection, found):
        series = evidence.reference.series.get(str(figure.type["series_id"]))
        scope = figure.type["scope"]
        form = Form.PERCENT if figure.type["statistic"] == "PERCENT" else Form.NUMBER
        yield Operand(
            row=kept.slice(i, 1),
            figure=figure,
            role=selection.role,
            span=_figure_span(figure),
            form=form,
            scopes=() if scope is None else (str(scope),),
            definition=None if series is None else series.definition_family,
            provider="" if series is None else series.provider,
            source_type="" if series is None else series.source_type,
            source="" if series is None else series.title,
            printed=_printed(figure),
        )


def _meant(
    claim: Claim, selection: Selection, found: list[tuple[int, Figure]]
) -> list[tuple[int, Figure]]:
    """Return those of several figures that the claim's own words fit, if any do.

    Of figures that are broken down, the totals are meant where there are any.
    """
    said = {"counting_unit": claim.unit, "scope": claim.scope, "stage": claim.stage}
    if selection.role in (Role.WHOLE, Role.SECOND, Role.POPULATION, Role.BASE):
        said = {}
    if claim.kind not in (ClaimKind.SUM, ClaimKind.PARTS, ClaimKind.RANKING):
        said |= dict.fromkeys(("sex", "age_group", "breakdown"), "_T")
    for name, code in said.items():
        fitting = [pair for pair in found if pair[1].type[name] == code]
        if code is not None and fitting and name not in selection.where:
            found = fitting
    return found


def _printed(figure: Figure) -> str:
    if figure.value is not None:
        return number_text(figure.value)
    return figure.bounds or "no number"


def _figure_span(figure: Figure) -> Span | None:
    if figure.value is not None:
        exact = Fraction(repr(figure.value))
        if figure.type["statistic"] == "COUNT":
            return Span.exactly(exact)
        step = Fraction(1, 10 ** len(repr(figure.value).partition(".")[2]))
        return Span.between(exact - step / 2, exact + step / 2)
    if not figure.bounds:
        return None
    low = Fraction(0) if figure.low is None else Fraction(repr(figure.low))
    high = None if figure.high is None else Fraction(repr(figure.high))
    return Span(low, high)


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


def _quoted(claim: Claim, evidence: Evidence) -> Iterable[Operand]:
    for n, premise in enumerate(claim.premises):
        value = premise_value(premise)
        row = evidence.quoted[f"{claim.id}:{n}"]
        source, scope = evidence.sources[premise.source], premise.scope
        yield Operand(
            row=row,
            figure=figures_of(row, evidence.catalogue)[0],
            role=premise.role,
            span=_whole(value, premise),
            form=value.form,
            is_rounded=value.is_rounded,
            premise=premise,
            scopes=scope if isinstance(scope, tuple) else (scope,) if scope else (),
            definition=premise.definition,
            provider=source.publisher or source.title,
            source_type=source.source_type,
            source=source.title,
            printed=_as_printed(premise),
        )


def _whole(value: ClaimedValue, premise: Premise) -> Span | None:
    """What a quoted number may be; a whole count that is printed in full is that count."""
    span = value.span
    if span is None or value.form != Form.NUMBER:
        return span
    number, low, high = _number(value, is_percent=False)
    if number is not None:
        return Span.exactly(Fraction(number))
    return Span(_fraction(low), _fraction(high))


def _fraction(number: float | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _as_printed(premise: Premise) -> str:
    if premise.of is not None:
        return f"{premise.value} of {premise.of}"
    is_count = isinstance(premise.value, int) and premise.unit is not None
    return f"{premise.value:,}" if is_count else str(premise.value)


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
    number, low, high = _number(value, is_percent=is_percent)
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


def _number(
    value: ClaimedValue, *, is_percent: bool
) -> tuple[float | None, float | None, float | None]:
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
        return ("UNREADABLE" if value.is_unreadable else "UNKNOWN"), "O"
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


def figures_table(operands: Sequence[Operand]) -> pa.Table:
    """Return the figures of operands as one table, in their order."""
    return pa.concat_tables([operand.row for operand in operands])
