"""Years that begin elsewhere, or cannot be."""

from __future__ import annotations

from corpus.changes import cell, expected, in_file, of, put, series, together
from corpus.pieces import BORLAND, DOROVIA, FISCAL
from corpus.record import Fault, Place
from tallymark.model.series import SeriesCalendar

FAULTS = (
    Fault(
        name="fiscal-for-calendar-year",
        says="One year of a series of calendar years runs from April.",
        change=put(of("xba_recorded", "2018"), **FISCAL),
        raises=("year-start-stable",),
        at=of("xba_recorded", "2018-04-01/P1Y"),
        tolerated=(
            "declared-years-present",
            "year-start-declared",
        ),
    ),
    Fault(
        name="calendar-for-fiscal-year",
        says="The last year of a series of fiscal years is a calendar year.",
        change=put(
            of("xca_children", "2019-04-01/P1Y"),
            time_period="2020",
            period_start="2020-01-01",
            period_end="2020-12-31",
        ),
        raises=("year-start-stable",),
        at=of("xca_children", "2020", "RECORDED"),
        tolerated=(
            "declared-years-present",
            "period-plausible",
            "year-start-declared",
        ),
    ),
    Fault(
        name="fiscal-year-for-one-stage",
        says="Courts count their year from July, the police from January.",
        change=put(
            of("xba_cases", "2018", "CONVICTED"),
            time_period="2018-07-01/P1Y",
            period_start="2018-07-01",
            period_end="2019-06-30",
        ),
        raises=("year-start-stable",),
        at=of("xba_cases", "2018-07-01/P1Y", "CONVICTED"),
        tolerated=(
            "declared-years-present",
            "year-start-declared",
        ),
    ),
    Fault(
        name="declared-april-printed-january",
        says="The definition says that years begin in July; the periods say January.",
        change=series(
            "xfa_online", calendar=SeriesCalendar(name="gregorian", first_month=7)
        ),
        raises=("year-start-declared",),
        at=of("xfa_online", "2018", "CHARGED"),
    ),
    Fault(
        name="years-from-july-declared-otherwise",
        says="All provinces have years from July; the definition says January.",
        change=together(
            expected("xba_provinces", periods="unknown"),
            put(
                of("xba_provinces"),
                time_period=lambda r: f"{r['time_period']}-07-01/P1Y",
                period_start=lambda r: f"{r['time_period']}-07-01",
                period_end=lambda r: f"{int(r['time_period']) + 1}-06-30",
            ),
        ),
        raises=("year-start-declared",),
        at=of("xba_provinces", "2018-07-01/P1Y", ref_area="XBA_S"),
        tolerated=(
            "compared-years-differ",
            "period-plausible",
        ),
    ),
    Fault(
        name="century-slipped",
        says="The year 2019 is typed as 1919.",
        change=in_file(BORLAND, cell("Rates", "A6", 1919)),
        raises=("period-plausible",),
        at=Place(file=BORLAND, cell="Rates!D6"),
        tolerated=(
            "declared-years-present",
            "statutes-in-force",
        ),
    ),
    Fault(
        name="quarter-not-over",
        says="The last quarter is given in a file of early December.",
        change=put(of("xba_quarters"), vintage="2019-12-05"),
        raises=("period-over",),
        at=of("xba_quarters", "2019-Q4"),
    ),
    Fault(
        name="year-not-over",
        says="A whole year is given in a file that was sent in its first half.",
        change=put(of("xfa_online"), vintage="2019-06-14"),
        raises=("period-over",),
        at=of("xfa_online", "2019", "RECORDED"),
    ),
    Fault(
        name="year-to-come",
        says="The figures of 2019 stand under 2027.",
        change=put(
            of("xfa_online", "2019"),
            time_period="2027",
            period_start="2027-01-01",
            period_end="2027-12-31",
        ),
        raises=("period-plausible",),
        at=of("xfa_online", "2027"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="buddhist-year-taken-as-gregorian",
        says="The year 2560 is taken as a Gregorian one.",
        change=put(
            of("xea_online", "2017"),
            time_period="2560",
            period_start="2560-01-01",
            period_end="2560-12-31",
            calendar="gregorian",
        ),
        raises=("period-declared", "period-plausible"),
        at=of("xea_online", "2560"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="ethiopian-year-taken-as-gregorian",
        says="The year 2011 of the Ethiopian calendar is taken as a Gregorian one.",
        change=put(
            of("xda_charges", "2018-09-11/P1Y"),
            time_period="2011",
            period_start="2011-01-01",
            period_end="2011-12-31",
            calendar="gregorian",
        ),
        raises=("period-declared",),
        at=of("xda_charges", "2011"),
        tolerated=(
            "declared-years-present",
            "year-start-declared",
            "year-start-stable",
        ),
    ),
    Fault(
        name="all-years-taken-as-gregorian",
        says="All Ethiopian years are read as Gregorian ones.",
        change=in_file(
            DOROVIA,
            adapter=(
                ("calendar: ethiopian", "calendar: gregorian"),
                (r"pattern: '\d{4} E\.C\.'", r"pattern: '\d{4} .*'"),
                (
                    "{header: 0, parse: period}",
                    r"{header: 0, pattern: '(\d{4}).*', parse: period}",
                ),
            ),
        ),
        raises=("period-declared",),
        at=of("xda_charges", "2010", "CHARGED"),
        tolerated=(
            "declared-years-present",
            "year-start-declared",
        ),
    ),
    Fault(
        name="digit-slipped",
        says="The year 2018 is typed as 2081.",
        change=in_file(BORLAND, cell("Earlier years", "A12", 2081)),
        raises=("period-declared",),
        at=Place(file=BORLAND, cell="'Earlier years'!B12"),
        tolerated=(
            "declared-years-present",
            "period-plausible",
        ),
    ),
)
