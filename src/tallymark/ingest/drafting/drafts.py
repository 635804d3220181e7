"""Any file to a draft: tables found, headings and labels taken for what they say.

Hides the order of the steps; each asks the ledger, so that a person's word goes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tallymark.ingest.drafting.around import around_of
from tallymark.ingest.drafting.blocks import Block, find_blocks
from tallymark.ingest.drafting.columns import Roles, roles_of
from tallymark.ingest.drafting.composing import table_of
from tallymark.ingest.drafting.extent import limited, readable, told_of
from tallymark.ingest.drafting.layouts import Layout, layouts_of
from tallymark.ingest.drafting.ledger import Ledger, ledger_of
from tallymark.ingest.drafting.marks import marks_of
from tallymark.ingest.drafting.places import (
    File,
    added_tables,
    rectangle_of,
    settled_layout,
)
from tallymark.ingest.drafting.printing import own_printing, printing_of
from tallymark.ingest.drafting.series import series_of
from tallymark.ingest.drafting.sketches import Sketch, whole
from tallymark.ingest.drafting.trial import tried
from tallymark.ingest.layout import searchable
from tallymark.model.draft import Decision, Draft
from tallymark.model.grid import Grid, Sheet

NO_TABLE = (
    "No table was found: nowhere does a row of headings stand over a row of numbers."
)


def draft_of(grid: Grid, path: Path, decisions: Sequence[Decision] = ()) -> Draft:
    """Return a file past the person gate, read with guesses."""
    ledger = ledger_of(decisions)
    seen = limited(grid)
    file = File(
        grid=seen, name=path.name, sketches=[Sketch(sheet) for sheet in seen.sheets]
    )
    layouts = _layouts(file, ledger)
    tables, series = _tables(layouts, file, ledger)
    document = {**_head(path, tables, ledger), "tables": [t for _, t in tables]}
    read = readable(seen, [roles for roles, _ in tables])
    kept, submission, problems = tried(document, read, searchable(read, path), path)
    ledger.tell_unused()
    if not layouts:
        problems.append(NO_TABLE)
    return Draft(
        grid=grid,
        path=str(path),
        guesses=tuple(ledger.guesses.values()),
        tables=tuple(rectangle_of(b) for layout in layouts for b in layout.blocks),
        document=kept,
        series=series,
        submission=submission,
        problems=(*ledger.problems, *told_of(grid, read), *problems),
    )


def _layouts(file: File, ledger: Ledger) -> list[Layout]:
    """Return the tables that were found, or that a person named, by their headings."""
    blocks = [
        block
        for n, sketch in enumerate(file.sketches)
        if not _is_beside(sketch.sheet)
        for block in _blocks(sketch, n)
    ]
    found = layouts_of(blocks, file.sketches)
    found += added_tables(found, file, ledger)
    settled = [settled_layout(layout, file, ledger) for layout in found]
    return [layout for layout in settled if layout is not None]


def _tables(
    layouts: Sequence[Layout], file: File, ledger: Ledger
) -> tuple[list[tuple[Roles, dict[str, Any]]], dict[str, Mapping[str, Any]]]:
    """Return the tables of the document, and the definitions of their series."""
    blocks = [block for layout in layouts for block in layout.blocks]
    slug = slug_of(Path(file.name).stem).replace("-", "_")
    tables: list[tuple[Roles, dict[str, Any]]] = []
    series: dict[str, Mapping[str, Any]] = {}
    for layout in layouts:
        roles = roles_of(layout, ledger)
        if not roles.figures:
            ledger.problems.append(f"{layout.range}: no column holds figures.")
            continue
        around = around_of(layout, blocks, file.grid)
        series_id = f"draft_{slug}_{layout.id}"
        table = table_of(
            roles, around, ledger, series_id=series_id, is_only=len(layouts) == 1
        )
        tables.append((roles, table))
        series[series_id] = series_of(table, file.name, layout.range)
    return tables, series


def _head(
    path: Path, tables: Sequence[tuple[Roles, dict[str, Any]]], ledger: Ledger
) -> dict[str, Any]:
    """Return what the document says beside its tables."""
    all_roles = [roles for roles, _ in tables]
    numbers, missing = printing_of(all_roles, ledger)
    for roles, table in tables:
        if own := own_printing(roles, all_roles, numbers, ledger):
            table["numbers"] = own
    head = {
        "id": f"draft-{slug_of(path.stem)}",
        "version": 1,
        "title": f"Draft for {path.name}",
        "source": {"title": path.name},
        "vintage": None,
    }
    return {
        **head,
        **({"numbers": numbers} if numbers else {}),
        **({"missing": missing} if missing else {}),
        **({"footnotes": marks} if (marks := marks_of(all_roles)) else {}),
    }


def _is_beside(sheet: Sheet) -> bool:
    """Tell whether a sheet holds what is printed around tables, or of the file itself."""
    name = sheet.name or ""
    is_text = sheet.is_numbered and (name == "text" or name.endswith(".text"))
    return is_text or (name == "metadata" and sheet.refs is None)


def _blocks(sketch: Sketch, n: int) -> list[Block]:
    sheet = sketch.sheet
    if sheet.refs is None:
        return find_blocks(whole(sketch), n) if sketch.width else []
    if len(sheet.rows) < 2:
        return []
    cube = Block(
        sheet=n,
        header=0,
        levels=0,
        first=1,
        last=len(sheet.rows) - 1,
        left=0,
        right=sketch.width - 1,
        figures=(sheet.figure,),
    )
    return [cube]


def slug_of(text: str) -> str:
    """Return a name for a document of what a file is called."""
    slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    return slug[:40].strip("-") or "file"
