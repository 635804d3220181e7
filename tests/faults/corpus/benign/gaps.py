"""True zeros, and gaps with their reasons."""

from __future__ import annotations

from corpus.changes import country, country_law, of, put, take, together
from corpus.clean.borland import book
from corpus.pieces import GROOMING_GAP, NOT_AN_OFFENCE
from corpus.record import Benign


def _left() -> float:
    return float(book()["Courts"][5][4])


BENIGN = (
    Benign(
        name="true-zero-in-breakdown",
        says="No woman was convicted: a true zero, and the men are the total.",
        change=together(
            put(of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="F"), obs_value=0.0),
            put(
                of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="M"),
                obs_value=99.0 + 6.0,
            ),
            put(
                of("xda_charges", "2016-09-11/P1Y", "CHARGED", sex="_T"),
                obs_value=105.0,
            ),
        ),
    ),
    Benign(
        name="true-zero-of-rare-offence",
        says="No case of a rare offence in two years; the law named it throughout.",
        change=put(
            of("xca_offences", "2018-04-01/P1Y", offence="030221"), obs_value=0.0
        ),
    ),
    Benign(
        name="true-zero-in-small-province",
        says="The smallest province has no case in 2018; the next one has them.",
        change=together(
            put(of("xba_provinces", "2018", ref_area="XBA_W"), obs_value=0.0),
            put(of("xba_provinces", "2018", ref_area="XBA_E"), obs_value=71.0 + 15.0),
        ),
    ),
    Benign(
        name="zero-pending",
        says="Nothing is pending at the end: all cases are completed.",
        change=together(
            put(
                of("xba_courts", "2019", "OTHER"),
                obs_value=lambda r: r["obs_value"] + _left(),
            ),
            put(of("xba_courts", "2019", breakdown="flow=closing"), obs_value=0.0),
        ),
    ),
    Benign(
        name="not-an-offence",
        says="Grooming was no offence, and the file says so instead of giving 0.",
        change=together(
            put(
                of(
                    "xca_offences",
                    ("2016-04-01/P1Y", "2017-04-01/P1Y"),
                    offence="030221",
                ),
                obs_value=None,
                missing_reason="NOT_CRIMINALISED",
                obs_status="M",
            ),
            country_law("XCA", "Penal Code of XCA", names=("material", "possession")),
            country_law(
                "XCA", "Online Child Protection Act of XCA", names=("grooming",)
            ),
        ),
    ),
    Benign(
        name="zero-before-law-explained",
        says="Grooming was no offence up to 2018, and has figures from 2019 on.",
        change=together(
            put(of("xfa_online", ("2017", "2018"), offence="030223"), **NOT_AN_OFFENCE),
            put(of("xfa_online", "2017", offence="030229"), obs_value=238.0 + 613.0),
            put(of("xfa_online", "2018", offence="030229"), obs_value=261.0 + 670.0),
            country("XFA", legal_gaps=(GROOMING_GAP,)),
            country_law(
                "XFA",
                "Online Child Protection Act of XFA",
                names=("material", "possession"),
            ),
            country_law("XFA", "Penal Code of XFA", names=("material",)),
        ),
    ),
    Benign(
        name="no-woman-in-any-year",
        says="No woman was charged in any year: men are the total.",
        change=together(
            put(of("xda_charges", stage="CHARGED", sex="F"), obs_value=0.0),
            take(of("xda_charges", stage="CHARGED", sex="M"), {"sex": "_T"}),
        ),
    ),
    Benign(
        name="zero-in-region",
        says="The smallest region has no victim in the first year.",
        change=put(
            of("xca_regions", "2016-04-01/P1Y", "VICTIM_IDENTIFIED", ref_area="XCA_C"),
            obs_value=0.0,
        ),
    ),
    Benign(
        name="gap-with-reason",
        says="A year was not recorded, and the file says so.",
        change=put(
            of("xea_online", "2017", "CONVICTED"),
            obs_value=None,
            missing_reason="NOT_RECORDED",
            obs_status="L",
        ),
    ),
    Benign(
        name="declined",
        says="A country declined to give one stage.",
        change=put(
            of("xfa_online", stage="CONVICTED"),
            obs_value=None,
            missing_reason="DECLINED",
            obs_status="O",
        ),
    ),
    Benign(
        name="not-provided-all",
        says="Nothing was provided for a country, and the table says so.",
        change=put(
            of("tips_by_country", ref_area="XDA"),
            obs_value=None,
            missing_reason="NOT_PROVIDED",
            obs_status="O",
        ),
    ),
    Benign(
        name="included-elsewhere-and-marked",
        says="One offence is included in another, and both figures say so.",
        change=together(
            put(
                of("xfa_online", "2019", "RECORDED", offence="030223"),
                obs_value=None,
                missing_reason="INCLUDED_ELSEWHERE",
                obs_status="K",
                notes="Included in “Outros”.",
            ),
            put(
                of("xfa_online", "2019", "RECORDED", offence="030229"),
                obs_status="W",
                obs_value=lambda row: row["obs_value"] + 710.0,
                notes="Includes “Aliciamento de crianças em linha”.",
            ),
        ),
    ),
    Benign(
        name="one-year-provisional",
        says="The last year is provisional.",
        change=put(of("xba_cases", "2019"), obs_status="P"),
    ),
    Benign(
        name="estimated",
        says="One figure is an estimate, and is marked as one.",
        change=put(of("xba_recorded", "2012"), obs_status="E"),
    ),
)
