"""PDF files, written by hand: texts and lines where a test wants them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest
from pdfminer.fontmetrics import FONT_METRICS

_WIDTHS = FONT_METRICS["Helvetica"][1]
_TURNS = ("1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0")
_TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    "{}endcmap end end"
)


class Text(NamedTuple):
    """A text as it stands from left to right; `y` is its baseline from the top."""

    x: float
    y: float
    text: str
    size: float = 10
    quarter: int = 0
    """How often it is turned; 1 runs up the page."""


class Sheet(NamedTuple):
    """A page: texts, and lines as (x0, top, x1, bottom)."""

    texts: Sequence[Text]
    lines: Sequence[tuple[float, float, float, float]] = ()
    size: tuple[int, int] = (600, 800)
    more: str = ""
    """More entries of the page's dictionary."""


def text_width(text: str, size: float = 10) -> float:
    """Return how wide a text is printed."""
    widths = [_WIDTHS[c] if c.isascii() else 600 for c in text]
    return sum(widths) * size / 1000


def assemble(objects: Sequence[str | bytes]) -> bytes:
    """Return a file of these objects, the first of which is the catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(objects, start=1):
        places.append(len(body))
        raw = part.encode("latin-1") if isinstance(part, str) else part
        body += b"%d 0 obj\n%s\nendobj\n" % (number, raw)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return body + head + table + tail % (len(objects) + 1, len(body))


def stream(content: str | bytes, entries: str = "") -> bytes:
    """Return a stream object."""
    raw = content.encode("latin-1") if isinstance(content, str) else content
    head = f"<< /Length {len(raw)} {entries} >> stream\n"
    return head.encode() + raw + b"\nendstream"


def printed(*pages: Sheet) -> bytes:
    """Return a file of these pages, in Helvetica or a font of 16-bit codes."""
    letters = sorted({c for page in pages for t in page.texts for c in t.text})
    maps = "".join(
        f"1 beginbfchar <{ord(c):04X}> <{c.encode('utf-16-be').hex()}> endbfchar\n"
        for c in letters
    )
    objects: list[str | bytes] = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Wide /Encoding /Identity-H"
        " /ToUnicode 6 0 R /DescendantFonts [5 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Wide /DW 600"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        " /FontDescriptor 7 0 R >>",
        stream(_TO_UNICODE.format(maps)),
        "<< /Type /FontDescriptor /FontName /Wide /Flags 4 /Ascent 800 /Descent -200"
        " /FontBBox [0 -200 1000 800] >>",
    ]
    kids = []
    for page in pages:
        objects.append(stream("\n".join(_drawn(page))))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.size[0]} {page.size[1]}]"
            f" /Contents {len(objects)} 0 R {page.more}"
            " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    return assemble(objects)


def _drawn(page: Sheet) -> list[str]:
    height = page.size[1]
    out = [
        f"{x0:.2f} {height - top:.2f} m {x1:.2f} {height - bottom:.2f} l S"
        for x0, top, x1, bottom in page.lines
    ]
    for text in page.texts:
        font, shown = "F2", "<" + "".join(f"{ord(c):04X}" for c in text.text) + ">"
        if text.text.isascii():
            escaped = text.text.replace("\\", r"\\").replace("(", r"\(")
            font, shown = "F1", "(" + escaped.replace(")", r"\)") + ")"
        place = f"{_TURNS[text.quarter]} {text.x:.2f} {height - text.y:.2f} Tm"
        out.append(f"BT /{font} {text.size} Tf {place} {shown} Tj ET")
    return out


class Press(NamedTuple):
    """What writes PDF files."""

    Text: type[Text] = Text
    Sheet: type[Sheet] = Sheet
    printed: Callable[..., bytes] = printed
    assemble: Callable[..., bytes] = assemble
    stream: Callable[..., bytes] = stream
    width: Callable[..., float] = text_width


@pytest.fixture(scope="session")
def press() -> Press:
    """Return what writes PDF files."""
    return Press()
