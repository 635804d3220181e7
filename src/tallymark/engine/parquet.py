"""Parquet files by path: which files are meant, and whether they are one table.

Nothing is loaded: names of files and their footers are all that is read.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import duckdb

from tallymark.engine import EngineError
from tallymark.engine.sql import identifier, identifiers, literal

FILE, ROW = "tallymark_file", "tallymark_row"
"""Columns that say of each row in which file it stands, and at which place from 1."""

_ENDINGS = frozenset({".parquet", ".parq", ".pq"})
_WHOLE = re.compile(r"0|-?[1-9]\d{0,17}")
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
_TAKEN = frozenset({FILE, ROW, "filename", "file_row_number"})


@dataclass(frozen=True, kw_only=True)
class ParquetFiles:
    """The files of one table, in order, and the columns that their folders name.

    `partitions` gives the type of such a column: whole numbers as BIGINT, unless a
    leading zero would be lost, else text. `root` is left out where a file is named.
    """

    files: tuple[str, ...]
    root: str = ""
    partitions: Mapping[str, str] = field(default_factory=dict)
    is_spooled: bool = False
    """Whether they are a copy of what can be read once only."""


def parquet_files(source: str | Path | Sequence[str | Path]) -> ParquetFiles:
    """Return the files that a path means: a file, a folder, a pattern, or several.

    Of a folder all Parquet files below it count, but for hidden ones. Folders below
    what is named, called `column=value`, give each file that column.

    Raises:
        EngineError: there are none, or their folders name different columns.
    """
    named = [source] if isinstance(source, str | Path) else list(source)
    paths = [path for name in named for path in _paths(str(name))]
    files = tuple(dict.fromkeys(paths))
    if not files:
        raise EngineError("no path is named")
    is_folder = len(named) == 1 and Path(named[0]).is_dir()
    root = str(Path(named[0])) if is_folder else _shared_folder(files)
    return ParquetFiles(files=files, root=root, partitions=_partitions(files, root))


def select_parquet(connection: duckdb.DuckDBPyConnection, source: ParquetFiles) -> str:
    """Return the query for all rows of files, with `FILE` and `ROW` where they can be.

    Raises:
        EngineError: the files differ in their columns, or two columns in case only.
    """
    names = column_names(connection, source)
    columns = "*"
    if above := sorted(_folder_columns(source.files[0]) - source.partitions.keys()):
        columns += f" exclude ({identifiers(above)})" if source.partitions else ""
    if tells_rows(source, names):
        start = len(_prefix(source.root)) + 1
        columns += (
            f", substr(filename, {start}) as {FILE}, file_row_number + 1 as {ROW}"
        )
    hive = "hive_partitioning = false"
    if source.partitions:
        types = [f"{identifier(n)}: {t}" for n, t in source.partitions.items()]
        hive = "hive_partitioning = true, hive_types_autocast = false"
        hive += f", hive_types = {{{', '.join(types)}}}"
    return f"select {columns} from read_parquet({_listed(source.files)}, {hive})"


def tells_rows(source: ParquetFiles, names: Iterable[str]) -> bool:
    """Tell whether `FILE` and `ROW` can stand beside columns of these names."""
    return not source.is_spooled and _TAKEN.isdisjoint(map(str.lower, names))


def column_names(
    connection: duckdb.DuckDBPyConnection, source: ParquetFiles
) -> list[str]:
    """Return the columns of files, those that their folders name too.

    Raises:
        EngineError: the files differ in their columns, or two columns in case only.
    """
    found = connection.execute(
        "select file_name, name, duckdb_type, num_children is not null "
        f"from parquet_schema({_listed(source.files)}) where duckdb_type is not null "
        "order by file_name, column_id"
    ).fetchall()
    held: dict[str, dict[str, str]] = {}
    for file, name, type_, is_nested in found:
        if is_nested:
            return []  # told by the engine's own types
        columns = held.setdefault(file, {})
        refuse_twins([*columns, name])
        columns[name] = type_
    for one, other in pairwise(held):
        if held[one] != held[other]:
            raise EngineError(_difference(held[one], held[other], one, other))
    return [*next(iter(held.values()), {}), *source.partitions]


def refuse_twins(names: Iterable[str]) -> None:
    """Stop at two columns with one name but for capital letters.

    Raises:
        EngineError: naming both.
    """
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.lower(), name)
        if other is not name:
            raise EngineError(
                f"the columns {other!r} and {name!r} have the same name, but for "
                "capital letters; rename one"
            )


def uri_prefix(source: ParquetFiles) -> str:
    """Return what stands before a file's name in its URI, behind `file://`."""
    return f"{Path(source.root or '.').absolute().as_uri()}/".removeprefix("file://")


def _paths(name: str) -> Iterator[str]:
    if "://" in name or Path(name).is_file():
        yield name if "://" in name else str(Path(name))
        return
    found = [name] if Path(name).is_dir() else sorted(_matches(name))
    if not found:
        raise EngineError(
            "no file matches this pattern"
            if glob.has_magic(name)
            else "there is no such file or folder"
        )
    for path in found:
        if Path(path).is_dir():
            yield from _of_folder(Path(path))
        else:
            yield path


def _matches(pattern: str) -> list[str]:
    return glob.glob(pattern, recursive=True) if glob.has_magic(pattern) else []  # noqa: PTH207  # patterns that are no part of a folder


def _of_folder(folder: Path) -> list[str]:
    files = [
        str(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in _ENDINGS
        and not any(part[0] in "._" for part in path.relative_to(folder).parts)
        and path.is_file()
    ]
    if not files:
        raise EngineError("there is no Parquet file in this folder")
    return files


def _shared_folder(files: Sequence[str]) -> str:
    if any("://" in file for file in files):
        return ""
    folders = [os.path.dirname(file) for file in files]  # noqa: PTH120  # "" stays ""
    try:
        return os.path.commonpath(folders)
    except ValueError:  # some are absolute, or on other drives
        return ""


def _partitions(files: Sequence[str], root: str) -> dict[str, str]:
    """Return the columns that folders below the root name, and their types."""
    if not any("=" in file for file in files):
        return {}
    from urllib.parse import unquote  # noqa: PLC0415  # few tables need it

    values: dict[str, list[str]] = {}
    named: set[tuple[str, ...]] = set()
    for file in files:
        below = Path(file[len(_prefix(root)) :]).parts[:-1]
        pairs = [part.partition("=") for part in below if "=" in part]
        named.add(tuple(name for name, _, _ in pairs))
        for name, _, value in pairs:
            values.setdefault(name, []).append(unquote(value))
    if len(named) > 1:
        told = " or ".join(", ".join(names) or "none" for names in sorted(named))
        raise EngineError(f"the folders of its files name different columns: {told}")
    return {name: _type_of(texts) for name, texts in values.items()}


def _type_of(texts: Sequence[str]) -> str:
    is_whole = all(_WHOLE.fullmatch(t) for t in texts if t != _NO_VALUE)
    return "BIGINT" if is_whole else "VARCHAR"


def _folder_columns(file: str) -> set[str]:
    parts = Path(file).parts[:-1]
    return {part.partition("=")[0] for part in parts if "=" in part}


def _prefix(root: str) -> str:
    return "" if root in ("", ".") else str(Path(root) / "x")[:-1]


def _difference(
    one: Mapping[str, str], other: Mapping[str, str], first: str, second: str
) -> str:
    """Say how the columns of two files differ: the first column that does."""
    names = [n for n in {**one, **other} if one.get(n) != other.get(n)]
    told = [
        f"{Path(file).name} has {names[0]!r} as {held[names[0]]}"
        if names and names[0] in held
        else f"{Path(file).name} has no {names[0]!r}"
        for file, held in ((first, one), (second, other))
    ]
    return f"its files differ in their columns: {', '.join(told)}"


def _listed(files: Sequence[str]) -> str:
    """Return file names as SQL; what a pattern would mean in them is a name."""
    names = (glob.escape(f) if glob.has_magic(f) else f for f in files)
    return "[" + ", ".join(literal(name) for name in names) + "]"
