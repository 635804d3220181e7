from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.grid import Contents, ReaderOptions, Sheet
from tallymark.readers import xls, xlsb
from tallymark.readers.xls.compound import Compound, pack_stream

PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Record = tuple[int, bytes]


def biff(*records: Record) -> bytes:
    return b"".join(struct.pack("<HH", n, len(c)) + c for n, c in records)


def begin(kind: int) -> Record:
    return 0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0)


END = (0x0A, b"")


def number(row: int, column: int, value: float) -> Record:
    return 0x203, struct.pack("<HHHd", row, column, 0, value)


def text(row: int, column: int, index: int) -> Record:
    return 0xFD, struct.pack("<HHHI", row, column, 0, index)


def formula(row: int, column: int, result: bytes) -> Record:
    return 0x06, struct.pack("<HHH", row, column, 0) + result + bytes(8)


def texts(*said: str) -> Record:
    head = struct.pack("<II", 9_999_999, 9_999_999)  # more than there are
    wide = (struct.pack("<HB", len(t), 1) + t.encode("utf-16-le") for t in said)
    return 0xFC, head + b"".join(wide)


def stream(*cells: Record, book: tuple[Record, ...] = (), state: int = 0) -> bytes:
    def head(start: int) -> bytes:
        sheet = struct.pack("<IBB", start, state, 0) + b"\x07\0Annex 2"
        return biff(begin(5), *book, (0x85, sheet), END)

    return head(len(head(0))) + biff(begin(0x10), *cells, END)


def old(*cells: Record, book: tuple[Record, ...] = (), state: int = 0) -> Contents:
    content = pack_stream("Workbook", stream(*cells, book=book, state=state))
    return xls.read(content, "t.xls", ReaderOptions())


def rows(contents: Contents) -> list[list[object]]:
    return [list(row) for row in contents.sheets[0].rows]


NOT_AVAILABLE = b"\x02\0\x2a\0\0\0\xff\xff"
TEXT_FOLLOWS = b"\0\0\0\0\0\0\xff\xff"


def test_xls_cells_keep_their_addresses_and_errors() -> None:
    found = old(
        number(3, 1, 2880),
        text(3, 2, 1),
        (0x205, struct.pack("<HHHBB", 4, 1, 0, 7, 1)),
        (0x205, struct.pack("<HHHBB", 4, 2, 0, 0x63, 1)),
        formula(5, 1, NOT_AVAILABLE),
        formula(5, 2, TEXT_FOLLOWS),
        (0x207, struct.pack("<HB", 3, 0) + b"abc"),
        (0xD6, struct.pack("<HHHHB", 6, 1, 0, 4, 0) + b"rich" + bytes(6)),
        book=(texts("unused", "ไทย"),),
        state=1,
    )
    assert rows(found)[3:] == [
        ["", 2880, "ไทย"],
        ["", "#DIV/0!", "#ERROR"],
        ["", "#N/A", "abc"],
        ["", "rich", ""],
    ]
    assert found.sheets[0].is_hidden
    assert found.sheets[0].address(3, 1) == "'Annex 2'!B4"


def test_xls_what_follows_a_chart_is_read() -> None:
    found = old(
        number(0, 0, 1),
        number(1, 1, 2),
        *(begin(0x20), number(9, 9, 3), END),
        (0xE5, struct.pack("<HHHHH", 1, 0, 1, 0, 0)),
    )
    assert rows(found) == [[1, ""], ["", 2]]
    assert found.sheets[0].merged == ((0, 0, 1, 0),)


def test_xls_a_text_over_two_records_is_whole() -> None:
    found = old(
        formula(0, 0, TEXT_FOLLOWS),
        (0x207, struct.pack("<HB", 9_000, 0) + b"a" * 8_000),
        (0x3C, b"\x01" + ("é" * 1_000).encode("utf-16-le")),
    )
    assert rows(found) == [["a" * 8_000 + "é" * 1_000]]


def test_xls_texts_run_on_into_the_next_record() -> None:
    first = struct.pack("<II", 2, 2) + struct.pack("<HB", 5, 0) + b"ab"
    rest = (
        b"\x01"
        + "cdé".encode("utf-16-le")
        + struct.pack("<HBH", 1, 8, 1)
        + b"z"
        + bytes(4)
    )
    found = old(text(0, 0, 0), text(0, 1, 1), book=((0xFC, first), (0x3C, rest)))
    assert rows(found) == [["abcdé", "z"]]


@pytest.mark.parametrize(
    ("cells", "book", "what"),
    [
        ([number(0, 0, 1), number(65_535, 255, 1)], (), "65,536 rows and 256 columns"),
        ([number(0, 0, 1)], ((0x2F, b"\0\0"),), "has a password"),
        ([text(0, 0, 5)], (texts("a"),), "is cut short"),
        (
            [text(r, c, 0) for r in range(300) for c in range(100)],
            (texts("x" * 16_000),),
            "characters of text",
        ),
    ],
)
def test_xls_that_cannot_be_read_is_told(
    cells: list[Record], book: tuple[Record, ...], what: str
) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        old(*cells, book=book)
    assert caught.value.where == "t.xls"


def test_xls_what_it_says_of_its_size_counts_for_nothing() -> None:
    size = (0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    assert rows(old(size, number(0, 0, 1))) == [[1]]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("EncryptedPackage", "The workbook has a password."),
        ("WordDocument", "This is an old Word document"),
        ("Contents", "This is no workbook"),
    ],
)
def test_compound_files_of_other_kinds_are_told(path: str, what: str) -> None:
    with pytest.raises(SourceError, match=what):
        xls.read(pack_stream(path, b"x" * 5000), "t.xls", ReaderOptions())


def test_xls_sectors_in_circles_are_refused() -> None:
    content = bytearray(pack_stream("Workbook", stream(number(0, 0, 1))))
    content[4096 + 8 : 4096 + 12] = struct.pack("<I", 2)  # the stream's first sector
    with pytest.raises(SourceError, match="run in circles"):
        xls.read(bytes(content), "t.xls", ReaderOptions())


def test_a_packed_stream_is_found_again() -> None:
    content = bytes(range(256)) * 1_000
    packed = Compound(pack_stream("Book", content), "t.xls", "The file")
    assert packed.read("Book")[: len(content)] == content


def test_xls_styles_are_told_to_be_left_out() -> None:
    content = pack_stream("Workbook", stream(number(0, 0, 1)))
    found = xls.read(content, "t.xls", ReaderOptions(styles=True))
    assert found.detected["styles"].startswith("not read")


def record(number: int, content: bytes = b"") -> bytes:
    head = [number] if number < 128 else [number & 0x7F | 0x80, number >> 7]
    size = len(content)
    head += [size & 0x7F | 0x80, size >> 7 & 0x7F | 0x80, size >> 14]
    return bytes(head) + content


def wide(said: str) -> bytes:
    return struct.pack("<I", len(said)) + said.encode("utf-16-le")


def row(number: int) -> bytes:
    return record(0, struct.pack("<I", number) + bytes(13))


def cell(kind: int, column: int, content: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, 0) + content)


def binary(cells: bytes, *, more: dict[str, bytes] | None = None) -> bytes:
    merged = record(176, struct.pack("<4I", 1, 1, 1, 3))
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{RELATIONS}/{kind}" Target="{path}"/>'
        for i, (kind, path) in enumerate(
            [
                ("worksheet", "worksheets/sheet1.bin"),
                ("sharedStrings", "sharedStrings.bin"),
            ]
        )
    )
    sheet = struct.pack("<II", 1, 1) + wide("rId0") + wide("Annex 2")
    said = (record(19, b"\0" + wide(t)) for t in ("a", "ไทย"))
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": b"<Relationships/>",
        "xl/_rels/workbook.bin.rels": f"<Relationships {PACKAGE}>{relations}</Relationships>".encode(),
        "xl/workbook.bin": record(131) + record(143) + record(156, sheet) + record(144) + record(132),
        "xl/sharedStrings.bin": record(159, struct.pack("<II", 1 << 31, 1 << 31)) + b"".join(said) + record(160),
        "xl/worksheets/sheet1.bin": record(129) + record(148, bytes(16)) + record(145) + cells
        + record(146) + record(177, struct.pack("<I", 1)) + merged + record(178) + record(130),
    } | (more or {})  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return out.getvalue()


ONE = struct.pack("<d", 2880)


def read_binary(content: bytes) -> Contents:
    return xlsb.read(content, "t.xlsb", ReaderOptions())


def test_xlsb_cells_keep_their_addresses_and_errors() -> None:
    cells = (
        row(3)
        + cell(5, 1, ONE)
        + cell(7, 2, struct.pack("<I", 1))
        + cell(3, 3, b"\x2a")
        + row(4)
        + cell(11, 1, b"\x07" + bytes(8))
        + cell(62, 2, b"\0" + wide("rich"))
        + cell(6, 3, wide("plain"))
    )
    found = read_binary(binary(cells))
    assert rows(found)[3:] == [
        ["", 2880, "ไทย", "#N/A"],
        ["", "#DIV/0!", "rich", "plain"],
    ]
    assert found.sheets[0].merged == ((1, 1, 1, 3),)
    assert found.sheets[0].is_hidden


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        (row(0) + cell(5, 0, ONE) + row(1_048_575) + cell(5, 16_383, ONE), "more than 4,000,000"),
        (row(0xFFFFFFFF) + cell(5, 0, ONE), "stands in row 4,294,967,296"),
        (row(0) + cell(5, 16_384, ONE), "column 16,385, beyond"),
        (row(0) + cell(7, 0, struct.pack("<I", 9)), "cut short"),
        (row(0) + record(13, bytes(8)), "in a form that is not known"),
        (row(0)[:-3], "broken"),
    ],
)  # fmt: skip
def test_xlsb_that_cannot_be_read_is_told(cells: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read_binary(binary(cells))
    assert caught.value.where == "t.xlsb"


def test_pivot_caches_are_found() -> None:
    born = struct.pack("<HHBBBB", 1990, 1, 2, 0, 0, 0)
    cache = (
        record(183, bytes(20) + wide("Name"))
        + record(24, wide("A"))
        + record(191, struct.pack("<HI", 2, 2) + wide("B") + wide("C"))
        + record(183, bytes(20) + wide("Born"))
        + record(25, born)
    )
    content = binary(row(0), more={"xl/pivotCache/pivotCacheDefinition1.bin": cache})
    day = datetime.fromisoformat("1990-01-02")
    table = [("Name", "Born"), ("A", day), ("B", None), ("C", None)]
    assert read_binary(content).unshown == (Sheet(name="Pivot cache 1", rows=table),)
    old_cache = biff(
        (0xC7, bytes(14) + struct.pack("<HB", 4, 0) + b"Name"),
        (0xCD, struct.pack("<HB", 1, 0) + b"A"),
        (0xC7, bytes(14) + struct.pack("<HB", 4, 0) + b"Born"),
        (0xCE, born),
    )
    file = Compound(pack_stream("_SX_DB_CUR/0001", old_cache), "t.xls", "The file")
    assert xls.read_pivots(file)[0].rows == [("Name", "Born"), ("A", day)]


SAMPLES: list[tuple[Callable[[bytes, str, ReaderOptions], Contents], bytes]] = [
    (xls.read, pack_stream("Workbook", stream(number(3, 1, 2), text(0, 0, 0), book=(texts("a"),)))),
    (xlsb.read, binary(row(3) + cell(5, 1, ONE) + cell(7, 2, bytes(4)))),
]  # fmt: skip


@given(
    st.sampled_from(SAMPLES),
    st.lists(
        st.tuples(st.integers(0, 1 << 20), st.binary(min_size=1, max_size=4)),
        max_size=4,
    ),
    st.integers(0, 1 << 20),
)
def test_damaged_files_are_read_or_refused(
    sample: tuple[Callable[[bytes, str, ReaderOptions], Contents], bytes],
    changes: list[tuple[int, bytes]],
    cut: int,
) -> None:
    read, content = sample
    mutable = bytearray(content)
    for place, new in changes:
        place %= len(mutable)
        mutable[place : place + len(new)] = new
    if cut % 3 == 0:
        del mutable[cut % len(mutable) :]
    with suppress(TallymarkError):
        read(bytes(mutable), "t", ReaderOptions())


@given(
    st.lists(
        st.tuples(st.integers(0, 2_000), st.binary(min_size=1, max_size=4)), max_size=5
    )
)
def test_damaged_records_are_read_or_refused(changes: list[tuple[int, bytes]]) -> None:
    cells = (
        number(3, 1, 2),
        text(0, 0, 0),
        formula(1, 1, TEXT_FOLLOWS),
        (0xE5, bytes(10)),
    )
    mutable = bytearray(stream(*cells, book=(texts("a", "b"), (0xE0, bytes(20)))))
    for place, new in changes:
        place %= len(mutable)
        mutable[place : place + len(new)] = new
    with suppress(TallymarkError):
        xls.read(pack_stream("Workbook", bytes(mutable)), "t", ReaderOptions())
