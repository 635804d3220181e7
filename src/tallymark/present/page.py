"""The HTML templates, with every text escaped and every name checked.

Pages need no other file: style and script stand inside, each with its hash, by which a
page can tell the browser to run nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tallymark.present.wording import one_line

_TEMPLATES = Path(__file__).parent / "html_templates"


class Inline(NamedTuple):
    """A style or a script that stands in a page, and its source for a security policy.

    A template writes the text as it is: `{{ style.text|safe }}`.
    """

    text: str
    source: str


def fill(template: str, **content: object) -> bytes:
    """Return a template filled with `content`, as bytes."""
    return _environment().get_template(template).render(content).encode()


def inline(*names: str) -> Inline:
    """Return files of the templates' folder as one text to stand between two tags."""
    text = "".join((_TEMPLATES / name).read_text("utf-8") for name in names)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Inline(text, f"'sha256-{digest}'")


def script_data(data: object) -> str:
    r"""Return data as JSON that cannot end the script element it stands in.

    >>> print(script_data(["</b>"]))
    ["\u003c/b>"]
    """
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return told.replace("<", "\\u003c")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["one_line"] = one_line
    return environment
