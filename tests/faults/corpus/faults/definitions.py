"""Faults of what is counted: it changes, or is presented as something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from corpus.changes import (
    cell,
    copy,
    country_law,
    exchange,
    in_file,
    of,
    plus,
    put,
    series,
    together,
    unmarked_change,
)
from corpus.record import Fault, Place
from tallymark.model.series import CountingRule, Coverage, SeriesCalendar

_BORLAND, _CALDONIA = "borland-police.xlsx", "caldonia-children.xlsx"
_EREWON, _FENIZIA = "erewon-online.xlsx", "fenizia-online.csv"

_UNITS = (
    Fault(
        name="cases-then-persons",
        says="Cases are counted up to 2018, persons in 2019.",
        change=put(of("xba_recorded", "2019"), counting_unit="PERSON"),
        raises=("unit-stable",),
        at=of("xba_recorded", "2019"),
    ),
    Fault(
        name="offences-then-cases",
        says="Caldonia counts cases instead of offences in one year in the middle.",
        change=put(of("xca_children", "2017-04-01/P1Y", "RECORDED"), counting_unit="CASE"),
        raises=("unit-stable",),
        at=of("xca_children", "2017-04-01/P1Y", "RECORDED"),
    ),
    Fault(
        name="victims-then-persons",
        says="In the first year persons are counted where later victims are.",
        change=in_file(
            _BORLAND,
            lambda book: [
                row.__setitem__(3, "persons")
                for row in book["Cases"][4:]
                if row[0] == 2017 and row[1] == "Victims identified"
            ],
        ),
        raises=("unit-stable",),
        at=of("xba_cases", "2017", "VICTIM_IDENTIFIED", sex="F"),
        is_in_file=True,
    ),
    Fault(
        name="cases-for-persons",
        says="Convictions are counted in cases in one year, in persons in the others.",
        change=put(of("xea_online", "2018", "CONVICTED"), counting_unit="CASE"),
        raises=("unit-stable",),
        at=of("xea_online", "2018", "CONVICTED"),
    ),
    Fault(
        name="province-in-other-unit",
        says="One province counts offences, the others count cases.",
        change=put(of("xba_provinces", ref_area="XBA_S"), counting_unit="OFFENCE"),
        raises=("reports-presented-as-cases",),
        at=Place(file=_BORLAND, region="Provinces!"),
    ),
)

_CHANGES = (
    Fault(
        name="rule-changes",
        says="From 2019 on only the gravest offence is counted; no break is marked.",
        change=unmarked_change(
            "xea_online", date(2019, 1, 1), counting_rule=CountingRule(
                principal_offence="yes", stage_of_counting="input",
                attempts="included", multiple="counted_each",
            ),
        ),
        raises=("definition-change-without-break",),
        at=of("xea_online", "2019", "RECORDED"),
    ),
    Fault(
        name="counting-point-changes",
        says="Cases are counted at the end of the investigation from 2014 on.",
        change=unmarked_change(
            "xba_recorded", date(2014, 1, 1), counting_rule=CountingRule(
                principal_offence="no", stage_of_counting="output",
                attempts="included", multiple="counted_each",
            ),
        ),
        raises=("definition-change-without-break",),
        at=of("xba_recorded", "2014"),
    ),
    Fault(
        name="age-limit-changes",
        says="A child is below 16 up to 2017 and below 18 from then on.",
        change=together(
            series("xfa_online", child_age_below=16),
            unmarked_change("xfa_online", date(2018, 1, 1), child_age_below=18),
        ),
        raises=("definition-change-without-break",),
        at=of("xfa_online", "2018", "CHARGED", sex="_T"),
    ),
    Fault(
        name="statutes-change",
        says="Another law is counted from 2019 on, without a mark.",
        change=unmarked_change(
            "xba_cases", date(2019, 1, 1),
            statutes=("Online Child Protection Act of XBA", "Penal Code of XBA"),
        ),
        raises=("definition-change-without-break",),
        at=of("xba_cases", "2019", "CONVICTED", sex="F"),
    ),
    Fault(
        name="agencies-change",
        says="From 2018 on one agency reports where all did.",
        change=unmarked_change(
            "xba_provinces", date(2018, 1, 1),
            coverage=Coverage(territory="national", agencies="single_unit"),
        ),
        raises=("definition-change-without-break",),
        at=of("xba_provinces", "2018", ref_area="XBA_E"),
    ),
    Fault(
        name="marker-begins",
        says="Online cases are told apart from 2019 on only.",
        change=together(
            series("xda_charges", online_marker="no"),
            unmarked_change("xda_charges", date(2018, 9, 11), online_marker="yes"),
        ),
        raises=("definition-change-without-break",),
        at=of("xda_charges", "2018-09-11/P1Y", "CHARGED"),
    ),
    Fault(
        name="declared-calendar-changes",
        says="The year begins in April from 2018 on, says the definition.",
        change=unmarked_change(
            "xea_online", date(2018, 1, 1),
            calendar=SeriesCalendar(name="buddhist", first_month=4),
        ),
        raises=("definition-change-without-break",),
        at=of("xea_online", "2018", "RECORDED"),
    ),
    Fault(
        name="break-mark-removed",
        says="Caldonia's break is neither marked nor declared as one.",
        change=together(
            put(of("xca_children", "2018-04-01/P1Y"), obs_status="A"),
            lambda corpus: series(
                "xca_children",
                definitions=(replace(
                    corpus.reference.series["xca_children"].definitions[0], is_break=False
                ),),
            )(corpus),
        ),
        raises=("definition-change-without-break",),
        at=of("xca_children", "2018-04-01/P1Y", "CHARGED", sex="_T"),
    ),
    Fault(
        name="scope-changes",
        says="One year counts abuse in all settings, the others online abuse.",
        change=put(of("xba_recorded", "2018"), scope="CSEA"),
        raises=(),
        at=of("xba_recorded", "2018"),
        tolerated=("csea-presented-as-ocsea",),
    ),
    Fault(
        name="scope-widens",
        says="From 2018 on sexual offences against all ages are counted.",
        change=put(
            of("xca_offences", ("2018-04-01/P1Y", "2019-04-01/P1Y")),
            scope="SEXUAL_OFFENCES_ALL_AGES",
        ),
        raises=("all-ages-presented-as-children",),
        at=Place(file=_CALDONIA, region="Offences!"),
    ),
)

_FISCAL: dict[str, Any] = {
    "time_period": "2018-04-01/P1Y",
    "period_start": "2018-04-01",
    "period_end": "2019-03-31",
}

_CALENDARS = (
    Fault(
        name="fiscal-for-calendar-year",
        says="One year of a series of calendar years runs from April.",
        change=put(of("xba_recorded", "2018"), **_FISCAL),
        raises=(),
        at=of("xba_recorded", "2018-04-01/P1Y"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="calendar-for-fiscal-year",
        says="The last year of a series of fiscal years is a calendar year.",
        change=put(
            of("xca_children", "2019-04-01/P1Y"),
            time_period="2020", period_start="2020-01-01", period_end="2020-12-31",
        ),
        raises=(),
        at=of("xca_children", "2020", "RECORDED"),
        tolerated=("declared-years-present",),
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
        raises=(),
        at=of("xba_cases", "2018-07-01/P1Y", "CONVICTED"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="declared-april-printed-january",
        says="The definition says that years begin in July; the periods say January.",
        change=series("xfa_online", calendar=SeriesCalendar(name="gregorian", first_month=7)),
        raises=(),
        at=of("xfa_online", "2018", "CHARGED"),
    ),
    Fault(
        name="buddhist-year-taken-as-gregorian",
        says="The year 2560 is taken as a Gregorian one.",
        change=put(
            of("xea_online", "2017"),
            time_period="2560", period_start="2560-01-01", period_end="2560-12-31",
            calendar="gregorian",
        ),
        raises=(),
        at=of("xea_online", "2560"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="ethiopian-year-taken-as-gregorian",
        says="The year 2011 of the Ethiopian calendar is taken as a Gregorian one.",
        change=put(
            of("xda_charges", "2018-09-11/P1Y"),
            time_period="2011", period_start="2011-01-01", period_end="2011-12-31",
            calendar="gregorian",
        ),
        raises=(),
        at=of("xda_charges", "2011"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="all-years-taken-as-gregorian",
        says="All Ethiopian years are read as Gregorian ones.",
        change=in_file(
            "dorovia-charges.xlsx",
            adapter=(("calendar: ethiopian", "calendar: gregorian"),
                     (r"pattern: '\d{4} E\.C\.'", r"pattern: '\d{4} .*'"),
                     ("{header: 0, parse: period}",
                      r"{header: 0, pattern: '(\d{4}).*', parse: period}")),
        ),
        raises=(),
        at=of("xda_charges", "2010", "CHARGED"),
        tolerated=("declared-years-present",),
        is_in_file=True,
    ),
    Fault(
        name="digit-slipped",
        says="The year 2018 is typed as 2081.",
        change=in_file(_BORLAND, cell("Earlier years", "A12", 2081)),
        raises=(),
        at=Place(file=_BORLAND, cell="'Earlier years'!B12"),
        tolerated=("declared-years-present",),
        is_in_file=True,
    ),
    Fault(
        name="century-slipped",
        says="The year 2019 is typed as 1919.",
        change=in_file(_BORLAND, cell("Rates", "A6", 1919)),
        raises=(),
        at=Place(file=_BORLAND, cell="Rates!D6"),
        tolerated=("declared-years-present",),
        is_in_file=True,
    ),
    Fault(
        name="year-not-over",
        says="A whole year is given in a file that was sent in its first half.",
        change=put(of("xfa_online"), vintage="2019-06-14"),
        raises=(),
        at=of("xfa_online", "2019", "RECORDED"),
    ),
    Fault(
        name="year-to-come",
        says="The figures of 2019 stand under 2027.",
        change=put(
            of("xfa_online", "2019"),
            time_period="2027", period_start="2027-01-01", period_end="2027-12-31",
        ),
        raises=(),
        at=of("xfa_online", "2027"),
        tolerated=("declared-years-present",),
    ),
)

_PRESENTED = (
    Fault(
        name="csea-presented-as-ocsea",
        says="Figures on abuse in all settings are presented as online abuse.",
        change=series("xca_children", presented_scope="OCSEA"),
        raises=("csea-presented-as-ocsea",),
        at=Place(file=_CALDONIA, region="Stages!"),
    ),
    Fault(
        name="ocsea-title-over-csea",
        says="The sheet is headed as online abuse; it counts abuse in all settings.",
        change=in_file(
            _CALDONIA,
            cell("Stages", "A1",
                 "Online child sexual exploitation and abuse, years from April"),
        ),
        raises=(),
        at=Place(file=_CALDONIA, cell="Stages!A1"),
        is_in_file=True,
    ),
    Fault(
        name="online-title-in-portuguese",
        says="A title says online; the series counts all settings.",
        change=together(
            put(of("xfa_online"), scope="CSEA"),
            series("xfa_online", scope="CSEA", presented_scope="unknown",
                   online_marker="no"),
        ),
        raises=(),
        at=Place(file=_FENIZIA, cell="R1C1"),
    ),
    Fault(
        name="all-ages-presented-as-children",
        says="Victims of all ages are presented as children.",
        change=together(
            put(of("xea_online"), scope="SEXUAL_OFFENCES_ALL_AGES"),
            series("xea_online", scope="SEXUAL_OFFENCES_ALL_AGES"),
        ),
        raises=(),
        at=Place(file=_EREWON, region="!"),
    ),
    Fault(
        name="children-title-over-all-ages",
        says="The title names children; all sexual offences are counted.",
        change=together(
            put(of("xca_children"), scope="SEXUAL_OFFENCES_ALL_AGES"),
            series("xca_children", scope="SEXUAL_OFFENCES_ALL_AGES",
                   presented_scope="SEXUAL_OFFENCES_ALL_AGES"),
        ),
        raises=(),
        at=Place(file=_CALDONIA, cell="Stages!A1"),
    ),
    Fault(
        name="trafficking-presented-as-ocsea",
        says="Trafficking is presented as online abuse.",
        change=together(
            put(of("xda_charges"), scope="TRAFFICKING"),
            series("xda_charges", scope="TRAFFICKING"),
        ),
        raises=(),
        at=Place(file="dorovia-charges.xlsx", region="Charges!"),
    ),
    Fault(
        name="reports-presented-as-cases",
        says="Reports of companies are presented as cases.",
        change=series("xba_tips", presented_unit="CASE"),
        raises=("reports-presented-as-cases",),
        at=Place(file=_BORLAND, region="Tip line"),
    ),
    Fault(
        name="tips-by-country-presented-as-cases",
        says="Reports by country are presented as offences.",
        change=series("tips_by_country", presented_unit="OFFENCE"),
        raises=("reports-presented-as-cases",),
        at=Place(file="tips-by-country.csv", region="R"),
    ),
    Fault(
        name="cases-heading-over-reports",
        says="A column of reports is headed as cases.",
        change=in_file(
            _BORLAND,
            cell("Tip line", "B3", "Cases received"),
            adapter=(("Reports received", "Cases received"),),
        ),
        raises=(),
        at=Place(file=_BORLAND, cell="'Tip line'!B3"),
        is_in_file=True,
    ),
    Fault(
        name="reports-title-over-cases",
        says="The title says reports; the series counts cases.",
        change=in_file(
            _BORLAND,
            cell("Quarters", "A1", "Reports of companies to the tip line, by quarter"),
        ),
        raises=(),
        at=Place(file=_BORLAND, cell="Quarters!A1"),
        is_in_file=True,
    ),
    Fault(
        name="persons-mapped-as-cases-thai",
        says="A Thai label that says persons is taken for cases.",
        change=in_file(
            _EREWON,
            adapter=(("ผู้ถูกดำเนินคดี (คน): {stage: PROSECUTED, counting_unit: PERSON}",
                      "ผู้ถูกดำเนินคดี (คน): {stage: PROSECUTED, counting_unit: CASE}"),),
        ),
        raises=(),
        at=Place(file=_EREWON, cell="สถิติ!A5"),
        is_in_file=True,
    ),
    Fault(
        name="persons-mapped-as-cases-portuguese",
        says="The label “pessoas” is taken for cases.",
        change=in_file(_FENIZIA, adapter=(("pessoas: PERSON", "pessoas: CASE"),)),
        raises=(),
        at=Place(file=_FENIZIA, cell="R18C4"),
        is_in_file=True,
    ),
    Fault(
        name="victims-mapped-as-persons",
        says="A sheet about victims is read as offenders.",
        change=in_file(
            _BORLAND, adapter=(("counting_unit: VICTIM", "counting_unit: PERSON"),)
        ),
        raises=("reports-presented-as-cases",),
        at=Place(file=_BORLAND, region="Victims by age"),
        is_in_file=True,
    ),
    Fault(
        name="convicted-mapped-as-charged",
        says="A label that says convicted is read as the stage of charges.",
        change=in_file(
            _CALDONIA,
            cell("Stages", "A10", "Persons convicted"),
            cell("Stages", "A11", "Persons convicted"),
            cell("Stages", "A12", "Persons convicted"),
            adapter=(("          Charged: CHARGED\n", "          Persons convicted: CHARGED\n"),
                     ),
        ),
        raises=(),
        at=of("xca_children", stage="CHARGED"),
        is_in_file=True,
    ),
)

_LAWS = (
    Fault(
        name="law-not-yet-in-force",
        says="The law that is counted came into force in the middle of 2018.",
        change=country_law("XEA", "Online Child Protection Act of XEA",
                           start=date(2018, 6, 1)),
        raises=(),
        at=of("xea_online", "2017", "RECORDED"),
    ),
    Fault(
        name="law-repealed",
        says="The law that is counted was repealed before the last year.",
        change=country_law("XFA", "Online Child Protection Act of XFA",
                           end=date(2018, 12, 31)),
        raises=(),
        at=of("xfa_online", "2019", "CHARGED"),
    ),
    Fault(
        name="law-of-the-last-year-counted-before",
        says="Ten years are counted by a law of the last one.",
        change=country_law("XBA", "Online Child Protection Act of XBA",
                           start=date(2019, 1, 1)),
        raises=(),
        at=of("xba_recorded", "2013"),
    ),
    Fault(
        name="fiscal-year-before-law",
        says="Caldonia counts by an act that came a year after its first year.",
        change=together(
            series("xca_offences", statutes=("Children Act 2018 of XCA",)),
        ),
        raises=(),
        at=of("xca_offences", "2016-04-01/P1Y"),
    ),
)

_TWO = (
    Fault(
        name="two-tables-two-values",
        says="Two sheets give different numbers of cases for 2018.",
        change=in_file(_BORLAND, cell("Rates", "C5", 331)),
        raises=(),
        at=Place(file=_BORLAND, cell="Rates!C5"),
        is_in_file=True,
        tolerated=("rate-against-count",),
    ),
    Fault(
        name="two-providers-two-values",
        says="The ministry and the police give different totals for 2017.",
        change=together(
            series("xba_recorded", provider="Ministry of the Interior of Borland"),
            put(of("xba_recorded", "2017"), obs_value=288.0),
        ),
        raises=(),
        at=of("xba_recorded", "2017"),
    ),
    Fault(
        name="two-tip-lines-two-values",
        says="The country's tip line and the one abroad count the same reports "
        "differently.",
        change=put(of("xba_tips", "2018", "REPORTED"), obs_value=plus(730)),
        raises=(),
        at=of("xba_tips", "2018", "REPORTED"),
    ),
    Fault(
        name="two-vintages-two-values",
        says="A later file gives 11 cases more for the same year.",
        change=copy(
            of("xba_recorded", "2019"),
            vintage="2021-03-31", obs_value=plus(11), source_file="borland-2021.xlsx",
        ),
        raises=(),
        at=of("xba_recorded", "2019"),
    ),
    Fault(
        name="total-holds-a-sibling",
        says="The figure of material holds grooming, too, which stands beside it.",
        change=put(
            of("xba_cases", "2018", "RECORDED", offence="030221"), obs_value=275.0
        ),
        raises=(),
        at=of("xba_cases", "2018", "RECORDED", offence="030221"),
    ),
    Fault(
        name="included-elsewhere-unmarked",
        says="Grooming is included elsewhere; no figure says that it holds grooming.",
        change=put(
            of("xfa_online", "2019", "RECORDED", offence="030223"),
            obs_value=None, missing_reason="INCLUDED_ELSEWHERE", obs_status="K",
        ),
        raises=(),
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
        raises=(),
        at=of("xca_offences", offence="030222"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="units-differ-across-series",
        says="Of two series that are compared one counts persons.",
        change=put(of("xba_provinces"), counting_unit="PERSON"),
        raises=(),
        at=of("xba_provinces", "2018", ref_area="XBA"),
    ),
    Fault(
        name="stages-exchanged-in-one-year",
        says="The labels of prosecutions and convictions are exchanged in 2018.",
        change=exchange("stage", "PROSECUTED", "CONVICTED", of("xea_online", "2018")),
        raises=("later-stage-above-earlier",),
        at=of("xea_online", "2018", "CONVICTED"),
    ),
)

FAULTS = (*_UNITS, *_CHANGES, *_CALENDARS, *_PRESENTED, *_LAWS, *_TWO)
