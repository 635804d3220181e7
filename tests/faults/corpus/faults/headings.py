"""Headings that say something else than the figures below them."""

from __future__ import annotations

from corpus.changes import cell, in_file, of, put, series, together
from corpus.pieces import BORLAND, CALDONIA, DOROVIA, EREWON, FENIZIA
from corpus.record import Fault, Place

_VICTIMS = {
    "af": "Aantal slagoffers van aanlyn seksuele uitbuiting van kinders",
    "am": "የተጎጂዎች ብዛት",
    "fil": "Bilang ng mga biktima ng online na pang-aabuso sa mga bata",
    "id": "Jumlah korban eksploitasi seksual anak daring menurut provinsi",
    "km": "ចំនួនជនរងគ្រោះ តាមខេត្ត",
    "ms": "Bilangan mangsa eksploitasi seksual kanak-kanak dalam talian",
    "pt": "Número de vítimas de exploração sexual de crianças em linha",
    "sw": "Idadi ya waathirika wa unyanyasaji wa kingono wa watoto mtandaoni",
    "th": "จำนวนผู้เสียหาย จำแนกตามจังหวัด",
    "vi": "Số nạn nhân bị xâm hại tình dục trẻ em trên mạng, theo tỉnh",
}
"""Titles that say victims."""

_LANGUAGES = tuple(
    Fault(
        name=f"victims-title-over-cases-{language}",
        says="A title in another language says victims; cases are counted.",
        change=in_file(BORLAND, cell("Provinces", "A1", title)),
        raises=("heading-fits-unit",),
        at=Place(file=BORLAND, cell="Provinces!A1"),
    )
    for language, title in _VICTIMS.items()
)

FAULTS = (
    *_LANGUAGES,
    Fault(
        name="cases-heading-over-reports",
        says="A column of reports is headed as cases.",
        change=in_file(
            BORLAND,
            cell("Tip line", "B3", "Cases received"),
            adapter=(("Reports received", "Cases received"),),
        ),
        raises=("heading-fits-unit",),
        at=Place(file=BORLAND, cell="'Tip line'!B3"),
    ),
    Fault(
        name="reports-title-over-cases",
        says="The title says reports; the series counts cases.",
        change=in_file(
            BORLAND,
            cell("Quarters", "A1", "Reports of companies to the tip line, by quarter"),
        ),
        raises=("heading-fits-unit",),
        at=Place(file=BORLAND, cell="Quarters!A1"),
    ),
    Fault(
        name="persons-mapped-as-cases-thai",
        says="A Thai label that says persons is taken for cases.",
        change=in_file(
            EREWON,
            adapter=(
                (
                    "ผู้ถูกดำเนินคดี (คน): {stage: PROSECUTED, counting_unit: PERSON}",
                    "ผู้ถูกดำเนินคดี (คน): {stage: PROSECUTED, counting_unit: CASE}",
                ),
            ),
        ),
        raises=("heading-fits-unit",),
        at=Place(file=EREWON, cell="'สถิติ'!A5"),
    ),
    Fault(
        name="persons-mapped-as-cases-portuguese",
        says="The label “pessoas” is taken for cases.",
        change=in_file(FENIZIA, adapter=(("pessoas: PERSON", "pessoas: CASE"),)),
        raises=("heading-fits-unit",),
        at=Place(file=FENIZIA, cell="R18C4"),
    ),
    Fault(
        name="persons-heading-over-cases",
        says="The heading says persons arrested; cases recorded are counted.",
        change=in_file(
            BORLAND,
            cell("Earlier years", "B3", "Persons arrested"),
            adapter=(
                (
                    "header: [Year, Cases recorded, Mark]",
                    "header: [Year, Persons arrested, Mark]",
                ),
                ("values: [Cases recorded]", "values: [Persons arrested]"),
            ),
        ),
        raises=("heading-fits-unit", "heading-fits-stage"),
        at=Place(file=BORLAND, cell="'Earlier years'!B3"),
    ),
    Fault(
        name="victims-title-over-cases",
        says="The title says victims; cases are counted.",
        change=in_file(
            BORLAND, cell("Provinces", "A1", "Victims of online abuse, by province")
        ),
        raises=("heading-fits-unit",),
        at=Place(file=BORLAND, cell="Provinces!A1"),
    ),
    Fault(
        name="convicted-mapped-as-charged",
        says="A label that says convicted is read as the stage of charges.",
        change=in_file(
            CALDONIA,
            cell("Stages", "A10", "Persons convicted"),
            cell("Stages", "A11", "Persons convicted"),
            cell("Stages", "A12", "Persons convicted"),
            adapter=(
                (
                    "          Charged: CHARGED\n",
                    "          Persons convicted: CHARGED\n",
                ),
            ),
        ),
        raises=("heading-fits-stage",),
        at=of("xca_children", stage="CHARGED"),
        tolerated=(
            "cells-accounted-for",
            "total-against-parts",
        ),
    ),
    Fault(
        name="conviction-title-over-cases",
        says="The title says convictions; cases recorded are counted.",
        change=in_file(
            BORLAND,
            cell("Provinces", "A1", "Convictions for online abuse of children"),
        ),
        raises=("heading-fits-stage",),
        at=Place(file=BORLAND, cell="Provinces!A1"),
    ),
    Fault(
        name="ocsea-title-over-csea",
        says="The sheet is headed as online abuse; it counts abuse in all settings.",
        change=in_file(
            CALDONIA,
            cell(
                "Stages",
                "A1",
                "Online child sexual exploitation and abuse, years from April",
            ),
        ),
        raises=("heading-fits-scope",),
        at=Place(file=CALDONIA, cell="Stages!A1"),
    ),
    Fault(
        name="online-title-in-portuguese",
        says="A title says online; the series counts all settings.",
        change=together(
            put(of("xfa_online"), scope="CSEA"),
            series(
                "xfa_online",
                scope="CSEA",
                presented_scope="unknown",
                online_marker="no",
            ),
        ),
        raises=("heading-fits-scope",),
        at=Place(file=FENIZIA, cell="R1C1"),
    ),
    Fault(
        name="children-title-over-all-ages",
        says="The title names children; all sexual offences are counted.",
        change=together(
            put(of("xca_children"), scope="SEXUAL_OFFENCES_ALL_AGES"),
            series(
                "xca_children",
                scope="SEXUAL_OFFENCES_ALL_AGES",
                presented_scope="SEXUAL_OFFENCES_ALL_AGES",
            ),
        ),
        raises=("heading-fits-scope",),
        at=Place(file=CALDONIA, cell="Stages!A1"),
    ),
    Fault(
        name="all-settings-title-over-ocsea",
        says="The title says all sexual offences; online abuse of children is counted.",
        change=in_file(
            BORLAND,
            cell("Rates", "A1", "All sexual offences recorded, all ages, per 100,000"),
        ),
        raises=("heading-fits-scope",),
        at=Place(file=BORLAND, cell="Rates!A1"),
    ),
    Fault(
        name="trafficking-title-over-ocsea",
        says="The title says trafficking; online abuse is counted.",
        change=in_file(
            DOROVIA, cell("Charges", "A1", "Trafficking in persons: persons charged")
        ),
        raises=("heading-fits-scope",),
        at=Place(file=DOROVIA, cell="Charges!A1"),
    ),
    Fault(
        name="title-under-16",
        says="The title says under 16; persons below 18 are children in the series.",
        change=in_file(
            BORLAND,
            cell("Victims by age", "A1", "Children under 16 who were abused online"),
        ),
        raises=("heading-fits-child-age",),
        at=Place(file=BORLAND, cell="'Victims by age'!A1"),
    ),
    Fault(
        name="title-below-age-in-portuguese",
        says="The Portuguese title says below 14; the series says 18.",
        change=in_file(
            FENIZIA,
            cell("fenizia", "A1", "Exploração sexual em linha de menores de 14 anos"),
        ),
        raises=("heading-fits-child-age",),
        at=Place(file=FENIZIA, cell="R1C1"),
    ),
    Fault(
        name="title-of-one-province",
        says="The title names a province; the figures are given as national.",
        change=in_file(
            BORLAND,
            cell(
                "Earlier years", "A1", "Cases recorded in Northern Province, 2010-2019"
            ),
        ),
        raises=("heading-fits-territory",),
        at=Place(file=BORLAND, cell="'Earlier years'!A1"),
    ),
    Fault(
        name="title-of-the-capital",
        says="The title says capital city only; the figures are given as national.",
        change=in_file(
            CALDONIA,
            cell(
                "Stages",
                "A1",
                "Sexual abuse of children, capital city only, years from April",
            ),
        ),
        raises=("heading-fits-territory",),
        at=Place(file=CALDONIA, cell="Stages!A1"),
    ),
    Fault(
        name="title-january-to-october",
        says="The title says January to October; whole years are read.",
        change=in_file(
            BORLAND,
            cell("Rates", "A1", "Cases recorded per 100,000, January to October"),
        ),
        raises=("heading-fits-period",),
        at=Place(file=BORLAND, cell="Rates!A1"),
    ),
    Fault(
        name="heading-first-half",
        says="The heading of a year says first half; the whole year is read.",
        change=in_file(
            BORLAND,
            cell("Tip line", "B3", "Reports received (first half)"),
            adapter=(("Reports received", "Reports received (first half)"),),
        ),
        raises=("heading-fits-period",),
        at=Place(file=BORLAND, cell="'Tip line'!B3"),
    ),
)
