"""The verbs of Tallymark, each a short walk through the stages it needs.

The only module that knows all stages. A stage is imported by the verb that needs it,
so that looking up an adapter does not wait for the check engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallymark.documents import load_reference
from tallymark.errors import (
    DocumentError,
    LayoutError,
    NoAdapterError,
    Problem,
    SourceError,
    TallymarkError,
    UsageError,
)
from tallymark.model.draft import Draft, Unknown
from tallymark.model.finding import Findings
from tallymark.model.series import Series
from tallymark.model.submission import Submissions

if TYPE_CHECKING:  # a check does without them
    import pyarrow as pa

    from tallymark.model.answer import Answers
    from tallymark.model.capacity import ComparedSheet
    from tallymark.model.claim import ClaimReport
    from tallymark.model.correspondence import CorrespondenceTable
    from tallymark.model.fact_sheet import FactSheet
    from tallymark.model.flaw import Flaw
    from tallymark.model.mention import Scan
    from tallymark.model.report import Report
    from tallymark.model.table import Table as TableRecord
    from tallymark.model.table import TableSource
    from tallymark.model.template import Request, Template
    from tallymark.present.fill import Wanted
    from tallymark.present.provenance import Provenance
    from tallymark.results import Cited, Figures, Lineage, Table

Paths = str | Path | Sequence[str | Path]

_SAVED = ("html", "json")
_MAPPING = "mapping"
CELL_SUITE = "workbook"
"""The suite about cells, which is run over every file that is read with guesses."""
GUESSED_ALL, GUESSED_UNKNOWN = "all", "unknown"
"""Which files of a check were read with guesses: all, or those that no adapter fits."""
_SAME_NAME = "Several files of this name were checked."
_LONGEST_NAME = 180
"""Bytes of a file's name in that of its return workbook."""


def read(
    paths: Paths,
    adapter: str | None = None,
    *,
    own: str | Path | None = None,
    not_personal: Mapping[str, str] | None = None,
    replaces: Sequence[tuple[str, str]] = (),
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    unknown: Unknown | None = None,
) -> Submissions:
    """Read files, or folders of files, into observations.

    Without `adapter`, each file's adapter is found by the texts in it. Files that
    cannot be read stand in `errors`; the others are read all the same. `own` is a folder
    with adapters, series and country facts of the user's own, beside the shipped ones.
    `not_personal` gives the reason why a sheet, by its name, is no list of persons.
    `replaces` has pairs of files, the newer and the older version of the same figures.

    Many files are read by `jobs` processes, as many as there are processors if null.
    What was read is kept in the folder `cache`, if there is one, and files that have
    not changed are taken from it. `progress` is called with the number of files done
    and of all files. `unknown` is for `with_drafts`: it says whether adapters are asked
    at all, and is told the cells of files that none fits.

    Raises:
        SourceError: two files hold a figure for the same thing, and neither is
            declared to be newer.
        UsageError: there is no such adapter or folder.
        DocumentError: an adapter or an own document is faulty.
    """
    from tallymark import ingest

    several = [paths] if isinstance(paths, str | Path) else paths
    return ingest.read(
        [Path(path) for path in several],
        adapter,
        own=None if own is None else Path(own),
        not_personal=not_personal or {},
        replaces=replaces,
        asks_adapters=unknown is None or not unknown.is_all,
        batch=ingest.Batch(
            jobs=jobs,
            cache=None if cache is None else Path(cache),
            progress=progress,
            unknown=None if unknown is None else unknown.grids,
        ),
    )


def draft(path: str | Path, *, not_personal: Mapping[str, str] | None = None) -> Draft:
    """Read a file that no adapter fits with guesses, each with its reason.

    `check` takes what it returns. Nothing of it can be set in a table or held to a
    claim before somebody has confirmed the guesses.

    Raises:
        SourceError: the file cannot be read, or tells of persons.
    """
    from tallymark import ingest

    return ingest.draft(Path(path), not_personal=not_personal or {})


def with_drafts(
    submissions: Submissions,
    unknown: Unknown,
    *,
    not_personal: Mapping[str, str] | None = None,
) -> tuple[Submissions, tuple[Draft, ...]]:
    """Return what was read, and drafts of the files that no adapter fits, or of all.

    `unknown` is what `read` was given. A file that cannot be read with guesses stands in
    `errors` as before.
    """
    from tallymark import ingest

    is_asked = unknown.is_all
    wanted = (NoAdapterError, LayoutError) if is_asked else NoAdapterError
    paths = [Path(s.path) for s in submissions] if is_asked else []
    paths += [Path(e.where) for e in submissions.errors if isinstance(e, wanted)]
    errors = [e for e in submissions.errors if not isinstance(e, wanted)]
    drafts: dict[str, Draft] = {}
    for path in paths:
        try:
            made = ingest.draft(
                path,
                not_personal=not_personal or {},
                grid=unknown.grids.pop(str(path), None),
            )
        except TallymarkError as error:
            errors.append(error)
        else:
            first = drafts.setdefault(made.grid.sha256, made)
            if first is not made:
                errors.append(ingest.same_file(first.path, path))
    items = () if is_asked else submissions.items
    read_ = replace(submissions, items=items, errors=tuple(errors))
    return read_, tuple(drafts.values())


def check_all(
    submissions: Submissions,
    drafts: Sequence[Draft],
    suite: str | Path | Sequence[str | Path] | None = None,
    *,
    keep: int | None = 1000,
) -> Findings:
    """Run suites over what was read, and over what was read with guesses.

    Of drafts the suite `workbook` looks at the cells, whatever suites are named; their
    figures are checked by what needs no definition. It looks at the cells of files that
    an adapter of the user's own reads, too: nobody has looked at their like before.

    Raises:
        DocumentError: a suite is faulty.
        UsageError: there is no such suite.
    """
    from tallymark import ingest
    from tallymark.check import check_confirmed, check_draft, load_suites, together

    named = [suite] if isinstance(suite, str | Path) else suite
    known = load_suites(None if named is None else [str(name) for name in named])
    cells = load_suites([CELL_SUITE])
    suites = (*cells, *(s for s in known if s.name != cells[0].name))
    reference = load_reference(
        own_series=submissions.series, own_countries=submissions.countries
    )
    found = [check(submissions, suite, keep=keep)] if submissions.items else []
    found += [
        check_draft(d, ingest.cells(d), suites, reference=reference, keep=keep)
        for d in drafts
    ]
    own = [s for s in submissions if s.is_own] if named is None else ()
    for one in own:
        guessed = draft(one.path, not_personal=dict(one.not_personal))
        seen = check_confirmed(
            ingest.cells(guessed), one.file, cells, reference=reference, keep=keep
        )
        found.append(seen)
    return together(found)


def check(
    source: Any,
    suite: str | Path | Sequence[str | Path] | None = None,
    series: Mapping[str, Series] | None = None,
    *,
    keep: int | None = 1000,
) -> Findings:
    """Run suites over submissions, or over any table with the observation columns.

    `source` is what `read` or `draft` returned, an Arrow table, a pandas or Polars frame,
    a DuckDB relation, or the path of a Parquet file. `suite` names one or several suites;
    all shipped ones if not given. At most `keep` findings an expectation are kept, their
    full number stands in the outcomes.

    Raises:
        DocumentError: a suite is faulty.
        UsageError: there is no such suite.
    """
    from tallymark.check import check as run_suites
    from tallymark.check import load_suites

    if isinstance(source, Draft):
        return check_all(Submissions(()), (source,), suite, keep=keep)
    named = [suite] if isinstance(suite, str | Path) else suite
    suites = load_suites(None if named is None else [str(name) for name in named])
    relations = {"observations": source}
    reference = load_reference(series)
    if isinstance(source, Submissions):
        reference = load_reference(series, source.series, source.countries)
        relations = {
            "observations": _versions(source),
            "losses": source.losses,
            "regions": source.regions,
            "headings": source.headings,
        }
    return run_suites(relations, suites, reference=reference, keep=keep)


def _versions(submissions: Submissions) -> pa.Table:
    """Return all figures with a value, older ones too; older gaps ask for nothing."""
    import pyarrow as pa

    replaced = submissions.replaced
    if not replaced.num_rows:
        return submissions.observations
    told = replaced.filter(replaced["missing_reason"].is_null())
    return pa.concat_tables([submissions.observations, told])


def interpret(
    submissions: Submissions,
    findings: Findings,
    series: Mapping[str, Series] | None = None,
    *,
    caveats: Paths = (),
) -> Figures:
    """Give every observation its caveats; what was declared and not sent, too.

    `caveats` names folders with further caveats, and data contracts whose limitations
    are caveats of the series they cover.

    Raises:
        UsageError: a file was read with guesses, which nobody has confirmed.
        DocumentError: a caveat or a contract is faulty.
    """
    from tallymark.interpret import attach_caveats, load_catalogue
    from tallymark.model.mapping_workbook import DRAFT
    from tallymark.results import Figures

    for submission in submissions:
        if submission.adapter.startswith(DRAFT):
            raise UsageError(
                "was read with guesses, which nobody has confirmed: no figure of it may"
                " be used.",
                where=submission.path,
                hint="Decide in its mapping workbook, and pass that to `tallymark adapt"
                " accept`.",
            )
    catalogue = load_catalogue(caveats)
    reference = load_reference(series, submissions.series, submissions.countries)
    figures = attach_caveats(submissions.observations, findings, reference, catalogue)
    return Figures(figures, catalogue, submissions, findings, reference)


def table(
    figures: Figures,
    rows: str | Sequence[str] = "ref_area",
    columns: str | Sequence[str] = "time_period",
) -> Table:
    """Set figures out in rows and columns, with the notes they must carry.

    A cell with one figure shows it; a cell with several shows their total, as far as
    they may be added.

    Raises:
        UsageError: a name is no column of a figure's type.
    """
    from tallymark.interpret.layout import lay_out
    from tallymark.results import Table, listed

    record = lay_out(
        figures.table,
        (listed(rows), listed(columns)),
        figures.catalogue,
        {"ref_area": area_names(), "series_id": _series_titles(figures)},
        _table_sources(figures.submissions),
        left_out=figures.left_out,
    )
    return Table(replace(record, ids=_cell_ids(record, figures)), figures)


def why(
    figures: Figures,
    cell: str,
    values: Mapping[str, Sequence[str]],
    by: Sequence[str] = ("ref_area", "time_period"),
) -> Lineage:
    """Tell where a figure comes from; it may be one of the sums over `by`, by its id.

    Raises:
        UsageError: several figures are meant, or none; the nearest are named.
    """
    return _holding(figures, cell, values, by).why(cell, **values)


def cite(
    figures: Figures,
    cell: str,
    values: Mapping[str, Sequence[str]],
    by: Sequence[str] = ("ref_area", "time_period"),
) -> Cited:
    """Return what to cite for a figure, which is named as in `why`.

    Raises:
        UsageError: several figures are meant, or none; the nearest are named.
    """
    return _holding(figures, cell, values, by).cite(cell, **values)


def fill(
    text: str,
    file: str,
    figures: Figures,
    by: Sequence[str] = ("ref_area", "time_period"),
) -> tuple[str, Provenance]:
    """Return a Markdown text with figures in place of `{{figure …}}`, and its provenance.

    A figure is named as in `why`.

    Raises:
        DocumentError: a placeholder means several figures, or none; all are told.
    """
    import hashlib

    from tallymark.model.step import Step
    from tallymark.outputs import provenance_of
    from tallymark.present.fill import filled, placeholders

    problems: list[Problem] = []
    places = placeholders(text, problems)
    wanted: list[Wanted | None] = []
    for place in places:
        try:
            wanted.append(
                None
                if place.kind == "notes"
                else _wanted(figures, " ".join(place.words), place.values, by)
            )
        except UsageError as error:
            problems.append(Problem(str(error), f"line {place.line}"))
    if problems:
        raise DocumentError(file, problems)
    out, printed = filled(text, places, wanted)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    step = Step(operation="fill", arguments={"by": ",".join(by)}, before=())
    return out, provenance_of(
        figures.submissions,
        figures.findings,
        (*figures.steps, step),
        catalogue=figures.catalogue,
        printed={"text": {"file": file, "sha256": sha256}, **printed},
    )


def _wanted(
    figures: Figures, cell: str, values: Mapping[str, Sequence[str]], by: Sequence[str]
) -> Wanted:
    from tallymark.present.fill import Wanted

    id_, figure = _holding(figures, cell, values, by).one(cell, **values)
    known = figures.catalogue.caveats
    return Wanted(
        id=id_, figure=figure, caveats=tuple(known[slug] for slug in figure.caveats)
    )


def _holding(
    figures: Figures,
    cell: str,
    values: Mapping[str, Sequence[str]],
    by: Sequence[str],
) -> Figures:
    """Return the figures among which one is: these, or their sums over `by`, by its id."""
    from tallymark.model.figure_id import parse_id

    try:
        figures.id(cell, **values)
    except UsageError:
        if parse_id(cell) is None:
            raise
        return figures.sum(by)
    return figures


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


def figures_of(paths: Paths, own: str | Path | None = None) -> Figures:
    """Return the figures of data files; one that cannot be read stops it."""
    submissions = read(paths, own=own)
    for error in submissions.errors:
        raise error
    return interpret(submissions, check(submissions, keep=0))


def claims_as(report: ClaimReport, name: str) -> str:
    """Return what claims come to as text: `text`, `markdown` or `json`."""
    from tallymark.present import render

    return render("claims", name, report)[""].decode()


def scan_as(scan: Scan, name: str) -> str:
    """Return what the numbers of a report come to: `text`, `markdown` or `json`."""
    from tallymark.present import render

    return render("scan", name, scan)[""].decode()


def trace_as(
    path: str | Path,
    name: str,
    adapter: str | None = None,
    *,
    is_plain: bool = False,
    own: str | Path | None = None,
    not_personal: Mapping[str, str] | None = None,
) -> bytes:
    """Return what each cell of a file became, as `text` or `html`.

    With `is_plain` no adapter is asked: the file is shown as its reader sees it.

    Raises:
        SourceError: the file cannot be read, or no adapter fits.
    """
    from tallymark import ingest
    from tallymark.present import render

    trace = ingest.trace(
        Path(path),
        adapter,
        is_plain=is_plain,
        own=None if own is None else Path(own),
        not_personal=not_personal or {},
    )
    return render("trace", name, trace)[""]


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
        if is_asked or part.drafts:
            files[_named("return", name, names)] = render("return", "xlsx", part)[""]
    for one in made.drafts:
        if guessed.count(one.grid.file) == 1:
            name = _named(_MAPPING, one.grid.file, names)
            files[name] = render("draft", "xlsx", one)[""]
    return files


def _named(kind: str, file: str, names: Collection[str]) -> str:
    """Return the name of a file's workbook of a kind, no longer than a system takes.

    >>> _named("return", "a.csv", {"a.csv", "b.csv"}), _named("return", "a", {"a"})
    ('return-a.xlsx', 'return.xlsx')
    """
    import hashlib

    if len(names) == 1:
        return f"{kind}.xlsx"
    stem = Path(file).stem
    name = stem if sum(Path(other).stem == stem for other in names) == 1 else file
    if len(name.encode()) > _LONGEST_NAME:
        name = hashlib.sha256(file.encode()).hexdigest()[:16]
    return f"{kind}-{name}.xlsx"


def read_answers(paths: Paths) -> Answers:
    """Return what senders answered in return workbooks; it changes no later check.

    Files that are no return workbooks stand in `errors`.
    """
    from tallymark import ingest

    several = [paths] if isinstance(paths, str | Path) else paths
    return ingest.read_answers([Path(path) for path in several])


def answers_as(answers: Answers, name: str) -> str:
    """Return answers as text: `text`, `csv` or `json`."""
    from tallymark.present import render

    return render("answers", name, answers)[""].decode()


def save_answers(answers: Answers, name: str, path: Path) -> tuple[Path, ...]:
    """Write answers to a file as `text`, `csv` or `json`.

    Raises:
        UsageError: the file cannot be written.
    """
    from tallymark.present.writing import write_files

    return write_files(path.parent, {path.name: answers_as(answers, name).encode()})


def compare_capacity(path: str | Path, own: str | Path | None = None) -> ComparedSheet:
    """Return a sheet of answers on capacity, each beside what is known of its days.

    Raises:
        SourceError: the file cannot be read, or holds no such answers.
    """
    from tallymark import ingest
    from tallymark.documents import REFERENCE, read_code_list
    from tallymark.documents.own import own_documents
    from tallymark.model.capacity import ComparedSheet, compare_answer

    sheet = ingest.read_capacity(Path(path))
    held = own_documents(None if own is None else Path(own)).countries
    known = load_reference(own_countries=held).countries
    names = {
        row["code"]: row["name"] for row in read_code_list(REFERENCE / "areas.csv")
    }
    compared = [
        compare_answer(told, known.get(told.iso3), names.get(told.iso3, told.iso3))
        for told in sheet.answers
    ]
    return ComparedSheet(
        file=sheet.file, answers=tuple(compared), problems=sheet.problems
    )


def capacity_as_text(sheet: ComparedSheet) -> str:
    """Return what a sheet of answers says that the facts do not."""
    from tallymark.present import render

    return render("capacity", "text", sheet)[""].decode()


def save_capacity(sheet: ComparedSheet, own: str | Path) -> tuple[Path, ...]:
    """Write new answers into the country facts of an own folder.

    Countries whose facts are shipped are left out: an own document replaces none.

    Raises:
        UsageError: the folder is not there, or a file cannot be written.
    """
    from tallymark.documents.own import COUNTRIES, own_documents
    from tallymark.model.capacity import with_answers
    from tallymark.present import render
    from tallymark.present.writing import write_files

    held = own_documents(Path(own)).countries
    shipped = load_reference().countries
    files: dict[str, bytes] = {}
    for iso3 in dict.fromkeys(answer.told.iso3 for answer in sheet.answers):
        told = [answer for answer in sheet.answers if answer.told.iso3 == iso3]
        if iso3 not in shipped and any(answer.standing == "new" for answer in told):
            country = with_answers(held.get(iso3), told)
            files[f"{iso3}.yaml"] = render("country", "yaml", country)[""]
    return write_files(Path(own) / COUNTRIES, files, make_folder=True)


def lint_suites(names: Sequence[str | Path] | None = None) -> tuple[Flaw, ...]:
    """Return what is wrong with suites by themselves; all shipped ones if not named.

    Raises:
        DocumentError: a suite is faulty.
        UsageError: there is no such suite, or two share an expectation's slug.
    """
    from tallymark.check import lint_suites as find_flaws
    from tallymark.check import load_suites

    return find_flaws(load_suites(None if names is None else [str(n) for n in names]))


def flaws_as(flaws: Sequence[Flaw], name: str) -> str:
    """Return flaws of suites as `text` or `json`."""
    from tallymark.present import render

    return render("flaws", name, flaws)[""].decode()


def facts(
    iso3: str, *, is_unverified: bool = False, own: str | Path | None = None
) -> FactSheet:
    """Return a country's sourced facts, or the list of those to be verified.

    `iso3` may be its English name, too. `own` is as in `read`. The second list is the only place where they stand.

    Raises:
        UsageError: there is no document of this country.
        DocumentError: it is faulty.
    """
    from tallymark.documents.own import country_documents
    from tallymark.interpret import load_catalogue
    from tallymark.interpret.facts import list_facts

    known = country_documents(None if own is None else Path(own))
    by_name = {name.casefold(): code for code, name in area_names().items()}
    code = by_name.get(iso3.casefold(), iso3.upper())
    if code not in known:
        raise UsageError(
            f"there are no facts about {iso3!r}.",
            hint=f"Known are: {', '.join(sorted(known))}.",
        )
    return list_facts(known[code], load_catalogue(), is_unverified=is_unverified)


def facts_as(sheet: FactSheet, name: str) -> bytes:
    """Return the facts of a country as `text`, `csv` or `json`."""
    from tallymark.present import render

    return render("facts", name, sheet)[""]


def iccs(iso3: str, *, own: str | Path | None = None) -> CorrespondenceTable:
    """Return how a country's offences lie to ICCS, for the country to confirm.

    Raises:
        UsageError: there is no such document.
        DocumentError: it is faulty.
    """
    from tallymark.documents.correspondence import load_correspondence

    return load_correspondence(
        iso3, area_names().get(iso3, iso3), None if own is None else Path(own)
    )


def iccs_as(table: CorrespondenceTable, name: str) -> bytes:
    """Return a country's offences and codes as `text`, `csv` or `xlsx`."""
    from tallymark.present import render

    return render("iccs", name, table)[""]


def template(
    request: Request,
    *,
    own: str | Path | None = None,
    asked_by: str = "",
    answer_by: str = "",
) -> Template:
    """Return the workbook that a country fills in, not yet written.

    A series without stages asks for those that its definition expects. `own` is as in
    `read`; `asked_by` and `answer_by` are printed on the first sheet.

    Raises:
        UsageError: there is no such area, series or language, or the calendar has no
            such years.
    """
    from tallymark import ingest
    from tallymark.documents.messages import languages
    from tallymark.documents.own import own_documents

    if request.language not in languages():
        raise UsageError(
            f"There are no templates in {request.language!r}.",
            hint=f"Known are: {', '.join(languages())}.",
        )
    series = own_documents(None if own is None else Path(own)).series
    made = ingest.template_for(request, load_reference(None, series).series)
    return replace(made, asked_by=asked_by, answer_by=answer_by)


def template_as(template: Template, name: str) -> bytes:
    """Return a template as `xlsx`."""
    from tallymark.present import render

    return render("template", name, template)[""]


def about(slug: str) -> str:
    """Return what an expectation or a caveat is, why it is, and an example.

    Raises:
        UsageError: nothing has that slug; the nearest are named.
    """
    from tallymark.check import load_suites
    from tallymark.interpret import load_catalogue
    from tallymark.present.about import about_caveat, about_text, source_text

    caveats = load_catalogue().caveats
    suites = load_suites(with_all=True)
    expectations = {e.slug: e for suite in suites for e in suite.expectations}
    if slug in caveats:
        return about_caveat(caveats[slug])
    if slug not in expectations:
        raise _unknown_slug(slug, [*caveats, *expectations])
    expectation = expectations[slug]
    meaning = expectation.meaning
    return about_text(
        slug,
        f"expectation, {expectation.severity}, {meaning.dimension}",
        {
            "Promise": meaning.promise,
            "Why": meaning.why,
            "What to do": meaning.action,
            "Ask": meaning.ask["en"],
            "Example": meaning.example,
            "Source": source_text([meaning.source]),
        },
    )


def _unknown_slug(slug: str, known: Sequence[str]) -> UsageError:
    import difflib

    near = difflib.get_close_matches(slug, known, 3, 0.4)
    return UsageError(
        f"there is no expectation and no caveat {slug!r}.",
        hint=f"Nearest: {', '.join(near)}." if near else "See docs/reference.",
    )


def area_names() -> Mapping[str, str]:
    """Return the English short names of areas by their codes."""
    from tallymark.documents import REFERENCE, read_code_list

    rows = read_code_list(REFERENCE / "areas.csv")
    return {row["code"]: row["name"] for row in rows}


def _cell_ids(record: TableRecord, figures: Figures) -> tuple[tuple[str, ...], ...]:
    from tallymark.model.figure_id import figure_ids

    ids = iter(figure_ids(list(record.figures()), figures.steps))
    return tuple(
        tuple("" if cell is None else next(ids) for cell in row) for row in record.cells
    )


def _series_titles(figures: Figures) -> dict[str, str]:
    known = figures.reference.series
    present = {s for s in figures.table["series_id"].to_pylist() if s in known}
    return {s: known[s].title for s in present}


def _table_sources(submissions: Submissions) -> tuple[TableSource, ...]:
    from tallymark.model.table import TableSource

    return tuple(
        TableSource(
            source=s.source, file=s.file, sha256=s.sha256, n_lost=s.losses.num_rows
        )
        for s in submissions
    )
