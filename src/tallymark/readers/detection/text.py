"""Formats that are text: JSON-stat, SDMX, HTML, PX, by how they begin; else delimited."""

from __future__ import annotations

import codecs
import re

from tallymark.readers.detection.foreign import EXPORT, SAVE, Foreign

_HEAD = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, with whose mark it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_PDF = re.compile(rb"%PDF-\d")
_JSON = re.compile(r'\s*(\{\s*["}]|\[\s*[\[{"\]])')
_JSON_STAT = re.compile(
    rb'"class"\s*:\s*"(dataset|collection|dimension)"|"(dimension|dataset)"\s*:\s*\{'
)
_SDMX_JSON = re.compile(rb'"(dataSets|sdmx-json[^"]*)"')
_PX = re.compile(
    r'\s*[A-Z][A-Z0-9-]{2,}(\[[A-Za-z-]+\])?(\("[^"]*"(,\s*"[^"]*")*\))?\s*='
)
_PX_DATA = re.compile(rb"[;\s]DATA\s*=")
_SDMX_CSV = re.compile(
    r'"?(STRUCTURE(\[.{1,3}\])?"?[,;\t|]"?STRUCTURE_ID\b'
    r"|DATAFLOW\b[^\r\n]*\b(OBS_VALUE|TIME_PERIOD)\b)"
)
_PROLOG = re.compile(
    r"\s*(<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>)",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"\s*<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([^>]*)")
_SDMX_ROOT = re.compile(
    "(Generic|StructureSpecific|Compact|Utility|CrossSectional)(TimeSeries)?Data"
)
_HTML_ROOT = re.compile(
    "html|head|body|table|thead|tbody|tr|caption|meta|title|style|link|script|div|p"
    "|center|font|span|h[1-6]|br|b",
    re.IGNORECASE,
)
_XML_KINDS = (
    ("urn:schemas-microsoft-com:office:spreadsheet", "a workbook as XML of Excel 2003"),
    ("urn:oasis:names:tc:opendocument", "an OpenDocument file as flat XML"),
    ("schemas.microsoft.com/office", "an Office document as flat XML"),
)


def text_format(content: bytes) -> str | Foreign:
    """Return the format of what has no signature; a PDF may have text before it."""
    if _PDF.search(content, 0, 1024):
        return "pdf"
    head = _head(content)
    if _JSON.match(head):
        return _json_format(content)
    if head.lstrip().startswith("<"):
        return _markup_format(content, head)
    if _PX.match(head) and _PX_DATA.search(content):
        return "px"
    return "sdmx_csv" if _SDMX_CSV.match(head) else "delimited"


def _json_format(content: bytes) -> str | Foreign:
    if _JSON_STAT.search(content):
        return "jsonstat"
    if _SDMX_JSON.search(content):
        return Foreign(what="SDMX-JSON", hint="Ask for SDMX-CSV or SDMX-ML.")
    return Foreign(what="JSON, but not JSON-stat", hint=EXPORT)


def _markup_format(content: bytes, head: str) -> str | Foreign:
    is_declared = head.lstrip().startswith("<?xml")
    rest = head
    while prolog := _PROLOG.match(rest):
        rest = rest[prolog.end() :]
    root = _ROOT.match(rest)
    if root is None:
        broken = Foreign(what="XML without an element", hint="Ask for it once more.")
        return broken if is_declared else "delimited"
    tag, attributes = root[1], root[2]
    if "sdmx" in attributes.lower() or _SDMX_ROOT.fullmatch(tag):
        return "sdmx_ml"
    if _HTML_ROOT.fullmatch(tag):
        return "html"
    for namespace, what in _XML_KINDS:
        if namespace in rest:
            return Foreign(what=what, hint=SAVE)
    is_closed = content.rstrip().endswith(f"{tag}>".encode())
    if is_declared or "xmlns" in attributes or is_closed:
        return Foreign(what=f"XML (<{tag[:40]}>), but no SDMX message", hint=EXPORT)
    return "html" if "<table" in head.lower() else "delimited"


def _head(content: bytes) -> str:
    """Return the beginning of a text, in the encoding that its first bytes tell."""
    found = (encoding for mark, encoding in _MARKS if content.startswith(mark))
    head = content[:_HEAD].decode(next(found, "utf-8"), "replace")
    return head.removeprefix("\ufeff")
