"""What a check found, as text and as the files of a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tallymark.errors import SourceError, UsageError
from tallymark.model.draft import Draft
from tallymark.model.finding import Findings
from tallymark.model.submission import Submissions

if TYPE_CHECKING:  # a check does without them
    from tallymark.model.report import Report

_SAVED = ("html", "json")
_MAPPING = "mapping"
_SAME_NAME = "Several files of this name were checked."
_LONGEST_NAME = 180
"""Bytes of a file's name in that of its return workbook."""
GUESSED_ALL, GUESSED_UNKNOWN = "all", "unknown"
"""Which files of a check were read with guesses: all, or those that no adapter fits."""


def findings_as(
    findings: Findings,
    name: str,
    drafts: Sequence[Draft] = (),
    submissions: Submissions | None = None,
    *,
    is_guess_asked: bool = False,
) -> str:
    """Return findings as text: `text`, `json`, `gx`, or `html` without pictures.

    With the `drafts` of files that were read with guesses, it tells of these; they are
    named if there are `submissions` beside.
    """
    from tallymark.model.report import Report
    from tallymark.present import render

    made = Report(
        findings=findings,
        submissions=Submissions(()) if submissions is None else submissions,
        drafts=tuple(drafts),
        is_guess_asked=is_guess_asked,
    )
    return render("findings", name, made)[""].decode()


def report(
    submissions: Submissions, findings: Findings, drafts: Sequence[Draft] = ()
) -> Report:
    """Return findings with the sheets that they are about; their files are read again."""
    from tallymark import ingest
    from tallymark.model.report import Report

    named = {finding.location.file for finding in findings.items}
    grids, unshown = {}, {}
    for submission in submissions:
        name = submission.file
        if name not in named:
            continue
        if sum(other.file == name for other in submissions) > 1:
            unshown[name] = _SAME_NAME
            continue
        try:
            grids[name] = ingest.grid(submission)
        except SourceError as error:
            unshown[name] = error.what
    names = Counter(d.grid.file for d in drafts) + Counter(s.file for s in submissions)
    for guessed in drafts:
        name = guessed.grid.file
        if names[name] == 1:
            grids[name] = guessed.grid
        else:
            unshown[name] = _SAME_NAME
            grids.pop(name, None)
    return Report(
        findings=findings,
        submissions=submissions,
        grids=grids,
        unshown=unshown,
        drafts=tuple(drafts),
    )


def save_findings(
    submissions: Submissions,
    findings: Findings,
    folder: Path,
    *,
    language: str = "en",
    drafts: Sequence[Draft] = (),
    is_guess_asked: bool = False,
) -> tuple[Path, ...]:
    """Write findings and workbooks with questions into a folder, with their provenance.

    A workbook asks the sender of one file, in `language`, and shows that file alone. For
    each file that was read with guesses, another one holds them, to be confirmed.

    Raises:
        UsageError: the folder cannot be made or written to, a file in it is open, or
            it holds such a workbook that may have been decided in.
    """
    from tallymark.model.step import Step
    from tallymark.outputs import provenance_of, save

    said = {"language": language}
    if drafts:
        said["guessed"] = GUESSED_ALL if is_guess_asked else GUESSED_UNKNOWN
    step = Step(operation="check", arguments=said, before=())
    made = replace(
        report(submissions, findings, drafts),
        language=language,
        is_guess_asked=is_guess_asked,
    )
    inputs = with_guessed(submissions, drafts)
    files = report_files(made)
    for name in files:
        if name.startswith(_MAPPING):
            _keep_decisions(folder / name, files[name])
    made_from = provenance_of(inputs, findings, (step,))
    return save(folder / "findings", files, made_from)


def _keep_decisions(target: Path, content: bytes) -> None:
    """Refuse to write over a mapping workbook that is no longer as it was written."""
    if target.is_file() and target.read_bytes() != content:
        raise UsageError(
            f"{target} is there already and may hold decisions; nothing was written.",
            hint=f"Run `tallymark adapt accept {target}`, or move it away.",
        )


def with_guessed(submissions: Submissions, drafts: Sequence[Draft]) -> Submissions:
    """Return all that a report rests on: what was read, and what was read with guesses."""
    guessed = [d.submission for d in drafts if d.submission is not None]
    return replace(submissions, items=(*submissions.items, *guessed))


def findings_files(
    submissions: Submissions, findings: Findings, language: str
) -> dict[str, bytes]:
    """Return the files that `save_findings` writes of files that adapters fit."""
    return report_files(replace(report(submissions, findings), language=language))


def report_files(made: Report) -> dict[str, bytes]:
    """Return the files on a report that `save_findings` writes, by their names."""
    from tallymark.present import render

    files = {f"findings.{name}": render("findings", name, made)[""] for name in _SAVED}
    guessed = [d.grid.file for d in made.drafts]
    names = {*(submission.file for submission in made.submissions), *guessed}
    for name in made.grids:
        part = made.about(name, names - {name})
        is_asked = any(f.ask and not f.is_waived for f in part.findings)
        if is_asked or any(draft.tables for draft in part.drafts):
            files[_named("return", name, names)] = render("return", "xlsx", part)[""]
    for one in made.drafts:
        if one.tables and guessed.count(one.grid.file) == 1:
            name = _named(_MAPPING, one.grid.file, names)
            files[name] = render("draft", "xlsx", one)[""]
    return files


def _named(kind: str, file: str, names: Collection[str]) -> str:
    """Return the name of a file's workbook of a kind, no longer than a system takes.

    >>> _named("return", "a.csv", {"a.csv", "b.csv"}), _named("return", "a", {"a"})
    ('return-a.xlsx', 'return.xlsx')
    >>> _named("return", "2018/a.csv", {"2018/a.csv", "2019/a.csv"})
    'return-2018-a.xlsx'
    """
    import hashlib

    if len(names) == 1:
        return f"{kind}.xlsx"
    flat = {other: other.replace("/", "-") for other in names}
    stem = Path(flat[file]).stem
    is_only = sum(Path(other).stem == stem for other in flat.values()) == 1
    name = stem if is_only else flat[file]
    if len(name.encode()) > _LONGEST_NAME:
        name = hashlib.sha256(file.encode()).hexdigest()[:16]
    return f"{kind}-{name}.xlsx"
