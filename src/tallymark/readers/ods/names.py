"""Names and numbers as OpenDocument writes them."""

from __future__ import annotations

_PREFIX = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_PREFIX}office:1.0}}"
TABLE = f"{{{_PREFIX}table:1.0}}"
TEXT = f"{{{_PREFIX}text:1.0}}"
STYLE = f"{{{_PREFIX}style:1.0}}"
NUMBER = f"{{{_PREFIX}datastyle:1.0}}"
FO = f"{{{_PREFIX}xsl-fo-compatible:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
CALC_EXTENSION = (
    "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
)

_MOST = 10**10


def count(text: str | None) -> int:
    """Return how often something is repeated; once if the text says nothing of use.

    >>> count("3"), count(None), count("-2")
    (3, 1, 1)
    """
    if text is None or not (text.isascii() and text.isdigit() and text.strip("0")):
        return 1
    return int(text) if len(text) < 11 else _MOST
