"""Why a figure is what it is: walked back on demand, from the figure to its cells.

Nothing is kept for it but what each step had before it. Hides how the parts of a
figure are found again, and in which row a caveat's condition is looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from tallymark.engine.duckdb import Connection, connect, query, records
from tallymark.engine.sql import identifier, literal, literals
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import figures_of
from tallymark.interpret.pairs import COMPARED
from tallymark.interpret.why.evidence import Holdings, evidence_of
from tallymark.model.context import Reference
from tallymark.model.figure import TYPE_COLUMNS, Figure
from tallymark.model.figure_id import figure_ids
from tallymark.model.finding import Findings
from tallymark.model.lineage import Link, Origin, Why
from tallymark.model.step import Step
from tallymark.model.submission import Submission, Submissions

SUMS = ("sum", "table")
"""Operations whose parts are the figures that agree in some dimensions."""

_SERIES_CELL = (
    "series_id", "ref_area", "stage", "scope", "offence", "sex", "age_group", "breakdown",
)  # fmt: skip
"""What the two figures of a change have in common."""
_PERIOD = ("period_start", "period_end")


@dataclass(frozen=True, kw_only=True)
class Run:
    """What figures were made in, and with."""

    catalogue: Catalogue
    submissions: Submissions
    findings: Findings | None
    reference: Reference
    steps: tuple[Step, ...]


def why(row: pa.Table, run: Run) -> Why:
    """Return the chain behind one figure, and what raised each of its caveats.

    `row` is a figure table of one row, as it stands after all steps of the run.
    """
    (figure,) = figures_of(row, run.catalogue)
    walker = _Walker(run=run, cells=_cells(figure.obs_ids, run.submissions))
    chain = walker.link(row, figure, run.steps)
    holdings = Holdings(
        catalogue=run.catalogue,
        findings=run.findings,
        reference=run.reference,
        rows=walker.cells,
        operands=walker.operands,
    )
    found = evidence_of(chain, holdings)
    caveats = tuple(run.catalogue.caveats[slug] for slug in figure.caveats)
    return Why(
        chain=chain,
        caveats=caveats,
        evidence=tuple(e for c in caveats for e in found if e.caveat == c.slug),
        resolved=_resolved(figure, run.steps),
    )


@dataclass(kw_only=True)
class _Walker:
    """The tables of a walk, opened once each."""

    run: Run
    cells: dict[str, dict[str, Any]]
    """Observations by their ids."""
    operands: dict[int, pa.Table] = field(default_factory=dict)
    """The figure tables of the parts of a link, by the link's identity."""
    connections: dict[int, Connection] = field(default_factory=dict)

    def link(self, row: pa.Table, figure: Figure, steps: Sequence[Step]) -> Link:
        """Return the link of a figure as it stood after these steps."""
        (name,) = figure_ids([figure], steps)
        if not steps:
            return Link(
                id=name, figure=figure, arguments={}, origin=self._origin(figure)
            )
        step, before = steps[-1], steps[:-1]
        parts = self._parts(row, figure, step)
        links = tuple(
            self.link(parts.slice(n, 1), part, before)
            for n, part in enumerate(figures_of(parts, self.run.catalogue))
        )
        if not links:  # an operand that was made apart brings no steps of its own
            return self.link(row, figure, ())
        if len(links) == 1 and set(links[0].figure.caveats) == set(figure.caveats):
            return links[0]  # chosen, or a sum of one: nothing was added
        carried = {slug for link in links for slug in link.figure.caveats}
        made = Link(
            id=name,
            figure=figure,
            operation=step.operation,
            arguments=step.arguments,
            raised=tuple(slug for slug in figure.caveats if slug not in carried),
            parts=links,
        )
        self.operands[id(made)] = parts
        return made

    def _parts(self, row: pa.Table, figure: Figure, step: Step) -> pa.Table:
        """Return the figures that a step made this one from."""
        if step.operation in SUMS:
            by = [name for name in step.arguments.get("by", "").split(",") if name]
            return self._found(step.before[0], _agrees(figure, by))
        same = self._found(step.before[0], _is_same(figure))
        if same.num_rows == 1:
            return same
        if step.operation == "change":
            return self._changed(step.before[0], figure)
        if step.operation == "rate":
            return self._over_population(step, figure)
        found = [self._found(table, _is_within(figure)) for table in step.before]
        return _in_order(pa.concat_tables(found), figure)

    def _changed(self, table: pa.Table, figure: Figure) -> pa.Table:
        """Return the earlier and the later figure of a change."""
        of_it = (
            f"{_agrees(figure, _SERIES_CELL)} and {_is_within(figure, _SERIES_CELL)}"
        )
        start, end = (literal(figure.type[f"period_{x}"]) for x in ("start", "end"))
        later = self._found(table, f"{of_it} and {_agrees(figure, _PERIOD)}")
        earlier = self._found(
            table,
            f"{of_it} and (period_start < {start} or period_start = {start} and "
            f"period_end < {end}) order by period_start desc, period_end desc limit 1",
        )
        return pa.concat_tables([earlier, later.slice(0, 1)])

    def _over_population(self, step: Step, figure: Figure) -> pa.Table:
        """Return the count of a rate and the population it was divided by."""
        counts, persons = step.before
        of_area = _agrees(figure, ["ref_area"])
        divisor = f"{of_area} and value = {literal(figure.denominator)} limit 1"
        found = [self._found(counts, _is_within(figure))]
        if figure.denominator is not None:
            found.append(self._found(persons, divisor))
        return pa.concat_tables(found)

    def _found(self, table: pa.Table, condition: str) -> pa.Table:
        if id(table) not in self.connections:
            self.connections[id(table)] = connect({"figures": table})
        connection = self.connections[id(table)]
        found = query(connection, f"select * from figures where {condition}")
        return found.cast(table.schema)

    def _origin(self, figure: Figure) -> Origin | None:
        found = [self.cells[o] for o in figure.obs_ids if o in self.cells]
        if len(found) != 1:
            return None
        (cell,) = found
        sent = _sent(cell, self.run.submissions)
        return Origin(
            file=cell["source_file"],
            sha256=cell["source_sha256"],
            cell=cell["source_ref"],
            printed=cell["raw_value"],
            label=cell["offence_label"],
            adapter=sent.adapter,
            adapter_version=sent.adapter_version,
            source=sent.source,
        )


def _cells(
    obs_ids: Sequence[str], submissions: Submissions
) -> dict[str, dict[str, Any]]:
    connection = connect({"observed": submissions.observations})
    found = records(
        connection,
        f"select * from observed where obs_id in {literals(obs_ids)}"
        if obs_ids
        else "select * from observed where false",
    )
    return {row["obs_id"]: row for row in found}


def _sent(cell: dict[str, Any], submissions: Submissions) -> Submission:
    return next(s for s in submissions if s.sha256 == cell["source_sha256"])


def _agrees(figure: Figure, columns: Sequence[str]) -> str:
    tests = (
        f"{identifier(name)} is not distinct from {literal(figure.type[name])}"
        for name in columns
    )
    return " and ".join(tests) or "true"


def _is_same(figure: Figure) -> str:
    return f"obs_ids = {_ids(figure)} and {_agrees(figure, TYPE_COLUMNS)}"


def _is_within(figure: Figure, names: Sequence[str] = COMPARED) -> str:
    """Say that a figure is of the observations, or a declared cell of the dimensions."""
    shared = [name for name in names if figure.type.get(name) is not None]
    return (
        f"case when len(obs_ids) > 0 then list_has_all({_ids(figure)}, obs_ids) "
        f"else {_agrees(figure, shared)} end"
    )


def _ids(figure: Figure) -> str:
    return f"[{', '.join(map(literal, figure.obs_ids))}]::varchar[]"


def _in_order(parts: pa.Table, figure: Figure) -> pa.Table:
    """Put the part above the line first, which a single table does not tell."""
    values = parts["value"].to_pylist()
    if len(values) == 2 and figure.numerator == values[1] != values[0]:
        return parts.take([1, 0])
    return parts


def _resolved(figure: Figure, steps: Sequence[Step]) -> tuple[tuple[str, str], ...]:
    told = {
        step.arguments["caveat"]: f"{step.arguments['evidence']} "
        f"({step.arguments['source']})"
        for step in steps
        if step.operation == "resolve"
    }
    return tuple((slug, told.get(slug, "")) for slug in figure.resolved)
