"""What is known of the clean set's series and countries: every question is answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tallymark.model.context import Reference
from tallymark.model.country import (
    CAPACITY,
    CapacityAnswer,
    Country,
    LegalGap,
    Statute,
)
from tallymark.model.series import (
    CountingRule,
    Coverage,
    DefinitionChanges,
    DefinitionVersion,
    Expected,
    Series,
    SeriesCalendar,
    Source,
)

_SOURCE = Source(
    title="Invented for the fault corpus; the country does not exist",
    publisher="Tallymark",
)
_YEARS = ("2017", "2018", "2019")
_FROM_APRIL = tuple(f"{year}-04-01/P1Y" for year in (2016, 2017, 2018, 2019))
_ETHIOPIAN = ("2016-09-11/P1Y", "2017-09-11/P1Y", "2018-09-11/P1Y")
_QUARTERS = tuple(f"{year}-Q{quarter}" for year in _YEARS for quarter in (1, 2, 3, 4))
_RULE = CountingRule(
    principal_offence="no",
    stage_of_counting="input",
    attempts="included",
    multiple="counted_each",
)
_ALL_STAGES = ("RECORDED", "CHARGED", "PROSECUTED", "CONVICTED", "VICTIM_IDENTIFIED")


def reference() -> Reference:
    """Return all series and countries of the clean set."""
    return Reference(
        series={s.id: s for s in _series()}, countries={c.iso3: c for c in _countries()}
    )


def _one(id_: str, title: str, area: str, **answers: Any) -> Series:
    given: Mapping[str, Any] = {
        "version": 1,
        "provider": f"National Police of {area}",
        "definition_family": id_,
        "source_type": "police",
        "counting_unit": "CASE",
        "stage": "RECORDED",
        "scope": "OCSEA",
        "presented_scope": "OCSEA",
        "presented_unit": "unknown",
        "counting_rule": _RULE,
        "statutes": (f"Online Child Protection Act of {area}",),
        "child_age_below": 18,
        "coverage": Coverage(territory="national", agencies="all"),
        "calendar": SeriesCalendar(name="gregorian", first_month=1),
        "online_marker": "yes",
        "source": _SOURCE,
    }
    expected = {
        "areas": (area,),
        "periods": _YEARS,
        "stages": ("RECORDED",),
        "breakdowns": (),
    } | answers.pop("expected", {})
    return Series(
        id=id_, title=title, **{**given, **answers, "expected": Expected(**expected)}
    )


def _series() -> tuple[Series, ...]:
    return (*_borland(), *_caldonia(), *_single())


def _borland() -> tuple[Series, ...]:
    return (
        _one(
            "xba_cases",
            "Cases, persons and victims by stage, Borland",
            "XBA",
            definition_family="xba",
            stage="varies",
            counting_unit="varies",
            expected={"stages": _ALL_STAGES, "breakdowns": ("sex",)},
        ),
        _one(
            "xba_recorded",
            "Cases recorded since 2010, Borland",
            "XBA",
            definition_family="xba",
            presented_unit="CASE",
            expected={"periods": tuple(str(year) for year in range(2010, 2020))},
        ),
        _one(
            "xba_provinces",
            "Cases recorded by province, Borland",
            "XBA",
            definition_family="xba",
            presented_unit="CASE",
            expected={"areas": ("XBA", "XBA_N", "XBA_S", "XBA_E", "XBA_W")},
        ),
        _one(
            "xba_quarters",
            "Cases recorded by quarter, Borland",
            "XBA",
            definition_family="xba",
            presented_unit="CASE",
            expected={"periods": (*_YEARS, *_QUARTERS)},
        ),
        _one("xba_rates", "Cases per 100,000 inhabitants, Borland", "XBA",
             definition_family="xba"),
        _one(
            "xba_population",
            "Population of Borland",
            "XBA",
            provider="Statistics Borland",
            source_type="survey",
            stage="OTHER",
            counting_unit="PERSON",
            presented_unit="PERSON",
            scope="OTHER",
            presented_scope="OTHER",
            statutes=(),
            expected={"stages": ("OTHER",)},
        ),
        _one(
            "xba_victim_ages",
            "Victims by age, Borland",
            "XBA",
            stage="VICTIM_IDENTIFIED",
            counting_unit="VICTIM",
            presented_unit="VICTIM",
            expected={"stages": ("VICTIM_IDENTIFIED",), "breakdowns": ("age_group",)},
        ),
        _one(
            "xba_courts",
            "Court cases pending, in and out, Borland",
            "XBA",
            provider="Courts of Borland",
            source_type="court",
            stage="varies",
            presented_unit="CASE",
            expected={"stages": ("PENDING", "BROUGHT_TO_COURT", "OTHER")},
        ),
        _one(
            "xba_tips",
            "Reports to the tip line of Borland",
            "XBA",
            provider="Tip line of Borland",
            source_type="industry",
            stage="varies",
            counting_unit="REPORT",
            presented_unit="REPORT",
            scope="CYBERTIP",
            presented_scope="CYBERTIP",
            expected={"stages": ("REPORTED", "REFERRED")},
        ),
    )  # fmt: skip


def _caldonia() -> tuple[Series, ...]:
    shared: dict[str, Any] = {
        "definition_family": "xca",
        "scope": "CSEA",
        "presented_scope": "CSEA",
        "calendar": SeriesCalendar(name="gregorian", first_month=4),
        "online_marker": "no",
        "statutes": ("Penal Code of XCA",),
        "counting_rule": CountingRule(
            principal_offence="no",
            stage_of_counting="input",
            attempts="excluded",
            multiple="counted_each",
        ),
        "definitions": (
            DefinitionVersion(
                id="attempts-counted",
                start=date(2018, 4, 1),
                is_break=True,
                reason="Attempts are counted under the Children Act 2018.",
                changes=DefinitionChanges(
                    counting_rule=_RULE,
                    statutes=("Penal Code of XCA", "Children Act 2018 of XCA"),
                ),
                source=_SOURCE,
            ),
        ),
    }
    return (
        _one(
            "xca_children",
            "Exploitation and abuse of children by stage, Caldonia",
            "XCA",
            **shared,
            stage="varies",
            counting_unit="varies",
            expected={
                "periods": _FROM_APRIL,
                "stages": ("RECORDED", "ARRESTED", "CHARGED", "CONVICTED",
                           "VICTIM_IDENTIFIED"),
                "breakdowns": ("sex",),
            },
        ),
        _one(
            "xca_offences",
            "Offences against children by offence, Caldonia",
            "XCA",
            **shared,
            counting_unit="OFFENCE",
            presented_unit="OFFENCE",
            expected={"periods": _FROM_APRIL},
        ),
        _one(
            "xca_regions",
            "Exploitation and abuse of children by region, Caldonia",
            "XCA",
            **shared,
            stage="varies",
            counting_unit="varies",
            expected={
                "areas": ("XCA_H", "XCA_L", "XCA_P", "XCA_C"),
                "periods": _FROM_APRIL,
                "stages": ("RECORDED", "VICTIM_IDENTIFIED"),
            },
        ),
    )  # fmt: skip


def _single() -> tuple[Series, ...]:
    return (
        _one(
            "xda_charges",
            "Persons charged, Dorovia",
            "XDA",
            stage="varies",
            counting_unit="varies",
            calendar=SeriesCalendar(name="ethiopian", first_month=9),
            expected={
                "periods": _ETHIOPIAN,
                "stages": ("RECORDED", "CHARGED", "CONVICTED"),
                "breakdowns": ("sex",),
            },
        ),
        _one(
            "xea_online",
            "Online exploitation of children, Erewon",
            "XEA",
            stage="varies",
            counting_unit="varies",
            calendar=SeriesCalendar(name="buddhist", first_month=1),
            expected={"stages": ("RECORDED", "PROSECUTED", "CONVICTED")},
        ),
        _one(
            "xfa_online",
            "Exploração sexual de crianças em linha, Fenizia",
            "XFA",
            stage="varies",
            counting_unit="varies",
            expected={
                "stages": ("RECORDED", "CHARGED", "CONVICTED"),
                "breakdowns": ("sex",),
            },
        ),
        _one(
            "tips_by_country",
            "Reports of companies by country",
            "XBA",
            provider="Tip line abroad",
            source_type="industry",
            stage="REPORTED",
            counting_unit="REPORT",
            presented_unit="REPORT",
            scope="CYBERTIP",
            presented_scope="CYBERTIP",
            coverage=Coverage(territory="world", agencies="all"),
            statutes=(),
            expected={
                "areas": ("XBA", "XCA", "XDA", "XEA", "XFA"),
                "stages": ("REPORTED",),
            },
        ),
    )


def _countries() -> tuple[Country, ...]:
    children_act = Statute(
        title="Children Act 2018 of XCA",
        basis="sourced",
        start=date(2018, 4, 1),
        names=("grooming", "livestream"),
        source=_SOURCE,
    )
    return (
        _country("XBA", "Borland"),
        _country("XCA", "Caldonia", children_act),
        _country("XDA", "Dorovia"),
        _country("XEA", "Erewon"),
        _country("XFA", "Fenizia"),
    )


def _country(iso3: str, name: str, *laws: Statute) -> Country:
    act, code = (
        Statute(
            title=f"{title} of {iso3}",
            basis="sourced",
            start=date(year, 1, 1),
            names=("material", "possession", "access", "grooming", "livestream"),
            source=_SOURCE,
        )
        for title, year in (("Online Child Protection Act", 2009), ("Penal Code", 1997))
    )
    answer = CapacityAnswer(answer="yes", basis="sourced", source=_SOURCE)
    past = LegalGap(
        conduct="grooming", basis="sourced", end=date(2008, 12, 31), source=_SOURCE
    )
    return Country(
        version=1,
        iso3=iso3,
        name=name,
        invented=True,
        capacity=dict.fromkeys(CAPACITY, (answer,)),
        statutes=(code, act, *laws),
        legal_gaps=(past,),
        source=_SOURCE,
    )
