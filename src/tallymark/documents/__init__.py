"""YAML and JSON files into frozen records, or one error that lists every problem.

Hides pydantic and the YAML reader. A duplicate key is a problem too: YAML itself
would keep the last one in silence.
"""

from __future__ import annotations

import csv
import hashlib
import json
import unicodedata
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

import yaml

from tallymark.documents.structure import DoubtError, structure_of
from tallymark.errors import DocumentError, Problem
from tallymark.model.context import Reference
from tallymark.model.country import Country
from tallymark.model.definition import DefinitionQuestion, DefinitionQuestions
from tallymark.model.series import Series

Record = TypeVar("Record")

REFERENCE = Path(__file__).parents[1] / "reference"
"""Series, countries and code lists that come with Tallymark."""

_NONE: Mapping[str, Any] = MappingProxyType({})

_PLAIN_WORDS = {
    "invalid_key": "this key is no text; inside {…}, text with a comma needs quotes",
    "missing": "this key is missing",
    "missing_argument": "this key is missing",
    "missing_keyword_only_argument": "this key is missing",
    "extra_forbidden": "this key is not known",
    "unexpected_keyword_argument": "this key is not known",
}

_PLAIN_NEEDS = {
    "dataclass_type": "a mapping (`key: value`) is needed here",
    "mapping_type": "a mapping (`key: value`) is needed here",
    "tuple_type": "a list is needed here",
}

_MOST_VALUES = 500_000
_TOO_DEEP = "brackets or indents lie too deep in one another"
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _DuplicateKeyError(yaml.MarkedYAMLError):
    pass


class _UniqueKeyLoader(_Loader):  # type: ignore[misc]  # chosen at run time
    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002  # PyYAML's signature
    ) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                continue  # `<<: *name`: keys of this mapping go before merged ones
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise _DuplicateKeyError(
                    problem=f"key {key!r} stands twice",
                    problem_mark=key_node.start_mark,
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)  # type: ignore[no-any-return]


def _time(loader: Any, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise yaml.MarkedYAMLError(
            problem=f"there is no such day or time: {node.value} ({error})",
            problem_mark=node.start_mark,
        ) from error


_UniqueKeyLoader.add_constructor("tag:yaml.org,2002:timestamp", _time)


def read_document(path: Path) -> Any:
    """Return the plain content of a YAML or JSON file, with composed letters (`ô`).

    Raises:
        DocumentError: the file cannot be read or parsed.
    """
    try:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        return (
            json.loads(text) if path.suffix == ".json" else parse_yaml(text, path.name)
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise DocumentError(path.name, [Problem(error.msg, place)]) from error
    except RecursionError as error:
        raise DocumentError(path.name, [Problem(_TOO_DEEP, "$")]) from error
    except (OSError, ValueError) as error:
        raise DocumentError(path.name, [Problem(f"cannot be read: {error}")]) from error


def parse_yaml(text: str, file: str, *, after_line: int = 0) -> Any:
    """Return the plain content of YAML text that stands in a file after a line.

    Raises:
        DocumentError: it cannot be parsed, or unfolds by references to far more values
            than people write.
    """
    try:
        content = yaml.load(text, Loader=_UniqueKeyLoader)  # noqa: S506  # a safe one
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = "$"
        if mark:
            place = f"line {mark.line + 1 + after_line}, column {mark.column + 1}"
        raise DocumentError(file, [Problem(str(error.problem), place)]) from error
    except RecursionError as error:
        raise DocumentError(file, [Problem(_TOO_DEEP, "$")]) from error
    except (
        yaml.YAMLError,
        ValueError,
        TypeError,
    ) as error:  # of no place, some of them
        said = " ".join(str(error).split())
        raise DocumentError(file, [Problem(f"cannot be read: {said}", "$")]) from error
    if "&" in text and _size(content, {}) > _MOST_VALUES:
        said = f"it unfolds to more than {_MOST_VALUES:,} values"
        raise DocumentError(file, [Problem(said, "$")])
    return content


def _size(node: Any, known: dict[int, int]) -> int:
    """Return how many values a document has; what is referred to counts each time."""
    if not isinstance(node, list | Mapping):
        return 1
    if id(node) not in known:
        known[id(node)] = _MOST_VALUES  # one that holds itself
        parts = node.values() if isinstance(node, Mapping) else node
        known[id(node)] = 1 + sum(_size(part, known) for part in parts)
    return known[id(node)]


def validated(content: Any, record: type[Record], *, file: str) -> Record:
    """Return `content` as a record.

    Raises:
        DocumentError: with every problem and its path.
    """
    try:
        return cast("Record", structure_of(cast("Any", record))(content))
    except DoubtError:
        return _validated_at_length(content, record, file)


def load(path: Path, record: type[Record]) -> Record:
    """Return the record that a file holds.

    Raises:
        DocumentError: with every problem and its path.
    """
    return validated(read_document(path), record, file=path.name)


class DocumentFolder(Mapping[str, Record]):
    """The records of a folder by the names of their files, each read when asked for.

    `given` are further ones, which are read already.
    """

    def __init__(
        self, folder: Path, record: type[Record], given: Mapping[str, Record]
    ) -> None:
        self._paths = {p.stem: p for p in sorted(folder.glob("*.yaml"))}
        self._record = record
        self._read = dict(given)
        self._names = list(dict.fromkeys([*self._paths, *given]))

    def __getitem__(self, name: str) -> Record:
        if name not in self._read:
            self._read[name] = load(self._paths[name], self._record)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def read_code_list(path: Path) -> list[dict[str, str]]:
    """Return the rows of a code list in CSV; lines that begin with `#` are its heading."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if line[:1] != "#"))


def content_hash(*paths: Path) -> str:
    """Return a short hash of the files' bytes, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda p: p.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _validated_at_length(content: Any, record: type[Record], file: str) -> Record:
    # pydantic loads only to tell what is wrong with a document.
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415  # see above

    try:
        return TypeAdapter(record).validate_python(content)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise DocumentError(file, _problems(found, content)) from error


def _problems(details: Sequence[Mapping[str, Any]], content: Any) -> list[Problem]:
    problems: dict[str, str] = {}
    for detail in details:
        path = _path(detail["loc"], content)
        said = _PLAIN_WORDS.get(detail["type"])
        if said is None:
            needed = _PLAIN_NEEDS.get(detail["type"], detail["msg"])
            value = detail["input"]
            said = f"{needed}, found {'nothing' if value is None else f'{value!r:.80}'}"
        problems[path] = f"{problems[path]}; or: {said}" if path in problems else said
    return [Problem(what, path) for path, what in problems.items()]


def _path(loc: tuple[int | str, ...], content: Any) -> str:
    """Write pydantic's location as a path, leaving out the names of union branches."""
    path, here = "$", content
    for i, step in enumerate(loc):
        if isinstance(here, list) and isinstance(step, int) and step < len(here):
            path, here = f"{path}[{step}]", here[step]
        elif isinstance(here, dict) and (step in here or i == len(loc) - 1):
            path, here = f"{path}.{step}", here.get(step)
    return path


def load_reference(
    series: Mapping[str, Series] | None = None,
    own_series: Mapping[str, Series] = _NONE,
    own_countries: Mapping[str, Country] = _NONE,
) -> Reference:
    """Return the series definitions and country facts, each read when it is asked for.

    `series` stands for the shipped definitions, where it is given; own ones join them.
    """
    return Reference(
        series=DocumentFolder(REFERENCE / "series", Series, own_series)
        if series is None
        else {**series, **own_series},
        countries=DocumentFolder(REFERENCE / "countries", Country, own_countries),
    )


def definition_questions() -> tuple[DefinitionQuestion, ...]:
    """Return what is asked about a series and a country's capacity, in English.

    Raises:
        DocumentError: the document is faulty.
    """
    path = REFERENCE / "definition_questions.yaml"
    return load(path, DefinitionQuestions).questions
