from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tallymark.errors import DocumentError
from tallymark.ingest import read
from tallymark.ingest.adapter.loading import BUILT_IN, load_adapter

DOCS = Path(__file__).parents[2] / "docs"
PAGES = (DOCS / "reference" / "adapter.md", DOCS / "howto" / "add-a-country.md")
EXAMPLES = [
    example
    for page in PAGES
    for example in re.findall(
        r"```yaml\n(id: .*?)```", page.read_text(encoding="utf-8"), re.DOTALL
    )
]


def problems(tmp_path: Path, document: str) -> dict[str, str]:
    path = tmp_path / "broken.yaml"
    path.write_text(document, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_adapter(path)
    return {problem.path: problem.what for problem in caught.value.problems}


@pytest.mark.parametrize("path", sorted(BUILT_IN.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_adapter_is_sound_and_named_as_its_file(path: Path) -> None:
    assert load_adapter(path).id == path.stem


@pytest.mark.parametrize("document", EXAMPLES)
def test_the_examples_of_the_docs_are_sound(tmp_path: Path, document: str) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(document, encoding="utf-8")
    assert load_adapter(path).tables


def test_the_example_of_the_howto_reads_its_table(tmp_path: Path) -> None:
    assert len(EXAMPLES) == 3
    adapter = tmp_path / "exampleland-child-unit.yaml"
    adapter.write_text(EXAMPLES[-1], encoding="utf-8")
    page = PAGES[-1].read_text(encoding="utf-8")
    printed = re.findall(r"^\| \d \| (.*) \|$", page, re.MULTILINE)
    table = tmp_path / "letter.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [cell.strip() for cell in line.split("|")] for line in printed
        )
    [submission] = read([table], str(adapter))
    names = ("time_period", "stage", "counting_unit", "obs_value", "missing_reason")
    rows = [tuple(r[n] for n in names) for r in submission.observations.to_pylist()]
    assert rows == [
        ("2018", "RECORDED", "CASE", 31.0, None),
        ("2019", "RECORDED", "CASE", 1046.0, None),
        ("2018", "CHARGED", "PERSON", None, "SUPPRESSED"),
        ("2019", "CHARGED", "PERSON", None, "NOT_PROVIDED"),
    ]
    assert submission.losses.num_rows == 0
    assert submission.ignored == ("figures: rows 6: note below the table",)


def test_three_mistakes_are_told_at_once_each_with_its_path(
    tmp_path: Path, long_document: str
) -> None:
    document = (
        long_document.replace("version: 1", "version: one")
        .replace("scope: CSEA", "scope: CSE")
        .replace("{column: Area, parse", "{column: Aera, parse")
    )
    found = problems(tmp_path, document)
    assert set(found) == {
        "$.version",
        "$.tables[0].constants.scope",
        "$.tables[0].lookups[0].column",
    }
    assert found["$.tables[0].lookups[0].column"] == (
        "column 'Aera' is not in the header; nearest is 'Area'"
    )


@pytest.mark.parametrize(
    ("old", "new", "path", "what"),
    [
        ("version: 1", "version: 1\ncolour: red", "$.colour", "not known"),
        ("values: [Cases]", "values: [Case]", "$.tables[0].values[0]", "'Cases'"),
        (
            "Offence, Cases]",
            "Offence, Cases, Cases]",
            "$.tables[0].header",
            "stands twice",
        ),
        (
            "{column: Sex, field: sex, map: {Total: _T, Male: M, Female: F}}",
            "{column: Sex}",
            "$.tables[0].lookups[2]",
            "say what it gives",
        ),
        (
            "{column: Year, parse: period}",
            "{column: Year, header: 0, parse: period}",
            "$.tables[0].lookups[1]",
            "exactly one of",
        ),
        (
            "{column: Year, parse: period}",
            "{column: Year, split: '/', parse: period}",
            "$.tables[0].lookups[1]",
            "split and part go together",
        ),
        (
            "{column: Year, parse: period}",
            "{column: Year, when: {Sx: Total}, parse: period}",
            "$.tables[0].lookups[1].when",
            "nearest is 'Sex'",
        ),
        (
            "      - {column: Year, parse: period}\n",
            "",
            "$.tables[0]",
            "gives time_period",
        ),
        (
            "[Area, Year,",
            "[{name: Area, text: Area, pattern: A.*}, Year,",
            "$.tables[0].header[0]",
            "exactly one of text, pattern",
        ),
        (
            "[Area, Year,",
            "[{name: Area, pattern: '('}, Year,",
            "$.tables[0].header[0].pattern",
            "valid regular expression",
        ),
        (
            'offence: "03011"',
            "offence: 03011",
            "$.tables[0].lookups[3].map.Rape.offence",
            "valid string",
        ),
        (
            "    lookups:",
            "    period: {first_month: 13}\n    lookups:",
            "$.tables[0].period",
            "1 to 12",
        ),
        (
            "{low: 1, high: 4,",
            "{low: 9, high: 4,",
            "$.numbers.bounds.<5",
            "9, must not",
        ),
        (
            'Rape: {offence: "03011", offence_relation: exact}',
            "Rape: PROSECUTED",
            "$.tables[0].lookups[3].map.Rape",
            "a mapping (`key: value`) is needed here, found 'PROSECUTED'",
        ),
        (
            "source: {title: Invented for this test}",
            "source:",
            "$.source",
            "a mapping (`key: value`) is needed here, found nothing",
        ),
        (
            "values: [Cases]",
            "values: Cases",
            "$.tables[0].values",
            "a list is needed here, found 'Cases'",
        ),
        ("high: 4,", "high: .inf,", "$.numbers.bounds.<5", "null is an open limit"),
    ],
)
def test_a_mistake_is_told_where_it_stands(
    tmp_path: Path, long_document: str, old: str, new: str, path: str, what: str
) -> None:
    assert old in long_document
    found = problems(tmp_path, long_document.replace(old, new))
    assert list(found) == [path]
    assert what in found[path]


@pytest.mark.parametrize("document", ["", "[]", "tables: {}", "tables: [1]", "a: b"])
def test_a_document_of_another_shape_is_refused(tmp_path: Path, document: str) -> None:
    assert problems(tmp_path, document)


def test_an_empty_document_is_told_in_plain_words(tmp_path: Path) -> None:
    told = "a mapping (`key: value`) is needed here, found nothing"
    assert problems(tmp_path, "") == {"$": told}


def test_a_mapping_may_be_merged_into_another(
    tmp_path: Path, long_document: str
) -> None:
    path = tmp_path / "long.yaml"
    merged = long_document.replace(
        "map: {Total: _T, Male: M, Female: F}",
        "map: &sexes {Total: _T, Male: M, Female: F}",
    ).replace(
        "      - {column: Area, parse: area}",
        "      - {column: Area, parse: area}",
    )
    merged += "      - {column: Sex, breakdown: sex, map: {<<: *sexes, Female: X}}\n"
    path.write_text(merged, encoding="utf-8")
    lookup = load_adapter(path).tables[0].lookups[-1]
    given = {label: fields.breakdown for label, fields in (lookup.map or {}).items()}
    assert given == {
        "Total": {"sex": "_T"},
        "Male": {"sex": "M"},
        "Female": {"sex": "X"},
    }
