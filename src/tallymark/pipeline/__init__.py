"""The verbs of Tallymark, each a short walk through the stages it needs.

The only package that knows all stages. A stage is imported by the verb that needs it,
so that looking up an adapter does not wait for the check engine.
"""

from __future__ import annotations

from tallymark.pipeline.aggregating import aggregate, read_aggregate
from tallymark.pipeline.asking import (
    answers_as,
    capacity_as_text,
    compare_capacity,
    facts,
    facts_as,
    iccs,
    iccs_as,
    read_answers,
    save_answers,
    save_capacity,
    template,
    template_as,
)
from tallymark.pipeline.checking import (
    CELL_SUITE,
    about,
    check,
    check_all,
    flaws_as,
    lint_suites,
    save_table_findings,
)
from tallymark.pipeline.claiming import claim, claims_as, scan, scan_as
from tallymark.pipeline.comparing import diff_verdicts, verdict_changes_as
from tallymark.pipeline.figuring import (
    area_names,
    cite,
    figures_of,
    fill,
    interpret,
    table,
    why,
)
from tallymark.pipeline.reading import Paths, draft, read, trace_as, with_drafts
from tallymark.pipeline.reporting import (
    GUESSED_ALL,
    GUESSED_UNKNOWN,
    findings_as,
    findings_files,
    report,
    report_files,
    save_findings,
    with_guessed,
)

__all__ = [
    "CELL_SUITE",
    "GUESSED_ALL",
    "GUESSED_UNKNOWN",
    "Paths",
    "about",
    "aggregate",
    "answers_as",
    "area_names",
    "capacity_as_text",
    "check",
    "check_all",
    "cite",
    "claim",
    "claims_as",
    "compare_capacity",
    "diff_verdicts",
    "draft",
    "facts",
    "facts_as",
    "figures_of",
    "fill",
    "findings_as",
    "findings_files",
    "flaws_as",
    "iccs",
    "iccs_as",
    "interpret",
    "lint_suites",
    "read",
    "read_aggregate",
    "read_answers",
    "report",
    "report_files",
    "save_answers",
    "save_capacity",
    "save_findings",
    "save_table_findings",
    "scan",
    "scan_as",
    "table",
    "template",
    "template_as",
    "trace_as",
    "verdict_changes_as",
    "why",
    "with_drafts",
    "with_guessed",
]
