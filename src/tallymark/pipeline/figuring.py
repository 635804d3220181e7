"""Figures with their caveats: tables of them, and one of them looked into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tallymark.documents import load_reference
from tallymark.errors import DocumentError, Problem, UsageError
from tallymark.model.finding import Findings
from tallymark.model.series import Series
from tallymark.model.submission import Submissions
from tallymark.pipeline.aggregating import read_aggregate
from tallymark.pipeline.checking import check
from tallymark.pipeline.reading import Paths, read

if TYPE_CHECKING:  # a check does without them
    from tallymark.model.table import Table as TableRecord
    from tallymark.model.table import TableSource
    from tallymark.present.fill import Wanted
    from tallymark.present.provenance import Provenance
    from tallymark.results import Cited, Figures, Lineage, Table


def interpret(
    submissions: Submissions | str | Path,
    findings: Findings,
    series: Mapping[str, Series] | None = None,
    *,
    caveats: Paths = (),
) -> Figures:
    """Give every observation its caveats; what was declared and not sent, too.

    `submissions` may be the path of a Parquet file that `aggregate` wrote. `caveats`
    names folders with further caveats, and data contracts whose limitations are caveats
    of the series they cover.

    Raises:
        UsageError: a file was read with guesses, which nobody has confirmed; or the
            path is none of an observation table.
        DocumentError: a caveat or a contract is faulty.
    """
    from tallymark.interpret import attach_caveats, load_catalogue
    from tallymark.model.mapping_workbook import DRAFT
    from tallymark.results import Figures

    if isinstance(submissions, str | Path):
        submissions = read_aggregate(submissions)
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


def figures_of(paths: Paths, own: str | Path | None = None) -> Figures:
    """Return the figures of data files; one that cannot be read stops it."""
    submissions = read(paths, own=own)
    for error in submissions.errors:
        raise error
    return interpret(submissions, check(submissions, keep=0))


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
