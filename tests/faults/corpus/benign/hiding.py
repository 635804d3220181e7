"""Figures that are hidden as they should be."""

from __future__ import annotations

from corpus.changes import of, put, together
from corpus.clean.borland import book
from corpus.pieces import FEW, HIDDEN
from corpus.record import Benign


def _west() -> float:
    return float(book()["Provinces"][6][3])


BENIGN = (
    Benign(
        name="all-sexes-hidden",
        says="Women and men are both hidden; only the total is shown.",
        change=put(of("xba_cases", "2017", "CONVICTED", sex=("F", "M")), **HIDDEN),
    ),
    Benign(
        name="two-offences-hidden",
        says="Two of three offences are hidden beside the total.",
        change=put(
            of("xfa_online", "2017", "RECORDED", offence=("030223", "030229")), **HIDDEN
        ),
    ),
    Benign(
        name="two-quarters-hidden",
        says="Two quarters are hidden beside the year.",
        change=put(of("xba_quarters", ("2018-Q1", "2018-Q3")), **HIDDEN),
    ),
    Benign(
        name="two-provinces-few",
        says="Two provinces have fewer than five, which the country's total allows.",
        change=together(
            put(of("xba_provinces", "2017", ref_area=("XBA_E", "XBA_W")), **FEW),
            put(of("xba_provinces", "2017", ref_area="XBA_S"), obs_value=97.0 + 73.0),
        ),
    ),
    Benign(
        name="zero-is-no-small-cell",
        says="A zero is shown where small figures are hidden.",
        change=together(
            put(of("xba_provinces", "2019", ref_area="XBA_W"), obs_value=0.0),
            put(
                of("xba_provinces", "2019", ref_area="XBA_N"),
                obs_value=lambda r: r["obs_value"] + _west(),
            ),
        ),
    ),
)
