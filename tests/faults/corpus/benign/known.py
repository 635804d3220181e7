"""Definitions and facts that are unusual, and the same throughout."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from corpus.changes import country_law, expected, law_change, of, put, series, together
from corpus.pieces import BY_SEX
from corpus.record import Benign
from tallymark.model.series import CountingRule, Coverage, SeriesCalendar

BENIGN = (
    Benign(
        name="regions-by-sex",
        says="Victims by region are given by sex, in all regions.",
        change=BY_SEX,
    ),
    Benign(
        name="fiscal-year-declared",
        says="All of a series' years run from July, as its definition says.",
        change=together(
            put(
                of("xea_online"),
                time_period=lambda r: f"{r['time_period']}-07-01/P1Y",
                period_start=lambda r: f"{r['time_period']}-07-01",
                period_end=lambda r: f"{int(r['time_period']) + 1}-06-30",
            ),
            series(
                "xea_online",
                calendar=SeriesCalendar(name="buddhist", first_month=7),
            ),
            lambda corpus: series(
                "xea_online",
                expected=replace(
                    corpus.reference.series["xea_online"].expected,
                    periods=tuple(f"{year}-07-01/P1Y" for year in (2017, 2018, 2019)),
                ),
            )(corpus),
        ),
    ),
    Benign(
        name="child-below-16-throughout",
        says="A child is below 16 in all years.",
        change=series("xfa_online", child_age_below=16),
    ),
    Benign(
        name="csea-presented-as-csea",
        says="Figures on all settings are presented as such.",
        change=series("xca_children", presented_scope="CSEA"),
    ),
    Benign(
        name="more-known-of-country",
        says="An old law, long repealed, is added to what is known of a country.",
        change=law_change(
            "XFA", "Act of 1951 of XFA", date(1951, 1, 1), date(1996, 12, 31)
        ),
    ),
    Benign(
        name="principal-offence-throughout",
        says="Only the gravest offence is counted, in all years.",
        change=series(
            "xba_provinces",
            counting_rule=CountingRule(
                principal_offence="yes",
                stage_of_counting="output",
                attempts="excluded",
                multiple="counted_once",
            ),
        ),
    ),
    Benign(
        name="part-of-country-throughout",
        says="The figures cover a part of the country, in all years.",
        change=series(
            "xea_online", coverage=Coverage(territory="partial", agencies="all")
        ),
    ),
    Benign(
        name="repealed-law-replaced",
        says="One of two laws that are counted was repealed; the other went on.",
        change=together(
            series("xda_charges", statutes=("Online Child Protection Act of XDA",)),
            law_change(
                "XDA", "Act of 1960 of XDA", date(1960, 1, 1), date(2015, 6, 30)
            ),
        ),
    ),
    Benign(
        name="nothing-declared",
        says="Nobody declared what a complete delivery holds.",
        change=expected(
            "xba_provinces",
            areas="unknown",
            periods="unknown",
            stages="unknown",
            breakdowns="unknown",
        ),
    ),
    Benign(
        name="more-declared-calendar-years",
        says="Another series of the country has years from July, and says so.",
        change=together(
            put(
                of("xba_courts"),
                time_period=lambda row: f"{row['time_period']}-07-01/P1Y",
                period_start=lambda row: f"{row['time_period']}-07-01",
                period_end=lambda row: f"{int(row['time_period']) + 1}-06-30",
            ),
            put(of("xba_courts"), vintage="2021-03-31"),
            expected(
                "xba_courts",
                periods=tuple(f"{year}-07-01/P1Y" for year in (2017, 2018, 2019)),
            ),
            series(
                "xba_courts", calendar=SeriesCalendar(name="gregorian", first_month=7)
            ),
        ),
    ),
    Benign(
        name="law-came-within-period",
        says="The law that is counted came in the middle of the first year.",
        change=country_law(
            "XEA", "Online Child Protection Act of XEA", start=date(2017, 5, 1)
        ),
    ),
)
