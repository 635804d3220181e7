"""Any file to a draft: tables found, headings and labels taken for what they say.

Hides the order of the steps; each asks the ledger, so that a person's word goes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tallymark.ingest.areas import read_area
from tallymark.ingest.drafting.blocks import Block, find_blocks
from tallymark.ingest.drafting.cells import GAP, NUMBER, TEXT, YEAR, share_of
from tallymark.ingest.drafting.layouts import Column, Layout, layouts_of
from tallymark.ingest.drafting.ledger import Ledger, ledger_of
from tallymark.ingest.drafting.sketches import Sketch, whole
from tallymark.ingest.drafting.trial import tried
from tallymark.ingest.layout import searchable
from tallymark.ingest.surroundings import label_of
from tallymark.model.draft import Decision, Draft, Guess, Rectangle
from tallymark.model.grid import Grid, Sheet

NO_TABLE = "No table was found: no row of headings stands over a row of numbers."


def draft_of(grid: Grid, path: Path, decisions: Sequence[Decision] = ()) -> Draft:
    """Return a file past the person gate, read with guesses."""
    ledger = ledger_of(decisions)
    sketches = [Sketch(sheet) for sheet in grid.sheets]
    blocks = [
        block
        for n, sketch in enumerate(sketches)
        if not _is_beside(sketch.sheet)
        for block in _blocks(sketch, n)
    ]
    layouts = layouts_of(blocks, sketches)
    tables, series = [], {}
    for layout in layouts:
        table = _table(layout, ledger, path)
        if table is not None:
            tables.append(table)
            series[table["constants"]["series_id"]] = _series(table, path)
    document = {
        "id": f"draft-{_slug(path.stem)}",
        "version": 1,
        "title": f"Draft for {path.name}",
        "source": {"title": path.name},
        "vintage": None,
        "tables": tables,
    }
    kept, submission, problems = tried(document, grid, searchable(grid, path), path)
    if not tables:
        problems.append(NO_TABLE)
    return Draft(
        grid=grid,
        path=str(path),
        guesses=tuple(ledger.guesses.values()),
        tables=tuple(
            _rectangle(block) for layout in layouts for block in layout.blocks
        ),
        document=kept,
        series=series,
        submission=submission,
        problems=(*ledger.problems, *problems),
    )


def _is_beside(sheet: Sheet) -> bool:
    """Tell whether a sheet holds what is printed around tables, or of the file itself."""
    name = sheet.name or ""
    is_text = sheet.is_numbered and (name == "text" or name.endswith(".text"))
    return is_text or (name == "metadata" and sheet.refs is None)


def _blocks(sketch: Sketch, n: int) -> list[Block]:
    sheet = sketch.sheet
    if sheet.refs is None:
        return find_blocks(whole(sketch), n)
    if len(sheet.rows) < 2:
        return []
    return [
        Block(
            sheet=n,
            header=0,
            levels=0,
            first=1,
            last=len(sheet.rows) - 1,
            left=0,
            right=len(sketch.kinds[0]) - 1,
            figures=(sheet.figure,),
        )
    ]


def _rectangle(block: Block) -> Rectangle:
    return Rectangle(block.sheet, block.top, block.left, block.last, block.right)


def _slug(text: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    return slug[:40].strip("-") or "file"


def _about(layout: Layout) -> tuple[Rectangle, ...]:
    return tuple(
        Rectangle(b.sheet, b.first, b.left, b.last, b.right) for b in layout.blocks
    )


def _table(layout: Layout, ledger: Ledger, path: Path) -> dict[str, Any] | None:
    reading = ledger.settle(
        Guess(
            id=f"{layout.id}.table",
            aspect="table",
            region=layout.range,
            reading=layout.range,
            words="a table of figures",
            why="a row of headings stands over rows with numbers",
            needs_you=False,
            about=_about(layout),
        )
    )
    if not reading:
        return None
    roles = {c.offset: _role(layout, c, ledger) for c in layout.columns}
    figures = [c for c in layout.columns if roles[c.offset] == "figures"]
    if not figures:
        return None
    labels = [c for c in layout.columns if roles[c.offset] != "figures"]
    series = f"draft_{_slug(path.stem).replace('-', '_')}_{layout.id}"
    constants: dict[str, Any] = {
        "series_id": series,
        "stage": _asked(layout, ledger, "stage", "OTHER"),
        "counting_unit": _asked(layout, ledger, "counting_unit", "UNSTATED"),
        "scope": _asked(layout, ledger, "scope", "OTHER"),
        "ref_area": None,
        "period": None,
    }
    lookups = list(_label_lookups(labels, roles))
    lookups += _heading_lookups(figures)
    return {
        "name": layout.id,
        "header": layout.header,
        "values": list(dict.fromkeys(c.name for c in figures)),
        "constants": constants,
        "lookups": lookups,
        "numbers": {"ranges": {}, "percent": True},
        "missing": _missing(layout, figures),
        "skip_columns": [
            {"column": name, "reason": "taken for no figures"}
            for name in dict.fromkeys(
                c.name for c in labels if roles[c.offset] == "ignored"
            )
        ],
    }


def _role(layout: Layout, column: Column, ledger: Ledger) -> str:
    kinds = layout.kinds(column)
    labels = [label_of(value) for value in layout.values(column, 200)]
    found, why = _found_role(column, kinds, labels)
    return (
        ledger.settle(
            Guess(
                id=f"{layout.id}.column.{column.letter}",
                aspect="column",
                region=layout.region(column),
                reading=found,
                words=f"a column of {found}" if found != "ignored" else "not used",
                why=why,
                needs_you=False,
                about=_about(layout),
            )
        )
        or "ignored"
    )


def _found_role(column: Column, kinds: str, labels: Sequence[str]) -> tuple[str, str]:
    if not kinds.strip():
        return "ignored", "its cells are empty"
    is_named = bool(re.search(r"(?i)year|ano|período|period|année", column.heading))
    if share_of(kinds, YEAR) > 0.8 and (is_named or not column.is_figures):
        return "period", "its cells print years"
    if share_of(kinds, NUMBER + YEAR + GAP + "r") > 0.5:
        return "figures", "its cells are numbers"
    filled = [label for label in labels if label]
    if sum(read_area(label) is not None for label in filled) > 0.6 * len(filled):
        return "area", "its cells name areas"
    return "breakdown", "its cells are texts"


def _asked(layout: Layout, ledger: Ledger, field: Any, default: str) -> str:
    return (
        ledger.settle(
            Guess(
                id=f"{layout.id}.{field}",
                aspect=field,
                region=layout.range,
                reading=default,
                words=f"of a {field.replace('_', ' ')} that nobody has said",
                why="no heading or title says it",
                needs_you=True,
                about=_about(layout),
            )
        )
        or default
    )


def _label_lookups(
    labels: Sequence[Column], roles: Mapping[int, str]
) -> Iterator[dict[str, Any]]:
    seen = set()
    for column in labels:
        role = roles[column.offset]
        if column.name in seen or role == "ignored":
            continue
        seen.add(column.name)
        if role in ("area", "period"):
            yield {"column": column.name, "parse": role}
        else:
            yield {"column": column.name, "breakdown": _key(column)}


def _key(column: Column) -> str:
    return re.sub(r"[^\w]+", "_", column.heading.casefold()).strip("_") or "label"


def _heading_lookups(figures: Sequence[Column]) -> list[dict[str, Any]]:
    if len(figures) < 2:
        return []
    if all(re.match(r"\d{4}", column.heading) for column in figures):
        return [{"header": 0, "parse": "period"}]
    return [{"header": 0, "breakdown": "heading"}]


def _missing(layout: Layout, figures: Sequence[Column]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in figures:
        for value in layout.values(column):
            if isinstance(value, str) and value.strip():
                from tallymark.ingest.drafting.cells import kind_of

                if kind_of(value) == GAP:
                    found[value.strip()] = "NOT_AVAILABLE"
    return found


def _series(table: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return the definition of a drafted series: nothing of it is known."""
    constants = table["constants"]
    return {
        "version": 1,
        "id": constants["series_id"],
        "title": f"{table['name']} of {path.name}",
        "provider": "unknown",
        "definition_family": constants["series_id"],
        "source_type": "police",
        "stage": constants["stage"],
        "counting_unit": constants["counting_unit"],
        "scope": constants["scope"],
        "presented_scope": "unknown",
        "presented_unit": "unknown",
        "counting_rule": {
            "principal_offence": "unknown",
            "stage_of_counting": "unknown",
            "attempts": "unknown",
            "multiple": "unknown",
        },
        "statutes": "unknown",
        "child_age_below": "unknown",
        "coverage": {"territory": "unknown", "agencies": "unknown"},
        "calendar": {"name": "unknown", "first_month": "unknown"},
        "online_marker": "unknown",
        "expected": {
            "areas": "unknown",
            "periods": "unknown",
            "stages": "unknown",
            "breakdowns": "unknown",
        },
        "source": {"title": path.name},
    }


_TEXT = TEXT
