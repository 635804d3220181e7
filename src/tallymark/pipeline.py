"""The verbs of Tallymark, each a short walk through the stages it needs.

The only module that knows all stages. A stage is imported by the verb that needs it,
so that looking up an adapter does not wait for the check engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tallymark.errors import RefusalError, UsageError
from tallymark.model.codes import Use
from tallymark.model.context import Reference
from tallymark.model.figure import Judgement, Verdict
from tallymark.model.finding import Findings
from tallymark.model.series import Series
from tallymark.model.submission import Submissions
from tallymark.model.table import Table as TableRecord
from tallymark.model.table import TableSource

if TYPE_CHECKING:  # pandas and the catalogue load on use
    import pandas as pd

    from tallymark.interpret.catalogue import Catalogue

Paths = str | Path | Sequence[str | Path]


def read(paths: Paths, adapter: str | None = None) -> Submissions:
    """Read files, or folders of files, into observations.

    Without `adapter`, each file's adapter is found by the texts in it. Files that
    cannot be read stand in `errors`; the others are read all the same.

    Raises:
        SourceError: two files hold a figure for the same thing.
        UsageError: there is no such adapter.
        DocumentError: an adapter is faulty.
    """
    from tallymark import ingest

    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    return ingest.read([Path(path) for path in listed], adapter)


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
    suites = load_suites([str(name) for name in named] if named else None)
    relations = {"observations": source}
    if isinstance(source, Submissions):
        relations = {
            "observations": source.observations,
            "losses": source.losses,
            "regions": source.regions,
        }
    return run_suites(relations, suites, reference=_reference(series), keep=keep)


def interpret(
    submissions: Submissions,
    findings: Findings,
    series: Mapping[str, Series] | None = None,
) -> Figures:
    """Give every observation its caveats; what was declared and not sent, too."""
    from tallymark.interpret import attach_caveats, load_catalogue

    catalogue = load_catalogue()
    figures = attach_caveats(
        submissions.observations, findings, _reference(series), catalogue
    )
    return Figures(figures, catalogue, submissions, findings, ())


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

    record = lay_out(
        figures.table,
        (_names(rows), _names(columns)),
        figures.catalogue,
        {"ref_area": area_names(), "series_id": _series_titles(figures)},
        _table_sources(figures.submissions),
    )
    return Table(record, figures)


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
        from tallymark.present import render

        target = Path(path)
        files = render("table", target.suffix.removeprefix("."), self.record)
        made_from = self.figures
        operations = (*made_from.operations, self._operation())
        return _save(
            target, files, made_from.submissions, made_from.findings, operations
        )

    def _operation(self) -> str:
        sides = (self.record.row_dimensions, self.record.column_dimensions)
        rows, columns = (", ".join(d.code for d in side) for side in sides)
        return f"table of {rows} by {columns}"

    def __str__(self) -> str:
        return self._rendered("text")

    def _repr_html_(self) -> str:
        return self.to_html()

    def _rendered(self, name: str) -> str:
        from tallymark.present import render

        return render("table", name, self.record)[""].decode()


@dataclass(frozen=True)
class Figures:
    """Figures with their caveats, where they came from, and what was done to them."""

    table: pa.Table
    catalogue: Catalogue
    submissions: Submissions
    findings: Findings | None
    operations: tuple[str, ...]

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def where(self, **values: str | Sequence[str]) -> Figures:
        """Return the figures whose dimensions have these values.

        Raises:
            UsageError: a name is no column of a figure's type.
        """
        from tallymark.interpret.select import select_figures

        kept = select_figures(self.table, {k: _names(v) for k, v in values.items()})
        said = " ".join(f"{k}={','.join(_names(v))}" for k, v in values.items())
        return replace(self, table=kept, operations=(*self.operations, f"where {said}"))

    def total(self, by: str | Sequence[str] = ()) -> Figures:
        """Return the sum of the figures of each group, where they may be added."""
        from tallymark.interpret import total

        names = _names(by)
        summed = total(self.table, names, self.catalogue)
        done = f"total by {', '.join(names) or 'nothing'}"
        return replace(self, table=summed, operations=(*self.operations, done))

    def verdict(self, use: Use | str) -> Verdict:
        """Say whether the figures may be used so, and what decides it."""
        from tallymark.interpret.verdict import verdict

        return verdict(self.table, Use(use), self.catalogue)

    def require(self, use: Use | str) -> None:
        """Stop if the figures must not be used so.

        Raises:
            RefusalError: with the sentences of the caveats that refuse it.
        """
        found = self.verdict(use)
        if found.judgement is Judgement.REFUSED:
            raise RefusalError(
                f"not comparable: {found.use.value.replace('_', ' ')} is not supported "
                f"by these figures. {self._reasons(found)}",
                hint="A table of them can be shown, with these caveats.",
            )

    def to_arrow(self) -> pa.Table:
        """Return one row per figure; caveats as lists of slugs (`sticky`, `derived`)."""
        from tallymark.interpret.masks import with_slugs

        return with_slugs(self.table, self.catalogue.order)

    @classmethod
    def from_arrow(cls, saved: pa.Table) -> Figures:
        """Return figures that `to_arrow` gave, under the catalogue of today.

        Raises:
            UsageError: a caveat of the figures is not in the catalogue any more.
        """
        from tallymark.interpret import load_catalogue
        from tallymark.interpret.masks import with_words

        catalogue = load_catalogue()
        try:
            figures = with_words(saved, catalogue.order)
        except KeyError as error:
            raise UsageError(
                f"the figures carry the caveat {error.args[0]!r}, which is not known.",
                hint="Add the folder with its document; a caveat is never dropped.",
            ) from error
        return cls(figures, catalogue, Submissions(()), None, ())

    def to_pandas(self, *, plain: bool = False) -> pd.DataFrame:
        """Return a frame with the figures in one column of dtype `tally`.

        With `plain`, bare numbers (`value`, `value_low`, `value_high`) and the caveats
        as text instead: the explicit way out.
        """
        from tallymark.interpret.tally import figure_frame

        return figure_frame(self.table, self.catalogue, plain=plain)

    def _reasons(self, found: Verdict) -> str:
        known = self.catalogue.caveats
        said = [known[slug].sentence() for slug in found.reasons if slug in known]
        return " ".join(said[:3])


def findings_as(findings: Findings, name: str) -> str:
    """Return findings as text: `text`, `json` or `html`."""
    from tallymark.present import render

    return render("findings", name, findings)[""].decode()


def save_findings(
    submissions: Submissions, findings: Findings, folder: Path
) -> tuple[Path, ...]:
    """Write findings.html and findings.json into a folder, with their provenance.

    Raises:
        UsageError: the folder cannot be made or written to.
    """
    from tallymark.present import render

    files = {
        f".{name}": render("findings", name, findings)[""] for name in ("html", "json")
    }
    return _save(folder / "findings", files, submissions, findings, ("check",))


def about(slug: str) -> str:
    """Return what an expectation or a caveat is, why it is, and an example.

    Raises:
        UsageError: nothing has that slug; the nearest are named.
    """
    from tallymark.check import load_suites
    from tallymark.interpret import load_catalogue
    from tallymark.present.about import about_caveat, about_text, source_text

    caveats = load_catalogue().caveats
    expectations = {e.slug: e for suite in load_suites() for e in suite.expectations}
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
            "Ask": meaning.ask,
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


def _reference(series: Mapping[str, Series] | None = None) -> Reference:
    from tallymark.documents import REFERENCE, DocumentFolder
    from tallymark.model.country import Country

    return Reference(
        series=series or DocumentFolder(REFERENCE / "series", Series),
        countries=DocumentFolder(REFERENCE / "countries", Country),
    )


def _save(
    target: Path,
    files: dict[str, bytes],
    submissions: Submissions,
    findings: Findings | None,
    operations: tuple[str, ...],
) -> tuple[Path, ...]:
    from tallymark import __version__
    from tallymark.documents import REFERENCE, content_hash
    from tallymark.interpret import load_catalogue
    from tallymark.present.provenance import Provenance, provenance_json
    from tallymark.present.writing import write_files

    made = Provenance(
        version=__version__,
        submissions=submissions.items,
        suites=() if findings is None else findings.suites,
        catalogue=load_catalogue().sha256,
        reference={
            name: content_hash(*(REFERENCE / name).glob("*.yaml"))
            for name in ("series", "countries")
        },
        operations=operations,
    )
    outputs = {target.name + key: content for key, content in files.items()}
    files[".provenance.json"] = provenance_json(made, outputs)
    return write_files(target, files, make_folder=True)


def _series_titles(figures: Figures) -> dict[str, str]:
    known = _reference().series
    present = {s for s in figures.table["series_id"].to_pylist() if s in known}
    return {s: known[s].title for s in present}


def _table_sources(submissions: Submissions) -> tuple[TableSource, ...]:
    return tuple(
        TableSource(source=s.source, file=s.file, sha256=s.sha256) for s in submissions
    )


def _names(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
