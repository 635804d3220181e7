"""The references behind figures: one for each file, from what its source says of itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date

from tallymark.engine.duckdb import connect, rows
from tallymark.engine.sql import literals
from tallymark.model.citation import Citation, Reference
from tallymark.model.series import Source
from tallymark.model.submission import Submission, Submissions

TOOL = "Tallymark"
_UNFIT = re.compile(r"[^A-Za-z0-9]+")


def citation_of(
    figure: str,
    obs_ids: Collection[str],
    declared_by: Iterable[Source],
    submissions: Submissions,
    version: str,
) -> Citation:
    """Return what to cite for observations; for none, what declared that they be there.

    The day of publication is the latest that the observations declare.
    """
    issued = _vintages(obs_ids, submissions)
    found = [
        _dataset(sent, issued[sent.sha256])
        for sent in submissions
        if sent.sha256 in issued
    ]
    if not found:
        found = [_declared(source) for source in dict.fromkeys(declared_by)]
    tool = Reference(
        key="tallymark",
        kind="software",
        title=f"{TOOL}: national case counts with their caveats",
        version=version,
    )
    return Citation(figure=figure, references=(*_with_keys(found), tool))


def _vintages(
    obs_ids: Collection[str], submissions: Submissions
) -> dict[str, date | None]:
    """Return the files of the observations, each with its latest declared day."""
    if not obs_ids:
        return {}
    connection = connect({"observed": submissions.observations})
    return dict(
        rows(
            connection,
            "select source_sha256, max(vintage) from observed "
            f"where obs_id in {literals(obs_ids)} group by 1",
        )
    )


def _dataset(sent: Submission, issued: date | None) -> Reference:
    source = sent.source
    said = [source.where, f"licence: {source.licence}" if source.licence else None]
    said.append(f"file {sent.file} (SHA-256 {sent.sha256[:12]}…)")
    return Reference(
        key="",
        kind="dataset",
        title=source.title,
        publisher=source.publisher,
        issued=issued,
        accessed=source.read,
        url=source.url,
        note="; ".join(part for part in said if part),
    )


def _declared(source: Source) -> Reference:
    return Reference(
        key="",
        kind="dataset",
        title=source.title,
        publisher=source.publisher,
        accessed=source.read,
        url=source.url,
        note="; ".join(filter(None, [source.where, "no figure was read from a file"])),
    )


def _with_keys(references: Iterable[Reference]) -> list[Reference]:
    """Give each reference its key: publisher, year, and a letter where two are alike."""
    keyed: list[Reference] = []
    taken: set[str] = set()
    for reference in references:
        plain = _ascii(reference.publisher or reference.title)
        year = str(reference.issued.year) if reference.issued else "nd"
        stem = f"{'-'.join(plain.split('-')[:4])}-{year}"
        key, n = stem, 1
        while key in taken:
            n += 1
            key = f"{stem}-{n}"
        taken.add(key)
        keyed.append(Reference(**{**vars(reference), "key": key}))
    return keyed


def _ascii(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _UNFIT.sub("-", letters).strip("-").lower() or "source"
