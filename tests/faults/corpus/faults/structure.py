"""Faults of the table itself: codes, keys, values, and cells that were not read."""

from __future__ import annotations

from datetime import UTC, datetime

from corpus.changes import (
    cell,
    cells,
    forget_series,
    in_file,
    of,
    put,
    without_column,
)
from corpus.record import Fault, Place

_BORLAND, _CALDONIA = "borland-police.xlsx", "caldonia-children.xlsx"
_FENIZIA, _TIPS = "fenizia-online.csv", "tips-by-country.csv"

_CODES = (
    Fault(
        name="row-key-twice",
        says="Two figures have one key.",
        change=put(of("xba_quarters", ("2017-Q1", "2017-Q2")), obs_id="0" * 16),
        raises=("row-key-unique",),
        at=of("xba_quarters", "2017-Q2"),
    ),
    Fault(
        name="namibia-lost-to-na",
        says="A country's code is lost, as NA is where it is taken for no value.",
        change=put(of("tips_by_country", ref_area="XDA"), ref_area=None),
        raises=("area-known",),
        at=of("tips_by_country", "2018", ref_area=None),
        tolerated=("declared-years-present", "duplicate-key"),
    ),
    Fault(
        name="country-code-lost-in-file",
        says="The code of a country is blank in the file.",
        change=in_file(_TIPS, cell("tips", "A5", None)),
        raises=("area-known", "cells-accounted-for"),
        at=Place(file=_TIPS, cell="R5C2"),
        tolerated=("declared-years-present",),
        is_in_file=True,
    ),
    Fault(
        name="area-in-lower-case",
        says="An area code is in lower case.",
        change=put(of("xba_provinces", ref_area="XBA_E"), ref_area="xba_e"),
        raises=("area-code-form",),
        at=of("xba_provinces", "2018", ref_area="xba_e"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="area-as-name",
        says="An area is given by its name.",
        change=put(of("xfa_online", "2019"), ref_area="Fenizia"),
        raises=("area-code-form",),
        at=of("xfa_online", "2019", "RECORDED"),
        tolerated=("declared-years-present", "area-known"),
    ),
    Fault(
        name="period-lost",
        says="The year of a row cannot be read.",
        change=in_file(_BORLAND, cell("Tip line", "A5", "2018?")),
        raises=("period-known",),
        at=Place(file=_BORLAND, cell="'Tip line'!B5"),
        tolerated=("declared-years-present", "cells-accounted-for"),
        is_in_file=True,
    ),
    Fault(
        name="period-ends-before-it-begins",
        says="First and last day are exchanged.",
        change=put(
            of("xba_recorded", "2016"),
            period_start="2016-12-31", period_end="2016-01-01",
        ),
        raises=("period-in-order",),
        at=of("xba_recorded", "2016"),
    ),
    Fault(
        name="stage-misspelt",
        says="A stage is no code of the list.",
        change=put(of("xea_online", "2018", "PROSECUTED"), stage="PROSECUTION"),
        raises=("stage-in-list",),
        at=of("xea_online", "2018", "PROSECUTION"),
        tolerated=("declared-years-present",),
    ),
    Fault(
        name="unit-in-plural",
        says="A counting unit is no code of the list.",
        change=put(of("xba_provinces", "2018"), counting_unit="CASES"),
        raises=("unit-in-list",),
        at=of("xba_provinces", "2018", ref_area="XBA_N"),
        tolerated=("unit-stable",),
    ),
    Fault(
        name="scope-in-words",
        says="A scope is no code of the list.",
        change=put(of("xda_charges", stage="CHARGED"), scope="online abuse"),
        raises=("scope-in-list",),
        at=of("xda_charges", "2018-09-11/P1Y", "CHARGED", sex="M"),
    ),
    Fault(
        name="sex-in-words",
        says="A sex is no code of the list.",
        change=put(of("xca_children", sex="F"), sex="girls"),
        raises=("sex-in-list",),
        at=of("xca_children", "2018-04-01/P1Y", "CHARGED", sex="girls"),
    ),
    Fault(
        name="statistic-in-words",
        says="A statistic is no code of the list.",
        change=put(of("xba_rates", statistic="RATE_100K"), statistic="RATE"),
        raises=("statistic-in-list",),
        at=of("xba_rates", "2018", statistic="RATE"),
    ),
    Fault(
        name="reason-in-words",
        says="A missing reason is no code of the list.",
        change=put(of("xda_charges", stage="CONVICTED"), missing_reason="missing"),
        raises=("reason-in-list",),
        at=of("xda_charges", "2018-09-11/P1Y", "CONVICTED"),
    ),
    Fault(
        name="status-in-lower-case",
        says="An observation status is no code of the list.",
        change=put(of("xca_offences", "2018-04-01/P1Y"), obs_status="b"),
        raises=("status-in-list",),
        at=of("xca_offences", "2018-04-01/P1Y", offence="030222"),
        tolerated=("definition-change-without-break",),
    ),
    Fault(
        name="series-without-definition",
        says="Nobody has written down what a series counts.",
        change=forget_series("xfa_online"),
        raises=("series-described",),
        at=Place(file=_FENIZIA, region="R"),
    ),
    Fault(
        name="column-lost",
        says="The table has no column for the scope.",
        change=without_column("scope"),
        raises=("columns-present",),
        at=Place(file="", region=""),
    ),
)

_VALUES = (
    Fault(
        name="gap-with-value",
        says="A figure stands beside a reason why there is none.",
        change=put(of("xfa_online", "2017", "CHARGED", sex="M"), missing_reason="DECLINED"),
        raises=("value-or-reason",),
        at=of("xfa_online", "2017", "CHARGED", sex="M"),
    ),
    Fault(
        name="gap-without-reason",
        says="There is neither a figure nor a reason.",
        change=put(of("xba_recorded", "2011"), obs_value=None),
        raises=("value-or-reason",),
        at=of("xba_recorded", "2011"),
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
)

_CELLS = (
    Fault(
        name="number-in-words",
        says="A cell says “about 300”.",
        change=in_file(_BORLAND, cell("Earlier years", "B9", "about 300")),
        raises=("cells-accounted-for",),
        at=Place(file=_BORLAND, cell="'Earlier years'!B9"),
        tolerated=("missing-has-reason",),
        is_in_file=True,
    ),
    Fault(
        name="label-misspelt",
        says="A stage is misspelt in three rows.",
        change=in_file(
            _CALDONIA, cells("Stages", {"A11": "Convictd", "A12": "Convictd"})
        ),
        raises=("cells-accounted-for",),
        at=Place(file=_CALDONIA, cell="Stages!A11"),
        tolerated=("stage-in-list", "declared-years-present", "total-against-parts"),
        is_in_file=True,
    ),
    Fault(
        name="number-beside-table",
        says="A number stands to the right of the table, under no heading.",
        change=in_file(
            _BORLAND, lambda book: book["Rates"][4].append(331)
        ),
        raises=("cells-accounted-for",),
        at=Place(file=_BORLAND, cell="Rates!E5"),
        is_in_file=True,
    ),
    Fault(
        name="number-became-date",
        says="A spreadsheet program made a date of “10-12”.",
        change=in_file(
            _BORLAND,
            style=lambda workbook, sheets: sheets["Quarters"].write_datetime(
                "B5", datetime(2020, 12, 10, tzinfo=UTC).replace(tzinfo=None),
                workbook.add_format({"num_format": "d-mmm"}),
            ),
        ),
        raises=("cells-accounted-for",),
        at=Place(file=_BORLAND, cell="Quarters!B5"),
        tolerated=("missing-has-reason",),
        is_in_file=True,
    ),
    Fault(
        name="figures-merged",
        says="One figure is merged over two quarters.",
        change=in_file(
            _BORLAND,
            style=lambda _workbook, sheets: sheets["Quarters"].merge_range("C6:D6", 164),
        ),
        raises=("cells-accounted-for",),
        at=Place(file=_BORLAND, cell="Quarters!C6"),
        tolerated=("missing-has-reason",),
        is_in_file=True,
    ),
    Fault(
        name="shared-mark-for-all-gaps",
        says="A dash stands for a gap, and nothing says what it means.",
        change=in_file("dorovia-charges.xlsx", cell("Charges", "D8", "-")),
        raises=("cells-accounted-for",),
        at=Place(file="dorovia-charges.xlsx", cell="Charges!D8"),
        tolerated=("missing-has-reason",),
        is_in_file=True,
    ),
    Fault(
        name="unquoted-thousands",
        says="A number's group mark splits it in the text file.",
        change=in_file(_FENIZIA, cell("fenizia", "F4", "1.978.")),
        raises=("cells-accounted-for",),
        at=Place(file=_FENIZIA, cell="R4C6"),
        tolerated=("missing-has-reason",),
        is_in_file=True,
    ),
)

FAULTS = (*_CODES, *_VALUES, *_CELLS)
