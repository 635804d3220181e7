"""Figures over years, for the examples of types about what was copied."""

from __future__ import annotations

from typing import Any


def yearly_figure(obs_id: str, year: int, value: float, **rest: Any) -> dict[str, Any]:
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
