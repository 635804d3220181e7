from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, ReaderOptions
from tallymark.readers import delimited


def read(content: bytes, **options: str) -> Contents:
    return delimited.read(content, "t.csv", ReaderOptions(**options))


def rows(content: bytes, **options: str) -> list[list[object]]:
    return [list(row) for row in read(content, **options).sheets[0].rows]


def refusal(content: bytes, **options: str) -> str:
    with pytest.raises(SourceError) as caught:
        read(content, **options)
    assert caught.value.where == "t.csv"
    return str(caught.value)


def tables(encoding: str) -> st.SearchStrategy[list[list[str]]]:
    if encoding.startswith("utf"):
        characters = st.characters(
            exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"
        )
    else:
        characters = st.sampled_from(single_byte(encoding))
    cells = st.text(characters | st.sampled_from(" \t,;|'\"\n\r5"), max_size=6)
    records = st.lists(cells, min_size=1, max_size=4)
    filled = records.filter(lambda record: any(cell.strip() for cell in record))
    return st.builds(
        lambda first, rest: [first, *rest], filled, st.lists(records, max_size=5)
    )


def single_byte(encoding: str) -> list[str]:
    texts = (bytes([n]).decode(encoding, "ignore") for n in range(32, 256))
    return [text for text in texts if text]


DIALECTS = st.fixed_dictionaries(
    {
        "encoding": st.sampled_from(
            [
                "utf-8",
                "utf-16-le",
                "utf-16-be",
                "utf-32-le",
                "cp1252",
                "tis-620",
                "cp1251",
            ]
        ),
        "delimiter": st.sampled_from(",;\t|"),
        "quote": st.sampled_from("\"'"),
        "end": st.sampled_from(["\r\n", "\n", "\r"]),
        "has_mark": st.booleans(),
    }
)
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
}


@given(DIALECTS.flatmap(lambda d: st.tuples(st.just(d), tables(d["encoding"]))))
def test_what_is_written_is_read_back(
    drawn: tuple[dict[str, str], list[list[str]]],
) -> None:
    dialect, table = drawn
    out = io.StringIO(newline="")
    csv.writer(
        out,
        delimiter=dialect["delimiter"],
        quotechar=dialect["quote"],
        quoting=csv.QUOTE_ALL,
        lineterminator=dialect["end"],
    ).writerows(table)
    content = out.getvalue().encode(dialect["encoding"])
    if dialect["has_mark"]:
        content = MARKS.get(dialect["encoding"], b"") + content
    options = {name: dialect[name] for name in ("encoding", "delimiter", "quote")}
    found = read(content, **options)
    assert [list(row) for row in found.sheets[0].rows] == table
    assert found.detected == {}


def test_what_is_declared_is_not_detected() -> None:
    content = "a|b,c\n€|2,5\n".encode("cp1252")
    found = read(content, encoding="cp1252", delimiter="|", quote='"')
    assert found.detected == {}
    assert list(found.sheets[0].rows) == [["a", "b,c"], ["€", "2,5"]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\tb,c\n1\t2,3\n", "\t"),
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("Area, total;Cases, all;Rate\nA, b;1,5;2,5\nC, d;2,5;3,5\n", ";"),
        ("Rape; attempted; by kin,5\nTheft; minor; at night,6\n", ","),
        ('name,n\n"Korea; Rep.",1\n"Congo; Dem.",2\n', ","),
        ("a|b\n1|2\n", "|"),
        ("title\n\na,b,c\n1,2,3\n4,5,6\nnote, of two parts\n", ","),
        ("one\ntwo\nthree\nfour\nfive\na;b;c\n1;2;3\n", ";"),
        ("a;b;c;\n1;2;3;\n", ";"),
        ("alone\n1\n", ", (none found: one column)"),
        ("sep=;\na,1;b,2\nc,3;d,4\n", "; (declared by record 1)"),
    ],
)
def test_a_delimiter_is_found(text: str, told: str) -> None:
    assert read(text.encode()).detected["delimiter"] == told
    assert rows(text.encode()) == list(csv.reader(io.StringIO(text), delimiter=told[0]))


def test_a_record_that_declares_the_delimiter_is_the_first() -> None:
    sheet = read(b"sep=;\r\na;b\r\n1;2\r\n").sheets[0]
    assert sheet.value(2, 1) == "2"
    assert sheet.address(2, 1) == "R3C2"


@pytest.mark.parametrize(
    ("text", "expected", "told"),
    [
        ("'a, b',5\n'it''s',6\n", [["a, b", "5"], ["it's", "6"]], {"quote": "'"}),
        ("'0123,5\n'0456,6\n", [["'0123", "5"], ["'0456", "6"]], {}),
        ("5' tall,5\n", [["5' tall", "5"]], {}),
        (
            '"say \\"no, no\\" now",5\n"b",6\n',
            [['say "no, no" now', "5"], ["b", "6"]],
            {"escape": "\\"},
        ),
        ('"C:\\",5\n"D:\\",6\n', [["C:\\", "5"], ["D:\\", "6"]], {}),
        ('"say ""no"" now",5\n', [['say "no" now', "5"]], {}),
    ],
)
def test_quotes_are_found_and_told_where_unusual(
    text: str, expected: list[list[str]], told: dict[str, str]
) -> None:
    assert rows(text.encode()) == expected
    found = read(text.encode()).detected
    assert {name: found[name] for name in found if name in ("quote", "escape")} == told


def test_quotes_that_keep_nothing_together_are_told() -> None:
    content = b'a;b\n"5;6\n'
    assert "A quotation mark that opens in record 2 is never closed." in refusal(
        content
    )
    assert rows(content, quote="") == [["a", "b"], ['"5', "6"]]
    content = b'a;b\n"5"6;7\n'
    told = '" (text follows a closing one; declare reader.quote)'
    assert read(content).detected["quote"] == told
    assert rows(content) == [["a", "b"], ["56", "7"]]
    assert "quote" not in read(content, quote='"').detected
    assert rows(content, quote="") == [["a", "b"], ['"5"6', "7"]]


def test_records_keep_their_lengths_their_ends_and_their_numbers() -> None:
    content = b'a,b\r"two\r\nlines",1,\n\nc,2\r\nd'
    assert rows(content) == [
        ["a", "b"],
        ["two\r\nlines", "1", ""],
        [],
        ["c", "2"],
        ["d"],
    ]
    sheet = read(content).sheets[0]
    assert sheet.address(3, 1) == "R4C2"


@pytest.mark.parametrize(
    ("content", "options", "what"),
    [
        (b"a,\xff\n", {"encoding": "utf-8"}, "The bytes from 2 on are no utf-8 text."),
        (b"a,b\n", {"encoding": "utf-99"}, "'utf-99' is no known encoding."),
        (b"a,b\n", {"encoding": "base64"}, "'base64' is no known encoding."),
        (b"a,b\n", {"encoding": "idna"}, "'idna' is no known encoding."),
        (b"a,b\n", {"delimiter": "||"}, "'||' is no single character"),
        (b"a,b\n", {"quote": "\n"}, "'\\n' is no single character"),
        (b"a,b\n", {"delimiter": ",", "quote": ","}, "',' cannot part cells and keep"),
        (b"a,b\n1,2\n" * 9 + b"\0\0\0", {}, "The file holds NUL bytes"),
        (b"a,b\n1,2\n\0", {"encoding": "utf-8"}, "The file holds NUL bytes"),
        (codecs.BOM_UTF16_LE + b"a\0,", {}, "The bytes from 4 on are no utf-16 text."),
    ],
)
def test_what_cannot_be_read_is_told(
    content: bytes, options: dict[str, str], what: str
) -> None:
    assert what in refusal(content, **options)


def test_the_csv_modules_own_limit_is_left_as_it_is() -> None:
    before = csv.field_size_limit(50)
    try:
        assert rows(b"a," + b"x" * 100 + b"\n") == [["a", "x" * 100]]
        assert csv.field_size_limit() == 50
    finally:
        csv.field_size_limit(before)
