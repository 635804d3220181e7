"""More shapes of what other modules hold: other stages, areas, statistics, sizes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from corpus.changes import (
    HIDDEN,
    cell,
    cells,
    copy,
    country,
    country_law,
    drop,
    expected,
    in_file,
    of,
    plus,
    put,
    series,
    take,
    times,
    together,
    unmarked_change,
)
from corpus.record import Fault, Place
from tallymark.model.country import LegalGap
from tallymark.model.series import CountingRule, Coverage, SeriesCalendar, Source

_SOURCE = Source(title="Invented for the fault corpus")
_BORLAND, _CALDONIA = "borland-police.xlsx", "caldonia-children.xlsx"
_DOROVIA, _EREWON = "dorovia-charges.xlsx", "erewon-online.xlsx"
_FENIZIA, _TIPS = "fenizia-online.csv", "tips-by-country.csv"
_BLANK = {"obs_value": None, "missing_reason": "BLANK", "obs_status": "O"}
_DECLINED = {"obs_value": None, "missing_reason": "DECLINED", "obs_status": "O"}
_NOT_AN_OFFENCE = {
    "obs_value": None, "missing_reason": "NOT_CRIMINALISED", "obs_status": "M",
}  # fmt: skip
_GROOMING_GAP = LegalGap(
    conduct="grooming", basis="sourced", end=date(2018, 12, 31), source=_SOURCE
)

GAPS = (
    Fault(
        name="table-with-heading-only",
        says="The sheet of the tip line has its headings and no row.",
        change=drop(of("xba_tips")),
        raises=("series-without-rows",),
        at=Place(file=_BORLAND, region="Tip line"),
    ),
    Fault(
        name="column-of-rates-empty",
        says="The sheet has a place for rates, and none is read.",
        change=drop(of("xba_rates")),
        raises=("series-without-rows",),
        at=Place(file=_BORLAND, region="Rates!"),
    ),
    Fault(
        name="sexes-declared-not-given",
        says="Figures were asked for by sex, and only totals are given.",
        change=drop(of("xba_cases", sex=("F", "M"))),
        raises=("declared-breakdowns-present",),
        at=Place(file=_BORLAND, region="Cases!"),
    ),
    Fault(
        name="arrests-and-charges-only",
        says="Of five stages only arrests and charges have numbers.",
        change=put(
            of("xca_children", stage=("RECORDED", "CONVICTED", "VICTIM_IDENTIFIED")),
            **_DECLINED,
        ),
        raises=("charges-only",),
        at=Place(file=_CALDONIA, region="Stages!"),
    ),
    Fault(
        name="country-all-blank",
        says="All cells of a country are empty.",
        change=put(of("xea_online"), **_BLANK),
        raises=("no-number-at-all",),
        at=of("xea_online", "2018", "CONVICTED"),
        tolerated=("missing-has-reason",),
    ),
    Fault(
        name="country-all-blank-in-list",
        says="A country's row in a list of countries is empty.",
        change=in_file(_TIPS, cells("tips", {"B6": None, "C6": None, "D6": None})),
        raises=("no-number-at-all",),
        at=of("tips_by_country", ref_area="XEA"),
        is_in_file=True,
    ),
    Fault(
        name="country-declined-all",
        says="A country declined to give any figure.",
        change=put(of("xda_charges"), **_DECLINED),
        raises=("no-number-with-reason",),
        at=of("xda_charges", "2017-09-11/P1Y", "CHARGED", sex="M"),
    ),
    Fault(
        name="province-does-not-report",
        says="The South has no row in one year; nobody declared the provinces.",
        change=together(
            expected("xba_provinces", areas="unknown"),
            drop(of("xba_provinces", "2018", ref_area="XBA_S")),
        ),
        raises=("reporting-areas-stable",),
        at=Place(file=_BORLAND, region="Provinces!"),
    ),
    Fault(
        name="province-stops-reporting",
        says="The East's cells are empty from 2018 on.",
        change=put(of("xba_provinces", ("2018", "2019"), ref_area="XBA_E"), **_BLANK),
        raises=("reporting-areas-stable",),
        at=Place(file=_BORLAND, region="Provinces!"),
        tolerated=("missing-has-reason",),
    ),
    Fault(
        name="country-comes-and-goes",
        says="A country has no row in one year of a list of countries.",
        change=together(
            expected("tips_by_country", areas="unknown"),
            drop(of("tips_by_country", "2018", ref_area="XCA")),
        ),
        raises=("reporting-countries-stable",),
        at=Place(file=_TIPS, region="R"),
    ),
    Fault(
        name="year-left-out-undeclared",
        says="2014 is left out of a series whose years nobody declared.",
        change=together(
            expected("xba_recorded", periods="unknown"),
            drop(of("xba_recorded", "2014")),
        ),
        raises=("period-left-out",),
        at=Place(file=_BORLAND, region="Earlier years"),
    ),
    Fault(
        name="quarters-left-out-undeclared",
        says="Two quarters are left out of a series whose periods nobody declared.",
        change=together(
            expected("xba_quarters", periods="unknown"),
            drop(of("xba_quarters", ("2018-Q2", "2018-Q3"))),
        ),
        raises=("period-left-out",),
        at=Place(file=_BORLAND, region="Quarters!"),
    ),
    Fault(
        name="age-group-left-out",
        says="The older group of victims is missing in the last year.",
        change=drop(of("xba_victim_ages", "2019", age_group="Y13T17")),
        raises=("breakdown-incomplete",),
        at=of("xba_victim_ages", "2019"),
    ),
    Fault(
        name="total-left-out",
        says="Men and women are given without their total.",
        change=drop(of("xca_children", "2018-04-01/P1Y", "ARRESTED", sex="_T")),
        raises=("breakdown-incomplete",),
        at=of("xca_children", "2018-04-01/P1Y", "ARRESTED", sex=("F", "M")),
    ),
    Fault(
        name="offence-row-left-out",
        says="Exploitation in tourism has no row in the second year.",
        change=drop(of("xca_offences", "2017-04-01/P1Y", offence="030222")),
        raises=("row-left-out",),
        at=of("xca_offences", "2017-04-01/P1Y"),
    ),
)

ZEROS = (
    Fault(
        name="zero-without-marker",
        says="No online case in a register that does not mark cases as online.",
        change=together(
            series("xea_online", online_marker="no"),
            put(of("xea_online", "2017", "RECORDED"), obs_value=0.0),
        ),
        raises=("zero-without-online-marker",),
        at=of("xea_online", "2017", "RECORDED"),
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
    ),
    Fault(
        name="not-an-offence-after-law",
        says="Grooming is said to be no offence, though a law named it since 2009.",
        change=put(
            of("xfa_online", "2018", "RECORDED", offence="030223"), **_NOT_AN_OFFENCE
        ),
        raises=("not-an-offence-against-law",),
        at=of("xfa_online", "2018", "RECORDED", offence="030223"),
    ),
    Fault(
        name="not-an-offence-at-one-stage",
        says="Material is said to be no offence, for convictions only.",
        change=put(
            of("xba_cases", stage="CONVICTED", offence="030221"), **_NOT_AN_OFFENCE
        ),
        raises=("not-an-offence-against-law",),
        at=of("xba_cases", "2018", "CONVICTED", offence="030221"),
    ),
    Fault(
        name="not-applicable-between-figures",
        says="Cases could not exist in 2015, and did in 2014 and 2016.",
        change=put(
            of("xba_recorded", "2015"),
            obs_value=None, missing_reason="NOT_APPLICABLE", obs_status="M",
        ),
        raises=("reason-against-figures",),
        at=of("xba_recorded", "2015"),
    ),
    Fault(
        name="not-applicable-one-stage",
        says="Prosecutions are not applicable in 2018, between two years that have them.",
        change=put(
            of("xea_online", "2018", "PROSECUTED"),
            obs_value=None, missing_reason="NOT_APPLICABLE", obs_status="M",
        ),
        raises=("reason-against-figures",),
        at=of("xea_online", "2018", "PROSECUTED"),
    ),
    Fault(
        name="grooming-counted-before-law",
        says="Cases of grooming are counted before a law named it.",
        change=country("XFA", legal_gaps=(_GROOMING_GAP,)),
        raises=("count-before-offence-existed",),
        at=of("xfa_online", "2017", "RECORDED", offence="030223"),
    ),
    Fault(
        name="material-counted-before-law",
        says="Persons are convicted of material before a law named it.",
        change=country("XBA", legal_gaps=(replace(_GROOMING_GAP, conduct="material"),
                                          replace(_GROOMING_GAP, conduct="possession"),
                                          replace(_GROOMING_GAP, conduct="access"))),
        raises=("count-before-offence-existed",),
        at=of("xba_cases", "2018", "CONVICTED", offence="030221"),
    ),
    Fault(
        name="two-files-one-year-of-zeros",
        says="The last year of all stages and sexes is 0.",
        change=put(of("xba_cases", "2019"), obs_value=0.0),
        raises=("zeros-fill-blanks",),
        at=of("xba_cases", "2019", "CHARGED", sex="F"),
    ),
)

COPIES = (
    Fault(
        name="provinces-with-the-same-figures",
        says="Two regions have the same figures in all years.",
        change=take(of("xca_regions", ref_area="XCA_L"), {"ref_area": "XCA_H"}),
        raises=("areas-alike",),
        at=of("xca_regions", "2017-04-01/P1Y", ref_area="XCA_L"),
    ),
    Fault(
        name="countries-with-the-same-figures",
        says="Two countries have the same reports in all years.",
        change=take(of("tips_by_country", ref_area="XCA"), {"ref_area": "XFA"}),
        raises=("areas-alike",),
        at=of("tips_by_country", "2019", ref_area="XCA"),
    ),
    Fault(
        name="stages-with-the-same-figures",
        says="Convictions are a copy of the charges, in all years and both sexes.",
        change=take(of("xca_children", stage="CONVICTED"), {"stage": "CHARGED"}),
        raises=("stages-alike",),
        at=of("xca_children", "2018-04-01/P1Y", "CONVICTED", sex="F"),
    ),
    Fault(
        name="prosecutions-pasted-as-convictions",
        says="All prosecutions of Borland stand under convictions, too.",
        change=take(of("xba_cases", stage="CONVICTED"), {"stage": "PROSECUTED"}),
        raises=("stages-alike",),
        at=of("xba_cases", "2019", "CONVICTED", sex="M"),
    ),
    Fault(
        name="tips-carried-forward",
        says="The reports of a country in the ten thousands repeat the year before.",
        change=take(
            of("tips_by_country", "2019", ref_area="XEA"), {"time_period": "2018"}
        ),
        raises=("carried-forward",),
        at=of("tips_by_country", "2019", ref_area="XEA"),
    ),
    Fault(
        name="cumulative-in-fiscal-years",
        says="Each quarter of 2017 holds those before it; the year does, too.",
        change=in_file(_BORLAND, cells("Quarters", {"C4": 147, "D4": 209, "E4": 296})),
        raises=("cumulative-figures",),
        at=Place(file=_BORLAND, cell="Quarters!E4"),
        is_in_file=True,
    ),
)

_RULE = {
    "principal_offence": "no", "stage_of_counting": "input",
    "attempts": "included", "multiple": "counted_each",
}  # fmt: skip


def _rule(**other: str) -> CountingRule:
    return CountingRule(**{**_RULE, **other})  # type: ignore[arg-type]


CHANGES = (
    Fault(
        name="stage-changes",
        says="Convictions are given in 2019 where cases were given before.",
        change=put(of("xba_recorded", "2019"), stage="CONVICTED"),
        raises=("stage-stable",),
        at=of("xba_recorded", "2019"),
    ),
    Fault(
        name="stage-changes-in-province-table",
        says="The provinces give arrests in their first year.",
        change=put(of("xba_provinces", "2017"), stage="ARRESTED"),
        raises=("stage-stable",),
        at=of("xba_provinces", "2017", ref_area="XBA_N"),
    ),
    Fault(
        name="ages-change",
        says="The victims are those up to 15 in the last year, up to 17 before.",
        change=put(of("xba_victim_ages", "2019", statistic="COUNT"), age_group="Y0T15"),
        raises=("child-age-group-stable",),
        at=of("xba_victim_ages", "2019", statistic="COUNT"),
    ),
    Fault(
        name="repeated-acts-change",
        says="Repeated acts are counted once from 2018 on, each before.",
        change=unmarked_change(
            "xfa_online", date(2018, 1, 1), counting_rule=_rule(multiple="counted_once")
        ),
        raises=("multiple-offences-stable",),
        at=of("xfa_online", "2018", "RECORDED"),
    ),
    Fault(
        name="repeated-acts-change-early",
        says="Repeated acts are counted once from 2012 on.",
        change=unmarked_change(
            "xba_recorded", date(2012, 1, 1), counting_rule=_rule(multiple="counted_once")
        ),
        raises=("multiple-offences-stable",),
        at=of("xba_recorded", "2012"),
    ),
    Fault(
        name="attempts-change",
        says="Attempts are left out from the last Ethiopian year on.",
        change=unmarked_change(
            "xda_charges", date(2018, 9, 11), counting_rule=_rule(attempts="excluded")
        ),
        raises=("attempts-stable",),
        at=of("xda_charges", "2018-09-11/P1Y", "CHARGED", sex="_T"),
    ),
    Fault(
        name="main-offence-rule-changes",
        says="Only the main offence is counted in the courts from 2019 on.",
        change=unmarked_change(
            "xba_courts", date(2019, 1, 1), counting_rule=_rule(principal_offence="yes")
        ),
        raises=("principal-offence-stable",),
        at=of("xba_courts", "2019"),
    ),
    Fault(
        name="calendar-changes",
        says="The calendar of the series becomes the Gregorian one.",
        change=unmarked_change(
            "xea_online", date(2019, 1, 1),
            calendar=SeriesCalendar(name="gregorian", first_month=1),
        ),
        raises=("calendar-stable",),
        at=of("xea_online", "2019", "CONVICTED"),
    ),
    Fault(
        name="territory-changes",
        says="The whole country is covered from 2018 on, a part before.",
        change=together(
            series("xfa_online", coverage=Coverage(territory="partial", agencies="all")),
            unmarked_change(
                "xfa_online", date(2018, 1, 1),
                coverage=Coverage(territory="national", agencies="all"),
            ),
        ),
        raises=("territory-stable",),
        at=of("xfa_online", "2018", "CHARGED", sex="M"),
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
    ),
    Fault(
        name="marker-ends",
        says="Online cases are no longer marked in the last year.",
        change=unmarked_change("xea_online", date(2019, 1, 1), online_marker="no"),
        raises=("online-marker-stable",),
        at=of("xea_online", "2019", "RECORDED"),
    ),
    Fault(
        name="scope-changes-for-stage",
        says="Convictions are those for all abuse of children in one year.",
        change=put(of("xea_online", "2018", "CONVICTED"), scope="CSEA"),
        raises=("scope-stable",),
        at=of("xea_online", "2018", "CONVICTED"),
        tolerated=("csea-presented-as-ocsea",),
    ),
)

PRESENTED = (
    Fault(
        name="tips-presented-as-online-abuse",
        says="Reports of companies are presented as online abuse.",
        change=series("xba_tips", presented_scope="OCSEA"),
        raises=("cybertips-presented-as-crimes",),
        at=Place(file=_BORLAND, region="Tip line"),
    ),
    Fault(
        name="tips-presented-as-cybercrime",
        says="Reports by country are presented as cybercrime.",
        change=series("tips_by_country", presented_scope="CYBERCRIME"),
        raises=("cybertips-presented-as-crimes",),
        at=Place(file=_TIPS, region="R"),
    ),
    Fault(
        name="all-ages-as-csea",
        says="Offences against all ages are presented as abuse of children.",
        change=together(
            put(of("xca_offences"), scope="SEXUAL_OFFENCES_ALL_AGES"),
            series("xca_offences", scope="SEXUAL_OFFENCES_ALL_AGES"),
        ),
        raises=("all-ages-presented-as-children",),
        at=Place(file=_CALDONIA, region="Offences!"),
    ),
    Fault(
        name="trafficking-as-csea",
        says="Trafficking is presented as abuse of children.",
        change=together(
            put(of("xca_children"), scope="TRAFFICKING"),
            series("xca_children", scope="TRAFFICKING"),
        ),
        raises=("trafficking-presented-as-ocsea",),
        at=Place(file=_CALDONIA, region="Stages!"),
    ),
    Fault(
        name="persons-heading-over-cases",
        says="The heading says persons arrested; cases recorded are counted.",
        change=in_file(
            _BORLAND,
            cell("Earlier years", "B3", "Persons arrested"),
            adapter=(("header: [Year, Cases recorded, Mark]",
                      "header: [Year, Persons arrested, Mark]"),
                     ("values: [Cases recorded]", "values: [Persons arrested]")),
        ),
        raises=("heading-fits-unit", "heading-fits-stage"),
        at=Place(file=_BORLAND, cell="'Earlier years'!B3"),
        is_in_file=True,
    ),
    Fault(
        name="victims-title-over-cases",
        says="The title says victims; cases are counted.",
        change=in_file(
            _BORLAND, cell("Provinces", "A1", "Victims of online abuse, by province")
        ),
        raises=("heading-fits-unit",),
        at=Place(file=_BORLAND, cell="Provinces!A1"),
        is_in_file=True,
    ),
    Fault(
        name="conviction-title-over-cases",
        says="The title says convictions; cases recorded are counted.",
        change=in_file(
            _BORLAND,
            cell("Provinces", "A1", "Convictions for online abuse of children"),
        ),
        raises=("heading-fits-stage",),
        at=Place(file=_BORLAND, cell="Provinces!A1"),
        is_in_file=True,
    ),
    Fault(
        name="title-under-16",
        says="The title says under 16; persons below 18 are children in the series.",
        change=in_file(
            _BORLAND,
            cell("Victims by age", "A1", "Children under 16 who were abused online"),
        ),
        raises=("heading-fits-child-age",),
        at=Place(file=_BORLAND, cell="'Victims by age'!A1"),
        is_in_file=True,
    ),
    Fault(
        name="title-below-age-in-portuguese",
        says="The Portuguese title says below 14; the series says 18.",
        change=in_file(
            _FENIZIA,
            cell("fenizia", "A1", "Exploração sexual em linha de menores de 14 anos"),
        ),
        raises=("heading-fits-child-age",),
        at=Place(file=_FENIZIA, cell="R1C1"),
        is_in_file=True,
    ),
    Fault(
        name="title-of-one-province",
        says="The title names a province; the figures are given as national.",
        change=in_file(
            _BORLAND,
            cell("Earlier years", "A1", "Cases recorded in Northern Province, 2010-2019"),
        ),
        raises=("heading-fits-territory",),
        at=Place(file=_BORLAND, cell="'Earlier years'!A1"),
        is_in_file=True,
    ),
    Fault(
        name="title-of-the-capital",
        says="The title says capital city only; the figures are given as national.",
        change=in_file(
            _CALDONIA,
            cell("Stages", "A1",
                 "Sexual abuse of children, capital city only, years from April"),
        ),
        raises=("heading-fits-territory",),
        at=Place(file=_CALDONIA, cell="Stages!A1"),
        is_in_file=True,
    ),
    Fault(
        name="all-settings-title-over-ocsea",
        says="The title says all sexual offences; online abuse of children is counted.",
        change=in_file(
            _BORLAND,
            cell("Rates", "A1", "All sexual offences recorded, all ages, per 100,000"),
        ),
        raises=("heading-fits-scope",),
        at=Place(file=_BORLAND, cell="Rates!A1"),
        is_in_file=True,
    ),
    Fault(
        name="trafficking-title-over-ocsea",
        says="The title says trafficking; online abuse is counted.",
        change=in_file(
            _DOROVIA, cell("Charges", "A1", "Trafficking in persons: persons charged")
        ),
        raises=("heading-fits-scope",),
        at=Place(file=_DOROVIA, cell="Charges!A1"),
        is_in_file=True,
    ),
    Fault(
        name="title-january-to-october",
        says="The title says January to October; whole years are read.",
        change=in_file(
            _BORLAND,
            cell("Rates", "A1", "Cases recorded per 100,000, January to October"),
        ),
        raises=("heading-fits-period",),
        at=Place(file=_BORLAND, cell="Rates!A1"),
        is_in_file=True,
    ),
    Fault(
        name="heading-first-half",
        says="The heading of a year says first half; the whole year is read.",
        change=in_file(
            _BORLAND,
            cell("Tip line", "B3", "Reports received (first half)"),
            adapter=(("Reports received", "Reports received (first half)"),),
        ),
        raises=("heading-fits-period",),
        at=Place(file=_BORLAND, cell="'Tip line'!B3"),
        is_in_file=True,
    ),
    Fault(
        name="note-until-october",
        says="A remark says until 31 October; the figure is given for the year.",
        change=in_file(_BORLAND, cell("Cases", "H61", "Until 31 October only")),
        raises=("note-fits-period",),
        at=Place(file=_BORLAND, cell="Cases!F61"),
        is_in_file=True,
    ),
    Fault(
        name="note-in-portuguese-first-months",
        says="A Portuguese remark says January to June; the year is read.",
        change=in_file(_FENIZIA, cell("fenizia", "H24", "Janeiro a junho")),
        raises=("note-fits-period",),
        at=Place(file=_FENIZIA, cell="R24C6"),
        is_in_file=True,
    ),
    Fault(
        name="label-all-ages",
        says="An offence label says all ages in a table on children.",
        change=put(
            of("xca_offences", offence="030222"),
            offence_label="Sexual exploitation, all ages",
        ),
        raises=("label-fits-scope",),
        at=of("xca_offences", "2018-04-01/P1Y", offence="030222"),
    ),
    Fault(
        name="label-trafficking",
        says="An offence label says trafficking in a table on online abuse.",
        change=put(
            of("xfa_online", offence="030229"), offence_label="Tráfico de pessoas"
        ),
        raises=("label-fits-scope",),
        at=of("xfa_online", "2018", offence="030229"),
    ),
    Fault(
        name="label-victims-over-cases",
        says="An offence label says number of victims; cases are counted.",
        change=put(
            of("xba_cases", stage="RECORDED", offence="030223"),
            offence_label="Number of victims of grooming",
        ),
        raises=("label-fits-unit",),
        at=of("xba_cases", "2018", "RECORDED", offence="030223"),
    ),
    Fault(
        name="label-persons-over-offences",
        says="A label says persons suspected; offences are counted.",
        change=put(
            of("xca_offences", offence="030221"),
            offence_label="Persons suspected of live streaming",
        ),
        raises=("label-fits-unit",),
        at=of("xca_offences", "2019-04-01/P1Y", offence="030221"),
    ),
    Fault(
        name="label-under-12",
        says="A label says under 12 where children are those below 18.",
        change=put(
            of("xba_cases", offence="030229"),
            offence_label="Exploitation of children under 12 years",
        ),
        raises=("label-fits-child-age",),
        at=of("xba_cases", "2018", "CHARGED", offence="030229"),
    ),
    Fault(
        name="label-below-16-in-portuguese",
        says="A Portuguese label says below 16 where children are those below 18.",
        change=put(
            of("xfa_online", offence="030223"),
            offence_label="Aliciamento de menores de 16 anos em linha",
        ),
        raises=("label-fits-child-age",),
        at=of("xfa_online", "2017", offence="030223"),
    ),
)

_SAME_FAMILY = together(
    series("xea_online", definition_family="joint"),
    series("xfa_online", definition_family="joint"),
)

TWO = (
    Fault(
        name="compared-units",
        says="Of two countries that are compared, one counts cases, one offences.",
        change=together(
            _SAME_FAMILY, put(of("xea_online", stage="RECORDED"), counting_unit="OFFENCE")
        ),
        raises=("compared-units-differ",),
        at=of("xea_online", stage="RECORDED"),
        tolerated=("label-fits-unit", "heading-fits-unit"),
    ),
    Fault(
        name="compared-years",
        says="Of two countries that are compared, one has years from July.",
        change=together(
            _SAME_FAMILY,
            put(
                of("xea_online"),
                time_period=lambda r: f"{r['time_period']}-07-01/P1Y",
                period_start=lambda r: f"{r['time_period']}-07-01",
                period_end=lambda r: f"{int(r['time_period']) + 1}-06-30",
            ),
            series("xea_online", calendar=SeriesCalendar(name="buddhist", first_month=7)),
            expected("xea_online", periods="unknown"),
        ),
        raises=("compared-years-differ",),
        at=of("xea_online", stage="RECORDED"),
    ),
    Fault(
        name="compared-ages",
        says="Of two countries that are compared, one counts children below 16.",
        change=together(_SAME_FAMILY, series("xfa_online", child_age_below=16)),
        raises=("compared-child-ages-differ",),
        at=of("xfa_online", stage="RECORDED"),
    ),
    Fault(
        name="courts-convict-more-than-police-charge",
        says="The courts' file has more persons convicted than the police charged.",
        change=put(
            of("xca_children", "2017-04-01/P1Y", "CONVICTED", sex="_T"),
            source_file="caldonia-courts.xlsx", obs_value=plus(500),
        ),
        raises=("later-stage-above-earlier-file",),
        at=of("xca_children", "2017-04-01/P1Y", "CONVICTED", sex="_T"),
        tolerated=("breakdown-incomplete",),
    ),
    Fault(
        name="outcomes-above-court",
        says="Convicted and acquitted together are more than brought to court.",
        change=together(
            copy(
                of("xea_online", stage="PROSECUTED"),
                stage="BROUGHT_TO_COURT", obs_value=plus(-90),
            ),
            copy(
                of("xea_online", "2018", "CONVICTED"), stage="ACQUITTED", obs_value=401.0
            ),
        ),
        raises=("outcomes-above-court",),
        at=of("xea_online", "2018", "ACQUITTED"),
        tolerated=("duplicate-key",),
    ),
    Fault(
        name="second-version-lower",
        says="A second version gives fewer convictions for all years.",
        change=copy(
            of("xfa_online", stage="CONVICTED", sex="_T"),
            vintage="2021-04-20", source_file="fenizia-2021.csv", obs_value=plus(-29),
        ),
        raises=("vintages-agree",),
        at=of("xfa_online", "2018", "CONVICTED", sex="_T"),
        tolerated=("total-against-parts",),
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
)

HAND: tuple[Fault, ...] = (
    Fault(
        name="year-as-count",
        says="The year stands in the place of the count.",
        change=in_file(_BORLAND, cell("Earlier years", "B11", 2017)),
        raises=("date-as-count",),
        at=Place(file=_BORLAND, cell="'Earlier years'!B11"),
        is_in_file=True,
    ),
    Fault(
        name="day-number-as-count",
        says="A date as a spreadsheet program counts days stands among the counts.",
        change=put(of("xba_recorded", "2016"), obs_value=42_736.0),
        raises=("date-as-count",),
        at=of("xba_recorded", "2016"),
    ),
    Fault(
        name="nine-nine-nine",
        says="999 stands for missing in four cells.",
        change=put(
            of("xba_cases", ("2017", "2018"), "CONVICTED", offence=("030223", "030229")),
            obs_value=999.0,
        ),
        raises=("missing-code-as-count",),
        at=of("xba_cases", "2018", "CONVICTED", offence="030229"),
        tolerated=("later-stage-above-earlier", "offences-against-whole"),
    ),
    Fault(
        name="nines-in-list",
        says="99999 stands for missing in a year of the list of countries.",
        change=put(of("tips_by_country", "2018"), obs_value=99_999.0),
        raises=("missing-code-as-count",),
        at=of("tips_by_country", "2018", ref_area="XDA"),
    ),
    Fault(
        name="read-with-two-digits-exchanged",
        says="A figure is not the number that is printed in its cell.",
        change=put(of("xba_recorded", "2018"), obs_value=342.0, raw_value="324"),
        raises=("value-not-as-printed",),
        at=of("xba_recorded", "2018"),
    ),
    Fault(
        name="printed-with-thousands-read-as-decimal",
        says="“1.978” is printed, and 1.978 is read where a rate would stand.",
        change=put(
            of("xfa_online", "2017", statistic="RATE_100K"),
            obs_value=68.0, raw_value="68,89",
        ),
        raises=("value-not-as-printed",),
        at=of("xfa_online", "2017", statistic="RATE_100K"),
    ),
    Fault(
        name="nothing-falls-by-more-than-all",
        says="A fall of 137 percent is given.",
        change=copy(
            of("xba_tips", "2019", "REPORTED"),
            statistic="PERCENT_CHANGE", obs_value=-137.0,
        ),
        raises=("share-above-whole",),
        at=of("xba_tips", "2019", statistic="PERCENT_CHANGE"),
    ),
    Fault(
        name="outside-its-own-bounds",
        says="A figure lies outside the bounds that are given with it.",
        change=put(
            of("xba_cases", "2018", "CHARGED", offence="03022", sex="_T"),
            value_low=225.0, value_high=230.0,
        ),
        raises=("value-impossible",),
        at=of("xba_cases", "2018", "CHARGED", offence="03022", sex="_T"),
    ),
    Fault(
        name="more-victims-than-people",
        says="More victims are counted than live in the country.",
        change=together(
            put(of("xba_population"), obs_value=times(0.00005)),
        ),
        raises=("persons-above-population",),
        at=of("xba_population", "2018"),
    ),
)

_FEW = HIDDEN | {"value_low": 1.0, "value_high": 4.0, "conf_status": "A"}

SHOWN = (
    Fault(
        name="one-of-few-shown",
        says="Three provinces are “<5”, and a fourth shows 3.",
        change=together(
            put(of("xba_provinces", "2018", ref_area=("XBA_N", "XBA_E")), **_FEW),
            put(of("xba_provinces", "2019", ref_area=("XBA_N", "XBA_E")), **_FEW),
            put(of("xba_provinces", "2019", ref_area="XBA_W"), obs_value=3.0),
            drop(of("xba_provinces", ref_area="XBA")),
        ),
        raises=("hiding-not-uniform",),
        at=of("xba_provinces", "2019", ref_area="XBA_W"),
        tolerated=("declared-years-present", "small-cell-in-detail"),
    ),
    Fault(
        name="few-by-sex-shown",
        says="Small figures by sex are hidden, save one.",
        change=together(
            put(of("xda_charges", stage="CHARGED", sex=("F", "M")), **_FEW),
            put(of("xda_charges", "2017-09-11/P1Y", "CHARGED", sex="F"), obs_value=2.0),
            put(of("xda_charges", stage="CHARGED", sex="_T"), **_DECLINED),
        ),
        raises=("hiding-not-uniform",),
        at=of("xda_charges", "2017-09-11/P1Y", "CHARGED", sex="F"),
        tolerated=("small-cell-in-detail", "carried-forward"),
    ),
    Fault(
        name="range-of-one-number",
        says="“<2” leaves one number only.",
        change=put(
            of("xba_provinces", "2017", ref_area="XBA_W"),
            value_low=1.0, value_high=1.0, raw_value="<2",
        ),
        raises=("hidden-range-narrow",),
        at=of("xba_provinces", "2017", ref_area="XBA_W"),
    ),
    Fault(
        name="range-of-one-number-by-sex",
        says="A hidden figure is said to lie between 20 and 20.",
        change=put(
            of("xba_cases", "2018", "CONVICTED", sex=("F", "M")),
            **HIDDEN | {"value_low": 20.0, "value_high": 20.0},
        ),
        raises=("hidden-range-narrow",),
        at=of("xba_cases", "2018", "CONVICTED", sex="F"),
        tolerated=("total-against-parts", "hidden-cell-recoverable"),
    ),
    Fault(
        name="three-victims-in-country",
        says="Three persons convicted in a country are shown.",
        change=put(of("xfa_online", "2018", "CONVICTED", sex="_T"), obs_value=3.0),
        raises=("small-cell-in-total",),
        at=of("xfa_online", "2018", "CONVICTED", sex="_T"),
        tolerated=("total-against-parts", "size-shifted"),
    ),
    Fault(
        name="hidden-victims-by-share",
        says="A count of victims 13 to 17 is hidden; share and base are shown.",
        change=copy(
            of("xba_victim_ages", "2017", age_group="Y13T17"),
            **HIDDEN, statistic="COUNT", base_n=None,
        ),
        raises=("hidden-count-from-rate",),
        at=of("xba_victim_ages", "2017", age_group="Y13T17"),
        tolerated=("breakdown-incomplete",),
    ),
)

LAWS = (
    Fault(
        name="one-of-two-laws-not-in-force",
        says="One of two laws that are counted came after the first year.",
        change=together(
            series("xda_charges", statutes=("Online Child Protection Act of XDA",
                                            "Penal Code of XDA")),
            country_law("XDA", "Penal Code of XDA", start=date(2018, 1, 1)),
        ),
        raises=("statutes-in-force",),
        at=of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="_T"),
    ),
)

FAULTS = (
    *GAPS, *ZEROS, *COPIES, *CHANGES, *PRESENTED, *TWO, *HAND, *SHOWN, *LAWS,
)  # fmt: skip
