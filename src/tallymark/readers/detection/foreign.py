"""Files that no reader takes: what they are, and what to do with them."""

from __future__ import annotations

from dataclasses import dataclass

from tallymark.errors import SourceError

GZIP, ZIP = "gzip", "zip"
"""Archives, which are unpacked, not read."""

SAVE = "Save the table as .xlsx or .csv."
EXPORT = "Export the table as .csv."
_UNPACK = "Unpack it, and pass the files in it."
_PICTURE = "Ask for the table itself, not for a picture of it."


_SYLK_ENDS = (b"\nE", b"\rE")


@dataclass(frozen=True, kw_only=True)
class Foreign:
    """What a file is, as an English phrase, and what its owner may do."""

    what: str
    hint: str

    def error(self, name: str) -> SourceError:
        """Return the error that refuses the file."""
        return SourceError(
            f"This is {self.what}, which cannot be read.", where=name, hint=self.hint
        )


_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a rar archive", _UNPACK),
    (b"MSCF\0", "a cab archive", _UNPACK),
    (b"{\\rtf", "a rich text file", SAVE),
    (b"\0\1\0\0Standard Jet DB", "an Access database", EXPORT),
    (b"\0\1\0\0Standard ACE DB", "an Access database", EXPORT),
    (b"SQLite format 3\0", "an SQLite database", EXPORT),
    (b"$FL2@(#)", "an SPSS file", EXPORT),
    (b"<stata_dta>", "a Stata file", EXPORT),
    (b"RDX2\n", "an R data file", EXPORT),
    (b"RDX3\n", "an R data file", EXPORT),
    (b"\x89HDF\r\n", "an HDF5 file", EXPORT),
    (b"ARROW1\0\0", "an Arrow file", "Save it as Parquet."),
    (b"\x09\x08\x10\0", "an Excel file of the 1990s", SAVE),
    (b"\x09\x04\x06\0", "an Excel file of the 1990s", SAVE),
    (b"\x09\2\6\0", "an Excel file of the 1990s", SAVE),
    (b"\x89PNG\r\n\x1a\n", "a picture", _PICTURE),
    (b"\xff\xd8\xff", "a picture", _PICTURE),
    (b"GIF87a", "a picture", _PICTURE),
    (b"GIF89a", "a picture", _PICTURE),
    (b"II*\0", "a picture", _PICTURE),
    (b"MM\0*", "a picture", _PICTURE),
    (b"MIME-Version:", "a saved web page or mail", SAVE),
    (
        b"version https://git-lfs",
        "a pointer to a file in Git LFS, not the file itself",
        "Fetch it with `git lfs pull`.",
    ),
)


def foreign_by_signature(content: bytes) -> Foreign | None:
    """Return what a file is if its first bytes are known and no reader takes it."""
    for signature, what, hint in _SIGNATURES:
        if content.startswith(signature):
            return Foreign(what=what, hint=hint)
    if content[257:262] == b"ustar":
        return Foreign(what="a tar archive", hint=_UNPACK)
    if content.startswith(b"ID;P") and content.rstrip().endswith(_SYLK_ENDS):
        return Foreign(
            what="a SYLK spreadsheet", hint=SAVE
        )  # "ID;Place" begins a table
    return None
