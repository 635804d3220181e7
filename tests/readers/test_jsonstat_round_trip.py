"""A drawn cube, written as JSON-stat in the ways that it allows, is read back."""

from __future__ import annotations

import json
from itertools import product
from math import prod
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tallymark.model.grid import ReaderOptions
from tallymark.readers import jsonstat

words = st.text(max_size=5)
values = st.one_of(
    st.none(), st.integers(-(10**12), 10**12), st.floats(allow_nan=False, width=32)
).filter(lambda value: value not in (float("inf"), float("-inf")))


@st.composite
def cubes(draw: st.DrawFn) -> tuple[dict[str, dict[str, str]], list[Any]]:
    names = draw(st.lists(words, min_size=1, max_size=4, unique=True))
    dimensions = {
        name: draw(st.dictionaries(words, words, min_size=1, max_size=3))
        for name in names
    }
    n = prod(map(len, dimensions.values()))
    return dimensions, draw(st.lists(values, min_size=n, max_size=n))


@given(cubes(), st.booleans(), st.booleans(), st.booleans())
def test_a_written_cube_is_read_back(
    cube: Any, is_sparse: bool, is_mapped: bool, is_old: bool
) -> None:
    dimensions, figures = cube
    described: dict[str, Any] = {
        name: {
            "category": {
                "index": {code: i for i, code in enumerate(labels)}
                if is_mapped
                else list(labels),
                "label": labels,
            }
        }
        for name, labels in dimensions.items()
    }
    held: Any = figures
    if is_sparse:
        held = {str(i): v for i, v in enumerate(figures) if v is not None}
    sizes = {"id": list(dimensions), "size": [len(d) for d in dimensions.values()]}
    if is_old and not {"id", "size"} & set(dimensions):
        document: Any = {"a": {"value": held, "dimension": {**described, **sizes}}}
    else:
        document = {
            "class": "dataset",
            "value": held,
            "dimension": described,
            **sizes,
        }
    content = json.dumps(document).encode()
    sheet = jsonstat.read(content, "t.json", ReaderOptions()).sheets[0]
    expected = [
        (*(text for code, label in key for text in (label, code)), value)
        for key, value in zip(
            product(*(d.items() for d in dimensions.values())), figures, strict=True
        )
    ]
    width = 2 * len(dimensions)
    found = [(*row[:width], row[width + 1]) for row in list(sheet.rows)[1:]]
    assert found == expected
    place = "a." if "class" not in document else ""
    addresses = sheet.addresses([(i + 1, sheet.figure) for i in range(len(figures))])
    assert addresses == [f"{place}value[{i}]" for i in range(len(figures))]
