"""Tables, findings, answers and traces to bytes: pages, workbooks, CSV, JSON, text.

Hides wording, marks and layout. Each format is a module with one `render(record)`,
loaded on first use.
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
    ("table", "html"): "tallymark.present.table_html",
    ("table", "md"): "tallymark.present.table_markdown",
    ("table", "csv"): "tallymark.present.table_csv",
    ("table", "text"): "tallymark.present.table_text",
    ("findings", "text"): "tallymark.present.findings_text",
    ("findings", "json"): "tallymark.present.findings_json",
    ("findings", "gx"): "tallymark.present.findings_gx",
    ("findings", "html"): "tallymark.present.findings_html",
    ("ci", "junit"): "tallymark.present.ci_junit",
    ("ci", "sarif"): "tallymark.present.ci_sarif",
    ("ci", "github"): "tallymark.present.ci_github",
    ("ci", "github-summary"): "tallymark.present.ci_summary",
    ("ci", "ess"): "tallymark.present.ci_ess",
    ("ci", "jsonl"): "tallymark.present.ci_jsonl",
    ("ci", "csv"): "tallymark.present.ci_csv",
    ("ci", "text"): "tallymark.present.ci_text",
    ("return", "xlsx"): "tallymark.present.return_xlsx",
    ("answers", "text"): "tallymark.present.answers_text",
    ("answers", "csv"): "tallymark.present.answers_csv",
    ("answers", "json"): "tallymark.present.answers_json",
    ("capacity", "text"): "tallymark.present.capacity_text",
    ("contract changes", "text"): "tallymark.present.contract_changes_text",
    ("contract changes", "json"): "tallymark.present.contract_changes_json",
    ("country", "yaml"): "tallymark.present.country_yaml",
    ("flaws", "text"): "tallymark.present.flaws_text",
    ("flaws", "json"): "tallymark.present.flaws_json",
    ("beside", "text"): "tallymark.present.beside_text",
    ("beside", "md"): "tallymark.present.beside_markdown",
    ("beside", "html"): "tallymark.present.beside_html",
    ("citation", "text"): "tallymark.present.cite_text",
    ("citation", "bibtex"): "tallymark.present.cite_bibtex",
    ("citation", "csl-json"): "tallymark.present.cite_csl",
    ("verification", "text"): "tallymark.present.verify_text",
    ("reproduction", "text"): "tallymark.present.reproduction_text",
    ("verdict changes", "text"): "tallymark.present.verdict_changes_text",
    ("verdict changes", "json"): "tallymark.present.verdict_changes_json",
    ("why", "text"): "tallymark.present.why_text",
    ("why", "all"): "tallymark.present.why_all",
    ("why", "json"): "tallymark.present.why_json",
    ("claims", "text"): "tallymark.present.claim_text",
    ("claims", "markdown"): "tallymark.present.claim_markdown",
    ("claims", "json"): "tallymark.present.claim_json",
    ("scan", "text"): "tallymark.present.scan_text",
    ("scan", "json"): "tallymark.present.scan_json",
    ("scan", "markdown"): "tallymark.present.scan_markdown",
    ("template", "xlsx"): "tallymark.present.template_xlsx",
    ("facts", "text"): "tallymark.present.facts_text",
    ("facts", "csv"): "tallymark.present.facts_csv",
    ("facts", "json"): "tallymark.present.facts_json",
    ("iccs", "text"): "tallymark.present.iccs_text",
    ("iccs", "csv"): "tallymark.present.iccs_csv",
    ("iccs", "xlsx"): "tallymark.present.iccs_xlsx",
    ("trace", "text"): "tallymark.present.trace_text",
    ("trace", "html"): "tallymark.present.trace_html",
    ("accepted", "text"): "tallymark.present.accepted_text",
    ("draft", "xlsx"): "tallymark.present.mapping_xlsx",
    ("draft", "yaml"): "tallymark.present.draft_yaml",
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
