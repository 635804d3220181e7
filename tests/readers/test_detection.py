from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError
from tallymark.readers import READERS
from tallymark.readers.detection import Foreign, disagreement, find_format
from tallymark.readers.packed import ARCHIVES


def archive(*paths: str, mimetype: bytes | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        if mimetype is not None:
            target.writestr("mimetype", mimetype)
        for path in paths:
            target.writestr(path, b"x")
    return out.getvalue()


def compound(*streams: str) -> bytes:
    """An OLE2 file, as far as detection looks: a header, then its directory."""
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    for name in ("Root Entry", *streams):
        encoded = name.encode("utf-16-le")
        length = (len(encoded) + 2).to_bytes(2, "little")
        content += encoded.ljust(64, b"\0") + length + bytes(62)
    return content


SDMX = 'xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"'
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."

FORMATS = [
    (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    (archive("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
    (archive("[Content_Types].xml", "word/document.xml"), "docx"),
    (archive("content.xml", mimetype=OPEN_DOCUMENT + b"spreadsheet"), "ods"),
    (archive("content.xml", mimetype=OPEN_DOCUMENT + b"spreadsheet-template"), "ods"),
    (archive("table.csv"), "zip"),
    (archive("word/list.csv"), "zip"),
    (b"\x1f\x8b\x08\0", "gzip"),
    (compound("Workbook"), "xls"),
    (compound("Book"), "xls"),
    (b"%PDF-1.7\n", "pdf"),
    (b"junk before\n%PDF-1.4\n", "pdf"),
    (b"PAR1\x15\x04", "parquet"),
    (b'{"version": "2.0", "class": "dataset", "value": []}', "jsonstat"),
    (b'\xef\xbb\xbf {"version":"2.0","class":"collection"}', "jsonstat"),
    (b'{"crimes": {"value": [1], "dimension": {"id": []}}}', "jsonstat"),
    (b'{"dataset": {"value": [1]}}', "jsonstat"),
    (f"<m:GenericData {SDMX}>".encode(), "sdmx_ml"),
    (f'<?xml version="1.0"?>\n<!-- a -->\n<mes:Other {SDMX}/>'.encode(), "sdmx_ml"),
    (f'<?xml version="1.0"?><m:X {SDMX}/>'.encode("utf-16"), "sdmx_ml"),
    (f"<m:X {SDMX}/>".encode("utf-16-le"), "sdmx_ml"),
    (b"<CompactData><Header/></CompactData>", "sdmx_ml"),
    (b"<!DOCTYPE html>\n<html><table>", "html"),
    (b"\xef\xbb\xbf<!-- x --><HTML><BODY>", "html"),
    (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="y">', "html"),
    (b"<style>p {}</style><table><tr>", "html"),
    (b"<table><tr><td>1", "html"),
    (b"<custom-element>\n<table><tr>", "html"),
    (b'CHARSET="ANSI";\nAXIS-VERSION="2000";\nDATA=\n1;', "px"),
    (b'TITLE[es]="Delitos";\r\nDATA =1 2;', "px"),
    (b"DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE\nA:B(1.0),A,2019,3\n", "sdmx_csv"),
    (b"STRUCTURE;STRUCTURE_ID;ACTION;OBS_VALUE\n", "sdmx_csv"),
    (b"STRUCTURE[;],STRUCTURE_ID,ACTION\n", "sdmx_csv"),
    (b'"STRUCTURE","STRUCTURE_ID"\n', "sdmx_csv"),
    (b"area,cases\nA,5\n", "delimited"),
    (b"<5,5-10\n1,2\n", "delimited"),
    (b"PK,PAK\n1,2\n", "delimited"),
    (b"MZ,Mozambique\n", "delimited"),
    (b"PAR1,PAR2\n1,2\n", "delimited"),
    (b"STRUCTURE,AREA\n1,2\n", "delimited"),
    (b"DATAFLOW,AREA\n1,2\n", "delimited"),
    (b"TITLE=a,b\n1,2\n", "delimited"),
    (b"ID;Place\n1;E\n", "delimited"),
    (b"{a},b\n1,2\n", "delimited"),
    (b"\xff\xfea\0,\0b\0\n\0", "delimited"),
]

FOREIGN = [
    (b'{"type": "FeatureCollection"}', "JSON, but not JSON-stat"),
    (b"[[1, 2]]", "JSON, but not JSON-stat"),
    (b'{"data": {"dataSets": []}}', "SDMX-JSON"),
    (b'<?xml version="1.0"?><rows><row/></rows>', "XML (<rows>), but no SDMX message"),
    (b"<rows><row/></rows>\n", "XML (<rows>), but no SDMX message"),
    (b'<?xml version="1.0"?>', "XML without an element"),
    (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "a workbook as XML of Excel 2003",
    ),
    (
        b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:'
        b'1.0">',
        "an OpenDocument file as flat XML",
    ),
    (archive("[Content_Types].xml", "ppt/presentation.xml"), "a PowerPoint file"),
    (archive(mimetype=OPEN_DOCUMENT + b"text"), "an OpenDocument text or e-book"),
    (archive("Index/Document.iwa"), "an Apple Numbers or Pages file"),
    (compound("WordDocument"), "a Word file of before 2007"),
    (compound("PowerPoint Document"), "a PowerPoint file"),
    (compound(), "an Office file of before 2007"),
    (b"{\\rtf1\\ansi", "a rich text file"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c\0", "a 7z archive"),
    (b"Rar!\x1a\x07\0", "a rar archive"),
    (b"\x28\xb5\x2f\xfd\0", "a zstd archive"),
    (b"a.csv".ljust(257, b"\0") + b"ustar\0", "a tar archive"),
    (b"\0\1\0\0Standard ACE DB\0", "an Access database"),
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"version https://git-lfs.github.com/spec/v1\n", "a pointer to a file in Git LFS"),
    (b"ID;PWXL;N;E\r\nP;PGeneral\r\nE\r\n", "a SYLK spreadsheet"),
    (b"MIME-Version: 1.0\r\n", "a saved web page or mail"),
]


@pytest.mark.parametrize(("content", "format_"), FORMATS)
def test_a_format_is_found_by_its_content(content: bytes, format_: str) -> None:
    assert find_format(content, "t") == format_


@pytest.mark.parametrize(("content", "what"), FOREIGN)
def test_what_no_reader_takes_is_named(content: bytes, what: str) -> None:
    found = find_format(content, "t.xlsx")
    assert isinstance(found, Foreign)
    assert found.what.startswith(what)
    error = found.error("t.xlsx")
    assert (
        str(error)
        == f"t.xlsx: This is {found.what}, which cannot be read. {found.hint}"
    )
    assert found.hint.endswith(".")


def test_a_workbook_with_a_password_is_told() -> None:
    content = compound("EncryptionInfo", "EncryptedPackage", "Workbook")
    with pytest.raises(SourceError, match=r"t.xlsx: The workbook has a password\."):
        find_format(content, "t.xlsx")


def test_a_stream_is_found_in_the_directory_alone() -> None:
    text = "Workbook".encode("utf-16-le")
    found = find_format(compound("WordDocument") + text * 20_000, "t.doc")
    assert isinstance(found, Foreign)
    assert "Word" in found.what


@pytest.mark.parametrize(
    ("name", "what"), [("t.xlsx", "The workbook"), ("t.zip", "The archive")]
)
def test_a_broken_archive_is_called_by_its_name(name: str, what: str) -> None:
    with pytest.raises(SourceError, match=f"{what} is broken"):
        find_format(b"PK\3\4 and no more", name)


@pytest.mark.parametrize(
    ("format_", "name", "told"),
    [
        ("html", "a/figures.XLS", "html, though the name says .xls"),
        ("delimited", "figures.xlsx", "delimited, though the name says .xlsx"),
        ("zip", "figures.gz", "zip, though the name says .gz"),
        ("sdmx_csv", "figures.csv", ""),
        ("xlsx", "figures.xlsm", ""),
        ("xlsx", "figures.2019", ""),
        ("px", "figures", ""),
    ],
)
def test_a_name_that_does_not_fit_is_told(format_: str, name: str, told: str) -> None:
    assert disagreement(format_, name) == told


@given(
    st.sampled_from([content for content, _ in FORMATS + FOREIGN]),
    st.integers(0, 2000),
    st.binary(max_size=5),
)
def test_detection_never_fails_otherwise(content: bytes, at: int, new: bytes) -> None:
    at %= len(content)
    try:
        found = find_format(content[:at] + new + content[at + len(new) :], "t")
    except SourceError:
        return
    assert isinstance(found, Foreign) or found in {*READERS, *ARCHIVES}
