"""Rates, shares and changes that do not go with their counts."""

from __future__ import annotations

from corpus.changes import cell, cells, copy, in_file, of, plus, put, times, together
from corpus.pieces import BORLAND
from corpus.record import Fault, Place

FAULTS = (
    Fault(
        name="rate-of-other-year",
        says="The rate of 2018 is that of 2017.",
        change=in_file(BORLAND, cell("Rates", "D5", 7.02)),
        raises=("rate-against-population",),
        at=Place(file=BORLAND, cell="Rates!D5"),
    ),
    Fault(
        name="rate-per-ten-thousand",
        says="A rate is per 10,000, not per 100,000.",
        change=put(
            of("xba_rates", "2019", statistic="RATE_100K"), obs_value=times(0.1)
        ),
        raises=("rate-against-population", "size-shifted"),
        at=of("xba_rates", "2019", statistic="RATE_100K"),
        tolerated=("implied-population-steady",),
    ),
    Fault(
        name="rates-of-other-population",
        says="All rates are reckoned with a population a fifth smaller.",
        change=put(of("xba_rates", statistic="RATE_100K"), obs_value=times(1.25)),
        raises=("rate-against-population",),
        at=of("xba_rates", statistic="RATE_100K"),
    ),
    Fault(
        name="population-digits-exchanged",
        says="Two digits of the population are exchanged.",
        change=in_file(BORLAND, cell("Rates", "B4", 2_413_907)),
        raises=("rate-against-population",),
        at=Place(file=BORLAND, cell="Rates!B4"),
    ),
    Fault(
        name="two-tables-two-values",
        says="Two sheets give different numbers of cases for 2018.",
        change=in_file(BORLAND, cell("Rates", "C5", 331)),
        raises=("tables-agree", "rate-against-population"),
        at=Place(file=BORLAND, cell="Rates!C5"),
    ),
    Fault(
        name="rate-of-an-offence-of-other-population",
        says="The rates of two offences mean two populations.",
        change=copy(
            of("xfa_online", "2018", "RECORDED", offence="030221", statistic="COUNT"),
            statistic="RATE_100K",
            obs_value=61.3,
        ),
        raises=("rates-imply-one-population",),
        at=of("xfa_online", "2018", "RECORDED", statistic="RATE_100K"),
        tolerated=("row-left-out",),
    ),
    Fault(
        name="rates-per-million-for-one-offence",
        says="One offence is given per million, all of them per 100,000.",
        change=copy(
            of("xfa_online", "2019", "RECORDED", offence="030223", statistic="COUNT"),
            statistic="RATE_100K",
            obs_value=236.2,
        ),
        raises=("rates-imply-one-population",),
        at=of(
            "xfa_online", "2019", "RECORDED", statistic="RATE_100K", offence="030223"
        ),
        tolerated=("row-left-out",),
    ),
    Fault(
        name="rate-without-population-wrong",
        says="In a file without a population, the rate of one year does not fit.",
        change=put(
            of("xfa_online", "2018", statistic="RATE_100K"), obs_value=times(1.4)
        ),
        raises=("implied-population-steady",),
        at=of("xfa_online", "2018", statistic="RATE_100K"),
    ),
    Fault(
        name="percents-above-hundred-together",
        says="The shares of two age groups add up to 110.",
        change=put(
            of("xba_victim_ages", "2018", age_group="Y0T12"), obs_value=plus(10)
        ),
        raises=("percents-add-up",),
        at=of("xba_victim_ages", "2018", age_group="Y0T12"),
        tolerated=("percent-from-counts",),
    ),
    Fault(
        name="share-as-fraction",
        says="One year's shares are fractions of one instead of percentages.",
        change=put(
            of("xba_victim_ages", "2017", statistic="PERCENT"), obs_value=times(0.01)
        ),
        raises=("percents-add-up",),
        at=of("xba_victim_ages", "2017", statistic="PERCENT"),
        tolerated=(
            "percent-from-counts",
            "size-shifted",
        ),
    ),
    Fault(
        name="percent-of-no-whole-count",
        says="No whole number of the base gives this percentage.",
        change=in_file(
            BORLAND, cells("Victims by age", {"B5": 37, "C5": 36.1, "D5": 63.9})
        ),
        raises=("percent-from-counts",),
        at=Place(file=BORLAND, cell="'Victims by age'!C5"),
        tolerated=("size-shifted",),
    ),
    Fault(
        name="percent-of-no-whole-count-two-decimals",
        says="A percentage with two decimals does not come from 271 victims.",
        change=put(
            of("xba_victim_ages", "2019", age_group="Y13T17"),
            obs_value=63.27,
            raw_value="63.27",
            base_n=271,
        ),
        raises=("percent-from-counts",),
        at=of("xba_victim_ages", "2019", age_group="Y13T17"),
        tolerated=("percents-add-up",),
    ),
    Fault(
        name="percent-is-not-that-of-counts",
        says="Women are 14 percent of those convicted in two years, 52 in the third.",
        change=together(
            copy(
                of("xba_cases", stage="CONVICTED", sex="F"),
                statistic="PERCENT",
                obs_value=lambda r: {19.0: 15.0, 20.0: 14.4, 22.0: 15.0}[
                    r["obs_value"]
                ],
            ),
            put(
                of("xba_cases", "2018", "CONVICTED", sex="F", statistic="PERCENT"),
                obs_value=52.0,
            ),
        ),
        raises=("percent-against-counts",),
        at=of("xba_cases", "2018", "CONVICTED", sex="F", statistic="PERCENT"),
    ),
    Fault(
        name="percent-of-the-other-group",
        says="The share of men stands where the share of women should, in one year.",
        change=together(
            copy(
                of("xda_charges", stage="CHARGED", sex="F"),
                statistic="PERCENT",
                obs_value=lambda r: {19.0: 13.87, 20.0: 13.42, 22.0: 13.84}[
                    r["obs_value"]
                ],
            ),
            put(
                of("xda_charges", "2018-09-11/P1Y", sex="F", statistic="PERCENT"),
                obs_value=86.08,
            ),
        ),
        raises=("percent-against-counts",),
        at=of("xda_charges", "2018-09-11/P1Y", sex="F", statistic="PERCENT"),
    ),
    Fault(
        name="points-for-percent",
        says="A change from 36.8 to 46.8 percent is given as 10 percent; it is 27.",
        change=together(
            put(of("xba_victim_ages", "2019", age_group="Y0T12"), obs_value=46.8),
            put(of("xba_victim_ages", "2019", age_group="Y13T17"), obs_value=53.2),
            copy(
                of("xba_victim_ages", "2019", age_group="Y0T12"),
                statistic="PERCENT_CHANGE",
                obs_value=10.0,
                base_n=None,
            ),
        ),
        raises=("change-against-figures",),
        at=of("xba_victim_ages", "2019", statistic="PERCENT_CHANGE"),
    ),
    Fault(
        name="change-does-not-fit",
        says="A rise of 6 percent is given as 60 percent.",
        change=copy(
            of("xba_recorded", "2019"),
            statistic="PERCENT_CHANGE",
            obs_value=58.6,
            raw_value="58.6",
        ),
        raises=("change-against-figures",),
        at=of("xba_recorded", "2019", statistic="PERCENT_CHANGE"),
    ),
)
