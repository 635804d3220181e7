"""What may stand beside the figures of one country, grouped by what decides it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa

from tallymark.engine.duckdb import connect, query, rows
from tallymark.engine.sql import literal
from tallymark.errors import UsageError
from tallymark.interpret.capacity import capacity_readings
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.chance.words import area_names
from tallymark.interpret.comparison import compare
from tallymark.model.comparison import Beside, Comparison, Kind, Neighbours, Weighed
from tallymark.model.context import Reference
from tallymark.model.figure import Figure, Judgement
from tallymark.model.statement import Reason

_KIND = (
    "ref_area", "series_id", "stage", "counting_unit", "scope", "offence", "statistic",
)  # fmt: skip
_KIND_FIELDS = ("area", *_KIND[1:])

NO_COUNTERPART = Reason(
    "no-counterpart",
    "There is no figure of the same stage and period.",
    "Figures of the same stage and period.",
)

Seen = dict[Kind, list[str]]


def beside(
    figures: pa.Table,
    area: str,
    catalogue: Catalogue,
    reference: Reference,
) -> Beside:
    """Return a country's capacity, and for each kind of its figures what may stand by it.

    Only countries are set beside it; figures without a number are left out. Of figures
    that are broken down, the totals are taken where there are any.

    Raises:
        UsageError: there is no such country.
    """
    names = area_names()
    if area not in names and area not in reference.countries:
        raise UsageError(
            f"there is no country {area!r}.", hint="Use its code of three letters: KEN."
        )
    chosen = _countries(figures)
    kinds = _kinds(chosen)
    own = [kind for kind in kinds if kind.area == area]
    found = compare(chosen, catalogue, reference, among=area).items if own else ()
    pairs = _by_kind(found)
    period = _period(chosen, area)
    return Beside(
        area=area,
        period=None if period is None else (str(period[0]), str(period[1])),
        capacity=capacity_readings(reference.countries.get(area), period),
        kinds=tuple(
            (
                _with_periods(kind, kinds[kind]),
                _neighbours(kind, pairs.get(kind, []), kinds),
            )
            for kind in own
        ),
        names={**names, **{s.id: s.title for s in reference.series.values()}},
    )


def _countries(figures: pa.Table) -> pa.Table:
    """Return the figures of countries that have a number, as little cut as they are."""
    cut = " + ".join(
        f"(coalesce({name}, '_T') <> '_T')::integer"
        for name in ("sex", "age_group", "breakdown")
    )
    cell = "series_id, ref_area, stage, counting_unit, time_period"
    chosen = query(
        connect({"figures": figures}),
        f"select * exclude (n_cut, fewest) from (select *, min(n_cut) over "
        f"(partition by {cell}) as fewest from (select *, {cut} as n_cut from figures "
        "where ref_area <> 'WORLD' and not contains(ref_area, '_') "
        "and period_start is not null "
        "and (value is not null or value_high is not null))) "
        "where n_cut = fewest",
    )
    return chosen.cast(figures.schema)


def _kinds(figures: pa.Table) -> Seen:
    """Return what is counted, in order, with the periods of each."""
    names = ", ".join(_KIND)
    found = rows(
        connect({"figures": figures}),
        f"select {names}, list(distinct time_period order by time_period) "
        f"from figures group by {names} order by {names}",
    )
    return {
        Kind(**dict(zip(_KIND_FIELDS, row[:-1], strict=True))): row[-1] for row in found
    }


def _kind(figure: Figure) -> Kind:
    series_id, stage, unit, scope, offence, statistic = (
        None if (code := figure.type[name]) is None else str(code) for name in _KIND[1:]
    )
    return Kind(
        area=str(figure.type["ref_area"]),
        series_id=series_id,
        stage=stage,
        counting_unit=unit,
        scope=scope,
        offence=offence,
        statistic=statistic,
    )


def _with_periods(kind: Kind, periods: Iterable[str]) -> Kind:
    return replace(kind, periods=tuple(sorted(set(periods))))


def _period(figures: pa.Table, area: str) -> tuple[date, date] | None:
    ((first, last),) = rows(
        connect({"figures": figures}),
        "select min(period_start), max(period_end) from figures "
        f"where ref_area = {literal(area)}",
    )
    return None if first is None else (first, last)


def _by_kind(found: Iterable[Comparison]) -> dict[Kind, list[tuple[Kind, Comparison]]]:
    pairs: dict[Kind, list[tuple[Kind, Comparison]]] = {}
    for item in found:
        pairs.setdefault(_kind(item.a), []).append((_kind(item.b), item))
    return pairs


def _neighbours(
    kind: Kind, found: Sequence[tuple[Kind, Comparison]], kinds: Seen
) -> tuple[Neighbours, ...]:
    """Group what stands beside a kind, best first: by what refuses, or by the series."""
    groups: dict[tuple[object, ...], list[tuple[Kind, Comparison]]] = {}
    for other, item in found:
        slugs = tuple(reason.slug for reason in item.refusing)
        is_other_series = not slugs and other.series_id != kind.series_id
        key = (item.judgement, len(slugs), slugs, is_other_series)
        groups.setdefault(key, []).append((other, item))
    told = [_group(pairs) for _, pairs in sorted(groups.items())]
    met = {other for other, _ in found}
    alone = {k: p for k, p in kinds.items() if k.area != kind.area and k not in met}
    if alone:
        told.append(
            Neighbours(
                judgement=Judgement.REFUSED,
                kinds=_all_periods(alone),
                reasons=(Weighed(NO_COUNTERPART, 0),),
                n_pairs=0,
            )
        )
    return tuple(told)


def _group(pairs: Sequence[tuple[Kind, Comparison]]) -> Neighbours:
    """One group: of those that are not comparable, only what refuses is told."""
    counted: Counter[Reason] = Counter()
    seen: Seen = {}
    for other, item in pairs:
        counted.update(item.refusing or item.flagging)
        seen.setdefault(other, []).append(str(item.b.type["time_period"]))
    return Neighbours(
        judgement=pairs[0][1].judgement,
        kinds=_all_periods(seen),
        reasons=tuple(Weighed(reason, n) for reason, n in counted.most_common()),
        n_pairs=len(pairs),
    )


def _all_periods(seen: Seen) -> tuple[Kind, ...]:
    return tuple(_with_periods(k, seen[k]) for k in sorted(seen, key=_place))


def _place(kind: Kind) -> tuple[str, ...]:
    return tuple(str(getattr(kind, name)) for name in _KIND_FIELDS)
