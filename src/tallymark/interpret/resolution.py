"""Resolving a caveat with evidence: it moves from the caveats to the resolved ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from tallymark.engine.duckdb import connect, query, rows
from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.select import check_dimensions, chosen_sql
from tallymark.model.figure import mask_columns

UNRESOLVABLE = frozenset({"invented-figure"})
"""What no evidence lifts: an invented figure stays one."""


def resolve(
    figures: pa.Table,
    caveat: str,
    evidence: tuple[str, str],
    chosen: Mapping[str, Sequence[str]],
    catalogue: Catalogue,
) -> pa.Table:
    """Return the figures, `caveat` resolved on those chosen that carry it.

    A caveat that an operation raises may be resolved before it, on all that are chosen.
    `evidence` is its text and its source. Values and judgements stay as they are: what
    was refused must be calculated anew from its parts.

    Raises:
        UsageError: the caveat is not known, is found anew for each result, is that of an
            invented figure, or is not on the figures chosen; or evidence is empty.
    """
    _check(caveat, evidence, catalogue)
    check_dimensions(chosen)
    if not all(chosen.values()):
        raise UsageError("a condition without a value chooses nothing.")
    words = catalogue.order.words([caveat])
    n_words = len(words)
    masks = [mask_columns(mask, n_words) for mask in ("sticky", "resolved")]
    carries = " or ".join(
        f"{name} & {word}::bigint <> 0"
        for name, word in zip(masks[0], words, strict=True)
    )
    if catalogue.caveats[caveat].phase in ("pair", "operation"):
        carries = "true"
    holds = f"({chosen_sql(chosen)}) and ({carries})"
    moved = [
        f"case when {holds} then {change} else {name} end as {name}"
        for sticky, resolved, word in zip(*masks, words, strict=True)
        for name, change in (
            (sticky, f"{sticky} & ~{word}::bigint"),
            (resolved, f"{resolved} | {word}::bigint"),
        )
        if word
    ]
    connection = connect({"figures": figures})
    ((n_moved,),) = rows(connection, f"select count(*) from figures where {holds}")
    if not n_moved:
        raise UsageError(
            f"no figure chosen carries the caveat {caveat!r}.",
            hint="Choose figures by their dimensions, such as ref_area='KEN'.",
        )
    found = query(connection, f"select * replace ({', '.join(moved)}) from figures")
    return found.cast(figures.schema)


def _check(caveat: str, evidence: tuple[str, str], catalogue: Catalogue) -> None:
    known = catalogue.caveats.get(caveat)
    if known is None:
        raise UsageError(f"there is no caveat {caveat!r}.")
    if known.kind == "derived":
        raise UsageError(
            f"the caveat {caveat!r} follows from the number itself, and is found again "
            "for each result.",
            hint="Only what evidence from outside can lift is resolved.",
        )
    if caveat in UNRESOLVABLE:
        raise UsageError(f"the caveat {caveat!r} is not resolved by any evidence.")
    if not all(said.strip() for said in evidence):
        raise UsageError(
            f"the caveat {caveat!r} is not resolved without evidence and its source.",
            hint="Say why it does not hold, and where that is written.",
        )
