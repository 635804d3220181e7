"""What Spark is asked in its own words gives what DuckDB gives, one rule at a time."""

from __future__ import annotations

import math
import re

import pyarrow as pa
import pytest

from tallymark.engine import EngineError
from tallymark.engine.duckdb import DuckDB, connect
from tallymark.engine.spark.sql import spark_sql

NUMBERS = pa.table(
    {
        "g": ["a", "a", "a", "b", "b", None],
        "i": pa.array([3, 1, None, 2, 2, 0], pa.int64()),
        "x": [0.5, -2.5, 12345678.5, None, 1e16, 0.00012345],
        "t": ["b", None, "a", "A", "é", "a\n"],
        "d": pa.array([0, 31, None, 18262, 18993, 40], pa.date32()),
        "l": [["p", None, "q"], [], None, ["q"], ["r", "s", "t"], [None]],
    }
)
TABLES = {"n": NUMBERS}

SAME = {
    "an ordered list keeps nulls": "select g, list(t order by i) as l from n group by g",
    "an ordered list in descent": (
        "select g, list(t order by i desc, t desc) as l from n group by g"
    ),
    "a list of distinct values": "select list(distinct g order by g) as l from n",
    "a list of structs keeps the names of their fields": (
        "select list(struct_pack(file := g, n := i) order by i, g) as l from n"
    ),
    "a list of no rows is null": "select list(i) filter (where i > 9) as l from n",
    "a list of some rows": (
        "select list(i order by i) filter (where g = 'a') as l from n"
    ),
    "a list in a window": (
        "select t, list(i order by i) over (partition by g) as l from n"
    ),
    "a list of some rows in a window": (
        "select t, list(t order by t) filter (where i > 1) over (partition by g) as l, "
        "count(*) filter (where i > 1) over (partition by g) as n, "
        "sum(i) filter (where i > 1) over w as s "
        "from n window w as (partition by g)"
    ),
    "a list inside of another expression": (
        "select flatten(list(l order by i, g)) as f, list(i order by i)[2] as n from n"
    ),
    "the first of an order": (
        "select first(t order by i desc) as a, first(t order by i, g) as b from n"
    ),
    "the value at an extreme": (
        "select arg_min(t, i) as low, arg_max(t, i) filter (where g = 'a') as high "
        "from n"
    ),
    "any value that is there": (
        "select any_value(t) filter (where g = 'b' and t <> 'A') as v from n"
    ),
    "texts put together in order": (
        "select string_agg(distinct g, '; ' order by g) as a, "
        "string_agg(t, ' ' order by i, t) filter (where g = 'b') as b, "
        "string_agg(t, ' ') filter (where i > 9) as c from n"
    ),
    "quantiles": (
        "select quantile_cont(i, 0.25e0) as q, quantile_cont(x, 0.9e0) as r, "
        "median(i) as m, median(x) filter (where g = 'a') as k from n"
    ),
    "count of distinct pairs": "select count(distinct (g, t)) as n from n",
    "division by zero": (
        "select i / (i - 2) as a, x / 0 as b, 1.0 / 4.0 as c, i / 2 as d, "
        "(i - 2) / (i - 2) as e, 7 / 2 / 2 as f, x / i as g from n"
    ),
    "remainder": "select x % (i - 2) as a, i % 2 as b, x % 10 as c from n",
    "whole parts": (
        "select floor(x) as a, ceil(x) as b, round(x) as c, floor(-1e18) as d, "
        "floor(x) = x as e from n"
    ),
    "rounding to digits": (
        "select round(1.005e0, 2) as a, round(0.285e0, 2) as b, round(2.675e0, 2) as c, "
        "round(-0.125e0, 2) as d, round_even(0.5e0, 0) as e, round_even(x, 0) as f, "
        "round(2.5e0) as g, round(x, 0) as h from n"
    ),
    "logarithms": "select round(ln(i), 12) as a, ln(-1e0) as b, log10(i) is null as c from n",
    "days between dates": (
        "select date_diff('day', d, date '2020-01-01') as a, d - 1 as b, d + 3 as c, "
        "extract(month from d) as e, strftime(d, '%Y-%m') as f from n"
    ),
    "numbers as texts": (
        "select x::varchar as a, i::varchar as b, d::varchar as c, t::varchar as e, "
        "(x * 1e-9)::varchar as f, (x * 1e150)::varchar as h, "
        "(-x)::varchar as j, (i::double)::varchar as k, 1e15::varchar as m from n"
    ),
    "texts as numbers": (
        "select try_cast(v as double) as a "
        "from (values ('5d'), ('5f'), ('0x1p3'), (' 7 '), ('1e3'), ('inf'), (''), "
        "('.5'), ('1,5'), (null)) as v(v)"
    ),
    "a number that is none": "select isfinite(x * 1e300 * 1e300) as a from n",
    "whole numbers of any length": (
        "select sum(9223372036854775807::hugeint) as a, sum(i::int128) as b from n"
    ),
    "trimmed spaces": (
        "select trim(v) as a from (values (' a '), (' b\u00a0'), ('\u2003c\t')) as v(v)"
    ),
    "the first match is replaced": (
        "select regexp_replace(v, '(b)(a)', '<\\2$\\1>') as a, "
        "regexp_replace(v, '[ab]', '', 'g') as b, regexp_replace(v, 'a$', '!') as c, "
        "regexp_replace(v, '^a', '!') as d "
        "from (values ('ababa'), ('b\na'), ('xyz')) as v(v)"
    ),
    "what a pattern takes out": (
        "select regexp_extract(v, 'b(.)', 1) as a, regexp_extract(v, 'b.') as b, "
        "regexp_extract(v, '(z)?a', 1) as c from (values ('abc'), ('zzz')) as v(v)"
    ),
    "ends of texts and lines": (
        "select regexp_matches(v, 'a$') as a, regexp_matches(v, '^a.c$') as b, "
        "regexp_matches(v, '[[:alpha:][.]+\\b') as c, regexp_matches(v, '(?i)É') as d, "
        "regexp_matches(v, '\\bé') as e "
        "from (values ('a'), ('a\n'), ('a\rc'), ('aéc'), ('b[')) as v(v)"
    ),
    "a backslash in a pattern of signs": (
        "select v like 'a\\%' as a, v like 'a!%' escape '!' as b, v not like 'a_' as c "
        "from (values ('a\\b'), ('a%'), (null)) as v(v)"
    ),
    "what is in a list": (
        "select list_contains(l, 'q') as a, list_contains(l, t) as b, l[1] as c, "
        "l[5] as d, l[1:2] as e, list_slice(l, 2, 3) as f, list_append(l, t) as h, "
        "list_concat(l, ['z']) as j, list_concat(l, l) as k from n"
    ),
    "sorted lists": "select list_sort(list(i)) as a, list_sort(list(t)) as b from n",
    "lists to rows": (
        "select t, p from (select t, unnest(l) as p from n) where p is not null"
    ),
    "parts of texts": (
        "select split_part(v, ';', 2) as a, string_split(v, ';') as b, left(v, 2) as c, "
        "length(v) as d, substring(v, 2, 2) as e, contains(v, ';') as f, "
        "starts_with(v, 'a') as g, concat_ws(';', v, null, 'z') as h, v || 'x' as i, "
        "replace(v, ';', '') as j, lower(v) as k "
        "from (values ('a;B'), ('é'), (null)) as v(v)"
    ),
    "nulls last in order": "select t, i from n order by i, t",
    "nulls last in a descent": "select t, i from n order by i desc, t desc limit 3",
    "nulls last in windows": (
        "select t, lag(t) over (partition by g order by i, t) as a, "
        "row_number() over (order by i desc, t) as b from n"
    ),
    "a name used twice by with": (
        "with a as materialized (select 1 as v) select v, w from a, "
        "(with a as (select 2 as w) select w from a)"
    ),
    "rows chosen by a window": (
        "select * from n qualify row_number() over (partition by g order by i, t) = 1"
    ),
    "from alone": "from n order by all",
    "least and greatest pass over null": (
        "select least(i, 2, null) as a, greatest(x, i) as b from n"
    ),
    "powers": (
        "select power(10, -i) as a, power(10, v) as b from n, "
        "(select unnest([-12, -7, -3, -2, -1, 0, 1, 2, 6, 15]) as v)"
    ),
}


_IN_ORDER = re.compile(r"order by [^()]*$")


def _told(value):
    if isinstance(value, float) and math.isnan(value):
        return "nan"
    return repr(value)


def _rows(engine, sql):
    found = engine.records(sql)
    rows = [{name: _told(value) for name, value in row.items()} for row in found]
    return rows if _IN_ORDER.search(sql) else sorted(rows, key=str)


@pytest.mark.parametrize("sql", SAME.values(), ids=SAME)
def test_both_engines_give_the_same(sql, engines):
    one, other = engines
    assert _rows(other, sql) == _rows(one, sql)


@pytest.fixture(scope="module")
def engines(spark):
    from tallymark.engine.spark import Spark  # noqa: PLC0415 - takes an extra

    one = DuckDB(connect(TABLES))
    other = Spark.beside(spark.range(1))
    other.register("n", NUMBERS)
    yield one, other
    other.close()


def test_a_hash_is_the_same_for_the_same_rows_only():
    assert spark_sql("select hash(a, b) from n") == "SELECT XXHASH64(a, b) FROM n"


def test_names_and_texts_stay_as_they_are():
    sql = """select 'it''s \\ "x"' as "a b", "table" from "n.m" """
    assert spark_sql(sql) == ("SELECT 'it\\'s \\\\ \"x\"' AS `a b`, `table` FROM `n.m`")


def test_what_is_no_sql_is_told_in_an_error():
    with pytest.raises(EngineError, match="no Spark SQL for select from where"):
        spark_sql("select from where (")
