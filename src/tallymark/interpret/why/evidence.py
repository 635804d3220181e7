"""The evidence behind each caveat of a figure: condition, finding, fact, rule.

A caveat is looked up where it was raised: at a source cell, or at the operation whose
parts did not carry it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tallymark.interpret.attach import NOT_CHECKED
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.sums.rules import RULES
from tallymark.interpret.why.fact_sources import facts_behind
from tallymark.interpret.why.grounds import grounds, holds
from tallymark.interpret.why.pair_evidence import is_pair, pair_reasons
from tallymark.model.condition import fields_of, findings_of
from tallymark.model.context import Reference
from tallymark.model.figure import TYPE_COLUMNS, Figure
from tallymark.model.finding import Finding, Findings, Status
from tallymark.model.lineage import Evidence, Link

Row = Mapping[str, Any]
_SHOWN_VALUES = 4
_SHOWN_FINDINGS = 3
_WORD = re.compile(r"[a-z_]+")
_STANDS_FOR = {
    "is_overlapping": ("ref_area", "time_period"),
    "is_break": ("time_period", "definition", "obs_status"),
    "offences": ("offence",),
    "period_start": ("time_period",),
    "period_end": ("time_period",),
}
"""What a rule works out from other columns, which tell more."""
_UNANSWERED = (Status.CRASHED, Status.NOT_RUN)
NOT_FOUND = "it was carried by the figures as they were given"
"""Figures that came from outside bring no observations to look at."""


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """What evidence is looked up in."""

    catalogue: Catalogue
    findings: Findings | None
    reference: Reference
    rows: Mapping[str, Row]
    """Observations by their ids."""
    operands: Mapping[int, pa.Table]
    """The figure tables of the parts of a link, by the link's identity."""


@dataclass(frozen=True, kw_only=True)
class _Reason:
    reason: str
    facts: tuple[str, ...] = ()


def evidence_of(chain: Link, holdings: Holdings) -> tuple[Evidence, ...]:
    """Return what raised the caveats of a figure; the same reason is told once."""
    found: dict[tuple[str, str, str], list[tuple[str, tuple[str, ...]]]] = {}
    for slug in chain.figure.caveats:
        for link in _where_raised(slug, chain, holdings.catalogue):
            for told in _reasons(slug, link, holdings):
                key = (slug, link.operation, told.reason)
                found.setdefault(key, []).append((link.id, told.facts))
    return tuple(
        Evidence(
            caveat=slug,
            operation=operation,
            reason=reason,
            facts=tuple(dict.fromkeys(fact for _, facts in held for fact in facts)),
            figures=tuple(dict.fromkeys(name for name, _ in held)),
        )
        for (slug, operation, reason), held in found.items()
    )


def _where_raised(slug: str, chain: Link, catalogue: Catalogue) -> Iterator[Link]:
    """Give the links at which a caveat came in.

    One that is found anew for each result came in at the last, unless that took it over.
    """
    if catalogue.caveats[slug].kind == "derived" and _holds_of(
        slug, chain.figure, catalogue
    ):
        yield chain
        return
    for link in chain.walk():
        if slug in link.figure.caveats and (not link.parts or slug in link.raised):
            yield link


def _reasons(slug: str, link: Link, holdings: Holdings) -> Sequence[_Reason]:
    if holdings.catalogue.caveats[slug].kind == "derived":
        return [_derived(slug, link.figure, holdings.catalogue)]
    if not link.parts:
        return _of_source(slug, link, holdings)
    told = list(_of_sum(slug, link))
    if is_pair(link.operation):
        told += _of_pair(slug, link, holdings)
    said = " ".join([link.operation, *(f"{k}={v}" for k, v in link.arguments.items())])
    return told or [_Reason(reason=f"the operation {said!r}")]


def _of_pair(slug: str, link: Link, holdings: Holdings) -> list[_Reason]:
    if len(link.parts) < 2:
        return [_Reason(reason="one of the two figures is not there")]
    parts = holdings.operands[id(link)]
    found = pair_reasons(
        slug, link.operation, parts, holdings.catalogue, holdings.reference
    )
    return [_Reason(reason=reason, facts=facts) for reason, facts in found]


def _holds_of(slug: str, figure: Figure, catalogue: Catalogue) -> bool:
    condition = catalogue.caveats[slug].condition("result")
    return condition is not None and holds(condition, _result_row(figure))


def _derived(slug: str, figure: Figure, catalogue: Catalogue) -> _Reason:
    condition = catalogue.caveats[slug].condition("result")
    said = grounds(condition, _result_row(figure)) if condition is not None else ()
    return _Reason(reason=" and ".join(said) or NOT_FOUND)


def _result_row(figure: Figure) -> Row:
    return {
        **figure.type,
        "value": figure.value,
        "value_low": figure.low,
        "value_high": figure.high,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "n_present": figure.n_present,
        "n_declared": figure.n_declared,
        "n_observations": len(figure.obs_ids),
    }


def _of_source(slug: str, link: Link, holdings: Holdings) -> Sequence[_Reason]:
    condition = holdings.catalogue.caveats[slug].condition("observation")
    row = _context_row(link.figure, holdings)
    failed = _failed(link.figure, holdings.findings)
    if slug == NOT_CHECKED:
        return list(_unanswered(row, failed, holdings)) or [_Reason(reason=NOT_FOUND)]
    if condition is None or not holds(condition, row, failed):
        return [_Reason(reason=NOT_FOUND)]
    facts = facts_behind(fields_of(condition), row, holdings.reference)
    found = _findings(findings_of(condition) & failed, link, holdings.findings)
    said = " and ".join(grounds(condition, row, failed))
    return [_Reason(reason=said, facts=(*found, *facts))]


def _context_row(figure: Figure, holdings: Holdings) -> Row:
    observed = [holdings.rows[o] for o in figure.obs_ids if o in holdings.rows]
    own: Row = observed[0] if observed else _declared_row(figure)
    keys = ("series_id", "ref_area", "period_start", "period_end")
    context = holdings.reference.context_of(*(own.get(key) for key in keys))
    return {**own, **context}


def _declared_row(figure: Figure) -> Row:
    status, _, others = (figure.obs_status or "").partition(" ")
    return {
        **{name: figure.type.get(name) for name in TYPE_COLUMNS},
        "obs_value": figure.value,
        "missing_reason": figure.missing_reason,
        "obs_status": status or None,
        "obs_status_other": others or None,
        "conf_status": figure.conf_status,
        "unit_mult": 0,
    }


def _failed(figure: Figure, findings: Findings | None) -> frozenset[str]:
    if findings is None:
        return frozenset()
    flags = findings.flags
    mask = [value in figure.obs_ids for value in flags["obs_id"].to_pylist()]
    slugs = flags["expectation"].to_pylist()
    return frozenset(slug for slug, is_ours in zip(slugs, mask, strict=True) if is_ours)


def _findings(
    slugs: frozenset[str], link: Link, findings: Findings | None
) -> Iterator[str]:
    if findings is None or link.origin is None:
        return
    origin = link.origin
    for slug in sorted(slugs):
        about = [f for f in findings.items if f.expectation == slug and _is_at(f, link)]
        for finding in about[:_SHOWN_FINDINGS]:
            yield (
                f"{slug} at {finding.location}: found {finding.found.rstrip('.')}; "
                f"expected {finding.expected.rstrip('.')}"
            )
        if not about:
            promise = {o.expectation: o.promise for o in findings.outcomes}.get(slug)
            yield f"{slug} at {origin.file} {origin.cell}: {promise or 'it failed'}"


def _is_at(finding: Finding, link: Link) -> bool:
    origin, place = link.origin, finding.location
    return (
        origin is not None and place.file == origin.file and origin.cell in place.cells
    )


def _unanswered(
    row: Row, failed: frozenset[str], holdings: Holdings
) -> Iterator[_Reason]:
    """Tell which caveats could not be cleared, since an expectation gave no answer."""
    findings = holdings.findings
    if findings is None:
        return
    open_ = {o.expectation: o for o in findings.outcomes if o.status in _UNANSWERED}
    known = {o.expectation for o in findings.outcomes}
    for slug, caveat in holdings.catalogue.caveats.items():
        condition = caveat.condition("observation")
        asked = findings_of(condition) if condition is not None else frozenset()
        silent = {name for name in asked if name in open_ or name not in known}
        if condition is None or not silent:
            continue
        answered = failed - silent
        if holds(condition, row, answered | silent) != holds(condition, row, answered):
            for name in sorted(silent):
                told = open_[name].reason if name in open_ else "it is in no suite run"
                yield _Reason(
                    reason=f"the expectation {name} gave no answer ({told}), so {slug} "
                    "cannot be ruled out"
                )


def _of_sum(slug: str, link: Link) -> Iterator[_Reason]:
    if link.operation not in ("sum", "table"):
        return
    rows = [_part_row(part.figure) for part in link.parts]
    for rule in RULES:
        if rule.caveat == slug:
            words = set(_WORD.findall(rule.holds))
            if slug == "part-missing":
                yield _Reason(reason=_missing(link))
            else:
                yield _Reason(reason=_differences(words, rows))


def _part_row(figure: Figure) -> Row:
    return {**figure.type, "value": figure.value, "obs_status": figure.obs_status}


def _missing(link: Link) -> str:
    without = [
        part
        for part in link.parts
        if part.figure.value is None or part.figure.n_present < part.figure.n_declared
    ]
    named = ", ".join(part.id for part in without[:_SHOWN_VALUES])
    more = len(without) - _SHOWN_VALUES
    tail = f" and {more:,} more" if more > 0 else ""
    return (
        f"{len(without):,} of {len(link.parts):,} parts have no number: {named}{tail}"
    )


def _differences(words: set[str], rows: Sequence[Row]) -> str:
    """Return the columns that a rule looks at, and how often the parts hold what."""
    columns = [
        name for word in sorted(words) for name in _STANDS_FOR.get(word, (word,))
    ]
    counted = {
        name: Counter(_said(row[name]) for row in rows)
        for name in dict.fromkeys(columns)
        if name in rows[0]
    }
    differing = {name: found for name, found in counted.items() if len(found) > 1}
    told = [
        f"{name}: {_listed(found)}" for name, found in (differing or counted).items()
    ]
    return "; ".join(told) or f"the {len(rows):,} parts may not be added"


def _listed(found: Counter[str]) -> str:
    shown = found.most_common(_SHOWN_VALUES)
    parts = [f"{value} in {n:,} part{'s' if n != 1 else ''}" for value, n in shown]
    more = len(found) - len(shown)
    return ", ".join(parts) + (f", and {more:,} other values" if more else "")


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not given" if value is None else str(value)
