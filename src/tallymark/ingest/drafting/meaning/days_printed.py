"""Days that stand for the months, quarters or years that begin or end with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from tallymark.ingest.drafting.meaning.rule_words import RulePart

_LENGTHS = {1: "P1M", 3: "P3M", 6: "P6M", 12: "P1Y"}
"""Durations by their months."""


def day_part(labels: Sequence[str]) -> Iterator[RulePart]:
    """Give what printed days are of their periods, where all are first or last days.

    >>> [dict(part.block) for part in day_part(["2019-01-01", "2019-02-01"])]
    [{'named_by': 'first_day', 'length': 'P1M'}]
    >>> list(day_part(["2019-01-04", "2019-02-01"]))
    []
    """
    days = sorted({day for label in labels if (day := _day(label))})
    if not days or len(days) < len(set(labels)):
        return
    for name, days_on in (("first_day", 0), ("last_day", 1)):
        starts = [day + timedelta(days=days_on) for day in days]
        if any(start.day != 1 for start in starts):
            continue
        months = [start.year * 12 + start.month for start in starts]
        steps = {after - before for before, after in pairwise(months)}
        n_months = max(
            (n for n in _LENGTHS if all(step % n == 0 for step in steps)), default=1
        )
        block = {"named_by": name, "length": _LENGTHS[n_months if steps else 1]}
        why = f"{days[0]} is the {name.replace('_', ' ')} of a month, as all days are"
        yield RulePart(block, why, is_sure=len(days) > 1, others=({},))
        return


def _day(label: str) -> date | None:
    try:
        return date.fromisoformat(label[:10])
    except ValueError:
        return None
