"""Write the reference pages that the code and the data files already say.

python docs/generate.py            writes them
python docs/generate.py --check    says which are out of date, exit 1
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
from api_page import api_page
from caveat_pages import caveat_pages

from tallymark.check import Expectation, Suite, load_suites
from tallymark.check.expectations import TYPES
from tallymark.ingest.adapter.loading import BUILT_IN
from tallymark.ingest.adapter.schema import adapter_schema
from tallymark.ingest.recognition import INDEX, index_of
from tallymark.interpret import load_catalogue
from tallymark.model.context import CONTEXT_SCHEMA
from tallymark.model.figure import figure_schema
from tallymark.model.observation import KEY, SCHEMA, SCHEMA_VERSION
from tallymark.model.series import Source
from tallymark.model.submission import HEADING_SCHEMA, LOSS_SCHEMA, REGION_SCHEMA
from tallymark.pipeline import make_contract

REFERENCE = Path(__file__).parent / "reference"
CONTRACT = (["observations"], ["xaa_case_data"])
"""The suite and the invented series of the contract that is shown."""


def pages() -> dict[Path, str]:
    """Return every generated page by its path."""
    return {
        REFERENCE / "records.md": _text(_records()),
        **caveat_pages(load_catalogue(), REFERENCE),
        REFERENCE / "api.md": _text(api_page()),
        REFERENCE / "expectations.md": _text(_expectations(_suites())),
        REFERENCE / "adapter.schema.json": _json(adapter_schema()),
        REFERENCE / "contract.odcs.yaml": make_contract(*CONTRACT),
        BUILT_IN / INDEX: _json(index_of(BUILT_IN)),
    }


def _json(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _records() -> Iterator[str]:
    yield "# Records"
    yield "Exact types of the tables that the stages hand on (pyarrow)."
    yield f"## Observation (schema version {SCHEMA_VERSION})"
    yield (
        "One row per printed figure. A row without a number has a `missing_reason`, a row "
        "with one has none; zero is a number. What a figure is about: "
        f"{', '.join(f'`{name}`' for name in KEY)}."
    )
    yield _schema_table(SCHEMA)
    yield "## Losses"
    yield "One row per source cell that did not become what it should."
    yield _schema_table(LOSS_SCHEMA)
    yield "## Regions"
    yield "One row per series and region of a sheet that holds its figures."
    yield _schema_table(REGION_SCHEMA)
    yield "## Headings"
    yield (
        "One row per text printed over or beside figures: `role` is `sheet`, `title`, "
        "`column` or `row`. It is about the figures of `sheet` from `first_row` to "
        "`last_row`, in `column` or, where that is null, in all columns. Texts are cut at "
        "200 characters; a long table names each of its rows' labels once."
    )
    yield _schema_table(HEADING_SCHEMA)
    yield "## Context"
    yield (
        "What conditions may ask besides the observation's own columns. Null means "
        "unknown; only sourced facts are here."
    )
    yield _schema_table(CONTEXT_SCHEMA)
    yield "## Figure"
    yield (
        "One row per figure, inside a run. `Figures.to_arrow()` gives the masks as lists "
        "of slugs (`sticky`, `resolved`, `derived`), because a bit's number holds for one "
        "run only."
    )
    yield _schema_table(figure_schema(1))


def _schema_table(schema: pa.Schema) -> str:
    described = any(field.metadata for field in schema)
    lines = ["| column | type | holds |" if described else "| column | type |"]
    lines.append("|---|---|---|" if described else "|---|---|")
    for field in schema:
        text = (field.metadata or {}).get(b"description", b"").decode()
        row = f"| `{field.name}` | {field.type} |"
        lines.append(f"{row} {text} |" if described else row)
    return "\n".join(lines)


def _suites() -> list[Suite]:
    """Return every shipped suite once; those that include others say nothing new."""
    return [suite for suite in load_suites(with_all=True) if not suite.includes]


def _expectations(suites: Sequence[Suite]) -> Iterator[str]:
    yield "# Expectations"
    yield (
        "What the shipped suites expect of observations. Each suite is a file of its name "
        "in `expectations/`, in Great Expectations' JSON; at the end stand the types that "
        "an entry may have."
    )
    for suite in suites:
        yield f"## Suite `{suite.name}`"
        yield f"{suite.title}. Version {suite.version}."
        for expectation in suite.expectations:
            yield from _expectation(expectation)
    yield "## Types"
    yield "\n".join(_types())


def _expectation(expectation: Expectation) -> Iterator[str]:
    meaning = expectation.meaning
    yield f"### {expectation.slug}"
    yield f"**{meaning.promise}**"
    yield f"{meaning.why} {meaning.action}"
    ask = meaning.ask["en"]
    yield f"Ask: *{ask}* For example: {meaning.example}"
    if meaning.preview:
        yield f"Preview: it counts from version {meaning.preview} of Tallymark."
    yield (
        f"{expectation.severity.capitalize()}; {meaning.dimension}; type "
        f"`{expectation.type.name}`. Source: {_source(meaning.source)}."
    )


def _types() -> Iterator[str]:
    yield "| type | promise | keyword arguments |"
    yield "|---|---|---|"
    for name, type_ in sorted(TYPES.items()):
        taken = ", ".join(f"`{kwarg}`" for kwarg in type_.kwargs)
        yield f"| `{name}` | {type_.promise} | {taken} |"


def _source(source: Source) -> str:
    return f"{source.title} ({source.where})" if source.where else source.title


def _text(parts: Iterator[str]) -> str:
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Write the pages, or with `--check` compare them."""
    stale = [
        path
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" not in sys.argv:
        for path in stale:
            path.parent.mkdir(exist_ok=True)
            path.write_text(pages()[path], encoding="utf-8")
        return 0
    for path in stale:
        sys.stderr.write(f"{path.name} is out of date: run `python docs/generate.py`\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
