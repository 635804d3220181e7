"""The sections of the page about the engine: the sixteen checks, how time grows, why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from charts import draw_bars, draw_lines
from contest import SIDES, SMALLEST
from phases import PHASES

Figures = dict[str, Any]

LEFT_OUT = """\
Left out: frictionless, which reads CSV and took 111 s for 10⁶ rows in an earlier run by hand;
datacontract-cli, which runs the same DuckDB statements as Soda, and names few rows.
"""


def contest_section(contest: Figures) -> str:
    """Return a table for each size, and what is compared."""
    versions = ", ".join(f"{n} {v}" for n, v in sorted(contest["versions"].items()))
    sizes = sorted(contest["tables"], key=int)
    parts = [_size_table(int(n), contest["tables"][n]) for n in sizes]
    return f"""## Sixteen checks, side by side

The same table and the same sixteen checks for every side: columns present; four columns filled,
four with listed values; two ranges, two forms of text; a missing value explained by its status; a
key of seven columns used once; and one across rows, no more convicted than charged of the same
area, year, offence, sex and age. A side must give each check's full count and name the first 20
rows at fault. Every side's counts and rows are held against plain statements of their own
([truth.py](../../benchmarks/sixteen/truth.py)).

Whole processes, from the command to its end; processes and memory of children (Spark's Java
machine) are counted in. Peers run in environments of their own, with exact versions:
{versions}.

{chr(10).join(parts)}
{LEFT_OUT}
{_imports(contest)}"""


def _size_table(n: int, table: Figures) -> str:
    sides = table["sides"]
    ours = sides.get("tallymark", {}).get("seconds")
    rows = []
    for side in SIDES:
        if side.name not in sides:
            continue
        took = sides[side.name]
        if "why" in took:
            why = took["why"].replace("|", "/")
            rows.append(f"| {side.told} | – | – | – | – | not run: {why} |")
            continue
        times = f"{took['seconds'] / ours:.2f}" if ours else "–"
        runs = "" if took["runs"] > 1 else " (1)"
        rows.append(
            f"| {side.told} | {took['seconds']:.2f}{runs} | {took['cpu']:.2f} "
            f"| {took['mib']:,} | {times} | {took['verdict'] or '–'} |"
        )
    return f"""### {n:,} rows

{table["date"]}. (1): one run; else medians of runs that took turns.

| | seconds | processor, s | peak MiB | × Tallymark | counts and rows |
|---|---:|---:|---:|---:|---|
{chr(10).join(rows)}
{_ratios(sides)}"""


def _ratios(sides: Figures) -> str:
    seconds = {n: took["seconds"] for n, took in sides.items() if "seconds" in took}
    said = []
    if {"tallymark", "gx-pandas"} <= seconds.keys():
        times = seconds["gx-pandas"] / seconds["tallymark"]
        said.append(f"Great Expectations on pandas takes {times:.1f} times as long.")
    if {"tallymark-spark", "gx-spark"} <= seconds.keys():
        times = seconds["gx-spark"] / seconds["tallymark-spark"]
        said.append(f"On Spark it takes {times:.1f} times as long as Tallymark there.")
    return f"\n{' '.join(said)}\n" if said else ""


def _imports(contest: Figures) -> str:
    small = contest["tables"].get(str(SMALLEST), {}).get("sides", {})
    rows = [
        f"| Python itself, nothing imported | – | {contest['imports']['bare']:.2f} |"
    ]
    for side in SIDES:
        spent = contest["imports"].get(side.name)
        if spent is not None and "seconds" in small.get(side.name, {}):
            whole = small[side.name]["seconds"]
            rows.append(f"| {side.told} | {spent:.2f} | {whole:.2f} |")
    return f"""### Imports alone

Of the whole process at {SMALLEST} rows, what `python -X importtime` says is spent in imports; it makes
them a little slower.

| | imports, s | whole process, s |
|---|---:|---:|
{chr(10).join(rows)}
"""


def growth_section(sweeps: Figures, pictures: Path) -> str:
    """Return how time grows with each thing, and draw it."""
    sections = {
        "rows": lambda: _of_rows(sweeps["rows"]["points"], pictures),
        "rules": lambda: _of_rules(sweeps["rules"], pictures),
        "faults": lambda: _of_faults(sweeps["faults"]),
        "groups": lambda: _of_groups(sweeps["groups"], pictures),
        "cores": lambda: _of_cores(sweeps["cores"]),
    }
    told = [write() for name, write in sections.items() if name in sweeps]
    return "## How the time grows\n\n" + "\n".join(told)


def _of_rows(points: Figures, pictures: Path) -> str:
    sizes = sorted({int(name.split()[1]) for name in points})
    lines = {
        told: [(n, points[f"{side} {n}"]["seconds"]) for n in sizes]
        for side, told in (("tallymark", "Tallymark"), ("duckdb", "DuckDB, by hand"))
    }
    name = "time-by-rows.svg"
    draw_lines(pictures / name, "Seconds by rows", lines, ("rows", "seconds"))
    rows = []
    for n in sizes:
        ours, hand = points[f"tallymark {n}"], points[f"duckdb {n}"]
        times = ours["seconds"] / hand["seconds"]
        rows.append(
            f"| {n:,} | {ours['seconds']:.2f} | {ours['mib']:,} "
            f"| {hand['seconds']:.2f} | {hand['mib']:,} | {times:.2f} |"
        )
    return f"""### With rows

The sixteen checks, whole processes.

| rows | Tallymark, s | MiB | DuckDB by hand, s | MiB | ratio |
|---:|---:|---:|---:|---:|---:|
{chr(10).join(rows)}

![Seconds by rows, Tallymark and DuckDB by hand](pictures/{name})

{_slope(points, sizes)}
"""


def _slope(points: Figures, sizes: list[int]) -> str:
    if len(sizes) < 2:
        return ""
    low, high = sizes[-2:]
    more = seconds_per_million(points)
    factor = high // low
    return (
        f"From {low:,} to {high:,} rows a million rows more take {more:.2f} s: "
        f"{factor} times the rows take "
        f"{points[f'tallymark {high}']['seconds'] / points[f'tallymark {low}']['seconds']:.1f} "
        "times as long, start included."
    )


def seconds_per_million(points: Figures) -> float:
    """Return the seconds of a million rows more, between the two largest tables."""
    low, high = sorted({int(name.split()[1]) for name in points})[-2:]
    took = [points[f"tallymark {n}"]["seconds"] for n in (low, high)]
    return 1_000_000 * (took[1] - took[0]) / (high - low)


def _of_rules(sweep: Figures, pictures: Path) -> str:
    points = sweep["points"]
    numbers = sorted(map(int, points))
    line = [(n, points[str(n)]["seconds"]) for n in numbers]
    name = "time-by-rules.svg"
    title = f"Seconds by rules, {sweep['rows']:,} rows"
    draw_lines(pictures / name, title, {"Tallymark": line}, ("rules", "seconds"))
    rows, before = [], None
    for n in numbers:
        took = points[str(n)]
        more = "–"
        if before is not None:
            spent = took["seconds"] - points[str(before)]["seconds"]
            more = f"{1000 * spent / (n - before):.1f}"
        rows.append(f"| {n:,} | {took['seconds']:.2f} | {took['mib']:,} | {more} |")
        before = n
    return f"""### With rules

{sweep["rows"]:,} rows; rules of rows like the sixteen, each with other bounds, of which one in thousand
rows fails.

| rules | seconds | MiB | ms for each rule added |
|---:|---:|---:|---:|
{chr(10).join(rows)}

![Seconds by rules](pictures/{name})
"""


def _of_faults(sweep: Figures) -> str:
    told = {
        "0.0": "none",
        "plain": "about one in a thousand",
        "0.5": "half of all, by three checks",
    }
    rows = [
        f"| {words} | {took['seconds']:.2f} | {took['cpu']:.2f} | {took['mib']:,} |"
        for name, words in told.items()
        for took in [sweep["points"][name]]
    ]
    return f"""### With rows at fault

The sixteen checks over {sweep["rows"]:,} rows. All are counted; of each check the first 1,000 are listed.

| rows at fault | seconds | processor, s | peak MiB |
|---|---:|---:|---:|
{chr(10).join(rows)}
"""


def _of_groups(sweep: Figures, pictures: Path) -> str:
    points = sweep["points"]
    numbers = sorted(map(int, points))
    rows = [f"| {k:,} | {_cells(points[str(k)])} |" for k in numbers]
    ran = [k for k in numbers if "mib" in points[str(k)]]
    name = "memory-by-groups.svg"
    draw_lines(
        pictures / name,
        f"Peak memory by distinct keys, {sweep['rows']:,} rows",
        {"MiB": [(k, points[str(k)]["mib"]) for k in ran]},
        ("distinct keys", "MiB"),
    )
    return f"""### With distinct keys

{sweep["rows"]:,} rows, of which so many have different keys; uniqueness and the classes across rows alone.
Wherever there are fewer keys than rows, (nearly) every row repeats another.

| distinct keys | seconds | peak MiB |
|---:|---:|---:|
{chr(10).join(rows)}

![Peak memory by distinct keys](pictures/{name})
"""


def _cells(took: Figures) -> str:
    if "why" in took:
        return f"not ended: {took['why']} | –"
    return f"{took['seconds']:.2f} | {took['mib']:,}"


def _of_cores(sweep: Figures) -> str:
    one, two = sweep["points"]["1"], sweep["points"]["2"]
    return f"""### With processors

The sixteen checks over {sweep["rows"]:,} rows.

| processors | seconds | processor, s | peak MiB |
|---:|---:|---:|---:|
| 1 | {one["seconds"]:.2f} | {one["cpu"]:.2f} | {one["mib"]:,} |
| 2 | {two["seconds"]:.2f} | {two["cpu"]:.2f} | {two["mib"]:,} |

The second makes it {one["seconds"] / two["seconds"]:.2f} times as fast.
"""


def phases_section(phases: Figures, pictures: Path) -> str:
    """Return where the time goes, and draw it."""
    tables = phases["tables"]
    sizes = sorted(tables, key=int)
    bars = {
        f"{int(n):,} rows": {name: tables[n]["phases"][name] for name in PHASES}
        for n in sizes
    }
    draw_bars(pictures / "phases.svg", "Where the time of a check goes", bars)
    operators = {f"{int(n):,} rows": _largest(tables[n]["operators"]) for n in sizes}
    draw_bars(
        pictures / "operators.svg",
        "Processor time of DuckDB's operators, over all statements",
        operators,
    )
    head = " | ".join(f"{int(n):,} rows" for n in sizes)
    rows = [
        f"| {name} | "
        + " | ".join(f"{tables[n]['phases'].get(name, 0):.3f}" for n in sizes)
        + " |"
        for name in PHASES
    ]
    return f"""## Where the time goes

The sixteen checks; seconds of each part, and what DuckDB says of its operators (seconds of both
processors together).

| | {head} |
|---|{"---:|" * len(sizes)}
{chr(10).join(rows)}

![Parts of the time of a check](pictures/phases.svg)

![Operators of DuckDB](pictures/operators.svg)
"""


def _largest(operators: dict[str, float]) -> dict[str, float]:
    ranked = sorted(operators.items(), key=lambda item: -item[1])
    kept = {name.replace("_", " ").lower(): spent for name, spent in ranked[:5]}
    return kept | {"others": sum(spent for _, spent in ranked[5:])}


def billion_section(parts: Figures) -> str:
    """Return what 10⁹ rows would take, reckoned from what was measured."""
    contest, sweeps = parts["contest"], parts["sweeps"]
    if not {"rows", "groups"} <= sweeps.keys():
        return ""
    largest = str(max(map(int, contest["tables"])))
    table = contest["tables"][largest]
    bytes_a_row = table["bytes"] / int(largest)
    per_million = seconds_per_million(sweeps["rows"]["points"])
    return f"""## What would take it to 10⁹ rows and more

Measured here, {sweeps["date"]}, on this machine:

- A row of the table takes {bytes_a_row:.1f} bytes of Parquet ({int(largest):,} rows): 10⁹ rows are about
  {bytes_a_row:.0f} GB on disk.
- A million rows more take {per_million:.2f} s: 10⁹ rows would take about {per_million * 1000 / 60:.0f} minutes on these
  processors by this rate; more, as keys are then read in parts (below).
{_on_keys(sweeps["groups"]["points"])}{_at_hundred_million(contest["tables"])}{_on_spark(contest["tables"])}
What follows:

1. **Keys in parts, written once.** The rules of rows need one scan, whatever the number of rows. Uniqueness
   sorts hashes of 8 bytes, 25 million at a time (memory does not grow with the rows), and reads the key's
   columns again for each such part: 10⁸ rows five times, 10⁹ rows 41 times, which is most of their time.
   Hashes written to disk once, part by part (8 GB), would be read once. This is the first thing to build.
2. **Files in order.** Where a table is split by a column of the key (a year, an area) no key stands in
   two parts: each part is checked alone, and counts are added. Memory is then that of the largest part.
3. **More processors.** Scans share out by row group; see above for what a second processor brings.
4. **Many machines.** The same plan runs on Spark. Only grouping moves rows between workers; rules of
   rows send counts and a thousand rows each. A network that moves the key's columns once is what
   uniqueness costs there.
"""


def _on_keys(groups: Figures) -> str:
    ended = sorted(int(k) for k, took in groups.items() if "mib" in took)[-2:]
    if len(ended) < 2 or ended[1] < 10**6:
        return "- Memory for each distinct key: not measured at a million keys yet.\n"
    few, many = (groups[str(n)]["mib"] for n in ended)
    return (
        f"- {ended[0]:,} distinct keys in as many rows took {few:,.0f} MiB, {ended[1]:,} "
        f"took {many:,.0f}: keys\n  are sorted a part at a time, and do not fill memory.\n"
    )


def _at_hundred_million(tables: Figures) -> str:
    took = tables.get(str(10**8), {}).get("sides", {}).get("tallymark", {})
    if "seconds" not in took:
        return "- 10⁸ rows: not run; `python benchmarks/contest.py --rows 100000000`.\n"
    date = tables[str(10**8)]["date"]
    return (
        f"- 10⁸ rows ({date}): {took['seconds']:.0f} s, {took['mib']:,} MiB, "
        f"counts and rows {took['verdict']}.\n"
    )


def _on_spark(tables: Figures) -> str:
    took = {
        n: tables[str(n)]["sides"]["tallymark-spark"]["seconds"]
        for n in (10**6, 10**7)
        if "seconds"
        in tables.get(str(n), {}).get("sides", {}).get("tallymark-spark", {})
    }
    if len(took) < 2:
        return "- On Spark: not measured at two sizes yet.\n"
    a_row = (took[10**7] - took[10**6]) / (10**7 - 10**6)
    each = 1 / a_row / 2
    start = took[10**6] - a_row * 10**6
    hours = 10**9 / each / 32 / 60
    return (
        f"- On Spark, {each:,.0f} rows a second for each core, after a start of {start:.0f} s: "
        f"eight workers\n  of four cores would take about {hours:.0f} minutes for 10⁹ rows, "
        "if they share as two cores do here.\n"
    )
