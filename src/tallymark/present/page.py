"""The HTML templates, with every text escaped and every name checked.

Pages need no other file: the style stands inside, there are no scripts.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tallymark.present.wording import one_line

_TEMPLATES = Path(__file__).parent / "templates"


def fill(template: str, **content: object) -> bytes:
    """Return a template filled with `content`, as bytes."""
    return _environment().get_template(template).render(content).encode()


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
