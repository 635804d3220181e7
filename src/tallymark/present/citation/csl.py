"""A citation as CSL-JSON, which Zotero, pandoc and word processors read."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from tallymark.model.citation import Citation, Reference
from tallymark.present.wording import one_line


def render(citation: Citation) -> dict[str, bytes]:
    """Return a list with one item for each source and the tool."""
    items = [_item(reference, citation.figure) for reference in citation.references]
    return {"": (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode()}


def _item(reference: Reference, figure: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": reference.key,
        "type": reference.kind,
        "title": one_line(reference.title),
    }
    is_data = bool(figure) and reference.kind == "dataset"
    notes = [reference.note, f"figure {figure}" if is_data else ""]
    optional = {
        "author": [{"literal": one_line(reference.publisher)}]
        if reference.publisher
        else None,
        "publisher": one_line(reference.publisher) if reference.publisher else None,
        "issued": _date(reference.issued),
        "accessed": _date(reference.accessed),
        "URL": reference.url,
        "version": reference.version,
        "note": one_line("; ".join(filter(None, notes))) or None,
    }
    return item | {name: value for name, value in optional.items() if value is not None}


def _date(day: date | None) -> dict[str, Any] | None:
    return None if day is None else {"date-parts": [[day.year, day.month, day.day]]}
