"""A table fit to print: figures by row and column, and the notes they carry.

Holds no wording and no marks on paper: how a cell is printed is told in `present`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tallymark.model.caveat import Caveat
from tallymark.model.codes import Use, Weight
from tallymark.model.context import is_invented
from tallymark.model.figure import Figure
from tallymark.model.series import Source

Cell = Figure | None
"""None: neither an observation nor a declaration stands behind the cell."""

_WEIGHTS = tuple(Weight)


@dataclass(frozen=True)
class Label:
    """A code (`NAM`, `ref_area`) and what is printed for it (`Namibia`, `Country`)."""

    code: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Note:
    """One caveat as it is numbered in a table.

    `n_figures` of the table's `n_printed` figures carry it.
    """

    number: int
    slug: str
    sentence: str
    language: str
    weight: Weight
    group: str
    limits: tuple[Use, ...]
    n_figures: int
    n_printed: int
    of_totals: tuple[float, float] = (1.0, 1.0)
    """The least and the greatest share of a total under it; 1 where not all are known."""

    @property
    def share(self) -> float:
        """Share of the printed figures that carry the caveat, 0 to 1."""
        return self.n_figures / self.n_printed

    @property
    def is_on_every_figure(self) -> bool:
        """Whether no printed figure is without it."""
        return self.n_figures == self.n_printed


@dataclass(frozen=True, kw_only=True)
class TableSource:
    """A file behind the figures of a table, and who published it."""

    source: Source
    file: str
    sha256: str
    n_lost: int = 0
    """How many of its cells were not read as they should."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Figures by row and column, with the notes of all their caveats.

    `cells[i][j]` stands in `rows[i]` and `columns[j]`; a row or column has one label
    per dimension. `use` is what was done to get the figures (show, total, ranking).

    Raises:
        ValueError: labels and cells do not fit, or a cell's caveat has no note.
    """

    caption: str
    row_dimensions: tuple[Label, ...]
    column_dimensions: tuple[Label, ...]
    rows: tuple[tuple[Label, ...], ...]
    columns: tuple[tuple[Label, ...], ...]
    cells: tuple[tuple[Cell, ...], ...]
    notes: tuple[Note, ...]
    sources: tuple[TableSource, ...]
    use: Use = Use.SHOW
    language: str = "en"
    ids: tuple[tuple[str, ...], ...] = ()
    """The short ids of the figures, cell by cell, empty where nothing stands."""

    def __post_init__(self) -> None:
        if not self.row_dimensions:
            raise ValueError("a table needs at least one row dimension")
        _check_labels(self.row_dimensions, self.rows, "row")
        _check_labels(self.column_dimensions, self.columns, "column")
        if [len(row) for row in self.cells] != [len(self.columns)] * len(self.rows):
            raise ValueError("cells do not fit the rows and columns")
        carried = {slug for figure in self.figures() for slug in figure.caveats}
        lost = sorted(carried - {note.slug for note in self.notes})
        if lost:
            raise ValueError(f"no note for {', '.join(lost)}")

    def id_of(self, row: int, column: int) -> str:
        """Return the short id of a cell's figure; empty where it has none."""
        return self.ids[row][column] if self.ids else ""

    def figures(self) -> Iterator[Figure]:
        """Yield the printed figures, row by row."""
        return (cell for row in self.cells for cell in row if cell is not None)

    @property
    def n_invented(self) -> int:
        """How many of the printed figures are of an invented area."""
        return sum(_is_invented(figure) for figure in self.figures())

    @property
    def invented(self) -> bool:
        """Whether an invented figure is among the printed ones."""
        return self.n_invented > 0

    @property
    def use_limits(self) -> tuple[Use, ...]:
        """Return the uses that a critical caveat of a printed figure refuses."""
        refused = {
            use
            for note in self.notes
            if note.weight is Weight.CRITICAL
            for use in note.limits
        }
        return tuple(use for use in Use if use in refused)


def number_notes(
    cells: Sequence[Sequence[Cell]],
    caveats: Mapping[str, Caveat],
    language: str = "en",
) -> tuple[Note, ...]:
    """Return the notes of all caveats in the cells: heaviest, then most frequent first.

    Raises:
        KeyError: a figure carries a caveat that is not in `caveats`.
    """
    figures = [cell for row in cells for cell in row if cell is not None]
    carried = Counter(slug for figure in figures for slug in set(figure.caveats))
    found = {slug: caveats[slug] for slug in carried}

    def rank(slug: str) -> tuple[int, int, str]:
        return _WEIGHTS.index(found[slug].weight), -carried[slug], slug

    return tuple(
        Note(
            number=number,
            slug=slug,
            sentence=found[slug].sentence(language),
            language=language if language in found[slug].text else "en",
            weight=found[slug].weight,
            group=found[slug].group,
            limits=found[slug].limits,
            n_figures=carried[slug],
            n_printed=len(figures),
        )
        for number, slug in enumerate(sorted(found, key=rank), start=1)
    )


def _check_labels(
    dimensions: tuple[Label, ...], labels: tuple[tuple[Label, ...], ...], what: str
) -> None:
    if any(len(label) != len(dimensions) for label in labels):
        names = ", ".join(d.code for d in dimensions) or "none"
        raise ValueError(f"each {what} needs one label per dimension: {names}")


def _is_invented(figure: Figure) -> bool:
    area = figure.type.get("ref_area")
    return "invented-figure" in figure.caveats or (
        isinstance(area, str) and is_invented(area)
    )
