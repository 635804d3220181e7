"""Synthetic observations of many series that grow steadily, and whose totals agree.

    python benchmarks/steady.py 1000000 benchmarks/data/steady-1000000.parquet

Each series has three stages of 9 invented countries with 8 regions, for 20 years, by
sex and age. Nothing is at fault; small regions repeat their small figures.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

_PARTS = """
    select s, stage, a, r, y, sex, age, floor(
        exp(hash(s, a, r) % 700 / 100.0) * [1.0, 0.4, 0.2][stage]
        * if(sex = 'F', 0.6, 0.4) * [0.2, 0.5, 0.3][age]
        * (1 + 0.03 * y) * (0.95 + hash(s, a, r, y, sex, age) % 100 / 1000.0))::bigint n
    from range({n_series}) s(s), range(1, 4) t(stage), range(9) c(a), range(8) d(r),
        range(20) e(y), (values ('F'), ('M')) f(sex), range(1, 4) g(age)
"""

_TOTALS = """
    select s, stage, a, r, y, sex, age, sum(n)::double n,
        row_number() over (order by s, a, stage, r, y, sex, age) i
    from ({parts}) group by s, stage, a, y, cube (r, sex, age) order by i limit {n}
"""

_OBSERVATIONS = """
    select
        substr(md5(i::varchar), 1, 16) obs_id,
        'steady_' || s series_id,
        'X' || chr((65 + a)::int) || 'X' || coalesce('_' || r, '') ref_area,
        if(r is null, 'country', 'subnational') area_level,
        'A' freq,
        (2000 + y)::varchar time_period,
        make_date((2000 + y)::int, 1, 1) period_start,
        make_date((2000 + y)::int, 12, 31) period_end,
        'gregorian' calendar,
        ['RECORDED', 'CHARGED', 'CONVICTED'][stage] stage,
        'PERSON' counting_unit,
        'CSEA' as "scope",
        '0301' offence,
        'exact' offence_relation,
        'synthetic offence ' || s offence_label,
        coalesce(sex, '_T') sex,
        coalesce(['Y_LT14', 'Y14T17', 'Y_GE18'][age], '_T') age_group,
        '_T' breakdown,
        sex is null and age is null is_total,
        'COUNT' statistic,
        0::integer unit_mult,
        null::bigint base_n,
        n obs_value,
        n value_low,
        n value_high,
        null::varchar missing_reason,
        'A' obs_status,
        null::varchar obs_status_other,
        'F' conf_status,
        n::bigint::varchar raw_value,
        null::varchar notes,
        'steady_' || a || '.xlsx' source_file,
        repeat('0', 64) source_sha256,
        'Sheet' || s || '!' || chr((65 + i % 26)::int) || (i // 26 + 1) source_ref,
        null::date vintage
    from ({totals}) order by i
"""
_OF_SERIES = 3 * 9 * 20 * 9 * 3 * 4


def write_steady(n: int, path: Path) -> None:
    """Write `n` observations to a Parquet file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = _PARTS.format(n_series=n // _OF_SERIES + 1)
    totals = _TOTALS.format(parts=parts, n=n)
    duckdb.sql(_OBSERVATIONS.format(totals=totals)).write_parquet(str(path))


if __name__ == "__main__":
    write_steady(int(sys.argv[1]), Path(sys.argv[2]))
