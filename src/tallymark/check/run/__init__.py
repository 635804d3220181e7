"""A plan on a connection: a few statements, and one faulty expectation fells no other.

One scan counts row rules and brings the rows that fail; of a small table, or where the
engine cannot, these are fetched in one more. A statement that the engine refuses is cut
in halves until the rule at fault stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from tallymark.check.rule import Prepared, QueryRule, RowRule, place_of
from tallymark.check.run.fetch import (
    MOST_BROUGHT,
    all_flags,
    failing,
    fetch_alone,
    fetch_brought,
    fetch_together,
    flagged,
)
from tallymark.check.run.holdings import Holdings, holdings, left_to_reckon
from tallymark.check.run.one_scan import MOST_CONDITIONS, Wanted, conditions_of, scan
from tallymark.check.run.plan import Plan, Step
from tallymark.check.run.results import PLACE, Result, Run
from tallymark.check.run.sources import Sources, why_absent
from tallymark.engine import EngineError
from tallymark.model.finding import FLAG_SCHEMA
from tallymark.model.observation import KEY

_FILLED = re.compile(r'("[^"]+") is not null')
_MANY = 12
"""Aggregates from which on it pays to look first what there is at all."""
_MANY_AFAR = 200
"""The same on an engine that takes long for any statement."""
_MOST_KEPT = 900_000
"""Rows of which DuckDB finds the lowest while it scans; it allows a million."""


def run_plan(plan: Plan, sources: Sources, keep: int | None) -> dict[str, Result]:
    """Return each expectation's result by slug.

    At most `keep` rows found are returned for each, the lowest by file and
    observation; flags are complete.
    """
    run = Run(sources=sources, keep=keep)
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


def _is_scanned(run: Run, step: Step) -> bool:
    """Say whether a step's rule is counted, and its rows brought, by one scan."""
    return (
        isinstance(step.rule, RowRule)
        and step.rows == step.subject_rows
        and run.engine.keeps_lowest
        and run.keep is not None
        and run.keep < _MOST_KEPT
        and run.is_large
    )


def _parts(run: Run, steps: Sequence[Step]) -> Iterator[list[Step]]:
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


def _wanted(run: Run, step: Step) -> Wanted:
    bad = failing(step.rule) if isinstance(step.rule, RowRule) else "false"
    shown = [name for name in run.shown(step) if name not in run.empty]
    return Wanted(step.within, step.rule.subject, bad, shown)


def _scan(run: Run, steps: Sequence[Step]) -> None:
    """Count what each step looks at and what fails, and take the rows that fail."""
    keep = run.keep or 0
    order = [
        n
        for n in (*PLACE, *run.sources.placed_by, "source_ref", *KEY)
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
            fetch_alone(run, [step])
            continue
        shown = run.shown(step)
        result.found = [{name: row.get(name) for name in shown} for row in seen.lowest]
        result.flags = flagged(step, result.found)


def _run_row_rules(run: Run, steps: Sequence[Step]) -> None:
    """Fetch the rows that fail row rules, together where they are few."""
    for relation in sorted({step.rows for step in steps}):
        own = [step for step in steps if step.rows == relation]
        late = [step for step in own if step.subject_rows != relation]
        _in_halves(run, _readable(run, late, {relation}), _count_failing)
        bad = [step for step in own if _judge(step, run.results[step])]
        few = [step for step in bad if _is_few(run, step)]
        many = [step for step in bad if not _is_few(run, step)]
        _in_halves(run, few, fetch_together)
        _in_halves(run, many, fetch_brought if _is_brought(run, many) else fetch_alone)


def _readable(
    run: Run, steps: Sequence[Step], relations: Collection[str]
) -> Sequence[Step]:
    """Return the steps if the relations can be made; else they have crashed."""
    reason = why_absent(run.sources, relations) if steps else ""
    for step in steps if reason else ():
        run.results[step] = Result(crash=reason)
    return () if reason else steps


def _merged(run: Run, one: Result, other: Result) -> Result:
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
    run: Run, steps: Sequence[Step], work: Callable[[Run, Sequence[Step]], None]
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


def _count(run: Run, steps: Sequence[Step]) -> None:
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
    return _count_if(failing(step.rule)) if step.rows == step.subject_rows else "1"


def _count_failing(run: Run, steps: Sequence[Step]) -> None:
    """Count what fails by what is known of the context only: one scan."""
    wanted = [_count_if(failing(s.rule)) for s in steps if isinstance(s.rule, RowRule)]
    counts = _aggregates(run, steps[0].rows, wanted)
    for step, n_failed in zip(steps, counts, strict=True):
        run.results[step].n_failed = n_failed


def _aggregates(run: Run, rows_: str, wanted: Sequence[str]) -> list[int]:
    """Return aggregates over a relation, each reckoned once."""
    held = _holdings(run, rows_, wanted)
    left = {aggregate: left_to_reckon(aggregate, held) for aggregate in set(wanted)}
    # One true aggregate, lest constants alone give a row for each row.
    distinct = dict.fromkeys(["count(*)", *(left[aggregate] for aggregate in wanted)])
    asked = {aggregate: i for i, aggregate in enumerate(distinct)}
    (counts,) = run.engine.rows(f"select {', '.join(asked)} from {rows_}")
    return [counts[asked[left[aggregate]]] or 0 for aggregate in wanted]


def _holdings(run: Run, rows_: str, wanted: Sequence[str]) -> Holdings:
    """Return what is known of a relation, where so much is wanted that it pays."""
    if len(wanted) < (_MANY if run.engine.keeps_lowest else _MANY_AFAR):
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


def _judge(step: Step, result: Result) -> bool:
    """Say whether more rows fail than the expectation allows, as GX reckons it."""
    if result.n_failed:
        share = (result.n_checked - result.n_failed) / result.n_checked
        result.has_failed = share < step.expectation.mostly
    return result.has_failed


def _query(run: Run, steps: Sequence[Step]) -> None:
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
            result.flags = all_flags(run, run.engine, step, flags)
        else:
            result.flags = flagged(step, first)
        if rule.explain is not None:
            result.found = [rule.explain(row) for row in result.found]


def _prepare(run: Run, prepared: Prepared) -> int:
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


def _is_few(run: Run, step: Step) -> bool:
    return run.keep is None or run.results[step].n_failed <= run.keep


def _is_brought(run: Run, steps: Sequence[Step]) -> bool:
    n_failed = sum(run.results[step].n_failed for step in steps)
    return not run.engine.keeps_lowest and n_failed <= MOST_BROUGHT
