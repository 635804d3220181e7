"""Figures to vary in tests: five recorded cases of one area; published values."""

from __future__ import annotations

from dataclasses import replace

import pytest

import tallymark
from tallymark.documents import load_reference
from tallymark.engine.duckdb import connect, query
from tallymark.interpret import attach_caveats, load_catalogue
from tallymark.interpret.masks import derived_sql
from tallymark.model.columns import arrow_table
from tallymark.model.figure import MASKS, figure_schema, mask_columns
from tallymark.model.observation import SCHEMA
from tallymark.model.period import period_bounds
from tallymark.model.series import Expected
from tallymark.model.submission import Submissions
from tallymark.results import Figures

PLAIN = {
    "series_id": "xaa",
    "ref_area": "XAA",
    "freq": "A",
    "time_period": "2018",
    "calendar": "gregorian",
    "stage": "RECORDED",
    "counting_unit": "CASE",
    "scope": "OCSEA",
    "sex": "_T",
    "age_group": "_T",
    "breakdown": "_T",
    "statistic": "COUNT",
    "definition": "base",
    "value": 5.0,
    "is_total": False,
    "n_declared": 1,
    "judgement": 0,
    "caveats": (),
}
_SLUGS = {"sticky": "caveats", "resolved": "resolved"}


@pytest.fixture(scope="session")
def catalogue():
    return load_catalogue()


@pytest.fixture(scope="session")
def figure_table():
    """A function: figures that differ from the plain one as told, each of its own cell."""
    return _figure_table


def _figure_table(rows, catalogue):
    full = [_full(row, n, catalogue) for n, row in enumerate(rows)]
    schema = figure_schema(catalogue.order.n_words)
    columns = {name: [row.get(name) for row in full] for name in schema.names}
    plain = connect({"plain": arrow_table(columns, schema)})
    return query(plain, derived_sql("from plain", catalogue)).cast(schema)


def _full(row, n, catalogue):
    full = {**PLAIN, "obs_ids": (f"o{n:04}",), **row}
    full["period_start"], full["period_end"] = period_bounds(full["time_period"])
    value = full["value"]
    full.setdefault("value_low", value)
    full.setdefault("value_high", value)
    full.setdefault("n_present", int(value is not None))
    for mask in MASKS:
        slugs = full.get(_SLUGS.get(mask), ())
        words = catalogue.order.words(slugs)
        full |= dict(zip(mask_columns(mask, len(words)), words, strict=True))
    return full


@pytest.fixture(scope="session")
def published():
    """A function: figures of published values, each told by what is not usual."""
    return _published


def _series(like, id_, **differing):
    return replace(_SHIPPED[like], id=id_, definition_family=id_, **differing)


_SHIPPED = load_reference().series
_OPEN = Expected(
    areas="unknown", periods="unknown", stages="unknown", breakdowns="unknown"
)

_SERIES = {
    one.id: replace(one, expected=_OPEN)
    for one in (
        _SHIPPED["ncmec_cybertips"],
        _SHIPPED["unodc_cts_violent_offences"],
        _SHIPPED["unodc_glotip_victims"],
        _series("ncmec_cybertips", "phl_doj_cybertips", provider="DOJ"),
        _series("ncmec_cybertips", "tha_pmdu_cybertips", provider="PMDU"),
        _series(
            "unodc_cts_violent_offences", "uga_police_defilement", provider="UPF",
            scope="CSEA", stage="varies", counting_unit="varies",
        ),
        _series(
            "unodc_cts_violent_offences", "unodc_cts_justice", stage="varies",
            counting_unit="PERSON", scope="varies",
        ),
        _series("unodc_glotip_victims", "usa_tip_report", provider="US State Department"),
        _series(
            "ncmec_cybertips", "zaf_seci_tip_line", provider="SAPS SECI", scope="OCSEA",
            source_type="police",
        ),
    )
}  # fmt: skip


def _published(*rows):
    """Return figures of published values, each told by what is not usual."""
    table = arrow_table(
        {
            name: [_full_observation(row, n).get(name) for n, row in enumerate(rows)]
            for name in SCHEMA.names
        },
        SCHEMA,
    )
    findings = tallymark.check(table, series=_SERIES)
    catalogue, reference = load_catalogue(), load_reference(_SERIES)
    figures = attach_caveats(table, findings, reference, catalogue)
    return Figures(figures, catalogue, Submissions(()), findings, reference)


def _full_observation(row, n):
    start, end = period_bounds(row["time_period"])
    usual = {
        "obs_id": f"o{n}", "area_level": "country", "freq": "A", "period_start": start,
        "period_end": end, "calendar": "gregorian", "sex": "_T", "age_group": "_T",
        "breakdown": "_T", "is_total": False, "statistic": "COUNT", "unit_mult": 0,
        "obs_status": "A", "source_file": f"{row['series_id']}.csv",
        "source_sha256": "0" * 64, "source_ref": f"R{n}C1",
    }  # fmt: skip
    return {**usual, **row}
