"""Figures as a pandas frame, and back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import caveat_texts
from tallymark.interpret.tally.array import TallyArray
from tallymark.interpret.tally.dtype import TallyDtype
from tallymark.model.columns import whole_column
from tallymark.model.figure import TYPE_COLUMNS
from tallymark.model.words import number_text


def figure_frame(
    figures: pa.Table, catalogue: Catalogue, *, plain: bool
) -> pd.DataFrame:
    """Return the figures' type as columns, and the figures as one of dtype `tally`.

    Where there are quotients, `operands` tells their two numbers as text. With `plain`,
    all are bare numbers, and the caveats' slugs are text.
    """
    frame: pd.DataFrame = figures.select(list(TYPE_COLUMNS)).to_pandas()
    has_quotients = figures["numerator"].null_count < figures.num_rows
    if not plain:
        if has_quotients:
            frame = frame.assign(operands=_operands(figures))
        return frame.assign(figure=TallyArray(figures, catalogue))
    names = ["value", "value_low", "value_high"]
    names += ["numerator", "denominator"] if has_quotients else []
    bare = figures.select([*names, "missing_reason"]).to_pandas()
    present, declared = (figures[n].to_pandas() for n in ("n_present", "n_declared"))
    return frame.join(bare).assign(
        completeness=present.astype(str) + " of " + declared.astype(str),
        caveats=caveat_texts(figures, catalogue).to_pandas(),
    )


def _operands(figures: pa.Table) -> list[str]:
    """`14,434 / 12,788`; for a change the later number stands first."""
    sides = (figures[name].to_pylist() for name in ("numerator", "denominator"))
    return [
        "" if a is None and b is None else " / ".join(map(_told, (a, b)))
        for a, b in zip(*sides, strict=True)
    ]


def _told(number: float | None) -> str:
    return "no number" if number is None else number_text(number)


def figures_in(frame: pd.DataFrame | pd.Series) -> tuple[pa.Table, Catalogue]:
    """Return the figures of a frame's one tally column, and their catalogue.

    What the figures are is read from them, not from the columns beside them.

    Raises:
        UsageError: there is no such column or several, or a row has no figure.
    """
    several = frame.to_frame() if isinstance(frame, pd.Series) else frame
    names = [n for n, d in several.dtypes.items() if isinstance(d, TallyDtype)]
    if len(names) != 1:
        raise UsageError(
            f"the frame has {len(names)} columns of dtype 'tally', not one"
            + (f": {', '.join(map(str, names))}." if names else "."),
            hint="Choose one (`frame['figure']`), or bring them into one with `stack()`.",
        )
    column = several[names[0]].array
    if n_gaps := int(column.isna().sum()):
        raise UsageError(
            f"{n_gaps:,} rows of the frame hold no figure.",
            hint="`frame.dropna(subset=...)` leaves such rows out, knowingly.",
        )
    return column.figures, column.catalogue


def figures_not_in(chosen: pa.Table, *, of: pa.Table) -> pa.Table:
    """Return the figures `of` a table of which the chosen ones hold no observation."""
    column = whole_column(of["obs_ids"])
    kept = pc.list_flatten(whole_column(chosen["obs_ids"]))
    is_kept = pc.is_in(pc.list_flatten(column), kept)
    rows = pc.list_parent_indices(column).filter(is_kept)
    is_aside = np.ones(of.num_rows, dtype=bool)
    is_aside[rows.to_numpy()] = False
    return of.filter(pa.array(is_aside))
