"""Plain Spark SQL, the rules of rows in one scan each way: spark_sql.py TABLE ANSWER."""

from __future__ import annotations

from checks import (
    ABOVE,
    COLUMNS,
    GROUP,
    KEEP,
    KEY,
    PLACE,
    PRESENT,
    UNIQUE,
    arguments,
    groups_of,
    rows_of,
    write_answer,
)
from spark_session import start
from sql_rules import conditions


def main() -> None:
    table, out = arguments()
    spark = start()
    spark.read.parquet(table).createOrReplaceTempView("t")
    rules = conditions("({column} rlike '{form}')")
    counted = ", ".join(f"count_if({condition})" for condition in rules.values())
    (counts,) = spark.sql(f"select {counted} from t").collect()
    answer = {PRESENT: rows_of(len(set(COLUMNS) - set(spark.table("t").columns)))}
    answer |= {name: rows_of(n) for name, n in zip(rules, counts, strict=True)}

    place = ", ".join(PLACE)
    failing = [name for name in rules if answer[name]["count"]]
    flags = ", ".join(f"({rules[name]}) f{i}" for i, name in enumerate(failing))
    anywhere = " or ".join(f"f{i}" for i in range(len(failing))) or "false"
    columns = f"{place}, {flags}" if flags else place
    faulty = spark.sql(f"select * from (select {columns} from t) where {anywhere}")
    for row in faulty.collect():
        for i, name in enumerate(failing):
            if row[f"f{i}"] and len(answer[name]["keys"]) < KEEP:
                answer[name]["keys"].append([row[column] for column in PLACE])

    key, group = ", ".join(KEY), ", ".join(GROUP)
    doubled = spark.sql(
        f"select {key}, count(*) n from t group by {key} having n > 1"
    ).collect()
    count = sum(row["n"] for row in doubled)
    answer[UNIQUE] = groups_of(count, [row[:-1] for row in doubled[:KEEP]])
    above = spark.sql(
        f"select {group} from t where measure in ('convicted', 'charged') "
        f"group by {group} having max(value) filter (where measure = 'convicted') "
        "> max(value) filter (where measure = 'charged')"
    ).collect()
    answer[ABOVE] = groups_of(len(above), [list(row) for row in above[:KEEP]])
    write_answer(answer, out)


if __name__ == "__main__":
    main()
