"""On which line of a document each of its values stands. Hides the YAML reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from tallymark.errors import Problem

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def lines_of(path: Path) -> dict[str, int]:
    """Return the line, from 1, of each value of a YAML or JSON file, by its path.

    Empty if the file cannot be parsed.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.YAMLError:  # a tab in JSON, say
        return {}
    return {} if root is None else dict(_walk(root, "$"))


def with_lines(problems: Sequence[Problem], lines: Mapping[str, int]) -> list[Problem]:
    """Return problems in the order of their lines, each with its line before its path."""
    placed = sorted(problems, key=lambda problem: _line(problem.path, lines))
    return [
        replace(p, path=f"line {_line(p.path, lines)}, {p.path}") if lines else p
        for p in placed
    ]


def _line(path: str, lines: Mapping[str, int]) -> int:
    """Return the line of a value; of what is absent, that of what should hold it."""
    while path not in lines:
        cut = max(path.rfind("."), path.rfind("["))
        if cut < 1:
            return 1
        path = path[:cut]
    return lines[path]


def _walk(node: Any, path: str) -> Iterator[tuple[str, int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _walk(value, f"{path}.{key.value}")
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            yield from _walk(value, f"{path}[{i}]")
