"""Small repositories, the builds run over them, and what builds leave behind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tallymark.check.suite import suites_folder
from tallymark.cli import main

_ANNOTATION = re.compile(r"::(error|warning|notice) (.*?)::(.*)")
_REPORTS = (
    "--report", "github", "--report", "sarif=out/a.sarif",
    "--report", "junit=out/a.xml", "--report", "github-summary=out/a.md",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Build:
    """How a build ended, and what it told."""

    code: int
    annotations: tuple[tuple[str, str, int, str], ...]
    """Level, file, line and message, in order."""
    printed: str
    sarif: tuple[dict, ...]
    junit: ElementTree.Element
    summary: str

    @property
    def loud(self) -> tuple[tuple[str, str, int], ...]:
        """Level, file and line of the annotations that are no notices."""
        return tuple(a[:3] for a in self.annotations if a[0] != "notice")


@dataclass(frozen=True, kw_only=True)
class Repository:
    """A folder with data in `data`, and functions that write what else it holds."""

    folder: Path
    sampleland: Callable[..., Path]
    run: Callable[..., Build]

    def workbook(self, name: str = "one.xlsx", **cells: object) -> Repository:
        """Write a file of figures in which these cells are other than they should be."""
        self.sampleland(self.folder / "data" / name, **cells)
        return self

    def file(self, name: str, content: str | bytes) -> Repository:
        """Write any file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def link(self, name: str, target: str) -> Repository:
        """Make a symbolic link."""
        (self.folder / name).symlink_to(target)
        return self

    def settings(self, *lines: str) -> Repository:
        """Say what `[tool.tallymark]` says beside which files are checked."""
        text = "\n".join(["[tool.tallymark]", 'include = ["data"]', *lines, ""])
        return self.file("pyproject.toml", text)

    def suite(self, *entries: dict) -> Repository:
        """Write the suite `own.json` of these entries."""
        path = suites_folder() / "observations.json"
        head = json.loads(path.read_text(encoding="utf-8"))
        held = [head["expectations"][0], *entries]
        meta = {**head["meta"], "version": 1, "n_expectations": len(held)}
        content = {"name": "own", "meta": meta, "expectations": held}
        return self.file("own.json", json.dumps(content))

    def build(self, *arguments: str, verb: tuple[str, ...] = ("check",)) -> Build:
        """Run the build."""
        return self.run(self.folder, (*verb, *_REPORTS, *arguments))

    def fingerprint(self) -> str:
        """Return the fingerprint of the one finding that stops the build."""
        (found,) = [r for r in self.build().sarif if r["level"] == "error"]
        (told,) = found["partialFingerprints"].values()
        return str(told)


@pytest.fixture
def build(capsys, monkeypatch) -> Callable[..., Build]:
    """A function: run the build in a folder."""

    def run(folder: Path, arguments: tuple[str, ...]) -> Build:
        monkeypatch.chdir(folder)
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        captured = capsys.readouterr()
        return Build(
            code=ended.value.code,
            annotations=tuple(map(_annotation, _ANNOTATION.finditer(captured.out))),
            printed=captured.out + captured.err,
            sarif=_results(folder / "out" / "a.sarif"),
            junit=ElementTree.parse(folder / "out" / "a.xml").getroot(),
            summary=(folder / "out" / "a.md").read_text(encoding="utf-8"),
        )

    return run


@pytest.fixture
def repository(tmp_path, sampleland, build) -> Repository:
    """An empty repository, whose settings include the folder `data`."""
    folder = tmp_path / "repository"
    folder.mkdir()
    made = Repository(folder=folder, sampleland=sampleland, run=build)
    return made.settings()


def _annotation(found: re.Match[str]) -> tuple[str, str, int, str]:
    said = dict(pair.partition("=")[::2] for pair in found[2].split(","))
    return found[1], said.get("file", ""), int(said.get("line", 0)), found[3]


def _results(path: Path) -> tuple[dict, ...]:
    (run,) = json.loads(path.read_text(encoding="utf-8"))["runs"]
    return tuple(run["results"])
