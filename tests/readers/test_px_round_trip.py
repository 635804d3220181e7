"""A drawn cube, printed as PX in the ways that PX allows, is read back."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tallymark.model.grid import ReaderOptions
from tallymark.readers import px

words = st.text(st.sampled_from("abcÅé ,;()=[]'.0"), min_size=1, max_size=6).filter(
    lambda word: word == word.strip()
)
cells = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 3)),
    st.sampled_from([".", "..", "...", "......", "-"]),
)


@st.composite
def cubes(draw: st.DrawFn) -> tuple[list[tuple[str, list[str]]], int, list[Any]]:
    names = draw(st.lists(words, min_size=1, max_size=4, unique=True))
    dimensions = [
        (name, draw(st.lists(words, min_size=1, max_size=3, unique=True)))
        for name in names
    ]
    n = prod(len(values) for _, values in dimensions)
    n_stub = draw(st.integers(0, len(names)))
    return dimensions, n_stub, draw(st.lists(cells, min_size=n, max_size=n))


def printed(cell: Any) -> str:
    return f'"{cell}"' if isinstance(cell, str) else str(cell)


def quoted(draw: st.DrawFn, text: str) -> str:
    """Write a text, perhaps broken over lines."""
    at = draw(st.integers(0, len(text)))
    return f'"{text[:at]}"\n"{text[at:]}"' if draw(st.booleans()) else f'"{text}"'


@given(cubes(), st.data())
def test_a_printed_cube_is_read_back(cube: Any, data: st.DataObject) -> None:
    dimensions, n_stub, values = cube
    names = [f'"{name}"' for name, _ in dimensions]
    lines = [f"STUB={','.join(names[:n_stub])};"] if n_stub else []
    lines += [f"HEADING={','.join(names[n_stub:])};"] if names[n_stub:] else []
    for name, texts in dimensions:
        listed = ",\n".join(quoted(data.draw, text) for text in texts)
        lines.append(f'VALUES("{name}")={listed};')
    lines.append("DATA=")
    mark = data.draw(st.sampled_from([" ", "\n", "\t", ", ", " ;\r\n"]))
    content = ("\n".join(lines) + mark.join(map(printed, values)) + ";").encode()
    sheet = px.read(content, "t.px", ReaderOptions())
    n_columns = prod(len(texts) for _, texts in dimensions[n_stub:])
    expected = [
        (*labels, "", "", value, "", "")
        for labels, value in zip(
            product(*(texts for _, texts in dimensions)), values, strict=True
        )
    ]
    assert list(sheet.sheets[0].rows)[1:] == expected
    for i in range(len(values)):
        place = f"DATA.r{i // n_columns + 1}.c{i % n_columns + 1}"
        assert sheet.sheets[0].address(i + 1, sheet.sheets[0].figure) == place


@given(cubes(), st.data())
def test_a_cube_with_keys_is_read_back(cube: Any, data: st.DataObject) -> None:
    dimensions, n_stub, values = cube
    n_stub = max(n_stub, 1)
    names = [f'"{name}"' for name, _ in dimensions]
    lines = [f"STUB={','.join(names[:n_stub])};"]
    lines += [f"HEADING={','.join(names[n_stub:])};"] if names[n_stub:] else []
    keys = []
    for number, (name, texts) in enumerate(dimensions):
        codes = [f"k{i}" for i in range(len(texts), 0, -1)]
        lines.append(f'VALUES("{name}")={",".join(map(printed, texts))};')
        lines.append(f'CODES("{name}")={",".join(map(printed, codes))};')
        if number < n_stub:
            by_code = data.draw(st.booleans())
            lines.append(f'KEYS("{name}")={"CODES" if by_code else "VALUES"};')
            keys.append(codes if by_code else texts)
    n_columns = prod(len(texts) for _, texts in dimensions[n_stub:])
    expected: list[Any] = []
    rows = []
    for number, key in enumerate(product(*keys)):
        row = values[number * n_columns : (number + 1) * n_columns]
        is_left_out = data.draw(st.booleans())
        expected += [0] * n_columns if is_left_out else row
        if not is_left_out:
            cells = " ".join(map(printed, row))
            rows.append(f"{','.join(map(printed, key))} {cells}")
    rows = data.draw(st.permutations(rows))
    content = "\n".join([*lines, "DATA=", *rows, ";"]).encode()
    sheet = px.read(content, "t.px", ReaderOptions()).sheets[0]
    assert [row[sheet.figure] for row in sheet.rows][1:] == expected
