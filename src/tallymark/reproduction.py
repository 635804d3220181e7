"""Outputs made again from their provenance: inputs found, steps redone, bytes compared.

Hides how an input is found again; the steps are redone by `redoing`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tallymark import pipeline
from tallymark.documents.own import FOLDERS
from tallymark.errors import UsageError
from tallymark.model.draft import Unknown
from tallymark.model.reproduction import Reproduction
from tallymark.model.submission import Submissions
from tallymark.model.verification import Verification
from tallymark.outputs import provenance_of, save
from tallymark.present.provenance import SCHEMA, SUFFIX, provenance_json
from tallymark.present.provenance_changes import changes, moved_figures
from tallymark.present.table.csv import NOTES_SUFFIX
from tallymark.present.verification.look import verify as find_differences
from tallymark.redoing import cannot, listed_names, redone
from tallymark.results import Figures, Table

Document = Mapping[str, Any]
Arguments = Mapping[str, str]

_LARGEST = 1 << 30
"""Bytes of a file that is looked at, when an input is sought by its hash."""

_PARTS: Mapping[str, Sequence[str]] = {
    "outputs": ("file", "sha256"),
    "inputs": (
        "file",
        "sha256",
        "adapter",
        "adapter_version",
        "layout",
        "not_personal",
    ),
    "suites": ("name", "sha256"),
    "steps": ("operation", "arguments"),
}
"""Lists that a provenance must hold, each with what its parts must have."""


@dataclass(frozen=True, kw_only=True)
class _Order:
    """What is to be made again, and with what besides the inputs."""

    then: Document
    target: str
    text: Path | None
    caveats: Sequence[str]
    own: Path | None
    places: Mapping[str, Path] = field(default_factory=dict)
    """Where inputs stand, by their names, if they were looked for."""


@dataclass(frozen=True)
class _Made:
    """An output as it comes out now."""

    files: Mapping[str, bytes]
    document: Document


def read_provenance(path: Path) -> Document:
    """Return the provenance that a file holds.

    Raises:
        UsageError: it cannot be read, or is none of this version.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot be read: {error}.", where=str(path)) from error
    except ValueError as error:
        beside = provenance_beside(path)
        hint = f"Name {beside} instead." if beside.is_file() else ""
        raise UsageError("is no provenance.", where=str(path), hint=hint) from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise UsageError(
            f"is no provenance of this version ({SCHEMA}).",
            where=str(path),
            hint="Make the output again with this version of tallymark.",
        )
    if flaw := _flaw(document):
        raise UsageError(
            f"is damaged: {flaw}.", where=str(path), hint="Make the output again."
        )
    return document


def _flaw(document: Document) -> str:
    """Return what a provenance lacks; nothing if it can be used."""
    for name, parts in _PARTS.items():
        held = document.get(name)
        if not isinstance(held, list) or not all(isinstance(i, dict) for i in held):
            return f"it has no {name}"
        for part in parts:
            if any(part not in item for item in held):
                return f"a part of {name} has no {part}"
    if not isinstance(document.get("documents"), dict) or not document["steps"]:
        return "it has no documents or steps"
    numbers = {note.get("number") for note in document.get("notes", ())}
    marks = {n for name in ("cells", "figures") for cell in document.get(name, ())
             for n in cell["notes"]}  # fmt: skip
    return "it lacks a note" if marks - numbers else ""


def provenance_beside(output: Path) -> Path:
    """Return the path of an output's provenance; of a Word file, that of its page too.

    Raises:
        UsageError: there is none.
    """
    stems = [output.name, *(output.stem + end for end in (".html", ".md", ""))]
    for stem in stems:
        path = output.with_name(stem + SUFFIX)
        if path.is_file():
            return path
    raise UsageError(
        "no provenance stands beside it.",
        where=str(output),
        hint=f"Put {output.name}{SUFFIX} there, or name it with --provenance.",
    )


def reproduce(
    path: Path,
    folder: Path | None = None,
    *,
    caveats: Sequence[str] = (),
    own: Path | None = None,
) -> Reproduction:
    """Make an output again from the inputs that its provenance names.

    They are looked for in `folder`, by default the provenance's own: by hash, then by
    name. `own` is the folder of the user's own documents.

    Raises:
        UsageError: the provenance cannot be used, or a step cannot be done again.
    """
    then = read_provenance(path)
    target = path.name.removesuffix(SUFFIX)
    wanted = [*then["inputs"], *([then["text"]] if "text" in then else [])]
    found = find_inputs(wanted, folder or path.parent)
    outputs = [output["file"] for output in then["outputs"]]
    missing = tuple(
        f"{item['file']} (SHA-256 {item['sha256']})"
        for item in wanted
        if item["file"] not in found
    )
    lacking = _missing_documents(then, own)
    if missing or lacking:
        return Reproduction(
            file=target,
            outputs=(),
            changed_outputs=(),
            causes=(),
            missing=missing,
            missing_documents=lacking,
        )
    text = found.pop(then["text"]["file"]) if "text" in then else None
    order = _Order(
        then=then, target=target, text=text, caveats=caveats, own=own, places=found
    )
    made = _made(order, list(found.values()))
    hashes = {o["file"]: o["sha256"] for o in then["outputs"]}
    return Reproduction(
        file=target,
        outputs=tuple(outputs),
        changed_outputs=tuple(
            name for name in outputs if _hash(made.files.get(name, b"")) != hashes[name]
        ),
        causes=changes(then, made.document),
        moved=moved_figures(then, made.document),
    )


def verify(
    path: Path,
    provenance: Path | None = None,
    data: Sequence[Path] = (),
    *,
    caveats: Sequence[str] = (),
    own: Path | None = None,
) -> Verification:
    """Say whether a printed output is still what was printed.

    With `data`, it is held against the figures of these files as they are today.

    Raises:
        UsageError: there is no provenance, this kind of file cannot be verified, or an
            own document is missing.
        SourceError: the file cannot be read.
    """
    document = read_provenance(provenance or provenance_beside(path))
    if data:
        if lacking := _missing_documents(document, own):
            raise UsageError(
                f"documents of your own are missing: {'; '.join(lacking)}.",
                where=str(path),
                hint="Name the folder that holds them with --own.",
            )
        order = _Order(
            then=document, target=path.name, text=None, caveats=caveats, own=own
        )
        document = _made(order, data).document
    notes = path.with_name(path.name + NOTES_SUFFIX)
    try:
        content = path.read_bytes()
        beside = notes.read_bytes() if notes.is_file() else None
    except OSError as error:
        raise UsageError(f"cannot be read: {error}.", where=str(path)) from error
    return find_differences(document, path.name, content, beside)


def fill(
    text: Path,
    data: Sequence[Path],
    output: Path,
    *,
    by: Sequence[str],
    caveats: Sequence[str] = (),
    own: Path | None = None,
) -> tuple[Path, ...]:
    """Put figures into a Markdown text, and write it with its provenance beside it.

    Raises:
        UsageError: a file cannot be read or written.
        DocumentError: a placeholder means several figures, or none; all are told.
    """
    if output.resolve() == text.resolve():
        raise UsageError(
            "is the text itself.", where=str(output), hint="Name another output."
        )
    submissions = _read(list(data), None, {}, own)
    findings = pipeline.check(submissions, keep=0)
    figures = pipeline.interpret(submissions, findings, caveats=caveats)
    filled, provenance = pipeline.fill(_text(text), text.name, figures, by)
    return save(output, {output.name: filled.encode()}, provenance)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read: {error}.", where=str(path)) from error


def _read(
    paths: Sequence[Path],
    adapter: str | None,
    declared: Mapping[str, str],
    own: Path | None,
    replaces: Sequence[tuple[str, str]] = (),
) -> Submissions:
    """Return what files say; one that cannot be read stops here."""
    submissions = pipeline.read(
        list(paths), adapter, own=own, not_personal=declared, replaces=replaces
    )
    if submissions.errors:
        raise submissions.errors[0]
    if not submissions.items:
        raise UsageError("no file was read.", where=", ".join(map(str, paths)))
    return submissions


def _missing_documents(then: Document, own: Path | None) -> tuple[str, ...]:
    """Return the own documents that a provenance names and that are not there."""
    missing = []
    for kind, ids in then.get("own", {}).items():
        for id_ in ids:
            name = f"{FOLDERS[kind]}/{id_}.yaml"
            if own is None or not (own / name).is_file():
                hash_ = then["documents"].get(kind, {}).get(id_, "not told")
                missing.append(f"{name} (hash {hash_})")
    return tuple(missing)


def find_inputs(inputs: Iterable[Document], folder: Path) -> dict[str, Path]:
    """Return where inputs stand, by name: those with the right hash, else of that name."""
    if not folder.is_dir():
        raise UsageError("is no folder.", where=str(folder))
    wanted = list(inputs)
    names = {item["file"] for item in wanted}
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files.sort(key=lambda path: path.name not in names)
    named: dict[str, Path] = {}
    for path in files:
        named.setdefault(path.name, path)
    by_hash: dict[str, Path] = {}
    hashes = {item["sha256"] for item in wanted}
    for path in files:
        if not hashes - by_hash.keys():
            break
        if path.stat().st_size <= _LARGEST:
            by_hash.setdefault(_hash(path.read_bytes()), path)
    found: dict[str, Path] = {}
    for item in wanted:
        place = by_hash.get(item["sha256"], named.get(item["file"]))
        if place is not None:
            found[item["file"]] = place
    return found


def _versions(order: _Order) -> list[tuple[str, str]]:
    """Return which inputs were declared to replace others, by where they stand now."""
    stands = {name: str(path) for name, path in order.places.items()}
    return [
        (stands.get(item["file"], item["file"]), stands.get(older, older))
        for item in order.then["inputs"]
        for older in item.get("replaces") or ()
    ]


def _made(order: _Order, paths: Sequence[Path]) -> _Made:
    then, target = order.then, order.target
    adapters = {item["adapter"] for item in then["inputs"]}
    declared = {
        n: r for item in then["inputs"] for n, r in item["not_personal"].items()
    }
    if guessed := then["steps"][-1]["arguments"].get("guessed"):
        return _guessed(
            order, paths, declared, is_asked=guessed == pipeline.GUESSED_ALL
        )
    adapter = adapters.pop() if len(adapters) == 1 else None
    submissions = _read(paths, adapter, declared, order.own, _versions(order))
    suites = [suite["name"] for suite in then["suites"]]
    *steps, last = then["steps"]
    if last["operation"] == "check":
        return _checked(then, submissions, suites, last)
    findings = pipeline.check(submissions, suites, keep=0)
    read = pipeline.interpret(submissions, findings, caveats=order.caveats)
    figures = redone(read, steps)
    if last["operation"] == "fill":
        return _filled(order, figures)
    if last["operation"] != "table":
        raise cannot(last["operation"])
    table = laid_out(figures, last["arguments"])
    files = table.files(Path(target)) if _is_format(target) else {}
    content = provenance_json(table.provenance(), files)
    return _Made(files, json.loads(content))


def _filled(order: _Order, figures: Figures) -> _Made:
    then = order.then
    text = _bare(then) if order.text is None else _text(order.text)
    by = listed_names(then["steps"][-1]["arguments"]["by"])
    filled, made = pipeline.fill(text, then["text"]["file"], figures, by)
    files = {order.target: filled.encode()}
    return _Made(files, json.loads(provenance_json(made, files)))


def _bare(then: Document) -> str:
    """Return a text with the figures of another, whose notes get the same numbers."""
    first = min((note["number"] for note in then["notes"]), default=1)
    places = [f"{{{{figure {figure['id']}}}}}" for figure in then["figures"]]
    return "\n\n".join([f"[^{first - 1}]", *places])


def _checked(
    then: Document, submissions: Submissions, suites: Sequence[str], step: Any
) -> _Made:
    findings = pipeline.check(submissions, suites)
    language = step["arguments"]["language"]
    files = pipeline.findings_files(submissions, findings, language)
    made = provenance_of(submissions, findings, ())
    document = {**json.loads(provenance_json(made, files)), "steps": then["steps"]}
    return _Made(files, document)


def _guessed(
    order: _Order,
    paths: Sequence[Path],
    declared: Mapping[str, str],
    *,
    is_asked: bool,
) -> _Made:
    """Return what a check gives some of whose files are read with guesses."""
    then = order.then
    unknown = Unknown(is_all=is_asked)
    submissions = pipeline.read(
        list(paths), own=order.own, not_personal=declared, unknown=unknown
    )
    submissions, drafts = pipeline.with_drafts(
        submissions, unknown, not_personal=declared
    )
    if submissions.errors:
        raise submissions.errors[0]
    suites = [s["name"] for s in then["suites"] if s["name"] != pipeline.CELL_SUITE]
    findings = pipeline.check_all(submissions, drafts, suites)
    report = replace(
        pipeline.report(submissions, findings, drafts),
        language=then["steps"][-1]["arguments"]["language"],
        is_guess_asked=is_asked,
    )
    files = pipeline.report_files(report)
    made = provenance_of(pipeline.with_guessed(submissions, drafts), findings, ())
    document = {**json.loads(provenance_json(made, files)), "steps": then["steps"]}
    return _Made(files, document)


def laid_out(figures: Figures, arguments: Arguments) -> Table:
    """Return the table that a step tells of."""
    return pipeline.table(
        figures, listed_names(arguments["rows"]), listed_names(arguments["columns"])
    )


def _is_format(target: str) -> bool:
    return target.lower().endswith((".html", ".md", ".csv"))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
