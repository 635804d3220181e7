"""A table as GitHub Markdown: warnings, pipe table, numbered notes, key, sources."""

from __future__ import annotations

from collections.abc import Iterable

from tallymark.model.table import Note, Table
from tallymark.present import surround
from tallymark.present.cells import printed
from tallymark.present.marks import Numbers, place_marks
from tallymark.present.wording import one_line

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {c: f"\\{c}" for c in "\\`*_[]|~"}
)


def render(table: Table) -> dict[str, bytes]:
    """Return the table as one Markdown file."""
    blocks = [_head(table), _grid(table), _notes(table), _key(table), _sources(table)]
    return {"": ("\n\n".join(filter(None, blocks)) + "\n").encode()}


def escaped(text: str) -> str:
    r"""Return text that Markdown prints as it is, also inside a table.

    >>> escaped("a|b <i>")
    'a\\|b &lt;i&gt;'
    """
    return one_line(text).translate(_ESCAPES)


def _head(table: Table) -> str:
    marks = _marks(place_marks(table).caption)
    lines = [f"**{escaped(surround.title(table))}**{marks}"]
    if counted := surround.counted_line(table):
        lines += ["", escaped(counted)]
    warnings = [
        f"> - [{note.number}] {escaped(note.sentence)} ({surround.carried_by(note)})"
        for note in surround.critical_notes(table)
    ]
    if warnings:
        lines += ["", f"> **{surround.WARNING}**", ">", *warnings]
        lines += [f">\n> **{sentence}**" for sentence in surround.refused_uses(table)]
    return "\n".join(lines)


def _grid(table: Table) -> str:
    marks = place_marks(table)
    n_labels = len(table.row_dimensions)
    header = [escaped(d.text) for d in table.row_dimensions]
    header += [
        escaped(surround.column_header(labels)) + _marks(at)
        for labels, at in zip(table.columns, marks.columns, strict=True)
    ]
    rows = [header, ["---"] * n_labels + ["--:"] * len(table.columns)]
    for i, (labels, cells) in enumerate(zip(table.rows, table.cells, strict=True)):
        texts = [escaped(label.text) for label in labels]
        texts[-1] += _marks(marks.rows[i])
        numbered = zip(cells, marks.cells[i], strict=True)
        rows.append(
            texts + [f"{printed(c, table.use)}{_marks(at)}" for c, at in numbered]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _notes(table: Table) -> str:
    weighty, lesser = surround.weighty_notes(table), surround.lesser_notes(table)
    blocks = [["**Notes**"]] if table.notes else []
    blocks += [list(map(_note, weighty))] if weighty else []
    blocks += [[surround.ALSO], list(map(_note, lesser))] if lesser else []
    return "\n\n".join(map("\n".join, blocks))


def _note(note: Note) -> str:
    return f"{note.number}. {escaped(note.sentence)} ({surround.carried_by(note)})"


def _key(table: Table) -> str:
    lines = [f"- {escaped(s)} = {escaped(text)}" for s, text in surround.key(table)]
    return _section("Key", lines)


def _sources(table: Table) -> str:
    lines = [f"- {escaped(surround.source_line(source))}" for source in table.sources]
    return _section("Sources", lines)


def _section(heading: str, lines: list[str]) -> str:
    return "\n".join([f"**{heading}**", "", *lines]) if lines else ""


def _marks(numbers: Iterable[int] | Numbers) -> str:
    return "".join(f" [{number}]" for number in numbers)
