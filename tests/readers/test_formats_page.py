"""docs/reference/formats.md says what the readers do."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from tallymark import readers
from tallymark.readers import READERS
from tallymark.readers.detection import NAMED
from tallymark.readers.packed import ARCHIVES

PAGE = Path(__file__).parents[2] / "docs/reference/formats.md"
SOURCE = Path(readers.__file__).parent
SHARED = {
    "__init__": "all",
    "limits": "archives, XML",
    "markdown": "`markdown`",  # reports only, for their numbers
    "packed": "archives",
    "workbooks": "workbooks",
    "cube": "`px`, `jsonstat`",
    "long_table": "`px`, `jsonstat`, `sdmx_csv`, `sdmx_ml`",
}


def limits() -> Iterator[str]:
    """Give a line of the page's table for each number that a reader calls MAX_…"""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        module = importlib.import_module(f"tallymark.readers.{name}".rstrip("."))
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for statement, following in zip(body, [*body[1:], None], strict=True):
            if isinstance(statement, ast.Assign) and isinstance(
                target := statement.targets[0], ast.Name
            ):
                value = getattr(module, target.id)
                if target.id.startswith("MAX_") and isinstance(value, int):
                    said = _said(following) or target.id[4:].lower().capitalize()
                    number = _number(value, said, target.id)
                    yield f"| {_format(parts[0])} | {said} | {number} |"


def _format(module: str) -> str:
    known = (name for name in READERS if f"{module}_".startswith(f"{name}_"))
    return SHARED.get(module) or f"`{next(known)}`"


def _said(statement: ast.stmt | None) -> str:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        text = " ".join(str(statement.value.value).split()).split(";")[0].rstrip(".")
        return re.sub(r": [\d,]+( MiB|$)", "", text)
    return ""


def _number(value: int, said: str, name: str) -> str:
    if "Bytes" in said and value % (1 << 20) == 0:
        return f"{value >> 20:,} MiB"
    return f"{value:,} seconds" if name.endswith("SECONDS") else f"{value:,}"


def test_every_limit_stands_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = page[page.index("## Limits") :]
    told = [
        line for line in table.splitlines() if re.match(r"\| (`|all|arch|work)", line)
    ]
    assert sorted(told) == sorted(limits())


def test_every_format_and_name_stands_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = page[: page.index("## Addresses")]
    for format_ in READERS:
        rows = re.findall(rf"^\| `{format_}` \|.*$", table, re.MULTILINE)
        assert len(rows) == 1, f"{PAGE.name} needs one row for `{format_}`"
        named = {name for name, formats in NAMED.items() if format_ in formats}
        told = set(re.findall(r"`(\.\w+)`", rows[0].split("|")[2]))
        assert told <= named
    names = {name for name, formats in NAMED.items() if not set(formats) & {*ARCHIVES}}
    assert names <= set(re.findall(r"`(\.\w+)`", table))
