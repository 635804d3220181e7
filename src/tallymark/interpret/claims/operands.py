"""What a claim rests on: figures that were read, and quoted numbers beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pyarrow as pa

from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.claims.periods import first_and_last
from tallymark.interpret.claims.premises import observed_number, premise_value
from tallymark.interpret.claims.selection import meant, selected
from tallymark.interpret.claims.span import Span
from tallymark.interpret.claims.value import ClaimedValue, Form
from tallymark.interpret.masks import figures_of
from tallymark.model.claim import (
    Claim,
    Premise,
    QuotedSource,
    Role,
    Selection,
)
from tallymark.model.context import Reference
from tallymark.model.figure import Figure
from tallymark.model.words import number_text


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


def _selected(
    claim: Claim, selection: Selection, evidence: Evidence
) -> Iterable[Operand]:
    if evidence.figures is None:
        raise UsageError(
            "the claim rests on figures, and no data file is named.",
            hint="Name it under `files`, or with --figures.",
        )
    kept = selected(evidence.figures, claim, selection)
    found = list(enumerate(figures_of(kept, evidence.catalogue)))
    for i, figure in meant(claim, selection, found):
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
    number, low, high = observed_number(value, is_percent=False)
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


def figures_table(operands: Sequence[Operand]) -> pa.Table:
    """Return the figures of operands as one table, in their order."""
    return pa.concat_tables([operand.row for operand in operands])
