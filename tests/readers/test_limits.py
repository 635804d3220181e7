from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError, TallymarkError
from tallymark.readers.limits import archives as limits
from tallymark.readers.limits import (
    iterate_xml,
    list_elements,
    open_archive,
    parse_xml,
    read_member,
)


def packed(*members: tuple[str, bytes], pack: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", pack) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        open_archive(content, "t.zip", "The archive")
    assert caught.value.where == "t.zip"
    return str(caught.value)


def refused_xml(content: bytes) -> str:
    said = []
    for read in (parse_xml, list_elements, _all_of):
        with pytest.raises(SourceError) as caught:
            read(content, "t.xml", "The document")
        assert caught.value.where == "t.xml"
        said.append(str(caught.value))
    return "\n".join(said)


def _all_of(content: bytes, name: str, what: str) -> list[str]:
    return [str(e.tag) for e in iterate_xml(content, name, what, ["a", "b"])]


def test_what_is_in_an_archive_is_read() -> None:
    archive = open_archive(packed(("a/b.csv", b"1,2")), "t.zip", "The archive")
    assert read_member(archive, "a/b.csv", "t.zip") == b"1,2"
    with pytest.raises(SourceError, match=r"t\.zip: c\.csv: This part .* is missing"):
        read_member(archive, "c.csv", "t.zip")


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../up.csv", "a/../../b", "..\\up.csv", "C:\\a.csv", "\\\\host\\a"],
)
def test_paths_that_lead_out_are_refused(path: str) -> None:
    assert "leads out of it" in refusal(packed((path, b"x")))


def test_a_link_is_refused() -> None:
    link = zipfile.ZipInfo("a.csv")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "a link, or leads" in refusal(out.getvalue())


def test_a_name_that_goes_on_behind_a_nul_is_refused() -> None:
    assert "leads out of it" in refusal(
        packed(("a.csv_x", b"x")).replace(b"csv_x", b"csv\0x")
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused() -> None:
    assert "'a' twice" in refusal(packed(("a", b"1"), ("a", b"2")))


@pytest.mark.parametrize("bit", [0x1, 0x40])
def test_a_password_is_told(bit: int) -> None:
    content = bytearray(packed(("a", b"1")))
    content[content.find(b"PK\x01\x02") + 8] |= bit
    assert "The archive has a password." in refusal(bytes(content))


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ([(str(i), b"") for i in range(5_001)], "5,001 files, more than 5,000"),
        ([(str(i), b"") for i in range(20_001)], "more than 5,000 files"),
        ([("a", bytes(40_000_000))], "times its size, more than 200 times"),
    ],
)
def test_bombs_are_refused(members: list[tuple[str, bytes]], what: str) -> None:
    assert what in refusal(packed(*members))


def test_an_archive_may_not_unpack_to_more_than_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = packed(("a", b"x" * 100))
    archive = open_archive(content, "t.zip", "The archive")
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", 99)
    with pytest.raises(SourceError, match="100 bytes when unpacked, more than 99"):
        read_member(archive, "a", "t.zip")
    monkeypatch.setattr(limits, "MAX_BYTES", 99)
    assert "100 bytes when unpacked, more than 99" in refusal(content)


def test_a_size_that_lies_is_told() -> None:
    content = bytearray(packed(("a", bytes(1_000_000))))
    for head, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", content, content.find(head) + at, 10)
    archive = open_archive(bytes(content), "t.zip", "The archive")
    with pytest.raises(
        SourceError, match=r"t\.zip: a: This part of the file is broken"
    ):
        read_member(archive, "a", "t.zip")


@given(
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=4),
    st.integers(0, 400),
)  # fmt: skip
def test_damaged_archives_are_read_or_refused(
    pack: int, changes: list[tuple[int, int]], cut: int
) -> None:
    content = bytearray(packed(("a", b"text " * 9), ("b", b""), pack=pack))
    for place, value in changes:
        content[place % len(content)] = value
    if cut < len(content):
        del content[cut:]
    try:
        archive = open_archive(bytes(content), "t.zip", "The archive")
        for member in archive.infolist():
            read_member(archive, member, "t.zip")
    except TallymarkError as error:
        assert "t.zip" in error.where  # noqa: PT017  # either way is right


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1", "euc-kr"])
@pytest.mark.parametrize(
    "declared",
    [
        "<!DOCTYPE a>",
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_document_types_are_refused_before_they_are_read(
    encoding: str, declared: str
) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?>\n{declared}<a>&#65;</a>'
    said = refused_xml(document.encode(encoding))
    assert (
        "document type" in said or "Unsupported" in said or "unknown encoding" in said
    )


def test_entities_without_declaration_are_no_xml() -> None:
    assert "no well-formed XML" in refused_xml(b"<a>&x;</a>")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "no well-formed"),
        (b"<a>", "no well-formed"),
        (b"<a/><b/>", "no well-formed"),
        (b"<a>\0</a>", "no well-formed"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', ""),
        (b"<a>" * 300, "elements within 256 others"),
    ],
)
def test_what_is_no_xml_is_told(content: bytes, what: str) -> None:
    assert what in refused_xml(content)


@pytest.mark.parametrize(
    "content",
    [b"<a>%s</a>" % (b"x" * 10_000_001), b"<a><b c='%s'/></a>" % (b"x" * 10_000_001)],
)
def test_a_text_without_end_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match="more than 10,000,000 characters"):
        parse_xml(content, "t.xml", "The document")


def test_many_elements_are_read_one_by_one_but_not_at_once() -> None:
    content = b"<a>" + b"<b/>" * 3_000_001 + b"</a>"
    with pytest.raises(SourceError, match="more than 3,000,000 elements of XML"):
        parse_xml(content, "t.xml", "The document")
    with pytest.raises(SourceError, match="too much XML at once"):
        list(iterate_xml(content, "t.xml", "The document", ["a"]))


def test_elements_are_given_in_their_order_and_dropped() -> None:
    document = b"<a n='7'>" + b"<k>1</k><x/><o>2</o>" * 20_000 + b"</a>"
    seen, most = [], 0
    for element in iterate_xml(document, "t.xml", "The document", ["k", "o"]):
        parent = element.getparent()
        assert parent is not None
        assert parent.get("n") == "7"
        most = max(most, len(parent))
        seen.append(element.text)
    assert seen == ["1", "2"] * 20_000
    assert most < 10_000


def test_elements_are_listed_without_prefixes() -> None:
    document = b'<a xmlns:r="u"><r:b r:id="1" c="2"/></a>'
    assert list_elements(document, "t.xml", "The document")[1] == (
        "b",
        {"id": "1", "c": "2"},
    )


@given(
    st.text("<>/ab&;!-[]='\"? \0", max_size=40).map(str.encode) | st.binary(max_size=40)
)
def test_any_bytes_are_xml_or_refused(content: bytes) -> None:
    for read in (parse_xml, list_elements, _all_of):
        try:
            read(content, "t.xml", "The document")
        except TallymarkError as error:
            assert error.where == "t.xml"  # noqa: PT017  # either way is right
