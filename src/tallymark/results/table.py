"""A table of figures, which knows how it is printed, saved and told of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tallymark.errors import UsageError
from tallymark.model.figure import Judgement
from tallymark.model.step import Step
from tallymark.model.table import Label
from tallymark.model.table import Table as TableRecord
from tallymark.results.figures import Figures, listed
from tallymark.results.printed import Lineage

if TYPE_CHECKING:  # pandas and the catalogue load on use
    from tallymark.present.provenance import Provenance


@dataclass(frozen=True)
class Table:
    """A table fit to print; in a notebook it shows itself."""

    record: TableRecord
    figures: Figures

    def to_html(self) -> str:
        """Return a page that needs no other file."""
        return self._rendered("html")

    def to_markdown(self) -> str:
        """Return a GitHub table and its numbered notes."""
        return self._rendered("md")

    def to_csv(self) -> str:
        """Return one row per cell, with the slugs of its caveats."""
        return self._rendered("csv")

    def save(self, path: str | Path) -> tuple[Path, ...]:
        """Write the table to `path` (.html, .md, .csv) and its provenance beside it.

        All of it or nothing is written. The paths written are returned.

        Raises:
            UsageError: the ending names no format, or the place cannot be written to.
        """
        from tallymark.outputs import save

        target = Path(path)
        return save(target, self.files(target), self.provenance())

    def files(self, target: Path) -> dict[str, bytes]:
        """Return the files that `save` writes, without the provenance, by their names.

        Raises:
            UsageError: the ending names no format.
        """
        from tallymark.present import render

        rendered = render("table", target.suffix.lower().removeprefix("."), self.record)
        return {target.name + key: content for key, content in rendered.items()}

    def provenance(self) -> Provenance:
        """Return what the table was made from, and what it prints."""
        from tallymark.outputs import provenance_of
        from tallymark.present.provenance import printed_table

        made_from = self.figures
        sides = {
            "rows": self.record.row_dimensions,
            "columns": self.record.column_dimensions,
        }
        step = Step(
            operation="table",
            arguments={n: ",".join(d.code for d in side) for n, side in sides.items()},
            before=(),
        )
        return provenance_of(
            made_from.submissions,
            made_from.findings,
            (*made_from.steps, step),
            catalogue=made_from.catalogue,
            printed=printed_table(self.record),
        )

    def why(self, row: int | str, column: int | str = 0) -> Lineage:
        """Tell where the figure of a cell comes from: by place (from 0), code or label.

        Raises:
            UsageError: there is no such row or column, or nothing stands in the cell.
        """
        places = _place(row, self.record.rows), _place(column, self.record.columns)
        cell = self.record.cells[places[0]][places[1]]
        if cell is None:
            raise UsageError("nothing stands in that cell.")
        sides = (*self.record.row_dimensions, *self.record.column_dimensions)
        by = [dimension.code for dimension in sides]
        held = {name: listed(v) for name in by if (v := cell.type[name]) is not None}
        return self.figures.sum(by).why(self.record.id_of(*places), **held)

    def hints(self) -> Iterator[str]:
        """Yield what a reader of this table should know of it, besides its notes."""
        for submission in self.figures.submissions:
            if n_lost := submission.losses.num_rows:
                yield (
                    f"{n_lost:,} cells of {submission.file} were not read as they "
                    "should; `tallymark check` names them."
                )
        figures = list(self.record.figures())
        if figures and all(f.judgement is Judgement.REFUSED for f in figures):
            yield (
                "no cell is calculated, since its figures may not be added; show them "
                "apart with --rows or --columns (stage, counting_unit, breakdown, …), or "
                "choose some with --where NAME=VALUE."
            )

    def __str__(self) -> str:
        return self._rendered("text")

    def _repr_html_(self) -> str:
        return self.to_html()

    def _rendered(self, name: str) -> str:
        from tallymark.present import render

        return render("table", name, self.record)[""].decode()


def _place(wanted: int | str, labels: Sequence[tuple[Label, ...]]) -> int:
    """Return the place of a row or column that is named by place, code or label."""
    if isinstance(wanted, int):
        found = [wanted] if 0 <= wanted < len(labels) else []
    else:
        found = [
            n
            for n, several in enumerate(labels)
            if any(wanted in (label.code, label.text) for label in several)
        ]
    if len(found) != 1:
        known = ", ".join(" · ".join(label.text for label in s) for s in labels[:8])
        raise UsageError(
            f"{len(found) or 'no'} rows or columns are {wanted!r}.",
            hint=f"There are: {known}." if known else "",
        )
    return found[0]
