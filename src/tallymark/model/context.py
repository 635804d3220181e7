"""The context view's dotted columns: what is known of a figure beyond its own row.

A row of the view is an observation, its series (`series.*`), its country at the
period (`country.*`) and the slugs of the findings on it (`finding`). Conditions
of caveats and of expectations may name these fields and no others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

import pyarrow as pa

from tallymark.model.country import CAPACITY, Country, SourcedCountries
from tallymark.model.figure import TYPE_COLUMNS
from tallymark.model.observation import COLUMNS
from tallymark.model.period import period_bounds
from tallymark.model.series import Collection, Series

_COLLECTION = tuple(field.name for field in fields(Collection))

_TEXT_COLUMNS = (
    "series.provider",
    "series.definition_family",
    "series.definition",
    "series.definition_reason",
    "series.source_type",
    "series.scope",
    "series.presented_scope",
    "series.presented_unit",
    "series.territory",
    "series.agencies",
    "series.online_marker",
    "series.principal_offence",
    "series.stage_of_counting",
    "series.attempts",
    "series.multiple",
    "series.statutes",
    "series.child_age_below",
    "series.calendar",
    "series.first_month",
    "series.unanswered",
    "series.breakdowns",
    "series.stages",
    *(f"series.{name}" for name in _COLLECTION),
    "country.capacity.unit",
    "country.capacity.tips_direct",
    "country.capacity.icse",
    "country.capacity.proactive_victim_id",
    "country.capacity.foreign_experience",
    "country.capacity.unknown",
    "country.criminalised",
    "country.not_criminalised",
    "country.never_criminalised",
    "country.law_changed",
    "country.statutes_not_in_force",
    "country.foreign_leads_over_half",
)

CONTEXT_SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.string()) for name in _TEXT_COLUMNS),
        pa.field("series.definition_is_break", pa.bool_()),
        pa.field("country.invented", pa.bool_()),
        pa.field("period.days", pa.int64()),
        pa.field("period.is_calendar_year", pa.bool_()),
    ]
)
"""Null means unknown. `series.definition` is `base` where no version is declared,
`series.unanswered` lists the questions of the definition without an answer,
`series.breakdowns` the breakdowns and `series.stages` the stages that a complete
delivery holds, `country.foreign_leads_over_half` says whether most leads came from abroad,
`country.capacity.unknown` lists the questions without a sourced answer, and
`country.criminalised` the conduct that a law named on every day of the period,
`country.not_criminalised` the conduct that was no named offence on some day of the
period, `country.never_criminalised` that which was none on any day, and
`country.statutes_not_in_force` those of the series' laws that held on no day."""

CONTEXT_COLUMNS = tuple(CONTEXT_SCHEMA.names)
CONTEXT_KEY = ("series_id", "ref_area", "period_start", "period_end")

OBSERVATION_FIELDS = frozenset(COLUMNS) | frozenset(CONTEXT_COLUMNS) | {"finding"}
RESULT_FIELDS = frozenset(
    {
        "value", "value_low", "value_high", "numerator", "denominator", "statistic", "scope", "stage",
        "counting_unit", "n_present", "n_declared", "n_observations",
    }
)  # fmt: skip

_FIGURE_FIELDS = frozenset(
    {
        *TYPE_COLUMNS, "definition", "value", "value_low", "value_high",
        "missing_reason", "obs_status", "conf_status", "n_present", "n_declared",
    }
)  # fmt: skip
PAIR_FACTS = pa.schema(
    [
        pa.field("pair.operation", pa.string()),
        pa.field("pair.smaller_value", pa.float64()),
        pa.field("pair.relative_difference", pa.float64()),
        pa.field("pair.later_stage_is_larger", pa.bool_()),
        pa.field("pair.definition_breaks", pa.bool_()),
        pa.field("pair.capacity_changed", pa.string()),
        pa.field("pair.law_changed", pa.string()),
    ]
)
"""What is known of two figures together. `pair.operation` is change, difference, ratio,
share, rate or compare; `pair.smaller_value` the smaller of the two values, and
`pair.relative_difference` their difference over the larger; `pair.definition_breaks`
whether a break lies between them or is marked on the later one; `pair.capacity_changed`
lists the questions on capacity whose sourced answer differs between the two periods,
`pair.law_changed` the sourced laws that began or ended between them."""

PAIR_FIELDS = frozenset(PAIR_FACTS.names) | {
    f"{side}.{field}"
    for side in ("a", "b")
    for field in (*_FIGURE_FIELDS, *CONTEXT_COLUMNS)
}
"""Phase `pair`: of two figures, `a` is the earlier one, the numerator or the first
area. `same` and `differs` name a field without its side."""

USE_FACTS = pa.schema(
    [
        pa.field("use.kind", pa.string()),
        pa.field("use.about", pa.string()),
        pa.field("use.unit", pa.string()),
        pa.field("use.scope", pa.string()),
        pa.field("use.period_stated", pa.bool_()),
        pa.field("use.verb", pa.string()),
    ]
)
"""What is said with a figure: `use.kind` is a `Use`; `use.about` what the statement is
about (`records`, `prevalence`, `performance`, `livestream`, `all_ocsea`); `use.unit` and
`use.scope` what it calls the things counted; `use.verb` `helped` or null."""

USE_FIELDS = frozenset(USE_FACTS.names) | _FIGURE_FIELDS | frozenset(CONTEXT_COLUMNS)
"""Phase `use`: asked when a statement is made with a figure, never of a figure alone."""

ContextValue = str | int | bool | None


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The series definitions and country facts that a run works with, by their ids.

    Of `countries` only sourced facts are kept: no stage can print or use another one.
    """

    series: Mapping[str, Series]
    countries: Mapping[str, Country]

    def __post_init__(self) -> None:
        """Cut the countries, whoever gave them."""
        object.__setattr__(self, "countries", SourcedCountries(self.countries))

    def context_of(
        self,
        series_id: str | None,
        area: str | None,
        start: date | None,
        end: date | None,
    ) -> dict[str, ContextValue]:
        """Return the dotted columns for one series, area and period; null if unknown."""
        row: dict[str, ContextValue] = dict.fromkeys(CONTEXT_COLUMNS)
        series = self.series.get(series_id or "")
        if series is not None:
            row |= _series_fields(series, area, start)
        country = self.countries.get(area or "")
        row["country.invented"] = is_invented(area)
        if start is not None and end is not None:
            row["period.days"] = (end - start).days + 1
            row["period.is_calendar_year"] = _is_calendar_year(start, end)
            if country is not None:
                row |= _country_fields(country, start, end)
                row["country.statutes_not_in_force"] = _not_in_force(
                    series and series.as_of(series.version_at(area, start)),
                    country,
                    (start, end),
                )
        return row

    def declared_cells(self, series_id: str) -> tuple[dict[str, object], ...]:
        """Return the cells a complete delivery of a series holds, one mapping each.

        The mappings name observation columns. None if the series is not known, or if
        its areas, periods or stages are not declared.
        """
        series = self.series.get(series_id)
        if series is None or "unknown" in (
            series.expected.areas,
            series.expected.periods,
            series.expected.stages,
        ):
            return ()
        return tuple(
            _declared_cell(series, area, period, stage)
            for area in series.expected.areas
            for period in series.expected.periods
            for stage in series.expected.stages
        )


def _declared_cell(
    series: Series, area: str, time_period: str, stage: str
) -> dict[str, object]:
    start, end = period_bounds(time_period)
    return {
        "series_id": series.id,
        "ref_area": area,
        "area_level": _area_level(area),
        "freq": "A",
        "time_period": time_period,
        "period_start": start,
        "period_end": end,
        "calendar": None if series.calendar.name == "unknown" else series.calendar.name,
        "stage": stage,
        "counting_unit": _one(series.counting_unit),
        "scope": _one(series.scope),
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": "COUNT",
        "unit_mult": 0,
        "missing_reason": "NOT_PROVIDED",
        "obs_status": "O",
    }


def _area_level(area: str) -> str:
    if area == "WORLD":
        return "world"
    return "subnational" if "_" in area else "country"


def _one(code: str) -> str | None:
    return None if code in ("varies", "unknown") else code


_KOSOVO = ("XKX", "XKK")
"""User-assigned codes that statistical offices use for a real area."""


def is_invented(area: str | None) -> bool:
    """Say whether an area is one of the invented ones, or a part of one.

    These are `XAA` to `XZZ`, save Kosovo.

    >>> is_invented("XAA"), is_invented("XAA_N"), is_invented("XKX"), is_invented("NAM")
    (True, True, False, False)
    """
    country = (area or "").partition("_")[0]
    if country in _KOSOVO:
        return False
    return len(country) == 3 and country.startswith("X") and country.isupper()


def _series_fields(
    series: Series, area: str | None, start: date | None
) -> dict[str, ContextValue]:
    version = series.version_at(area, start)
    series = series.as_of(version)
    rule = series.counting_rule
    return {
        "series.provider": series.provider,
        "series.definition_family": series.definition_family,
        "series.definition": version.id if version else "base",
        "series.definition_reason": version.reason if version else None,
        "series.definition_is_break": version.is_break if version else False,
        "series.source_type": _one(series.source_type),
        "series.scope": series.scope,
        "series.presented_scope": series.presented_scope,
        "series.presented_unit": series.presented_unit,
        "series.territory": series.coverage.territory,
        "series.agencies": series.coverage.agencies,
        "series.online_marker": series.online_marker,
        "series.principal_offence": rule.principal_offence,
        "series.stage_of_counting": rule.stage_of_counting,
        "series.attempts": rule.attempts,
        "series.multiple": rule.multiple,
        "series.statutes": _statutes(series) or "unknown",
        "series.child_age_below": str(series.child_age_below),
        "series.calendar": series.calendar.name,
        "series.first_month": str(series.calendar.first_month),
        "series.unanswered": " ".join(series.unanswered()) or None,
        "series.breakdowns": _listed(series.expected.breakdowns),
        "series.stages": _listed(series.expected.stages),
        **{f"series.{name}": getattr(series.collection, name) for name in _COLLECTION},
    }


def _statutes(series: Series) -> str:
    return "" if series.statutes == "unknown" else "; ".join(series.statutes)


def _listed(declared: Sequence[str]) -> str | None:
    return None if declared == "unknown" else " ".join(declared) or None


def _not_in_force(
    series: Series | None, country: Country, period: tuple[date, date]
) -> str | None:
    if series is None or series.statutes == "unknown":
        return None
    return "; ".join(country.laws_not_in_force(series.statutes, *period)) or None


def _country_fields(
    country: Country, start: date, end: date
) -> dict[str, ContextValue]:
    answers = {q: country.capacity_at(q, start, end) for q in CAPACITY}
    unknown = [q for q, answer in answers.items() if answer == "unknown"]
    return {
        **{f"country.capacity.{q}": answer for q, answer in answers.items()},
        "country.capacity.unknown": " ".join(unknown) or None,
        "country.criminalised": " ".join(country.conduct_named(start, end)) or None,
        "country.not_criminalised": " ".join(country.conduct_not_named(start, end))
        or None,
        "country.never_criminalised": " ".join(country.conduct_never_named(start, end))
        or None,
        "country.law_changed": "; ".join(country.law_changes(start, end)) or None,
        "country.foreign_leads_over_half": country.fact_at(
            "foreign_leads_over_half", start, end
        ),
    }


def _is_calendar_year(start: date, end: date) -> bool:
    return start == date(start.year, 1, 1) and end == date(start.year, 12, 31)
