"""`tallymark claim`: what is printed, and how it ends."""

from __future__ import annotations

import json

import pytest

from tallymark.cli import main

DOCUMENT = """
version: 1
sources: {p: {title: Annual report, publisher: Police, source_type: police, published: 2019}}
claims:
  - id: ten
    text: Ten cases were recorded.
    kind: level
    value: VALUE
    premises: [{value: 10, source: p, unit: CASE}]
"""


@pytest.fixture
def run(tmp_path, capsys):
    def run(value, *options):
        path = tmp_path / "claims.yaml"
        path.write_text(DOCUMENT.replace("VALUE", value), "utf-8")
        with pytest.raises(SystemExit) as ended:
            main(["claim", str(path), *options])
        return ended.value.code, capsys.readouterr()

    return run


def test_a_claim_that_holds_ends_well(run):
    code, said = run("10")
    assert code == 0
    assert "SUPPORTED  ten" in said.out
    assert "Holds:" in said.out


@pytest.mark.parametrize(("options", "code"), [((), 1), (("--fail-on", "never"), 0)])
def test_a_claim_that_does_not_hold_fails_unless_told_otherwise(run, options, code):
    ended, said = run("12", *options)
    assert ended == code
    assert "CONTRADICTED  ten" in said.out
    assert "The numbers come to 10, not “12”." in said.out


def test_a_faulty_document_ends_with_two(run):
    code, said = run("{a: b}")
    assert code == 2
    assert "$.claims[0].value" in said.err


def test_json_and_markdown_say_the_same(run):
    _, said = run("12", "--format", "json")
    (claim,) = json.loads(said.out)["claims"]
    assert claim["verdict"] == "CONTRADICTED"
    assert claim["wording"].startswith("10 ")
    _, said = run("12", "--format", "markdown")
    assert "| Ten cases were recorded. | CONTRADICTED |" in said.out


def test_a_file_without_claims_is_told_apart(tmp_path, capsys):
    (tmp_path / "report.md").write_text("No claims here.\n", "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["claim", str(tmp_path / "report.md")])
    assert ended.value.code == 4
    assert capsys.readouterr().out == "0 claims of report.md.\n"


def test_of_several_files_json_is_one_list(tmp_path, capsys):
    paths = [tmp_path / name for name in ("a.yaml", "b.yaml")]
    for path in paths:
        path.write_text(DOCUMENT.replace("VALUE", "10"), "utf-8")
    with pytest.raises(SystemExit):
        main(["claim", *map(str, paths), "--format", "json"])
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_the_sentence_of_a_caveat_is_printed_once_and_its_name_each_time(
    tmp_path, capsys
):
    path = tmp_path / "claims.yaml"
    first = DOCUMENT.replace("VALUE", "10").replace("case", "report")
    second = first[first.index("  - id: ten") :].replace("id: ten", "id: again")
    path.write_text(first + second, "utf-8")
    with pytest.raises(SystemExit):
        main(["claim", str(path)])
    printed = " ".join(capsys.readouterr().out.split())
    assert printed.count("[recorded-not-occurred]") == 1
    assert "as above: " in printed
    assert printed.count("recorded-not-occurred") == 2
