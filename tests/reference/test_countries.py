"""Country facts: the files themselves, and which facts act at a period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.documents import load
from tallymark.model.context import Reference, is_invented
from tallymark.model.country import (
    CAPACITY,
    CONDUCT,
    CapacityAnswer,
    Country,
    Fact,
    LegalGap,
    Statute,
)
from tallymark.model.series import Source

FOLDER = Path(__file__).parents[2] / "src/tallymark/reference/countries"
FILES = sorted(FOLDER.glob("*.yaml"))
SOURCE = Source(title="A page")
Y2018 = (date(2018, 1, 1), date(2018, 12, 31))
Y2019 = (date(2019, 1, 1), date(2019, 12, 31))


def country(
    *,
    unit: tuple[CapacityAnswer, ...] = (),
    statutes: tuple[Statute, ...] = (),
    gaps: tuple[LegalGap, ...] = (),
) -> Country:
    return Country(
        version=1,
        iso3="XAA",
        name="Exampleland",
        capacity={"unit": unit},
        statutes=statutes,
        legal_gaps=gaps,
        source=SOURCE,
    )


def answer(
    said: str,
    start: date | None = None,
    end: date | None = None,
    basis: str = "sourced",
) -> CapacityAnswer:
    return CapacityAnswer(
        answer=said,  # type: ignore[arg-type]  # a test may name any answer
        basis=basis,  # type: ignore[arg-type]  # and any basis
        start=start,
        end=end,
        source=SOURCE,
    )


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_country_file_loads_and_every_acting_fact_has_a_source(
    path: Path,
) -> None:
    found = load(path, Country)
    assert found.iso3 == path.stem
    assert tuple(found.capacity) == CAPACITY, "all five questions, in their order"
    assert found.invented == is_invented(found.iso3)
    said = [(a.basis, a.source) for answers in found.capacity.values() for a in answers]
    said += [(law.basis, law.source) for law in found.statutes]
    said += [(gap.basis, gap.source) for gap in found.legal_gaps]
    said += [(fact.basis, fact.source) for fact in found.facts.values()]
    assert all(basis == "background" or source is not None for basis, source in said)


def test_a_country_of_the_sample_has_a_file() -> None:
    assert {"KEN", "ZAF", "THA", "ETH", "XAA"} <= {path.stem for path in FILES}


@pytest.mark.parametrize(
    ("answers", "period", "expected"),
    [
        ((), Y2019, "unknown"),
        ((answer("yes"),), Y2019, "yes"),
        ((answer("yes", basis="inferred"),), Y2019, "unknown"),
        ((answer("no", basis="background"),), Y2019, "unknown"),
        ((answer("yes", date(2019, 5, 20)),), Y2019, "partial"),
        ((answer("yes", date(2019, 5, 20)),), Y2018, "unknown"),
        ((answer("no", end=date(2019, 3, 31)),), Y2018, "no"),
        ((answer("no", end=date(2019, 3, 31)),), Y2019, "unknown"),
        (
            (answer("no", end=date(2019, 3, 31)), answer("yes", date(2019, 5, 20))),
            Y2019,
            "partial",
        ),
        ((answer("no"), answer("yes", date(2019, 5, 20))), Y2019, "partial"),
        (
            (
                answer("partial", end=date(2019, 3, 24)),
                answer("partial", date(2019, 3, 25)),
            ),
            Y2019,
            "partial",
        ),
    ],
)
def test_capacity_is_what_sourced_answers_say_of_the_whole_period(
    answers: tuple[CapacityAnswer, ...], period: tuple[date, date], expected: str
) -> None:
    assert country(unit=answers).capacity_at("unit", *period) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2019, 7, 1), None, True),
        (None, date(2019, 6, 30), True),
        (date(2019, 1, 1), None, False),  # in force on every day of the year
        (None, date(2019, 12, 31), False),
        (None, date(2019, 1, 1), True),  # in force on its first day only
        (date(2019, 12, 31), None, True),
        (date(2020, 1, 1), None, False),
        (None, None, False),
    ],
)
def test_a_law_changes_a_period_if_it_was_in_force_for_part_of_it(
    start: date | None, end: date | None, expected: bool
) -> None:
    law = Statute(title="An Act", basis="sourced", start=start, end=end, source=SOURCE)
    assert bool(country(statutes=(law,)).law_changes(*Y2019)) is expected


def test_only_a_sourced_law_or_gap_acts() -> None:
    law = Statute(title="An Act", basis="background", start=date(2019, 7, 1))
    gap = LegalGap(conduct="livestream", basis="background")
    found = country(statutes=(law,), gaps=(gap,))
    assert found.law_changes(*Y2019) == ()
    assert found.conduct_not_named(*Y2019) == ()


@pytest.mark.parametrize(
    "record",
    [
        partial(Fact, value="yes"),
        partial(CapacityAnswer, answer="yes"),
        partial(Statute, title="An Act"),
        partial(LegalGap, conduct="grooming"),
    ],
    ids=["fact", "capacity", "law", "gap"],
)
def test_no_fact_is_called_sourced_without_a_source_or_ends_before_it_begins(
    record: Callable[..., Any],
) -> None:
    assert record(basis="background").source is None
    with pytest.raises(ValueError, match="a sourced fact names its source"):
        record(basis="sourced")
    with pytest.raises(ValueError, match="its last day is before its first"):
        record(basis="inferred", start=date(2019, 1, 2), end=date(2019, 1, 1))


def test_a_law_names_conduct_for_the_periods_it_covers_in_full() -> None:
    law = Statute(
        title="An Act",
        basis="sourced",
        start=date(2019, 1, 1),
        names=("grooming", "material"),
        source=SOURCE,
    )
    found = country(statutes=(law,))
    assert found.conduct_named(*Y2019) == ("material", "grooming")
    assert found.conduct_named(date(2018, 12, 31), date(2019, 12, 31)) == ()
    unsourced = Statute(title="A Bill", basis="background", names=("grooming",))
    assert country(statutes=(unsourced,)).conduct_named(*Y2019) == ()


def test_a_gap_counts_for_every_period_it_touches() -> None:
    gap = LegalGap(
        conduct="grooming", basis="sourced", end=date(2019, 7, 9), source=SOURCE
    )
    found = country(gaps=(gap,))
    assert found.conduct_not_named(*Y2018) == ("grooming",)
    assert found.conduct_not_named(*Y2019) == ("grooming",)
    assert found.conduct_not_named(date(2019, 7, 10), date(2019, 12, 31)) == ()


@pytest.mark.parametrize(
    ("iso3", "question", "period", "expected"),
    [
        ("KEN", "icse", Y2018, "no"),
        ("KEN", "icse", Y2019, "partial"),
        ("KEN", "unit", Y2019, "partial"),
        ("KEN", "tips_direct", Y2018, "unknown"),  # two sources disagree
        ("ETH", "icse", Y2018, "unknown"),  # inferred only
        ("ETH", "unit", Y2018, "unknown"),  # background only
        ("THA", "unit", Y2018, "yes"),
        ("ZAF", "unit", Y2018, "partial"),
        ("XAA", "unit", Y2018, "no"),
        ("XAA", "unit", Y2019, "yes"),
    ],
)
def test_capacity_of_the_sample_countries(
    iso3: str, question: str, period: tuple[date, date], expected: str
) -> None:
    found = load(FOLDER / f"{iso3}.yaml", Country)
    assert found.capacity_at(question, *period) == expected  # type: ignore[arg-type]  # parametrised


@pytest.mark.parametrize(
    ("iso3", "period", "expected"),
    [
        ("ETH", Y2018, ("access",)),
        ("THA", Y2018, ("grooming",)),
        ("KEN", Y2018, ()),  # only background entries
        ("ZAF", Y2018, ()),
        ("MYS", (date(2017, 1, 1), date(2017, 12, 31)), ("grooming",)),
        ("MYS", Y2018, ()),
        ("XAA", Y2018, ("grooming",)),
        ("XAA", Y2019, ()),
    ],
)
def test_conduct_that_was_no_named_offence(
    iso3: str, period: tuple[date, date], expected: tuple[str, ...]
) -> None:
    assert load(FOLDER / f"{iso3}.yaml", Country).conduct_not_named(*period) == expected


DAYS = st.dates(date(2016, 1, 1), date(2021, 1, 1)) | st.none()
BASES = st.sampled_from(["sourced", "inferred", "background"])


@st.composite
def countries(draw: st.DrawFn) -> Country:
    """A country with facts of every basis, many of them at odds with each other."""

    def one(
        record: Callable[..., Any], **fields: st.SearchStrategy[Any]
    ) -> st.SearchStrategy[Any]:
        def dated(start: date | None, end: date | None, **said: Any) -> Any:
            if start is not None and end is not None:
                start, end = min(start, end), max(start, end)
            return record(start=start, end=end, source=SOURCE, **said)

        return st.builds(dated, basis=BASES, start=DAYS, end=DAYS, **fields)

    def several(record: Callable[..., Any], **fields: st.SearchStrategy[Any]) -> Any:
        return tuple(draw(st.lists(one(record, **fields), max_size=5)))

    conduct = st.sampled_from(CONDUCT)
    fact = one(Fact, value=st.just("yes"))
    said = st.sampled_from(["yes", "no", "partial", "unknown"])
    return Country(
        version=1,
        iso3="XAA",
        name="Exampleland",
        capacity={
            question: several(CapacityAnswer, answer=said) for question in CAPACITY
        },
        statutes=several(
            Statute,
            title=st.sampled_from(["An Act", "A Bill"]),
            names=st.lists(conduct, max_size=3).map(tuple),
        ),
        legal_gaps=several(LegalGap, conduct=conduct),
        facts=draw(st.dictionaries(st.sampled_from(["a", "b"]), fact)),
        source=SOURCE,
    )


def asked(found: Country, start: date, end: date) -> list[object]:
    """Return all that a country answers about a period."""
    return [
        *(found.capacity_at(question, start, end) for question in CAPACITY),
        *(found.fact_at(name, start, end) for name in ("a", "b", "c")),
        found.capacity_changes(start, end),
        found.conduct_not_named(start, end),
        found.conduct_named(start, end),
        found.conduct_never_named(start, end),
        found.law_changes(start, end),
        found.laws_not_in_force(["An Act", "A Bill", "None"], start, end),
    ]


@given(countries(), DAYS, DAYS)
def test_a_country_answers_as_if_what_has_no_source_were_absent(
    found: Country, first: date | None, last: date | None
) -> None:
    start, end = sorted((first or date(2018, 1, 1), last or date(2018, 12, 31)))
    assert asked(found, start, end) == asked(found.sourced(), start, end)


@given(countries())
def test_a_run_knows_sourced_facts_alone(found: Country) -> None:
    (known,) = Reference(series={}, countries={"XAA": found}).countries.values()
    said = [a.basis for answers in known.capacity.values() for a in answers]
    said += [item.basis for item in (*known.statutes, *known.legal_gaps)]
    said += [fact.basis for fact in known.facts.values()]
    assert set(said) <= {"sourced"}
    assert known == found.sourced() == known.sourced()
    told = [a for answers in found.capacity.values() for a in answers]
    assert len(said) == [
        *(item.basis for item in (*told, *found.statutes, *found.legal_gaps)),
        *(fact.basis for fact in found.facts.values()),
    ].count("sourced")
