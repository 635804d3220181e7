"""The verbs of Tallymark, each a short walk through the stages it needs.

The only package that knows all stages. A stage is imported by the verb that needs it,
so that looking up an adapter does not wait for the check engine.
"""

from __future__ import annotations

from tallymark.pipeline.adopting import adopt, adoption_text, settings_with
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
from tallymark.pipeline.baselining import baseline_text, grow, new_baseline, shrink
from tallymark.pipeline.checking import (
    CELL_SUITE,
    about,
    check,
    check_all,
    flaws_as,
    lint_suites,
    save_table_findings,
)
from tallymark.pipeline.ci_reporting import (
    ci_formats,
    ci_report_as,
    save_ci_reports,
)
from tallymark.pipeline.claiming import claim, claims_as, scan, scan_as
from tallymark.pipeline.comparing import diff_verdicts, verdict_changes_as
from tallymark.pipeline.contract_making import (
    contract_flaws,
    contract_remarks,
    contract_version_of,
    make_contract,
)
from tallymark.pipeline.contracting import (
    check_contract,
    contract_changes_as,
    diff_contracts,
)
from tallymark.pipeline.figuring import (
    area_names,
    cite,
    figures_of,
    fill,
    interpret,
    table,
    why,
)
from tallymark.pipeline.gating import (
    Judged,
    judge,
    judge_read,
    judge_run,
    judge_table,
    keep_for,
    verdict_text,
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
from tallymark.pipeline.selecting import (
    files_to_check,
    is_whole,
    looked_at,
    read_configuration,
    table_files,
)

__all__ = [
    "CELL_SUITE",
    "GUESSED_ALL",
    "GUESSED_UNKNOWN",
    "Judged",
    "Paths",
    "about",
    "adopt",
    "adoption_text",
    "aggregate",
    "answers_as",
    "area_names",
    "baseline_text",
    "capacity_as_text",
    "check",
    "check_all",
    "check_contract",
    "ci_formats",
    "ci_report_as",
    "cite",
    "claim",
    "claims_as",
    "compare_capacity",
    "contract_changes_as",
    "contract_flaws",
    "contract_remarks",
    "contract_version_of",
    "diff_contracts",
    "diff_verdicts",
    "draft",
    "facts",
    "facts_as",
    "figures_of",
    "files_to_check",
    "fill",
    "findings_as",
    "findings_files",
    "flaws_as",
    "grow",
    "iccs",
    "iccs_as",
    "interpret",
    "is_whole",
    "judge",
    "judge_read",
    "judge_run",
    "judge_table",
    "keep_for",
    "lint_suites",
    "looked_at",
    "make_contract",
    "new_baseline",
    "read",
    "read_aggregate",
    "read_answers",
    "read_configuration",
    "report",
    "report_files",
    "save_answers",
    "save_capacity",
    "save_ci_reports",
    "save_findings",
    "save_table_findings",
    "scan",
    "scan_as",
    "settings_with",
    "shrink",
    "table",
    "table_files",
    "template",
    "template_as",
    "trace_as",
    "verdict_changes_as",
    "verdict_text",
    "why",
    "with_drafts",
    "with_guessed",
]
