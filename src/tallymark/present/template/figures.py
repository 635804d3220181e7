"""A sheet of figures: rows are offences, columns are periods, each with a reason beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tallymark.documents.messages import Messages
from tallymark.model.codes import Calendar, Stage
from tallymark.model.template import AskedBlock, AskedPeriod, AskedRow, page_of
from tallymark.present.template.styles import Draw, Styles, lines_of

_MARK_ROW, _UNIT_ROW, _PERIOD_ROW, _HEAD_ROW = 2, 3, 5, 6
_FIRST_ROW = 7
_NO, _WHAT, _FIRST = 0, 1, 2
_WIDTHS = {"no": 5, "what": 44, "number": 11, "why": 19, "unit": 15, "remarks": 28}
_A3 = 8
_LINE = 14.5
"""Points of a line of text."""


@dataclass(frozen=True, kw_only=True)
class Open:
    """What is still to be filled in on a sheet, as a formula."""

    left: str
    n: int
    """What the formula gives while nothing is filled in."""


@dataclass(frozen=True, kw_only=True)
class _Columns:
    """Where the columns of a sheet stand."""

    n_parts: int
    n_periods: int

    @property
    def width(self) -> int:
        """Columns of one period: the total, its parts, the reason."""
        return self.n_parts + 2

    def first(self, period: int) -> int:
        return _FIRST + period * self.width

    def why(self, period: int) -> int:
        return self.first(period) + self.width - 1

    @property
    def unit(self) -> int:
        return self.first(self.n_periods)

    @property
    def remarks(self) -> int:
        return self.unit + 1


def draw_figures(page: Worksheet, draw: Draw, series: str, stage: Stage) -> Open:
    """Draw the sheet of a stage."""
    template = draw.template
    columns = _Columns(n_parts=len(template.parts()), n_periods=len(template.periods))
    _draw_top(page, draw, series, stage)
    _draw_headings(page, draw, columns)
    row, filled = _FIRST_ROW, []
    for block in template.content.blocks:
        _draw_block(page, draw, columns, block, row)
        row += 1
        for asked in block.rows:
            _draw_row(page, draw, columns, asked, row)
            if not asked.is_open:
                filled.append(row)
            row += 1
    _watch(page, draw, columns, row - 1)
    _set_up(page, draw, columns, row - 1)
    n = len(filled) * columns.n_periods
    return Open(left=_left(str(page.name), columns, filled), n=n)


def _draw_top(page: Worksheet, draw: Draw, series: str, stage: Stage) -> None:
    template, styles = draw.template, draw.styles
    asked = template.content.stages[stage]
    title = draw.say(asked.title)
    if len(template.request.series) > 1:
        title = f"{title} – {template.titles.get(series, series)}"
    page.write_string(0, _NO, title, styles["title"])
    page.set_row(0, 27)
    help_ = draw.say(asked.help)
    if template.parts():
        help_ = f"{help_} {draw.word('parts_of_victims')}"
    page.write_string(1, _NO, help_, styles["small"])
    mark = template.request.mark(page_of(series, stage))
    page.write_string(_MARK_ROW, _NO, mark, styles["mark"])
    page.set_row(_MARK_ROW, 9)
    page.write_string(_UNIT_ROW, _WHAT, draw.word("unit_question"), styles["ask"])
    last = _FIRST + 1
    page.merge_range(_UNIT_ROW, _FIRST, _UNIT_ROW, last, "", styles["choice"])
    cells = (_UNIT_ROW, _FIRST, _UNIT_ROW, _FIRST)
    draw.list_input(page, cells, "units", draw.word("error_list"))
    draw.whiten(page, (_UNIT_ROW, _FIRST, _UNIT_ROW, last))
    page.set_row(_UNIT_ROW, 32)
    page.set_row(_UNIT_ROW + 1, 8)


def _draw_headings(page: Worksheet, draw: Draw, columns: _Columns) -> None:
    template, styles = draw.template, draw.styles
    parts = template.parts()
    for column in (_NO, _WHAT, columns.unit, columns.remarks):
        page.write_blank(_PERIOD_ROW, column, None, styles["period"])
    page.write_string(_HEAD_ROW, _NO, draw.word("row_number"), styles["head"])
    page.write_string(_HEAD_ROW, _WHAT, draw.word("what"), styles["head_left"])
    total = draw.word("total" if parts else "number")
    for n, period in enumerate(template.periods):
        first, why = columns.first(n), columns.why(n)
        page.merge_range(_PERIOD_ROW, first, _PERIOD_ROW, why, "", styles["period"])
        page.write_rich_string(
            _PERIOD_ROW,
            first,
            styles["period_big"],
            period.label,
            styles["period_small"],
            f"\n{_days(period, draw)}",
            styles["period"],
        )
        page.write_string(_HEAD_ROW, first, total, styles["head"])
        for k, (_, part) in enumerate(parts, 1):
            page.write_string(_HEAD_ROW, first + k, draw.say(part.text), styles["head"])
        page.write_string(_HEAD_ROW, why, draw.word("why"), styles["head"])
    page.write_string(_HEAD_ROW, columns.unit, draw.word("unit"), styles["head"])
    page.write_string(_HEAD_ROW, columns.remarks, draw.word("remarks"), styles["head"])
    texts = [draw.word(key) for key in ("why", "unit")]
    narrow = [total, *(draw.say(part.text) for _, part in parts)]
    n_lines = max(
        *(lines_of(text, _WIDTHS["unit"] - 2) for text in texts),
        *(lines_of(text, _WIDTHS["number"] - 2) for text in narrow),
    )
    page.set_row(_HEAD_ROW, _LINE * n_lines + 6)
    other = template.request.calendar is not Calendar.GREGORIAN
    page.set_row(_PERIOD_ROW, 46 if other else 36)


def _days(period: AskedPeriod, draw: Draw) -> str:
    """Return the Gregorian days of a period, behind its calendar if it is another."""
    days = f"{day(period.start, draw.messages)} – {day(period.end, draw.messages)}"
    calendar = draw.template.request.calendar
    if calendar is Calendar.GREGORIAN:
        return days
    return f"{draw.word(f'calendar_{calendar}')}\n{days}"


def day(value: date, messages: Messages) -> str:
    """Return a day as it is printed in a language."""
    from babel.dates import format_date  # noqa: PLC0415  # only for templates

    return format_date(value, "d MMM y", locale=messages.language)


def _draw_block(
    page: Worksheet, draw: Draw, columns: _Columns, block: AskedBlock, row: int
) -> None:
    styles = draw.styles
    page.write_string(row, _NO, block.id, styles["block"])
    for column in range(_FIRST, columns.remarks + 1):
        page.write_blank(row, column, None, styles["block"])
    page.write_rich_string(
        row,
        _WHAT,
        styles["bold"],
        draw.say(block.text),
        styles["small"],
        f"   {draw.say(block.help)}",
        styles["block"],
    )
    page.set_row(row, 22)


def _draw_row(
    page: Worksheet, draw: Draw, columns: _Columns, asked: AskedRow, row: int
) -> None:
    styles, template = draw.styles, draw.template
    kind = "total" if asked.is_total else "label"
    page.write_string(
        row, _NO, asked.id, styles["total_no" if asked.is_total else "no"]
    )
    n_lines = 2
    if asked.is_open:
        page.write_blank(row, _WHAT, None, styles["words_optional"])
        cells = (row, _WHAT, row, _WHAT)
        draw.hint(page, cells, "help_other_title", draw.word("help_other"))
    else:
        text, help_ = draw.say(asked.text), draw.say(asked.help)
        page.write_rich_string(
            row,
            _WHAT,
            styles["bold"],
            text,
            styles["small"],
            f"\n{help_}",
            styles[kind],
        )
        width = _WIDTHS["what"] - 2
        n_lines = lines_of(text, width) + lines_of(help_, width * 1.15)
    more = "_optional" if asked.is_open else ""
    for n in range(len(template.periods)):
        first, why = columns.first(n), columns.why(n)
        for column in range(first, why):
            page.write_blank(row, column, None, styles[f"number{more}"])
        page.write_blank(row, why, None, styles[f"why{more}"])
    page.write_blank(row, columns.unit, None, styles["why_optional"])
    page.write_blank(row, columns.remarks, None, styles["words_optional"])
    page.set_row(row, _LINE * max(2, n_lines) + 4)


def _watch(page: Worksheet, draw: Draw, columns: _Columns, last: int) -> None:
    """Add help and lists, and let cells show what is filled, what is too much."""
    styles, first = draw.styles, _FIRST_ROW
    for n in range(columns.n_periods):
        left, why = columns.first(n), columns.why(n)
        draw.number_input(page, (first, left, last, why - 1))
        draw.list_input(page, (first, why, last, why), "reasons", draw.word("help_why"))
        a, z = (_cell(first, column) for column in (left, why - 1))
        reason, own = _cell(first, why), xl_rowcol_to_cell(first, left)
        full = f"COUNT({a}:{z})={why - left}"
        page.conditional_format(
            first,
            left,
            last,
            why - 1,
            _rule(f'OR(NOT(ISBLANK({own})),{reason}<>"")', styles, "filled"),
        )
        for rule, look in (
            (f'AND({full},{reason}<>"")', "both"),
            (full, "unneeded"),
            (f'{reason}<>""', "filled"),
        ):
            page.conditional_format(first, why, last, why, _rule(rule, styles, look))
    unit, remarks = columns.unit, columns.remarks
    draw.list_input(page, (first, unit, last, unit), "units", draw.word("help_unit"))
    cells = (first, remarks, last, remarks)
    draw.hint(page, cells, "help_remarks_title", draw.word("help_remarks"))


def _rule(formula: str, styles: Styles, look: str) -> dict[str, object]:
    return {"type": "formula", "criteria": f"={formula}", "format": styles[look]}


def _cell(row: int, column: int) -> str:
    """Return a cell whose column holds for a whole row: `$C8`."""
    return str(xl_rowcol_to_cell(row, column, col_abs=True))


def fixed_cell(row: int, column: int) -> str:
    """Return a cell that a copied formula keeps: `$C$8`."""
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def _left(sheet: str, columns: _Columns, rows: list[int]) -> str:
    """Return the formula of how many totals have neither a number nor a reason."""
    name = "'" + sheet.replace("'", "''") + "'!"
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    terms = []
    for n in range(columns.n_periods):
        for run in runs:
            cells = [
                f"{name}{fixed_cell(run[0], c)}:{fixed_cell(run[-1], c)}"
                for c in (columns.first(n), columns.why(n))
            ]
            terms.append(f'SUMPRODUCT(({cells[0]}="")*({cells[1]}=""))')
    return "=" + "+".join(terms)


def _set_up(page: Worksheet, draw: Draw, columns: _Columns, last: int) -> None:
    page.set_column(_NO, _NO, _WIDTHS["no"])
    page.set_column(_WHAT, _WHAT, _WIDTHS["what"])
    for n in range(columns.n_periods):
        page.set_column(columns.first(n), columns.why(n) - 1, _WIDTHS["number"])
        page.set_column(columns.why(n), columns.why(n), _WIDTHS["why"])
    page.set_column(columns.unit, columns.unit, _WIDTHS["unit"])
    page.set_column(columns.remarks, columns.remarks, _WIDTHS["remarks"])
    page.freeze_panes(_FIRST_ROW, _FIRST)
    page.print_area(0, 0, last, columns.remarks)
    page.repeat_rows(_PERIOD_ROW, _HEAD_ROW)
    page.set_selection(_UNIT_ROW, _FIRST, _UNIT_ROW, _FIRST)
    set_page(page, draw)
    page.fit_to_pages(1, 1)
    if columns.n_parts:
        page.set_paper(_A3)


def set_page(page: Worksheet, draw: Draw) -> None:
    """Set how a sheet prints, and lock what is not to be filled in."""
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    printed = draw.word("page").format(page="&P", pages="&N")
    page.set_footer(f"&L&8{draw.template.area_name.replace('&', '&&')}&R&8{printed}")
    page.protect("", {"format_columns": True, "format_rows": True})
