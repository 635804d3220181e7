"""Sentences and reports, held to figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tallymark.documents import load_reference
from tallymark.pipeline.figuring import figures_of
from tallymark.pipeline.reading import Paths

if TYPE_CHECKING:  # a check does without them
    from tallymark.model.claim import ClaimReport
    from tallymark.model.mention import Scan
    from tallymark.results import Figures


def claim(
    path: str | Path,
    figures: Paths | Figures | None = None,
    *,
    own: str | Path | None = None,
) -> ClaimReport:
    """Hold the claims of a YAML file or a Markdown text to figures and quoted numbers.

    `figures` are what `interpret` gave, or data files; the files that the claim file
    names are read if none are given. `own` is as in `read`.

    Raises:
        DocumentError: the claim file is faulty, or selects figures that are not there.
        TallymarkError: a data file cannot be read.
    """
    from tallymark.interpret import load_catalogue
    from tallymark.interpret.claims import judge_claims
    from tallymark.interpret.claims.documents import read_claims
    from tallymark.results import Figures

    file = Path(path)
    document = read_claims(file)
    if figures is None and document.files:
        figures = [file.parent / name for name in document.files]
    if figures is not None and not isinstance(figures, Figures):
        figures = figures_of(figures, own)
    return judge_claims(
        document,
        None if figures is None else figures.table,
        load_catalogue() if figures is None else figures.catalogue,
        load_reference() if figures is None else figures.reference,
        file.name,
    )


def scan(
    path: str | Path,
    figures: Paths | Figures,
    *,
    language: str | None = None,
    not_personal: Mapping[str, str] | None = None,
) -> Scan:
    """Find the numbers in the text of a report, and hold them to figures.

    Numbers that no figure is found for are listed, too. `language` is en, fr or pt;
    without it, the text's small words tell it. `not_personal` gives the reason why a
    table of the report, by its name (`t1`), is no list of persons.

    Raises:
        SourceError: the report cannot be read, or tells of persons.
        TallymarkError: a data file cannot be read.
    """
    from tallymark import ingest
    from tallymark.interpret.scan import scan_report
    from tallymark.results import Figures

    report = ingest.read_report(Path(path), not_personal or {})
    held = figures if isinstance(figures, Figures) else figures_of(figures)
    return scan_report(report, held.table, held.catalogue, held.reference, language)


def claims_as(report: ClaimReport, name: str) -> str:
    """Return what claims come to as text: `text`, `markdown` or `json`."""
    from tallymark.present import render

    return render("claims", name, report)[""].decode()


def scan_as(scan: Scan, name: str) -> str:
    """Return what the numbers of a report come to: `text`, `markdown` or `json`."""
    from tallymark.present import render

    return render("scan", name, scan)[""].decode()
