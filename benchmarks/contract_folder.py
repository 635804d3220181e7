"""Writes what all sides are held to: original files, tables, breaches, one contract.

contract_folder.py FOLDER makes in it `original/`, the published files of the thirteen
Disrupting Harm countries; `clean/`, the observations that Tallymark reads from them,
one Parquet file a country; a folder like it for each breach; and `contract.odcs.yaml`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import yaml
from contract_cases import CASES, LIST, TABLE, Case

import tallymark

SAMPLES = Path(__file__).parents[1] / "sample_data"
COUNTRIES = [
    "ETH", "IDN", "KEN", "KHM", "MOZ", "MYS", "NAM", "PHL", "THA", "TZA", "UGA", "VNM",
    "ZAF",
]  # fmt: skip
BREACHED = "KEN"
"""The country in whose file a breach stands, if it stands in one."""
TOLD = ("expected.csv", "SOURCES.md")
CLEAN = "clean"
ONLY_GX = {
    "id": "only-gx", "type": "custom", "engine": "greatExpectations",
    "implementation": {
        "type": "expect_column_values_to_be_of_type",
        "kwargs": {"column": "obs_value", "type_": "float64"},
    },
}  # fmt: skip
"""A rule of a type that only Great Expectations has."""


def main() -> None:
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    write_original(folder / "original")
    write_clean(folder)
    for case in CASES:
        if case.sql:
            write_breach(folder, case)
    content = contract(folder)
    write(folder / "contract.odcs.yaml", content)
    content["schema"][0]["quality"].append(ONLY_GX)
    write(folder / "contract-with-gx.odcs.yaml", content)


def write_original(folder: Path) -> None:
    """Copy the published files, one folder a publication."""
    for path in published():
        (folder / path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, folder / path.parent.name)


def published() -> Iterator[Path]:
    """Yield the files of the thirteen countries, and NCMEC's of all of them."""
    codes = {code.lower() for code in COUNTRIES}
    for folder in sorted(SAMPLES.iterdir()):
        first, last = folder.name.partition("_")[0], folder.name.rpartition("_")[2]
        is_form = folder.name.startswith("interpol_case_data_") and last in codes
        if first in codes or is_form or folder.name == "ncmec_cybertips":
            yield from (p for p in sorted(folder.iterdir()) if p.name not in TOLD)


def write_clean(folder: Path) -> None:
    """Write the observations, a file for each country, and the list of files."""
    observations = tallymark.read([folder / "original"]).observations
    with duckdb.connect() as database:
        database.register("read", observations)
        for code in COUNTRIES:
            path = folder / CLEAN / TABLE / f"{code}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            rows = f"select * from read where left(ref_area, 3) = '{code}'"
            database.sql(rows).write_parquet(str(path))
        path = folder / CLEAN / LIST / "files.parquet"
        path.parent.mkdir()
        files = "select distinct source_file as file from read order by file"
        database.sql(files).write_parquet(str(path))


def write_breach(folder: Path, case: Case) -> None:
    """Write the clean folder with one breach in it."""
    shutil.copytree(folder / CLEAN, folder / case.name)
    for code in COUNTRIES if case.in_all else [BREACHED]:
        path = folder / CLEAN / TABLE / f"{code}.parquet"
        with duckdb.connect() as database:
            numbered = "row_number() over (order by obs_id)"
            database.execute(
                f"create table t as select *, {numbered} as n from '{path}'"
            )
            changed = database.sql(f"select * exclude (n) from ({case.sql})")
            changed.write_parquet(str(folder / case.name / TABLE / path.name))


def contract(folder: Path) -> dict[str, Any]:
    """Return the contract that Tallymark makes, with a rule for each case added."""
    init = [sys.executable, "-m", "tallymark", "contract", "init"]
    made = subprocess.run(
        [*init, "--suite", "observations"], check=True, capture_output=True, text=True
    )
    content: dict[str, Any] = yaml.safe_load(made.stdout)
    content["servers"] = [*servers(folder)]
    content["slaProperties"] = [
        {"id": "freshness", "property": "freshness", "unit": "d",
         "element": f"{TABLE}.period_end", "value": 15 * 365},
    ]  # fmt: skip
    observations = content["schema"][0]
    columns = {entry["name"]: entry for entry in observations["properties"]}
    for case in CASES:
        entry = columns[case.column] if case.column else observations
        if case.quality:
            entry.setdefault("quality", []).append(dict(case.quality))
        add(entry, case.adds)
    link = {"type": "foreignKey", "to": f"{LIST}.file"}
    columns["source_file"]["relationships"] = [link]
    file = {"name": "file", "logicalType": "string", "required": True}
    content["schema"].append({"name": LIST, "properties": [file]})
    return content


def write(path: Path, content: Mapping[str, Any]) -> None:
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    path.write_text(text, encoding="utf-8")


def servers(folder: Path) -> Iterator[dict[str, str]]:
    """Yield where each folder is, as datacontract-cli wants to be told."""
    for name in [CLEAN, *(case.name for case in CASES if case.sql)]:
        path = f"{folder}/{name}/{{model}}/*.parquet"
        yield {"server": name, "type": "local", "path": path, "format": "parquet"}


def add(entry: dict[str, Any], more: Mapping[str, Any]) -> None:
    for name, value in more.items():
        entry[name] = (
            {**entry.get(name, {}), **value} if name == "logicalTypeOptions" else value
        )


if __name__ == "__main__":
    main()
