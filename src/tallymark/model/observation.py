"""The observation table: one row per printed figure (SDMX concept names, lower case).

`SCHEMA` is the contract between ingest and everything after it; what each column
holds is written in its field's metadata and in docs/reference/records.md.
"""

from __future__ import annotations

import hashlib

import pyarrow as pa

SCHEMA_VERSION = 1


def _column(name: str, type_: pa.DataType, text: str) -> pa.Field:
    return pa.field(name, type_, metadata={"description": text})


_TEXT, _DATE = pa.string(), pa.date32()

SCHEMA = pa.schema(
    [
        _column("obs_id", _TEXT, "Row key: hash of file, cell and statistic."),
        _column("series_id", _TEXT, "Key into the series definitions."),
        _column(
            "ref_area",
            _TEXT,
            "ISO 3166-1 alpha-3, or the publisher's code; null if the label is unknown.",
        ),
        _column("area_level", _TEXT, "country, subnational, region or world."),
        _column("freq", _TEXT, "SDMX CL_FREQ code; A is annual."),
        _column(
            "time_period",
            _TEXT,
            "SDMX period: 2018, or a time range such as 2017-04-01/P1Y.",
        ),
        _column("period_start", _DATE, "First day, Gregorian, inclusive."),
        _column("period_end", _DATE, "Last day, Gregorian, inclusive."),
        _column("calendar", _TEXT, "Calendar in which the period was printed."),
        _column("stage", _TEXT, "Stage of the justice process."),
        _column("counting_unit", _TEXT, "What one unit of the count is."),
        _column("scope", _TEXT, "Which conduct is covered."),
        _column("offence", _TEXT, "ICCS code; null if not mapped."),
        _column("offence_relation", _TEXT, "Label to ICCS: exact, broader, ..."),
        _column("offence_label", _TEXT, "Offence label as printed."),
        _column("sex", _TEXT, "SDMX: _T, F, M, _O, _U."),
        _column("age_group", _TEXT, "SDMX: _T, Y0T17, Y_GE18, _U, ..."),
        _column("breakdown", _TEXT, "Any other dimension as sorted k=v;k=v; or _T."),
        _column("is_total", pa.bool_(), "True if the figure is a total of its parts."),
        _column("statistic", _TEXT, "COUNT, RATE_100K, PERCENT, ..."),
        _column("unit_mult", pa.int32(), "Power of ten; 3 for thousands."),
        _column("base_n", pa.int64(), "Base of a percentage; null if not stated."),
        _column("obs_value", pa.float64(), "The number; null if there is none."),
        _column("value_low", pa.float64(), "Least value that is possible."),
        _column("value_high", pa.float64(), "Greatest value possible; null if open."),
        _column("missing_reason", _TEXT, "Why obs_value is null; null if it is not."),
        _column("obs_status", _TEXT, "SDMX CL_OBS_STATUS, primary code."),
        _column("obs_status_other", _TEXT, "Further status codes, joined by space."),
        _column("conf_status", _TEXT, "SDMX CL_CONF_STATUS."),
        _column("raw_value", _TEXT, "The value as stored or printed."),
        _column("notes", _TEXT, "Footnotes, flags and short comments."),
        _column("source_file", _TEXT, "Name of the file, without folder."),
        _column("source_sha256", _TEXT, "SHA-256 of the file."),
        _column("source_ref", _TEXT, "The cell: Sheet!B12, or R7C3 in a CSV."),
        _column("vintage", _DATE, "Date of publication or receipt as declared."),
    ],
    metadata={"tallymark.schema_version": str(SCHEMA_VERSION)},
)

COLUMNS = tuple(SCHEMA.names)

KEY = (
    "series_id",
    "ref_area",
    "time_period",
    "stage",
    "counting_unit",
    "scope",
    "offence",
    "sex",
    "age_group",
    "breakdown",
    "statistic",
)
"""What a figure is about; two rows with one key and one vintage are duplicates."""


def observation_id(source_sha256: str, source_ref: str, statistic: str, n: int) -> str:
    """Return the row key of the `n`-th observation that one cell gives.

    >>> observation_id("00ff", "Sheet1!B12", "COUNT", 0)
    '924b31b23a69887b'
    """
    text = "\x1f".join((source_sha256, source_ref, statistic, str(n) if n else ""))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
