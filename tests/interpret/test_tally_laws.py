"""Whatever pandas does to a tally column, its figures are those it would be of objects.

Beside each frame goes a shadow that holds the same figures as plain Python objects: each
operation is done on both, and they must agree in every part of every figure.
"""

from __future__ import annotations

import io
import pickle

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallymark.interpret import total
from tallymark.interpret.masks import figure_rows, figures_of
from tallymark.interpret.tally.array import TallyArray
from tallymark.model.figure import Figure

STICKY = ("recorded-not-occurred", "tips-not-prevalence", "single-agency", "part-year")
NAMES = pd.DataFrame({"area": ["XAA", "XAB", "XAZ"], "name": ["A", "B", "Z"]})

figure = st.fixed_dictionaries(
    {
        "ref_area": st.sampled_from(["XAA", "XAB", "XAC"]),
        "time_period": st.sampled_from(["2017", "2018", "2019"]),
        "value": st.none() | st.integers(0, 40).map(float),
        "caveats": st.lists(st.sampled_from(STICKY), unique=True, max_size=3),
    },
    optional={
        "stage": st.sampled_from(["RECORDED", "CONVICTED"]),
        "is_total": st.booleans(),
        "definition": st.sampled_from(["base", "new-law"]),
    },
)

MOVES = {
    "filter": lambda frame: frame[frame["area"] != "XAB"],
    "halve": lambda frame: frame.iloc[::2],
    "reverse": lambda frame: frame.iloc[::-1],
    "sort": lambda frame: frame.sort_values(["area", "year"], kind="stable"),
    "twice": lambda frame: pd.concat([frame, frame], ignore_index=True),
    "shift": lambda frame: frame.assign(figure=frame["figure"].shift(1)),
    "left": lambda frame: frame[["area", "year", "figure"]].merge(
        NAMES, "left", "area"
    ),
    "outer": lambda frame: frame[["area", "year", "figure"]].merge(NAMES, "outer"),
    "where": lambda frame: frame.assign(
        figure=frame["figure"].where(frame["area"] == "XAA")
    ),
    "reindex": lambda frame: frame.reset_index(drop=True).reindex([0, 99, 1]),
    "drop": lambda frame: frame.dropna(subset=["figure"]),
    "first": lambda frame: frame.groupby("area", as_index=False, sort=False).head(1),
}
LEAVE = {
    "pickle": lambda frame: pickle.loads(pickle.dumps(frame)),
    "parquet": lambda frame: pd.read_parquet(io.BytesIO(frame.to_parquet())),
    "objects": lambda frame: frame.assign(
        figure=TallyArray._from_sequence(list(frame["figure"]))
    ),
}
steps = st.lists(st.sampled_from([*MOVES, *LEAVE]), max_size=6)
many = settings(max_examples=30, deadline=None)
few = settings(max_examples=8, deadline=None)  # each asks the algebra several times


@pytest.fixture(scope="module")
def frames(figure_table, catalogue):
    """A function: a frame of drawn figures, and its shadow."""

    def make(rows):
        column = TallyArray(figure_table(rows, catalogue), catalogue)
        keys = {
            "area": pd.Series([row["ref_area"] for row in rows], dtype=str),
            "year": pd.Series([row["time_period"] for row in rows], dtype=str),
        }
        shadow = pd.Series(list(column), dtype=object)
        return pd.DataFrame({**keys, "figure": column}), pd.DataFrame(
            {**keys, "figure": shadow}
        )

    return make


def held(frame):
    return [f if isinstance(f, Figure) else None for f in frame["figure"]]


def moved(frames, rows, names):
    frame, shadow = frames(rows)
    for name in names:
        if name in MOVES:
            frame, shadow = MOVES[name](frame), MOVES[name](shadow)
        else:
            frame = LEAVE[name](frame)
    return frame, shadow


@many
@given(st.lists(figure, max_size=6), steps)
def test_moving_figures_changes_nothing_of_them(frames, rows, names):
    frame, shadow = moved(frames, rows, names)
    assert str(frame["figure"].dtype) == "tally"
    assert held(frame) == held(shadow)
    assert not any(pd.api.types.is_numeric_dtype(dtype) for dtype in frame.dtypes)


@few
@given(st.lists(figure, min_size=1, max_size=6), steps)
def test_the_sum_of_a_group_is_that_of_its_figures(frames, catalogue, rows, names):
    frame, shadow = (f.dropna(subset=["figure"]) for f in moved(frames, rows, names))
    sums = frame.groupby("area")["figure"].sum()
    assert str(sums.dtype) == "tally"
    for area, whole in sums.items():
        parts = held(shadow[shadow["area"] == area])
        table = total(figure_rows(parts, catalogue), [], catalogue)
        assert whole == figures_of(table, catalogue)[0]
        carried = {*whole.caveats, *whole.resolved}
        assert all({*p.caveats} - {*p.derived} <= carried for p in parts)


@few
@given(st.lists(st.tuples(figure, figure), min_size=1, max_size=4))
def test_adding_and_subtracting_go_by_the_row(frames, catalogue, pairs):
    rows = [row | {"obs_ids": (f"r{n}",)} for n, (_, row) in enumerate(pairs)]
    left, right = (frames(side)[0]["figure"] for side in ([a for a, _ in pairs], rows))
    for a, b, added, less in zip(left, right, left + right, left - right, strict=True):
        table = total(figure_rows([a, b], catalogue), [], catalogue)
        assert added == figures_of(table, catalogue)[0]
        carried = {*less.caveats, *less.resolved}
        assert {*a.caveats, *b.caveats} <= carried
        if less.value is not None:
            assert less.value == a.value - b.value


@many
@given(st.lists(figure, min_size=1, max_size=4))
def test_identities_change_nothing(frames, rows):
    column = frames(rows)[0]["figure"]
    for same in (column + 0, 0 + column, column - 0, column * 1, +column):
        assert list(same) == list(column)
