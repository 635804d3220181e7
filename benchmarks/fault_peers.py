"""One side of the comparison: stock rules of other tools on each table of a folder.

fault_peers.py FOLDER ANSWER writes, as JSON, which faults and benign changes each tool
tells of: those on whose table a rule fails. Every rule passes on `clean.parquet`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

os.environ["GX_ANALYTICS_ENABLED"] = "false"
os.environ["DISABLE_PANDERA_IMPORT_WARNING"] = "True"

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
import pandera.pandas as pa
import pointblank as pb
from great_expectations.data_context.types.base import ProgressBarsConfig

Check = Callable[[pd.DataFrame], bool]
"""Whether any rule fails on a table."""

KEY = [
    "series_id", "ref_area", "time_period", "stage", "counting_unit", "scope", "offence",
    "sex", "age_group", "breakdown", "statistic", "vintage",
]  # fmt: skip
FILLED = [
    "obs_id", "series_id", "ref_area", "area_level", "freq", "time_period",
    "period_start", "period_end", "calendar", "stage", "counting_unit", "scope", "sex",
    "age_group", "breakdown", "statistic", "obs_status", "source_file", "source_ref",
    "vintage",
]  # fmt: skip
CODED = [
    "series_id", "ref_area", "area_level", "calendar", "stage", "counting_unit", "scope",
    "offence", "sex", "age_group", "statistic", "missing_reason", "obs_status",
]  # fmt: skip
"""Columns whose values are those of the clean table."""
AREA = r"^X[A-Z]{2}(_[A-Z]+)?$"


def main() -> None:
    folder = Path(sys.argv[1])
    clean = _read(folder / "clean.parquet")
    tools = {
        f"Great Expectations {version('great-expectations')}": _gx(clean),
        f"Pandera {version('pandera')}, rules by hand": _pandera(clean),
        f"Pandera {version('pandera')}, schema inferred": _inferred(clean),
        f"Pointblank {version('pointblank')}": _pointblank(clean),
    }
    told: dict[str, dict[str, list[str]]] = {}
    for name, fails in tools.items():
        if fails(clean):
            raise SystemExit(f"{name}: a rule fails on the clean table")
        told[name] = {"fault": [], "benign": []}
        for path in sorted(folder.glob("*.*.parquet")):
            kind, change, _ = path.name.split(".")
            if fails(_read(path)):
                told[name][kind].append(change)
    Path(sys.argv[2]).write_text(json.dumps(told), encoding="utf-8")


def _read(path: Path) -> pd.DataFrame:
    frame = pd.read_parquet(path)
    for name in ("period_start", "period_end", "vintage"):
        if name in frame:
            frame[name] = pd.to_datetime(frame[name])
    return frame


def _codes(clean: pd.DataFrame, column: str) -> list[str]:
    return sorted(clean[column].dropna().unique())


def _gx(clean: pd.DataFrame) -> Check:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    percent = 'statistic == "PERCENT"'
    rules = [
        gxe.ExpectTableColumnsToMatchSet(column_set=list(clean.columns)),
        gxe.ExpectTableRowCountToBeBetween(min_value=len(clean), max_value=len(clean)),
        gxe.ExpectColumnValuesToBeUnique(column="obs_id"),
        gxe.ExpectCompoundColumnsToBeUnique(column_list=KEY, ignore_row_if="never"),
        gxe.ExpectColumnValuesToMatchRegex(column="ref_area", regex=AREA),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="period_end", column_B="period_start"
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="period_start",
            min_value=clean["period_start"].min(),
            max_value=clean["period_start"].max(),
        ),
        gxe.ExpectColumnValuesToBeBetween(column="obs_value", min_value=0),
        gxe.ExpectColumnValuesToBeBetween(
            column="obs_value", max_value=100,
            row_condition=percent, condition_parser="pandas",
        ),
        gxe.ExpectColumnValuesToBeOfType(column="obs_value", type_="float64"),
        gxe.ExpectColumnValueZScoresToBeLessThan(
            column="obs_value", threshold=_z(clean), double_sided=True
        ),
        gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(
            column="obs_value", min_value=clean["obs_value"].notna().mean() - 0.001
        ),
        gxe.ExpectColumnDistinctValuesToContainSet(
            column="time_period", value_set=_codes(clean, "time_period")
        ),
        *(gxe.ExpectColumnValuesToNotBeNull(column=name) for name in FILLED),
        *(
            gxe.ExpectColumnDistinctValuesToEqualSet(
                column=name, value_set=_codes(clean, name)
            )
            for name in CODED
        ),
    ]  # fmt: skip
    suite = gx.ExpectationSuite(name="stock", expectations=rules)
    source = context.data_sources.add_pandas("pandas").add_dataframe_asset("frame")
    definition = source.add_batch_definition_whole_dataframe("all")

    def fails(frame: pd.DataFrame) -> bool:
        batch = definition.get_batch(batch_parameters={"dataframe": frame})
        return not batch.validate(suite, result_format="BOOLEAN_ONLY").success

    return fails


def _z(clean: pd.DataFrame) -> float:
    """Return the least whole threshold that the clean table keeps."""
    values = clean["obs_value"].dropna()
    return float(int(((values - values.mean()) / values.std()).abs().max()) + 1)


def _pandera(clean: pd.DataFrame) -> Check:
    columns = {
        name: pa.Column(
            str(clean[name].dtype),
            [pa.Check.isin(_codes(clean, name))] if name in CODED else [],
            nullable=name not in FILLED,
        )
        for name in clean.columns
    }
    columns["obs_id"] = pa.Column(columns["obs_id"].dtype, unique=True)
    columns["obs_value"] = pa.Column(float, pa.Check.ge(0), nullable=True)
    columns["period_start"] = pa.Column(
        columns["period_start"].dtype,
        pa.Check.in_range(clean["period_start"].min(), clean["period_start"].max()),
    )
    years = set(_codes(clean, "time_period"))
    schema = pa.DataFrameSchema(
        columns,
        checks=[
            pa.Check(lambda f: len(f) == len(clean)),
            pa.Check(lambda f: f["period_end"] > f["period_start"]),
            pa.Check(lambda f: (f["statistic"] != "PERCENT") | ~(f["obs_value"] > 100)),
            pa.Check(lambda f: f["obs_value"].isna() == f["missing_reason"].notna()),
            pa.Check(lambda f: years <= set(f["time_period"])),
        ],
        unique=KEY,
        strict=True,
    )
    return lambda frame: _refuses(schema, frame)


def _inferred(clean: pd.DataFrame) -> Check:
    schema = pa.infer_schema(clean)
    return lambda frame: _refuses(schema, frame)


def _refuses(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> bool:
    try:
        schema.validate(frame)
    except (pa.errors.SchemaError, pa.errors.SchemaErrors):
        return True
    return False


def _pointblank(clean: pd.DataFrame) -> Check:
    def fails(frame: pd.DataFrame) -> bool:
        rules = (
            pb.Validate(frame)
            .row_count_match(len(clean))
            .col_exists(list(clean.columns))
            .rows_distinct(columns_subset=["obs_id"])
            .rows_distinct(columns_subset=KEY)
            .col_vals_regex("ref_area", AREA, na_pass=True)
            .col_vals_ge("obs_value", 0, na_pass=True)
            .col_vals_between(
                "period_start", clean["period_start"].min(), clean["period_start"].max()
            )
            .col_vals_gt("period_end", pb.col("period_start"))
            .col_vals_le(
                "obs_value", 100, na_pass=True,
                pre=lambda f: f[f["statistic"] == "PERCENT"],
            )
        )  # fmt: skip
        for name in FILLED:
            rules = rules.col_vals_not_null(name)
        for name in CODED:
            codes = [*_codes(clean, name), *([None] if name not in FILLED else [])]
            rules = rules.col_vals_in_set(name, codes)
        done = rules.interrogate()
        return not done.all_passed()

    return fails


if __name__ == "__main__":
    main()
