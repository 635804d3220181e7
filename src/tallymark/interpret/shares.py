"""How much of a total stands under each of its caveats, and which areas bring it.

A big total carries every caveat of its parts, which by itself tells nobody anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tallymark.engine.duckdb import Connection, connect, records
from tallymark.engine.sql import identifier, identifiers
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import figures_of
from tallymark.interpret.propagate import total
from tallymark.model.figure import WORD_BITS, Figure

_N_AREAS = 3
_Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class CaveatShare:
    """The share of one total that stands under one caveat, from 0 to 1.

    `share` is None unless all parts have a number; then it lies between `low` and `high`.
    A caveat of the total alone, which no part carries, is on the whole of it.
    """

    group: Mapping[str, object]
    caveat: str
    share: float | None
    low: float
    high: float
    n_parts: int
    """Parts under the caveat, with a number or without."""
    n_all_parts: int
    areas: tuple[tuple[str, float], ...]
    """The areas that bring most of it, and which part of it each brings."""

    def __str__(self) -> str:
        where = ", ".join(str(value) for value in self.group.values())
        said = "all of it" if self.low == 1 else f"{self.low:.0%} to {self.high:.0%}"
        if self.share is not None and self.low != 1:
            said = f"{self.share:.1%}"
        parts = f"{self.n_parts:,} of {self.n_all_parts:,} parts"
        told = f"{where}: {self.caveat} on {said} ({parts})"
        brought = ", ".join(f"{area} {share:.0%}" for area, share in self.areas)
        return f"{told}; most of it from {brought}" if brought else told


def caveat_shares(
    figures: pa.Table, by: Sequence[str], catalogue: Catalogue
) -> tuple[CaveatShare, ...]:
    """Return the share of each group's total under each of its caveats, largest first.

    Every caveat of every total is there. A refused total has no shares to speak of; its
    caveats are on the whole of it.
    """
    totals = figures_of(total(figures, by, catalogue), catalogue)
    slugs = sorted({slug for figure in totals for slug in figure.caveats})
    connection = connect({"figures": figures})
    groups = {_key(row, by): row for row in _sums(connection, by, slugs, catalogue)}
    areas: dict[tuple[object, ...], list[_Row]] = {}
    with_area = list(dict.fromkeys([*by, "ref_area"]))
    for row in _sums(connection, with_area, slugs, catalogue):
        areas.setdefault(_key(row, by), []).append(row)
    return tuple(
        share
        for figure in totals
        for share in _of_total(
            figure, groups[_key(figure.type, by)], areas[_key(figure.type, by)], by
        )
    )


def _key(row: Mapping[str, object], by: Sequence[str]) -> tuple[object, ...]:
    return tuple(row[name] for name in by)


def _sums(
    connection: Connection,
    by: Sequence[str],
    slugs: Sequence[str],
    catalogue: Catalogue,
) -> list[dict[str, Any]]:
    """Return per group the value, bounds and parts under each caveat, and of all."""
    columns = [identifier(name) for name in by]
    for slug, test in {"": "true", **_tests(slugs, catalogue)}.items():
        columns += [
            f"coalesce(sum({number}) filter ({test}), 0) "
            f"as {identifier(f'{name} {slug}')}"
            for name, number in (
                ("value", "try_cast(value as decimal(38, 6))"),
                ("low", "try_cast(value_low as decimal(38, 6))"),
                ("high", "try_cast(value_high as decimal(38, 6))"),
                ("open", "(value_high is null)::integer"),
                ("n", "1"),
                ("gaps", "(value is null)::integer"),
            )
        ]
    group = f"group by {identifiers(by)}" if by else ""
    return records(connection, f"select {', '.join(columns)} from figures {group}")


def _tests(slugs: Sequence[str], catalogue: Catalogue) -> dict[str, str]:
    places = {
        slug: divmod(catalogue.order.slugs.index(slug), WORD_BITS) for slug in slugs
    }
    return {
        slug: f"where (sticky_{word} | derived_{word}) & {1 << bit}::bigint <> 0"
        for slug, (word, bit) in places.items()
    }


def _of_total(
    figure: Figure, sums: _Row, areas: Sequence[_Row], by: Sequence[str]
) -> list[CaveatShare]:
    found = [_share(slug, sums, areas, by) for slug in figure.caveats]
    return sorted(found, key=lambda share: (-share.high, -share.low))


def _share(
    slug: str, sums: _Row, areas: Sequence[_Row], by: Sequence[str]
) -> CaveatShare:
    group = {name: sums[name] for name in by}
    n_all, n_under = int(sums["n "]), int(sums[f"n {slug}"])
    low, high = _bounds(slug, sums) if n_under else (1.0, 1.0)
    whole = float(sums["value "])
    is_known = not sums["gaps "] and whole > 0 and n_under > 0
    share = float(sums[f"value {slug}"]) / whole if is_known else None
    return CaveatShare(
        group=group,
        caveat=slug,
        share=share if n_under else 1.0,
        low=low,
        high=high,
        n_parts=n_under,
        n_all_parts=n_all,
        areas=_most(slug, areas),
    )


def _bounds(slug: str, sums: _Row) -> tuple[float, float]:
    """Between what the share must lie; parts without a number may be anything."""
    low, high = float(sums[f"low {slug}"]), float(sums[f"high {slug}"])
    is_open = bool(sums[f"open {slug}"])
    low_rest, high_rest = (
        float(sums[f"{n} "]) - float(sums[f"{n} {slug}"]) for n in ("low", "high")
    )
    least, most = 0.0, 1.0
    if sums["open "] == sums[f"open {slug}"] and low + high_rest:
        least = low / (low + high_rest)
    if not is_open and high + low_rest:
        most = high / (high + low_rest)
    return least, most


def _most(slug: str, areas: Sequence[_Row]) -> tuple[tuple[str, float], ...]:
    values = {str(row["ref_area"]): float(row[f"value {slug}"]) for row in areas}
    whole = sum(values.values())
    largest = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return tuple((area, v / whole) for area, v in largest[:_N_AREAS] if v > 0)
