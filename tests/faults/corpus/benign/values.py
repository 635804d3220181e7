"""Rounding that is declared, and figures that are alike by chance."""

from __future__ import annotations

from corpus.changes import copy, exchange, of, plus, put, together
from corpus.clean.borland import POPULATION, book, cases
from corpus.record import Benign


def _rounded(step: int):
    def rounded(row):
        return float(round(row["obs_value"] / step) * step)

    return {
        "obs_value": rounded,
        "value_low": lambda row: max(rounded(row) - step / 2, 0.0),
        "value_high": lambda row: rounded(row) + step / 2,
    }


def _west() -> float:
    return float(book()["Provinces"][6][3])


def _cases(row):
    return cases(int(row["time_period"]))


def _population(row):
    return POPULATION[int(row["time_period"])]


BENIGN = (
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
    Benign(
        name="change-in-percent-right",
        says="The change to the year before is given, and is right.",
        change=copy(
            of("xba_recorded", "2019"),
            statistic="PERCENT_CHANGE",
            obs_value=5.9,
            raw_value="5.9",
        ),
    ),
    Benign(
        name="share-of-small-base",
        says="One of three is 33.3 percent.",
        change=together(
            put(of("xba_victim_ages", "2017", statistic="COUNT"), obs_value=303.0),
            put(
                of("xba_victim_ages", "2017", age_group="Y0T12"),
                obs_value=33.3,
                raw_value="33.3",
                base_n=303,
            ),
            put(
                of("xba_victim_ages", "2017", age_group="Y13T17"),
                obs_value=66.7,
                raw_value="66.7",
                base_n=303,
            ),
        ),
    ),
    Benign(
        name="shares-do-not-fill-hundred",
        says="Shares make 99.9 in one year, by rounding.",
        change=put(
            of("xba_victim_ages", "2018", age_group="Y13T17"),
            obs_value=lambda row: round(row["obs_value"] - 0.1, 1) + 0.0,
            base_n=None,
        ),
    ),
    Benign(
        name="fewer-charged-than-ever",
        says="Charges fall by a third in one year and rise again.",
        change=put(
            of("xea_online", "2018", ("PROSECUTED", "CONVICTED")),
            obs_value=lambda row: float(int(row["obs_value"] * 0.66)),
        ),
    ),
    Benign(
        name="more-women-than-men",
        says="More women than men are charged in all years.",
        change=exchange("sex", "F", "M", of("xda_charges", stage="CHARGED")),
    ),
    Benign(
        name="count-of-999-once",
        says="A count happens to be 999 between others of its size.",
        change=put(of("xca_children", "2016-04-01/P1Y", "RECORDED"), obs_value=999.0),
    ),
    Benign(
        name="thousands-declared",
        says="Reports are given in thousands, and the table says so.",
        change=put(
            of("tips_by_country"),
            unit_mult=3,
            obs_value=lambda row: float(round(row["obs_value"] / 1000) or 1),
        ),
    ),
    Benign(
        name="population-revised",
        says="The population of the last year is revised upwards a little, and the rate.",
        change=together(
            put(of("xba_population", "2019"), obs_value=4_340_207.0),
            put(
                of("xba_rates", "2019", statistic="RATE_100K"),
                obs_value=7.9,
                raw_value="7.90",
            ),
        ),
    ),
)
