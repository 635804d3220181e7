"""Benign changes of figures: unusual, and right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from corpus.changes import (
    copy,
    country_law,
    in_every,
    law_change,
    marked_change,
    of,
    of_rows,
    plus,
    put,
    series,
    together,
)
from corpus.clean.borland import POPULATION, book, cases
from corpus.pieces import FEW, HIDDEN
from corpus.record import Benign
from tallymark.model.series import CountingRule, Coverage, SeriesCalendar
from tallymark.model.submission import Submissions


def _rounded(step: int):
    def rounded(row):
        return float(round(row["obs_value"] / step) * step)

    return {
        "obs_value": rounded,
        "value_low": lambda row: max(rounded(row) - step / 2, 0.0),
        "value_high": lambda row: rounded(row) + step / 2,
    }


_ORDER = (
    Benign(
        name="rows-reordered",
        says="The rows stand in the reverse order.",
        change=in_every(
            lambda item: of_rows(item, item.observations.to_pylist()[::-1])
        ),
    ),
    Benign(
        name="rows-sorted-by-value",
        says="The rows are sorted by their figures.",
        change=in_every(
            lambda item: of_rows(
                item,
                sorted(
                    item.observations.to_pylist(), key=lambda r: r["obs_value"] or 0.0
                ),
            )
        ),
    ),
    Benign(
        name="columns-reordered",
        says="The columns of the table stand in another order.",
        change=in_every(
            lambda item: replace(
                item,
                observations=item.observations.select(
                    item.observations.column_names[::-1]
                ),
            )
        ),
    ),
    Benign(
        name="files-reordered",
        says="The files were read in another order.",
        change=lambda corpus: replace(
            corpus, submissions=Submissions(tuple(corpus.submissions)[::-1])
        ),
    ),
    Benign(
        name="one-file-alone",
        says="One country's file is checked alone.",
        change=lambda corpus: replace(
            corpus, submissions=Submissions(tuple(corpus.submissions)[:1])
        ),
    ),
    Benign(
        name="tips-not-at-hand",
        says="The file of the tip line abroad is not there.",
        change=lambda corpus: replace(
            corpus, submissions=Submissions(tuple(corpus.submissions)[:-1])
        ),
    ),
)

_BREAKS = (
    Benign(
        name="break-declared",
        says="The rule changes in 2019, and the definition says that this is a break.",
        change=marked_change(
            "xea_online",
            date(2019, 1, 1),
            counting_rule=CountingRule(
                principal_offence="yes",
                stage_of_counting="input",
                attempts="included",
                multiple="counted_each",
            ),
        ),
    ),
    Benign(
        name="break-marked-in-table",
        says="The rule changes in 2014, and the figure carries the mark of a break.",
        change=together(
            put(of("xba_recorded", "2014"), obs_status="B"),
            marked_change(
                "xba_recorded", date(2014, 1, 1), is_break=False, child_age_below=18
            ),
        ),
    ),
    Benign(
        name="break-as-second-status",
        says="The break is told as a second status beside “provisional”.",
        change=together(
            put(of("xfa_online", "2019"), obs_status="P", obs_status_other="B"),
            marked_change(
                "xfa_online",
                date(2019, 1, 1),
                is_break=False,
                coverage=Coverage(territory="national", agencies="several"),
            ),
        ),
    ),
    Benign(
        name="coverage-widens-with-break",
        says="From 2018 on one agency more reports; the figures double at the break.",
        change=together(
            put(
                of("xea_online", ("2018", "2019")),
                obs_value=lambda r: r["obs_value"] * 2,
            ),
            marked_change(
                "xea_online",
                date(2018, 1, 1),
                coverage=Coverage(territory="national", agencies="all"),
            ),
        ),
    ),
    Benign(
        name="new-statute-with-break",
        says="Another law is counted from 2019 on; a break is declared.",
        change=marked_change(
            "xba_cases",
            date(2019, 1, 1),
            statutes=("Online Child Protection Act of XBA", "Penal Code of XBA"),
        ),
    ),
    Benign(
        name="large-rise-with-law-change",
        says="Figures rise eightfold in the year in which a documented law came.",
        change=together(
            put(of("xea_online", "2019"), obs_value=lambda r: r["obs_value"] * 8 + 3),
            law_change("XEA", "Cyber Act of XEA", date(2019, 2, 1)),
        ),
    ),
    Benign(
        name="tenfold-rise-with-law-change",
        says="Offences rise tenfold in the fiscal year in which the law was widened.",
        change=together(
            put(
                of(
                    "xca_offences",
                    ("2018-04-01/P1Y", "2019-04-01/P1Y"),
                    offence="030222",
                ),
                obs_value=lambda r: r["obs_value"] * 10 - 7,
            ),
        ),
    ),
    Benign(
        name="steady-growth",
        says="Figures rise by half each year.",
        change=put(
            of("xba_tips"),
            obs_value=lambda r: float(
                int(r["obs_value"] * 1.5 ** (int(r["time_period"]) - 2017))
            ),
        ),
    ),
    Benign(
        name="fall-by-half",
        says="Tip line reports fall to less than half in one year.",
        change=put(of("tips_by_country", "2019", ref_area="XDA"), obs_value=4127.0),
    ),
)

_ZEROS = (
    Benign(
        name="true-zero-in-breakdown",
        says="No woman was convicted: a true zero, and the men are the total.",
        change=together(
            put(of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="F"), obs_value=0.0),
            put(
                of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="M"),
                obs_value=99.0 + 6.0,
            ),
            put(
                of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="_T"),
                obs_value=105.0,
            ),
        ),
    ),
    Benign(
        name="true-zero-of-rare-offence",
        says="No case of a rare offence in two years; the law named it throughout.",
        change=put(
            of("xca_offences", "2018-04-01/P1Y", offence="030221"), obs_value=0.0
        ),
    ),
    Benign(
        name="true-zero-in-small-province",
        says="The smallest province has no case in 2018; the next one has them.",
        change=together(
            put(of("xba_provinces", "2018", ref_area="XBA_W"), obs_value=0.0),
            put(of("xba_provinces", "2018", ref_area="XBA_E"), obs_value=71.0 + 15.0),
        ),
    ),
    Benign(
        name="zero-pending",
        says="Nothing is pending at the end: all cases are completed.",
        change=together(
            put(
                of("xba_courts", "2019", "OTHER"),
                obs_value=lambda r: r["obs_value"] + _left(),
            ),
            put(of("xba_courts", "2019", breakdown="flow=closing"), obs_value=0.0),
        ),
    ),
    Benign(
        name="not-an-offence",
        says="Grooming was no offence, and the file says so instead of giving 0.",
        change=together(
            put(
                of(
                    "xca_offences",
                    ("2016-04-01/P1Y", "2017-04-01/P1Y"),
                    offence="030221",
                ),
                obs_value=None,
                missing_reason="NOT_CRIMINALISED",
                obs_status="M",
            ),
            country_law("XCA", "Penal Code of XCA", names=("material", "possession")),
            country_law(
                "XCA", "Online Child Protection Act of XCA", names=("grooming",)
            ),
        ),
    ),
)


def _left() -> float:
    return float(book()["Courts"][5][4])


_ROUNDING = (
    Benign(
        name="rounding-declared",
        says="All figures of a file are rounded to ten, as its adapter declares.",
        change=put(of("xfa_online", statistic="COUNT"), **_rounded(10)),
    ),
    Benign(
        name="rounding-to-five-declared",
        says="Figures are rounded to five: parts differ from totals by rounding.",
        change=put(of("xca_children"), **_rounded(5)),
    ),
    Benign(
        name="rate-with-more-decimals",
        says="Rates are given with five decimals.",
        change=put(
            of("xba_rates", statistic="RATE_100K"),
            obs_value=lambda r: round(_cases(r) / _population(r) * 1e5, 5),
            raw_value=lambda r: str(round(_cases(r) / _population(r) * 1e5, 5)),
        ),
    ),
    Benign(
        name="rate-without-decimals",
        says="Rates are given as whole numbers.",
        change=put(
            of("xba_rates", statistic="RATE_100K"),
            obs_value=lambda r: float(round(r["obs_value"])),
            raw_value=lambda r: str(round(r["obs_value"])),
        ),
    ),
    Benign(
        name="percent-rounded-to-whole",
        says="Shares are given as whole percentages, which make 101.",
        change=together(
            put(
                of("xba_victim_ages", "2018", age_group="Y0T12"),
                obs_value=37.0,
                raw_value="37",
            ),
            put(
                of("xba_victim_ages", "2018", age_group="Y13T17"),
                obs_value=64.0,
                raw_value="64",
            ),
        ),
    ),
    Benign(
        name="one-case-more-by-sex-unknown",
        says="Sex is not known of four persons: a row of its own says so.",
        change=together(
            put(of("xba_cases", "2019", "CONVICTED", sex="M"), obs_value=plus(-7)),
            copy(
                of("xba_cases", "2019", "CONVICTED", sex="M"), sex="_U", obs_value=7.0
            ),
        ),
    ),
)


def _cases(row):
    return cases(int(row["time_period"]))


def _population(row):
    return POPULATION[int(row["time_period"])]


_HIDING = (
    Benign(
        name="all-sexes-hidden",
        says="Women and men are both hidden; only the total is shown.",
        change=put(of("xba_cases", "2017", "CONVICTED", sex=("F", "M")), **HIDDEN),
    ),
    Benign(
        name="two-offences-hidden",
        says="Two of three offences are hidden beside the total.",
        change=put(
            of("xfa_online", "2017", "RECORDED", offence=("030223", "030229")), **HIDDEN
        ),
    ),
    Benign(
        name="two-quarters-hidden",
        says="Two quarters are hidden beside the year.",
        change=put(of("xba_quarters", ("2018-Q1", "2018-Q3")), **HIDDEN),
    ),
    Benign(
        name="two-provinces-few",
        says="Two provinces have fewer than five, which the country's total allows.",
        change=together(
            put(of("xba_provinces", "2017", ref_area=("XBA_E", "XBA_W")), **FEW),
            put(of("xba_provinces", "2017", ref_area="XBA_S"), obs_value=97.0 + 73.0),
        ),
    ),
    Benign(
        name="zero-is-no-small-cell",
        says="A zero is shown where small figures are hidden.",
        change=together(
            put(of("xba_provinces", "2019", ref_area="XBA_W"), obs_value=0.0),
            put(
                of("xba_provinces", "2019", ref_area="XBA_N"),
                obs_value=lambda r: r["obs_value"] + _west(),
            ),
        ),
    ),
)


def _west() -> float:
    return float(book()["Provinces"][6][3])


_MISSING = (
    Benign(
        name="gap-with-reason",
        says="A year was not recorded, and the file says so.",
        change=put(
            of("xea_online", "2017", "CONVICTED"),
            obs_value=None,
            missing_reason="NOT_RECORDED",
            obs_status="L",
        ),
    ),
    Benign(
        name="declined",
        says="A country declined to give one stage.",
        change=put(
            of("xfa_online", stage="CONVICTED"),
            obs_value=None,
            missing_reason="DECLINED",
            obs_status="O",
        ),
    ),
    Benign(
        name="not-provided-all",
        says="Nothing was provided for a country, and the table says so.",
        change=put(
            of("tips_by_country", ref_area="XDA"),
            obs_value=None,
            missing_reason="NOT_PROVIDED",
            obs_status="O",
        ),
    ),
    Benign(
        name="included-elsewhere-and-marked",
        says="One offence is included in another, and both figures say so.",
        change=together(
            put(
                of("xfa_online", "2019", "RECORDED", offence="030223"),
                obs_value=None,
                missing_reason="INCLUDED_ELSEWHERE",
                obs_status="K",
                notes="Included in “Outros”.",
            ),
            put(
                of("xfa_online", "2019", "RECORDED", offence="030229"),
                obs_status="W",
                obs_value=lambda row: row["obs_value"] + 710.0,
                notes="Includes “Aliciamento de crianças em linha”.",
            ),
        ),
    ),
    Benign(
        name="one-year-provisional",
        says="The last year is provisional.",
        change=put(of("xba_cases", "2019"), obs_status="P"),
    ),
    Benign(
        name="estimated",
        says="One figure is an estimate, and is marked as one.",
        change=put(of("xba_recorded", "2012"), obs_status="E"),
    ),
)

_ALIKE = (
    Benign(
        name="equal-small-values",
        says="Two small figures are the same in two years.",
        change=together(
            put(of("xba_provinces", "2019", ref_area="XBA_W"), obs_value=15.0),
            put(
                of("xba_provinces", "2019", ref_area="XBA_N"),
                obs_value=lambda r: r["obs_value"] + _west() - 15.0,
            ),
        ),
    ),
    Benign(
        name="equal-totals-other-parts",
        says="A total is the same in two years; its parts differ.",
        change=together(
            put(
                of("xca_children", "2017-04-01/P1Y", "CONVICTED", sex="_T"),
                obs_value=273.0,
            ),
            put(
                of("xca_children", "2016-04-01/P1Y", "CONVICTED", sex="_T"),
                obs_value=273.0,
            ),
            put(
                of("xca_children", "2017-04-01/P1Y", "CONVICTED", sex="F"),
                obs_value=41.0,
            ),
            put(
                of("xca_children", "2017-04-01/P1Y", "CONVICTED", sex="M"),
                obs_value=232.0,
            ),
            put(
                of("xca_children", "2016-04-01/P1Y", "CONVICTED", sex="F"),
                obs_value=35.0,
            ),
            put(
                of("xca_children", "2016-04-01/P1Y", "CONVICTED", sex="M"),
                obs_value=238.0,
            ),
        ),
    ),
    Benign(
        name="all-convicted",
        says="All persons prosecuted are convicted.",
        change=put(
            of("xea_online", "2018", "CONVICTED"),
            obs_value=float(int(1109 * 1.52 * 0.83)),
        ),
    ),
    Benign(
        name="more-victims-than-cases",
        says="More victims are identified than cases are recorded: other units.",
        change=put(
            of("xca_children", stage="VICTIM_IDENTIFIED"),
            obs_value=lambda r: r["obs_value"] * 2,
        ),
    ),
    Benign(
        name="more-charged-than-cases",
        says="More persons are charged than cases are recorded: other units.",
        change=put(
            of("xda_charges", stage="CHARGED"), obs_value=lambda r: r["obs_value"] * 3
        ),
    ),
    Benign(
        name="later-vintage-same-values",
        says="A later file gives the same figures again.",
        change=copy(
            of("xba_recorded"), vintage="2021-03-31", source_file="borland-2021.xlsx"
        ),
    ),
    Benign(
        name="pooled-years-right",
        says="The sum of three years stands beside them, and is right.",
        change=copy(
            of("xba_recorded", "2019"),
            time_period="2017-01-01/P3Y",
            period_start="2017-01-01",
            period_end="2019-12-31",
            freq="_O",
            obs_value=963.0,
        ),
    ),
    Benign(
        name="round-number-once",
        says="One figure happens to be a round number.",
        change=put(of("xba_recorded", "2016"), obs_value=270.0),
    ),
)

_KNOWN = (
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
)

BENIGN = (
    *_ORDER, *_BREAKS, *_ZEROS, *_ROUNDING, *_HIDING, *_MISSING, *_ALIKE, *_KNOWN,
)  # fmt: skip
