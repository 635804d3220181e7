"""Figures, which know what may be done with them; each method loads the stage it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tallymark.errors import RefusalError, UsageError
from tallymark.model.codes import Use
from tallymark.model.context import Reference
from tallymark.model.figure import Figure, Judgement, UseVerdict
from tallymark.model.finding import Findings
from tallymark.model.step import Step
from tallymark.model.submission import Submissions
from tallymark.results.printed import Cited, CountryPage, Lineage

if TYPE_CHECKING:  # pandas and the catalogue load on use
    import pandas as pd

    from tallymark.interpret.catalogue import Catalogue, Places
    from tallymark.interpret.shares import CaveatShare
    from tallymark.model.comparison import Comparisons, Ranking
    from tallymark.model.statement import Statement


@dataclass(frozen=True)
class Figures:
    """Figures with their caveats, where they came from, and what was done to them."""

    table: pa.Table
    catalogue: Catalogue
    submissions: Submissions
    findings: Findings | None
    reference: Reference
    steps: tuple[Step, ...] = ()
    left_out: pa.Table | None = None
    """What `where` set aside, as figures; a later total may lack them."""

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __repr__(self) -> str:
        files = ", ".join(item.file for item in self.submissions) or "saved figures"
        return f"<Figures: {len(self):,} from {files}>"

    def where(self, **values: str | Sequence[str]) -> Figures:
        """Return the figures whose dimensions have these values.

        Raises:
            UsageError: a name is no column of a figure's type.
        """
        from tallymark.interpret.select import split_figures

        chosen = {name: listed(value) for name, value in values.items()}
        kept, others = split_figures(self.table, chosen)
        said = {name: ",".join(wanted) for name, wanted in chosen.items()}
        aside = [others] if self.left_out is None else [self.left_out, others]
        left_out = pa.concat_tables(aside)
        return replace(self._after("where", said, kept), left_out=left_out)

    def sum(self, by: str | Sequence[str] = ()) -> Figures:
        """Return the sum of the figures of each group, where they may be added.

        Declared figures that `where` left out, and that a total would seem to hold, count
        among its declared parts: it carries the caveat `selected-figures`.
        """
        from tallymark.interpret import total
        from tallymark.interpret.select import check_dimensions
        from tallymark.interpret.sums.left_out import still_left_out

        names = listed(by)
        check_dimensions(names)
        summed = total(self.table, names, self.catalogue, self.left_out)
        rest = self.left_out and still_left_out(self.table, names, self.left_out)
        return replace(
            self._after("sum", {"by": ",".join(names)}, summed), left_out=rest
        )

    def spread(self, by: str | Sequence[str] = ()) -> Figures:
        """Return the lowest, the mean and the highest figure of the areas of each group.

        Three figures a group, never one without the others; each tells of how many areas
        it is. Rates and percentages have no mean here: it would need their populations.
        """
        from tallymark.interpret.select import check_dimensions
        from tallymark.interpret.spread import spread

        names = listed(by)
        check_dimensions(names)
        found = spread(self.table, names, self.catalogue, self.left_out)
        return self._after("spread", {"by": ",".join(names)}, found)

    def resolve(
        self, caveat: str, evidence: str, *, source: str, **where: str | Sequence[str]
    ) -> Figures:
        """Return the figures with a caveat resolved, where the dimensions say, or all.

        `evidence` says why it does not hold any more, `source` where that is written. The
        caveat stays with the figures as a resolved one, and every output names it so.

        Raises:
            UsageError: the caveat cannot be resolved, or is not on the figures chosen;
                or evidence or source is empty.
        """
        from tallymark.interpret.resolution import resolve

        chosen = {name: listed(value) for name, value in where.items()}
        found = resolve(self.table, caveat, (evidence, source), chosen, self.catalogue)
        said = {"caveat": caveat, "evidence": evidence, "source": source}
        said |= {name: ",".join(wanted) for name, wanted in chosen.items()}
        return self._after("resolve", said, found)

    def shares(self, by: str | Sequence[str] = ()) -> tuple[CaveatShare, ...]:
        """Return how much of the total of each group stands under each caveat.

        It orders and emphasises; no caveat is dropped for a small share.
        """
        from tallymark.interpret.select import check_dimensions
        from tallymark.interpret.shares import caveat_shares

        names = listed(by)
        check_dimensions(names)
        return caveat_shares(self.table, names, self.catalogue)

    def change(self) -> Figures:
        """Return the change in percent from each period of a series to the next one."""
        from tallymark.interpret.pairs import change
        from tallymark.interpret.pairs.parts import with_parts

        told = with_parts(self.table, self.steps)
        return self._after("change", {}, change(told, self.catalogue, self.reference))

    def difference(
        self, a: str | Figures, b: str | Figures, on: str | Sequence[str] | None = None
    ) -> Figures:
        """Return `a` less `b`, figure by figure: each figures, or a stage of these.

        They are paired on the dimensions `on`; if not given, on those in which both have
        a value in common.

        Raises:
            UsageError: a figure has several partners.
        """
        return self._paired("difference", (a, b), on)

    def ratio(
        self, a: str | Figures, b: str | Figures, on: str | Sequence[str] | None = None
    ) -> Figures:
        """Return `a` over `b`, as in `difference`; never a rate of conviction."""
        return self._paired("ratio", (a, b), on)

    def share(
        self, a: str | Figures, b: str | Figures, on: str | Sequence[str] | None = None
    ) -> Figures:
        """Return `a` in percent of `b`, of which it must be a part; as in `difference`."""
        return self._paired("share", (a, b), on)

    def rate(
        self, population: Mapping[tuple[str, int], float] | Any, *, source: str
    ) -> Figures:
        """Return the figures per 100,000 persons of their area and year.

        `population` holds persons by area and year, or is a frame with the columns
        `ref_area`, `year` and `population`; `source` says where it is from.

        Raises:
            UsageError: a population is no positive number, or the source is empty.
        """
        from tallymark.interpret.pairs import rate
        from tallymark.interpret.pairs.parts import with_parts
        from tallymark.interpret.pairs.population import (
            given_numbers,
            population_figures,
        )

        persons = population_figures(population, source, self.catalogue)
        told = with_parts(self.table, self.steps)
        found = rate(told, persons, self.catalogue, self.reference)
        done = self._after("rate", {"population": source}, found, persons)
        *before, last = done.steps
        numbers = given_numbers(persons, self.table)
        return replace(done, steps=(*before, replace(last, numbers=numbers)))

    def why(self, cell: str | int = "", **values: str | Sequence[str]) -> Lineage:
        """Tell where a figure comes from, and what raised each of its caveats.

        `cell` is its id, a name (`KEN-2018-CONVICTED`) or its row number; or the
        dimensions are given (`ref_area="KEN"`). A dimension that is not named is meant
        as a total.

        Raises:
            UsageError: several figures are meant, or none; the nearest are named.
        """
        from tallymark.interpret.why import Run, why

        run = Run(
            catalogue=self.catalogue,
            submissions=self.submissions,
            findings=self.findings,
            reference=self.reference,
            steps=self.steps,
        )
        return Lineage(why(self._one(cell, values)[0], run))

    def id(self, cell: str | int = "", **values: str | Sequence[str]) -> str:
        """Return the short id of a figure, which is named as in `why`.

        Raises:
            UsageError: several figures are meant, or none; the nearest are named.
        """
        return self._one(cell, values)[1]

    def cite(
        self, cell: str | int | None = None, **values: str | Sequence[str]
    ) -> Cited:
        """Return what to cite for a figure, named as in `why`; for all if none is.

        Raises:
            UsageError: several figures are meant, or none; the nearest are named.
        """
        from tallymark import __version__
        from tallymark.interpret.cite import citation_of

        table, figure = self.table, ""
        if cell is not None or values:
            table, figure = self._one("" if cell is None else cell, values)
        held = {o for ids in table["obs_ids"].to_pylist() for o in ids}
        names = sorted({name for name in table["series_id"].to_pylist() if name})
        series = [self.reference.series[n] for n in names if n in self.reference.series]
        sources = [one.source for one in series]
        return Cited(citation_of(figure, held, sources, self.submissions, __version__))

    def one(
        self, cell: str | int = "", **values: str | Sequence[str]
    ) -> tuple[str, Figure]:
        """Return one figure and its id; it is named as in `why`.

        Raises:
            UsageError: several figures are meant, or none; the nearest are named.
        """
        from tallymark.interpret.masks import figures_of

        row, id_ = self._one(cell, values)
        return id_, figures_of(row, self.catalogue)[0]

    def ids(self) -> tuple[str, ...]:
        """Return the short ids of all figures, in order."""
        from tallymark.interpret.masks import figures_of
        from tallymark.model.figure_id import figure_ids

        return figure_ids(figures_of(self.table, self.catalogue), self.steps)

    def _one(
        self, cell: str | int, values: Mapping[str, str | Sequence[str]]
    ) -> tuple[pa.Table, str]:
        """Return the row of the figure that is meant, and its id."""
        from tallymark.interpret.find import find_figure

        if isinstance(cell, int):
            if not 0 <= cell < len(self):
                raise UsageError(f"there is no row {cell}: there are {len(self):,}.")
            return self.table.slice(cell, 1), self.ids()[cell]
        wanted = {name: listed(value) for name, value in values.items()}
        return find_figure(self.table, cell, wanted, self.catalogue, self.steps)

    def compare(self, areas: Sequence[str] | None = None) -> Comparisons:
        """Say of each two areas' figures whether one may stand beside the other, and why.

        Raises:
            UsageError: an area has no figure, or there are too many pairs to read.
        """
        from tallymark.interpret.comparison import compare

        return compare(self.table, self.catalogue, self.reference, areas)

    def rank(self, *, confidence: float = 0.95) -> Ranking:
        """Return the ranks that each area's figure may have, as joint intervals.

        Never single ranks; none at all where a caveat or a definition forbids them.

        Raises:
            UsageError: there is not one figure for each of several areas.
        """
        from tallymark.interpret.comparison import rank

        return rank(self.table, self.catalogue, self.reference, confidence)

    def beside(self, area: str) -> CountryPage:
        """Return a country's capacity, and which of these figures may stand beside its own.

        Raises:
            UsageError: there is no such country.
        """
        from tallymark.interpret.beside import beside

        found = beside(self.table, area, self.catalogue, self.reference)
        return CountryPage(found)

    def verdict(self, use: Use | str) -> UseVerdict:
        """Say whether the figures may be used so, and what decides it."""
        from tallymark.interpret.verdict import verdict

        if use not in set(Use):
            known = ", ".join(Use)
            raise UsageError(f"there is no use {use!r}.", hint=f"Known are: {known}.")
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

    def chance(self, confidence: float = 0.95) -> pa.Table:
        """Return the figures with the interval that chance alone gives each of them.

        As `to_arrow`, with `chance_low` and `chance_high`; null where there is none.
        An interval is chance variation in recorded counts only.

        Raises:
            NumberError: the confidence is not between 0 and 1.
        """
        from tallymark.interpret.chance.intervals import with_intervals
        from tallymark.interpret.masks import with_slugs

        found = with_intervals(self.table, self.steps, confidence)
        return with_slugs(found, self.catalogue.order)

    def statements(
        self, confidence: float = 0.95, language: str = "en"
    ) -> tuple[Statement, ...]:
        """Return what each figure comes to in plain words, with its verdict.

        Raises:
            NumberError: the confidence is not between 0 and 1.
        """
        from tallymark.interpret.chance import statements

        return statements(self.table, self.steps, self.catalogue, confidence, language)

    def to_arrow(self) -> pa.Table:
        """Return one row per figure; caveats as lists of slugs (`sticky`, `derived`)."""
        from tallymark.interpret.masks import with_slugs

        return with_slugs(self.table, self.catalogue.order)

    @classmethod
    def from_arrow(cls, saved: pa.Table, *, caveats: Places = ()) -> Figures:
        """Return figures that `to_arrow` gave, under the catalogue of today.

        `caveats` names the folders and contracts that further caveats came from.

        Raises:
            UsageError: a caveat of the figures is not in the catalogue any more.
        """
        from tallymark.documents import load_reference
        from tallymark.interpret import load_catalogue
        from tallymark.interpret.masks import with_words

        catalogue = load_catalogue(caveats)
        try:
            figures = with_words(saved, catalogue.order)
        except KeyError as error:
            raise UsageError(
                f"the figures carry the caveat {error.args[0]!r}, which is not known.",
                hint="Name the folder or contract that it came from with `caveats=`; a "
                "caveat is never dropped.",
            ) from error
        return cls(figures, catalogue, Submissions(()), None, load_reference())

    def to_pandas(
        self, *, plain: bool = False, statements: bool = False
    ) -> pd.DataFrame:
        """Return a frame with the figures in one column of dtype `tally`.

        With `plain`, bare numbers (`value`, `value_low`, `value_high`) and the caveats
        as text instead: the explicit way out. With `statements`, also what each comes to
        in words, and its verdict.
        """
        from tallymark.interpret.tally.frame import figure_frame

        frame = figure_frame(self.table, self.catalogue, plain=plain)
        if not statements:
            return frame
        said = self.statements()
        return frame.assign(
            verdict=[statement.verdict.value for statement in said],
            statement=[statement.text for statement in said],
        )

    @classmethod
    def from_pandas(
        cls, frame: pd.DataFrame | pd.Series, origin: Figures | None = None
    ) -> Figures:
        """Return the figures in a frame's column of dtype `tally`, in the frame's order.

        `origin` is what they came from: its sources and steps are then theirs, too, and a
        sum knows what was left out. The columns beside the figures are not read: a figure
        knows what it is.

        Raises:
            UsageError: there is no such column or several, or a row holds no figure.
        """
        from tallymark.documents import load_reference
        from tallymark.interpret.catalogue import joined_catalogue
        from tallymark.interpret.masks import recoded
        from tallymark.interpret.tally.frame import figures_in, figures_not_in

        table, known = figures_in(frame)
        if origin is None:
            return cls(table, known, Submissions(()), None, load_reference())
        catalogue = joined_catalogue([known, origin.catalogue])
        before = origin._under(catalogue)
        table = recoded(table, known.order, catalogue.order)
        aside = [
            figures_not_in(table, of=figures)
            for figures in (before.table, before.left_out)
            if figures is not None
        ]
        return replace(
            before._after("pandas", {}, table), left_out=pa.concat_tables(aside)
        )

    def to_parquet(self, path: str | Path) -> tuple[Path, ...]:
        """Write one row per figure, caveats as lists of slugs, and the provenance beside.

        Raises:
            UsageError: the place cannot be written to.
        """
        from tallymark.interpret.exchange import parquet_bytes

        return self._saved(path, {"": parquet_bytes(self.table, self.catalogue)})

    @classmethod
    def from_parquet(cls, path: str | Path, *, caveats: Places = ()) -> Figures:
        """Return the figures that `to_parquet` wrote, under the catalogue of today.

        Raises:
            UsageError: the file is another one, or a caveat is not in the catalogue.
        """
        from tallymark.interpret.exchange import read_parquet

        return cls.from_arrow(read_parquet(Path(path)), caveats=caveats)

    def to_csv(self, path: str | Path) -> tuple[Path, ...]:
        """Write a CSV, a side file with its caveats, and the provenance beside.

        Raises:
            UsageError: the place cannot be written to.
        """
        from tallymark.interpret.exchange import csv_files

        return self._saved(path, csv_files(self.table, self.catalogue))

    @classmethod
    def from_csv(cls, path: str | Path, *, caveats: Places = ()) -> Figures:
        """Return the figures that `to_csv` wrote, under the catalogue of today.

        Raises:
            UsageError: the side file is missing or does not fit the CSV.
        """
        from tallymark.interpret.exchange import read_csv

        return cls.from_arrow(read_csv(Path(path)), caveats=caveats)

    def _saved(self, path: str | Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
        from tallymark.outputs import provenance_of, save

        target = Path(path)
        named = {target.name + ending: content for ending, content in files.items()}
        made = provenance_of(
            self.submissions, self.findings, self.steps, catalogue=self.catalogue
        )
        return save(target, named, made)

    def _after(
        self,
        operation: str,
        arguments: Mapping[str, str],
        table: pa.Table,
        *others: pa.Table,
    ) -> Figures:
        before = (self.table, *others)
        step = Step(operation=operation, arguments=arguments, before=before)
        return replace(self, table=table, steps=(*self.steps, step))

    def _paired(
        self,
        operation: str,
        operands: tuple[str | Figures, str | Figures],
        on: str | Sequence[str] | None,
    ) -> Figures:
        from tallymark.interpret import pairs
        from tallymark.interpret.catalogue import joined_catalogue
        from tallymark.interpret.pairs.parts import with_parts
        from tallymark.interpret.select import check_dimensions

        for operand in operands:
            if not isinstance(operand, (str, Figures)):
                raise UsageError(
                    f"{operation} is of figures or of a stage, found {operand!r}.",
                    hint="e.g. figures.where(ref_area='KEN'), or 'CONVICTED'.",
                )
        a, b = (self.where(stage=o) if isinstance(o, str) else o for o in operands)
        names = None if on is None else listed(on)
        check_dimensions(names or ())
        catalogue = joined_catalogue([o.catalogue for o in (self, a, b)])
        here, a, b = (o._under(catalogue) for o in (self, a, b))
        compute = getattr(pairs, operation)
        told = [with_parts(o.table, o.steps) for o in (a, b)]
        found = compute(*told, catalogue, self.reference, names)
        said = [
            o if isinstance(o, str) else "; ".join(map(str, o.steps)) for o in operands
        ]
        arguments = {"a": said[0], "b": said[1], "on": ",".join(names or ())}
        step = Step(operation=operation, arguments=arguments, before=(a.table, b.table))
        return replace(here, table=found, steps=(*here.steps, step))

    def _under(self, catalogue: Catalogue) -> Figures:
        """Return these figures, and all before them, with the bits of another catalogue.

        Raises:
            UsageError: it lacks a caveat of theirs.
        """
        from tallymark.interpret.masks import recoded

        old, new = self.catalogue.order, catalogue.order
        if old == new:
            return self

        def moved(table: pa.Table) -> pa.Table:
            return recoded(table, old, new)

        return replace(
            self,
            table=moved(self.table),
            catalogue=catalogue,
            left_out=None if self.left_out is None else moved(self.left_out),
            steps=tuple(
                replace(step, before=tuple(map(moved, step.before)))
                for step in self.steps
            ),
        )

    def _reasons(self, found: UseVerdict) -> str:
        known = self.catalogue.caveats
        said = [known[slug].sentence() for slug in found.reasons if slug in known]
        return " ".join(said[:3])


def listed(names: object) -> tuple[str, ...]:
    """Return one name, or several, as a tuple of texts.

    >>> listed("stage"), listed(["stage", "sex"]), listed(2019)
    (('stage',), ('stage', 'sex'), ('2019',))
    """
    several = names if isinstance(names, list | tuple | set | frozenset) else [names]
    return tuple(str(name) for name in several)
