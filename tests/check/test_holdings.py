"""What is known of the columns changes no count."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.check.run.holdings import Held, holdings, left_to_reckon
from tallymark.engine.duckdb import DuckDB, connect, rows

_ATOMS = (
    "sex = 'M'",
    "sex <> 'M'",
    "stage in ('CHARGED', 'CONVICTED')",
    "stage not in ('CHARGED', 'CONVICTED')",
    "sex is null",
    '"stage" is not null',
    "obs_value between 1 and 3",
    "case when sex = 'M' and stage = 'CHARGED' then false end",
)
_WHOLE = (
    "count(*) filter (where {})",
    "(min(stage) filter (where {0}) <> max(stage) filter (where ({0})))::int",
    "least(count(*), (count(*) filter (where {}) >= 2)::int)",
    "max(coalesce(obs_value, 0)) filter (where {})",
)

_atoms = st.sampled_from(_ATOMS)
_conditions = st.recursive(
    _atoms | _atoms.map("not {}".format),
    lambda inner: st.builds(
        "({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner
    ),
    max_leaves=5,
).map(lambda condition: condition.removeprefix("(").removesuffix(")"))
_rows = st.fixed_dictionaries(
    {
        "sex": st.sampled_from([None, "M", "F"]),
        "stage": st.sampled_from([None, "CHARGED", "CONVICTED", "RECORDED"]),
        "obs_value": st.sampled_from([None, 0.0, 2.0]),
    }
)


@given(st.lists(_rows, max_size=4), st.lists(_conditions, min_size=1, max_size=3))
def test_what_is_left_to_reckon_comes_to_the_same(
    table: list[dict[str, object]], conditions: list[str]
) -> None:
    balanced = [c for c in conditions if _is_balanced(c)]
    wanted = [whole.format(c) for c in balanced for whole in _WHOLE]
    schema = pa.schema(
        [("sex", pa.string()), ("stage", pa.string()), ("obs_value", pa.float64())]
    )
    with connect({"obs": pa.Table.from_pylist(table, schema)}) as connection:
        held = holdings(DuckDB(connection), "obs", wanted)
        for aggregate in wanted:
            left = left_to_reckon(aggregate, held)
            both = f"select count(*), coalesce({aggregate}, 0), coalesce({left}, 0)"
            ((_, full, short),) = rows(connection, f"{both} from obs")
            assert full == short, (aggregate, left, held)


def _is_balanced(condition: str) -> bool:
    depth = 0
    for sign in condition:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        ("statistic = 'RATE_100K' and obs_value > 0", None),
        ("statistic <> 'COUNT'", None),
        ("base_n is not null and obs_value > 0", None),
        ("(statistic in ('MEAN', 'PERCENT')) and obs_value > 0", None),
        ("statistic = 'COUNT' and obs_value > 0", "obs_value > 0"),
        ("stage = 'CHARGED' and obs_value > 0", "stage = 'CHARGED' and obs_value > 0"),
        ("stage = 'ARRESTED'", None),
    ],
)
def test_what_no_row_has_is_not_asked_for(condition: str, left: str | None) -> None:
    held = {
        "statistic": Held(9, 9, "COUNT", "COUNT"),
        "stage": Held(9, 9, "CHARGED", "RECORDED"),
        "base_n": Held(9, 0),
    }
    asked = left_to_reckon(f"count(*) filter (where {condition})", held)
    assert asked == ("0" if left is None else f"count(*) filter (where {left})")
