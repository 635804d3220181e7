"""Citations: what a source says of itself, escaped, and dates that are the source's."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tallymark.model.citation import Citation, Reference
from tallymark.present import render
from tallymark.present.citation.bibtex import escaped

CITATION = Citation(
    figure="KEN-2018·7f3a",
    references=(
        Reference(
            key="office-2019",
            kind="dataset",
            title="Crime & {order}, 100 % of_it",
            publisher="Office",
            issued=date(2019, 3, 1),
            accessed=date(2026, 11, 1),
            url="https://example.org/a_b?c=1&d=%20#e",
            note="Table 3",
        ),
        Reference(key="tallymark", kind="software", title="Tallymark", version="0.1.0"),
    ),
)
CSL = {
    "id", "type", "title", "author", "publisher", "issued", "accessed", "URL", "version", "note",
}  # fmt: skip


def test_text_names_source_dates_and_tool():
    text = render("citation", "text", CITATION)[""].decode()
    assert text.splitlines() == [
        "Figure KEN-2018·7f3a. Sources:",
        "- Office (2019-03-01). Crime & {order}, 100 % of_it. "
        "https://example.org/a_b?c=1&d=%20#e. read on 2026-11-01. Table 3.",
        "- Tallymark. version 0.1.0.",
    ]


def test_bibtex_is_escaped_and_balanced():
    text = render("citation", "bibtex", CITATION)[""].decode()
    assert text.startswith("@misc{office-2019,\n")
    assert r"title = {{Crime \& \{order\}, 100 \% of\_it}}" in text
    assert r"\url{https://example.org/a\_b?c=1\&d=\%20\#e}" in text
    assert "year = {2019}" in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("sign", list("\\{}~^&%$#_"))
def test_no_sign_of_tex_is_left_bare(sign):
    assert escaped(sign) != sign
    assert escaped("plain") == "plain"


def test_csl_has_the_fields_of_its_schema_and_no_date_that_is_not_known():
    first, tool = json.loads(render("citation", "csl-json", CITATION)[""])
    assert set(first) <= CSL
    assert first["type"] == "dataset"
    assert first["issued"] == {"date-parts": [[2019, 3, 1]]}
    assert first["accessed"] == {"date-parts": [[2026, 11, 1]]}
    assert tool == {
        "id": "tallymark", "type": "software", "title": "Tallymark", "version": "0.1.0",
    }  # fmt: skip


def test_figures_are_cited_by_the_files_behind_them(sample_figures):
    figures = sample_figures("ken_ahtcpu_unit")
    cited = figures.cite("KEN-2019-INVESTIGATED")
    source, tool = cited.record.references
    assert source.publisher == "Kenya News Agency"
    assert "unit-figures.xlsx" in source.note
    assert (tool.key, tool.kind) == ("tallymark", "software")
    assert str(figures.cite()).count("\n") == 2
    assert "@misc" in cited.to_bibtex()
    assert json.loads(cited.to_csl_json())


def test_a_cell_that_was_not_sent_is_cited_by_what_declares_it(sample_figures):
    cited = sample_figures("xaa_case_data").cite("XAA-2018-CONVICTED")
    assert "no figure was read from a file" in cited.record.references[0].note


def test_two_sources_alike_have_their_own_keys(sample_figures):
    both = sample_figures("ncmec_cybertips", "ncmec_reports_by_esp").cite()
    keys = [reference.key for reference in both.record.references]
    assert len(set(keys)) == len(keys) == 3
