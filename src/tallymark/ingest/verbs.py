"""What can be asked of files: to read, draft, trace, or list who can read them.

One bad file never stops the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from tallymark.documents.own import own_documents
from tallymark.errors import SourceError, TallymarkError
from tallymark.ingest.adapter.loading import BUILT_IN
from tallymark.ingest.batch import Batch, read_files
from tallymark.ingest.files import files_of
from tallymark.ingest.namesakes import apart, drafts_apart
from tallymark.ingest.reading import Order, Result, prepare, reread, screened_grid
from tallymark.ingest.recognition import (
    AdapterSummary,
    adapter_path,
    all_candidates,
)
from tallymark.ingest.template.declared import with_declared
from tallymark.ingest.tracing import trace_of, untraced
from tallymark.ingest.versions import settle_versions
from tallymark.model.cells import CellTable
from tallymark.model.draft import Decision, Draft
from tallymark.model.grid import Grid, ReaderOptions
from tallymark.model.submission import Submission, Submissions
from tallymark.model.trace import Trace
from tallymark.readers import read_grid

_NONE: Mapping[str, str] = MappingProxyType({})
Both = tuple[Submissions, tuple[Draft, ...]]


def read(
    paths: Sequence[Path],
    adapter: str | None = None,
    *,
    folder: Path | None = None,
    own: Path | None = None,
    not_personal: Mapping[str, str] = _NONE,
    replaces: Sequence[tuple[str, str]] = (),
    asks_adapters: bool = True,
    batch: Batch | None = None,
) -> Submissions:
    """Return what the files say; a file that fails stands in `errors`, with its reason.

    `paths` are files or folders, `adapter` an id or the path of an adapter document;
    without it, each file's adapter is found by its layout. `folder` holds the adapters,
    by default those that are shipped; `own` holds documents of the user's own, which
    join them. `not_personal` names sheets that are no lists of persons though they look
    like it, each with the reason. `replaces` has pairs of files, newer and older. Unless
    `asks_adapters`, only a named adapter or a template's own is looked for.

    Raises:
        UsageError: there is no such adapter or folder, a reason is empty, or `replaces`
            names no file that was read.
        DocumentError: the adapter document is wrong, or one of a folder is.
        SourceError: two files give the same figure, and neither is declared to be
            newer; it tells `errors` too.
    """
    held = folder or BUILT_IN
    documents = own_documents(own)
    order = Order(
        adapter=None if adapter is None else adapter_path(adapter, held, own),
        folder=held,
        own=own,
        not_personal=dict(not_personal),
        asks_adapters=asks_adapters,
    )
    errors: list[TallymarkError] = []
    notes: list[str] = []
    files = files_of(paths, errors)
    results = read_files(files, order, batch or Batch(), notes)
    named = apart(_parted(results, errors))
    items, told = settle_versions(named, replaces, errors)
    submissions = Submissions(
        items=tuple(items),
        errors=tuple(errors),
        notes=(*notes, *told),
        series=documents.series,
        countries=documents.countries,
        series_hashes=documents.series_hashes,
    )
    return with_declared(submissions)


def trace(
    path: Path,
    adapter: str | None = None,
    *,
    is_plain: bool = False,
    own: Path | None = None,
    not_personal: Mapping[str, str] = _NONE,
) -> Trace:
    """Return what each cell of a file became; with `is_plain`, no adapter is asked.

    Raises:
        UsageError, DocumentError: as `read`.
        SourceError: the file cannot be read, tells of persons, or no adapter fits.
    """
    named = None if adapter is None else adapter_path(adapter, BUILT_IN, own)
    order = Order(adapter=named, own=own, not_personal=dict(not_personal))
    if is_plain:
        return untraced(screened_grid(order, path))
    file = prepare(order, path)
    return trace_of(file.adapter, file.grid, file.sheets, path)


def draft(
    path: Path,
    *,
    decisions: Sequence[Decision] = (),
    not_personal: Mapping[str, str] = _NONE,
    grid: Grid | None = None,
) -> Draft:
    """Return a file read with guesses; what a person decided goes before them.

    `grid` holds its cells if they are past the gate already.

    Raises:
        SourceError: the file cannot be read, or tells of persons.
    """
    from tallymark.ingest.drafting.drafts import (  # noqa: PLC0415  # few files need it
        draft_of,
    )

    order = Order(not_personal=dict(not_personal))
    read_ = screened_grid(order, path) if grid is None else grid
    return draft_of(read_, path, decisions)


def with_drafts(submissions: Submissions, drafts: Sequence[Draft]) -> Both:
    """Return what was read beside drafts, so that no two files have one name."""
    read_, guessed = [s.path for s in submissions], [d.path for d in drafts]
    return (
        replace(submissions, items=tuple(apart(submissions.items, guessed))),
        tuple(drafts_apart(drafts, read_)),
    )


def cells(draft: Draft) -> CellTable:
    """Return the cells of a draft; a small workbook is read once more for its formats."""
    from tallymark.ingest.cell_relation.table import (  # noqa: PLC0415  # few files need it
        cells_of,
    )

    def styled() -> Grid:
        options = ReaderOptions(styles=True)
        return replace(
            read_grid(Path(draft.path), options=options), file=draft.grid.file
        )

    return cells_of(draft, styled)


def grid(submission: Submission) -> Grid:
    """Return the cells of a submission's file, which is read once more.

    Raises:
        SourceError: the file cannot be read any more, or has changed since.
    """
    return replace(reread(submission), file=submission.file)


def adapters(
    folder: Path | None = None, own: Path | None = None
) -> tuple[AdapterSummary, ...]:
    """Return what each known adapter is for, by id; own ones after the others.

    Raises:
        DocumentError: an adapter document is no YAML, or stands in both folders.
    """
    return tuple(c.summary for c in all_candidates(folder or BUILT_IN, own))


def _parted(
    results: Iterable[Result], errors: list[TallymarkError]
) -> list[Submission]:
    """Return the submissions, each file's bytes once, and tell `errors` of all else."""
    items: dict[str, Submission] = {}
    for result in results:
        if not isinstance(result, Submission):
            errors.append(result)
        elif (first := items.setdefault(result.sha256, result)) is not result:
            errors.append(same_file(first.path, result.path))
    return list(items.values())


def same_file(first: str, second: str | Path) -> SourceError:
    """Return the error that tells of a file whose bytes were read under another path."""
    return SourceError(
        f"This is the same file as {first}, byte for byte; it is read once.",
        where=str(second),
        hint="Pass one of the two.",
    )
