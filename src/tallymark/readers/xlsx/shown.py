"""Cells whose stored text is not what a person sees: raised figures, formulas without value.

Works on XML in plain form, by search: nearly no workbook has any of it.
"""

from __future__ import annotations

import re

NO_VALUE = "(formula without a value)"
"""What stands in a cell whose formula was saved without the value that it gives."""

_RAISED = re.compile(rb'<vertAlign\s+val="superscript"\s*/>')
_RUN = re.compile(rb"<r>.*?</r>", re.DOTALL)
_TEXT = re.compile(rb"(<t(?:\s[^>]*)?>)([^<]*)(</t>)")
_FIGURES = re.compile(rb"[0-9,;\s]*")
_UP = {ord(b"0") + n: mark.encode() for n, mark in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}

_BARE_FORMULA = re.compile(
    rb"<c\b([^>]*?)>(<f\b[^>]*?(?:/>|>[^<]*</f>))(?:<v\s*/>|<v></v>)?</c>"
)
_TYPE = re.compile(rb'\st="[^"]*"')


def with_raised(content: bytes) -> bytes:
    """Return XML in which raised figures are raised characters.

    So `15` with a raised `1` is no 151, but a number with a footnote mark.

    >>> run = b'<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
    >>> with_raised(run).decode()[-9:]
    '¹</t></r>'
    """
    if b"superscript" not in content:
        return content
    return _RUN.sub(_raised, content)


def with_formulas_told(content: bytes) -> bytes:
    """Return a sheet's XML in which a formula without a stored value shows as a text.

    An empty cell would seem to say that nothing was reported.
    """
    return _BARE_FORMULA.sub(_told, content) if _has_bare(content) else content


def _has_bare(content: bytes) -> bool:
    """Tell whether a formula stands in a cell without a value; few sheets have many."""
    at = content.find(b"<f")
    while at >= 0:
        end = content.find(b"</c>", at)
        value = content.find(b"<v", at, end)
        if value < 0 or content[value:end] in (b"<v/>", b"<v></v>"):
            return True
        at = content.find(b"<f", end) if end >= 0 else -1
    return False


def _raised(match: re.Match[bytes]) -> bytes:
    run = match[0]
    if not _RAISED.search(run):
        return run
    return _TEXT.sub(_with_figures_up, run)


def _with_figures_up(match: re.Match[bytes]) -> bytes:
    text = match[2]
    if _FIGURES.fullmatch(text):
        text = b"".join(_UP.get(byte, bytes([byte])) for byte in text)
    return match[1] + text + match[3]


def _told(match: re.Match[bytes]) -> bytes:
    if b't="str"' in match[1] and b"<v" in match[0]:
        return match[0]  # its value is the empty text
    attributes = _TYPE.sub(b"", match[1]) + b' t="str"'
    return b"<c%s>%s<v>%s</v></c>" % (attributes, match[2], NO_VALUE.encode())
