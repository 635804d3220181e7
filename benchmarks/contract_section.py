"""The section of the page about data contracts."""

from __future__ import annotations

from textwrap import fill
from typing import Any

from contract_judge import counts

Figures = dict[str, Any]
SIDES = {
    "tallymark": "Tallymark",
    "datacontract": "datacontract-cli",
    "gx": "Great Expectations",
}
BOUNDS = {"datacontract": (1 / 3, "a third"), "gx": (1 / 5, "a fifth")}


def contracts_section(found: Figures) -> str:
    """Return what each side made of each breach, and how long each took."""
    versions = found["versions"]
    return f"""## One data contract, side by side

Tallymark, datacontract-cli {versions["datacontract-cli"]} and Great Expectations
{versions["great_expectations"]} (on pandas) on one folder: the observations of the thirteen Disrupting
Harm countries, read by Tallymark from the published files in `sample_data/`, one Parquet file a
country. Parquet, as its columns have types, and an empty cell is no empty text. One contract, made by
`tallymark contract init`, with a rule of each further kind added. In a folder of its own for
each, one breach is planted; on the clean folder every side must pass.

- datacontract-cli runs `datacontract test CONTRACT --server FOLDER`, one process for all files.
- Great Expectations reads no contract: every rule that one of its own expectations can say was
  rewritten by hand ({found["rules"] - len(found["left_out"])} of {found["rules"]};
  [gx_suite.py](../../benchmarks/contract_sides/gx_suite.py)), and stands in a stored suite.
- *Caught*: the rule itself fails, and the exit code is not 0. *Stopped*: the folder cannot be read, and no
  rule has a verdict. *Skipped in silence*: the rule is in the contract, and not in the report.

{_breaches(found)}

{_silence(found)}

### From a cold start to the verdict

The clean folder, 13 files, whole processes with a warm disk cache; medians of {found["rounds"]} runs in turn,
{found["timed"]}.

{_times(found["seconds"], found["files"])}"""


def _breaches(found: Figures) -> str:
    cases = found["cases"]
    rows = []
    for case in cases:
        words = [_shown(case[side]) for side in SIDES]
        planted = case["planted"] or "–"
        rows.append(f"| {case['rule']} | {planted} | {' | '.join(words)} |")
    sums = [counts(case[side] for case in cases) for side in SIDES]
    told = ["; ".join(f"{word} {n}" for word, n in own.items()) for own in sums]
    head = " | ".join(SIDES.values())
    return "\n".join(
        [
            f"| rule | what was planted | {head} |",
            "|---|---|---|---|---|",
            *rows,
            f"| **together** | {len(cases)} | {' | '.join(told)} |",
        ]
    )


def _shown(word: str) -> str:
    return f"**{word}**" if word in ("missed", "skipped in silence") else word


def _silence(found: Figures) -> str:
    by_reason: dict[str, list[str]] = {}
    for name, why in found["left_out"].items():
        by_reason.setdefault(why, []).append(f"`{name}`")
    reasons = [f"- {why}: {', '.join(names)}" for why, names in by_reason.items()]
    unnamed = found["unnamed"]
    named = ", ".join(f"`{name}`" for name in unnamed["datacontract"])
    said = f"""Of the {found["quality"]} quality rules of the contract, so many are not named at all: in Tallymark's
report {len(unnamed["tallymark"])}, in datacontract-cli's {len(unnamed["datacontract"])}. Some of these say what `enum`, `required` and
`primaryKey` say, too: {named}."""
    return f"""{fill(said, 110, break_on_hyphens=False)}

What Great Expectations has no way to say on pandas:

{chr(10).join(reasons)}"""


def _times(seconds: Figures, files: int) -> str:
    ours = seconds["tallymark"]
    rows = [f"| **Tallymark**, `contract check` | {ours:.2f} | 1.00 | |"]
    for side, (bound, words) in BOUNDS.items():
        ratio = ours / seconds[side]
        said = "yes" if ratio <= bound else "**no**"
        rows.append(
            f"| {SIDES[side]} | {seconds[side]:.2f} | {seconds[side] / ours:.1f} "
            f"| {ratio:.2f}; at most {words}: {said} |"
        )
    return f"""| | seconds | × Tallymark | Tallymark's part of it |
|---|---:|---:|---|
{chr(10).join(rows)}

What the others cannot do, and what costs more:

| | seconds |
|---|---:|
| Tallymark on the original files ({files} workbooks and texts), held to the same contract | {seconds["original"]:.2f} |
| `tallymark check` of them: reading and all suites | {seconds["check"]:.2f} |
| Tallymark, one rule more, of a type that only Great Expectations has, which it starts for it | {seconds["with gx"]:.2f} |
"""
