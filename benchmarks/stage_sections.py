"""The sections of the page about reading and the check of observations."""

from __future__ import annotations

from typing import Any

from timing import Timing

from readers import section as reading_section

Figures = dict[str, Any]
WAYS = ("1", "all", "kept")


def start_section(start: Figures) -> str:
    took = {name: timing["wall"] for name, timing in start["timings"].items()}
    return f"""## From the command to the answer

Whole processes, with a warm disk cache.

| | seconds |
|---|---:|
| `tallymark --help` | {took["help"]:.3f} |
| `tallymark check` of a workbook with 500 rows | {took["check"]:.3f} |
| `import great_expectations`, in a fresh interpreter | {took["gx"]:.3f} |

The import takes {took["gx"] / took["check"]:.1f} times as long as the check, the check
{took["check"] / took["help"]:.1f} times as long as help.
"""


def readers_section(reading: Figures) -> str:
    return reading_section(
        {way: Timing(**own) for way, own in reading["timings"].items()}
    )


def folders_section(folders: Figures) -> str:
    rows = []
    for folder, told in (("months", "1,000 small"), ("countries", "100 of 500 rows")):
        timings = (folders["timings"][f"{folder} {way}"] for way in WAYS)
        seconds = [f"{timing['inner']:.2f}" for timing in timings]
        rows.append(f"| {told} | {' | '.join(seconds)} |")
    return f"""## Reading many workbooks

Reading alone, in seconds: 1,000 workbooks of 26 figures each, and 100 of 500. The last column is
a second run, in which no file has changed.

| | one process | {folders["processes"]} processes | from the cache |
|---|---:|---:|---:|
{chr(10).join(rows)}
"""


def stage_section(stage: Figures) -> str:
    ours, theirs = stage["timings"]["tallymark"], stage["timings"]["gx"]
    own, other = ours["said"]["n_failed"], theirs["said"]["n_failed"]
    found = "\n".join(
        f"| `{slug}` | {n:,} | {other[slug]:,} |"
        for slug, n in own.items()
        if slug in other
    )
    return f"""## Checking {stage["rows"]:,} observations

The same {len(own) - 1} rules, from the shipped suites: those of types that Great
Expectations has of its own, and one across rows (no later stage above an earlier one), which was
written for it as a custom expectation. Both read the same Parquet file, count every failing row
and name the first.

| | check alone, s | whole process, s |
|---|---:|---:|
| Tallymark | {ours["inner"]:.2f} | {ours["wall"]:.2f} |
| Great Expectations, pandas engine | {theirs["inner"]:.2f} | {theirs["wall"]:.2f} |
| ratio | {theirs["inner"] / ours["inner"]:.1f} | {theirs["wall"] / ours["wall"]:.1f} |

What each found:

| expectation | Tallymark | Great Expectations |
|---|---:|---:|
{found}
"""
