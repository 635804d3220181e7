"""Rows for the examples of expectation types: figures by year, stage or sex, headings."""

from __future__ import annotations

from typing import Any

FEW = {"value_low": 1.0, "value_high": 4.0, "missing_reason": "SUPPRESSED"}
"""What a figure says that is hidden as a small one."""


def yearly_figure(
    obs_id: str, year: int | str, value: float, **rest: Any
) -> dict[str, Any]:
    """Return the figure of one year."""
    return {
        "obs_id": obs_id,
        "source_file": "f.xlsx",
        "series_id": "s",
        "ref_area": "XAA",
        "freq": "A",
        "time_period": str(year),
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "stage": "RECORDED",
        "statistic": "COUNT",
        "obs_value": value,
    } | rest


def yearly_count(obs_id: str, year: str, **values: Any) -> dict[str, Any]:
    """Return the count of a country in a year, or in what else `values` say."""
    return yearly_figure(obs_id, year, 3.0, area_level="country") | values


def figures_over_years(prefix: str, *years: tuple[float, ...], **rest: Any) -> Any:
    """Return a row for each label (1, 2, ...) and year from 2018: `x1-2018`."""
    return tuple(
        yearly_figure(f"{prefix}{i}-{year}", year, value, offence_label=f"Label {i}")
        | rest
        for year, values in enumerate(years, 2018)
        for i, value in enumerate(values, 1)
    )


def ids_of(prefix: str, *years: int) -> tuple[str, ...]:
    """Return the keys of the figures of these years, of four labels."""
    return tuple(f"{prefix}{i}-{year}" for year in years for i in range(1, 5))


def headed_figure(obs_id: str, cell: str, **values: Any) -> dict[str, Any]:
    """Return a figure that stands in a cell below or beside a heading."""
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "area_level": "country",
        "time_period": "2018",
        "period_start": "2018-01-01",
        "period_end": "2018-12-31",
        "counting_unit": "CASE",
        "stage": "CHARGED",
        "scope": "CSEA",
        "age_group": "_T",
        "source_file": "f.xlsx",
        "source_ref": cell,
    } | values


def heading(
    role: str, cell: str, text: str, column: str | None = None, **values: Any
) -> dict[str, Any]:
    """Return a heading; without `column`, of the whole sheet."""
    return {
        "source_file": "f.xlsx",
        "role": role,
        "source_ref": cell,
        "text": text,
        "sheet": "Data!",
        "column": column,
        "first_row": 5,
        "last_row": 9,
    } | values


def of_year(obs_id: str, time_period: str, **values: Any) -> dict[str, Any]:
    """Return recorded cases of a calendar year, without a number."""
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": time_period,
        "period_start": f"{time_period}-01-01",
        "period_end": f"{time_period}-12-31",
        "stage": "RECORDED",
        "counting_unit": "CASE",
    } | values


def of_stage(
    obs_id: str, stage: str, value: float | None, **values: Any
) -> dict[str, Any]:
    """Return how many persons of 2019 a stage counted."""
    return {
        "obs_id": obs_id,
        "ref_area": "XAA",
        "time_period": "2019",
        "period_start": "2019-01-01",
        "period_end": "2019-12-31",
        "stage": stage,
        "counting_unit": "PERSON",
        "scope": "OCSEA",
        "statistic": "COUNT",
        "obs_value": value,
    } | values


def of_sex(obs_id: str, sex: str, value: float | None, **values: Any) -> dict[str, Any]:
    """Return the count of 2019 for a sex."""
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
