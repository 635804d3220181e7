"""One file to its Submission: reader, gate, choice of the adapter, mapping.

Hides that a file is read again once its adapter, known by then, says how.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from tallymark.documents import content_hash
from tallymark.documents.own import refuse_other_ids
from tallymark.errors import (
    DocumentError,
    FaultError,
    LayoutError,
    NoAdapterError,
    Problem,
    SourceError,
    TallymarkError,
)
from tallymark.ingest.adapter.document import Adapter
from tallymark.ingest.adapter.loading import BUILT_IN, load_adapter
from tallymark.ingest.layout import Searchable, searchable
from tallymark.ingest.person_gate.screening import check_reasons, overridden, screen
from tallymark.ingest.recognition import Candidate, all_candidates, recognise
from tallymark.ingest.returned.answers import refuse_returned
from tallymark.ingest.returned.sheets import refuse_mapping
from tallymark.ingest.submission import submission_of
from tallymark.ingest.template.filled import (
    CHANGED,
    DOCUMENT,
    FilledTemplate,
    filled_template,
)
from tallymark.ingest.template.pages import holds_comments
from tallymark.model.grid import Grid, ReaderOptions
from tallymark.model.mapping_workbook import DRAFT
from tallymark.model.submission import Submission
from tallymark.readers import read_grid

Load = Callable[[Path], Adapter]
Result = Submission | TallymarkError
"""What a file gives: what it says, or why it could not be read."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """How the files of a run are read; with the file, all that a result depends on.

    `adapter` is the document for all of them; without it, the one of `folder` that fits
    each. `not_personal` gives a reason for each sheet that is no list of persons.
    """

    adapter: Path | None = None
    folder: Path = BUILT_IN
    own: Path | None = None
    """A folder of own documents, whose adapters join those of `folder`."""
    asks_adapters: bool = True
    """Whether adapters of the folders are asked if none is named: a draft needs none."""
    not_personal: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a declaration without its reason."""
        check_reasons(self.not_personal)


@dataclass(frozen=True, kw_only=True)
class _Means:
    """What the files of a run are read with."""

    order: Order
    load: Load
    known: Sequence[Candidate]
    unknown: dict[str, Grid] | None = None
    """Where the grid of a file that no adapter fits is put, by its path."""


def file_reader(
    order: Order, unknown: dict[str, Grid] | None = None
) -> Callable[[Path], Result]:
    """Return a function that reads one file under the order.

    `unknown` is told the cells of each file that no adapter fits, by its path.

    Raises:
        DocumentError: the adapter is faulty, or one of the folder is.
    """
    load = cache(load_adapter)
    if order.adapter is not None:
        load(order.adapter)
    means = _Means(order=order, load=load, known=_known(order), unknown=unknown)
    return partial(_attempt, means)


def _known(order: Order) -> list[Candidate]:
    if order.adapter is not None or not order.asks_adapters:
        return []
    return all_candidates(order.folder, order.own)


def _attempt(means: _Means, path: Path) -> Result:
    try:
        return _read(means, path)
    except TallymarkError as error:
        _forget_frames(error)
        return error
    except MemoryError:
        return SourceError(
            "There is not memory enough to read this file.",
            where=str(path),
            hint="Read it alone, or ask for the table alone.",
        )
    except Exception as error:  # noqa: BLE001  # one file's fault is not the others'
        return _fault(error, path)


def _forget_frames(error: BaseException) -> None:
    """Let go of the frames of an error that is kept: they hold the cells of the file."""
    link: BaseException | None = error
    while link is not None:
        link.__traceback__ = None
        link = link.__cause__ or link.__context__


def _fault(error: Exception, path: Path) -> FaultError:
    """Tell of a fault by its kind and place; its own words may hold a cell's content."""
    (*_, frame) = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frame.filename).name}, line {frame.lineno}"
    return FaultError(
        f"Reading this file met a fault ({type(error).__name__} in {place}).",
        where=str(path),
        hint="This is a fault of tallymark, not of your file."
        " `tallymark --traceback …` shows where it arose.",
        trace="".join(traceback.format_exception(error)),
    )


def _read(means: _Means, path: Path) -> Submission:
    file = _prepared(means, path)
    submission = replace(
        _mapped(file, path),
        reader=file.adapter.reader,
        not_personal=file.not_personal,
        adapter_hash=content_hash(file.document),
        is_own=file.document.parent not in (BUILT_IN, DOCUMENT.parent),
    )
    return submission if file.filled is None else file.filled.completed(submission)


def _mapped(file: Prepared, path: Path) -> Submission:
    _refuse_draft(file)
    try:
        return submission_of(file.adapter, file.grid, file.sheets, path)
    except LayoutError as error:
        if file.filled is not None:
            raise LayoutError(error.what, where=error.where, hint=CHANGED) from error
        raise


def _refuse_draft(file: Prepared) -> None:
    """Refuse to take for figures what an adapter reads that is nothing but guesses."""
    if file.adapter.id.startswith(DRAFT):
        what = (
            f"{file.adapter.id!r} is a draft: nobody has said that its guesses are right;"
            f" when they are, give it an id that does not begin with {DRAFT!r}"
        )
        raise DocumentError(str(file.document), [Problem(what, "$.id")])


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A file past the gate, with its adapter: all that is needed to map its cells."""

    adapter: Adapter
    document: Path
    grid: Grid
    sheets: Sequence[Searchable]
    not_personal: Mapping[str, str]
    """The sheets that the gate let pass because they were declared, with the reasons."""
    filled: FilledTemplate | None = None
    """The template that the file is, whose adapter is made from its marks."""


def prepare(order: Order, path: Path) -> Prepared:
    """Return a file and the adapter that fits it, nothing mapped yet.

    Raises:
        SourceError: the file cannot be read, tells of persons, or no adapter fits.
        DocumentError: the adapter is faulty, or one of the folder is.
    """
    means = _Means(order=order, load=load_adapter, known=_known(order))
    return _prepared(means, path)


def screened_grid(order: Order, path: Path) -> Grid:
    """Return a file past the gate as its reader sees it, whatever adapters there are.

    Raises:
        SourceError: the file cannot be read, or tells of persons.
    """
    grid, _ = _screened(path, ReaderOptions(), order)
    return grid


def reread(submission: Submission) -> Grid:
    """Return a submission's file as it was read, past the gate.

    Raises:
        SourceError: the file cannot be read any more, or has changed since.
    """
    order = Order(not_personal=submission.not_personal)
    grid, _ = _screened(Path(submission.path), submission.reader, order)
    if grid.sha256 != submission.sha256:
        raise SourceError(
            "The file has changed since it was read.",
            where=submission.path,
            hint="Run again.",
        )
    return grid


def _prepared(means: _Means, path: Path) -> Prepared:
    order, document = means.order, means.order.adapter
    adapter = None if document is None else means.load(document)
    options = ReaderOptions() if adapter is None else adapter.reader
    grid, not_personal = _screened(path, options, order)
    sheets = searchable(grid, path)
    filled = filled_template(grid, path) if document is None else None
    if filled is not None and holds_comments(path):
        grid, not_personal = _screened(path, ReaderOptions(styles=True), order)
        sheets, filled = searchable(grid, path), filled_template(grid, path)
    if filled is not None:
        document, adapter = DOCUMENT, filled.adapter
    if document is None or adapter is None:
        document = _recognised(means, grid, sheets, path).path
        adapter = means.load(document)
        refuse_other_ids({document: adapter.id})
        if adapter.reader != options:
            grid, not_personal = _screened(path, adapter.reader, order)
            sheets = searchable(grid, path)
    return Prepared(
        adapter=adapter,
        document=document,
        grid=grid,
        sheets=sheets,
        not_personal=not_personal,
        filled=filled,
    )


def _recognised(
    means: _Means, grid: Grid, sheets: Sequence[Searchable], path: Path
) -> Candidate:
    try:
        return recognise(means.known, sheets, path)
    except NoAdapterError:
        if means.unknown is not None:
            means.unknown[str(path)] = grid
        raise


def _screened(
    path: Path, options: ReaderOptions, order: Order
) -> tuple[Grid, dict[str, str]]:
    """Return a file that tells of no persons, and which of its sheets were declared so."""
    grid = read_grid(path, options=options)
    refuse_returned(grid, path)
    refuse_mapping(grid, path)
    declared = overridden(grid, order.not_personal)
    return screen(grid, path, declared), declared
