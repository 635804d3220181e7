"""Faults of figures that do not go together."""

from __future__ import annotations

from corpus.changes import (
    HIDDEN,
    cell,
    cells,
    copy,
    drop,
    in_file,
    of,
    plus,
    put,
    times,
    together,
)
from corpus.record import Fault, Place

_BORLAND = "borland-police.xlsx"
_FEW = HIDDEN | {"value_low": 1.0, "value_high": 4.0, "conf_status": "A"}

_TOTALS = (
    Fault(
        name="sexes-short-of-total",
        says="Women and men convicted make three fewer than the total.",
        change=put(of("xba_cases", "2018", "CONVICTED", sex="M"), obs_value=plus(-3)),
        raises=("total-against-parts",),
        at=of("xba_cases", "2018", "CONVICTED", offence="03022"),
    ),
    Fault(
        name="sexes-above-total",
        says="Women and men charged make more than the total.",
        change=put(
            of("xca_children", "2019-04-01/P1Y", "CHARGED", sex="F"), obs_value=plus(20)
        ),
        raises=("total-against-parts",),
        at=of("xca_children", "2019-04-01/P1Y", "CHARGED", sex="_T"),
    ),
    Fault(
        name="digits-exchanged-in-part",
        says="Two digits of a part are exchanged.",
        change=in_file(_BORLAND, cell("Cases", "F11", 176)),
        raises=("total-against-parts",),
        at=Place(file=_BORLAND, cell="Cases!F11"),
        is_in_file=True,
    ),
    Fault(
        name="offences-above-total",
        says="The offences add up to 15 more than the total of all offences.",
        change=put(
            of("xfa_online", "2017", "RECORDED", offence="030229"), obs_value=plus(15)
        ),
        raises=(),
        at=of("xfa_online", "2017", "RECORDED", offence="030229"),
    ),
    Fault(
        name="offences-short-of-total",
        says="The offences add up to less than the total of all offences.",
        change=put(
            of("xba_cases", "2019", "PROSECUTED", offence="030221"), obs_value=plus(-31)
        ),
        raises=(),
        at=of("xba_cases", "2019", "PROSECUTED", offence="030221"),
    ),
    Fault(
        name="provinces-above-country",
        says="The provinces together have more cases than the country.",
        change=put(of("xba_provinces", "2019", ref_area="XBA_E"), obs_value=plus(41)),
        raises=(),
        at=of("xba_provinces", "2019", ref_area="XBA"),
    ),
    Fault(
        name="provinces-short-of-country",
        says="The country has more cases than its provinces together.",
        change=in_file(_BORLAND, cell("Provinces", "C8", 374)),
        raises=(),
        at=Place(file=_BORLAND, cell="Provinces!C8"),
        is_in_file=True,
    ),
    Fault(
        name="quarters-short-of-year",
        says="Four quarters make less than the year.",
        change=in_file(_BORLAND, cell("Quarters", "D5", 39)),
        raises=(),
        at=Place(file=_BORLAND, cell="Quarters!D5"),
        is_in_file=True,
    ),
    Fault(
        name="quarters-above-year",
        says="Four quarters make more than the year.",
        change=put(of("xba_quarters", "2017-Q2"), obs_value=plus(9)),
        raises=(),
        at=of("xba_quarters", "2017"),
    ),
    Fault(
        name="total-counted-twice",
        says="The total of a column adds the total of its parts once more.",
        change=put(of("xba_provinces", "2018", ref_area="XBA"), obs_value=times(2)),
        raises=(),
        at=of("xba_provinces", "2018", ref_area="XBA"),
    ),
    Fault(
        name="sex-total-counted-twice",
        says="The total of all sexes is twice the sum of its parts.",
        change=put(
            of("xfa_online", "2018", "CONVICTED", sex="_T"), obs_value=times(2)
        ),
        raises=("total-against-parts",),
        at=of("xfa_online", "2018", "CONVICTED", sex="_T"),
    ),
    Fault(
        name="total-left-at-last-year",
        says="The total by sex is that of the year before; the parts are new.",
        change=in_file("dorovia-charges.xlsx", cell("Charges", "E5", 150)),
        raises=("total-against-parts",),
        at=Place(file="dorovia-charges.xlsx", cell="Charges!E5"),
        is_in_file=True,
    ),
    Fault(
        name="hidden-parts-cannot-fill-total",
        says="What is hidden is less than five each, and the total lacks forty.",
        change=put(of("xba_provinces", "2017", ref_area="XBA_E"), **_FEW),
        raises=(),
        at=of("xba_provinces", "2017", ref_area="XBA"),
    ),
    Fault(
        name="known-part-above-total",
        says="One sex alone is more than both; the other is not given.",
        change=together(
            drop(of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="F")),
            put(
                of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="M"), obs_value=plus(40)
            ),
        ),
        raises=("total-against-parts",),
        at=of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="M"),
    ),
)

_STAGES = (
    Fault(
        name="subset-above-superset",
        says="Material is more than all offences against children online.",
        change=put(
            of("xba_cases", "2017", "CHARGED", offence="030221"), obs_value=plus(150)
        ),
        raises=(),
        at=of("xba_cases", "2017", "CHARGED", offence="030221"),
    ),
    Fault(
        name="province-above-country",
        says="One province has more cases than the country.",
        change=put(of("xba_provinces", "2017", ref_area="XBA_N"), obs_value=300.0),
        raises=(),
        at=of("xba_provinces", "2017", ref_area="XBA_N"),
    ),
    Fault(
        name="quarter-above-year",
        says="One quarter is larger than its year; another is not given.",
        change=together(
            drop(of("xba_quarters", "2019-Q1")),
            put(of("xba_quarters", "2019-Q2"), obs_value=401.0),
        ),
        raises=(),
        at=of("xba_quarters", "2019-Q2"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="ocsea-above-csea",
        says="Online abuse is more than abuse in all settings, of the same victims.",
        change=copy(
            of("xca_children", "2017-04-01/P1Y", "VICTIM_IDENTIFIED", sex="_T"),
            scope="OCSEA", obs_value=plus(73),
        ),
        raises=(),
        at=of("xca_children", "2017-04-01/P1Y", "VICTIM_IDENTIFIED", sex="_T"),
    ),
    Fault(
        name="convicted-above-prosecuted",
        says="More persons are convicted than prosecuted.",
        change=put(of("xea_online", "2019", "CONVICTED"), obs_value=plus(600)),
        raises=("later-stage-above-earlier",),
        at=of("xea_online", "2019", "CONVICTED"),
    ),
    Fault(
        name="charged-above-arrested",
        says="More women are charged than arrested.",
        change=put(
            of("xca_children", "2016-04-01/P1Y", "CHARGED", sex="F"), obs_value=91.0
        ),
        raises=("later-stage-above-earlier",),
        at=of("xca_children", "2016-04-01/P1Y", "CHARGED", sex="F"),
        tolerated=("total-against-parts",),
    ),
    Fault(
        name="convicted-of-grooming-above-charged",
        says="More persons are convicted of grooming than charged with it.",
        change=in_file(_BORLAND, cell("Cases", "F53", 77)),
        raises=(),
        at=Place(file=_BORLAND, cell="Cases!F53"),
        is_in_file=True,
    ),
    Fault(
        name="passed-on-above-received",
        says="More reports are passed to the police than were received.",
        change=in_file(_BORLAND, cell("Tip line", "C5", 91_230)),
        raises=("later-stage-above-earlier",),
        at=Place(file=_BORLAND, cell="'Tip line'!C5"),
        is_in_file=True,
    ),
)

_POOLED = {
    "time_period": "2017-01-01/P3Y",
    "period_start": "2017-01-01",
    "period_end": "2019-12-31",
    "freq": "_O",
}

_PERIODS = (
    Fault(
        name="pooled-years-wrong",
        says="The sum of three years is not what the years add up to.",
        change=copy(of("xba_recorded", "2019"), **_POOLED, obs_value=1203.0),
        raises=(),
        at=of("xba_recorded", "2017-01-01/P3Y"),
    ),
    Fault(
        name="pooled-years-as-one",
        says="Three years together are given for the last one.",
        change=put(of("xea_online", "2019", "RECORDED"), **_POOLED, obs_value=4880.0),
        raises=(),
        at=of("xea_online", "2017-01-01/P3Y", "RECORDED"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="flow-does-not-close",
        says="Pending, received and completed do not give what is pending at the end.",
        change=in_file(_BORLAND, cell("Courts", "E5", 142)),
        raises=(),
        at=Place(file=_BORLAND, cell="Courts!E5"),
        is_in_file=True,
    ),
    Fault(
        name="flow-completed-wrong",
        says="More cases are completed than the pending ones tell.",
        change=put(of("xba_courts", "2019", "OTHER"), obs_value=plus(17)),
        raises=(),
        at=of("xba_courts", "2019", "OTHER"),
    ),
    Fault(
        name="opening-is-not-last-closing",
        says="What is pending on 1 January is not what was pending the day before.",
        change=together(
            put(of("xba_courts", "2018", breakdown="flow=opening"), obs_value=plus(6)),
            put(of("xba_courts", "2018", breakdown="flow=closing"), obs_value=plus(6)),
        ),
        raises=(),
        at=of("xba_courts", "2018", breakdown="flow=opening"),
    ),
)

_RATES = (
    Fault(
        name="rate-of-other-year",
        says="The rate of 2018 is that of 2017.",
        change=in_file(_BORLAND, cell("Rates", "D5", 7.02)),
        raises=(),
        at=Place(file=_BORLAND, cell="Rates!D5"),
        is_in_file=True,
    ),
    Fault(
        name="rate-per-ten-thousand",
        says="A rate is per 10,000, not per 100,000.",
        change=put(of("xba_rates", "2019", statistic="RATE_100K"), obs_value=times(0.1)),
        raises=(),
        at=of("xba_rates", "2019", statistic="RATE_100K"),
    ),
    Fault(
        name="rates-of-other-population",
        says="All rates are reckoned with a population a fifth smaller.",
        change=put(of("xba_rates", statistic="RATE_100K"), obs_value=times(1.25)),
        raises=(),
        at=of("xba_rates", statistic="RATE_100K"),
    ),
    Fault(
        name="population-digits-exchanged",
        says="Two digits of the population are exchanged.",
        change=in_file(_BORLAND, cell("Rates", "B4", 2_413_907)),
        raises=(),
        at=Place(file=_BORLAND, cell="Rates!B4"),
        is_in_file=True,
    ),
    Fault(
        name="rate-without-population-wrong",
        says="In a file without a population, the rate of one year does not fit.",
        change=put(
            of("xfa_online", "2018", statistic="RATE_100K"), obs_value=times(1.4)
        ),
        raises=(),
        at=of("xfa_online", "2018", statistic="RATE_100K"),
    ),
    Fault(
        name="percent-of-no-whole-count",
        says="No whole number of the base gives this percentage.",
        change=in_file(
            _BORLAND, cells("Victims by age", {"B5": 37, "C5": 36.1, "D5": 63.9})
        ),
        raises=(),
        at=Place(file=_BORLAND, cell="'Victims by age'!C5"),
        is_in_file=True,
    ),
    Fault(
        name="percent-of-no-whole-count-two-decimals",
        says="A percentage with two decimals does not come from 271 victims.",
        change=put(
            of("xba_victim_ages", "2019", age_group="Y13T17"),
            obs_value=63.27, raw_value="63.27", base_n=271,
        ),
        raises=(),
        at=of("xba_victim_ages", "2019", age_group="Y13T17"),
    ),
    Fault(
        name="percents-above-hundred-together",
        says="The shares of two age groups add up to 110.",
        change=put(
            of("xba_victim_ages", "2018", age_group="Y0T12"), obs_value=plus(10)
        ),
        raises=(),
        at=of("xba_victim_ages", "2018", age_group="Y0T12"),
    ),
    Fault(
        name="share-as-fraction",
        says="One year's shares are fractions of one instead of percentages.",
        change=put(
            of("xba_victim_ages", "2017", statistic="PERCENT"), obs_value=times(0.01)
        ),
        raises=(),
        at=of("xba_victim_ages", "2017", statistic="PERCENT"),
    ),
    Fault(
        name="points-for-percent",
        says="A change from 36.8 to 46.8 percent is given as 10 percent; it is 27.",
        change=together(
            put(of("xba_victim_ages", "2019", age_group="Y0T12"), obs_value=46.8),
            put(of("xba_victim_ages", "2019", age_group="Y13T17"), obs_value=53.2),
            copy(
                of("xba_victim_ages", "2019", age_group="Y0T12"),
                statistic="PERCENT_CHANGE", obs_value=10.0, base_n=None,
            ),
        ),
        raises=(),
        at=of("xba_victim_ages", "2019", statistic="PERCENT_CHANGE"),
    ),
    Fault(
        name="change-does-not-fit",
        says="A rise of 6 percent is given as 60 percent.",
        change=copy(
            of("xba_recorded", "2019"),
            statistic="PERCENT_CHANGE", obs_value=58.6, raw_value="58.6",
        ),
        raises=(),
        at=of("xba_recorded", "2019", statistic="PERCENT_CHANGE"),
    ),
)

_TWICE = (
    Fault(
        name="row-twice",
        says="One row stands in the table twice.",
        change=copy(of("xba_cases", "2018", "CHARGED", sex="F")),
        raises=("duplicate-key",),
        at=of("xba_cases", "2018", "CHARGED", sex="F"),
        tolerated=("total-against-parts",),
    ),
    Fault(
        name="row-twice-with-two-values",
        says="A year is given twice in one sheet, with two values.",
        change=in_file(
            _BORLAND,
            lambda book: book["Earlier years"].insert(12, [2018, 318, ""]),
        ),
        raises=("duplicate-key",),
        at=Place(file=_BORLAND, cell="'Earlier years'!B13"),
        is_in_file=True,
    ),
    Fault(
        name="sheet-pasted-twice",
        says="All offences of Caldonia are pasted below themselves.",
        change=in_file(
            "caldonia-children.xlsx",
            lambda book: book["Offences"].extend(book["Offences"][3:]),
        ),
        raises=("duplicate-key",),
        at=Place(file="caldonia-children.xlsx", cell="Offences!B6"),
        is_in_file=True,
    ),
    Fault(
        name="year-typed-twice",
        says="The year 2018 is typed for 2019, too.",
        change=in_file(_BORLAND, cell("Rates", "A6", 2018)),
        raises=("duplicate-key",),
        at=Place(file=_BORLAND, cell="Rates!C6"),
        tolerated=("declared-years-present",),
        is_in_file=True,
    ),
)

FAULTS = (*_TOTALS, *_STAGES, *_PERIODS, *_RATES, *_TWICE)
