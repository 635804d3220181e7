"""A definition that changes, and no break is marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from corpus.changes import SOURCE, of, put, series, together, unmarked_change
from corpus.pieces import rule
from corpus.record import Fault
from tallymark.model.series import (
    CountingRule,
    Coverage,
    DefinitionChanges,
    DefinitionVersion,
    SeriesCalendar,
)

FAULTS = (
    Fault(
        name="rule-changes",
        says="From 2019 on only the gravest offence is counted; no break is marked.",
        change=unmarked_change(
            "xea_online",
            date(2019, 1, 1),
            counting_rule=CountingRule(
                principal_offence="yes",
                stage_of_counting="input",
                attempts="included",
                multiple="counted_each",
            ),
        ),
        raises=("principal-offence-stable",),
        at=of("xea_online", "2019", "RECORDED"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="main-offence-rule-changes",
        says="Only the main offence is counted in the courts from 2019 on.",
        change=unmarked_change(
            "xba_courts", date(2019, 1, 1), counting_rule=rule(principal_offence="yes")
        ),
        raises=("principal-offence-stable", "definition-change-without-break"),
        at=of("xba_courts", "2019"),
    ),
    Fault(
        name="counting-point-changes",
        says="Cases are counted at the end of the investigation from 2014 on.",
        change=unmarked_change(
            "xba_recorded",
            date(2014, 1, 1),
            counting_rule=CountingRule(
                principal_offence="no",
                stage_of_counting="output",
                attempts="included",
                multiple="counted_each",
            ),
        ),
        raises=("counting-point-stable",),
        at=of("xba_recorded", "2014"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="counting-point-changes-in-ages",
        says="Victims are counted after the investigation from 2018 on.",
        change=unmarked_change(
            "xba_victim_ages",
            date(2018, 1, 1),
            counting_rule=rule(stage_of_counting="intermediate"),
        ),
        raises=("counting-point-stable",),
        at=of("xba_victim_ages", "2018"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="break-mark-removed",
        says="Caldonia's break is neither marked nor declared as one.",
        change=together(
            put(of("xca_children", "2018-04-01/P1Y"), obs_status="A"),
            lambda corpus: series(
                "xca_children",
                definitions=(
                    replace(
                        corpus.reference.series["xca_children"].definitions[0],
                        is_break=False,
                    ),
                ),
            )(corpus),
        ),
        raises=("attempts-stable", "definition-change-without-break"),
        at=of("xca_children", "2018-04-01/P1Y", "CHARGED", sex="_T"),
    ),
    Fault(
        name="attempts-change",
        says="Attempts are left out from the last Ethiopian year on.",
        change=unmarked_change(
            "xda_charges", date(2018, 9, 11), counting_rule=rule(attempts="excluded")
        ),
        raises=("attempts-stable",),
        at=of("xda_charges", "2018-09-11/P1Y", "CHARGED", sex="_T"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="repeated-acts-change",
        says="Repeated acts are counted once from 2018 on, each before.",
        change=unmarked_change(
            "xfa_online", date(2018, 1, 1), counting_rule=rule(multiple="counted_once")
        ),
        raises=("multiple-offences-stable", "definition-change-without-break"),
        at=of("xfa_online", "2018", "RECORDED"),
    ),
    Fault(
        name="repeated-acts-change-early",
        says="Repeated acts are counted once from 2012 on.",
        change=unmarked_change(
            "xba_recorded",
            date(2012, 1, 1),
            counting_rule=rule(multiple="counted_once"),
        ),
        raises=("multiple-offences-stable",),
        at=of("xba_recorded", "2012"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="age-limit-changes",
        says="A child is below 16 up to 2017 and below 18 from then on.",
        change=together(
            series("xfa_online", child_age_below=16),
            unmarked_change("xfa_online", date(2018, 1, 1), child_age_below=18),
        ),
        raises=("child-age-stable",),
        at=of("xfa_online", "2018", "CHARGED", sex="_T"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="age-limit-changes-for-victims",
        says="Victims are those below 15 up to 2018, below 18 in 2019.",
        change=together(
            series("xba_victim_ages", child_age_below=15),
            unmarked_change("xba_victim_ages", date(2019, 1, 1), child_age_below=18),
        ),
        raises=("child-age-stable",),
        at=of("xba_victim_ages", "2019"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="statutes-change",
        says="Another law is counted from 2019 on, without a mark.",
        change=unmarked_change(
            "xba_cases",
            date(2019, 1, 1),
            statutes=("Online Child Protection Act of XBA", "Penal Code of XBA"),
        ),
        raises=("statutes-stable",),
        at=of("xba_cases", "2019", "CONVICTED", sex="F"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="statutes-change-in-dorovia",
        says="The penal code is counted, too, from the second year on.",
        change=unmarked_change(
            "xda_charges",
            date(2017, 9, 11),
            statutes=("Online Child Protection Act of XDA", "Penal Code of XDA"),
        ),
        raises=("statutes-stable",),
        at=of("xda_charges", "2017-09-11/P1Y", "CHARGED", sex="M"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="coverage-shrinks",
        says="From 2019 on two provinces are left out, and no break is marked.",
        change=series(
            "xea_online",
            definitions=(
                DefinitionVersion(
                    id="two-provinces-less",
                    start=date(2019, 1, 1),
                    is_break=False,
                    reason="Two provinces no longer report.",
                    changes=DefinitionChanges(
                        coverage=Coverage(territory="partial", agencies="all")
                    ),
                    source=SOURCE,
                ),
            ),
        ),
        raises=("territory-stable",),
        at=of("xea_online", "2019"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="territory-changes",
        says="The whole country is covered from 2018 on, a part before.",
        change=together(
            series(
                "xfa_online", coverage=Coverage(territory="partial", agencies="all")
            ),
            unmarked_change(
                "xfa_online",
                date(2018, 1, 1),
                coverage=Coverage(territory="national", agencies="all"),
            ),
        ),
        raises=("territory-stable",),
        at=of("xfa_online", "2018", "CHARGED", sex="M"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="agencies-change",
        says="From 2018 on one agency reports where all did.",
        change=unmarked_change(
            "xba_provinces",
            date(2018, 1, 1),
            coverage=Coverage(territory="national", agencies="single_unit"),
        ),
        raises=("agencies-stable",),
        at=of("xba_provinces", "2018", ref_area="XBA_E"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="agencies-shrink",
        says="From 2019 on several agencies report where all did.",
        change=unmarked_change(
            "xfa_online",
            date(2019, 1, 1),
            coverage=Coverage(territory="national", agencies="several"),
        ),
        raises=("agencies-stable",),
        at=of("xfa_online", "2019", "RECORDED"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="calendar-changes",
        says="The calendar of the series becomes the Gregorian one.",
        change=unmarked_change(
            "xea_online",
            date(2019, 1, 1),
            calendar=SeriesCalendar(name="gregorian", first_month=1),
        ),
        raises=("calendar-stable",),
        at=of("xea_online", "2019", "CONVICTED"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="calendar-changes-in-courts",
        says="The courts' calendar becomes the Ethiopian one.",
        change=unmarked_change(
            "xba_courts",
            date(2018, 1, 1),
            calendar=SeriesCalendar(name="ethiopian", first_month=9),
        ),
        raises=("calendar-stable", "first-month-stable"),
        at=of("xba_courts", "2018"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="declared-calendar-changes",
        says="The year begins in April from 2018 on, says the definition.",
        change=unmarked_change(
            "xea_online",
            date(2018, 1, 1),
            calendar=SeriesCalendar(name="buddhist", first_month=4),
        ),
        raises=("first-month-stable",),
        at=of("xea_online", "2018", "RECORDED"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="marker-begins",
        says="Online cases are told apart from 2019 on only.",
        change=together(
            series("xda_charges", online_marker="no"),
            unmarked_change("xda_charges", date(2018, 9, 11), online_marker="yes"),
        ),
        raises=("online-marker-stable",),
        at=of("xda_charges", "2018-09-11/P1Y", "CHARGED"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="marker-ends",
        says="Online cases are no longer marked in the last year.",
        change=unmarked_change("xea_online", date(2019, 1, 1), online_marker="no"),
        raises=("online-marker-stable",),
        at=of("xea_online", "2019", "RECORDED"),
        tolerated=("definition-change-without-break",),
    ),
)
