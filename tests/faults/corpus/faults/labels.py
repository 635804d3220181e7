"""Labels and notes that say something else than their figures."""

from __future__ import annotations

from corpus.changes import cell, in_file, of, put
from corpus.pieces import BORLAND, FENIZIA
from corpus.record import Fault, Place

FAULTS = (
    Fault(
        name="label-all-ages",
        says="An offence label says all ages in a table on children.",
        change=put(
            of("xca_offences", offence="030222"),
            offence_label="Sexual exploitation, all ages",
        ),
        raises=("label-fits-scope",),
        at=of("xca_offences", "2018-04-01/P1Y", offence="030222"),
    ),
    Fault(
        name="label-trafficking",
        says="An offence label says trafficking in a table on online abuse.",
        change=put(
            of("xfa_online", offence="030229"), offence_label="Tráfico de pessoas"
        ),
        raises=("label-fits-scope",),
        at=of("xfa_online", "2018", offence="030229"),
    ),
    Fault(
        name="label-victims-over-cases",
        says="An offence label says number of victims; cases are counted.",
        change=put(
            of("xba_cases", stage="RECORDED", offence="030223"),
            offence_label="Number of victims of grooming",
        ),
        raises=("label-fits-unit",),
        at=of("xba_cases", "2018", "RECORDED", offence="030223"),
    ),
    Fault(
        name="label-persons-over-offences",
        says="A label says persons suspected; offences are counted.",
        change=put(
            of("xca_offences", offence="030221"),
            offence_label="Persons suspected of live streaming",
        ),
        raises=("label-fits-unit",),
        at=of("xca_offences", "2019-04-01/P1Y", offence="030221"),
    ),
    Fault(
        name="label-under-12",
        says="A label says under 12 where children are those below 18.",
        change=put(
            of("xba_cases", offence="030229"),
            offence_label="Exploitation of children under 12 years",
        ),
        raises=("label-fits-child-age",),
        at=of("xba_cases", "2018", "CHARGED", offence="030229"),
    ),
    Fault(
        name="label-below-16-in-portuguese",
        says="A Portuguese label says below 16 where children are those below 18.",
        change=put(
            of("xfa_online", offence="030223"),
            offence_label="Aliciamento de menores de 16 anos em linha",
        ),
        raises=("label-fits-child-age",),
        at=of("xfa_online", "2017", offence="030223"),
    ),
    Fault(
        name="note-until-october",
        says="A remark says until 31 October; the figure is given for the year.",
        change=in_file(BORLAND, cell("Cases", "H61", "Until 31 October only")),
        raises=("note-fits-period",),
        at=Place(file=BORLAND, cell="Cases!F61"),
    ),
    Fault(
        name="note-in-portuguese-first-months",
        says="A Portuguese remark says January to June; the year is read.",
        change=in_file(FENIZIA, cell("fenizia", "H24", "Janeiro a junho")),
        raises=("note-fits-period",),
        at=Place(file=FENIZIA, cell="R24C6"),
    ),
)
