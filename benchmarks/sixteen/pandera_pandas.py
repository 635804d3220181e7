"""pandera on pandas: pandera_pandas.py TABLE ANSWER."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pandera.pandas as pa
from checks import ABOVE, GROUP, PLACE, STATUS, WITHOUT_VALUE, arguments, write_answer
from pandera_schema import answer_of, make_schema


def has_status(frame: pd.DataFrame) -> Any:
    return frame["value"].notna() | frame["obs_status"].isin(WITHOUT_VALUE)


def is_not_above(frame: pd.DataFrame) -> Any:
    charged = frame[frame["measure"] == "charged"]
    most = charged.groupby(GROUP, dropna=False, sort=False)["value"].max()
    convicted = frame[frame["measure"] == "convicted"].reset_index(names="row")
    both = convicted.merge(most.rename("most").reset_index(), on=GROUP, how="left")
    good = pd.Series(data=True, index=frame.index)
    good[both["row"][both["value"] > both["most"]]] = False
    return good


def main() -> None:
    table, out = arguments()
    frame = pd.read_parquet(table)
    rules = [
        pa.Check(has_status, name=STATUS, ignore_na=False),
        pa.Check(is_not_above, name=ABOVE, ignore_na=False),
    ]
    try:
        make_schema(pa, rules).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        failures = grouped(errors.failure_cases)
    else:
        failures = iter(())
    places = frame[PLACE]
    write_answer(
        answer_of(failures, lambda rows: places.loc[rows].to_numpy().tolist()), out
    )


def grouped(cases: pd.DataFrame) -> Iterator[tuple[str, str, list[int]]]:
    for (column, check), own in cases.groupby(["column", "check"], dropna=False):
        yield str(column), str(check), own["index"].dropna().unique().tolist()


if __name__ == "__main__":
    main()
