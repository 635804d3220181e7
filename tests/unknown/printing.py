"""Unknown workbooks from a few lines of text each, and what a careful person reads there.

A sheet is lines of cells parted by `|`. A cell is a whole or decimal number, `'text`
(which stays a text), `@2018-01-31` (a date), `=SUM(B2:B4)=>9` (a formula with its value),
`<` (merged with the cell to its left), `^` (with the one above), or plain text.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import docx
import xlsxwriter
from openpyxl.utils import coordinate_to_tuple, get_column_letter, range_boundaries

MADE = date(2026, 11, 22)
NUMBER = re.compile(r"-?\d+(\.\d+)?")
FIELDS = {
    "period": "time_period",
    "area": "ref_area",
    "stage": "stage",
    "unit": "counting_unit",
    "sex": "sex",
    "stat": "statistic",
    "mult": "unit_mult",
}
"""What is asked of each figure, by its column among observations."""

UNKNOWN = {"period": None, "area": None, "stage": "OTHER", "unit": "UNSTATED"}
"""What a figure says that the file does not tell."""


class Cells(NamedTuple):
    """Figures of a range, and what is true of them: a value, or `B-D=2017+` by column."""

    where: str
    said: Mapping[str, str]


def figures(where: str, **said: str) -> Cells:
    """Tell what is true of the figures of a range; `?` is what nobody can know."""
    return Cells(where, {"period": "?", "stage": "?", "unit": "?", "area": "?", **said})


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """One file, as text, with its truth and the questions that an officer must be asked."""

    name: str
    text: str
    truth: tuple[Cells, ...]
    asks: str = ""
    """Aspects that must be asked; "" if the file tells everything but what is `?`."""
    form: str = "xlsx"
    gaps: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    decimal: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    """Encoding and delimiter of a text file."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """What a person says to a guess that no figure tells of, by its id."""


class TrueCell(NamedTuple):
    """What is true of one cell; a gap has no value, and its reason."""

    value: float | None
    reason: str
    said: Mapping[str, str | None]


def sheets(unknown: Unknown) -> dict[str, list[list[str]]]:
    """Return the cells of each sheet as they stand in the text."""
    found: dict[str, list[list[str]]] = {}
    rows = found.setdefault("Sheet1", [])
    for line in unknown.text.strip("\n").split("\n"):
        if line.startswith("# "):
            found.pop("Sheet1", None) if not rows else None
            rows = found.setdefault(line[2:].strip(), [])
            continue
        rows.append([cell.strip().replace("\\n", "\n") for cell in line.split("|")])
    return found


def truth(unknown: Unknown) -> dict[str, TrueCell]:
    """Return what is true of each figure, by its address."""
    found: dict[str, TrueCell] = {}
    pages = sheets(unknown)
    for block in unknown.truth:
        for name, row, column in _places(block.where, pages):
            cell = pages[name][row - 1][column - 1 : column]
            if not cell or cell[0] in ("", "<", "^"):
                continue
            value, reason = _value(cell[0], unknown)
            said = {
                key: _said(text, name, row, column) for key, text in block.said.items()
            }
            found[address(unknown, name, row, column)] = TrueCell(value, reason, said)
    return found


def address(unknown: Unknown, sheet: str, row: int, column: int) -> str:
    """Return the address of a cell as it is printed for a file of this form."""
    if unknown.form == "csv":
        return f"R{row}C{column}"
    if unknown.form in ("html", "docx", "pdf"):
        n_lines = sum(1 for cells in sheets(unknown)[sheet] if len(cells) == 1)
        page = "p1." if unknown.form == "pdf" else ""
        return f"{page}t1.r{row - n_lines}.c{column}"
    is_plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", sheet)
    is_cell = re.fullmatch(r"[A-Za-z]{1,3}\d{1,7}", sheet)
    quoted = sheet if is_plain and not is_cell else repr(sheet)
    return f"{quoted}!{get_column_letter(column)}{row}"


def _places(where: str, pages: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    sheet, _, cells = where.rpartition("!")
    names = [sheet] if sheet in pages else list(pages)
    for name in names:
        for part in cells.split():
            left, top, right, bottom = range_boundaries(part)
            for row in range(top, min(bottom, len(pages[name])) + 1):
                yield from ((name, row, column) for column in range(left, right + 1))


def _value(cell: str, unknown: Unknown) -> tuple[float | None, str]:
    text = cell.lstrip("'") if cell.startswith("'") else cell.rpartition("=>")[2]
    if text in unknown.gaps:
        return None, unknown.gaps[text]
    if re.fullmatch(r"<\s?\d+|\d+\s?[-–]\s?\d+|>\s?\d+", text):
        return None, "RANGE SUPPRESSED"
    text = re.sub(r" \(.*%\)|[*†]|\([a-z]\)", "", text)
    if unknown.group:
        text = text.replace(unknown.group, "")
    if unknown.decimal:
        text = text.replace(unknown.decimal, ".")
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in text)
    return float(digits), ""


def _said(text: str, sheet: str, row: int, column: int) -> str | None:
    if "=" not in text:
        return text
    for part in text.split(" "):
        keys, _, value = part.partition("=")
        for key in keys.split(","):
            found = _of(key, value, sheet.replace(" ", "_"), row, column)
            if found is not None:
                return found
    return None


def _of(key: str, value: str, sheet: str, row: int, column: int) -> str | None:
    """Return the value if the key names this sheet, row or column; `2017+` counts on."""
    first, _, last = key.partition("-")
    if first == sheet or key in ("*", sheet):
        return value
    if first.isdecimal():
        n, low, high = row, int(first), int(last or first)
    elif re.fullmatch("[A-Z]{1,2}", first):
        n = column
        low, high = (
            coordinate_to_tuple(f"{one}1")[1] for one in (first, last or first)
        )
    else:
        return None
    if not low <= n <= high:
        return None
    return counted(value[:-1], n - low) if value.endswith("+") else value


def counted(period: str, n: int) -> str:
    """Return the nth period after one: years, quarters or months.

    >>> counted("2018-11", 2), counted("2018-Q4", 1), counted("2018-04-01/P1Y", 1)
    ('2019-01', '2019-Q1', '2019-04-01/P1Y')
    """
    year, rest = int(period[:4]), period[4:]
    if rest.startswith("-Q"):
        whole = year * 4 + int(rest[2:]) - 1 + n
        return f"{whole // 4}-Q{whole % 4 + 1}"
    if re.fullmatch(r"-\d\d", rest):
        whole = year * 12 + int(rest[1:]) - 1 + n
        return f"{whole // 12}-{whole % 12 + 1:02}"
    return f"{year + n}{rest}"


def written(unknown: Unknown, folder: Path) -> Path:
    """Write the file, and return its path."""
    path = folder / f"{unknown.name}.{unknown.form}"
    WRITERS[unknown.form](unknown, path)
    return path


def _write_xlsx(unknown: Unknown, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    book.set_properties({"created": MADE})
    dated = book.add_format({"num_format": "mmm-yy"})
    for name, rows in sheets(unknown).items():
        sheet = book.add_worksheet(name)
        if name.startswith("hidden "):
            sheet.hide()
        for row, cells in enumerate(rows):
            if cells[0].startswith("{hidden}"):
                sheet.set_row(row, None, None, {"hidden": True})
                cells[0] = cells[0].removeprefix("{hidden}").strip()
            for column, cell in enumerate(cells):
                _write_cell(sheet, row, column, cell, dated)
        for box in _merged(rows):
            sheet.merge_range(*box, "")
            _write_cell(sheet, box[0], box[1], rows[box[0]][box[1]], dated)
    book.close()


def _write_cell(sheet: Any, row: int, column: int, cell: str, dated: Any) -> None:
    if cell in ("", "<", "^"):
        return
    if cell.startswith("@"):
        sheet.write_datetime(row, column, date.fromisoformat(cell[1:]), dated)
    elif cell.startswith("="):
        formula, _, value = cell.partition("=>")
        sheet.write_formula(row, column, formula, None, float(value))
    elif NUMBER.fullmatch(cell):
        sheet.write_number(row, column, float(cell))
    else:
        sheet.write_string(row, column, cell.removeprefix("'"))


def _merged(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, int, int]]:
    at = {
        (row, column): cell
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    }
    for (row, column), cell in at.items():
        if cell in ("", "<", "^"):
            continue
        right, bottom = column, row
        while at.get((row, right + 1)) == "<":
            right += 1
        while at.get((bottom + 1, column)) == "^":
            bottom += 1
        if (right, bottom) != (column, row):
            yield row, column, bottom, right


def _plain(cell: str) -> str:
    return "" if cell in ("<", "^") else cell.removeprefix("'").removeprefix("@")


def _write_csv(unknown: Unknown, path: Path) -> None:
    (rows,) = sheets(unknown).values()
    to = io.StringIO()
    writer = csv.writer(
        to, delimiter=unknown.options.get("delimiter", ","), lineterminator="\r\n"
    )
    writer.writerows([_plain(cell) for cell in cells] for cells in rows)
    path.write_bytes(to.getvalue().encode(unknown.options.get("encoding", "utf-8")))


def _write_html(unknown: Unknown, path: Path) -> None:
    (rows,) = sheets(unknown).values()
    spans = {box[:2]: box for box in _merged(rows)}
    lines, table = [], []
    for row, cells in enumerate(rows):
        if len(cells) == 1:
            lines.append(f"<p>{_plain(cells[0])}</p>")
            continue
        shown = []
        for column, cell in enumerate(cells):
            if cell in ("<", "^"):
                continue
            top, left, bottom, right = spans.get((row, column), (row, column) * 2)
            shown.append(
                f'<td rowspan="{bottom - top + 1}" colspan="{right - left + 1}">'
                f"{_plain(cell)}</td>"
            )
        table.append(f"<tr>{''.join(shown)}</tr>")
    text = f"{''.join(lines)}<table>{''.join(table)}</table>"
    path.write_text(f'<html><meta charset="utf-8"><body>{text}</body></html>', "utf-8")


def _write_docx(unknown: Unknown, path: Path) -> None:
    (rows,) = sheets(unknown).values()
    document = docx.Document()
    printed = [cells for cells in rows if len(cells) > 1]
    for cells in rows:
        if len(cells) == 1 and cells[0]:
            document.add_paragraph(_plain(cells[0]))
    table = document.add_table(len(printed), max(map(len, printed)), "Table Grid")
    for row, cells in enumerate(printed):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = _plain(cell)
    document.save(str(path))


def _convert(unknown: Unknown, path: Path) -> None:
    made = path.with_suffix(".docx" if unknown.form == "pdf" else ".xlsx")
    (_write_docx if unknown.form == "pdf" else _write_xlsx)(unknown, made)
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", unknown.form]
    subprocess.run(
        [*command, "--outdir", str(path.parent), str(made)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    made.unlink()


WRITERS: Mapping[str, Callable[[Unknown, Path], None]] = {
    "xlsx": _write_xlsx,
    "xls": _convert,
    "ods": _convert,
    "csv": _write_csv,
    "html": _write_html,
    "docx": _write_docx,
    "pdf": _convert,
}
