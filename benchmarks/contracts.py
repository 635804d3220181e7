"""One data contract, one folder: Tallymark, datacontract-cli and Great Expectations.

python benchmarks/contracts.py [--rounds 5] [--only breaches|times]

Thirty breaches are planted, one at a time, and each side is asked. Then each side's
way from a cold start to its verdict is timed, whole processes in turn. What was
measured is written to benchmarks/measured.json; `run.py --page` makes the page.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import measured
import yaml
from contract_cases import CASES, Case
from contract_judge import (
    ERROR,
    FAILED,
    NO_WAY,
    NOT_RUN,
    Answer,
    judge,
    of_datacontract,
    of_gx,
    of_tallymark,
    unmoved,
)
from environments import python_of, versions_of
from timing import PYTHON, ROOT, TALLYMARK, interleaved

HERE = Path(__file__).parent
SIDES = HERE / "contract_sides"
DATA = Path("benchmarks") / "data" / "contracts"
"""From the root, where every side is started; so it stands in the contract."""
CONTRACT, SUITE = DATA / "contract.odcs.yaml", DATA / "suite.json"
WITH_GX = DATA / "contract-with-gx.odcs.yaml"
"""With one rule more, of a type that only Great Expectations has."""
GX_ANSWER = DATA / "gx.json"
CLEAN = "clean"
BOUNDS = {"datacontract": 1 / 3, "gx": 1 / 5}
"""At most so much of each peer's time may Tallymark take."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=["breaches", "times"])
    given = parser.parse_args()
    pythons = prepared()
    found = measured.load().get("contracts", {})
    if given.only != "times":
        found |= breaches(pythons)
    if given.only != "breaches":
        found |= times(pythons, given.rounds)
    found["versions"] = {
        "datacontract-cli": versions_of("datacontract")["datacontract-cli"],
        "great_expectations": versions_of("gx")["great_expectations"],
    }
    measured.record("contracts", found)


def prepared() -> dict[str, str]:
    """Write contract, folders and suite; return the Python of each peer."""
    pythons = {}
    for name in BOUNDS:
        pythons[name], why = python_of(name)
        if why:
            raise SystemExit(f"{name}: {why}")
    for command in (
        [PYTHON, str(HERE / "contract_folder.py"), str(DATA)],
        [pythons["gx"], str(SIDES / "gx_suite.py"), str(CONTRACT), str(SUITE)],
    ):
        subprocess.run(command, cwd=ROOT, check=True)
    return pythons


def breaches(pythons: Mapping[str, str]) -> dict[str, Any]:
    """Return what each side made of each breach, and of the clean folder."""
    folders = [CLEAN, *(case.name for case in CASES if case.sql)]
    print(f"{len(folders)} folders, three sides ...", flush=True)
    left_out = json.loads((ROOT / SUITE).read_text(encoding="utf-8"))["left_out"]
    sides: dict[str, Mapping[str, Answer]] = {
        "tallymark": {name: ask_tallymark(name) for name in folders},
        "datacontract": {
            name: ask_datacontract(pythons["datacontract"], name) for name in folders
        },
        "gx": ask_gx(pythons["gx"], folders),
    }
    cases = []
    for case in CASES:
        rules = {
            "tallymark": case.ours,
            "datacontract": case.theirs,
            "gx": case.in_gx or case.ours,
        }
        words = {
            side: word_of(case, rules[side], answers) for side, answers in sides.items()
        }
        if why := left_out.get(rules["gx"], ""):
            words["gx"] = NO_WAY
        told = {"rule": case.told, "planted": case.planted, "why": why, **words}
        cases.append(told)
        print(f"{case.name}: {words}", flush=True)
    return {
        "cases": cases,
        "clean": {side: on_clean(answers[CLEAN]) for side, answers in sides.items()},
        "rules": len(left_out) + len(sides["gx"][CLEAN].rules),
        "left_out": left_out,
        "quality": len(quality_rules()),
        "unnamed": {
            side: [n for n in quality_rules() if n not in sides[side][CLEAN].rules]
            for side in ("tallymark", "datacontract")
        },
    }


def word_of(case: Case, rule: str, answers: Mapping[str, Answer]) -> str:
    if case.sql:
        column = case.theirs.partition("/")[0]
        return judge(rule, answers[CLEAN], answers[case.name], column)
    return unmoved(answers[CLEAN].rules.get(rule))


def on_clean(answer: Answer) -> dict[str, Any]:
    """Return how the clean folder ended: by no rule may it fail."""
    ends = list(answer.rules.values())
    failed = [name for name, ended in answer.rules.items() if ended in (FAILED, ERROR)]
    if failed or answer.status or answer.stopped:
        raise SystemExit(f"the clean folder is not clean: {failed} {answer.stopped}")
    return {"not_run": ends.count(NOT_RUN)}


def quality_rules() -> list[str]:
    """Return the quality rules of the contract, by id."""
    content = yaml.safe_load((ROOT / CONTRACT).read_text(encoding="utf-8"))
    return [
        rule["id"]
        for table in content["schema"]
        for place in (table, *table["properties"])
        for rule in place.get("quality", ())
    ]


def ask_tallymark(folder: str) -> Answer:
    command = [*tallymark_command(folder), "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    report = json.loads(done.stdout) if done.stdout.startswith("{") else {}
    said = done.stderr.strip().partition("\n")[0]
    return of_tallymark(report, done.returncode, said)


def ask_datacontract(python: str, folder: str) -> Answer:
    out = ROOT / DATA / "datacontract.json"
    out.unlink(missing_ok=True)
    command = [*datacontract_command(python, folder), "--output", str(out)]
    named = [*command, "--output-format", "json"]
    done = subprocess.run(named, cwd=ROOT, capture_output=True, text=True)
    return of_datacontract(load(out), done.returncode)


def ask_gx(python: str, folders: Sequence[str]) -> dict[str, Answer]:
    command = gx_command(python, folders)
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return {name: of_gx(told) for name, told in load(ROOT / GX_ANSWER).items()}


def tallymark_command(folder: str, contract: Path = CONTRACT) -> list[str]:
    held = [str(contract), "--object", "observations"]
    table = str(DATA / folder / "observations")
    return [TALLYMARK, "contract", "check", *held, "--table", table]


def datacontract_command(python: str, folder: str) -> list[str]:
    own = str(Path(python).with_name("datacontract"))
    return [own, "test", str(CONTRACT), "--server", folder]


def gx_command(python: str, folders: Sequence[str]) -> list[str]:
    paths = [str(DATA / name) for name in folders]
    return [python, str(SIDES / "gx_check.py"), str(SUITE), str(GX_ANSWER), *paths]


def times(pythons: Mapping[str, str], rounds: int) -> dict[str, Any]:
    """Time whole processes in turn, from the command to the verdict."""
    original = str(DATA / "original")
    held = [TALLYMARK, "contract", "check", str(CONTRACT), "--object", "observations"]
    commands = {
        "tallymark": tallymark_command(CLEAN),
        "datacontract": datacontract_command(pythons["datacontract"], CLEAN),
        "gx": gx_command(pythons["gx"], [CLEAN]),
        "with gx": tallymark_command(CLEAN, WITH_GX),
        "original": [*held, original, "--no-cache"],
        "check": [TALLYMARK, "check", original, "--no-cache", "--fail-on", "never"],
    }
    took = {
        name: timing.wall
        for name, timing in interleaved(commands, rounds=rounds).items()
    }
    for name, seconds in took.items():
        print(f"{name}: {seconds:.2f} s", flush=True)
    for side, bound in BOUNDS.items():
        ratio = took["tallymark"] / took[side]
        said = "within" if ratio <= bound else "OUTSIDE"
        print(f"Tallymark / {side}: {ratio:.3f}, {said} {bound:.3f}", flush=True)
    files = sum(path.is_file() for path in (ROOT / original).rglob("*"))
    day = measured.today()
    return {"seconds": took, "rounds": rounds, "timed": day, "files": files}


def load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


if __name__ == "__main__":
    main()
