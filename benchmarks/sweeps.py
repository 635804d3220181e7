"""How the time of Tallymark's check grows: with rows, rules, faults, groups, cores.

python benchmarks/sweeps.py [--rows 1000000] [--most 10000000] [--rounds 3] [--only ...]

Whole processes; what is compared takes turns. Results go to benchmarks/measured.json.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import measured
from contest import KEY, SIXTEEN, SUITE, last_line, told
from measure import Run, run
from tables import HERE, table_of
from timing import PYTHON

SUITES = HERE / "data" / "suites"
LIMIT = 240
"""Seconds after which a run is stopped."""
RULES = [10, 30, 100, 300, 1000]
SHARES = [0.0, None, 0.5]
"""No fault, the faults of the plain table, and half of the rows."""
ACROSS = ("row-once", "convicted-within-charged")
LOADED = "expect_tallymark_loaded"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--most", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=SWEEPS, default=list(SWEEPS))
    given = parser.parse_args()
    found = measured.load().get("sweeps", {})
    for name in given.only:
        commands = SWEEPS[name](given.rows, given.most)
        found[name] = {
            "date": measured.today(),
            "rows": given.most if name in ("groups", "cores") else given.rows,
            "points": in_turn(commands, given.rounds),
        }
        measured.record("sweeps", found)


def in_turn(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Any]:
    """Return median seconds and the peak of each command; one more round warms up.

    A command that fails, or takes too long, is told so and not run again.
    """
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    failed: dict[str, dict[str, str]] = {}
    for round_ in range(rounds + 1):
        for name, command in commands.items():
            if name in failed:
                continue
            done = run(command, limit=LIMIT)
            if done.status not in (0, 1):
                failed[name] = {"why": why_failed(done)}
                print(f"{name}: {failed[name]['why']}", flush=True)
            elif round_:
                runs[name].append(done)
                print(f"{name}: {done.seconds:.2f} s", flush=True)
    return {name: told(own) for name, own in runs.items() if own} | failed


def why_failed(done: Run) -> str:
    if done.status == -9:
        return f"stopped after {done.seconds:.0f} s, at {done.peak_mib:,.0f} MiB"
    return f"{last_line(done)}, at {done.peak_mib:,.0f} MiB"


def of_rows(_: int, most: int) -> dict[str, list[str]]:
    commands = {}
    sizes = [n for n in (10**4, 10**5, 10**6, 10**7) if n <= most]
    for n in sizes:
        commands[f"tallymark {n}"] = check(table_of(n))
        tuned = [PYTHON, str(SIXTEEN / "duckdb_tuned.py"), str(table_of(n))]
        commands[f"duckdb {n}"] = [*tuned, str(HERE / "data" / "sweep.json")]
    return commands


def of_rules(n: int, _: int) -> dict[str, list[str]]:
    return {f"{rules}": check(table_of(n), suite_of(rules)) for rules in RULES}


def of_faults(n: int, _: int) -> dict[str, list[str]]:
    return {
        f"{'plain' if share is None else share}": check(table_of(n, faulty=share))
        for share in SHARES
    }


def of_groups(_: int, most: int) -> dict[str, list[str]]:
    suite = suite_across()
    numbers = [k for k in (10**2, 10**3, 10**4, 10**5, 10**6, 10**7) if k <= most]
    return {f"{k}": check(table_of(most, groups=k), suite) for k in numbers}


def of_cores(_: int, most: int) -> dict[str, list[str]]:
    plain = check(table_of(most))
    return {"1": ["taskset", "--cpu-list", "0", *plain], "2": plain}


SWEEPS = {
    "rows": of_rows,
    "rules": of_rules,
    "faults": of_faults,
    "groups": of_groups,
    "cores": of_cores,
}


def check(table: Path, suite: Path = SUITE) -> list[str]:
    """Return the command that checks a table."""
    asked = ["check", "--table", str(table), "--suite", str(suite), *KEY]
    return [PYTHON, "-m", "tallymark", *asked, "--format", "json"]


def suite_of(n_rules: int) -> Path:
    """Write a suite of so many row rules, those of the sixteen with other bounds."""
    document = json.loads(SUITE.read_text(encoding="utf-8"))
    first, *entries = document["expectations"]
    rules = [
        e for e in entries if "column" in e["kwargs"] and "lower" not in e["kwargs"]
    ]
    made = [_varied(rules[i % len(rules)], i) for i in range(n_rules)]
    return _written(document, [first, *made], f"rules-{n_rules}")


def _varied(entry: dict[str, Any], i: int) -> dict[str, Any]:
    """Return a rule like another, that no other rule is equal to."""
    made = copy.deepcopy(entry)
    made["meta"]["slug"] = f"{entry['meta']['slug']}-{i}"
    kwargs = made["kwargs"]
    if "max_value" in kwargs:
        kwargs["max_value"] += i
    elif "value_set" in kwargs:
        kwargs["value_set"] = [*kwargs["value_set"], f"OTHER{i}"]
    elif "regex" in kwargs:
        kwargs["regex"] = f"{kwargs['regex']}|^OTHER{i}$"
    else:  # a column to be filled: in other rows
        kwargs["row_condition"] = {
            "type": "comparison",
            "column": {"name": "value"},
            "operator": ">",
            "parameter": i,
        }
    return made


def suite_across() -> Path:
    """Write a suite of the two rules across rows alone."""
    document = json.loads(SUITE.read_text(encoding="utf-8"))
    first, *entries = document["expectations"]
    kept = [e for e in entries if e["meta"]["slug"] in ACROSS]
    return _written(document, [first, *kept], "across")


def _written(document: dict[str, Any], entries: list[Any], name: str) -> Path:
    document |= {"name": name, "expectations": entries}
    document["meta"] = document["meta"] | {"n_expectations": len(entries)}
    SUITES.mkdir(parents=True, exist_ok=True)
    path = SUITES / f"{name}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
