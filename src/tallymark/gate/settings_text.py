"""Settings into a file of TOML, all else in it left as it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tallymark.errors import DocumentError, Problem, UsageError
from tallymark.gate.settings import OWN, TABLE
from tallymark.model.configuration import Configuration

_HEADING = re.compile(r"\s*\[")


def with_settings(
    path: Path, configuration: Configuration, *, is_replaced: bool
) -> bytes | None:
    """Return a file with these settings in it; null if it has some, and keeps them.

    Raises:
        DocumentError: the file is no TOML.
        UsageError: its own settings are written so that they cannot be taken out.
    """
    before = path.read_bytes().decode("utf-8") if path.is_file() else ""
    held = _parsed(before, path)
    is_own = path.name == OWN
    if _has_settings(held, is_own=is_own) and not is_replaced:
        return None
    kept = "" if is_own else _without_table(before)
    end = "\r\n" if "\r\n" in before else "\n"
    heading = [] if is_own else [TABLE]
    gap = end if kept.strip() else ""
    lines = end.join([*heading, *_lines(configuration), ""])
    after = f"{kept.rstrip()}{end if kept.strip() else ''}{gap}{lines}"
    if not is_own and _others(_parsed(after, path)) != _others(held):
        raise UsageError(
            f"{TABLE} cannot be replaced without changing what stands beside it.",
            where=str(path),
            hint=f"Take {TABLE} out of it, and run again.",
        )
    return after.encode()


def _lines(configuration: Configuration) -> list[str]:
    fail_on = configuration.fail_on
    lines = [*_list("include", configuration.include)]
    if configuration.exclude:
        lines += _list("exclude", configuration.exclude)
    lines.append(f'fail-on = "{"never" if fail_on is None else fail_on.value}"')
    if configuration.baseline is not None:
        lines.append(f"baseline = {_text(configuration.baseline.name)}")
    if configuration.not_personal:
        told = configuration.not_personal.items()
        pairs = ", ".join(f"{_text(sheet)} = {_text(why)}" for sheet, why in told)
        lines.append(f"not-personal = {{{pairs}}}")
    return lines


def _list(key: str, values: Sequence[str]) -> list[str]:
    if len(values) == 1:
        return [f"{key} = [{_text(values[0])}]"]
    return [f"{key} = [", *(f"  {_text(value)}," for value in values), "]"]


def _text(value: str) -> str:
    """Return a basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _without_table(text: str) -> str:
    """Return TOML without its table of settings, which ends where another begins."""
    kept, is_inside = [], False
    for line in text.splitlines(keepends=True):
        if _HEADING.match(line) and (not is_inside or not line.startswith((" ", "\t"))):
            is_inside = line.split("#")[0].strip() == TABLE
        if not is_inside:
            kept.append(line)
    return "".join(kept)


def _has_settings(content: dict[str, Any], *, is_own: bool) -> bool:
    return bool(content) if is_own else "tallymark" in content.get("tool", {})


def _others(content: dict[str, Any]) -> dict[str, Any]:
    tools = {k: v for k, v in content.get("tool", {}).items() if k != "tallymark"}
    others = {key: value for key, value in content.items() if key != "tool"}
    return {**others, "tool": tools}


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DocumentError(str(path), [Problem(str(error))]) from error
