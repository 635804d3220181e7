"""Time a grouped sum of figures against the plain `group by` of their values.

python benchmarks/sums.py [--rows 10000000] [--rounds 3] [--shuffled]

All in one process, in turn, medians of seconds and of processor seconds; ratios are to the
plain statement over the same table. `numbers` sums values, bounds, parts and masks of each
kind of figures; `total` asks all rules besides, looks for double counting and gathers the
observations. Figures stand in the order of area and year, as `interpret` gives them, or
`--shuffled`.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import pyarrow as pa

from tallymark.engine.duckdb import connect, query
from tallymark.interpret import load_catalogue, total
from tallymark.interpret.sums.kinds import gather_kinds
from tallymark.model.figure import figure_schema, mask_columns

WAYS = {"20,000 groups": ["ref_area", "time_period"], "200 groups": ["ref_area"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shuffled", action="store_true")
    given = parser.parse_args()
    catalogue = load_catalogue()
    n_words = catalogue.order.n_words
    figures = synthetic_figures(given.rows, n_words, shuffled=given.shuffled)
    connection = connect({"figures": figures})
    print("| groups | plain, s | numbers | total |\n|---|---:|---:|---:|")
    for name, by in WAYS.items():
        keys = ", ".join(by)
        plain = f"select {keys}, sum(value) from figures group by {keys}"
        seconds = in_turn(
            [
                lambda sql=plain: query(connection, sql),
                lambda by=by: gather_kinds(connect(), figures, by, catalogue),
                lambda by=by: total(figures, by, catalogue),
            ],
            given.rounds,
        )
        for n, unit in enumerate(("wall", "processor")):
            plain_seconds, *others = (both[n] for both in seconds)
            ratios = " | ".join(f"{other / plain_seconds:.1f}x" for other in others)
            print(f"| {name}, {unit} | {plain_seconds:.2f} | {ratios} |")


def in_turn(
    calls: list[Callable[[], object]], rounds: int
) -> list[tuple[float, float]]:
    """Return the median seconds of each call, made in turn after one round of warming."""
    taken: list[list[tuple[float, float]]] = [[] for _ in calls]
    for round_ in range(rounds + 1):
        for call, times in zip(calls, taken, strict=True):
            wall, processor = time.perf_counter(), time.process_time()
            call()
            if round_:
                times.append(
                    (time.perf_counter() - wall, time.process_time() - processor)
                )
    return [
        (statistics.median(wall), statistics.median(processor))
        for wall, processor in (zip(*times, strict=True) for times in taken)
    ]


def synthetic_figures(n_rows: int, n_words: int, *, shuffled: bool) -> pa.Table:
    """Return counts of 200 areas in 100 years, each by citizenship, none counted twice."""
    n_cells = max(1, n_rows // 20_000)
    year = f"1920 + (i // {n_cells}) % 100"
    seldom = "case when i % 1000 = 0 then 1024 else 0 end"
    masks = [
        f"({f'case when i % 7 = 0 then 4 else 0 end | {seldom}' if n == 'sticky_0' else 0})"
        f"::bigint as {n}"
        for mask in ("sticky", "resolved", "derived")
        for n in mask_columns(mask, n_words)
    ]
    columns = [
        "'xaa' as series_id",
        f"'A' || lpad((i // {100 * n_cells})::varchar, 3, '0') as ref_area",
        "'country' as area_level, 'A' as freq",
        f"({year})::varchar as time_period",
        f"make_date(({year})::integer, 1, 1) as period_start",
        f"make_date(({year})::integer, 12, 31) as period_end",
        "'gregorian' as calendar, 'RECORDED' as stage, 'CASE' as counting_unit",
        "'OCSEA' as scope, '0302' as offence, '_T' as sex, '_T' as age_group",
        f"'citizenship=C' || lpad((i % {n_cells})::varchar, 3, '0') as breakdown",
        "'COUNT' as statistic, 'base' as definition",
        "(hash(i) % 100)::double as value",
        "(hash(i) % 100)::double - (i % 2)::double as value_low",
        "(hash(i) % 100)::double + (i % 3)::double as value_high",
        "null::double as numerator, null::double as denominator",
        "null::varchar as missing_reason, 'A' as obs_status",
        "null::varchar as conf_status, false as is_total",
        "1::bigint as n_present, 1::bigint as n_declared, 0::integer as judgement",
        "[substr(md5(i::varchar), 1, 16)] as obs_ids",
    ]
    schema = figure_schema(n_words)
    order = "order by hash(i)" if shuffled else ""
    made = query(
        connect(),
        f"select {', '.join([*columns, *masks])} from range({n_rows}) numbers(i) {order}",
    )
    return made.select(schema.names).cast(schema)


if __name__ == "__main__":
    main()
