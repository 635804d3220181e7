"""Parts and totals that do not go together."""

from __future__ import annotations

from corpus.changes import (
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
from corpus.pieces import BORLAND, DOROVIA, FEW, POOLED
from corpus.record import Fault, Place

FAULTS = (
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
        tolerated=("later-stage-above-earlier",),
    ),
    Fault(
        name="digits-exchanged-in-part",
        says="Two digits of a part are exchanged.",
        change=in_file(BORLAND, cell("Cases", "F11", 176)),
        raises=("total-against-parts",),
        at=Place(file=BORLAND, cell="Cases!F11"),
    ),
    Fault(
        name="sex-total-counted-twice",
        says="The total of all sexes is twice the sum of its parts.",
        change=put(of("xfa_online", "2018", "CONVICTED", sex="_T"), obs_value=times(2)),
        raises=("total-against-parts",),
        at=of("xfa_online", "2018", "CONVICTED", sex="_T"),
        tolerated=("later-stage-above-earlier",),
    ),
    Fault(
        name="total-left-at-last-year",
        says="The total by sex is that of the year before; the parts are new.",
        change=in_file(DOROVIA, cell("Charges", "E5", 150)),
        raises=("total-against-parts",),
        at=Place(file=DOROVIA, cell="Charges!E5"),
    ),
    Fault(
        name="known-part-above-total",
        says="One sex alone is more than both; the other is not given.",
        change=together(
            drop(of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="F")),
            put(
                of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="M"),
                obs_value=plus(40),
            ),
        ),
        raises=("total-against-parts",),
        at=of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="M"),
        tolerated=("breakdown-incomplete",),
    ),
    Fault(
        name="offences-above-total",
        says="The offences add up to 15 more than the total of all offences.",
        change=put(
            of("xfa_online", "2017", "RECORDED", offence="030229"), obs_value=plus(15)
        ),
        raises=("offences-against-whole",),
        at=of("xfa_online", "2017", "RECORDED", offence="030229"),
    ),
    Fault(
        name="subset-above-superset",
        says="Material is more than all offences against children online.",
        change=put(
            of("xba_cases", "2017", "CHARGED", offence="030221"), obs_value=plus(150)
        ),
        raises=("offences-against-whole",),
        at=of("xba_cases", "2017", "CHARGED", offence="030221"),
    ),
    Fault(
        name="total-holds-a-sibling",
        says="The figure of material holds grooming, too, which stands beside it.",
        change=put(
            of("xba_cases", "2018", "RECORDED", offence="030221"), obs_value=275.0
        ),
        raises=("offences-against-whole",),
        at=of("xba_cases", "2018", "RECORDED", offence="030221"),
    ),
    Fault(
        name="provinces-above-country",
        says="The provinces together have more cases than the country.",
        change=put(of("xba_provinces", "2019", ref_area="XBA_E"), obs_value=plus(41)),
        raises=("areas-against-whole",),
        at=of("xba_provinces", "2019", ref_area="XBA"),
    ),
    Fault(
        name="provinces-short-of-country",
        says="The country has more cases than its provinces together.",
        change=in_file(BORLAND, cell("Provinces", "C8", 374)),
        raises=("areas-against-whole",),
        at=Place(file=BORLAND, cell="Provinces!C8"),
        tolerated=("tables-agree",),
    ),
    Fault(
        name="total-counted-twice",
        says="The total of a column adds the total of its parts once more.",
        change=put(of("xba_provinces", "2018", ref_area="XBA"), obs_value=times(2)),
        raises=("areas-against-whole",),
        at=of("xba_provinces", "2018", ref_area="XBA"),
        tolerated=("tables-agree",),
    ),
    Fault(
        name="hidden-parts-cannot-fill-total",
        says="What is hidden is less than five each, and the total lacks forty.",
        change=put(of("xba_provinces", "2017", ref_area="XBA_E"), **FEW),
        raises=("areas-against-whole",),
        at=of("xba_provinces", "2017", ref_area="XBA"),
    ),
    Fault(
        name="province-above-country",
        says="One province has more cases than the country.",
        change=put(of("xba_provinces", "2017", ref_area="XBA_N"), obs_value=300.0),
        raises=("areas-against-whole",),
        at=of("xba_provinces", "2017", ref_area="XBA_N"),
    ),
    Fault(
        name="less-than-five-as-five",
        says="“<5” became 5, and the provinces no longer make up the country.",
        change=in_file(BORLAND, cells("Provinces", {"B6": 65, "B7": 5})),
        raises=("areas-against-whole",),
        at=Place(file=BORLAND, cell="Provinces!B7"),
    ),
    Fault(
        name="quarters-short-of-year",
        says="Four quarters make less than the year.",
        change=in_file(BORLAND, cell("Quarters", "D5", 39)),
        raises=("periods-against-whole",),
        at=Place(file=BORLAND, cell="Quarters!D5"),
    ),
    Fault(
        name="quarters-above-year",
        says="Four quarters make more than the year.",
        change=put(of("xba_quarters", "2017-Q2"), obs_value=plus(9)),
        raises=("periods-against-whole",),
        at=of("xba_quarters", "2017"),
    ),
    Fault(
        name="quarter-above-year",
        says="One quarter is larger than its year; another is not given.",
        change=together(
            drop(of("xba_quarters", "2019-Q1")),
            put(of("xba_quarters", "2019-Q2"), obs_value=401.0),
        ),
        raises=("periods-against-whole",),
        at=of("xba_quarters", "2019-Q2"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="pooled-years-wrong",
        says="The sum of three years is not what the years add up to.",
        change=copy(of("xba_recorded", "2019"), **POOLED, obs_value=1203.0),
        raises=("periods-against-whole",),
        at=of("xba_recorded", "2017-01-01/P3Y"),
    ),
    Fault(
        name="ocsea-above-csea",
        says="Online abuse is more than abuse in all settings, of the same victims.",
        change=copy(
            of("xca_children", "2017-04-01/P1Y", "VICTIM_IDENTIFIED", sex="_T"),
            scope="OCSEA",
            obs_value=plus(73),
        ),
        raises=("subset-above-whole",),
        at=of("xca_children", "2017-04-01/P1Y", "VICTIM_IDENTIFIED", sex="_T"),
    ),
    Fault(
        name="trafficking-of-children-above-all-crime",
        says="Trafficking is more than all crime, of the same unit and year.",
        change=together(
            put(of("xda_charges", stage="RECORDED"), scope="TRAFFICKING"),
            copy(
                of("xda_charges", "2017-09-11/P1Y", "RECORDED", scope="TRAFFICKING"),
                scope="ALL_CRIME",
                obs_value=104.0,
            ),
        ),
        raises=("subset-above-whole",),
        at=of("xda_charges", "2017-09-11/P1Y", "RECORDED"),
        tolerated=(
            "trafficking-presented-as-ocsea",
            "heading-fits-scope",
            "scope-stable",
        ),
    ),
)
