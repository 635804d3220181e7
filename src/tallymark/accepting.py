"""A mapping workbook to an own adapter: composed, tried on its file, then written.

Hides where documents stand in the own folder. All of them are written, or none.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PureWindowsPath
from typing import Any

import pyarrow as pa

from tallymark import ingest
from tallymark.documents import definition_questions, read_document
from tallymark.documents.own import ADAPTERS, COUNTRIES, GOLDEN, SERIES
from tallymark.errors import SourceError, TallymarkError, UsageError
from tallymark.ingest.adapter.loading import BUILT_IN
from tallymark.ingest.golden import golden_csv
from tallymark.ingest.returned.decisions import read_mapping
from tallymark.ingest.settling import Settled, settle
from tallymark.model.accepted import Accepted
from tallymark.model.definition import value_at
from tallymark.model.draft import Draft
from tallymark.model.mapping_workbook import DRAFT, Decided, heading_of
from tallymark.model.submission import Submission
from tallymark.present.draft.xlsx import workbook
from tallymark.present.draft.yaml import yaml_text
from tallymark.present.writing import write_files

Document = dict[str, Any]

_MONTHS = 12
_ETHIOPIAN_NEW_YEAR = 9
"""Month in which the first of the Ethiopian months begins."""

_UNSAID = {"counting_unit": "UNSTATED", "scope": "OTHER"}
"""What a table says of fields that nobody has said; an answer goes in its place."""


@dataclass(frozen=True, kw_only=True)
class _Made:
    """The documents of an adapter, by their paths in the own folder."""

    id: str
    adapter: Document
    series: Mapping[str, Document]

    def files(self) -> dict[str, bytes]:
        texts = {f"{ADAPTERS}/{self.id}.yaml": self.adapter}
        texts |= {f"{SERIES}/{id_}.yaml": series for id_, series in self.series.items()}
        return {name: yaml_text(part).encode() for name, part in texts.items()}


def accept(
    mapping: Path, own: Path, *, file: Path | None = None, replace: bool = False
) -> Accepted:
    """Write the adapter and the series that a mapping workbook decides, once they read.

    `file` is the one that the workbook is about, if it stands elsewhere by now.

    Raises:
        SourceError: the workbook or its file cannot be read, or the adapter reads
            nothing.
        DocumentError: with everything in the workbook that cannot be taken.
        UsageError: the file is not found, or a document is there already.
    """
    said = read_mapping(mapping)
    path = _found(said.source, mapping, said.sha256) if file is None else file
    settled = settle(said, path)
    if settled.opened:
        return _asked_again(mapping, path, settled)
    made = _made(settled)
    golden = own / GOLDEN / f"{made.id}.yaml"
    before = _before(own, made, golden, said.sha256, is_allowed=replace)
    if before:
        made.adapter["version"] = before["version"] + 1
    files = made.files()
    submission = _tried(files, own, path, said.not_personal)
    files |= {
        f"{GOLDEN}/{made.id}.csv": golden_csv(submission, golden.with_suffix(".csv")),
        f"{GOLDEN}/{made.id}.yaml": yaml_text(
            {
                "version": 1,
                "source": {"title": f"Accepted from {mapping.name}"},
                "adapter": made.id,
                "input": _from(golden.parent, path),
                "sha256": said.sha256,
                "series": list(made.series),
                "not_personal": dict(said.not_personal),
            }
        ).encode(),
    }
    written = _written(own, files)
    for id_ in before.get("series", ()):
        if id_ not in made.series:
            (own / SERIES / f"{id_}.yaml").unlink(missing_ok=True)
    return Accepted(
        adapter=made.id,
        file=path,
        written=written,
        is_replaced=bool(before),
        problems=settled.draft.problems,
        submission=submission,
        unknown=_unknown(made.series),
        left=tuple(_left(settled.untouched.submission, submission)),
    )


def _found(source: str, mapping: Path, sha256: str) -> Path:
    """Return the file that a workbook is about, by its path as it was, or beside it.

    Raises:
        UsageError: it is not there.
    """
    folders = [Path(), mapping.parent, mapping.parent.parent]
    names = dict.fromkeys([source, PureWindowsPath(source).name])
    places = [folder / name for name in names for folder in folders if name]
    there = [place for place in places if place.is_file()]
    for place in there:
        if hashlib.sha256(place.read_bytes()).hexdigest() == sha256:
            return place
    if there:
        return there[0]  # it is told to have changed
    raise UsageError(
        f"the file that this workbook is about is not found: {source}.",
        where=str(mapping),
        hint="Name it with --file.",
    )


def _asked_again(mapping: Path, path: Path, settled: Settled) -> Accepted:
    """Write a workbook with what was decided and the guesses that came up."""
    target = _free(mapping)
    content = workbook(settled.asked, settled.decided)
    written = write_files(target.parent, {target.name: content})
    return Accepted(
        adapter=str(settled.draft.document["id"]),
        file=path,
        written=written,
        opened=settled.opened,
    )


def _free(path: Path) -> Path:
    n = 2
    while (free := path.with_name(f"{path.stem}-{n}.xlsx")).exists():
        n += 1
    return free


def _made(settled: Settled) -> _Made:
    """Return the documents that a draft and the answers give."""
    draft, decided = settled.draft, settled.decided
    adapter = deepcopy(dict(draft.document))
    said = decided.publication
    id_ = said.get("adapter.id", str(adapter["id"]).removeprefix(DRAFT))
    names = _series_names(draft, id_)
    source = dict(adapter["source"])
    source["title"] = said.get("source.title", source["title"])
    if "source.publisher" in said:
        source["publisher"] = said["source.publisher"]
    adapter |= {"id": id_, "title": source["title"], "source": source}
    if "vintage" in said:
        adapter["vintage"] = date.fromisoformat(said["vintage"])
    calendars = _calendars(draft)
    series = {
        names[old]: _series(
            names[old],
            {**definition, "calendar": calendars.get(old, definition["calendar"])},
            source,
            decided,
        )
        for old, definition in draft.series.items()
    }
    if len(series) == 1:
        next(iter(series.values()))["title"] = source["title"]
    return _Made(id=id_, adapter=_renamed(adapter, names, series), series=series)


def _calendars(draft: Draft) -> dict[str, Document]:
    """Return the calendar that was decided for each table, by its series' id."""
    decided = {guess.id for guess in draft.guesses if guess.aspect == "calendar"}
    found = {}
    for table in draft.document["tables"]:
        if f"{table['name']}.calendar" not in decided:
            continue
        rule = table.get("period", {})
        name, month = rule.get("calendar", "gregorian"), rule.get("first_month")
        if month and name == "ethiopian":
            month = (month + _ETHIOPIAN_NEW_YEAR - 2) % _MONTHS + 1
        found[table["constants"]["series_id"]] = {
            "name": name,
            "first_month": month or "unknown",
        }
    return found


def _series_names(draft: Draft, id_: str) -> dict[str, str]:
    """Return a new id for each series of a draft: the adapter's, and the table's."""
    start = id_.replace("-", "_")
    if len(draft.series) == 1:
        return dict.fromkeys(draft.series, start)
    tails = [old.rpartition("_")[2] for old in draft.series]
    if len(set(tails)) < len(tails):
        tails = [str(n) for n in range(1, len(tails) + 1)]
    return {
        old: f"{start}_{tail}" for old, tail in zip(draft.series, tails, strict=True)
    }


def _series(
    id_: str, definition: Mapping[str, Any], source: Document, decided: Decided
) -> Document:
    made = deepcopy(dict(definition))
    own = decided.only_for.get(heading_of(definition), {})
    for field, value in {**decided.definition, **own}.items():
        *folders, name = field.split(".")
        held = made
        for folder in folders:
            held = held[folder]
        held[name] = value
    made |= {"id": id_, "definition_family": id_, "source": {**source}}
    if "source.title" in decided.publication:
        made["title"] = f"{source['title']} ({id_.rpartition('_')[2]})"
    if "publisher" in source:
        made["provider"] = source["publisher"]
    return made


def _renamed(
    content: Any, names: Mapping[str, str], series: Mapping[str, Document]
) -> Any:
    """Return an adapter document with new ids of series, and with what they answer."""
    if isinstance(content, list):
        return [_renamed(part, names, series) for part in content]
    if not isinstance(content, Mapping):
        return content
    made = {key: _renamed(part, names, series) for key, part in content.items()}
    old = str(content.get("series_id"))
    if old in names:
        made["series_id"] = names[old]
        for field, unsaid in _UNSAID.items():
            answer = series[names[old]].get(field)
            if made.get(field) == unsaid and answer not in (None, "unknown", "varies"):
                made[field] = answer
    return made


def _before(
    own: Path, made: _Made, golden: Path, sha256: str, *, is_allowed: bool
) -> Document:
    """Return what an earlier acceptance of the same adapter wrote; nothing if none did.

    Raises:
        UsageError: a document of these names is there, and not from the same file.
    """
    if (BUILT_IN / f"{made.id}.yaml").is_file():
        raise UsageError(
            f"{made.id!r} is an adapter that comes with Tallymark.",
            hint="Write another name of the adapter on the sheet Definition.",
        )
    there = [own / name for name in made.files() if (own / name).exists()]
    if not there:
        return {}
    known = read_document(golden) if golden.is_file() else {}
    is_same = known.get("sha256") == sha256 and known.get("adapter") == made.id
    if not is_same and not is_allowed:
        raise UsageError(
            "is there already, and was not accepted from the same file.",
            where=str(there[0]),
            hint="Write another name of the adapter on the sheet Definition, or replace"
            " it with --replace.",
        )
    old = own / ADAPTERS / f"{made.id}.yaml"
    version = read_document(old).get("version", 0) if old.is_file() else 0
    return {"version": version, "series": known.get("series", ()) if is_same else ()}


def _tried(
    files: Mapping[str, bytes], own: Path, path: Path, declared: Mapping[str, str]
) -> Submission:
    """Return what the adapter reads in its file, found among all others by its texts.

    Raises:
        TallymarkError: the adapter is faulty, another one fits too, or nothing is read.
    """
    with _trial_folder(own, files) as trial:
        found = ingest.read([path], own=trial, not_personal=declared)
    if found.errors:
        _refuse_read_already(own, path, declared)
        raise _of_trial(found.errors[0], path)
    (submission,) = found.items
    if not submission.observations.num_rows:
        raise SourceError(
            "The adapter reads no figure, so nothing was written.",
            where=str(path),
            hint="Look at the rows of the mapping workbook that say which columns hold"
            " figures.",
        )
    return submission


def _refuse_read_already(own: Path, path: Path, declared: Mapping[str, str]) -> None:
    """Pass if no adapter reads the file without the new one.

    Raises:
        SourceError: it names the one that does.
    """
    found = ingest.read([path], own=own, not_personal=declared)
    for submission in found.items:
        raise SourceError(
            f"The adapter {submission.adapter!r} reads this file already, so nothing was"
            " written.",
            where=str(path),
            hint="Use that one. If it is your own, give the new one its name on the sheet"
            " Definition: then it takes its place.",
        )


def _of_trial(error: TallymarkError, path: Path) -> SourceError:
    return SourceError(
        f"The adapter does not read its own file, so nothing was written: {error.what}",
        where=str(path),
        hint=error.hint,
    )


@contextmanager
def _trial_folder(own: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Give a copy of the own folder with the new documents in it, and remove it."""
    with tempfile.TemporaryDirectory(prefix="tallymark-") as folder:
        trial = Path(folder)
        for kind in (ADAPTERS, SERIES, COUNTRIES):
            (trial / kind).mkdir()
            for path in (own / kind).glob("*.yaml"):
                shutil.copy(path, trial / kind / path.name)
        for name, content in files.items():
            (trial / name).write_bytes(content)
        yield trial


def _written(own: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write documents into the own folder, and make the folders that are missing.

    Raises:
        UsageError: one cannot be written; then none is.
    """
    made = []
    try:
        for folder in dict.fromkeys((own / name).parent for name in files):
            if not folder.is_dir():
                folder.mkdir(parents=True)
                made.append(folder)
        return write_files(own, files)
    except (OSError, UsageError) as error:
        for folder in reversed(made):
            folder.rmdir()
        if isinstance(error, UsageError):
            raise
        raise UsageError(
            f"cannot be written to: {error.strerror}.",
            where=str(own),
            hint="Name another folder with --own.",
        ) from error


def _from(folder: Path, path: Path) -> str:
    """Return a path as it is found from a folder; as it is where that is not possible."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return str(path.resolve())


def _left(before: Submission | None, now: Submission) -> Iterator[str]:
    """Give the cells of numbers that the guesses read and the decisions do not."""
    if before is None:
        return
    held = {*_refs(now.observations), *_refs(now.losses)}
    numbers = before.observations.column("obs_value").to_pylist()
    for ref, number in zip(_refs(before.observations), numbers, strict=True):
        if number is not None and ref not in held:
            yield ref


def _refs(cells: pa.Table) -> list[str]:
    found: list[str] = cells.column("source_ref").to_pylist()
    return found


def _unknown(series: Mapping[str, Document]) -> tuple[str, ...]:
    """Return the questions of the definition that some series leaves open."""
    return tuple(
        question.text
        for question in definition_questions()
        if not question.field.startswith("capacity.")
        and any(
            value_at(definition, question.field) in ("unknown", "UNSTATED", None)
            for definition in series.values()
        )
    )
