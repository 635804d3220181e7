"""Write the workbooks of invented countries: one for each habit of printing.

Run it as `python sample_data/habits_sheets.py`; what it writes is kept in the
repository. None of these countries exists; the name of each says *example* in the
language of its sheets (misale, tuayang, mfano, exemplo, ví dụ, uteahar, contoh), and
every figure is invented.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import script_sheets as scripts
import xlsxwriter
from make_workbooks import MADE, write_sheet
from workbook_sheet import Cell, Sheet

# A year from April to March, tables one below the other, notes, hidden small counts.
YEARS_APRIL = ("Sex", "Age", "2016/17", "2017/18", "2018/19 (a)")
SAMPLELAND = Sheet(
    name="Table 2",
    titles=(
        "INVENTED FIGURES - Republic of Sampleland - National Statistical Service",
        "Table 2. Sexual offences against children with an online element",
        "Years begin on 1 April",
    ),
    rows=(
        ("Table 2a. Victims of recorded offences",),
        YEARS_APRIL,
        ("Female", "Under 13", 212, "1,041", "1,187 (b)"),
        (None, "13 to 17", 640, 702, 815),
        (None, "All ages", 852, "1,743", "2,002 (b)"),
        ("Male", "Under 13", 41, 48, 60),
        (None, "13 to 17", 55, 71, 88),
        (None, "All ages", 96, 119, 148),
        ("All", "All ages", 948, "1,862", "2,150 (b)"),
        (),
        ("Table 2b. Persons charged",),
        YEARS_APRIL,
        ("Female", "Adult", "<5", 6, 7),
        (None, "Under 18", "<5", "<5", "c"),
        ("Male", "Adult", 131, 150, 162),
        (None, "Under 18", 12, 14, ".."),
        ("All", "All ages", 148, 172, ".."),
        (),
        ("Table 2c. Persons convicted",),
        YEARS_APRIL,
        ("All", "All ages", 61, 80, "n/k"),
    ),
    merged=("A7:A9", "A10:A12", "A17:A18", "A19:A20"),
    notes=(
        "(a) Provisional.",
        "(b) Includes 90 offences found again in archived files.",
        "<5: fewer than five. c: not shown, for confidentiality.",
        "..: not available. n/k: the courts did not answer.",
    ),
)

# A year from July to June; stages are sections with Swahili names; two parts.
OFFENCES = ("Child sexual abuse material", "Online grooming", "Live-streamed abuse")
YEARS_JULY = ("Kosa / Offence", "2016/2017", "2017/2018", "2018/2019", "Jumla")


def part_of_mfano(name: str, title: str, *counts: tuple[Cell, ...]) -> Sheet:
    """Return the sheet of one part: four sections of three offences each."""
    names = (
        "KESI ZILIZORIPOTIWA", "WATUHUMIWA WALIOKAMATWA",
        "WALIOFIKISHWA MAHAKAMANI", "WALIOTIWA HATIANI",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [YEARS_JULY]
    for number, section in enumerate(names):
        own = counts[3 * number : 3 * number + 3]
        rows += [(section,)]
        rows += [(f"   {o}", *c) for o, c in zip(OFFENCES, own, strict=True)]
    return Sheet(
        name=name,
        titles=(
            "INVENTED FIGURES / TAKWIMU ZA KUBUNI - Jamhuri ya Mfano",
            title,
            "Mwaka wa fedha: Julai hadi Juni / Financial year: July to June",
        ),
        rows=tuple(rows),
        notes=(
            "H/H: haihusiki / not applicable.   H/T: hakuna takwimu / no data.",
        ),
    )  # fmt: skip


MFANO_MAINLAND = part_of_mfano(
    "Bara",
    "Ukatili wa kingono mtandaoni dhidi ya watoto - BARA",
    (118, 134, 161, 413), (20, 31, 44, 95), ("H/H", 3, 5, 8),
    (64, 70, 91, 225), (11, 17, 20, 48), ("H/H", 2, 4, 6),
    (40, 51, 60, 151), (6, 9, 12, 27), ("H/H", 1, 1, 2),
    (22, 25, 31, 78), (3, 5, "H/T", "H/T"), ("H/H", 0, 1, 1),
)  # fmt: skip
MFANO_ISLANDS = part_of_mfano(
    "Visiwani",
    "Ukatili wa kingono mtandaoni dhidi ya watoto - VISIWANI (Ng'ambo)",
    (12, 15, 9, 36), (2, 0, 3, 5), ("H/H", 0, 0, 0),
    (7, 8, 6, 21), (1, 0, 2, 3), ("H/H", 0, 0, 0),
    (4, 6, None, None), (0, 0, 1, 1), ("H/H", 0, 0, 0),
    (2, 3, None, None), (0, 0, 0, 0), ("H/H", 0, 0, 0),
)  # fmt: skip
MFANO_DRAFT = Sheet(
    name="Rasimu",
    titles=("Rasimu - isitumike / draft - not to be used",),
    rows=(("Mkoa", "2018/2019"), ("Ng'ambo Kaskazini", 61), ("Ng'ambo Kusini", 48)),
    is_hidden=True,
)

# Decimal comma, dots between thousands, Portuguese.
EXEMPLANDIA_INQUIRIES = Sheet(
    name="Quadro 1 – Inquéritos",
    titles=(
        "NÚMEROS INVENTADOS - República da Exemplândia (INVENTED FIGURES)",
        "Quadro 1. Abuso e exploração sexual de crianças, por província",
    ),
    rows=(
        (
            "Ano", "Província", "Inquéritos abertos", "Por 100 mil menores",
            "Com elemento em linha (%)", "Arguidos acusados", "Condenados",
        ),
        (2017, "Costa d’Álamo", "1.204", "48,15", "12,5", 310, 121),
        (2017, "São Tomás", "986", "39,02", "9,8", 254, 98),
        (2017, "Ilha d'Água", 61, "20,4", "n.d.", 12, "n.a."),
        (2017, "Total", "2.251", "41,7", "n.d.", 576, "n.d."),
        (2018, "Costa d’Álamo", "1.318", "52,6", "15,1", 344, 130),
        (2018, "São Tomás", "1.012", "40", "11,4", 260, 103),
        (2018, "Ilha d'Água", 58, "19,3", "n.d.", 9, "n.a."),
        (2018, "Total", "2.388", "44,1", "n.d.", 613, "n.d."),
        (2019, "Costa d’Álamo", "1.455", "57,9", "18,0", 371, "…"),
        (2019, "São Tomás", "1.101", "43,3", "14,2", None, "…"),
        (2019, "Ilha d'Água", 70, "23,1", "n.d.", 15, "n.a."),
        (2019, "Total", "2.626", "48,2", "n.d.", None, "…"),
    ),
    notes=(
        "n.d.: não disponível.   n.a.: não aplicável (a ilha não tem tribunal).",
        "…: os tribunais ainda não responderam.",
    ),
)  # fmt: skip
EXEMPLANDIA_VICTIMS = Sheet(
    name="Quadro 2 – Vítimas",
    titles=(
        "NÚMEROS INVENTADOS - República da Exemplândia (INVENTED FIGURES)",
        "Quadro 2. Crianças vítimas identificadas, por sexo e idade",
    ),
    rows=(
        ("Sexo", "Idade", 2017, 2018, 2019),
        ("Feminino", "0 a 11 anos", 402, 431, "< 500"),
        ("Feminino", "12 a 17 anos", "1.130", "1.207", "1.310"),
        ("Masculino", "0 a 11 anos", 188, 201, 240),
        ("Masculino", "12 a 17 anos", 240, 263, 281),
        ("Total", "0 a 17 anos", "1.960", "2.102", "2.300"),
    ),
)

# Vietnamese; one sheet a stage. The last sheet was typed where marks are set apart.
HEADS_VI = ("Năm 2017", None, "Năm 2018", None, "Năm 2019", None)
RAPE_VI, USE_VI, BUY_VI = (
    "Hiếp dâm người dưới 16 tuổi",
    "Sử dụng người dưới 16 tuổi vào mục đích khiêu dâm",
    "Mua dâm người dưới 18 tuổi",
)


def stage_of_vi_du(name: str, persons: str, *counts: tuple[Cell, ...]) -> Sheet:
    """Return the sheet of one stage: cases and persons, year by year."""
    labels = (
        (1, RAPE_VI, "Điều 142"),
        (2, USE_VI, "Điều 147"),
        (3, BUY_VI, "Điều 329"),
        (None, "Tổng cộng", None),
    )
    return Sheet(
        name=name,
        titles=(
            "SỐ LIỆU GIẢ ĐỊNH - Nước Ví Dụ (INVENTED FIGURES)",
            "Tội phạm xâm hại tình dục trẻ em - Viện Kiểm sát nước Ví Dụ",
        ),
        rows=(
            ("TT", "Tội danh", "Điều luật", *HEADS_VI),
            (None, None, None, *(("Số vụ", persons) * 3)),
            *((*label, *own) for label, own in zip(labels, counts, strict=True)),
        ),
        merged=("A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:G4", "H4:I4"),
        notes=(
            "chưa có: chưa có số liệu.   không TK: không thống kê.",
            "Điều 147 có hiệu lực từ ngày 01/01/2018.",
        ),
    )


def with_marks_apart(sheet: Sheet) -> Sheet:
    """Return a sheet in whose texts each mark follows its letter (Unicode's form D)."""

    def apart(cell: Cell) -> Cell:
        return unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell

    return Sheet(
        name=unicodedata.normalize("NFD", sheet.name),
        titles=tuple(unicodedata.normalize("NFD", line) for line in sheet.titles),
        rows=tuple(tuple(apart(cell) for cell in row) for row in sheet.rows),
        merged=sheet.merged,
        notes=tuple(unicodedata.normalize("NFD", line) for line in sheet.notes),
    )


NONE_YET = ("không TK", "không TK")
VI_DU_OPENED = stage_of_vi_du(
    "Khởi tố", "Số bị can",
    ("1.050", "1.121", "1.102", "1.180", "1.211", "1.296"),
    (*NONE_YET, 14, 17, 26, 31),
    (45, 52, 49, 60, 51, 58),
    ("1.095", "1.173", "1.165", "1.257", "1.288", "1.385"),
)  # fmt: skip
VI_DU_PROSECUTED = stage_of_vi_du(
    "Truy tố", "Số bị can",
    (980, "1.040", "1.011", "1.090", "1.102", "1.177"),
    (*NONE_YET, 10, 12, 19, 24),
    (40, 46, 43, 51, 44, 50),
    ("1.020", "1.086", "1.064", "1.153", "1.165", "1.251"),
)  # fmt: skip
VI_DU_CONVICTED = with_marks_apart(
    stage_of_vi_du(
        "Xét xử",
        "Số bị cáo",
        (901, 955, 930, "1.004", "chưa có", "chưa có"),
        (*NONE_YET, 8, 10, "chưa có", "chưa có"),
        (36, 41, 39, 47, "chưa có", "chưa có"),
        (937, 996, 977, "1.061", "chưa có", "chưa có"),
    )
)

# Indonesian, dots between thousands, quarters on a second sheet.
CONTOH_TOTALS = Sheet(
    name="Rekapitulasi",
    titles=(
        "ANGKA REKAAN - Republik Contoh (INVENTED FIGURES)",
        "Eksploitasi dan kekerasan seksual anak di ranah daring",
    ),
    rows=(
        (
            "No.", "Provinsi", "Tahun", "Laporan polisi", "Tersangka",
            "Perkara P-21", "Terpidana", "Korban laki-laki", "Korban perempuan",
            "Keterangan",
        ),
        (1, "Contoh Barat", 2017, "1.112", 402, 350, 290, 401, "1.203", None),
        (None, None, 2018, "1.260", 431, 377, 301, 433, "1.341", None),
        (None, None, 2019, "1.408", 466, 402, "belum ada", 470, "1.502", None),
        (2, "Contoh Timur", 2017, 318, 96, 80, 61, "t.t.", "t.t.",
         "korban tidak dicatat menurut jenis kelamin"),
        (None, None, 2018, 341, 104, 90, 70, "t.t.", "t.t.", None),
        (None, None, 2019, 377, 118, 97, "belum ada", "t.t.", "t.t.", None),
        (3, "Kepulauan Mu'awanah", 2017, 44, 9, 8, 5, 12, 38, None),
        (None, None, 2018, 0, 0, 0, 0, 0, 0, None),
        (None, None, 2019, 51, 11, None, "belum ada", 15, 41, "P-21 belum dikirim"),
        (None, "Jumlah", 2017, "1.474", 507, 438, 356, "t.t.", "t.t.", None),
        (None, None, 2018, "1.601", 535, 467, 371, "t.t.", "t.t.", None),
        (None, None, 2019, "1.836", 595, None, "belum ada", "t.t.", "t.t.", None),
    ),
    merged=("B5:B7", "B8:B10", "B11:B13", "B14:B16"),
    notes=("t.t.: tidak tercatat.   belum ada: putusan belum tersedia.",),
)  # fmt: skip
CONTOH_QUARTERS = Sheet(
    name="Per triwulan",
    titles=(
        "ANGKA REKAAN - Republik Contoh (INVENTED FIGURES)",
        "Laporan polisi menurut triwulan, seluruh provinsi",
    ),
    rows=(
        ("Triwulan", "Laporan polisi"),
        ("Triwulan I 2019", 401),
        ("Triwulan II 2019", 466),
        ("Triwulan III 2019", 488),
        ("Triwulan IV 2019", 481),
    ),
)

WORKBOOKS = {
    "xba_federal_police/የፖሊስ ሪፖርት 2009-2012.xlsx": (
        scripts.MISALE_CASES,
        scripts.MISALE_CHILDREN,
    ),
    "xbb_online_cases/สถิติคดี ๒๕๖๐-๒๕๖๒.xlsx": (
        scripts.TUAYANG_CASES,
        scripts.TUAYANG_CHILDREN,
    ),
    "xbc_statistical_service/Table 2 – April to March.xlsx": (SAMPLELAND,),
    "xbd_police_sections/Taarifa ya mwaka 2016-2019.xlsx": (
        MFANO_MAINLAND,
        MFANO_ISLANDS,
        MFANO_DRAFT,
    ),
    "xbe_inquiries/Relatório – crianças 2017-2019.xlsx": (
        EXEMPLANDIA_INQUIRIES,
        EXEMPLANDIA_VICTIMS,
    ),
    "xbf_procuracy/Số liệu vụ án 2017–2019.xlsx": (
        VI_DU_OPENED,
        VI_DU_PROSECUTED,
        VI_DU_CONVICTED,
    ),
    "xbg_online_cases/តារាងស្ថិតិ ២៥៦១.xlsx": (scripts.UTEAHAR,),
    "xbh_case_summary/Rekapitulasi perkara 2017-2019.xlsx": (
        CONTOH_TOTALS,
        CONTOH_QUARTERS,
    ),
}


def main(folder: Path) -> None:
    """Write every workbook below `folder`."""
    for path, sheets in WORKBOOKS.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(folder / path) as book:
            book.set_properties({"created": MADE, "author": "Tallymark sample data"})
            for sheet in sheets:
                write_sheet(book, sheet)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
