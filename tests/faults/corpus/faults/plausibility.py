"""Faults of the hand: a shifted decimal, exchanged rows, values that cannot be."""

from __future__ import annotations

from corpus.changes import (
    cell,
    exchange,
    in_file,
    of,
    plus,
    put,
    swap,
    times,
    together,
)
from corpus.record import Fault, Place

_BORLAND, _CALDONIA = "borland-police.xlsx", "caldonia-children.xlsx"

_SHIFTED = (
    Fault(
        name="zero-added",
        says="A zero too many in one of ten years.",
        change=in_file(_BORLAND, cell("Earlier years", "B9", 2490)),
        raises=(),
        at=Place(file=_BORLAND, cell="'Earlier years'!B9"),
        is_in_file=True,
    ),
    Fault(
        name="zero-dropped",
        says="The last digit of one year's figure is lost.",
        change=put(of("xba_recorded", "2013"), obs_value=24.0),
        raises=(),
        at=of("xba_recorded", "2013"),
    ),
    Fault(
        name="thousandfold",
        says="One year is given in units, the others in thousands.",
        change=put(of("tips_by_country", "2018", ref_area="XEA"), obs_value=times(1000)),
        raises=(),
        at=of("tips_by_country", "2018", ref_area="XEA"),
    ),
    Fault(
        name="hundredfold-charges",
        says="The charges of one year are a hundred times those of its neighbours.",
        change=together(
            put(of("xea_online", "2018", "PROSECUTED"), obs_value=times(100)),
            put(of("xea_online", "2018", "RECORDED"), obs_value=times(100)),
        ),
        raises=(),
        at=of("xea_online", "2018", "PROSECUTED"),
    ),
    Fault(
        name="zero-dropped-by-sex",
        says="The men arrested of one year lack a digit, and so does the total.",
        change=together(
            put(of("xca_children", "2018-04-01/P1Y", "VICTIM_IDENTIFIED"),
                obs_value=lambda row: float(int(row["obs_value"] / 10))),
            put(of("xca_children", "2018-04-01/P1Y", "VICTIM_IDENTIFIED", sex="_T"),
                obs_value=float(int(1116 * 0.77 / 10) + int((1116 - 859) / 10))),
        ),
        raises=(),
        at=of("xca_children", "2018-04-01/P1Y", "VICTIM_IDENTIFIED", sex="_T"),
        tolerated=("total-against-parts",),
    ),
    Fault(
        name="decimal-shifted-in-rate",
        says="The decimal mark of a rate is one place too far right.",
        change=put(
            of("xfa_online", "2019", statistic="RATE_100K"), obs_value=times(10)
        ),
        raises=(),
        at=of("xfa_online", "2019", statistic="RATE_100K"),
    ),
    Fault(
        name="population-lacks-a-digit",
        says="The population of 2018 lacks its last digit.",
        change=in_file(_BORLAND, cell("Rates", "B5", 426_864)),
        raises=(),
        at=Place(file=_BORLAND, cell="Rates!B5"),
        is_in_file=True,
    ),
    Fault(
        name="group-mark-taken-as-decimal",
        says="The dots of 1.523 are taken for decimal marks.",
        change=in_file(
            "fenizia-online.csv",
            adapter=(('numbers: {decimal: ",", group: ["."]}',
                      'numbers: {decimal: "."}'),),
        ),
        raises=("counts-whole",),
        at=of("xfa_online", "2017", "RECORDED", offence="03022", statistic="COUNT"),
        is_in_file=True,
    ),
)

_EXCHANGED = (
    Fault(
        name="sexes-exchanged",
        says="Women and men are exchanged in one year.",
        change=exchange("sex", "F", "M", of("xba_cases", "2018", "CHARGED")),
        raises=(),
        at=of("xba_cases", "2018", "CHARGED", sex="F"),
    ),
    Fault(
        name="sexes-exchanged-in-file",
        says="The numbers of women and men convicted are exchanged in one year.",
        change=in_file(_CALDONIA, swap("Stages", "F12", "F13")),
        raises=(),
        at=Place(file=_CALDONIA, cell="Stages!F12"),
        is_in_file=True,
    ),
    Fault(
        name="provinces-exchanged",
        says="The figures of the North and the West are exchanged in 2019.",
        change=in_file(_BORLAND, swap("Provinces", "D4", "D7")),
        raises=(),
        at=Place(file=_BORLAND, cell="Provinces!D4"),
        is_in_file=True,
    ),
    Fault(
        name="countries-exchanged",
        says="Two countries are exchanged in one year of the tip line's table.",
        change=exchange("ref_area", "XEA", "XBA", of("tips_by_country", "2018")),
        raises=(),
        at=of("tips_by_country", "2018", ref_area="XEA"),
    ),
    Fault(
        name="stages-exchanged-in-file",
        says="Arrests and convictions are exchanged in one year.",
        change=in_file(_CALDONIA, swap("Stages", "E5", "E11")),
        raises=("later-stage-above-earlier",),
        at=Place(file=_CALDONIA, cell="Stages!E11"),
        tolerated=("total-against-parts",),
        is_in_file=True,
    ),
    Fault(
        name="columns-exchanged",
        says="The columns of cases received and completed are exchanged.",
        change=in_file(
            _BORLAND,
            *(swap("Courts", f"C{row}", f"D{row}") for row in (4, 5, 6)),
        ),
        raises=(),
        at=Place(file=_BORLAND, cell="Courts!C5"),
        is_in_file=True,
    ),
    Fault(
        name="population-and-cases-exchanged",
        says="Population and cases have changed places in one row.",
        change=in_file(_BORLAND, swap("Rates", "B5", "C5")),
        raises=(),
        at=Place(file=_BORLAND, cell="Rates!C5"),
        is_in_file=True,
    ),
    Fault(
        name="offences-exchanged",
        says="Material and other offences are exchanged in one year.",
        change=exchange(
            "offence", "030221", "030229", of("xfa_online", "2018", "RECORDED")
        ),
        raises=(),
        at=of("xfa_online", "2018", "RECORDED", offence="030229"),
    ),
)

_ROUNDED = {
    "obs_value": lambda row: float(round(row["obs_value"] / 10) * 10),
}

_IMPOSSIBLE = (
    Fault(
        name="heaped-on-tens",
        says="All figures of a file are multiples of ten; no rounding is declared.",
        change=put(of("xfa_online", statistic="COUNT"), **_ROUNDED),
        raises=(),
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
        raises=(),
        at=of("xca_children", "2018-04-01/P1Y", "RECORDED"),
        tolerated=("total-against-parts",),
    ),
    Fault(
        name="negative-count",
        says="A count is negative.",
        change=in_file(_BORLAND, cell("Quarters", "C4", -68)),
        raises=("value-not-negative",),
        at=Place(file=_BORLAND, cell="Quarters!C4"),
        is_in_file=True,
    ),
    Fault(
        name="negative-code-for-gap",
        says="-9 stands for a gap.",
        change=put(of("xda_charges", "2017-09-11/P1Y", "CONVICTED"), obs_value=-9.0),
        raises=("value-not-negative",),
        at=of("xda_charges", "2017-09-11/P1Y", "CONVICTED"),
    ),
    Fault(
        name="nines-for-gap",
        says="9999 stands for a gap.",
        change=put(of("xda_charges", "2017-09-11/P1Y", "CONVICTED"), obs_value=9999.0),
        raises=("later-stage-above-earlier",),
        at=of("xda_charges", "2017-09-11/P1Y", "CONVICTED"),
    ),
    Fault(
        name="share-above-hundred",
        says="A share is 137 percent.",
        change=put(
            of("xba_victim_ages", "2018", age_group="Y13T17"), obs_value=137.0
        ),
        raises=(),
        at=of("xba_victim_ages", "2018", age_group="Y13T17"),
    ),
    Fault(
        name="rate-above-everybody",
        says="A rate is more than 100,000 for 100,000 inhabitants.",
        change=put(
            of("xba_rates", "2017", statistic="RATE_100K"), obs_value=702_140.0
        ),
        raises=(),
        at=of("xba_rates", "2017", statistic="RATE_100K"),
    ),
    Fault(
        name="half-a-case",
        says="A count of cases has a half.",
        change=put(of("xba_provinces", "2019", ref_area="XBA_S"), obs_value=plus(0.5)),
        raises=("counts-whole",),
        at=of("xba_provinces", "2019", ref_area="XBA_S"),
    ),
    Fault(
        name="mean-of-years-for-count",
        says="The mean of two years stands for a year without a figure.",
        change=in_file(_BORLAND, cell("Earlier years", "B8", 244.5)),
        raises=("counts-whole",),
        at=Place(file=_BORLAND, cell="'Earlier years'!B8"),
        is_in_file=True,
    ),
    Fault(
        name="more-cases-than-people",
        says="More persons are charged than live in the country.",
        change=put(
            of("xba_cases", "2018", "CHARGED", offence="03022"),
            obs_value=times(40_000),
        ),
        raises=(),
        at=of("xba_cases", "2018", "CHARGED", offence="03022"),
        tolerated=("total-against-parts",),
    ),
)

FAULTS = (*_SHIFTED, *_EXCHANGED, *_IMPOSSIBLE)
