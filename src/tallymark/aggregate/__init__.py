"""An extract with a row per incident or report in, observations out: counts, no rows.

What comes out holds no id, no row and no small count, and nothing from which one of
them could be worked out. How many rows were left out is told by its order of size
alone, since a total of rows minus the printed counts would tell a hidden one; of what
was counted not even that is told beside a hidden count.
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
_NOT_TOLD = "not told"


@dataclass(frozen=True, kw_only=True)
class Aggregate:
    """Observations made of an extract, and what is worth telling of how.

    `rows` counted, `left_out` by reason and units with `several` values by dimension
    are orders of size: `10 to 99`. Where a count is hidden, `rows` and `several` are
    `not told`: with 98 printed, 99 or fewer rows would say what the hidden one is.
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
    observations = observations_of(counted, plan, origin, threshold=hidden_below)
    is_hidden = observations["obs_value"].null_count > 0

    def counted_size(n: int) -> str:
        return _NOT_TOLD if is_hidden else _size(n, hidden_below)

    return Aggregate(
        observations=observations,
        threshold=hidden_below,
        rows=counted_size(counted.n_rows),
        left_out={
            reason: _size(n, hidden_below)
            for reason, n in sorted(counted.left_out.items())
        },
        several={name: counted_size(n) for name, n in sorted(counted.several.items())},
    )


def _size(n: int, threshold: int) -> str:
    """Return the order of size of a number; of a small one, that it is small.

    >>> _size(0, 5), _size(9, 5), _size(10, 5), _size(99_999, 5), _size(70, 20)
    ('fewer than 10', 'fewer than 10', '10 to 99', '10,000 to 99,999', 'fewer than 100')
    """
    least: int = _TEN ** len(str(threshold - 1))
    if n < least:
        return f"fewer than {least:,}"
    low = _TEN ** (len(str(n)) - 1)
    return f"{low:,} to {low * _TEN - 1:,}"
