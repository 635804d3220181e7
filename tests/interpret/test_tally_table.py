"""Each row of the tables in docs/howto/work-in-pandas.md does what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pandas.errors import DataError

import tallymark as tm
from tallymark.model.figure import Figure

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/howto/work-in-pandas.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(.+?)` \| (carries|tells|raises|unwraps)(.*) \|$", re.MULTILINE)
ROWS = [
    (code, does, re.findall(r"`(.+?)`", rest)) for code, does, rest in ROW.findall(PAGE)
]
SETUP = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[:2]


@pytest.fixture(scope="module")
def names():
    known = {}
    exec("\n".join(SETUP).replace('"sample_data', f'"{ROOT}/sample_data'), known)
    return known


@pytest.mark.parametrize(("code", "does", "named"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_does_what_the_page_says(names, catalogue, code, does, named):
    if does == "raises":
        with pytest.raises((TypeError, DataError)) as told:
            eval(code, dict(names))
        assert all(call in str(told.value) for call in named), told.value
        return
    result = eval(code, dict(names))
    assert has_bare_numbers(result) == (does == "unwraps"), result
    if does == "carries":
        assert_carried(result, names["column"], catalogue)


def test_no_row_of_the_page_is_overlooked():
    tables = PAGE.partition("## Files")[0]
    assert len(ROWS) == len(re.findall(r"^\| `", tables, re.MULTILINE))


def assert_carried(result, column, catalogue):
    """Every figure has all caveats of those that it came from; text has their slugs."""
    if isinstance(result, str):
        assert "caveats)" in result or "tips-not-prevalence" in result
        return
    found = figures_in(result)
    if not found:
        assert result.str.contains("tips-not-prevalence").all()
    sources = {obs_id: figure for figure in column for obs_id in figure.obs_ids}
    for figure in found:
        kept = {*figure.caveats, *figure.resolved}
        before = {slug for o in figure.obs_ids for slug in sources[o].caveats}
        assert {s for s in before if catalogue.caveats[s].kind == "sticky"} <= kept


def figures_in(result):
    if isinstance(result, tm.Figures):
        return list(result.to_pandas()["figure"])
    if isinstance(result, Figure):
        return [result]
    if isinstance(result, pd.DataFrame):
        return [f for name in result for f in figures_in(result[name])]
    return [figure for figure in result if isinstance(figure, Figure)]


def has_bare_numbers(result):
    """Say whether numbers stand in it that are figures no more; counts of rows are none."""
    if isinstance(result, float | pa.ChunkedArray):
        return True
    if isinstance(result, list | np.ndarray):
        return any(isinstance(item, float) for item in result)
    if isinstance(result, pd.Series | pd.DataFrame):
        columns = [result] if isinstance(result, pd.Series) else map(result.get, result)
        return any(pd.api.types.is_float_dtype(column.dtype) for column in columns)
    return False
