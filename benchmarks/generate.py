"""Synthetic observations: the columns of the observation table, invented areas only.

    python benchmarks/generate.py 1000000 benchmarks/data/1e6.parquet

The same N gives the same rows under one version of DuckDB. About one row in a thousand is faulty, each kind of
fault at its own distance, so that every rule has something to find.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

PERIOD = 10_007
"""Each kind of fault strikes one row in so many."""

# Row i is stage i % 8 of group g; the digits of g are area, year, sex, age, offence.
# `cohort` is the group without its sex, so that both sexes add up to their total.
_DIGITS = """
    select i, g, g - 5760 * (g // 5760 % 3) cohort, i % {period} fault,
        ['RECORDED', 'REFERRED', 'FORMAL_CONTACT', 'CHARGED', 'PROSECUTED',
         'BROUGHT_TO_COURT', 'CONVICTED', 'IN_CUSTODY'][(b % 8 + 1)::int] stage,
        [1.0, 0.9, 0.8, 0.7, 0.65, 0.6, 0.5, 0.2][(b % 8 + 1)::int] share,
        'X' || chr((65 + g % 240 // 26)::int) || chr((65 + g % 240 % 26)::int) area,
        (2000 + g // 240 % 24)::int as year,
        ['M', 'F', '_T'][(g // 5760 % 3 + 1)::int] sex,
        ['Y_LT14', 'Y14T17', 'Y18T24', 'Y25T44', 'Y_GE45'][(g // 17280 % 5 + 1)::int]
            as age,
        '0' || (1 + g // 86400 % 9) || '0' || (1 + g // 777600 % 9) offence
    from (select *, b // 8 g from (
        select i, case when i % {period} = 1103 then i - 1 else i end b
        from range({n}) t(i)))
"""

_VALUES = """
    select *, case
        when fault = 103 or hash(cohort, stage) % 100 < 6 then null
        when fault = 203 then -5
        when fault = 303 then 0.5
        when stage = 'CONVICTED' and g % 1250 = 7 then 9000000
        when sex = 'M' then men
        when sex = 'F' then women
        else men + women end as n
    from (
        select *, floor(hash(cohort, 1) % 50000 * share) men,
            floor(hash(cohort, 2) % 50000 * share) women
        from ({digits}))
"""

_OBSERVATIONS = """
    select
        substr(md5(i::varchar), 1, 16) obs_id,
        'synthetic_counts' series_id,
        case when fault = 403 then null when fault = 503 then 'x1' else area end
            as ref_area,
        'country' area_level,
        'A' freq,
        case when fault = 603 then 'unreadable' else year::varchar end time_period,
        make_date(year, 1, 1) period_start,
        make_date(year, 12, 31) period_end,
        'gregorian' calendar,
        case when fault = 703 then 'BOGUS' else stage end stage,
        'PERSON' counting_unit,
        case when fault = 803 then 'BOGUS' else 'CSEA' end as "scope",
        offence,
        'exact' offence_relation,
        'synthetic offence ' || offence offence_label,
        case when fault = 903 then '?' else sex end sex,
        age age_group,
        '_T' breakdown,
        sex = '_T' is_total,
        'COUNT' statistic,
        0::integer unit_mult,
        null::bigint base_n,
        n::double obs_value,
        n::double value_low,
        n::double value_high,
        case when n is null and fault <> 103 then 'NOT_PROVIDED' end missing_reason,
        case when n is null then 'O' else 'A' end obs_status,
        null::varchar obs_status_other,
        'F' conf_status,
        coalesce(n::bigint::varchar, '..') raw_value,
        null::varchar notes,
        'synthetic.xlsx' source_file,
        repeat('0', 64) source_sha256,
        case when fault = 1003 then 'no cell' else 'Sheet' || (g % 40 + 1) || '!'
            || chr((65 + i % 26)::int) || (i // 26 + 1) end source_ref,
        null::date vintage
    from ({values}) order by i
"""


def write_observations(n: int, path: Path) -> None:
    """Write `n` observations to a Parquet file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digits = _DIGITS.format(n=n, period=PERIOD)
    observations = _OBSERVATIONS.format(values=_VALUES.format(digits=digits))
    duckdb.sql(observations).write_parquet(str(path))


if __name__ == "__main__":
    write_observations(int(sys.argv[1]), Path(sys.argv[2]))
