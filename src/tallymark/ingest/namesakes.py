"""Files of one name are told apart by as much of their folders as it takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from tallymark.model.columns import arrow_column
from tallymark.model.draft import Draft
from tallymark.model.letters import legible_name
from tallymark.model.submission import Submission

_TABLES = ("observations", "losses", "regions", "headings", "replaced")


def told_apart(paths: Iterable[str]) -> Mapping[str, str]:
    """Return by path what each file is called: its name, with folders if others have it.

    >>> told_apart(["data/2018/a.csv", "data/2019/a.csv", "data/b.csv"])
    {'data/2018/a.csv': '2018/a.csv', 'data/2019/a.csv': '2019/a.csv', 'data/b.csv': 'b.csv'}
    """
    alike: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        alike[legible_name(Path(path).name)].add(path)
    return {path: name for several in alike.values() for path, name in _names(several)}


def _names(several: set[str]) -> Iterable[tuple[str, str]]:
    """Yield paths of files of one name with the last parts by which they all differ."""
    parts = {path: Path(path).parts for path in sorted(several)}
    depth = 1
    while depth < max(map(len, parts.values())):
        if len({part[-depth:] for part in parts.values()}) == len(parts):
            break
        depth += 1
    for path, part in parts.items():
        yield path, legible_name("/".join(part[-depth:]).replace("//", "/"))


def apart(items: Sequence[Submission], others: Iterable[str] = ()) -> list[Submission]:
    """Return submissions under names that no two of them have, nor the `others`' paths."""
    names = told_apart([*(one.path for one in items), *others])
    return [_called(one, names[one.path]) for one in items]


def drafts_apart(drafts: Sequence[Draft], others: Iterable[str] = ()) -> list[Draft]:
    """Return drafts under names that no two of them have, nor the `others`' paths."""
    names = told_apart([*(one.path for one in drafts), *others])
    return [_draft_called(one, names[one.path]) for one in drafts]


def _draft_called(draft: Draft, name: str) -> Draft:
    if draft.grid.file == name:
        return draft
    read = draft.submission
    return replace(
        draft,
        grid=replace(draft.grid, file=name),
        submission=None if read is None else _called(read, name),
    )


def _called(submission: Submission, name: str) -> Submission:
    """Return a submission under another name, in each table of it."""
    if submission.file == name:
        return submission
    tables = {table: _renamed(getattr(submission, table), name) for table in _TABLES}
    return replace(submission, file=name, **tables)


def _renamed(table: pa.Table, name: str) -> pa.Table:
    column = table.schema.get_field_index("source_file")
    names = arrow_column([name] * table.num_rows, pa.string())
    return table.set_column(column, table.schema.field(column), names)
