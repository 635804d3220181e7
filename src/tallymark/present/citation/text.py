"""A citation as text: one line for each source, and one for the tool."""

from __future__ import annotations

from tallymark.model.citation import Citation, Reference
from tallymark.present.wording import one_line


def render(citation: Citation) -> dict[str, bytes]:
    """Return the references in words, in order."""
    head = [f"Figure {citation.figure}. Sources:"] if citation.figure else []
    lines = [*head, *(f"- {_line(r)}" for r in citation.references)]
    return {"": ("\n".join(map(one_line, lines)) + "\n").encode()}


def _line(reference: Reference) -> str:
    issued = reference.issued.isoformat() if reference.issued else "n.d."
    said = [f"{reference.publisher or reference.title} ({issued})"]
    if reference.kind == "software":
        said = [reference.title]
    elif reference.publisher:
        said.append(reference.title)
    if reference.version:
        said.append(f"version {reference.version}")
    if reference.url:
        said.append(reference.url)
    if reference.accessed:
        said.append(f"read on {reference.accessed.isoformat()}")
    if reference.note:
        said.append(reference.note)
    return ". ".join(part.rstrip(".") for part in said) + "."
