"""Tables of PDF files: sheets `p3.t1`, `p3.t2` for page 3, and `p3.text` for its text.

Hides the search for cells on a page that has none, and the process of its own in which
it is done. Columns count from the left, in scripts that run from the right, too.
"""

from __future__ import annotations

from tallymark.model.grid import Contents, ReaderOptions
from tallymark.readers.limits import too_much
from tallymark.readers.pdf.process import read_apart

__all__ = ["read"]

MAX_BYTES = 128 << 20
"""Bytes of a file: 128 MiB."""


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the tables that `options.pdf` declares, else those that the pages show.

    The sheet `p3.text` has a row for each line outside the tables: the text, and the
    name of the table on the page that it stands above. Values are texts as printed;
    raised figures stay raised, so that no mark of a note joins a number.

    Raises:
        SourceError: the file is no PDF, is broken, has a password or no text, lacks a
            page that is declared, or is beyond a limit.
    """
    if len(content) > MAX_BYTES:
        raise too_much(name, "The PDF file", f"more than {MAX_BYTES:,} bytes")
    return read_apart(content, name, options)
