"""PDF files as files: pages, what is declared, what is refused, and how it is bounded."""

from __future__ import annotations

import random
import zlib
from contextlib import suppress
from typing import Any

import pytest

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.grid import Contents, PdfTable, ReaderOptions, Style
from tallymark.readers import pdf
from tallymark.readers.pdf import parsing, process
from tallymark.readers.pdf.contents import read_contents

TABLE = (
    (50, 100, "Area"), (180, 100, "2018"), (50, 118, "Kabul"), (190, 118, "5"),
    (50, 136, "Herat"), (190, 136, "6"),
)  # fmt: skip
ROWS = [["Area", "2018"], ["Kabul", "5"], ["Herat", "6"]]


def sheet(press: Any, *texts: Any, **more: Any) -> Any:
    return press.Sheet([press.Text(*text) for text in texts], **more)


def declared(*tables: PdfTable) -> ReaderOptions:
    return ReaderOptions(pdf=tables)


def here(content: bytes, options: ReaderOptions | None = None) -> Contents:
    return read_contents(content, "x.pdf", options or ReaderOptions())


def names(contents: Contents) -> list[str | None]:
    return [sheet.name for sheet in contents.sheets]


def refusal(content: bytes, options: ReaderOptions | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        here(content, options)
    assert caught.value.where.startswith("x.pdf")
    return str(caught.value)


def file(press: Any, content: str | bytes, entries: str = "", page: str = "") -> bytes:
    """Return a file of one page with this content."""
    return bytes(
        press.assemble(
            [
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
                f" {page} /Resources << /Font << /F1 5 0 R >> >> >>",
                press.stream(content, entries),
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            ]
        )
    )


def test_each_page_has_its_tables_and_its_text(press: Any) -> None:
    content = press.printed(
        sheet(press, (50, 60, "Title"), *TABLE),
        sheet(press, (50, 60, "Only text")),
        sheet(press, *TABLE),
    )
    found = pdf.read(content, "x.pdf", ReaderOptions(styles=True))
    assert found == here(content, ReaderOptions(styles=True))
    assert names(found) == ["p1.t1", "p1.text", "p2.text", "p3.t1"]
    assert found.sheets[0].rows == ROWS
    assert found.sheets[1].rows == [["Title", "p1.t1"]]
    assert found.sheets[3].address(2, 1) == "p3.t1.r3.c2"
    assert (
        found.detected["p3.t1"] == "rows by lines of text, columns by gaps in the text"
    )


def test_only_named_pages_are_read(press: Any) -> None:
    content = press.printed(*[sheet(press, *TABLE)] * 5)
    found = here(content, declared(PdfTable(pages="1,3-4")))
    assert names(found) == ["p1.t1", "p3.t1", "p4.t1"]
    assert "no page 6; the file has 5" in refusal(
        content, declared(PdfTable(pages="6"))
    )
    assert "names no pages" in refusal(content, declared(PdfTable(pages="4-2")))


def test_declared_boxes_are_the_tables_in_their_order(press: Any) -> None:
    content = press.printed(sheet(press, (50, 60, "Title"), *TABLE))
    low, high = (40, 106, 250, 150), (40, 80, 250, 106)
    found = here(content, declared(PdfTable(box=low), PdfTable(box=high)))
    assert [s.rows for s in found.sheets] == [
        ROWS[1:], ROWS[:1], [["Title", "p1.t2"]],
    ]  # fmt: skip
    nothing = here(content, declared(PdfTable(box=(0, 0, 5, 5))))
    assert nothing.sheets[0].rows == []
    assert nothing.detected == {"p1.t1": "no text in the box"}


def test_declared_columns_and_rows_part_the_table(press: Any) -> None:
    texts = [*TABLE, (50, 148, "and around"), (100, 118, "B")]
    content = press.printed(
        sheet(press, *texts, lines=[(40, y, 250, y) for y in (107, 127)])
    )
    box = (40, 80, 250, 150)

    def rows(**options: Any) -> list[Any]:
        table = PdfTable(box=box, columns=(90, 150), **options)
        return list(here(content, declared(table)).sheets[0].rows)

    assert rows(rows="figures") == [
        ["Area", "", "2018"], ["Kabul", "B", "5"], ["Herat and around", "", "6"],
    ]  # fmt: skip
    assert rows(rows="text") == [
        ["Area", "", "2018"], ["Kabul", "B", "5"], ["Herat", "", "6"], ["and around", "", ""],
    ]  # fmt: skip
    assert rows(rows="lines") == [
        ["Area", "", "2018"], ["Kabul", "B", "5"], ["Herat and around", "", "6"],
    ]  # fmt: skip
    full = PdfTable(box=box, columns=(150,), rows="text")
    assert not here(content, declared(full)).detected


def test_drawn_walls_in_a_declared_box_part_the_table(press: Any) -> None:
    walls = [(x, 88, x, 142) for x in (45, 150, 210)]
    walls += [(45, y, 210, y) for y in (88, 106, 124, 142)]
    content = press.printed(sheet(press, *TABLE, lines=walls))
    found = here(content, declared(PdfTable(box=(40, 80, 250, 150))))
    assert found.sheets[0].rows == ROWS
    assert found.detected == {"p1.t1": "rows and columns by drawn lines"}
    boxes = [(45, 694, 105, 18), (150, 694, 60, 18), (45, 658, 165, 36)]
    drawn = " ".join(f"{x} {y} {w} {h} re S" for x, y, w, h in boxes)
    shown = " ".join(f"1 0 0 1 {x} {800 - y} Tm ({t}) Tj" for x, y, t in TABLE)
    assert here(file(press, f"{drawn} BT /F1 10 Tf {shown} ET")).sheets[0].rows == ROWS


def test_styles_are_read_on_request(press: Any) -> None:
    indented = [(x + 10 * (x == 50 and y == 136), y, text) for x, y, text in TABLE]
    bold = press.printed(sheet(press, *indented)).replace(
        b"/Helvetica", b"/Helvetica-Bold"
    )
    styles = here(bold, ReaderOptions(styles=True)).sheets[0].styles
    assert styles[2, 0] == Style(bold=True, indent=2)
    assert styles[0, 0] == Style(bold=True)


def test_what_is_doubtful_is_told(press: Any) -> None:
    ops = "BT /F1 10 Tf 1 0 0 1 50 700 Tm (Text) Tj 1 1 -1 1 99 99 Tm (DRAFT) Tj"
    content = file(press, f"{ops} 1 0 0 1 9000 0 Tm (far) Tj ET")
    assert here(content).detected == {
        "p1: signs outside the page left out": "3",
        "p1: slanted signs left out": "5",
    }


def test_a_page_that_is_a_picture_is_told(press: Any) -> None:
    image = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q "
    picture = file(press, image + "BT /F1 10 Tf 9 9 Td (Text) Tj ET")
    told = {"p1: text over a picture (recognised from a scan?)": "1"}
    assert here(picture).detected == told
    assert "scanned pictures" in refusal(file(press, image))


def test_a_scan_and_signs_without_letters_are_refused(press: Any) -> None:
    assert "scanned pictures" in refusal(file(press, ""))
    unknown = press.printed(sheet(press, (50, 50, "é" * 20))).replace(
        b"/ToUnicode", b"/Other"
    )
    assert "which letters" in refusal(unknown)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.4\n", "broken"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 9, "broken"),
        (b"%PDF-1.4\ntrailer << /Root 1 0 R >>", "broken"),
    ],
)
def test_a_broken_file_is_refused(content: bytes, reason: str) -> None:
    assert reason in refusal(content)


def test_a_file_that_is_cut_short_is_refused_or_read(press: Any) -> None:
    whole = press.printed(sheet(press, *TABLE))
    for end in range(40, len(whole), 97):
        with suppress(SourceError):
            here(whole[:end])


def test_a_file_with_a_password_is_refused(press: Any) -> None:
    entries = (
        "/Filter /Standard /V 1 /R 2 /P -4 /O (" + "o" * 32 + ") /U (" + "u" * 32 + ")"
    )
    whole = press.printed(sheet(press, *TABLE))
    locked = whole.replace(
        b"trailer <<", f"trailer << /ID [(a) (a)] /Encrypt << {entries} >>".encode()
    )
    assert "has a password" in refusal(locked)


def test_too_many_pages_or_signs_are_refused(press: Any) -> None:
    many = press.printed(*[sheet(press, *TABLE)] * (parsing.MAX_PAGES + 1))
    assert "101 pages are more than 100" in refusal(many)
    assert names(here(many, declared(PdfTable(pages="101")))) == ["p101.t1"]
    crowd = file(press, b"BT /F1 1 Tf 9 9 Td " + b"(aaaaaaaaaa) Tj " * 5001 + b"ET")
    assert "more than 50,000 signs" in refusal(crowd)


@pytest.mark.parametrize(
    ("kids", "second"),
    [
        ("[2 0 R 3 0 R]", "<< /Type /Pages /Kids [2 0 R] >>"),
        ("[3 0 R]", "<< /Type /Pages /Kids [3 0 R] >>"),
        ("3 0 R", "3"),
    ],
)
def test_pages_that_go_round_are_refused(press: Any, kids: str, second: str) -> None:
    catalogue = "<< /Type /Catalog /Pages 2 0 R >>"
    tree = f"<< /Type /Pages /Count 1 /Kids {kids} >>"
    assert "broken" in refusal(press.assemble([catalogue, tree, second]))


def apart(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        pdf.read(content, "x.pdf", ReaderOptions())
    return str(caught.value)


def test_a_file_that_unpacks_without_end_is_stopped(press: Any) -> None:
    packer = zlib.compressobj(1)
    piece = bytes(1 << 24)
    bomb = b"".join([*(packer.compress(piece) for _ in range(44)), packer.flush()])
    told = apart(file(press, bomb, "/Filter /FlateDecode"))
    assert told.startswith("x.pdf: To read it takes more than 640 MiB of memory.")
    wide = "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 20000000000 >>"
    assert "more than 640 MiB" in apart(file(press, zlib.compress(b"a"), wide))


def test_a_file_that_keeps_its_reader_busy_is_stopped(
    press: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "MAX_WAIT", 2)
    goes_round = ["<< /Type /Catalog /Pages 2 0 R >>", "2 0 R"]
    assert "takes more than 2 seconds" in apart(press.assemble(goes_round))


@pytest.mark.slow
def test_a_file_that_counts_without_end_is_stopped(press: Any) -> None:
    told = apart(press.assemble(["<< /Type /Catalog /Pages 2 0 R >>", "2 0 R"]))
    assert "more than 20 seconds" in told or "more than 28 seconds" in told


def test_errors_come_out_of_the_process_as_they_are(press: Any) -> None:
    assert apart(b"%PDF-1.4\n") == refusal(b"%PDF-1.4\n")
    with pytest.raises(SourceError, match="134,217,728 bytes"):
        pdf.read(bytes(pdf.MAX_BYTES + 1), "x.pdf", ReaderOptions())


def test_only_our_errors_come_out_of_damaged_files(press: Any) -> None:
    source = random.Random(3)
    whole = press.printed(sheet(press, *TABLE, (50, 300, "é٢"), lines=[(40, 9, 90, 9)]))
    words = [b"0 0 m", b"-1", b"1e9", b"<<", b"]", b"/Kids", b"3 0 R", b"(", b"null"]
    for _ in range(250):
        damaged = bytearray(whole)
        for _ in range(source.randrange(1, 4)):
            start = source.randrange(len(damaged))
            end = start + source.choice([0, 1, 4])
            damaged[start:end] = source.choice([*words, source.randbytes(1)])
        with suppress(TallymarkError):
            here(bytes(damaged))
