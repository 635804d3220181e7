"""Compound files: the container of old Excel files, and of encrypted new ones.

Hides chains of sectors, which in a hostile file may run in circles. Source: [MS-CFB].
"""

from __future__ import annotations

import struct
import sys
from array import array

from tallymark.errors import SourceError
from tallymark.readers.limits import MAX_MEMBER_BYTES, broken, too_much

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MAX_ENTRIES = 50_000
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class Compound:
    """The streams of a compound file, by their paths (`_SX_DB_CUR/0001`)."""

    def __init__(self, content: bytes, name: str, what: str) -> None:
        self.name, self.what = name, what
        self.streams: dict[str, tuple[int, int]] = {}
        self._content = content
        try:
            self._read_header()
        except struct.error as error:
            raise broken(name, what, "it is cut short") from error

    def read(self, path: str) -> bytes:
        """Return a stream, whole.

        Raises:
            SourceError: it is broken or larger than the limit.
        """
        start, size = self.streams[path]
        if size > MAX_MEMBER_BYTES:
            raise too_much(self.name, self.what, f"a stream of {size:,} bytes")
        if size >= self._cutoff:
            content = self._chain(start)
        else:
            numbers = self._sectors(start, self._next_mini)
            small = self._small
            content = b"".join(small[n * 64 : n * 64 + 64] for n in numbers)
        if len(content) < size:
            raise self._cut()
        return content[:size]

    def _read_header(self) -> None:
        header = self._content
        (shift,) = struct.unpack_from("<H", header, 30)
        if shift not in (9, 12):
            raise broken(self.name, self.what, "its sectors have no size")
        self._sector_size = 1 << shift
        n_fat, directory = struct.unpack_from("<II", header, 44)
        self._cutoff, mini = struct.unpack_from("<II", header, 56)
        (difat,) = struct.unpack_from("<I", header, 68)
        places = list(struct.unpack_from("<109I", header, 76))
        per_sector = self._sector_size // 4
        n_sectors = len(header) // self._sector_size + 1
        while difat < _FAT and len(places) < n_sectors:
            more = self._numbers(self._sector(difat))
            if len(more) < per_sector:
                raise self._cut()
            places += more[: per_sector - 1]
            difat = more[per_sector - 1]
        fat = b"".join(self._sector(n) for n in places[:n_fat] if n < _FAT)
        self._next = self._numbers(fat)
        listing = self._chain(directory)
        self._read_entries(listing)
        self._next_mini = self._numbers(self._chain(mini))

    def _read_entries(self, listing: bytes) -> None:
        n_entries = len(listing) // 128
        if not 0 < n_entries <= _MAX_ENTRIES:
            raise broken(self.name, self.what, "it has no list of streams")
        left = [("", 0)]
        seen: set[int] = set()
        while left:
            folder, number = left.pop()
            if number in seen or number >= n_entries:
                continue
            seen.add(number)
            entry = listing[number * 128 : number * 128 + 128]
            length, kind = struct.unpack_from("<HB", entry, 64)
            older, younger, child = struct.unpack_from("<III", entry, 68)
            start, size = struct.unpack_from("<II", entry, 116)
            title = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            left += [(folder, older), (folder, younger)]
            if kind == _ROOT:
                self._small = self._chain(start)[:size]
                left.append(("", child))
            elif kind == _STORAGE:
                left.append((f"{folder}{title}/", child))
            elif kind == _STREAM:
                self.streams.setdefault(folder + title, (start, size))

    _small = b""

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_size
        return self._content[start : start + self._sector_size]

    def _sectors(self, start: int, following: array[int]) -> list[int]:
        numbers: list[int] = []
        while start < len(following):
            numbers.append(start)
            if len(numbers) > len(following):
                raise broken(self.name, self.what, "its sectors run in circles")
            start = following[start]
        if start not in (_END, _FREE):
            raise self._cut()
        return numbers

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._sectors(start, self._next)))

    def _numbers(self, content: bytes) -> array[int]:
        numbers = array("I", content[: len(content) // 4 * 4])
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    def _cut(self) -> SourceError:
        return broken(self.name, self.what, "it is cut short")


def pack_stream(path: str, content: bytes) -> bytes:
    """Return a compound file of one stream, in the plainest form, for calamine."""
    size = 4096  # of a sector; a stream below this size would stand elsewhere
    content += bytes(-len(content) % size)
    n_stream = len(content) // size
    n_fat = -(-(n_stream + 1) // (size // 4 - 1))
    following = [_FAT] * n_fat + [_END]
    following += [*range(n_fat + 2, n_fat + 1 + n_stream), _END]
    following += [_FREE] * (n_fat * size // 4 - len(following))
    places = [*range(n_fat), *[_FREE] * (109 - n_fat)]
    header = struct.pack(
        "<8s16xHHHHH6x9I109I",
        SIGNATURE,
        *(0x3E, 3, 0xFFFE, 12, 6),  # with 4, calamine asks for small streams as well
        *(1, n_fat, n_fat, 0, 4096, _END, 0, _END, 0),
        *places,
    )
    root = _entry("Root Entry", _ROOT, 1, _END, 0)
    listing = root + _entry(path, _STREAM, _FREE, n_fat + 1, len(content))
    fat = struct.pack(f"<{len(following)}I", *following)
    return header.ljust(size, b"\0") + fat + listing.ljust(size, b"\0") + content


def _entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
    name = title.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16x4x16xIQ",
        name,
        *(len(name), kind, 1, _FREE, _FREE, child),
        *(start, size),
    )
