"""What all formats of a trace say: counts, signs, names of columns, lost cells."""

from __future__ import annotations

from collections import Counter

from tallymark.model.grid import column_letters
from tallymark.model.trace import Became, SheetTrace, Trace
from tallymark.present.wording import counted, one_line

MOST_ADDRESSES = 12
"""Addresses that are listed for one reason."""

SIGNS = {
    Became.OBSERVATION: "O",
    Became.LABEL: "L",
    Became.HEADING: "H",
    Became.NOTE: "N",
    Became.IGNORED: "-",
    Became.LOST: "!",
    Became.UNUSED: "?",
}


def summary(trace: Trace) -> str:
    """Return how many cells became what, in one line without a full stop."""
    n = Counter(t.became for sheet in trace.sheets for t in sheet.cells.values())
    told = [
        counted(n[Became.OBSERVATION], "figure", "figures"),
        f"{n[Became.LOST]:,} lost",
        counted(n[Became.LABEL] + n[Became.HEADING], "label", "labels"),
        counted(n[Became.NOTE], "note", "notes"),
        f"{n[Became.IGNORED]:,} ignored",
        f"{n[Became.UNUSED]:,} unused",
    ]
    if trace.adapter is None:
        return f"{one_line(trace.file)}: {counted(sum(n.values()), 'filled cell')}"
    return f"{one_line(trace.file)} as {trace.adapter} reads it: {', '.join(told)}"


def title(traced: SheetTrace) -> str:
    """Return what a sheet is called."""
    name = traced.sheet.name or traced.sheet.member or "table"
    return one_line(name) + (" (hidden)" if traced.sheet.is_hidden else "")


def column_names(traced: SheetTrace) -> list[str]:
    """Return the names of the columns as far as cells are filled."""
    n = 1 + max((column for _, column in traced.cells), default=-1)
    sheet = traced.sheet
    lettered = sheet.name is not None and not sheet.is_numbered and not sheet.parts
    return [column_letters(c) if lettered else f"C{c + 1}" for c in range(n)]


def lost(trace: Trace) -> dict[str, str]:
    """Return each reason for which cells are lost, with their addresses."""
    found: dict[str, list[str]] = {}
    for traced in trace.sheets:
        for cell, one in traced.cells.items():
            if one.became is Became.LOST:
                where = traced.sheet.address(*cell)
                found.setdefault(one_line(one.detail), []).append(where)
    return {reason: _listed(places) for reason, places in found.items()}


def _listed(places: list[str]) -> str:
    shown = ", ".join(places[:MOST_ADDRESSES])
    n_more = len(places) - MOST_ADDRESSES
    return f"{shown} and {n_more:,} more" if n_more > 0 else shown
