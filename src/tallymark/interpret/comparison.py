"""The comparison guard: which figures may stand beside which, why, and what would lift it.

Two figures are compared if they are of one stage and breakdown, and of periods that
overlap by more than half; in one series, also of one offence and statistic. All else
that differs is a reason. Ranks are given as joint intervals only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa

from tallymark.engine.duckdb import Connection, query, records, rows
from tallymark.engine.sql import literal, literals
from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.lifts import lift
from tallymark.interpret.masks import figures_of
from tallymark.interpret.pairs import create_sides
from tallymark.interpret.pairs.facts import create_pairs
from tallymark.interpret.pairs.results import judged_sql, number_columns
from tallymark.model.codes import Statistic, Use, Weight
from tallymark.model.comparison import (
    Bounded,
    Comparison,
    Comparisons,
    Ranking,
    RankInterval,
    is_without_number,
)
from tallymark.model.context import Reference
from tallymark.model.figure import Figure, Judgement, figure_schema
from tallymark.model.statement import Reason

MOST_PAIRS = 20_000
"""More pairs than that are no comparison that anybody reads."""
MOST_PAIRS_OF_ONE_AREA = 200_000
"""Pairs of one area with all others, which are grouped before they are read."""

JOINT_METHOD = "exact Poisson limits, Bonferroni (Klein, Wright and Wieczorek 2020)"

_CELL = ("stage", "sex", "age_group", "breakdown")
_SERIES_CELL = ("offence", "statistic")
_SHORTER = "least(a.period_end - a.period_start, b.period_end - b.period_start) + 1"
_OVERLAP = (
    "least(a.period_end, b.period_end) - greatest(a.period_start, b.period_start) + 1"
)
_UNRANKED = frozenset({"definitions-differ", "periods-differ"})
"""What a comparison only flags, and ranks do not bear unless it is resolved."""

_UNLIKE = (
    (("stage",), "stages-mixed"),
    (("statistic",), "unit-mismatch"),
    (("offence",), "scopes-mixed"),
    (("sex", "age_group", "breakdown"), "total-with-its-parts"),
)
"""Why figures have no counterpart, if they differ in these dimensions."""

_DIGITS = 6
"""Decimals that are kept when a rate is turned back into its events."""

_Reasons = tuple[Reason, ...]
_Told = Callable[[Mapping[str, Any]], tuple[_Reasons, _Reasons]]

_NO_UNIT = {
    "no": "no-specialised-unit",
    "unknown": "capacity-unknown",
}
"""What an answer to the question for a unit raises when figures are ranked. Unknown is
not no, and yet nobody can say that a low count is more than low detection."""


def compare(
    figures: pa.Table,
    catalogue: Catalogue,
    reference: Reference,
    areas: Sequence[str] | None = None,
    among: str | None = None,
) -> Comparisons:
    """Return for each two figures of different areas whether they may be compared.

    All areas are compared with each other, or those in `areas`; with `among`, that area
    with every other.

    Raises:
        UsageError: an area has no figure, or there are too many pairs to read.
    """
    chosen = _areas(figures, areas, among)
    connection = create_sides(figures, figures)
    _pair_up(connection, chosen, among)
    create_pairs(connection, "from paired", "compare", reference)
    found = records(connection, _compared_sql(catalogue))
    known = _figures(connection, found, catalogue)
    told = _reader(catalogue)
    no_number = _reasons({"missing-not-zero"}, catalogue)
    items = tuple(_comparison(row, known, told, no_number) for row in found)
    met = {str(f.type["ref_area"]) for item in items for f in (item.a, item.b)}
    return Comparisons(items=items, alone=tuple(a for a in chosen if a not in met))


def rank(
    figures: pa.Table,
    catalogue: Catalogue,
    reference: Reference,
    confidence: float = 0.95,
) -> Ranking:
    """Return the ranks that each figure may have, all intervals holding together.

    One figure per area, counts or rates per population. Refused where two of them are
    not comparable, where definitions differ, or where a critical caveat limits ranking.

    Raises:
        UsageError: there are fewer than two figures, or two of one area.

    Source: Klein, Wright & Wieczorek 2020, JRSS A 183:589.
    """
    carried = figures_of(figures, catalogue)
    _check_rankable(carried)
    carried.sort(key=lambda figure: str(figure.type["ref_area"]))
    pairs = compare(figures, catalogue, reference)
    refusing, flagging = _rank_reasons(carried, pairs, catalogue, reference)
    bounds = [] if refusing else _joint_bounds(carried, confidence)
    return Ranking(
        intervals=rank_intervals(carried, bounds) if bounds else (),
        judgement=_judgement(refusing, flagging),
        refusing=_reasons(refusing, catalogue),
        flagging=_reasons(flagging, catalogue),
        confidence=confidence,
        method=JOINT_METHOD,
    )


def rank_intervals(
    figures: Sequence[Figure], bounds: Sequence[tuple[float, float]]
) -> tuple[RankInterval, ...]:
    """Return for each figure the ranks that no other figure's bounds rule out."""
    n = len(figures)
    return tuple(
        RankInterval(
            figure,
            1 + sum(other_high < low for _, other_high in bounds),
            n - sum(other_low > high for other_low, _ in bounds),
        )
        for figure, (low, high) in zip(figures, bounds, strict=True)
    )


def _areas(
    figures: pa.Table, areas: Sequence[str] | None, among: str | None
) -> tuple[str, ...]:
    held = {a for a in figures["ref_area"].unique().to_pylist() if a is not None}
    wanted = held if areas is None else set(areas)
    wanted |= {among} if among else set()
    if missing := sorted(wanted - held):
        raise UsageError(
            f"there is no figure of {', '.join(missing)}.",
            hint=f"There are figures of {', '.join(sorted(held)) or 'no area'}.",
        )
    return tuple(sorted(wanted))


def _pair_up(connection: Connection, areas: Sequence[str], among: str | None) -> None:
    cell = " and ".join(f"a.{name} is not distinct from b.{name}" for name in _CELL)
    sides = "a.ref_area < b.ref_area"
    if among is not None:
        sides = f"a.ref_area = {literal(among)} and b.ref_area <> a.ref_area"
    alike = " and ".join(
        f"a.{name} is not distinct from b.{name}" for name in _SERIES_CELL
    )
    inside = " and ".join(f"{s}.ref_area in {literals(areas or [''])}" for s in "ab")
    most = MOST_PAIRS if among is None else MOST_PAIRS_OF_ONE_AREA
    connection.execute(
        "create temp table paired as select a.row_id as a_id, b.row_id as b_id "
        f"from side_a a join side_b b on {sides} and {cell} and {inside} "
        f"and (a.series_id is distinct from b.series_id or ({alike})) "
        f"and 2 * ({_OVERLAP}) > {_SHORTER} limit {most + 1}"
    )
    ((n_pairs,),) = rows(connection, "select count(*) from paired")
    if n_pairs > most:
        raise UsageError(
            f"there are more than {most:,} pairs of figures.",
            hint="Choose areas, periods or stages with `where` first.",
        )


def _compared_sql(catalogue: Catalogue) -> str:
    masks = [
        f"{name}_{i}"
        for name in ("carried", "refusing", "limiting")
        for i in range(catalogue.order.n_words)
    ]
    columns = [
        '"a.row_id" as a_id, "b.row_id" as b_id, judged',
        *masks,
        *number_columns("compare", "ratio_"),
        *number_columns("difference", "difference_"),
    ]
    judged = judged_sql("compare", catalogue)
    return f"select {', '.join(columns)} from ({judged}) order by a_id, b_id"


def _figures(
    connection: Connection, found: Iterable[Mapping[str, Any]], catalogue: Catalogue
) -> dict[int, Figure]:
    ids = sorted({row[side] for row in found for side in ("a_id", "b_id")})
    if not ids:
        return {}
    schema = figure_schema(catalogue.order.n_words)
    table = query(
        connection,
        f"select * from side_a where row_id in {literals(ids)} order by row_id",
    )
    return dict(
        zip(ids, figures_of(table.select(schema.names), catalogue), strict=True)
    )


def _comparison(
    row: Mapping[str, Any],
    known: Mapping[int, Figure],
    told: _Told,
    no_number: _Reasons,
) -> Comparison:
    """Return two figures side by side; where one has no number, that refuses it first."""
    a, b = known[row["a_id"]], known[row["b_id"]]
    judgement = Judgement(row["judged"])
    refusing, flagging = told(row)
    if is_without_number(a) or is_without_number(b):
        judgement = Judgement.REFUSED
        refusing = (*no_number, *(r for r in refusing if r not in no_number))
    is_comparable = judgement is not Judgement.REFUSED
    return Comparison(
        a=a,
        b=b,
        judgement=judgement,
        refusing=refusing,
        flagging=flagging,
        difference=_bounded(row, "difference") if is_comparable else None,
        ratio=_bounded(row, "ratio") if is_comparable else None,
    )


def _reader(catalogue: Catalogue) -> _Told:
    """Return a function that reads a pair's reasons from its masks, each mask once."""
    order = catalogue.order
    critical = set(catalogue.limiting(Use.CROSS_COUNTRY, critical=True))
    others = set(catalogue.limiting(Use.CROSS_COUNTRY, critical=False))
    masks = [
        [f"{name}_{i}" for i in range(order.n_words)]
        for name in ("carried", "refusing", "limiting")
    ]

    @cache
    def read(judged: int, *words: tuple[int, ...]) -> tuple[_Reasons, _Reasons]:
        carried, refusing, limiting = (set(order.slugs_in(word)) for word in words)
        refusing |= limiting & critical
        if judged == Judgement.REFUSED and not refusing:
            # One of the two was refused before; its heaviest caveats say why.
            heaviest = {s for s in carried if _is_critical(s, catalogue)}
            refusing = heaviest or carried
        flagging = (carried & (critical | others)) - refusing
        return _reasons(refusing, catalogue), _reasons(flagging, catalogue)

    return lambda row: read(
        row["judged"],
        *(tuple(row[name] for name in names) for names in masks),
    )


def _is_critical(slug: str, catalogue: Catalogue) -> bool:
    return catalogue.caveats[slug].weight is Weight.CRITICAL


def _bounded(row: Mapping[str, Any], what: str) -> Bounded:
    names = ("value", "value_low", "value_high")
    return Bounded(*(row[f"{what}_{name}"] for name in names))


def _reasons(slugs: Iterable[str], catalogue: Catalogue) -> _Reasons:
    return tuple(_reason(slug, catalogue) for slug in catalogue.heaviest_first(slugs))


def _reason(slug: str, catalogue: Catalogue) -> Reason:
    caveat = catalogue.caveats[slug]
    return Reason(slug, caveat.sentence(), lift(slug, caveat.group))


def _check_rankable(carried: Sequence[Figure]) -> None:
    areas = [figure.type["ref_area"] for figure in carried]
    if len(carried) < 2 or None in areas or len(set(areas)) < len(areas):
        raise UsageError(
            "ranks need one figure for each of two areas or more.",
            hint="Choose one period, stage and breakdown with `where`.",
        )


def _rank_reasons(
    carried: Sequence[Figure],
    pairs: Comparisons,
    catalogue: Catalogue,
    reference: Reference,
) -> tuple[set[str], set[str]]:
    """What refuses ranks of these figures, and what must be read with them."""
    slugs = {slug for figure in carried for slug in figure.caveats}
    raised = {reason.slug for pair in pairs.items for reason in pair.reasons}
    refusing = slugs & set(catalogue.limiting(Use.RANKING, critical=True))
    refusing |= {reason.slug for pair in pairs.items for reason in pair.refusing}
    refusing |= raised & _UNRANKED
    if len(pairs.items) < len(carried) * (len(carried) - 1) // 2:
        refusing.add(_unlike(carried))
    refusing |= {_without_unit(figure, reference) for figure in carried} - {""}
    if any(figure.high is None for figure in carried):
        refusing.add("part-missing")
    if any(_per_event(figure) is None for figure in carried):
        refusing.add("quotient-of-quotients")
    others = set(catalogue.limiting(Use.RANKING, critical=False))
    return refusing, ((slugs & others) | raised) - refusing


def _unlike(carried: Sequence[Figure]) -> str:
    """The caveat that says why figures have no counterpart."""
    for names, slug in _UNLIKE:
        if len({tuple(figure.type[name] for name in names) for figure in carried}) > 1:
            return slug
    return "periods-differ"


def _without_unit(figure: Figure, reference: Reference) -> str:
    """The caveat of a count that nobody specialised could find; else nothing.

    Source: Disrupting Harm Data Insight 10, first key question.
    """
    start, end = figure.type["period_start"], figure.type["period_end"]
    country = reference.countries.get(str(figure.type["ref_area"]))
    if country is None or not isinstance(start, date) or not isinstance(end, date):
        return _NO_UNIT["unknown"]
    return _NO_UNIT.get(country.capacity_at("unit", start, end), "")


def _per_event(figure: Figure) -> float | None:
    """What one event adds to a figure; null if it is not made of events."""
    if figure.type["statistic"] == Statistic.COUNT:
        return 1.0
    if figure.type["statistic"] == Statistic.RATE_100K and figure.denominator:
        return 100_000 / figure.denominator
    return None


def _joint_bounds(
    carried: Sequence[Figure], confidence: float
) -> list[tuple[float, float]]:
    """Exact limits of each figure, wide enough that all hold at once.

    Where a count is only known between two numbers, the limits of both.
    """
    from tallymark.stats.poisson import garwood  # noqa: PLC0415  # scipy, for ranks alone

    each = 1 - (1 - confidence) / len(carried)
    bounds = []
    for figure in carried:
        step = _per_event(figure) or 1.0
        fewest = round((figure.low or 0.0) / step, _DIGITS)
        most = round((figure.high or 0.0) / step, _DIGITS)
        lowest = garwood(math.floor(fewest), confidence=each).low
        highest = garwood(math.ceil(most), confidence=each).high
        bounds.append((float(lowest) * step, float(highest) * step))
    return bounds


def _judgement(refusing: Iterable[str], flagging: Iterable[str]) -> Judgement:
    if any(refusing):
        return Judgement.REFUSED
    return Judgement.FLAG if any(flagging) else Judgement.OK
