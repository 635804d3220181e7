"""Parts of years, and figures that are copied or added up."""

from __future__ import annotations

from corpus.changes import cell, cells, copy, in_file, of, put, take
from corpus.clean.numbers import level
from corpus.pieces import BORLAND, EREWON, POOLED, add_up
from corpus.record import Fault, Place

FAULTS = (
    Fault(
        name="pooled-years-as-one",
        says="Three years together are given for the last one.",
        change=put(of("xea_online", "2019", "RECORDED"), **POOLED, obs_value=4880.0),
        raises=("declared-years-present",),
        at=Place(file=EREWON, region="!"),
    ),
    Fault(
        name="part-year",
        says="The last year ends in September.",
        change=put(
            of("xea_online", "2019"),
            time_period="2019-01-01/P9M",
            period_end="2019-09-30",
            freq="_O",
        ),
        raises=("part-year",),
        at=of("xea_online", "2019-01-01/P9M"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="part-year-in-file",
        says="The heading of the last year says January to October.",
        change=in_file(
            BORLAND,
            cell("Provinces", "D3", "2019 (Jan-Oct)"),
            adapter=(
                (
                    r"{name: years, pattern: '\d{4}', many: true}",
                    r"{name: years, pattern: '\d{4}.*', many: true}",
                ),
            ),
        ),
        raises=("part-year",),
        at=Place(file=BORLAND, cell="Provinces!D4"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="half-year-for-year",
        says="Arrests of one year cover its first half.",
        change=put(
            of("xca_children", "2018-04-01/P1Y", "ARRESTED"),
            time_period="2018-04-01/P6M",
            period_end="2018-09-30",
            freq="_O",
        ),
        raises=("part-year",),
        at=of("xca_children", "2018-04-01/P6M", "ARRESTED"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="cumulative-quarters",
        says="The quarters of 2019 are added up from January on.",
        change=in_file(BORLAND, cells("Quarters", {"C6": 171, "D6": 243, "E6": 343})),
        raises=("cumulative-figures",),
        at=Place(file=BORLAND, cell="Quarters!D6"),
        tolerated=("periods-against-whole",),
    ),
    Fault(
        name="cumulative-years",
        says="Each year's figure holds all earlier ones.",
        change=in_file(BORLAND, add_up),
        raises=("cumulative-figures",),
        at=of("xba_recorded", "2018"),
        tolerated=("tables-agree",),
    ),
    Fault(
        name="cumulative-in-fiscal-years",
        says="Each quarter of 2017 holds those before it; the year does, too.",
        change=in_file(BORLAND, cells("Quarters", {"C4": 147, "D4": 209, "E4": 296})),
        raises=("cumulative-figures",),
        at=Place(file=BORLAND, cell="Quarters!E4"),
        tolerated=("periods-against-whole",),
    ),
    Fault(
        name="year-carried-forward",
        says="The figures of 2019 are those of 2018.",
        change=take(of("xba_cases", "2019"), {"time_period": "2018"}),
        raises=("carried-forward",),
        at=of("xba_cases", "2019", "CHARGED", sex="M"),
        tolerated=("tables-agree",),
    ),
    Fault(
        name="fiscal-year-carried-forward",
        says="All of Caldonia's figures of 2017/18 are those of 2016/17.",
        change=take(
            of("xca_children", "2017-04-01/P1Y"), {"time_period": "2016-04-01/P1Y"}
        ),
        raises=("carried-forward",),
        at=of("xca_children", "2017-04-01/P1Y", "CONVICTED", sex="_T"),
    ),
    Fault(
        name="provinces-carried-forward",
        says="All provinces have the figures of the year before.",
        change=in_file(
            BORLAND,
            cells("Provinces", {"D4": 132, "D5": 106, "D6": 71, "D7": 15, "D8": 324}),
        ),
        raises=("carried-forward",),
        at=Place(file=BORLAND, cell="Provinces!D4"),
        tolerated=("tables-agree",),
    ),
    Fault(
        name="one-figure-for-four-years",
        says="The same number of cases is given four years running.",
        change=put(
            of("xba_recorded", ("2012", "2013", "2014", "2015")), obs_value=238.0
        ),
        raises=("carried-forward",),
        at=of("xba_recorded", "2014"),
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
        name="country-sent-again-as-another",
        says="The file of Fenizia comes once more, under the name of another country.",
        change=copy(of("xfa_online"), ref_area="XGA", source_file="genovia.csv"),
        raises=("areas-alike-in-other-files",),
        at=of("xfa_online", "2019", "RECORDED", ref_area="XGA", statistic="COUNT"),
    ),
    Fault(
        name="tips-given-as-cases",
        says="The cases recorded in Erewon are the reports of companies, year by year.",
        change=put(
            of("xea_online", stage="RECORDED"),
            obs_value=lambda row: level(51_877, int(row["time_period"])),
        ),
        raises=("counts-equal-tips",),
        at=of("xea_online", "2018", "RECORDED"),
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
)
