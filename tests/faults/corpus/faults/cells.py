"""Values that were not read, or are not what is printed."""

from __future__ import annotations

from datetime import UTC, datetime

from corpus.changes import cell, cells, in_file, of, plus, put
from corpus.pieces import BORLAND, CALDONIA, DOROVIA, FENIZIA, HIDDEN
from corpus.record import Fault, Place

FAULTS = (
    Fault(
        name="gap-with-value",
        says="A figure stands beside a reason why there is none.",
        change=put(
            of("xfa_online", "2017", "CHARGED", sex="M"), missing_reason="DECLINED"
        ),
        raises=("value-or-reason",),
        at=of("xfa_online", "2017", "CHARGED", sex="M"),
    ),
    Fault(
        name="gap-without-reason",
        says="There is neither a figure nor a reason.",
        change=put(of("xba_recorded", "2011"), obs_value=None),
        raises=("value-or-reason",),
        at=of("xba_recorded", "2011"),
        tolerated=("missing-has-reason",),
    ),
    Fault(
        name="group-mark-taken-as-decimal",
        says="The dots of 1.523 are taken for decimal marks.",
        change=in_file(
            FENIZIA,
            adapter=(
                ('numbers: {decimal: ",", group: ["."]}', 'numbers: {decimal: "."}'),
            ),
        ),
        raises=("counts-whole",),
        at=of("xfa_online", "2017", "RECORDED", offence="03022", statistic="COUNT"),
        tolerated=(
            "cells-accounted-for",
            "later-stage-above-earlier",
            "small-cell-in-detail",
        ),
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
        change=in_file(BORLAND, cell("Earlier years", "B8", 244.5)),
        raises=("counts-whole",),
        at=Place(file=BORLAND, cell="'Earlier years'!B8"),
    ),
    Fault(
        name="negative-count",
        says="A count is negative.",
        change=in_file(BORLAND, cell("Quarters", "C4", -68)),
        raises=("value-not-negative",),
        at=Place(file=BORLAND, cell="Quarters!C4"),
        tolerated=("periods-against-whole",),
    ),
    Fault(
        name="negative-code-for-gap",
        says="-9 stands for a gap.",
        change=put(of("xda_charges", "2017-09-11/P1Y", "CONVICTED"), obs_value=-9.0),
        raises=("value-not-negative",),
        at=of("xda_charges", "2017-09-11/P1Y", "CONVICTED"),
    ),
    Fault(
        name="bounds-exchanged",
        says="The least value lies above the greatest.",
        change=put(
            of("xba_provinces", "2017", ref_area="XBA_W"), value_low=4.0, value_high=1.0
        ),
        raises=("bounds-in-order",),
        at=of("xba_provinces", "2017", ref_area="XBA_W"),
    ),
    Fault(
        name="bounds-exchanged-by-sex",
        says="The bounds of figures by sex are exchanged.",
        change=put(
            of("xba_cases", "2018", "CHARGED", sex=("F", "M")),
            **HIDDEN | {"value_low": 190.0, "value_high": 20.0},
        ),
        raises=("bounds-in-order",),
        at=of("xba_cases", "2018", "CHARGED", sex="F"),
        tolerated=(
            "later-stage-above-earlier",
            "total-against-parts",
        ),
    ),
    Fault(
        name="number-in-words",
        says="A cell says “about 300”.",
        change=in_file(BORLAND, cell("Earlier years", "B9", "about 300")),
        raises=("cells-accounted-for",),
        at=Place(file=BORLAND, cell="'Earlier years'!B9"),
        tolerated=("missing-has-reason",),
    ),
    Fault(
        name="label-misspelt",
        says="A stage is misspelt in three rows.",
        change=in_file(
            CALDONIA, cells("Stages", {"A11": "Convictd", "A12": "Convictd"})
        ),
        raises=("cells-accounted-for",),
        at=Place(file=CALDONIA, cell="Stages!A11"),
        tolerated=("stage-in-list", "declared-years-present", "total-against-parts"),
    ),
    Fault(
        name="number-beside-table",
        says="A number stands to the right of the table, under no heading.",
        change=in_file(BORLAND, lambda book: book["Rates"][4].append(331)),
        raises=("cells-accounted-for",),
        at=Place(file=BORLAND, cell="Rates!E5"),
    ),
    Fault(
        name="number-became-date",
        says="A spreadsheet program made a date of “10-12”.",
        change=in_file(
            BORLAND,
            style=lambda workbook, sheets: sheets["Quarters"].write_datetime(
                "B5",
                datetime(2020, 12, 10, tzinfo=UTC).replace(tzinfo=None),
                workbook.add_format({"num_format": "d-mmm"}),
            ),
        ),
        raises=("cells-accounted-for",),
        at=Place(file=BORLAND, cell="Quarters!B5"),
        tolerated=("missing-has-reason",),
    ),
    Fault(
        name="figures-merged",
        says="One figure is merged over two quarters.",
        change=in_file(
            BORLAND,
            style=lambda _workbook, sheets: sheets["Quarters"].merge_range(
                "C6:D6", 164
            ),
        ),
        raises=("cells-accounted-for",),
        at=Place(file=BORLAND, cell="Quarters!C6"),
        tolerated=("missing-has-reason",),
    ),
    Fault(
        name="shared-mark-for-all-gaps",
        says="A dash stands for a gap, and nothing says what it means.",
        change=in_file(DOROVIA, cell("Charges", "D8", "-")),
        raises=("cells-accounted-for",),
        at=Place(file=DOROVIA, cell="Charges!D8"),
        tolerated=("missing-has-reason",),
    ),
    Fault(
        name="unquoted-thousands",
        says="A number's group mark splits it in the text file.",
        change=in_file(FENIZIA, cell("fenizia", "F4", "1.978.")),
        raises=("cells-accounted-for",),
        at=Place(file=FENIZIA, cell="R4C6"),
        tolerated=("missing-has-reason",),
    ),
    Fault(
        name="read-with-two-digits-exchanged",
        says="A figure is not the number that is printed in its cell.",
        change=put(of("xba_recorded", "2018"), obs_value=342.0, raw_value="324"),
        raises=("value-not-as-printed",),
        at=of("xba_recorded", "2018"),
        tolerated=("tables-agree",),
    ),
    Fault(
        name="printed-with-thousands-read-as-decimal",
        says="“1.978” is printed, and 1.978 is read where a rate would stand.",
        change=put(
            of("xfa_online", "2017", statistic="RATE_100K"),
            obs_value=68.0,
            raw_value="68,89",
        ),
        raises=("value-not-as-printed",),
        at=of("xfa_online", "2017", statistic="RATE_100K"),
    ),
    Fault(
        name="fewer-than-five-read-as-five",
        says="“<5” is printed, and 5 is read.",
        change=put(
            of("xba_provinces", "2017", ref_area="XBA_W"), obs_value=5.0, raw_value="<5"
        ),
        raises=("range-read-as-number",),
        at=of("xba_provinces", "2017", ref_area="XBA_W"),
        tolerated=("hidden-cell-recoverable",),
    ),
    Fault(
        name="range-read-as-its-beginning",
        says="“220 - 260” is printed, and 220 is read.",
        change=put(of("xba_recorded", "2013"), obs_value=220.0, raw_value="220 - 260"),
        raises=("range-read-as-number",),
        at=of("xba_recorded", "2013"),
    ),
)
