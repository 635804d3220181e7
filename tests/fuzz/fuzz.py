"""Fuzz one reader: whatever the bytes, only a TallymarkError may come out.

python tests/fuzz/fuzz.py FORMAT [libFuzzer options]

Formats that are archives are fuzzed twice over: as bytes, and member by member (the first
byte says which member the rest stands for), since changed bytes of an archive rarely reach
what it holds.
"""

from __future__ import annotations

import io
import signal
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tallymark", "pdfminer", "pdfplumber"]):
    import seeds

    from tallymark.errors import TallymarkError
    from tallymark.model.grid import ReaderOptions
    from tallymark.readers import READERS
    from tallymark.readers.detection import find_format
    from tallymark.readers.packed import ARCHIVES as PACKED
    from tallymark.readers.packed import unpack
    from tallymark.readers.pdf.contents import read_contents

    MODULES = {
        name: __import__(module, fromlist=["read"])
        for name, module in READERS.items()
        if name != "pdf"
    }

Target = Callable[[bytes], None]
OPTIONS = (ReaderOptions(), ReaderOptions(styles=True))
PDF_SECONDS = 10
ARCHIVES = ("xlsx", "ods", "docx", "xlsb")


def reader(name: str) -> Target:
    """Return the function that reads bytes as one format."""
    if name == "packed":
        return lambda content: unpack_all(content)
    if name == "pdf":
        return lambda content: all_pages(content)
    module = MODULES[name]

    def read(content: bytes) -> None:
        for options in OPTIONS if name in ("xlsx", "ods") else OPTIONS[:1]:
            module.read(content, "fuzz", options)

    return read


def all_pages(content: bytes) -> None:
    """Read a PDF in this process; what the process of its own would end, ends here, too."""
    signal.signal(signal.SIGALRM, _end)
    signal.alarm(PDF_SECONDS)
    try:
        read_contents(content, "fuzz", ReaderOptions())
    except (MemoryError, TimeoutError):
        return
    finally:
        signal.alarm(0)


def _end(*_: object) -> None:
    raise TimeoutError


def unpack_all(content: bytes) -> None:
    found = find_format(content, "fuzz")
    if found in PACKED:
        unpack(content, found, "fuzz", find_format)


def with_member(original: bytes, data: bytes) -> bytes:
    """Return an archive in which one member is replaced by the data."""
    source = zipfile.ZipFile(io.BytesIO(original))
    names = sorted(source.namelist())
    chosen = names[data[0] % len(names)]
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name in names:
            archive.writestr(name, data[1:] if name == chosen else source.read(name))
    return sink.getvalue()


def members(original: bytes) -> list[bytes]:
    """Return each member's content behind the byte that names it."""
    source = zipfile.ZipFile(io.BytesIO(original))
    return [
        bytes([n]) + source.read(m) for n, m in enumerate(sorted(source.namelist()))
    ]


def main() -> None:
    name, *options = sys.argv[1:]
    read = reader(name)
    corpus = [getattr(seeds, {"docx": "docx_file"}.get(name, name))()]
    in_members = name in ARCHIVES
    if in_members:
        originals, corpus = corpus, members(corpus[0])

    def one(data: bytes) -> None:
        if not data:
            return
        try:
            read(with_member(originals[0], data) if in_members else data)
        except TallymarkError:
            return

    with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as folder:
        for n, seed in enumerate(corpus):
            Path(folder, f"seed-{n}").write_bytes(seed)
        atheris.Setup([sys.argv[0], folder, *options], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
