"""Faults of what is given away: small figures, and hidden ones that can be worked out."""

from __future__ import annotations

from corpus.changes import HIDDEN, cell, cells, copy, in_file, of, put, together
from corpus.record import Fault, Place

_BORLAND, _CALDONIA = "borland-police.xlsx", "caldonia-children.xlsx"
_FEW = HIDDEN | {"value_low": 1.0, "value_high": 4.0, "conf_status": "A"}

FAULTS = (
    Fault(
        name="small-cell-shown",
        says="Three cases of a small province are shown.",
        change=in_file(_BORLAND, cells("Provinces", {"B6": 75, "B7": 3})),
        raises=(),
        at=Place(file=_BORLAND, cell="Provinces!B7"),
        is_in_file=True,
    ),
    Fault(
        name="small-cell-by-sex",
        says="Two women convicted are shown.",
        change=together(
            put(of("xfa_online", "2019", "CONVICTED", sex="F"), obs_value=2.0),
            put(
                of("xfa_online", "2019", "CONVICTED", sex="M"),
                obs_value=lambda row: row["obs_value"] + 52.0,
            ),
        ),
        raises=(),
        at=of("xfa_online", "2019", "CONVICTED", sex="F"),
        tolerated=("total-against-parts",),
    ),
    Fault(
        name="one-victim-shown",
        says="One victim of an offence is shown.",
        change=put(of("xca_offences", "2018-04-01/P1Y", offence="030221"), obs_value=1.0),
        raises=(),
        at=of("xca_offences", "2018-04-01/P1Y", offence="030221"),
    ),
    Fault(
        name="less-than-five-as-five",
        says="“<5” became 5, and the provinces no longer make up the country.",
        change=in_file(_BORLAND, cells("Provinces", {"B6": 65, "B7": 5})),
        raises=(),
        at=Place(file=_BORLAND, cell="Provinces!B7"),
        is_in_file=True,
    ),
    Fault(
        name="hidden-province-by-subtraction",
        says="One province alone is hidden; the country's total tells it.",
        change=in_file(_BORLAND, cell("Provinces", "B6", 75)),
        raises=(),
        at=Place(file=_BORLAND, cell="Provinces!B7"),
        is_in_file=True,
    ),
    Fault(
        name="hidden-sex-by-subtraction",
        says="Women convicted are hidden; total and men are shown.",
        change=put(of("xba_cases", "2017", "CONVICTED", sex="F"), **HIDDEN),
        raises=("hidden-cell-recoverable",),
        at=of("xba_cases", "2017", "CONVICTED", sex="F"),
    ),
    Fault(
        name="hidden-men-by-subtraction",
        says="Men charged are hidden; total and women are shown.",
        change=put(of("xca_children", "2019-04-01/P1Y", "CHARGED", sex="M"), **_FEW),
        raises=("hidden-cell-recoverable",),
        at=of("xca_children", "2019-04-01/P1Y", "CHARGED", sex="M"),
        tolerated=("total-against-parts",),
    ),
    Fault(
        name="hidden-total-by-addition",
        says="A total is hidden; both of its parts are shown.",
        change=put(of("xda_charges", "2017-09-11/P1Y", "CHARGED", sex="_T"), **HIDDEN),
        raises=("hidden-cell-recoverable",),
        at=of("xda_charges", "2017-09-11/P1Y", "CHARGED", sex="_T"),
    ),
    Fault(
        name="hidden-offence-by-subtraction",
        says="Grooming is hidden; the other offences and their total are shown.",
        change=put(of("xfa_online", "2018", "RECORDED", offence="030223"), **HIDDEN),
        raises=(),
        at=of("xfa_online", "2018", "RECORDED", offence="030223"),
    ),
    Fault(
        name="hidden-quarter-by-subtraction",
        says="A quarter is hidden; the year and its other quarters are shown.",
        change=put(of("xba_quarters", "2018-Q4"), **HIDDEN),
        raises=(),
        at=of("xba_quarters", "2018-Q4"),
    ),
    Fault(
        name="hidden-count-by-percentage",
        says="The victims under 13 are hidden; their share and its base are shown.",
        change=copy(
            of("xba_victim_ages", "2019", age_group="Y0T12"),
            **HIDDEN, statistic="COUNT", base_n=None,
        ),
        raises=(),
        at=of("xba_victim_ages", "2019", age_group="Y0T12"),
    ),
    Fault(
        name="hidden-count-by-rate",
        says="The cases of a year are hidden; rate and population are shown.",
        change=together(
            put(of("xba_rates", "2018", statistic="COUNT"), **HIDDEN),
            put(of("xba_cases", "2018", "RECORDED", offence="03022"), **HIDDEN),
            put(of("xba_recorded", "2018"), **HIDDEN),
            put(of("xba_provinces", "2018"), **HIDDEN),
            put(of("xba_quarters", ("2018", "2018-Q1", "2018-Q2")), **HIDDEN),
            put(of("xba_cases", "2018", "RECORDED"), **HIDDEN),
        ),
        raises=(),
        at=of("xba_rates", "2018"),
    ),
    Fault(
        name="hidden-in-one-sheet-only",
        says="A figure is hidden in one sheet and shown in two others.",
        change=put(of("xba_recorded", "2018"), **HIDDEN),
        raises=(),
        at=of("xba_recorded", "2018"),
    ),
    Fault(
        name="hidden-now-shown-before",
        says="A figure that an earlier file shows is hidden in the later one.",
        change=copy(
            of("xca_children", "2017-04-01/P1Y", "CONVICTED", sex="F"),
            **HIDDEN, vintage="2021-09-15", source_file="caldonia-2021.xlsx",
        ),
        raises=(),
        at=of("xca_children", "2017-04-01/P1Y", "CONVICTED", sex="F"),
    ),
    Fault(
        name="shown-in-a-later-file",
        says="A later file shows the province that this one hides.",
        change=copy(
            of("xba_provinces", "2017", ref_area="XBA_W"),
            obs_value=3.0, missing_reason=None, obs_status="A", conf_status=None,
            value_low=None, value_high=None,
            vintage="2021-03-31", source_file="borland-2021.xlsx",
        ),
        raises=(),
        at=of("xba_provinces", "2017", ref_area="XBA_W"),
    ),
)
