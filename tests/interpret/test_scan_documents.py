"""Reports in Markdown, Word and HTML: what stands in them is found, with its place."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

import tallymark
from tallymark import pipeline
from tallymark.cli import main
from tallymark.errors import PersonalDataError, SourceError
from tallymark.model.codes import Verdict

HERE = Path(__file__)
SAMPLES = HERE.parents[2] / "sample_data"
SEEDS = sorted((HERE.parents[3] / "shared" / "seeds").glob("*.txt"))

TEXT = "Kenya received 12,788 CyberTipline reports in 2019."
WRONG = "In 2020, Kenya received 20,000 CyberTipline reports."
HEAD = ("Country", "2019", "2020")
ROWS = (("Kenya", "12,788", "14,434"), ("Uganda", "4,976", "9,999"))
CAPTION = "CyberTipline reports by country"


@pytest.fixture(scope="module")
def figures():
    submissions = tallymark.read(SAMPLES / "ncmec_cybertips")
    return tallymark.interpret(submissions, tallymark.check(submissions, keep=0))


def markdown(path):
    table = ["| " + " | ".join(row) + " |" for row in (HEAD, ("---",) * 3, *ROWS)]
    text = "\n".join(["# Report", "", TEXT, WRONG, "", CAPTION, "", *table])
    path.write_text(text, encoding="utf-8")


def word(path):
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.add_paragraph(WRONG)
    document.add_paragraph(CAPTION)
    table = document.add_table(rows=0, cols=3)
    for row in (HEAD, *ROWS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))


def page(path):
    rows = "".join(
        "<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>"
        for row in (HEAD, *ROWS)
    )
    path.write_text(
        f"<html><head><script>var n = '{WRONG}';</script></head><body><p>{TEXT}</p>"
        f"<p>{WRONG}<sup>1</sup></p><p>{CAPTION}</p><table>{rows}</table></body></html>",
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("suffix", "write", "places"),
    [
        ("md", markdown, ["line 3", "line 4"]),
        ("docx", word, ["paragraph 1", "paragraph 2"]),
        ("html", page, ["paragraph 1", "paragraph 2"]),
    ],
)
def test_paragraphs_and_tables_of_each_format_are_scanned(
    suffix, write, places, figures, tmp_path
):
    path = tmp_path / f"report.{suffix}"
    write(path)
    scan = pipeline.scan(path, figures)
    cells = [
        f"table 1, row {row}, column {column}" for row in (2, 3) for column in (2, 3)
    ]
    assert [m.mention.place for m in scan.matchings] == [*places, *cells]
    good, bad = Verdict.SUPPORTED, Verdict.CONTRADICTED
    assert [m.verdict for m in scan.matchings] == [good, bad, good, good, good, bad]


def test_the_faces_print_counts_places_and_what_would_hold(figures, tmp_path):
    markdown(tmp_path / "report.md")
    scan = pipeline.scan(tmp_path / "report.md", figures)
    for name in ("text", "json", "markdown"):
        printed = pipeline.scan_as(scan, name)
        assert "6 numbers: 4 supported, 2 contradicted" in printed
        assert "tips-not-prevalence" in printed
        assert "14,434 CyberTipline reports" in printed, name
    assert "received [20,000] CyberTipline" in pipeline.scan_as(scan, "text")
    assert "received **20,000** CyberTipline" in pipeline.scan_as(scan, "markdown")


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [(TEXT, [], 0), (WRONG, [], 1), (WRONG, ["--fail-on", "never"], 0)],
)
def test_the_command_fails_by_its_gravest_verdict(
    text, options, code, tmp_path, capsys
):
    path = tmp_path / "report.md"
    path.write_text(text, encoding="utf-8")
    data = ["--figures", str(SAMPLES / "ncmec_cybertips")]
    with pytest.raises(SystemExit) as ended:
        main(["claim", "--scan", str(path), *data, *options])
    assert ended.value.code == code
    assert "report.md: 1 number: " in capsys.readouterr().out


def test_a_scan_without_figures_says_what_to_add(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["claim", "--scan", str(tmp_path / "report.md")])
    assert ended.value.code == 2
    assert "--figures" in capsys.readouterr().err


def test_a_heading_names_the_area_of_its_paragraphs_and_no_more(figures, tmp_path):
    path = tmp_path / "report.md"
    path.write_text(
        "## Kenya\n\nIn 2019, 12,788 CyberTipline reports came in.\n\n"
        "## Kenya in 2019\n\nThere were 12,788 CyberTipline reports.\n",
        encoding="utf-8",
    )
    first, second = pipeline.scan(path, figures).matchings
    assert first.verdict is Verdict.SUPPORTED
    assert second.reason == "no year is named"


def test_merged_headings_and_marks_of_notes_lose_no_cell(figures, tmp_path):
    document = docx.Document()
    document.add_paragraph("CyberTipline reports, by country and year")
    table = document.add_table(rows=0, cols=3)
    rows = (
        ("Country", "Reports", ""),
        ("", "2019", "2020"),
        ("Kenya", "12 788", "14,434²"),
    )
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.rows[0].cells[1].merge(table.rows[0].cells[2])
    document.save(str(tmp_path / "report.docx"))
    scan = pipeline.scan(tmp_path / "report.docx", figures)
    assert [m.mention.number.value for m in scan.matchings] == [12_788, 14_434]
    assert {m.verdict for m in scan.matchings} == {Verdict.SUPPORTED}


def test_marks_code_comments_and_links_of_markdown_hold_no_numbers(figures, tmp_path):
    path = tmp_path / "report.md"
    path.write_text(
        "---\nreports: 12788\n---\n\n```\nKenya received 9 CyberTipline reports in 2019\n"
        "```\n\n<!-- Kenya received 8 CyberTipline reports in 2019. -->\n\n"
        "1. Kenya received **12,788** CyberTipline\n"
        "   [reports](https://a.org/2019/77) in 2019.[^4]\n",
        encoding="utf-8",
    )
    (only,) = pipeline.scan(path, figures).matchings
    assert only.mention.number.text == "12,788"
    assert only.mention.place == "line 11"
    assert only.verdict is Verdict.SUPPORTED


def test_the_language_of_a_report_is_found_by_its_small_words(figures, tmp_path):
    path = tmp_path / "relatorio.md"
    path.write_text(
        "Em 2019, o Quénia recebeu 12.788 denúncias CyberTipline. Em 2020 foram 14.434 "
        "denúncias CyberTipline no Quénia.",
        encoding="utf-8",
    )
    scan = pipeline.scan(path, figures)
    assert scan.language == "pt"
    assert [m.verdict for m in scan.matchings] == [Verdict.SUPPORTED] * 2


def test_what_is_said_of_the_abuse_itself_is_never_supported(figures, tmp_path):
    path = tmp_path / "report.md"
    path.write_text(
        "Online child sexual abuse in Kenya rose by 12.9% between 2019 and 2020. "
        "CyberTipline reports for Kenya rose by 12.9% from 2019 to 2020 because of the "
        "new unit.",
        encoding="utf-8",
    )
    scan = pipeline.scan(path, figures)
    assert Verdict.SUPPORTED not in {m.verdict for m in scan.matchings}
    assert [m.claim is not None for m in scan.matchings] == [True, True]


def test_a_report_that_lists_persons_is_refused(figures, tmp_path):
    path = tmp_path / "report.md"
    persons = "\n".join(
        f"| {name} | {day:02}/03/2009 | F | 0712 555 {day:03} | Rape |"
        for day, name in enumerate(
            ("Mary Wanjiru", "Jane Atieno", "Ann Njeri", "Ruth Akinyi", "Joy Muthoni"),
            1,
        )
    )
    path.write_text(
        "| Victim name | Date of birth | Sex | Phone | Offence |\n|---|---|---|---|---|\n"
        + persons,
        encoding="utf-8",
    )
    with pytest.raises(PersonalDataError, match="Nothing was stored") as caught:
        pipeline.scan(path, figures)
    assert "Wanjiru" not in str(caught.value)


def test_hostile_and_foreign_files_are_refused_in_plain_words(figures, tmp_path):
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<a>" + b" " * 80_000_000 + b"</a>")
    entities = tmp_path / "entities.docx"
    with zipfile.ZipFile(entities, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE a [<!ENTITY b "c">]><w:document>&b;</w:document>',
        )
    binary = tmp_path / "binary.md"
    binary.write_bytes(b"\0\1\2" * 100)
    data = tmp_path / "data.csv"
    data.write_text("country,2019\nKenya,12788\n", encoding="utf-8")
    for path in (bomb, entities, binary, data, tmp_path / "absent.md"):
        with pytest.raises(SourceError) as caught:
            pipeline.scan(path, figures)
        assert path.name in str(caught.value)


@pytest.mark.real
@pytest.mark.skipif(not SEEDS, reason="the source documents are not ours to give out")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_source_documents_hold_no_number_of_these_figures(path, figures):
    scan = pipeline.scan(path, figures)
    assert [m.mention.marked for m in scan.matchings if m.claim] == []
