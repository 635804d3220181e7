"""Old Excel workbooks (xls, from Excel 5 on), by python-calamine."""

from __future__ import annotations

from io import BytesIO

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, ReaderOptions
from tallymark.readers.limits import locked
from tallymark.readers.workbooks import WHAT, read_sheets
from tallymark.readers.xls.compound import Compound, pack_stream
from tallymark.readers.xls.pivots import read_pivots
from tallymark.readers.xls.records import plain

_OTHERS = {
    "WordDocument": "an old Word document",
    "PowerPoint Document": "an old PowerPoint document",
    "__properties_version1.0": "an Outlook message",
}


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the workbook's sheets; cells keep their addresses, errors are texts.

    Styles are not read, which `detected` tells if they were asked for.

    Raises:
        SourceError: it is no workbook, has a password, is broken, or holds more than
            the limits.
    """
    file = Compound(content, name, "The file")
    if "EncryptedPackage" in file.streams:
        raise locked(name, WHAT)
    path = next((p for p in ("Workbook", "Book") if p in file.streams), None)
    if path is None:
        what = next((w for p, w in _OTHERS.items() if p in file.streams), "no workbook")
        raise SourceError(
            f"This is {what}, which cannot be read.",
            where=name,
            hint="Save the table as .xlsx or .csv.",
        )
    stream, texts = plain(file.read(path), name)
    sheets = read_sheets(BytesIO(pack_stream(path, stream)), name, texts)
    detected = {}
    if options.styles:
        detected["styles"] = "not read: .xls holds them in a form that is not read"
    return Contents(sheets=sheets, detected=detected, unshown=read_pivots(file))
