"""Faults of what is not there: rows, reasons, breakdowns, answers, cells."""

from __future__ import annotations

from datetime import date

from corpus.changes import (
    cell,
    cells,
    drop,
    expected,
    in_file,
    of,
    put,
    series,
    take,
    together,
)
from corpus.record import Fault, Place
from tallymark.model.country import LegalGap
from tallymark.model.series import (
    CountingRule,
    Coverage,
    DefinitionChanges,
    DefinitionVersion,
    SeriesCalendar,
    Source,
)

from corpus.changes import country

_SOURCE = Source(title="Invented for the fault corpus")
_BORLAND, _FENIZIA = "borland-police.xlsx", "fenizia-online.csv"
_BLANK = {"obs_value": None, "missing_reason": "BLANK", "obs_status": "O"}
_GAP = {"obs_value": None, "missing_reason": "NOT_AVAILABLE", "obs_status": "O"}

_DECLARED = (
    Fault(
        name="year-left-out",
        says="All rows of 2018 are left out of the table of stages.",
        change=drop(of("xba_cases", "2018")),
        raises=("declared-years-present",),
        at=Place(file=_BORLAND, region="Cases!"),
    ),
    Fault(
        name="last-year-left-out",
        says="The last year of the Ethiopian calendar is not in the file.",
        change=drop(of("xda_charges", "2018-09-11/P1Y")),
        raises=("declared-years-present",),
        at=Place(file="dorovia-charges.xlsx", region="Charges!"),
    ),
    Fault(
        name="stage-left-out",
        says="Convictions are missing in one year.",
        change=drop(of("xba_cases", "2019", "CONVICTED")),
        raises=("declared-years-present",),
        at=Place(file=_BORLAND, region="Cases!"),
    ),
    Fault(
        name="charges-only",
        says="Of three stages only prosecutions are given, and nothing of the others.",
        change=drop(of("xea_online", stage=("RECORDED", "CONVICTED"))),
        raises=("declared-years-present",),
        at=Place(file="erewon-online.xlsx", region="!"),
    ),
    Fault(
        name="province-left-out",
        says="The East is missing from the table of provinces.",
        change=drop(of("xba_provinces", ref_area="XBA_E")),
        raises=("declared-years-present",),
        at=Place(file=_BORLAND, region="Provinces!"),
    ),
    Fault(
        name="quarter-left-out",
        says="The third quarter of 2018 has no figure.",
        change=drop(of("xba_quarters", "2018-Q3")),
        raises=("declared-years-present",),
        at=Place(file=_BORLAND, region="Quarters!"),
    ),
    Fault(
        name="country-left-out",
        says="Dorovia is not in the table of tip line reports.",
        change=drop(of("tips_by_country", ref_area="XDA")),
        raises=("declared-years-present",),
        at=Place(file="tips-by-country.csv", region="R"),
    ),
    Fault(
        name="earlier-years-left-out",
        says="Three years in the middle of a series of ten are not there.",
        change=drop(of("xba_recorded", ("2013", "2014", "2015"))),
        raises=("declared-years-present",),
        at=Place(file=_BORLAND, region="Earlier years"),
    ),
    Fault(
        name="row-deleted-in-file",
        says="The row of Fenizia's convictions of 2018 is deleted from the text file.",
        change=in_file(
            _FENIZIA,
            lambda book: book["fenizia"].__delitem__(slice(20, 23)),
        ),
        raises=("declared-years-present",),
        at=Place(file=_FENIZIA, region="R"),
        is_in_file=True,
    ),
)

_REASONS = (
    Fault(
        name="blank-cell",
        says="A cell of the table of stages is empty.",
        change=in_file(_BORLAND, cell("Cases", "F10", None)),
        raises=("missing-has-reason",),
        at=Place(file=_BORLAND, cell="Cases!F10"),
        is_in_file=True,
    ),
    Fault(
        name="blank-year",
        says="All cells of a province in 2018 and 2019 are empty.",
        change=in_file(_BORLAND, cells("Provinces", {"C5": None, "D5": None})),
        raises=("missing-has-reason",),
        at=Place(file=_BORLAND, cell="Provinces!C5"),
        is_in_file=True,
    ),
    Fault(
        name="blank-whole-column",
        says="A year of Caldonia's table has a heading and no figures.",
        change=put(of("xca_children", "2017-04-01/P1Y"), **_BLANK),
        raises=("missing-has-reason",),
        at=of("xca_children", "2017-04-01/P1Y", "CHARGED", sex="_T"),
    ),
    Fault(
        name="reason-unknown",
        says="The reason of a gap is given as unknown.",
        change=put(of("xea_online", "2019", "CONVICTED"), **_BLANK | {"missing_reason": "UNKNOWN"}),
        raises=("missing-has-reason",),
        at=of("xea_online", "2019", "CONVICTED"),
    ),
    Fault(
        name="reason-lost",
        says="The reasons why Dorovia has no convictions are lost.",
        change=put(of("xda_charges", stage="CONVICTED"), missing_reason="BLANK"),
        raises=("missing-has-reason",),
        at=of("xda_charges", "2017-09-11/P1Y", "CONVICTED"),
    ),
)

_ZEROS = (
    Fault(
        name="zero-before-grooming-law",
        says="Grooming is 0 in a year in which no law named it.",
        change=together(
            put(of("xba_cases", "2017", "RECORDED", offence="030223"), obs_value=0.0),
            put(
                of("xba_cases", "2017", "RECORDED", offence="030229"),
                obs_value=lambda row: row["obs_value"] + 77,
            ),
            country("XBA", legal_gaps=(LegalGap(
                conduct="grooming", basis="sourced", end=date(2018, 6, 30), source=_SOURCE
            ),)),
        ),
        raises=("zero-before-offence-existed",),
        at=of("xba_cases", "2017", "RECORDED", offence="030223"),
        tolerated=("total-against-parts",),
    ),
    Fault(
        name="zero-before-material-law",
        says="Material is 0 in two years, before a law named it.",
        change=together(
            put(
                of("xfa_online", ("2017", "2018"), "RECORDED", offence="030221"),
                obs_value=0.0,
            ),
            country("XFA", legal_gaps=(LegalGap(
                conduct="material", basis="sourced", end=date(2018, 12, 31), source=_SOURCE
            ),)),
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
    ),
    Fault(
        name="zero-charges-beside-tips",
        says="No case, charge or conviction in all years, beside thousands of reports.",
        change=put(of("xfa_online", statistic="COUNT"), obs_value=0.0),
        raises=("zero-beside-tips",),
        at=of("xfa_online", "2019", "RECORDED", offence="03022", statistic="COUNT"),
    ),
    Fault(
        name="zero-for-missing",
        says="A year for which nothing was collected is filled with zeros.",
        change=put(of("xca_children", "2019-04-01/P1Y"), obs_value=0.0),
        raises=(),
        at=of("xca_children", "2019-04-01/P1Y", "RECORDED"),
    ),
    Fault(
        name="zero-for-one-gap",
        says="One figure between hundreds is 0.",
        change=put(of("xba_recorded", "2014"), obs_value=0.0),
        raises=(),
        at=of("xba_recorded", "2014"),
    ),
    Fault(
        name="zero-province",
        says="A province with a hundred cases a year has none in 2018.",
        change=put(of("xba_provinces", "2018", ref_area="XBA_S"), obs_value=0.0),
        raises=(),
        at=of("xba_provinces", "2018", ref_area="XBA_S"),
    ),
)

_BREAKDOWNS = (
    Fault(
        name="one-sex-left-out",
        says="Women convicted are not given in 2018; men are.",
        change=drop(of("xba_cases", "2018", "CONVICTED", sex="F")),
        raises=(),
        at=of("xba_cases", "2018", "CONVICTED", sex="M"),
    ),
    Fault(
        name="sex-left-out-in-one-year",
        says="One year has no breakdown by sex.",
        change=drop(of("xca_children", "2017-04-01/P1Y", sex=("F", "M"))),
        raises=(),
        at=of("xca_children", "2017-04-01/P1Y", "CHARGED", sex="_T"),
    ),
    Fault(
        name="no-breakdown-at-all",
        says="The breakdown by sex that was asked for is nowhere in the file.",
        change=drop(of("xfa_online", sex=("F", "M"))),
        raises=(),
        at=of("xfa_online", stage="CHARGED"),
    ),
    Fault(
        name="offence-left-out",
        says="Grooming is left out of one year.",
        change=drop(of("xfa_online", "2018", offence="030223")),
        raises=(),
        at=of("xfa_online", "2018", "RECORDED", offence=("03022", "030221", "030229")),
    ),
    Fault(
        name="breakdown-blank",
        says="Women are blank without a reason, in all years.",
        change=put(of("xda_charges", stage="CHARGED", sex="F"), **_BLANK),
        raises=("missing-has-reason",),
        at=of("xda_charges", stage="CHARGED", sex="F"),
    ),
)

_PARTLY = (
    Fault(
        name="part-year",
        says="The last year ends in September.",
        change=put(
            of("xea_online", "2019"),
            time_period="2019-01-01/P9M", period_end="2019-09-30", freq="_O",
        ),
        raises=(),
        at=of("xea_online", "2019-01-01/P9M"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="part-year-in-file",
        says="The heading of the last year says January to October.",
        change=in_file(
            _BORLAND,
            cell("Provinces", "D3", "2019 (Jan-Oct)"),
            adapter=((r"{name: years, pattern: '\d{4}', many: true}",
                      r"{name: years, pattern: '\d{4}.*', many: true}"),),
        ),
        raises=(),
        at=Place(file=_BORLAND, cell="Provinces!D4"),
        tolerated=("declared-years-present",),
        is_in_file=True,
    ),
    Fault(
        name="half-year-for-year",
        says="Arrests of one year cover its first half.",
        change=put(
            of("xca_children", "2018-04-01/P1Y", "ARRESTED"),
            time_period="2018-04-01/P6M", period_end="2018-09-30", freq="_O",
        ),
        raises=(),
        at=of("xca_children", "2018-04-01/P6M", "ARRESTED"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="cumulative-quarters",
        says="The quarters of 2019 are added up from January on.",
        change=in_file(
            _BORLAND, cells("Quarters", {"C6": 171, "D6": 243, "E6": 343})
        ),
        raises=(),
        at=Place(file=_BORLAND, cell="Quarters!D6"),
        is_in_file=True,
    ),
    Fault(
        name="cumulative-years",
        says="Each year's figure holds all earlier ones.",
        change=in_file(_BORLAND, lambda book: _add_up(book["Earlier years"])),
        raises=(),
        at=of("xba_recorded", "2018"),
        is_in_file=True,
    ),
    Fault(
        name="territory-partial",
        says="The figures cover a part of the country only.",
        change=series("xea_online", coverage=Coverage(territory="partial", agencies="all")),
        raises=(),
        at=Place(file="erewon-online.xlsx", region="!"),
    ),
    Fault(
        name="single-unit",
        says="One unit alone supplied the figures.",
        change=series(
            "xfa_online", coverage=Coverage(territory="national", agencies="single_unit")
        ),
        raises=(),
        at=Place(file=_FENIZIA, region="R"),
    ),
    Fault(
        name="coverage-shrinks",
        says="From 2019 on two provinces are left out, and no break is marked.",
        change=series(
            "xea_online",
            definitions=(DefinitionVersion(
                id="two-provinces-less", start=date(2019, 1, 1), is_break=False,
                reason="Two provinces no longer report.",
                changes=DefinitionChanges(
                    coverage=Coverage(territory="partial", agencies="all")
                ),
                source=_SOURCE,
            ),),
        ),
        raises=("definition-change-without-break",),
        at=of("xea_online", "2019"),
    ),
)


def _add_up(rows: list) -> None:
    total = 0
    for row in rows[3:]:
        total += row[1]
        row[1] = total


_COPIED = (
    Fault(
        name="year-carried-forward",
        says="The figures of 2019 are those of 2018.",
        change=take(of("xba_cases", "2019"), {"time_period": "2018"}),
        raises=(),
        at=of("xba_cases", "2019", "CHARGED", sex="M"),
    ),
    Fault(
        name="fiscal-year-carried-forward",
        says="All of Caldonia's figures of 2017/18 are those of 2016/17.",
        change=take(
            of("xca_children", "2017-04-01/P1Y"), {"time_period": "2016-04-01/P1Y"}
        ),
        raises=(),
        at=of("xca_children", "2017-04-01/P1Y", "CONVICTED", sex="_T"),
    ),
    Fault(
        name="provinces-carried-forward",
        says="All provinces have the figures of the year before.",
        change=in_file(
            _BORLAND, cells("Provinces", {"D4": 132, "D5": 106, "D6": 71, "D7": 15, "D8": 324})
        ),
        raises=(),
        at=Place(file=_BORLAND, cell="Provinces!D4"),
        is_in_file=True,
    ),
    Fault(
        name="one-figure-for-four-years",
        says="The same number of cases is given four years running.",
        change=put(of("xba_recorded", ("2012", "2013", "2014", "2015")), obs_value=238.0),
        raises=(),
        at=of("xba_recorded", "2014"),
    ),
)

_UNANSWERED = (
    Fault(
        name="attempts-not-said",
        says="Nobody has said whether attempts are counted.",
        change=series("xea_online", counting_rule=CountingRule(
            principal_offence="no", stage_of_counting="input",
            attempts="unknown", multiple="counted_each",
        )),
        raises=(),
        at=Place(file="erewon-online.xlsx", region="!"),
    ),
    Fault(
        name="age-limit-not-said",
        says="It is not known up to which age a person counts as a child.",
        change=series("xfa_online", child_age_below="unknown"),
        raises=(),
        at=Place(file=_FENIZIA, region="R"),
    ),
    Fault(
        name="nothing-answered",
        says="None of the questions about a series is answered.",
        change=series(
            "xba_courts",
            counting_rule=CountingRule(
                principal_offence="unknown", stage_of_counting="unknown",
                attempts="unknown", multiple="unknown",
            ),
            statutes="unknown",
            child_age_below="unknown",
            coverage=Coverage(territory="unknown", agencies="unknown"),
            calendar=SeriesCalendar(name="unknown", first_month="unknown"),
            online_marker="unknown",
        ),
        raises=(),
        at=Place(file=_BORLAND, region="Courts!"),
    ),
    Fault(
        name="territory-not-said",
        says="It is not known which part of the country is covered.",
        change=series("xda_charges", coverage=Coverage(territory="unknown", agencies="all")),
        raises=(),
        at=Place(file="dorovia-charges.xlsx", region="Charges!"),
    ),
)

FAULTS = (
    *_DECLARED, *_REASONS, *_ZEROS, *_BREAKDOWNS, *_PARTLY, *_COPIED, *_UNANSWERED,
)  # fmt: skip
