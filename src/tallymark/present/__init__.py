"""Tables, findings, answers and traces to bytes: pages, workbooks, CSV, JSON, text.

Hides wording, marks and layout. Each format is a module with one `render(record)`,
loaded on first use; a folder holds the formats of one kind of record.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tallymark.errors import UsageError

if TYPE_CHECKING:  # printing findings need not wait for the record of tables
    from collections.abc import Sequence

    from tallymark.model.accepted import Accepted
    from tallymark.model.answer import Answers
    from tallymark.model.capacity import ComparedSheet
    from tallymark.model.ci_report import CiReport
    from tallymark.model.citation import Citation
    from tallymark.model.claim import ClaimReport
    from tallymark.model.comparison import Beside
    from tallymark.model.contract import ContractChanges
    from tallymark.model.correspondence import CorrespondenceTable
    from tallymark.model.country import Country
    from tallymark.model.draft import Draft
    from tallymark.model.fact_sheet import FactSheet
    from tallymark.model.flaw import Flaw
    from tallymark.model.lineage import Why
    from tallymark.model.mention import Scan
    from tallymark.model.report import Report
    from tallymark.model.reproduction import Reproduction
    from tallymark.model.table import Table
    from tallymark.model.template import Template
    from tallymark.model.trace import Trace
    from tallymark.model.verdict_change import VerdictChanges
    from tallymark.model.verification import Verification

__all__ = ["FORMATS", "render"]

FORMATS: dict[tuple[str, str], str] = {
    ("table", "html"): "tallymark.present.table.html",
    ("table", "md"): "tallymark.present.table.markdown",
    ("table", "csv"): "tallymark.present.table.csv",
    ("table", "text"): "tallymark.present.table.text",
    ("findings", "text"): "tallymark.present.findings.text",
    ("findings", "json"): "tallymark.present.findings.json",
    ("findings", "gx"): "tallymark.present.findings.gx",
    ("findings", "html"): "tallymark.present.findings.html",
    ("ci", "junit"): "tallymark.present.ci.junit",
    ("ci", "sarif"): "tallymark.present.ci.sarif",
    ("ci", "github"): "tallymark.present.ci.github",
    ("ci", "github-summary"): "tallymark.present.ci.summary",
    ("ci", "ess"): "tallymark.present.ci.ess",
    ("ci", "jsonl"): "tallymark.present.ci.jsonl",
    ("ci", "csv"): "tallymark.present.ci.csv",
    ("ci", "text"): "tallymark.present.ci.text",
    ("return", "xlsx"): "tallymark.present.return_workbook.xlsx",
    ("answers", "text"): "tallymark.present.answers.text",
    ("answers", "csv"): "tallymark.present.answers.csv",
    ("answers", "json"): "tallymark.present.answers.json",
    ("capacity", "text"): "tallymark.present.capacity_text",
    ("contract changes", "text"): "tallymark.present.contract_changes.text",
    ("contract changes", "json"): "tallymark.present.contract_changes.json",
    ("country", "yaml"): "tallymark.present.country_yaml",
    ("flaws", "text"): "tallymark.present.flaws.text",
    ("flaws", "json"): "tallymark.present.flaws.json",
    ("beside", "text"): "tallymark.present.beside.text",
    ("beside", "md"): "tallymark.present.beside.markdown",
    ("beside", "html"): "tallymark.present.beside.html",
    ("citation", "text"): "tallymark.present.citation.text",
    ("citation", "bibtex"): "tallymark.present.citation.bibtex",
    ("citation", "csl-json"): "tallymark.present.citation.csl",
    ("verification", "text"): "tallymark.present.verification.text",
    ("reproduction", "text"): "tallymark.present.reproduction_text",
    ("verdict changes", "text"): "tallymark.present.verdict_changes.text",
    ("verdict changes", "json"): "tallymark.present.verdict_changes.json",
    ("why", "text"): "tallymark.present.why.text",
    ("why", "all"): "tallymark.present.why.all",
    ("why", "json"): "tallymark.present.why.json",
    ("claims", "text"): "tallymark.present.claims.text",
    ("claims", "markdown"): "tallymark.present.claims.markdown",
    ("claims", "json"): "tallymark.present.claims.json",
    ("scan", "text"): "tallymark.present.scan.text",
    ("scan", "json"): "tallymark.present.scan.json",
    ("scan", "markdown"): "tallymark.present.scan.markdown",
    ("template", "xlsx"): "tallymark.present.template.xlsx",
    ("facts", "text"): "tallymark.present.facts.text",
    ("facts", "csv"): "tallymark.present.facts.csv",
    ("facts", "json"): "tallymark.present.facts.json",
    ("iccs", "text"): "tallymark.present.iccs.text",
    ("iccs", "csv"): "tallymark.present.iccs.csv",
    ("iccs", "xlsx"): "tallymark.present.iccs.xlsx",
    ("trace", "text"): "tallymark.present.trace.text",
    ("trace", "html"): "tallymark.present.trace.html",
    ("accepted", "text"): "tallymark.present.accepted_text",
    ("draft", "xlsx"): "tallymark.present.draft.xlsx",
    ("draft", "yaml"): "tallymark.present.draft.yaml",
}


def render(
    kind: str,
    name: str,
    record: Table
    | Beside
    | ClaimReport
    | Scan
    | Report
    | CiReport
    | Trace
    | Answers
    | FactSheet
    | CorrespondenceTable
    | Why
    | Citation
    | Verification
    | Reproduction
    | Template
    | Draft
    | Accepted
    | ComparedSheet
    | Country
    | VerdictChanges
    | ContractChanges
    | Sequence[Flaw],
) -> dict[str, bytes]:
    """Return the files of one format: what is appended to the output's name, and bytes.

    The main file stands under `""`; a side file under its ending (`.notes.csv`).

    Raises:
        UsageError: there is no such format for this kind of record.
    """
    module = FORMATS.get((kind, name))
    if module is None:
        known = ", ".join(n for k, n in FORMATS if k == kind) or "nothing"
        said = f"there is no format {name!r}" if name else "no format is named"
        raise UsageError(f"{said} for {kind}.", hint=f"Known are: {known}.")
    files: dict[str, bytes] = import_module(module).render(record)
    return files
