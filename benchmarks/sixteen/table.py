"""Write the table of the sixteen checks: table.py N TABLE [--faulty SHARE] [--groups N].

One row a figure: area, year, offence, sex, age and measure, with a value. The same N
gives the same rows under one version of DuckDB. About one row in a thousand is at
fault, each kind of fault at its own distance.

--faulty: of this share of rows value, unit and cell are all at fault; 0: of none.
--groups: so many distinct keys only, of which rows are repetitions.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

DISTANCE = 10_007
"""Each kind of fault strikes one row in so many."""
AREAS = 200
"""At least so many areas; more where the rows would not all have a key of their own."""
GROUPS_OF_AREA = 24 * 60 * 3 * 5
MEASURES = 8

# Row i is about measure `m` of group `g`; groups are spread evenly over all there could
# be, so that tables of each size look alike. `twin` repeats the row before.
_DIGITS = """
    select *, x // 21600 a, x // 900 % 24 y, x // 15 % 60 o, x // 5 % 3 s, x % 5 age,
        hash(g) % 100000 size, hash(b, 7) % 100 luck
    from (
        select *, (b // 8 * {n_groups} // {n_filled})::bigint x
        from (
            select *, b // 8 g, (b % 8)::int m
            from (
                select i, {fault} fault, {twin} b from range({n}) t(i)
            )
        )
    )
"""

_TABLE = """
    select
        case when fault = 103 then null
            else 'SUB-' || a || '-' || (2000 + y) end submission_id,
        case when fault = 203 then null when fault = 903 then 'x1'
            else chr((65 + a // 26 % 26)::int) || chr((65 + a % 26)::int)
                || chr((65 + (a * 7 + a // 676) % 26)::int) end ref_area,
        (case when fault = 303 then null when fault = 1303 then 1999
            else 2001 + y end)::int "year",
        case when fault = 403 then null when fault = 503 then 'bogus'
            else ['recorded', 'suspects', 'charged', 'prosecuted', 'convicted',
                'imprisoned', 'victims', 'acquitted'][m + 1] end measure,
        case when fault = 603 or {is_faulty} then 'bogus'
            else ['PERSONS', 'OFFENCES', 'CASES', 'INCIDENTS', 'VICTIMS'][
                ((g + m) % 5 + 1)::int] end unit_of_count,
        '0' || (o // 10 + 1) || '0' || o % 10 offence_code,
        case when fault = 703 then '?' else ['_T', 'M', 'F'][(s + 1)::int] end sex,
        case when fault = 803 then 'bogus'
            else ['_T', 'Y0T14', 'Y15T17', 'Y18T24', 'Y_GE25'][(age + 1)::int]
            end age_group,
        (case when fault = 1203 then null
            when m = 4 and g % 1250 = {high} then 9000000
            when {is_faulty} then -1
            when luck < 8 then null
            when fault = 853 then -5
            else floor(size * [1.0, 0.8, 0.7, 0.65, 0.5, 0.2, 0.9, 0.1][m + 1])
            end)::bigint "value",
        case when fault = 1203 or (m = 4 and g % 1250 = {high}) then 'A'
            when luck < 6 then 'M' when luck < 8 then 'L' when luck < 12 then 'P'
            else 'A' end obs_status,
        case when fault = 1003 or {is_faulty} then 'bad cell'
            else 'Sheet' || (g % 40 + 1) || '!' || chr((65 + b % 26)::int)
                || (b // 26 % 5000 + 1) end source_cell
    from ({digits})
"""


def write_table(
    n: int, path: Path, *, faulty: float | None = None, n_keys: int | None = None
) -> None:
    """Write `n` rows to a Parquet file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    n_rows_keyed = min(n, n_keys or n)
    n_filled = -(-n_rows_keyed // MEASURES)
    n_areas = max(AREAS, -(-n_filled // GROUPS_OF_AREA))
    twin = f"case when i % {DISTANCE} = 1103 then i - 1 else i end"
    if faulty == 0:
        twin = "i"
    if n_keys:
        twin = f"i % {n_keys}"
    digits = _DIGITS.format(
        n=n,
        fault=-1 if faulty == 0 else f"i % {DISTANCE}",
        twin=twin,
        n_groups=n_areas * GROUPS_OF_AREA,
        n_filled=n_filled,
    )
    is_faulty = f"(i * 7919 % 1000 < {round(faulty * 1000)})" if faulty else "false"
    high = -1 if faulty == 0 else 7  # of 1,250 groups one has far too many convicted
    rows = _TABLE.format(digits=digits, is_faulty=is_faulty, high=high)
    partial = path.with_suffix(".partial")
    connection = duckdb.connect()
    connection.execute(f"copy ({rows}) to '{partial}' (format parquet)")
    partial.rename(path)  # a table is there as a whole or not at all


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int)
    parser.add_argument("table", type=Path)
    parser.add_argument("--faulty", type=float)
    parser.add_argument("--groups", type=int)
    given = parser.parse_args()
    write_table(given.n, given.table, faulty=given.faulty, n_keys=given.groups)


if __name__ == "__main__":
    main()
