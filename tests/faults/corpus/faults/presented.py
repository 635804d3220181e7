"""Figures presented as what they do not count."""

from __future__ import annotations

from corpus.changes import in_file, of, put, series, together
from corpus.pieces import BORLAND, CALDONIA, DOROVIA, EREWON, TIPS
from corpus.record import Fault, Place

FAULTS = (
    Fault(
        name="csea-presented-as-ocsea",
        says="Figures on abuse in all settings are presented as online abuse.",
        change=series("xca_children", presented_scope="OCSEA"),
        raises=("csea-presented-as-ocsea",),
        at=Place(file=CALDONIA, region="Stages!"),
    ),
    Fault(
        name="csea-offences-presented-as-ocsea",
        says="Offences in all settings are presented as online abuse.",
        change=series("xca_offences", presented_scope="OCSEA"),
        raises=("csea-presented-as-ocsea",),
        at=Place(file=CALDONIA, region="Offences!"),
    ),
    Fault(
        name="scope-widens",
        says="From 2018 on sexual offences against all ages are counted.",
        change=put(
            of("xca_offences", ("2018-04-01/P1Y", "2019-04-01/P1Y")),
            scope="SEXUAL_OFFENCES_ALL_AGES",
        ),
        raises=("all-ages-presented-as-children",),
        at=Place(file=CALDONIA, region="Offences!"),
    ),
    Fault(
        name="all-ages-presented-as-children",
        says="Victims of all ages are presented as children.",
        change=together(
            put(of("xea_online"), scope="SEXUAL_OFFENCES_ALL_AGES"),
            series("xea_online", scope="SEXUAL_OFFENCES_ALL_AGES"),
        ),
        raises=("all-ages-presented-as-children",),
        at=Place(file=EREWON, region="!"),
        tolerated=("heading-fits-scope",),
    ),
    Fault(
        name="all-ages-as-csea",
        says="Offences against all ages are presented as abuse of children.",
        change=together(
            put(of("xca_offences"), scope="SEXUAL_OFFENCES_ALL_AGES"),
            series("xca_offences", scope="SEXUAL_OFFENCES_ALL_AGES"),
        ),
        raises=("all-ages-presented-as-children",),
        at=Place(file=CALDONIA, region="Offences!"),
    ),
    Fault(
        name="trafficking-presented-as-ocsea",
        says="Trafficking is presented as online abuse.",
        change=together(
            put(of("xda_charges"), scope="TRAFFICKING"),
            series("xda_charges", scope="TRAFFICKING"),
        ),
        raises=("trafficking-presented-as-ocsea",),
        at=Place(file=DOROVIA, region="Charges!"),
        tolerated=("heading-fits-scope",),
    ),
    Fault(
        name="trafficking-as-csea",
        says="Trafficking is presented as abuse of children.",
        change=together(
            put(of("xca_children"), scope="TRAFFICKING"),
            series("xca_children", scope="TRAFFICKING"),
        ),
        raises=("trafficking-presented-as-ocsea",),
        at=Place(file=CALDONIA, region="Stages!"),
    ),
    Fault(
        name="tips-presented-as-online-abuse",
        says="Reports of companies are presented as online abuse.",
        change=series("xba_tips", presented_scope="OCSEA"),
        raises=("cybertips-presented-as-crimes",),
        at=Place(file=BORLAND, region="Tip line"),
    ),
    Fault(
        name="tips-presented-as-cybercrime",
        says="Reports by country are presented as cybercrime.",
        change=series("tips_by_country", presented_scope="CYBERCRIME"),
        raises=("cybertips-presented-as-crimes",),
        at=Place(file=TIPS, region="R"),
    ),
    Fault(
        name="province-in-other-unit",
        says="One province counts offences, the others count cases.",
        change=put(of("xba_provinces", ref_area="XBA_S"), counting_unit="OFFENCE"),
        raises=("reports-presented-as-cases",),
        at=Place(file=BORLAND, region="Provinces!"),
    ),
    Fault(
        name="reports-presented-as-cases",
        says="Reports of companies are presented as cases.",
        change=series("xba_tips", presented_unit="CASE"),
        raises=("reports-presented-as-cases",),
        at=Place(file=BORLAND, region="Tip line"),
    ),
    Fault(
        name="tips-by-country-presented-as-cases",
        says="Reports by country are presented as offences.",
        change=series("tips_by_country", presented_unit="OFFENCE"),
        raises=("reports-presented-as-cases",),
        at=Place(file=TIPS, region="R"),
    ),
    Fault(
        name="victims-mapped-as-persons",
        says="A sheet about victims is read as offenders.",
        change=in_file(
            BORLAND, adapter=(("counting_unit: VICTIM", "counting_unit: PERSON"),)
        ),
        raises=("reports-presented-as-cases",),
        at=Place(file=BORLAND, region="Victims by age"),
        tolerated=("heading-fits-unit",),
    ),
    Fault(
        name="units-differ-across-series",
        says="Of two series that are compared one counts persons.",
        change=put(of("xba_provinces"), counting_unit="PERSON"),
        raises=("reports-presented-as-cases",),
        at=Place(file=BORLAND, region="Provinces!"),
        tolerated=("heading-fits-unit",),
    ),
)
