"""Stages, outcomes and stocks that do not go together."""

from __future__ import annotations

from corpus.changes import cell, copy, exchange, in_file, of, plus, put, swap, together
from corpus.pieces import BORLAND, CALDONIA
from corpus.record import Fault, Place

FAULTS = (
    Fault(
        name="offences-short-of-total",
        says="The offences add up to less than the total of all offences.",
        change=put(
            of("xba_cases", "2019", "PROSECUTED", offence="030221"), obs_value=plus(-31)
        ),
        raises=("later-stage-above-earlier",),
        at=of("xba_cases", "2019", "PROSECUTED", offence="030221"),
        tolerated=("offences-against-whole",),
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
        change=in_file(BORLAND, cell("Cases", "F53", 77)),
        raises=("later-stage-above-earlier",),
        at=Place(file=BORLAND, cell="Cases!F53"),
        tolerated=("offences-against-whole",),
    ),
    Fault(
        name="passed-on-above-received",
        says="More reports are passed to the police than were received.",
        change=in_file(BORLAND, cell("Tip line", "C5", 91_230)),
        raises=("later-stage-above-earlier",),
        at=Place(file=BORLAND, cell="'Tip line'!C5"),
    ),
    Fault(
        name="stages-exchanged-in-one-year",
        says="The labels of prosecutions and convictions are exchanged in 2018.",
        change=exchange("stage", "PROSECUTED", "CONVICTED", of("xea_online", "2018")),
        raises=("later-stage-above-earlier",),
        at=of("xea_online", "2018", "CONVICTED"),
    ),
    Fault(
        name="sexes-exchanged-in-file",
        says="The numbers of women and men convicted are exchanged in one year.",
        change=in_file(CALDONIA, swap("Stages", "F12", "F13")),
        raises=("later-stage-above-earlier",),
        at=Place(file=CALDONIA, cell="Stages!F12"),
    ),
    Fault(
        name="stages-exchanged-in-file",
        says="Arrests and convictions are exchanged in one year.",
        change=in_file(CALDONIA, swap("Stages", "E5", "E11")),
        raises=("later-stage-above-earlier",),
        at=Place(file=CALDONIA, cell="Stages!E11"),
        tolerated=("total-against-parts",),
    ),
    Fault(
        name="nines-for-gap",
        says="9999 stands for a gap.",
        change=put(of("xda_charges", "2017-09-11/P1Y", "CONVICTED"), obs_value=9999.0),
        raises=("later-stage-above-earlier",),
        at=of("xda_charges", "2017-09-11/P1Y", "CONVICTED"),
    ),
    Fault(
        name="courts-convict-more-than-police-charge",
        says="The courts' file has more persons convicted than the police charged.",
        change=put(
            of("xca_children", "2017-04-01/P1Y", "CONVICTED", sex="_T"),
            source_file="caldonia-courts.xlsx",
            obs_value=plus(500),
        ),
        raises=("later-stage-above-earlier-file",),
        at=of("xca_children", "2017-04-01/P1Y", "CONVICTED", sex="_T"),
        tolerated=(
            "breakdown-incomplete",
            "declared-breakdowns-present",
        ),
    ),
    Fault(
        name="court-file-above-police-file",
        says="The courts' file has more women convicted than the police charged.",
        change=put(
            of("xfa_online", "2018", "CONVICTED", sex="F"),
            source_file="fenizia-courts.csv",
            obs_value=219.0,
        ),
        raises=("later-stage-above-earlier-file",),
        at=of("xfa_online", "2018", "CONVICTED", sex="F"),
        tolerated=("breakdown-incomplete", "declared-breakdowns-present"),
    ),
    Fault(
        name="outcomes-above-court",
        says="Convicted and acquitted together are more than brought to court.",
        change=together(
            copy(
                of("xea_online", stage="PROSECUTED"),
                stage="BROUGHT_TO_COURT",
                obs_value=plus(-90),
            ),
            copy(
                of("xea_online", "2018", "CONVICTED"),
                stage="ACQUITTED",
                obs_value=401.0,
            ),
        ),
        raises=("outcomes-above-court",),
        at=of("xea_online", "2018", "ACQUITTED"),
        tolerated=("duplicate-key",),
    ),
    Fault(
        name="outcomes-above-court-in-one-year",
        says="More persons were convicted and acquitted than brought to court.",
        change=together(
            copy(
                of("xfa_online", "2019", "CONVICTED", sex="_T"),
                stage="BROUGHT_TO_COURT",
                obs_value=830.0,
            ),
            copy(
                of("xfa_online", "2019", "CONVICTED", sex="_T"),
                stage="ACQUITTED",
                obs_value=117.0,
            ),
        ),
        raises=("outcomes-above-court",),
        at=of("xfa_online", "2019", "ACQUITTED"),
        tolerated=("heading-fits-stage",),
    ),
    Fault(
        name="flow-does-not-close",
        says="Pending, received and completed do not give what is pending at the end.",
        change=in_file(BORLAND, cell("Courts", "E5", 142)),
        raises=("flows-balance",),
        at=Place(file=BORLAND, cell="Courts!E5"),
        tolerated=("stock-carried-over",),
    ),
    Fault(
        name="flow-completed-wrong",
        says="More cases are completed than the pending ones tell.",
        change=put(of("xba_courts", "2019", "OTHER"), obs_value=plus(17)),
        raises=("flows-balance",),
        at=of("xba_courts", "2019", "OTHER"),
    ),
    Fault(
        name="columns-exchanged",
        says="The columns of cases received and completed are exchanged.",
        change=in_file(
            BORLAND,
            *(swap("Courts", f"C{row}", f"D{row}") for row in (4, 5, 6)),
        ),
        raises=("flows-balance",),
        at=Place(file=BORLAND, cell="Courts!C5"),
    ),
    Fault(
        name="flow-out-larger-than-stock",
        says="More court cases are completed than there were.",
        change=in_file(BORLAND, cell("Courts", "D6", 416)),
        raises=("flows-balance",),
        at=Place(file=BORLAND, cell="Courts!D6"),
    ),
    Fault(
        name="opening-is-not-last-closing",
        says="What is pending on 1 January is not what was pending the day before.",
        change=together(
            put(of("xba_courts", "2018", breakdown="flow=opening"), obs_value=plus(6)),
            put(of("xba_courts", "2018", breakdown="flow=closing"), obs_value=plus(6)),
        ),
        raises=("stock-carried-over",),
        at=of("xba_courts", "2018", breakdown="flow=opening"),
    ),
    Fault(
        name="closing-of-last-year-changed",
        says="What was pending at the end of 2017 is not what 2018 begins with.",
        change=together(
            put(of("xba_courts", "2017", breakdown="flow=opening"), obs_value=plus(11)),
            put(of("xba_courts", "2017", breakdown="flow=closing"), obs_value=plus(11)),
        ),
        raises=("stock-carried-over",),
        at=of("xba_courts", "2017", breakdown="flow=closing"),
    ),
)
