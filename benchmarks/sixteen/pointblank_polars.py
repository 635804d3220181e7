"""pointblank on Polars: pointblank_polars.py TABLE ANSWER."""

from __future__ import annotations

from collections.abc import Callable

import pointblank as pb
import polars as pl
from checks import (
    ABOVE,
    COLUMNS,
    FILLED,
    FORMS,
    GROUP,
    KEEP,
    KEY,
    LISTS,
    PLACE,
    PRESENT,
    RANGES,
    STATUS,
    UNIQUE,
    WITHOUT_VALUE,
    Answer,
    arguments,
    groups_of,
    rows_of,
    write_answer,
)


def with_value(column: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """A list of pointblank's has no room for null: null rows are left out."""
    return lambda frame: frame.filter(pl.col(column).is_not_null())


def planned(frame: pl.DataFrame) -> tuple[pb.Validate, list[str]]:
    """Return the steps, and the check that each belongs to."""
    steps, names = pb.Validate(frame).col_exists(columns=COLUMNS), [PRESENT] * 11
    for column in FILLED:
        steps = steps.col_vals_not_null(columns=column)
        names.append(f"filled {column}")
    for column, allowed in LISTS.items():
        steps = steps.col_vals_in_set(
            columns=column, set=allowed, pre=with_value(column)
        )
        names.append(f"list {column}")
    for column, (low, high) in RANGES.items():
        steps = steps.col_vals_between(
            columns=column, left=low, right=high, na_pass=True
        )
        names.append(f"range {column}")
    for column, form in FORMS.items():
        steps = steps.col_vals_regex(columns=column, pattern=form, na_pass=True)
        names.append(f"form {column}")
    explained = pl.col("obs_status").is_in(WITHOUT_VALUE).fill_null(value=False)
    steps = steps.col_vals_expr(expr=pl.col("value").is_not_null() | explained)
    steps = steps.rows_distinct(columns_subset=KEY)
    charged = pl.when(pl.col("measure") == "charged").then(pl.col("value"))
    convicted = pl.col("measure") == "convicted"
    above = convicted & (pl.col("value") > charged.max().over(GROUP))
    steps = steps.col_vals_expr(expr=(~above).fill_null(value=True))
    return steps, [*names, STATUS, UNIQUE, ABOVE]


def main() -> None:
    table, out = arguments()
    steps, names = planned(pl.read_parquet(table))
    answer: Answer = {}
    done = steps.interrogate(get_first_n=KEEP).validation_info
    for name, step in zip(names, done, strict=True):
        if step.eval_error:
            raise SystemExit(f"{name}: {step.eval_error}")
        found = answer.setdefault(name, rows_of(0))
        found["count"] += step.n_failed
        if step.extract is not None and name == UNIQUE:  # it keeps the key only
            answer[name] = groups_of(step.n_failed, step.extract.select(KEY).rows())
        elif step.extract is not None:
            found["keys"] += step.extract.select(PLACE).rows()
    write_answer(answer, out)


if __name__ == "__main__":
    main()
