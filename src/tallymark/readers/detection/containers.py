"""Documents that are containers: zip archives (Office, OpenDocument) and OLE2 files."""

from __future__ import annotations

from pathlib import PurePath

from tallymark.readers.detection.foreign import EXPORT, SAVE, ZIP, Foreign
from tallymark.readers.limits import locked, open_archive, read_member

_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_WHAT = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".ods"), "The workbook"),
    ".docx": "The document",
}
_LOCKED_STREAM = "EncryptedPackage"
_STREAMS: dict[str, str | Foreign] = {
    "Workbook": "xls",
    "Book": "xls",
    "WordDocument": Foreign(
        what="a Word file of before 2007", hint="Save it as .docx."
    ),
    "PowerPoint Document": Foreign(what="a PowerPoint file", hint=SAVE),
    "__properties_version1.0": Foreign(what="an Outlook mail", hint=SAVE),
}
_OLE2_HEADER, _NAME = 512, 64
_MAX_HITS = 10_000


def zip_format(content: bytes, name: str) -> str | Foreign:
    """Return the format of a document that is a zip archive, or `ZIP` for any other.

    Raises:
        SourceError: the archive is broken, locked or beyond the limits.
    """
    suffix = PurePath(name).suffix.lower()
    archive = open_archive(content, name, _WHAT.get(suffix, "The archive"))
    paths = set(archive.namelist())
    folders = {path.split("/")[0] for path in paths if "/" in path}
    if "xl" in folders:
        return "xlsb" if "xl/workbook.bin" in paths else "xlsx"
    if "word" in folders and "[Content_Types].xml" in paths:
        return "docx"
    if "ppt" in folders and "[Content_Types].xml" in paths:
        return Foreign(what="a PowerPoint file", hint=SAVE)
    if "Index/Document.iwa" in paths:
        return Foreign(what="an Apple Numbers or Pages file", hint=EXPORT)
    if "mimetype" not in paths:
        return ZIP
    kind = read_member(archive, "mimetype", name).removeprefix(_OPEN_DOCUMENT)
    if kind.startswith(b"spreadsheet"):
        return "ods"
    return Foreign(what="an OpenDocument text or e-book, and no workbook", hint=SAVE)


def ole2_format(content: bytes, name: str) -> str | Foreign:
    """Return the format of an OLE2 file: a workbook of before 2007, or what else it is.

    Raises:
        SourceError: it is a document with a password.
    """
    if _has_stream(content, _LOCKED_STREAM):
        raise locked(name, "The workbook")
    for stream, format_ in _STREAMS.items():
        if _has_stream(content, stream):
            return format_
    return Foreign(what="an Office file of before 2007, and no workbook", hint=SAVE)


def _has_stream(content: bytes, stream: str) -> bool:
    """Tell whether the directory of an OLE2 file has an entry of that name."""
    wanted = stream.encode("utf-16-le")
    length = (len(wanted) + 2).to_bytes(2, "little")  # with the NUL at its end
    at = _OLE2_HEADER - 1
    for _ in range(_MAX_HITS):
        at = content.find(wanted, at + 1)
        if at < 0:
            return False
        if content[at + _NAME : at + _NAME + 2] == length:
            return True
    return False
