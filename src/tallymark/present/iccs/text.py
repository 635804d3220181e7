"""A country's offences and their ICCS codes as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from tallymark.model.correspondence import CorrespondenceTable
from tallymark.present.facts.text import wrapped
from tallymark.present.iccs.rows import RELATIONS, SOURCED, TO_CONFIRM, row_of
from tallymark.present.wording import counted, one_line

HEADINGS = {SOURCED: "SOURCED", TO_CONFIRM: "TO BE CONFIRMED"}
PROPOSED = (
    "Code and relation are a proposal; the country confirms them. Sourced: the law or "
    "label and the code were read in the named source."
)


def render(table: CorrespondenceTable) -> dict[str, bytes]:
    """Return what is sourced, then what is to be confirmed."""
    found = table.correspondence
    rows = [row_of(offence, table) for offence in found.offences]
    n = counted(len(rows), "offence")
    lines = [f"{one_line(table.country)} ({found.iso3}): {n} and their ICCS codes."]
    lines += wrapped(PROPOSED, 0)
    for basis, heading in HEADINGS.items():
        members = [row for row in rows if row["basis"] == basis]
        if members:
            lines += ["", heading]
        for row in members:
            lines += ["", *_offence(row)]
    return {"": ("\n".join(lines) + "\n").encode()}


def _offence(row: dict[str, str]) -> Iterator[str]:
    law = ", ".join(row[name] for name in ("law", "section") if row[name])
    yield from wrapped(law or row["labels"], 2)
    if law and row["labels"]:
        yield from wrapped(f"Label: {row['labels']}", 4)
    if row["english"]:
        yield from wrapped(f"In English: {row['english']}", 4)
    relation = RELATIONS[row["relation"]]
    yield from wrapped(f"ICCS {row['code']} {row['title']}: {relation}", 4)
    for name in ("includes", "excludes", "tags", "source"):
        if row[name]:
            yield from wrapped(f"{name.capitalize()}: {row[name]}", 4)
    if row["confirm"]:
        yield from wrapped(f"To confirm: {row['confirm']}", 4)
