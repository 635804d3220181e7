"""A workbook of ours before anything stands in it: texts stay texts, bytes stay bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from xlsxwriter import Workbook

_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""When every workbook says it was made: its bytes depend on no clock."""
_OPTIONS = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def new_workbook(content: BytesIO, **properties: str) -> Workbook:
    """Return a workbook that is written into `content` when it is closed."""
    book = Workbook(content, _OPTIONS)
    book.set_properties({"created": _MADE, **properties})
    return book
