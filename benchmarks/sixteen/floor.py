"""The floor: DuckDB reads every column once and checks nothing. floor.py TABLE ANSWER."""

from __future__ import annotations

import duckdb
from checks import COLUMNS, arguments, write_answer


def main() -> None:
    table, out = arguments()
    seen = ", ".join(f"count({column}), max({column})" for column in COLUMNS)
    duckdb.sql(f"select count(*), {seen} from '{table}'").fetchall()
    write_answer({}, out)


if __name__ == "__main__":
    main()
