"""A table that is drawn at random, printed in a random layout, comes back as it was."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tallymark.model.grid import ReaderOptions
from tallymark.readers.pdf.contents import read_contents


@st.composite
def layouts(draw: st.DrawFn) -> dict[str, Any]:
    words = st.sampled_from(["North", "River", "of", "Upper", "Province", "Lake"])
    labels = st.lists(words, min_size=1, max_size=6).map(" ".join)
    figures = st.sampled_from(["1", "23", "456", "7,890", "12,345", "<5", "..", "-"])
    n_columns = draw(st.integers(1, 5))
    cells = st.lists(figures, min_size=n_columns, max_size=n_columns)
    rows = draw(st.lists(st.tuples(labels, cells), min_size=3, max_size=12))
    rows[0][1][0] = rows[-1][1][-1] = rows[1][1][0] = "99"  # some row has a figure
    return {
        "rows": [[label, *values] for label, values in rows],
        "size": draw(st.sampled_from([8, 10, 12])),
        "pad": draw(st.sampled_from([0.3, 0.6, 1.0])),
        "gap": draw(st.sampled_from([1.2, 2.5])),
        "align": draw(st.sampled_from([0, 0.5, 1])),
        "figure_line": draw(st.sampled_from([0, 0.5, 1])),
        "rules": draw(st.sampled_from(["none", "across", "grid", "frame"])),
    }


def laid_out(press: Any, how: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Return texts and lines of a table whose labels are wrapped after two words."""
    size, leading = how["size"], 1.2 * how["size"]
    header = ["Area", *(str(2010 + n) for n in range(len(how["rows"][0]) - 1))]
    wrapped = [
        [" ".join(row[0].split()[n : n + 2]) for n in range(0, len(row[0].split()), 2)]
        for row in [header, *how["rows"]]
    ]
    left = 50 + max(press.width(part, size) for label in wrapped for part in label)
    widths = [
        max(press.width(row[n], size) for row in [header, *how["rows"]])
        for n in range(1, len(header))
    ]
    starts = [left + how["gap"] * size]
    for width in widths:
        starts.append(starts[-1] + width + how["gap"] * size)
    y, texts, floors = 100.0, [], [100 - size - how["pad"] * size / 2]
    for label, row in zip(wrapped, [header, *how["rows"]], strict=True):
        texts += [(50, y + n * leading, part, size) for n, part in enumerate(label)]
        down = (len(label) - 1) * leading
        for n, figure in enumerate(row[1:]):
            x = starts[n] + how["align"] * (widths[n] - press.width(figure, size))
            texts.append((x, y + how["figure_line"] * down, figure, size))
        y += down + leading + how["pad"] * size
        floors.append(y - size - how["pad"] * size / 2 + 0.1 * size)
    xs = [45.0, *(start - how["gap"] * size / 2 for start in starts)]
    if how["rules"] == "grid":
        return texts, _grid(xs, floors)
    kept = {"none": [], "across": floors, "frame": [floors[0], floors[1], floors[-1]]}
    return texts, [(xs[0], floor, xs[-1], floor) for floor in kept[how["rules"]]]


@settings(max_examples=100)
@given(how=layouts())
def test_any_layout_of_a_table_comes_back(press: Any, how: dict[str, Any]) -> None:
    texts, lines = laid_out(press, how)
    page = press.Sheet([press.Text(*text) for text in texts], lines)
    found = read_contents(press.printed(page), "x.pdf", ReaderOptions())
    header = ["Area", *(str(2010 + n) for n in range(len(how["rows"][0]) - 1))]
    assert [sheet.name for sheet in found.sheets] == ["p1.t1"]
    assert found.sheets[0].rows == [header, *how["rows"]]


def _grid(xs: list[float], ys: list[float]) -> list[tuple[float, ...]]:
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
