"""The documentation as a site: every page and link is there, and nothing is fetched."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mkdocs", reason="needs the dependency group docs")

ROOT = Path(__file__).parents[1]
FETCHING = re.compile(
    r"<(?:script|img|iframe|link|source|video|audio|object|embed|form)\b[^>]*?"
    r"\b(?:src|srcset|href|data|poster|action)=[\"']?(?:https?:)?//[^\s>]*",
    re.IGNORECASE,
)
IN_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^\s)]*")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def test_nothing_on_the_site_is_fetched_from_elsewhere(site: Path) -> None:
    pages, styles = [*site.rglob("*.html")], [*site.rglob("*.css")]
    assert len(pages) >= 60
    found = [
        (path.name, match[0])
        for pattern, paths in ((FETCHING, pages), (IN_STYLE, [*pages, *styles]))
        for path in paths
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found
    # The theme's script fetches two things itself, only for pages that have these.
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert 'class="mermaid"' not in text
        assert 'data-md-component="source"' not in text


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://elsewhere.test/a.js">',
        "<img alt=a src=//elsewhere.test/a.png>",
        '<link rel="stylesheet" href="https://elsewhere.test/a.css">',
    ],
)
def test_what_would_be_fetched_is_noticed(page: str) -> None:
    assert FETCHING.search(page)
    assert not FETCHING.search('<a href="https://elsewhere.test/">')


def test_every_page_of_the_documents_is_on_the_site(site: Path) -> None:
    docs = ROOT / "docs"
    wanted = {p.relative_to(docs).with_suffix(".html") for p in docs.rglob("*.md")}
    made = {path.relative_to(site) for path in site.rglob("*.html")}
    assert wanted | {Path("install.html"), Path("contributing.html")} <= made
    listed = (site / "index.html").read_text(encoding="utf-8")
    assert not [
        p for p in wanted if f'href="{p}' not in listed and p.name != "index.html"
    ]


def test_no_program_stands_on_the_site(site: Path) -> None:
    assert not list(site.rglob("*.py"))
