"""What several records are made of: names of files, gaps, and bits of definitions."""

from __future__ import annotations

from datetime import date
from typing import Any

from corpus.changes import SOURCE, Row, copy, of, series, together
from corpus.clean.sheets import Book
from tallymark.model.country import LegalGap
from tallymark.model.series import CountingRule

BORLAND, CALDONIA = "borland-police.xlsx", "caldonia-children.xlsx"
DOROVIA, EREWON = "dorovia-charges.xlsx", "erewon-online.xlsx"
FENIZIA, TIPS = "fenizia-online.csv", "tips-by-country.csv"

BLANK: Row = {"obs_value": None, "missing_reason": "BLANK", "obs_status": "O"}
DECLINED = BLANK | {"missing_reason": "DECLINED"}
NOT_AN_OFFENCE = BLANK | {"missing_reason": "NOT_CRIMINALISED", "obs_status": "M"}
HIDDEN: Row = {"obs_value": None, "missing_reason": "SUPPRESSED", "obs_status": "Q"}
"""A figure that is hidden, with nothing said of its size."""

FEW = HIDDEN | {
    "value_low": 1.0, "value_high": 4.0, "conf_status": "A", "raw_value": "<5",
}  # fmt: skip
ROUNDED: Row = {"obs_value": lambda row: float(round(row["obs_value"] / 10) * 10)}

FISCAL: Row = {
    "time_period": "2018-04-01/P1Y",
    "period_start": "2018-04-01",
    "period_end": "2019-03-31",
}
POOLED: Row = {
    "time_period": "2017-01-01/P3Y",
    "period_start": "2017-01-01",
    "period_end": "2019-12-31",
    "freq": "_O",
}

GROOMING_GAP = LegalGap(
    conduct="grooming", basis="sourced", end=date(2018, 12, 31), source=SOURCE
)
SAME_FAMILY = together(
    series("xea_online", definition_family="joint"),
    series("xfa_online", definition_family="joint"),
)
"""Two countries whose series are meant to be compared."""


BY_SEX = together(
    copy(
        of("xca_regions", stage="VICTIM_IDENTIFIED"),
        sex="F",
        obs_value=lambda row: float(int(row["obs_value"] * 0.7)),
    ),
    copy(
        of("xca_regions", stage="VICTIM_IDENTIFIED", sex="_T"),
        sex="M",
        obs_value=lambda row: row["obs_value"] - float(int(row["obs_value"] * 0.7)),
    ),
)
"""Victims by region are given by sex, too."""


def rule(**other: Any) -> CountingRule:
    """Return the rule by which the clean set counts, with other answers."""
    usual: dict[str, Any] = {
        "principal_offence": "no",
        "stage_of_counting": "input",
        "attempts": "included",
        "multiple": "counted_each",
    }
    return CountingRule(**usual | other)


def add_up(book: Book) -> None:
    """Let each of the earlier years hold those before it."""
    total = 0
    for row in book["Earlier years"][3:]:
        total += row[1]
        row[1] = total
