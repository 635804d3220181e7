"""Figures too large, too small, or in the place of others."""

from __future__ import annotations

from corpus.changes import cell, copy, exchange, in_file, of, put, swap, times, together
from corpus.pieces import BORLAND, ROUNDED
from corpus.record import Fault, Place

FAULTS = (
    Fault(
        name="zero-added",
        says="A zero too many in one of ten years.",
        change=in_file(BORLAND, cell("Earlier years", "B9", 2490)),
        raises=("size-shifted",),
        at=Place(file=BORLAND, cell="'Earlier years'!B9"),
    ),
    Fault(
        name="zero-dropped",
        says="The last digit of one year's figure is lost.",
        change=put(of("xba_recorded", "2013"), obs_value=24.0),
        raises=("size-shifted",),
        at=of("xba_recorded", "2013"),
    ),
    Fault(
        name="thousandfold",
        says="One year is given in units, the others in thousands.",
        change=put(
            of("tips_by_country", "2018", ref_area="XEA"), obs_value=times(1000)
        ),
        raises=("size-shifted",),
        at=of("tips_by_country", "2018", ref_area="XEA"),
    ),
    Fault(
        name="hundredfold-charges",
        says="The charges of one year are a hundred times those of its neighbours.",
        change=together(
            put(of("xea_online", "2018", "PROSECUTED"), obs_value=times(100)),
            put(of("xea_online", "2018", "RECORDED"), obs_value=times(100)),
        ),
        raises=("size-shifted",),
        at=of("xea_online", "2018", "PROSECUTED"),
    ),
    Fault(
        name="zero-dropped-by-sex",
        says="The victims of one year lack a digit, by sex and in all.",
        change=put(
            of("xba_cases", "2018", "VICTIM_IDENTIFIED", offence="03022"),
            obs_value=lambda row: {392.0: 39.0, 282.0: 28.0, 110.0: 11.0}[
                row["obs_value"]
            ],
        ),
        raises=("size-shifted",),
        at=of("xba_cases", "2018", "VICTIM_IDENTIFIED", sex="F"),
        tolerated=("offences-against-whole",),
    ),
    Fault(
        name="decimal-shifted-in-rate",
        says="The decimal mark of a rate is one place too far right.",
        change=put(
            of("xfa_online", "2019", statistic="RATE_100K"), obs_value=times(10)
        ),
        raises=("size-shifted", "implied-population-steady"),
        at=of("xfa_online", "2019", statistic="RATE_100K"),
    ),
    Fault(
        name="population-lacks-a-digit",
        says="The population of 2018 lacks its last digit.",
        change=in_file(BORLAND, cell("Rates", "B5", 426_864)),
        raises=("size-shifted",),
        at=Place(file=BORLAND, cell="Rates!B5"),
        tolerated=("rate-against-population",),
    ),
    Fault(
        name="provinces-exchanged",
        says="The figures of the North and the West are exchanged in 2019.",
        change=in_file(BORLAND, swap("Provinces", "D4", "D7")),
        raises=("size-shifted",),
        at=Place(file=BORLAND, cell="Provinces!D4"),
    ),
    Fault(
        name="sexes-exchanged",
        says="Women and men are exchanged in one year.",
        change=exchange("sex", "F", "M", of("xba_cases", "2018", "CHARGED")),
        raises=("figures-exchanged",),
        at=of("xba_cases", "2018", "CHARGED", sex="F"),
        tolerated=("later-stage-above-earlier",),
    ),
    Fault(
        name="countries-exchanged",
        says="Two countries are exchanged in one year of the tip line's table.",
        change=exchange("ref_area", "XEA", "XBA", of("tips_by_country", "2018")),
        raises=("figures-exchanged",),
        at=of("tips_by_country", "2018", ref_area="XEA"),
        tolerated=("size-shifted",),
    ),
    Fault(
        name="offences-exchanged",
        says="Material and other offences are exchanged in one year.",
        change=together(
            exchange(
                "offence", "030221", "030229", of("xfa_online", "2018", "RECORDED")
            ),
            exchange(
                "offence_label",
                "Material de abuso sexual de crianças",
                "Outros",
                of("xfa_online", "2018", "RECORDED"),
            ),
        ),
        raises=("figures-exchanged",),
        at=of("xfa_online", "2018", "RECORDED", offence="030229"),
    ),
    Fault(
        name="heaped-on-tens",
        says="All figures of a file are multiples of ten; no rounding is declared.",
        change=put(of("xfa_online", statistic="COUNT"), **ROUNDED),
        raises=("counts-heaped",),
        at=of("xfa_online", "2018", "CHARGED", sex="_T"),
        tolerated=("total-against-parts",),
    ),
    Fault(
        name="heaped-on-fifties",
        says="Caldonia's figures are estimates by fifties.",
        change=put(
            of("xca_children"),
            obs_value=lambda row: float(round(row["obs_value"] / 50) * 50) or 50.0,
        ),
        raises=("counts-heaped",),
        at=of("xca_children", "2018-04-01/P1Y", "RECORDED"),
        tolerated=("total-against-parts",),
    ),
    Fault(
        name="share-above-hundred",
        says="A share is 137 percent.",
        change=put(of("xba_victim_ages", "2018", age_group="Y13T17"), obs_value=137.0),
        raises=("share-above-whole",),
        at=of("xba_victim_ages", "2018", age_group="Y13T17"),
        tolerated=("percents-add-up",),
    ),
    Fault(
        name="nothing-falls-by-more-than-all",
        says="A fall of 137 percent is given.",
        change=copy(
            of("xba_tips", "2019", "REPORTED"),
            statistic="PERCENT_CHANGE",
            obs_value=-137.0,
        ),
        raises=("share-above-whole",),
        at=of("xba_tips", "2019", statistic="PERCENT_CHANGE"),
        tolerated=("change-against-figures",),
    ),
    Fault(
        name="rate-above-everybody",
        says="A rate is more than 100,000 for 100,000 inhabitants.",
        change=put(of("xba_rates", "2017", statistic="RATE_100K"), obs_value=702_140.0),
        raises=("value-impossible",),
        at=of("xba_rates", "2017", statistic="RATE_100K"),
        tolerated=(
            "implied-population-steady",
            "rate-against-population",
        ),
    ),
    Fault(
        name="outside-its-own-bounds",
        says="A figure lies outside the bounds that are given with it.",
        change=put(
            of("xba_cases", "2018", "CHARGED", offence="03022", sex="_T"),
            value_low=225.0,
            value_high=230.0,
        ),
        raises=("value-impossible",),
        at=of("xba_cases", "2018", "CHARGED", offence="03022", sex="_T"),
    ),
    Fault(
        name="population-and-cases-exchanged",
        says="Population and cases have changed places in one row.",
        change=in_file(BORLAND, swap("Rates", "B5", "C5")),
        raises=("persons-above-population",),
        at=Place(file=BORLAND, cell="Rates!B5"),
        tolerated=(
            "tables-agree",
            "figures-exchanged",
            "implied-population-steady",
            "rate-against-population",
        ),
    ),
    Fault(
        name="more-cases-than-people",
        says="More persons are charged than live in the country.",
        change=put(
            of("xba_cases", "2018", "CHARGED", offence="03022"),
            obs_value=times(40_000),
        ),
        raises=("persons-above-population",),
        at=of("xba_cases", "2018", "CHARGED", offence="03022"),
        tolerated=(
            "total-against-parts",
            "offences-against-whole",
        ),
    ),
    Fault(
        name="more-victims-than-people",
        says="More victims are counted than live in the country.",
        change=together(
            put(
                of("xba_population"),
                obs_value=lambda r: float(int(r["obs_value"] / 20_000)),
            ),
        ),
        raises=("persons-above-population",),
        at=of("xba_population", "2018"),
        tolerated=("rate-against-population",),
    ),
    Fault(
        name="year-as-count",
        says="The year stands in the place of the count.",
        change=in_file(BORLAND, cell("Earlier years", "B11", 2017)),
        raises=("date-as-count",),
        at=Place(file=BORLAND, cell="'Earlier years'!B11"),
        tolerated=("tables-agree",),
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
            of(
                "xba_cases", ("2017", "2018"), "CONVICTED", offence=("030223", "030229")
            ),
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
        tolerated=("size-shifted",),
    ),
)
