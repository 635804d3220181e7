"""Units, stages, conduct and ages that change inside a series."""

from __future__ import annotations

from corpus.changes import in_file, of, put, together
from corpus.pieces import BORLAND
from corpus.record import Fault

FAULTS = (
    Fault(
        name="cases-then-persons",
        says="Cases are counted up to 2018, persons in 2019.",
        change=put(of("xba_recorded", "2019"), counting_unit="PERSON"),
        raises=("unit-stable",),
        at=of("xba_recorded", "2019"),
        tolerated=(
            "heading-fits-unit",
            "reports-presented-as-cases",
        ),
    ),
    Fault(
        name="offences-then-cases",
        says="Caldonia counts cases instead of offences in one year in the middle.",
        change=put(
            of("xca_children", "2017-04-01/P1Y", "RECORDED"), counting_unit="CASE"
        ),
        raises=("unit-stable",),
        at=of("xca_children", "2017-04-01/P1Y", "RECORDED"),
    ),
    Fault(
        name="victims-then-persons",
        says="In the first year persons are counted where later victims are.",
        change=in_file(
            BORLAND,
            lambda book: [
                row.__setitem__(3, "persons")
                for row in book["Cases"][4:]
                if row[0] == 2017 and row[1] == "Victims identified"
            ],
        ),
        raises=("unit-stable",),
        at=of("xba_cases", "2017", "VICTIM_IDENTIFIED", sex="F"),
    ),
    Fault(
        name="cases-for-persons",
        says="Convictions are counted in cases in one year, in persons in the others.",
        change=put(of("xea_online", "2018", "CONVICTED"), counting_unit="CASE"),
        raises=("unit-stable",),
        at=of("xea_online", "2018", "CONVICTED"),
        tolerated=("heading-fits-unit",),
    ),
    Fault(
        name="stage-changes",
        says="Convictions are given in 2019 where cases were given before.",
        change=put(of("xba_recorded", "2019"), stage="CONVICTED"),
        raises=("stage-stable",),
        at=of("xba_recorded", "2019"),
        tolerated=(
            "declared-years-present",
            "heading-fits-stage",
        ),
    ),
    Fault(
        name="stage-changes-in-province-table",
        says="The provinces give arrests in their first year.",
        change=put(of("xba_provinces", "2017"), stage="ARRESTED"),
        raises=("stage-stable",),
        at=of("xba_provinces", "2017", ref_area="XBA_N"),
        tolerated=(
            "declared-years-present",
            "heading-fits-stage",
        ),
    ),
    Fault(
        name="scope-changes",
        says="One year counts abuse in all settings, the others online abuse.",
        change=put(of("xba_recorded", "2018"), scope="CSEA"),
        raises=("scope-stable",),
        at=of("xba_recorded", "2018"),
        tolerated=(
            "csea-presented-as-ocsea",
            "heading-fits-scope",
        ),
    ),
    Fault(
        name="scope-changes-for-stage",
        says="Convictions are those for all abuse of children in one year.",
        change=put(of("xea_online", "2018", "CONVICTED"), scope="CSEA"),
        raises=("scope-stable",),
        at=of("xea_online", "2018", "CONVICTED"),
        tolerated=(
            "csea-presented-as-ocsea",
            "heading-fits-scope",
        ),
    ),
    Fault(
        name="ages-change",
        says="The victims are those up to 15 in the last year, up to 17 before.",
        change=put(of("xba_victim_ages", "2019", statistic="COUNT"), age_group="Y0T15"),
        raises=("child-age-group-stable",),
        at=of("xba_victim_ages", "2019", statistic="COUNT"),
    ),
    Fault(
        name="ages-change-in-regions",
        says="Victims by region are those up to 15 in the last year, up to 17 before.",
        change=together(
            put(of("xca_regions", stage="VICTIM_IDENTIFIED"), age_group="Y0T17"),
            put(
                of("xca_regions", "2019-04-01/P1Y", "VICTIM_IDENTIFIED"),
                age_group="Y0T15",
            ),
        ),
        raises=("child-age-group-stable",),
        at=of("xca_regions", "2019-04-01/P1Y", "VICTIM_IDENTIFIED", ref_area="XCA_L"),
    ),
    Fault(
        name="label-widens",
        says="A label is taken for broader than its code in the last year.",
        change=put(
            of("xfa_online", "2019", "RECORDED", offence="030221"),
            offence_relation="broader",
        ),
        raises=("offence-relation-stable",),
        at=of("xfa_online", "2019", "RECORDED", offence="030221"),
    ),
    Fault(
        name="label-narrows-in-fiscal-year",
        says="A label overlaps with its code in the second year, is exact in others.",
        change=put(
            of("xca_offences", "2017-04-01/P1Y", offence="030222"),
            offence_relation="exact",
        ),
        raises=("offence-relation-stable",),
        at=of("xca_offences", "2017-04-01/P1Y", offence="030222"),
    ),
)
