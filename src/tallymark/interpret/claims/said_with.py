"""The caveats that what is said raises, whatever its figures are: phase `use`.

Hides how all claims are looked at in one statement.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from tallymark.engine.condition import condition_sql
from tallymark.engine.context import create_context_view
from tallymark.engine.duckdb import DuckDB, connect, rows
from tallymark.interpret.claims.operands import Evidence, Operand, figures_table
from tallymark.interpret.claims.uses import use_of
from tallymark.model.claim import Claim
from tallymark.model.columns import arrow_column, arrow_table

_CLAIM = "claim_number"
_FACTS = pa.schema(
    [
        pa.field(_CLAIM, pa.int64()),
        *(
            pa.field(f"use.{n}", pa.string())
            for n in ("kind", "about", "unit", "scope")
        ),
        pa.field("use.period_stated", pa.bool_()),
        pa.field("use.verb", pa.string()),
    ]
)


def said_with(
    claims: Sequence[tuple[Claim, tuple[Operand, ...]]], evidence: Evidence
) -> list[list[str]]:
    """Return, for each claim, the caveats of phase `use`, in one look at all claims.

    They are raised by what is said, not by the figure alone.
    """
    asked = evidence.catalogue.conditions("use")
    found: list[list[str]] = [[] for _ in claims]
    numbers = [i for i, (_, operands) in enumerate(claims) for _ in operands]
    if not numbers or not asked:
        return found
    operands = figures_table([o for _, operands in claims for o in operands])
    operands = operands.append_column(_CLAIM, arrow_column(numbers, pa.int64()))
    facts = [{_CLAIM: i, **_facts(*pair)} for i, pair in enumerate(claims)]
    told = arrow_table(
        {name: [f[name] for f in facts] for name in _FACTS.names}, _FACTS
    )
    connection = connect({"operands": operands, "told": told})
    create_context_view(
        DuckDB(connection), "operands", evidence.reference, name="context"
    )
    tests = ", ".join(f"bool_or({condition_sql(c)})" for c in asked.values())
    for number, *held in rows(
        connection,
        f"select {_CLAIM}, {tests} from context join told using ({_CLAIM}) group by 1",
    ):
        found[number] = [s for s, holds in zip(asked, held, strict=True) if holds]
    return found


def _facts(claim: Claim, operands: tuple[Operand, ...]) -> dict[str, object]:
    return {
        "use.kind": use_of(claim, operands).value,
        "use.about": claim.about.value,
        "use.unit": claim.unit,
        "use.scope": claim.scope,
        "use.period_stated": claim.period is not None,
        "use.verb": claim.verb,
    }
