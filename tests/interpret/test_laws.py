"""The laws of the caveat algebra, each on thousands of random figures full of traps.

Many small cases are added up in one statement: each has an `age_group` of its own, by
which the totals are grouped. The law on a figure set against itself stands with the
pairs. Source: docs/explanation/caveat-algebra.md.
"""

from __future__ import annotations

import random

import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tallymark.interpret import load_catalogue, total
from tallymark.interpret.masks import figures_of, recoded, with_slugs, with_words
from tallymark.interpret.resolution import resolve
from tallymark.interpret.select import split_figures
from tallymark.interpret.sums.rules import RULES
from tallymark.model.figure import BitOrder, Judgement

CATALOGUE = load_catalogue()
REFUSED = Judgement.REFUSED
CASE = "age_group"
NEW = {rule.caveat for rule in RULES}
WAYS = ("ref_area", "time_period", "sex", "series_id", "offence", "breakdown", "stage")
TRAPS = {
    "ref_area": ["XAA", "XAB", "XAC"],
    "time_period": [
        "2017",
        "2018",
        "2019",
        "2017-04-01/P1Y",
        "2017-09-11/P1Y",
        "2017-Q1",
    ],
    "stage": ["RECORDED", "CONVICTED", "PENDING"],
    "counting_unit": ["CASE", "PERSON", "UNSTATED", None],
    "sex": ["_T", "F", "M", None],
    "breakdown": ["_T", "by=a", "by=b", "other=a", None],
    "offence": ["03", "0301", "03011", "0302", None],
    "definition": ["base", "new-law", None],
    "obs_status": ["A", "B", "P B", None],
    "scope": ["OCSEA", "CSEA", None],
    "series_id": ["xaa", "xab"],
    "area_level": ["country", "region"],
    "statistic": ["COUNT", "RATE_100K"],
    "is_total": [True, False],
    "judgement": [0, 0, 1, 2],
    "obs_ids": [("one",), ("one", "two"), ("two",), ()],
}
"""Each column is drawn from these in about one row of four; else it is the plain one."""

few = settings(
    max_examples=2, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
seeds = st.integers(0, 2**32)


def _row(chance, slugs, traps):
    row = {name: chance.choice(TRAPS[name]) for name in ("ref_area", "time_period")}
    row |= {name: chance.choice(TRAPS[name]) for name in traps if chance.random() < 0.5}
    row["value"] = chance.choice([None, *map(float, range(12)), 2.0**52])
    if row["value"] is None and chance.random() < 0.5:
        row |= {"value_low": 1.0, "value_high": chance.choice([4.0, None])}
    elif row["value"] is not None and chance.random() < 0.2:
        row |= {"value_low": row["value"] // 2, "value_high": row["value"] + 3}
    drawn = chance.sample(slugs, 3)
    row |= {"caveats": tuple(drawn[:2]), "resolved": tuple(drawn[2:])}
    if row.get("judgement") == REFUSED:
        row |= dict.fromkeys(("value", "value_low", "value_high"))
    return row


@pytest.fixture(
    scope="module", params=[250, pytest.param(2500, marks=pytest.mark.slow)]
)
def drawn(request):
    """A function: cases, each a list of rows; half of them have few traps or none."""
    slugs = [s for s, c in sorted(CATALOGUE.caveats.items()) if c.kind == "sticky"]

    def draw(seed):
        chance = random.Random(seed)
        cases = []
        for _ in range(request.param):
            traps = chance.sample(sorted(TRAPS), chance.choice([0, 1, 2, 3]))
            n = chance.choice([1, 2, 2, 3, 4, 5])
            cases.append([_row(chance, slugs, traps) for _ in range(n)])
        return cases

    return draw


@pytest.fixture(scope="module")
def table_of(figure_table):
    """A function: the figures of cases, each case under a name of its own."""

    def made(cases):
        rows = [
            {"obs_ids": (f"{n:04}.{i}",), **row, CASE: f"case{n:04}"}
            for n, rows in enumerate(cases)
            for i, row in enumerate(rows)
        ]
        return figure_table(rows, CATALOGUE)

    return made


@pytest.fixture(scope="module")
def added(table_of):
    """A function: of each case its parts and its total, as Figures."""

    def add(cases, *, way=()):
        table = table_of(cases)
        steps = total(table, [CASE, *way], CATALOGUE) if way else table
        return _grouped(table, total(steps, [CASE], CATALOGUE))

    return add


def _grouped(table, totals):
    parts = {}
    for part in figures_of(table, CATALOGUE):
        parts.setdefault(part.type[CASE], []).append(part)
    wholes = figures_of(totals, CATALOGUE)
    return [(parts[whole.type[CASE]], whole) for whole in wholes]


@pytest.fixture(scope="module")
def sticky():
    def found(figure):
        kinds = {s: CATALOGUE.caveats[s].kind for s in figure.caveats}
        return {slug for slug, kind in kinds.items() if kind == "sticky"}

    return found


def _numbers(figure):
    return (figure.value, figure.low, figure.high)


@few
@given(seeds)
def test_law_1_caveats_of_a_group_are_those_of_its_members_and_new(
    added, sticky, drawn, seed
):
    for parts, whole in added(drawn(seed)):
        carried = set().union(*map(sticky, parts))
        assert carried <= sticky(whole)
        assert sticky(whole) <= carried | (NEW if len(parts) > 1 else set())


@few
@given(seeds)
def test_law_2_a_judgement_never_improves(added, drawn, seed):
    for parts, whole in added(drawn(seed)):
        assert whole.judgement >= max(part.judgement for part in parts)


@few
@given(seeds)
def test_law_3_the_order_of_rows_is_irrelevant(table_of, drawn, seed):
    table = table_of(drawn(seed))
    wholes = figures_of(total(table, [CASE], CATALOGUE), CATALOGUE)
    order = random.Random(seed).sample(range(len(table)), len(table))
    mixed = figures_of(total(table.take(order), [CASE], CATALOGUE), CATALOGUE)
    assert mixed == wholes


@few
@given(seeds, st.sampled_from(WAYS))
def test_law_4_in_parts_first_nothing_is_lost_and_nothing_laundered(
    added, sticky, drawn, seed, way
):
    cases = drawn(seed)
    for once, twice in zip(added(cases), added(cases, way=[way]), strict=True):
        (parts, whole), (_, whole_twice) = once, twice
        carried = set().union(*map(sticky, parts))
        assert carried <= sticky(whole_twice)
        codes = {part.type["offence"] for part in parts}
        if None in codes and len(codes) > 2:
            continue  # added over, codes look as if there never had been any
        assert whole_twice.judgement >= whole.judgement
        if whole_twice.judgement is not REFUSED:
            assert _numbers(whole_twice) == _numbers(whole)
        if sticky(whole_twice) == carried and not carried & NEW:
            assert sticky(whole) == carried
            assert whole_twice.judgement == whole.judgement


@few
@given(seeds)
def test_law_5_bounds_hold_the_value(added, drawn, seed):
    for _, whole in added(drawn(seed)):
        if whole.value is not None:
            assert whole.low <= whole.value <= whole.high
        if whole.low is not None and whole.high is not None:
            assert whole.low <= whole.high


@few
@given(seeds)
def test_law_6_the_sum_of_one_figure_is_that_figure(table_of, drawn, seed):
    singles = [[rows[0]] for rows in drawn(seed)]
    table = table_of(singles)
    once = total(table, [CASE], CATALOGUE)
    assert figures_of(once, CATALOGUE) == figures_of(table, CATALOGUE)
    several = total(table_of(drawn(seed)), [CASE], CATALOGUE)
    again = total(several, [CASE], CATALOGUE)
    assert figures_of(again, CATALOGUE) == figures_of(several, CATALOGUE)


@few
@given(seeds, st.integers(1, 9))
def test_law_7_wider_parts_give_wider_totals(added, drawn, seed, width):
    cases = drawn(seed)
    wider = [[_widened(row, width) for row in rows] for rows in cases]
    for (_, thin), (_, wide) in zip(added(cases), added(wider), strict=True):
        if thin.judgement is REFUSED:
            continue
        assert wide.low is None or (thin.low is not None and wide.low <= thin.low)
        assert wide.high is None or (thin.high is not None and wide.high >= thin.high)


def _widened(row, width):
    low = row.get("value_low", row["value"])
    high = row.get("value_high", row["value"])
    if row.get("judgement") == REFUSED:
        return row
    return {
        **row,
        "value_low": None if low is None else max(0.0, low - width),
        "value_high": None if high is None else high + width,
    }


@few
@given(seeds)
def test_law_8_identity_operations_change_nothing(
    table_of, tmp_path_factory, drawn, seed
):
    table = table_of(drawn(seed))
    order = CATALOGUE.order
    path = tmp_path_factory.mktemp("law") / "figures.parquet"
    pq.write_table(with_slugs(table, order), path)
    assert with_words(pq.read_table(path), order).equals(table)
    other = BitOrder(("aaa-first", *reversed(order.slugs)), "other")
    assert recoded(recoded(table, order, other), other, order).equals(table)
    kept, others = split_figures(table, {"series_id": ["xaa", "xab"]})
    assert kept.equals(table)
    assert not len(others)
    mixed = table.sort_by([("series_id", "descending"), ("value", "ascending")])
    held = sorted(map(repr, figures_of(mixed, CATALOGUE)))
    assert held == sorted(map(repr, figures_of(table, CATALOGUE)))


@few
@given(seeds)
def test_law_9_refusal_absorbs(added, drawn, seed):
    cases = drawn(seed)
    nothing = dict.fromkeys(("value", "value_low", "value_high"))
    for rows in cases:
        rows[-1] |= {"judgement": REFUSED.value, **nothing}
    for way in ((), ("ref_area",)):
        for _, whole in added(cases, way=way):
            assert whole.judgement is REFUSED
            assert _numbers(whole) == (None, None, None)


@few
@given(seeds)
def test_law_11_missing_is_not_zero(added, drawn, seed):
    for parts, whole in added(drawn(seed)):
        known = [part.value for part in parts if part.value is not None]
        assert (whole.n_present, whole.n_declared) == (len(known), len(parts))
        if len(known) < len(parts):
            assert whole.value is None
        if whole.judgement is REFUSED or len(parts) == 1:
            continue
        assert whole.low == sum(part.low or 0 for part in parts)
        if any(part.high is None for part in parts):
            assert whole.high is None
        if len(known) < len(parts):
            assert "part-missing" in whole.caveats
        elif "partial-geography" not in whole.caveats:
            assert whole.value == sum(known)


@few
@given(seeds)
def test_law_12_a_caveat_is_open_or_resolved_for_ever(table_of, sticky, drawn, seed):
    table = table_of(drawn(seed))
    held = [f for f in figures_of(table, CATALOGUE) if f.type["ref_area"] != "XAC"]
    slugs = set().union(*map(sticky, held)) - {"invented-figure"}
    slug = random.Random(seed).choice(sorted(slugs))
    evidence = ("It does not hold.", "a letter")
    after = resolve(table, slug, evidence, {"ref_area": ["XAA", "XAB"]}, CATALOGUE)
    for left, right in zip(
        figures_of(table, CATALOGUE), figures_of(after, CATALOGUE), strict=True
    ):
        assert {*left.caveats, *left.resolved} <= {*right.caveats, *right.resolved}
        assert (left.judgement, _numbers(left)) == (right.judgement, _numbers(right))
    for parts, whole in _grouped(after, total(after, [CASE], CATALOGUE)):
        known = set().union(*(sticky(part) | {*part.resolved} for part in parts))
        assert known <= sticky(whole) | {*whole.resolved}
        assert not sticky(whole) & {*whole.resolved}
