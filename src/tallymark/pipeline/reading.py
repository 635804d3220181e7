"""Files into observations: with an adapter, with guesses, and cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tallymark.errors import LayoutError, NoAdapterError, TallymarkError
from tallymark.model.draft import Draft, Unknown
from tallymark.model.submission import Submissions

Paths = str | Path | Sequence[str | Path]


def read(
    paths: Paths,
    adapter: str | None = None,
    *,
    own: str | Path | None = None,
    not_personal: Mapping[str, str] | None = None,
    replaces: Sequence[tuple[str, str]] = (),
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    unknown: Unknown | None = None,
) -> Submissions:
    """Read files, or folders of files, into observations.

    Without `adapter`, each file's adapter is found by the texts in it. Files that
    cannot be read stand in `errors`; the others are read all the same. `own` is a folder
    with adapters, series and country facts of the user's own, beside the shipped ones.
    `not_personal` gives the reason why a sheet, by its name, is no list of persons.
    `replaces` has pairs of files, the newer and the older version of the same figures.

    Many files are read by `jobs` processes, as many as there are processors if null.
    What was read is kept in the folder `cache`, if there is one, and files that have
    not changed are taken from it. `progress` is called with the number of files done
    and of all files. `unknown` is for `with_drafts`: it says whether adapters are asked
    at all, and is told the cells of files that none fits.

    Raises:
        SourceError: two files hold a figure for the same thing, and neither is
            declared to be newer.
        UsageError: there is no such adapter or folder.
        DocumentError: an adapter or an own document is faulty.
    """
    from tallymark import ingest

    several = [paths] if isinstance(paths, str | Path) else paths
    return ingest.read(
        [Path(path) for path in several],
        adapter,
        own=None if own is None else Path(own),
        not_personal=not_personal or {},
        replaces=replaces,
        asks_adapters=unknown is None or not unknown.is_all,
        batch=ingest.Batch(
            jobs=jobs,
            cache=None if cache is None else Path(cache),
            progress=progress,
            unknown=None if unknown is None else unknown.grids,
        ),
    )


def draft(path: str | Path, *, not_personal: Mapping[str, str] | None = None) -> Draft:
    """Read a file that no adapter fits with guesses, each with its reason.

    `check` takes what it returns. Nothing of it can be set in a table or held to a
    claim before somebody has confirmed the guesses.

    Raises:
        SourceError: the file cannot be read, or tells of persons.
    """
    from tallymark import ingest

    return ingest.draft(Path(path), not_personal=not_personal or {})


def with_drafts(
    submissions: Submissions,
    unknown: Unknown,
    *,
    not_personal: Mapping[str, str] | None = None,
) -> tuple[Submissions, tuple[Draft, ...]]:
    """Return what was read, and drafts of the files that no adapter fits, or of all.

    `unknown` is what `read` was given. A file that cannot be read with guesses stands in
    `errors` as before.
    """
    from tallymark import ingest

    is_asked = unknown.is_all
    wanted = (NoAdapterError, LayoutError) if is_asked else NoAdapterError
    paths = [Path(s.path) for s in submissions] if is_asked else []
    paths += [Path(e.where) for e in submissions.errors if isinstance(e, wanted)]
    errors = [e for e in submissions.errors if not isinstance(e, wanted)]
    drafts: dict[str, Draft] = {}
    for path in paths:
        try:
            made = ingest.draft(
                path,
                not_personal=not_personal or {},
                grid=unknown.grids.pop(str(path), None),
            )
        except TallymarkError as error:
            errors.append(error)
        else:
            first = drafts.setdefault(made.grid.sha256, made)
            if first is not made:
                errors.append(ingest.same_file(first.path, path))
    items = () if is_asked else submissions.items
    read_ = replace(submissions, items=items, errors=tuple(errors))
    return ingest.with_drafts(read_, tuple(drafts.values()))


def trace_as(
    path: str | Path,
    name: str,
    adapter: str | None = None,
    *,
    is_plain: bool = False,
    own: str | Path | None = None,
    not_personal: Mapping[str, str] | None = None,
) -> bytes:
    """Return what each cell of a file became, as `text` or `html`.

    With `is_plain` no adapter is asked: the file is shown as its reader sees it.

    Raises:
        SourceError: the file cannot be read, or no adapter fits.
    """
    from tallymark import ingest
    from tallymark.present import render

    trace = ingest.trace(
        Path(path),
        adapter,
        is_plain=is_plain,
        own=None if own is None else Path(own),
        not_personal=not_personal or {},
    )
    return render("trace", name, trace)[""]
