from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.grid import Contents, ReaderOptions, Sheet
from tallymark.readers import jsonstat

REAL = Path(__file__).parents[2] / "../shared/real/files"

SMALL: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "label": "Offences",
    "updated": "2024-01-01",
    "note": ["All of it", "Twice"],
    "id": ["sex", "what"],
    "size": [2, 2],
    "role": {"metric": ["what"]},
    "value": [10, 1.5, None, 4],
    "status": {"2": "m", "3": "p"},
    "dimension": {
        "sex": {
            "label": "Sex of the accused",
            "note": ["As recorded"],
            "category": {
                "index": {"F": 1, "M": 0},
                "label": {"M": "men"},
                "note": {"F": ["Girls, too"]},
            },
        },
        "what": {
            "category": {
                "index": ["n", "r"],
                "label": {"n": "cases", "r": "rate"},
                "unit": {
                    "n": {"label": "number", "decimals": 0},
                    "r": {"base": "per 100,000", "symbol": "%", "multiplier": 2},
                },
            }
        },
    },
    "extension": {
        "status": {"label": {"p": "provisional"}},
        "contact": [{"name": "A. Person", "mail": "a@example.org"}],
        "px": {"decimals": 1},
    },
}


def read(document: Any, **options: Any) -> Contents:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return jsonstat.read(content, "t.json", ReaderOptions(**options))


def column(sheet: Sheet, heading: str) -> list[Any]:
    at = list(sheet.rows[0]).index(heading)
    return [row[at] for row in sheet.rows][1:]


def refusal(document: Any, **options: Any) -> str:
    with pytest.raises(SourceError) as caught:
        read(document, **options)
    assert caught.value.where.startswith("t.json")
    return str(caught.value)


def changed(**keys: Any) -> dict[str, Any]:
    return {**SMALL, **keys}


# --- what is read --------------------------------------------------------------------


def test_a_data_set_is_one_figure_a_row() -> None:
    sheet, _ = read(SMALL).sheets
    assert sheet.rows[0] == (
        *("sex", "sex (code)", "what", "what (code)"),
        *("unit", "value", "status", "status (label)", "notes"),
    )
    assert column(sheet, "sex") == ["men", "men", "F", "F"]
    assert column(sheet, "sex (code)") == ["M", "M", "F", "F"]
    assert column(sheet, "what") == ["cases", "rate"] * 2
    assert column(sheet, "unit") == ["number", "per 100,000; multiplier 2"] * 2
    assert column(sheet, "value") == [10, 1.5, None, 4]
    assert column(sheet, "status") == [None, None, "m", "p"]
    assert column(sheet, "status (label)") == ["", "", "", "provisional"]
    assert sheet.address(4, sheet.figure) == "value[3]"
    assert sheet.address(4, 0) == "value[3]#sex"


def test_each_note_stands_with_its_figures() -> None:
    common = "All of it; Twice; As recorded"
    notes = column(read(SMALL).sheets[0], "notes")
    assert notes == [common] * 2 + [f"Girls, too; {common}"] * 2


def test_what_the_file_says_of_itself_stands_apart_without_persons() -> None:
    rows = read(SMALL).sheets[1].rows
    assert ("label", "", "Offences") in rows
    assert ("label", "sex", "Sex of the accused") in rows
    assert ("unit.n.decimals", "what", "0") in rows
    assert ("extension.px.decimals", "", "1") in rows
    assert not any("Person" in str(cell) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("e", ["e"] * 4),
        (["e"], ["e"] * 4),
        (["a", None, "b", "c"], ["a", None, "b", "c"]),
        ({}, [None] * 4),
        (None, [None] * 4),
    ],
)
def test_status_is_written_in_several_ways(status: Any, expected: list[Any]) -> None:
    assert column(read(changed(status=status)).sheets[0], "status") == expected


def test_version_1_holds_its_sizes_with_its_dimensions() -> None:
    old = {key: SMALL[key] for key in ("label", "value")}
    sizes = {"id": SMALL["id"], "size": SMALL["size"], "role": SMALL["role"]}
    old["dimension"] = {**SMALL["dimension"], **sizes}
    first, said, second, _ = read({"police": old, "courts": old}).sheets
    assert (first.name, said.name, second.name) == (
        "police",
        "police metadata",
        "courts",
    )
    assert list(first.rows) == list(second.rows)
    assert second.address(1, second.figure) == "courts.value[0]"


def test_a_collection_gives_the_data_sets_within_it() -> None:
    link = {"item": [{"class": "dataset", "href": "https://example.org"}, SMALL, SMALL]}
    sheets = read({"version": "2.0", "class": "collection", "link": link}).sheets
    assert [sheet.name for sheet in sheets[::2]] == ["link.item[1]", "link.item[2]"]
    assert sheets[2].address(1, sheets[2].figure) == "link.item[2].value[0]"


def test_one_category_needs_no_index_and_no_label() -> None:
    what = {"category": {"label": {"n": "cases"}}}
    dimension = {"sex": SMALL["dimension"]["sex"], "what": what}
    sheet = read(changed(size=[2, 1], value=[1, 2], status=None, dimension=dimension))
    assert column(sheet.sheets[0], "what") == ["cases"] * 2


def test_numbers_that_json_does_not_know_stay_texts() -> None:
    text = json.dumps(SMALL).replace("1.5", "NaN").replace("null", "1e999")
    assert column(read(text.encode()).sheets[0], "value") == [10, "NaN", "inf", 4]


def test_an_encoding_may_be_declared() -> None:
    text = json.dumps(changed(label="Año"), ensure_ascii=False)
    for encoding in ("latin-1", "utf-8-sig", "utf-16"):
        said = read(text.encode(encoding), encoding=encoding).sheets[1]
        assert ("label", "", "Año") in said.rows
    assert ("label", "", "Año") in read(text.encode("utf-16")).sheets[1].rows
    assert "no JSON file" in refusal(text.encode("latin-1"))
    assert "no known encoding" in refusal(SMALL, encoding="utf-99")


# --- laws ----------------------------------------------------------------------------


@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(json.dumps(SMALL).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(
            st.sampled_from([b"", b"1", b"[", b'"', b"\0", b"\xff", b"{}"])
        )
        content[at : at + data.draw(st.integers(0, 12))] = piece
    try:
        contents = read(bytes(content))
    except TallymarkError:
        return
    assert list(contents.sheets[0].rows)


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 3) | st.sampled_from(["", "n", "M"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["0", "1", "n", "M", "label"]), inner)
    ),
    max_leaves=6,
)
paths = st.sampled_from(
    [
        ("value",),
        ("id",),
        ("size",),
        ("status",),
        ("note",),
        ("extension",),
        ("dimension",),
        ("dimension", "sex"),
        ("dimension", "sex", "category"),
        ("dimension", "sex", "category", "index"),
        ("dimension", "sex", "category", "label"),
        ("dimension", "sex", "category", "note"),
        ("dimension", "what", "category", "unit"),
    ]
)


@given(paths, anything)
def test_any_part_may_be_of_another_type(path: tuple[str, ...], part: Any) -> None:
    document = json.loads(json.dumps(SMALL))
    held = document
    for key in path[:-1]:
        held = held[key]
    held[path[-1]] = part
    try:
        contents = read(document)
    except TallymarkError:
        return
    assert [list(sheet.rows) for sheet in contents.sheets]


# --- what is refused -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (b"{", "no JSON file, or a broken one"),
        ([], "no JSON-stat object"),
        ({}, "no JSON-stat data set with figures"),
        ({"class": "dimension", "value": []}, "no JSON-stat data set"),
        ({"class": "collection", "link": {"item": []}}, "no JSON-stat data set"),
        (changed(id=None), "no lists `id` and `size`"),
        (changed(size=[2]), "do not go together"),
        (changed(size=[2, -2]), "do not go together"),
        (changed(size=[2, True]), "no lists `id` and `size`"),
        (changed(id=["sex", "sex"]), "'sex' twice"),
        (changed(size=[2, 3]), "2 categories of 'what' and size 3"),
        (changed(value=[1, 2, 3]), "3 items in `value` for 4 figures"),
        (changed(value={"4": 1}), "the place '4' in `value` of 4 figures"),
        (changed(value={"-1": 1}), "the place '-1'"),
        (changed(value={"1": 1, "01": 2}), "two items for place 1"),
        (changed(value=5), "a `value` that is no list and no map"),
        (changed(value=[1, 2, 3, []]), "a list or an object among the items"),
        (changed(status=[1, 2]), "2 items in `status` for 4 figures"),
    ],
)
def test_a_contradiction_is_told(document: Any, what: str) -> None:
    assert what in refusal(document)


@pytest.mark.parametrize(
    "index", [["n", "n"], {"n": 0, "r": 0}, {"n": 0, "r": 2}, "n", None]
)
def test_an_index_that_leaves_places_unclear_is_told(index: Any) -> None:
    what = {"category": {"index": index}}
    dimension = {"sex": SMALL["dimension"]["sex"], "what": what}
    assert "what" in refusal(changed(dimension=dimension))


def test_a_key_that_stands_twice_is_told() -> None:
    text = json.dumps(SMALL).replace('"label": "Offences"', '"x": 1, "x": 2')
    assert "'x' twice in one object" in refusal(text.encode())


def test_sizes_that_only_claim_to_be_huge_are_refused() -> None:
    assert "10^15 or more figures" in refusal(
        changed(size=[10**12] * 2, value={"0": 1})
    )
    many = [str(i) for i in range(100)]
    assert "dimensions, more than 60" in refusal(changed(id=many, size=[1] * 100))


def test_lists_within_lists_without_end_are_refused() -> None:
    assert "within too many others" in refusal(b"[" * 400_000 + b"]" * 400_000)
    deep = b'{"a":' * 400_000 + b"1" + b"}" * 400_000
    assert "within too many others" in refusal(deep)


@pytest.mark.parametrize("mark", [b",", b":", b"{", b"["])
def test_more_items_than_the_limits_are_refused(
    monkeypatch: pytest.MonkeyPatch, mark: bytes
) -> None:
    monkeypatch.setitem(jsonstat.MAX_MARKS, mark, 3)
    assert f"more than 3 times {mark.decode()!r}" in refusal(SMALL)


def test_more_bytes_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonstat, "MAX_BYTES", 10)
    assert "more than 10 bytes" in refusal(SMALL)


def test_what_is_left_out_of_a_huge_extension_is_told() -> None:
    nested: Any = {"deep": 1}
    for _ in range(20):
        nested = {"in": nested}
    many = list(range(20_000))
    rows = read(changed(extension={"a": nested, "b": many})).sheets[1].rows
    assert ("extension.b", "", "20,000 items, not shown") in rows
    assert any(row[2] == "1 items, not shown" for row in rows)


# --- published files -----------------------------------------------------------------


@pytest.mark.real
@pytest.mark.parametrize(
    ("offset", "labels", "value"),
    [
        (0, ("total", "total", "total", "2001", "total"), 2695880),
        (6, ("total", "total", "total", "2011", "A Coruña"), 1141286),
        (3327, ("abroad", "total", "female", "2011", "Lugo"), 11218),
        (764, ("county of residence", "10-14", "male", "2001", "Pontevedra"), 18522),
    ],
)
def test_true_cells(offset: int, labels: tuple[str, ...], value: int) -> None:
    content = (REAL / "es_ige_galicia_jsonstat2.json").read_bytes()
    sheet = read(content).sheets[0]
    assert sheet.address(offset + 1, sheet.figure) == f"value[{offset}]"
    row = sheet.rows[offset + 1]
    assert (row[0:10:2], row[sheet.figure]) == (labels, value)
