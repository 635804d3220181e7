"""A country's offences as rows of text: the same for every format."""

from __future__ import annotations

from collections.abc import Sequence

from tallymark.model.correspondence import CorrespondenceTable, LocalOffence
from tallymark.present.facts.text import source_text
from tallymark.present.wording import one_line

COLUMNS = (
    "id", "law", "section", "labels", "language", "english", "code", "title",
    "relation", "includes", "excludes", "tags", "basis", "confirm", "source",
)  # fmt: skip

RELATIONS = {
    "exact": "the same as the code",
    "broader": "wider than the code",
    "narrower": "a part of the code",
    "overlaps": "partly the code and partly not",
}
"""How the local offence lies to the ICCS code."""

TO_CONFIRM = "to be confirmed"
SOURCED = "sourced"


def row_of(offence: LocalOffence, table: CorrespondenceTable) -> dict[str, str]:
    """Return an offence by the names of the columns; what is not known is empty.

    Several texts are parted by `; `.
    """
    source = "" if offence.source is None else source_text(offence.source)
    return {
        "id": offence.id,
        "law": one_line(offence.law or ""),
        "section": one_line(offence.section or ""),
        "labels": _joined(offence.labels),
        "language": offence.language or "",
        "english": one_line(offence.english or ""),
        "code": offence.code,
        "title": table.title(offence.code),
        "relation": str(offence.relation),
        "includes": _joined(offence.includes),
        "excludes": _joined(offence.excludes),
        "tags": _joined([f"{tag} ({table.tags[tag]})" for tag in offence.tags]),
        "basis": SOURCED if offence.basis == "sourced" else TO_CONFIRM,
        "confirm": one_line(offence.confirm or ""),
        "source": source,
    }


def _joined(texts: Sequence[str]) -> str:
    return "; ".join(one_line(text) for text in texts)
