"""What was read before: submissions in a folder, by all that they depend on.

Hides keys and files. Only what could be read is kept (figures, labels and notes of
tables of counts), for this user alone; a file that was refused leaves nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pyarrow as pa

import tallymark
from tallymark.documents import content_hash
from tallymark.documents.own import ADAPTERS
from tallymark.ingest.batch.packing import pack, unpack
from tallymark.ingest.reading import Order
from tallymark.model.submission import Submission
from tallymark.readers import MAX_FILE_BYTES

MAX_BYTES = 256 << 20
"""What a folder may hold; beyond, the oldest go first. About 100,000 small tables."""

_MARK = b"tallymark-read-1\n"
_HEAD = len(_MARK)
_BODY = _HEAD + hashlib.sha256().digest_size
_SUFFIX, _PART = ".read", ".part"
_UNREADABLE = (ValueError, KeyError, TypeError, zlib.error, pa.ArrowException)
"""What unpacking raises if an entry is not what this program packed."""


@dataclass(frozen=True, kw_only=True)
class Store:
    """A folder of entries, and the hash of what all results of a run depend on."""

    folder: Path
    run: str

    def kept(self, path: Path) -> Submission | None:
        """Return what was read from a file of this name and these bytes, or None."""
        try:
            sha256 = _sha256(path)
            content = self._entry(path.name, sha256).read_bytes()
        except (OSError, ValueError):
            return None  # not read before, or not readable, which the reader tells
        mark, digest, packed = content[:_HEAD], content[_HEAD:_BODY], content[_BODY:]
        if mark != _MARK or digest != hashlib.sha256(packed).digest():
            return None
        try:
            return unpack(packed, path)
        except _UNREADABLE:
            return None

    def keep(self, submission: Submission) -> None:
        """Keep what was read; another run meets the whole of an entry or none.

        Raises:
            OSError: the folder cannot be written to.
        """
        packed = pack(submission)
        target = self._entry(Path(submission.path).name, submission.sha256)
        part = target.with_suffix(f".{os.getpid()}{_PART}")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            handle = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(_MARK + hashlib.sha256(packed).digest() + packed)
            part.replace(target)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()
            raise

    def trim(self, limit: int = MAX_BYTES) -> None:
        """Remove the oldest entries until the others take no more than `limit` bytes.

        Raises:
            OSError: an entry cannot be removed.
        """
        entries = sorted(_entries(self.folder), key=lambda e: (e.written, e.path))
        excess = sum(entry.n_bytes for entry in entries) - limit
        for entry in entries:
            if excess <= 0:
                break
            entry.path.unlink(missing_ok=True)
            excess -= entry.n_bytes

    def _entry(self, name: str, sha256: str) -> Path:
        return self.folder / (_hash([self.run, name, sha256]) + _SUFFIX)


def open_store(folder: Path, order: Order) -> Store:
    """Return the store of a run; its folder need not exist yet."""
    documents = [order.adapter] if order.adapter else _documents(order)
    told = [
        *_program(),
        order.adapter is None,
        content_hash(*documents),
        sorted(order.not_personal.items()),
    ]
    return Store(folder=folder, run=_hash(told))


def _documents(order: Order) -> Iterator[Path]:
    yield from order.folder.glob("*.yaml")
    if order.own is not None:
        yield from (order.own / ADAPTERS).glob("*.yaml")


def empty(folder: Path) -> int:
    """Remove all entries, and return how many there were."""
    entries = list(_entries(folder))
    for entry in entries:
        entry.path.unlink(missing_ok=True)
    return len(entries)


def size(folder: Path) -> tuple[int, int]:
    """Return how many entries a folder holds, and how many bytes they take."""
    sizes = [entry.n_bytes for entry in _entries(folder)]
    return len(sizes), sum(sizes)


def _sha256(path: Path) -> str:
    """Return the hash of a file that can be read twice, and that will be read at all.

    Raises:
        OSError: the file cannot be opened.
        ValueError: it is no plain file, or a reader would refuse its size.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_FILE_BYTES:
        raise ValueError(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class _Entry:
    path: Path
    n_bytes: int
    written: int


def _entries(folder: Path) -> Iterator[_Entry]:
    """Give the entries of a folder; files of other kinds are not ours."""
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as found:
        for file in found:
            if file.name.endswith((_SUFFIX, _PART)):
                told = file.stat(follow_symlinks=False)
                yield _Entry(Path(file.path), told.st_size, told.st_mtime_ns)


def _program() -> Iterator[str]:
    """Give what names the reading program: its code, Python, and all it is built on."""
    yield tallymark.__version__
    yield sys.version
    yield _code()
    try:
        needed = metadata.requires("tallymark") or []
    except metadata.PackageNotFoundError:  # run from a checkout
        needed = []
    for requirement in needed:
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        with contextlib.suppress(metadata.PackageNotFoundError):  # an extra
            yield f"{name} {metadata.version(name)}"


def _code() -> str:
    """Return the hash of the package's files: a checkout changes under one version."""
    digest = hashlib.sha256()
    root = Path(tallymark.__file__).parent
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name[:1] not in "._")
        for name in sorted(names):
            path = Path(place, name)
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _hash(told: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]
