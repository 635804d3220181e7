"""What a file is, by its content: a format that a reader knows, an archive, or neither.

Hides magic numbers and the marks of text formats. Names are only compared.
"""

from __future__ import annotations

from pathlib import PurePath

from tallymark.readers.detection.containers import ole2_format, zip_format
from tallymark.readers.detection.foreign import GZIP, ZIP, Foreign, foreign_by_signature
from tallymark.readers.detection.text import text_format

__all__ = ["GZIP", "NAMED", "ZIP", "Foreign", "disagreement", "find_format"]

NAMED = {
    ".xlsx": ("xlsx",),
    ".xlsm": ("xlsx",),
    ".xls": ("xls",),
    ".xlsb": ("xlsb",),
    ".ods": ("ods",),
    ".csv": ("delimited", "sdmx_csv"),
    ".tsv": ("delimited", "sdmx_csv"),
    ".txt": ("delimited", "sdmx_csv", "px"),
    ".docx": ("docx",),
    ".pdf": ("pdf",),
    ".html": ("html",),
    ".htm": ("html",),
    ".px": ("px",),
    ".json": ("jsonstat",),
    ".xml": ("sdmx_ml",),
    ".parquet": ("parquet",),
    ".gz": (GZIP,),
    ".zip": (ZIP,),
}
"""The formats that a file's name stands for."""

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def find_format(content: bytes, name: str) -> str | Foreign:
    """Return the format of a file, `GZIP`, `ZIP`, or what it is if no reader takes it.

    Raises:
        SourceError: it has a password, or is an archive that is broken or beyond limits.
    """
    if content.startswith(b"\x1f\x8b"):
        return GZIP
    if content.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08")):
        return zip_format(content, name)
    if content.startswith(_OLE2):
        return ole2_format(content, name)
    if content.startswith((b"PAR1\x15", b"PARE")):
        return "parquet"
    return foreign_by_signature(content) or text_format(content)


def disagreement(format_: str, name: str) -> str:
    """Return what to tell of a file that is not in the format its name stands for, or "".

    >>> disagreement("html", "figures.XLS")
    'html, though the name says .xls'
    """
    suffix = PurePath(name).suffix.lower()
    if format_ in NAMED.get(suffix, (format_,)):
        return ""
    return f"{format_}, though the name says {suffix}"
