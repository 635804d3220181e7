"""Series, providers and versions that differ, and categories counted twice."""

from __future__ import annotations

from corpus.changes import copy, expected, of, plus, put, series, together
from corpus.pieces import DOROVIA, EREWON, FENIZIA, SAME_FAMILY
from corpus.record import Fault, Place
from tallymark.model.series import SeriesCalendar

FAULTS = (
    Fault(
        name="national-total-differs-between-tables",
        says="The country's cases are nine more in the table of provinces.",
        change=together(
            *(
                series(name, definition_family="borland-recorded")
                for name in ("xba_provinces", "xba_quarters")
            ),
            put(of("xba_provinces", "2018", ref_area="XBA"), obs_value=plus(9)),
        ),
        raises=("tables-agree",),
        at=of("xba_provinces", "2018", ref_area="XBA"),
        tolerated=("areas-against-whole",),
    ),
    Fault(
        name="compared-units-of-convictions",
        says="Of two countries that are compared, one counts cases convicted.",
        change=together(
            SAME_FAMILY, put(of("xfa_online", stage="CONVICTED"), counting_unit="CASE")
        ),
        raises=("compared-units-differ",),
        at=Place(file=FENIZIA, region="R"),
        tolerated=("heading-fits-unit",),
    ),
    Fault(
        name="compared-years-in-ethiopia",
        says="A country with Ethiopian years is compared with one without.",
        change=together(
            SAME_FAMILY,
            series("xda_charges", definition_family="joint"),
        ),
        raises=("compared-years-differ",),
        at=Place(file=EREWON, region="!"),
    ),
    Fault(
        name="compared-ages-below-15",
        says="Of three countries that are compared, one counts children below 15.",
        change=together(
            SAME_FAMILY,
            series("xda_charges", definition_family="joint", child_age_below=15),
        ),
        raises=("compared-child-ages-differ",),
        at=Place(file=DOROVIA, region="Charges!"),
    ),
    Fault(
        name="compared-units",
        says="Of two countries that are compared, one counts cases, one offences.",
        change=together(
            SAME_FAMILY,
            put(of("xea_online", stage="RECORDED"), counting_unit="OFFENCE"),
        ),
        raises=("compared-units-differ",),
        at=Place(file=FENIZIA, region="R"),
        tolerated=("label-fits-unit", "heading-fits-unit"),
    ),
    Fault(
        name="compared-years",
        says="Of two countries that are compared, one has years from July.",
        change=together(
            SAME_FAMILY,
            put(
                of("xea_online"),
                time_period=lambda r: f"{r['time_period']}-07-01/P1Y",
                period_start=lambda r: f"{r['time_period']}-07-01",
                period_end=lambda r: f"{int(r['time_period']) + 1}-06-30",
            ),
            series(
                "xea_online", calendar=SeriesCalendar(name="buddhist", first_month=7)
            ),
            expected("xea_online", periods="unknown"),
        ),
        raises=("compared-years-differ",),
        at=Place(file=FENIZIA, region="R"),
        tolerated=("period-plausible",),
    ),
    Fault(
        name="compared-ages",
        says="Of two countries that are compared, one counts children below 16.",
        change=together(SAME_FAMILY, series("xfa_online", child_age_below=16)),
        raises=("compared-child-ages-differ",),
        at=Place(file=FENIZIA, region="R"),
    ),
    Fault(
        name="two-providers-two-values",
        says="The ministry and the police give different totals for 2017.",
        change=together(
            series("xba_recorded", provider="Ministry of the Interior of Borland"),
            put(of("xba_recorded", "2017"), obs_value=288.0),
        ),
        raises=("providers-agree",),
        at=of("xba_recorded", "2017"),
    ),
    Fault(
        name="two-tip-lines-two-values",
        says="The country's tip line and the one abroad count the same reports "
        "differently.",
        change=put(of("xba_tips", "2018", "REPORTED"), obs_value=plus(730)),
        raises=("providers-agree",),
        at=of("xba_tips", "2018", "REPORTED"),
    ),
    Fault(
        name="second-provider-for-tips",
        says="Two providers give the same country other numbers of reports.",
        change=together(
            series("xba_tips", scope="CYBERTIP"),
            put(of("xba_tips", stage="REPORTED"), obs_value=plus(701)),
        ),
        raises=("providers-agree",),
        at=of("xba_tips", "2018", "REPORTED"),
    ),
    Fault(
        name="two-vintages-two-values",
        says="A later file gives 11 cases more for the same year.",
        change=copy(
            of("xba_recorded", "2019"),
            vintage="2021-03-31",
            obs_value=plus(11),
            source_file="borland-2021.xlsx",
        ),
        raises=("vintages-agree",),
        at=of("xba_recorded", "2019"),
    ),
    Fault(
        name="second-version-lower",
        says="A second version gives fewer convictions for all years.",
        change=copy(
            of("xfa_online", stage="CONVICTED", sex="_T"),
            vintage="2021-04-20",
            source_file="fenizia-2021.csv",
            obs_value=plus(-29),
        ),
        raises=("vintages-agree",),
        at=of("xfa_online", "2018", "CONVICTED", sex="_T"),
        tolerated=(
            "total-against-parts",
            "declared-breakdowns-present",
        ),
    ),
    Fault(
        name="included-elsewhere-unmarked",
        says="Grooming is included elsewhere; no figure says that it holds grooming.",
        change=put(
            of("xfa_online", "2019", "RECORDED", offence="030223"),
            obs_value=None,
            missing_reason="INCLUDED_ELSEWHERE",
            obs_status="K",
        ),
        raises=("included-category-beside-total",),
        at=of("xfa_online", "2019", "RECORDED", offence="030223"),
    ),
    Fault(
        name="total-holds-what-stands-beside-it",
        says="A figure is marked as holding another category, which has its own figure.",
        change=put(
            of("xca_offences", offence="030222"),
            obs_status="W",
            notes="Includes live streaming of abuse.",
        ),
        raises=("included-category-beside-total",),
        at=of("xca_offences", offence="030222"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="holds-a-category-that-stands-beside",
        says="Other offences hold grooming (status W), which has its own figure.",
        change=put(
            of("xfa_online", "2018", offence="030229"),
            obs_status="W",
            notes="Inclui aliciamento de crianças em linha.",
        ),
        raises=("included-category-beside-total",),
        at=of("xfa_online", "2018", offence="030229"),
    ),
)
