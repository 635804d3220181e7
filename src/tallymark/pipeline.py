"""The verbs of Tallymark, each a short walk through the stages it needs.

The only module that knows all stages. A stage is imported by the verb that needs it,
so that looking up an adapter does not wait for the check engine.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallymark.documents import load_reference
from tallymark.errors import DocumentError, Problem, SourceError, UsageError
from tallymark.model.finding import Findings
from tallymark.model.series import Series
from tallymark.model.submission import Submissions

if TYPE_CHECKING:  # a check does without them
    from tallymark.model.answer import Answers
    from tallymark.model.claim import ClaimReport
    from tallymark.model.flaw import Flaw
    from tallymark.model.mention import Scan
    from tallymark.model.report import Report
    from tallymark.model.table import Table as TableRecord
    from tallymark.model.table import TableSource
    from tallymark.present.fill import Wanted
    from tallymark.present.provenance import Provenance
    from tallymark.results import Cited, Figures, Lineage, Table

Paths = str | Path | Sequence[str | Path]

_SAVED = ("html", "json")
_LONGEST_NAME = 180
"""Bytes of a file's name in that of its return workbook."""


def read(
    paths: Paths,
    adapter: str | None = None,
    *,
    own: str | Path | None = None,
    not_personal: Mapping[str, str] | None = None,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Submissions:
    """Read files, or folders of files, into observations.

    Without `adapter`, each file's adapter is found by the texts in it. Files that
    cannot be read stand in `errors`; the others are read all the same. `own` is a folder
    with adapters, series and country facts of the user's own, beside the shipped ones.
    `not_personal` gives the reason why a sheet, by its name, is no list of persons.

    Many files are read by `jobs` processes, as many as there are processors if null.
    What was read is kept in the folder `cache`, if there is one, and files that have
    not changed are taken from it. `progress` is called with the number of files done
    and of all files.

    Raises:
        SourceError: two files hold a figure for the same thing.
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
        batch=ingest.Batch(
            jobs=jobs,
            cache=None if cache is None else Path(cache),
            progress=progress,
        ),
    )


def check(
    source: Any,
    suite: str | Path | Sequence[str | Path] | None = None,
    series: Mapping[str, Series] | None = None,
    *,
    keep: int | None = 1000,
) -> Findings:
    """Run suites over submissions, or over any table with the observation columns.

    `source` is what `read` returned, an Arrow table, a pandas or Polars frame, a DuckDB
    relation, or the path of a Parquet file. `suite` names one or several suites; all
    shipped ones if not given. At most `keep` findings an expectation are kept, their
    full number stands in the outcomes.

    Raises:
        DocumentError: a suite is faulty.
        UsageError: there is no such suite.
    """
    from tallymark.check import check as run_suites
    from tallymark.check import load_suites

    named = [suite] if isinstance(suite, str | Path) else suite
    suites = load_suites(None if named is None else [str(name) for name in named])
    relations = {"observations": source}
    reference = load_reference(series)
    if isinstance(source, Submissions):
        reference = load_reference(series, source.series, source.countries)
        relations = {
            "observations": source.observations,
            "losses": source.losses,
            "regions": source.regions,
            "headings": source.headings,
        }
    return run_suites(relations, suites, reference=reference, keep=keep)


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
        DocumentError: a caveat or a contract is faulty.
    """
    from tallymark.interpret import attach_caveats, load_catalogue
    from tallymark.results import Figures

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


def findings_as(findings: Findings, name: str) -> str:
    """Return findings as text: `text`, `json`, or `html` without pictures of sheets."""
    from tallymark.model.report import Report
    from tallymark.present import render

    return render("findings", name, Report(findings=findings))[""].decode()


def report(submissions: Submissions, findings: Findings) -> Report:
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
            unshown[name] = "Several files of this name were checked."
            continue
        try:
            grids[name] = ingest.grid(submission)
        except SourceError as error:
            unshown[name] = error.what
    return Report(
        findings=findings, submissions=submissions, grids=grids, unshown=unshown
    )


def save_findings(
    submissions: Submissions,
    findings: Findings,
    folder: Path,
    *,
    language: str = "en",
) -> tuple[Path, ...]:
    """Write findings and workbooks with questions into a folder, with their provenance.

    A workbook asks the sender of one file, in `language`, and shows that file alone.

    Raises:
        UsageError: the folder cannot be made or written to, or a file in it is open.
    """
    from tallymark.model.step import Step
    from tallymark.outputs import provenance_of, save

    step = Step(operation="check", arguments={"language": language}, before=())
    files = findings_files(submissions, findings, language)
    made = provenance_of(submissions, findings, (step,))
    return save(folder / "findings", files, made)


def findings_files(
    submissions: Submissions, findings: Findings, language: str
) -> dict[str, bytes]:
    """Return the files that `save_findings` writes, without the provenance."""
    from tallymark.present import render

    made = replace(report(submissions, findings), language=language)
    files = {f"findings.{name}": render("findings", name, made)[""] for name in _SAVED}
    names = {submission.file for submission in submissions}
    for name in made.grids:
        part = made.about(name, names - {name})
        if any(finding.ask and not finding.is_waived for finding in part.findings):
            files[_return_name(name, names)] = render("return", "xlsx", part)[""]
    return files


def _return_name(file: str, names: Collection[str]) -> str:
    """Return the name of a file's return workbook, no longer than a system takes.

    >>> _return_name("a.csv", {"a.csv", "b.csv"}), _return_name("a.csv", {"a.csv"})
    ('return-a.xlsx', 'return.xlsx')
    """
    import hashlib

    if len(names) == 1:
        return "return.xlsx"
    stem = Path(file).stem
    name = stem if sum(Path(other).stem == stem for other in names) == 1 else file
    if len(name.encode()) > _LONGEST_NAME:
        name = hashlib.sha256(file.encode()).hexdigest()[:16]
    return f"return-{name}.xlsx"


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
