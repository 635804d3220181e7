"""Great Expectations on Spark: gx_spark.py TABLE ANSWER."""

from __future__ import annotations

from checks import GROUP, arguments, write_answer
from gx_suite import gx, gxe, make_suite, run_suite
from spark_session import start

ABOVE = """
    select {group} from {{batch}} group by {group}
    having max(case when measure = 'convicted' then value end)
        > max(case when measure = 'charged' then value end)
""".format(group=", ".join(GROUP))


def main() -> None:
    table, out = arguments()
    frame = start().read.parquet(table).cache()  # each expectation scans it again
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_spark("spark").add_dataframe_asset("table")
    suite = make_suite(gxe.UnexpectedRowsExpectation(unexpected_rows_query=ABOVE))
    write_answer(run_suite(context, asset, frame, suite), out)


if __name__ == "__main__":
    main()
