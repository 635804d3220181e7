"""dataframely, a schema with rules: dataframely_schema.py TABLE ANSWER."""

from __future__ import annotations

import dataframely as dy
import polars as pl
from checks import (
    ABOVE,
    FILLED,
    FORMS,
    GROUP,
    KEEP,
    KEY,
    LISTS,
    NAMES,
    PLACE,
    RANGES,
    STATUS,
    UNIQUE,
    WITHOUT_VALUE,
    Answer,
    arguments,
    rows_of,
    write_answer,
)


def _in_list(column: str) -> pl.Expr:
    return pl.col(column).is_in(LISTS[column])


class Observation(dy.Schema):
    submission_id = dy.String(nullable=False)
    ref_area = dy.String(nullable=False, regex=FORMS["ref_area"])
    year = dy.Int32(nullable=False, min=RANGES["year"][0], max=RANGES["year"][1])
    measure = dy.String(nullable=False)
    unit_of_count = dy.String(nullable=True)
    offence_code = dy.String(nullable=True)
    sex = dy.String(nullable=True)
    age_group = dy.String(nullable=True)
    value = dy.Int64(nullable=True, min=RANGES["value"][0], max=RANGES["value"][1])
    obs_status = dy.String(nullable=True)
    source_cell = dy.String(nullable=True, regex=FORMS["source_cell"])

    @dy.rule()
    def list_measure(cls) -> pl.Expr:  # noqa: N805  # as dataframely calls it
        return _in_list("measure")

    @dy.rule()
    def list_unit_of_count(cls) -> pl.Expr:  # noqa: N805  # see above
        return _in_list("unit_of_count")

    @dy.rule()
    def list_sex(cls) -> pl.Expr:  # noqa: N805  # see above
        return _in_list("sex")

    @dy.rule()
    def list_age_group(cls) -> pl.Expr:  # noqa: N805  # see above
        return _in_list("age_group")

    @dy.rule()
    def status(cls) -> pl.Expr:  # noqa: N805  # see above
        return pl.col("value").is_not_null() | pl.col("obs_status").is_in(WITHOUT_VALUE)

    @dy.rule()
    def unique(cls) -> pl.Expr:  # noqa: N805  # see above
        return ~pl.struct(KEY).is_duplicated()

    @dy.rule()
    def above(cls) -> pl.Expr:  # noqa: N805  # see above
        charged = pl.when(pl.col("measure") == "charged").then(pl.col("value"))
        convicted = pl.col("measure") == "convicted"
        return ~(convicted & (pl.col("value") > charged.max().over(GROUP)))


RULES = {
    **{f"{column}|nullability": f"filled {column}" for column in FILLED},
    **{f"{column}|regex": f"form {column}" for column in FORMS},
    **{f"{column}|{end}": f"range {column}" for column in RANGES for end in ("min", "max")},
    **{f"list_{column}": f"list {column}" for column in LISTS},
    STATUS: STATUS,
    UNIQUE: UNIQUE,
    ABOVE: ABOVE,
}  # fmt: skip


def main() -> None:
    table, out = arguments()
    _, failures = Observation.filter(pl.read_parquet(table))
    details = failures.details()
    answer: Answer = {name: rows_of(0) for name in NAMES}  # those that fail are told
    for rule, count in failures.counts().items():
        found = answer[RULES[rule]]
        found["count"] += count
        failed = details.filter(pl.col(rule) == "invalid")
        found["keys"] += failed.head(KEEP).select(PLACE).rows()
    write_answer(answer, out)


if __name__ == "__main__":
    main()
