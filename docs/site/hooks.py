"""Pages of the repository that stand outside docs/ join the site, and links lead there.

In the repository every link leads to a file, so that pages can be read there as well.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[2]
JOINING = {
    "README.md": "install.md",
    "CONTRIBUTING.md": "contributing.md",
    "benchmarks/README.md": "benchmarks.md",
}
"""Files of the repository, and the pages that they become."""

DRAWING = re.compile(r'<p>(<img [^>]*[.]svg")')
LINK = re.compile(r"\[([^\[\]]*)\]\((?!https?:|#)([^)#\s]+)([^)\s]*)\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages from outside docs/; they are written as if they stood there."""
    for source, page in JOINING.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=_led(text, source)))
    return files


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Return a page whose links lead to pages of the site."""
    if page.file.src_uri in JOINING.values():
        return markdown
    return _led(markdown, f"docs/{page.file.src_uri}")


def on_page_content(html: str, **_: Any) -> str:
    """Return a page whose drawings are moved by keyboard, too, where they do not fit."""
    return DRAWING.sub(r'<p tabindex="0">\1', html)


def _led(text: str, source: str) -> str:
    """Return text in which links to files lead to pages; other files are named only."""
    page = JOINING.get(source, source.removeprefix("docs/"))
    here = posixpath.dirname(page) or "."

    def led(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), match[2]))
        within = JOINING.get(target)
        if within is None and target.startswith("docs/"):
            within = target.removeprefix("docs/")
        if within is None:
            return match[1]
        return f"[{match[1]}]({posixpath.relpath(within, here)}{match[3]})"

    return LINK.sub(led, text)
