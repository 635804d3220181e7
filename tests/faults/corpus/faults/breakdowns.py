"""Breakdowns that lack a part, and questions that lack an answer."""

from __future__ import annotations

from corpus.changes import drop, of, series, together
from corpus.pieces import BORLAND, BY_SEX, CALDONIA, DOROVIA, EREWON, FENIZIA
from corpus.record import Fault, Place
from tallymark.model.series import CountingRule, Coverage, SeriesCalendar

FAULTS = (
    Fault(
        name="one-region-without-sex",
        says="Three of four regions give victims by sex.",
        change=together(
            BY_SEX, drop(of("xca_regions", ref_area="XCA_C", sex=("F", "M")))
        ),
        raises=("breakdown-in-some-areas",),
        at=Place(file=CALDONIA, region="Regions!"),
    ),
    Fault(
        name="victims-of-one-region-without-sex",
        says="The Lakes give victims by total only; sums by sex lack them.",
        change=together(
            BY_SEX, drop(of("xca_regions", ref_area="XCA_L", sex=("F", "M")))
        ),
        raises=("breakdown-in-some-areas",),
        at=Place(file=CALDONIA, region="Regions!"),
    ),
    Fault(
        name="no-breakdown-at-all",
        says="The breakdown by sex that was asked for is nowhere in the file.",
        change=drop(of("xfa_online", sex=("F", "M"))),
        raises=("declared-breakdowns-present",),
        at=Place(file=FENIZIA, region="R"),
    ),
    Fault(
        name="sexes-declared-not-given",
        says="Figures were asked for by sex, and only totals are given.",
        change=drop(of("xba_cases", sex=("F", "M"))),
        raises=("declared-breakdowns-present",),
        at=Place(file=BORLAND, region="Cases!"),
    ),
    Fault(
        name="one-sex-left-out",
        says="Women convicted are not given in 2018; men are.",
        change=drop(of("xba_cases", "2018", "CONVICTED", sex="F")),
        raises=("breakdown-incomplete",),
        at=of("xba_cases", "2018", "CONVICTED", sex="M"),
    ),
    Fault(
        name="sex-left-out-in-one-year",
        says="One year has no breakdown by sex.",
        change=drop(of("xca_children", "2017-04-01/P1Y", sex=("F", "M"))),
        raises=("breakdown-incomplete",),
        at=of("xca_children", "2017-04-01/P1Y", "CHARGED", sex="_T"),
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
        name="offence-left-out",
        says="Grooming is left out of one year.",
        change=drop(of("xfa_online", "2018", offence="030223")),
        raises=("row-left-out",),
        at=of("xfa_online", "2018", "RECORDED", offence=("03022", "030221", "030229")),
    ),
    Fault(
        name="offence-row-left-out",
        says="Exploitation in tourism has no row in the second year.",
        change=drop(of("xca_offences", "2017-04-01/P1Y", offence="030222")),
        raises=("row-left-out",),
        at=of("xca_offences", "2017-04-01/P1Y"),
    ),
    Fault(
        name="territory-partial",
        says="The figures cover a part of the country only.",
        change=series(
            "xea_online", coverage=Coverage(territory="partial", agencies="all")
        ),
        raises=("coverage-in-part",),
        at=Place(file=EREWON, region="!"),
    ),
    Fault(
        name="single-unit",
        says="One unit alone supplied the figures.",
        change=series(
            "xfa_online",
            coverage=Coverage(territory="national", agencies="single_unit"),
        ),
        raises=("coverage-in-part",),
        at=Place(file=FENIZIA, region="R"),
    ),
    Fault(
        name="attempts-not-said",
        says="Nobody has said whether attempts are counted.",
        change=series(
            "xea_online",
            counting_rule=CountingRule(
                principal_offence="no",
                stage_of_counting="input",
                attempts="unknown",
                multiple="counted_each",
            ),
        ),
        raises=("definition-unanswered",),
        at=Place(file=EREWON, region="!"),
    ),
    Fault(
        name="age-limit-not-said",
        says="It is not known up to which age a person counts as a child.",
        change=series("xfa_online", child_age_below="unknown"),
        raises=("definition-unanswered",),
        at=Place(file=FENIZIA, region="R"),
    ),
    Fault(
        name="nothing-answered",
        says="None of the questions about a series is answered.",
        change=series(
            "xba_courts",
            counting_rule=CountingRule(
                principal_offence="unknown",
                stage_of_counting="unknown",
                attempts="unknown",
                multiple="unknown",
            ),
            statutes="unknown",
            child_age_below="unknown",
            coverage=Coverage(territory="unknown", agencies="unknown"),
            calendar=SeriesCalendar(name="unknown", first_month="unknown"),
            online_marker="unknown",
        ),
        raises=("definition-unanswered",),
        at=Place(file=BORLAND, region="Courts!"),
    ),
    Fault(
        name="territory-not-said",
        says="It is not known which part of the country is covered.",
        change=series(
            "xda_charges", coverage=Coverage(territory="unknown", agencies="all")
        ),
        raises=("definition-unanswered",),
        at=Place(file=DOROVIA, region="Charges!"),
    ),
)
