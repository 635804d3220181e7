"""pandera on Polars: pandera_polars.py TABLE ANSWER."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandera.polars as pa
import polars as pl
from checks import ABOVE, GROUP, PLACE, STATUS, WITHOUT_VALUE, arguments, write_answer
from pandera_schema import answer_of, make_schema


def rule(name: str, good: pl.Expr) -> Any:
    """Return a rule of the whole table; what it cannot say is good."""
    return pa.Check(lambda held: held.lazyframe.select(good.fill_null(True)), name=name)  # noqa: FBT003  # a value


def rules() -> list[Any]:
    charged = pl.when(pl.col("measure") == "charged").then(pl.col("value"))
    convicted = pl.col("measure") == "convicted"
    above = convicted & (pl.col("value") > charged.max().over(GROUP))
    explained = pl.col("obs_status").is_in(WITHOUT_VALUE).fill_null(value=False)
    return [
        rule(STATUS, pl.col("value").is_not_null() | explained),
        rule(ABOVE, ~above),
    ]


def main() -> None:
    table, out = arguments()
    frame = pl.read_parquet(table)
    try:
        make_schema(pa, rules()).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        failures = grouped(errors.failure_cases)
    else:
        failures = iter(())
    places = frame.select(PLACE)
    write_answer(answer_of(failures, lambda rows: places[rows].rows()), out)


def grouped(cases: pl.DataFrame) -> Iterator[tuple[str, str, list[int]]]:
    for (column, check), own in cases.group_by(["column", "check"]):
        rows = own["index"].drop_nulls().unique().sort().to_list()
        yield str(column), str(check), rows


if __name__ == "__main__":
    main()
