"""Benign changes of files: other names, other places, other ways of printing."""

from __future__ import annotations

from corpus.changes import cell, cells, in_file
from corpus.pieces import BORLAND, CALDONIA, EREWON, FENIZIA
from corpus.record import Benign


def _above(sheet, *rows):
    return lambda book: book[sheet].__setitem__(
        slice(0, 0), [list(row) for row in rows]
    )


def _moved(book):
    book["Cases"] = [
        [row[i] for i in (4, 0, 1, 2, 3, 5, 6, 7)] if len(row) == 8 else row
        for row in book["Cases"]
    ]


def _sorted(book):
    rows = book["Cases"]
    rows[4:] = sorted(rows[4:], key=lambda row: (row[1], row[2], row[4], -row[0]))


_HEADER = "header: [Year, Stage, Offence, Counted as, Sex, Number, Mark, Remarks]"

_CASES = {
    "af": "Aantal sake van aanlyn seksuele uitbuiting van kinders",
    "am": "የጉዳዮች ብዛት",
    "fil": "Bilang ng mga kaso ng online na pang-aabuso sa mga bata",
    "id": "Jumlah perkara eksploitasi seksual anak daring menurut provinsi",
    "km": "ចំនួនករណី តាមខេត្ត",
    "ms": "Bilangan kes eksploitasi seksual kanak-kanak dalam talian",
    "pt": "Número de casos de exploração sexual de crianças em linha",
    "sw": "Idadi ya kesi za unyanyasaji wa kingono wa watoto mtandaoni",
    "th": "จำนวนคดี จำแนกตามจังหวัด",
    "vi": "Số vụ xâm hại tình dục trẻ em trên mạng, theo tỉnh",
}
"""Titles that say cases, over figures that are cases."""

_LANGUAGES = tuple(
    Benign(
        name=f"title-in-{language}",
        says="The title says cases in another language, and cases are counted.",
        change=in_file(BORLAND, cell("Provinces", "A1", title)),
    )
    for language, title in _CASES.items()
)

BENIGN = (
    *_LANGUAGES,
    Benign(
        name="other-file-name",
        says="The file has another name.",
        change=in_file(BORLAND, called="Copy of FINAL (2).xlsx"),
    ),
    Benign(
        name="sheets-reordered",
        says="The sheets stand in another order.",
        change=in_file(
            BORLAND,
            lambda book: book.update({name: book.pop(name) for name in sorted(book)}),
        ),
    ),
    Benign(
        name="rows-sorted-otherwise",
        says="The rows of a sheet are sorted by stage.",
        change=in_file(BORLAND, _sorted),
    ),
    Benign(
        name="column-moved",
        says="A column stands in another place, and the adapter follows.",
        change=in_file(
            BORLAND,
            _moved,
            adapter=(
                (
                    _HEADER,
                    "header: [Sex, Year, Stage, Offence, Counted as, Number, Mark, Remarks]",
                ),
            ),
        ),
    ),
    Benign(
        name="rows-above",
        says="Three rows more stand above a table.",
        change=in_file(
            CALDONIA,
            _above("Stages", ["Ministry of Justice"], ["Statistics division"], []),
        ),
    ),
    Benign(
        name="column-left",
        says="An empty column stands left of a table.",
        change=in_file(
            EREWON,
            lambda book: [row.insert(0, None) for row in book["สถิติ"] if row],
        ),
    ),
    Benign(
        name="notes-added",
        says="Notes are added to three figures.",
        change=in_file(
            BORLAND,
            cells(
                "Cases",
                {
                    "H8": "Checked with the courts",
                    "H15": "Two cases were joined",
                    "H40": "See the annual report",
                },
            ),
        ),
    ),
    Benign(
        name="sheet-of-notes",
        says="A sheet with remarks and no figures is added.",
        change=in_file(
            BORLAND,
            lambda book: book.update(
                {
                    "Remarks": [
                        ["Figures were checked by the courts."],
                        ["No further remarks."],
                    ]
                }
            ),
        ),
    ),
    Benign(
        name="numbers-as-texts",
        says="Some numbers are stored as texts.",
        change=in_file(
            BORLAND, cells("Quarters", {"B4": "68", "C4": " 79", "D4": "62"})
        ),
    ),
    Benign(
        name="no-group-marks",
        says="Numbers are written without marks between thousands.",
        change=in_file(
            FENIZIA,
            lambda book: [
                row.__setitem__(5, str(row[5]).replace(".", ""))
                for row in book["fenizia"][3:]
            ],
        ),
    ),
    Benign(
        name="group-marks-as-blanks",
        says="Thousands are parted by blanks, as the adapter says.",
        change=in_file(
            FENIZIA,
            lambda book: [
                row.__setitem__(5, str(row[5]).replace(".", "\u00a0"))
                for row in book["fenizia"][3:]
            ],
            adapter=(('group: ["."]', 'group: [" "]'),),
        ),
    ),
    Benign(
        name="arabic-digits",
        says="Thai digits are replaced by Arabic ones.",
        change=in_file(
            EREWON,
            lambda book: [
                row.__setitem__(
                    i, text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
                )
                for row in book["สถิติ"][2:]
                for i, text in enumerate(row)
            ],
            adapter=(("pattern: '[๐-๙]{4}'", r"pattern: '\d{4}'"),),
        ),
    ),
    Benign(
        name="years-with-era",
        says="Buddhist years are written with their era.",
        change=in_file(
            EREWON,
            lambda book: book["สถิติ"][2].__setitem__(
                slice(1, 4), ["พ.ศ. ๒๕๖๐", "พ.ศ. ๒๕๖๑", "พ.ศ. ๒๕๖๒"]
            ),
            adapter=(("pattern: '[๐-๙]{4}'", "pattern: 'พ.ศ. [๐-๙]{4}'"),),
        ),
    ),
    Benign(
        name="title-in-other-words",
        says="The title says the same in other words.",
        change=in_file(
            BORLAND,
            cell(
                "Cases",
                "A1",
                "Sexual exploitation of children on the internet, 2017-2019",
            ),
        ),
    ),
    Benign(
        name="title-names-both",
        says="A title names online and other abuse, and both are counted.",
        change=in_file(
            CALDONIA,
            cell(
                "Stages",
                "A1",
                "Sexual abuse of children, online and offline, years from April",
            ),
        ),
    ),
    Benign(
        name="title-of-the-law",
        says="A title quotes the law, with its old words.",
        change=in_file(
            CALDONIA,
            cell(
                "Offences",
                "A1",
                "Offences against children under the Penal Code of 1997",
            ),
        ),
    ),
    Benign(
        name="figures-unformatted",
        says="Figures are printed with a number format of their own.",
        change=in_file(
            BORLAND,
            style=lambda workbook, sheets: sheets["Rates"].set_column(
                "B:C", 14, workbook.add_format({"num_format": "#,##0"})
            ),
        ),
    ),
    Benign(
        name="column-hidden",
        says="A column of remarks is hidden.",
        change=in_file(
            BORLAND,
            style=lambda _workbook, sheets: sheets["Cases"].set_column(
                "H:H", None, None, {"hidden": True}
            ),
        ),
    ),
)
