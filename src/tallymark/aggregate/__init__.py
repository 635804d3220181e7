"""An extract with a row per incident or report in, observations out: counts, no rows.

What comes out holds no id, no row and no small count, and nothing from which one of
them could be worked out. How many rows were left out is told by its order of size
alone, since a total of rows minus the printed counts would tell a hidden one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from tallymark.aggregate.count import count_units, refuse_other_columns
from tallymark.aggregate.mapping import LEAST_THRESHOLD, ExtractMapping
from tallymark.aggregate.observations import Origin, observations_of
from tallymark.aggregate.plan import Plan, plan_of
from tallymark.aggregate.statement import EXTRACT
from tallymark.engine import Engine

__all__ = [
    "EXTRACT",
    "LEAST_THRESHOLD",
    "Aggregate",
    "ExtractMapping",
    "Origin",
    "Plan",
    "aggregate",
    "plan_of",
    "refuse_other_columns",
]

_TEN = 10


@dataclass(frozen=True, kw_only=True)
class Aggregate:
    """Observations made of an extract, and what is worth telling of how.

    `rows` counted, `left_out` by reason and units with `several` values by dimension
    are orders of size: `10 to 99`.
    """

    observations: pa.Table
    threshold: int
    rows: str
    left_out: Mapping[str, str]
    several: Mapping[str, str]


def aggregate(
    engine: Engine,
    plan: Plan,
    types: Mapping[str, str],
    origin: Origin,
    *,
    threshold: int | None = None,
) -> Aggregate:
    """Return the observations of a plan for the relation `extract`.

    `types` are its columns, as `refuse_other_columns` has seen them. Counts from 1 to
    below `threshold` (the mapping's, if none is given) are hidden.

    Raises:
        EngineError: the extract cannot be read.
    """
    hidden_below = plan.mapping.threshold if threshold is None else threshold
    counted = count_units(engine, plan, types)
    return Aggregate(
        observations=observations_of(counted, plan, origin, threshold=hidden_below),
        threshold=hidden_below,
        rows=_size(counted.n_rows),
        left_out={reason: _size(n) for reason, n in sorted(counted.left_out.items())},
        several={name: _size(n) for name, n in sorted(counted.several.items())},
    )


def _size(n: int) -> str:
    """Return the order of size of a number.

    >>> _size(0), _size(7), _size(10), _size(99_999)
    ('none', '1 to 9', '10 to 99', '10,000 to 99,999')
    """
    if n == 0:
        return "none"
    low = _TEN ** (len(str(n)) - 1)
    return f"{low:,} to {low * _TEN - 1:,}"
