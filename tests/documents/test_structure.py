"""What is accepted quickly is what pydantic would accept, and the same record."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tallymark.documents import read_document, validated
from tallymark.documents.structure import DoubtError, structure_of
from tallymark.errors import DocumentError
from tallymark.ingest.adapter.document import Adapter
from tallymark.ingest.adapter.loading import spelled_out
from tallymark.interpret.catalogue import CaveatDocument
from tallymark.interpret.claims.documents import read_claims
from tallymark.model.country import Country
from tallymark.model.series import Series

PACKAGE = Path(__file__).parents[2] / "src/tallymark"
DOCUMENTS = [
    pytest.param(path, record, id=f"{record.__name__}-{path.stem}")
    for folder, record in (
        ("reference/series", Series),
        ("reference/countries", Country),
        ("interpret/caveats", CaveatDocument),
        ("ingest/adapters", Adapter),
    )
    for path in sorted((PACKAGE / folder).glob("*.yaml"))
]
TYPES = {r: TypeAdapter(r) for r in (Series, Country, CaveatDocument, Adapter)}


def _content(path, record):
    content = read_document(path)
    return spelled_out(content) if record is Adapter else content


@pytest.mark.parametrize(("path", "record"), DOCUMENTS)
def test_every_shipped_document_is_read_quickly_and_alike(path, record):
    content = _content(path, record)
    assert structure_of(record)(content) == TYPES[record].validate_python(content)


odd = st.sampled_from(
    [None, True, 0, 7, 1.5, "", "x", "1", "2018-01-01", "unknown", [], ["x"], {}]
).map(copy.deepcopy)  # a second change must not reach into the list of choices


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_changed_document_is_judged_as_pydantic_judges_it(data):
    chosen = data.draw(st.sampled_from(DOCUMENTS))
    path, record = chosen.values
    content = copy.deepcopy(_content(path, record))
    for _ in range(data.draw(st.integers(1, 2))):
        _change(data, content)
    try:
        expected = TYPES[record].validate_python(content)
    except ValidationError:
        with pytest.raises(DocumentError):
            validated(content, record, file=path.name)
    else:
        assert validated(content, record, file=path.name) == expected


def _change(data, content):
    here = content
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if isinstance(here[key], dict | list) and data.draw(st.booleans()):
            here = here[key]
            continue
        what = data.draw(st.sampled_from(["replace", "remove", "add"]))
        if what == "remove":
            del here[key]
        elif what == "add" and isinstance(here, dict):
            here["surplus"] = data.draw(odd)
        else:
            here[key] = data.draw(odd)
        return


@pytest.mark.parametrize(
    ("annotation", "content"),
    [
        (int, True),
        (str, 7),
        (tuple[str, ...], "abc"),
        (int | None, "1"),
        (float, "1.5"),
    ],
)
def test_what_is_not_plain_is_left_to_pydantic(annotation, content):
    with pytest.raises(DoubtError):
        structure_of(annotation)(content)


def test_a_number_whose_comma_split_a_mapping_is_told_to_be_quoted(tmp_path):
    path = tmp_path / "claims.yaml"
    path.write_text("claims: [{id: a, kind: level, value: 12,788}]")
    with pytest.raises(DocumentError, match=r"needs quotes @ .*\$\.claims\[0\]\.788"):
        read_claims(path)


@pytest.mark.parametrize(
    "begins", ["a0: &a0 [x, x, x, x, x, x, x, x, x]", "a0: &a0 [*a0]"]
)
def test_a_document_that_unfolds_without_end_is_refused(tmp_path, begins):
    lines = [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)
    ]  # fmt: skip
    path = tmp_path / "many.yaml"
    path.write_text("\n".join([begins, *lines]), encoding="utf-8")
    with pytest.raises(DocumentError, match="unfolds to more than 500,000 values"):
        read_document(path)
