"""Zeros and reasons that cannot stand for what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from corpus.changes import SOURCE, country, country_law, of, put, series, together
from corpus.pieces import GROOMING_GAP, NOT_AN_OFFENCE
from corpus.record import Fault
from tallymark.model.country import LegalGap

FAULTS = (
    Fault(
        name="zero-before-grooming-law",
        says="Grooming is 0 in a year in which no law named it.",
        change=together(
            put(of("xba_cases", "2017", "RECORDED", offence="030223"), obs_value=0.0),
            put(
                of("xba_cases", "2017", "RECORDED", offence="030229"),
                obs_value=lambda row: row["obs_value"] + 77,
            ),
            country(
                "XBA",
                legal_gaps=(
                    LegalGap(
                        conduct="grooming",
                        basis="sourced",
                        end=date(2018, 6, 30),
                        source=SOURCE,
                    ),
                ),
            ),
        ),
        raises=("zero-before-offence-existed",),
        at=of("xba_cases", "2017", "RECORDED", offence="030223"),
        tolerated=(
            "total-against-parts",
            "count-before-offence-existed",
            "offences-against-whole",
        ),
    ),
    Fault(
        name="zero-before-material-law",
        says="Material is 0 in two years, before a law named it.",
        change=together(
            put(
                of("xfa_online", ("2017", "2018"), "RECORDED", offence="030221"),
                obs_value=0.0,
            ),
            country(
                "XFA",
                legal_gaps=(
                    LegalGap(
                        conduct="material",
                        basis="sourced",
                        end=date(2018, 12, 31),
                        source=SOURCE,
                    ),
                ),
            ),
        ),
        raises=("zero-before-offence-existed",),
        at=of("xfa_online", "2018", "RECORDED", offence="030221"),
        tolerated=("total-against-parts",),
    ),
    Fault(
        name="zero-beside-tips",
        says="No online case is recorded in Erewon, where 70,000 reports came from.",
        change=put(of("xea_online", "2018"), obs_value=0.0),
        raises=("zero-beside-tips",),
        at=of("xea_online", "2018", "RECORDED"),
        tolerated=("zeros-fill-blanks",),
    ),
    Fault(
        name="zero-charges-beside-tips",
        says="No case, charge or conviction in all years, beside thousands of reports.",
        change=put(of("xfa_online", statistic="COUNT"), obs_value=0.0),
        raises=("zero-beside-tips",),
        at=of("xfa_online", "2019", "RECORDED", offence="03022", statistic="COUNT"),
        tolerated=("zeros-fill-blanks",),
    ),
    Fault(
        name="zero-without-marker",
        says="No online case in a register that does not mark cases as online.",
        change=together(
            series("xea_online", online_marker="no"),
            put(of("xea_online", "2017", "RECORDED"), obs_value=0.0),
        ),
        raises=("zero-without-online-marker",),
        at=of("xea_online", "2017", "RECORDED"),
        tolerated=(
            "zero-among-large-figures",
            "zero-beside-tips",
        ),
    ),
    Fault(
        name="zeros-without-marker-all-years",
        says="No online charge in any year, and the register has no marker.",
        change=together(
            series("xda_charges", online_marker="no"),
            put(of("xda_charges", stage=("CHARGED", "RECORDED")), obs_value=0.0),
        ),
        raises=("zero-without-online-marker",),
        at=of("xda_charges", "2017-09-11/P1Y", "CHARGED", sex="_T"),
        tolerated=("zero-beside-tips",),
    ),
    Fault(
        name="zero-for-one-gap",
        says="One figure between hundreds is 0.",
        change=put(of("xba_recorded", "2014"), obs_value=0.0),
        raises=("zero-among-large-figures",),
        at=of("xba_recorded", "2014"),
    ),
    Fault(
        name="zero-province",
        says="A province with a hundred cases a year has none in 2018.",
        change=put(of("xba_provinces", "2018", ref_area="XBA_S"), obs_value=0.0),
        raises=("zero-among-large-figures",),
        at=of("xba_provinces", "2018", ref_area="XBA_S"),
        tolerated=("areas-against-whole",),
    ),
    Fault(
        name="zero-for-missing",
        says="A year for which nothing was collected is filled with zeros.",
        change=put(of("xca_children", "2019-04-01/P1Y"), obs_value=0.0),
        raises=("zeros-fill-blanks",),
        at=of("xca_children", "2019-04-01/P1Y", "RECORDED"),
    ),
    Fault(
        name="two-files-one-year-of-zeros",
        says="The last year of all stages and sexes is 0.",
        change=put(of("xba_cases", "2019"), obs_value=0.0),
        raises=("zeros-fill-blanks",),
        at=of("xba_cases", "2019", "CHARGED", sex="F"),
        tolerated=("tables-agree",),
    ),
    Fault(
        name="not-an-offence-after-law",
        says="Grooming is said to be no offence, though a law named it since 2009.",
        change=put(
            of("xfa_online", "2018", "RECORDED", offence="030223"), **NOT_AN_OFFENCE
        ),
        raises=("not-an-offence-against-law",),
        at=of("xfa_online", "2018", "RECORDED", offence="030223"),
        tolerated=("reason-against-figures",),
    ),
    Fault(
        name="not-an-offence-at-one-stage",
        says="Material is said to be no offence, for convictions only.",
        change=put(
            of("xba_cases", stage="CONVICTED", offence="030221"), **NOT_AN_OFFENCE
        ),
        raises=("not-an-offence-against-law",),
        at=of("xba_cases", "2018", "CONVICTED", offence="030221"),
    ),
    Fault(
        name="not-applicable-between-figures",
        says="Cases could not exist in 2015, and did in 2014 and 2016.",
        change=put(
            of("xba_recorded", "2015"),
            obs_value=None,
            missing_reason="NOT_APPLICABLE",
            obs_status="M",
        ),
        raises=("reason-against-figures",),
        at=of("xba_recorded", "2015"),
    ),
    Fault(
        name="not-applicable-one-stage",
        says="Prosecutions are not applicable in 2018, between two years that have them.",
        change=put(
            of("xea_online", "2018", "PROSECUTED"),
            obs_value=None,
            missing_reason="NOT_APPLICABLE",
            obs_status="M",
        ),
        raises=("reason-against-figures",),
        at=of("xea_online", "2018", "PROSECUTED"),
    ),
    Fault(
        name="grooming-counted-before-law",
        says="Cases of grooming are counted before a law named it.",
        change=country("XFA", legal_gaps=(GROOMING_GAP,)),
        raises=("count-before-offence-existed",),
        at=of("xfa_online", "2017", "RECORDED", offence="030223"),
    ),
    Fault(
        name="material-counted-before-law",
        says="Persons are convicted of material before a law named it.",
        change=country(
            "XBA",
            legal_gaps=(
                replace(GROOMING_GAP, conduct="material"),
                replace(GROOMING_GAP, conduct="possession"),
                replace(GROOMING_GAP, conduct="access"),
            ),
        ),
        raises=("count-before-offence-existed",),
        at=of("xba_cases", "2018", "CONVICTED", offence="030221"),
    ),
    Fault(
        name="law-not-yet-in-force",
        says="The law that is counted came into force in the middle of 2018.",
        change=country_law(
            "XEA", "Online Child Protection Act of XEA", start=date(2018, 6, 1)
        ),
        raises=("statutes-in-force",),
        at=of("xea_online", "2017", "RECORDED"),
    ),
    Fault(
        name="law-repealed",
        says="The law that is counted was repealed before the last year.",
        change=country_law(
            "XFA", "Online Child Protection Act of XFA", end=date(2018, 12, 31)
        ),
        raises=("statutes-in-force",),
        at=of("xfa_online", "2019", "CHARGED"),
    ),
    Fault(
        name="law-of-the-last-year-counted-before",
        says="Ten years are counted by a law of the last one.",
        change=country_law(
            "XBA", "Online Child Protection Act of XBA", start=date(2019, 1, 1)
        ),
        raises=("statutes-in-force",),
        at=of("xba_recorded", "2013"),
    ),
    Fault(
        name="fiscal-year-before-law",
        says="Caldonia counts by an act that came a year after its first year.",
        change=together(
            series("xca_offences", statutes=("Children Act 2018 of XCA",)),
        ),
        raises=("statutes-in-force",),
        at=of("xca_offences", "2016-04-01/P1Y"),
    ),
    Fault(
        name="one-of-two-laws-not-in-force",
        says="One of two laws that are counted came after the first year.",
        change=together(
            series(
                "xda_charges",
                statutes=("Online Child Protection Act of XDA", "Penal Code of XDA"),
            ),
            country_law("XDA", "Penal Code of XDA", start=date(2018, 1, 1)),
        ),
        raises=("statutes-in-force",),
        at=of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="_T"),
    ),
)
