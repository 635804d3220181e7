"""A citation as BibTeX entries, with every sign that TeX would act on escaped."""

from __future__ import annotations

from tallymark.model.citation import Citation, Reference
from tallymark.present.wording import one_line

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "·": r"\textperiodcentered{}",
    "…": r"\ldots{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_IN_URL = {
    "%": r"\%",
    "#": r"\#",
    "{": "%7B",
    "}": "%7D",
    "\\": "%5C",
    "_": r"\_",
    "&": r"\&",
}


def render(citation: Citation) -> dict[str, bytes]:
    """Return one `@misc` entry for each source and the tool."""
    entries = [_entry(reference, citation.figure) for reference in citation.references]
    return {"": "\n".join(entries).encode()}


def escaped(text: str) -> str:
    r"""Return text that TeX prints as it is.

    >>> print(escaped("A & B_1 {100 %}"))
    A \& B\_1 \{100 \%\}
    """
    return "".join(_ESCAPES.get(sign, sign) for sign in one_line(text))


def _entry(reference: Reference, figure: str) -> str:
    url = "".join(_IN_URL.get(sign, sign) for sign in reference.url or "")
    is_data = bool(figure) and reference.kind == "dataset"
    notes = [reference.note, f"figure {figure}" if is_data else ""]
    fields = {
        "title": f"{{{escaped(reference.title)}}}",
        "author": f"{{{escaped(reference.publisher)}}}" if reference.publisher else "",
        "year": str(reference.issued.year) if reference.issued else "",
        "date": reference.issued.isoformat() if reference.issued else "",
        "version": escaped(reference.version or ""),
        "howpublished": rf"\url{{{url}}}" if url else "",
        "urldate": reference.accessed.isoformat() if reference.accessed else "",
        "note": escaped("; ".join(filter(None, notes))),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{reference.key},", *lines, "}", ""])
