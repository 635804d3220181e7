"""`[tool.tallymark]` of pyproject.toml, or tallymark.toml, into a configuration."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from tallymark.documents import validated
from tallymark.errors import DocumentError, Problem, UsageError
from tallymark.model.configuration import Configuration, least_severity

PROJECT, OWN = "pyproject.toml", "tallymark.toml"
TABLE = "[tool.tallymark]"


@dataclass(frozen=True, kw_only=True)
class _Settings:
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    suites: tuple[str, ...] = ()
    fail_on: Literal["critical", "warning", "info", "never"] = "critical"
    waivers: str | None = None
    baseline: str | None = None
    require: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    stale_waivers: Literal["report", "fail"] = "report"
    not_personal: Mapping[str, str] = field(default_factory=dict)


def read_configuration(folder: Path) -> Configuration:
    """Return the settings of a folder or of the nearest one above it that has some.

    The search ends where a Git repository begins. Paths in them are under their folder.

    Raises:
        DocumentError: with every problem.
        UsageError: a folder has settings in two files.
    """
    place = folder
    while True:
        held = dict(_settings_of(place))
        if len(held) > 1:
            raise UsageError(
                f"{PROJECT} has {TABLE}, and {OWN} stands beside it.",
                where=str(place),
                hint="Keep one of them.",
            )
        for name, found in held.items():
            return _configuration(place, name, found)
        above = place / ".."
        if (place / ".git").exists() or above.resolve() == place.resolve():
            return Configuration(folder=folder)
        place = above


def _settings_of(folder: Path) -> Iterator[tuple[str, Any]]:
    for name in (OWN, PROJECT):
        path = folder / name
        if not path.is_file():
            continue
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
            raise DocumentError(str(path), [Problem(str(error))]) from error
        if name == OWN:
            yield name, content
        elif "tallymark" in (tool := content.get("tool", {})):
            yield name, tool["tallymark"]


def _configuration(folder: Path, name: str, content: Any) -> Configuration:
    path = folder / name
    settings = _checked(content, str(path))
    return Configuration(
        folder=folder,
        file=path,
        include=settings.include,
        exclude=settings.exclude,
        suites=settings.suites,
        fail_on=least_severity(settings.fail_on),
        waivers=None if settings.waivers is None else folder / settings.waivers,
        baseline=None if settings.baseline is None else folder / settings.baseline,
        require=settings.require,
        reports=settings.reports,
        do_stale_waivers_stop=settings.stale_waivers == "fail",
        not_personal=settings.not_personal,
    )


def _checked(content: Any, file: str) -> _Settings:
    if not isinstance(content, Mapping):
        raise DocumentError(file, [Problem("a table is needed here")])
    known = [one.name.replace("_", "-") for one in fields(_Settings)]
    problems = [_unknown(key, known) for key in content if key not in known]
    problems += _pattern_problems(content)
    given = {k.replace("-", "_"): v for k, v in content.items() if k in known}
    settings = _Settings()
    try:
        settings = validated(given, _Settings, file=file)
    except DocumentError as error:
        problems += [Problem(p.what, p.path.replace("_", "-")) for p in error.problems]
    if problems:
        raise DocumentError(file, problems)
    return settings


def _unknown(key: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(key.replace("_", "-"), known, 1, 0.4)
    said = f"Is {near[0]} meant?" if near else f"Known are {', '.join(known)}."
    return Problem(f"this key is not known. {said}", f"$.{key}")


def _pattern_problems(content: Mapping[str, Any]) -> Iterator[Problem]:
    for key in ("include", "exclude"):
        patterns = content.get(key)
        for i, pattern in enumerate(patterns if isinstance(patterns, list) else ()):
            if isinstance(pattern, str) and not _is_inside(pattern):
                said = f"a path under this folder is needed here, found {pattern!r}"
                yield Problem(said, f"$.{key}[{i}]")


def _is_inside(pattern: str) -> bool:
    path = PurePosixPath(pattern)
    return bool(pattern) and not path.is_absolute() and ".." not in path.parts
