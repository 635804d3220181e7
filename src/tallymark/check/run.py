"""A plan on a connection: a few statements, and one faulty expectation fells no other.

One scan counts row rules and brings the rows that fail; of a small table, or where the
engine cannot, these are fetched in one more. A statement that the engine refuses is cut
in halves until the rule at fault stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import pyarrow as pa

from tallymark.check.holdings import Holdings, holdings, left_to_reckon
from tallymark.check.one_scan import MOST_CONDITIONS, Wanted, conditions_of, scan
from tallymark.check.plan import Plan, Step
from tallymark.check.rule import Prepared, QueryRule, RowRule, place_of
from tallymark.check.sources import Sources, why_absent
from tallymark.engine import Engine, EngineError
from tallymark.engine.sql import identifiers, literal
from tallymark.model.columns import arrow_table, empty_table
from tallymark.model.finding import FLAG_SCHEMA
from tallymark.model.observation import COLUMNS, KEY

_FILLED = re.compile(r'("[^"]+") is not null')
_PLACE = ("source_file", "obs_id")
_MANY = 12
"""Aggregates from which on it pays to look first what there is at all."""
_FEW_ROWS = 20_000
"""Rows up to which statements are planned longer than they run."""
_MOST_KEPT = 900_000
"""Rows of which DuckDB finds the lowest while it scans; it allows a million."""

Found = Sequence[Mapping[str, Any]]


class Place(NamedTuple):
    """Where a figure stands, and which it is."""

    file: str | None
    cell: str | None
    obs: str | None


def places_of(row: Mapping[str, Any]) -> list[Place]:
    """Return where the figures that a row found is about stand."""
    listed = row.get("places")
    if isinstance(listed, list):  # a table may have a column of that name
        return [Place(p["file"], p["cell"], p["obs"]) for p in listed]
    return [Place(row.get("source_file"), row.get("source_ref"), row.get("obs_id"))]


@dataclass
class Result:
    """What running one expectation gave: counts, rows found, observations flagged."""

    n_rows: int = 0
    n_checked: int = 0
    n_failed: int = 0
    found: Found = ()
    flags: pa.Table | None = None
    """Observations flagged, each once; none if there are none."""
    is_doubtful: bool = False
    """Whether there are rows to look at in which something might be found."""
    has_failed: bool = False
    crash: str = ""


@dataclass
class _Run:
    """One run of a plan: what it runs on, how many rows it keeps, what it has found."""

    sources: Sources
    keep: int | None
    results: dict[Step, Result] = field(default_factory=dict)
    prepared: dict[str, int] = field(default_factory=dict)
    """Temporary tables made so far, and their numbers of rows."""

    @property
    def engine(self) -> Engine:
        """Where the statements go."""
        return self.sources.engine

    @property
    def names_none(self) -> bool:
        """Whether no row has a name by which it could be flagged."""
        return "obs_id" not in self.sources.columns

    @cached_property
    def empty(self) -> frozenset[str]:
        """Columns of the observation table that are null, since they did not come."""
        made = () if self.sources.placed_by else ("source_ref",)
        return frozenset(COLUMNS) - {*self.sources.columns, *made}

    @cached_property
    def is_large(self) -> bool:
        """Whether statements run longer than they are planned."""
        ((n_rows,),) = self.engine.rows("select count(*) from obs")
        return int(n_rows) > _FEW_ROWS


def run_plan(plan: Plan, sources: Sources, keep: int | None) -> dict[str, Result]:
    """Return each expectation's result by slug.

    At most `keep` rows found are returned for each, the lowest by file and
    observation; flags are complete.
    """
    run = _Run(sources=sources, keep=keep)
    run.results = {step: Result() for step in plan.steps}
    for relation in sorted({step.subject_rows for step in plan.steps}):
        same = [step for step in plan.steps if step.subject_rows == relation]
        readable = _readable(run, same, {relation} - {"obs"})
        scanned = [step for step in readable if _is_scanned(run, step)]
        for part in _parts(run, scanned):
            _in_halves(run, part, _scan)
        _in_halves(run, [s for s in readable if s not in set(scanned)], _count)
    doubtful = [step for step in plan.steps if run.results[step].is_doubtful]
    _run_row_rules(run, [s for s in doubtful if isinstance(s.rule, RowRule)])
    for step in doubtful:
        if isinstance(step.rule, QueryRule):
            _in_halves(run, _readable(run, [step], step.relations), _query)
    results: dict[str, Result] = {}
    for step, result in run.results.items():
        earlier = results.get(step.slug)
        results[step.slug] = _merged(run, earlier, result) if earlier else result
    return results


def _is_scanned(run: _Run, step: Step) -> bool:
    """Say whether a step's rule is counted, and its rows brought, by one scan."""
    return (
        isinstance(step.rule, RowRule)
        and step.rows == step.subject_rows
        and run.engine.keeps_lowest
        and run.keep is not None
        and run.keep < _MOST_KEPT
        and run.is_large
    )


def _parts(run: _Run, steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Cut steps so that the conditions of each part fit one scan."""
    part: list[Step] = []
    conditions: set[str] = set()
    for step in steps:
        own = conditions_of(_wanted(run, step))
        if len(conditions | own) > MOST_CONDITIONS:
            yield part
            part, conditions = [], set()
        part.append(step)
        conditions |= own
    if part:
        yield part


def _wanted(run: _Run, step: Step) -> Wanted:
    bad = _failing(step.rule) if isinstance(step.rule, RowRule) else "false"
    shown = [name for name in _shown(run, step) if name not in run.empty]
    return Wanted(step.within, step.rule.subject, bad, shown)


def _scan(run: _Run, steps: Sequence[Step]) -> None:
    """Count what each step looks at and what fails, and take the rows that fail."""
    keep = run.keep or 0
    order = [
        n
        for n in (*_PLACE, *run.sources.placed_by, "source_ref", *KEY)
        if n not in run.empty
    ]
    seen_of = scan(
        run.engine,
        steps[0].rows,
        [_wanted(run, step) for step in steps],
        order=order,
        place=place_of(run.sources.placed_by, "kept"),
        keep=keep,
    )
    for step, seen in zip(steps, seen_of, strict=True):
        result = run.results[step] = Result(
            n_rows=seen.n_rows, n_checked=seen.n_checked, n_failed=seen.n_failed
        )
        if not _judge(step, result):
            continue
        if seen.n_failed > keep and not (seen.is_clear and run.names_none):
            _fetch_alone(run, [step])
            continue
        shown = _shown(run, step)
        result.found = [{name: row.get(name) for name in shown} for row in seen.lowest]
        result.flags = _flagged(step, result.found)


def _run_row_rules(run: _Run, steps: Sequence[Step]) -> None:
    """Fetch the rows that fail row rules, together where they are few."""
    for relation in sorted({step.rows for step in steps}):
        own = [step for step in steps if step.rows == relation]
        late = [step for step in own if step.subject_rows != relation]
        _in_halves(run, _readable(run, late, {relation}), _count_failing)
        failing = [step for step in own if _judge(step, run.results[step])]
        _in_halves(run, [s for s in failing if _is_few(run, s)], _fetch_together)
        _in_halves(run, [s for s in failing if not _is_few(run, s)], _fetch_alone)


def _readable(
    run: _Run, steps: Sequence[Step], relations: Collection[str]
) -> Sequence[Step]:
    """Return the steps if the relations can be made; else they have crashed."""
    reason = why_absent(run.sources, relations) if steps else ""
    for step in steps if reason else ():
        run.results[step] = Result(crash=reason)
    return () if reason else steps


def _merged(run: _Run, one: Result, other: Result) -> Result:
    """Return the answer that two rules of one expectation give together."""
    flags = [result.flags for result in (one, other) if result.flags is not None]
    if len(flags) > 1:
        run.engine.register("flagged", pa.concat_tables(flags))
        distinct = "select distinct * from flagged order by all"
        flags = [run.engine.query(distinct).cast(FLAG_SCHEMA)]
    return Result(
        n_rows=max(one.n_rows, other.n_rows),
        n_checked=one.n_checked + other.n_checked,
        n_failed=one.n_failed + other.n_failed,
        found=sorted([*one.found, *other.found], key=_by_place)[: run.keep],
        flags=flags[0] if flags else None,
        has_failed=one.has_failed or other.has_failed,
        crash=one.crash or other.crash,
    )


def _by_place(row: Mapping[str, Any]) -> tuple[str, str]:
    return (row.get("source_file") or "", row.get("obs_id") or "")


def _in_halves(
    run: _Run, steps: Sequence[Step], work: Callable[[_Run, Sequence[Step]], None]
) -> None:
    """Work on steps together; if the engine refuses, on each half, and so on."""
    if not steps:
        return
    try:
        work(run, steps)
    except EngineError as error:
        if len(steps) == 1:
            run.results[steps[0]] = Result(crash=str(error))
            return
        middle = len(steps) // 2
        _in_halves(run, steps[:middle], work)
        _in_halves(run, steps[middle:], work)


def _count(run: _Run, steps: Sequence[Step]) -> None:
    """Count what each step looks at and what fails, as far as it shows: one scan."""
    rows_ = steps[0].subject_rows
    asked = [
        (_count_if(step.within), _checked(step.rule), _doubt(step)) for step in steps
    ]
    counts = iter(_aggregates(run, rows_, [a for each in asked for a in each]))
    for step, n_rows, n_checked, doubt in zip(
        steps, counts, counts, counts, strict=True
    ):
        is_counted = isinstance(step.rule, RowRule) and step.rows == rows_
        run.results[step] = Result(
            n_rows=n_rows,
            n_checked=n_checked,
            n_failed=doubt if is_counted else 0,
            is_doubtful=n_checked > 0 and doubt > 0,
        )


def _doubt(step: Step) -> str:
    """Return the aggregate that is 0 if nothing can be found by this step."""
    if isinstance(step.rule, QueryRule):
        return step.rule.suspicion or "1"
    return _count_if(_failing(step.rule)) if step.rows == step.subject_rows else "1"


def _count_failing(run: _Run, steps: Sequence[Step]) -> None:
    """Count what fails by what is known of the context only: one scan."""
    wanted = [_count_if(_failing(s.rule)) for s in steps if isinstance(s.rule, RowRule)]
    counts = _aggregates(run, steps[0].rows, wanted)
    for step, n_failed in zip(steps, counts, strict=True):
        run.results[step].n_failed = n_failed


def _aggregates(run: _Run, rows_: str, wanted: Sequence[str]) -> list[int]:
    """Return aggregates over a relation, each reckoned once."""
    held = _holdings(run, rows_, wanted)
    left = {aggregate: left_to_reckon(aggregate, held) for aggregate in set(wanted)}
    # One true aggregate, lest constants alone give a row for each row.
    distinct = dict.fromkeys(["count(*)", *(left[aggregate] for aggregate in wanted)])
    asked = {aggregate: i for i, aggregate in enumerate(distinct)}
    (counts,) = run.engine.rows(f"select {', '.join(asked)} from {rows_}")
    return [counts[asked[left[aggregate]]] or 0 for aggregate in wanted]


def _holdings(run: _Run, rows_: str, wanted: Sequence[str]) -> Holdings:
    """Return what is known of a relation, where so much is wanted that it pays."""
    if len(wanted) < _MANY:
        return {}
    try:
        return holdings(run.engine, rows_, wanted)
    except EngineError:  # told of the rule at fault
        return {}


def _checked(rule: RowRule | QueryRule) -> str:
    counted = rule.counted if isinstance(rule, QueryRule) else ""
    return counted or _count_if(rule.subject)


def _count_if(condition: str) -> str:
    if filled := _FILLED.fullmatch(condition):
        return f"count({filled[1]})"  # the same, and half as long to plan
    return "count(*)" + ("" if condition == "true" else f" filter (where {condition})")


def _failing(rule: RowRule) -> str:
    return rule.bad if rule.subject == "true" else f"({rule.subject}) and ({rule.bad})"


def _judge(step: Step, result: Result) -> bool:
    """Say whether more rows fail than the expectation allows, as GX reckons it."""
    if result.n_failed:
        share = (result.n_checked - result.n_failed) / result.n_checked
        result.has_failed = share < step.expectation.mostly
    return result.has_failed


def _is_few(run: _Run, step: Step) -> bool:
    return run.keep is None or run.results[step].n_failed <= run.keep


def _fetch_together(run: _Run, steps: Sequence[Step]) -> None:
    """Fetch the rows that fail any of the steps, each with the step it fails."""
    conditions = [
        _failing(step.rule) for step in steps if isinstance(step.rule, RowRule)
    ]
    numbered = ", ".join(
        f"case when {c} then {i} end" for i, c in enumerate(conditions)
    )
    anywhere = " or ".join(f"({c})" for c in conditions)
    columns = identifiers(dict.fromkeys(c for s in steps for c in _shown(run, s)))
    sql = (
        f"select step, {columns} from (select unnest([{numbered}]) as step, {columns} "
        f"from {steps[0].rows} where {anywhere}) where step is not null order by all"
    )
    found: list[list[dict[str, Any]]] = [[] for _ in steps]
    for row in run.engine.records(sql):
        found[row["step"]].append(row)
    for step, own in zip(steps, found, strict=True):
        result = run.results[step]
        result.found, result.flags = own, _flagged(step, own)


def _fetch_alone(run: _Run, steps: Sequence[Step]) -> None:
    """Fetch the first rows that fail a step, and the flags of all of them."""
    for step in steps:
        if isinstance(step.rule, RowRule):
            source = f"{step.rows} where {_failing(step.rule)}"
            result = run.results[step]
            result.found = run.engine.records(
                f"select {identifiers(_shown(run, step))} from {source} "
                f"order by all limit {run.keep}"
            )
            result.flags = _all_flags(run, step, f"select obs_id from {source}")


def _query(run: _Run, steps: Sequence[Step]) -> None:
    """Run each step's query, unless a table it prepares shows there is no need."""
    for step in steps:
        rule, result = step.rule, run.results[step]
        if isinstance(rule, RowRule):
            continue
        if not all(_prepare(run, prepared) for prepared in rule.prepared):
            continue
        for table in rule.reads:
            _prepare(run, table)
        found = Prepared(sql=rule.sql)
        if rule.total:
            ((total,),) = run.engine.rows(rule.total)
            result.n_failed = int(total or 0)
        else:
            result.n_failed = _prepare(run, found)
        if not _judge(step, result):
            continue
        limit = "" if run.keep is None else f" limit {max(run.keep, 1)}"
        source = f"({rule.sql}) found" if rule.total else found.name
        first = run.engine.records(f"select * from {source} order by all{limit}")
        result.found = first[: run.keep]
        if (rule.flags and not rule.total) or len(first) < result.n_failed:
            flags = rule.flags or _flags_of(found, first[0])
            result.flags = _all_flags(run, step, flags)
        else:
            result.flags = _flagged(step, first)
        if rule.explain is not None:
            result.found = [rule.explain(row) for row in result.found]


def _prepare(run: _Run, prepared: Prepared) -> int:
    """Make a table unless it is there, and return its number of rows."""
    if prepared.name not in run.prepared:
        engine = run.engine
        make = engine.create_repeated if prepared.is_repeated else engine.create_table
        run.prepared[prepared.name] = make(prepared.name, prepared.sql)
    return run.prepared[prepared.name]


def _flags_of(found: Prepared, row: Mapping[str, Any]) -> str:
    if "places" not in row:
        return f"select obs_id from {found.name}"
    return f"select place.obs from (select unnest(places) as place from {found.name})"


def _flagged(step: Step, found: Found) -> pa.Table:
    """Return the observations that rows found are about."""
    flagged = {place.obs for row in found for place in places_of(row) if place.obs}
    columns = {
        "obs_id": sorted(flagged),
        "expectation": [step.slug] * len(flagged),
    }
    return arrow_table(columns, FLAG_SCHEMA)


def _all_flags(run: _Run, step: Step, sql: str) -> pa.Table:
    """Return the observations that a query gives."""
    if run.names_none:
        return empty_table(FLAG_SCHEMA)
    flags = (
        f"select distinct obs_id, {literal(step.slug)} as expectation "
        f"from ({sql}) flagged(obs_id) where obs_id is not null order by obs_id"
    )
    return run.engine.query(flags).cast(FLAG_SCHEMA)


def _shown(run: _Run, step: Step) -> tuple[str, ...]:
    """Return the columns that a finding on a row says something of, as rows are ordered."""
    own = step.expectation.type.columns(step.expectation.kwargs)
    return tuple(
        dict.fromkeys((*_PLACE, *run.sources.placed_by, "source_ref", *KEY, *own))
    )
